"""What the tests of fields share: files of every format, and what holds for each of them. A test gets EDIT_FIELDS, and ends
with status 77 where mutagen or ffmpeg is missing."""
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

try:
    import mutagen  # noqa: F401
except ImportError:
    print("python3-mutagen is missing")
    sys.exit(77)
if not shutil.which("ffmpeg"):
    print("ffmpeg is missing")
    sys.exit(77)

from foreign_fields import foreign, kind_of, opened  # noqa: E402

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


def decoded(path):
    return run("ffmpeg", "-v", "error", "-i", path, "-map", "0:a", "-f", "hash", "-").stdout


class FieldsCase(unittest.TestCase):
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

    def raw_bytes(self, path):
        with open(path, "rb") as file:
            return file.read()

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
