#!/usr/bin/env python3
"""What `earmark write-tags` plans, for files and for a library, and how it shows that.

Usage: write_tags_plan_test.py EARMARK EDIT_FIELDS SAMPLES; exit status 77: mutagen or ffmpeg is missing."""
import contextlib
import json
import os
import sqlite3
import subprocess
import sys

try:
    import mutagen
    import mutagen.apev2
    import mutagen.id3
except ImportError:
    print("python3-mutagen is missing")
    sys.exit(77)

from write_tags_case import WriteTagsCase, main  # noqa: E402


class WriteTagsPlanTest(WriteTagsCase):
    def test_a_plan_has_what_is_predicted_and_changes_nothing(self):
        for name in ("folk-guitar.m4a", "jazz-trio.wav"):
            self.sample(name, name)
        note = os.path.join(self.music, "note.mka")
        subprocess.run(["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", "sine=d=1", note], check=True)
        before = self.contents()
        shown = self.write_tags(self.music, "--overwrite", "--genres", "both", "--plan", self.plan)
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
            self.write_tags(self.music, "--overwrite", "--genres", "both", "--db", self.folder + "/library.db", "--plan", other)
            with open(other) as first, open(self.plan) as second:
                self.assertEqual(first.read(), second.read())
        self.apply()
        # A second run finds nothing to do, and analyzes nothing that has foreign values.
        again = self.write_tags(self.music, "--plan", self.plan)
        self.assertIn("0 files would change", again.stdout)
        self.undo()
        self.assertEqual(self.contents(), before)

    def three_samples(self):
        return [self.sample(sample, name) for sample, name in (("rock-band.mp3", "a.mp3"), ("techno.ogg", "b.ogg"),
                                                               ("piano-ballad.flac", "c.flac"))]

    def scan(self):
        self.assertEqual(self.earmark("library", "scan", self.music).returncode, 0)

    def test_a_library_has_files_and_tags(self):
        paths = self.three_samples()
        options = ["--overwrite", "--fields", "genre,mood,grouping,comment", "--genres", "both", "--exclude", "Fast"]
        self.scan()
        files = self.write_tags(self.music, *options, "--plan", self.plan)
        # What the database has is enough: no model, no analysis.
        self.environment["EARMARK_MODEL"] = self.folder + "/none"
        other = os.path.join(self.folder, "other")
        library = self.write_tags("--from-library", *options, "--plan", other)
        self.assertEqual(library.stdout.replace(other, self.plan), files.stdout)
        self.assertEqual(library.stderr, "")
        with open(other) as first, open(self.plan) as second:
            self.assertEqual(first.read(), second.read())
        below = self.write_tags("--from-library", *options, "--plan", other, "music/a.mp3", self.music + "/c.flac")
        with open(other) as file:
            self.assertEqual([json.loads(line).get("path") for line in file][1:], [paths[0], paths[2]])
        for name, message in (("elsewhere", "elsewhere: the library has no file there"), ("-", "found '-'")):
            with self.subTest(name=name):
                result = self.write_tags("--from-library", name, "--plan", other, status=2 if name == "-" else 1)
                self.assertIn(message, result.stderr)
                self.assertEqual(result.stderr.count("\n"), 1)

    def test_files_of_a_library_that_vanished_or_changed_are_left_out(self):
        paths = [self.song(name) for name in ("a.mp3", "b.ogg", "c.flac")]
        self.scan()
        os.remove(paths[0])
        mutagen.File(paths[1]).delete()
        with open(self.plan, "w"):
            pass
        result = self.write_tags("--from-library", "--overwrite", "--plan", self.plan, status=1)
        self.assertIn("a.mp3: no such file; it was there at the last scan\n", result.stderr)
        self.assertIn("b.ogg: was changed since the last scan; 'earmark library scan' reads it again\n", result.stderr)
        self.assertEqual(result.stderr.count("\n"), 2)
        with open(self.plan) as file:
            self.assertEqual([json.loads(line).get("path", paths[2]) for line in file][-1], paths[2])
        # The scan knows that one is missing, and another that cannot be read has no tags.
        with open(self.music + "/d.mp3", "w") as file:
            file.write("no music")
        self.earmark("library", "scan")
        self.assertIn("1 file of the library without tags of its model left out; 'earmark library stats' counts it\n",
                      self.write_tags("--from-library", "--plan", self.plan).stderr)

    def test_files_that_another_model_analyzed_are_left_out_with_what_to_do(self):
        for name in ("a.mp3", "b.ogg"):
            self.song(name)
        self.scan()
        self.change_database("UPDATE track SET state = 'stale'")
        self.assertEqual(self.write_tags("--from-library", "--plan", self.plan).stderr,
                         "earmark: 2 files of the library without tags of its model left out; 2 were analyzed by another model: "
                         "'earmark library scan --stale' analyzes them again\n")

    def change_database(self, statement, values=()):
        with contextlib.closing(sqlite3.connect(self.folder + "/state/earmark/library.db")) as database, database:
            database.execute(statement, values)

    def set_status(self, name, status):
        self.change_database("UPDATE analysis SET status = ? WHERE audio_id = (SELECT audio_id FROM track WHERE path = ?)",
                             (status, os.path.join(self.music, name)))

    def test_unsure_files_are_planned_on_request_and_what_is_no_music_never(self):
        self.three_samples()
        self.scan()
        self.set_status("b.ogg", "unsure")
        self.set_status("c.flac", "not_music")
        shown = self.write_tags("--from-library", "--overwrite", "--plan", self.plan).stdout
        self.assertIn("1 file would change, 1 would stay unchanged, 0 cannot be written, 1 left out because their tags are "
                      "unsure (--unsure takes them)\n", shown)
        self.assertNotIn("b.ogg", shown)
        shown = self.write_tags("--from-library", "--overwrite", "--unsure", "--plan", self.plan).stdout
        self.assertIn("b.ogg\n  note: unsure: unlike the music that the model learned from\n  ", shown)
        self.assertEqual(shown.count("note: "), 1)
        self.assertNotIn("c.flac", shown)
        self.assertIn("2 files would change, 1 would stay unchanged, 0 cannot be written\n", shown)

    def test_where_nothing_would_change_only_a_plan_that_was_asked_for_is_written(self):
        path = self.song("a.mp3")
        default = os.path.join(self.folder, "earmark-plan.jsonl")
        for options, plan, end in ((["--plan", self.plan], self.plan, "the plan is empty"), ([], default, "no plan is written")):
            shown = self.write_tags(path, "--max-genres", "0", "--max-moods", "0", *options).stdout
            self.assertEqual(shown, "0 files would change, 1 would stay unchanged, 0 cannot be written\n"
                             f"There is nothing to do: {end}.\n")
            self.assertEqual(os.path.exists(plan), bool(options))
        self.assertIn("0 files written", self.apply().stdout)

    def test_a_value_that_one_of_the_tags_lacks_is_no_puzzle(self):
        path = self.sample("jazz-trio.wav", "a.wav")
        shown = self.write_tags(path, "--overwrite", "--fields", "genre", "--plan", self.plan).stdout
        self.assertRegex(shown, r"genre: (.+) -> \1 \(in every tag of the file\)\n")

    def test_an_older_plan_stays_where_nothing_would_change(self):
        older = '{"earmark_plan": 1, "new_id3_version": 4, "compat": false}\n'
        default = os.path.join(self.folder, "earmark-plan.jsonl")
        with open(default, "w") as file:
            file.write(older)
        shown = self.write_tags(self.song("a.mp3"), "--max-genres", "0", "--max-moods", "0").stdout
        self.assertIn("There is nothing to do: no plan is written. earmark-plan.jsonl is an older plan.\n", shown)
        missing = self.write_tags(os.path.join(self.music, "missing.mp3"), status=1)
        self.assertIn("no such file", missing.stderr)
        with open(default) as file:
            self.assertEqual(file.read(), older)

    def test_no_plan_takes_the_place_of_another_file(self):
        path = self.sample("rock-band.mp3", "a.mp3")
        for name, options in (("earmark-plan.jsonl", []), ("notes.txt", ["--plan", "notes.txt"])):
            file = os.path.join(self.folder, name)
            with open(file, "w") as notes:
                notes.write("notes, not to be lost\n")
            shown = self.write_tags(path, "--overwrite", *options, status=2)
            self.assertEqual(shown.stderr, f"earmark: {name}: is no plan, so it is not replaced; expected another name: "
                             "--plan FILE\n")
            with open(file) as notes:
                self.assertEqual(notes.read(), "notes, not to be lost\n")

    def test_formats_without_fields_are_reported_by_their_endings(self):
        self.song("a.mp3")
        for name in ("b.mka", "c.mka", "d.caf"):
            self.song(name)
        result = self.write_tags(self.music, "--plan", self.plan)
        self.assertEqual(result.stderr, f"earmark: {self.music}/d.caf: Earmark writes no fields into files of this format\n"
                         "earmark: 2 files of .mka cannot be written: Earmark writes no fields into files of this format\n")
        self.assertIn(", 3 cannot be written", result.stdout)

    def test_overwrite_brings_a_second_tag_to_the_values_of_the_first(self):
        path = self.sample("rock-band.mp3", "a.mp3")
        overwrite = [path, "--overwrite", "--fields", "mood", "--plan", self.plan]
        self.write_tags(*overwrite)
        self.apply()
        tags = mutagen.apev2.APEv2()
        tags["Mood"] = "Sleepy"
        tags.save(path)
        self.assertIn("; Sleepy -> ", self.write_tags(*overwrite).stdout)
        os.remove(self.journal)
        self.assertIn("1 file written", self.apply().stdout)
        self.assertEqual(list(mutagen.apev2.APEv2(path)["Mood"]), mutagen.id3.ID3(path)["TMOO"].text)
        self.assertIn("0 files would change", self.write_tags(*overwrite).stdout)

    def test_hard_links_are_in_the_view_of_a_plan(self):
        path = self.sample("rock-band.mp3", "a.mp3")
        for name in ("seed.mp3", "seed2.mp3"):
            os.link(path, os.path.join(self.folder, name))
        self.assertTrue(self.write_tags(path, "--overwrite", "--plan", self.plan).stdout.startswith(
            f"{path}\n  note: has 2 other names, which keep the old fields (--in-place changes them all)\n  "))

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
            result = self.write_tags(*arguments, status=2)
            self.assertIn(what, result.stderr)
            self.assertEqual(result.stderr.count("\n"), 1)


if __name__ == "__main__":
    main()
