"""The table of src/spectrogram/resampler_gain.cpp: what soxr's high quality lets through near its cut-off.

An impulse is resampled from 44,100 to 22,050 Hz; the magnitude of its spectrum is the gain. Needs numpy and soxr from PyPI
(measured with soxr 1.1.0, which brings libsoxr 0.1.3).

Usage: python3 tools/measurements/resampler_gain.py
"""

import numpy as np
import soxr

FIRST, LAST, STEP = 0.91, 1.0, 0.0025

impulse = np.zeros(1 << 15)
impulse[len(impulse) // 2] = 1.0
response = soxr.resample(impulse, 44100, 22050, quality="HQ")
time = np.arange(len(response))
fractions = np.linspace(FIRST, LAST, round((LAST - FIRST) / STEP) + 1)
gains = [2.0 * abs((response * np.exp(-1j * np.pi * fraction * time)).sum()) for fraction in fractions]
for start in range(0, len(gains), 8):
    print("    " + " ".join(f"{gain:.5f}," for gain in gains[start : start + 8]))
