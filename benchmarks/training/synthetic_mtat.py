"""A corpus like MagnaTagATune for when its audio is not available: clips, paths and tags of the published lists, and in
every clip 29.1 s of music as MP3 (16 kHz, mono, 32 kbit/s, as MagnaTagATune's).

Some clips of another data set are encoded, without bit reservoir, so that each MP3 frame can be decoded alone; each clip of the corpus
is made of pieces of 1 s from random places of these. So all clips differ and take as long to decode as music, and none is a copy
of another; but nothing can be learned from them.

annotations_final.csv is written in MagnaTagATune's form from lists of path and tags. Of its 188 tags the lists have the 50 that
are used; the other columns are 0.

Usage: python3 benchmarks/training/synthetic_mtat.py --data DIR --lists FILE... --out DIR [--clips N] [--sources 400] [--jobs N]
Needs ffmpeg. A later call continues where the last one ended.
"""

import argparse
import concurrent.futures
import csv
import os
import pathlib
import random
import subprocess

FRAME_BYTES = 144  # 36 ms of MPEG-2 layer III at 16 kHz and 32 kbit/s
CLIP_FRAMES = 809
PIECE_FRAMES = 28
TAG_COUNT = 188
BROKEN_IDS = {35644, 55753, 57881}  # of the published clips; the importer leaves them out


def read_lists(lists):
    rows = []
    for path in sorted(lists):
        with path.open(encoding="utf-8") as lines:
            rows += [(row["path"], [tag for tag in row["tags"].split(",") if tag])
                     for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)]
    return sorted(rows)


def every_nth(items, count):
    """So many of them, evenly, so that splits and folders keep their shares."""
    return [items[i * len(items) // count] for i in range(count)]


def encode(path):
    """The MP3 frames of a clip."""
    stream = subprocess.run(["ffmpeg", "-v", "error", "-threads", "1", "-i", path, "-ac", "1", "-ar", "16000",
                             "-c:a", "libmp3lame", "-b:a", "32k", "-reservoir", "0", "-write_xing", "0",
                             "-id3v2_version", "0", "-f", "mp3", "-"], check=True, capture_output=True).stdout
    frames = [stream[i : i + FRAME_BYTES] for i in range(0, len(stream), FRAME_BYTES)]
    if any(len(frame) != FRAME_BYTES or not frame.startswith(b"\xff\xf3\x48") for frame in frames):
        raise SystemExit(f"{path}: expected MP3 frames of {FRAME_BYTES} bytes from ffmpeg")
    return frames[1:-1]


def encode_sources(data, count, jobs):
    with (data / "manifest.tsv").open(encoding="utf-8") as lines:
        paths = [data / row["path"] for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)]
    with concurrent.futures.ThreadPoolExecutor(jobs) as workers:
        sources = list(workers.map(encode, every_nth(paths, min(count, len(paths)))))
    return [frames for frames in sources if len(frames) >= PIECE_FRAMES]


def spliced_clip(sources, seed):
    random_numbers = random.Random(seed)
    frames = []
    while len(frames) < CLIP_FRAMES:
        source = random_numbers.choice(sources)
        first = random_numbers.randrange(len(source) - PIECE_FRAMES + 1)
        frames += source[first : first + PIECE_FRAMES]
    return b"".join(frames[:CLIP_FRAMES])


def write_audio(rows, sources, folder):
    for path, _ in rows:
        target = folder / path
        if target.exists() and target.stat().st_size == CLIP_FRAMES * FRAME_BYTES:
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(spliced_clip(sources, path))


def write_annotations(rows, path):
    used = sorted({tag for _, tags in rows for tag in tags})
    columns = used + [f"rare tag {number + 1}" for number in range(TAG_COUNT - len(used))]
    ids = (number for number in range(1, len(rows) + len(BROKEN_IDS) + 1) if number not in BROKEN_IDS)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t", quoting=csv.QUOTE_ALL, lineterminator="\n")
        writer.writerow(["clip_id", *columns, "mp3_path"])
        for clip_id, (clip, tags) in zip(ids, rows):
            writer.writerow([clip_id, *("1" if tag in tags else "0" for tag in columns), clip])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, required=True, help="data set whose audio is encoded")
    parser.add_argument("--lists", type=pathlib.Path, nargs="+", required=True, help="path<TAB>tags of MagnaTagATune")
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--clips", type=int, help="use N clips, spread evenly over the lists (default: all)")
    parser.add_argument("--sources", type=int, default=400, help="how many clips of --data are encoded")
    parser.add_argument("--jobs", type=int, default=len(os.sched_getaffinity(0)))
    options = parser.parse_args()
    rows = read_lists(options.lists)
    if options.clips is not None and not 0 < options.clips <= len(rows):
        parser.error(f"--clips: expected 1 to {len(rows)}, as many as the lists have")
    options.out.mkdir(parents=True, exist_ok=True)
    kept = every_nth(rows, options.clips or len(rows))
    write_annotations(kept, options.out / "annotations_final.csv")
    write_audio(kept, encode_sources(options.data, options.sources, options.jobs), options.out / "audio")
    print(f"{len(kept)} of {len(rows)} clips")


if __name__ == "__main__":
    main()
