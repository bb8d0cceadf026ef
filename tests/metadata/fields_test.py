#!/usr/bin/env python3
"""Files of every format, written by ffmpeg, mutagen and kid3-cli and by hand, are edited by edit_fields; mutagen and
ffmpeg then see the new values, all other fields as they were, and the same audio packets.

Usage: fields_test.py EDIT_FIELDS; exit status 77: mutagen or ffmpeg is missing."""
import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import unittest

try:
    import mutagen
    from mutagen import aac, aiff, apev2, asf, dsf, flac, id3, mp3, mp4, oggflac, oggopus, oggspeex, oggvorbis, trueaudio, wave, wavpack
except ImportError:
    print("python3-mutagen is missing")
    sys.exit(77)
if not shutil.which("ffmpeg"):
    print("ffmpeg is missing")
    sys.exit(77)

from foreign_fields import OURS, foreign, kind_of, opened  # noqa: E402

EDIT_FIELDS = sys.argv.pop(1)
GENRES = ["Jazz", "Bossa ノヴァ"]
MOODS = ["Calm", "Sad"]
EDIT = [f"genre={g}" for g in GENRES] + [f"mood={m}" for m in MOODS] + ["EARMARK_TAGS=genre:Jazz", "EARMARK_MODEL=abc"]
COVER = bytes(range(256)) * 400


def run(*command):
    return subprocess.run([str(c) for c in command], capture_output=True, text=True)


def values(path):
    """genres, moods, tags, model, as mutagen gives them."""
    tags = opened(path).tags
    kind = kind_of(tags)
    if kind == "id3":
        def texts(key):
            return list(tags[key].text) if key in tags else []
        mood = texts("TMOO") if tags.version >= (2, 4) else texts("TXXX:MOOD")
        return [tags["TCON"].genres if tags.version >= (2, 4) else texts("TCON"), mood, texts("TXXX:EARMARK_TAGS"), texts("TXXX:EARMARK_MODEL")]
    if kind == "mp4":
        def freeform(name):
            return [bytes(v).decode() for v in tags.get("----:com.apple.iTunes:" + name, [])]
        return [tags["\xa9gen"], freeform("MOOD"), freeform("EARMARK_TAGS"), freeform("EARMARK_MODEL")]
    names = ["WM/Genre", "WM/Mood", "EARMARK/TAGS", "EARMARK/MODEL"] if kind == "asf" else [
        "genre", "mood", "earmark_tags", "earmark_model"]
    return [[str(v) for v in tags[name]] for name in names]


def packets(path):
    return run("ffmpeg", "-v", "quiet", "-i", path, "-map", "0:a", "-c", "copy", "-f", "hash", "-").stdout


class FieldsTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp()
        cls.sound = {}
        for ending, options in {
            "mp3": ["-write_id3v1", "1"], "flac": [], "ogg": [], "opus": [], "m4a": [], "wma": [], "wav": [], "aiff": [],
            "wv": [], "spx": [], "aac": [], "tta": [],
        }.items():
            path = os.path.join(cls.folder, "sound." + ending)
            run("ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", "sine=440:d=1.5:r=44100", "-metadata", "title=Ein Titel",
                "-metadata", "artist=Jemand", "-metadata", "genre=Rock", *options, path)
            if os.path.exists(path):
                cls.sound[ending] = path

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)

    def copy(self, ending, name=None):
        if ending not in self.sound:
            self.skipTest(f"this ffmpeg writes no {ending}")
        path = os.path.join(self.folder, f"{name or self.id()}.{ending}")
        shutil.copy(self.sound[ending], path)
        return path

    def new(self, ending, content):
        path = os.path.join(self.folder, f"{self.id()}.{ending}")
        with open(path, "wb") as file:
            file.write(content)
        return path

    def edited(self, path, *more, status=0):
        """The file after the edit, after all the checks that hold for every format."""
        out = os.path.join(self.folder, "edited-" + os.path.basename(path))
        result = run(EDIT_FIELDS, "edit", path, out, *EDIT, *more)
        self.assertEqual(result.returncode, status, result.stdout)
        if status != 0:
            return result.stdout
        self.assertEqual(foreign(path), foreign(out))
        self.assertEqual(packets(path), packets(out))
        return out

    def check(self, path, *more):
        out = self.edited(path, *more)
        is_old = out.endswith(("mp3", "aac", "tta", "wav", "aiff", "dsf")) and opened(out).tags.version < (2, 4)
        genres, moods = (["; ".join(GENRES)], ["; ".join(MOODS)]) if is_old else (GENRES, MOODS)
        self.assertEqual(values(out), [genres, moods, ["genre:Jazz"], ["abc"]])
        # Once more, on a file that has them: the same bytes.
        again = out + ".again" + os.path.splitext(out)[1]
        self.assertEqual(run(EDIT_FIELDS, "edit", out, again, *EDIT).returncode, 0)
        with open(out, "rb") as first, open(again, "rb") as second:
            self.assertEqual(first.read(), second.read())
        return out

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

    # ID3v2

    def rich_id3(self, tags, version):
        three = version == 3
        encoding = 1 if three else 3
        tags.add(id3.TIT2(encoding=0, text=["Titel mit ü"]))
        tags.add(id3.TPE1(encoding=encoding, text=["Jemand", "Jemand anders"]))
        tags.add(id3.TALB(encoding=1, text=["Альбом"]))
        tags.add(id3.TXXX(encoding=encoding, desc="REPLAYGAIN_TRACK_GAIN", text=["-7.5 dB"]))
        tags.add(id3.TXXX(encoding=encoding, desc="MusicBrainz Album Id", text=["1", "2"]))
        tags.add(id3.APIC(encoding=encoding, mime="image/jpeg", type=3, desc="Cover", data=COVER))
        tags.add(id3.USLT(encoding=encoding, lang="deu", desc="x", text="La\nla"))
        tags.add(id3.SYLT(encoding=encoding, lang="eng", format=2, type=1, desc="y", text=[("la", 10), ("li", 20)]))
        tags.add(id3.GEOB(encoding=0, mime="application/octet-stream", filename="", desc="Serato Markers2", data=b"\x01\x00\xff\xe0" * 50))
        tags.add(id3.PRIV(owner="TRAKTOR4", data=b"\xff\xfb\x00" * 100))
        tags.add(id3.UFID(owner="http://musicbrainz.org", data=b"0815"))
        tags.add(id3.POPM(email="a@b.c", rating=196, count=7))
        tags.add(id3.PCNT(count=12))
        tags.add(id3.COMM(encoding=encoding, lang="eng", desc="", text=["a comment"]))
        tags.add(id3.COMM(encoding=encoding, lang="deu", desc="", text=["ein Kommentar"]))
        tags.add(id3.COMM(encoding=0, lang="eng", desc="iTunNORM", text=[" 0000"]))
        tags.add(id3.WXXX(encoding=0, desc="", url="http://example.org"))
        tags.add(id3.CHAP(element_id="c0", start_time=0, end_time=500, start_offset=0, end_offset=0,
                          sub_frames=[id3.TIT2(encoding=encoding, text=["Kapitel"])]))
        tags.add(id3.CTOC(element_id="toc", flags=3, child_element_ids=["c0"], sub_frames=[]))
        tags.add(id3.TXXX(encoding=encoding, desc="Mixxx", text=["z"]))
        if not three:
            tags.add(id3.RVA2(desc="track", channel=1, gain=-3.5, peak=0.9))
            tags.add(id3.TDRC(encoding=3, text=["2001-02-03"]))
            tags.add(id3.TIPL(encoding=3, people=[["mix", "M. M."]]))
            tags.add(id3.TDOR(encoding=2, text=["1999"]))

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

    def frame(self, name, body, version=3, flags=b"\0\0"):
        size = struct.pack(">I", len(body)) if version == 3 else bytes(len(body) >> s & 127 for s in (21, 14, 7, 0))
        return name + size + flags + body

    def tag(self, content, version, flags=0):
        size = bytes(len(content) >> s & 127 for s in (21, 14, 7, 0))
        return b"ID3" + bytes([version, 0, flags]) + size + content

    def mpeg(self):
        """MPEG audio without a tag."""
        path = os.path.join(self.folder, "mpeg.mp3")
        if not os.path.exists(path):
            run("ffmpeg", "-v", "error", "-i", self.sound["mp3"], "-c", "copy", "-id3v2_version", "0", path)
        return self.raw_bytes(path)

    def raw_bytes(self, path):
        with open(path, "rb") as file:
            return file.read()

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

    # Conversion

    def meanings(self, path):
        """What mutagen reads of all frames but ours, whatever the encoding; older frames as those of version 4."""
        tags = id3.ID3(path)
        if "TDRC" in tags:  # of TIME it makes a time with seconds
            tags["TDRC"].text = [re.sub(r"(T| )(\d\d:\d\d):00$", r"\1\2", str(text)) for text in tags["TDRC"].text]
        return {key: [getattr(frame, spec.name) for spec in frame._framespec if spec.name != "encoding"]
                for key, frame in tags.items() if key not in OURS["id3"]}

    def convertible(self, version, **more):
        path = self.copy("mp3", f"convertible{version}{more}")
        tags = id3.ID3(path)
        self.rich_id3(tags, version)
        for key in ("CHAP", "CTOC", "RVA2"):
            tags.delall(key)
        for frame in tags.getall("SYLT"):
            frame.encoding = 1
        for key, frame in more.items():
            tags.delall(key)
            tags.add(frame)
        if version == 3:
            tags.update_to_v23()
        tags.save(path, v2_version=version, v1=1)
        return path

    def converted(self, path, to_version, *more, status=0):
        out = path + ".converted.mp3"
        result = run(EDIT_FIELDS, "edit", path, out, "--convert", *(["--v3"] if to_version == 3 else []), *more)
        self.assertEqual(result.returncode, status, result.stdout)
        if status != 0:
            return result.stdout
        self.assertEqual(mutagen.File(out).tags.version, (2, to_version, 0))
        self.assertEqual(packets(path), packets(out))
        return out

    def test_a_tag_gets_the_other_version_and_keeps_its_fields(self):
        dates = [["2001-02-03 12:30"], ["2001-02-03"], ["2001"]]
        for version, to_version in ((3, 4), (4, 3)):
            for date in dates:
                path = self.convertible(version, TDRC=id3.TDRC(encoding=3, text=date), TDOR=id3.TDOR(encoding=3, text=["1999"]))
                with self.subTest(version=version, date=date):
                    out = self.converted(path, to_version, *EDIT)
                    self.assertEqual(self.meanings(path), self.meanings(out))
                    genres, moods = (["; ".join(GENRES)], ["; ".join(MOODS)]) if to_version == 3 else (GENRES, MOODS)
                    self.assertEqual(values(out)[:2], [genres, moods])
                    if to_version == 3:
                        frames = id3.ID3(out, translate=False)
                        self.assertNotIn("TDRC", frames)
                        self.assertEqual(str(frames["TYER"]), "2001")
                        for frame in frames.values():
                            self.assertIn(getattr(frame, "encoding", 0), (0, 1))
                    # And back again.
                    back = self.converted(out, version, *EDIT)
                    self.assertEqual(self.meanings(path), self.meanings(back))

    def test_genres_and_moods_that_are_not_edited_are_converted_as_well(self):
        path = self.convertible(4, TCON=id3.TCON(encoding=3, text=["A", "Ä"]), TMOO=id3.TMOO(encoding=3, text=["B", "C"]))
        old = id3.ID3(self.converted(path, 3, "comment=x"), translate=False)
        self.assertEqual((old["TCON"].text, old["TXXX:MOOD"].text, "TMOO" in old), (["A; Ä"], ["B; C"], False))
        new = id3.ID3(self.converted(path + ".converted.mp3", 4, "comment=y"))
        self.assertEqual((new["TCON"].text, new["TMOO"].text), (["A", "Ä"], ["B", "C"]))

    def test_a_tag_is_not_converted_where_that_would_lose_something(self):
        for version, to_version, frame, why in (
                (4, 3, id3.RVA2(desc="track", channel=1, gain=-3.5, peak=0.9), "RVA2 has no place there"),
                (4, 3, id3.TDRC(encoding=3, text=["2001-02"]), "TDRC has no exact form there"),
                (4, 3, id3.TDOR(encoding=3, text=["1999-01-01"]), "TDOR is more than a year"),
                (4, 3, id3.TMCL(encoding=3, people=[["drums", "D."]]), "TMCL has no place there"),
                (4, 3, id3.CHAP(element_id="c0", start_time=0, end_time=500, start_offset=0, end_offset=0, sub_frames=[]),
                 "CHAP has frames of its own"),
                (3, 4, id3.TSIZ(encoding=1, text=["12"]), "TSIZ has no place there")):
            path = self.convertible(version, **{type(frame).__name__: frame})
            with self.subTest(why):
                self.assertIn(f"its ID3v2.{version} tag cannot be converted to ID3v2.{to_version}: {why}; expected --id3 keep",
                              self.converted(path, to_version, *EDIT, status=1))

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

    # Vorbis comments

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

    # MP4

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

    # APEv2, ASF

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

    # What is damaged

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


def decoded(path):
    return run("ffmpeg", "-v", "error", "-i", path, "-map", "0:a", "-f", "hash", "-").stdout


if __name__ == "__main__":
    unittest.main()
