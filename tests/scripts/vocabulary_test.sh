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

it_is_listed_in_the_docs() { diff docs/vocabulary.md <(/usr/bin/python3 "$script" --list); }

"$1"
