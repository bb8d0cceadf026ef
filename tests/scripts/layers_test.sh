#!/bin/bash
# The rules of docs/architecture.md that can be seen in the #include lines.
set -eu
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

# only_in PATTERN FOLDER...: headers that match are included in these folders and in the tests of them only.
only_in() {
    local pattern=$1 folder found
    shift
    local allowed=()
    for folder; do allowed+=(-e "^$folder/" -e "^tests/${folder#src/}/"); done
    found=$(grep -rnE "#include [<\"]($pattern)" include src datasets metrics training apps fuzz benchmarks tests \
        --include='*.h' --include='*.cpp' | grep -v "${allowed[@]}" || true)
    [[ -z $found ]] || { printf 'only allowed in %s:\n%s\n' "$*" "$found" && exit 1; }
}

it_includes_each_library_where_it_belongs() {
    only_in 'torch/|ATen/|c10/' training
    only_in 'dnnl' src/network
    only_in 'libavformat/|libavcodec/' src/decode
    only_in 'libavutil/' src/decode src/spectrogram
    only_in 'soxr' src/decode
    only_in 'lmdb|toml\+\+|toml\.hpp' training
    only_in 'chromaprint' datasets/check
    only_in 'xxhash' datasets training
    only_in 'CLI/' apps
    only_in 'nlohmann/' src/model apps training tests/program tests/report
    only_in 'gtest/|gmock/' tests
}

it_has_public_headers_of_standard_types_only() {
    local found
    found=$(grep -rnE '#include' include | grep -vE '#include (<[a-z_]+>|"earmark/[a-z_]+\.h")$' || true)
    [[ -z $found ]] || { printf '%s\n' "$found" && exit 1; }
}

# Of another stage, a stage includes the public header; only the classifier shares a part, the layers of the networks
# (oneDNN stays in one folder). What lies below includes nothing of training and programs.
it_keeps_the_stages_apart() {
    local stage found
    for stage in decode spectrogram network aggregation classifier model tagger; do
        found=$(grep -rnE '#include "' "src/$stage" | grep -vE "#include \"((earmark|files|$stage)/|vector_clones.h)" |
            grep -vE '^src/classifier/.*"network/' || true)
        [[ -z $found ]] || { printf '%s\n' "$found" && exit 1; }
    done
    found=$(grep -rnE '#include "(training|apps)/' include src datasets metrics || true)
    [[ -z $found ]] || { printf '%s\n' "$found" && exit 1; }
}

it_prints_and_exits_in_programs_only() {
    local found
    found=$(grep -rnE 'std::(cout|cerr|clog|exit|abort|printf|puts)\b|\bf?printf\(' include src datasets metrics training || true)
    [[ -z $found ]] || { printf '%s\n' "$found" && exit 1; }
}

"$1"
