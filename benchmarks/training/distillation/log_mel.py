"""Earmark's log-mel spectrogram in NumPy (src/spectrogram), and the decoding before it.

Usage: python log_mel.py --check ../../../tests/golden/spectrogram     compares with librosa's output
       python log_mel.py --data FOLDER... --out FOLDER [--jobs N]      every clip of these data sets, as OUT/KEY.npy (float16)
       python log_mel.py --packs FOLDER --out FOLDER [--jobs N]        every clip of every pack-*.tar, in turn

With --packs it waits for further packs until there is a file FOLDER/last. A second call goes on where the first stopped.
"""

import argparse
import io
import multiprocessing
import os
import pathlib
import subprocess
import tarfile
import time

import numpy as np

from pack import clips_of

RATE_HZ, WINDOW, HOP, BANDS = 22050, 1024, 512, 128


def slaney_filters():
    step = np.log(6.4) / 27
    top = 15 + np.log(RATE_HZ / 2 / 1000) / step
    mels = np.linspace(0, top, BANDS + 2)
    edges = np.where(mels < 15, mels * 200 / 3, 1000 * np.exp(step * (mels - 15)))
    places = np.arange(WINDOW // 2 + 1)[:, None] * RATE_HZ / WINDOW
    rising = (places - edges[:-2]) / (edges[1:-1] - edges[:-2])
    falling = (edges[2:] - places) / (edges[2:] - edges[1:-1])
    return (np.maximum(0, np.minimum(rising, falling)) * (2 / (edges[2:] - edges[:-2]))).astype(np.float32)


FILTERS = slaney_filters()
HANN = np.hanning(WINDOW + 1)[:-1].astype(np.float32)


def log_mel(samples):
    padded = np.pad(samples, WINDOW // 2, mode="reflect")
    frames = np.lib.stride_tricks.sliding_window_view(padded, WINDOW)[::HOP]
    parts = [np.abs(np.fft.rfft(frames[i:i + 4096] * HANN, axis=1)).astype(np.float32) @ FILTERS for i in range(0, len(frames), 4096)]
    return np.log10(1 + 10 * np.concatenate(parts))


def decoded(data):
    import soundfile
    import soxr
    samples, rate_hz = soundfile.read(io.BytesIO(data), dtype="float32", always_2d=True)
    return soxr.resample(samples.mean(1), rate_hz, RATE_HZ)


def decoded_file(path):
    command = ["ffmpeg", "-v", "error", "-nostdin", "-threads", "1", "-i", str(path), "-map", "0:a:0", "-ac", "1",
               "-af", f"aresample={RATE_HZ}:resampler=soxr", "-f", "f32le", "-"]
    return np.frombuffer(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout, np.float32)


def from_pack(pack, name):
    with tarfile.open(pack) as tar:
        return decoded(tar.extractfile(name).read())


def listen(task):
    pack, name, target = task
    if target.exists():
        return 0
    try:
        samples = from_pack(pack, name) if pack else decoded_file(name)
        values = log_mel(samples).astype(np.float16)
    except Exception as error:  # one bad file ends nothing
        print(f"{name}: {error}", flush=True)
        return 0
    part = target.with_name(target.name + ".part")
    with open(part, "wb") as file:
        np.save(file, values)
    os.replace(part, target)
    return len(values)


def listen_to_packs(packs, out, jobs):
    out.mkdir(parents=True, exist_ok=True)
    done, frames, start = set(), 0, time.time()
    with multiprocessing.Pool(jobs) as pool:
        while True:
            is_last = (packs / "last").exists()
            new = sorted(set(packs.glob("pack-*.tar")) - done)
            for pack in new:
                with tarfile.open(pack) as tar:
                    names = tar.getnames()
                tasks = [(pack, name, out / (name.split(".")[0] + ".npy")) for name in names]
                frames += sum(pool.imap_unordered(listen, tasks))
                (out / f"{pack.name}.done").touch()
                print(f"{pack.name}: {frames * HOP / RATE_HZ / 3600:.1f} h so far, {time.time() - start:.0f} s", flush=True)
            done.update(new)
            if is_last and not new:
                return
            time.sleep(0.2)


def listen_to_data(folders, out, jobs):
    out.mkdir(parents=True, exist_ok=True)
    for folder in folders:
        clips = [clip for clip in clips_of(folder) if clip["split"] != "test" or folder.name != "free-music"]
        with multiprocessing.Pool(jobs) as pool:
            tasks = [(None, clip["file"], out / f"{clip['key']}.npy") for clip in clips]
            frames = sum(pool.imap_unordered(listen, tasks))
        print(f"{folder.name}: {frames * HOP / RATE_HZ / 3600:.1f} h", flush=True)


def check(folder):
    t = np.arange(22050) / RATE_HZ
    sounds = {"sine": 0.5 * np.cos(2 * np.pi * 440 * t) + 0.25 * np.sin(2 * np.pi * 3520 * t),
              "chirp": 0.5 * np.sin(2 * np.pi * (20 * t + 5000 * t * t))}
    for name, samples in sounds.items():
        expected = np.fromfile(folder / f"{name}.f32", "<f4").reshape(-1, BANDS)
        difference = np.abs(log_mel(samples.astype(np.float32)) - expected).max()
        print(f"{name}: greatest difference {difference:.1e}")
        assert difference < 1e-4


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", type=pathlib.Path)
    parser.add_argument("--data", type=pathlib.Path, nargs="*", default=[])
    parser.add_argument("--packs", type=pathlib.Path)
    parser.add_argument("--out", type=pathlib.Path)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    options = parser.parse_args()
    if options.check:
        check(options.check)
    listen_to_data(options.data, options.out, options.jobs)
    if options.packs:
        listen_to_packs(options.packs, options.out, options.jobs)


if __name__ == "__main__":
    main()
