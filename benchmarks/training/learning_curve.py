"""The loss of step 1, epoch by epoch: Earmark in bf16 and in f32, and PyTorch, each from several seeds, at one learning rate.

Usage: /usr/bin/python3 benchmarks/training/learning_curve.py --data DIR --tags FILE [--frames 27] [--seeds 3] [--epochs 6]
Needs what benchmarks/training/compare.py needs.
"""

import argparse
import copy
import pathlib
import statistics
import tempfile

import compare


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--tags", type=pathlib.Path, required=True)
    parser.add_argument("--cache", type=pathlib.Path, help="log-mel cache of earlier runs (default: a temporary one)")
    parser.add_argument("--frames", type=int, default=27)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--epochs", type=int, default=6)
    options = parser.parse_args()

    curves = {"Earmark, bf16": [], "Earmark, f32": [], "PyTorch, f32": []}
    with tempfile.TemporaryDirectory() as folder:
        cache = options.cache or pathlib.Path(folder) / "cache"
        for seed in range(1, options.seeds + 1):
            recipe = compare.one_network_recipe(options.frames, pathlib.Path(folder), seed)
            for precision in ("bf16", "f32"):
                run = copy.copy(options)
                run.precision = precision
                curves[f"Earmark, {precision}"].append(compare.run_earmark(run, recipe, cache))
            curves["PyTorch, f32"].append(compare.run_pytorch(options, cache, seed))
    rate = curves["Earmark, f32"][0][0]["learning_rate"]
    length = min(sum(epoch.get("learning_rate", rate) == rate for epoch in curve) for run in curves.values() for curve in run)
    print(f"Training loss of step 1, {options.frames} frames, {options.seeds} seeds: mean (standard deviation)\n")
    print("| | " + " | ".join(f"epoch {epoch + 1}" for epoch in range(length)) + " |")
    print("|---" * (length + 1) + "|")
    for name, runs in curves.items():
        cells = []
        for epoch in range(length):
            losses = [curve[epoch]["loss"] for curve in runs]
            cells.append(f"{statistics.mean(losses):.4f} ({statistics.stdev(losses) if len(losses) > 1 else 0:.4f})")
        print(f"| {name} | " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main()
