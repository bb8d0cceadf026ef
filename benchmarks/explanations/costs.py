"""What the commands that look into a file cost compared with `earmark tag`: processor time, and the memory of a long file.

Usage: python3 benchmarks/explanations/costs.py SONG [--earmark PROGRAM] [--model FILE] [--minutes 4] [--hours 10] [--pairs 7]
Needs the program ffmpeg, which repeats SONG until it lasts so long. PROGRAM is a release build. `tag` and each command run
in turn, each on one core; what counts is the median of the pairs' ratios. Measure on a machine that does nothing else.
Prints where it was measured and two tables.
"""

import argparse
import pathlib
import statistics
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

from comparison import audio, machine, tables  # noqa: E402
from comparison.earmark import ROOT  # noqa: E402
from comparison.processes import cost_of  # noqa: E402

COMMANDS = [
    ["taggram"],
    ["taggram", "--all", "--format", "csv"],
    ["taggram", "--format", "png"],
    ["explain"],
    ["explain", "--format", "png"],
    ["embed"],
    ["embed", "--each", "window"],
    ["spectrogram", "--out", "OUT.npy"],
    ["spectrogram", "--out", "OUT.png"],
]


def run(options, command, song, folder):
    out = {"OUT.npy": folder / "out.npy", "OUT.png": folder / "out.png"}
    arguments = [out.get(argument, argument) for argument in command[1:]]
    return cost_of([options.earmark, command[0], "--model", options.model, *arguments, song])


def shown(command):
    return f"`earmark {' '.join(command)}`"


def times(options, song, folder):
    rows = []
    for command in COMMANDS:
        run(options, command, song, folder)
        pairs = [(run(options, ["tag"], song, folder), run(options, command, song, folder)) for _ in range(options.pairs)]
        of_tag, of_command = ([cost.cpu_s for cost in costs] for costs in zip(*pairs))
        ratios = [mine / tag for tag, mine in zip(of_tag, of_command)]
        added = statistics.median(mine - tag for tag, mine in zip(of_tag, of_command))
        rows.append([shown(command), tables.median_and_range(ratios), f"{1000 * added:.0f}"])
    return tables.table(["command", "CPU time, of that of `earmark tag`", "more, ms"], rows)


def memory(options, song, folder):
    rows = []
    for command in [["tag"], *COMMANDS]:
        cost = run(options, command, song, folder)
        rows.append([shown(command), f"{cost.peak_mb:.0f}", tables.digits(cost.cpu_s)])
    return tables.table(["command", "peak, MB", "CPU, s"], rows)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("song", type=pathlib.Path, metavar="SONG")
    parser.add_argument("--earmark", type=pathlib.Path, default=ROOT / "build/release/apps/earmark", metavar="PROGRAM")
    parser.add_argument("--model", default="default", metavar="FILE")
    parser.add_argument("--minutes", type=float, default=4.0)
    parser.add_argument("--hours", type=float, default=10.0)
    parser.add_argument("--pairs", type=int, default=7)
    options = parser.parse_args()
    options.earmark = options.earmark.absolute()
    print(f"{machine.describe(options.earmark)} Model: {options.model}.\n", flush=True)
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        song = audio.repeated(options.song, folder, options.minutes / 60)
        print(f"A song of {options.minutes:g} minutes: medians of {options.pairs} pairs, with their range.\n")
        print(times(options, song, folder) + "\n", flush=True)
        song = audio.repeated(options.song, folder, options.hours)
        print(f"A file of {options.hours:g} hours, one run. `explain` and `spectrogram` read its first hour.\n")
        print(memory(options, song, folder))


if __name__ == "__main__":
    main()
