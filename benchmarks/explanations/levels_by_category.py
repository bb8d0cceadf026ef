"""Which levels and scales speak for which category of tags, by `earmark explain`.

Usage: /usr/bin/python3 benchmarks/explanations/levels_by_category.py --data DIR [--earmark PROGRAM] [--model FILE]
           [--clips 500] [--seed 1] [--jobs 2]
Needs NumPy. The clips are drawn at random; the tags of a clip are those that are present.
Prints tables: for each category the mean change of log-odds, with 95 % bootstrap intervals over the clips, that a scale, a
level, or a level of a scale contributes; and which share of the sum of all of a table's changes, taken without their signs,
that is.
"""

import clips

TABLES = ("scale", "level", "level of a scale")


def explained_tags(options, path):
    found = clips.json_of(options, "explain", path)
    return found["tags"] if found else []


def contributions(tag):
    """The changes of a tag's log-odds by what is taken away, in three tables."""
    cells = {(cell["segment_frames"], cell["level"], cell["layer"]): cell["contribution"] for cell in tag["cells"]}
    return {
        "scale": {f"{scale['segment_frames']} frames": scale["contribution"] for scale in tag["scales"]},
        "level": {f"level {level['level']}": level["contribution"] for level in tag["levels"]},
        "level of a scale": {
            f"level {level}{' (dense)' if layer == 'dense' else ''}, {frames} frames": value for (frames, level, layer), value in cells.items()
        },
    }


def column(tags_of_clips, table, names):
    """The cells of a category: of each name, the mean change and its share."""
    found = [[contributions(tag)[table] for tag in tags] for tags in tags_of_clips]
    sizes = {name: sum(abs(tag.get(name, 0.0)) for tags in found for tag in tags) for name in names}
    return {
        name: f"{clips.interval([[tag.get(name, 0.0) for tag in tags] for tags in found])} | {100 * sizes[name] / sum(sizes.values()):.0f} %" for name in names
    }


def print_table(table, by_category):
    print(f"\n| {table} taken away | " + " | ".join(f"{category}: change of log-odds | share" for category in by_category) + " |")
    print("|---" * (2 * len(by_category) + 1) + "|")
    all_tags = (tag for tags_of_clips in by_category.values() for tags in tags_of_clips for tag in tags)
    names = list(dict.fromkeys(name for tag in all_tags for name in contributions(tag)[table]))
    columns = [column(tags_of_clips, table, names) for tags_of_clips in by_category.values()]
    for name in names:
        print(f"| {name} | " + " | ".join(cells[name] for cells in columns) + " |")


def main():
    options = clips.parser(__doc__, clip_count=500).parse_args()
    heard = clips.each(options, lambda path: explained_tags(options, path), clips.drawn_paths(options)[: options.clips])
    by_category = {}  # the tags of each clip that has some
    for category in sorted({tag["category"] for tags in heard for tag in tags}):
        of_category = ([tag for tag in tags if tag["category"] == category] for tags in heard)
        by_category[category] = [tags for tags in of_category if tags]

    print(f"{len(heard)} clips")
    for table in TABLES:
        print_table(table, by_category)
    left_over = (clips.interval([[tag["interactions"] for tag in tags] for tags in found]) for found in by_category.values())
    print("| interactions, what the rows above leave over | " + " | ".join(f"{cell} | " for cell in left_over) + " |")
    counts = (f"{category}: {sum(map(len, found))} present tags in {len(found)} clips" for category, found in by_category.items())
    print("\n" + "; ".join(counts))


if __name__ == "__main__":
    main()
