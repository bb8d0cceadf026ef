#!/usr/bin/env python3
"""Golden ranking metrics, from scikit-learn.

Command:    python3 tests/golden/metrics/generate.py
Versions:   scikit-learn 1.9.1, numpy 2.4.6
Tolerance:  1e-9

cases.txt, one case a block of four lines:
    NAME ROC_AUC AVERAGE_PRECISION BEST_F1     ('-' where the metric is undefined)
    scores
    truths
    (empty)
report.txt: first line 'CLIPS TAGS MACRO_ROC_AUC MACRO_AVERAGE_PRECISION'; then a line of scores and a line of truths for
each clip. One tag has no positives, one no negatives: each mean is over the tags for which its metric is defined.

Scores are float32, written so that reading them gives the same float32. Best F1 is the highest sklearn f1_score over
thresholds at every score.
"""

import pathlib

import numpy as np
from sklearn.metrics import average_precision_score, f1_score, roc_auc_score

FOLDER = pathlib.Path(__file__).parent


def metrics(scores, truths):
    scores, truths = np.asarray(scores, np.float32), np.asarray(truths)
    positives = int(truths.sum())
    auc = roc_auc_score(truths, scores) if 0 < positives < len(truths) else None
    precision = average_precision_score(truths, scores) if positives else None
    f1 = max(f1_score(truths, scores >= t) for t in scores) if positives else None
    return auc, precision, f1


def number(value):
    return "-" if value is None else repr(float(value))


def floats(scores):
    return " ".join(str(np.float32(score)) for score in scores)


def drawn(random, shape, share, levels):
    truths = (random.random(shape) < share).astype(int)
    scores = random.random(shape) * 0.7 + truths * random.random(shape) * 0.3
    return (np.round(scores * levels) / levels if levels else scores), truths


def cases():
    random = np.random.default_rng(17)
    yield "perfect", [0.9, 0.8, 0.3, 0.1], [1, 1, 0, 0]
    yield "reversed", [0.1, 0.2, 0.8, 0.9], [1, 1, 0, 0]
    yield "textbook", [0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1]
    yield "all_equal", [0.5] * 7, [1, 0, 0, 1, 0, 0, 0]
    yield "all_equal_but_one", [0.5, 0.5, 0.5, 0.5, 0.7], [1, 0, 0, 1, 0]
    yield "no_positives", [0.1, 0.7, 0.3], [0, 0, 0]
    yield "no_negatives", [0.1, 0.7, 0.3], [1, 1, 1]
    yield "single_positive_element", [0.4], [1]
    yield "single_negative_element", [0.4], [0]
    yield "one_positive_among_ties", [0.2, 0.2, 0.2, 0.9, 0.9], [0, 1, 0, 0, 0]
    yield "zeros_of_both_signs", [0.0, -0.0, 0.5, -0.5, 0.0], [1, 0, 1, 0, 0]
    yield "negative_and_huge_scores", [-3e38, 3e38, -1.0, 1e-38, 5.0], [0, 1, 1, 0, 0]
    tiny = np.nextafter(np.float32(0.5), np.float32(1.0))
    yield "neighboring_floats", [0.5, tiny, 0.5, tiny], [0, 1, 0, 0]
    yield "random_60", *drawn(random, 60, 0.3, 0)
    yield "random_200_ties", *drawn(random, 200, 0.2, 10)
    yield "random_200_many_ties", *drawn(random, 200, 0.5, 2)
    yield "random_150_rare", *drawn(random, 150, 0.03, 0)
    yield "random_80_frequent", *drawn(random, 80, 0.95, 20)


def write_cases():
    with open(FOLDER / "cases.txt", "w") as file:
        for name, scores, truths in cases():
            file.write(" ".join([name, *map(number, metrics(scores, truths))]) + "\n")
            file.write(floats(scores) + "\n" + " ".join(str(int(t)) for t in truths) + "\n\n")


def write_report():
    clips, tags = 40, 6
    random = np.random.default_rng(5)
    scores, truths = drawn(random, (clips, tags), 0.3, 25)
    scores, truths[:, 2], truths[:, 4] = scores.astype(np.float32), 0, 1
    values = [metrics(scores[:, tag], truths[:, tag]) for tag in range(tags)]
    auc = np.mean([v[0] for v in values if v[0] is not None])
    precision = np.mean([v[1] for v in values if v[1] is not None])
    proper = [tag for tag in range(tags) if tag not in (2, 4)]
    assert np.isclose(auc, roc_auc_score(truths[:, proper], scores[:, proper], average="macro"), atol=1e-12)
    with open(FOLDER / "report.txt", "w") as file:
        file.write(f"{clips} {tags} {number(auc)} {number(precision)}\n")
        for row, truth in zip(scores, truths):
            file.write(floats(row) + "\n" + " ".join(map(str, truth)) + "\n")


if __name__ == "__main__":
    write_cases()
    write_report()
