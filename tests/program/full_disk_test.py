#!/usr/bin/env python3
"""What `earmark write-tags` and `earmark library scan` do on a disk that is full: a small file system in memory, with a
file in it that leaves a little room.

Usage: full_disk_test.py EARMARK EDIT_FIELDS SAMPLES; exit status 77: no such file system can be mounted here, or
ffmpeg is missing."""
import contextlib
import glob
import os
import shutil
import sqlite3
import subprocess
import sys

from write_tags_case import SAMPLES, WriteTagsCase, main

PAGE = 4096
IS_INSIDE = "EARMARK_TEST_MOUNTS"


def run_again_where_mounts_are_private():
    """As another process, so that nobody else sees what is mounted."""
    unshare = ["unshare", "-m"] if os.geteuid() == 0 else ["unshare", "-rm"]
    check = subprocess.run([*unshare, "sh", "-c", "mount -t tmpfs none /mnt"], capture_output=True)
    if check.returncode != 0:
        print("a file system cannot be mounted here")
        sys.exit(77)
    os.environ[IS_INSIDE] = "yes"
    os.execvp("unshare", [*unshare, sys.executable, *sys.argv])


class FullDiskTest(WriteTagsCase):
    def setUp(self):
        super().setUp()
        self.disk = os.path.join(self.folder, "disk")
        self.music = os.path.join(self.disk, "music")
        os.mkdir(self.disk)
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "none", self.disk], check=True)
        os.mkdir(self.music)

    def tearDown(self):
        subprocess.run(["umount", self.disk], check=True)
        super().tearDown()

    def leave_pages(self, count):
        """Fills the disk until no more than that is left."""
        self.make_room()
        with open(self.disk + "/filling", "wb") as file:
            file.write(bytes(max(0, os.statvfs(self.disk).f_bavail - count) * PAGE))

    def make_room(self):
        if os.path.exists(self.disk + "/filling"):
            os.remove(self.disk + "/filling")

    def songs(self):
        return [self.song("song." + ending) for ending in ("mp3", "flac", "ogg", "wav")]

    def assert_old_or_new(self, before, after):
        now = self.contents()
        self.assertEqual(set(now), set(before))
        for name, content in now.items():
            self.assertIn(content, (before[name], after[name]), name)

    def assert_named(self, result, before, left):
        """One line for each file that stays as it is."""
        lines = result.stderr.splitlines()
        self.assertEqual(result.returncode, 1 if left else 0, result.stderr)
        self.assertEqual(len(lines), left, result.stderr)
        for line in lines:
            self.assertRegex(line, r"^earmark: .*/music/song\.\w+: cannot be written: No space left on device$")
            self.assertIn(os.path.basename(line.split(": ")[1]), before)

    def test_write_tags_leaves_each_file_old_or_new(self):
        paths = self.songs()
        before = self.contents()
        self.write_plan(paths)
        journal = os.path.join(self.folder, "journal")
        self.assertEqual(self.earmark("write-tags", "--apply", self.plan, "--journal", journal).returncode, 0)
        after = self.contents()
        for pages in (0, 1, 4, 12, 20):
            with self.subTest(pages=pages):
                self.leave_pages(pages)
                undone = self.earmark("write-tags", "--undo", journal)
                self.assert_old_or_new(before, after)
                self.assert_named(undone, before, sum(now != before[name] for name, now in self.contents().items()))
                self.make_room()
                self.assertEqual(self.earmark("write-tags", "--undo", journal).returncode, 0)
                self.assertEqual(self.contents(), before)
                self.leave_pages(pages)
                applied = self.earmark("write-tags", "--apply", self.plan, "--journal", journal)
                self.assert_old_or_new(before, after)
                self.assert_named(applied, before, sum(now != after[name] for name, now in self.contents().items()))
                self.make_room()
                self.assertEqual(self.earmark("write-tags", "--apply", self.plan, "--journal", journal).returncode, 0)
                self.assertEqual(self.contents(), after)

    def test_write_tags_in_place_can_be_undone_however_far_it_came(self):
        path = next(path for path in self.songs() if path.endswith(".wav"))
        # The new fields need another page.
        with open(path, "rb") as file:
            short_bytes = -len(file.read()) % PAGE
        with open(path, "ab") as file:
            file.write(bytes(short_bytes))
        os.link(path, os.path.join(self.disk, "other name.wav"))
        before = self.contents()
        self.write_plan([path])
        messages = ""
        page_count = os.path.getsize(path) // PAGE
        for pages in range(page_count - 1, page_count + 4):
            with self.subTest(pages=pages):
                journal = os.path.join(self.folder, f"journal {pages}")
                self.leave_pages(pages)
                applied = self.earmark("write-tags", "--apply", self.plan, "--journal", journal, "--in-place")
                messages += applied.stderr
                if applied.returncode == 0:
                    self.assertNotEqual(self.contents(), before)
                elif "--undo restores it" not in applied.stderr:
                    self.assertEqual(self.contents(), before)
                self.make_room()
                undone = self.earmark("write-tags", "--undo", journal)
                self.assertEqual(undone.returncode, 0, undone.stderr)
                self.assertEqual(self.contents(), before)
        self.assertIn("song.wav: cannot be written: No space left on device", messages)
        self.assertIn("song.wav: cannot be written to its end; --undo restores it: No space left on device", messages)

    def test_write_tags_stops_when_its_journal_has_no_room(self):
        self.music = os.path.join(self.folder, "music")
        paths = self.songs()
        before = self.contents()
        self.write_plan(paths)
        journal = os.path.join(self.disk, "journal")
        self.leave_pages(0)
        applied = self.earmark("write-tags", "--apply", self.plan, "--journal", journal)
        self.assertEqual(applied.returncode, 2)
        self.assertEqual(applied.stderr, f"earmark: {journal}: cannot be written: No space left on device\n")
        self.leave_pages(1)
        applied = self.earmark("write-tags", "--apply", self.plan, "--journal", journal)
        self.assertEqual(applied.returncode, 1)
        self.assertEqual(applied.stderr.splitlines()[0], f"earmark: {journal}: cannot be written: No space left on device")
        self.assertEqual(applied.stderr.splitlines()[1:], ["earmark: stopped: run it again to go on"])
        self.assertNotEqual(self.contents(), before)
        self.make_room()
        self.assertEqual(self.earmark("write-tags", "--undo", journal).returncode, 0)
        self.assertEqual(self.contents(), before)
        applied = self.earmark("write-tags", "--apply", self.plan, "--journal", journal)
        self.assertIn(f"{len(before)} files written", applied.stdout)
        self.earmark("write-tags", "--undo", journal)
        self.assertEqual(self.contents(), before)

    def test_a_plan_that_has_no_room_is_reported(self):
        path = self.songs()[0]
        plan = os.path.join(self.disk, "plan")
        self.leave_pages(0)
        result = self.earmark("write-tags", path, "--overwrite", "--plan", plan)
        self.assertEqual(result.returncode, 2)
        self.assertEqual(result.stderr, f"earmark: {plan}: cannot be written: No space left on device\n")
        self.assertFalse(os.path.exists(plan))

    def analyses(self, database):
        with contextlib.closing(sqlite3.connect(database)) as connection:
            self.assertEqual(connection.execute("PRAGMA integrity_check").fetchall(), [("ok",)])
            return connection.execute("SELECT path, state, probabilities FROM track LEFT JOIN analysis USING (audio_id) "
                                      "WHERE state = 'current' ORDER BY path").fetchall()

    def test_a_scan_keeps_what_its_library_has(self):
        music = os.path.join(self.folder, "music")
        samples = [path for path in sorted(glob.glob(SAMPLES + "/*.*")) if path.endswith((".mp3", ".ogg", ".opus"))]
        if len(samples) < 3:
            self.skipTest("no samples")
        database = os.path.join(self.disk, "library.db")
        no_room = [f"earmark: {database}: cannot be written: the disk is full"]
        for journal in ("wal", "delete"):
            with self.subTest(journal=journal):
                scan = ["library", "scan", music, "--db", database, "--journal", journal]
                shutil.copy(samples[0], music)
                self.leave_pages(1)
                self.assertEqual(self.earmark(*scan).stderr.splitlines(), no_room)
                self.make_room()
                self.assertEqual(self.earmark(*scan).returncode, 0)
                first = self.analyses(database)
                self.assertEqual(len(first), 1)
                for path in samples[1:3]:
                    shutil.copy(path, music)
                failed_count = 0
                for pages in (0, 1, 4, 9, 10, 20, 40):
                    self.leave_pages(pages)
                    scanned = self.earmark(*scan)
                    if scanned.returncode != 0:
                        failed_count += 1
                        self.assertEqual(scanned.stderr.splitlines(), no_room, pages)
                    self.make_room()
                    self.assertEqual([row for row in self.analyses(database) if row in first], first)
                self.assertGreater(failed_count, 2)
                self.assertEqual(self.earmark(*scan).returncode, 0)
                self.assertEqual(len(self.analyses(database)), 3)
                # A search needs no room, also where SQLite has tried to make a log.
                self.leave_pages(0)
                self.earmark(*scan)
                similar = self.earmark("library", "similar", os.path.join(music, os.path.basename(samples[0])), "--db", database)
                self.assertEqual((similar.returncode, similar.stderr), (0, ""))
                self.make_room()
                for path in glob.glob(database + "*") + glob.glob(music + "/*"):
                    os.remove(path)


if __name__ == "__main__":
    if IS_INSIDE not in os.environ:
        run_again_where_mounts_are_private()
    main()
