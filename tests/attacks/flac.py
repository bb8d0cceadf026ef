"""Frames of FLAC that cost much for their size."""

import struct


def flac_block(kind, content, is_last=False):
    return struct.pack(">I", (kind | 0x80 * is_last) << 24 | len(content)) + content


def crc8(data):
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = (crc << 1 ^ 0x07) & 0xFF if crc & 0x80 else crc << 1
    return crc


def crc16(data):
    crc = 0
    for byte in data:
        crc ^= byte << 8
        for _ in range(8):
            crc = (crc << 1 ^ 0x8005) & 0xFFFF if crc & 0x8000 else crc << 1 & 0xFFFF
    return crc


def flac_frame(number, sample_count, rate_code, rate):
    """A frame of one constant sample, mono, 16 bits."""
    number %= 0xD000
    header = b"\xFF\xF8" + bytes([0x70 | rate_code, 0x08]) + chr(number).encode() + struct.pack(">H", sample_count - 1)
    header += rate
    frame = header + bytes([crc8(header)]) + b"\0" + struct.pack(">h", 1000)
    return frame + struct.pack(">H", crc16(frame))


def flac_header(rate, block):
    info = struct.pack(">HH", block, block) + bytes(6) + ((rate << 44) | (15 << 36)).to_bytes(8, "big") + bytes(16)
    return b"fLaC" + flac_block(0, info, True)


def of_many_rates(count):
    yield flac_header(44100, 192)
    for i in range(count):
        yield flac_frame(i, 192, 13, struct.pack(">H", 30011 + 2 * (i * 7919 % 9000)))


def at_100_hz(count):
    yield flac_header(100, 65535)
    for i in range(count):
        yield flac_frame(i, 65535, 0, b"")


def of_silence(count):
    yield flac_header(8000, 65535)
    for i in range(count):
        yield flac_frame(i, 65535, 4, b"")
