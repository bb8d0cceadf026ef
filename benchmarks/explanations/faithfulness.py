"""Whether the ten seconds that `earmark explain` names matter: they are cut out of the audio, and the tag is predicted again.

Usage: /usr/bin/python3 benchmarks/explanations/faithfulness.py --data DIR [--earmark PROGRAM] [--model FILE] [--clips 200]
           [--seconds 10] [--random 3] [--seed 1] [--jobs 2]
Needs NumPy and the program ffmpeg. The clips are drawn at random. The tag of a clip is its most probable one. Random
stretches are drawn uniformly, and those that are named count among them.
Prints a table: how much the log-odds of the tag fall, as means over the clips with 95 % bootstrap intervals.
"""

import pathlib
import random
import subprocess
import tempfile
import wave

import numpy as np

import clips

RATE_HZ = 22050


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


def explain(options, path, tag):
    """Why the tag, or None of a clip that has no tags."""
    tags = clips.json_of(options, "explain", path, "--moment", str(options.seconds), "--tag", tag)["tags"]
    return tags[0] if tags else None


def top_tag(options, path):
    tags = clips.json_of(options, "tag", path, "--top", "1")["tags"]
    return tags[0]["tag"] if tags else None


def measure(options, index, path):
    """How much the log-odds fall without each of the stretches, or None for a clip that is too short."""
    samples = decode(path)
    duration_s = len(samples) / RATE_HZ
    if duration_s < 2 * options.seconds:
        return None
    draw = random.Random(options.seed * 1_000_003 + index)
    with tempfile.TemporaryDirectory() as folder:
        wav = pathlib.Path(folder) / "clip.wav"
        write_wav(wav, samples)
        tag = top_tag(options, wav)
        whole = explain(options, wav, tag) if tag else None
        if not whole or not whole["most_for"]:
            return None

        def fall(start_s):
            write_wav(wav, without(samples, start_s, options.seconds))
            rest = explain(options, wav, tag)
            return whole["log_odds"] - rest["log_odds"], whole["probability"] - rest["probability"]

        named = fall(whole["most_for"]["start_s"])
        against = fall(whole["most_against"]["start_s"]) if whole["most_against"] else (np.nan, np.nan)
        others = [fall(draw.uniform(0.0, duration_s - options.seconds)) for _ in range(options.random)]
        return {"for": named, "against": against, "random": tuple(np.mean(others, axis=0)), "predicted": whole["most_for"]["contribution"]}


def measured_clips(options):
    """Of as many clips as are wanted, if the data set has so many that can be used."""
    found = []
    numbered = list(enumerate(clips.drawn_paths(options)))
    for first in range(0, len(numbered), 20):
        found += [clip for clip in clips.each(options, lambda item: measure(options, *item), numbered[first : first + 20]) if clip]
        if len(found) >= options.clips:
            break
    return found[: options.clips]


def row(name, falls):
    falls = falls[~np.isnan(falls[:, 0])]
    return f"| {name} | {clips.interval(falls[:, 0])} | {clips.interval(falls[:, 1])} |"


def main():
    parser = clips.parser(__doc__, clip_count=200)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--random", type=int, default=3, metavar="N")
    options = parser.parse_args()
    found = measured_clips(options)
    falls = {key: np.array([clip[key] for clip in found], float) for key in ("for", "random", "against")}
    differences = falls["for"] - falls["random"]
    predicted = np.array([clip["predicted"] for clip in found])

    print(f"{len(found)} clips, {options.seconds:g} s cut out of each; fall of the tag, mean over the clips\n")
    print("| seconds that are cut out | log-odds | probability |")
    print("|---|---|---|")
    print(row("those that speak most for the tag", falls["for"]))
    print(row(f"random ones ({options.random} for each clip)", falls["random"]))
    print(row("those that speak most against it", falls["against"]))
    print(row("difference, named minus random", differences))
    print(f"\nThe named seconds matter more than the random ones in {100 * np.mean(differences[:, 0] > 0):.0f} % of the clips.")
    correlation = np.corrcoef(predicted, falls["for"][:, 0])[0, 1]
    print(f"The change that `explain` predicts for them is {predicted.mean():+.3f} on average; correlation with the measured one {correlation:.2f}.")


if __name__ == "__main__":
    main()
