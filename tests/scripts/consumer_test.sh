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

said=$("$work/build/consumer" "$source_dir/models/default.earmark" "$source_dir/samples/rock-band.mp3")
echo "$said"
[[ $said =~ ^[1-9][0-9]*\ tags,\ first:\  ]]

status=0
"$work/build/consumer" "$work/none.earmark" "$source_dir/samples/rock-band.mp3" || status=$?
((status != 0))

# What README.md shows is this program.
[[ $(sed -n '/^```cpp$/,/^```$/p' "$source_dir/README.md" | sed '1d;$d') == "$(<"$source_dir/tests/consumer/main.cpp")" ]] ||
    { echo "the program in README.md differs from tests/consumer/main.cpp" && exit 1; }
