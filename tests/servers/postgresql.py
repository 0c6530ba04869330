# SPDX-License-Identifier: GPL-3.0-or-later
"""The throw-away servers of this folder, for tests in Python:

    with postgresql.server() as server:      # tap.skip_all() where the machine has none
        url = server.create("app")           # a new, empty database
        server.command("crash")
"""

import os
import subprocess
from contextlib import contextmanager
from pathlib import Path

import tap

FOLDER = Path(__file__).resolve().parent


class Server:
    def __init__(self, process, facts):
        self.process = process
        self.facts = facts

    def url(self, database="postgres"):
        return f"postgresql://strata@/{database}?host={self.facts['folder']}&port={self.facts['port']}"

    def sql(self, text, database="postgres"):
        """The rows of the last statement, as psql prints them unaligned; notices are left out."""
        done = subprocess.run(["psql", "-qXAt", "-v", "ON_ERROR_STOP=1", self.url(database), "-c", text], check=True,
                              stdout=subprocess.PIPE, text=True,
                              env={**os.environ, "PGOPTIONS": "-c client_min_messages=warning"})
        return done.stdout.split("\n")[:-1]

    def create(self, database):
        self.sql(f'DROP DATABASE IF EXISTS "{database}"')
        self.sql(f'CREATE DATABASE "{database}"')
        return self.url(database)

    def command(self, word):
        self.process.stdin.write(word + "\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().strip() == "done"


@contextmanager
def server(*settings):
    process = subprocess.Popen([FOLDER / "postgresql", *settings], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    facts = {}
    for line in process.stdout:
        key, _, value = line.strip().partition("=")
        facts[key] = value
        if key in ("ready", "skip"):
            break
    if "ready" not in facts:
        tap.skip_all(facts.get("skip", "PostgreSQL did not start"))
    try:
        yield Server(process, facts)
    finally:
        process.stdin.close()
        process.wait()
