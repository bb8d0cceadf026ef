#!/bin/bash
# package_test.sh BUILD COMPILER FLAGS: installs the libraries of BUILD and uses them in the ways that consumer_test.sh
# does not: without a decoder, and by pkg-config. Of shared libraries it looks at what they export.
set -euo pipefail
build=$(realpath "$1") compiler=$2 flags=$3
source_dir=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
work=$build/package
rm -rf "$work"
cmake --install "$build" --component development --prefix "$work/prefix" >/dev/null
libraries=$(dirname "$(find "$work/prefix" -name 'libearmark.*' -print -quit)")
shared=
[[ ! -e $libraries/libearmark.so ]] || shared=yes
export EARMARK_MODEL=$source_dir/models/default.earmark LD_LIBRARY_PATH=$libraries

fail() {
    echo "FAILED: $*"
    exit 1
}

# A shared library brings along what it uses; a static one asks for two small libraries, not for decoders.
mkdir "$work/pc"
if [[ -z $shared ]]; then
    for package in libavutil soxr; do
        ln -s "$(pkg-config --variable=pcfiledir $package)/$package.pc" "$work/pc/"
    done
fi
PKG_CONFIG_LIBDIR=$work/pc cmake -S "$source_dir/tests/consumer/alone" -B "$work/alone" -G Ninja \
    -DCMAKE_PREFIX_PATH="$work/prefix" \
    -DCMAKE_CXX_COMPILER="$compiler" -DCMAKE_CXX_FLAGS="$flags"
cmake --build "$work/alone"
[[ $("$work/alone/samples") =~ ^first:\  ]] || fail "the project without a decoder does not tag"
status=0
EARMARK_MODEL=$work/none "$work/alone/samples" || status=$?
((status == 1)) || fail "an Error of the library is not caught in the program: status $status"

# compile NAME PACKAGE: tests/consumer/NAME.cpp, as a Makefile would.
compile() {
    # shellcheck disable=SC2046,SC2086  # words
    "$compiler" -std=c++20 $flags $(pkg-config --cflags "$2") "$source_dir/tests/consumer/$1.cpp" -o "$work/$1" \
        $(pkg-config --libs "$2")
}
export PKG_CONFIG_PATH=$libraries/pkgconfig
compile samples earmark
[[ $("$work/samples") =~ ^first:\  ]] || fail "the project that asks pkg-config does not tag"
compile main earmark-decode
status=0
"$work/main" || status=$?
((status == 2)) || fail "main without an argument gives status $status"

[[ -n $shared ]] || exit 0
for library in libearmark libearmark_decode; do
    [[ $(readelf -d "$libraries/$library.so") == *"soname: [$library.so.0.1]"* ]] || fail "no SONAME in $library"
    # g++ 12 cannot hide the functions of base/vector_clones.h, of type i, and what chooses between their clones.
    names=$(nm -D --defined-only --demangle "$libraries/$library.so" | grep -vE ' i |\[clone .resolver\]$' |
        cut -d ' ' -f 3- | sed -E 's/^(typeinfo|typeinfo name|vtable) for //')
    [[ -n $names ]] || fail "$library exports nothing"
    foreign=$(grep -vE '^earmark::[A-Za-z_]+' <<<"$names" || true)
    [[ -z $foreign ]] || fail "$library exports what is not its own: $foreign"
    for name in $(sed -E 's/^earmark::([A-Za-z_]+).*/\1/' <<<"$names" | sort -u); do
        grep -qrE "(class|struct) EARMARK_EXPORT $name\b|EARMARK_EXPORT .*\b$name\(" "$source_dir/include" || fail "$library exports $name, which no public header marks with EARMARK_EXPORT"
    done
done
