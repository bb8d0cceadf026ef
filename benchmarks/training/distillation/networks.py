"""Local networks that learn from teachers: many of them side by side on one GPU, each step of each a CUDA graph."""

import math
import time

import torch
from torch import nn
from torch.nn import functional

from clips import WINDOW_S

POOLS = {18: [3, 3, 2], 27: [3, 3, 3], 36: [3, 3, 2, 2], 54: [3, 3, 3, 2], 108: [3, 3, 3, 2, 2], 216: [3, 3, 3, 2, 2, 2]}
FILTERS = [128, 128, 256, 256, 256, 256]

BASE = {
    "frames": 54, "layers": None, "width": 1.0, "dense": 256, "dropout": 0.0,
    "soft": ["msd_musicnn", "mtt_musicnn"], "embeddings": ["msd_musicnn", "mtt_musicnn"], "soft_weight": 1.0, "embedding_weight": 1.0,
    "tags_weight": 0.0, "target": "window",
    "sets": ["free-music"], "hours": None, "not_artists_of": [], "fold": None,
    "epochs": 15, "batch": 256, "rate": 2e-3, "decay": 0.01, "warm": 0.3,
    "gain": [-20.0, 6.0], "equalizer": 0.0, "masked_bands": 24, "masked_frames": 0, "normalization": "one", "seed": 1,
}


def layers_of(variant):
    """[kernel, filters, pool] of each level."""
    if variant["layers"]:
        return variant["layers"]
    return [[pool, int(FILTERS[i] * variant["width"]), pool] for i, pool in enumerate(POOLS[variant["frames"]])]


def cost(variant):
    """Multiply-adds a frame of audio, without the dense layer, which tagging does not need."""
    length, inputs, total = variant["frames"], 128, 0
    for kernel, filters, pool in layers_of(variant):
        total += length * kernel * inputs * filters
        length, inputs = length // pool, filters
    return total / variant["frames"]


class LocalNetwork(nn.Module):
    def __init__(self, variant, output_count):
        super().__init__()
        self.layers = layers_of(variant)
        self.convolutions, self.norms = nn.ModuleList(), nn.ModuleList()
        length, inputs = variant["frames"], 128
        for kernel, filters, pool in self.layers:
            self.convolutions.append(nn.Conv2d(inputs, filters, (1, kernel), padding="same", bias=False))
            self.norms.append(nn.BatchNorm2d(filters))
            length, inputs = length // pool, filters
        self.dense = nn.Linear(inputs * length, variant["dense"], bias=False)
        self.dense_norm = nn.BatchNorm1d(variant["dense"])
        self.dropout = nn.Dropout(variant["dropout"])
        self.output = nn.Linear(variant["dense"], output_count)
        for layer in (*self.convolutions, self.dense):
            nn.init.kaiming_uniform_(layer.weight)
        nn.init.zeros_(self.output.bias)
        self.to(memory_format=torch.channels_last)

    def levels(self, values):
        """What each level gives, before pooling, and last the dense layer."""
        result = []
        for convolution, norm, (_, _, pool) in zip(self.convolutions, self.norms, self.layers):
            values = functional.relu(norm(convolution(values)))
            result.append(values)
            if pool > 1:
                values = functional.max_pool2d(values, (1, pool))
        return [*result, functional.relu(self.dense_norm(self.dense(values.flatten(1))))]

    def top(self, values):
        return self.levels(values)[-1]

    def forward(self, values):
        return self.output(self.dropout(self.top(values)))


def half_precision(device):
    # No cache: a graph must make its own copies of the weights.
    return torch.autocast(device.type, torch.bfloat16, cache_enabled=device.type != "cuda")


EQUALIZER_POINTS = 5


def equalizer_curve(device):
    """Straight lines between points that are evenly spaced over the bands: points x bands."""
    place = torch.linspace(0, EQUALIZER_POINTS - 1, 128, device=device)
    return (1 - (place - torch.arange(EQUALIZER_POINTS, device=device).unsqueeze(1)).abs()).clamp(min=0)


def with_gain(values, decibels):
    """Louder by so many decibels: `decibels` is segments x 1 or bands."""
    return torch.log10(1 + (torch.pow(10.0, values) - 1).clamp(min=0) * torch.pow(10.0, decibels / 20).unsqueeze(1))


def stripe(noise, places, greatest):
    width = torch.floor(noise[:, :1] * (greatest + 1))
    start = torch.floor(noise[:, 1:2] * (len(places) + 1 - width))
    return ((places < start) | (places >= start + width)).float()


def changed(values, noise, gain, equalizer, masked_bands, masked_frames, curve, bands, frames, mean, deviation):
    """Segments, louder or softer, normalized and with stripes of zeros: segments x frames x bands."""
    values, noise = values.float(), noise.float()
    low, high = gain
    if high > low or equalizer:
        decibels = low + (high - low) * noise[:, :1]
        if equalizer:
            decibels = decibels + ((2 * noise[:, 5:] - 1) * equalizer) @ curve
        values = with_gain(values, decibels)
    values = (values - mean) / deviation
    if masked_bands:
        values = values * stripe(noise[:, 1:3], bands, masked_bands).unsqueeze(1)
    if masked_frames:
        values = values * stripe(noise[:, 3:5], frames, masked_frames).unsqueeze(2)
    return values


def compile_for_cpu():
    """Fewer passes over memory: a network of 54 frames learns about 1.8 times as fast."""
    global changed
    changed = torch.compile(changed)
    LocalNetwork.top = torch.compile(LocalNetwork.top)
    torch._dynamo.config.automatic_dynamic_shapes = False
    torch._dynamo.config.recompile_limit = 64


class Trainee:
    def __init__(self, name, variant, clips):
        self.name, self.variant, self.clips, self.device = name, variant, clips, clips.device
        torch.manual_seed(variant["seed"])
        self.plan_targets()
        self.network = LocalNetwork(variant, self.output_count).to(self.device)
        self.normalization = ((clips.mean, clips.deviation) if variant["normalization"] == "one"
                              else (clips.band_mean, clips.band_deviation))
        self.plan_batches()
        is_cuda = self.device.type == "cuda"
        self.stream = torch.cuda.Stream() if is_cuda else None
        self.optimizer = torch.optim.AdamW(self.network.parameters(), lr=torch.tensor(0.0, device=self.device) if is_cuda else 0.0,
                                           weight_decay=variant["decay"], fused=is_cuda, capturable=is_cuda)
        self.graph = None

    def plan_targets(self):
        """One table for each length of window and kind, with the weight of each column."""
        variant, clips = self.variant, self.clips
        groups = {}
        for kind, teachers, weight in (("probabilities", variant["soft"], variant["soft_weight"]),
                                       ("embeddings", variant["embeddings"], variant["embedding_weight"])):
            for teacher in teachers:
                name = f"{teacher}/{kind}"
                table = clips.clip_means(name) if variant["target"] == "clip" else clips.targets[name]
                tables, weights = groups.setdefault((kind, WINDOW_S[teacher]), ([], []))
                tables.append(table)
                weights += [weight / table.shape[1]] * table.shape[1]
        self.parts, column = [], 0
        for (kind, window_s), (tables, weights) in groups.items():
            table = torch.cat(tables, 1)
            self.parts.append((kind, window_s, table, torch.tensor(weights, device=self.device), column))
            column += table.shape[1]
        if variant["tags_weight"]:
            everyone = range(len(clips.clips))
            tags = clips.tags(everyone, clips.top_tags)
            is_known = torch.tensor([clip["set"] == "allmusic" for clip in clips.clips], device=self.device)
            tags[~is_known] = float("nan")
            self.parts.append(("tags", None, tags, None, column))
            column += tags.shape[1]
        self.output_count = column

    def plan_batches(self):
        variant, clips, device = self.variant, self.clips, self.device
        chosen = clips.chosen(variant["sets"], variant["hours"], variant["not_artists_of"])
        if variant["fold"] is not None:  # the training folds of allmusic as well
            count, folds = clips.folds["allmusic"]
            chosen += [index for index, fold in zip(clips.of_set("allmusic"), folds)
                       if fold not in (variant["fold"], (variant["fold"] + 1) % count)]
        self.hours = clips.hours(chosen)
        starts = clips.starts(chosen, variant["frames"])
        epoch_segments = clips.epoch_frames / variant["frames"]
        self.step_count = max(4, round(variant["epochs"] * epoch_segments / variant["batch"]))
        size = (self.step_count, variant["batch"])
        generator = torch.Generator(device=device).manual_seed(variant["seed"])
        self.order = starts[torch.randint(len(starts), size, device=device, generator=generator)]
        self.noise = torch.rand((*size, 5 + EQUALIZER_POINTS), device=device, generator=generator).half()
        warm = max(1, int(variant["warm"] * self.step_count))
        rates = [step / warm if step < warm else 0.5 + 0.5 * math.cos(math.pi * (step - warm) / (self.step_count - warm))
                 for step in range(self.step_count)]
        self.rates = (torch.tensor(rates) * variant["rate"]).to(device)
        self.next = torch.zeros(1, dtype=torch.long, device=device)
        self.offsets = torch.arange(variant["frames"], device=device)
        self.bands = torch.arange(128, device=device)
        self.curve = equalizer_curve(device)

    def batch(self):
        variant = self.variant
        starts = self.order.index_select(0, self.next)[0].long()
        noise = self.noise.index_select(0, self.next)[0]
        frames = starts.unsqueeze(1) + self.offsets
        values = self.clips.mel.index_select(0, frames.flatten()).view(*frames.shape, 128)
        values = changed(values, noise, variant["gain"], variant["equalizer"], variant["masked_bands"], variant["masked_frames"],
                         self.curve, self.bands, self.offsets, *self.normalization)
        return starts + variant["frames"] // 2, values.permute(0, 2, 1).unsqueeze(2)

    def targets_of(self, table, window_s, middles):
        if self.variant["target"] != "interpolated":
            return table.index_select(0, self.clips.row_of_frame[window_s][middles].long()).float()
        # Between the middles of the two windows around.
        half = window_s * 22050 / 512 / 2
        place = self.clips.place[middles]
        last = self.clips.count[self.clips.clip_of_frame[middles].long()] - 1
        first = middles - place
        rows = self.clips.row_of_frame[window_s]
        before = rows[first + (place - half).clamp(min=0).long()].long()
        after = rows[first + torch.minimum((place + half).long(), last)].long()
        share = ((place - half) / (2 * half)).frac().clamp(min=0).unsqueeze(1)
        return torch.lerp(table.index_select(0, before).float(), table.index_select(0, after).float(), share)

    def loss(self, outputs, middles):
        total = 0.0
        for kind, window_s, table, weights, column in self.parts:
            given = outputs[:, column:column + table.shape[1]]
            if kind == "tags":
                targets = table.index_select(0, self.clips.clip_of_frame[middles].long())
                is_known = ~targets.isnan()
                losses = functional.binary_cross_entropy_with_logits(given, targets.nan_to_num(), reduction="none") * is_known
                total = total + self.variant["tags_weight"] * losses.sum() / is_known.sum().clamp(min=1)
                continue
            targets = self.targets_of(table, window_s, middles)
            losses = (functional.binary_cross_entropy_with_logits(given, targets, reduction="none") if kind == "probabilities"
                      else (given - targets).square())
            total = total + (losses.mean(0) * weights).sum()
        return total

    def step(self):
        self.optimizer.zero_grad(set_to_none=True)
        middles, values = self.batch()
        with half_precision(self.device):
            outputs = self.network(values)
        self.last_loss = self.loss(outputs.float(), middles)
        self.last_loss.backward()
        rate = self.optimizer.param_groups[0]["lr"]
        if torch.is_tensor(rate):
            rate.copy_(self.rates.index_select(0, self.next)[0])
        else:
            self.optimizer.param_groups[0]["lr"] = float(self.rates[self.next])
        self.optimizer.step()
        self.next += 1

    def capture(self):
        """Three steps, then a graph of one."""
        self.stream.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(self.stream):
            for _ in range(3):
                self.step()
        torch.cuda.synchronize()
        self.graph = torch.cuda.CUDAGraph()
        self.optimizer.zero_grad(set_to_none=True)
        with torch.cuda.graph(self.graph, stream=self.stream):
            self.step()
        torch.cuda.synchronize()
        self.done = 3

    @torch.no_grad()
    def embed(self, indices, gain=None):
        """Per clip the mean and deviation over segments of the maximum within each: clips x 2 x numbers, first level first, the dense
        layer last. `gain`: decibels, clips x 1 or bands."""
        frames = self.variant["frames"]
        self.network.eval()
        first, start, count, number = self.clips.segments(indices, frames)
        mean, deviation = self.normalization
        parts = []
        for chunk in torch.arange(len(first), device=self.device).split(4096):
            places = first[chunk, None] + (start[chunk, None] + self.offsets) % count[chunk, None]
            values = self.clips.mel.index_select(0, places.flatten()).view(*places.shape, 128).float()
            if gain is not None:
                values = with_gain(values, gain[number[chunk]])
            values = ((values - mean) / deviation).permute(0, 2, 1).unsqueeze(2)
            with half_precision(self.device):
                levels = self.network.levels(values)
            parts.append(torch.cat([level.flatten(2).amax(2) if level.dim() == 4 else level for level in levels], 1).float())
        values = torch.cat(parts)
        sizes = torch.bincount(number, minlength=len(indices)).unsqueeze(1)
        empty = torch.zeros(len(indices), values.shape[1], device=self.device)
        means = empty.index_add(0, number, values) / sizes
        squares = empty.index_add(0, number, (values - means[number]).square()) / sizes
        return torch.stack([means, squares.sqrt()], 1)  # clips x 2 x numbers


def train_together(trainees):
    """Returns seconds. On a GPU the graphs of all run side by side."""
    start = time.time()
    if trainees[0].device.type != "cuda":
        for trainee in trainees:
            while int(trainee.next) < trainee.step_count:
                trainee.step()
                if int(trainee.next) % 200 == 0:
                    print(f"  {trainee.name}: step {int(trainee.next)}/{trainee.step_count}, loss {float(trainee.last_loss):.4f}, "
                          f"{time.time() - start:.0f} s", flush=True)
        return time.time() - start
    for trainee in trainees:
        trainee.capture()
    print(f"  {len(trainees)} graphs after {time.time() - start:.1f} s", flush=True)
    for step in range(max(trainee.step_count for trainee in trainees)):
        for trainee in trainees:
            if trainee.done < trainee.step_count:
                with torch.cuda.stream(trainee.stream):
                    trainee.graph.replay()
                trainee.done += 1
        if step % 100 == 0:
            torch.cuda.synchronize()
    torch.cuda.synchronize()
    return time.time() - start
