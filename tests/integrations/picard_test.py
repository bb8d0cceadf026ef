"""MusicBrainz Picard reads what `earmark write-tags` wrote: with the code that Picard reads files with, on copies of the samples.

Usage: /usr/bin/python3 tests/integrations/picard_test.py EARMARK SOURCES
       EARMARK is the program, SOURCES the root of the sources. Exit status 77 if Debian's Picard is not installed.
"""

import importlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
from unittest.mock import MagicMock

PROGRAM, SOURCES = str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2]).resolve()
PICARD = "/usr/lib/picard"
sys.path.insert(0, PICARD)
os.environ["QT_QPA_PLATFORM"] = "offscreen"
try:
    from PyQt5 import QtCore
    import picard.config
except ImportError as error:
    print(f"skipped: {error}; Debian's package is picard")
    sys.exit(77)


def read_by_picard(path):
    from picard.formats import ext_to_format
    return ext_to_format(path.suffix[1:])(str(path))._load(str(path))


def write_tags(folder):
    """What the plan has for each file: {path: {field: values}}."""
    for arguments in (["--overwrite", "--plan", "plan", "."], ["--apply", "plan", "--journal", "journal"]):
        subprocess.run([PROGRAM, "write-tags", *arguments], cwd=folder, check=True, capture_output=True)
    lines = [json.loads(line) for line in (folder / "plan").read_text().splitlines()[1:]]
    return {pathlib.Path(line["path"]): {change["field"]: change["after"] for change in line["changes"]} for line in lines}


with tempfile.TemporaryDirectory() as temporary:
    folder = pathlib.Path(temporary)
    application = QtCore.QCoreApplication([])
    picard.config.setup_config(application, str(folder / "picard.ini"))
    # Their options are read with a file.
    for page in ("ratings", "tags", "tags_compatibility_aac", "tags_compatibility_ac3", "tags_compatibility_id3",
                 "tags_compatibility_wave"):
        importlib.import_module(f"picard.ui.options.{page}")
    QtCore.QObject.tagger = MagicMock()
    for sample in (SOURCES / "samples").iterdir():
        shutil.copy(sample, folder)
    written = write_tags(folder)
    assert len(written) == len(list((SOURCES / "samples").iterdir())), written
    for path, fields in written.items():
        found = read_by_picard(path)
        changed = [field for field in ("genre", "mood") if field in fields]
        assert changed, (path, fields)
        for field in changed:
            assert found.getall(field) == fields[field], (path, field, found.getall(field))
        print("passed:", path.name, found.getall("genre"), found.getall("mood"))
