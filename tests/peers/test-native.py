#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The same Alembic scripts run by the real Alembic and by Strata without Python, each on a database of its own, up and down,
one revision at a time: after each the databases are alike, schema and rows. Then both take turns on one database.
"""

import os
import re
import sqlite3
import subprocess
import tempfile
from pathlib import Path

import native_scripts
import tap
from servers import postgresql

try:
    import warm_alembic
except ImportError as error:
    tap.skip_all(f"no Alembic to compare with: {error}")

STRATA = os.environ["STRATA"]

ENV_PY = '''
import os
from alembic import context
from sqlalchemy import create_engine

with create_engine(os.environ["DATABASE_URL"]).connect() as connection:
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()
'''


def write_project(folder):
    (folder / "scripts" / "versions").mkdir(parents=True)
    (folder / "alembic.ini").write_text("[alembic]\nscript_location = %(here)s/scripts\n")
    (folder / "scripts" / "env.py").write_text(ENV_PY)
    for revision, text in native_scripts.texts():
        (folder / "scripts" / "versions" / f"{revision}_step.py").write_text(text)


class Sqlite:
    name = "SQLite"

    def __init__(self, folder):
        self.folder = folder

    def url(self, name):
        return f"sqlite:///{self.folder}/{name}.db"

    def state(self, name):
        """Tables with their columns and keys in no order of the text (Alembic's rebuilds put constraints at random), and rows."""
        with sqlite3.connect(f"{self.folder}/{name}.db") as database:
            state = {}
            for kind, table, text in database.execute("SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' "
                                                      "AND name NOT LIKE 'alembic%' AND name NOT LIKE 'strata%'").fetchall():
                if kind == "table":
                    parts = sorted(part.strip().rstrip(",") for part in re.sub(r'[\s"]+', " ", text).split(", "))
                    state[table] = (database.execute(f"PRAGMA table_info({table})").fetchall(), len(parts),
                                    sorted(database.execute(f"PRAGMA foreign_key_list({table})").fetchall()),
                                    sorted(database.execute(f"SELECT * FROM {table}").fetchall(), key=repr))
                else:
                    state[table] = re.sub(r'[\s"]+', " ", text)
        return state


class PostgreSQL:
    name = "PostgreSQL"

    def __init__(self, server, project):
        self.server = server
        self.project = project
        self.urls = {}

    def url(self, name):
        if name not in self.urls:
            self.urls[name] = self.server.create(name)
        return self.urls[name]

    def state(self, name):
        done = subprocess.run(["pg_dump", "--inserts", "--no-owner", "--exclude-table=alembic_version", "--exclude-table=strata_*",
                               self.urls[name]], capture_output=True, text=True)
        if done.returncode == 0:
            return [line for line in done.stdout.splitlines()
                    if line and not line.startswith(("--", "\\restrict", "\\unrestrict"))]
        assert "server version mismatch" in done.stderr, done.stderr
        return self.state_without_pg_dump(name)

    def state_without_pg_dump(self, name):
        """Of a server that is newer than the pg_dump here."""
        schema = subprocess.run([STRATA, "--url", self.urls[name], "dump"], cwd=self.project,
                                capture_output=True, text=True, check=True).stdout
        tables = self.server.sql("SELECT oid::regclass FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
                                 " AND relname NOT LIKE 'alembic%' AND relname NOT LIKE 'strata%' ORDER BY 1", name)
        rows = [self.server.sql(f"SELECT t FROM {table} t ORDER BY 1", name) for table in tables]
        return [line for line in schema.splitlines() if not line.startswith("--")] + rows


def alembic(folder, url, *words):
    return warm_alembic.run(words, folder, {"DATABASE_URL": url})


def strata(folder, url, *words):
    return subprocess.run([STRATA, "--url", url, *words], cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True)


def difference(a, b):
    return f"Alembic: {a}\nStrata:  {b}" if isinstance(a, dict) else "\n".join(
        [f"Alembic: {line}" for line in a if line not in b] + [f"Strata:  {line}" for line in b if line not in a]) or "the order"


def side_by_side(folder, server):
    ids = [revision for revision, _ in native_scripts.texts()]
    theirs, ours = server.url("theirs"), server.url("ours")
    for way, targets in (("upgrade", ids), ("downgrade", list(reversed(ids[:-1])) + ["base"])):
        for target in targets:
            peer = alembic(folder, theirs, way, target)
            tap.check(peer.returncode == 0, f"{server.name}: Alembic can {way} to {target}", peer.stderr[-1500:])
            done = strata(folder, ours, way, target)
            tap.check(done.returncode == 0, f"{server.name}: {way} to {target}", done.stderr)
            a, b = server.state("theirs"), server.state("ours")
            tap.check(a == b, f"{server.name}: the databases are alike after {way} to {target}", difference(a, b))


def turns(folder, server):
    ids = [revision for revision, _ in native_scripts.texts()]
    url = server.url("turns")
    for i, target in enumerate(ids + list(reversed(ids[:-1])) + ["base"]):
        way = "upgrade" if i < len(ids) else "downgrade"
        done = (strata if i % 2 else alembic)(folder, url, way, target)
        tap.check(done.returncode == 0, f"{server.name}: {'Strata' if i % 2 else 'Alembic'} goes on, {way} to {target}", done.stderr[-1500:])
    done = strata(folder, url, "upgrade", "heads")
    tap.check(done.returncode == 0 and server.state("turns") is not None, f"{server.name}: all in one go", done.stderr)
    done = alembic(folder, url, "downgrade", "base")
    tap.check(done.returncode == 0, f"{server.name}: and Alembic back in one go", done.stderr[-1500:])


def main():
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        write_project(folder / "project")
        for play in (side_by_side, turns):
            play(folder / "project", Sqlite(folder))
        with postgresql.server() as server:
            for play in (side_by_side, turns):
                play(folder / "project", PostgreSQL(server, folder / "project"))
    tap.done()


main()
