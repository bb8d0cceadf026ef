#!/usr/bin/env python3
"""Makes the corpora of the fuzz targets model_reader (what format versions 4 and 5 added), checkpoint, cache_entry, cache_file, predictions, study_json and recipe.

Usage:  /usr/bin/python3 fuzz/make_corpus.py      Debian packages python3-lmdb (LMDB 0.9.24) and python3-numpy
Files that fuzzing found stay where they are; only those that are named here are written.
"""

import json
import pathlib
import shutil
import struct
import sys
import tempfile

import lmdb
import numpy as np

FOLDER = pathlib.Path(__file__).parent / "corpus"
sys.path.insert(0, str(FOLDER.parents[1] / "docs"))
sys.dont_write_bytecode = True
from model_checksum import xxh64  # noqa: E402


def write(target, name, content):
    (FOLDER / target).mkdir(parents=True, exist_ok=True)
    (FOLDER / target / name).write_bytes(content if isinstance(content, bytes) else content.encode())


def model(name, change=lambda description, header: None, version="4", golden="4"):
    """tests/golden/model/version_4.earmark (or another), changed. Files of older versions are from other days."""
    raw = (FOLDER.parents[1] / f"tests/golden/model/version_{golden}.earmark").read_bytes()
    start = 8 + int.from_bytes(raw[:8], "little")
    header = json.loads(raw[8:start])
    description = json.loads(header["__metadata__"]["description"])
    change(description, header)
    header["__metadata__"].update(description=json.dumps(description), format_version=version)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    write("model_reader", name + ".earmark", len(text).to_bytes(8, "little") + text + raw[start:])


def models():
    model("valid_facts")
    model("facts_in_version_3", version="3")
    model("facts_empty_meaning", lambda d, h: d["tags"][0].update(meaning=""))
    model("facts_parent_unknown", lambda d, h: d["tags"][0].update(parent="Polka"))
    model("facts_parents_in_a_circle", lambda d, h: d["tags"][2].update(parent="Rock"))
    model("facts_score_outside_its_interval", lambda d, h: d["tags"][0]["score"].update(high=0.1))
    model("facts_score_of_text", lambda d, h: d["tags"][0].update(score="good"))
    model("gate_without_components", lambda d, h: d["gate"].update(component_count=0))
    model("gate_of_huge_count", lambda d, h: d["gate"].update(component_count=2147483647))
    model("gate_of_another_count", lambda d, h: d["gate"].update(component_count=3))
    model("gate_bias_huge", lambda d, h: d["gate"].update(music_bias=1e300))
    model("gate_distance_negative", lambda d, h: d["gate"].update(greatest_distance=-1))
    model("gate_key_missing", lambda d, h: d["gate"].pop("music_bias"))
    model("gate_key_unknown", lambda d, h: d["gate"].update(color="blue"))
    model("gate_tensors_alone", lambda d, h: d.pop("gate"))
    model("gate_weight_of_another_shape", lambda d, h: h["gate.music.weight"].update(shape=[2, 9]))
    model("gate_weight_of_another_name", lambda d, h: h.update(gate=h.pop("gate.music.weight")))
    members("members")
    members("members_in_version_4", version="4")
    members("members_none", lambda m, h: m.clear())
    members("members_one", lambda m, h: m.pop())
    members("members_of_a_huge_count", lambda m, h: m[0].update(input_count=2147483647))
    members("members_that_overlap", lambda m, h: m[0].update(input_count=15))
    members("members_without_layers", lambda m, h: m[0].update(hidden_unit_counts=[]))
    members("members_with_a_layer_more", lambda m, h: m[1]["hidden_unit_counts"].append(2))
    members("members_without_units", lambda m, h: m[1].update(hidden_unit_counts=[0, 0]))
    members("members_of_a_huge_layer", lambda m, h: m[1].update(hidden_unit_counts=[2147483647, 2147483647]))
    members("members_weight_of_another_name", lambda m, h: h.update(member=h.pop("classifier.member.0.layer.0.weight")))


def members(name, change=lambda members, header: None, version="5"):
    model(name, lambda d, h: change(d["classifier"]["members"], h), version, golden="5")


def checkpoints():
    contents = b"PK\x03\x04 an archive"
    line = f"earmark checkpoint, XXH64 {xxh64(contents):016x} of {len(contents)} bytes\n".encode()
    write("checkpoint", "whole.pt", line + contents)
    write("checkpoint", "cut.pt", line + contents[:-1])
    write("checkpoint", "first_line_cut.pt", line[:-9])
    write("checkpoint", "empty_contents.pt", f"earmark checkpoint, XXH64 {xxh64(b''):016x} of 0 bytes\n")
    write("checkpoint", "without_checksum.pt", contents)
    write("checkpoint", "empty.pt", b"")


def cache_entry(key, row_count, band_count):
    frames = np.linspace(0, 4, row_count * band_count).astype("<f2").tobytes()
    return frames + struct.pack("<Q", xxh64(key.encode() + frames))


def cache_entries():
    for name, rows, bands in (("one_row", 1, 1), ("many_bands", 2, 128), ("some", 7, 16)):
        write("cache_entry", name, bytes([bands - 1, 4]) + b"1000" + cache_entry("1000", rows, bands))
    write("cache_entry", "checksum_alone", b"\x0f\x00" + bytes(8))
    write("cache_entry", "other_key", b"\x0f\x04" + b"1001" + cache_entry("1000", 7, 16))


def cache_files():
    with tempfile.TemporaryDirectory() as folder:
        def content():
            return (pathlib.Path(folder) / "data.mdb").read_bytes()

        # Pages grow with what is put, and are free again when it is replaced: the next two need lists of free pages.
        environment = lmdb.open(folder, map_size=1 << 30)
        write("cache_file", "without_entries", b"\x00" + content())
        for name, keys, rows in (("small_entries", range(1000, 1003), 2), ("large_entries", (1000, 1004), 200),
                                 ("replaced", (1000,), 300)):
            with environment.begin(write=True) as transaction:
                for key in keys:
                    transaction.put(str(key).encode(), cache_entry(str(key), rows, 16))
            write("cache_file", name, b"\x03" + content())
        environment.close()
        whole = content()
        write("cache_file", "cut_in_a_value", b"\x02" + whole[:-5000])
        write("cache_file", "cut_behind_the_first_page", b"\x02" + whole[:4096])
        write("cache_file", "text", b"\x01These are words.\n")
    with tempfile.TemporaryDirectory() as folder:
        environment = lmdb.open(folder, map_size=1 << 30)
        with environment.begin(write=True) as transaction:
            for key in range(1000, 1130):
                transaction.put(str(key).encode(), cache_entry(str(key), 2, 16))
        environment.close()
        write("cache_file", "with_a_branch", b"\x20" + (pathlib.Path(folder) / "data.mdb").read_bytes())


def predictions():
    head = "path\tsplit\tgenre---Rock\tmood---Calm\n"
    write("predictions", "whole.tsv", head + "a.wav\tvalid\t0.25\t1\nb c.wav\ttest\t1e-05\t0\n")
    write("predictions", "without_clips.tsv", head)
    write("predictions", "nan.tsv", head + "a.wav\ttest\tnan\t0.5\n")
    write("predictions", "seven.tsv", head + "a.wav\ttest\t0.5\t7\n")
    write("predictions", "twice.tsv", head + "a.wav\ttest\t0.5\t1\na.wav\ttest\t0.5\t1\n")
    write("predictions", "field_missing.tsv", head + "a.wav\ttest\t0.5\n")
    write("predictions", "empty.tsv", "")


def study_files():
    settings = {"format": 1, "recipe": "paper", "data": "allmusic", "command": "earmark analyze", "date": "2026-11-27",
                "machine": "a processor", "audio_folder": "/music", "seeds": [1, 18446744073709551615],
                "fold_count": 5, "group": "artist", "resample_count": 1000, "compared": None}
    write("study_json", "settings.json", json.dumps(settings, indent=2))
    scores = {"roc_auc": 0.75, "average_precision": None}
    results = {"format": 2, "model": "paper", "device": "cpu", "configurations": [], "frames_per_second": {"18": 1e5}}
    for kind, level, scales in (("local_model", None, [18]), ("mel_statistics", None, None), ("one_level", 2, [18]),
                                ("last_level", None, "all"), ("all_levels", None, [18, 27]), ("external", None, None)):
        results["configurations"].append({
            "id": "id", "kind": kind, "level": level, "scales": scales, "name": "name", "feature_count": 10,
            "predictions": "predictions/id.tsv", "valid": scores, "test": {**scores, "accuracy": 0.5}})
    write("study_json", "results.json", json.dumps(results))
    for name, event in {
        "epoch": {"event": "epoch", "task": {"kind": "local_network", "segment_frames": 18}, "epoch": 1, "stage": 1,
                  "stage_count": 5, "learning_rate": 0.1, "loss": 0.5, "valid_loss": 0.5, "valid_roc_auc": None,
                  "frames_per_second": 1e5, "duration_s": 1.5, "remaining_s": None, "kept": True},
        "phase": {"event": "phase", "phase": "task", "task": {"kind": "classifier", "configuration":
                  {"id": "id", "kind": "all_levels", "level": None, "scales": "all", "name": "name"}},
                  "run": {"seed": 1, "fold": 2}},
        "clip": {"event": "warning", "warning": "clip", "clip": "a", "manifest": "m", "line": 2, "message": "damaged"},
        "file": {"event": "warning", "warning": "damaged_cache", "file": "run/log-mel", "message": "cut short"},
        "failure": {"event": "failure", "code": "unwritable", "message": "the disk is full"},
    }.items():
        write("study_json", name + ".json", json.dumps(event))


def recipes():
    (FOLDER / "recipe").mkdir(exist_ok=True)
    for recipe in ("paper", "strong", "transfer"):
        shutil.copy(FOLDER.parents[1] / "recipes" / f"{recipe}.toml", FOLDER / "recipe")
    write("recipe", "open_table.toml", "name = \"x\"\n[[networks]\n")
    write("recipe", "two_dates.toml", "name = 2026-11-27\nseed = 1e400\n")
    write("recipe", "empty.toml", "")


if __name__ == "__main__":
    models()
    checkpoints()
    cache_entries()
    cache_files()
    predictions()
    study_files()
    recipes()
