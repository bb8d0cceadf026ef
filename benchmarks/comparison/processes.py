"""Runs programs with one thread on one core, and measures what they cost."""

import contextlib
import json
import os
import subprocess
import tempfile
import time
from typing import NamedTuple

THREAD_VARIABLES = ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"]
# Where these are set, they hold a BLAS to a kernel that is slower than its own choice.
KERNEL_VARIABLES = ["OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"]


class Failed(Exception):
    """A program ended with an error; the message states which and how."""


class Cost(NamedTuple):
    cpu_s: float
    wall_s: float
    peak_mb: float


def one_thread_environment():
    environment = {name: value for name, value in os.environ.items() if name not in KERNEL_VARIABLES}
    return environment | {name: "1" for name in THREAD_VARIABLES}


def start(command, cores, **streams):
    allowed = sorted(os.sched_getaffinity(0))[-cores:]
    return subprocess.Popen(command, env=one_thread_environment(), preexec_fn=lambda: os.sched_setaffinity(0, allowed),
                            **streams)


def wait(process):
    """The exit status and the resources used."""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, usage


def last_line(errors):
    errors.seek(0)
    lines = errors.read().decode(errors="replace").split("\n")
    return next((line for line in reversed(lines) if line.strip()), "without a message")


def cost_of(command, cores=1, standard_input=""):
    """Of a whole process."""
    with tempfile.TemporaryFile() as errors, tempfile.TemporaryFile() as source:
        source.write(standard_input.encode(errors="surrogateescape"))
        source.seek(0)
        begin = time.perf_counter()
        process = start(command, cores, stdin=source, stdout=subprocess.DEVNULL, stderr=errors)
        exit_status, usage = wait(process)
        wall_s = time.perf_counter() - begin
        if exit_status != 0:
            raise Failed(f"{os.path.basename(str(command[0]))} failed (status {exit_status}): {last_line(errors)}")
    return Cost(usage.ru_utime + usage.ru_stime, wall_s, usage.ru_maxrss / 1024)


class WarmTool:
    """A process of benchmarks/other_tools that stays alive between songs; worker.py there has the protocol."""

    def __init__(self, command):
        self.errors_ = tempfile.TemporaryFile()
        self.process_ = start(command, 1, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.errors_)
        self.versions = self.answer_()["versions"]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def process(self, path):
        """What it answered: cpu_s, wall_s, probabilities."""
        with contextlib.suppress(BrokenPipeError):  # then there is no answer either
            self.process_.stdin.write(f"{path}\n".encode(errors="surrogateescape"))
            self.process_.stdin.flush()
        return self.answer_()

    def close(self):
        """Peak memory in MB. May be called again."""
        if self.process_.returncode is None:
            with contextlib.suppress(BrokenPipeError):
                self.process_.stdin.close()
            _, usage = wait(self.process_)
            self.peak_mb_ = usage.ru_maxrss / 1024
        return self.peak_mb_

    def answer_(self):
        line = self.process_.stdout.readline()
        if not line:
            self.close()
            raise Failed(f"the process ended: {last_line(self.errors_)}")
        return json.loads(line)
