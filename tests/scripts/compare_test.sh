#!/bin/bash
# benchmarks/compare, with stand-ins for the programs that it measures.
source "$(dirname "${BASH_SOURCE[0]}")/sandbox.sh"
cp -r "$source_dir/benchmarks" "$checkout/"
compare=$checkout/benchmarks/compare
song=$sandbox/a\ song.mp3
touch "$song"

mkdir -p "$checkout/build/release/apps" "$checkout/models"
touch "$checkout/models/default.earmark"
stand_in earmark <<<'[[ $1 != --version ]] || echo "earmark 9.9"'
stand_in ffmpeg <<'BODY'
for made; do :; done
[[ $made != *.flac ]] || touch "$made"
BODY
mv "$sandbox/bin/earmark" "$checkout/build/release/apps/"

it_skips_a_peer_that_is_not_installed_and_says_so() {
    run "$compare" --parts peers --peers ffmpeg,musicnn --formats '' --pairs 1 "$song"
    expect_equal "$status" 0
    expect_contains "$err" "skipped: musicnn is not installed: benchmarks/install-peers musicnn"
    expect_contains "$out" "| a song.mp3 |"
}

it_measures_in_turn_after_a_pair_that_does_not_count() {
    run "$compare" --parts peers --peers ffmpeg --formats flac --pairs 2 "$song"
    expect_equal "$status" 0
    expect_equal "$(sed -n 's/^\(earmark tag\|ffmpeg .*-f null\).*/\1/p' "$calls" | cut -c 1 | tr -d '\n')" efefefefefef
    expect_contains "$out" "| a song.flac |"
}

it_goes_on_after_a_peer_that_fails() {
    local environment=$checkout/build/peers/musicnn
    mkdir -p "$environment/bin" && touch "$environment/installed"
    printf '#!/bin/bash\necho "no such network" >&2; exit 3\n' >"$environment/bin/python"
    chmod +x "$environment/bin/python"
    run "$compare" --parts peers,start --peers musicnn --starts 1 "$song"
    expect_equal "$status" 1
    expect_contains "$err" "musicnn: python failed (status 3): no such network"
    expect_contains "$out" "clip of 10 s"
}

it_replaces_the_marked_part_of_a_page_and_nothing_else() {
    cp "$source_dir/benchmarks/results.md" "$sandbox/results.md"
    run "$compare" --parts start --starts 1 --out "$sandbox/results.md" "$song"
    run "$compare" --parts start --starts 1 --out "$sandbox/results.md" "$song"
    expect_equal "$(grep -c '### From the start to the first result' "$sandbox/results.md")" 1
    expect_equal "$(head -n 3 "$sandbox/results.md")" "$(head -n 3 "$source_dir/benchmarks/results.md")"
    expect_contains "$(<"$sandbox/results.md")" "## Fuzz targets"
}

it_refuses_a_page_without_a_marked_part_before_it_measures() {
    echo "a page" >"$sandbox/page.md"
    run "$compare" --parts start --out "$sandbox/page.md" "$song"
    expect_equal "$status" 2
    expect_contains "$err" "page.md: no lines '<!-- benchmarks/compare writes from here -->'"
    expect_not_called "earmark"
}

it_says_how_to_build_the_program_when_there_is_none() {
    rm "$checkout/build/release/apps/earmark"
    run "$compare" "$song"
    expect_equal "$status" 2
    expect_contains "$err" "./earmark --version builds it"
}

run_named_test "$1"
