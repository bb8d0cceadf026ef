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

# make_clips SET TAG SCORE: 100 clips of 100 artists; SCORE of TAG is an expression of the number i, all other tags have -1.5.
# Of allmusic, the first 40 have the label genre---R&B.
make_clips() {
    mkdir -p "$data/$1"
    { printf 'path\tsplit\ttags\tartist\n' && for i in $(seq 0 99); do
        printf '%d.ogg\ttrain\t%s\tartist %d\n' "$i" "$([[ $1 != allmusic || $i -ge 40 ]] || echo 'genre---R&B')" "$i"
    done; } >"$data/$1/manifest.tsv"
    awk -F '\t' -v set="$1" -v tag="$2" 'NR > 1 && $7 != "" {tags[++count] = $2 "---" $1}
        END {
            printf "clip"; for (t = 1; t <= count; ++t) printf "\t%s", tags[t]; print ""
            for (i = 0; i < 100; ++i) {
                printf set "/%d.ogg", i
                for (t = 1; t <= count; ++t) printf "\t%.2f", tags[t] == tag ? '"$3"' : -1.5
                print ""
            }
        }' recipes/default/vocabulary.tsv
}

make_manifests() { /usr/bin/python3 "$script" --scores "$data/scores.tsv.gz" --out "$data/out" "$@" >/dev/null; }

needs_numpy() {
    /usr/bin/python3 -c 'import numpy' 2>/dev/null || { echo "skipped: /usr/bin/python3 has no module numpy" && exit 0; }
    data=$(mktemp -d)
    trap 'rm -rf "$data"' EXIT
}

# Scores from -6.0 to 13.8.
it_takes_scores_that_were_kept() {
    needs_numpy
    make_clips pieces genre---Techno "-6 + i * 0.2" | gzip >"$data/scores.tsv.gz"
    make_manifests --data "$data/pieces" --keep-scores "$data/kept.tsv.gz"
    [[ $(cat "$data/out/tags.txt") == genre---Techno ]]
    # -2.5 or less is absent, -0.7 or more is present.
    [[ $(cut -f 4 "$data/out/pieces/manifest.tsv" | grep -c Techno) == $((18 + 73)) ]]
    [[ $(cut -f 3 "$data/out/pieces/manifest.tsv" | grep -c Techno) == 73 ]]
    # Nobody but teachers judged them.
    diff <(cut -f 4 "$data/out/pieces/manifest.tsv" | tail -n +2) <(cut -f 5 "$data/out/pieces/manifest.tsv" | tail -n +2)
    diff <(zcat "$data/kept.tsv.gz" | wc -l) <(echo 101)
}

# Ambient is absent up to -3 and present from -0.4 on. Between them, from -2.8 to -0.6, the probability rises from just above 0.03 to just below 0.7.
it_gives_a_genre_between_the_thresholds_a_probability() {
    needs_numpy
    make_clips pieces genre---Ambient "-6 + i * 0.2" | gzip >"$data/scores.tsv.gz"
    make_manifests --data "$data/pieces"
    local likely
    likely=$(cut -f 6 "$data/out/pieces/manifest.tsv" | sed -n 's/^genre---Ambient=//p')
    [[ $(wc -l <<<"$likely") == 12 ]]
    diff <(echo "$likely") <(sort -n <<<"$likely")
    [[ $(head -n 1 <<<"$likely") == 0.0[34]* && $(tail -n 1 <<<"$likely") == 0.6* ]]
}

it_names_teachers_as_the_source_where_no_people_judged() {
    needs_numpy
    make_clips pieces genre---Jazz "-6 + i * 0.2" | gzip >"$data/scores.tsv.gz"
    make_manifests --data "$data/pieces"
    [[ $(grep "^genre---Jazz" "$data/out/vocabulary.tsv" | cut -f 4) == "agreement of teachers" ]]
}

# All have a high score of Soul. Of allmusic, people gave 40 of the 100 clips its parent R&B.
it_takes_no_genre_for_sure_whose_parent_people_deny_to_such_clips() {
    needs_numpy
    { make_clips allmusic genre---Soul 2 && make_clips pieces genre---Soul 2 | tail -n +2; } | gzip >"$data/scores.tsv.gz"
    make_manifests --data "$data/allmusic" "$data/pieces"
    local of_set=$data/out/allmusic/manifest.tsv
    [[ $(cut -f 3 "$of_set" | grep -c Soul) == 40 ]]
    [[ $(cut -f 4 "$of_set" | grep -c Soul) == 100 ]]
    [[ $(cut -f 6 "$of_set" | grep -c Soul) == 0 ]]
    # People judged R&B in allmusic; whether a clip is Soul is what teachers predict.
    [[ $(cut -f 5 "$of_set" | grep -c "R&B") == 0 ]]
    [[ $(cut -f 6 "$data/out/pieces/manifest.tsv" | grep -c "Soul=0.[34]") == 100 ]]
}

it_is_listed_in_the_docs() { diff docs/vocabulary.md <(/usr/bin/python3 "$script" --list); }

"$1"
