"""Essentia's input of MusiCNN: decoding, 16 kHz, log-mel, and no network, as no model comes with it.

Usage: essentia_log_mel.py; then the protocol of worker.py. The stages run in its streaming mode, which stays in C++.
"""

import essentia
from essentia import streaming

from worker import serve


def log_mel(path):
    loader = streaming.MonoLoader(filename=path, sampleRate=16000)
    frames = streaming.FrameCutter(frameSize=512, hopSize=256)
    bands = streaming.TensorflowInputMusiCNN()
    pool = essentia.Pool()
    loader.audio >> frames.signal
    frames.frame >> bands.frame
    bands.bands >> (pool, "bands")
    essentia.run(loader)
    if len(pool["bands"]) == 0:
        raise SystemExit(f"{path}: essentia made no frames of it")


essentia.log.infoActive = False
serve(log_mel, ["essentia-tensorflow", "numpy"])
