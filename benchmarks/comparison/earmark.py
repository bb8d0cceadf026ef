"""The program that is measured."""

import json
import pathlib
import subprocess

from .processes import Cost, Failed, cost_of, one_thread_environment

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SONGS_IN_A_WARM_PROCESS = 5


class Earmark:
    def __init__(self, program, model, precision):
        self.program, self.model, self.precision = program, model, precision

    def command(self, *arguments, precision=None):
        return [self.program, "tag", "--model", self.model, "--precision", precision or self.precision, *arguments]

    def song(self, path):
        """A process for this song."""
        return cost_of(self.command("--jobs", "1", path))

    def song_in_a_warm_process(self, path):
        """What each further song adds to a process: that of a list of songs less that of one song."""
        many = self.list_(path, 1 + SONGS_IN_A_WARM_PROCESS)
        one = self.list_(path, 1)
        return Cost((many.cpu_s - one.cpu_s) / SONGS_IN_A_WARM_PROCESS, (many.wall_s - one.wall_s) / SONGS_IN_A_WARM_PROCESS,
                    many.peak_mb)

    def list_(self, path, count):
        return cost_of(self.command("--jobs", "1", "--format", "jsonl", "-"), standard_input=f"{path}\n" * count)

    def probabilities(self, path, precision="f32"):
        """As the other tools compute: by default in float32, and by the method as published, where silence counts too."""
        result = subprocess.run(self.command("--plain", "--format", "json", path, precision=precision), env=one_thread_environment(),
                                capture_output=True, check=False)
        if result.returncode != 0:
            raise Failed(f"earmark failed: {result.stderr.decode(errors='replace').strip()}")
        return {f"{tag['category']} {tag['tag']}": tag["probability"] for tag in json.loads(result.stdout)["tags"]}
