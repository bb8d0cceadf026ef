"""Earmark and a peer in turn (A B A B ...) on every file: medians of the pairs' ratios, with their range."""

from . import audio, tables
from .processes import Cost, Failed, WarmPeer, cost_of


def files_for(peer, options, folder):
    for song in options.songs:
        yield song
        for ending in peer.formats:
            if ending in options.formats and song.suffix != f".{ending}":
                yield audio.converted(song, ending, folder)


def ffmpeg_command(path):
    return ["ffmpeg", "-nostdin", "-threads", "1", "-i", path, "-f", "null", "-"]


def pairs_from_start(peer, path, earmark, pair_count):
    def theirs():
        if not peer.script:
            return cost_of(ffmpeg_command(path))
        return cost_of(peer.command(earmark.model), standard_input=f"{path}\n")

    earmark.song(path), theirs()  # fills the file cache
    return [(earmark.song(path), theirs()) for _ in range(pair_count)]


def greatest_difference(ours, theirs):
    if ours.keys() != theirs.keys():
        raise Failed("Earmark and the peer have different tags")
    return max(abs(ours[tag] - theirs[tag]) for tag in ours)


def warm_pairs(peer, path, earmark, pair_count):
    """The pairs, and the worker's versions and probabilities."""
    with WarmPeer(peer.command(earmark.model)) as worker:
        probabilities = worker.process(path)["probabilities"]
        measured = [(earmark.song_in_a_warm_process(path), worker.process(path)) for _ in range(pair_count)]
        peak_mb = worker.close()
    return ([(ours, Cost(theirs["cpu_s"], theirs["wall_s"], peak_mb)) for ours, theirs in measured], worker.versions,
            probabilities)


def header(peer, with_difference):
    ratio = f"earmark / {peer.name}" if peer.earmark_first else f"{peer.name} / earmark"
    return ["file", f"CPU, {ratio}", f"wall, {ratio}", "earmark CPU, s", f"{peer.name} CPU, s", "earmark wall, s",
            f"{peer.name} wall, s", "earmark peak, MB", f"{peer.name} peak, MB",
            *(["greatest difference of a probability, in f32"] if with_difference else [])]


def row(peer, path, pairs):
    def ratios(field):
        values = [getattr(ours, field) / getattr(theirs, field) for ours, theirs in pairs]
        return tables.median_and_range(values if peer.earmark_first else [1 / value for value in values])

    ours, theirs = zip(*pairs)
    return [path.name, ratios("cpu_s"), ratios("wall_s"),
            *(tables.median([getattr(cost, field) for cost in costs])
              for field in ("cpu_s", "wall_s") for costs in (ours, theirs)),
            tables.peak_mb(ours), tables.peak_mb(theirs)]


def section_from_start(peer, files, earmark, options):
    rows = [row(peer, path, pairs_from_start(peer, path, earmark, options.pairs)) for path in files]
    return (f"### {peer.title}: a process for each song\n\n{peer.note} One core, one thread, process start included.\n\n"
            + tables.table(header(peer, False), rows))


def section_warm(peer, files, earmark, options):
    rows, versions = [], {}
    for path in files:
        pairs, versions, probabilities = warm_pairs(peer, path, earmark, options.pairs)
        cells = row(peer, path, pairs)
        if peer.has_our_weights:
            cells.append(f"{greatest_difference(earmark.probabilities(path), probabilities):.1e}")
        rows.append(cells)
    named = ", ".join(f"{package} {version}" for package, version in versions.items())
    return (f"### {peer.title}: a song in a warm process\n\n{peer.note} {named}. One core, one thread; what a song costs in a "
            f"process that has done one before.\n\n" + tables.table(header(peer, peer.has_our_weights), rows))


def sections(peer, earmark, options, folder):
    for from_start in peer.starts:
        files = files_for(peer, options, folder)
        yield (section_from_start if from_start else section_warm)(peer, files, earmark, options)
