#!/bin/bash
# browser_test.sh BROWSER WRITE_REPORT KIND: the page of a sample study, as a browser has it after its scripts ran.
set -eu
browser=$1 write_report=$2 kind=$3
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

fail() { printf '%s\n' "$*" && exit 1; }

python3 "$here/sample_study.py" "$kind" | "$write_report" >"$folder/report.html"
"$browser" --headless --no-sandbox --disable-gpu --user-data-dir="$folder/profile" --dump-dom "file://$folder/report.html" \
    >"$folder/drawn.html" 2>"$folder/messages" || fail "the browser failed: $(tail -n 5 "$folder/messages")"

grep -q '<html[^>]* data-drawn="yes"' "$folder/drawn.html" || fail "the scripts did not run to their end"
grep -q '<title>Made-up data: ' "$folder/drawn.html" || fail "the title does not state that the data is made up"
! grep -o 'class="warning failed">[^<]*' "$folder/drawn.html" || fail "a section could not be drawn"
! grep -m 3 -oE '\[object [A-Za-z]+\]|>(undefined|NaN|null)<|(left|at): *NaN%' "$folder/drawn.html" || fail "something undefined is shown"
empty=$(tr -d '\n' <"$folder/drawn.html" | grep -oE '<section id="[a-z]+">[^<]*<h2>[^<]*</h2>([^<]*<p class="lead">[^<]*</p>)?[^<]*<div class="body"></div>' || true)
[[ -z $empty ]] || fail "an empty section: $empty"

# What is seen, without scripts and data.
sed -e 's/<script/\n&/g' -e 's/<\/script>/&\n/g' "$folder/drawn.html" | sed '/^<script/,/<\/script>/d' | sed 's/<[^>]*>//g' >"$folder/seen.txt"
sees() { grep -qF -- "$1" "$folder/seen.txt" || fail "not on the page: $1"; }
misses() { ! grep -m 1 -F -- "$1" "$folder/seen.txt" || fail "on the page, but should not be: $1"; }

# What is measured where the page is as wide as a screen, and as wide as a phone (no browser window is narrower than 500).
measured_at() {
    { sed '/^<\/body>/,$d' "$folder/report.html" && printf '<script>' && cat "$here/measure.js" && printf '</script></body></html>'; } >"$folder/measured.html"
    "$browser" --headless --no-sandbox --disable-gpu --user-data-dir="$folder/profile" --virtual-time-budget=3000 --window-size="$1,2000" \
        --dump-dom "file://$folder/measured.html" 2>>"$folder/messages" | grep -o 'data-measured="[^"]*"'
}
for width in 1280 500; do
    measured=$(measured_at "$width")
    [[ $measured == 'data-measured="collisions: ; hidden numbers: ; too wide: "' ]] || fail "at a width of $width: $measured"
done

case $kind in
    tags)  # the bootstrap drew artists although there are no folds
        sees "its 95 % interval over artists"
        sees "bootstrap resamples of the 74 artists of the tested clips"
        misses "interval over clips"
        sees "Are all levels better than the last level alone?"
        sees "better than using the last level alone (all scales): ROC-AUC"
        grep -qE 'a difference of [+−]0\.[0-9]{4} ' "$folder/seen.txt" || fail "not on the page: a difference of four digits"
        ;;
    genres)
        sees "(54 frames, all levels): accuracy"
        sees "Most often confused"
        ;;
    many)
        sees "its 95 % interval over clips"
        sees "all levels, scales joined one by one"
        ;;
esac
