# SPDX-License-Identifier: GPL-3.0-or-later
"""The throw-away servers of this folder, for tests in Python:

    with postgresql.server() as server:      # tap.skip_all() where the machine has none
        url = server.create("app")           # a new, empty database
        server.command("crash")
        with postgresql.pooler(server) as (pooled, reason):
            url = pooled.url("app") if pooled else None
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

    def version(self):
        return int(self.sql("SHOW server_version_num")[0]) // 10000

    def read_for(self, path):
        """The file without what this version does not know: lines from "-- from N" to "-- end"."""
        version = self.version()
        lines, left_out = [], False
        for line in path.read_text().splitlines(keepends=True):
            if line.startswith("-- from "):
                left_out = int(line.split()[2]) > version
            elif line.startswith("-- end"):
                left_out = False
            elif not left_out:
                lines.append(line)
        text = "".join(lines)
        return text if version >= 15 else text.replace("NULLS NOT DISTINCT ", "")

    def command(self, word):
        self.process.stdin.write(word + "\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().strip() == "done"


class Pooler:
    def __init__(self, port):
        self.port = port

    def url(self, database="postgres"):
        return f"postgresql://strata@127.0.0.1:{self.port}/{database}"


@contextmanager
def _started(*command, **variables):
    """The program and the facts that it printed; no "ready" among them, no server."""
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=os.environ | variables)
    facts = {}
    for line in process.stdout:
        key, _, value = line.strip().partition("=")
        facts[key] = value
        if key in ("ready", "skip"):
            break
    try:
        yield process, facts
    finally:
        process.stdin.close()
        process.wait()


@contextmanager
def server(*settings, **variables):
    with _started(FOLDER / "postgresql", *settings, **variables) as (process, facts):
        if "ready" not in facts:
            tap.skip_all(facts.get("skip", "PostgreSQL did not start"))
        yield Server(process, facts)


@contextmanager
def pooler(server, *settings):
    """pgbouncer, pooling transactions; None and the reason where the machine has none."""
    with _started(FOLDER / "pgbouncer", server.facts["folder"], server.facts["port"], *settings) as (_, facts):
        if "ready" in facts:
            yield Pooler(facts["port"]), None
        else:
            yield None, facts.get("skip", "pgbouncer did not start")
