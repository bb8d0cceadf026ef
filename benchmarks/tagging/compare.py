"""The whole program against `ffmpeg`, which only decodes: CPU time, wall time and peak memory, in turn (A B A B ...).

Usage: python3 benchmarks/tagging/compare.py FILE... [--pairs 9] [--precision auto]
Of each file the median of the pairs' ratios, with their range. One core, process start included. Needs ffmpeg and a release
build (./earmark --version).
"""

import argparse
import os
import pathlib
import statistics
import subprocess
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


def run(command):
    """CPU seconds, wall seconds and peak memory in MB of one process."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                               preexec_fn=lambda: os.sched_setaffinity(0, [max(os.sched_getaffinity(0))]))
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        raise SystemExit(f"failed: {' '.join(map(str, command))}")
    return usage.ru_utime + usage.ru_stime, time.perf_counter() - start, usage.ru_maxrss / 1024


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=pathlib.Path)
    parser.add_argument("--pairs", type=int, default=9)
    parser.add_argument("--precision", default="auto", choices=["auto", "f32", "bf16"])
    options = parser.parse_args()
    print("| file | earmark CPU, s | ffmpeg CPU, s | CPU ratio, median (range) | wall ratio | earmark peak, MB |")
    print("|---|---|---|---|---|---|")
    for file in options.files:
        ours = [ROOT / "build/release/apps/earmark", "tag", "--jobs", "1", "--precision", options.precision, file]
        theirs = ["ffmpeg", "-nostdin", "-threads", "1", "-i", file, "-f", "null", "-"]
        pairs = [(run(ours), run(theirs)) for _ in range(options.pairs + 1)][1:]  # the first one fills the file cache
        ratios = [a[0] / b[0] for a, b in pairs]
        print(f"| {file.name} | {statistics.median(a[0] for a, _ in pairs):.3f} | "
              f"{statistics.median(b[0] for _, b in pairs):.3f} | {statistics.median(ratios):.2f} ({min(ratios):.2f} to "
              f"{max(ratios):.2f}) | {statistics.median(a[1] / b[1] for a, b in pairs):.2f} | "
              f"{max(a[2] for a, _ in pairs):.0f} |", flush=True)


if __name__ == "__main__":
    main()
