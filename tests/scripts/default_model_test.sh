#!/bin/bash
# recipes/default/make-model, with stubs for everything that it runs: each writes its name into $work/calls.
set -eu
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

make_tree() {
    tree=$(mktemp -d)
    trap 'rm -rf "$tree"' EXIT
    mkdir -p "$tree"/{recipes/default,tools,benchmarks,data,teachers,path,build/other-tools/musicnn/bin}
    cp recipes/default/{make-model,default.toml} "$tree/recipes/default"
    touch "$tree/data/debian-music.tsv" "$tree/teachers/audioset_mn04.onnx"
    for program in earmark tools/install-packages benchmarks/install-other-tools recipes/default/{fetch-free-music,make-other-sounds} \
        path/python3 \
        build/other-tools/musicnn/bin/pip build/other-tools/musicnn/bin/python; do
        stub "$program"
    done
    stub path/python3 'mkdir -p "$3/bin" && cp "$0" "$3/bin/python" && cp "$0" "$3/bin/pip" && chmod +x "$3/bin/"*'
    stub earmark '[[ $2 != *default.toml || -f $(dirname "$0")/whole ]]'
    mkdir -p "$tree"/work/{manifests,free/manifests}
    printf 'tag\nother---Not music\n' | tee "$tree/work/manifests/tags.txt" >"$tree/work/free/manifests/tags.txt"
}

# stub NAME [COMMAND]: a program that writes down its arguments; COMMAND is what else `-m venv` or a training does.
stub() {
    printf '#!/bin/bash\necho "${0##*/} $*" >>%q/calls\n' "$tree" >"$tree/$1"
    case $1 in
        path/python3) printf 'if [[ $1 == -m ]]; then %s; fi\n' "${2-:}" >>"$tree/$1" ;;
        *) printf '%s\n' "${2-:}" >>"$tree/$1" ;;
    esac
    chmod +x "$tree/$1"
}

make_model() { PATH=$tree/path:$PATH "$tree/recipes/default/make-model" "$@" 2>&1; }

it_goes_on_after_a_step_that_failed() {
    local found
    make_tree
    local arguments=(--data "$tree/data" --teachers "$tree/teachers" --work "$tree/work")
    found=$(make_model "${arguments[@]}") && { echo "expected a failure" && exit 1; }
    grep -qF "make-model: model failed; call make-model again to go on from there" <<<"$found"
    : >"$tree/calls"
    touch "$tree/whole"
    make_model "${arguments[@]}" >/dev/null
    [[ $(wc -l <"$tree/calls") == 1 ]]
    grep -q "^earmark train .*default.toml --from .*/pre-training/model.earmark" "$tree/calls"
    grep -q "^model" "$tree/work/hours.tsv"
}

# fetch_some COUNT: of 100 tracks, so many are there.
fetch_some() {
    seq 100 >"$tree/data/debian-music.tsv"
    mkdir -p "$tree/work/free-music"
    seq "$1" >"$tree/work/free-music/manifest.tsv"
    stub recipes/default/fetch-free-music 'exit 1'
}

it_does_without_some_tracks_and_clips() {
    make_tree
    touch "$tree/whole"
    fetch_some 95
    stub path/python3 'mkdir -p "$3/bin" && cp "$0" "$3/bin/python" && cp "$0" "$3/bin/pip" && chmod +x "$3/bin/"*
elif [[ $1 == */make-labels ]]; then exit 1'
    make_model --data "$tree/data" --teachers "$tree/teachers" --work "$tree/work" >/dev/null
    grep -q "make-labels" "$tree/calls"
    grep -q "^model" "$tree/work/hours.tsv"
}

it_does_not_do_with_little_music() {
    local found
    make_tree
    fetch_some 94
    found=$(make_model --data "$tree/data" --teachers "$tree/teachers" --work "$tree/work") && { echo "expected a failure" && exit 1; }
    grep -qF "make-model: free-music failed" <<<"$found"
}

it_trains_the_classifier_alone_without_teachers() {
    make_tree
    touch "$tree/whole"
    make_model --data "$tree/data" --work "$tree/work" >/dev/null
    grep -q "make-manifests --scores $tree/recipes/default/scores.tsv.gz" "$tree/calls"
    grep -q "^earmark train .*default.toml --from $tree/models/default.earmark" "$tree/calls"
    [[ $(grep -c "musicnn\|make-labels\|pretrain" "$tree/calls") == 0 ]]
}

it_makes_a_model_of_free_music_alone() {
    make_tree
    touch "$tree/whole"
    make_model --data "$tree/data" --teachers "$tree/teachers" --work "$tree/work" --free >/dev/null
    local work=$tree/work/free
    grep -qF "earmark train $work/free.toml --from $work/pre-training/model.earmark --data $work/manifests/free-music --data $work/manifests/other-sounds --tags $work/manifests/tags.txt" "$tree/calls"
    grep -q 'name = "free"' "$work/free.toml"
    [[ $(grep -c '^category_thresholds' "$work/free.toml") == 0 ]]
    grep -q "^make-other-sounds --out $tree/work/other-sounds" "$tree/calls"
    [[ $(cat "$work/manifests/tags-of-music.txt") == tag ]]
}

it_names_what_is_missing() {
    local found
    make_tree
    found=$(make_model --data "$tree" --teachers "$tree/teachers") && { echo "expected a failure" && exit 1; }
    grep -qF "expected a folder with debian-music.tsv" <<<"$found"
    found=$(make_model --data "$tree/data" --teachers "$tree") && { echo "expected a failure" && exit 1; }
    grep -qF "expected a folder with audioset_mn04.onnx" <<<"$found"
    found=$(make_model --data "$tree/data" --free) && { echo "expected a failure" && exit 1; }
    grep -qF -- "--free: expected --teachers too" <<<"$found"
    found=$(make_model --data) && { echo "expected a failure" && exit 1; }
    grep -qF "usage: make-model --data FOLDER" <<<"$found"
}

"$1"
