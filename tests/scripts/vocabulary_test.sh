#!/bin/bash
# The vocabulary of the default model, and the script that checks and lists it.
set -eu
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
script=recipes/default/make-manifests

it_has_plain_names_that_differ_and_parents_that_exist() { /usr/bin/python3 "$script" --check; }

it_refuses_names_at_which_players_split_and_parents_that_are_missing() {
    local found
    other=$(mktemp)
    trap 'rm -f "$other"' EXIT
    sed 's/^Metal\t/Metal;Heavy\t/; s/\tWoodwind\t/\tReeds\t/' recipes/default/vocabulary.tsv >"$other"
    found=$(/usr/bin/python3 "$script" --check --vocabulary "$other" 2>&1) && { echo "expected a refusal" && exit 1; }
    grep -qF "Metal;Heavy: expected a name without / ; , |" <<<"$found"
    grep -qF "Flute: no such parent: Reeds" <<<"$found"
}

# 60 clips of 60 artists, with scores of Techno from -6.0 to 5.8 and of all other tags in between.
it_takes_scores_that_were_kept() {
    /usr/bin/python3 -c 'import numpy' 2>/dev/null || { echo "skipped: /usr/bin/python3 has no module numpy" && exit 0; }
    data=$(mktemp -d)
    trap 'rm -rf "$data"' EXIT
    mkdir "$data/pieces"
    { printf 'path\tsplit\ttags\tartist\n' && for i in $(seq 0 59); do printf '%d.ogg\ttrain\t\tartist %d\n' "$i" "$i"; done; } \
        >"$data/pieces/manifest.tsv"
    awk -F '\t' 'NR > 1 && $7 != "" {tags[++count] = $2 "---" $1}
        END {
            printf "clip"; for (t = 1; t <= count; ++t) printf "\t%s", tags[t]; print ""
            for (i = 0; i < 60; ++i) {
                printf "pieces/%d.ogg", i
                for (t = 1; t <= count; ++t) printf "\t%.2f", tags[t] == "genre---Techno" ? -6 + i * 0.2 : -1.5
                print ""
            }
        }' recipes/default/vocabulary.tsv | gzip >"$data/scores.tsv.gz"
    /usr/bin/python3 "$script" --scores "$data/scores.tsv.gz" --data "$data/pieces" --out "$data/out" --keep-scores "$data/kept.tsv.gz" >/dev/null
    [[ $(cat "$data/out/tags.txt") == genre---Techno ]]
    # -2.5 or less is absent, -0.7 or more is present.
    [[ $(cut -f 4 "$data/out/pieces/manifest.tsv" | grep -c Techno) == $((18 + 33)) ]]
    [[ $(cut -f 3 "$data/out/pieces/manifest.tsv" | grep -c Techno) == 33 ]]
    diff <(zcat "$data/kept.tsv.gz" | wc -l) <(echo 61)
}

it_is_listed_in_the_docs() { diff docs/vocabulary.md <(/usr/bin/python3 "$script" --list); }

"$1"
