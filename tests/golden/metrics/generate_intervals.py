#!/usr/bin/env python3
"""Golden bootstrap intervals, from scipy.stats.bootstrap with the metrics of scikit-learn.

Command:    python3 tests/golden/metrics/generate_intervals.py        (takes about five minutes)
Versions:   scikit-learn 1.9.1, scipy 1.17.1, numpy 2.4.6
Tolerance:  0.15 standard errors of the metric, which is what chance leaves of the ends of 5,000 resamples: each draws
            other resamples. percentiles.txt: 1e-12

intervals.txt:
    CLIPS TAGS
    for each clip: its artist ('-' when unknown) and whether model A, B predicted its label correctly; scores of model A; scores
    of model B; truths
    then lines 'WHAT METRIC VALUE LOW HIGH STANDARD_ERROR', where WHAT is 'clips' (model A, clips drawn), 'artists' (model
    A, artists drawn, by numpy) or 'paired' (A minus B, clips drawn); a line of 'paired' ends with the share of resamples
    at or below 0
percentiles.txt, one case a block:
    PERCENT LOW HIGH    (what numpy.percentile gives for the middle PERCENT of the values)
    values
"""

import pathlib

import numpy as np
from scipy.stats import bootstrap
from sklearn.metrics import average_precision_score, f1_score, roc_auc_score

FOLDER = pathlib.Path(__file__).parent
RESAMPLES = 5000


def mean_over_tags(metric, scores, truths):
    proper = [tag for tag in range(truths.shape[1]) if 0 < truths[:, tag].sum() < len(truths)]
    return np.mean([metric(truths[:, tag], scores[:, tag]) for tag in proper])


METRICS = {
    "roc_auc": lambda scores, truths, right: mean_over_tags(roc_auc_score, scores, truths),
    "average_precision": lambda scores, truths, right: mean_over_tags(average_precision_score, scores, truths),
    "f1_macro": lambda scores, truths, right: mean_over_tags(lambda t, s: f1_score(t, s >= 0.5), scores, truths),
    "f1_micro": lambda scores, truths, right: f1_score(truths, scores >= 0.5, average="micro"),
    "accuracy": lambda scores, truths, right: np.mean(right),
}


def drawn():
    random = np.random.default_rng(47)
    clips, tags = 150, 3
    artists = [f"artist{number}" if number < 30 else "-" for number in random.integers(0, 33, clips)]
    # Clips by one artist are alike, so that drawing artists gives wider intervals.
    leaning = {artist: random.normal(0, 1, tags) for artist in sorted(set(artists))}
    own = np.array([random.normal(0, 1, tags) if artist == "-" else leaning[artist] for artist in artists])
    truths = (own + random.normal(0, 0.7, (clips, tags)) > [0.4, 0.9, -0.2]).astype(int)
    blur = np.array([random.normal(0, 1, tags) if artist == "-" else 0.8 * leaning[artist][::-1] for artist in artists])
    a = 1 / (1 + np.exp(-(truths * 1.3 - 0.8 + blur + random.normal(0, 0.5, (clips, tags)))))
    b = 1 / (1 + np.exp(-(truths * 1.0 - 0.8 + blur + random.normal(0, 0.9, (clips, tags)))))
    right = np.stack([random.random(clips) < 0.7, random.random(clips) < 0.62], axis=1).astype(int)
    return artists, a.astype(np.float32), b.astype(np.float32), truths, right


def interval_of(statistic, clips):
    found = bootstrap((np.arange(clips),), statistic, n_resamples=RESAMPLES, vectorized=False, method="percentile",
                      rng=np.random.default_rng(53))
    return found.confidence_interval.low, found.confidence_interval.high, found.bootstrap_distribution


def interval_of_artists(statistic, artists):
    random = np.random.default_rng(59)
    names = [artist if artist != "-" else f"alone{i}" for i, artist in enumerate(artists)]
    groups = [np.flatnonzero(np.array(names) == name) for name in sorted(set(names))]
    values = [statistic(np.concatenate([groups[i] for i in random.integers(0, len(groups), len(groups))]))
              for _ in range(RESAMPLES)]
    return *np.percentile(values, [2.5, 97.5]), np.array(values)


def write_intervals():
    artists, a, b, truths, right = drawn()
    clips = len(artists)
    with open(FOLDER / "intervals.txt", "w") as file:
        file.write(f"{clips} {truths.shape[1]}\n")
        for i in range(clips):
            file.write(f"{artists[i]} {right[i, 0]} {right[i, 1]}\n")
            for row in (a[i], b[i], truths[i]):
                file.write(" ".join(str(value) for value in row) + "\n")
        for name, metric in METRICS.items():
            of_a = lambda clips: metric(a[clips], truths[clips], right[clips, 0])
            of_b = lambda clips: metric(b[clips], truths[clips], right[clips, 1])
            paired = lambda clips: of_a(clips) - of_b(clips)
            for what, statistic, (low, high, values) in (
                    ("clips", of_a, interval_of(of_a, clips)),
                    ("artists", of_a, interval_of_artists(of_a, artists)),
                    ("paired", paired, interval_of(paired, clips))):
                line = [what, name, *map(lambda v: repr(float(v)), (statistic(np.arange(clips)), low, high, values.std()))]
                file.write(" ".join(line + ([repr(float(np.mean(values <= 0)))] if what == "paired" else [])) + "\n")


def write_percentiles():
    random = np.random.default_rng(61)
    with open(FOLDER / "percentiles.txt", "w") as file:
        for values, percent in (([0.5], 95), ([0.2, 0.9], 95), (random.random(7), 95), (random.random(40), 90),
                                (np.round(random.random(41), 1), 95), (random.normal(0, 1, 100), 50)):
            low, high = np.percentile(values, [50 - percent / 2, 50 + percent / 2])
            file.write(f"{percent} {float(low)!r} {float(high)!r}\n" + " ".join(repr(float(v)) for v in values) + "\n")


if __name__ == "__main__":
    write_percentiles()
    write_intervals()
