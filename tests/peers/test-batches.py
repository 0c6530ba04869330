#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Scripts that autogenerate writes for random changes of SQLite databases with rows, run by the real Alembic with references
enforced: there and back to the last byte of the dump (columns by name), no row lost.

    test-batches.py [--pairs N] [--seed N]
"""

import argparse
import os
import random
import re
import shutil
import sqlite3
import tempfile
from pathlib import Path

import alembic_operations as peer
import random_sqlite
import tap
from alembic_operations import sa
from schema_peer import SchemaPeer

# What rows may do to a change, and nobody can know before.
DATA = re.compile(r"constraint failed|cannot store|datatype mismatch|NULL value in column|foreign key mismatch|Error\) no such table: main")


def load(path, statements):
    """What SQLite refuses is left out. Whether a table can be renamed there: not where a view names what is not there."""
    Path(path).unlink(missing_ok=True)
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("PRAGMA synchronous = OFF")
    database.execute("BEGIN")
    for statement in statements:
        try:
            database.execute(statement)
        except sqlite3.Error:
            pass
    database.execute("COMMIT")
    try:
        database.executescript("BEGIN; CREATE TABLE _probe (a); ALTER TABLE _probe RENAME TO _probed; ROLLBACK")
        return True
    except sqlite3.Error:
        return False
    finally:
        database.close()


def run(path, body):
    """As Alembic does: a transaction that pysqlite begins with the first row. The error, or None."""
    engine = sa.create_engine(f"sqlite:///{path}", poolclass=sa.pool.NullPool)
    sa.event.listen(engine, "connect", lambda connection, _: connection.executescript("PRAGMA foreign_keys=ON; PRAGMA synchronous=OFF"))
    with engine.connect() as connection:
        try:
            with peer.Operations.context(peer.MigrationContext.configure(connection)) as op:
                exec("def run():\n    " + body + "\nrun()", {"op": op, "sa": sa})
            connection.commit()
        except Exception as error:
            return f"{type(error).__name__}: {error}"
    return None


def values(path):
    """Of each table the rows, as one text without the order of columns; a generated column is not data."""
    with sqlite3.connect(path) as database:
        database.row_factory = sqlite3.Row
        names = [row[0] for row in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        found = {name: [dict(row) for row in database.execute(f'SELECT * FROM "{name}" ORDER BY id')]
                 for name in names if name in random_sqlite.NAMES}
    database.close()
    return found


def lost(before, after):
    """Rows that are gone, and values of text that became something else: numbers may change their kind with their type."""
    for name in before.keys() & after.keys():
        if len(before[name]) != len(after[name]):
            return f"{len(before[name]) - len(after[name])} rows of {name}"
        for old, new in zip(before[name], after[name]):
            for key in old.keys() & new.keys():
                if isinstance(old[key], str) and not re.fullmatch(r"-?[0-9.]+", old[key]) and old[key] != new[key]:
                    return f"{name}.{key}: {old[key]!r} is {new[key]!r}"
    return None


def try_pair(ours, folder, seed):
    """None where all is well, "data" where rows forbade it, "broken" where there was nothing to try, else what is wrong."""
    maker = random_sqlite.Plain(random.Random(seed))
    a = maker.schema()
    b = maker.like(a)
    paths = [f"{folder}/{name}.db" for name in ("a", "b", "work")]
    if not load(paths[0], random_sqlite.write(a) + maker.rows(a)) or not load(paths[1], random_sqlite.write(b)):
        return "broken"
    shutil.copy(paths[0], paths[2])
    batches = 0
    for first, second in ((paths[0], paths[1]), (paths[1], paths[0])):
        before = values(paths[2])
        answer = ours.steps(first, second)
        if "error" in answer:
            return answer["error"]
        batches += answer["script"].count("batch_op.")
        failed = run(paths[2], answer["script"])
        if failed:
            # With references enforced nothing can be written that refers to a table which is not there.
            return "data" if DATA.search(failed) else failed + "\n" + answer["script"]
        if ours.dump(paths[2]) != ours.dump(second):
            return "\n".join([ours.dump(paths[2]), "instead of", ours.dump(second), "by", answer["script"]])
        if words := lost(before, values(paths[2])):
            return f"lost: {words}\n{answer['script']}"
    return None if batches else "statements"


def test_pairs(ours, folder, first, n):
    results = {seed: try_pair(ours, folder, seed) for seed in range(first, first + n)}
    count = lambda what: sum(result == what for result in results.values())
    bad = {seed: result for seed, result in results.items() if result not in (None, "data", "broken", "statements")}
    tap.note(f"{count(None)} of {n} pairs there and back with batches, {count('statements')} without, {count('data')} forbidden by rows")
    for seed, result in list(bad.items())[:3]:
        tap.note(f"seed {seed}: {result}")
    tap.check(not bad and count(None) >= n / 4, f"{n} pairs", f"{len(bad)} are wrong")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--pairs", type=int, default=int(os.environ.get("STRATA_DIFF_PAIRS", "200")))
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    tap.note(f"Alembic {peer.VERSION} on SQLAlchemy {sa.__version__}")
    if not sa.__version__.startswith("2."):
        tap.skip("scripts of Strata's by Alembic", "needs an Alembic on SQLAlchemy 2")
        tap.done()
        return
    ours = SchemaPeer()
    with tempfile.TemporaryDirectory() as folder:
        test_pairs(ours, folder, options.seed, options.pairs)
    tap.done()


main()
