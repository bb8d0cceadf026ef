#!/usr/bin/env python3
"""Fields of MP4 files, wherever they are.

Usage: mp4_test.py EDIT_FIELDS; exit status 77: mutagen or ffmpeg is missing."""
import os
import unittest

from fields_case import COVER, EDIT_FIELDS, FieldsCase, decoded, run
from mutagen import mp4


class Mp4Test(FieldsCase):
    def test_mp4_of_every_order(self):
        for name, options in (("end", []), ("start", ["-movflags", "+faststart"])):
            for rich in (False, True):
                path = self.copy("m4a", name + str(rich))
                run("ffmpeg", "-v", "error", "-y", "-i", self.sound["m4a"], "-c", "copy", *options, path)
                if rich:
                    file = mp4.MP4(path)
                    file["covr"] = [mp4.MP4Cover(COVER, mp4.MP4Cover.FORMAT_JPEG), mp4.MP4Cover(COVER, mp4.MP4Cover.FORMAT_PNG)]
                    file["----:com.apple.iTunes:MusicBrainz Track Id"] = [b"0815"]
                    file["----:com.serato.dj:markers"] = [b"x"]
                    file["trkn"] = [(1, 2)]
                    file["cpil"] = True
                    file["rtng"] = [4]
                    file["\xa9ART"] = ["A", "B"]
                    file.save(padding=lambda info: 2_000)
                with self.subTest(name, rich=rich):
                    out = self.check(path)
                    if rich:
                        self.assertEqual(os.path.getsize(out), os.path.getsize(path))
                    self.assertEqual(decoded(path), decoded(out))

    def test_mp4_grows_with_64_bit_offsets_and_chapters(self):
        path = self.copy("m4a", "chapters")
        meta = os.path.join(self.folder, "chapters.txt")
        with open(meta, "w") as file:
            file.write(";FFMETADATA1\ntitle=T\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=700\ntitle=One\n"
                       "[CHAPTER]\nTIMEBASE=1/1000\nSTART=700\nEND=1500\ntitle=Two\n")
        run("ffmpeg", "-v", "error", "-y", "-i", self.sound["m4a"], "-i", meta, "-map_metadata", "1", "-c", "copy", "-movflags",
            "+faststart", path)
        out = self.check(path)
        self.assertEqual(decoded(path), decoded(out))
        chapters = ["ffprobe", "-v", "error", "-show_chapters"]
        self.assertEqual(run(*chapters, path).stdout, run(*chapters, out).stdout)

    def test_mp4_with_a_genre_by_number(self):
        path = self.copy("m4a", "gnre")
        file = mp4.MP4(path)
        del file["\xa9gen"]
        file.save()
        with open(path, "rb") as stream:
            content = stream.read()
        # An item 'gnre' in place of the title, which has the same size with a text of two bytes.
        file["\xa9nam"] = ["xx"]
        file.save()
        content = self.raw_bytes(path)
        at = content.find(b"\xa9nam")
        content = content[:at] + b"gnre" + content[at + 4:at + 20].replace(b"\0\0\0\x01\0\0\0\0", bytes(8)) + b"\0\x12" + content[at + 22:]
        path = self.new("m4a", content)
        self.assertIn("value\tgenre\tRock", run(EDIT_FIELDS, "list", path).stdout)
        self.check(path)

    def test_mp4_in_fragments_grows_only_where_nothing_moves(self):
        path = self.copy("m4a", "fragments")
        run("ffmpeg", "-v", "error", "-y", "-i", self.sound["m4a"], "-c", "copy", "-movflags", "frag_keyframe+empty_moov", path)
        self.assertIn("fragments", self.edited(path, status=1))


if __name__ == "__main__":
    unittest.main()
