"""How close the mean of a taggram over its windows is to the tags of the whole clip.

Usage: /usr/bin/python3 benchmarks/explanations/taggram_mean.py --data DIR [SONG...] [--earmark PROGRAM] [--model FILE]
           [--clips 300] [--seed 1] [--jobs 2]
Needs NumPy. The clips are drawn at random; SONGs are measured apart from them. All tags of the model count.
Prints a table.
"""

import numpy as np

import clips


def tags_of(options, paths):
    """Clip, mean over the windows, and threshold for each tag of each clip that has tags, in three rows; and the number of
    these clips."""
    heard = [found for found in clips.each(options, lambda path: clips.json_of(options, "taggram", path, "--all"), paths) if found]
    with_tags = [found["tags"] for found in heard if any(tag["clip_probability"] > 0.0 for tag in found["tags"])]
    keys = ("clip_probability", "mean_probability", "threshold")
    return np.array([[tag[key] for tags in with_tags for tag in tags] for key in keys]), len(with_tags)


def row(name, tags, clip_count):
    of_clip, mean, threshold = tags
    difference = np.abs(of_clip - mean)
    near, far = np.quantile(difference, 0.95), difference.max()
    same_side = np.mean((of_clip >= threshold) == (mean >= threshold))
    correlation = np.corrcoef(of_clip, mean)[0, 1]
    return f"| {clip_count} {name} | {difference.mean():.3f} | {near:.3f} | {far:.2f} | {correlation:.3f} | {100 * same_side:.0f} % |"


def main():
    parser = clips.parser(__doc__, clip_count=300)
    parser.add_argument("songs", nargs="*", metavar="SONG")
    options = parser.parse_args()
    print("| mean over the windows, and the whole | mean difference | 95 % differ by less than | greatest | correlation | same side of the threshold |")
    print("|---|---|---|---|---|---|")
    print(row(f"clips of {options.data.name}", *tags_of(options, clips.drawn_paths(options)[: options.clips])))
    if options.songs:
        print(row("whole songs", *tags_of(options, options.songs)))


if __name__ == "__main__":
    main()
