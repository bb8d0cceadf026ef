"""How long `earmark teach` takes for a few hundred clips of a data set whose clips have one label each, and what it prints.

The clips are taken evenly from the manifest and put into a folder for each label, TAG/ARTIST/FILE. The model should not have been
trained on them.

Usage: python3 benchmarks/training/teach_time.py --data DIR [--clips 300] [--model default] [--runs 3]
Needs a release build (./earmark train --help).
"""

import argparse
import csv
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import time

import synthetic_mtat

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from comparison import machine  # noqa: E402


def read_clips(data, count):
    with (data / "manifest.tsv").open(encoding="utf-8") as manifest:
        rows = [row for row in csv.DictReader(manifest, delimiter="\t", quoting=csv.QUOTE_NONE) if "," not in row["tags"]]
    return synthetic_mtat.every_nth(rows, min(count, len(rows)))


def make_folders(data, rows, out):
    for number, row in enumerate(rows):
        artist = re.sub(r"\W+", " ", row.get("artist") or "").strip() or "unknown"
        folder = out / row["tags"].rsplit("---", 1)[-1] / artist
        folder.mkdir(parents=True, exist_ok=True)
        path = (data / row["path"]).resolve()
        (folder / f"{number}{path.suffix}").symlink_to(path)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--clips", type=int, default=300)
    parser.add_argument("--model", default="default")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--earmark", type=pathlib.Path, default=HERE.parent.parent / "build/release/apps/earmark", metavar="PROGRAM")
    options = parser.parse_args()
    print(machine.describe(options.earmark))
    rows = read_clips(options.data, options.clips)
    seconds = []
    with tempfile.TemporaryDirectory() as folder:
        examples = pathlib.Path(folder) / "examples"
        make_folders(options.data, rows, examples)
        for run in range(options.runs):
            start = time.monotonic()
            result = subprocess.run([options.earmark, "teach", options.model, examples, "--out", f"{folder}/{run}.earmark"],
                                    check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
            seconds.append(time.monotonic() - start)
    print(f"\n{result.stdout}\n{len(rows)} clips, {len({row['tags'] for row in rows})} labels: median of {options.runs} runs "
          f"{statistics.median(seconds):.0f} s, {min(seconds):.0f} to {max(seconds):.0f} s")


if __name__ == "__main__":
    main()
