"""docs/read_model.py, which uses only what docs/model-format.md states, gives what the program gives.

Usage: python3 tests/model/read_model_test.py EARMARK SOURCES
       EARMARK is the program, SOURCES the root of the sources. Exit status 77 if NumPy or ffmpeg is missing.
"""

import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

try:
    import numpy as np
except ImportError:
    print("skipped: python3 has no module numpy")
    sys.exit(77)

PROGRAM, SOURCES = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
sys.path.insert(0, str(SOURCES / "docs"))
sys.dont_write_bytecode = True
import model_checksum  # noqa: E402
import read_model  # noqa: E402

MODEL = SOURCES / "models" / "paper.earmark"
DEFAULT = SOURCES / "models" / "default.earmark"
TOLERANCE = 1e-4


def check(what, holds, detail=""):
    print("ok  " if holds else "FAIL", what, detail)
    return holds


def difference_of_self_test(path):
    description, tensors = read_model.read_model(path)
    test = description["self_test"]
    signal = read_model.self_test_signal(test["duration_s"], description["spectrogram"]["sample_rate_hz"])
    embedding = read_model.embedding(signal, description, tensors)
    return np.abs(read_model.probabilities(embedding, description, tensors) - test["probabilities"]).max()


def embedding_of_wav(wav, description, tensors):
    samples = read_model.read_wav(str(wav), description["spectrogram"]["sample_rate_hz"])
    return read_model.embedding(samples, description, tensors)


def write_model(path, change):
    """models/paper.earmark with another description and other tensors."""
    raw = MODEL.read_bytes()
    header = json.loads(raw[8:8 + int.from_bytes(raw[:8], "little")])
    tensors = {name: (tensor["dtype"], values) for (name, tensor), values in
               zip(((n, t) for n, t in header.items() if n != "__metadata__"), read_model.read_model(MODEL)[1].values())}
    description = json.loads(header["__metadata__"]["description"])
    version = change(description, tensors)
    entries, data = {}, b""
    for name, (dtype, values) in tensors.items():
        begin, data = len(data), data + values.astype({"F16": "<f2", "F32": "<f4"}[dtype]).tobytes()
        entries[name] = {"dtype": dtype, "shape": values.shape, "data_offsets": [begin, len(data)]}
    metadata = {"format": "earmark", "format_version": version, "description": json.dumps(description)}
    text = json.dumps({"__metadata__": metadata, **entries}).encode()
    path.write_bytes(len(text).to_bytes(8, "little") + text + data)


def with_calibrations(description, tensors):
    for index, tag in enumerate(description["tags"][1:]):
        tag["calibration"] = {"kind": "platt", "slope": 0.1 * (index % 20), "intercept": 1 - 0.2 * (index % 10)}
    return "3"


def with_softmax(description, tensors):
    description["classifier"]["output"] = "softmax"
    return "1"


def with_deviations(description, tensors):
    description["aggregation"]["across_segments"] = "mean and deviation"
    for name in ("classifier.mean", "classifier.deviation"):
        tensors[name] = ("F32", np.tile(tensors[name][1], 2))
    dtype, weight = tensors["classifier.layer.0.weight"]
    tensors["classifier.layer.0.weight"] = (dtype, np.hstack([weight, weight[:, ::-1] / 2]))
    return "2"


def with_gate(least_music_probability, distance_ratio):
    """A change: the model's components are directions of its own classifier; the ratio is of the clip's own distance."""
    def change(description, tensors):
        rows = tensors["classifier.layer.0.weight"][1][:4].astype(np.float64)
        tensors["gate.music.weight"] = ("F16", rows.sum(axis=0))
        tensors["gate.component.weight"] = ("F16", np.linalg.qr(rows.T)[0].T)
        description["gate"] = {"music_bias": 0.1, "least_music_probability": least_music_probability,
                               "component_count": len(rows), "greatest_distance": distance_ratio}
        return "4"
    return change


def answer_of_the_program(wav, model, *options):
    command = [PROGRAM, "tag", *options, "--model", model, "--precision", "f32", "--format", "json", wav]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def status_by_both(wav, model):
    description, tensors = read_model.read_model(model)
    status = read_model.gate_status(embedding_of_wav(wav, description, tensors), description, tensors)
    return status, answer_of_the_program(wav, model)["status"]


def difference_of_wav(wav, model=MODEL):
    description, tensors = read_model.read_model(model)
    found = read_model.probabilities(embedding_of_wav(wav, description, tensors), description, tensors)
    expected = {tag["tag"]: tag["probability"] for tag in answer_of_the_program(wav, model, "--plain")["tags"]}
    assert len(expected) == len(found)
    return max(abs(p - expected[tag["name"]]) for p, tag in zip(found, description["tags"]))


def make_wav(path, *options):
    sample = SOURCES / "samples" / "jazz-trio.wav"
    subprocess.run(["ffmpeg", "-v", "error", "-i", sample, *options, "-ar", "22050", path], check=True)


def passes(folder):
    results = []
    for model in (MODEL, DEFAULT):
        difference = difference_of_self_test(model)
        results.append(check(f"the self-test of {model.name}", difference <= TOLERANCE, f"{difference:.1e}"))
    # 5.3 s: segments are left over; 0.3 s: shorter than every segment; 0.02 s: shorter than half a window.
    for name, options in {"mono": ["-t", "5.3", "-ac", "1"], "stereo": ["-t", "5.3", "-ac", "2"],
                          "short": ["-t", "0.3", "-ac", "1"], "shortest": ["-t", "0.02", "-ac", "1"]}.items():
        wav = folder / f"{name}.wav"
        make_wav(wav, *options)
        for model in (MODEL, DEFAULT):
            difference = difference_of_wav(wav, model)
            results.append(check(f"a WAV file with {model.name}: {name}", difference <= TOLERANCE, f"{difference:.1e}"))
    for model in (MODEL, DEFAULT):
        stated, computed = model_checksum.checksums(model.read_bytes())
        results.append(check(f"the checksum of {model.name}", stated == computed, computed))
    for change in (with_calibrations, with_softmax, with_deviations):
        write_model(folder / "changed.earmark", change)
        difference = difference_of_wav(folder / "mono.wav", folder / "changed.earmark")
        results.append(check(f"a model {change.__name__}", difference <= TOLERANCE, f"{difference:.1e}"))
    for change, status in ((with_gate(0, 1e6), "known"), (with_gate(0, 0), "unsure"), (with_gate(1, 1e6), "not_music")):
        write_model(folder / "changed.earmark", change)
        found = status_by_both(folder / "mono.wav", folder / "changed.earmark")
        results.append(check(f"a gate gives {status}", found == (status, status), str(found)))
    for arguments, status in (([MODEL], 0), ([MODEL, folder / "mono.wav"], 0), ([folder / "mono.wav"], 1)):
        run = subprocess.run([sys.executable, "-B", SOURCES / "docs" / "read_model.py", *arguments], capture_output=True)
        results.append(check(f"exit status {status}", run.returncode == status, str(run.returncode)))
    line_count = len((SOURCES / "docs" / "read_model.py").read_text().splitlines())
    results.append(check("under 200 lines", line_count < 200, str(line_count)))
    return all(results)


if __name__ == "__main__":
    if shutil.which("ffmpeg") is None:
        print("skipped: there is no ffmpeg")
        sys.exit(77)
    with tempfile.TemporaryDirectory() as folder:
        sys.exit(0 if passes(pathlib.Path(folder)) else 1)
