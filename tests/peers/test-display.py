#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The same lines as Alembic, byte for byte: history, heads, branches, current and show, of random projects with labels,
dependencies and effective heads, printed by the real commands from real files and a real database. Prints TAP.

usage: test-display.py [--seed N] [--count N]

Alembic prints labels and children in the order of Python's hashing, and current in that of addresses in memory; the
first two are pinned to our order here (alembic_planner.pin), the last is compared as a set.
"""

import argparse
import io
import random
import re
import sqlite3
import sys
import tempfile
import warnings
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

import tap

try:
    import alembic_planner
    from alembic import command
    from alembic.config import Config
except ImportError as error:
    tap.skip_all(f"no Alembic to compare with: {error}")

from plan_peer import Peer
from random_projects import Project

ENV = """
from alembic import context
from sqlalchemy import create_engine
with create_engine("sqlite:///" + context.config.get_main_option("database")).connect() as connection:
    context.configure(connection=connection)
    context.run_migrations()
"""

DOCS = ["plain", "two\nlines of message\n\nand a paragraph", "  leading blanks", "trailing\n\n", "ends with blank \n \nx",
        "Größe – 数\n\nünï", "percent %s %d", "tab\tand\ttab", "form\x0cfeed and\x0bmore", "a\r\nb\r\n\r\nc", ""]

ENTRY = re.compile("^(?=Rev: )", re.MULTILINE)


class Output(io.StringIO):
    encoding = "utf-8"


def write_project(folder, project):
    """Real files, with messages of all sorts; what each says is also told to our side."""
    (folder / "env.py").write_text(ENV)
    (folder / "versions").mkdir()
    for number, file in enumerate(project.files):
        doc = project.random.choice(DOCS)
        path = folder / "versions" / f"{number:03}_{file['id']}.py"
        path.write_text(f"{doc!r}\nrevision = {file['id']!r}\ndown_revision = {tuple(file['down']) or None!r}\n"
                        f"branch_labels = {tuple(file['labels']) or None!r}\n"
                        f"depends_on = {tuple(file['depends']) or None!r}\n"
                        "def upgrade(): pass\ndef downgrade(): pass\n")
        file.update(path=str(path), doc=doc.strip(), message=doc.strip().split("\n\n")[0])


def make_config(folder, rows):
    database = folder / f"{'-'.join(rows) or 'empty'}.db"
    with sqlite3.connect(database) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS alembic_version (version_num VARCHAR(32) NOT NULL)")
        connection.execute("DELETE FROM alembic_version")
        connection.executemany("INSERT INTO alembic_version VALUES (?)", [[row] for row in rows])
    config = Config(stdout=Output())
    config.set_main_option("script_location", str(folder))
    config.set_main_option("database", str(database))
    return config


def print_as_alembic(config, question):
    config.stdout = Output()
    options = {"verbose": question["verbose"]}
    if question["display"] == "history":
        options["indicate_current"] = question["indicate"]
    if question["display"] == "heads":
        options["resolve_dependencies"] = question["resolve"]
    getattr(command, question["display"])(config, **options)
    return config.stdout.getvalue()


def show_as_alembic(config, id):
    config.stdout = Output()
    command.show(config, id)
    return config.stdout.getvalue()


def same(question, theirs, ours):
    if question["display"] != "current":
        return theirs == ours
    if not question["verbose"]:
        return sorted(theirs.splitlines()) == sorted(ours.splitlines())
    theirs = theirs.partition("\n")[2]              # "Current revision(s) for sqlite:///...:" is the command's
    return sorted(ENTRY.split(theirs)) == sorted(ENTRY.split(ours))


def questions(draw):
    for display in ("history", "heads", "branches", "current"):
        for verbose in (False, True):
            yield {"display": display, "verbose": verbose, "indicate": display == "history" and draw.random() < 0.5,
                   "resolve": draw.random() < 0.5}


def compare_project(draw, peer, folder, asked, wrong):
    project = Project(draw)
    write_project(folder, project)
    planner = alembic_planner.Planner(project.files)
    peer.tell(project.files)
    plan = planner.ask("upgrade", (), [draw.choice([*project.ids, "heads"])])
    rows = plan.get("heads_after", [])
    config = make_config(folder, rows)

    for question in questions(draw):
        theirs = print_as_alembic(config, question)
        ours = peer.ask(rows=rows, **question)["text"]
        asked[question["display"]] += 1
        if not same(question, theirs, ours):
            wrong.append((question, rows, project, theirs, ours))

    history = peer.ask(rows=[], display="history", verbose=True, indicate=False)["text"]
    for id in draw.sample(project.ids, min(3, len(project.ids))):
        asked["show"] += 1
        theirs = show_as_alembic(config, id)
        if theirs not in history:
            wrong.append(({"display": "show", "id": id}, rows, project, theirs, history))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10 ** 9))
    parser.add_argument("--count", type=int, default=150, help="projects")
    options = parser.parse_args()
    tap.note(f"--seed {options.seed} --count {options.count}, Alembic {alembic_planner.VERSION}")

    warnings.simplefilter("ignore")
    alembic_planner.pin()
    draw = random.Random(options.seed)
    peer = Peer()
    asked, wrong = Counter(), []
    for _ in range(options.count):
        with tempfile.TemporaryDirectory() as folder:
            compare_project(draw, peer, Path(folder).resolve(), asked, wrong)

    for question, rows, project, theirs, ours in sorted(wrong, key=lambda case: case[2].size)[:3]:
        tap.note(f"{question} {rows}")
        for file in project.files:
            tap.note(f"  {file}")
        tap.note(f"Alembic: {theirs!r}")
        tap.note(f"Strata:  {ours!r}")
    for display in ("history", "heads", "branches", "current", "show"):
        tap.check(not any(case[0]["display"] == display for case in wrong),
                  f"{display}: as Alembic in {asked[display]} outputs")
    tap.check(peer.end() == 0, "our side ends well")
    tap.done()


main()
