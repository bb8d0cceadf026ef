#!/usr/bin/env python3
"""A reader of Earmark's model files in plain NumPy, which uses only what docs/model-format.md states.

Usage: python3 docs/read_model.py MODEL          runs the model's self-test; exit status 1 if it fails
       python3 docs/read_model.py MODEL WAV      prints the tags of a WAV file (16-bit integers or 32-bit floats) that is at
                                                 the model's sample rate (22,050 Hz for models/default.earmark)

It is here to be read, so it checks little of what it reads. Section numbers in comments are those of the page.
"""

import json
import struct
import sys

import numpy as np


def read_model(path):
    """The description, and all tensors by name as float32."""
    with open(path, "rb") as file:
        raw = file.read()
    data = 8 + int.from_bytes(raw[:8], "little")
    header = json.loads(raw[8:data])
    metadata = header.pop("__metadata__", {})
    if metadata.get("format") != "earmark" or metadata["format_version"] not in ("1", "2", "3", "4"):
        raise SystemExit(f"{path}: not an Earmark model of format version 1 to 4")
    types = {"F16": "<f2", "F32": "<f4"}
    tensors = {}
    for name, tensor in header.items():
        begin, end = tensor["data_offsets"]
        values = np.frombuffer(raw[data + begin:data + end], types[tensor["dtype"]])
        tensors[name] = values.reshape(tensor["shape"]).astype(np.float32)
    return json.loads(metadata["description"]), tensors


# Section 1: log-mel spectrogram
def mel_from_hz(hz):
    return hz / (200 / 3) if hz < 1000 else 15 + 27 * np.log(hz / 1000) / np.log(6.4)


def hz_from_mel(mel):
    return mel * 200 / 3 if mel < 15 else 1000 * np.exp((mel - 15) * np.log(6.4) / 27)


def mel_weights(settings):
    """bands x bins"""
    lowest, highest = mel_from_hz(settings["lowest_hz"]), mel_from_hz(settings["highest_hz"])
    points = np.array([hz_from_mel(mel) for mel in np.linspace(lowest, highest, settings["mel_band_count"] + 2)])
    left, middle, right = points[:-2, None], points[1:-1, None], points[2:, None]
    hz = np.arange(settings["window_samples"] // 2 + 1) * settings["sample_rate_hz"] / settings["window_samples"]
    triangles = np.minimum((hz - left) / (middle - left), (right - hz) / (right - middle))
    return np.maximum(0, triangles) * 2 / (right - left)


def log_mel_spectrogram(samples, settings):
    """frames x bands, not normalized"""
    window_samples, hop_samples = settings["window_samples"], settings["hop_samples"]
    window = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(window_samples) / window_samples)
    frame_count = 1 + len(samples) // hop_samples
    padded = np.pad(np.asarray(samples, np.float64), window_samples // 2, mode="reflect")
    frames = np.stack([padded[i * hop_samples:i * hop_samples + window_samples] for i in range(frame_count)])
    magnitudes = np.abs(np.fft.rfft(frames * window))
    return np.log10(1 + settings["log_scale"] * (magnitudes @ mel_weights(settings).T))


# Section 2: segments
def cut_segments(frames, segment_frames):
    """segments x segment_frames x bands"""
    count = len(frames)
    if count < segment_frames:
        return np.resize(frames, (1, segment_frames, frames.shape[1]))
    starts = [min(i * segment_frames, count - segment_frames) for i in range(-(-count // segment_frames))]
    return np.stack([frames[start:start + segment_frames] for start in starts])


# Section 3: networks
def convolution(inputs, weight, bias):
    """segments x frames x channels; 'same' padding"""
    frame_count, kernel_frames = inputs.shape[1], weight.shape[2]
    before = (kernel_frames - 1) // 2
    padded = np.pad(inputs, ((0, 0), (before, kernel_frames - 1 - before), (0, 0)))
    return bias + sum(padded[:, k:k + frame_count] @ weight[:, :, k].T for k in range(kernel_frames))


def max_pooling(inputs, pool_frames):
    segment_count, frame_count, channel_count = inputs.shape
    left = frame_count // pool_frames
    return inputs[:, :left * pool_frames].reshape(segment_count, left, pool_frames, channel_count).max(axis=2)


def level_maxima(segments, network, index, tensors):
    """segments x filters of all levels"""
    maxima, values = [], segments.astype(np.float32)
    for level, layer in enumerate(network["layers"]):
        name = f"network.{index}.convolution.{level}"
        values = np.maximum(0, convolution(values, tensors[name + ".weight"], tensors[name + ".bias"]))
        maxima.append(values.max(axis=1))
        values = max_pooling(values, layer["pool_frames"])
    return np.concatenate(maxima, axis=1)


# Section 4: embedding
def embedding(log_mel, description, tensors):
    normalization = description["normalisation"]
    frames = (log_mel - normalization["mean"]) / normalization["deviation"]
    blocks = []
    for index, network in enumerate(description["networks"]):
        segments = cut_segments(frames, network["segment_frames"])
        maxima = level_maxima(segments, network, index, tensors).astype(np.float64)
        blocks.append(maxima.mean(axis=0))
        if description["aggregation"]["across_segments"] == "mean and deviation":
            blocks.append(maxima.std(axis=0))
    return np.concatenate(blocks)


# Sections 5 and 6: classifier, calibration
def classify(values, description, tensors):
    values = (values - tensors["classifier.mean"]) / tensors["classifier.deviation"]
    last = len(description["classifier"]["hidden_unit_counts"])
    for layer in range(last + 1):
        values = tensors[f"classifier.layer.{layer}.weight"] @ values + tensors[f"classifier.layer.{layer}.bias"]
        if layer < last:
            values = np.maximum(0, values)
    if description["classifier"]["output"] == "sigmoid":
        return 1 / (1 + np.exp(-values))
    powers = np.exp(values - values.max())  # the same quotients, without overflow
    return powers / powers.sum()


def calibrate(p, calibration):
    if calibration == "identity":
        return p
    p = min(max(p, 2**-24), 1 - 2**-24)
    return 1 / (1 + np.exp(-(calibration["slope"] * np.log(p / (1 - p)) + calibration["intercept"])))


def probabilities(samples, description, tensors):
    """One for each tag, in the order of description["tags"]."""
    log_mel = log_mel_spectrogram(samples, description["spectrogram"])
    outputs = classify(embedding(log_mel, description, tensors), description, tensors)
    return np.array([calibrate(p, tag["calibration"]) for p, tag in zip(outputs, description["tags"])])


# Section 7: gate
def gate_status(values, description, tensors):
    """ "known", "unsure" or "not_music"; "ok" without a gate. `values` is the embedding."""
    gate = description.get("gate")
    if gate is None:
        return "ok"
    rest = (values - tensors["classifier.mean"]) / tensors["classifier.deviation"]
    music_probability = 1 / (1 + np.exp(-(tensors["gate.music.weight"] @ rest + gate["music_bias"])))
    if music_probability < gate["least_music_probability"]:
        return "not_music"
    for component in tensors["gate.component.weight"]:
        rest = rest - (component @ rest) * component
    return "unsure" if np.sqrt(np.mean(rest**2)) > gate["greatest_distance"] else "known"


# Self-test
def self_test_signal(duration_s, sample_rate_hz):
    count = int(np.floor(duration_s * sample_rate_hz + 0.5))
    t = np.arange(count) / sample_rate_hz
    noise, state = np.empty(count), 1
    for n in range(count):
        state = (1664525 * state + 1013904223) % 2**32
        noise[n] = state / 2**31 - 1
    beep = np.where(np.fmod(t, 0.5) < 0.1, np.sin(2 * np.pi * 1760 * t), 0)
    return (0.4 * np.sin(2 * np.pi * (110 * t + 55 * t**2)) + 0.2 * beep + 0.1 * noise).astype(np.float32)


def run_self_test(description, tensors):
    test = description["self_test"]
    signal = self_test_signal(test["duration_s"], description["spectrogram"]["sample_rate_hz"])
    difference = np.abs(probabilities(signal, description, tensors) - test["probabilities"]).max()
    print(f"greatest difference {difference:.1e}, allowed {test['tolerance']}")
    return difference <= test["tolerance"]


def read_wav(path, sample_rate_hz):
    """Channels averaged with equal weights."""
    with open(path, "rb") as file:
        raw = file.read()
    place, chunks = 12, {}
    while place + 8 <= len(raw):
        name, size = struct.unpack("<4sI", raw[place:place + 8])
        chunks[name] = raw[place + 8:place + 8 + size]
        place += 8 + size + size % 2
    kind, channel_count, rate_hz, _, _, bits = struct.unpack("<HHIIHH", chunks[b"fmt "][:16])
    if kind == 0xFFFE:  # WAVE_FORMAT_EXTENSIBLE
        kind = struct.unpack("<H", chunks[b"fmt "][24:26])[0]
    if rate_hz != sample_rate_hz or (kind, bits) not in ((1, 16), (3, 32)):
        raise SystemExit(f"{path}: expected 16-bit integers or 32-bit floats at {sample_rate_hz} Hz")
    values = np.frombuffer(chunks[b"data"], "<i2" if bits == 16 else "<f4")
    return values.reshape(-1, channel_count).mean(axis=1, dtype=np.float64) / (32768 if bits == 16 else 1)


def main(arguments):
    if len(arguments) not in (1, 2):
        raise SystemExit(__doc__)
    description, tensors = read_model(arguments[0])
    if len(arguments) == 1:
        return 0 if run_self_test(description, tensors) else 1
    samples = read_wav(arguments[1], description["spectrogram"]["sample_rate_hz"])
    found = probabilities(samples, description, tensors)
    log_mel = log_mel_spectrogram(samples, description["spectrogram"])
    status = gate_status(embedding(log_mel, description, tensors), description, tensors)
    if status != "ok":
        print(f"status {status}")
    for index in np.argsort(-found, kind="stable"):
        print(f"{found[index]:.6f}  {description['tags'][index]['label']}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
