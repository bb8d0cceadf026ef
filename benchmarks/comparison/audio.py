"""The songs in other formats and lengths, made by ffmpeg in a temporary folder."""

import pathlib
import shutil
import subprocess

from .processes import Failed

# Formats that people have: lossless CD quality, and usual bit rates of the others.
ENCODERS = {
    "flac": ["-c:a", "flac", "-sample_fmt", "s16"],
    "ogg": ["-c:a", "libvorbis", "-q:a", "6"],
    "opus": ["-c:a", "libopus", "-b:a", "128k"],
    "m4a": ["-c:a", "aac", "-b:a", "192k"],
    "wav": ["-c:a", "pcm_s16le"],
    "48k.mp3": ["-ar", "48000", "-c:a", "libmp3lame", "-b:a", "192k"],
}


def ffmpeg(*arguments):
    if not shutil.which("ffmpeg"):
        raise Failed("ffmpeg, which makes the files, is not installed: tools/install-packages compare")
    command = ["ffmpeg", "-nostdin", "-y", "-loglevel", "error", *map(str, arguments)]
    result = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    if result.returncode != 0:
        raise Failed(f"ffmpeg could not make {arguments[-1]}: {result.stderr.decode(errors='replace').strip()}")


def converted(song, ending, folder):
    """A song keeps its name; each format is made once."""
    made = pathlib.Path(folder) / f"{song.stem}.{ending}"
    if not made.exists():
        ffmpeg("-i", song, "-map", "0:a:0", "-map_metadata", "-1", *ENCODERS[ending], made)
    return made


def clip(song, folder, duration_s):
    made = pathlib.Path(folder) / f"clip{song.suffix}"
    ffmpeg("-i", song, "-t", duration_s, "-map", "0:a:0", "-c", "copy", made)
    return made


def repeated(song, folder, hours):
    made = pathlib.Path(folder) / f"long{song.suffix}"
    ffmpeg("-stream_loop", "-1", "-i", song, "-t", hours * 3600, "-map", "0:a:0", "-c", "copy", made)
    return made
