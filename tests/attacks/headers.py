"""Headers with long lists: attributes of ASF, frames of Monkey's Audio and TTA."""

import struct

from recordings import golden


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


def ape_frames(count):
    """Monkey's Audio 3.99: the header declares a table of frames."""
    yield struct.pack("<4sHHIIIIIII16s", b"MAC ", 3990, 0, 52, 24, 4 * count, 0, 1000, 0, 0, bytes(16))
    yield struct.pack("<HHIIIHHI", 2000, 0, 73728, 1000, count, 16, 2, 44100) + bytes(2000)


def tta_frames(count):
    frame_samples = 256 * 44100 // 245
    yield struct.pack("<4sHHHIII", b"TTA1", 1, 2, 16, 44100, min(count * frame_samples, 0x7FFFFFFF), 0) + bytes(2000)
