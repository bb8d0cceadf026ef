"""Which levels and scales speak for which category of tags, by `earmark explain`.

Usage: /usr/bin/python3 benchmarks/explanations/levels_by_category.py --earmark PROGRAM --data DIR [--model FILE]
           [--clips 500] [--seed 1] [--jobs 2]
Needs NumPy. DIR has a manifest.tsv. The clips are drawn at random; the tags of a clip are those that are present.
Prints tables: for each category the mean change of log-odds, with 95 % bootstrap intervals over the clips, that a scale, a
level, or a level of a scale contributes; and which share of the sum of all of a table's changes, taken without their signs,
that is.
"""

import argparse
import collections
import concurrent.futures
import json
import pathlib
import random
import subprocess

import numpy as np


def explain(options, path):
    command = [options.earmark, "explain", path, "--format", "json", *options.model]
    result = subprocess.run(command, capture_output=True, text=True)
    return json.loads(result.stdout)["tags"] if result.returncode == 0 else []


def parts_of(tag):
    """The changes of a tag's log-odds by what is taken away, in three tables."""
    cells = {(cell["segment_frames"], cell["level"], cell["layer"]): cell["contribution"] for cell in tag["cells"]}
    return {
        "scale": {f"{scale['segment_frames']} frames": scale["contribution"] for scale in tag["scales"]},
        "level": {f"level {level['level']}": level["contribution"] for level in tag["levels"]},
        "level of a scale": {
            f"level {level}{' (dense)' if layer == 'dense' else ''}, {frames} frames": value for (frames, level, layer), value in cells.items()
        },
    }


def interval(clips, seed=1, count=2_000):
    """Of the mean over all tags of some clips; clips are drawn as a whole."""
    sums = np.array([np.sum(values) for values in clips])
    counts = np.array([len(values) for values in clips])
    draws = np.random.default_rng(seed).integers(0, len(clips), (count, len(clips)))
    low, high = np.quantile(sums[draws].sum(axis=1) / counts[draws].sum(axis=1), [0.025, 0.975])
    return f"{sums.sum() / counts.sum():+.3f} ({low:+.3f} to {high:+.3f})"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--earmark", required=True)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--model")
    parser.add_argument("--clips", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    options.model = ["--model", options.model] if options.model else []

    rows = (options.data / "manifest.tsv").read_text().splitlines()[1:]
    paths = [str(options.data / row.split("\t")[0]) for row in rows]
    random.Random(options.seed).shuffle(paths)
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        clips = list(pool.map(lambda path: explain(options, path), paths[: options.clips]))
    categories = sorted({tag["category"] for clip in clips for tag in clip})
    tag_counts = collections.Counter(tag["category"] for clip in clips for tag in clip)
    clip_counts = collections.Counter(category for clip in clips for category in {tag["category"] for tag in clip})
    print(f"{len(clips)} clips")
    for table in ("scale", "level", "level of a scale"):
        print(f"\n| {table} taken away | " + " | ".join(f"{c}: change of log-odds | share" for c in categories) + " |")
        print("|---" * (2 * len(categories) + 1) + "|")
        names = list(dict.fromkeys(name for clip in clips for tag in clip for name in parts_of(tag)[table]))
        columns = {}
        for category in categories:
            tags = [[parts_of(tag)[table] for tag in clip if tag["category"] == category] for clip in clips]
            tags = [clip for clip in tags if clip]
            sizes = {name: sum(abs(tag.get(name, 0.0)) for clip in tags for tag in clip) for name in names}
            columns[category] = {
                name: f"{interval([[tag.get(name, 0.0) for tag in clip] for clip in tags])} | {100 * sizes[name] / sum(sizes.values()):.0f} %" for name in names
            }
        for name in names:
            print(f"| {name} | " + " | ".join(columns[category][name] for category in categories) + " |")
    left_over = {c: [[tag["interactions"] for tag in clip if tag["category"] == c] for clip in clips] for c in categories}
    cells = " | ".join(f"{interval([values for values in left_over[c] if values])} | " for c in categories)
    print(f"| interactions, what the rows above leave over | {cells} |")
    print("\n" + "; ".join(f"{category}: {tag_counts[category]} present tags in {clip_counts[category]} clips" for category in categories))


if __name__ == "__main__":
    main()
