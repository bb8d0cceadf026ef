#!/usr/bin/env python3
"""`earmark write-tags` from plan to undo: what mutagen lists, and what is left after kill -9, a full disk and files that
change in between. Plans that no model decides are written by edit_fields.

Usage: write_tags_test.py EARMARK EDIT_FIELDS SAMPLES; exit status 77: mutagen or ffmpeg is missing."""
import contextlib
import glob
import json
import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import unittest

try:
    import mutagen
    import mutagen.apev2
    import mutagen.id3
except ImportError:
    print("python3-mutagen is missing")
    sys.exit(77)
if not shutil.which("ffmpeg"):
    print("ffmpeg is missing")
    sys.exit(77)

SAMPLES = sys.argv.pop()
EDIT_FIELDS = sys.argv.pop()
EARMARK = sys.argv.pop()
ENDINGS = ["mp3", "flac", "ogg", "opus", "m4a", "wma", "wav", "aiff", "wv"]
VALUES = ["genre=Jazz", "genre=Soul", "mood=Calm", "EARMARK_TAGS=genre:Jazz"]


class WriteTagsTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.music = os.path.join(self.folder, "music")
        self.plan = os.path.join(self.folder, "plan")
        self.journal = os.path.join(self.folder, "journal")
        os.mkdir(self.music)
        self.environment = dict(os.environ, XDG_STATE_HOME=os.path.join(self.folder, "state"), LC_ALL="C.UTF-8")

    def tearDown(self):
        shutil.rmtree(self.folder)

    def earmark(self, *arguments, status=0, **options):
        result = subprocess.run([EARMARK, "write-tags", *arguments], capture_output=True, text=True, env=self.environment,
                                cwd=self.folder, **options)
        self.assertEqual(result.returncode, status, result.stdout + result.stderr)
        return result

    def song(self, name):
        path = os.path.join(self.music, name)
        subprocess.run(["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", "sine=440:d=1:r=44100", "-metadata", "title=T",
                        "-metadata", "artist=Jemand", path], check=True)
        return path

    def songs(self):
        return {ending: self.song("song." + ending) for ending in ENDINGS}

    def copies(self, count):
        """Many small files of three formats."""
        first = [self.song("0." + ending) for ending in ("mp3", "flac", "ogg")]
        for number in range(1, count):
            for path in first:
                shutil.copy(path, os.path.join(self.music, f"{number}{os.path.splitext(path)[1]}"))
        return sorted(glob.glob(self.music + "/*"))

    def write_plan(self, paths, values=VALUES):
        with open(self.plan, "w") as file:
            subprocess.run([EDIT_FIELDS, "plan", *values, "--", *paths], stdout=file, check=True)

    def apply(self, *options, **more):
        return self.earmark("--apply", self.plan, "--journal", self.journal, *options, **more)

    def contents(self):
        """Of all files, hidden ones as well."""
        found = {}
        for name in os.listdir(self.music):
            with open(os.path.join(self.music, name), "rb") as file:
                found[name] = file.read()
        return found

    def test_the_whole_story(self):
        songs = self.songs()
        before = self.contents()
        tags = {path: list(mutagen.File(path).tags or []) for path in songs.values()}
        self.write_plan(songs.values())
        shown = self.apply()
        self.assertIn(f"{len(songs)} files written", shown.stdout)
        self.assertIn("--undo " + self.journal, shown.stdout)
        self.assertEqual(shown.stderr, "")
        self.assertEqual(mutagen.File(songs["mp3"]).tags["TCON"].text, ["Jazz", "Soul"])
        self.assertEqual(mutagen.File(songs["mp3"]).tags["TMOO"].text, ["Calm"])
        for ending, name in {"flac": "genre", "ogg": "genre", "opus": "genre", "m4a": "\xa9gen", "wma": "WM/Genre", "wv": "genre"}.items():
            self.assertEqual([str(value) for value in mutagen.File(songs[ending])[name]], ["Jazz", "Soul"])
        for path in songs.values():
            now = mutagen.File(path).tags
            self.assertEqual([key for key in tags[path] if (key[0] if isinstance(key, tuple) else key) not in now], [])
        self.assertEqual(set(self.contents()), set(before))
        written = self.contents()
        self.assertIn(f"{len(songs)} had the values already", self.apply().stdout)
        self.assertEqual(self.contents(), written)
        self.assertIn(f"{len(songs)} files restored", self.earmark("--undo", self.journal).stdout)
        self.assertEqual(self.contents(), before)
        self.assertIn("were as before already", self.earmark("--undo", self.journal).stdout)
        # And once more: the plan fits again, as the files have their old times.
        self.assertIn(f"{len(songs)} files written", self.apply().stdout)
        self.assertEqual(self.contents(), written)
        self.earmark("--undo", self.journal)
        self.assertEqual(self.contents(), before)

    def test_a_plan_has_what_is_predicted_and_changes_nothing(self):
        samples = sorted(glob.glob(SAMPLES + "/*.*"))
        samples = [path for path in samples if path.endswith((".mp3", ".ogg", ".flac", ".opus", ".m4a", ".wav"))][:2]
        if not samples:
            self.skipTest("no samples")
        for path in samples:
            shutil.copy(path, self.music)
        note = os.path.join(self.music, "note.mka")
        subprocess.run(["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", "sine=d=1", note], check=True)
        before = self.contents()
        shown = self.earmark(self.music, "--overwrite", "--genres", "both", "--plan", self.plan)
        self.assertEqual(self.contents(), before)
        self.assertIn("1 cannot be written", shown.stdout)
        self.assertIn("note.mka: Earmark writes no fields into files of this format", shown.stderr)
        with open(self.plan) as file:
            lines = [json.loads(line) for line in file]
        self.assertEqual(lines[0]["earmark_plan"], 1)
        self.assertGreater(len(lines), 1, shown.stdout)
        for line in lines[1:]:
            self.assertIn(line["path"], shown.stdout)
            for change in line["changes"]:
                self.assertLessEqual(len(change["after"]), 6)
        self.assertIn("earmark write-tags --apply " + self.plan, shown.stdout)
        # A library knows the tags: the same plan.
        for name in ("first", "second"):
            other = os.path.join(self.folder, name)
            self.earmark(self.music, "--overwrite", "--genres", "both", "--db", self.folder + "/library.db", "--plan", other)
            with open(other) as first, open(self.plan) as second:
                self.assertEqual(first.read(), second.read())
        self.apply()
        # A second run finds nothing to do, and analyzes nothing that has foreign values.
        again = self.earmark(self.music, "--plan", self.plan)
        self.assertIn("0 files would change", again.stdout)
        self.earmark("--undo", self.journal)
        self.assertEqual(self.contents(), before)

    def scan(self):
        subprocess.run([EARMARK, "library", "scan", self.music], capture_output=True, check=True, env=self.environment)

    def test_a_library_has_files_and_tags(self):
        paths = [os.path.join(self.music, name) for name in ("a.mp3", "b.ogg", "c.flac")]
        for path, sample in zip(paths, ("rock-band.mp3", "techno.ogg", "piano-ballad.flac")):
            if not os.path.exists(os.path.join(SAMPLES, sample)):
                self.skipTest("no samples")
            shutil.copy(os.path.join(SAMPLES, sample), path)
        options = ["--overwrite", "--fields", "genre,mood,grouping,comment", "--genres", "both", "--exclude", "Fast"]
        self.scan()
        files = self.earmark(self.music, *options, "--plan", self.plan)
        # What the database has is enough: no model, no analysis.
        self.environment["EARMARK_MODEL"] = self.folder + "/none"
        other = os.path.join(self.folder, "other")
        library = self.earmark("--from-library", *options, "--plan", other)
        self.assertEqual(library.stdout.replace(other, self.plan), files.stdout)
        self.assertEqual(library.stderr, "")
        with open(other) as first, open(self.plan) as second:
            self.assertEqual(first.read(), second.read())
        below = self.earmark("--from-library", *options, "--plan", other, "music/a.mp3", self.music + "/c.flac")
        with open(other) as file:
            self.assertEqual([json.loads(line).get("path") for line in file][1:], [paths[0], paths[2]])
        for name, message in (("elsewhere", "elsewhere: the library has no file there"), ("-", "found '-'")):
            with self.subTest(name=name):
                result = self.earmark("--from-library", name, "--plan", other, status=2 if name == "-" else 1)
                self.assertIn(message, result.stderr)
                self.assertEqual(result.stderr.count("\n"), 1)

    def test_files_of_a_library_that_vanished_or_changed_are_left_out(self):
        paths = [self.song(name) for name in ("a.mp3", "b.ogg", "c.flac")]
        self.scan()
        os.remove(paths[0])
        mutagen.File(paths[1]).delete()
        with open(self.plan, "w"):
            pass
        result = self.earmark("--from-library", "--overwrite", "--plan", self.plan, status=1)
        self.assertIn("a.mp3: no such file; it was there at the last scan\n", result.stderr)
        self.assertIn("b.ogg: was changed since the last scan; 'earmark library scan' reads it again\n", result.stderr)
        self.assertEqual(result.stderr.count("\n"), 2)
        with open(self.plan) as file:
            self.assertEqual([json.loads(line).get("path", paths[2]) for line in file][-1], paths[2])
        # The scan knows that one is missing, and another that cannot be read has no tags.
        with open(self.music + "/d.mp3", "w") as file:
            file.write("no music")
        subprocess.run([EARMARK, "library", "scan"], capture_output=True, env=self.environment)
        self.assertIn("1 file of the library without tags of its model left out",
                      self.earmark("--from-library", "--plan", self.plan).stderr)

    def set_status(self, name, status):
        with contextlib.closing(sqlite3.connect(self.folder + "/state/earmark/library.db")) as database, database:
            database.execute("UPDATE analysis SET status = ? WHERE audio_id = (SELECT audio_id FROM track WHERE path = ?)",
                             (status, os.path.join(self.music, name)))

    def test_unsure_files_are_planned_on_request_and_what_is_no_music_never(self):
        samples = {"a.mp3": "rock-band.mp3", "b.ogg": "techno.ogg", "c.flac": "piano-ballad.flac"}
        for name, sample in samples.items():
            if not os.path.exists(os.path.join(SAMPLES, sample)):
                self.skipTest("no samples")
            shutil.copy(os.path.join(SAMPLES, sample), os.path.join(self.music, name))
        self.scan()
        self.set_status("b.ogg", "unsure")
        self.set_status("c.flac", "not_music")
        shown = self.earmark("--from-library", "--overwrite", "--plan", self.plan).stdout
        self.assertIn("1 file would change, 1 would stay as they are, 0 cannot be written, 1 left out because their tags are "
                      "unsure (--unsure takes them)\n", shown)
        self.assertNotIn("b.ogg", shown)
        shown = self.earmark("--from-library", "--overwrite", "--unsure", "--plan", self.plan).stdout
        self.assertIn("b.ogg\n  note: unsure: unlike the music that the model learned from\n  ", shown)
        self.assertEqual(shown.count("note: "), 1)
        self.assertNotIn("c.flac", shown)
        self.assertIn("2 files would change, 1 would stay as they are, 0 cannot be written\n", shown)

    def test_where_nothing_would_change_only_a_plan_that_was_asked_for_is_left(self):
        path = self.song("a.mp3")
        default = os.path.join(self.folder, "earmark-plan.jsonl")
        with open(default, "w") as file:
            file.write("an older plan")
        for options, plan, end in ((["--plan", self.plan], self.plan, "the plan is empty"), ([], default, "no plan is left")):
            shown = self.earmark(path, "--max-genres", "0", "--max-moods", "0", *options).stdout
            self.assertEqual(shown, "0 files would change, 1 would stay as they are, 0 cannot be written\n"
                             f"There is nothing to do: {end}.\n")
            self.assertEqual(os.path.exists(plan), bool(options))
        self.assertIn("0 files written", self.apply().stdout)

    def test_formats_without_fields_are_reported_by_their_endings(self):
        self.song("a.mp3")
        for name in ("b.mka", "c.mka", "d.caf"):
            self.song(name)
        result = self.earmark(self.music, "--plan", self.plan)
        self.assertEqual(result.stderr, f"earmark: {self.music}/d.caf: Earmark writes no fields into files of this format\n"
                         "earmark: 2 files of .mka cannot be written: Earmark writes no fields into files of this format\n")
        self.assertIn(", 3 cannot be written\n", result.stdout)

    def test_overwrite_brings_a_second_tag_to_the_values_of_the_first(self):
        sample = os.path.join(SAMPLES, "rock-band.mp3")
        if not os.path.exists(sample):
            self.skipTest("no samples")
        path = os.path.join(self.music, "a.mp3")
        shutil.copy(sample, path)
        overwrite = [path, "--overwrite", "--fields", "mood", "--plan", self.plan]
        self.earmark(*overwrite)
        self.apply()
        tags = mutagen.apev2.APEv2()
        tags["Mood"] = "Sleepy"
        tags.save(path)
        self.assertIn("; Sleepy -> ", self.earmark(*overwrite).stdout)
        os.remove(self.journal)
        self.assertIn("1 file written", self.apply().stdout)
        self.assertEqual(list(mutagen.apev2.APEv2(path)["Mood"]), mutagen.id3.ID3(path)["TMOO"].text)
        self.assertIn("0 files would change", self.earmark(*overwrite).stdout)

    def test_wrong_usage_is_refused(self):
        for arguments, what in (([], "expected files or folders, --from-library, --apply PLAN, or --undo JOURNAL"),
                                (["--from-library", "--undo", "x"], "expected files or folders"),
                                (["--from-library", "--plain"], "not with"),
                                (["--from-library"], "no such file; 'earmark library scan' makes it"),
                                ([self.music, "--apply", "x"], "expected files or folders"),
                                (["--apply", self.folder + "/none"], "none: no such file"),
                                (["--undo", self.folder + "/none"], "none: no such file"),
                                ([self.music, "--fields", "title"], "expected genre, mood, grouping or comment"),
                                ([self.music, "--exclude", "Jaz"], "the model has no tag 'Jaz'"),
                                ([self.music, "--append", "--overwrite"], "--overwrite")):
            result = self.earmark(*arguments, status=2)
            self.assertIn(what, result.stderr)
            self.assertEqual(result.stderr.count("\n"), 1)

    def test_killed_at_any_moment_each_file_is_old_or_new(self):
        paths = self.copies(12)
        before = self.contents()
        self.write_plan(paths)
        start = time.monotonic()
        self.apply()
        duration = time.monotonic() - start
        after = self.contents()
        self.earmark("--undo", self.journal)
        os.remove(self.journal)
        chance = random.Random(19)
        kill_count = 0
        for _ in range(50):
            process = subprocess.Popen([EARMARK, "write-tags", "--apply", self.plan, "--journal", self.journal],
                                       env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(chance.uniform(0, duration))
            process.kill()
            kill_count += process.wait() == -signal.SIGKILL
            for name, content in self.contents().items():
                if not name.startswith("."):
                    self.assertIn(content, (before[name], after[name]))
            if chance.random() < 0.5:
                continue  # goes on with the same journal
            process = subprocess.Popen([EARMARK, "write-tags", "--undo", self.journal], env=self.environment,
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(chance.uniform(0, duration))
            process.kill()
            process.wait()
            for name, content in self.contents().items():
                if not name.startswith("."):
                    self.assertIn(content, (before[name], after[name]))
        self.assertGreater(kill_count, 10)
        self.apply()
        self.assertEqual(self.contents(), after)
        self.earmark("--undo", self.journal)
        self.assertEqual(self.contents(), before)

    def test_a_full_disk_leaves_all_as_it_was(self):
        path = self.song("song.wav")
        small = self.song("small.opus")
        before = self.contents()
        self.write_plan([path, small])
        limit = os.path.getsize(path) - 1_000

        def less_space():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

        result = self.apply(status=1, preexec_fn=less_space)
        self.assertIn("song.wav: cannot be written: File too large", result.stderr)
        self.assertIn("1 file written, 1 left as they are", result.stdout)
        self.assertEqual(set(self.contents()), set(before))
        self.assertEqual(self.contents()["song.wav"], before["song.wav"])
        self.earmark("--undo", self.journal)
        self.assertEqual(self.contents(), before)
        # No room for the journal.
        os.remove(self.journal)

        def no_space():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10))

        self.assertIn("journal: cannot be written", self.apply(status=2, preexec_fn=no_space).stderr)
        self.assertEqual(self.contents(), before)

    def test_files_that_changed_in_between_are_left_alone(self):
        songs = self.songs()
        self.write_plan(songs.values())
        os.remove(songs["mp3"])
        mutagen.File(songs["flac"]).delete()
        os.utime(songs["ogg"], (1, 1))
        os.chmod(songs["opus"], 0o444)
        before = self.contents()
        result = self.apply(status=1)
        self.assertIn(f"{len(songs) - 4} files written, 4 left as they are", result.stdout)
        for what in ("song.mp3: no such file", "song.flac: was changed since the plan", "song.ogg: was changed since the plan",
                     "song.opus: is read-only"):
            self.assertIn(what, result.stderr)
        self.assertEqual(result.stderr.count("\n"), 4)
        file = mutagen.File(songs["m4a"])
        file["\xa9nam"] = ["renamed"]
        file.save()
        os.remove(songs["wma"])
        retagged = self.contents()["song.m4a"]
        result = self.earmark("--undo", self.journal, status=1)
        self.assertIn("song.m4a: was changed since by another program", result.stderr)
        self.assertIn("song.wma: no such file", result.stderr)
        now = self.contents()
        self.assertEqual(now.pop("song.m4a"), retagged)
        self.assertEqual(now, {name: content for name, content in before.items() if name in now})

    def test_tags_are_converted_on_request_and_come_back(self):
        paths = [self.song(name) for name in ("a.mp3", "b.mp3", "c.wav")]
        tags = mutagen.File(paths[1]).tags
        tags.add(mutagen.id3.RVA2(desc="track", channel=1, gain=-3.5, peak=0.9))
        tags.save(paths[1])
        before = self.contents()
        self.write_plan(paths)
        with open(self.plan) as file:
            lines = file.readlines()
        header = dict(json.loads(lines[0]), new_id3_version=3, converts_id3=True)
        with open(self.plan, "w") as file:
            file.writelines([json.dumps(header) + "\n", *lines[1:]])
        result = self.apply(status=1)
        self.assertEqual(result.stderr, f"earmark: {paths[1]}: its ID3v2.4 tag cannot be converted to ID3v2.3: RVA2 has no "
                         "place there; expected --id3 keep\n")
        for path in (paths[0], paths[2]):
            tags = mutagen.File(path).tags
            self.assertEqual((tags.version, tags["TCON"].text), ((2, 3, 0), ["Jazz; Soul"]))
        self.assertEqual(self.contents()["b.mp3"], before["b.mp3"])
        self.earmark("--undo", self.journal)
        self.assertEqual(self.contents(), before)

    def test_names_that_are_no_utf8(self):
        path = os.fsencode(self.music) + b"/\xff song.mp3"
        shutil.copy(self.song("a.mp3"), path)
        os.remove(self.music + "/a.mp3")
        before = self.contents()
        self.write_plan([path])
        self.assertIn("1 file written", self.apply().stdout)
        self.assertNotEqual(self.contents(), before)
        self.earmark("--undo", self.journal)
        self.assertEqual(self.contents(), before)

    def test_hard_links_are_reported(self):
        path = self.song("a.mp3")
        os.link(path, os.path.join(self.folder, "seed.mp3"))
        self.write_plan([path])
        note = "has 1 other name, which keeps the old fields (--in-place changes them all)\n"
        self.assertEqual(self.apply().stderr, f"earmark: {path}: {note}")
        self.earmark("--undo", self.journal)

    def test_hard_links_are_in_the_view_of_a_plan(self):
        sample = os.path.join(SAMPLES, "rock-band.mp3")
        if not os.path.exists(sample):
            self.skipTest("no samples")
        path = os.path.join(self.music, "a.mp3")
        shutil.copy(sample, path)
        for name in ("seed.mp3", "seed2.mp3"):
            os.link(path, os.path.join(self.folder, name))
        self.assertTrue(self.earmark(path, "--overwrite", "--plan", self.plan).stdout.startswith(
            f"{path}\n  note: has 2 other names, which keep the old fields (--in-place changes them all)\n  "))

    def test_a_damaged_journal_restores_what_it_can(self):
        songs = self.songs()
        before = self.contents()
        self.write_plan(songs.values())
        self.apply()
        after = self.contents()
        with open(self.journal) as file:
            lines = file.readlines()
        lines[2] = lines[2].replace('"size_before":', '"size_before":1', 1)
        with open(self.journal, "w") as file:
            file.writelines(lines)
        result = self.earmark("--undo", self.journal, status=1)
        self.assertIn("journal: line 3 is damaged", result.stderr)
        now = self.contents()
        self.assertEqual(sum(now[name] == after[name] for name in now), 1)
        self.assertEqual(sum(now[name] == before[name] for name in now), len(songs) - 1)

    def test_a_journal_below_a_missing_folder_is_an_error(self):
        path = self.song("a.mp3")
        before = self.contents()
        self.write_plan([path])
        journal = os.path.join(self.folder, "missing", "journal")
        result = self.earmark("--apply", self.plan, "--journal", journal, status=2)
        self.assertEqual(result.stderr, f"earmark: {journal}: cannot be written: No such file or directory\n")
        self.assertFalse(os.path.exists(os.path.dirname(journal)))
        self.assertEqual(self.contents(), before)

    def test_an_empty_journal_is_none(self):
        open(self.journal, "w").close()
        self.assertIn("is empty; expected a journal", self.earmark("--undo", self.journal, status=2).stderr)
        self.assertEqual(os.path.getsize(self.journal), 0)

    def test_a_journal_belongs_to_one_plan(self):
        path = self.song("a.mp3")
        self.write_plan([path])
        self.apply()
        self.write_plan([path], ["genre=Rock"])
        self.assertIn("was made for another plan", self.apply(status=2).stderr)
        # By default each plan has its own.
        self.earmark("--apply", self.plan)
        self.assertEqual(len(glob.glob(self.folder + "/state/earmark/write-tags/*.journal")), 1)


if __name__ == "__main__":
    unittest.main()
