"""Where and with what it was measured."""

import datetime
import os
import platform
import re
import subprocess

# What decides which code oneDNN runs.
ISA_FLAGS = ["avx2", "avx512f", "avx512_vnni", "avx512_bf16", "amx_tile", "amx_bf16"]


def first_line(command, **options):
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True, **options).stdout.split("\n")[0]
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def cpu_field(name):
    with open("/proc/cpuinfo", encoding="utf-8") as lines:
        return next((line.split(":", 1)[1].strip() for line in lines if line.startswith(name)), platform.machine())


def processor():
    """Its name, and the most of the vector extensions of interest, since one name covers several generations."""
    name = re.sub(r"\((R|TM)\)", "", cpu_field("model name"))
    flags = set(cpu_field("flags").split())
    return " with ".join([name, *[flag for flag in ISA_FLAGS if flag in flags][-1:]])


def memory_gb():
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30


def commit_of(program):
    """Of the checkout that the program was built in."""
    folder = program.resolve().parent
    commit = first_line(["git", "rev-parse", "--short", "HEAD"], cwd=folder)
    changed = first_line(["git", "status", "--porcelain", "--untracked-files=no"], cwd=folder)
    return f"commit {commit}" + (" with changes" if changed not in ("", "unknown") else "")


def describe(program):
    flags = set(cpu_field("flags").split())
    ffmpeg = first_line(["ffmpeg", "-version"]).split(" Copyright")[0]
    return (f"Measured on {datetime.date.today()} on {cpu_field('model name')}, {os.cpu_count()} cores, {memory_gb():.0f} GB, "
            f"{' '.join(flag for flag in ISA_FLAGS if flag in flags) or 'none of the vector extensions of interest'}; "
            f"{platform.system()} {platform.release()}; load before the start {os.getloadavg()[0]:.2f}. "
            f"{first_line([program, '--version'])}, {commit_of(program)}; {ffmpeg}.")
