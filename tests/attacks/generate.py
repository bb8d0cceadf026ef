#!/usr/bin/env python3
"""Makes small files that ask for much memory or time. Needs Python 3 alone.

    python3 tests/attacks/generate.py FOLDER               every kind in its full size (sparse where it is zeros)
    python3 tests/attacks/generate.py FOLDER KIND [COUNT]  one of them, as FOLDER/KIND.ending, of this size

The sound in them is that of tests/golden/decode. What COUNT counts is in the table KINDS at the end.
"""

import pathlib
import sys

import flac
import headers
import id3
import matroska
import module
import mp4
import vorbis
import zeros

# kind: ending, what makes it, COUNT in full size, what is counted
KINDS = {
    "gzip": ("vgz", zeros.gzip_of_zeros, 3 << 30, "bytes when unpacked"),
    "gzip_mp3": ("mp3", zeros.gzip_of_zeros, 3 << 30, "bytes when unpacked"),
    "zeros": ("mp3", zeros.alone, 1 << 30, "bytes"),
    "zeros_aac": ("aac", zeros.alone, 1 << 30, "bytes"),
    "zeros_wav": ("wav", zeros.alone, 1 << 30, "bytes"),
    "zeros_at_end": ("mp3", zeros.music_then_zeros, 300 << 20, "bytes of zeros"),
    "zeros_within": ("mp3", zeros.music_zeros_music, 300 << 20, "bytes of zeros"),
    "zeros_at_end_aac": ("aac", zeros.adts_then_zeros, 300 << 20, "bytes of zeros"),
    "mp4_equal_samples": ("m4a", mp4.of_equal_samples, 40_000_000, "samples in each of 4 tracks"),
    "mp4_long_chunks": ("m4a", mp4.of_long_chunks, 0x7FFFFFFF, "samples in each of 4 tracks"),
    "mp4_fragment": ("m4a", mp4.of_one_fragment, 40_000_000, "samples in each of 4 tracks"),
    "mp4_edits": ("m4a", mp4.of_many_edits, 5000, "edits of 4,000 samples in each of 4 tracks"),
    "mp4_packed_header": ("m4a", mp4.with_packed_header, 1600 << 20, "bytes when unpacked"),
    "mp4_tags": ("m4a", mp4.with_custom_tags, 200_000, "tags"),
    "mp4_fragments": ("m4a", mp4.with_fragments, 3_000_000, "fragments without content"),
    "mp4_fragments_inside": ("m4a", mp4.with_fragments_inside, 3_000_000, "fragments without content"),
    "mp4_index": ("m4a", mp4.with_index, 2_600_000, "fragments that are listed"),
    "mp4_references": ("m4a", mp4.with_references, 900_000, "references in each of 4 tracks"),
    "mp4_keys": ("m4a", mp4.with_keys, 200_000, "boxes of keys"),
    "id3_packed": ("mp3", id3.mp3_with(id3.packed_frame), 280 << 20, "bytes when unpacked"),
    "id3_packed_riff": ("wav", id3.riff_with(id3.packed_frame), 280 << 20, "bytes when unpacked"),
    "id3_packed_aiff": ("aiff", id3.aiff_with(id3.packed_frame), 280 << 20, "bytes when unpacked"),
    "id3_texts": ("mp3", id3.mp3_with(id3.text_frames), 100_000, "frames"),
    "id3_texts_riff": ("wav", id3.riff_with(id3.text_frames), 100_000, "frames"),
    "id3_within_aac": ("aac", id3.adts_id3_adts, 280 << 20, "bytes when unpacked"),
    "riff_texts": ("wav", id3.riff_texts, 200_000, "texts"),
    "asf_attributes": ("wma", headers.asf_attributes, 200_000, "attributes"),
    "ape_frames": ("ape", headers.ape_frames, 20_000_000, "frames"),
    "tta_frames": ("tta", headers.tta_frames, 20_000_000, "frames"),
    "id3_chapters": ("mp3", id3.mp3_with(id3.chapter_frames), 300_000, "frames"),
    "ape_items": ("mp3", id3.ape_items, 65_536, "items"),
    "comments_flac": ("flac", vorbis.flac_with_comments, 200_000, "comments"),
    "comments_ogg": ("ogg", vorbis.ogg_with_comments, 200_000, "comments"),
    "matroska_chapters": ("mka", matroska.file_with(matroska.chapters), 300_000, "chapters"),
    "matroska_tags": ("mka", matroska.file_with(matroska.tags), 200_000, "tags"),
    "matroska_encodings": ("mka", matroska.file_with(matroska.encodings), 1_200_000, "encodings in each of 4 tracks"),
    "matroska_tracks": ("mka", matroska.file_with(matroska.tracks), 2_000_000, "tracks without content"),
    "matroska_mappings": ("mka", matroska.file_with(matroska.mappings), 2_000_000, "elements in one track"),
    "matroska_tracks_without_size": ("mka", matroska.file_with(matroska.tracks_without_size), 2_000_000, "tracks, behind junk"),
    "matroska_tags_without_size": ("mka", matroska.file_with(matroska.tags_without_size), 200_000, "tags"),
    "flac_rates": ("flac", flac.of_many_rates, 1000, "frames"),
    "flac_100_hz": ("flac", flac.at_100_hz, 100, "frames of 655 s"),
    "flac_silence": ("flac", flac.of_silence, 1000, "frames of 8 s"),
    "slow_module": ("mod", module.slow_module, 127, "patterns of 43 min"),
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
