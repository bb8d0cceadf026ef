#!/usr/bin/env python3
"""ID3v2 of all versions in MP3, AIFF, WAV, DSF and TTA.

Usage: id3_test.py EDIT_FIELDS; exit status 77: mutagen or ffmpeg is missing."""
import os
import struct
import unittest

from fields_case import COVER, EDIT_FIELDS, GENRES, MOODS, run
from foreign_fields import foreign
from id3_case import Id3Case
import mutagen
from mutagen import aiff, dsf, id3, trueaudio, wave


class Id3Test(Id3Case):
    def test_rich_tags_of_every_version_and_padding(self):
        for version in (3, 4):
            for name, padding in (("no", 0), ("little", 40), ("large", 100_000)):
                path = self.copy("mp3", f"rich{version}{name}")
                tags = id3.ID3(path)
                self.rich_id3(tags, version)
                tags.save(path, v2_version=version, v1=1, padding=lambda info, p=padding: p)
                with self.subTest(version=version, padding=padding):
                    out = self.check(path)
                    self.assertEqual(mutagen.File(out).tags.version, (2, version, 0))
                    if name == "large":
                        self.assertEqual(os.path.getsize(out), os.path.getsize(path))

    def test_id3_in_aiff_wav_dsf_and_tta(self):
        for ending, kind in (("aiff", aiff.AIFF), ("wav", wave.WAVE), ("tta", trueaudio.TrueAudio)):
            for version in (3, 4):
                path = self.copy(ending, f"chunk{version}")
                file = kind(path)
                if file.tags is None:
                    file.add_tags()
                self.rich_id3(file.tags, version)
                file.save(v2_version=version)
                with self.subTest(ending, version=version):
                    self.check(path)
        fmt = struct.pack("<4sQIIIIIIQII", b"fmt ", 52, 1, 0, 2, 2, 2822400, 1, 8 * 4096, 4096, 0)
        data = struct.pack("<4sQ", b"data", 12 + 8192) + bytes(range(256)) * 32
        path = self.new("dsf", struct.pack("<4sQQQ", b"DSD ", 28, 28 + len(fmt) + len(data), 0) + fmt + data)
        self.check(path)
        file = dsf.DSF(path)
        file.add_tags()
        self.rich_id3(file.tags, 4)
        file.save()
        self.check(path)

    def test_frames_that_taglib_drops_stay_in_version_3(self):
        # TagLib 1.13 discards these when it reads or writes ID3v2.3 (id3v2framefactory.cpp, id3v2tag.cpp).
        frames = [self.frame(b"EQUA", b"\x10\x00\x01\x00\x10"), self.frame(b"RVAD", b"\x03\x10\x01\x02\x03\x04"),
                  self.frame(b"TRDA", b"\x00June"), self.frame(b"TSIZ", b"\x004711"), self.frame(b"TMOO", b"\x00Foreign"),
                  self.frame(b"TPRO", b"\x002001 X"), self.frame(b"XXXY", b"unknown")]
        path = self.new("mp3", self.tag(self.frame(b"TIT2", b"\x00T") + b"".join(frames), 3) + self.mpeg())
        after = self.raw_bytes(self.edited(path))
        self.assertEqual(after[3], 3)
        for frame in frames:
            if frame[:4] != b"TMOO":  # the mood, which is replaced
                self.assertIn(frame, after)
        out = os.path.join(self.folder, "only-genre.mp3")
        self.assertEqual(run(EDIT_FIELDS, "edit", path, out, "genre=Jazz").returncode, 0)
        for frame in frames:
            self.assertIn(frame, self.raw_bytes(out))
        self.assertEqual(foreign(path), foreign(out))

    def test_version_2(self):
        def short(name, body):
            return name + struct.pack(">I", len(body))[1:] + body
        frames = [short(b"TT2", b"\x01\xff\xfeT\0\xfc\0"), short(b"TCO", b"\x00(17)"), short(b"PIC", b"\x00JPG\x03\x00" + COVER),
                  short(b"COM", b"\x00eng\x00comment"), short(b"UFI", b"x\x00y"), short(b"XYZ", b"unknown")]
        path = self.new("mp3", self.tag(b"".join(frames) + bytes(50), 2) + self.mpeg())
        after = self.raw_bytes(self.edited(path))
        self.assertEqual(after[3], 2)
        for frame in frames:
            self.assertTrue(frame in after or frame.startswith(b"TCO"))
        tags = id3.ID3(self.edited(path))
        self.assertEqual(tags["TCON"].text, ["; ".join(GENRES)])
        self.assertEqual(tags["TXXX:MOOD"].text, ["; ".join(MOODS)])

    def test_unsynchronized_tags(self):
        def unsync(content):
            out = bytearray()
            for i, byte in enumerate(content):
                out.append(byte)
                if byte == 255 and (i + 1 == len(content) or content[i + 1] >= 0xE0 or content[i + 1] == 0):
                    out.append(0)
            return bytes(out)
        content = self.frame(b"TIT2", b"\x01\xff\xfeT\0") + self.frame(b"PRIV", b"x\0" + b"\xff\xfb\xff\x00\xff" * 30)
        path = self.new("mp3", self.tag(unsync(content), 3, 0x80) + self.mpeg())
        self.edited(path)
        # In version 4 each frame is unsynchronized by itself.
        body = unsync(b"x\0" + b"\xff\xfb\xff\x00\xff" * 30)
        content = self.frame(b"TIT2", b"\x03T", 4) + self.frame(b"PRIV", body, 4, b"\0\x02")
        path = self.new("mp3", self.tag(content, 4, 0x80) + self.mpeg())
        self.check(path)

    def test_compressed_and_grouped_frames(self):
        import zlib
        body = b"\x03" + b"Long title " * 20
        packed = zlib.compress(body)
        size = bytes(len(body) >> s & 127 for s in (21, 14, 7, 0))
        content = self.frame(b"TIT2", size + packed, 4, b"\0\x09") + self.frame(b"TALB", b"\x07\x03Album", 4, b"\0\x40")
        self.check(self.new("mp3", self.tag(content, 4) + self.mpeg()))
        content = self.frame(b"TIT2", struct.pack(">I", len(body)) + packed, 3, b"\0\x80")
        self.edited(self.new("mp3", self.tag(content, 3) + self.mpeg()))

    def test_sizes_as_itunes_wrote_them_into_version_4(self):
        content = self.frame(b"TIT2", b"\x03T") + self.frame(b"APIC", b"\x00image/jpeg\x00\x03\x00" + COVER) + \
            self.frame(b"TALB", b"\x03Album")
        path = self.new("mp3", self.tag(content + bytes(300), 4) + self.mpeg())
        self.check(path)

    def test_a_footer_and_an_extended_header(self):
        content = self.frame(b"TIT2", b"\x03T", 4)
        tag = self.tag(content, 4, 0x10)
        path = self.new("mp3", tag + b"3DI" + tag[3:10] + self.mpeg())
        out = self.edited(path)
        after = self.raw_bytes(out)
        self.assertIn(b"3DI" + after[3:10] + self.mpeg()[:8], after)
        path = self.new("mp3", self.tag(b"\0\0\0\x06\x01\0" + content, 4, 0x40) + self.mpeg())
        self.check(path)
        path = self.new("mp3", self.tag(b"\0\0\0\x0c\x01\x20\x05\0\0\0\0\0" + content, 4, 0x40) + self.mpeg())
        self.assertIn("checksum", self.edited(path, status=3))

    def test_compat_mood(self):
        path = self.copy("mp3")
        out = self.check(path, "--compat")
        self.assertEqual(list(id3.ID3(out)["TXXX:MOOD"].text), MOODS)

    def test_a_new_tag_of_version_3(self):
        path = self.new("mp3", self.mpeg())
        self.check(path, "--v3")

    def test_comments_in_other_languages_stay(self):
        path = self.copy("mp3")
        tags = id3.ID3(path)
        tags.add(id3.COMM(encoding=0, lang="deu", desc="", text=["first"]))
        tags.add(id3.COMM(encoding=0, lang="eng", desc="", text=["second"]))
        tags.add(id3.COMM(encoding=0, lang="eng", desc="iTunNORM", text=["third"]))
        tags.save(path)
        out = os.path.join(self.folder, "comment.mp3")
        self.assertEqual(run(EDIT_FIELDS, "edit", path, out, "comment=new").returncode, 0)
        texts = sorted(c.text[0] for c in id3.ID3(out).getall("COMM"))
        self.assertEqual(len(texts), 3)
        self.assertIn("new", texts)
        self.assertIn("third", texts)


if __name__ == "__main__":
    unittest.main()
