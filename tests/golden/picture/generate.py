#!/usr/bin/env python3
"""Writes viridis.csv: the 256 colors of matplotlib's viridis as bytes. matplotlib 3.11.2.

    python3 -m venv env && env/bin/pip install matplotlib && env/bin/python tests/golden/picture/generate.py
"""
import pathlib

import numpy as np
from matplotlib import colormaps

colors = np.floor(np.array(colormaps["viridis"].colors) * 255 + 0.5).astype(int)
lines = ["red,green,blue"] + [",".join(str(value) for value in color) for color in colors]
pathlib.Path(__file__).with_name("viridis.csv").write_text("\n".join(lines) + "\n")
