"""Who is compared with Earmark, and how."""

import shutil
from typing import NamedTuple

from .earmark import ROOT


class OtherTool(NamedTuple):
    name: str
    title: str
    note: str
    formats: list  # that each song is also made into
    script: str = ""  # in benchmarks/other_tools; without one it is a program of the system
    starts: tuple = (False,)  # True: a process for each song; False: a song in a process that has done one before
    has_our_weights: bool = False
    earmark_first: bool = False  # the ratio is Earmark's cost over that of the tool, else the other way round

    def command(self, model):
        arguments = [model] if self.has_our_weights else []
        return [self.python(), ROOT / "benchmarks/other_tools" / self.script, *arguments]

    def python(self):
        return ROOT / "build/other-tools" / self.name / "bin/python"

    def missing(self):
        """What to do about it, or nothing."""
        if not self.script:
            return "" if shutil.which(self.name) else f"{self.name} is not installed: tools/install-packages compare"
        is_there = (self.python().parent.parent / "installed").exists()
        return "" if is_there else f"{self.name} is not installed: benchmarks/install-other-tools {self.name}"


OTHER_TOOLS = [
    OtherTool("ffmpeg", "ffmpeg, decoding only", "`ffmpeg -threads 1 -i FILE -f null -` decodes and does nothing else.",
         ["flac", "ogg", "opus", "m4a", "48k.mp3"], starts=(True,), earmark_first=True),
    OtherTool("librosa-pytorch", "librosa + PyTorch", "The same network and weights, as a Python user would run them.",
         ["flac", "wav"], "librosa_pytorch.py", has_our_weights=True),
    OtherTool("librosa-onnx", "librosa + ONNX Runtime", "The same network and weights, as an ONNX graph.",
         ["flac", "wav"], "librosa_onnx.py", has_our_weights=True),
    OtherTool("musicnn", "musicnn", "Its own network: `top_tags` with the default model, MTT_musicnn, and settings.",
         [], "musicnn_tags.py", starts=(True, False)),
    OtherTool("essentia", "Essentia's log-mel", "Only decoding, 16 kHz and MusiCNN's log-mel, without any network: less than "
         "Earmark does.", [], "essentia_log_mel.py"),
]
