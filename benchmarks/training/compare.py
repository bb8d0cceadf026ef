"""Frames per second of step 1: Earmark and PyTorch in turn (A B A B ...), and the median of their ratios.

Usage: /usr/bin/python3 benchmarks/training/compare.py --data DIR --tags FILE [--frames 27] [--pairs 5] [--epochs 2]
           [--precision bf16]
Needs the packages of the group compare (tools/install-packages compare) and a release build (./earmark train --help).
"""

import argparse
import json
import os
import pathlib
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent


def one_network_recipe(frames, folder, seed=1, name="paper"):
    """recipes/NAME.toml with the network of this scale alone."""
    head, *networks = re.split(r"(?=^\[\[networks\]\])", (ROOT / f"recipes/{name}.toml").read_text(), flags=re.M)
    last, tail = re.match(r"(?s)(\[.*?)(^\[.*|\Z)", networks[-1], flags=re.M).groups()
    wanted = [network for network in networks[:-1] + [last] if re.search(rf"segment_frames = {frames}\b", network)]
    if not wanted:
        raise SystemExit(f"recipes/{name}.toml has no network of {frames} frames")
    path = folder / "recipe.toml"
    path.write_text(re.sub(r"(?m)^seed = .*$", f"seed = {seed}", head) + wanted[0] + tail)
    return path


def start_earmark(options, recipe, out, cache):
    command = [ROOT / "build/release/apps/earmark", "train", recipe, "--data", options.data, "--tags", options.tags,
               "--out", out, "--cache", cache, "--precision", options.precision]
    # Stopped by SIGINT after some epochs; a shell may have set that signal to be ignored.
    return subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))


def epochs_of(log):
    if not log.exists():
        return []
    lines = [json.loads(line) for line in log.read_text().splitlines() if line.endswith("}")]
    return [line for line in lines if line["event"] == "epoch"]


def run_earmark(options, recipe, cache):
    with tempfile.TemporaryDirectory() as out:
        log = pathlib.Path(out) / "log.jsonl"
        process = start_earmark(options, recipe, out, cache)
        while len(epochs_of(log)) < options.epochs and process.poll() is None:
            time.sleep(0.2)
        process.send_signal(signal.SIGINT)
        process.wait()
        return epochs_of(log)[: options.epochs]


def run_pytorch(options, cache, seed=1):
    command = [sys.executable, HERE / "pytorch_step1.py", "--data", options.data, "--tags", options.tags, "--cache", cache,
               "--frames", str(options.frames), "--epochs", str(options.epochs), "--seed", str(seed)]
    return [json.loads(line) for line in subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()]


def best_speed(epochs):
    return max(epoch["frames_per_second"] for epoch in epochs)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--tags", type=pathlib.Path, required=True)
    parser.add_argument("--cache", type=pathlib.Path, help="log-mel cache of earlier runs (default: a temporary one)")
    parser.add_argument("--frames", type=int, default=27)
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--precision", default="f32", choices=["f32", "bf16"])
    options = parser.parse_args()

    print(f"step 1, {options.frames} frames, batch 100, {os.cpu_count()} threads, Earmark in {options.precision}, "
          "PyTorch in f32; the best of "
          f"{options.epochs} epochs each")
    with tempfile.TemporaryDirectory() as folder:
        recipe = one_network_recipe(options.frames, pathlib.Path(folder))
        cache = options.cache or pathlib.Path(folder) / "cache"
        run_earmark(options, recipe, cache)  # fills the cache
        ratios = []
        for pair in range(options.pairs):
            ours, theirs = run_earmark(options, recipe, cache), run_pytorch(options, cache)
            ratios.append(best_speed(ours) / best_speed(theirs))
            print(f"pair {pair + 1}: Earmark {best_speed(ours):,.0f} frames/s (loss {ours[-1]['loss']:.4f}), PyTorch "
                  f"{best_speed(theirs):,.0f} frames/s (loss {theirs[-1]['loss']:.4f}), ratio {ratios[-1]:.2f}",
                  flush=True)
    print(f"median ratio {statistics.median(ratios):.2f}, from {min(ratios):.2f} to {max(ratios):.2f}")


if __name__ == "__main__":
    main()
