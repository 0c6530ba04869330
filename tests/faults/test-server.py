#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a PostgreSQL server can do to a run: it goes away, it is not there yet, others hold its locks, it does not let us in.
Each time the words say what is in the database, the exit status says what kind of failure it is, and the next upgrade
finishes.
"""

import signal
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

import steps
import tap
from servers import postgresql

FAILED, LOCKED, CANNOT_CONNECT, CANCELLED = 1, 6, 7, 130

# The second one takes as long as the database is set to, without its text being another.
SLOW = "CREATE TABLE b (id INTEGER);\nSELECT pg_sleep(coalesce(current_setting('test.pause', true), '0')::float);"
SCRIPTS = "CREATE TABLE a (id INTEGER);", SLOW, "ALTER TABLE a ADD COLUMN more INTEGER;"


class Stage:
    """A server and a project whose database is new for each case."""

    def __init__(self, server, folder):
        self.server = server
        self.home = folder / "home"
        self.project = steps.write_revisions(folder / "project", *SCRIPTS)

    def new(self, pause=0):
        url = self.server.create("app")
        self.pause(pause)
        self.environ = steps.environment(self.home, url)

    def pause(self, seconds):
        self.server.sql(f"ALTER DATABASE app SET test.pause = {seconds}")

    def run(self, *words):
        return steps.run(self.project, self.environ, *words)

    def start(self, *words):
        return steps.start(self.project, self.environ, *words)

    def wait_for(self, query):
        end = time.monotonic() + 60
        while not self.server.sql(query):
            if time.monotonic() > end:
                raise TimeoutError(query)
            time.sleep(0.02)

    def start_slow(self, *words):
        """An upgrade that is inside the second revision's slow statement."""
        process = self.start("upgrade", *words)
        self.wait_for("SELECT 1 FROM pg_stat_activity WHERE datname = 'app' AND query LIKE '%pg_sleep%'"
                      " AND state = 'active' AND pid <> pg_backend_pid()")
        return process

    def tables(self):
        return self.server.sql("SELECT relname FROM pg_class WHERE relname IN ('a', 'b') ORDER BY 1", "app")

    def rows(self):
        return self.server.sql("SELECT version_num FROM alembic_version", "app")

    def finishes(self, name):
        self.pause(0)
        done = self.run("upgrade")
        tap.check(done.returncode == 0 and self.rows() == ["r0002"] and self.tables() == ["a", "b"],
                  f"{name}: the next upgrade finishes", done.stderr)

    @contextmanager
    def holding(self, statement):
        """Another session, in a transaction that has done the statement."""
        psql = subprocess.Popen(["psql", "-qXAt", self.server.url("app")], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                text=True)
        psql.stdin.write(f"BEGIN; {statement};\nSELECT pg_backend_pid();\n")
        psql.stdin.flush()
        try:
            yield int(psql.stdout.readline()), psql.stdin.close
        finally:
            psql.communicate() if not psql.stdin.closed else psql.wait()


def says(text, *words):
    return all(word in text for word in words)


def test_crash(stage, word):
    stage.new(pause=60)
    process = stage.start_slow()
    gone = stage.server.command(word)
    _, said = process.communicate()
    tap.check(gone and process.returncode == CANNOT_CONNECT, f"{word}: status {CANNOT_CONNECT}", process.returncode, said)
    tap.check(says(said, "connection", "r0001_step.sql:", "Done in this run: r0000", "The database is at r0000",
                   "Rolled back: r0001 as a whole", "Not run: r0002", "When the server is back, run it again"),
              f"{word}: what is in the database is said", said)
    there = stage.server.command("start")
    tap.check(there and stage.rows() == ["r0000"] and stage.tables() == ["a"], f"{word}: and that is so", stage.rows())
    stage.finishes(word)


def test_lock(stage):
    stage.new()
    stage.run("upgrade", "r0001")
    with stage.holding("LOCK TABLE a") as (pid, _):
        done = stage.run("upgrade", "--lock-timeout", "300ms", "--retries", "2")
        tap.check(done.returncode == LOCKED, f"a table's lock: status {LOCKED}", done.returncode, done.stderr)
        tap.check(says(done.stderr, f"pid {pid}", "psql", "r0002_step.sql:", "Rolled back: r0002", "--lock-timeout"),
                  "a table's lock: who holds it is said", done.stderr)
        tap.check(says(done.stderr, "try 1:", "try 2:") and "try 3:" not in done.stderr,
                  "a table's lock: it was tried again twice", done.stderr)
        tap.check(stage.rows() == ["r0001"], "a table's lock: nothing has changed", stage.rows())
    with stage.holding("LOCK TABLE a") as (pid, let_go):
        process = stage.start("upgrade", "--lock-timeout", "200ms", "--retries", "50")
        first = process.stderr.readline()
        let_go()
        said = first + process.communicate()[1]
        tap.check(process.returncode == 0 and stage.rows() == ["r0002"], "a table's lock: it succeeds when that is let go", said)


def test_waiting_is_told(stage):
    stage.new()
    stage.run("upgrade", "r0001")
    with stage.holding("LOCK TABLE a") as (pid, let_go):
        process = stage.start("upgrade")
        first = process.stderr.readline()
        tap.check(str(pid) in first, "without a limit: it waits, and says for whom", first)
        let_go()
        said = process.communicate()[1]
        tap.check(process.returncode == 0, "without a limit: it goes on when that is let go", said)


def test_statement_timeout(stage):
    stage.new(pause=60)
    done = stage.run("upgrade", "--statement-timeout", "500ms")
    tap.check(done.returncode == FAILED and says(done.stderr, "r0001_step.sql:", "statement timeout", "57014",
                                                 "Rolled back: r0001", "--statement-timeout"),
              "a statement takes too long: it is said", done.returncode, done.stderr)
    tap.check(stage.rows() == ["r0000"] and stage.tables() == ["a"], "a statement takes too long: it is rolled back")
    stage.finishes("a statement takes too long")


def test_interrupt(stage, number):
    name = signal.Signals(number).name
    stage.new(pause=60)
    process = stage.start_slow()
    began = time.monotonic()
    process.send_signal(number)
    _, said = process.communicate()
    took = time.monotonic() - began
    tap.check(process.returncode == CANCELLED and took < 1, f"{name}: status {CANCELLED} within a second", process.returncode,
              took, said)
    tap.check(says(said, "Rolled back: r0001 as a whole", "Done in this run: r0000", "The database is at r0000"),
              f"{name}: what is in the database is said", said)
    left = stage.server.sql("SELECT pid, query FROM pg_stat_activity WHERE datname = 'app' AND state = 'active'"
                            " AND query LIKE '%pg_sleep(%' AND pid <> pg_backend_pid()")
    tap.check(not left and stage.rows() == ["r0000"] and stage.tables() == ["a"], f"{name}: and that is so", left, stage.rows())
    stage.finishes(name)


def test_connect_wait(stage):
    stage.new()
    stage.server.command("stop")
    done = stage.run("upgrade")
    tap.check(done.returncode == CANNOT_CONNECT and "is the server running?" in done.stderr, "no server: it is said",
              done.returncode, done.stderr)
    process = stage.start("upgrade", "--connect-wait", "60s")
    first = process.stderr.readline()
    tap.check("ait" in first, "no server: it waits where it shall", first)
    stage.server.command("start")
    _, said = process.communicate()
    tap.check(process.returncode == 0 and stage.rows() == ["r0002"], "no server: it goes on once there is one", said)


def test_not_let_in(stage):
    stage.new()
    port = stage.server.facts["port"]
    for what, url, word in [
            ("a wrong password", f"postgresql://strata:Geheim8@127.0.0.1:{port}/app", "password"),
            ("no password", f"postgresql://strata@127.0.0.1:{port}/app", "password"),
            ("no such database", f"postgresql://strata:secret@127.0.0.1:{port}/elsewhere", "no database"),
            ("no such host", "postgresql://strata:secret@nowhere.invalid/app", "There is no host")]:
        stage.environ = steps.environment(stage.home, url)
        for words in ("upgrade",), ("current",), ("status", "--json"):
            done = stage.run(*words)
            all_said = done.stdout + done.stderr
            tap.check(done.returncode == CANNOT_CONNECT and word in all_said and "Geheim8" not in all_said
                      and "strata:secret" not in all_said, f"{what}: {' '.join(words)} says so", done.returncode, all_said)


def main():
    # What was committed shall survive the crash.
    with steps.temporary_folder() as temporary, postgresql.server("synchronous_commit=on") as server:
        stage = Stage(server, Path(temporary))
        for word in "crash", "stop":
            test_crash(stage, word)
        test_lock(stage)
        test_waiting_is_told(stage)
        test_statement_timeout(stage)
        for number in signal.SIGINT, signal.SIGTERM:
            test_interrupt(stage, number)
        test_connect_wait(stage)
        test_not_let_in(stage)
    tap.done()


main()
