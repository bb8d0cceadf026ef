"""Time, memory and disk that a data set as large as MagnaTagATune takes in `earmark dataset import`, `earmark dataset
check` and a training, and from these an estimate of the hours of a whole training.

The corpus is made by synthetic_mtat.py, which describes what is real in it. The training is that of recipes/paper.toml, but with one
epoch of step 1 for each network; how many epochs there would be is read from the log of another training. With --clips, the
times are also scaled to all clips; this overestimates what does not grow with the clips, such as the start.

Usage: python3 benchmarks/training/full_size.py --data DIR --lists FILE... --like LOG --out DIR [--clips N] [--jobs N]
           [--no-check]
Needs ffmpeg and a release build (./earmark train --help), and for all clips about 11 GB in --out, which can be deleted afterwards.
"""

import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys

import synthetic_mtat
import variants
from watched_run import Step, run, task_key, task_name

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from comparison import machine  # noqa: E402


def disk_mb(folder):
    files = [pathlib.Path(path) / name for path, _, names in os.walk(folder) for name in names]
    return sum(file.stat().st_blocks * 512 for file in files) / 2**20


def import_corpus(options):
    corpus = options.out / "corpus"
    watch = run([options.earmark, "dataset", "import", "mtat", corpus / "annotations_final.csv", "--audio", corpus / "audio",
                 "--out", options.out / "data", "--force"], "dataset import", options.out / "import.txt")
    watch.steps[0].disk_mb = disk_mb(corpus / "audio")
    return watch.steps


def check_corpus(options):
    report = options.out / "check.json"
    watch = run([options.earmark, "dataset", "check", options.out / "data", "--format", "json", "--jobs", str(options.jobs)],
                "dataset check", report, passing=(0, 1))
    found = json.loads(report.read_text())
    print(f"dataset check: {found['checked']} clips, {found['usable']['hours']:.1f} hours, {len(found['faults'])} faults, "
          f"{len(found['equal_clips'])} equal, {len(found['near_duplicates'])} near duplicates\n", flush=True)
    return watch.steps


def train(options):
    """The steps, and the seconds of each epoch."""
    for folder in (options.out / "run", options.out / "cache"):
        shutil.rmtree(folder, ignore_errors=True)
    recipe = options.out / "recipe.toml"
    text = (HERE.parent.parent / "recipes/paper.toml").read_text()
    recipe.write_text(variants.local(text, variants.STAGES, variants.cosine(1, warm_up=0)))
    watch = run([options.earmark, "train", recipe, "--data", options.out / "data", "--tags", options.out / "data/tags.txt",
                 "--out", options.out / "run", "--cache", options.out / "cache", "--jobs", str(options.jobs)],
                "start", options.out / "train.txt", options.out / "run/log.jsonl")
    for step in watch.steps:
        if step.name == "decoding":
            step.disk_mb = disk_mb(options.out / "cache")
    watch.steps[-1].disk_mb = disk_mb(options.out / "run")
    return watch.steps, watch.epochs


def epoch_counts(log):
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    return {task_key(line["task"]): line["epoch"] for line in lines if line["event"] == "epoch"}


def duration(seconds):
    return f"{seconds:.1f} s" if seconds < 120 else f"{seconds / 60:.1f} min" if seconds < 7200 else f"{seconds / 3600:.1f} h"


def joined(steps, name):
    step = Step(name, 0.0, 0.0)
    step.wall_s, step.cpu_s = sum(one.wall_s for one in steps), sum(one.cpu_s for one in steps)
    step.own_mb, step.all_mb = max(one.own_mb for one in steps), max(one.all_mb for one in steps)
    return step


def in_rows(steps, epochs):
    """As the table has them: the classifiers in one row."""
    classifiers = [step for step in steps if step.task and step.task["kind"] == "classifier"]
    count = sum(len(epochs[task_key(step.task)]) for step in classifiers)
    row = joined(classifiers, f"step 3, {len(classifiers)} classifiers, {count} epochs")
    first = steps.index(classifiers[0])
    return steps[:first] + [row] + [step for step in steps[first:] if step not in classifiers]


def print_steps(steps, epochs, clip_count, factor):
    last = "" if factor == 1 else " wall time, all clips |"
    print(f"| {clip_count} clips | wall time | processor time | memory, own | with mapped files | disk |{last}")
    print("|---" * (6 + bool(last)) + "|")
    for step in steps:
        name = f"step 1, one epoch, {step.task['segment_frames']} frames" if step.task else step.name
        disk = "" if step.disk_mb is None else f"{step.disk_mb:,.0f} MB"
        print(f"| {name} | {duration(step.wall_s)} | {duration(step.cpu_s)} | {step.own_mb:,.0f} MB | {step.all_mb:,.0f} MB | "
              f"{disk} |" + (f" {duration(step.wall_s * factor)} |" if last else ""))


def print_training(steps, epochs, counts, factor):
    print("\n| a whole training | epochs | an epoch | together |\n|---|---|---|---|")
    total = 0.0
    for task, durations in epochs.items():
        epoch_s = factor * sum(durations) / len(durations)
        total += epoch_s * counts[task]
        print(f"| {task_name(json.loads(task))} | {counts[task]} | {duration(epoch_s)} | {duration(epoch_s * counts[task])} |")
    other_s = factor * (sum(step.wall_s for step in steps) - sum(map(sum, epochs.values())))
    print(f"| decoding, aggregation and all else | | | {duration(other_s)} |")
    print(f"| all | | | {duration(total + other_s)} |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, required=True, help="data set whose audio the corpus is made of")
    parser.add_argument("--lists", type=pathlib.Path, nargs="+", required=True, help="path<TAB>tags of MagnaTagATune")
    parser.add_argument("--like", type=pathlib.Path, required=True, help="log.jsonl of a whole training of recipes/paper.toml")
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--clips", type=int, help="use N clips, spread evenly over the lists (default: all)")
    parser.add_argument("--jobs", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--no-check", action="store_true", help="skip `earmark dataset check`")
    parser.add_argument("--earmark", type=pathlib.Path, default=HERE.parent.parent / "build/release/apps/earmark")
    options = parser.parse_args()
    counts = epoch_counts(options.like)
    listed = len(synthetic_mtat.read_lists(options.lists))
    clip_count = options.clips or listed
    factor = listed / clip_count

    print(machine.describe(options.earmark) + f" --jobs {options.jobs}.\n", flush=True)
    # In a process of its own, so that this one stays small.
    subprocess.run([sys.executable, HERE / "synthetic_mtat.py", "--data", options.data, "--lists", *options.lists,
                    "--out", options.out / "corpus", "--clips", str(clip_count), "--jobs", str(options.jobs)], check=True)
    steps = import_corpus(options) + ([] if options.no_check else check_corpus(options))
    training, epochs = train(options)
    missing = [task for task in epochs if task not in counts]
    if missing:
        raise SystemExit(f"{options.like}: expected epochs of {missing[0]}, found none")
    print_steps(steps + in_rows(training, epochs), epochs, clip_count, factor)
    print_training(training, epochs, counts, factor)


if __name__ == "__main__":
    main()
