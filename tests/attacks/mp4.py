"""MP4: tables and lists that stand for more than they hold."""

import struct
import zlib

from recordings import golden


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


def of_equal_samples(count):
    table = sample_table((1, count), (count, 1024), (1, count), 1)
    yield FTYP + box(b"mdat", bytes(5000)) + box(b"moov", MVHD, *[track(n, table) for n in range(1, 5)])


def of_long_chunks(count):
    table = sample_table((1, count), (count, 1), (1, count), 1)
    yield FTYP + box(b"mdat", bytes(5000)) + box(b"moov", MVHD, *[track(n, table) for n in range(1, 5)])


def of_one_fragment(count):
    table = sample_table((0, 0), (0, 0), (0, 0), 0)
    trex = box(b"mvex", *[box(b"trex", struct.pack(">IIIIII", 0, n, 1, 1024, 1, 0)) for n in range(1, 5)])
    yield FTYP + box(b"moov", MVHD, *[track(n, table) for n in range(1, 5)], trex)
    parts = [box(b"traf", box(b"tfhd", struct.pack(">II", 0x20000, n)), box(b"trun", struct.pack(">II", 0, count)))
             for n in range(1, 5)]
    yield box(b"moof", box(b"mfhd", struct.pack(">II", 0, 1)), *parts) + box(b"mdat", bytes(5000))


def with_packed_header(size):
    packer = zlib.compressobj(9)
    packed = packer.compress(struct.pack(">I4s", size, b"moov"))
    block = struct.pack(">I4s", 1 << 20, b"free") + bytes((1 << 20) - 8)
    packed += b"".join(packer.compress(block) for _ in range(size >> 20)) + packer.flush()
    cmov = box(b"cmov", box(b"dcom", b"zlib"), box(b"cmvd", struct.pack(">I", size), packed))
    yield FTYP + box(b"mdat", bytes(5000)) + box(b"moov", cmov)


def of_many_edits(count):
    """Each edit is the whole track, and FFmpeg would list the packets once for each."""
    table = sample_table((1, 4000), (4000, 1024), (1, 4000), 1)
    edits = box(b"edts", box(b"elst", struct.pack(">II", 0, count), struct.pack(">IIHH", 256000, 0, 1, 0) * count))
    tracks = [track(n, table) for n in range(1, 5)]
    tracks = [box(b"trak", one[8:], edits) for one in tracks]
    yield FTYP + box(b"mdat", bytes(5000)) + box(b"moov", MVHD, *tracks)


def with_custom_tags(count):
    file = golden("coded.m4a")
    moov = find_box(file, b"moov")
    items = [box(b"----", box(b"mean", bytes(4), b"com.apple.iTunes"), box(b"name", bytes(4), b"key%d" % i),
                 box(b"data", struct.pack(">II", 1, 0), b"v")) for i in range(count)]
    hdlr = box(b"hdlr", struct.pack(">II4s", 0, 0, b"mdir") + bytes(13))
    tags = box(b"udta", box(b"meta", bytes(4), hdlr, box(b"ilst", *items)))
    yield file[:file.index(moov)] + box(b"moov", moov[8:], tags)


def with_fragments(count):
    yield golden("coded.m4a") + box(b"moof") * count


def with_fragments_inside(count):
    """FFmpeg accepts them in places that are not theirs."""
    yield golden("coded.m4a") + box(b"mvex", box(b"moof") * count)


def with_index(count):
    """Lists of fragments: sidx (ISO/IEC 14496-12, 8.16.3)."""
    yield golden("coded.m4a")
    for begin in range(0, count, 65535):
        listed = min(65535, count - begin)
        fields = struct.pack(">IIIIIHH", 0, 1, 1000, 0, begin, 0, listed)
        yield box(b"sidx", fields, struct.pack(">III", 100, 100, 0) * listed)


def with_references(count):
    """Names of other files, in each of 4 tracks."""
    references = box(b"dref", struct.pack(">II", 0, count), struct.pack(">I4sI", 12, b"url ", 1) * count)
    table = sample_table((1, 1), (1, 1024), (1, 1), 1)
    yield FTYP + box(b"mdat", bytes(5000)) + box(b"moov", MVHD, *[track(n, table + references) for n in range(1, 5)])


def with_keys(count):
    yield golden("coded.m4a") + box(b"pssh", struct.pack(">I", 0), bytes(16), struct.pack(">I", 0)) * count
