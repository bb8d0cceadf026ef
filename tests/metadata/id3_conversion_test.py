#!/usr/bin/env python3
"""Tags that get another version of ID3v2.

Usage: id3_conversion_test.py EDIT_FIELDS; exit status 77: mutagen or ffmpeg is missing."""
import re
import unittest

from fields_case import EDIT, EDIT_FIELDS, GENRES, MOODS, packets, run, values
from foreign_fields import OURS
from id3_case import Id3Case
import mutagen
from mutagen import id3


class Id3ConversionTest(Id3Case):
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


if __name__ == "__main__":
    unittest.main()
