#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""New revisions of Alembic projects, written by Strata and by the real Alembic: the same files, byte for byte, in random
projects with random options; what one refuses, the other has to refuse.

    test-revision.py [--seed N] [--random N] [--show]
"""

import argparse
import contextlib
import datetime
import io
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import zoneinfo
from pathlib import Path

import tap
import mako_templates

if path := os.environ.get("STRATA_TEST_ALEMBIC"):
    sys.path.insert(0, path)

import alembic
from alembic import command, config, script
from alembic.util import messaging

PROGRAM = Path(os.environ["G_TEST_BUILDDIR"]) / "peers" / "revision-peer"
NOW = datetime.datetime(2026, 3, 29, 1, 30, 5, 123456, datetime.timezone.utc)

OLD = mako_templates.HEAD + "revision = ${repr(up_revision)}\ndown_revision = ${repr(down_revision)}\n"
OWN_ID = mako_templates.GENERIC.replace("${repr(up_revision)}", "'${create_date.strftime(\"%Y%m\")}_${up_revision}'")
TEMPLATES = [mako_templates.GENERIC] * 4 + [mako_templates.TEMPLATES[name] for name in ("multidb", "generic, CRLF")] + [OLD, OWN_ID]
ENV = """from alembic import context
import sqlalchemy as sa
with sa.create_engine("sqlite://").connect() as connection:
    context.configure(connection=connection, target_metadata=None)
    with context.begin_transaction():
        context.run_migrations()
"""
FILE_TEMPLATES = [None, None, "%%(rev)s", "%%(year)d_%%(month).2d_%%(day).2d_%%(hour).2d%%(minute).2d%%(second).2d-%%(rev)s_%%(slug)s",
                  "%%(epoch)s_%%(slug)s", "%%(epoch)d-%%(rev).4s", "%%(year)d/%%(slug)s", "%%(slug)s_%%(rev)s", "v%%(year)04d%%(month)02d%%(slug)-12s"]
ZONES = [None, None, "utc", "UTC", "Europe/Berlin", "america/new_york", "Asia/Kolkata", "EST", "Nowhere/Land"]
ENCODINGS = [None, None, None, "utf-8", "latin-1", "utf_8_sig", "cp1252", "ascii"]
MESSAGES = [None, "", "add a column", "Add  A-Column!! (twice)", "änderung für größe", "a" * 50, "word " * 20, "it's \"quoted\" \\ here",
            "_lead and_trail_", "line one\nline two", "日本語 の メッセージ", "x" * 39 + " tail", "50% of ${this}", "tabs\tand # hashes"]


def now(self):
    if self.timezone is None:
        return NOW.astimezone().replace(tzinfo=None)
    for name in (self.timezone, self.timezone.upper()):
        with contextlib.suppress(zoneinfo.ZoneInfoNotFoundError):
            return NOW.astimezone(zoneinfo.ZoneInfo(name))
    raise alembic.util.CommandError(f"Can't locate timezone: {self.timezone}")


script.ScriptDirectory._generate_create_date = now


class Project:
    """Files by name, and what may be asked of them."""

    def __init__(self, rng):
        self.rng = rng
        self.ids = []
        self.labels = []
        self.files = {}
        self.locations = rng.choice([[], [], ["one"], ["one", "two"]])
        lines = ["script_location = %(here)s/db", "path_separator = newline"]
        if self.locations:
            lines.append("version_locations =\n" + "\n".join(f"  %(here)s/{x}" for x in self.locations))
        for key, values in (("file_template", FILE_TEMPLATES), ("timezone", ZONES), ("output_encoding", ENCODINGS),
                            ("truncate_slug_length", [None, None, 10, 1, 200]), ("recursive_version_locations", [None, "true"]),
                            ("revision_environment", [None] * 5 + ["false", "true", "true"])):
            value = rng.choice(values)
            if value is not None:
                lines.append(f"{key} = {value}")
        lines.append("databases = alpha, beta")
        self.files["alembic.ini"] = "[alembic]\n" + "\n".join(lines) + "\n"
        self.files["db/env.py"] = ENV
        self.files["db/script.py.mako"] = rng.choice(TEMPLATES)
        for folder in self.locations or ["db/versions"]:
            self.files[f"{folder}/.keep"] = ""
        for number in range(rng.randrange(7)):
            self.add_revision(number)

    def add_revision(self, number):
        rng = self.rng
        name = f"{rng.randrange(16**12):012x}"
        down = rng.sample(self.ids, min(len(self.ids), rng.choice([0, 1, 1, 1, 1, 2])))
        down = down[0] if len(down) == 1 else tuple(down) or None
        label = f"label{number}" if rng.random() < 0.2 else None
        depends_on = rng.choice(self.ids) if self.ids and rng.random() < 0.1 else None
        folder = rng.choice(self.locations or ["db/versions"])
        self.files[f"{folder}/{name}_x.py"] = (f'"""revision {number}"""\nrevision = {name!r}\ndown_revision = {down!r}\n'
                                               f"branch_labels = {label!r}\ndepends_on = {depends_on!r}\n")
        self.ids.append(name)
        if label:
            self.labels.append(label)

    def question(self):
        rng = self.rng
        asked = {"rev_id": rng.choice([f"{rng.randrange(16**12):012x}", "0001", "a-b"] if rng.random() < 0.1 else ["abcdef012345"])}
        if (message := rng.choice(MESSAGES)) is not None:
            asked["message"] = message
        if rng.random() < 0.15 and self.ids:
            asked["merge"] = rng.choice([["heads"], rng.sample(self.ids, min(2, len(self.ids)))])
        else:
            if rng.random() < 0.6:
                asked["head"] = rng.choice(self.ids + self.labels + ["base", "head", "heads", "nobody"]
                                           + [f"{label}@head" for label in self.labels])
            if rng.random() < 0.4:
                asked["splice"] = True
            if rng.random() < 0.3:
                asked["depends_on"] = rng.sample(self.ids + self.labels, min(len(self.ids), rng.choice([1, 1, 2])))
                asked["depends_on"] = [x[:6] if x in self.ids and rng.random() < 0.3 else x for x in asked["depends_on"]] or ["nobody"]
            if self.locations and rng.random() < 0.5:
                asked["version_path"] = rng.choice(self.locations + ["three"])
        if rng.random() < 0.2:
            asked["branch_label"] = [rng.choice(["fresh", "label0"])]
        return asked

    def write(self, folder):
        for name, text in self.files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(text.encode())


def theirs(folder, asked):
    options = {key: value for key, value in asked.items() if key not in ("merge", "branch_label", "version_path")}
    if "branch_label" in asked:
        options["branch_label"] = asked["branch_label"][0]
    if "version_path" in asked:
        options["version_path"] = folder / asked["version_path"]
    cfg = config.Config(str(folder / "alembic.ini"), stdout=io.StringIO())
    try:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            if "merge" in asked:
                command.merge(cfg, asked["merge"], **options)
            else:
                command.revision(cfg, **options)
        return None
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def new_files(folder, project):
    return {str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*"))
            if file.is_file() and str(file.relative_to(folder)) not in project.files and "__pycache__" not in file.parts}


# What Alembic finds out only when the file is written, or lets through by accident.
LATE = ("does not have them", "already used by", "Template rendering failed")
OURS = ("is present more than once", "can't be a", "There is nothing to merge", "read back as")


def judge(project, asked, root):
    """What is wrong, or None."""
    for name in ("ours", "theirs"):
        shutil.rmtree(root / name, ignore_errors=True)
        project.write(root / name)
    error = theirs(root / "theirs", asked)
    answer = subprocess.run([PROGRAM], input=json.dumps(asked | {"folder": str(root / "ours"), "created": NOW.isoformat()}),
                            capture_output=True, text=True)
    if answer.returncode != 0:
        return f"ended with {answer.returncode}: {answer.stderr}"
    ours = json.loads(answer.stdout).get("error")
    if ours is not None and new_files(root / "ours", project):
        return f"an error, and a file: {ours}"
    if (error is None) != (ours is None):
        return None if ours is not None and any(words in ours for words in OURS) else f"Alembic: {error}\nStrata:  {ours}"
    if error is not None:
        return None
    a, b = new_files(root / "theirs", project), new_files(root / "ours", project)
    return None if a == b else f"Alembic: {a}\nStrata:  {b}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=random.randrange(2**32))
    parser.add_argument("--random", type=int, default=300)
    parser.add_argument("--show", action="store_true")
    args = parser.parse_args()

    tap.note(f"Alembic {alembic.__version__}, --seed {args.seed}")
    rng = random.Random(args.seed)
    with tempfile.TemporaryDirectory() as root:
        for number in range(args.random):
            project = Project(rng)
            asked = project.question()
            problem = judge(project, asked, Path(root))
            if problem is not None or args.show:
                tap.note(f"{asked}\n{project.files['alembic.ini']}")
            tap.check(problem is None, f"project {number}", problem)
    tap.done()


main()
