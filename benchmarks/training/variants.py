"""What changes to recipes/paper.toml bring, on the validation part alone: the table behind recipes/strong.toml.

Each variant is the recipe with some keys changed, trained from several seeds with the network of one size; what counts is the
mean ROC-AUC on the validation part of the local model and of the classifier on all its levels. The test part is not looked at.
Runs are kept, and a call goes on where the last one ended.

Usage: python3 benchmarks/training/variants.py --data DIR --tags FILE --out DIR [--frames 27] [--seeds 3] [--parallel 2] [VARIANT...]
Needs a release build (./earmark --version).
"""

import argparse
import concurrent.futures
import json
import os
import pathlib
import re
import shutil
import statistics
import subprocess

import compare

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent

STAGES = r"learning_rate_divisor = .*\nlearning_rate_reductions = .*\npatience_epochs = .*\n"
SGD = r'optimiser = "sgd".*\nlearning_rate = .*\nmomentum = .*\n'


def cosine(epochs, warm_up=1):
    return f'schedule = "cosine"\nepochs = {epochs}\nwarm_up_epochs = {warm_up}\n'


def local(text, pattern, replacement):
    """In [local_learning] only."""
    head, rest = text.split("[local_learning]")
    section, tail = rest.split("[aggregation]")
    changed, count = re.subn(pattern, replacement, section, count=1)
    if count == 0:
        raise SystemExit(f"the recipe has nothing like {pattern}")
    return head + "[local_learning]" + changed + "[aggregation]" + tail


def add_local(text, lines):
    return text.replace("[aggregation]", lines + "\n[aggregation]", 1)


def augment(text, **keys):
    lines = "".join(f"{key} = {str(value).lower()}\n" for key, value in keys.items())
    return add_local(text, "[augmentation]\n" + lines)


def adamw(text, rate=0.001, decay=0.01, epochs=30):
    text = local(text, SGD, f'optimiser = "adamw"\nlearning_rate = {rate}\nweight_decay = {decay}\n')
    return local(text, STAGES, cosine(epochs))


def classify(text, changes):
    """[aggregation] and [classifier], changed by a function of their text."""
    head, tail = text.split("[aggregation]")
    return head + "[aggregation]" + changes(tail)


def with_deviation(tail):
    return tail.replace('across_segments = "mean"', 'across_segments = "mean and deviation"')


def cosine_classifier(tail, more=""):
    tail = re.sub(r'optimiser = "adam".*\n', 'optimiser = "adamw"\nweight_decay = 0.01\n', tail)
    return re.sub(STAGES, cosine(30) + 'keep = "last"\n' + more, tail)


CHANGES = {"random_positions": True, "gain_db": 6, "equaliser_db": 6, "masked_bands": 24, "masked_frames": 8}
SHIFTED = CHANGES | {"shifted_bands": 2, "stretch": 0.1}


def changed(text, lines="", epochs=30, **changes):
    return adamw(augment(add_local(text, 'keep = "last"\n' + lines), **(changes or SHIFTED)), epochs=epochs)


# What is learned in step 1, with recipes/paper.toml for the rest.
STEP_1 = {
    "paper": lambda text: text,
    "cosine, 30 epochs": lambda text: local(text, STAGES, cosine(30)),
    "adamw, cosine, 30 epochs": adamw,
    "adamw, strong decay": lambda text: adamw(text, decay=0.1),
    "random positions": lambda text: augment(text, random_positions=True),
    "mixup 0.2": lambda text: add_local(text, "mixup = 0.2"),
    "label smoothing 0.1": lambda text: add_local(text, "label_smoothing = 0.1"),
    "averaged weights": lambda text: add_local(text, "weight_average_decay = 0.999"),
    "gain 6 dB": lambda text: augment(text, gain_db=6),
    "equaliser 6 dB": lambda text: augment(text, equaliser_db=6),
    "masks": lambda text: augment(text, masked_bands=24, masked_frames=8),
    "shift 2 bands": lambda text: augment(text, shifted_bands=2),
    "stretch 0.1": lambda text: augment(text, stretch=0.1),
    "adamw, positions, gain, equaliser, masks": lambda text: adamw(augment(text, **CHANGES)),
    "the same, mixup, averaged, 40 epochs": lambda text: adamw(
        augment(add_local(text, "mixup = 0.2\nweight_average_decay = 0.999"), **CHANGES), epochs=40),
    "the same, last weights": lambda text: changed(text, **CHANGES),
    "strong: the same, shift, stretch": changed,
    "strong, shift and stretch doubled": lambda text: changed(text, **SHIFTED | {"shifted_bands": 4, "stretch": 0.25}),
    "strong, gain and equaliser doubled": lambda text: changed(text, **SHIFTED | {"gain_db": 12, "equaliser_db": 12}),
    "strong, masks doubled": lambda text: changed(text, **SHIFTED | {"masked_bands": 48, "masked_frames": 20}),
    "strong, mixup 0.2": lambda text: changed(text, "mixup = 0.2\n"),
    "strong, label smoothing 0.1": lambda text: changed(text, "label_smoothing = 0.1\n"),
    "strong, 60 epochs": lambda text: changed(text, epochs=60),
}

# What steps 2 and 3 make of the networks of "strong".
STRONG = "strong: the same, shift, stretch"
STEP_3 = {
    "strong, deviation": with_deviation,
    "strong, deviation, cosine": lambda tail: cosine_classifier(with_deviation(tail)),
    "strong, deviation, cosine, input dropout": lambda tail: cosine_classifier(with_deviation(tail), "input_dropout = 0.3\n"),
    "strong, deviation, cosine, copies": lambda tail: cosine_classifier(with_deviation(tail), "changed_copies = 8\n"),
    "strong, deviation, cosine, input dropout, copies": lambda tail: cosine_classifier(
        with_deviation(tail), "input_dropout = 0.3\nchanged_copies = 8\n"),
    "strong, cosine, input dropout, copies": lambda tail: cosine_classifier(tail, "input_dropout = 0.3\nchanged_copies = 8\n"),
}
VARIANTS = list(STEP_1) + list(STEP_3)


def recipe_of(name, text):
    return STEP_1[name](text) if name in STEP_1 else classify(STEP_1[STRONG](text), STEP_3[name])


def folder_of(options, name, seed):
    return options.out / re.sub(r"\W+", "-", name) / f"seed-{seed}"


def run(options, name, seed):
    folder = folder_of(options, name, seed)
    if not (folder / "results.json").exists():
        parts = options.out / "recipes" / folder.relative_to(options.out)
        parts.mkdir(parents=True, exist_ok=True)
        recipe = compare.one_network_recipe(options.frames, parts)
        recipe.write_text(recipe_of(name, recipe.read_text()))
        if name in STEP_3:  # whose step 1 is that of a variant before it
            shutil.copytree(folder_of(options, STRONG, seed) / "checkpoints", folder / "checkpoints", dirs_exist_ok=True,
                            ignore=shutil.ignore_patterns("classifier*"))
        subprocess.run([options.earmark, "train", recipe, "--data", options.data, "--tags", options.tags,
                        "--out", folder, "--cache", options.cache or options.out / "log-mel", "--seed", str(seed), "--jobs", "1"],
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    results = json.loads((folder / "results.json").read_text())["configurations"]
    figures = {entry["name"]: entry["valid"]["roc_auc"] for entry in results}
    return figures[f"local model, {options.frames} frames"], figures[f"all levels, {options.frames} frames"]


def cell(values):
    return f"{statistics.mean(values):.4f} ({statistics.stdev(values):.4f})" if len(values) > 1 else f"{values[0]:.4f}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--tags", type=pathlib.Path, required=True)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--frames", type=int, default=27)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--parallel", type=int, default=os.cpu_count(), help="trainings at a time, a thread each")
    parser.add_argument("--cache", type=pathlib.Path, help="of log-mel spectrograms, which may be shared")
    parser.add_argument("--earmark", type=pathlib.Path, default=ROOT / "build/release/apps/earmark", metavar="PROGRAM")
    parser.add_argument("variants", nargs="*", default=[])
    options = parser.parse_args()
    unknown = [name for name in options.variants if name not in VARIANTS]
    if unknown:
        parser.error(f"{unknown[0]} is none of: {'; '.join(VARIANTS)}")
    names = options.variants or VARIANTS
    needed = [STRONG] if any(name in STEP_3 for name in names) else []
    print(f"Validation ROC-AUC, {options.frames} frames, {options.seeds} seeds: mean (standard deviation)\n")
    print("| variant | local model | all levels |\n|---|---|---|")
    seeds = range(1, options.seeds + 1)
    pool = concurrent.futures.ThreadPoolExecutor(options.parallel)
    step_1 = {name: [pool.submit(run, options, name, seed) for seed in seeds]
              for name in dict.fromkeys(needed + [name for name in names if name in STEP_1])}
    for one in needed and step_1[STRONG]:
        one.result()
    step_3 = {name: [pool.submit(run, options, name, seed) for seed in seeds] for name in names if name in STEP_3}
    for name in names:
        local_model, all_levels = zip(*[one.result() for one in (step_1 | step_3)[name]])
        print(f"| {name} | {cell(local_model)} | {cell(all_levels)} |", flush=True)


if __name__ == "__main__":
    main()
