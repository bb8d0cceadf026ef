"""A module that plays for hours."""

import struct


def slow_module(count):
    """A MOD whose rows last 40 s: 31 ticks of 2.5/32 s, 16 times over."""
    sample = struct.pack(">22sHBBHH", b"", 16, 0, 64, 0, 16)
    empty = struct.pack(">22sHBBHH", b"", 0, 0, 64, 0, 1)
    row = bytes([0x01, 0xAC, 0x1F, 0x1F]) + bytes([0, 0, 0x0F, 0x20]) + bytes([0, 0, 0x0E, 0xEF]) + bytes(4)
    yield bytes(20) + sample + 30 * empty + bytes([count, 127]) + bytes(128) + b"M.K." + 64 * row
    yield bytes([0, 64] * 16)
