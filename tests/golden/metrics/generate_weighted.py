#!/usr/bin/env python3
"""Golden metrics of clips that are counted several times, from scikit-learn's sample_weight.

Command:    python3 tests/golden/metrics/generate_weighted.py
Versions:   scikit-learn 1.9.1, numpy 2.4.6
Tolerance:  1e-9

tagging.txt ('-' where a metric is undefined):
    CLIPS TAGS WEIGHTINGS
    threshold of each tag
    for each clip: a line of scores, a line of truths ('nan' where unknown, which leaves the clip out of that tag)
    for each weighting: a line of weights; a line 'MEAN_ROC_AUC MEAN_AVERAGE_PRECISION MACRO_F1 MICRO_F1'; for each tag a
    line 'ROC_AUC AVERAGE_PRECISION F1'
The first weighting counts each clip once, the others draw clips with replacement, the last draws from six clips. Scores
have ties. A tag without positives has no F1, where f1_score returns 0; micro F1 counts its decisions all the same.

classification.txt, one case a block:
    NAME LABELS ACCURACY BALANCED_ACCURACY
    truths
    predicted
    weights
    LABELS lines of the confusion matrix (rows: truth, columns: predicted)
    (empty)
"""

import pathlib
import warnings

import numpy as np
from sklearn.metrics import (accuracy_score, average_precision_score, balanced_accuracy_score, confusion_matrix,
                             f1_score, roc_auc_score)

FOLDER = pathlib.Path(__file__).parent


def number(value):
    return "-" if value is None or np.isnan(value) else repr(float(value))


def numbers(values):
    return " ".join(map(number, values))


def floats(values):
    return " ".join(str(np.float32(value)) for value in values)


def tag_metrics(scores, truths, weights, threshold):
    known = ~np.isnan(truths) & (weights > 0)
    scores, truths, weights = scores[known], truths[known].astype(int), weights[known]
    positives = truths.sum()
    auc = roc_auc_score(truths, scores, sample_weight=weights) if 0 < positives < len(truths) else None
    precision = average_precision_score(truths, scores, sample_weight=weights) if positives else None
    f1 = f1_score(truths, scores >= threshold, sample_weight=weights) if positives else None
    return auc, precision, f1


def mean(values):
    defined = [value for value in values if value is not None]
    return np.mean(defined) if defined else None


# All known decisions as one long yes-or-no task: with nothing unknown it is f1_score(average="micro").
def micro_f1(scores, truths, weights, thresholds):
    known = ~np.isnan(truths)
    decisions = (scores >= thresholds)[known]
    repeated = np.repeat(weights[:, None], truths.shape[1], axis=1)[known]
    value = f1_score(truths[known].astype(int), decisions, sample_weight=repeated)
    if known.all():
        other = f1_score(truths.astype(int), scores >= thresholds, sample_weight=weights, average="micro")
        assert np.isclose(value, other, atol=1e-12)
    return value


def metrics(scores, truths, weights, thresholds):
    tags = [tag_metrics(scores[:, tag], truths[:, tag], weights, thresholds[tag]) for tag in range(truths.shape[1])]
    means = [mean(column) for column in zip(*tags)]
    return [*means, micro_f1(scores, truths, weights, thresholds)], tags


def write_tagging():
    random = np.random.default_rng(41)
    clips, tags = 60, 5
    truths = (random.random((clips, tags)) < [0.3, 0.1, 0.5, 0.0, 0.04]).astype(float)
    truths[5, 4] = 1
    scores = np.round((random.random((clips, tags)) * 0.7 + truths * random.random((clips, tags)) * 0.3) * 25) / 25
    scores = scores.astype(np.float32)
    thresholds = np.array([0.5, 0.36, 0.24, 0.7, 0.44], np.float32)
    micro_f1(scores, truths, np.ones(clips), thresholds)  # the same as with average="micro"
    truths[random.random((clips, tags)) < 0.15] = np.nan
    weightings = [np.ones(clips, int)]
    weightings += [np.bincount(random.integers(0, clips, clips), minlength=clips) for _ in range(6)]
    weightings += [np.bincount(random.choice([0, 3, 7, 20, 21, 50], clips), minlength=clips)]
    with open(FOLDER / "tagging.txt", "w") as file:
        file.write(f"{clips} {tags} {len(weightings)}\n{floats(thresholds)}\n")
        for row, truth in zip(scores, truths):
            file.write(f"{floats(row)}\n{floats(truth)}\n")
        for weights in weightings:
            means, rows = metrics(scores, truths, weights, thresholds)
            file.write("\n".join([floats(weights), numbers(means), *map(numbers, rows)]) + "\n")


def classification_cases():
    random = np.random.default_rng(43)
    yield "all_right", 3, [0, 1, 2, 1], [0, 1, 2, 1], [1, 1, 1, 1]
    yield "all_wrong", 2, [0, 1, 1], [1, 0, 0], [1, 1, 1]
    yield "label_without_clips", 4, [0, 0, 1, 3, 3, 3], [0, 1, 1, 3, 2, 0], [1, 1, 1, 1, 1, 1]
    yield "label_never_predicted", 3, [0, 1, 2, 2], [0, 1, 1, 0], [1, 1, 1, 1]
    yield "one_label", 1, [0, 0], [0, 0], [1, 1]
    yield "counted_several_times", 3, [0, 0, 1, 1, 2], [0, 2, 1, 0, 2], [3, 0, 2, 1, 4]
    yield "label_lost_in_resample", 3, [0, 0, 1, 1, 2], [0, 2, 1, 0, 2], [2, 1, 1, 1, 0]
    truths = random.integers(0, 10, 200)
    predicted = np.where(random.random(200) < 0.6, truths, random.integers(0, 10, 200))
    yield "ten_labels", 10, truths, predicted, np.ones(200, int)
    yield "ten_labels_drawn", 10, truths, predicted, np.bincount(random.integers(0, 200, 200), minlength=200)


def write_classification():
    with open(FOLDER / "classification.txt", "w") as file:
        for name, labels, truths, predicted, weights in classification_cases():
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of labels that are predicted and that no clip has
                used = np.asarray(weights) > 0
                values = (accuracy_score(truths, predicted, sample_weight=weights),
                          balanced_accuracy_score(np.asarray(truths)[used], np.asarray(predicted)[used],
                                                  sample_weight=np.asarray(weights)[used]))
            matrix = confusion_matrix(truths, predicted, labels=range(labels), sample_weight=weights)
            file.write(f"{name} {labels} {numbers(values)}\n")
            for row in (truths, predicted, weights, *matrix):
                file.write(" ".join(str(int(value)) for value in row) + "\n")
            file.write("\n")


if __name__ == "__main__":
    write_tagging()
    write_classification()
