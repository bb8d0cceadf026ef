"""All clips on the device: log-mel frames, what teachers predicted for them, true tags and folds."""

import json
import random

import numpy as np
import torch

FRAMES_PER_SECOND = 22050 / 512
WINDOW_S = {"audioset_mn04": 10, "jamendo_fcn": 29, "mtat_fcn": 29, "msd_fcn": 29, "jamendo_musicnn": 3, "msd_musicnn": 3, "mtt_musicnn": 3}


def artist_key(clip):
    return "".join(clip["artist"].lower().split()) or clip["key"]


def folds_by_artist(clips, count, seed=1):
    """The fold of each clip: artists in random order, each to the fold with the fewest clips."""
    artists = {}
    for index, clip in enumerate(clips):
        artists.setdefault(artist_key(clip), []).append(index)
    names = sorted(artists)
    random.Random(seed).shuffle(names)
    folds, sizes = np.zeros(len(clips), int), np.zeros(count, int)
    for name in names:
        fold = sizes.argmin()
        folds[artists[name]] = fold
        sizes[fold] += len(artists[name])
    return folds


class Clips:
    def __init__(self, mel_folder, labels_folder, top_tags, device):
        self.device = device
        tables = {}
        for name in ("labels-3s.npz", "labels-long.npz"):
            if (labels_folder / name).exists():
                with np.load(labels_folder / name) as file:
                    tables |= {key: file[key] for key in file.files}
        clips = json.loads(bytes(tables.pop("clips")))
        teachers = sorted({key.split("/")[0] for key in tables})
        windows = {teacher: tables[f"{teacher}/probabilities/windows"] for teacher in teachers}
        first_rows = {teacher: np.cumsum(counts) - counts for teacher, counts in windows.items()}
        kept, frames = [], []
        for index, clip in enumerate(clips):
            path = mel_folder / f"{clip['key']}.npy"
            is_heard = all(windows[teacher][index] > 0 for teacher in teachers)
            if path.exists() and (is_heard or clip["set"] in ("allmusic", "mirex")):
                kept.append(index)
                frames.append(torch.from_numpy(np.load(path)))
        self.clips = [clips[index] for index in kept]
        self.is_heard = [all(windows[teacher][index] > 0 for teacher in teachers) for index in kept]
        counts = np.array([len(part) for part in frames])
        self.mel = torch.cat(frames).to(device)
        self.count = torch.tensor(counts, device=device)
        self.first = torch.tensor(np.cumsum(counts) - counts, device=device)
        self.clip_of_frame = torch.repeat_interleave(torch.arange(len(kept), device=device), self.count).int()
        self.place = torch.arange(len(self.mel), device=device) - self.first[self.clip_of_frame]
        # Windows of equal length are in the same rows of each teacher's table.
        self.row_of_frame, self.window_of_row = {}, {}
        for window_s in sorted({WINDOW_S[teacher] for teacher in teachers}):
            same = [teacher for teacher in teachers if WINDOW_S[teacher] == window_s]
            assert all((windows[same[0]] == windows[teacher]).all() for teacher in same)
            first_row = torch.tensor(first_rows[same[0]][kept], device=device)[self.clip_of_frame]
            last = torch.tensor(windows[same[0]][kept] - 1, device=device)[self.clip_of_frame]
            window = (self.place / (window_s * FRAMES_PER_SECOND)).long()
            row = first_row + torch.minimum(window, last).clamp(min=0)
            self.row_of_frame[window_s] = row.clamp(max=int(windows[same[0]].sum()) - 1).int()
        self.targets = {}
        for name in sorted({key.rsplit("/", 1)[0] for key in tables}):
            codes, offsets, steps = (tables[f"{name}/{part}"] for part in ("codes", "offsets", "steps"))
            values = torch.from_numpy(codes).to(device).float() * torch.tensor(steps, device=device) + torch.tensor(offsets, device=device)
            if name.endswith("probabilities"):
                values = torch.sigmoid(values)
            else:
                values = (values - values.mean(0)) / values.std(0).clamp(min=1e-6)
            self.targets[name] = values.half()
        self.top_tags = top_tags
        self.is_free = torch.tensor([clip["set"] == "free-music" for clip in self.clips], device=device)
        of_free = self.mel[self.is_free[self.clip_of_frame]]
        sample = of_free[torch.randint(len(of_free), (min(len(of_free), 200000),), device=device)].float()
        self.mean, self.deviation = sample.mean(), sample.std()
        self.band_mean, self.band_deviation = sample.mean(0), sample.std(0)

    def of_set(self, name):
        return [index for index, clip in enumerate(self.clips) if clip["set"] == name]

    def tags(self, indices, names):
        rows = [[float(name in self.clips[index]["tags"].split(",")) for name in names] for index in indices]
        return torch.tensor(rows, device=self.device)

    def hours(self, indices):
        return float(self.count[torch.tensor(indices, device=self.device)].sum()) / FRAMES_PER_SECOND / 3600

    def chosen(self, sets, hours=None, not_artists_of=(), seed=5):
        """Clips to learn from; `hours` of free-music at most, whole tracks in random order."""
        banned = {artist_key(self.clips[index]) for name in not_artists_of for index in self.of_set(name)}
        indices = [index for name in sets for index in self.of_set(name)
                   if self.is_heard[index] and artist_key(self.clips[index]) not in banned]
        if hours is None:
            return indices
        random.Random(seed).shuffle(indices)
        counts, kept, total = self.count.tolist(), [], 0.0
        for index in indices:
            if total < hours * 3600 * FRAMES_PER_SECOND:
                kept.append(index)
                total += counts[index]
        return kept

    def starts(self, indices, frames):
        """First frames of all segments that are within these clips."""
        is_chosen = torch.zeros(len(self.clips), dtype=torch.bool, device=self.device)
        is_chosen[torch.tensor(indices, device=self.device)] = True
        room = self.count[self.clip_of_frame] - self.place
        return torch.nonzero(is_chosen[self.clip_of_frame] & (room >= frames)).squeeze(1).int()

    def segments(self, indices, frames):
        """As Earmark's segment_starts: first frame of each segment, the number of its clip (within `indices`), frames of the clip."""
        rows = []
        for number, index in enumerate(indices):
            count, first = int(self.count[index]), int(self.first[index])
            rows += [(first, min(start, max(count - frames, 0)), count, number) for start in range(0, count, frames)]
        return torch.tensor(rows, device=self.device).T

    def clip_means(self, name):
        """A table like targets[name] with the mean over the clip in each row."""
        rows = self.row_of_frame[WINDOW_S[name.split("/")[0]]]
        values = self.targets[name].float()
        clip_of_row = torch.zeros(len(values), dtype=torch.long, device=self.device)
        clip_of_row[rows.long()] = self.clip_of_frame.long()
        sums = torch.zeros(len(self.clips), values.shape[1], device=self.device).index_add_(0, clip_of_row, values)
        return (sums / torch.bincount(clip_of_row, minlength=len(self.clips)).unsqueeze(1).clamp(min=1))[clip_of_row].half()

    def teacher_vectors(self, names, indices):
        """The mean over its windows of each clip: clips x numbers."""
        parts = []
        for name in names:
            rows = self.row_of_frame[WINDOW_S[name.split("/")[0]]][self.first[torch.tensor(indices, device=self.device)].long()].long()
            parts.append(self.clip_means(name)[rows].float())
        return torch.cat(parts, 1)


def read_lines(path):
    return path.read_text(encoding="utf-8").split("\n")[:-1] if path.exists() else []
