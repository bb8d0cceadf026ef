"""Numbers that a formula makes, the same here and in lcg.h, so that large weights need not be stored."""

import numpy as np


class Lcg:
    """s(n) = (1664525 s(n-1) + 1013904223) mod 2^32; a value is the upper 24 bits of s(n), as float32 within [-1, 1)."""

    def __init__(self, seed):
        self.state = seed

    def values(self, scale, *shape):
        count = int(np.prod(shape))
        bits = np.empty(count, dtype=np.int64)
        state = self.state
        for index in range(count):
            state = (1664525 * state + 1013904223) & 0xFFFFFFFF
            bits[index] = state >> 8
        self.state = state
        unit = (bits - (1 << 23)).astype(np.float32) / np.float32(1 << 23)
        return (unit * np.float32(scale)).reshape(shape)
