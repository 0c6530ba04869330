#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What sa.inspect(bind) tells about databases full of variety: one script, run by Strata and by the real SQLAlchemy. Where
SQLAlchemy misses what the database has (SQLite's references in columns, text that its patterns do not match), the
databases here do not have it, or the difference stands in KNOWN.

    test-reflect.py
"""

import os
import sqlite3
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path

import tap
from servers import postgresql

if path := os.environ.get("STRATA_TEST_ALEMBIC"):
    sys.path.insert(0, path)

import sqlalchemy as sa

HERE = Path(__file__).parent
PROGRAM = Path(os.environ["G_TEST_BUILDDIR"]) / "peers" / "inspect-peer"
warnings.simplefilter("ignore")

SCRIPT = """
def plain(value):
    if isinstance(value, dict):
        return {k: words(v) if k == "type" else plain(v) for k, v in sorted(value.items())}
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    if isinstance(value, (str, int, bool)) or value is None:
        return value
    return "sql"

def words(kind):
    try:
        return str(kind.compile(dialect=bind.dialect))
    except sa.exc.CompileError:
        return None

def ask(function, *args, **kw):
    try:
        return plain(function(*args, **kw))
    except NotImplementedError:
        return "not implemented"

def by_name(rows):
    return sorted(rows, key=lambda row: (str(row["name"]), str(row)))

inspector = sa.inspect(bind)
result = {"tables": sorted(inspector.get_table_names()), "views": sorted(inspector.get_view_names()),
          "schemas": inspector.get_schema_names(), "default": inspector.default_schema_name,
          "sequences": ask(inspector.get_sequence_names), "has": [inspector.has_table("t"), inspector.has_table("nope"), bind.dialect.has_table(bind, "t"),
                  inspector.has_index("t", "ix1"), inspector.has_index("t", "nope")]}
if bind.dialect.name == "postgresql":
    result["enums"] = ask(inspector.get_enums)
    result["sequences"] = sorted(result["sequences"])
    result["materialized"] = inspector.get_materialized_view_names()
for schema in [None] + (["other"] if bind.dialect.name == "postgresql" else []):
    for name in sorted(inspector.get_table_names(schema=schema)) + sorted(inspector.get_view_names(schema=schema)):
        result[(schema, name)] = {
            "columns": ask(inspector.get_columns, name, schema=schema),
            "pk": ask(inspector.get_pk_constraint, name, schema=schema),
            "fks": by_name(ask(inspector.get_foreign_keys, name, schema=schema)),
            "indexes": by_name(ask(inspector.get_indexes, name, schema=schema)),
            "uniques": by_name(ask(inspector.get_unique_constraints, name, schema=schema)),
            "checks": by_name(ask(inspector.get_check_constraints, name, schema=schema)),
            "comment": ask(inspector.get_table_comment, name, schema=schema),
        }
try:
    inspector.get_columns("nope")
except sa.exc.NoSuchTableError as error:
    result["nope"] = str(error)
result = [[key, result[key]] for key in result]
"""


def flatten(value, prefix=()):
    if isinstance(value, dict):
        for key, item in value.items():
            yield from flatten(item, (*prefix, key))
    elif isinstance(value, list) and prefix and prefix[-1] not in ("columns",):
        yield prefix, value
    elif isinstance(value, list):
        for item in value:
            yield from flatten(item, (*prefix, item.get("name") if isinstance(item, dict) else None))
    else:
        yield prefix, value


def compare(name, url, ours_url):
    engine = sa.create_engine(url)
    with engine.connect() as bind:
        names = {"sa": sa, "bind": bind}
        exec(SCRIPT, names)
    engine.dispose()
    theirs = {str(key): value for key, value in names["result"]}
    answer = subprocess.run([PROGRAM, ours_url], input="import sqlalchemy as sa\nfrom sqlalchemy import bind\n" + SCRIPT,
                            capture_output=True, text=True)
    if not tap.check(answer.returncode == 0, f"{name}: the script runs", answer.stderr):
        return
    ours = {str(key): value for key, value in eval(answer.stdout)}
    for key in theirs:
        a, b = dict(flatten(theirs[key], (key,))), dict(flatten(ours.get(key), (key,)))
        wrong = [f"{k}: SQLAlchemy {a.get(k)!r}, Strata {b.get(k)!r}" for k in {**a, **b} if a.get(k) != b.get(k)]
        tap.check(not wrong, f"{name}: {key}", *wrong)


def main():
    tap.note(f"SQLAlchemy {sa.__version__}")
    if not sa.__version__.startswith("2."):
        tap.skip("the same answers as SQLAlchemy", "needs SQLAlchemy 2")
        tap.done()
        return

    with tempfile.TemporaryDirectory() as folder, postgresql.server() as server:
        path = Path(folder) / "app.db"
        with sqlite3.connect(path) as db:
            db.executescript((HERE / "reflect-sqlite.sql").read_text())
        compare("SQLite", f"sqlite:///{path}", f"sqlite:///{path}")

        url = server.create("reflect")
        server.sql(server.read_for(HERE / "reflect-postgresql.sql"), "reflect")
        compare("PostgreSQL", url, url)
    tap.done()


if __name__ == "__main__":
    main()
