"""What `earmark taggram` writes is what NumPy and the package jams read.

Usage: python3 tests/program/taggram_test.py EARMARK SOURCES ENVIRONMENT
       EARMARK is the program, SOURCES the root of the sources. Where this python3 has no module jams, it is installed
       into the virtual environment ENVIRONMENT. Exit status 77 if NumPy is missing or jams cannot be installed; then
       all that does without is checked before.
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
ENVIRONMENT = pathlib.Path(sys.argv[3])
JAZZ = str(SOURCES / "samples" / "jazz-trio.wav")
JAMS = "jams==0.3.5"
VALIDATE = """
import sys, jams
file = jams.load(sys.argv[1], validate=True, strict=True)
file.validate(strict=True)
for annotation in file.annotations:
    assert annotation.namespace == "tag_open", annotation.namespace
print(sum(len(annotation.data) for annotation in file.annotations), file.file_metadata.duration)
"""


def taggram(folder, *arguments):
    run = subprocess.run([PROGRAM, "taggram", JAZZ, *arguments], cwd=folder, capture_output=True, text=True)
    assert run.returncode == 0, (arguments, run.returncode, run.stderr)
    return run.stdout


def check_archive(folder):
    taggram(folder, "--all", "--out", "all.npz")
    expected = json.loads(taggram(folder, "--all", "--format", "json"))
    with np.load(folder / "all.npz") as file:
        arrays = dict(file)
    assert list(arrays["path"]) == [JAZZ] and abs(arrays["duration_s"][0] - expected["duration_s"]) < 1e-6
    names = [tag["tag"] for tag in expected["tags"]]
    assert list(arrays["tag"]) == names and len(arrays["category"]) == len(arrays["threshold"]) == len(names)
    assert arrays["probability"].dtype == np.float32 and arrays["probability"].shape == (len(arrays["start_s"]), len(names))
    of_json = np.array([tag["probabilities"] for tag in expected["tags"]]).T
    assert np.abs(arrays["probability"] - of_json).max() < 1e-6
    assert (np.diff(arrays["start_s"]) > 0).all() and arrays["audible"].dtype == bool
    means = np.array([tag["mean_probability"] for tag in expected["tags"]])
    assert np.abs(arrays["probability"].astype(np.float64).mean(0) - means).max() < 1e-6
    check_events(expected)


def check_events(expected):
    """The events by the rule of docs/command-line.md, written down once more."""
    windows = expected["windows"]
    centers = (np.array(windows["start_s"]) + np.array(windows["end_s"])) / 2
    edges = np.concatenate([[0.0], (centers[1:] + centers[:-1]) / 2, [expected["duration_s"]]])
    for tag in expected["tags"]:
        probabilities, threshold = tag["probabilities"], tag["threshold"]
        # A probability that is a threshold but for its seventh digit could be on either side.
        if min(abs(p - t) for p in probabilities for t in (threshold, threshold * expected["end_share"])) < 2e-6:
            continue
        events, is_on = [], False
        for window, probability in enumerate(probabilities):
            is_on = probability >= threshold or (is_on and probability >= threshold * expected["end_share"])
            if is_on and events and events[-1][1] == edges[window]:
                events[-1][1] = edges[window + 1]
            elif is_on:
                events.append([edges[window], edges[window + 1]])
        found = [[event["start_s"], event["end_s"]] for event in tag["events"]]
        assert np.shape(found) == np.shape(events) and np.allclose(found, events, atol=1e-5), (tag["tag"], found, events)


def python_with_jams():
    """A python3 that has the package, or None. A folder of the same name is no package: it has no load()."""
    for python in (sys.executable, ENVIRONMENT / "bin" / "python"):
        if pathlib.Path(python).exists() and subprocess.run([python, "-c", "import jams; jams.load"], capture_output=True).returncode == 0:
            return python
    try:
        subprocess.run([sys.executable, "-m", "venv", ENVIRONMENT], check=True, capture_output=True, timeout=120)
        install = [ENVIRONMENT / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", JAMS]
        subprocess.run(install, check=True, capture_output=True, timeout=400)
    except (OSError, subprocess.SubprocessError) as error:
        print(f"skipped: {JAMS} cannot be installed: {error}")
        return None
    return ENVIRONMENT / "bin" / "python"


def check_jams(folder, python):
    taggram(folder, "--out", "jazz.jams")
    expected = json.loads(taggram(folder, "--format", "json"))
    run = subprocess.run([python, "-W", "error::UserWarning", "-c", VALIDATE, folder / "jazz.jams"], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    count, duration_s = run.stdout.split()
    assert int(count) == sum(len(tag["events"]) for tag in expected["tags"]) > 0
    assert float(duration_s) == expected["duration_s"]


with tempfile.TemporaryDirectory() as temporary:
    check_archive(pathlib.Path(temporary))
    with_jams = python_with_jams()
    if with_jams is None:
        sys.exit(77)
    check_jams(pathlib.Path(temporary), with_jams)
