"""Inserts the tables into a page whose other text is written by hand. The page keeps the tables of each processor, in the
order in which the processors were first measured."""

import os
import re

BEGIN = "<!-- benchmarks/compare writes from here -->"
END = "<!-- to here -->"


def split_by_processor(tables):
    """The names of processors with their text, from headings like '### On AMD EPYC'."""
    _, *parts = re.split(r"^### On (.+)\n", tables, flags=re.MULTILINE)
    return dict(zip(parts[::2], (text.strip() for text in parts[1::2])))


def merged(page, processor, report):
    before, begin, rest = page.partition(BEGIN)
    tables, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"no lines '{BEGIN}' and '{END}', between which the tables would go")
    kept = split_by_processor(tables) | {processor: report}
    sections = [f"### On {name}\n\n{text}" for name, text in kept.items()]
    return "\n\n".join([before + BEGIN, *sections, END]) + after


def page_with(path, processor, report):
    page = path.read_text(encoding="utf-8") if path.exists() else f"{BEGIN}\n{END}\n"
    return merged(page, processor, report)


def write_report(path, processor, report):
    temporary = path.with_name(path.name + ".tmp")
    temporary.write_text(page_with(path, processor, report), encoding="utf-8")
    os.replace(temporary, path)
