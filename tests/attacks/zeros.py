"""Zeros, packed and as they are."""

import zlib

from recordings import golden


def gzip_of_zeros(size):
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    block = bytes(1 << 20)
    for begin in range(0, size, len(block)):
        yield packer.compress(block[:min(len(block), size - begin)])
    yield packer.flush()


def alone(size):
    yield size  # a hole in the file


def music_then_zeros(size):
    yield golden("coded.mp3")
    yield size


def music_zeros_music(size):
    yield golden("coded_no_length.mp3")
    yield size
    yield golden("coded_no_length.mp3")


def adts_then_zeros(size):
    yield golden("coded.aac")
    yield size
