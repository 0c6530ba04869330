#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs that last: what they wait for is said, and Stop takes back what was begun. On PostgreSQL and on SQLite."""

import sqlite3
import subprocess
import time

import tap
from desktop import Desktop
from projects import make_project
from servers import postgresql

BUSY = "SELECT 1 FROM pg_stat_activity WHERE {} AND pid <> pg_backend_pid()"
WAITS = BUSY.format("wait_event_type = 'Lock'")
SLEEPS = BUSY.format("state = 'active' AND query LIKE '%pg_sleep(3600)%'")

# Nobody waits for its end: ten million rows of ten million rows.
ENDLESS = """WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000000)
  INSERT INTO wishes (id) SELECT a.i FROM n AS a, n AS b WHERE a.i + b.i < 0;"""


class Holder:
    """Another program that has a table to itself."""

    def __init__(self, url):
        self.process = subprocess.Popen(["psql", "-qXAt", url + "&application_name=nightly-report"], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True)
        self.process.stdin.write("BEGIN; LOCK TABLE orders; SELECT 'locked';\n")
        self.process.stdin.flush()
        assert self.process.stdout.readline() == "locked\n"

    def release(self):
        self.process.stdin.close()
        self.process.wait()


def upgrade(app, database, count):
    app.click(f"Upgrade {count}…", "button")
    app.wait_dialog(f"Upgrade {database}")
    app.click(f"Upgrade {database}", "button")


def stop(app, has_stopped):
    """By the button; the limit is loose, as the machine may be busy."""
    app.click("Stop", "button")
    start = time.monotonic()
    app.until(has_stopped, "it goes on", 10)
    tap.note(f"stopped after {time.monotonic() - start:.1f} s")


def lock(desktop, server):
    url = server.create("orders")
    server.sql("CREATE TABLE orders (id integer)", "orders")
    folder = make_project(desktop, "orders", url,
                          ("a1", "", "Count orders", "ALTER TABLE orders ADD number integer;", "ALTER TABLE orders DROP number;"))
    app = desktop.start(folder)
    holder = Holder(url)
    with desktop.step("a run waits for a lock, and the bar says who holds it"):
        app.click("Upgrade 1…", "button")
        app.wait_dialog("Upgrade orders")
        app.click("Yes", "label")
        app.click("Upgrade orders", "button")
        app.wait("Waiting for a lock", "label")
        app.wait("nightly-report", "label")
    with desktop.step("it can be stopped, and nothing has changed"):
        stop(app, lambda: not server.sql(WAITS))
        app.wait("nothing was changed on orders")
        app.wait("orders is here, 1 pending above", "row")
    with desktop.step("tried again, it goes on as soon as the lock is free"):
        upgrade(app, "orders", 1)
        app.wait("nightly-report", "label")
        holder.release()
        app.wait("orders is here, up to date", "row")
        app.wait_gone("Waiting for a lock", "label")
        app.quit()


def long_statement(desktop, server):
    folder = make_project(desktop, "wishes", server.create("wishes"),
                          ("a1", "", "Create wishes", "CREATE TABLE wishes (id integer);", "DROP TABLE wishes;"),
                          ("a2", "a1", "Bring over wishes", "ALTER TABLE wishes ADD old integer;\nSELECT pg_sleep(3600);",
                           "ALTER TABLE wishes DROP old;"))
    app = desktop.start(folder)
    with desktop.step("a long statement is stopped, taken back, and said to be so"):
        upgrade(app, "wishes", 2)
        app.until(lambda: server.sql(SLEEPS), "the statement does not run")
        stop(app, lambda: not server.sql(SLEEPS))
        app.wait("Stopped after 1 of 2 steps: wishes is at a1")
        app.wait("wishes is here, 1 pending above", "row")
        assert server.sql("SELECT attname FROM pg_attribute WHERE attrelid = 'wishes'::regclass AND attnum > 0",
                          "wishes") == ["id"]
        app.quit()


def on_sqlite(desktop):
    folder = make_project(desktop, "boxes", "sqlite:///boxes.db",
                          ("a1", "", "Create wishes", "CREATE TABLE wishes (id integer);", "DROP TABLE wishes;"),
                          ("a2", "a1", "Wish for ever", f"ALTER TABLE wishes ADD old integer;\n{ENDLESS}",
                           "ALTER TABLE wishes DROP old;"))
    desktop.strata(folder, "upgrade", "--quiet", "--first-run", "a1")
    app = desktop.start(folder)
    other = sqlite3.connect(folder / "boxes.db", isolation_level=None)
    with desktop.step("a file that another program writes to is waited for"):
        app.wait("boxes.db is here, 1 pending above", "row")
        other.execute("BEGIN IMMEDIATE")
        upgrade(app, "boxes.db", 1)
        app.wait("Waiting for a lock", "label")
    with desktop.step("it is free, and the run goes on"):
        other.execute("ROLLBACK")
        app.wait_gone("Waiting for a lock", "label")
        app.wait("Step 1 of 1 · Wish for ever", "label")
        app.wait("INSERT INTO wishes", "label")
    with desktop.step("a statement of SQLite’s is stopped and taken back, too"):
        stop(app, lambda: app.sees("nothing was changed on boxes.db"))
        app.wait("boxes.db is here, 1 pending above", "row")
        assert [row[1] for row in other.execute("PRAGMA table_info(wishes)")] == ["id"]
        app.quit()
    other.close()


def main():
    with Desktop() as desktop:
        on_sqlite(desktop)
        with postgresql.server() as server:
            lock(desktop, server)
            long_statement(desktop, server)
    tap.done()


main()
