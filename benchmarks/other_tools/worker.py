"""The protocol of every baseline: it reads paths from standard input, one per line, and writes a line of JSON for each.

The first line has the versions. A song's line has cpu_s and wall_s of that song alone and, where the baseline
has Earmark's weights, its probabilities. The end of the input ends the process; benchmarks/compare then asks the
system for its peak memory.
"""

import importlib.metadata
import json
import os
import resource
import sys
import time


def cpu_s():
    return sum(usage.ru_utime + usage.ru_stime
               for usage in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))


def serve(process, packages):
    """process(path) does the work for one file; what it returns, if anything, is its probabilities by tag."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what libraries print is no answer

    def answer(**fields):
        print(json.dumps(fields), file=answers, flush=True)

    answer(versions={package: importlib.metadata.version(package) for package in packages})
    for line in sys.stdin:
        cpu, wall = cpu_s(), time.perf_counter()
        probabilities = process(line.rstrip("\n"))
        answer(cpu_s=cpu_s() - cpu, wall_s=time.perf_counter() - wall, probabilities=probabilities)
