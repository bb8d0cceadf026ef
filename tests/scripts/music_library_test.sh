#!/bin/bash
# music_library_test.sh FUNCTION PROGRAM: docs/music-library.md, followed from top to bottom with the samples as ~/Music.
# Of the page, each block "sh" is run, "text" is what the block before it prints, and "toml" is the file rules.toml.
set -eu
function=$1
program=$2
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
root=$PWD
page=$root/docs/music-library.md
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT

# A home with music, in which `earmark` is the program of this build. The rest is not of this machine.
make_home() {
    mkdir -p "$home/Music" "$home/bin" "$home/here"
    cp "$root"/samples/*.* "$home/Music"
    ln -s "$program" "$home/bin/earmark"
    ln -s "$root/docs" "$home/here/docs"
    cp "$root/samples/rock-band.mp3" "$home/here/song.mp3"
    printf '#!/bin/sh\n' | tee "$home/bin/curl" "$home/bin/systemctl" >/dev/null
    chmod +x "$home"/bin/*
}

# What differs from machine to machine: the home, how long it took, decimal numbers, names by a hash.
without_chance() {
    sed -E "s|$home|/home/me|g; s/, in [^:]*: .* real time/, in TIME/; s/in less than /in /; s/[0-9]+\.[0-9]+/N.N/g; s/[0-9a-f]{12}\.journal/ID.journal/g; s/\([0-9a-f]{32}\)/(ID)/" "$1"
}

run_block() {
    (cd "$home/here" && env -i HOME="$home" PATH="$home/bin:/usr/bin:/bin" LC_ALL=C.UTF-8 bash -eu "$1") >"$home/out" 2>&1 ||
        { printf 'failed:\n%s\nit printed:\n%s\n' "$(<"$1")" "$(<"$home/out")" && exit 1; }
}

expect_printed() {
    diff <(without_chance "$1") <(without_chance "$home/out") >"$home/difference" ||
        { printf '%s (<), and what is printed (>):\n%s\n' "$page" "$(<"$home/difference")" && exit 1; }
}

# take_block KIND FILE
take_block() {
    case $1 in
        sh) run_block "$2" ;;
        text) expect_printed "$2" ;;
        toml) cp "$2" "$home/here/rules.toml" ;;
        *) echo "$page: a block of kind '$1'; expected sh, text or toml" && exit 1 ;;
    esac
}

it_prints_what_the_page_shows() {
    local line kind= count=0
    make_home
    while IFS= read -r line; do
        if [[ $line != '```'* ]]; then
            [[ -z $kind ]] || printf '%s\n' "$line" >>"$home/block"
        elif [[ -n $kind ]]; then
            take_block "$kind" "$home/block"
            kind=
        else
            kind=${line#'```'}
            kind=${kind:-none}
            : >"$home/block"
            count=$((count + 1))
        fi
    done <"$page"
    ((count > 0)) || { echo "$page: no blocks" && exit 1; }
}

"$function"
