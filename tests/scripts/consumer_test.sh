#!/bin/bash
# consumer_test.sh BUILD COMPILER FLAGS: installs the libraries of BUILD, builds tests/consumer against them and tags.
set -euo pipefail
build=$(realpath "$1") compiler=$2 flags=$3
source_dir=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
work=$build/consumer
rm -rf "$work"
cmake --install "$build" --component development --prefix "$work/prefix" >/dev/null
cmake -S "$source_dir/tests/consumer" -B "$work/build" -G Ninja -DCMAKE_PREFIX_PATH="$work/prefix" \
    -DCMAKE_CXX_COMPILER="$compiler" -DCMAKE_CXX_FLAGS="$flags"
cmake --build "$work/build"

# prints PATTERN COMMAND...: fails where the output does not match the extended regular expression.
prints() {
    local pattern=$1 output
    shift
    output=$("$@") && echo "$output" && [[ $output =~ $pattern ]] || { echo "not as expected: $*" && exit 1; }
}
export EARMARK_MODEL=$source_dir/models/default.earmark
prints '[A-Z].* 0\.[0-9]+.*, an embedding of [1-9][0-9]* numbers' "$work/build/consumer" "$source_dir/samples/rock-band.mp3"
prints '^first: .* numbers of level 3 ' "$work/build/samples"
prints '^1/6 .*6/6 .*done$' "$work/build/folder" "$source_dir/samples"
prints '^1/6 .*canceled$' "$work/build/folder" "$source_dir/samples" 1

prints '^filter [0-9]+ at [0-9.]+ s: [1-9][0-9.]*$' "$work/build/stages" "$source_dir/samples/techno.ogg"
prints '^[A-Z].*, in the whole clip 0\.[0-9]+: [0-9.]+-[0-9.]+ s' "$work/build/taggram" "$source_dir/samples/techno.ogg"
prints '^[A-Z].*: level [1-6] of [0-9]+ frames adds [0-9.]+ to the log-odds; most is heard from [0-9.]+ to [0-9.]+ s' \
    "$work/build/explain" "$source_dir/samples/techno.ogg"

status=0
EARMARK_MODEL=$work/none.earmark "$work/build/consumer" "$source_dir/samples/rock-band.mp3" || status=$?
((status == 1))

# In the prefix, a program finds the model that was installed with the libraries; a damaged one is not passed over.
unset EARMARK_MODEL
model=$(find "$work/prefix" -name default.earmark)
mkdir -p "$work/prefix/bin"
cp "$work/build/consumer" "$work/prefix/bin/"
prints 'an embedding of' "$work/prefix/bin/consumer" "$source_dir/samples/rock-band.mp3"
echo damaged >"$model"
message=$("$work/prefix/bin/consumer" "$source_dir/samples/rock-band.mp3" 2>&1) && exit 1
[[ $message == "$model: "* ]] || { echo "not the installed model: $message" && exit 1; }

# What README.md shows is this program.
[[ $(sed -n '/^```cpp$/,/^```$/p' "$source_dir/README.md" | sed '1d;$d') == "$(<"$source_dir/tests/consumer/main.cpp")" ]] ||
    { echo "the program in README.md differs from tests/consumer/main.cpp" && exit 1; }
