"""Markdown."""

import statistics


def table(header, rows):
    return "\n".join("| " + " | ".join(cells) + " |" for cells in [header, ["---"] * len(header), *rows])


def digits(value):
    """Three that count, without an exponent."""
    return f"{value:.3f}" if value < 1 else f"{value:.2f}" if value < 10 else f"{value:.1f}"


def median_and_range(values):
    return f"{digits(statistics.median(values))} ({digits(min(values))} to {digits(max(values))})"


def median(values):
    return digits(statistics.median(values))


def peak_mb(costs):
    return f"{max(cost.peak_mb for cost in costs):.0f}"
