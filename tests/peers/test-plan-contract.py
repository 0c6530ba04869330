#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The contract for outside tests: `strata -c FILE upgrade|downgrade TARGET --dry-run --json`, on real folders of Alembic
scripts and a real database, against the real Alembic's plan. Prints TAP.

usage: test-plan-contract.py [--seed N] [--count N]

A sample of what test-plans.py asks by the thousand: here each question starts the program.
"""

import argparse
import json
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

import tap

try:
    import alembic_planner
except ImportError as error:
    tap.skip_all(f"no Alembic to compare with: {error}")

from plan_defects import directions, explain
from plan_questions import Question, questions, show_failure
from random_projects import Project

STRATA = os.environ.get("STRATA", "build/src/cli/strata")

ENV = """
from alembic import context
from sqlalchemy import engine_from_config, pool
config = context.config
def run_migrations_online():
    connectable = engine_from_config(config.get_section(config.config_ini_section), prefix="sqlalchemy.",
                                     poolclass=pool.NullPool)
    with connectable.connect() as connection:
        context.configure(connection=connection)
        with context.begin_transaction():
            context.run_migrations()
run_migrations_online()
"""


def write_project(folder, project):
    """Files where the project says, under the folder."""
    (folder / "env.py").write_text(ENV)
    locations = sorted({file["path"].split("/")[2] for file in project.files})
    for location in locations:
        (folder / location).mkdir()
    for file in project.files:
        _, _, location, name = file["path"].split("/")
        path = folder / location / name
        path.write_text(f"{file['doc']!r}\nrevision = {file['id']!r}\ndown_revision = {tuple(file['down']) or None!r}\n"
                        f"branch_labels = {tuple(file['labels']) or None!r}\n"
                        f"depends_on = {tuple(file['depends']) or None!r}\n"
                        "def upgrade(): pass\ndef downgrade(): pass\n")
    (folder / "alembic.ini").write_text(
        f"[alembic]\nscript_location = %(here)s\nsqlalchemy.url = sqlite:///{folder}/data.db\npath_separator = space\n"
        f"version_locations = {' '.join('%(here)s/' + location for location in locations)}\n")


def set_rows(folder, rows):
    with sqlite3.connect(folder / "data.db") as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
        connection.execute("DELETE FROM alembic_version")
        connection.executemany("INSERT INTO alembic_version VALUES (?)", [[row] for row in rows])


def ask(folder, kind, target):
    done = subprocess.run([STRATA, "-c", folder / "alembic.ini", kind, target, "--dry-run", "--json"],
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        return {"error": {"code": "no JSON", "message": done.stdout + done.stderr}}
    if ("error" in answer) != (done.returncode != 0):
        return {"error": {"code": f"exit status {done.returncode}", "message": done.stdout}}
    return answer


def normal(answer):
    if "error" in answer:
        return answer["error"]["code"]
    return directions(answer), answer["heads_after"]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10 ** 9))
    parser.add_argument("--count", type=int, default=400)
    options = parser.parse_args()
    tap.note(f"--seed {options.seed} --count {options.count}, Alembic {alembic_planner.VERSION}")

    alembic_planner.pin()
    draw = random.Random(options.seed)
    asked, defects, wrong = Counter(), Counter(), []
    while sum(asked.values()) < options.count:
        project = Project(draw)
        planner = alembic_planner.Planner(project.files)
        sample = [question for question in questions(project, planner) if question[0] in ("upgrade", "downgrade")]
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name).resolve()
            write_project(folder, project)
            for kind, form, rows, targets in draw.sample(sample, min(len(sample), 20)):
                set_rows(folder, rows)
                question = Question(planner, project, kind, rows, targets)
                theirs, ours = planner.ask(kind, rows, targets), ask(folder, kind, targets[0])
                asked[kind] += 1
                if normal(theirs) == normal(ours):
                    continue
                if name := explain(question, theirs, ours):
                    defects[name] += 1
                else:
                    wrong.append((question, theirs, ours))

    for failure in sorted(wrong, key=lambda failure: len(failure[0].files))[:3]:
        show_failure(*failure)
    tap.note(f"{sum(defects.values())} answers differ by a defect that plan_defects.py names")
    for kind in ("upgrade", "downgrade"):
        tap.check(not any(failure[0].kind == kind for failure in wrong),
                  f"strata {kind} --dry-run --json: as Alembic in {asked[kind]} answers")
    tap.done()


main()
