# SPDX-License-Identifier: GPL-3.0-or-later
"""A folder, and a person's settings, for one test of the command line:

    with Sandbox() as box:
        box.write("a1", "one", up="CREATE TABLE t (x);", down="DROP TABLE t;")
        box.check("upgrade works", box.strata("upgrade"), 0, out="Running upgrade  -> a1, one")
"""

import json
import os
import subprocess
import tempfile
from collections import namedtuple
from pathlib import Path

import tap

# Variables that would say which database, or change what is printed.
_FOREIGN = ("DATABASE_URL", "STRATA_URL", "STRATA_PASSWORD", "ALEMBIC_CONFIG", "DISABLE_AUTO_MIGRATIONS", "NO_COLOR",
            "EDITOR", "VISUAL", "PGPASSWORD", "PGPASSFILE", "PGSERVICEFILE", "DBUS_SESSION_BUS_ADDRESS")


class Done(namedtuple("Done", "status out err")):
    @property
    def json(self):
        return json.loads(self.out)


class Sandbox:
    def __enter__(self):
        self.temporary = tempfile.TemporaryDirectory(prefix="strata-cli-")
        # Git looks upwards, and so does the search for a project: nothing above may be found.
        self.folder = Path(self.temporary.name).resolve() / "shop"
        self.folder.mkdir()
        home = self.folder.parent / "home"
        self.environment = {key: value for key, value in os.environ.items() if key not in _FOREIGN}
        self.environment["HOME"] = str(home)
        for kind in ("CACHE", "CONFIG", "DATA", "STATE"):
            self.environment[f"XDG_{kind}_HOME"] = str(home / kind.lower())
        self.ini("url = sqlite:///app.db")
        return self

    def __exit__(self, *_):
        self.temporary.cleanup()

    def ini(self, *lines):
        (self.folder / "strata.ini").write_text("\n".join(("[strata]",) + lines) + "\n")

    def write(self, revision, message, up="", down="", revises="", header="", options=""):
        """A revision file; down=None leaves the section out."""
        path = self.folder / "versions" / f"{revision}_{message.replace(' ', '_')}.sql"
        path.parent.mkdir(exist_ok=True)
        text = f"-- {message}\n--\n-- Revision: {revision}\n-- Revises: {revises}\n{header}\n-- strata:upgrade{options}\n{up}\n"
        if down is not None:
            text += f"\n-- strata:downgrade\n{down}\n"
        path.write_text(text)
        return path

    def strata(self, *arguments, before=(), folder=None, stdin="", **environment):
        done = subprocess.run([*before, os.environ["STRATA"], *arguments], cwd=folder or self.folder, input=stdin, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              env={**self.environment, **environment})
        return Done(done.returncode, done.stdout, done.stderr)

    def check(self, name, done, status, out=None, err=None):
        """One case: the exit status, and words that stdout and stderr must have; "" for nothing at all."""
        well = (done.status == status
                and (done.out == "" if out == "" else out is None or out in done.out)
                and (done.err == "" if err == "" else err is None or err in done.err))
        return tap.check(well, name, f"status {done.status}, wanted {status}; {out!r}; {err!r}", "stdout:", done.out,
                         "stderr:", done.err)
