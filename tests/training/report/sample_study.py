#!/usr/bin/env python3
"""Writes a made-up study.json to standard output, to look at the report of `earmark analyze` without a study.

    tests/training/report/sample_study.py KIND | build/dev/tests/training/report/earmark_write_report > build/report.html

KIND is one of
    tags      50 tags, three scales, five seeds, intervals over artists, compared with a second recipe
    genres    one of ten genres, 10-fold, with a confusion matrix
    missing   like tags, but with null wherever the format allows it, and names that try to break the page
    many      200 tags and five scales: is the page still fast?

Nothing here was measured: every number is drawn from a generator of pseudo-random numbers with a fixed seed, and the
field "made_up" makes the page show that.
"""
import json
import math
import random
import sys

TAGS = {
    "genre": "Pop/Rock Jazz Electronic International R&B Vocal Country Blues Rap Latin Reggae Folk Classical".split()
    + ["New Age", "Stage & Screen"],
    "mood": "Peaceful Calm Gloomy Harsh Angry Soothing Sad Joyous Hostile Bitter Bleak Cheerful Exciting Happy "
    "Reckless Fierce Delicate Gentle".split(),
    "instrument": "Guitar Piano Drums Strings Flute Sitar Synthesiser".split() + ["Acoustic guitar"],
    "voice": ["Female voice", "Male voice", "Choir", "No voice"],
    "era": ["1960s", "1980s", "1990s"],
    "other": ["Q1", "Q4"],
}
GENRES = "blues classical country disco hiphop jazz metal pop reggae rock".split()
LAYER_COUNTS = {18: 3, 27: 3, 54: 4, 108: 5, 216: 6}
# How much easier a tag becomes with a kind of embedding, in standard deviations between positive and negative clips.
SHIFT = {"baseline": 0.0, "level 1": 0.1, "level 2": 0.25, "level 3": 0.4, "level 4": 0.38, "level 5": 0.35,
         "level 6": 0.3, "last level": 0.4, "all levels": 0.47, "union": 0.5, "local": 0.36, "external": 0.62}

draw = random.Random(20170301)


def normal_share(z):
    return 0.5 * (1 + math.erf(z / math.sqrt(2)))


def interval(value, deviation, highest=1.0):
    low, high = value - 1.96 * deviation, value + 1.96 * deviation
    return {"value": round(value, 4), "low": round(max(low, -1.0), 4), "high": round(min(high, highest), 4)}


def auc_deviation(auc, positive_count, clip_count):
    """Hanley and McNeil, 1982."""
    negative_count = max(clip_count - positive_count, 1)
    q1, q2 = auc / (2 - auc), 2 * auc * auc / (1 + auc)
    variance = auc * (1 - auc) + (positive_count - 1) * (q1 - auc**2) + (negative_count - 1) * (q2 - auc**2)
    return math.sqrt(max(variance, 0) / (positive_count * negative_count))


def over_seeds(value, deviation, seed_count):
    score = interval(value, deviation)
    score["by_seed"] = [round(value + draw.gauss(0, 0.004), 4) for _ in range(seed_count)]
    return score


def make_tags(kind, clip_count):
    if kind == "genres":
        return [{"label": "genre---" + name, "name": name, "category": "genre",
                 "positive_count": draw.randint(7, 9)} for name in GENRES]
    names = [(category, name) for category, list_of_names in TAGS.items() for name in list_of_names]
    if kind == "many":
        names = [(category, f"{name} {number}") for number in range(1, 5) for category, name in names]
    tags = []
    for category, name in names:
        share = min(0.5, 0.03 + draw.expovariate(9))
        tags.append({"label": f"{category}---{name}" if category != "other" else name, "name": name,
                     "category": category, "positive_count": max(1, round(share * clip_count))})
    return tags


def configuration_fields(kind, scales, strength, feature_count, level=None, name=None):
    """The fields of an id as training/recipe/configuration_json.cpp writes them."""
    numbers = scales if isinstance(scales, list) else []
    scale_text = f"{', '.join(map(str, numbers[:-1]))} and {numbers[-1]} frames" if len(numbers) > 1 else (
        f"{numbers[0]} frames" if numbers else "all scales")
    names = {"local_model": "local models, mean of all scales" if scales == "all" else f"local model, {scale_text}",
             "mel_statistics": "mel mean and deviation", "mfcc_statistics": "MFCC statistics, logistic regression",
             "external": name, "one_level": f"level {level}, {scale_text}", "last_level": f"last level, {scale_text}",
             "all_levels": f"all levels, {scale_text}"}
    part = "all-scales" if scales == "all" else "-".join(map(str, ["scales" if len(numbers) > 1 else "scale", *numbers]))
    ids = {"local_model": f"local-model-{part}", "mel_statistics": "mel-statistics", "mfcc_statistics": "mfcc-statistics",
           "external": "external-" + str(name).replace(" ", "_20"), "one_level": f"level-{level}-{part}",
           "last_level": f"last-level-{part}", "all_levels": f"all-levels-{part}"}
    fields = {"id": ids[kind], "kind": kind, "level": level, "scales": scales, "name": names[kind],
              "feature_count": feature_count}
    return fields, strength


def configuration_list(scales):
    """In the order in which training/run/configurations.cpp makes them; the local models first."""
    row = configuration_fields
    rows = [row("local_model", [scale], "local", 0) for scale in scales]
    rows.append(row("local_model", "all", "local", 0))
    rows.append(row("mel_statistics", None, "baseline", 256))
    rows.append(row("mfcc_statistics", None, "baseline", 120))
    rows.append(row("external", None, "external", 200, name="musicnn MSD"))
    for scale in scales:
        layer_count = LAYER_COUNTS[scale]
        rows += [row("one_level", [scale], f"level {level}", 128, level=level) for level in range(1, layer_count)]
        rows.append(row("last_level", [scale], "last level", 256))
        rows.append(row("all_levels", [scale], "all levels", 256 + 128 * (layer_count - 1)))
    for count in range(2, len(scales)):
        rows.append(row("all_levels", scales[:count], "union", 640 * count))
    rows.append(row("last_level", "all", "last level", 256 * len(scales)))
    rows.append(row("all_levels", "all", "union", 640 * len(scales)))
    return rows


def scale_of(configuration):
    """The scale of a configuration that has only one."""
    scales = configuration["scales"]
    return scales[0] if isinstance(scales, list) and len(scales) == 1 else None


def mean(values):
    return sum(values) / len(values)


def make_configurations(kind, tags, scales, seed_count, clip_count):
    ease = [draw.gauss(0.85, 0.45) for _ in tags]
    liking = [{strength: draw.gauss(0, 0.12) for strength in SHIFT} for _ in tags]
    configurations = []
    for fields, strength in configuration_list(scales):
        scale = scale_of(fields)
        scores = []
        for tag, easy, likes in zip(tags, ease, liking):
            extra = 0.04 * math.log2(scale / 18) if scale else 0.05
            auc = normal_share((easy + SHIFT[strength] + likes[strength] + extra + draw.gauss(0, 0.06)) / math.sqrt(2))
            scores.append(interval(auc, auc_deviation(auc, tag["positive_count"], clip_count)))
        auc = mean([score["value"] for score in scores])
        configuration = {
            **fields,
            "roc_auc": over_seeds(auc, 0.013, seed_count),
            "average_precision": over_seeds(auc * auc * 0.55, 0.02, seed_count),
            "accuracy": over_seeds(auc**4, 0.045, seed_count) if kind == "genres" else None,
            "balanced_accuracy": over_seeds(auc**4 - 0.004, 0.046, seed_count) if kind == "genres" else None,
            "valid_roc_auc": round(auc + draw.gauss(0.004, 0.006), 4),
            "tags": [{"roc_auc": score} for score in scores],
        }
        configurations.append(configuration)
    return configurations


def comparison(a, b, value, deviation=0.009, metric="roc_auc"):
    return {"a": a, "b": b, "metric": metric, "difference": interval(value, deviation),
            "not_better_share": round(1 - normal_share(value / deviation), 3)}


WHOLE_METHOD = "all-levels-all-scales"


def make_comparisons(configurations, metric):
    """As training/study/study_metrics.cpp chooses them."""
    value = {c["id"]: (c[metric] or {}).get("value") for c in configurations}
    pairs = [(c["id"], c["id"].replace("all-levels", "last-level")) for c in configurations if c["kind"] == "all_levels"]
    pairs += [(WHOLE_METHOD, c["id"]) for c in configurations if c["id"] != WHOLE_METHOD and
              (c["kind"] in ("all_levels", "mel_statistics", "mfcc_statistics", "external") or c["id"] == "local-model-all-scales")]
    return [comparison(a, b, value[a] - value[b], metric=metric) for a, b in pairs if b in value]


def best_single(configurations):
    single = [c for c in configurations if c["kind"] == "all_levels" and scale_of(c) and c["valid_roc_auc"] is not None]
    return max(single, key=lambda configuration: configuration["valid_roc_auc"])


def make_answers(configurations, comparisons, metric):
    """As training/study/study_answers.cpp makes them."""
    best = best_single(configurations)
    asked = {"last-level-all-scales": ("Are all levels better than the last level alone?", "Using all levels",
                                       "using the last level alone (all scales)"),
             best["id"]: ("Are all scales better than the best single scale?", "Using all scales",
                          f"using the single scale that was best by validation ({scale_of(best)} frames, all levels)")}
    answers = []
    for found in comparisons:
        if found["a"] != WHOLE_METHOD or found["b"] not in asked or found["metric"] != metric:
            continue
        question, first, second = asked[found["b"]]
        value, low, high = (found["difference"][key] for key in ("value", "low", "high"))
        verdict = "better" if low > 0 else "worse" if high < 0 else "not_significant"
        text = {"better": "is significantly better than", "worse": "is significantly worse than",
                "not_significant": "is not significantly better than"}[verdict]
        name = "ROC-AUC" if metric == "roc_auc" else metric
        sentence = f"{first} {text} {second}: {name} {value:+.4f} (95 % interval {low:+.4f} to {high:+.4f})"
        answers.append({"question": question, "a": found["a"], "b": found["b"], "verdict": verdict,
                        "sentence": sentence.replace(" -", " \u2212")})
    return answers


def make_paper(configurations):
    """The paper's scores are real."""
    scale = scale_of(best_single(configurations))
    rows = [("local model (mean of segments)", 0.8981, 0.8783, None, f"local-model-scale-{scale}"),
            ("multi-level", 0.9002, 0.8853, None, f"all-levels-scale-{scale}"),
            ("multi-level and multi-scale", 0.9017, 0.8878, None, WHOLE_METHOD),
            ("the same, pre-trained on MSD", 0.9021, None, 0.72, None)]
    keys = ("model", "mtat_roc_auc", "msd_roc_auc", "gtzan_accuracy", "configuration")
    return [dict(zip(keys, row)) for row in rows]


def make_other_study(configurations):
    return {"recipe": "strong", "comparisons": [
        comparison(c["id"], c["id"], -draw.gauss(0.03, 0.01), 0.011) for c in configurations
        if c["kind"] in ("all_levels", "local_model") or c["id"] == "last-level-all-scales"]}


def make_curve(seed, fold, task, step, epoch_count):
    epochs, rate, best = [], 0.01, None
    for epoch in range(1, epoch_count + 1):
        if epoch % 12 == 0:
            rate /= 5
        fall = math.exp(-epoch / 6)
        loss = 0.13 + 0.12 * fall + draw.gauss(0, 0.001) - 0.0006 * epoch
        valid_loss = 0.155 + 0.1 * fall + draw.gauss(0, 0.002) + 0.0002 * epoch
        is_best = best is None or valid_loss < best
        best = valid_loss if is_best else best
        epochs.append({"epoch": epoch, "loss": loss, "valid_loss": valid_loss, "learning_rate": rate, "best": is_best,
                       "valid_roc_auc": 0.8 - 0.2 * fall + draw.gauss(0, 0.003)})
    run = f"seed-{seed}" if fold is None else f"seed-{seed}/fold-{fold:02}"
    return {"run": run, "seed": seed, "fold": fold, **task, "step": step, "epochs": epochs}


def make_curves(kind, configurations, scales, seed_count):
    runs = [(seed, None) for seed in range(1, seed_count + 1)]
    if kind == "genres":
        runs = [(1, fold) for fold in range(1, 11)]
    tasks = [({"id": f"local-network-{scale}", "task": f"local network {scale}", "kind": "local_network", "segment_frames": scale}, 1, 36)
             for scale in scales]
    tasks += [({"id": "classifier-" + c["id"], "task": "classifier, " + c["name"], "kind": "classifier",
                "configuration": {key: c[key] for key in ("id", "kind", "level", "scales", "name")}}, 3, 18)
              for c in configurations if c["kind"] in ("all_levels", "mel_statistics")]
    return [make_curve(*run, task, step, count + draw.randint(-6, 6)) for task, step, count in tasks for run in runs]


def make_confusion():
    counts = [[0] * len(GENRES) for _ in GENRES]
    for truth in range(len(GENRES)):
        for _ in range(draw.randint(70, 100)):
            predicted = truth if draw.random() < 0.35 + 0.05 * truth else draw.randrange(len(GENRES))
            counts[truth][predicted] += 1
    return {"labels": GENRES, "counts": counts}


def make_filter(band_count, kernel_frames):
    center, width = draw.random() ** 1.6 * band_count, draw.uniform(1.5, 10)
    ripple, motion = draw.uniform(0, 1.2), draw.uniform(-1, 1)
    strength = draw.uniform(0.05, 0.3)
    values = []
    for band in range(band_count):
        shape = math.exp(-((band - center) / width) ** 2) * math.cos(ripple * (band - center))
        for frame in range(kernel_frames):
            slope = 1 + motion * (frame - (kernel_frames - 1) / 2)
            values.append(round(strength * shape * slope + draw.gauss(0, 0.012), 5))
    return values


def make_hardest(kind, tags):
    clips = []
    for number in range(1, 13):
        names = draw.sample([tag["name"] for tag in tags], 5)
        truths = names[:1] if kind == "genres" else names[:draw.randint(1, 3)]
        predicted = [{"tag": name, "probability": round(draw.uniform(0.6, 0.98), 3)} for name in names[3:] + truths[:number % 2]]
        missed = [{"tag": name, "probability": round(draw.uniform(0.001, 0.2), 3)} for name in truths[number % 2:]]
        clips.append({"path": f"audio/MT00000{number:05d}.opus", "file": f"../music/set #1/MT00000{number:05d}.opus",
                      "truths": truths, "loss": round(3.2 / number**0.4, 3), "predicted": predicted,
                      "missed": missed})
    return clips


def put_nulls(study):
    """What a study with unknown labels, one seed and stopped runs may leave undefined."""
    nothing = {"value": None, "low": None, "high": None}
    study.update(date=None, machine=None, group=None, seeds=[1], comparisons=study["comparisons"][2:], other_study=None,
                 answers=[], paper=None)
    study["tags"][0]["name"] = study["tags"][0]["label"] = "</script><script>document.title='broken'</script>"
    study["tags"][1]["name"] = "<!-- <script> & \"quotes\" 'and' \u2028 Ünïcödé 音楽, a name that is far longer than others"
    study["tags"][2].update(category=None, positive_count=0)
    for configuration in study["configurations"]:
        configuration["tags"][2]["roc_auc"] = dict(nothing)
        configuration["tags"][4]["roc_auc"] = None
        configuration["average_precision"].update(low=None, high=None)
        configuration["roc_auc"]["by_seed"] = [None]
    study["configurations"][1].update(valid_roc_auc=None, feature_count=None, average_precision=None)
    study["configurations"][4]["roc_auc"] = {**nothing, "by_seed": [None]}
    study["comparisons"][0].update(difference=nothing, not_better_share=None)
    study["learning_curves"] = study["learning_curves"][:6]
    study["learning_curves"][0]["epochs"][3].update(loss=None, valid_loss=None, valid_roc_auc=None)
    study["learning_curves"][1]["epochs"] = []
    study["filters"] = []
    study["hardest_clips"][0].update(file=None, loss=None, predicted=[], missed=[])


def make_study(kind):
    scales = [18, 27, 54, 108, 216] if kind == "many" else [18, 27, 54]
    seed_count = 1 if kind == "genres" else 5
    clip_count = {"genres": 290, "many": 4332}.get(kind, 81)
    tags = make_tags(kind, clip_count)
    configurations = make_configurations(kind, tags, scales, seed_count, clip_count)
    comparisons = make_comparisons(configurations, "roc_auc")
    if kind == "genres":
        comparisons = make_comparisons(configurations, "accuracy")
    study = {
        "format": 2, "made_up": True, "recipe": "paper", "data": "gtzan-subset" if kind == "genres" else "allmusic",
        "command": "earmark analyze recipes/paper.toml --data ../shared/data/allmusic --out build/study --seeds 5",
        "date": "2026-11-24", "machine": "AMD EPYC, 2 cores", "output": "softmax" if kind == "genres" else "sigmoid",
        "seeds": list(range(1, seed_count + 1)), "fold_count": 10 if kind == "genres" else 0,
        "group": "artist" if kind in ("genres", "tags") else None,
        "group_count": 74 if kind in ("genres", "tags") else None, "split": "test", "clip_count": clip_count,
        "resample_count": 1000, "tags": tags, "configurations": configurations, "comparisons": comparisons,
        "answers": make_answers(configurations, comparisons, "accuracy" if kind == "genres" else "roc_auc"),
        "paper": make_paper(configurations),
        "other_study": None if kind == "genres" else make_other_study(configurations),
        "learning_curves": make_curves(kind, configurations, scales, seed_count),
        "confusion": make_confusion() if kind == "genres" else None,
        "filters": [{"segment_frames": scale, "kernel_frames": 3, "mel_band_count": 128,
                     "filters": [make_filter(128, 3) for _ in range(128)]} for scale in scales],
        "hardest_clips": make_hardest(kind, tags),
    }
    if kind == "missing":
        put_nulls(study)
    return study


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in ("tags", "genres", "missing", "many"):
        sys.exit(__doc__)
    json.dump(make_study(sys.argv[1]), sys.stdout, ensure_ascii=False)
