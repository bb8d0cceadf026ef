"""Step 3: classifiers on embeddings as recipes/strong.toml has them, for all networks, folds and seeds at once."""

import math

import numpy as np
import torch
from torch.nn import functional

HIDDEN, EPOCHS, BATCH, RATE, DECAY, DROPOUT = 512, 30, 100, 1e-3, 0.01, 0.5


def fold_parts(folds, count):
    return [(np.flatnonzero((folds != fold) & (folds != (fold + 1) % count)), np.flatnonzero(folds == (fold + 1) % count))
            for fold in range(count)]


def classify(embeddings, copies, others, targets, folds, fold_count, seed_count, is_softmax=False, pairs=None):
    """Logits of each clip when its fold was the validation fold, of `embeddings` and of each of `others` (the same clips changed):
    list of inputs x seeds x clips x labels. `embeddings`: inputs x clips x numbers; `copies`: inputs x copies x clips x numbers, further
    training inputs; `pairs`: (input, fold) to learn, all without it."""
    device = embeddings.device
    input_count, clip_count, width = embeddings.shape
    is_one_row = pairs is not None  # an input for each fold: together they are one
    pairs = pairs or [(i, fold) for i in range(input_count) for fold in range(fold_count)]
    parts = fold_parts(folds, fold_count)
    step_count = round(min(len(train) for train, _ in parts) / BATCH) or 1
    batch = min(len(train) for train, _ in parts) // step_count
    variants = torch.cat([embeddings.unsqueeze(1), copies], 1) if copies is not None else embeddings.unsqueeze(1)
    models = [(i, fold, seed) for i, fold in pairs for seed in range(seed_count)]
    which = torch.tensor([i for i, _, _ in models], device=device)

    means, deviations, starts = [], [], []
    for i, fold in pairs:
        train = torch.tensor(parts[fold][0], device=device)
        rows = variants[i][:, train].flatten(0, 1)
        means.append(rows.mean(0))
        deviations.append(rows.std(0, unbiased=False).clamp(min=1e-6))
        frequency = targets[train].mean(0).clamp(0.5 / len(train), 1 - 0.5 / len(train))
        starts.append(frequency.log() if is_softmax else torch.logit(frequency))
    means, deviations, starts = (torch.stack(x).repeat_interleave(seed_count, 0).unsqueeze(1) for x in (means, deviations, starts))

    generator = torch.Generator(device=device).manual_seed(7)

    def uniform(inputs, outputs):
        bound = math.sqrt(6 / inputs)
        weight = (torch.rand(len(models), inputs, outputs, device=device, generator=generator) * 2 - 1) * bound
        return [weight.requires_grad_(), torch.zeros(len(models), 1, outputs, device=device, requires_grad=True)]

    label_count = targets.shape[1]
    parameters = uniform(width, HIDDEN) + uniform(HIDDEN, HIDDEN)
    parameters += [torch.zeros(len(models), HIDDEN, label_count, device=device, requires_grad=True), starts.clone().requires_grad_()]

    def forward(values, drop):
        values = (values - means) / deviations
        for layer in range(0, 4, 2):
            values = functional.relu(torch.baddbmm(parameters[layer + 1], values, parameters[layer]))
            values = functional.dropout(values, DROPOUT, drop)
        return torch.baddbmm(parameters[5], values, parameters[4])

    optimizer = torch.optim.AdamW(parameters, lr=RATE, weight_decay=DECAY, fused=device.type == "cuda")
    total = EPOCHS * step_count
    random = np.random.default_rng(3)
    torch.manual_seed(11)
    flat = variants.flatten(0, 2)
    copy_count = variants.shape[1]
    for step in range(total):
        if step % step_count == 0:
            order = np.stack([random.permutation(parts[fold][0])[:step_count * batch] for _, fold, _ in models])
        chosen = torch.from_numpy(order[:, step % step_count * batch:][:, :batch]).to(device)
        copy = torch.from_numpy(random.integers(copy_count, size=chosen.shape)).to(device)
        values = flat[(which.unsqueeze(1) * copy_count + copy) * clip_count + chosen]
        done = step / step_count
        for group in optimizer.param_groups:
            group["lr"] = RATE * min(1.0, (step + 1) / step_count) * (0.5 + 0.5 * math.cos(math.pi * done / EPOCHS))
        logits = forward(values, True)
        if is_softmax:
            losses = -(logits.log_softmax(2) * targets[chosen]).sum(2).mean(1)
        else:
            losses = functional.binary_cross_entropy_with_logits(logits, targets[chosen], reduction="none").mean((1, 2))
        optimizer.zero_grad()
        losses.sum().backward()
        optimizer.step()

    results = []
    row_count = 1 if is_one_row else input_count
    with torch.no_grad():
        for given in (embeddings, *others):
            result = torch.full((row_count, seed_count, clip_count, label_count), float("nan"), device=device)
            for number, (i, fold, seed) in enumerate(models):
                valid = torch.tensor(parts[fold][1], device=device)
                values = (given[i, valid] - means[number]) / deviations[number]
                for layer in range(0, 4, 2):
                    values = functional.relu(values @ parameters[layer][number] + parameters[layer + 1][number])
                result[0 if is_one_row else i, seed, valid] = values @ parameters[4][number] + parameters[5][number]
            results.append(result)
    return results


def fold_scores(logits, targets, folds, fold_count, is_softmax=False):
    """Mean over seeds of the macro ROC-AUC (softmax: the accuracy) in each fold; `logits`: seeds x clips x labels."""
    scores = []
    for fold in range(fold_count):
        rows = torch.tensor(np.flatnonzero(folds == fold), device=logits.device)
        given, true = logits[:, rows], targets[rows]
        if is_softmax:
            scores.append(float((given.argmax(2) == true.argmax(1)).float().mean()))
            continue
        areas = []
        for label in range(true.shape[1]):
            positive, negative = given[:, true[:, label] > 0.5, label], given[:, true[:, label] <= 0.5, label]
            if positive.shape[1] and negative.shape[1]:
                difference = positive.unsqueeze(2) - negative.unsqueeze(1)
                areas.append(((difference > 0).float() + 0.5 * (difference == 0).float()).mean((1, 2)))
        scores.append(float(torch.stack(areas).mean()))
    return scores
