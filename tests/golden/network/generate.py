"""Reference values for the network and aggregation stages, from PyTorch.

Command:   /usr/bin/python3 tests/golden/network/generate.py
Versions:  PyTorch 1.13.0, NumPy 1.24.2, Python 3.11 (Debian 12)
Tolerance: 1e-4 absolute on every number

Files are raw little-endian float32, in the order of the calls of `write`:
NAME.f32 (small networks with batch normalization, random weights of a fixed seed):
    per level folded weights (filters x inputs x kernel) and biases; dense weights and biases; output weights and biases;
    input (segments * frames x mel_bands); per level activation (segments * frames x filters); level maxima
    (segments x filters); probabilities (segments x tags)
paper_FRAMES.f32 (real widths, weights from the formula of tests/support/lcg.py, no batch normalization):
    per level activation; level maxima; probabilities
embedding.f32: the embedding of one clip from the three paper networks, one after the other

The references of the small networks are computed with batch normalization as its own layer, in evaluation mode; what is
written are weights into which it is folded. So the files also hold the folding, scale = gamma / sqrt(var + eps), to PyTorch.
"""

import pathlib
import sys

import numpy as np
import torch
from torch import nn
from torch.nn import functional

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent / "support"))
from lcg import Lcg  # noqa: E402

# name: (mel bands, segment frames, layers (kernel, filters, pool), dense units, tags, segments)
SMALL = {
    "three_levels": (16, 27, [(3, 8, 3), (3, 12, 3), (3, 16, 3)], 12, 5, 5),
    "frames_left_before_dense": (13, 29, [(5, 7, 2), (4, 10, 3), (2, 9, 1), (1, 11, 1)], 10, 3, 9),
    "kernel_longer_than_level": (16, 12, [(2, 24, 4), (5, 8, 1), (4, 6, 2)], 7, 2, 3),
    "one_level": (5, 10, [(4, 3, 4)], 4, 1, 2),
}
PAPER = {
    18: [(3, 128, 3), (3, 128, 3), (2, 256, 2)],
    27: [(3, 128, 3), (3, 128, 3), (3, 256, 3)],
    54: [(3, 128, 3), (3, 128, 3), (3, 256, 3), (2, 256, 2)],
}
LONG = {
    108: [(3, 128, 3), (3, 128, 3), (3, 256, 3), (2, 256, 2), (2, 256, 2)],
    216: [(3, 128, 3), (3, 128, 3), (3, 256, 3), (2, 256, 2), (2, 256, 2), (2, 256, 2)],
}


class LocalNetwork(nn.Module):
    """As a user of PyTorch would write it: Conv1d with 'same' padding, BatchNorm1d, ReLU, MaxPool1d; flatten, dense."""

    def __init__(self, mel_bands, frames, layers, dense_units, tags, batch_normalization):
        super().__init__()
        self.convolutions, self.norms, self.pools = nn.ModuleList(), nn.ModuleList(), nn.ModuleList()
        inputs = mel_bands
        for kernel, filters, pool in layers:
            self.convolutions.append(nn.Conv1d(inputs, filters, kernel, padding="same"))
            self.norms.append(nn.BatchNorm1d(filters) if batch_normalization else nn.Identity())
            self.pools.append(nn.MaxPool1d(pool))
            inputs, frames = filters, frames // pool
        self.dense = nn.Linear(inputs * frames, dense_units)
        self.dense_norm = nn.BatchNorm1d(dense_units) if batch_normalization else nn.Identity()
        self.output = nn.Linear(dense_units, tags)

    def forward(self, segments):
        """segments x mel_bands x frames -> activations of each level, maxima, probabilities."""
        activations, value = [], segments
        for convolution, norm, pool in zip(self.convolutions, self.norms, self.pools):
            activations.append(functional.relu(norm(convolution(value))))
            value = pool(activations[-1])
        maxima = torch.cat([activation.amax(2) for activation in activations], 1)
        hidden = functional.relu(self.dense_norm(self.dense(value.flatten(1))))
        return activations, maxima, torch.sigmoid(self.output(hidden))


def write(file, *arrays):
    for array in arrays:
        file.write(np.ascontiguousarray(array, dtype="<f4").tobytes())


def frames_by_channels(activation):
    """segments x channels x frames -> (segments * frames) x channels."""
    return activation.transpose(1, 2).flatten(0, 1).numpy()


def folded(layer, norm):
    scale = norm.weight / torch.sqrt(norm.running_var + norm.eps)
    weight = layer.weight * scale.view([-1] + [1] * (layer.weight.dim() - 1))
    return weight.numpy(), ((layer.bias - norm.running_mean) * scale + norm.bias).numpy()


def randomize(norm):
    nn.init.normal_(norm.weight, 0.8, 0.6)  # some negative
    nn.init.normal_(norm.bias, 0.1, 0.3)
    nn.init.normal_(norm.running_mean, 0.0, 0.5)
    nn.init.uniform_(norm.running_var, 0.02, 3.0)


def write_small(name, mel_bands, frames, layers, dense_units, tags, segment_count):
    network = LocalNetwork(mel_bands, frames, layers, dense_units, tags, True).eval()
    for norm in [*network.norms, network.dense_norm]:
        randomize(norm)
    segments = torch.randn(segment_count, mel_bands, frames)
    activations, maxima, probabilities = network(segments)
    with open(HERE / f"{name}.f32", "wb") as file:
        for layer, norm in zip([*network.convolutions, network.dense], [*network.norms, network.dense_norm]):
            write(file, *folded(layer, norm))
        write(file, network.output.weight.numpy(), network.output.bias.numpy())
        write(file, frames_by_channels(segments), *map(frames_by_channels, activations), maxima, probabilities)


def formula_network(frames, layers, tags=50):
    """Weights within +-sqrt(6 / inputs) (He uniform), layer after layer from one Lcg whose seed is the frame count."""
    network = LocalNetwork(128, frames, layers, 256, tags, False).eval()
    lcg = Lcg(frames)
    for layer in [*network.convolutions, network.dense, network.output]:
        fan_in = layer.weight[0].numel()
        layer.weight.copy_(torch.from_numpy(lcg.values(np.float32(np.sqrt(6.0 / fan_in)), *layer.weight.shape)))
        layer.bias.copy_(torch.from_numpy(lcg.values(0.1, *layer.bias.shape)))
    return network


def formula_frames(seed, frame_count):
    """Normalized log-mel, frames x 128, within +-2."""
    return torch.from_numpy(Lcg(seed).values(2.0, frame_count, 128))


def write_paper(frames, layers, with_activations):
    segment = formula_frames(1000 + frames, frames).T.unsqueeze(0)
    activations, maxima, probabilities = formula_network(frames, layers)(segment)
    with open(HERE / f"paper_{frames}.f32", "wb") as file:
        if with_activations:
            write(file, *map(frames_by_channels, activations))
        write(file, maxima, probabilities)


def write_embedding(frame_count=200):
    clip, embedding = formula_frames(7, frame_count), []
    for frames, layers in PAPER.items():
        starts = list(range(0, frame_count - frames, frames)) + [frame_count - frames]
        segments = torch.stack([clip[start : start + frames].T for start in starts])
        embedding.append(formula_network(frames, layers)(segments)[1].double().mean(0))
    with open(HERE / "embedding.f32", "wb") as file:
        write(file, torch.cat(embedding).numpy())


def main():
    torch.manual_seed(1703)
    with torch.no_grad():
        for name, shape in SMALL.items():
            write_small(name, *shape)
        for frames, layers in PAPER.items():
            write_paper(frames, layers, True)
        for frames, layers in LONG.items():
            write_paper(frames, layers, False)
        write_embedding()


if __name__ == "__main__":
    main()
