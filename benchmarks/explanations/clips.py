"""What the scripts of this folder share: options, the clips of a data set, calls of the program, and bootstrap intervals."""

import argparse
import concurrent.futures
import json
import pathlib
import random
import subprocess

import numpy as np


def parser(doc, clip_count=None):
    """With the options of a script that hears clips of a data set; `clip_count` of them, drawn at random, if given."""
    made = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("--earmark", default="./earmark", metavar="PROGRAM")
    made.add_argument("--data", type=pathlib.Path, required=True, metavar="DIR", help="a folder with a manifest.tsv")
    made.add_argument("--model", default="default", metavar="FILE")
    if clip_count:
        made.add_argument("--clips", type=int, default=clip_count, metavar="N")
        made.add_argument("--seed", type=int, default=1)
        made.add_argument("--jobs", type=int, default=2, metavar="N")
    return made


def manifest(data):
    """A dictionary for each clip."""
    head, *rows = (line.split("\t") for line in (data / "manifest.tsv").read_text().splitlines())
    return [dict(zip(head, row)) for row in rows]


def drawn_paths(options):
    """All clips, in an order by the seed."""
    paths = [str(options.data / clip["path"]) for clip in manifest(options.data)]
    random.Random(options.seed).shuffle(paths)
    return paths


def each(options, function, items):
    """What `function` gives for each item, in their order."""
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        return list(pool.map(function, items))


def json_of(options, command, path, *arguments):
    """What a command of the program prints about a file, or None if it cannot be read."""
    call = [options.earmark, command, "--model", options.model, "--format", "json", *arguments, path]
    result = subprocess.run(call, capture_output=True, text=True)
    if result.returncode not in (0, 1):
        raise SystemExit(result.stderr.strip())
    return json.loads(result.stdout) if result.returncode == 0 else None


def interval(clips, form="+.3f", count=10_000):
    """The mean over all values, with its 95 % bootstrap interval; `clips` has the values of each clip, and clips are drawn
    as a whole."""
    sums = np.array([np.sum(values) for values in clips], float)
    counts = np.array([np.size(values) for values in clips])
    draws = np.random.default_rng(1).integers(0, len(clips), (count, len(clips)))
    low, high = np.quantile(sums[draws].sum(axis=1) / counts[draws].sum(axis=1), [0.025, 0.975])
    return f"{sums.sum() / counts.sum():{form}} ({low:{form}} to {high:{form}})"
