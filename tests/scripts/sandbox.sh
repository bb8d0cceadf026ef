# A checkout in a folder with a space in its name, with the real scripts and with stand-ins for what they call. Sourced
# by the tests of the scripts; each test runs in a shell and a sandbox of its own.
set -eu
source_dir=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
sandbox=$(mktemp -d)
trap 'rm -rf "$sandbox"' EXIT
checkout=$sandbox/a\ checkout
mkdir -p "$checkout/src" "$checkout/tools" "$sandbox/bin"
cp "$source_dir/earmark" "$source_dir/run-tests" "$checkout/"
cp "$source_dir"/tools/{build,install-packages,packages.txt} "$checkout/tools/"
echo first >"$checkout/src/code.cpp"
calls=$sandbox/calls          # every call of a stand-in, one a line
installed=$sandbox/installed  # packages that the stand-in of dpkg-query knows
touch "$calls"
grep -v '^#' "$checkout/tools/packages.txt" | awk 'NF {print $2}' >"$installed"

# stand_in NAME: a program of that name, whose body comes on standard input. It notes its calls first.
stand_in() {
    {
        printf '#!/bin/bash\nsandbox=%q calls=%q installed=%q\n' "$sandbox" "$calls" "$installed"
        printf '%s\n' 'echo "${0##*/} $*" >>"$calls"'
        cat
    } >"$sandbox/bin/$1"
    chmod +x "$sandbox/bin/$1"
}

stand_in dpkg-query <<'BODY'
shift 3
for package; do grep -qx -- "$package" "$installed" && echo "ii $package"; done
true
BODY
stand_in apt-get <<'BODY'
[[ " $* " != *" ${APT_FAILS-none} "* ]] || { echo "E: no luck"; exit 100; }
[[ " $* " == *" install "* ]] && printf '%s\n' "${@##-*}" >>"$installed"
true
BODY
stand_in sudo <<'BODY'
exec "$@"
BODY
stand_in id <<'BODY'
echo "${USER_ID-0}"
BODY
stand_in ccache <<'BODY'
exit 1
BODY
# Configures by making a folder, builds a program that prints its arguments and its standard input. Fails where two run
# in one folder, where the sources ask for it, and reads its standard input, which must not be that of the program.
stand_in cmake <<'BODY'
cat >/dev/null
case $1 in
    --preset) mkdir -p "build/$2/apps" && touch "build/$2/build.ninja" ;;
    --build)
        mkdir "$2/busy" || { echo "two builds at once"; exit 1; }
        trap 'rmdir "$PWD/$folder/busy"' EXIT
        folder=$2
        sleep "${BUILD_TAKES_S-0}"
        ! grep -q broken src/code.cpp || { echo "code.cpp:1: error: broken"; exit 1; }
        echo "[1/1] Building code.cpp"
        { echo '#!/bin/bash'; echo 'printf "<%s>" "$@"; echo'; echo 'cat'; echo 'exit "${PROGRAM_EXITS-0}"'; } >"$2/apps/earmark"
        chmod +x "$2/apps/earmark"
        ;;
esac
BODY
stand_in ctest <<'BODY'
echo "tests run: $*"
exit "${CTEST_EXITS-0}"
BODY
export PATH=$sandbox/bin:/usr/bin:/bin

# run COMMAND...: leaves `status`, `out` and `err`.
run() {
    status=0
    "$@" >"$sandbox/out" 2>"$sandbox/err" || status=$?
    out=$(<"$sandbox/out")
    err=$(<"$sandbox/err")
}

fail() {
    printf 'FAILED: %s\nstatus: %s\nstandard output: %s\nstandard error: %s\ncalls:\n' "$1" "${status-}" "${out-}" "${err-}"
    cat "$calls"
    exit 1
}

expect_equal() { [[ $1 == "$2" ]] || fail "'$1' is not '$2'"; }
expect_contains() { [[ $1 == *"$2"* ]] || fail "'$1' does not contain '$2'"; }
expect_called() { grep -q -- "$1" "$calls" || fail "not called: $1"; }
expect_not_called() { ! grep -q -- "$1" "$calls" || fail "called: $1"; }
remove_package() { sed -i "/^$1\$/d" "$installed"; }

# Ends a test file: runs the function of that name.
run_named_test() {
    "$1"
    echo "passed"
}
