#!/usr/bin/env python3
"""Golden resamples: what the seeding and drawing that metrics/resampling.cpp takes from the C++ standard and from Lemire
gives, done again in Python with numpy's Mersenne Twister.

Command:    python3 tests/golden/metrics/generate_resamples.py
Versions:   numpy 2.4.6
Tolerance:  none

resamples.txt, a line each: SEED NUMBER COUNT_OF_CLIP_0 COUNT_OF_CLIP_1 ...
"""

import pathlib

import numpy as np

FOLDER = pathlib.Path(__file__).parent
MASK = 0xFFFFFFFF


# [rand.util.seedseq] of the C++ standard, for 624 words.
def seed_sequence(seeds, n=624):
    t = lambda x: (x ^ (x >> 27)) & MASK
    b = [0x8B8B8B8B] * n
    s, size = len(seeds), 11
    p, m = (n - size) // 2, max(len(seeds) + 1, n)
    q = p + size
    for k in range(m):
        r1 = 1664525 * t(b[k % n] ^ b[(k + p) % n] ^ b[(k - 1) % n]) & MASK
        r2 = r1 + (s if k == 0 else k % n + (seeds[k - 1] if k <= s else 0)) & MASK
        b[(k + p) % n] = b[(k + p) % n] + r1 & MASK
        b[(k + q) % n] = b[(k + q) % n] + r2 & MASK
        b[k % n] = r2
    for k in range(m, m + n):
        r3 = 1566083941 * t(b[k % n] + b[(k + p) % n] + b[(k - 1) % n] & MASK) & MASK
        r4 = r3 - k % n & MASK
        b[(k + p) % n] ^= r3
        b[(k + q) % n] ^= r4
        b[k % n] = r4
    return b


def clip_counts(seed, number, clips):
    twister = np.random.MT19937()
    key = seed_sequence([seed & MASK, seed >> 32, number & MASK, number >> 32])
    twister.state = {"bit_generator": "MT19937", "state": {"key": np.array(key, np.uint32), "pos": 624}}
    counts = [0] * clips
    for _ in range(clips):
        while True:
            product = int(twister.random_raw()) * clips
            if product & MASK >= (2**32 - clips) % clips:
                break
        counts[product >> 32] += 1
    return counts


if __name__ == "__main__":
    with open(FOLDER / "resamples.txt", "w") as file:
        for seed, number, clips in ((1, 0, 8), (1, 1, 8), (2, 999, 81), (2**40 + 3, 5, 30)):
            file.write(" ".join(map(str, (seed, number, *clip_counts(seed, number, clips)))) + "\n")
