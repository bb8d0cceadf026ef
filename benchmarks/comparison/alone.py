"""What needs no other tool: the start, two workers, the memory of a long file, an earlier build."""

import os
import pathlib

from . import audio, tables
from .earmark import Earmark
from .processes import cost_of

FILES_IN_THE_FOLDER = 16


def start(earmark, options, folder):
    clip = audio.clip(options.songs[0], folder, duration_s=10)
    earmark.song(clip)
    costs = [earmark.song(clip) for _ in range(options.starts)]
    rows = [[f"{name}, ms", tables.median_and_range([1000 * getattr(cost, field) for cost in costs])]
            for name, field in (("wall", "wall_s"), ("CPU", "cpu_s"))]
    return (f"#### From the start to the first result\n\n`earmark tag` on a clip of 10 s, process start included, one core: "
            f"{options.starts} runs, peak {tables.peak_mb(costs)} MB.\n\n" + tables.table(["", "median (range)"], rows))


def make_folder(songs, folder):
    made = pathlib.Path(folder) / "songs"
    made.mkdir()
    for index in range(FILES_IN_THE_FOLDER):
        song = songs[index % len(songs)].resolve()
        (made / f"{index:02}{song.suffix}").symlink_to(song)
    return made


def workers(earmark, options, folder):
    if len(os.sched_getaffinity(0)) < 2:
        return "#### Two workers\n\nNot measured: this machine has one core."
    songs = make_folder(options.songs, folder)

    def run(worker_count):
        return cost_of(earmark.command("--jobs", str(worker_count), songs), cores=2)

    run(2)
    pairs = [(run(1), run(2)) for _ in range(options.pairs)]
    one, two = zip(*pairs)
    speedups = tables.median_and_range([a.wall_s / b.wall_s for a, b in pairs])
    rows = [[str(count), tables.median([cost.wall_s for cost in costs]), tables.median([cost.cpu_s for cost in costs]),
             tables.peak_mb(costs)] for count, costs in ((1, one), (2, two))]
    return (f"#### Two workers\n\n`earmark tag FOLDER --jobs N` on {FILES_IN_THE_FOLDER} songs and two cores: two workers are "
            f"{speedups} times as fast as one.\n\n" + tables.table(["workers", "wall, s", "CPU, s", "peak, MB"], rows))


def memory(earmark, options, folder):
    rows = []
    for song in (options.songs[0], audio.converted(options.songs[0], "m4a", folder)):
        long_file = audio.repeated(song, folder, options.hours)
        size_mb = long_file.stat().st_size / 1e6
        cost = earmark.song(long_file)
        long_file.unlink()
        rows.append([song.suffix[1:], f"{options.hours:g}", f"{size_mb:.0f}", f"{cost.peak_mb:.0f}",
                     tables.digits(cost.cpu_s), tables.digits(cost.wall_s)])
    return ("#### Memory of a long file\n\nA song, repeated without encoding it again; one run.\n\n"
            + tables.table(["format", "hours", "size, MB", "peak, MB", "CPU, s", "wall, s"], rows))


def earlier(earmark, options, folder):
    before = Earmark(options.earlier, options.model, options.precision)
    rows = []
    for song in (audio.clip(options.songs[0], folder, duration_s=10), *options.songs):
        before.song(song), earmark.song(song)
        pairs = [(before.song(song), earmark.song(song)) for _ in range(options.pairs)]
        old, new = zip(*pairs)
        ratios = [[getattr(b, field) / getattr(a, field) for a, b in pairs] for field in ("cpu_s", "wall_s")]
        rows.append([song.name, *map(tables.median_and_range, ratios), tables.median([cost.cpu_s for cost in old]),
                     tables.median([cost.cpu_s for cost in new]), tables.peak_mb(old), tables.peak_mb(new)])
    return ("#### An earlier build\n\n`earmark tag` of two builds with the same model in turn, process start included, one core.\n\n"
            + tables.table(["file", "CPU, now / earlier", "wall, now / earlier", "CPU earlier, s", "CPU now, s", "peak earlier, MB",
                            "peak now, MB"], rows))


PARTS = {"start": start, "workers": workers, "memory": memory, "earlier": earlier}


def sections(part, earmark, options, folder):
    yield PARTS[part](earmark, options, folder)
