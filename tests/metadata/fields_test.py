#!/usr/bin/env python3
"""Files of every format, written by ffmpeg, mutagen and kid3-cli and by hand, are edited by edit_fields; mutagen and
ffmpeg then see the new values, all other fields as they were, and the same audio packets.

Usage: fields_test.py EDIT_FIELDS; exit status 77: mutagen or ffmpeg is missing."""
import os
import shutil
import struct
import unittest

from fields_case import COVER, EDIT, EDIT_FIELDS, FieldsCase, run
import mutagen
from mutagen import apev2, asf, wavpack


class FieldsTest(FieldsCase):
    def test_what_ffmpeg_writes_in_every_format(self):
        for ending in self.sound:
            with self.subTest(ending):
                self.check(self.copy(ending, "plain"))

    def test_files_without_any_tag(self):
        for ending in ("mp3", "flac", "ogg", "opus", "m4a", "wma", "wv", "aiff"):
            path = self.copy(ending, "empty")
            file = mutagen.File(path)
            file.delete()
            with self.subTest(ending):
                self.check(path)
        for ending in ("m4a", "flac", "wav", "aiff", "wv", "mp3"):
            path = self.copy(ending, "bare")
            version = ["-id3v2_version", "0"] if ending == "mp3" else []
            result = run("ffmpeg", "-v", "error", "-y", "-i", self.sound[ending], "-map_metadata", "-1", "-fflags", "+bitexact",
                         "-flags", "+bitexact", *version, path)
            self.assertEqual(result.returncode, 0, result.stderr)
            with self.subTest(ending):
                self.check(path)

    def test_tags_of_kid3(self):
        if not shutil.which("kid3-cli"):
            self.skipTest("kid3-cli is missing")
        for ending in ("mp3", "flac", "ogg", "opus", "m4a", "wma", "wv", "aiff", "wav"):
            path = self.copy(ending, "kid3")
            with open(os.path.join(self.folder, "cover.jpg"), "wb") as file:
                file.write(COVER)
            result = run("kid3-cli", "-c", "set artist 'Björk'", "-c", "set genre 'Pop|Rock'", "-c", "set comment 'c'", "-c",
                         "set 'Track Number' 7", "-c", "set picture:" + self.folder + "/cover.jpg 'Cover'", path)
            self.assertEqual(result.returncode, 0, result.stderr)
            with self.subTest(ending):
                self.check(path)

    def test_apev2_with_binary_items(self):
        path = self.copy("wv", "binary")
        file = wavpack.WavPack(path)
        file["Cover Art (Front)"] = apev2.APEValue(b"cover.jpg\0" + COVER, apev2.BINARY)
        file["Artist"] = ["A", "B"]
        file["Link"] = apev2.APEValue("http://example.org", apev2.EXTERNAL)
        file["GENRE"] = "old"
        file.save()
        self.check(path)

    def test_asf_with_all_kinds_of_attributes(self):
        path = self.copy("wma", "attributes")
        file = asf.ASF(path)
        file["WM/Picture"] = asf.ASFByteArrayAttribute(b"\x03" + struct.pack("<I", len(COVER)) + b"i\0\0\0\0\0" + COVER)
        file["WM/TrackNumber"] = asf.ASFDWordAttribute(3)
        file["WM/Big"] = asf.ASFQWordAttribute(1 << 40)
        file["WM/Flag"] = asf.ASFBoolAttribute(True)
        file["WM/Language"] = asf.ASFUnicodeAttribute("x", language=0, stream=1)
        file["Author"] = ["A", "B"]
        file["Description"] = "a comment"
        file.save()
        self.check(path)

    def test_files_cut_short_anywhere_give_an_error_or_keep_what_they_have(self):
        for ending in self.sound:
            content = self.raw_bytes(self.sound[ending])
            for size in list(range(0, 300, 7)) + [len(content) // 2, len(content) - 1]:
                path = self.new(ending, content[:size])
                result = run(EDIT_FIELDS, "edit", path, path + ".out", *EDIT)
                with self.subTest(ending, size=size):
                    self.assertIn(result.returncode, (0, 1, 3), result.stderr)
                    if result.returncode == 1:
                        self.assertNotIn("differs", result.stdout)


if __name__ == "__main__":
    unittest.main()
