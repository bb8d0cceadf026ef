#!/bin/bash
# The prose: links that lead somewhere, words that this project does not use, decisions that stay short.
set -eu
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

mapfile -t pages < <(find README.md CONTRIBUTING.md CHANGELOG.md docs models benchmarks recipes integrations tools -name '*.md' | sort)

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
    local folders='src|include|apps|datasets|catalogue|metrics|evaluation|training|tests|tools|benchmarks|recipes|models|fuzz|cmake|docs'
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
tells?|telling|told -> predict, report, print
says?|saying|said -> predict, report, print, state
stands?|standing -> is
lies?|lying -> is
figures? -> score, metric, value
(all|each|several|single|of) sizes? -> scale
(training|validation|test) parts? -> split, fold
peers? -> baseline, other tool
beside -> compared with, next to
not decided -> not significant
in place of -> instead of
behaviour[a-z]* -> behavior
colour[a-z]* -> color
(normalis|optimis|standardis|recognis|summaris|organis|generalis|serialis|vectoris|initialis|equalis)[a-z]* -> with z
analys(e|ed|er|ers|ing) -> analyze
centre[ds]?|centring -> center
label(led|ling) -> labeled
neighbour[a-z]* -> neighbor
favour[a-z]* -> favor
licence -> license
cancell(ed|ing) -> canceled
'
forbidden=$(sed -n 's/ -> .*//p' <<<"$words" | paste -sd '|')

# expect_no_such_words PLACE TEXT
expect_no_such_words() {
    local found
    found=$(grep -niwE "($forbidden)" <<<"$2" || true)
    [[ -z $found ]] || { printf '%s: other words are expected here:\n%s\n' "$1" "$found" && return 1; }
}

it_uses_the_words_of_the_field() {
    local page failed=
    for page in "${pages[@]}"; do
        [[ ! $page =~ ^docs/(decisions|experiments)/ ]] || continue  # history
        expect_no_such_words "$page" "$(prose_of "$page")" || failed=yes
    done
    [[ -z $failed ]] || { printf 'words, and what is expected instead:%s' "$words" && exit 1; }
}

# The comments and the texts in quotes of a source file. Texts without a space are names: keys, options, paths.
prose_of_code() { grep -vE '^ *#include' "$1" | grep -oE '//.*|"([^"\\]|\\.)* ([^"\\]|\\.)*"' || true; }

it_uses_the_words_of_the_field_in_headers_and_programs() {
    local file failed=
    while read -r file; do
        # An option has a second spelling for those who type it; Matroska has an element of that name.
        expect_no_such_words "$file" "$(prose_of_code "$file" | sed 's/--licence//g; s/Video with Colour//')" || failed=yes
    done < <(find include src fingerprint datasets catalogue metrics search evaluation training apps -name '*.h' -o -name '*.cpp')
    [[ -z $failed ]] || { printf 'words, and what is expected instead:%s' "$words" && exit 1; }
}

# TEST(Cache, keeps_what_it_has), it_keeps_what_it_has(): "keeps what it has".
it_uses_the_words_of_the_field_in_names_of_tests() {
    local names
    names=$(grep -rhoE '^(TEST(_[FP])?\([A-Za-z]+,\s*[a-z0-9_]+|it_[a-z_]+)' tests | sed -E 's/.*,\s*|^it_//; s/_/ /g')
    [[ -n $names ]] && expect_no_such_words 'names of tests' "$names"
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

it_lists_every_public_header_in_the_guide() {
    local header name failed=
    for header in include/earmark/*.h; do
        name=${header##*/}
        [[ $name == earmark.h ]] || grep -qE "^\\| .*\`(earmark/)?$name\`" docs/library.md ||
            { echo "docs/library.md: $name is not in the table of headers" && failed=yes; }
    done
    [[ -z $failed ]]
}

# The programs of docs/library.md are those that tests/scripts/consumer_test.sh builds and runs.
it_shows_programs_that_are_compiled() {
    local name
    for name in samples folder stages taggram explain; do
        [[ $(<docs/library.md) == *"$(<tests/consumer/$name.cpp)"* ]] ||
            { echo "docs/library.md: expected the text of tests/consumer/$name.cpp" && exit 1; }
    done
}

"$1"
