"""Golden values of calibration: Platt scaling, reliability, thresholds by precision.

Command:   /tmp/venv/bin/python tests/golden/metrics/generate_calibration.py     writes the files next to this script
Versions:  Python 3.11, NumPy 2.4.6, scikit-learn 1.9.1
Tolerance: 1e-4 for platt.tsv (scikit-learn's solver ends earlier), 1e-9 for reliability.tsv, none for
           precision_threshold.tsv

calibration_examples.tsv   example, probability (exact as float), truth (0, 1, nan)
platt.tsv                  example, slope, intercept of LogisticRegression without penalty on the logits; a target t
                           is an example of weight t with the tag and one of weight 1 - t without
reliability.tsv            example, mean probability and frequency of each bin of sklearn.calibration.calibration_curve
                           that is not empty
precision_threshold.tsv    example, precision, the lowest score at which the values of IsotonicRegression change and
                           precision_score is at least that; nan for none
"""

import pathlib

import numpy as np
from sklearn.calibration import calibration_curve
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import precision_score

FOLDER = pathlib.Path(__file__).parent


def examples():
    rng = np.random.default_rng(17)
    for count, slope, intercept, unknown_share in ((300, 1.0, 0.0, 0.0), (80, 0.5, -1.0, 0.2), (500, 2.0, 1.5, 0.0),
                                                   (40, 0.7, 0.3, 0.5)):
        score = rng.normal(-1, 1.5, count)
        probability = np.float32(1 / (1 + np.exp(-score)))
        truth = (rng.random(count) < 1 / (1 + np.exp(-(slope * score + intercept)))).astype(float)
        truth[rng.random(count) < unknown_share] = np.nan
        yield probability, truth


def platt(probability, truth):
    positives, negatives = (truth == 1).sum(), (truth == 0).sum()
    target = np.where(truth == 1, (positives + 1) / (positives + 2), 1 / (negatives + 2))
    logit = np.log(np.float64(probability)) - np.log1p(-np.float64(probability))
    fit = LogisticRegression(C=np.inf, tol=1e-12, max_iter=10000).fit(
        np.r_[logit, logit][:, None], np.r_[np.ones(len(logit)), np.zeros(len(logit))],
        sample_weight=np.r_[target, 1 - target])
    return fit.coef_[0, 0], fit.intercept_[0]


def threshold(probability, truth, precision):
    values = IsotonicRegression().fit_transform(probability, truth)
    borders = [probability[values == value].min() for value in np.unique(values)]
    good = [border for border in borders if precision_score(truth, probability >= border) >= precision]
    return min(good, default=np.nan)


def main():
    lines = {name: [] for name in ("calibration_examples", "platt", "reliability", "precision_threshold")}
    for index, (probability, truth) in enumerate(examples()):
        lines["calibration_examples"] += [f"{index}\t{float(p)!r}\t{t}" for p, t in zip(probability, truth)]
        known = ~np.isnan(truth)
        probability, truth = probability[known], truth[known]
        slope, intercept = platt(probability, truth)
        lines["platt"].append(f"{index}\t{float(slope)!r}\t{float(intercept)!r}")
        frequencies, means = calibration_curve(truth, probability, n_bins=10)
        lines["reliability"] += [f"{index}\t{float(m)!r}\t{float(f)!r}" for m, f in zip(means, frequencies)]
        for precision in (0.3, 0.5, 0.8, 0.99):
            lines["precision_threshold"].append(f"{index}\t{precision}\t{float(threshold(probability, truth, precision))!r}")
    for name, content in lines.items():
        (FOLDER / f"{name}.tsv").write_text("\n".join(content) + "\n")


if __name__ == "__main__":
    main()
