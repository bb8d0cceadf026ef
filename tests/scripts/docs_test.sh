#!/bin/bash
# The prose: links that lead somewhere, words that this project does not use, decisions that stay short.
set -eu
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

mapfile -t pages < <(find README.md CONTRIBUTING.md CHANGELOG.md docs models benchmarks/results.md tools -name '*.md' | sort)

# The text of a page without code blocks, `code`, and outputs of programs, which are quoted.
prose_of() { sed '/^ *```/,/^ *```/d; /^>/d; s/`[^`]*`//g' "$1"; }

# As GitHub makes it of a heading: lower case, no punctuation, '-' for spaces.
anchors_of() {
    sed '/^ *```/,/^ *```/d' "$1" | sed -n 's/^##* //p' | tr '[:upper:]' '[:lower:]' | sed 's/[^a-z0-9 _-]//g; s/ /-/g'
}

it_has_links_that_lead_to_files_and_headings() {
    local page link file anchor failed=
    for page in "${pages[@]}"; do
        while read -r link; do
            [[ -n $link && ! $link =~ ^https?: ]] || continue
            file=${link%%#*}
            anchor=
            [[ $link != *#* ]] || anchor=${link#*#}
            file=${file:+$(dirname "$page")/$file}
            file=${file:-$page}
            [[ -e $file ]] || { echo "$page: no such file: $link" && failed=yes && continue; }
            [[ -z $anchor ]] || grep -qxF "$anchor" <<<"$(anchors_of "$file")" ||
                { echo "$page: no such heading: $link" && failed=yes; }
        done < <(prose_of "$page" | grep -oE '\]\([^) ]+\)' | sed 's/^](//; s/)$//')
    done
    [[ -z $failed ]]
}

# Decisions and experiments are not edited afterwards, and may name what has moved since.
it_names_files_that_exist() {
    local page name failed=
    local folders='src|include|apps|datasets|metrics|evaluation|training|tests|tools|benchmarks|recipes|models|fuzz|cmake|docs'
    for page in "${pages[@]}"; do
        [[ ! $page =~ ^docs/(decisions|experiments)/ ]] || continue
        while read -r name; do
            [[ -e $name ]] || { echo "$page: no such file: $name" && failed=yes; }
        done < <(sed '/^ *```/,/^ *```/d' "$page" | grep -oE "(^|[ \`(])($folders)/[a-z0-9_./-]*[a-z0-9_]" | sed 's/^[ `(]//' | sort -u)
    done
    [[ -z $failed ]]
}

# What this project does not write -> what it writes.
words='
clip vectors? -> embedding
one label of many -> single-label
one of many -> single-label
changed cop(y|ies) -> augmented copy
vectors from elsewhere -> external embeddings
with the ears of -> on top of the networks of
is told -> predict, report, print
are told -> predict, report, print
told of -> reported
figures? -> score, metric, value
all sizes -> all scales
each size -> each scale
validation part -> validation split, validation fold
test part -> test split, test fold
peers? -> baseline, other tool
beside -> compared with, next to
in place of -> instead of
behaviour -> behavior
colour -> color
normalis -> normaliz
optimis -> optimiz
standardis -> standardiz
recognis -> recogniz
neighbour -> neighbor
favour -> favor
licence -> license
'

it_uses_the_words_of_the_field() {
    local pattern page found failed=
    pattern=$(sed -n 's/ -> .*//p' <<<"$words" | paste -sd '|')
    for page in "${pages[@]}"; do
        found=$(prose_of "$page" | grep -v '^|.*|$' | grep -niwE "($pattern)[a-z]*" || true)
        [[ -z $found ]] || { printf '%s: other words are expected here:\n%s\n' "$page" "$found" && failed=yes; }
    done
    [[ -z $failed ]] || { printf 'words, and what is expected instead:%s' "$words" && exit 1; }
}

it_keeps_decisions_short_with_a_status_and_in_the_index() {
    local file failed=
    for file in docs/decisions/[0-9]*.md; do
        [[ $(wc -l <"$file") -le 40 ]] || { echo "$file: has more than 40 lines" && failed=yes; }
        grep -qE '^Status: (accepted|superseded by .*), [0-9]{4}-[0-9]{2}-[0-9]{2}' "$file" || { echo "$file: has no status line" && failed=yes; }
        grep -qF "(${file##*/})" docs/decisions/README.md || { echo "$file: is not in docs/decisions/README.md" && failed=yes; }
    done
    [[ -z $failed ]]
}

# The programs of docs/library.md are those that tests/scripts/consumer_test.sh builds and runs.
it_shows_programs_that_are_compiled() {
    local name
    for name in samples folder; do
        [[ $(<docs/library.md) == *"$(<tests/consumer/$name.cpp)"* ]] ||
            { echo "docs/library.md: expected the text of tests/consumer/$name.cpp" && exit 1; }
    done
}

"$1"
