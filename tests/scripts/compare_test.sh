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

it_skips_a_tool_that_is_not_installed_and_reports_it() {
    run "$compare" --parts tools --tools ffmpeg,musicnn --formats '' --pairs 1 "$song"
    expect_equal "$status" 0
    expect_contains "$err" "skipped: musicnn is not installed: benchmarks/install-other-tools musicnn"
    expect_contains "$out" "| a song.mp3 |"
}

it_measures_in_turn_after_a_warm_up_pair() {
    run "$compare" --parts tools --tools ffmpeg --formats flac --pairs 2 "$song"
    expect_equal "$status" 0
    expect_equal "$(sed -n 's/^\(earmark tag\|ffmpeg .*-f null\).*/\1/p' "$calls" | cut -c 1 | tr -d '\n')" efefefefefef
    expect_contains "$out" "| a song.flac |"
}

it_continues_after_a_tool_that_fails() {
    local environment=$checkout/build/other-tools/musicnn
    mkdir -p "$environment/bin" && touch "$environment/installed"
    printf '#!/bin/bash\necho "no such network" >&2; exit 3\n' >"$environment/bin/python"
    chmod +x "$environment/bin/python"
    run "$compare" --parts tools,start --tools musicnn --starts 1 "$song"
    expect_equal "$status" 1
    expect_contains "$err" "musicnn: python failed (status 3): no such network"
    expect_contains "$out" "clip of 10 s"
}

it_replaces_the_tables_of_this_processor_and_keeps_those_of_others() {
    {
        printf 'text before\n<!-- benchmarks/compare writes from here -->\n\n### On a first processor\n\ntables of the first\n'
        printf '\n### On a second one\n\ntables of the second\n\n<!-- to here -->\ntext after\n'
    } >"$sandbox/page.md"
    run "$compare" --parts start --starts 1 --out "$sandbox/page.md" "$song"
    run "$compare" --parts start --starts 1 --out "$sandbox/page.md" "$song"
    expect_equal "$status" 0
    expect_equal "$(grep -c '^### On ' "$sandbox/page.md")" 3
    expect_equal "$(grep -c '^#### From the start to the first result' "$sandbox/page.md")" 1
    expect_equal "$(grep -v '^$' "$sandbox/page.md" | head -n 6)" "$(printf '%s\n' 'text before' \
        '<!-- benchmarks/compare writes from here -->' '### On a first processor' 'tables of the first' \
        '### On a second one' 'tables of the second')"
    expect_equal "$(tail -n 1 "$sandbox/page.md")" "text after"
}

it_compares_with_an_earlier_build_in_turn() {
    cp "$checkout/build/release/apps/earmark" "$sandbox/bin/older"
    run "$compare" --parts earlier --earlier "$sandbox/bin/older" --pairs 2 "$song"
    expect_equal "$status" 0
    expect_equal "$(sed -n 's/^\(earmark\|older\) tag.*/\1/p' "$calls" | cut -c 1 | tr -d '\n')" oeoeoeoeoeoe
    expect_contains "$out" "| a song.mp3 |"
    run "$compare" --parts earlier "$song"
    expect_equal "$status" 2
    expect_contains "$err" "--parts earlier and --earlier PROGRAM: expected both, or neither"
}

it_makes_a_page_that_names_the_processor() {
    run "$compare" --parts start --starts 1 --out "$sandbox/new.md" "$song"
    expect_equal "$status" 0
    expect_contains "$(grep '^### On ' "$sandbox/new.md")" "$(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -n 1 | cut -d ' ' -f 1 | sed 's/(.*//')"
}

it_refuses_a_page_without_a_marked_section_before_it_measures() {
    echo "a page" >"$sandbox/page.md"
    run "$compare" --parts start --out "$sandbox/page.md" "$song"
    expect_equal "$status" 2
    expect_contains "$err" "page.md: no lines '<!-- benchmarks/compare writes from here -->'"
    expect_not_called "earmark"
}

it_explains_how_to_build_the_program_when_there_is_none() {
    rm "$checkout/build/release/apps/earmark"
    run "$compare" "$song"
    expect_equal "$status" 2
    expect_contains "$err" "./earmark --version builds it"
}

run_named_test "$1"
