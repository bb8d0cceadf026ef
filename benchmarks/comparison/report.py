"""Puts the tables into a page that people write the rest of."""

import os

BEGIN = "<!-- benchmarks/compare writes from here -->"
END = "<!-- to here -->"


def merged(page, report):
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise SystemExit(f"the page has not the lines '{BEGIN}' and '{END}': write to another file")
    return f"{before}{BEGIN}\n\n{report}\n\n{END}{after}"


def write_report(path, report):
    page = path.read_text(encoding="utf-8") if path.exists() else f"{BEGIN}\n{END}\n"
    temporary = path.with_name(path.name + ".tmp")
    temporary.write_text(merged(page, report), encoding="utf-8")
    os.replace(temporary, path)
