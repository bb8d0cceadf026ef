#!/bin/bash
# explanations_test.sh FUNCTION PROGRAM: the scripts of benchmarks/explanations, on samples, with the program of this build.
# Exit status 77 where python3 has no NumPy.
source "$(dirname "${BASH_SOURCE[0]}")/sandbox.sh"
program=$2
scripts=$source_dir/benchmarks/explanations
data=$sandbox/samples
mkdir "$data"
printf 'path\tsplit\ttags\n' >"$data/manifest.tsv"
for sample in techno.ogg jazz-trio.wav; do
    cp "$source_dir/samples/$sample" "$data/"
    printf '%s\ttrain\tgenre---techno\n' "$sample" >>"$data/manifest.tsv"
done

# measure SCRIPT OPTION...: on the samples.
measure() {
    /usr/bin/python3 -c 'import numpy' 2>/dev/null || { echo "skipped: python3 has no module numpy"; exit 77; }
    local script=$1
    shift
    run /usr/bin/python3 "$scripts/$script" --earmark "$program" --model "$source_dir/models/paper.earmark" --data "$data" --clips 2 "$@"
    expect_equal "$status" 0
}

it_measures_whether_explanations_hold() {
    measure faithfulness.py --seconds 5 --random 1
    expect_contains "$out" "2 clips, 5 s cut out of each"
    expect_contains "$out" "| those that speak most for the tag | +"
    expect_contains "$out" "correlation with the measured one"
}

it_adds_up_what_levels_and_scales_contribute() {
    measure levels_by_category.py
    expect_contains "$out" "2 clips"
    for row in "18 frames" "level 4" "level 4, 54 frames" "interactions, what the rows above leave over"; do
        expect_contains "$out" "| $row | "
    done
    expect_contains "$out" "present tags in"
}

it_compares_the_mean_of_a_taggram_with_the_whole() {
    measure taggram_mean.py "$source_dir/samples/piano-ballad.flac"
    expect_contains "$out" "| 2 clips of samples | 0.0"
    expect_contains "$out" "| 1 whole songs | 0.0"
}

it_reports_a_file_that_is_no_model() {
    measure taggram_mean.py
    run /usr/bin/python3 "$scripts/taggram_mean.py" --earmark "$program" --model "$data/manifest.tsv" --data "$data"
    expect_equal "$status" 1
    expect_contains "$err" "not an Earmark model"
}

it_compares_the_cost_of_each_command_with_that_of_tag() {
    stand_in earmark <<<''
    stand_in ffmpeg <<'BODY'
for made; do :; done
touch "$made"
BODY
    run /usr/bin/python3 "$scripts/costs.py" "$data/techno.ogg" --earmark "$sandbox/bin/earmark" --pairs 2 --hours 0.01
    expect_equal "$status" 0
    expect_equal "$(sed -n 's/^earmark \([a-z]*\) .*/\1/p' "$calls" | head -n 10 | tr '\n' ' ')" \
        "taggram tag taggram tag taggram taggram tag taggram tag taggram "
    expect_contains "$out" '| `earmark taggram --format png` | '
    expect_contains "$out" "A file of 0.01 hours"
    expect_contains "$out" '| `earmark tag` | '
}

run_named_test "$1"
