"""Golden values of the model file.

Command:   /tmp/venv/bin/python tests/golden/model/generate.py           writes the files next to this script
           /tmp/venv/bin/python tests/golden/model/generate.py --check F  opens F, a model file of version 1 to 5 that Earmark wrote of
                                                                         tests/model/tiny_model.h, with the
                                                                         safetensors package and compares all tensors
Versions:  Python 3.11, NumPy 2.4.6, safetensors 0.8.0, scikit-learn 1.9.1
Tolerance: none (bits) for float_to_half.tsv and the model files, 1e-7 for self_test_signal.tsv and calibration.tsv

float_to_half.tsv              section, bits of a float, bits of the half that NumPy rounds it to
self_test_signal.tsv           sample rate, index, value of the self-test's signal in double precision
written_by_safetensors.earmark the model of tests/model/tiny_model.h, written by the safetensors package
version_1.earmark              is not made here: write_model(tiny_model()) wrote it when format version 1 began. It must
                               stay readable, and stays as it is
version_2.earmark              the same of tiny_model_with_deviations() and format version 2
version_3.earmark              the same of tiny_model_with_calibrations() and format version 3
version_4.earmark              the same of tiny_model_with_facts() and format version 4
version_5.earmark              the same of tiny_model_with_members() and format version 5
version_3_with_checksum.earmark  version_3.earmark with the checksum that docs/model_checksum.py computes
calibration.tsv                slope, intercept, probability (all exact as float), the calibrated probability in double
                               precision: predict_proba of a LogisticRegression with these parameters, of the logit
"""

import json
import pathlib
import sys

import numpy as np
from safetensors import safe_open
from safetensors.numpy import save_file
from sklearn.linear_model import LogisticRegression

FOLDER = pathlib.Path(__file__).parent


def float_bits(section, bits):
    bits = np.asarray(bits, dtype=np.uint32)
    with np.errstate(over="ignore"):
        halves = bits.view(np.float32).astype(np.float16).view(np.uint16)
    return [(section, f"{b:08x}", f"{h:04x}") for b, h in zip(bits, halves)]


def around(values):
    """The bits of each value and of its two neighbors, of both signs."""
    bits = np.asarray(values, dtype=np.float32).view(np.uint32).astype(np.int64)
    near = np.concatenate([bits - 1, bits, bits + 1])
    near = near[(near >= 0) & (near < 0x7F800000)]
    return np.concatenate([near, near | 0x80000000]).astype(np.uint32)


def write_halves():
    generator = np.random.default_rng(1)
    rows = float_bits("plain", np.float32([0.0, 1.0, -1.0, 0.5, 0.1, 1 / 3, np.pi, -2.0, 1000.0]).view(np.uint32))
    rows += float_bits("ties", around([1 + 2**-11, 1 + 3 * 2**-11, 2049.0, 2051.0, 1.5 + 2**-11, 0.1 + 2**-15]))
    rows += float_bits("carries", around([2 - 2**-11, 4 - 2**-10, 1024 - 0.25, 2**-13 - 2**-25]))
    rows += float_bits("subnormals", around([2**-24, 2**-25, 3 * 2**-25, 2**-14, 2**-14 - 2**-25, 2**-15, 5e-8, 1e-40, 0.0]))
    rows += float_bits("overflows", around([65504.0, 65520.0, 65536.0, 1e6, 3.4e38]))
    rows += float_bits("infinities", [0x7F800000, 0xFF800000])
    rows += float_bits("anything", generator.integers(0x33000000, 0x47800000, 200))
    (FOLDER / "float_to_half.tsv").write_text("".join("\t".join(row) + "\n" for row in rows))


def self_test_signal(duration_s, sample_rate_hz):
    count = round(duration_s * sample_rate_hz)
    t = np.arange(count) / sample_rate_hz
    states, state = [], 1
    for _ in range(count):
        state = (1664525 * state + 1013904223) % 2**32
        states.append(state)
    noise = np.array(states) / 2**31 - 1
    beep = np.where(np.fmod(t, 0.5) < 0.1, np.sin(2 * np.pi * 1760 * t), 0)
    return 0.4 * np.sin(2 * np.pi * (110 * t + 55 * t * t)) + 0.2 * beep + 0.1 * noise


def write_signal():
    lines = []
    for sample_rate_hz in (8000, 22050):
        signal = self_test_signal(5.0, sample_rate_hz)
        chosen = list(range(20)) + list(range(97, len(signal), 499)) + [len(signal) - 1]
        lines += [f"{sample_rate_hz}\t{index}\t{float(signal[index])!r}\n" for index in chosen]
    (FOLDER / "self_test_signal.tsv").write_text("".join(lines))


def platt(slope, intercept, probabilities):
    """Platt scaling is a logistic regression of one variable: here with given parameters instead of fitted ones."""
    p = np.clip(np.float64(probabilities), 2.0**-24, 1 - 2.0**-24)
    regression = LogisticRegression()
    regression.classes_ = np.array([0, 1])
    regression.coef_ = np.array([[np.float64(slope)]])
    regression.intercept_ = np.array([np.float64(intercept)])
    return regression.predict_proba(np.log(p / (1 - p))[:, None])[:, 1]


def write_calibrations():
    edges = [0, 1e-30, 2.0**-25, 2.0**-24, 1e-6, 1 - 2.0**-24, 1]
    probabilities = np.float32([*edges, *np.linspace(0.005, 0.995, 40)])
    rows = []
    for slope, intercept in np.float32([[1, 0], [1.25, -0.4], [0.3, 2], [0, -1.5], [7.5, 3.25], [0.01, -20], [40, -9]]):
        for probability, value in zip(probabilities, platt(slope, intercept, probabilities)):
            rows.append(f"{float(slope)!r}\t{float(intercept)!r}\t{float(probability)!r}\t{float(value)!r}\n")
    (FOLDER / "calibration.tsv").write_text("".join(rows))


def some_numbers(*shape):
    count = int(np.prod(shape))
    index = np.arange(count, dtype=np.int64)
    return (((index * 389 + count * 31) % 512) / 256 - 1).reshape(shape)


def tiny_tensors(with_deviations=False, with_gate=False, with_members=False):
    layers = {
        "network.0.convolution.0": (4, 8, 3), "network.0.convolution.1": (3, 4, 2), "network.0.dense": (5, 3),
        "network.0.output": (3, 5), "network.1.convolution.0": (2, 8, 3), "network.1.dense": (6, 4),
        "network.1.output": (3, 6), "classifier.layer.0": (7, 9), "classifier.layer.1": (3, 7),
    }
    if with_members:
        layers |= {"classifier.member.0.layer.0": (5, 14), "classifier.member.0.layer.1": (3, 5),
                   "classifier.member.1.layer.0": (6, 4), "classifier.member.1.layer.1": (2, 6), "classifier.layer.0": (7, 5)}
    tensors = {}
    for name, shape in layers.items():
        tensors[name + ".weight"] = some_numbers(*shape).astype(np.float16)
        tensors[name + ".bias"] = some_numbers(shape[0]).astype(np.float32)
    tensors["classifier.mean"] = some_numbers(9).astype(np.float32)
    tensors["classifier.deviation"] = np.float32([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9])
    if with_deviations:
        if not with_members:
            tensors["classifier.layer.0.weight"] = some_numbers(7, 18).astype(np.float16)
        tensors["classifier.mean"] = some_numbers(18).astype(np.float32)
        tensors["classifier.deviation"] = np.float32([*tensors["classifier.deviation"], *np.arange(1.1, 1.95, 0.1)])
    if with_gate:
        tensors["gate.music.weight"] = some_numbers(18).astype(np.float16)
        tensors["gate.component.weight"] = some_numbers(2, 18).astype(np.float16)
    return tensors


def with_facts(description):
    """Format version 4."""
    description["tags"][0].update(meaning="loud guitars and drums", parent="Pop", source="true labels",
                                  score={"roc_auc": 0.85, "low": 0.8, "high": 0.90625})
    description["tags"][2].update(label="genre---Pop", name="Pop", category="genre")
    description["gate"] = {"music_bias": 0.75, "least_music_probability": 0.4, "component_count": 2,
                           "greatest_distance": 1.5}
    return description


def with_members(description):
    """Format version 5."""
    description["classifier"]["members"] = [{"input_count": 14, "hidden_unit_counts": [5, 3]},
                                            {"input_count": 4, "hidden_unit_counts": [6, 2]}]
    return description


def tiny_description(with_deviations=False, with_calibrations=False):
    def layer(kernel_frames, filter_count, pool_frames):
        return {"kernel_frames": kernel_frames, "filter_count": filter_count, "pool_frames": pool_frames}

    def tag(label, name, category, threshold, slope, intercept):
        platt = {"kind": "platt", "slope": slope, "intercept": intercept}
        return {"label": label, "name": name, "category": category, "threshold": threshold,
                "calibration": platt if with_calibrations and slope is not None else "identity"}

    return {
        "name": "tiny",
        "weight_type": "float16",
        "spectrogram": {"sample_rate_hz": 8000, "window_samples": 64, "hop_samples": 32, "mel_band_count": 8,
                        "lowest_hz": 0, "highest_hz": 4000, "log_scale": 10},
        "normalisation": {"mean": 0.3, "deviation": 0.7},
        "networks": [
            {"segment_frames": 6, "layers": [layer(3, 4, 2), layer(2, 3, 3)], "dense_unit_count": 5},
            {"segment_frames": 4, "layers": [layer(3, 2, 2)], "dense_unit_count": 6},
        ],
        "aggregation": {"within_segment": "maximum",
                        "across_segments": "mean and deviation" if with_deviations else "mean"},
        "classifier": {"hidden_unit_counts": [7], "output": "sigmoid"},
        "tags": [tag("genre---Rock", "Rock", "genre", 0.43, 1.25, -0.4),
                 tag("mood---Calm", "Calm", "mood", 0.2, None, None), tag("Schön", "Schön", "other", 0.5, 0, 2)],
        "self_test": {
            "signal": "0.4 sin(2 pi (110 t + 55 t^2)) + 0.2 sin(2 pi 1760 t) [t mod 0.5 < 0.1] + 0.1 u(n), "
                      "t = n / sample_rate_hz, u(n) = s(n) / 2^31 - 1, "
                      "s(n) = (1664525 s(n-1) + 1013904223) mod 2^32, s(-1) = 1",
            "duration_s": 0.5, "tolerance": 0.01, "probabilities": [0.1, 0.25, 0.999]},
        "provenance": {
            "training_data": "three tones (3 clips)", "command": "earmark train tiny.toml", "date": "2026-01-31",
            "licence": "CC0-1.0",
            "scores": [{"metric": "roc_auc", "split": "valid", "value": 0.7654321},
                       {"metric": "roc_auc", "split": "test", "value": 0.75}]},
    }


def write_model():
    metadata = {"format": "earmark", "format_version": "1", "description": json.dumps(tiny_description(), indent=1)}
    save_file(tiny_tensors(), FOLDER / "written_by_safetensors.earmark", metadata)


def write_checksum():
    """version_3.earmark with a checksum, by the Python code of docs/model_checksum.py."""
    sys.path.insert(0, str(FOLDER.parents[2] / "docs"))
    import model_checksum
    raw = (FOLDER / "version_3.earmark").read_bytes()
    start = 8 + int.from_bytes(raw[:8], "little")
    header = json.loads(raw[8:start])
    header["__metadata__"] = {"checksum": 16 * "0", **header["__metadata__"]}
    text = json.dumps(header, separators=(",", ":"), ensure_ascii=False).encode()
    text += b" " * (-len(text) % 8)
    bare = len(text).to_bytes(8, "little") + text + raw[start:]
    (FOLDER / "version_3_with_checksum.earmark").write_bytes(
        model_checksum.with_digits(bare, 16 * "0", model_checksum.checksums(bare)[1]))


def check(path):
    with safe_open(path, "np") as file:
        version = int(file.metadata()["format_version"])
        with_deviations = version >= 2
        expected = tiny_tensors(with_deviations, version >= 4, version >= 5)
        assert sorted(file.keys()) == sorted(expected), sorted(file.keys())
        for name, tensor in expected.items():
            actual = file.get_tensor(name)
            assert actual.dtype == tensor.dtype and np.array_equal(actual, tensor), name
        description = tiny_description(with_deviations, version >= 3)
        expected_description = with_facts(description) if version >= 4 else description
        if version >= 5:
            with_members(expected_description)
        assert json.loads(file.metadata()["description"]) == expected_description
    print(f"{path}: the safetensors package reads all {len(expected)} tensors and the description")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--check"]:
        check(sys.argv[2])
    else:
        write_halves()
        write_signal()
        write_calibrations()
        write_model()
        write_checksum()
