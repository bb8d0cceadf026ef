"""What each change from recipes/paper.toml to recipes/strong.toml brings, and what other changes would bring, on the validation split.

Each variant is one of the two recipes with some keys changed, trained from several seeds with the network of one scale, or with
`--frames all` of all of them. The score is the mean ROC-AUC on the validation split of the local model and of the classifier on all
its levels. The test split is not used.
With --folds it is the mean over the validation folds of a cross-validation in which no artist is in two folds.
Each row has its difference from the row that it changes, trained on the same folds from the same seeds, with the standard error over
these trainings. Runs are kept, and a later call continues where the last one ended.

Usage: python3 benchmarks/training/variants.py --data DIR --tags FILE --out DIR [--frames 27|all] [--seeds 3] [--folds K]
           [--parallel 2] [VARIANT...]
Needs a release build (./earmark train --help).
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
SGD = r'optimizer = "sgd".*\nlearning_rate = .*\nmomentum = .*\n'


def cosine(epochs, warm_up=1):
    return f'schedule = "cosine"\nepochs = {epochs}\nwarm_up_epochs = {warm_up}\n'


def local(text, pattern, replacement):
    """In [local_learning] only."""
    head, rest = text.split("[local_learning]")
    section, tail = re.split(r"(?=^\[)", rest, maxsplit=1, flags=re.M)
    changed, count = re.subn(pattern, replacement, section, count=1)
    if count == 0:
        raise SystemExit(f"the recipe has nothing like {pattern}")
    return head + "[local_learning]" + changed + tail


def add_local(text, lines):
    return text.replace("[local_learning]\n", f"[local_learning]\n{lines}\n", 1)


def adamw(text):
    text = local(text, SGD, 'optimizer = "adamw"\nlearning_rate = 0.001\nweight_decay = 0.01\n')
    return add_local(local(text, STAGES, cosine(30)), 'keep = "last"')


def in_classifier(text, line):
    return text.replace("[classifier]\n", f"[classifier]\n{line}\n", 1)


def augment(text, **keys):
    lines = "".join(f"{key} = {str(value).lower()}\n" for key, value in keys.items())
    return text.replace("[aggregation]", f"[augmentation]\n{lines}\n[aggregation]", 1)


def with_value(text, **keys):
    """These keys of recipes/strong.toml, wherever they are first."""
    for key, value in keys.items():
        text, count = re.subn(rf'(?m)^{key} = (".*?"|\[.*?\]|\S+)', f"{key} = {value}", text, count=1)
        if count == 0:
            raise SystemExit(f"the recipe has no {key}")
    return text


def without(text, *keys):
    for key in keys:
        text, count = re.subn(rf"(?m)^{key} = .*\n", "", text, count=1)
        if count == 0:
            raise SystemExit(f"the recipe has no {key}")
    return text


def with_classifier_value(text, **keys):
    start = text.index("[classifier]")
    return text[:start] + with_value(text[start:], **keys)


def with_classifier_of_paper(text):
    paper = (ROOT / "recipes/paper.toml").read_text()
    return text[:text.index("[classifier]")] + paper[paper.index("[classifier]"):]


POSITIONS = {"random_positions": True}
LOUDNESS = POSITIONS | {"gain_db": 6, "equalizer_db": 6}
MASKS = LOUDNESS | {"masked_bands": 24, "masked_frames": 8}

# From recipes/paper.toml to recipes/strong.toml, a step at a time.
FROM_PAPER = {
    "paper": lambda text: text,
    "AdamW, cosine over 30 epochs, the last weights": adamw,
    "and random positions": lambda text: adamw(augment(text, **POSITIONS)),
    "and gain, equalizer": lambda text: adamw(augment(text, **LOUDNESS)),
    "and masks": lambda text: adamw(augment(text, **MASKS)),
    "and shift, stretch": lambda text: adamw(augment(text, **MASKS, shifted_bands=2, stretch=0.1)),
}

# recipes/strong.toml with something left out or changed in what is learned in step 1.
STRONG = "strong"
STEP_1 = {
    STRONG: lambda text: text,
    "strong without random positions": lambda text: with_value(text, random_positions="false"),
    "strong without gain, equalizer": lambda text: without(text, "gain_db", "equalizer_db"),
    "strong without masks": lambda text: without(text, "masked_bands", "masked_frames"),
    "strong without shift, stretch": lambda text: without(text, "shifted_bands", "stretch"),
    "strong, gain and equalizer 12 dB": lambda text: with_value(text, gain_db=12, equalizer_db=12),
    "strong, masks of 48 bands, 20 frames": lambda text: with_value(text, masked_bands=48, masked_frames=20),
    "strong, shift 4 bands, stretch 0.25": lambda text: with_value(text, shifted_bands=4, stretch=0.25),
    "strong, 60 epochs": lambda text: with_value(text, epochs=60),
    "strong, weight decay 0.1": lambda text: with_value(text, weight_decay=0.1),
    "strong, mixup 0.2": lambda text: add_local(text, "mixup = 0.2"),
    "strong, mixup 1": lambda text: add_local(text, "mixup = 1.0"),
    "strong, mixup 0.2, 60 epochs": lambda text: with_value(add_local(text, "mixup = 0.2"), epochs=60),
    "strong, label smoothing 0.1": lambda text: add_local(text, "label_smoothing = 0.1"),
    "strong, averaged weights": lambda text: add_local(text, "weight_average_decay = 0.999"),
}

# The same in steps 2 and 3, with the networks of "strong".
STEP_3 = {
    "strong, mean alone": lambda text: with_value(text, across_segments='"mean"'),
    "strong, input dropout 0.3": lambda text: in_classifier(text, "input_dropout = 0.3"),
    "strong, early fusion": lambda text: without(with_value(text, hidden_units="[1024, 1024]"), "fusion"),
    "strong without augmented copies": lambda text: without(text, "augmented_copies"),
    "strong, 8 augmented copies": lambda text: with_value(text, augmented_copies=8),
    "strong, label smoothing 0.1 in step 3": lambda text: in_classifier(text, "label_smoothing = 0.1"),
    "strong, 12 epochs of step 3": lambda text: with_classifier_value(text, epochs=12),
    "strong, step 3 of the paper": with_classifier_of_paper,
}
VARIANTS = list(FROM_PAPER) + list(STEP_1) + list(STEP_3)


def changed_variant(name):
    """The one that this one is compared with: the step before it, or "strong"; None for those where the two begin."""
    if name in FROM_PAPER:
        steps = list(FROM_PAPER)
        return steps[steps.index(name) - 1] if name != steps[0] else None
    return STRONG if name != STRONG else None


def write_recipe(name, frames, folder):
    base = "paper" if name in FROM_PAPER else "strong"
    path = folder / "recipe.toml"
    if frames == "all":
        shutil.copy(ROOT / f"recipes/{base}.toml", path)
    else:
        compare.one_network_recipe(frames, folder, name=base)
    path.write_text((FROM_PAPER | STEP_1 | STEP_3)[name](path.read_text()))
    return path


def folder_of(options, name, seed):
    return options.out / f"{options.frames}-frames" / re.sub(r"\W+", "-", name) / f"seed-{seed}"


def start_from_strong(options, name, seed):
    """Its step 1 is that of a variant before it."""
    strong = folder_of(options, STRONG, seed)
    for checkpoints in strong.glob("**/checkpoints"):
        shutil.copytree(checkpoints, folder_of(options, name, seed) / checkpoints.relative_to(strong), dirs_exist_ok=True,
                        ignore=shutil.ignore_patterns("classifier*"))


def train(options, name, seed):
    """Again only when the recipe is another than that of the run that is there."""
    folder = folder_of(options, name, seed)
    parts = options.out / "recipes" / folder.relative_to(options.out)
    parts.mkdir(parents=True, exist_ok=True)
    recipe = write_recipe(name, options.frames, parts)
    trained = folder / "trained"
    if trained.exists() and trained.read_text() == recipe.read_text():
        return
    if name in STEP_3:
        start_from_strong(options, name, seed)
    folds = ["--folds", str(options.folds), "--group", "artist"] if options.folds else []
    subprocess.run([options.earmark, "train", recipe, "--data", options.data, "--tags", options.tags, "--out", folder,
                    "--cache", options.cache or options.out / "log-mel", "--seed", str(seed), "--jobs", "1"] + folds,
                   check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    trained.write_text(recipe.read_text())


def scores_of(options, results):
    """Of the local model, and of the classifier on all levels."""
    scales = "all" if options.frames == "all" else [int(options.frames)]
    scores = {entry["kind"]: entry["valid"]["roc_auc"] for entry in json.loads(results.read_text())["configurations"]
              if entry["scales"] == scales}
    return scores["local_model"], scores["all_levels"]


def run(options, name, seed):
    """The two scores of each fold."""
    train(options, name, seed)
    return [scores_of(options, results) for results in sorted(folder_of(options, name, seed).glob("**/results.json"))]


def cells(runs, changed_runs):
    """A mean for each of the two scores, and its difference from that of the variant that is changed."""
    for metric in (0, 1):
        values = [fold[metric] for folds in runs for fold in folds]
        yield f"{statistics.mean(values):.4f}"
        if changed_runs is None:
            yield ""
            continue
        changed = [fold[metric] for folds in changed_runs for fold in folds]
        differences = [value - other for value, other in zip(values, changed, strict=True)]
        error = statistics.stdev(differences) / len(differences) ** 0.5 if len(differences) > 1 else float("nan")
        yield f"{statistics.mean(differences):+.4f} ({error:.4f})"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--tags", type=pathlib.Path, required=True)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--frames", default="27", help="the scale of the network in segment_frames, or all")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--folds", type=int, help="number of folds of a cross-validation (default: the splits of the data set)")
    parser.add_argument("--parallel", type=int, default=os.cpu_count(), help="trainings at once, one thread each")
    parser.add_argument("--cache", type=pathlib.Path, help="log-mel cache, which may be shared")
    parser.add_argument("--earmark", type=pathlib.Path, default=ROOT / "build/release/apps/earmark", metavar="PROGRAM")
    parser.add_argument("variants", nargs="*", default=[])
    options = parser.parse_args()
    unknown = [name for name in options.variants if name not in VARIANTS]
    if unknown:
        parser.error(f"{unknown[0]} is none of: {'; '.join(VARIANTS)}")
    names = options.variants or VARIANTS
    needed = filter(None, map(changed_variant, names))
    parts = f"{options.folds} folds, " if options.folds else ""
    scales = "all scales" if options.frames == "all" else f"{options.frames} frames"
    print(f"Validation ROC-AUC, {scales}, {parts}{options.seeds} seeds; difference from the row that is changed (standard error)\n")
    print("| variant | local model | difference | all levels | difference |\n|---|---|---|---|---|")
    seeds = range(1, options.seeds + 1)
    pool = concurrent.futures.ThreadPoolExecutor(options.parallel)
    every = dict.fromkeys([*needed, *names])
    runs = {name: [pool.submit(run, options, name, seed) for seed in seeds] for name in every if name not in STEP_3}
    for one in runs.get(STRONG, []):
        one.result()
    runs |= {name: [pool.submit(run, options, name, seed) for seed in seeds] for name in every if name in STEP_3}
    for name in names:
        changed = changed_variant(name)
        results = [[one.result() for one in runs[other]] if other else None for other in (name, changed)]
        print(f"| {name} | {' | '.join(cells(*results))} |", flush=True)


if __name__ == "__main__":
    main()
