"""Reference values for the classifier stage, from PyTorch.

Command:   /usr/bin/python3 tests/golden/classifier/generate.py
Versions:  PyTorch 1.13.0, NumPy 1.24.2, Python 3.11 (Debian 12)
Tolerance: 1e-4 absolute on every number

Files are raw little-endian float32. small.f32 (random weights of a fixed seed): means, deviations; weights (outputs x
inputs) and biases of each of three layers; embeddings (clips x 20); sigmoid probabilities (clips x 6); softmax
probabilities. paper.f32: sigmoid probabilities (3 x 50) of a 1792-1024-1024-50 classifier whose weights and embeddings come
from the formula of tests/support/lcg.py.
"""

import pathlib
import sys

import numpy as np
import torch
from torch import nn

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent / "support"))
from lcg import Lcg  # noqa: E402

SMALL_WIDTHS = [20, 16, 12, 6]
PAPER_WIDTHS = [1792, 1024, 1024, 50]


def hidden_stack(widths):
    layers = [nn.Linear(inputs, outputs) for inputs, outputs in zip(widths, widths[1:])]
    stack = [part for layer in layers for part in (layer, nn.ReLU())]
    return layers, nn.Sequential(*stack[:-1])


def write(file, *arrays):
    for array in arrays:
        file.write(np.ascontiguousarray(array, dtype="<f4").tobytes())


def write_small(clip_count=11):
    means, deviations = torch.randn(SMALL_WIDTHS[0]), torch.rand(SMALL_WIDTHS[0]) * 2 + 0.05
    layers, stack = hidden_stack(SMALL_WIDTHS)
    clips = torch.randn(clip_count, SMALL_WIDTHS[0]) * 3
    outputs = stack((clips - means) / deviations)
    with open(HERE / "small.f32", "wb") as file:
        write(file, means, deviations)
        for layer in layers:
            write(file, layer.weight, layer.bias)
        write(file, clips, torch.sigmoid(outputs), torch.softmax(outputs, 1))


def write_paper():
    lcg = Lcg(3)
    means = torch.from_numpy(lcg.values(0.5, PAPER_WIDTHS[0]))
    deviations = torch.from_numpy(lcg.values(0.4, PAPER_WIDTHS[0])) + 1
    layers, stack = hidden_stack(PAPER_WIDTHS)
    for layer in layers:
        scale = np.float32(np.sqrt(6.0 / layer.in_features))
        layer.weight.copy_(torch.from_numpy(lcg.values(scale, *layer.weight.shape)))
        layer.bias.copy_(torch.from_numpy(lcg.values(0.1, *layer.bias.shape)))
    clips = torch.from_numpy(lcg.values(2.0, 3, PAPER_WIDTHS[0]))
    with open(HERE / "paper.f32", "wb") as file:
        write(file, torch.sigmoid(stack((clips - means) / deviations)))


def main():
    torch.manual_seed(1703)
    with torch.no_grad():
        write_small()
        write_paper()


if __name__ == "__main__":
    main()
