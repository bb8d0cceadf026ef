"""Many Vorbis comments, in FLAC and Ogg."""

import struct

from flac import flac_block
from recordings import golden


def comments(count):
    lines = (b"KEY%d=v" % i for i in range(count))
    listed = b"".join(struct.pack("<I", len(line)) + line for line in lines)
    return struct.pack("<I", 0) + struct.pack("<I", count) + listed


def flac_with_comments(count):
    flac = golden("coded.flac")
    first, rest = flac[:4 + 4 + 34], flac[4 + 4 + 34:]
    yield first[:4] + b"\0" + first[5:] + flac_block(4, comments(count)) + rest


def crc_table():
    for index in range(256):
        value = index << 24
        for _ in range(8):
            value = (value << 1 ^ 0x04C11DB7) if value & 0x80000000 else value << 1
        yield value & 0xFFFFFFFF


CRC = list(crc_table())


def ogg_page(flags, position, serial, number, lacing, content):
    page = b"OggS\0" + struct.pack("<BqIIIB", flags, position, serial, number, 0, len(lacing)) + bytes(lacing) + content
    crc = 0
    for byte in page:
        crc = (crc << 8 & 0xFFFFFFFF) ^ CRC[crc >> 24 ^ byte]
    return page[:22] + struct.pack("<I", crc) + page[26:]


def ogg_pages(contents):
    at = 0
    while at < len(contents):
        flags, position, serial, number, _, lacing_count = struct.unpack_from("<BqIIIB", contents, at + 5)
        lacing = list(contents[at + 27:at + 27 + lacing_count])
        start = at + 27 + lacing_count
        at = start + sum(lacing)
        yield flags, position, serial, number, lacing, contents[start:at]


def lacing_of(packet):
    return [255] * (len(packet) // 255) + [len(packet) % 255]


def ogg_with_comments(count):
    pages = list(ogg_pages(golden("coded.ogg")))
    headers = [page for page in pages if page[1] <= 0]
    body = b"".join(page[5] for page in headers[1:])
    setup = body[body.index(b"\5vorbis"):]
    comment = b"\3vorbis" + comments(count) + b"\1"
    lacing, content = lacing_of(comment) + lacing_of(setup), comment + setup
    serial, number = pages[0][2], 0
    yield ogg_page(2, 0, serial, 0, *headers[0][4:])
    while lacing:
        part, lacing = lacing[:255], lacing[255:]
        number += 1
        yield ogg_page(number > 1, 0 if not lacing else -1, serial, number, part, content[:sum(part)])
        content = content[sum(part):]
    for page in pages[len(headers):]:
        number += 1
        yield ogg_page(page[0], page[1], serial, number, *page[4:])
