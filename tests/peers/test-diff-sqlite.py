#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The steps of SQLite between random schemas A and B: they lead there and back to the last byte of the dump, with the rows that
can stay; a dump loaded by SQLite's own shell dumps the same again; and what a person would call unchanged is not touched.

    test-diff-sqlite.py [--pairs N] [--seed N]
"""

import argparse
import os
import random
import re
import shutil
import sqlite3
import subprocess
import tempfile
from pathlib import Path

import random_sqlite
import tap
from schema_peer import SchemaPeer

# What rows may do to a change, and nobody can know before.
DATA = re.compile(r"constraint failed|cannot store|datatype mismatch|NULL value in column")


def load(path, statements):
    """What SQLite refuses is left out."""
    Path(path).unlink(missing_ok=True)
    with sqlite3.connect(path, isolation_level=None) as database:
        database.execute("PRAGMA synchronous = OFF")
        database.execute("BEGIN")
        for statement in statements:
            try:
                database.execute(statement)
            except sqlite3.Error:
                pass
        database.execute("COMMIT")
        broken = is_broken(database)
    database.close()
    return not broken


def is_broken(database):
    """A view or trigger that names what is not there: SQLite then refuses to rename any table."""
    try:
        database.execute("SAVEPOINT try")
        database.execute("CREATE TABLE _probe (a, b)")
        database.execute("ALTER TABLE _probe DROP COLUMN b")
        database.execute("ALTER TABLE _probe RENAME TO _probed")
        return False
    except sqlite3.Error:
        return True
    finally:
        database.execute("ROLLBACK TO try")
        database.execute("RELEASE try")


def run(path, steps):
    """As a revision: one transaction, references not enforced. The error, or None."""
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("PRAGMA synchronous = OFF")
    try:
        database.execute("BEGIN IMMEDIATE")
        for step in steps:
            try:
                database.execute(step)
            except sqlite3.Error as error:
                database.execute("ROLLBACK")
                return f"{error}\n{step}"
        database.execute("COMMIT")
        return None
    finally:
        database.close()


def tables(path):
    with sqlite3.connect(path) as database:
        names = {name for (name,) in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    database.close()
    return names & set(random_sqlite.NAMES)


def count(path, names):
    with sqlite3.connect(path) as database:
        rows = {name: database.execute(f"SELECT count(*) FROM {random_sqlite.quote(name)}").fetchone() for name in names}
    database.close()
    return rows


def fill(path, statements):
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA synchronous = OFF")
        for statement in statements:
            try:
                database.execute(statement)
            except sqlite3.Error:
                pass
    database.close()


def try_pair(peer, folder, seed, has_rows):
    """None where all is well, "data" where rows forbade it, else what is wrong."""
    maker = random_sqlite.Maker(random.Random(seed))
    a = maker.schema()
    b = maker.like(a) if maker.chance(0.85) else maker.schema()
    paths = [f"{folder}/{name}.db" for name in ("a", "b", "work")]
    if not load(paths[0], random_sqlite.write(a)) or not load(paths[1], random_sqlite.write(b)):
        return "broken"
    if has_rows:
        fill(paths[0], maker.rows(a))
    shutil.copy(paths[0], paths[2])
    up, down = peer.steps(paths[0], paths[1]), peer.steps(paths[1], paths[0])
    for answer in (up, down):
        if "error" in answer:
            return answer["error"]

    before = count(paths[2], tables(paths[0]) & tables(paths[1]))
    for answer, target in ((up, paths[1]), (down, paths[0])):
        failed = run(paths[2], answer["steps"])
        if failed:
            # A default that a STRICT table refuses is the schema's own mistake.
            is_said = "cannot store" in failed or any(difference["review"] for difference in answer["differences"])
            return "data" if has_rows and DATA.search(failed) and is_said else failed + "\n" + ";\n".join(answer["steps"])
        if peer.dump(paths[2]) != peer.dump(target):
            return "\n".join([peer.dump(paths[2]), "instead of", peer.dump(target), "by", ";\n".join(answer["steps"])])
        if count(paths[2], before) != before:
            return "rows are lost by\n" + ";\n".join(answer["steps"])

    if peer.steps(paths[2], paths[0])["steps"]:
        return "steps for what is the same"
    return None


def test_pairs(peer, folder, first, n, has_rows):
    results = {seed: try_pair(peer, folder, seed, has_rows) for seed in range(first, first + n)}
    bad = {seed: result for seed, result in results.items() if result not in (None, "data", "broken")}
    well = sum(result is None for result in results.values())
    tap.note(f"{well} of {n} pairs there and back, {sum(result == 'data' for result in results.values())} forbidden by rows")
    for seed, result in list(bad.items())[:3]:
        tap.note(f"seed {seed}: {result}")
    tap.check(not bad and well > n / 2, f"{n} pairs {'with rows' if has_rows else 'without rows'}", f"{len(bad)} are wrong")


def test_dump(peer, folder, first, n):
    wrong = []
    for seed in range(first, first + n):
        one, other = f"{folder}/one.db", f"{folder}/other.db"
        load(one, random_sqlite.write(random_sqlite.Maker(random.Random(seed)).schema()))
        text = peer.dump(one, is_sorted=False)
        Path(other).unlink(missing_ok=True)
        shell = subprocess.run(["sqlite3", "-bail", other], input=text, capture_output=True, text=True)
        if shell.returncode or peer.dump(other, is_sorted=False) != text:
            wrong.append(f"seed {seed}: {shell.stderr}\n{text}")
    tap.check(not wrong, f"{n} dumps, loaded by SQLite's shell, are dumped the same", *wrong[:2])


# The one way to say it, and the other.
SAME = [
    ("CREATE TABLE t (id INTEGER PRIMARY KEY, a varchar(20) UNIQUE)",
     "create table \"t\" (\n\t[id] INTEGER NOT NULL, -- key\n\ta VARCHAR( 20 ),\n\tPRIMARY KEY (id), unique(a)\n)"),
    ("CREATE TABLE t (a INT DEFAULT 0 REFERENCES p (x) CHECK (a > 0))",
     "CREATE TABLE t (a INT DEFAULT (0), CHECK (A>0), FOREIGN KEY(a) REFERENCES p(x) ON DELETE NO ACTION)"),
    ("CREATE TABLE t (a, b)", "CREATE TABLE t (b, a)"),
]


def test_same(peer, folder):
    for number, texts in enumerate(SAME):
        for name, text in zip("ab", texts):
            load(f"{folder}/{name}.db", [text])
        answer = peer.steps(f"{folder}/a.db", f"{folder}/b.db")
        tap.check(answer.get("steps") == [], f"unchanged is not touched, {number + 1}", answer)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--pairs", type=int, default=int(os.environ.get("STRATA_DIFF_PAIRS", "200")))
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    peer = SchemaPeer()
    with tempfile.TemporaryDirectory() as folder:
        test_same(peer, folder)
        test_dump(peer, folder, options.seed, max(options.pairs // 4, 1))
        test_pairs(peer, folder, options.seed, options.pairs, False)
        test_pairs(peer, folder, options.seed + 100000, options.pairs, True)
    tap.done()


main()
