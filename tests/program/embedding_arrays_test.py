"""What `earmark embed` writes is what NumPy reads, and agrees with itself.

Usage: python3 tests/program/embedding_arrays_test.py EARMARK SOURCES
       EARMARK is the program, SOURCES the root of the sources. Exit status 77 if NumPy is missing.
"""

import json
import pathlib
import subprocess
import sys
import tempfile

try:
    import numpy as np
except ImportError:
    print("skipped: python3 has no module numpy")
    sys.exit(77)

PROGRAM, SOURCES = str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2]).resolve()
SONGS = sorted(str(path) for path in (SOURCES / "samples").iterdir() if path.suffix != ".md")
MODEL = str(SOURCES / "models" / "paper.earmark")
JAZZ = str(SOURCES / "samples" / "jazz-trio.wav")


def embed(folder, *arguments, status=0):
    run = subprocess.run([PROGRAM, "embed", "--model", MODEL, *arguments], cwd=folder, capture_output=True, text=True)
    assert run.returncode == status, (arguments, run.returncode, run.stderr)
    return run


def check_archive_of_all(folder):
    embed(folder, *SONGS, "--out", "all.npz")
    with np.load(folder / "all.npz") as file:
        arrays = dict(file)
    assert list(arrays["path"]) == SONGS
    assert arrays["embedding"].dtype == np.float32 and arrays["embedding"].shape == (len(SONGS), 1792)
    assert arrays["duration_s"].dtype == np.float64 and (arrays["duration_s"] > 20).all()
    assert arrays["audible"].dtype == bool and arrays["audible"].all()
    lines = [json.loads(line) for line in embed(folder, *SONGS).stdout.splitlines()]
    for line, row in zip(lines, arrays["embedding"]):
        assert (np.array(line["embedding"], np.float32) == row).all()  # bit for bit
    return arrays["embedding"][SONGS.index(JAZZ)]


def check_description(folder):
    description = json.loads((folder / "all.npz.json").read_text())
    blocks = description["rows"][0]["blocks"]
    assert [block["first"] for block in blocks] == list(np.cumsum([0] + [block["count"] for block in blocks])[:-1])
    assert [(block["segment_frames"], block["level"]) for block in blocks[:4]] == [(18, 1), (18, 2), (18, 3), (27, 1)]
    assert description["model"]["name"] and description["model"]["identity"]


def check_segments(folder, whole):
    embed(folder, JAZZ, "--each", "segment", "--out", "segments")
    with np.load(str(folder / "segments") + JAZZ + ".npz") as file:
        arrays = dict(file)
    means = []
    for scale in (18, 27, 54):
        rows, audible = arrays[f"scale_{scale}_embedding"], arrays[f"scale_{scale}_audible"]
        assert len(rows) == len(arrays[f"scale_{scale}_start_s"]) == len(arrays[f"scale_{scale}_end_s"])
        assert (np.diff(arrays[f"scale_{scale}_start_s"]) > 0).all()
        means.append(rows[audible].astype(np.float64).mean(0))
    difference = np.abs(np.concatenate(means) - whole).max()
    assert difference < 1e-6, difference


def check_windows(folder, whole):
    embed(folder, JAZZ, "--each", "window", "--window", "1000", "--out", "long.npz")
    with np.load(folder / "long.npz") as file:
        assert (file["embedding"] == whole).all() and list(file["clip"]) == [0]
    embed(folder, *SONGS, "--each", "window", "--window", "5", "--hop", "2.5", "--levels", "2,3", "--scales", "54", "--out", "w.npz")
    with np.load(folder / "w.npz") as file:
        assert file["embedding"].shape == (len(file["clip"]), 128 + 256)
        of_jazz = file["clip"] == SONGS.index(JAZZ)
        starts, duration_s = file["start_s"][of_jazz], file["duration_s"][SONGS.index(JAZZ)]
        assert (starts[:-1] == np.arange(len(starts) - 1) * 2.5).all() and abs(starts[-1] - (duration_s - 5)) < 1e-9
        assert (np.abs(file["end_s"] - file["start_s"] - 5) < 1e-9).all()


def check_halves(folder, whole):
    embed(folder, JAZZ, "--format", "f16", "--out", "halves")
    halves = np.load(str(folder / "halves") + JAZZ + ".npy")
    assert halves.dtype == np.float16 and (halves == whole.astype(np.float16)).all()


def check_going_on(folder):
    """What is in an archive stays, also in one that NumPy wrote; only new files are computed."""
    with np.load(folder / "all.npz") as file:
        arrays = {name: file[name][:2] for name in file.files}
    arrays["embedding"][0] = 7
    np.savez(folder / "all.npz", **arrays)
    messages = embed(folder, *SONGS, "--out", "all.npz").stderr
    assert "2 files passed over: already there" in messages, messages
    with np.load(folder / "all.npz") as file:
        assert list(file["path"]) == SONGS and (file["embedding"][0] == 7).all() and (file["embedding"][2] != 7).any()


def check_names(folder):
    """Names that are not UTF-8 come back as Python has them."""
    name = b"caf\xe9 \xe2\x82\xac.wav"
    (folder / "named").mkdir()
    with open(bytes(folder / "named") + b"/" + name, "wb") as file:
        file.write(pathlib.Path(JAZZ).read_bytes())
    for _ in range(2):
        messages = embed(folder, "named", "--out", "names.npz").stderr
    assert "1 file passed over" in messages, messages
    with np.load(folder / "names.npz") as file:
        assert [str(path).encode(errors="surrogateescape") for path in file["path"]] == [b"named/" + name]


with tempfile.TemporaryDirectory() as temporary:
    folder = pathlib.Path(temporary)
    whole = check_archive_of_all(folder)
    check_description(folder)
    check_segments(folder, whole)
    check_windows(folder, whole)
    check_halves(folder, whole)
    check_going_on(folder)
    check_names(folder)
