#!/usr/bin/env python3
"""The checksum of an Earmark model file in plain Python, which uses only what docs/model-format.md states.

Usage: python3 docs/model_checksum.py MODEL...     exit status 1 if a file is damaged or has no checksum
"""

import json
import sys

PRIMES = (11400714785074694791, 14029467366897019727, 1609587929392839161, 9650029242287828579, 2870177450012600261)
MASK = 2**64 - 1


def rotate(value, count):
    return (value << count | value >> (64 - count)) & MASK


def mix(accumulator, lane):
    return rotate((accumulator + lane * PRIMES[1]) & MASK, 31) * PRIMES[0] & MASK


def xxh64(data):
    """XXH64 with seed 0: https://github.com/Cyan4973/xxHash/blob/v0.8.1/doc/xxhash_spec.md"""
    p1, p2, p3, p4, p5 = PRIMES
    whole, value = len(data) // 32 * 32, p5
    if whole:
        a, b, c, d = (p1 + p2) & MASK, p2, 0, -p1 & MASK
        lanes = memoryview(data)[:whole].cast("Q")
        for i in range(0, len(lanes), 4):
            a, b, c, d = mix(a, lanes[i]), mix(b, lanes[i + 1]), mix(c, lanes[i + 2]), mix(d, lanes[i + 3])
        value = (rotate(a, 1) + rotate(b, 7) + rotate(c, 12) + rotate(d, 18)) & MASK
        for accumulator in (a, b, c, d):
            value = ((value ^ mix(0, accumulator)) * p1 + p4) & MASK
    value = (value + len(data)) & MASK
    while len(data) - whole >= 8:
        value = (rotate(value ^ mix(0, int.from_bytes(data[whole:whole + 8], "little")), 27) * p1 + p4) & MASK
        whole += 8
    if len(data) - whole >= 4:
        value = (rotate(value ^ int.from_bytes(data[whole:whole + 4], "little") * p1 & MASK, 23) * p2 + p3) & MASK
        whole += 4
    for byte in data[whole:]:
        value = rotate(value ^ byte * p5 & MASK, 11) * p1 & MASK
    for shift, prime in ((33, p2), (29, p3), (32, 1)):
        value = (value ^ value >> shift) * prime & MASK
    return value


def with_digits(raw, old, new):
    return raw.replace(b'"' + old.encode() + b'"', b'"' + new.encode() + b'"', 1)


def checksums(raw):
    """What the file states, or None, and what its bytes give."""
    header = json.loads(raw[8:8 + int.from_bytes(raw[:8], "little")])
    stated = header["__metadata__"].get("checksum")
    return stated, f"{xxh64(with_digits(raw, stated or '', 16 * '0')):016x}"


if __name__ == "__main__":
    status = 0
    for path in sys.argv[1:]:
        with open(path, "rb") as file:
            stated, computed = checksums(file.read())
        verdict = "right" if stated == computed else f"damaged: its bytes give {computed}" if stated else "missing"
        print(f"{path}: checksum {stated or ''} {verdict}")
        status |= stated != computed
    sys.exit(status)
