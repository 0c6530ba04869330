#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Alembic and Strata taking turns on one database: twin folders with equal ids, .py for the one and .sql for the other.
After each turn both print the same "current", and the version rows are as they should be.

    test-turns.py [--seed N]
"""

import argparse
import os
import random
import subprocess
import sqlite3
import tempfile
from pathlib import Path

import tap
from servers import postgresql

try:
    import warm_alembic
except ImportError as error:
    tap.skip_all(f"no Alembic to take turns with: {error}")

STRATA = os.environ["STRATA"]
TURNS = 24

ENV_PY = '''
import os
from alembic import context
from sqlalchemy import create_engine

def run():
    with create_engine(os.environ["DATABASE_URL"]).connect() as connection:
        context.configure(connection=connection)
        with context.begin_transaction():
            context.run_migrations()

run()
'''

# A branch point, two branches with labels, a merge, a second root, a dependency, and two heads at the end.
GRAPH = [
    # id, down, labels, depends on
    ("aaaa00000001", [], [], []),
    ("aaaa00000002", ["aaaa00000001"], [], []),
    ("bbbb00000003", ["aaaa00000002"], ["stock"], []),
    ("bbbb00000004", ["bbbb00000003"], [], []),
    ("cccc00000005", ["aaaa00000002"], ["billing"], []),
    ("dddd00000006", ["bbbb00000004", "cccc00000005"], [], []),
    ("dddd00000007", ["dddd00000006"], [], []),
    ("eeee00000008", [], ["network"], []),
    ("eeee00000009", ["eeee00000008"], [], ["aaaa00000002"]),
    ("eeee00000010", ["eeee00000009"], [], []),
]


def python_list(values):
    return "None" if not values else repr(values[0]) if len(values) == 1 else repr(tuple(values))


def write_twins(folder):
    python, sql = folder / "python", folder / "sql"
    (python / "scripts" / "versions").mkdir(parents=True)
    (sql / "versions").mkdir(parents=True)
    (python / "alembic.ini").write_text("[alembic]\nscript_location = %(here)s/scripts\n")
    (python / "scripts" / "env.py").write_text(ENV_PY)
    (sql / "strata.ini").write_text("[strata]\nscript_location = %(here)s\n")
    for revision, down, labels, depends in GRAPH:
        up, back = f"CREATE TABLE t_{revision} (id INTEGER)", f"DROP TABLE t_{revision}"
        (python / "scripts" / "versions" / f"{revision}_step.py").write_text(
            f'"""step {revision}"""\nfrom alembic import op\nrevision = {revision!r}\n'
            f"down_revision = {python_list(down)}\nbranch_labels = {python_list(labels)}\n"
            f"depends_on = {python_list(depends)}\n\n\ndef upgrade():\n    op.execute({up!r})\n\n\n"
            f"def downgrade():\n    op.execute({back!r})\n")
        lines = [f"-- step {revision}", "--", f"-- Revision: {revision}", f"-- Revises: {', '.join(down)}"]
        lines += [f"-- Branch labels: {', '.join(labels)}"] if labels else []
        lines += [f"-- Depends on: {', '.join(depends)}"] if depends else []
        (sql / "versions" / f"{revision}_step.sql").write_text(
            "\n".join(lines) + f"\n\n-- strata:upgrade\n{up};\n\n-- strata:downgrade\n{back};\n")
    return python, sql


class Players:
    def __init__(self, folder, alembic_url, strata_url, read):
        self.python, self.sql = write_twins(folder)
        self.alembic_url, self.strata_url, self.read = alembic_url, strata_url, read

    def alembic(self, *words):
        return warm_alembic.run(words, self.python, {"DATABASE_URL": self.alembic_url})

    def strata(self, *words):
        return subprocess.run([STRATA, *words], cwd=self.sql, env={**os.environ, "DATABASE_URL": self.strata_url},
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def current(self, player):
        done = player("current")
        return sorted(done.stdout.split("\n")), done.stderr

    def state(self):
        """What a turn must leave alike: version rows, and tables of the revisions."""
        return self.read()


def applied_closure(rows):
    graph = {revision: down + depends for revision, down, _, depends in GRAPH}
    seen, todo = set(), list(rows)
    while todo:
        revision = todo.pop()
        if revision not in seen:
            seen.add(revision)
            todo += graph[revision]
    return seen


def move(chance, rows):
    """Words that are understood by both; whether they can be followed is for the players to say."""
    ids = [revision for revision, *_ in GRAPH]
    return chance.choice([
        ("upgrade", "heads"), ("upgrade", chance.choice(ids)), ("upgrade", chance.choice(["stock@head", "network@head"])),
        ("downgrade", chance.choice(ids)), ("downgrade", "base"), ("downgrade", chance.choice(ids) + "-1"),
        ("upgrade", chance.choice(ids) + "+1"), ("stamp", chance.choice(ids[2:7])), ("upgrade", "billing@head"),
    ])


def play(name, players, chance):
    for turn in range(TURNS):
        rows, tables = players.state()
        who = ("Strata", players.strata) if turn % 2 else ("Alembic", players.alembic)
        words = move(chance, rows)
        if words[0] == "stamp":      # a stamp runs nothing: put it back at once
            before, _ = rows, tables
            first = who[1](*words)
            again = (players.alembic if turn % 2 else players.strata)("stamp", "--purge", *(before or ["base"]))
            tap.check(first.returncode == 0 or again.returncode == 0, f"{name} {turn}: {who[0]} stamps and the other puts back",
                      first.stderr, again.stderr, before)
        else:
            done = who[1](*words)
            crashed = "Traceback" in done.stderr and "CommandError" not in done.stderr
            tap.check(done.returncode in (0, 1, 3, 5, 4, 11, 255), f"{name} {turn}: {who[0]} {' '.join(words)}", done.stderr)
            if crashed:
                tap.note(f"Alembic crashed: {done.stderr.splitlines()[-1]}")
        rows, tables = players.state()
        ours, our_words = players.current(players.strata)
        theirs, their_words = players.current(players.alembic)
        tap.check(ours == theirs, f"{name} {turn}: both print the same current", ours, theirs, our_words, their_words[-500:])
        tap.check(set(tables) == {f"t_{revision}" for revision in applied_closure(rows)},
                  f"{name} {turn}: tables are those of the version rows", rows, tables)


def read_sqlite(path):
    def read():
        with sqlite3.connect(path) as database:
            names = [name for name, in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
            rows = [row for row, in database.execute("SELECT version_num FROM alembic_version")] \
                if "alembic_version" in names else []
        return sorted(rows), sorted(name for name in names if name.startswith("t_"))
    return read


def read_postgresql(server):
    def read():
        names = server.sql("SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace", "app")
        rows = server.sql("SELECT version_num FROM alembic_version", "app") if "alembic_version" in names else []
        return sorted(rows), sorted(name for name in names if name.startswith("t_"))
    return read


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10 ** 6))
    chance = random.Random(seed := parser.parse_args().seed)
    tap.note(f"seed {seed}")

    with tempfile.TemporaryDirectory() as temporary:
        url = f"sqlite:///{temporary}/app.db"
        play("SQLite", Players(Path(temporary), url, url, read_sqlite(f"{temporary}/app.db")), chance)

    with tempfile.TemporaryDirectory() as temporary, postgresql.server() as server:
        url = server.create("app")
        play("PostgreSQL", Players(Path(temporary), url, url, read_postgresql(server)), chance)
    tap.done()


if __name__ == "__main__":
    main()
