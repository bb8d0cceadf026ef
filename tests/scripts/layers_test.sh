#!/bin/bash
# The rules of docs/architecture.md that can be seen in the #include lines. Tests, fuzz targets and benchmarks may look
# into every room, but include a library only where its room does.
set -eu
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

sources=(include src fingerprint datasets metadata catalogue metrics search evaluation training apps)

# only_in PATTERN FOLDER...: headers that match are included in these folders and in the tests of them only.
only_in() {
    local pattern=$1 folder found
    shift
    local allowed=()
    for folder; do allowed+=(-e "^$folder/" -e "^tests/${folder#src/}/"); done
    found=$(grep -rnE "#include [<\"]($pattern)" "${sources[@]}" fuzz benchmarks tests \
        --include='*.h' --include='*.cpp' | grep -v "${allowed[@]}" || true)
    [[ -z $found ]] || { printf 'only allowed in %s:\n%s\n' "$*" "$found" && exit 1; }
}

it_includes_each_library_where_it_belongs() {
    local torch=(training/augmentation training/fit training/local_learning training/classification training/gate)
    only_in 'torch/|ATen/|c10/' "${torch[@]}"
    only_in 'dnnl' src/layers
    only_in 'libavformat/|libavcodec/' src/decode
    only_in 'mpg123' src/decode
    only_in 'libavutil/' src/decode src/spectrogram
    only_in 'soxr' src/resample
    only_in 'zlib' src/decode metadata
    only_in 'lmdb' training/clips
    only_in 'toml\+\+|toml\.hpp' training/recipe
    only_in 'chromaprint' fingerprint
    only_in 'xxhash' datasets src/base src/model
    only_in 'sqlite3' catalogue
    only_in 'utf8proc' datasets/text apps/embed
    only_in 'zip\.h' apps/embed
    only_in 'cairo|pango' apps/picture tests/picture
    only_in 'png\.h' apps/picture
    only_in 'CLI/' apps
    only_in 'nlohmann/' metadata src/model apps training tests/program
    only_in 'gtest/|gmock/' tests
}

it_has_public_headers_of_standard_types_only() {
    local found
    found=$(grep -rnE '#include' include | grep -vE '#include (<[a-z_]+>|"earmark/[a-z_]+\.h")$' || true)
    [[ -z $found ]] || { printf '%s\n' "$found" && exit 1; }
}

# From bottom to top: each room, and the rooms whose headers it may include besides its own and the public ones. What
# comes later in this list may not be included by what comes before it.
rooms='
base:
resample: base
channels: base
layers: base
decode: base resample channels
spectrogram: base
network: base layers
aggregation: base
classifier: base layers
model: base
tagger: base resample channels
taggram: base
explain: base
file_tagger: base channels
fingerprint: base resample
datasets/text: base
datasets/manifest: base datasets/text
datasets/import: base datasets/text datasets/manifest
datasets/check: base fingerprint datasets/manifest
metadata: base
metrics: base
search: base fingerprint
catalogue: base fingerprint search
evaluation: base datasets/manifest metrics
training/recipe: base datasets/text
training/clips: base datasets/manifest
training/teachers: base training/recipe training/clips
training/fit: base datasets/manifest training/recipe
training/augmentation: base training/recipe training/clips training/fit
training/local_learning: base metrics evaluation training/recipe training/clips training/teachers training/fit training/augmentation
training/features: base datasets/text training/clips
training/classification: base metrics evaluation training/recipe training/clips training/fit training/features
training/calibration: base metrics
training/gate: base training/fit
training/run: base datasets metrics evaluation training/recipe training/clips training/teachers training/fit training/augmentation training/local_learning training/features training/classification training/calibration training/gate
training/study: base datasets metrics evaluation training/recipe training/clips training/fit training/run
training/report: base datasets metrics evaluation training/recipe training/fit training/run training/study
training/teach: base datasets metrics evaluation training/fit training/run training/study
apps: base fingerprint datasets metadata catalogue metrics search evaluation training
'

# The folder of a room: those of the libraries are in src.
folder_of() { [[ -d src/$1 ]] && printf 'src/%s' "$1" || printf '%s' "$1"; }

it_includes_no_private_header_of_another_room() {
    local room rest allowed other found failed=
    while IFS=: read -r room rest; do
        [[ -n $room ]] || continue
        allowed="earmark|$room"
        for other in $rest; do allowed+="|$other"; done
        found=$(grep -rnE '#include "' "$(folder_of "$room")" --include='*.h' --include='*.cpp' |
            grep -vE "#include \"($allowed)/" || true)
        [[ -z $found ]] || { printf '%s may include only %s:\n%s\n' "$room" "$allowed" "$found" && failed=yes; }
    done <<<"$rooms"
    [[ -z $failed ]]
}

it_includes_nothing_that_is_above() {
    local room rest other seen=' '
    while IFS=: read -r room rest; do
        [[ -n $room ]] || continue
        for other in $rest; do
            [[ $seen == *" $other "* || $seen == *" $other/"* ]] || { echo "$room may not include $other: it is above" && exit 1; }
        done
        seen+="$room "
    done <<<"$rooms"
}

# What reads runs and studies belongs to `earmark`, which is built without libtorch: of the rooms with libtorch it
# includes nothing, and of training/fit only what events are.
it_reads_runs_and_studies_without_libtorch() {
    local found
    found=$(grep -rnE '#include "training/(augmentation|local_learning|classification|fit)/' training/run training/study \
        training/report training/teach apps/analyze/show_command.cpp apps/train/handover.cpp |
        grep -vE '"training/fit/(events|listener|device_choice).h"|^training/run/(learn_networks|train|split_network_features|out_of_fold)\.(cpp|h)' || true)
    [[ -z $found ]] || { printf '%s\n' "$found" && exit 1; }
}

# A new folder must find its place in the list.
it_knows_every_room() {
    local folder
    for folder in src/* fingerprint datasets/* metadata catalogue metrics search evaluation training/* apps; do
        [[ -d $folder ]] || continue
        grep -qE "^${folder#src/}:" <<<"$rooms" || { echo "$folder is not in the list of rooms" && exit 1; }
    done
}

# What only tests call is no public interface. A function counts as used where a file other than the one that defines it
# names it: of the rooms, or of the programs that docs/library.md shows. For users of the library alone are the first, and
# for std::vector the others:
only_for_users='library_version|parse_model|serialize_model|allocate|deallocate|allocate_weights|free_weights'

it_has_public_functions_that_somebody_uses() {
    local header name unused=
    for header in include/earmark/*.h; do
        while read -r name; do
            [[ $name =~ ^($only_for_users)$ ]] || is_used "$name" || { echo "$header: nobody but tests uses $name" && unused=yes; }
        done < <(sed '/^private:/,/^};/d; /^ *[a-z_]*(/d; s|//.*||' "$header" | grep -oE '\b[a-z][a-z_]*[a-z]\(' | tr -d '(' | sort -u |
            grep -vxE 'assert|noexcept|defined|visibility|bad_array_new_length')
    done
    [[ -z $unused ]]
}

is_used() {
    local file
    while read -r file; do
        grep -qE "^[A-Za-z].*\b$1\(" "$file" || return 0
    done < <(grep -rlwE --include='*.cpp' --include='*.h' "$1" src fingerprint datasets metadata catalogue metrics search evaluation training apps tests/consumer)
    return 1
}

it_prints_and_exits_in_programs_only() {
    local found
    found=$(grep -rnE 'std::(cout|cerr|clog|exit|abort|printf|puts)\b|\bf?printf\(' include src fingerprint datasets metadata catalogue metrics search evaluation training || true)
    [[ -z $found ]] || { printf '%s\n' "$found" && exit 1; }
}

"$1"
