#!/usr/bin/env python3
"""Second tags of a file: ID3v1, APEv2 at the end of an MP3, LIST INFO of a WAV.

Usage: second_tags_test.py EDIT_FIELDS; exit status 77: mutagen or ffmpeg is missing."""
import os
import struct
import unittest

from fields_case import COVER, EDIT_FIELDS, FieldsCase, GENRES, run
from foreign_fields import foreign, opened
from mutagen import apev2, id3


class SecondTagsTest(FieldsCase):
    def test_no_id3v1_tag_appears_and_none_vanishes(self):
        without = self.copy("mp3", "without-v1")
        tags = id3.ID3(without)
        tags.save(without, v1=0)
        self.assertNotEqual(self.raw_bytes(self.check(without))[-128:-125], b"TAG")
        with_v1 = self.copy("mp3", "with-v1")
        before = self.raw_bytes(with_v1)[-128:]
        self.assertEqual(before[:3], b"TAG")
        self.assertEqual(self.raw_bytes(self.check(with_v1))[-128:-1], before[:-1])

    def test_id3v1_has_the_first_new_genre_that_has_a_number(self):
        for old, genres, new in ((17, ["Bossa ノヴァ", "JAZZ", "Rock"], 8), (17, ["Bossa ノヴァ"], 255), (17, [], 255),
                                 (12, ["Jazz"], 12), (255, ["Jazz"], 255)):
            path = self.new("mp3", self.raw_bytes(self.sound["mp3"])[:-1] + bytes([old]))
            out = path + ".mp3"
            values = [f"genre={genre}" for genre in genres] or ["genre="]
            with self.subTest(old=old, genres=genres):
                result = run(EDIT_FIELDS, "edit", path, out, *values)
                self.assertEqual(result.returncode, 0, result.stdout)
                self.assertEqual(self.raw_bytes(out)[-1], new)
                self.assertEqual(self.raw_bytes(out)[-128:-1], self.raw_bytes(path)[-128:-1])
                run(EDIT_FIELDS, "edit", path, out, "mood=Calm")
                self.assertEqual(self.raw_bytes(out)[-128:], self.raw_bytes(path)[-128:])

    def test_what_is_written_at_the_end_is_no_id3v1_tag(self):
        """mutagen would find one in the last 128 bytes and some more, in the name EARMARK_TAGS."""
        for ending in ("wav", "aiff"):
            path, out = self.copy(ending, "end"), os.path.join(self.folder, "end-edited." + ending)
            for length in range(1, 120):
                run(EDIT_FIELDS, "edit", path, out, "EARMARK_TAGS=genre:Jazz", "EARMARK_MODEL=" + "m" * length)
                with self.subTest(ending, length=length):
                    self.assertEqual(foreign(out), foreign(path))
                    self.assertEqual(opened(out).tags["TXXX:EARMARK_MODEL"].text, ["m" * length])
                # Shorter ones leave the tag with the padding of the longer one.
                shorter = out + ".shorter." + ending
                run(EDIT_FIELDS, "edit", out, shorter, "EARMARK_MODEL=m")
                self.assertEqual(foreign(shorter), foreign(path))

    def test_an_ape_tag_has_no_id3v1_tag_in_it(self):
        """Of other lengths, what Earmark and another program write is in the place where ID3v1 begins."""
        for name in ("Earmark_Tags", "TAG"):
            path = self.copy("wv", "ape")
            for length in range(1, 120):
                tags = apev2.APEv2()
                tags["Title"] = "a title"
                tags["Zzz"] = ("TAG" if name == "TAG" else "") + "z" * length
                tags.save(path)
                out = os.path.join(self.folder, "ape-edited.wv")
                result = run(EDIT_FIELDS, "edit", path, out, "EARMARK_TAGS=genre:Jazz", "EARMARK_MODEL=" + "m" * 32)
                with self.subTest(name, length=length):
                    self.assertEqual(result.returncode, 0, result.stdout)
                    self.assertEqual(foreign(out), foreign(path))
                    with open(out, "rb") as file:
                        self.assertTrue(name == "TAG" or not file.read()[-128:].startswith(b"TAG"))

    def test_apev2_at_the_end_of_mp3_stays_but_for_the_fields_that_it_has(self):
        path = self.copy("mp3", "with-ape")
        tags = apev2.APEv2()
        tags["GENRE"] = ["From APE", "Another"]
        tags["MP3GAIN_MINMAX"] = "1,2"
        tags["Comment"] = "here only"
        tags["Cover Art (Front)"] = apev2.APEValue(b"a.jpg\0" + COVER, apev2.BINARY)
        tags.save(path)
        self.assertIn("elsewhere\tgenre\tFrom APE", run(EDIT_FIELDS, "list", path).stdout)
        before = apev2.APEv2(path)
        after = apev2.APEv2(self.check(path))
        self.assertEqual(list(after["Genre"]), GENRES)
        self.assertEqual(sorted(key.lower() for key in before), sorted(key.lower() for key in after))
        for key in ("MP3GAIN_MINMAX", "Comment", "Cover Art (Front)"):
            self.assertEqual(before[key], after[key])
        # Nothing of it is in question: the same bytes.
        out = path + ".mp3"
        self.assertEqual(run(EDIT_FIELDS, "edit", path, out, "mood=Calm").returncode, 0)
        content = self.raw_bytes(path)
        self.assertTrue(self.raw_bytes(out).endswith(content[content.find(b"APETAGEX"):]))

    def info_of(self, path):
        """What ffmpeg reads of LIST INFO, where a WAV has no ID3v2."""
        without = path + ".without.wav"
        content = self.raw_bytes(path)
        at = content.find(b"id3 ")
        size = struct.unpack("<I", content[at + 4:at + 8])[0]
        content = content[:at] + content[at + 8 + size + size % 2:]
        with open(without, "wb") as file:
            file.write(b"RIFF" + struct.pack("<I", len(content) - 8) + content[8:])
        return run("ffmpeg", "-v", "error", "-i", without, "-f", "ffmetadata", "-").stdout

    def test_list_info_of_wav_stays_but_for_the_fields_that_it_has(self):
        for name, end in (("even", []), ("odd", ["-metadata", "comment=x"])):
            path = os.path.join(self.folder, name + " info.wav")
            run("ffmpeg", "-v", "error", "-y", "-i", self.sound["wav"], "-metadata", "genre=From INFO", *end, path)
            self.assertIn("elsewhere\tgenre\tFrom INFO", run(EDIT_FIELDS, "list", path).stdout)
            with self.subTest(name):
                out = self.check(path)
                info = self.info_of(out)
                self.assertIn("genre=" + "\\; ".join(GENRES), info)
                self.assertIn("\ntitle=Ein Titel\n", info)
                self.assertIn("\nartist=Jemand\n", info)
                self.assertEqual("\ncomment=x\n" in info, bool(end))
                self.assertNotIn(b"IGNR", self.raw_bytes(self.without_genre(out)))

    def without_genre(self, path):
        out = path + ".none.wav"
        result = run(EDIT_FIELDS, "edit", path, out, "genre=")
        self.assertEqual(result.returncode, 0, result.stdout)
        return out

    def test_list_info_with_nothing_else_vanishes_with_its_last_field(self):
        def chunk(name, body):
            return name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)
        sound = self.raw_bytes(self.sound["wav"])
        start = sound.find(b"data")
        sound = sound[start:start + 8 + struct.unpack("<I", sound[start + 4:start + 8])[0]]
        head = b"WAVE" + chunk(b"fmt ", struct.pack("<HHIIHH", 1, 1, 44100, 88200, 2, 16))
        info = chunk(b"LIST", b"INFO" + chunk(b"IGNR", b"Rock\0"))
        for content in (head + info + sound, head + sound + info):
            path = self.new("wav", b"RIFF" + struct.pack("<I", len(content)) + content)
            self.assertIn(b"Jazz; Bossa", self.raw_bytes(self.check(path)))
            self.assertNotIn(b"LIST", self.raw_bytes(self.without_genre(path)))


if __name__ == "__main__":
    unittest.main()
