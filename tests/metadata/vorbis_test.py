#!/usr/bin/env python3
"""Vorbis comments, in FLAC and Ogg.

Usage: vorbis_test.py EDIT_FIELDS; exit status 77: mutagen or ffmpeg is missing."""
import os
import unittest

from fields_case import COVER, EDIT_FIELDS, packets, run
from foreign_fields import foreign
from id3_case import Id3Case
import mutagen
from mutagen import flac, oggvorbis


class VorbisTest(Id3Case):
    def test_flac_with_all_kinds_of_blocks(self):
        for name, padding in (("no", 0), ("little", 30), ("large", 100_000)):
            path = self.copy("flac", "blocks" + name)
            file = flac.FLAC(path)
            picture = flac.Picture()
            picture.data, picture.mime, picture.type = COVER, "image/png", 3
            file.add_picture(picture)
            file["PERFORMER"] = ["A", "B"]
            file["Genre"] = ["Old", "Older"]
            file["replaygain_track_gain"] = "-6 dB"
            file.save(padding=lambda info, p=padding: p)
            with self.subTest(padding=padding):
                out = self.check(path)
                if name == "large":
                    self.assertEqual(os.path.getsize(out), os.path.getsize(path))

    def test_flac_after_an_id3_tag(self):
        with open(self.sound["flac"], "rb") as file:
            path = self.new("flac", self.tag(self.frame(b"TIT2", b"\x00T") + bytes(20), 3) + file.read())
        self.check(path)

    def test_ogg_with_a_cover_of_many_pages(self):
        import base64
        for ending in ("ogg", "opus", "spx"):
            path = self.copy(ending, "cover")
            file = mutagen.File(path)
            picture = flac.Picture()
            picture.data = COVER * 3
            file["metadata_block_picture"] = [base64.b64encode(picture.write()).decode()]
            file["genre"] = ["x" * 70_000]
            file.save()
            with self.subTest(ending):
                out = self.check(path)  # one page less
                big = os.path.join(self.folder, "bigger." + ending)
                self.assertEqual(run(EDIT_FIELDS, "edit", out, big, "genre=" + "y" * 100_000).returncode, 0)
                self.assertEqual(foreign(big), foreign(path))
                self.assertEqual(packets(big), packets(path))
        path = os.path.join(self.folder, "flac.oga")
        run("ffmpeg", "-v", "error", "-y", "-i", self.sound["flac"], "-c", "copy", path)
        self.check(path)

    def test_two_songs_in_one_ogg_file(self):
        with open(self.sound["ogg"], "rb") as first, open(self.sound["opus"], "rb") as second:
            opus = second.read()
            path = self.new("ogg", first.read() + opus)
        out = os.path.join(self.folder, "chained.ogg")
        self.assertEqual(run(EDIT_FIELDS, "edit", path, out, "genre=" + "y" * 100_000).returncode, 0)
        self.assertTrue(self.raw_bytes(out).endswith(opus))
        self.assertEqual(oggvorbis.OggVorbis(out)["genre"], ["y" * 100_000])


if __name__ == "__main__":
    unittest.main()
