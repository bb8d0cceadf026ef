#!/bin/bash
# shared_test.sh BUILD COMPILER FLAGS TYPE: builds the libraries once more, shared, in BUILD-shared (as deep in the tree
# as BUILD, so that ccache has the objects), and uses them as consumer_test.sh and package_test.sh do.
set -euo pipefail
build=$(realpath "$1") compiler=$2 flags=$3 type=$4
source_dir=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
if command -v ccache >/dev/null; then
    export CMAKE_CXX_COMPILER_LAUNCHER=ccache CCACHE_BASEDIR=$source_dir CCACHE_NOHASHDIR=1
fi
cmake -S "$source_dir" -B "$build-shared" -G Ninja -DBUILD_SHARED_LIBS=ON -DEARMARK_BUILD_APPS=OFF \
    -DCMAKE_CXX_COMPILER="$compiler" -DCMAKE_CXX_FLAGS="$flags" -DCMAKE_BUILD_TYPE="$type" \
    -DCMAKE_CXX_FLAGS_DEBUG="-O1 -g"
cmake --build "$build-shared"
for test in consumer package; do
    bash "$source_dir/tests/scripts/${test}_test.sh" "$build-shared" "$compiler" "$flags"
done
