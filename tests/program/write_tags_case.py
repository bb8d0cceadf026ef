"""What the tests of `earmark write-tags` share: a folder of music, and plans that no model decides. A test gets EARMARK,
EDIT_FIELDS and SAMPLES, and ends with status 77 where ffmpeg is missing."""
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

if not shutil.which("ffmpeg"):
    print("ffmpeg is missing")
    sys.exit(77)

EARMARK, EDIT_FIELDS, SAMPLES = sys.argv[-3:]
VALUES = ["genre=Jazz", "genre=Soul", "mood=Calm", "EARMARK_TAGS=genre:Jazz"]


def main():
    del sys.argv[-3:]
    unittest.main()


class WriteTagsCase(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.music = os.path.join(self.folder, "music")
        self.plan = os.path.join(self.folder, "plan")
        self.journal = os.path.join(self.folder, "journal")
        os.mkdir(self.music)
        self.environment = dict(os.environ, XDG_STATE_HOME=os.path.join(self.folder, "state"), LC_ALL="C.UTF-8")

    def tearDown(self):
        shutil.rmtree(self.folder)

    def earmark(self, *arguments, **options):
        return subprocess.run([EARMARK, *arguments], capture_output=True, text=True, env=self.environment, cwd=self.folder,
                              **options)

    def write_tags(self, *arguments, status=0, **options):
        result = self.earmark("write-tags", *arguments, **options)
        self.assertEqual(result.returncode, status, result.stdout + result.stderr)
        return result

    def apply(self, *options, **more):
        return self.write_tags("--apply", self.plan, "--journal", self.journal, *options, **more)

    def undo(self, **more):
        return self.write_tags("--undo", self.journal, **more)

    def song(self, name):
        path = os.path.join(self.music, name)
        subprocess.run(["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", "sine=440:d=1:r=44100", "-metadata", "title=T",
                        "-metadata", "artist=Jemand", path], check=True)
        return path

    def sample(self, name, new_name):
        """A sample that a model has tags for, in the folder of music."""
        sample = os.path.join(SAMPLES, name)
        if not os.path.exists(sample):
            self.skipTest("no samples")
        return shutil.copy(sample, os.path.join(self.music, new_name))

    def write_plan(self, paths, values=VALUES):
        with open(self.plan, "w") as file:
            subprocess.run([EDIT_FIELDS, "plan", *values, "--", *paths], stdout=file, check=True)

    def contents(self):
        """Of all files, hidden ones as well."""
        found = {}
        for name in os.listdir(self.music):
            with open(os.path.join(self.music, name), "rb") as file:
                found[name] = file.read()
        return found
