"""Logistic regression of scikit-learn on what `earmark embed` writes, compared with `earmark train --from` on the same folds.

Usage: python3 benchmarks/embeddings/scikit_learn.py --earmark PROGRAM --data DIR --run RUN [--model FILE]
Needs NumPy and scikit-learn. RUN is the folder of
    earmark train transfer --task one-of-many --from MODEL --data DIR --folds K --out RUN
with the same model and data, single-label; its folds are used again. In each fold the strength of the regularization is
chosen by five-fold cross-validation within the clips that are not tested.
Prints accuracies over all clips with 95 % bootstrap intervals, and of the paired difference.
"""

import argparse
import pathlib
import subprocess
import tempfile

import numpy as np
from sklearn.linear_model import LogisticRegressionCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

WHOLE_MODEL = "all-levels-all-scales.tsv"


def read_predictions(path):
    """The test clips of a fold and the label that `earmark train` predicts for each."""
    head, *rows = (line.split("\t") for line in path.read_text().splitlines())
    labels = head[2:]
    return {row[0]: labels[int(np.argmax([float(value) for value in row[2:]]))] for row in rows if row[1] == "test"}


def embeddings(options, paths):
    model = ["--model", options.model] if options.model else []
    with tempfile.TemporaryDirectory() as folder:
        out = str(pathlib.Path(folder) / "all.npz")
        command = [options.earmark, "embed", "-", "--out", out, *model]
        subprocess.run(command, check=True, input="\n".join(str(options.data / path) for path in paths), text=True)
        with np.load(out) as arrays:
            rows = dict(zip(arrays["path"], arrays["embedding"]))
    return {path: rows[str(options.data / path)] for path in paths}


def interval(values, count=10_000):
    values = np.asarray(values, float)
    means = np.random.default_rng(1).choice(values, (count, len(values))).mean(axis=1)
    low, high = np.quantile(means, [0.025, 0.975])
    return f"{values.mean():.3f} ({low:.3f} to {high:.3f})"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--earmark", required=True)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--run", type=pathlib.Path, required=True)
    parser.add_argument("--model")
    options = parser.parse_args()

    rows = [line.split("\t") for line in (options.data / "manifest.tsv").read_text().splitlines()]
    tags = rows[0].index("tags")
    labels = {row[0]: row[tags] for row in rows[1:]}
    folds = [read_predictions(path) for path in sorted(options.run.rglob(f"predictions/{WHOLE_MODEL}"))]
    tested = [path for fold in folds for path in fold]
    assert len(tested) == len(set(tested)), "a clip is in several folds"
    values = embeddings(options, tested)
    of_earmark, of_scikit_learn = [], []
    for fold in folds:
        learned = [path for path in tested if path not in fold]
        regression = make_pipeline(StandardScaler(), LogisticRegressionCV(Cs=np.logspace(-4, -1, 4), cv=5, max_iter=300))
        regression.fit([values[path] for path in learned], [labels[path] for path in learned])
        predicted = regression.predict([values[path] for path in fold])
        of_scikit_learn += [label == labels[path] for path, label in zip(fold, predicted)]
        of_earmark += [label == labels[path] for path, label in fold.items()]
    difference = np.subtract(of_scikit_learn, of_earmark, dtype=float)
    print(f"{len(tested)} clips in {len(folds)} folds\n")
    print("| classifier | accuracy |\n|---|---|")
    print(f"| logistic regression of scikit-learn on `earmark embed` | {interval(of_scikit_learn)} |")
    print(f"| `earmark train --from` | {interval(of_earmark)} |")
    print(f"| difference, paired | {interval(difference)} |")


if __name__ == "__main__":
    main()
