#!/bin/bash
# recipes/default/make-other-sounds, with a package of two voices that the test makes, and some of the sounds that a formula makes.
set -eu
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
command -v dpkg-deb >/dev/null || { echo "skipped: dpkg-deb is missing" && exit 77; }

make_package() {
    tree=$(mktemp -d)
    trap 'rm -rf "$tree"' EXIT
    local voice number
    for voice in 200 900; do
        mkdir -p "$tree/talk/usr/share/talk/$voice"
        for number in $(seq 10 21); do
            ffmpeg -v error -f lavfi -i "sine=$voice:d=0.$number" "$tree/talk/usr/share/talk/$voice/$number.wav"
        done
    done
    echo "no sound" >"$tree/talk/usr/share/talk/900/broken.wav"
    mkdir "$tree/talk/DEBIAN" "$tree/path"
    printf 'Package: talk\nVersion: 1\nArchitecture: all\nMaintainer: nobody\nDescription: two voices\n' >"$tree/talk/DEBIAN/control"
    dpkg-deb -b "$tree/talk" "$tree/talk.deb" >/dev/null
    printf '#!/bin/bash\necho download >>%q && cp %q .\n' "$tree/calls" "$tree/talk.deb" >"$tree/path/apt-get"
    chmod +x "$tree/path/apt-get"
}

# make_sounds FOLDER
make_sounds() {
    PATH=$tree/path:$PATH python3 -B - "$1" <<'PYTHON'
import importlib.machinery
import importlib.util
import sys

loader = importlib.machinery.SourceFileLoader("sounds", "recipes/default/make-other-sounds")
sounds = importlib.util.module_from_spec(importlib.util.spec_from_loader("sounds", loader))
loader.exec_module(sounds)
sounds.SPEECH = {"talk": ("test", 3, ["*.wav"])}
sounds.MADE = {kind: ("train", 2, source) for kind, (_, _, source) in sounds.MADE.items()}
sys.argv = ["make-other-sounds", "--out", sys.argv[1]]
sys.exit(sounds.main())
PYTHON
}

seconds_of() { ffprobe -v error -show_entries format=duration -of csv=p=0 "$1"; }

it_makes_speech_and_sounds_of_every_kind() {
    make_package
    make_sounds "$tree/out" 2>/dev/null
    [[ $(grep -c $'\ttest\tsound---speech\ttalk$' "$tree/out/manifest.tsv") == 3 ]]
    [[ $(grep -c $'\ttrain\tsound---.*\tffmpeg$' "$tree/out/manifest.tsv") -ge 30 ]]
    cut -f 1 "$tree/out/manifest.tsv" | tail -n +2 | while read -r path; do
        awk -v seconds="$(seconds_of "$tree/out/$path")" 'BEGIN { exit !(seconds >= 0.99 && seconds < 31) }' ||
            { echo "$path is $(seconds_of "$tree/out/$path") s long" && exit 1; }
    done
    [[ -z $(find "$tree/out" -name '*part*') ]]
}

it_makes_the_same_again_and_only_what_is_missing() {
    make_package
    make_sounds "$tree/out" 2>/dev/null
    cp -r "$tree/out" "$tree/first"
    make_sounds "$tree/out" 2>/dev/null
    [[ $(wc -l <"$tree/calls") == 1 ]]
    rm "$tree/out/speech/talk/001.flac" "$tree/out/made/sine/000.flac"
    make_sounds "$tree/out" 2>/dev/null
    diff -r "$tree/first" "$tree/out"
}

"$1"
