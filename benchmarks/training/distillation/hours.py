"""How much each hour of music and each kind of teachers' labels brings, with `earmark train` itself.

One local network of 54 frames learns from teachers as recipes/default/pretrain.toml has it, on free music alone, then the classifier of
recipes/strong.toml learns allmusic by five folds by artist, which no network has heard. Prints a row of a Markdown table for each variant:
mean ROC-AUC of the folds. Runs are kept in OUT; a second call goes on where the first stopped. Choices are made by validation folds.

Usage: python hours.py --data FOLDER --labels FOLDER --manifest FOLDER --out FOLDER [--variants 'NAME;NAME...'] [--cache FOLDER]
  --data      has allmusic
  --labels    what recipes/default/make-labels wrote: a table for each teacher, and heard/
  --manifest  of the free music, as recipes/default/make-manifests wrote it
Needs a release build (./earmark train --help), and takes 3 to 20 minutes of one core for each variant.
"""

import argparse
import csv
import pathlib
import random
import re
import subprocess

import numpy as np

ROOT = pathlib.Path(__file__).resolve().parents[3]
NETWORKS = re.compile(r"^\[\[networks\]\]\n.*?^\]\n", re.M | re.S)
TEACHERS = re.compile(r"^\[\[teachers\]\]\nfile = \"(?P<file>.*?)\"\nkind = \"(?P<kind>.*?)\"\n\n?", re.M)


def one_network(recipe):
    """Of 54 frames, with a name of its own."""
    return NETWORKS.sub(lambda found: found[0] if "segment_frames = 54" in found[0] else "", recipe)


def only_teachers(kept):
    return lambda recipe: TEACHERS.sub(lambda found: found[0] if kept(found["file"], found["kind"]) else "", recipe)


def any_teacher(recipe):
    return recipe


# name: hours (None: all), change of the recipe
VARIANTS = {
    "5 h": (5, any_teacher), "10 h": (10, any_teacher), "20 h": (20, any_teacher), "all": (None, any_teacher),
    "10 h, soft labels alone": (10, only_teachers(lambda file, kind: kind == "probabilities")),
    "10 h, embeddings alone": (10, only_teachers(lambda file, kind: kind == "embeddings")),
    "10 h, musicnn alone": (10, only_teachers(lambda file, kind: "audioset" not in file and "jamendo" not in file)),
    "10 h, musicnn of MSD alone": (10, only_teachers(lambda file, kind: file.startswith("msd"))),
    "10 h, AudioSet alone": (10, only_teachers(lambda file, kind: file.startswith("audioset"))),
}


def seconds_of(heard, path):
    with np.load(heard / f"{'/'.join(pathlib.Path(path).parts[-2:])}.npz") as file:
        return float(file["seconds"])


def chosen_rows(rows, heard, hours):
    """Packages in random order until there are so many hours of training music; all of the validation split."""
    durations = {row["path"]: seconds_of(heard, row["path"]) for row in rows if row["split"] == "train"}
    packages = sorted({pathlib.Path(path).parent.name for path in durations})
    random.Random(1).shuffle(packages)
    kept, total = set(), 0.0
    for package in packages:
        if hours is not None and total >= hours * 3600:
            break
        own = [path for path in durations if pathlib.Path(path).parent.name == package]
        kept.update(own)
        total += sum(durations[path] for path in own)
    return [row for row in rows if row["split"] == "valid" or row["path"] in kept], total / 3600


def write_manifest(rows, folder):
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "manifest.tsv", "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys(), delimiter="\t", quoting=csv.QUOTE_NONE, quotechar=None, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def train(*arguments, log):
    with open(log, "w") as file:
        subprocess.run([ROOT / "earmark", "train", *map(str, arguments)], stdout=file, stderr=file, check=True)


def row_of(study):
    """Validation and test ROC-AUC of all levels, from the table that the study printed."""
    found = re.search(r"^\| all levels, 54 frames +\| \d+ +\| (\S+) +\| (.*?) +\|", study, re.M)
    return found[1], found[2]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("data", "labels", "manifest", "out"):
        parser.add_argument(f"--{name}", type=pathlib.Path, required=True)
    parser.add_argument("--cache", type=pathlib.Path)
    parser.add_argument("--variants", type=lambda text: text.split(";"), default=list(VARIANTS))
    arguments = parser.parse_args()
    with open(arguments.manifest / "manifest.tsv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    cache = ["--cache", arguments.cache or arguments.out / "cache"]
    tags = arguments.manifest.parent / "tags-of-music.txt"
    print("| music, teachers | hours | ROC-AUC, validation folds | test folds |\n|---|---|---|---|", flush=True)
    for name in arguments.variants:
        hours, change = VARIANTS[name]
        work = arguments.out / re.sub(r"\W+", "-", name)
        kept, total = chosen_rows(rows, arguments.labels / "heard" / "free-music", hours)
        write_manifest(kept, work / "free-music")
        (work / "recipe.toml").write_text(change(one_network((ROOT / "recipes/default/pretrain.toml").read_text())))
        if not (work / "run" / "model.earmark").exists():
            train(work / "recipe.toml", "--teachers", arguments.labels, "--data", work / "free-music", "--tags", tags,
                  "--out", work / "run", "--jobs", 1, *cache, log=work / "run.log")
        train(ROOT / "recipes/strong.toml", "--from", work / "run/model.earmark", "--data", arguments.data / "allmusic",
              "--tags", arguments.data / "allmusic/top50_tags.txt", "--folds", 5, "--group", "artist", "--jobs", 1,
              "--out", work / "study", *cache, log=work / "study.log")
        valid, test = row_of((work / "study.log").read_text())
        print(f"| {name} | {total:.1f} | {valid} | {test} |", flush=True)


if __name__ == "__main__":
    main()
