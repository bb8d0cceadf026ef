"""musicnn's penultimate features of a data set, as `earmark analyze --features NAME=FILE` reads them.

For each clip the mean over its patches of 3 s (musicnn's default, side by side) of the 200 values before the output layer; a
clip that is shorter is repeated until it fills a patch.

Usage: build/other-tools/musicnn/bin/python benchmarks/other_tools/musicnn_features.py --data DIR --model MSD_musicnn --out FILE
"""

import argparse
import csv
import os
import pathlib
import tempfile

os.environ["TF_USE_LEGACY_KERAS"] = "1"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "2"
os.environ["CUDA_VISIBLE_DEVICES"] = ""

import librosa  # noqa: E402
import numpy as np  # noqa: E402
import soundfile  # noqa: E402
import tensorflow as tf  # noqa: E402
from musicnn import configuration, extractor, models  # noqa: E402

SECONDS = 3


class Features:
    """One of musicnn's models with its graph made once; its own way is to make it anew for every file."""

    def __init__(self, model):
        labels = configuration.MSD_LABELS if model.startswith("MSD") else configuration.MTT_LABELS
        self.frames = librosa.time_to_frames(SECONDS, sr=configuration.SR, n_fft=configuration.FFT_SIZE,
                                             hop_length=configuration.FFT_HOP) + 1
        with tf.name_scope("model"):
            self.patches = tf.compat.v1.placeholder(tf.float32, [None, self.frames, configuration.N_MELS])
            self.training = tf.compat.v1.placeholder(tf.bool)
            self.penultimate = models.define_model(self.patches, self.training, model, len(labels))[-1]
        self.session = tf.compat.v1.Session()
        folder = pathlib.Path(extractor.__file__).parent / model
        tf.compat.v1.train.Saver().restore(self.session, f"{folder}/")

    def of_file(self, path):
        patches, _ = extractor.batch_data(str(path), self.frames, self.frames)
        values = self.session.run(self.penultimate, {self.patches: patches, self.training: False})
        return values.mean(axis=0)

    def of_short_file(self, path):
        samples, rate = librosa.load(path, sr=configuration.SR)
        needed = configuration.SR * (SECONDS + 1)
        with tempfile.NamedTemporaryFile(suffix=".wav") as file:
            soundfile.write(file.name, np.tile(samples, needed // len(samples) + 1), rate)
            return self.of_file(file.name)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--model", default="MSD_musicnn", choices=["MSD_musicnn", "MTT_musicnn"])
    parser.add_argument("--out", type=pathlib.Path, required=True)
    options = parser.parse_args()
    features = Features(options.model)
    lines = []
    with (options.data / "manifest.tsv").open(encoding="utf-8") as manifest:
        for row in csv.DictReader(manifest, delimiter="\t", quoting=csv.QUOTE_NONE):
            path = options.data / row["path"]
            try:
                values = features.of_file(path)
            except UnboundLocalError:  # batch_data has no patch to give
                values = features.of_short_file(path)
            lines.append("\t".join([row["path"], *(f"{value:.7g}" for value in values)]))
            if len(lines) % 50 == 0:
                print(len(lines), "clips", flush=True)
    options.out.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
