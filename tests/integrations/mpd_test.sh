#!/bin/bash
# mpd_test.sh EARMARK: the Music Player Daemon loads playlists of a library, and finds genres that were written. Exit status 77 if
# mpd or mpc is not installed.
set -euo pipefail
program=$(realpath "$1")
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
type mpd mpc >/dev/null 2>&1 || { echo "skipped: mpd or mpc is missing; Debian's packages are mpd and mpc" && exit 77; }

work=$(mktemp -d)
mkdir "$work/music" && cp samples/* "$work/music"
printf '%s\n' "music_directory \"$work/music\"" "db_file \"$work/database\"" "bind_to_address \"$work/socket\"" \
    "pid_file \"$work/pid\"" 'audio_output {' 'type "null"' 'name "none"' '}' >"$work/mpd.conf"
stop() {
    mpd --kill "$work/mpd.conf" || true
    rm -rf "$work"
}
trap stop EXIT

"$program" write-tags --overwrite --plan "$work/plan" "$work/music" >/dev/null
"$program" write-tags --apply "$work/plan" --journal "$work/journal" >/dev/null
"$program" library scan "$work/music" --db "$work/library.db" >/dev/null
cd "$work/music"
"$program" library search 'techno or classical' --db "$work/library.db" --out absolute.m3u8
"$program" library search 'techno or classical' --db "$work/library.db" --out relative.m3u8 --relative
expected=$(grep -v '^#' relative.m3u8)
[[ -n $expected ]]

mpd "$work/mpd.conf" 2>"$work/log"
export MPD_HOST=$work/socket
mpc --wait update >/dev/null
for playlist in absolute relative; do
    mpc --quiet clear
    mpc --quiet load "$playlist.m3u8" >/dev/null
    found=$(mpc --format '%file%' playlist | sed 's/ *$//')
    [[ $found == "$expected" ]] || { echo "$playlist.m3u8: MPD has '$found', expected '$expected'" && exit 1; }
done
[[ $(mpc find genre Techno) == techno.ogg ]] || { echo "MPD does not find the genre Techno" && exit 1; }
