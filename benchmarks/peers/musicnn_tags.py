"""musicnn's own top_tags with its default settings (MTT_musicnn). Usage: musicnn_tags.py; then as worker.py says.

Its code is of TensorFlow 1, whose layers a TensorFlow of today has only with the Keras of then. Every call builds the
graph and reads the weights anew: that is what its interface offers.
"""

import os

os.environ["TF_USE_LEGACY_KERAS"] = "1"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "2"
os.environ["CUDA_VISIBLE_DEVICES"] = ""

import tensorflow  # noqa: E402

from worker import serve  # noqa: E402

restored_count = 0
restore = tensorflow.compat.v1.train.Saver.restore


def counting_restore(saver, session, path):
    global restored_count
    restore(saver, session, path)
    restored_count += 1


# musicnn goes on with random weights when it cannot read its own.
tensorflow.compat.v1.train.Saver.restore = counting_restore

from musicnn.tagger import top_tags  # noqa: E402


def tag(path):
    before = restored_count
    top_tags(path, print_tags=False)
    if restored_count == before:
        raise SystemExit("musicnn could not read its weights")


serve(tag, ["musicnn", "tensorflow-cpu", "tf_keras", "librosa", "numpy"])
