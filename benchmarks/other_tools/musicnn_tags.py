"""musicnn's own top_tags with its default settings (MTT_musicnn). Usage: musicnn_tags.py; then the protocol of worker.py.

Its code is for TensorFlow 1, whose layers a current TensorFlow has only with an old Keras. Every call builds the graph
and reads the weights again: its interface offers nothing else.
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


# musicnn continues with random weights when it cannot read its own.
tensorflow.compat.v1.train.Saver.restore = counting_restore

from musicnn.tagger import top_tags  # noqa: E402


def tag(path):
    before = restored_count
    top_tags(path, print_tags=False)
    if restored_count == before:
        raise SystemExit("musicnn could not read its weights")


serve(tag, ["musicnn", "tensorflow-cpu", "tf_keras", "librosa", "numpy"])
