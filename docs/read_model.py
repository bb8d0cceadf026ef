#!/usr/bin/env python3
"""A reader of Earmark's model files in plain NumPy, which uses only what docs/model-format.md states.

Usage: python3 docs/read_model.py MODEL          runs the model's self-test; exit status 1 if it fails
       python3 docs/read_model.py MODEL WAV      prints the tags of a WAV file: 16-bit integers at the model's sample rate

It checks little of what it reads. Section numbers in comments are those of the page.
"""

import json
import pathlib
import sys
import wave

import numpy as np


def read_model(path):
    """The description, and all tensors by name as float32."""
    raw = pathlib.Path(path).read_bytes()
    data = 8 + int.from_bytes(raw[:8], "little")
    header = json.loads(raw[8:data])
    metadata = header.pop("__metadata__", {})
    if metadata.get("format") != "earmark" or metadata["format_version"] not in ("1", "2", "3", "4", "5"):
        raise SystemExit(f"{path}: not an Earmark model of format version 1 to 5")
    tensors = {}
    for name, tensor in header.items():
        begin, end = tensor["data_offsets"]
        values = np.frombuffer(raw[data + begin:data + end], {"F16": "<f2", "F32": "<f4"}[tensor["dtype"]])
        tensors[name] = values.reshape(tensor["shape"]).astype(np.float32)
    return json.loads(metadata["description"]), tensors


# Section 1: log-mel spectrogram
def mel_from_hz(hz):
    return hz / (200 / 3) if hz < 1000 else 15 + 27 * np.log(hz / 1000) / np.log(6.4)


def mel_weights(settings):
    """bands x bins"""
    lowest, highest = mel_from_hz(settings["lowest_hz"]), mel_from_hz(settings["highest_hz"])
    mels = np.linspace(lowest, highest, settings["mel_band_count"] + 2)
    points = np.where(mels < 15, mels * 200 / 3, 1000 * np.exp((mels - 15) * np.log(6.4) / 27))
    left, middle, right = points[:-2, None], points[1:-1, None], points[2:, None]
    hz = np.arange(settings["window_samples"] // 2 + 1) * settings["sample_rate_hz"] / settings["window_samples"]
    triangles = np.minimum((hz - left) / (middle - left), (right - hz) / (right - middle))
    return np.maximum(0, triangles) * 2 / (right - left)


def log_mel_spectrogram(samples, settings):
    """frames x bands, not normalized"""
    window_samples, hop_samples = settings["window_samples"], settings["hop_samples"]
    window = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(window_samples) / window_samples)
    padded = np.pad(np.asarray(samples, np.float64), window_samples // 2, mode="reflect")
    frames = np.stack([padded[i:i + window_samples] for i in range(0, len(samples) + 1, hop_samples)])
    mel = np.abs(np.fft.rfft(frames * window)) @ mel_weights(settings).T
    return np.log10(1 + settings["log_scale"] * mel)


# Section 2: segments
def cut_segments(frames, segment_frames):
    """segments x segment_frames x bands"""
    if len(frames) < segment_frames:
        return np.resize(frames, (1, segment_frames, frames.shape[1]))
    last = len(frames) - segment_frames
    starts = [*range(0, last, segment_frames), last]
    return np.stack([frames[start:start + segment_frames] for start in starts])


# Section 3: networks
def convolution(inputs, weight, bias):
    """segments x frames x channels; 'same' padding"""
    frame_count, kernel_frames = inputs.shape[1], weight.shape[2]
    padded = np.pad(inputs, ((0, 0), ((kernel_frames - 1) // 2, kernel_frames // 2), (0, 0)))
    return bias + sum(padded[:, k:k + frame_count] @ weight[:, :, k].T for k in range(kernel_frames))


def max_pooling(inputs, pool_frames):
    count = inputs.shape[1] // pool_frames
    return inputs[:, :count * pool_frames].reshape(len(inputs), count, pool_frames, -1).max(axis=2)


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
def embedding(samples, description, tensors):
    log_mel, normalization = log_mel_spectrogram(samples, description["spectrogram"]), description["normalisation"]
    frames, blocks = (log_mel - normalization["mean"]) / normalization["deviation"], []
    for index, network in enumerate(description["networks"]):
        segments = cut_segments(frames, network["segment_frames"])
        maxima = level_maxima(segments, network, index, tensors).astype(np.float64)
        blocks.append(maxima.mean(axis=0))
        if description["aggregation"]["across_segments"] == "mean and deviation":
            blocks.append(maxima.std(axis=0))
    return np.concatenate(blocks)


# Sections 5 and 6: classifier, calibration
def logistic(values):
    return 1 / (1 + np.exp(-values))


def dense_layers(values, name, tensors):
    for layer in range(sum(key.startswith(f"{name}.layer.") for key in tensors) // 2):
        values = np.maximum(0, values) if layer else values
        values = tensors[f"{name}.layer.{layer}.weight"] @ values + tensors[f"{name}.layer.{layer}.bias"]
    return values


def classify(values, description, tensors):
    values = (values - tensors["classifier.mean"]) / tensors["classifier.deviation"]
    if members := description["classifier"].get("members"):
        parts = np.split(values, np.cumsum([member["input_count"] for member in members])[:-1])
        parts = [dense_layers(part, f"classifier.member.{i}", tensors) for i, part in enumerate(parts)]
        values = np.maximum(0, np.concatenate(parts))
    values = dense_layers(values, "classifier", tensors)
    if description["classifier"]["output"] == "sigmoid":
        return logistic(values)
    powers = np.exp(values - values.max())  # the same quotients, without overflow
    return powers / powers.sum()


def calibrate(p, calibration):
    if calibration == "identity":
        return p
    p = min(max(p, 2**-24), 1 - 2**-24)
    return logistic(calibration["slope"] * np.log(p / (1 - p)) + calibration["intercept"])


def probabilities(values, description, tensors):
    pairs = zip(classify(values, description, tensors), description["tags"])
    return np.array([calibrate(p, tag["calibration"]) for p, tag in pairs])


# Section 7: gate
def gate_status(values, description, tensors):
    if (gate := description.get("gate")) is None:
        return "ok"
    rest = (values - tensors["classifier.mean"]) / tensors["classifier.deviation"]
    if logistic(tensors["gate.music.weight"] @ rest + gate["music_bias"]) < gate["least_music_probability"]:
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
    found = probabilities(embedding(signal, description, tensors), description, tensors)
    difference = np.abs(found - test["probabilities"]).max()
    print(f"greatest difference {difference:.1e}, allowed {test['tolerance']}")
    return difference <= test["tolerance"]


def read_wav(path, sample_rate_hz):
    with wave.open(path) as file:
        if (file.getframerate(), file.getsampwidth()) != (sample_rate_hz, 2):
            raise SystemExit(f"{path}: expected 16-bit integers at {sample_rate_hz} Hz")
        values = np.frombuffer(file.readframes(file.getnframes()), "<i2")
        return values.reshape(-1, file.getnchannels()).mean(axis=1) / 32768


def main(arguments):
    if len(arguments) not in (1, 2):
        raise SystemExit(__doc__)
    description, tensors = read_model(arguments[0])
    if len(arguments) == 1:
        return not run_self_test(description, tensors)
    values = embedding(read_wav(arguments[1], description["spectrogram"]["sample_rate_hz"]), description, tensors)
    print(f"status {gate_status(values, description, tensors)}")
    found = probabilities(values, description, tensors)
    for index in np.argsort(-found, kind="stable"):
        print(f"{found[index]:.6f}  {description['tags'][index]['label']}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
