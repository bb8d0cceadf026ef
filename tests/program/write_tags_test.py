#!/usr/bin/env python3
"""`earmark write-tags` from a plan to undo: what mutagen lists, and what is left after kill -9, a full disk and files that
change in between.

Usage: write_tags_test.py EARMARK EDIT_FIELDS SAMPLES; exit status 77: mutagen or ffmpeg is missing."""
import glob
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time

try:
    import mutagen
    import mutagen.id3
except ImportError:
    print("python3-mutagen is missing")
    sys.exit(77)

from write_tags_case import EARMARK, WriteTagsCase, main  # noqa: E402

ENDINGS = ["mp3", "flac", "ogg", "opus", "m4a", "wma", "wav", "aiff", "wv"]


class WriteTagsTest(WriteTagsCase):
    def songs(self):
        return {ending: self.song("song." + ending) for ending in ENDINGS}

    def copies(self, count):
        """Many small files of three formats."""
        first = [self.song("0." + ending) for ending in ("mp3", "flac", "ogg")]
        for number in range(1, count):
            for path in first:
                shutil.copy(path, os.path.join(self.music, f"{number}{os.path.splitext(path)[1]}"))
        return sorted(glob.glob(self.music + "/*"))

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
        self.assertIn(f"{len(songs)} files restored", self.undo().stdout)
        self.assertEqual(self.contents(), before)
        self.assertIn("were as before already", self.undo().stdout)
        # And once more: the plan fits again, as the files have their old times.
        self.assertIn(f"{len(songs)} files written", self.apply().stdout)
        self.assertEqual(self.contents(), written)
        self.undo()
        self.assertEqual(self.contents(), before)

    def kill(self, *arguments):
        """Whether it was at work when it was killed. One that ends too early makes the next ones wait less."""
        process = subprocess.Popen([EARMARK, "write-tags", *arguments], env=self.environment, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        time.sleep(self.chance.uniform(0, self.patience_s))
        process.kill()
        was_at_work = process.wait() == -signal.SIGKILL
        self.patience_s *= 1 if was_at_work else 0.9
        return was_at_work

    def assert_old_or_new(self, before, after):
        for name, content in self.contents().items():
            if not name.startswith("."):
                self.assertIn(content, (before[name], after[name]))

    def test_killed_at_any_moment_each_file_is_old_or_new(self):
        paths = self.copies(12)
        before = self.contents()
        self.write_plan(paths)
        start = time.monotonic()
        self.apply()
        self.patience_s = time.monotonic() - start
        after = self.contents()
        self.undo()
        os.remove(self.journal)
        self.chance = random.Random(19)
        kill_count = 0
        for _ in range(50):
            kill_count += self.kill("--apply", self.plan, "--journal", self.journal)
            self.assert_old_or_new(before, after)
            if self.chance.random() < 0.5:
                continue  # goes on with the same journal
            self.kill("--undo", self.journal)
            self.assert_old_or_new(before, after)
        self.assertGreater(kill_count, 10)
        self.apply()
        self.assertEqual(self.contents(), after)
        self.undo()
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
        self.undo()
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
        result = self.undo(status=1)
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
        self.undo()
        self.assertEqual(self.contents(), before)

    def test_names_that_are_no_utf8(self):
        path = os.fsencode(self.music) + b"/\xff song.mp3"
        shutil.copy(self.song("a.mp3"), path)
        os.remove(self.music + "/a.mp3")
        before = self.contents()
        self.write_plan([path])
        self.assertIn("1 file written", self.apply().stdout)
        self.assertNotEqual(self.contents(), before)
        self.undo()
        self.assertEqual(self.contents(), before)

    def test_hard_links_are_reported(self):
        path = self.song("a.mp3")
        os.link(path, os.path.join(self.folder, "seed.mp3"))
        self.write_plan([path])
        note = "has 1 other name, which keeps the old fields (--in-place changes them all)\n"
        self.assertEqual(self.apply().stderr, f"earmark: {path}: {note}")
        self.undo()

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
        result = self.undo(status=1)
        self.assertIn("journal: line 3 is damaged", result.stderr)
        now = self.contents()
        self.assertEqual(sum(now[name] == after[name] for name in now), 1)
        self.assertEqual(sum(now[name] == before[name] for name in now), len(songs) - 1)

    def test_a_journal_below_a_missing_folder_is_an_error(self):
        path = self.song("a.mp3")
        before = self.contents()
        self.write_plan([path])
        journal = os.path.join(self.folder, "missing", "journal")
        result = self.write_tags("--apply", self.plan, "--journal", journal, status=2)
        self.assertEqual(result.stderr, f"earmark: {journal}: cannot be written: No such file or directory\n")
        self.assertFalse(os.path.exists(os.path.dirname(journal)))
        self.assertEqual(self.contents(), before)

    def test_an_empty_journal_is_none(self):
        open(self.journal, "w").close()
        self.assertIn("is empty; expected a journal", self.undo(status=2).stderr)
        self.assertEqual(os.path.getsize(self.journal), 0)

    def test_a_journal_belongs_to_one_plan(self):
        path = self.song("a.mp3")
        self.write_plan([path])
        self.apply()
        self.write_plan([path], ["genre=Rock"])
        self.assertIn("was made for another plan", self.apply(status=2).stderr)
        # By default each plan has its own.
        self.write_tags("--apply", self.plan)
        self.assertEqual(len(glob.glob(self.folder + "/state/earmark/write-tags/*.journal")), 1)


if __name__ == "__main__":
    main()
