"""Earmark and a tool in turn (A B A B ...) on every file: medians of the pairs' ratios, with their range."""

from . import audio, tables
from .processes import Cost, Failed, WarmTool, cost_of


def files_for(tool, options, folder):
    for song in options.songs:
        yield song
        for ending in tool.formats:
            if ending in options.formats and song.suffix != f".{ending}":
                yield audio.converted(song, ending, folder)


def ffmpeg_command(path):
    return ["ffmpeg", "-nostdin", "-threads", "1", "-i", path, "-f", "null", "-"]


def pairs_from_start(tool, path, earmark, pair_count):
    def theirs():
        if not tool.script:
            return cost_of(ffmpeg_command(path))
        return cost_of(tool.command(earmark.model), standard_input=f"{path}\n")

    earmark.song(path), theirs()  # fills the file cache
    return [(earmark.song(path), theirs()) for _ in range(pair_count)]


def greatest_difference(ours, theirs):
    if ours.keys() != theirs.keys():
        raise Failed("Earmark and the tool have different tags")
    return max(abs(ours[tag] - theirs[tag]) for tag in ours)


def warm_pairs(tool, path, earmark, pair_count):
    """The pairs, and the worker's versions and probabilities."""
    with WarmTool(tool.command(earmark.model)) as worker:
        probabilities = worker.process(path)["probabilities"]
        measured = [(earmark.song_in_a_warm_process(path), worker.process(path)) for _ in range(pair_count)]
        peak_mb = worker.close()
    return ([(ours, Cost(theirs["cpu_s"], theirs["wall_s"], peak_mb)) for ours, theirs in measured], worker.versions,
            probabilities)


def header(tool, with_difference):
    ratio = f"earmark / {tool.name}" if tool.earmark_first else f"{tool.name} / earmark"
    return ["file", f"CPU, {ratio}", f"wall, {ratio}", "earmark CPU, s", f"{tool.name} CPU, s", "earmark wall, s",
            f"{tool.name} wall, s", "earmark peak, MB", f"{tool.name} peak, MB",
            *(["greatest difference of a probability, in f32"] if with_difference else [])]


def row(tool, path, pairs):
    def ratios(field):
        values = [getattr(ours, field) / getattr(theirs, field) for ours, theirs in pairs]
        return tables.median_and_range(values if tool.earmark_first else [1 / value for value in values])

    ours, theirs = zip(*pairs)
    return [path.name, ratios("cpu_s"), ratios("wall_s"),
            *(tables.median([getattr(cost, field) for cost in costs])
              for field in ("cpu_s", "wall_s") for costs in (ours, theirs)),
            tables.peak_mb(ours), tables.peak_mb(theirs)]


def section_from_start(tool, files, earmark, options):
    rows = [row(tool, path, pairs_from_start(tool, path, earmark, options.pairs)) for path in files]
    return (f"#### {tool.title}: a process for each song\n\n{tool.note} One core, one thread, process start included.\n\n"
            + tables.table(header(tool, False), rows))


def section_warm(tool, files, earmark, options):
    rows, versions = [], {}
    for path in files:
        pairs, versions, probabilities = warm_pairs(tool, path, earmark, options.pairs)
        cells = row(tool, path, pairs)
        if tool.has_our_weights:
            cells.append(f"{greatest_difference(earmark.probabilities(path), probabilities):.1e}")
        rows.append(cells)
    named = ", ".join(f"{package} {version}" for package, version in versions.items())
    return (f"#### {tool.title}: a song in a warm process\n\n{tool.note} {named}. One core, one thread; what a song costs in a "
            f"process that has done one before.\n\n" + tables.table(header(tool, tool.has_our_weights), rows))


def sections(tool, earmark, options, folder):
    for from_start in tool.starts:
        files = files_for(tool, options, folder)
        yield (section_from_start if from_start else section_warm)(tool, files, earmark, options)
