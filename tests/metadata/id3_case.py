import os
import struct

from fields_case import COVER, FieldsCase, run
from mutagen import id3


class Id3Case(FieldsCase):
    """Makes ID3v2 tags."""

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
