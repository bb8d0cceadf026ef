"""Whether the ten seconds that `earmark explain` names matter: they are cut out of the audio, and the tag is predicted again.

Usage: /usr/bin/python3 benchmarks/explanations/faithfulness.py --earmark PROGRAM --data DIR [--model FILE] [--clips 200]
           [--seconds 10] [--random 3] [--seed 1] [--jobs 2]
Needs NumPy and the program ffmpeg. DIR has a manifest.tsv. The clips are drawn at random. The tag of a clip is its most
probable one. Random stretches are drawn uniformly, and those that are named count among them.
Prints a table: how much the log-odds of the tag fall, as means over the clips with 95 % bootstrap intervals.
"""

import argparse
import concurrent.futures
import json
import pathlib
import random
import subprocess
import tempfile
import wave

import numpy as np

RATE_HZ = 22050


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def decode(path):
    raw = subprocess.run(["ffmpeg", "-v", "error", "-i", path, "-ac", "1", "-ar", str(RATE_HZ), "-f", "s16le", "-"], check=True, capture_output=True)
    return np.frombuffer(raw.stdout, np.int16)


def write_wav(path, samples):
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes(samples.tobytes())


def without(samples, start_s, seconds):
    first = round(start_s * RATE_HZ)
    return np.concatenate([samples[:first], samples[first + round(seconds * RATE_HZ) :]])


def explain(options, path, tag=None):
    tag = ["--tag", tag] if tag else []
    return json.loads(run(options.earmark, "explain", path, "--format", "json", "--moment", str(options.seconds), *options.model, *tag))


def top_tag(options, path):
    tags = json.loads(run(options.earmark, "tag", path, "--format", "json", "--top", "1", *options.model))["tags"]
    return tags[0]["tag"] if tags else None


def measure(options, index, path):
    """How much the log-odds fall without each of the stretches, or nothing for a clip that is too short."""
    samples = decode(path)
    duration_s = len(samples) / RATE_HZ
    if duration_s < 2 * options.seconds:
        return None
    draw = random.Random(options.seed * 1_000_003 + index)
    with tempfile.TemporaryDirectory() as folder:
        wav = pathlib.Path(folder) / "clip.wav"
        write_wav(wav, samples)
        tag = top_tag(options, wav)
        if tag is None:
            return None
        whole = explain(options, wav, tag)["tags"]
        if not whole or not whole[0]["most_for"]:
            return None
        whole = whole[0]

        def fall(start_s):
            write_wav(wav, without(samples, start_s, options.seconds))
            rest = explain(options, wav, tag)["tags"][0]
            return whole["log_odds"] - rest["log_odds"], whole["probability"] - rest["probability"]

        named = fall(whole["most_for"]["start_s"])
        against = fall(whole["most_against"]["start_s"]) if whole["most_against"] else (np.nan, np.nan)
        others = [fall(draw.uniform(0.0, duration_s - options.seconds)) for _ in range(options.random)]
        return {"for": named, "against": against, "random": tuple(np.mean(others, axis=0)), "predicted": whole["most_for"]["contribution"]}


def interval(values, seed, count=10_000):
    values = np.asarray(values)
    means = np.random.default_rng(seed).choice(values, (count, len(values))).mean(axis=1)
    low, high = np.quantile(means, [0.025, 0.975])
    return f"{values.mean():+.3f} ({low:+.3f} to {high:+.3f})"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--earmark", required=True)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--model")
    parser.add_argument("--clips", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--random", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    options.model = ["--model", options.model] if options.model else []

    rows = (options.data / "manifest.tsv").read_text().splitlines()[1:]
    paths = [str(options.data / row.split("\t")[0]) for row in rows]
    random.Random(options.seed).shuffle(paths)
    found = []
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for first in range(0, len(paths), 20):  # until enough clips can be used
            block = list(enumerate(paths))[first : first + 20]
            found += [clip for clip in pool.map(lambda item: measure(options, *item), block) if clip]
            if len(found) >= options.clips:
                break
    found = found[: options.clips]

    print(f"{len(found)} clips, {options.seconds:g} s cut out of each; fall of the tag, mean over the clips\n")
    print("| seconds that are cut out | log-odds | probability |")
    print("|---|---|---|")
    for key, name in (("for", "those that speak most for the tag"), ("random", f"random ones ({options.random} for each clip)"), ("against", "those that speak most against it")):
        values = np.array([clip[key] for clip in found], float)
        values = values[~np.isnan(values[:, 0])]
        print(f"| {name} | {interval(values[:, 0], 1)} | {interval(values[:, 1], 1)} |")
    differences = np.array([np.subtract(clip["for"], clip["random"]) for clip in found])
    print(f"| difference, named minus random | {interval(differences[:, 0], 1)} | {interval(differences[:, 1], 1)} |")
    share = np.mean(differences[:, 0] > 0)
    predicted = np.array([clip["predicted"] for clip in found])
    actual = np.array([clip["for"][0] for clip in found])
    print(f"\nThe named seconds matter more than the random ones in {100 * share:.0f} % of the clips.")
    print(f"The change that `explain` predicts for them is {predicted.mean():+.3f} on average; correlation with the measured one {np.corrcoef(predicted, actual)[0, 1]:.2f}.")


if __name__ == "__main__":
    main()
