"""Inserts the tables into a page whose other text is written by hand."""

import os

BEGIN = "<!-- benchmarks/compare writes from here -->"
END = "<!-- to here -->"


def merged(page, report):
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"no lines '{BEGIN}' and '{END}', between which the tables would go")
    return f"{before}{BEGIN}\n\n{report}\n\n{END}{after}"


def page_with(path, report):
    page = path.read_text(encoding="utf-8") if path.exists() else f"{BEGIN}\n{END}\n"
    return merged(page, report)


def write_report(path, report):
    temporary = path.with_name(path.name + ".tmp")
    temporary.write_text(page_with(path, report), encoding="utf-8")
    os.replace(temporary, path)
