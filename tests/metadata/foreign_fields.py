"""What mutagen lists of a file besides the fields that Earmark writes: the same before and after writing."""
import mutagen
from mutagen import apev2, asf, flac, id3, mp4

OURS = {
    "id3": {"TCON", "TMOO", "TXXX:MOOD", "TXXX:EARMARK_TAGS", "TXXX:EARMARK_MODEL"},
    "vorbis": {"genre", "mood", "earmark_tags", "earmark_model"},
    "mp4": {"\xa9gen", "gnre", "----:com.apple.iTunes:MOOD", "----:com.apple.iTunes:EARMARK_TAGS",
            "----:com.apple.iTunes:EARMARK_MODEL"},
    "ape": {"genre", "mood", "earmark_tags", "earmark_model"},
    "asf": {"WM/Genre", "WM/Mood", "EARMARK/TAGS", "EARMARK/MODEL"},
}


def kind_of(tags):
    if isinstance(tags, id3.ID3):
        return "id3"
    if isinstance(tags, mp4.MP4Tags):
        return "mp4"
    if isinstance(tags, apev2.APEv2):
        return "ape"
    if isinstance(tags, asf.ASFTags):
        return "asf"
    return "vorbis"


class Aac:
    """mutagen takes AAC with an ID3v2 tag for MP3, and reads no tag of AAC."""
    def __init__(self, path):
        try:
            self.tags = id3.ID3(path)
        except id3.ID3NoHeaderError:
            self.tags = None


def opened(path):
    return Aac(path) if path.endswith(".aac") else mutagen.File(path)


def foreign(path):
    """Everything that mutagen lists, in its order where it has one, but for our fields."""
    file = opened(path)
    tags = file.tags
    listed = [type(file).__name__]
    if isinstance(file, flac.FLAC):
        listed += [(b.code, b.write()) for b in file.metadata_blocks if b.code not in (1, 4)]
    if tags is None:
        return listed
    ours = OURS[kind_of(tags)]
    if isinstance(tags, id3.ID3):
        frames = sorted((key, repr(frame), getattr(frame, "encoding", None)) for key, frame in tags.items()
                        if key not in ours) + [bytes(u) for u in tags.unknown_frames]
        if frames:
            listed += [tags.version] + frames
    elif kind_of(tags) == "vorbis":
        listed += ([("vendor", tags.vendor)] if tags.vendor else []) + [pair for pair in tags if pair[0].lower() not in ours]
    elif kind_of(tags) == "asf":
        listed += [(key, repr(value), type(value)) for key, value in tags if key not in ours]
    else:
        listed += sorted((key, repr(value)) for key, value in tags.items()
                         if (key.lower() if kind_of(tags) == "ape" else key) not in ours)
    return listed
