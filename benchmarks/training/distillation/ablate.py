"""Which teachers, networks and settings are best for pre-training by distillation (docs/experiments/2026-11-28-distillation.md).

Trains local networks on what teachers predicted for music (make-labels), then step 3 of recipes/strong.toml on their embeddings: allmusic by five
folds by artist, scored on validation folds alone; mirex by ten where the network did not hear it. One line of JSON for each network goes
to OUT/results.jsonl; a second call goes on where the first stopped.

Usage: python ablate.py --mel DIR --labels DIR --tags top50_tags.txt --out DIR --plan NAME... [--base JSON] [--only TEXT]
           [--together 8] [--device cuda] [--epoch-hours 46] [--threads N]
       python ablate.py ... --plan bar        the teachers' own embeddings through the same step 3
       python ablate.py ... --plan fusion     networks of --fuse "NAME + NAME" that were trained before, late and early
"""

import argparse
import json
import pathlib
import time

import numpy as np
import torch

import networks
from classify import classify, fold_scores
from clips import FRAMES_PER_SECOND, Clips, folds_by_artist, read_lines
from networks import BASE, Trainee, cost, equalizer_curve, train_together
from plans import PLANS

QUIET_DB = -12.0
COPIES = 2
SETS = {"allmusic": 5, "mirex": 10}


class Evaluation:
    """Step 3 on one data set."""

    def __init__(self, name, clips, seed_count):
        self.clips, self.seed_count = clips, seed_count
        self.indices = clips.of_set(name)
        self.fold_count, self.folds = clips.folds[name]
        self.is_softmax = name == "mirex"
        labels = [f"cluster---{i}" for i in range(1, 6)] if self.is_softmax else clips.top_tags
        self.targets = clips.tags(self.indices, labels)

    def gains(self):
        """Of the copies, in dB: random loudness and a random curve over the bands."""
        generator = torch.Generator().manual_seed(9)
        size = (COPIES, len(self.indices), 1 + networks.EQUALIZER_POINTS)
        random = torch.rand(size, generator=generator).to(self.clips.device)
        return (-20 + 26 * random[..., :1]) + (12 * random[..., 1:] - 6) @ equalizer_curve(self.clips.device)

    def embed(self, trainee):
        """The clips as they are, quiet, and copies: each clips x 2 x numbers."""
        quiet = torch.full((len(self.indices), 1), QUIET_DB, device=self.clips.device)
        return [trainee.embed(self.indices, gain) for gain in (None, quiet, *self.gains())]

    def scores(self, logits):
        return fold_scores(logits, self.targets, self.folds, self.fold_count, self.is_softmax)

    def classify(self, embedded, pairs=None):
        """`embedded`: for each input what embed gives, as clips x numbers. Returns logits, and those of quiet clips."""
        originals = torch.stack([parts[0] for parts in embedded])
        quiet = torch.stack([parts[1] for parts in embedded])
        copies = torch.stack([torch.stack(list(parts[2:])) for parts in embedded]) if len(embedded[0]) > 2 else None
        return classify(originals, copies, [quiet], self.targets, self.folds, self.fold_count, self.seed_count, self.is_softmax, pairs)


def without_dense(values, variant):
    return values[:, :, :-variant["dense"]]


def summary(scores):
    return {"mean": round(float(np.mean(scores)), 4), "folds": [round(score, 4) for score in scores]}


def evaluate(trainees, evaluations, out, wants_more):
    """Adds the scores of networks that have the same shape."""
    results = [{} for _ in trainees]
    for name, evaluation in evaluations.items():
        heard = [name in trainee.variant["sets"] for trainee in trainees]
        if any(heard) or (name == "allmusic" and trainees[0].variant["fold"] is not None):
            continue
        embedded = [evaluation.embed(trainee) for trainee in trainees]
        inputs = {"levels": [[without_dense(part, trainee.variant).flatten(1) for part in parts]
                             for parts, trainee in zip(embedded, trainees)]}
        if name == "allmusic" and wants_more:
            inputs["with dense"] = [[part.flatten(1) for part in parts] for parts in embedded]
            inputs["no copies"] = [parts[:2] for parts in inputs["levels"]]
        for kind, given in inputs.items():
            logits, quiet = evaluation.classify(given)
            for i, trainee in enumerate(trainees):
                results[i][f"{name}, {kind}"] = summary(evaluation.scores(logits[i]))
                results[i][f"{name}, {kind}, quiet"] = summary(evaluation.scores(quiet[i]))["mean"]
                if kind == "levels":
                    kept = np.stack([part.half().cpu().numpy() for part in given[i]])
                    np.savez(out / f"{trainee.name}, {name}.npz".replace("/", " "), logits=logits[i].half().cpu().numpy(), embedded=kept)
    return results


def evaluate_folds(trainees, evaluation):
    """Networks that heard the training folds of allmusic: each is judged on its own fold."""
    embedded = [[without_dense(part, trainee.variant).flatten(1) for part in evaluation.embed(trainee)] for trainee in trainees]
    logits, quiet = evaluation.classify(embedded, [(i, trainee.variant["fold"]) for i, trainee in enumerate(trainees)])
    return {"allmusic, levels": summary(evaluation.scores(logits[0])),
            "allmusic, levels, quiet": summary(evaluation.scores(quiet[0]))["mean"]}


def run_plan(plan, options, clips, evaluations, done):
    waiting = []
    for name, changes in PLANS[plan]:
        variant = {**BASE, **options.base, **changes}
        if name not in done and (not options.only or options.only in name):
            waiting.append((name, variant))
    if plan == "folds":
        waiting.sort(key=lambda item: item[0].rsplit(",", 1)[0])
    size = 5 if plan == "folds" else options.together
    for first in range(0, len(waiting), size):
        trainees = [Trainee(name, variant, clips) for name, variant in waiting[first:first + size]]
        if plan == "folds" and len(trainees) < 5:
            break
        start = time.time()
        seconds = train_together(trainees)
        records = [{"name": trainee.name, "plan": plan, "variant": trainee.variant, "hours": round(trainee.hours, 1),
                    "steps": trainee.step_count, "cost": round(cost(trainee.variant)), "loss": round(float(trainee.last_loss), 4)}
                   for trainee in trainees]
        if plan == "folds":
            records = [{**records[0], "name": trainees[0].name.rsplit(",", 1)[0], **evaluate_folds(trainees, evaluations["allmusic"])}]
        else:
            groups = {}
            for i, trainee in enumerate(trainees):
                groups.setdefault((json.dumps(networks.layers_of(trainee.variant)), trainee.variant["dense"]), []).append(i)
            for rows in groups.values():
                for i, scores in zip(rows, evaluate([trainees[i] for i in rows], evaluations, options.out, options.more)):
                    records[i] |= scores
        for record in records:
            write(options.out, {**record, "training_s": round(seconds), "all_s": round(time.time() - start)})


def write(out, record):
    with open(out / "results.jsonl", "a", encoding="utf-8") as file:
        print(json.dumps(record), file=file, flush=True)
    shown = {key: value["mean"] if isinstance(value, dict) else value for key, value in record.items() if key not in ("variant", "plan")}
    print(", ".join(f"{key} {value}" for key, value in shown.items()), flush=True)


def run_bar(options, clips, evaluations):
    """Teachers' embeddings, their mean over the windows of a clip, through the same step 3 (no copies: they heard no changed clips)."""
    choices = {"msd": ["msd_musicnn/embeddings"], "msd and mtt": ["msd_musicnn/embeddings", "mtt_musicnn/embeddings"],
               "mn04": ["audioset_mn04/embeddings"],
               "msd, mtt and mn04": ["msd_musicnn/embeddings", "mtt_musicnn/embeddings", "audioset_mn04/embeddings"]}
    for label, names in choices.items():
        record = {"name": f"bar: {label}", "plan": "bar"}
        for name, evaluation in evaluations.items():
            vectors = clips.teacher_vectors(names, evaluation.indices)
            logits, _ = evaluation.classify([[vectors, vectors]])
            record[name] = summary(evaluation.scores(logits[0]))
            np.savez(options.out / f"bar {label}, {name}.npz", logits=logits[0].half().cpu().numpy())
        write(options.out, record)


def run_fusion(options, evaluations):
    for choice in options.fuse:
        record = {"name": f"fusion: {choice}", "plan": "fusion"}
        for name, evaluation in evaluations.items():
            files = [options.out / f"{part.strip()}, {name}.npz" for part in choice.split("+")]
            if not all(file.exists() for file in files):
                continue
            parts = [np.load(file) for file in files]
            device = evaluation.clips.device
            late = sum(torch.from_numpy(part["logits"]).to(device).float() for part in parts) / len(parts)
            record[f"{name}, late"] = summary(evaluation.scores(late))
            if options.early:
                together = torch.cat([torch.from_numpy(part["embedded"]).to(device).float() for part in parts], 2)
                logits, quiet = evaluation.classify([list(together)])
                record[f"{name}, early"] = summary(evaluation.scores(logits[0]))
                record[f"{name}, early, quiet"] = summary(evaluation.scores(quiet[0]))["mean"]
        write(options.out, record)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mel", type=pathlib.Path, required=True, help="what log_mel.py wrote")
    parser.add_argument("--labels", type=pathlib.Path, required=True, help="what pack.py --labels wrote")
    parser.add_argument("--tags", type=pathlib.Path, required=True, help="top50_tags.txt of allmusic")
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--plan", nargs="+", required=True, choices=[*PLANS, "bar", "fusion"])
    parser.add_argument("--base", type=json.loads, default={}, help="changes to networks.BASE for all")
    parser.add_argument("--only", help="variants whose name holds this")
    parser.add_argument("--fuse", nargs="*", default=[])
    parser.add_argument("--early", action="store_true")
    parser.add_argument("--more", action="store_true", help="step 3 also with the dense layer as a level, and without copies")
    parser.add_argument("--compile", action="store_true", help="worth it on a CPU with a compiler")
    parser.add_argument("--together", type=int, default=1)
    parser.add_argument("--seeds", type=int, default=3, help="of step 3")
    parser.add_argument("--evaluate", nargs="+", default=list(SETS), choices=list(SETS))
    parser.add_argument("--epoch-hours", type=float, default=46,
                        help="so many hours of segments are an epoch, however many hours there are")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.backends.cudnn.benchmark = True
    torch.backends.cuda.matmul.allow_tf32 = True
    if options.compile:
        networks.compile_for_cpu()
    options.out.mkdir(parents=True, exist_ok=True)
    done = {json.loads(line)["name"] for line in read_lines(options.out / "results.jsonl")}
    clips = Clips(options.mel, options.labels, read_lines(options.tags), torch.device(options.device))
    clips.epoch_frames = options.epoch_hours * 3600 * FRAMES_PER_SECOND
    clips.folds = {name: (count, folds_by_artist([clips.clips[i] for i in clips.of_set(name)], count)) for name, count in SETS.items()}
    evaluations = {name: Evaluation(name, clips, options.seeds) for name in options.evaluate if clips.of_set(name)}
    print(", ".join(f"{name} {len(clips.of_set(name))} clips {clips.hours(clips.of_set(name)):.1f} h"
                    for name in sorted({clip["set"] for clip in clips.clips})),
          f"mean {clips.mean:.4f}, deviation {clips.deviation:.4f}", flush=True)
    for plan in options.plan:
        if plan == "bar":
            run_bar(options, clips, evaluations)
        elif plan == "fusion":
            run_fusion(options, evaluations)
        else:
            run_plan(plan, options, clips, evaluations, done)


if __name__ == "__main__":
    main()
