#!/usr/bin/env python3
"""Makes small files that ask for much memory or time. Needs Python 3 alone.

    python3 tests/attacks/generate.py FOLDER               every kind in its full size (sparse where it is zeros)
    python3 tests/attacks/generate.py FOLDER KIND [COUNT]  one of them, as FOLDER/KIND.ending, of this size

The sound in them is that of tests/golden/decode. What COUNT counts is in the table KINDS at the end.
"""

import pathlib
import struct
import sys
import zlib

GOLDEN = pathlib.Path(__file__).resolve().parents[1] / "golden" / "decode"


def golden(name):
    return (GOLDEN / name).read_bytes()


# gzip, zeros

def gzip_of_zeros(size):
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    block = bytes(1 << 20)
    for begin in range(0, size, len(block)):
        yield packer.compress(block[:min(len(block), size - begin)])
    yield packer.flush()


def zeros(size):
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


# MP4

def box(kind, *parts):
    content = b"".join(parts)
    return struct.pack(">I4s", 8 + len(content), kind) + content


def find_box(contents, kind):
    start = contents.index(kind) - 4
    return contents[start:start + struct.unpack_from(">I", contents, start)[0]]


def track(number, table):
    tkhd = struct.pack(">IIIII", 7, 0, 0, number, 0) + struct.pack(">I", 1000) + bytes(60)
    mdhd = struct.pack(">IIIIIHH", 0, 0, 0, 16000, 16000, 0x55C4, 0)
    hdlr = struct.pack(">II4s", 0, 0, b"soun") + bytes(13)
    return box(b"trak", box(b"tkhd", tkhd), box(b"mdia", box(b"mdhd", mdhd), box(b"hdlr", hdlr),
                                                box(b"minf", box(b"smhd", bytes(8)), box(b"stbl", table))))


def sample_table(sizes, durations, chunks, chunk_count):
    """sizes: (size, count); durations: (count, duration); chunks: (first, samples)."""
    return b"".join([
        find_box(golden("coded.m4a"), b"stsd"),
        box(b"stts", struct.pack(">IIII", 0, 1, *durations)),
        box(b"stsc", struct.pack(">IIIII", 0, 1, *chunks, 1)),
        box(b"stsz", struct.pack(">III", 0, *sizes)),
        box(b"stco", struct.pack(">II", 0, chunk_count), struct.pack(">I", 40) * chunk_count),
    ])


MVHD = box(b"mvhd", struct.pack(">IIIII", 0, 0, 0, 1000, 1000) + bytes(80))
FTYP = box(b"ftyp", b"M4A \0\0\0\0M4A mp42")


def mp4_of_equal_samples(count):
    table = sample_table((1, count), (count, 1024), (1, count), 1)
    yield FTYP + box(b"mdat", bytes(5000)) + box(b"moov", MVHD, *[track(n, table) for n in range(1, 5)])


def mp4_of_long_chunks(count):
    table = sample_table((1, count), (count, 1), (1, count), 1)
    yield FTYP + box(b"mdat", bytes(5000)) + box(b"moov", MVHD, *[track(n, table) for n in range(1, 5)])


def mp4_of_one_fragment(count):
    table = sample_table((0, 0), (0, 0), (0, 0), 0)
    trex = box(b"mvex", *[box(b"trex", struct.pack(">IIIIII", 0, n, 1, 1024, 1, 0)) for n in range(1, 5)])
    yield FTYP + box(b"moov", MVHD, *[track(n, table) for n in range(1, 5)], trex)
    parts = [box(b"traf", box(b"tfhd", struct.pack(">II", 0x20000, n)), box(b"trun", struct.pack(">II", 0, count)))
             for n in range(1, 5)]
    yield box(b"moof", box(b"mfhd", struct.pack(">II", 0, 1)), *parts) + box(b"mdat", bytes(5000))


def mp4_with_packed_header(size):
    packer = zlib.compressobj(9)
    packed = packer.compress(struct.pack(">I4s", size, b"moov"))
    block = struct.pack(">I4s", 1 << 20, b"free") + bytes((1 << 20) - 8)
    packed += b"".join(packer.compress(block) for _ in range(size >> 20)) + packer.flush()
    cmov = box(b"cmov", box(b"dcom", b"zlib"), box(b"cmvd", struct.pack(">I", size), packed))
    yield FTYP + box(b"mdat", bytes(5000)) + box(b"moov", cmov)


def mp4_of_many_edits(count):
    """Each edit is the whole track, and FFmpeg would list the packets once for each."""
    table = sample_table((1, 4000), (4000, 1024), (1, 4000), 1)
    edits = box(b"edts", box(b"elst", struct.pack(">II", 0, count), struct.pack(">IIHH", 256000, 0, 1, 0) * count))
    tracks = [track(n, table) for n in range(1, 5)]
    tracks = [box(b"trak", one[8:], edits) for one in tracks]
    yield FTYP + box(b"mdat", bytes(5000)) + box(b"moov", MVHD, *tracks)


def mp4_with_custom_tags(count):
    file = golden("coded.m4a")
    moov = find_box(file, b"moov")
    items = [box(b"----", box(b"mean", bytes(4), b"com.apple.iTunes"), box(b"name", bytes(4), b"key%d" % i),
                 box(b"data", struct.pack(">II", 1, 0), b"v")) for i in range(count)]
    hdlr = box(b"hdlr", struct.pack(">II4s", 0, 0, b"mdir") + bytes(13))
    tags = box(b"udta", box(b"meta", bytes(4), hdlr, box(b"ilst", *items)))
    yield file[:file.index(moov)] + box(b"moov", moov[8:], tags)


def mp4_with_fragments(count):
    yield golden("coded.m4a") + box(b"moof") * count


def mp4_with_fragments_inside(count):
    """FFmpeg accepts them in places that are not theirs."""
    yield golden("coded.m4a") + box(b"mvex", box(b"moof") * count)


def mp4_with_index(count):
    """Lists of fragments: sidx (ISO/IEC 14496-12, 8.16.3)."""
    yield golden("coded.m4a")
    for begin in range(0, count, 65535):
        listed = min(65535, count - begin)
        fields = struct.pack(">IIIIIHH", 0, 1, 1000, 0, begin, 0, listed)
        yield box(b"sidx", fields, struct.pack(">III", 100, 100, 0) * listed)


def mp4_with_references(count):
    """Names of other files, in each of 4 tracks."""
    references = box(b"dref", struct.pack(">II", 0, count), struct.pack(">I4sI", 12, b"url ", 1) * count)
    table = sample_table((1, 1), (1, 1024), (1, 1), 1)
    yield FTYP + box(b"mdat", bytes(5000)) + box(b"moov", MVHD, *[track(n, table + references) for n in range(1, 5)])


def mp4_with_keys(count):
    yield golden("coded.m4a") + box(b"pssh", struct.pack(">I", 0), bytes(16), struct.pack(">I", 0)) * count


# ID3

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


# ASF

def asf_attributes(count):
    """Extended content descriptions (ASF specification, 3.11) of at most 65,535 attributes each."""
    guid = bytes.fromhex("40A4D0D207E3D21197F000A0C95EA850")
    objects = []
    for begin in range(0, count, 65535):
        names = [("k%d\0" % i).encode("utf-16le") for i in range(begin, min(begin + 65535, count))]
        attributes = b"".join(struct.pack("<H", len(name)) + name + struct.pack("<HHI", 3, 4, 1) for name in names)
        objects.append(guid + struct.pack("<QH", len(attributes) + 26, len(names)) + attributes)
    wma = golden("coded.wma")
    size, object_count = struct.unpack_from("<QI", wma, 16)
    size += sum(map(len, objects))
    yield wma[:16] + struct.pack("<QI", size, object_count + len(objects)) + wma[28:30] + b"".join(objects) + wma[30:]


# Lists of frames in headers

def ape_frames(count):
    """Monkey's Audio 3.99: the table of frames is said to be there."""
    yield struct.pack("<4sHHIIIIIII16s", b"MAC ", 3990, 0, 52, 24, 4 * count, 0, 1000, 0, 0, bytes(16))
    yield struct.pack("<HHIIIHHI", 2000, 0, 73728, 1000, count, 16, 2, 44100) + bytes(2000)


def tta_frames(count):
    frame_samples = 256 * 44100 // 245
    yield struct.pack("<4sHHHIII", b"TTA1", 1, 2, 16, 44100, min(count * frame_samples, 0x7FFFFFFF), 0) + bytes(2000)


# Vorbis comments

def comments(count):
    lines = (b"KEY%d=v" % i for i in range(count))
    listed = b"".join(struct.pack("<I", len(line)) + line for line in lines)
    return struct.pack("<I", 0) + struct.pack("<I", count) + listed


def flac_block(kind, content, is_last=False):
    return struct.pack(">I", (kind | 0x80 * is_last) << 24 | len(content)) + content


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


# Matroska

def element(kind, content):
    return bytes.fromhex(kind) + (1 << 56 | len(content)).to_bytes(8, "big") + content


def vint(contents, at, keep_marker):
    length = 9 - contents[at].bit_length()
    value = int.from_bytes(contents[at:at + length], "big")
    return (value if keep_marker else value & (1 << 7 * length) - 1), at + length


def matroska_with(extra):
    def make(count):
        file = golden("coded.mka")
        at = file.index(bytes.fromhex("18538067"))
        yield file[:at] + bytes.fromhex("1853806701FFFFFFFFFFFFFF")
        _, at = vint(file, at + 4, False)
        inserted = extra(count)
        while at < len(file):
            start = at
            kind, at = vint(file, at, True)
            size, at = vint(file, at, False)
            at += size
            if kind == 0x1F43B675 and inserted:
                yield inserted
                inserted = b""
            if kind in (0x1549A966, 0x1654AE6B, 0x1F43B675):
                yield file[start:at]
    return make


def matroska_chapters(count):
    atoms = [element("B6", element("73C4", struct.pack(">I", count - i)) + element("91", b"\1")) for i in range(count)]
    return element("1043A770", element("45B9", b"".join(atoms)))


def matroska_tags(count):
    tags = [element("67C8", element("45A3", b"key%d" % i) + element("4487", b"v")) for i in range(count)]
    return element("1254C367", element("7373", element("63C0", b"") + b"".join(tags)))


def small_elements(kind, count):
    """`count` elements of this kind without content."""
    return (bytes.fromhex(kind) + b"\x80") * count


def matroska_encodings(count):
    """In each of 4 tracks. FFmpeg keeps a list of them."""
    return element("1654AE6B", element("AE", element("6D80", small_elements("6240", count))) * 4)


def matroska_tracks(count):
    return element("1654AE6B", small_elements("AE", count))


def matroska_mappings(count):
    return element("1654AE6B", element("AE", small_elements("41E4", count)))


def matroska_tracks_without_size(count):
    return b"\0" + bytes.fromhex("1654AE6B01FFFFFFFFFFFFFF") + small_elements("AE", count)


def matroska_tags_without_size(count):
    return bytes.fromhex("1254C36701FFFFFFFFFFFFFF") + matroska_tags(count)[12:]


# FLAC frames

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


def flac_of_many_rates(count):
    yield flac_header(44100, 192)
    for i in range(count):
        yield flac_frame(i, 192, 13, struct.pack(">H", 30011 + 2 * (i * 7919 % 9000)))


def flac_at_100_hz(count):
    yield flac_header(100, 65535)
    for i in range(count):
        yield flac_frame(i, 65535, 0, b"")


def flac_of_silence(count):
    yield flac_header(8000, 65535)
    for i in range(count):
        yield flac_frame(i, 65535, 4, b"")


# Modules

def slow_module(count):
    """A MOD whose rows last 40 s: 31 ticks of 2.5/32 s, 16 times over."""
    sample = struct.pack(">22sHBBHH", b"", 16, 0, 64, 0, 16)
    empty = struct.pack(">22sHBBHH", b"", 0, 0, 64, 0, 1)
    row = bytes([0x01, 0xAC, 0x1F, 0x1F]) + bytes([0, 0, 0x0F, 0x20]) + bytes([0, 0, 0x0E, 0xEF]) + bytes(4)
    yield bytes(20) + sample + 30 * empty + bytes([count, 127]) + bytes(128) + b"M.K." + 64 * row
    yield bytes([0, 64] * 16)


# kind: ending, what makes it, COUNT in full size, what is counted
KINDS = {
    "gzip": ("vgz", gzip_of_zeros, 3 << 30, "bytes when unpacked"),
    "gzip_mp3": ("mp3", gzip_of_zeros, 3 << 30, "bytes when unpacked"),
    "zeros": ("mp3", zeros, 1 << 30, "bytes"),
    "zeros_aac": ("aac", zeros, 1 << 30, "bytes"),
    "zeros_wav": ("wav", zeros, 1 << 30, "bytes"),
    "zeros_at_end": ("mp3", music_then_zeros, 300 << 20, "bytes of zeros"),
    "zeros_within": ("mp3", music_zeros_music, 300 << 20, "bytes of zeros"),
    "zeros_at_end_aac": ("aac", adts_then_zeros, 300 << 20, "bytes of zeros"),
    "mp4_equal_samples": ("m4a", mp4_of_equal_samples, 40_000_000, "samples in each of 4 tracks"),
    "mp4_long_chunks": ("m4a", mp4_of_long_chunks, 0x7FFFFFFF, "samples in each of 4 tracks"),
    "mp4_fragment": ("m4a", mp4_of_one_fragment, 40_000_000, "samples in each of 4 tracks"),
    "mp4_edits": ("m4a", mp4_of_many_edits, 5000, "edits of 4,000 samples in each of 4 tracks"),
    "mp4_packed_header": ("m4a", mp4_with_packed_header, 1600 << 20, "bytes when unpacked"),
    "mp4_tags": ("m4a", mp4_with_custom_tags, 200_000, "tags"),
    "mp4_fragments": ("m4a", mp4_with_fragments, 3_000_000, "fragments without content"),
    "mp4_fragments_inside": ("m4a", mp4_with_fragments_inside, 3_000_000, "fragments without content"),
    "mp4_index": ("m4a", mp4_with_index, 2_600_000, "fragments that are listed"),
    "mp4_references": ("m4a", mp4_with_references, 900_000, "references in each of 4 tracks"),
    "mp4_keys": ("m4a", mp4_with_keys, 200_000, "boxes of keys"),
    "id3_packed": ("mp3", mp3_with(packed_frame), 280 << 20, "bytes when unpacked"),
    "id3_packed_riff": ("wav", riff_with(packed_frame), 280 << 20, "bytes when unpacked"),
    "id3_packed_aiff": ("aiff", aiff_with(packed_frame), 280 << 20, "bytes when unpacked"),
    "id3_texts": ("mp3", mp3_with(text_frames), 100_000, "frames"),
    "id3_texts_riff": ("wav", riff_with(text_frames), 100_000, "frames"),
    "id3_within_aac": ("aac", adts_id3_adts, 280 << 20, "bytes when unpacked"),
    "riff_texts": ("wav", riff_texts, 200_000, "texts"),
    "asf_attributes": ("wma", asf_attributes, 200_000, "attributes"),
    "ape_frames": ("ape", ape_frames, 20_000_000, "frames"),
    "tta_frames": ("tta", tta_frames, 20_000_000, "frames"),
    "id3_chapters": ("mp3", mp3_with(chapter_frames), 300_000, "frames"),
    "ape_items": ("mp3", ape_items, 65_536, "items"),
    "comments_flac": ("flac", flac_with_comments, 200_000, "comments"),
    "comments_ogg": ("ogg", ogg_with_comments, 200_000, "comments"),
    "matroska_chapters": ("mka", matroska_with(matroska_chapters), 300_000, "chapters"),
    "matroska_tags": ("mka", matroska_with(matroska_tags), 200_000, "tags"),
    "matroska_encodings": ("mka", matroska_with(matroska_encodings), 1_200_000, "encodings in each of 4 tracks"),
    "matroska_tracks": ("mka", matroska_with(matroska_tracks), 2_000_000, "tracks without content"),
    "matroska_mappings": ("mka", matroska_with(matroska_mappings), 2_000_000, "elements in one track"),
    "matroska_tracks_without_size": ("mka", matroska_with(matroska_tracks_without_size), 2_000_000, "tracks, behind junk"),
    "matroska_tags_without_size": ("mka", matroska_with(matroska_tags_without_size), 200_000, "tags"),
    "flac_rates": ("flac", flac_of_many_rates, 1000, "frames"),
    "flac_100_hz": ("flac", flac_at_100_hz, 100, "frames of 655 s"),
    "flac_silence": ("flac", flac_of_silence, 1000, "frames of 8 s"),
    "slow_module": ("mod", slow_module, 127, "patterns of 43 min"),
}


def write(folder, kind, count=None):
    ending, make, full_count, _ = KINDS[kind]
    with open(folder / f"{kind}.{ending}", "wb") as file:
        for part in make(count or full_count):
            if isinstance(part, int):
                file.truncate(file.tell() + part)
                file.seek(part, 1)
            else:
                file.write(part)


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    if len(sys.argv) > 2:
        return write(folder, sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else None)
    for kind in KINDS:
        write(folder, kind)


if __name__ == "__main__":
    main()
