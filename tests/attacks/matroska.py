"""Matroska: many elements, with and without sizes."""

import struct

from recordings import golden


def element(kind, content):
    return bytes.fromhex(kind) + (1 << 56 | len(content)).to_bytes(8, "big") + content


def vint(contents, at, keep_marker):
    length = 9 - contents[at].bit_length()
    value = int.from_bytes(contents[at:at + length], "big")
    return (value if keep_marker else value & (1 << 7 * length) - 1), at + length


def file_with(extra):
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


def chapters(count):
    atoms = [element("B6", element("73C4", struct.pack(">I", count - i)) + element("91", b"\1")) for i in range(count)]
    return element("1043A770", element("45B9", b"".join(atoms)))


def tags(count):
    simple_tags = [element("67C8", element("45A3", b"key%d" % i) + element("4487", b"v")) for i in range(count)]
    return element("1254C367", element("7373", element("63C0", b"") + b"".join(simple_tags)))


def small_elements(kind, count):
    """`count` elements of this kind without content."""
    return (bytes.fromhex(kind) + b"\x80") * count


def encodings(count):
    """In each of 4 tracks. FFmpeg keeps a list of them."""
    return element("1654AE6B", element("AE", element("6D80", small_elements("6240", count))) * 4)


def tracks(count):
    return element("1654AE6B", small_elements("AE", count))


def mappings(count):
    return element("1654AE6B", element("AE", small_elements("41E4", count)))


def tracks_without_size(count):
    return b"\0" + bytes.fromhex("1654AE6B01FFFFFFFFFFFFFF") + small_elements("AE", count)


def tags_without_size(count):
    return bytes.fromhex("1254C36701FFFFFFFFFFFFFF") + tags(count)[12:]
