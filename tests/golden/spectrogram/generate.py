#!/usr/bin/env python3
"""Golden log-mel spectrograms and mel filters, from librosa.

Command:    python3 tests/golden/spectrogram/generate.py
Versions:   librosa 0.11.0, numpy 2.4.6
Tolerance:  1e-4 (greatest absolute difference) on log10(1 + log_scale * mel); 1e-6 on mel filters. The steep settings
            magnify the rounding of a Fourier transform in float by 1,000: they hold 1e-4 on noise, which fills every
            band, not next to a tone (numpy transforms in double).

The test makes the same input from the formulas in `signal` (tests/spectrogram/signals.h); only librosa's output is
stored, as raw little-endian float32, frames x mel_bands. The filters are stored as triples (band, bin, weight) of
float32, those that are not zero.

The padding is numpy.pad(mode='reflect') before the call, center=False in it: since 0.10 librosa's own default pads with
zeros, and the paper was made with an older one, which reflects.
"""

import pathlib

import librosa
import numpy as np

FOLDER = pathlib.Path(__file__).parent

DEFAULT = dict(sample_rate=22050, window=1024, hop=512, bands=128, lowest=0.0, highest=11025.0, log_scale=10.0)
MUSICNN = dict(sample_rate=16000, window=512, hop=256, bands=96, lowest=0.0, highest=8000.0, log_scale=10.0)
STEEP = dict(MUSICNN, log_scale=10000.0)
DOUBLED = dict(sample_rate=44100, window=2048, hop=1024, bands=128, lowest=0.0, highest=11025.0, log_scale=10.0)
NARROW = dict(sample_rate=8000, window=256, hop=100, bands=40, lowest=60.0, highest=3400.0, log_scale=1.0)

CASES = [
    ("sine", "sine", 22050, DEFAULT),
    ("chirp", "chirp", 22050, DEFAULT),
    ("noise", "noise", 8192, DEFAULT),
    ("impulse", "impulse", 8192, DEFAULT),
    ("loud", "loud", 4096, DEFAULT),
    ("quiet", "quiet", 4096, DEFAULT),
    ("silence", "silence", 3000, DEFAULT),
    ("one_sample", "sine", 1, DEFAULT),
    ("two_samples", "noise", 2, DEFAULT),
    ("hundred_samples", "noise", 100, DEFAULT),
    ("half_window_less_one", "noise", 511, DEFAULT),
    ("half_window", "noise", 512, DEFAULT),
    ("half_window_and_one", "noise", 513, DEFAULT),
    ("shorter_than_window", "chirp", 700, DEFAULT),
    ("window", "noise", 1024, DEFAULT),
    ("window_and_one", "noise", 1025, DEFAULT),
    ("musicnn_settings", "chirp", 8000, MUSICNN),
    ("steep_settings", "noise", 4000, STEEP),
    ("doubled_settings", "chirp", 16384, DOUBLED),
    ("narrow_settings", "noise", 2000, NARROW),
    ("narrow_settings_short", "noise", 90, NARROW),
]


def lcg_noise(count):
    """u(n) of the self-test in include/earmark/model.h."""
    values = np.empty(count)
    state = 1
    for n in range(count):
        state = (1664525 * state + 1013904223) % 2**32
        values[n] = state / 2**31 - 1.0
    return values


def signal(kind, count, sample_rate):
    n = np.arange(count)
    t = n / sample_rate
    if kind == "sine":
        y = 0.5 * np.cos(2 * np.pi * 440.0 * t) + 0.25 * np.sin(2 * np.pi * 3520.0 * t)
    elif kind == "chirp":
        y = 0.5 * np.sin(2 * np.pi * (20.0 * t + 5000.0 * t * t))
    elif kind == "noise":
        y = 0.3 * lcg_noise(count)
    elif kind == "loud":
        y = 20.0 * lcg_noise(count)
    elif kind == "quiet":
        y = 1e-5 * lcg_noise(count)
    elif kind == "impulse":
        y = np.where(n == 4000, 1.0, 0.0)
    elif kind == "silence":
        y = np.zeros(count)
    return y.astype(np.float32)


def log_mel(y, s):
    padded = np.pad(y, s["window"] // 2, mode="reflect")
    mel = librosa.feature.melspectrogram(
        y=padded, sr=s["sample_rate"], n_fft=s["window"], hop_length=s["hop"], center=False, power=1.0,
        n_mels=s["bands"], fmin=s["lowest"], fmax=s["highest"])
    return np.log10(1.0 + s["log_scale"] * mel).T


def main():
    for name, kind, count, settings in CASES:
        values = log_mel(signal(kind, count, settings["sample_rate"]), settings)
        values.astype("<f4").tofile(FOLDER / f"{name}.f32")
    for name, s in [("default", DEFAULT), ("musicnn", MUSICNN), ("doubled", DOUBLED), ("narrow", NARROW)]:
        filters = librosa.filters.mel(sr=s["sample_rate"], n_fft=s["window"], n_mels=s["bands"], fmin=s["lowest"],
                                      fmax=s["highest"])
        band, bin_ = np.nonzero(filters)
        triples = np.stack([band, bin_, filters[band, bin_]], axis=1)
        triples.astype("<f4").tofile(FOLDER / f"filters_{name}.f32")


if __name__ == "__main__":
    main()
