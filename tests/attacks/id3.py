"""ID3v2 in several containers, APEv2, and texts in a LIST of a WAV."""

import struct
import zlib

from recordings import golden


def syncsafe(number):
    return bytes((number >> shift) & 0x7F for shift in (21, 14, 7, 0))


def id3(frames):
    return b"ID3\4\0\0" + syncsafe(len(frames)) + frames


def id3_frame(kind, content, flags=0):
    return kind + syncsafe(len(content)) + struct.pack(">H", flags) + content


def packed_frame(size):
    packer = zlib.compressobj(9)
    packed = packer.compress(b"\0")
    for begin in range(1, size, 1 << 20):
        packed += packer.compress(b"a" * min(1 << 20, size - begin))
    return id3(id3_frame(b"TIT2", struct.pack(">I", size) + packed + packer.flush(), 0x0009))


def text_frames(count):
    return id3(b"".join(id3_frame(b"TXXX", b"\0key%d\0value" % i) for i in range(count)))


def chapter_frames(count):
    times = struct.pack(">IIII", 0, 1, 0xFFFFFFFF, 0xFFFFFFFF)
    return id3(b"".join(id3_frame(b"CHAP", b"%d\0" % i + times + id3_frame(b"TIT2", b"\0t")) for i in range(count)))


def mp3_with(tag):
    return lambda count: iter([tag(count), golden("coded.mp3")])


def riff_with(tag):
    def make(count):
        content = tag(count)
        content += bytes(len(content) % 2)
        wav = golden("coded_s16.wav")
        body = wav[8:12] + struct.pack("<4sI", b"id3 ", len(content)) + content + wav[12:]
        yield b"RIFF" + struct.pack("<I", len(body)) + body
    return make


def riff_texts(count):
    """LIST chunks of INFO, each with texts of names of their own."""
    texts = b"".join(struct.pack("<4sI", b"%04x" % (i % 65536), 2) + b"v\0" for i in range(count))
    wav = golden("coded_s16.wav")
    body = wav[8:12] + struct.pack("<4sI", b"LIST", len(texts) + 4) + b"INFO" + texts + wav[12:]
    yield b"RIFF" + struct.pack("<I", len(body)) + body


def adts_id3_adts(size):
    yield golden("coded.aac")
    yield packed_frame(size)
    yield golden("coded.aac")


def aiff_with(tag):
    def make(count):
        content = tag(count)
        content += bytes(len(content) % 2)
        aiff = golden("coded.aiff")
        body = aiff[8:12] + struct.pack(">4sI", b"ID3 ", len(content)) + content + aiff[12:]
        yield b"FORM" + struct.pack(">I", len(body)) + body
    return make


def ape_items(count):
    items = b"".join(struct.pack("<II", 1, 0) + b"key%d\0v" % i for i in range(count))
    for flags in (0xA0000000, 0x80000000):  # header, footer
        ends = b"APETAGEX" + struct.pack("<IIII", 2000, len(items) + 32, count, flags) + bytes(8)
        items = ends + items if flags == 0xA0000000 else items + ends
    yield golden("coded_no_length.mp3") + items
