"""Logistic regression of scikit-learn on what `earmark embed` writes, compared with `earmark train --from` on the same folds.

Usage: python3 benchmarks/explanations/scikit_learn.py --data DIR --run RUN [--earmark PROGRAM] [--model FILE]
Needs NumPy and scikit-learn. RUN is the folder of
    earmark train transfer --task one-of-many --from MODEL --data DIR --folds K --out RUN
with the same model and data, single-label; its folds are used again. In each fold the strength of the regularization is
chosen by five-fold cross-validation within the clips that are not tested.
Prints accuracies over all clips with 95 % bootstrap intervals, and of the paired difference.
"""

import pathlib
import subprocess
import tempfile

import numpy as np
from sklearn.linear_model import LogisticRegressionCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

import clips

WHOLE_MODEL = "all-levels-all-scales.tsv"


def read_predictions(path):
    """The test clips of a fold and the label that `earmark train` predicts for each."""
    head, *rows = (line.split("\t") for line in path.read_text().splitlines())
    labels = head[2:]
    return {row[0]: labels[int(np.argmax([float(value) for value in row[2:]]))] for row in rows if row[1] == "test"}


def embeddings(options, paths):
    with tempfile.TemporaryDirectory() as folder:
        out = str(pathlib.Path(folder) / "all.npz")
        command = [options.earmark, "embed", "--model", options.model, "-", "--out", out]
        subprocess.run(command, check=True, input="\n".join(str(options.data / path) for path in paths), text=True)
        with np.load(out) as arrays:
            rows = dict(zip(arrays["path"], arrays["embedding"]))
    return {path: rows[str(options.data / path)] for path in paths}


def accuracy(is_right, form=".3f"):
    return clips.interval(np.asarray(is_right, float), form)


def main():
    parser = clips.parser(__doc__)
    parser.add_argument("--run", type=pathlib.Path, required=True)
    options = parser.parse_args()

    labels = {clip["path"]: clip["tags"] for clip in clips.manifest(options.data)}
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
    print(f"{len(tested)} clips in {len(folds)} folds\n")
    print("| classifier | accuracy |\n|---|---|")
    print(f"| logistic regression of scikit-learn on `earmark embed` | {accuracy(of_scikit_learn)} |")
    print(f"| `earmark train --from` | {accuracy(of_earmark)} |")
    print(f"| difference, paired | {accuracy(np.subtract(of_scikit_learn, of_earmark, dtype=float))} |")


if __name__ == "__main__":
    main()
