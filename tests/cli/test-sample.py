#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The bundled sample, up to its head, down to its base and up again: what comes back is what was there."""

import os
import shutil
import sqlite3
import subprocess
import tempfile
from pathlib import Path

import tap

SAMPLE = Path(__file__).resolve().parent.parent.parent / "data" / "sample"
N_REVISIONS = 21


def strata(folder, *arguments):
    done = subprocess.run([os.environ["STRATA"], *arguments], cwd=folder, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    tap.check(done.returncode == 0, "strata " + " ".join(arguments), done.stdout)
    return done.stdout


def read(folder, *queries):
    with sqlite3.connect(folder / "shop.db") as database:
        return [database.execute(query).fetchall() for query in queries]


def tables(folder):
    names = read(folder, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")[0]
    return [name for name, in names if not name.startswith(("strata_", "alembic_", "sqlite_"))]


def content(folder):
    return read(folder, "SELECT id, email, given_name, family_name FROM customers ORDER BY id",
                "SELECT id, status, total_cents FROM orders ORDER BY id", "SELECT * FROM monthly_sales",
                "SELECT name, type FROM sqlite_schema WHERE name NOT LIKE 'strata_%' ORDER BY name, type",
                "PRAGMA foreign_key_check")


def main():
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary, "sample")
        shutil.copytree(SAMPLE, folder)

        history = strata(folder, "history").splitlines()
        tap.check(len(history) == N_REVISIONS, f"there are {N_REVISIONS} revisions", *history)

        strata(folder, "upgrade", "heads", "--first-run")
        first = content(folder)
        tap.check(first[0][4] == (5, "sofia.rossi@example.org", "Sofia", "Rossi"), "names were split", first[0])
        tap.check(first[1][0] == (1, "shipped", 9600), "totals were added up", first[1])
        tap.check(first[4] == [], "no foreign key points nowhere", first[4])

        strata(folder, "downgrade", "base")
        tap.check(tables(folder) == [], "nothing is left at the base", tables(folder))

        strata(folder, "upgrade", "heads")
        tap.check(content(folder) == first, "the second way up leads to the same", content(folder), first)
    tap.done()


main()
