#!/usr/bin/env python3
"""Writes fuzz/corpus/fields: the fields of small files of every format with a little of their audio. Needs ffmpeg (5.1)
and mutagen (1.46). Usage: make_fields_corpus.py FOLDER"""
import os
import subprocess
import sys
import tempfile

from mutagen import id3, mp4, wave

folder = sys.argv[1]
os.makedirs(folder, exist_ok=True)
with tempfile.TemporaryDirectory() as temporary:
    for ending in ["mp3", "flac", "ogg", "opus", "m4a", "wma", "wav", "aiff", "wv", "spx", "oga", "tta", "aac"]:
        path = os.path.join(temporary, "sound." + ending)
        subprocess.run(["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", "sine=440:d=0.06:r=8000", "-metadata", "title=T",
                        "-metadata", "genre=Rock", "-fflags", "+bitexact", "-flags", "+bitexact"] +
                       (["-c:a", "flac"] if ending == "oga" else ["-ar", "16000"] if ending in ("spx", "opus") else []) + [path], check=True)
        if ending == "wav":
            file = wave.WAVE(path)
            file.add_tags()
            file.tags.add(id3.TCON(encoding=3, text=["Rock"]))
            file.save()
        if ending == "m4a":
            file = mp4.MP4(path)
            file["----:com.apple.iTunes:MOOD"] = [b"Calm"]
            file.save(padding=lambda info: 30)
        with open(path, "rb") as source, open(os.path.join(folder, ending), "wb") as target:
            target.write(source.read()[:8000])
    for version in (3, 4):
        path = os.path.join(temporary, "sound.mp3")
        tags = id3.ID3()
        tags.add(id3.TIT2(encoding=1, text=["T"]))
        tags.add(id3.COMM(encoding=0, lang="deu", desc="", text=["c"]))
        tags.add(id3.TXXX(encoding=0, desc="MOOD", text=["Calm"]))
        tags.save(path, v2_version=version, v1=2)
        with open(path, "rb") as source, open(os.path.join(folder, f"id3v2.{version}"), "wb") as target:
            target.write(source.read()[:3000])
    # Moved sizes, versions, flags: what the fuzzer finds by itself from here.
    with open(os.path.join(folder, "id3v2.2"), "wb") as target:
        target.write(b"ID3\x02\0\0\0\0\0\x20TT2\0\0\x02\0TTCO\0\0\x05\0(17)" + bytes(20) + b"\xff\xfb\x90\0")
