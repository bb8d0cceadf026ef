"""Packs audio and what teachers predicted for it into files small enough to send to a machine with a GPU.

Clips are Opus; what is not (free-music) is encoded at 20 kbit/s, mono. Packs of audio are pack-NN.tar, evaluation clips first, then the
others in random order, so that the first packs are a fair part. labels.npz has the clips (set, path, split, artist, tags) and for each
teacher its windows of all clips, 8 bits a number (value = offset + step * code; logits for probabilities).

Usage: python pack.py --free DIR --data DIR... --evaluation DIR... --encoded DIR --out DIR [--labels DIR --tags FILE] [--megabytes 44]
           [--encoded-only]
"""

import argparse
import csv
import json
import pathlib
import random
import subprocess
import tarfile

import numpy as np


def rows_of(folder):
    with open(folder / "manifest.tsv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def clips_of(folder):
    return [{"key": f"{folder.name}-{number:05d}", "set": folder.name, "path": row["path"], "split": row["split"],
             "artist": row.get("artist") or "", "tags": row["tags"], "group": row.get("package") or "", "file": folder / row["path"]}
            for number, row in enumerate(rows_of(folder), 1)]


def encode(source, target):
    if target.exists():
        return
    part = target.with_suffix(".part")
    subprocess.run(["ffmpeg", "-v", "error", "-y", "-nostdin", "-threads", "1", "-i", str(source), "-map", "0:a:0", "-ac", "1",
                    "-c:a", "libopus", "-b:a", "20k", "-compression_level", "5", "-f", "ogg", str(part)], check=True)
    part.rename(target)


def write_packs(clips, out, megabytes):
    pack, size, number = None, 0, 0
    for clip in clips:
        length = clip["file"].stat().st_size + 1024
        if pack is None or size + length > megabytes * 1e6:
            if pack:
                pack.close()
            pack, size, number = tarfile.open(out / f"pack-{number:02d}.tar", "w"), 0, number + 1
        pack.add(clip["file"], f"{clip['key']}.opus")
        size += length
    pack.close()
    print(f"{number} packs of audio")


def logits(probabilities):
    p = np.clip(probabilities.astype(np.float32), 1e-4, 1 - 1e-4)
    return np.log(p / (1 - p))


def eight_bits(values):
    lowest, highest = np.percentile(values[::max(1, len(values) // 20000)], [0.05, 99.95], axis=0)
    step = np.maximum(highest - lowest, 1e-6) / 255
    return np.clip(np.rint((values - lowest) / step), 0, 255).astype(np.uint8), lowest.astype(np.float32), step.astype(np.float32)


def music_classes(names):
    """Singing and what AudioSet has below Music."""
    return [i for i, name in enumerate(names) if names.index("Singing") <= i <= names.index("Humming")
            or names.index("Music") <= i <= names.index("Scary music")]


def write_labels(clips, evaluation, labels, tags, out):
    heard = {}
    for clip in clips:
        path = labels / "heard" / clip["set"] / (clip["path"] + ".npz")
        if path.exists():
            with np.load(path) as file:
                heard[clip["key"]] = {name: file[name] for name in file.files}
    clips = [clip for clip in clips if clip["key"] in heard or clip["set"] in evaluation]
    names = sorted({name for arrays in heard.values() for name in arrays if "/" in name})
    small, large = {}, {}
    for name in names:
        parts = [heard.get(clip["key"], {}).get(name) for clip in clips]
        width = next(part.shape[1] for part in parts if part is not None)
        parts = [np.zeros((0, width), np.float16) if part is None or not np.isfinite(part).all() else part for part in parts]
        values = np.concatenate(parts).astype(np.float32)
        if name == "audioset_mn04/probabilities":
            values = values[:, music_classes(tags.read_text(encoding="utf-8").splitlines())]
        if name.endswith("probabilities"):
            values = logits(values)
        codes, offsets, steps = eight_bits(values)
        table = small if "musicnn" in name else large
        table |= {f"{name}/codes": codes, f"{name}/offsets": offsets, f"{name}/steps": steps,
                  f"{name}/windows": np.array([len(part) for part in parts], np.int32)}
        print(f"{name}: {codes.shape}, {codes.nbytes / 1e6:.1f} MB")
    keep = ["key", "set", "path", "split", "artist", "tags", "group"]
    small["clips"] = np.frombuffer(json.dumps([{name: clip[name] for name in keep} for clip in clips]).encode(), np.uint8)
    np.savez(out / "labels-3s.npz", **small)
    np.savez(out / "labels-long.npz", **large)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--free", type=pathlib.Path, required=True)
    parser.add_argument("--data", type=pathlib.Path, nargs="*", default=[])
    parser.add_argument("--evaluation", type=pathlib.Path, nargs="+", required=True)
    parser.add_argument("--encoded", type=pathlib.Path, required=True)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--labels", type=pathlib.Path, help="FOLDER that make-labels writes to")
    parser.add_argument("--tags", type=pathlib.Path, help="audioset_tags.txt")
    parser.add_argument("--megabytes", type=float, default=44)
    parser.add_argument("--encoded-only", action="store_true", help="leaves out what was not encoded before")
    parser.add_argument("--clips", type=int, help="of each data set, for a trial")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    free = [clip for clip in clips_of(options.free) if clip["split"] != "test"]
    others = [clip for folder in options.data for clip in clips_of(folder)]
    evaluation = [clip for folder in options.evaluation for clip in clips_of(folder)]
    if options.clips:
        random.Random(2).shuffle(free)
        free, others, evaluation = free[:options.clips], others[:options.clips], evaluation[:options.clips]
    if options.labels:
        write_labels(evaluation + free + others, [folder.name for folder in options.evaluation], options.labels, options.tags, options.out)
        return
    options.encoded.mkdir(parents=True, exist_ok=True)
    for clip in free:
        target = options.encoded / (clip["key"][-5:] + ".opus")
        if not options.encoded_only:
            encode(clip["file"], target)
        clip["file"] = target
    free = [clip for clip in free if clip["file"].exists()]
    random.Random(1).shuffle(free)
    write_packs(evaluation + free + others, options.out, options.megabytes)


if __name__ == "__main__":
    main()
