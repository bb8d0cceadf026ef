"""Step 1 of recipes/paper.toml as a user of PyTorch would write it, on the clips of Earmark's log-mel cache.

Conv1d, BatchNorm1d, ReLU, MaxPool1d, from He-uniform weights; float32; all segments of the training split are in memory, so that the loop
never waits for data. One line of JSON per epoch: loss, frames per second.

Usage: /usr/bin/python3 benchmarks/training/pytorch_step1.py --data DIR --tags FILE --cache DIR [--frames 27] [--epochs 3]
           [--seed 1]
The cache is one that `earmark train ... --cache DIR` has filled.
"""

import argparse
import csv
import json
import os
import pathlib
import time

import lmdb
import numpy as np
import torch
from torch import nn

BANDS = 128
LAYERS = {
    18: [(3, 128, 3), (3, 128, 3), (2, 256, 2)],
    27: [(3, 128, 3), (3, 128, 3), (3, 256, 3)],
    54: [(3, 128, 3), (3, 128, 3), (3, 256, 3), (2, 256, 2)],
}
SETTINGS = "22050 1024 512 128 0 11025 10"


def digest(text):
    """Twice FNV-1a from two starts, as training/clips/log_mel_cache.cpp."""
    parts = []
    for value in (0xCBF29CE484222325, 0x9AE16A3B2F90404F):
        for byte in text.encode():
            value = ((value ^ byte) * 0x100000001B3) % 2**64
        parts.append(f"{value:016x}")
    return "".join(parts)


def cache_key(path):
    status = os.stat(path)
    # libstdc++'s file clock counts nanoseconds from 2174-01-01.
    changed = status.st_mtime_ns - 6437664000 * 10**9
    return digest(f"{os.path.abspath(path)}\n{status.st_size} {changed} {SETTINGS}").encode()


def read_segments(data, tags, cache, frames):
    labels = tags.read_text().splitlines()
    segments, targets = [], []
    with lmdb.open(str(cache), readonly=True, lock=False) as environment, environment.begin() as transaction:
        for row in csv.DictReader((data / "manifest.tsv").open(encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE):
            value = transaction.get(cache_key(data / row["path"])) if row["split"] == "train" else None
            if value is None:
                continue
            clip = np.frombuffer(value, np.float16).reshape(-1, BANDS).astype(np.float32)
            starts = [min(start, len(clip) - frames) for start in range(0, len(clip), frames)]
            segments += [clip[start : start + frames].T for start in starts]
            targets += [[label in row["tags"].split(",") for label in labels]] * len(starts)
    if not segments:
        raise SystemExit(f"{cache}: none of the training clips of {data} is in this cache; expected one that "
                         "earmark train has filled")
    values = np.stack(segments)
    return torch.from_numpy((values - values.mean()) / values.std()), torch.tensor(targets, dtype=torch.float32)


def network(frames, tag_count):
    layers, inputs = [], BANDS
    for kernel, filters, pool in LAYERS[frames]:
        layers += [nn.Conv1d(inputs, filters, kernel, padding="same", bias=False), nn.BatchNorm1d(filters), nn.ReLU(),
                   nn.MaxPool1d(pool)]
        inputs, frames = filters, frames // pool
    layers += [nn.Flatten(), nn.Linear(inputs * frames, 256, bias=False), nn.BatchNorm1d(256), nn.ReLU(),
               nn.Dropout(0.5), nn.Linear(256, tag_count)]
    result = nn.Sequential(*layers)
    for layer in result:
        if isinstance(layer, (nn.Conv1d, nn.Linear)):
            nn.init.kaiming_uniform_(layer.weight)
    nn.init.zeros_(result[-1].bias)
    return result


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--tags", type=pathlib.Path, required=True)
    parser.add_argument("--cache", type=pathlib.Path, required=True)
    parser.add_argument("--frames", type=int, default=27, choices=LAYERS)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--batch", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    options = parser.parse_args()

    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    inputs, targets = read_segments(options.data, options.tags, options.cache, options.frames)
    model = network(options.frames, targets.shape[1])
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9, nesterov=True)
    loss_of = nn.BCEWithLogitsLoss()
    for epoch in range(1, options.epochs + 1):
        start, total = time.perf_counter(), 0.0
        for batch in torch.randperm(len(inputs)).split(options.batch):
            optimizer.zero_grad()
            loss = loss_of(model(inputs[batch]), targets[batch])
            loss.backward()
            optimizer.step()
            total += loss.item() * len(batch)
        seconds = time.perf_counter() - start
        print(json.dumps({"epoch": epoch, "loss": total / len(inputs),
                          "frames_per_second": len(inputs) * options.frames / seconds}), flush=True)


if __name__ == "__main__":
    main()
