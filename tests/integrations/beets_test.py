"""The plugin for beets, in beets itself, on copies of the samples.

Usage: python3 tests/integrations/beets_test.py EARMARK SOURCES ENVIRONMENT
       EARMARK is the program, SOURCES the root of the sources. beets is installed into the virtual environment ENVIRONMENT.
       Exit status 77 if it cannot be installed.
"""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

PROGRAM, SOURCES = str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2]).resolve()
ENVIRONMENT = pathlib.Path(sys.argv[3]).resolve()
BEETS = "beets==2.14.1"
FOREIGN_GENRE = "Schlager"
WITHOUT_GENRE = """
import mutagen, sys
file = mutagen.File(sys.argv[1])
for key in [key for key in file.tags.keys() if key.lower() in ('genre', 'tcon', '\xa9gen')]:
    del file.tags[key]
file.save()
"""
FIELDS = """
import json, mutagen, sys
fields = {}
for key, value in mutagen.File(sys.argv[1]).tags.items():
    values = getattr(value, 'text', value)
    if isinstance(values, list):
        fields[key] = [bytes(v).decode(errors='replace') if isinstance(v, bytes) else str(v) for v in values]
print(json.dumps(fields))
"""


def beets_is_there():
    python = ENVIRONMENT / "bin" / "python"
    if python.exists() and subprocess.run([python, "-c", "import beets"], capture_output=True).returncode == 0:
        return True
    try:
        subprocess.run([sys.executable, "-m", "venv", ENVIRONMENT], check=True, capture_output=True, timeout=120)
        install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", BEETS]
        subprocess.run(install, check=True, capture_output=True, timeout=500)
    except (OSError, subprocess.SubprocessError) as error:
        print(f"skipped: {BEETS} cannot be installed: {error}")
        return False
    return True


class Library:
    """A library of beets in a folder of its own, with the plugin."""

    def __init__(self, folder, program=PROGRAM):
        self.folder = folder
        self.music = folder / "music"
        self.environment = {**os.environ, "BEETSDIR": str(folder), "LC_ALL": "C.UTF-8"}
        (folder / "config.yaml").write_text(f"""
directory: {self.music}
library: {folder / 'library.db'}
pluginpath: {SOURCES / 'integrations' / 'beets' / 'beetsplug'}
plugins: earmark
import: {{copy: no, write: yes, autotag: no, quiet: yes}}
earmark: {{program: {program}}}
""")

    def run(self, *arguments):
        beet = [ENVIRONMENT / "bin" / "python", "-m", "beets", *arguments]
        result = subprocess.run(beet, env=self.environment, capture_output=True, text=True, stdin=subprocess.DEVNULL)
        return result.returncode, result.stdout, result.stderr

    def beet(self, *arguments):
        status, out, error = self.run(*arguments)
        assert status == 0, (arguments, status, error)
        return out

    def add(self, *names):
        self.music.mkdir(exist_ok=True)
        for name in names:
            shutil.copy(SOURCES / "samples" / name, self.music)
            subprocess.run([ENVIRONMENT / "bin" / "python", "-c", WITHOUT_GENRE, self.music / name], check=True)
        self.beet("import", "-s", str(self.music))


def fields(path):
    """What mutagen lists, by key; text only."""
    run = subprocess.run([ENVIRONMENT / "bin" / "python", "-c", FIELDS, path], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def predicted(path, category):
    run = subprocess.run([PROGRAM, "tag", "--format", "json", "--present", path], capture_output=True, text=True, check=True)
    return [tag["tag"] for tag in json.loads(run.stdout)["tags"] if tag["category"] == category][:3]


def gives_imported_tracks_genres_and_moods(folder):
    library = Library(folder)
    library.add("techno.ogg", "folk-guitar.m4a", "rock-band.mp3")
    for name, genre_key, mood_key in (("techno.ogg", "genre", "mood"), ("rock-band.mp3", "TCON", "TMOO"),
                                      ("folk-guitar.m4a", "\xa9gen", "----:com.apple.iTunes:MOOD")):
        path = library.music / name
        genres, moods = predicted(path, "genre"), predicted(path, "mood")
        assert genres or moods, name
        assert fields(path).get(genre_key, []) == genres, (name, fields(path))
        assert fields(path).get(mood_key, []) == moods, (name, fields(path))
    before = (library.music / "techno.ogg").read_bytes()
    assert library.beet("earmark") == "", "all are analyzed"
    assert (library.music / "techno.ogg").read_bytes() == before
    genre = predicted(library.music / "techno.ogg", "genre")[0]
    assert "techno" in library.beet("ls", "-p", f"genres:{genre}")


def leaves_what_others_wrote(folder):
    library = Library(folder)
    (folder / "config.yaml").write_text((folder / "config.yaml").read_text().replace("program:", "auto: no, program:"))
    library.add("techno.ogg")
    assert "genre" not in {key.lower() for key in fields(library.music / "techno.ogg")}, "auto: no"
    library.beet("modify", "-y", f"genres={FOREIGN_GENRE}")
    pretended = library.beet("earmark", "--pretend")
    library.beet("earmark")
    assert fields(library.music / "techno.ogg")["genre"] == [FOREIGN_GENRE], (pretended, fields(library.music / "techno.ogg"))
    shown = library.beet("earmark", "--overwrite", "--pretend")
    assert FOREIGN_GENRE in shown and fields(library.music / "techno.ogg")["genre"] == [FOREIGN_GENRE]
    library.beet("earmark", "--overwrite")
    assert fields(library.music / "techno.ogg")["genre"] == predicted(library.music / "techno.ogg", "genre")


def reports_a_file_that_cannot_be_read_and_does_the_others(folder):
    library = Library(folder)
    (folder / "config.yaml").write_text((folder / "config.yaml").read_text().replace("program:", "auto: no, program:"))
    library.add("techno.ogg", "rock-band.mp3")
    broken = library.music / "rock-band.mp3"
    broken.write_bytes(b"nothing that is audio")
    status, _, error = library.run("earmark")
    assert status == 0 and "rock-band.mp3" in error, (status, error)
    assert fields(library.music / "techno.ogg")["genre"]
    assert broken.read_bytes() == b"nothing that is audio"


def says_when_the_program_is_missing(folder):
    library = Library(folder, program="/nowhere/earmark")
    library.add()
    shutil.copy(SOURCES / "samples" / "techno.ogg", library.music)
    status, _, error = library.run("import", "-s", str(library.music))
    assert status != 0 and "/nowhere/earmark" in error and "Traceback" not in error, (status, error)


if not beets_is_there():
    sys.exit(77)
for check in (gives_imported_tracks_genres_and_moods, leaves_what_others_wrote, reports_a_file_that_cannot_be_read_and_does_the_others,
              says_when_the_program_is_missing):
    with tempfile.TemporaryDirectory() as temporary:
        check(pathlib.Path(temporary))
    print("passed:", check.__name__)
