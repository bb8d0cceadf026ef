"""The same network and weights with librosa and PyTorch, as a Python user would run them: a warm process beside a warm one.

For each file in turn (A B A B ...): CPU seconds for a song in a process that has tagged one before. Of Earmark that is the
difference between tagging the song six times and once, divided by five. One thread each. Prints the median of the ratios and
the greatest difference of a probability.

Usage: PYTHON benchmarks/tagging/librosa_pytorch.py FILE... [--pairs 7] [--model models/default.earmark]
PYTHON has torch, librosa and numpy, for example: /usr/bin/python3 -m venv --system-site-packages build/peers &&
build/peers/bin/pip install librosa "numpy<2", after tools/install-packages compare.
"""

import argparse
import json
import os
import pathlib
import statistics
import struct
import subprocess
import time

os.environ["OMP_NUM_THREADS"] = "1"
import librosa  # noqa: E402
import numpy as np  # noqa: E402
import torch  # noqa: E402
from torch.nn import functional  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
EARMARK = ROOT / "build/release/apps/earmark"


class Model:
    """Reads a model file by docs/model-format.md."""

    def __init__(self, path):
        raw = path.read_bytes()
        (length,) = struct.unpack("<Q", raw[:8])
        header, self.data = json.loads(raw[8 : 8 + length]), raw[8 + length :]
        self.description = json.loads(header.pop("__metadata__")["description"])
        self.tensors = {name: self.tensor(entry) for name, entry in header.items()}
        self.tags = [tag["name"] for tag in self.description["tags"]]

    def tensor(self, entry):
        start, end = entry["data_offsets"]
        values = np.frombuffer(self.data[start:end], {"F16": np.float16, "F32": np.float32}[entry["dtype"]])
        return torch.from_numpy(values.astype(np.float32).reshape(entry["shape"]))

    def layer(self, name):
        return self.tensors[f"{name}.weight"], self.tensors[f"{name}.bias"]

    def clip_vector(self, log_mel):
        parts = []
        for index, network in enumerate(self.description["networks"]):
            size = network["segment_frames"]
            starts = [min(start, len(log_mel) - size) for start in range(0, len(log_mel), size)]
            values = torch.stack([log_mel[start : start + size].T for start in starts])
            for level, layer in enumerate(network["layers"]):
                kernel = layer["kernel_frames"]
                values = functional.pad(values, ((kernel - 1) // 2, kernel - 1 - (kernel - 1) // 2))
                values = functional.conv1d(values, *self.layer(f"network.{index}.convolution.{level}")).relu()
                parts.append(values.amax(2).mean(0))
                values = functional.max_pool1d(values, layer["pool_frames"])
        return torch.cat(parts)

    def probabilities(self, path):
        samples, _ = librosa.load(path, sr=22050, mono=True, res_type="soxr_hq")
        mel = librosa.feature.melspectrogram(y=samples, sr=22050, n_fft=1024, hop_length=512, power=1.0, n_mels=128)
        normalisation = self.description["normalisation"]
        log_mel = (np.log10(1 + 10 * mel.T) - normalisation["mean"]) / normalisation["deviation"]
        with torch.no_grad():
            values = self.clip_vector(torch.from_numpy(log_mel.astype(np.float32)))
            values = (values - self.tensors["classifier.mean"]) / self.tensors["classifier.deviation"]
            for index in range(3):
                values = functional.linear(values, *self.layer(f"classifier.layer.{index}"))
                values = values.relu() if index < 2 else values.sigmoid()
        return dict(zip(self.tags, values.tolist()))


def earmark_cpu_s(path, count, model):
    command = [EARMARK, "tag", "--jobs", "1", "--model", model, "--format", "jsonl", *[path] * count]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        raise SystemExit(f"{path}: earmark failed")
    return usage.ru_utime + usage.ru_stime


def earmark_probabilities(path, model):
    output = subprocess.run([EARMARK, "tag", "--model", model, "--precision", "f32", "--format", "json", path], check=True,
                            capture_output=True, text=True).stdout
    return {tag["tag"]: tag["probability"] for tag in json.loads(output)["tags"]}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=pathlib.Path)
    parser.add_argument("--pairs", type=int, default=7)
    parser.add_argument("--model", type=pathlib.Path, default=ROOT / "models/default.earmark")
    options = parser.parse_args()
    torch.set_num_threads(1)
    peer = Model(options.model)
    print("| file | earmark CPU, s | librosa + PyTorch CPU, s | ratio, median (range) | greatest difference |")
    print("|---|---|---|---|---|")
    for path in options.files:
        theirs = peer.probabilities(path)
        ours = earmark_probabilities(path, options.model)
        difference = max(abs(ours[tag] - theirs[tag]) for tag in ours)
        pairs = []
        for _ in range(options.pairs):
            a = (earmark_cpu_s(path, 6, options.model) - earmark_cpu_s(path, 1, options.model)) / 5
            start = time.process_time()
            peer.probabilities(path)
            pairs.append((a, time.process_time() - start))
        ratios = [b / a for a, b in pairs]
        print(f"| {path.name} | {statistics.median(a for a, _ in pairs):.3f} | {statistics.median(b for _, b in pairs):.3f} "
              f"| {statistics.median(ratios):.1f} ({min(ratios):.1f} to {max(ratios):.1f}) | {difference:.1e} |", flush=True)


if __name__ == "__main__":
    main()
