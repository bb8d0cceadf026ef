"""retag.py FILE: changes the fields of a file as a tagger would, with mutagen: a title, an artist, an album, a large
comment, and where the format has them a cover and MusicBrainz ids. Exits with 3 where mutagen cannot write the format."""

import sys

import mutagen
from mutagen.apev2 import APEv2
from mutagen.id3 import APIC, COMM, ID3, TALB, TDRC, TIT2, TPE1, TPE2, TXXX, UFID

RECORDING = "aaaaaaaa-1111-2222-3333-444444444444"
RELEASE = "bbbbbbbb-1111-2222-3333-444444444444"
ARTIST = "cccccccc-1111-2222-3333-444444444444"
LONG = "x" * 70_000


def write_id3(tags):
    tags.add(TIT2(encoding=1, text="Début"))
    tags.add(TPE1(encoding=3, text="Artist"))
    tags.add(TALB(encoding=3, text="Album"))
    tags.add(TPE2(encoding=3, text="Album artist"))
    tags.add(TDRC(encoding=3, text="2004-05-01"))
    tags.add(COMM(encoding=3, lang="eng", desc="", text=LONG))
    tags.add(APIC(encoding=3, mime="image/png", type=3, desc="", data=b"\x89PNG" + b"\xff\xfb\x90\x00" * 20_000))
    tags.add(UFID(owner="http://musicbrainz.org", data=RECORDING.encode()))
    tags.add(TXXX(encoding=3, desc="MusicBrainz Album Id", text=RELEASE))
    tags.add(TXXX(encoding=3, desc="MusicBrainz Artist Id", text=ARTIST))


def write_mp4(tags):
    tags["\xa9nam"], tags["\xa9ART"], tags["\xa9alb"] = ["Début"], ["Artist"], ["Album"]
    tags["aART"], tags["\xa9day"], tags["\xa9cmt"] = ["Album artist"], ["2004-05-01"], [LONG]
    start = "----:com.apple.iTunes:MusicBrainz "
    for name, value in (("Track", RECORDING), ("Album", RELEASE), ("Artist", ARTIST)):
        tags[start + name + " Id"] = [value.encode()]


def write_asf(tags):
    tags["Title"], tags["Author"], tags["WM/AlbumTitle"] = "Début", "Artist", "Album"
    tags["WM/AlbumArtist"], tags["WM/Year"], tags["Description"] = "Album artist", "2004", LONG[:30_000]
    for name, value in (("Track", RECORDING), ("Album", RELEASE), ("Artist", ARTIST)):
        tags["MusicBrainz/" + name + " Id"] = value


def write_text(tags, album_artist):
    tags["title"], tags["artist"], tags["album"], tags["date"] = "Début", "Artist", "Album", "2004-05-01"
    tags[album_artist], tags["comment"] = "Album artist", LONG
    for name, value in (("TRACK", RECORDING), ("ALBUM", RELEASE), ("ARTIST", ARTIST)):
        tags["musicbrainz_" + name.lower() + "id"] = value


def main(path):
    file = mutagen.File(path)
    if file is None:
        sys.exit(3)
    if file.tags is None:
        try:
            file.add_tags()
        except (mutagen.MutagenError, NotImplementedError):
            sys.exit(3)
    kind = type(file).__name__
    if isinstance(file.tags, ID3):
        write_id3(file.tags)
    elif kind == "MP4":
        write_mp4(file.tags)
    elif kind == "ASF":
        write_asf(file.tags)
    else:
        write_text(file.tags, "Album Artist" if isinstance(file.tags, APEv2) else "albumartist")
    file.save()
    # What comes after the last frame.
    if path.endswith(".mp3"):
        ape = APEv2()
        ape["comment"] = LONG
        ape.save(path)
        file = mutagen.File(path)
        file.save(v1=2)


main(sys.argv[1])
