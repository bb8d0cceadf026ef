"""Runs a program and reports what it used; if it writes a training log, also for each phase."""

import json
import os
import subprocess
import time


def task_key(task):
    """A task of log.jsonl as a key of a dictionary."""
    return json.dumps(task, sort_keys=True)


def task_name(task):
    """For tables: "local network, 27 frames"."""
    kind = task["kind"].replace("_", " ")
    return f"{kind}, {task['segment_frames']} frames" if "segment_frames" in task else kind


class Step:
    """What a process has used since the step began; `task` is what it trained, as log.jsonl has it."""

    def __init__(self, name, wall_s, cpu_s, task=None):
        self.name, self.task = name, task
        self.begin = (wall_s, cpu_s)
        self.wall_s = self.cpu_s = 0.0
        self.own_mb = self.all_mb = 0.0  # without and with the pages of files that it maps
        self.disk_mb = None

    def add(self, wall_s, cpu_s, own_mb, all_mb):
        self.wall_s, self.cpu_s = wall_s - self.begin[0], cpu_s - self.begin[1]
        self.own_mb, self.all_mb = max(self.own_mb, own_mb), max(self.all_mb, all_mb)


class Watch:
    """Looks at a process twenty times a second. Each phase in its log.jsonl, if it writes one, begins a step."""

    def __init__(self, process, name, log=None):
        self.process_, self.log_, self.read_bytes_ = process, log, 0
        self.start_ = time.perf_counter()
        self.steps = [Step(name, 0.0, 0.0)]
        self.epochs = {}  # task_key -> seconds of each epoch
        self.now_ = 0.0, 0.0  # wall and processor time so far

    def wait(self):
        """The exit status."""
        while self.process_.poll() is None:
            self.look_()
            time.sleep(0.05)
        self.read_log_()
        return self.process_.returncode

    def look_(self):
        try:
            status = dict(line.split(":", 1) for line in open(f"/proc/{self.process_.pid}/status", encoding="utf-8"))
            times = open(f"/proc/{self.process_.pid}/stat", encoding="utf-8").read().rpartition(")")[2].split()
            own_mb, all_mb = (int(status[key].split()[0]) / 1024 for key in ("RssAnon", "VmRSS"))
        except (KeyError, ProcessLookupError, FileNotFoundError):  # it has just ended
            return
        self.now_ = time.perf_counter() - self.start_, sum(map(int, times[11:13])) / os.sysconf("SC_CLK_TCK")
        self.steps[-1].add(*self.now_, own_mb, all_mb)
        self.read_log_()

    def read_log_(self):
        if not self.log_ or not self.log_.exists():
            return
        with self.log_.open("rb") as file:
            file.seek(self.read_bytes_)
            new = file.read()
        whole = new[: new.rfind(b"\n") + 1]
        self.read_bytes_ += len(whole)
        for line in map(json.loads, whole.splitlines()):
            if line["event"] == "phase":
                task = line.get("task")
                self.steps.append(Step(task_name(task) if task else line["phase"], *self.now_, task))
            elif line["event"] == "epoch":
                self.epochs.setdefault(task_key(line["task"]), []).append(line["duration_s"])


def run(command, name, output, log=None, passing=(0,)):
    with output.open("wb") as file, output.with_suffix(".err").open("wb") as errors:
        watch = Watch(subprocess.Popen(command, stdout=file, stderr=errors), name, log)
        status = watch.wait()
    if status not in passing:
        raise SystemExit(f"{name} failed with status {status}: {output.with_suffix('.err')}")
    return watch
