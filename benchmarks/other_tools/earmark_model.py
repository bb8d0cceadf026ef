"""Reads a model file as docs/model-format.md describes it, and computes the input of its networks with librosa, as a Python user would."""

import json
import pathlib
import struct

import librosa
import numpy as np


class Model:
    def __init__(self, path):
        raw = pathlib.Path(path).read_bytes()
        (length,) = struct.unpack("<Q", raw[:8])
        header, self.data_ = json.loads(raw[8 : 8 + length]), raw[8 + length :]
        self.description = json.loads(header.pop("__metadata__")["description"])
        self.tensors = {name: self.tensor_(entry) for name, entry in header.items()}
        self.networks = self.description["networks"]
        self.tags = [f"{tag['category']} {tag['name']}" for tag in self.description["tags"]]
        calibrations = [tag["calibration"] for tag in self.description["tags"]]
        self.slopes = np.array([1 if c == "identity" else c["slope"] for c in calibrations])
        self.intercepts = np.array([0 if c == "identity" else c["intercept"] for c in calibrations])

    def tensor_(self, entry):
        number_type = {"F16": np.float16, "F32": np.float32}[entry["dtype"]]
        values = np.frombuffer(self.data_[slice(*entry["data_offsets"])], number_type)
        return values.astype(np.float32).reshape(entry["shape"])

    def log_mel(self, path):
        """frames x mel_bands, normalized."""
        spectrogram, normalization = self.description["spectrogram"], self.description["normalisation"]
        rate_hz = spectrogram["sample_rate_hz"]
        samples, _ = librosa.load(path, sr=rate_hz, mono=True, res_type="soxr_hq")
        mel = librosa.feature.melspectrogram(
            y=samples, sr=rate_hz, n_fft=spectrogram["window_samples"], hop_length=spectrogram["hop_samples"], power=1.0,
            n_mels=spectrogram["mel_band_count"], fmin=spectrogram["lowest_hz"], fmax=spectrogram["highest_hz"],
            pad_mode="reflect")
        log_mel = np.log10(1 + spectrogram["log_scale"] * mel.T)
        return ((log_mel - normalization["mean"]) / normalization["deviation"]).astype(np.float32)

    def calibrated(self, probabilities):
        """Each tag with its probability; `probabilities` are those of the classifier."""
        p = np.clip(np.asarray(probabilities, np.float64), 2**-24, 1 - 2**-24)
        log_odds = self.slopes * np.log(p / (1 - p)) + self.intercepts
        return dict(zip(self.tags, (1 / (1 + np.exp(-log_odds))).tolist()))

    def segments(self, log_mel, network):
        """segments x mel_bands x frames; the last segment is moved back to end with the clip."""
        frames = network["segment_frames"]
        if len(log_mel) < frames:
            raise SystemExit(f"{len(log_mel)} frames are shorter than a segment of {frames}: take a longer file")
        starts = [min(start, len(log_mel) - frames) for start in range(0, len(log_mel), frames)]
        return np.stack([log_mel[start : start + frames].T for start in starts])


def padding(kernel_frames):
    """'same': an even kernel has its extra frame at the end."""
    return (kernel_frames - 1) // 2, kernel_frames - 1 - (kernel_frames - 1) // 2
