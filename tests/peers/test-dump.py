#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A copy that is built from our dump, by psql and by ourselves, against the original: pg_dump says the same of both, and
so do we.

    test-dump.py
"""

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import tap
from servers import postgresql

HERE = Path(__file__).parent
PROGRAM = Path(os.environ["G_TEST_BUILDDIR"]) / "peers" / "dump-peer"


def run(*command):
    return subprocess.run([str(word) for word in command], capture_output=True, text=True)


def pg_dump(url):
    """What it says of the schema; privileges and owners are no part of it."""
    answer = run("pg_dump", "--schema-only", "--no-owner", "--no-privileges", url)
    if answer.returncode != 0:
        return None, answer.stderr
    lines = [line for line in answer.stdout.splitlines() if line and not re.match(r"--|\\(un)?restrict ", line)]
    return lines, answer.stderr


def compare(server, path, name, folder):
    original, by_psql, by_us = (server.create(f"{name}{suffix}") for suffix in ("", "_psql", "_us"))
    server.sql(server.read_for(path), name)
    first = run(PROGRAM, original)
    if not tap.check(first.returncode == 0, f"{name}: is dumped", first.stderr):
        return
    file = Path(folder) / f"{name}.sql"
    file.write_text(first.stdout)
    answer = run("psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", file, by_psql)
    tap.check(answer.returncode == 0, f"{name}: psql loads the dump", answer.stderr)
    answer = run(PROGRAM, by_us, file)
    tap.check(answer.returncode == 0, f"{name}: we load the dump", answer.stderr)
    for url in (by_psql, by_us):
        again = run(PROGRAM, url)
        tap.check(again.stdout == first.stdout, f"{name}: dumped again it is the same", again.stderr)
    theirs, message = pg_dump(original)
    if theirs is None:
        tap.skip(f"{name}: pg_dump says the same of both", message.splitlines()[0])
        return
    copy = pg_dump(by_psql)[0]
    different = sorted(set(theirs) ^ set(copy))
    tap.check(theirs == copy, f"{name}: pg_dump says the same of both", *different[:20])


def main():
    if not shutil.which("psql") or not shutil.which("pg_dump"):
        tap.skip("the same as pg_dump", "needs psql and pg_dump")
        tap.done()
        return
    with tempfile.TemporaryDirectory() as folder, postgresql.server() as server:
        tap.note(f"PostgreSQL {server.version()}")
        compare(server, HERE.parent / "core" / "ddl" / "every-kind.sql", "every_kind", folder)
        compare(server, HERE / "reflect-postgresql.sql", "reflect", folder)
    tap.done()


if __name__ == "__main__":
    main()
