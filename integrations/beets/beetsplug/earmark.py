"""Genres and moods as Earmark predicts them, for the tracks of a beets library.

Tracks get them when they are imported, and `beet earmark [QUERY]` gives them to tracks that are there already. See README.md next to
this plugin.
"""

import json
import os
import subprocess
import tempfile
from typing import NamedTuple

import mediafile
from beets import ui
from beets.dbcore import types
from beets.plugins import BeetsPlugin


class Predicted(NamedTuple):
    """What Earmark predicts for a track: names of tags, most probable first, or why there are none."""

    genres: list
    moods: list
    error: str = ""


# Where `earmark write-tags --compat` writes moods, so that players see them. ID3v2.3 has no TMOO.
MOODS = mediafile.ListMediaField(
    mediafile.MP3ListStorageStyle("TMOO"),
    mediafile.MP3ListDescStorageStyle(desc="MOOD"),
    mediafile.MP4ListStorageStyle("----:com.apple.iTunes:MOOD"),
    mediafile.ListStorageStyle("MOOD"),
    mediafile.ASFStorageStyle("WM/Mood"),
)


class EarmarkPlugin(BeetsPlugin):
    # The fields earmark_... have what this plugin wrote last, so that it knows its own values again.
    item_types = {"moods": types.MULTI_VALUE_DSV, "earmark_genres": types.MULTI_VALUE_DSV, "earmark_moods": types.MULTI_VALUE_DSV}

    def __init__(self):
        super().__init__()
        self.config.add({
            "auto": True,
            "program": "earmark",
            "model": "",
            "max_genres": 3,
            "max_moods": 3,
            "overwrite": False,
        })
        self.add_media_field("moods", MOODS)
        if self.config["auto"].get(bool):
            self.import_stages = [self.imported]

    def commands(self):
        command = ui.Subcommand("earmark", help="predict genres and moods")
        command.parser.add_option("-a", "--again", action="store_true", help="also of tracks that were analyzed before")
        command.parser.add_option("-o", "--overwrite", action="store_true", help="replace genres and moods that others wrote")
        command.parser.add_option("-p", "--pretend", action="store_true", help="only print what would be changed")

        def run(library, options, arguments):
            if options.overwrite:
                self.config["overwrite"] = True
            items = library.items(arguments)
            self.analyze([item for item in items if options.again or options.overwrite or self.is_new(item)], options.pretend)

        command.func = run
        return [command]

    def imported(self, _session, task):
        self.analyze([item for item in task.imported_items() if self.is_new(item)])

    @staticmethod
    def is_new(item):
        return "earmark_genres" not in item

    def analyze(self, items, is_pretended=False):
        items = [item for item in items if any(self.may_change(item, field) for field in ("genres", "moods"))]
        for item, predicted in zip(items, self.predictions(items)):
            if predicted.error:
                self._log.warning("{}: {}", os.fsdecode(item.path), predicted.error)
            else:
                self.update(item, predicted, is_pretended)

    def may_change(self, item, field):
        """A field that is empty, or has what this plugin wrote."""
        present = item.get(field)
        return not present or self.config["overwrite"].get(bool) or present == item.get(f"earmark_{field}")

    def update(self, item, predicted, is_pretended):
        for field, values in (("genres", predicted.genres), ("moods", predicted.moods)):
            if self.may_change(item, field):
                item[field] = values
                item[f"earmark_{field}"] = values
        ui.show_model_changes(item, fields=("genres", "moods"))
        if is_pretended:
            return
        item.store()
        if ui.should_write():
            item.try_write()

    def predictions(self, items):
        """One for each item, in their order, as soon as there is one."""
        if not items:
            return
        command = [self.config["program"].as_str(), "tag", "--format", "jsonl", "--present", "--null"]
        if self.config["model"].get():
            command += ["--model", self.config["model"].as_filename()]
        with tempfile.TemporaryFile() as paths:
            paths.write(b"\0".join(item.path for item in items))
            paths.seek(0)
            try:
                program = subprocess.Popen([*command, "-"], stdin=paths, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
            except OSError as error:
                raise ui.UserError(f"earmark: {command[0]}: cannot be started ({error.strerror}); set earmark.program")
            with program:
                for line in program.stdout:
                    yield self.predicted(json.loads(line))
        if program.returncode == 2:
            raise ui.UserError(f"earmark: {command[0]} could not start; '{' '.join(command)} FILE' prints why")

    def predicted(self, answer):
        if "error" in answer:
            return Predicted([], [], answer["error"])

        def names(category, most):
            tags = sorted(answer["tags"], key=lambda tag: -tag["probability"])
            return [tag["tag"] for tag in tags if tag["category"] == category][:most]

        return Predicted(names("genre", self.config["max_genres"].get(int)), names("mood", self.config["max_moods"].get(int)))
