"""The sound in the files: recordings of the tests of decoding."""

import pathlib

GOLDEN = pathlib.Path(__file__).resolve().parents[1] / "golden" / "decode"


def golden(name):
    return (GOLDEN / name).read_bytes()
