#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A project on PostgreSQL, as its owner meets it."""

import os
import subprocess
import time

import tap
from sandbox import Sandbox
from servers import postgresql
from terminal import Terminal


def running(box, server, url):
    box.check("status of an empty database", box.strata("status"), 0, "DATABASE_URL from .env\nServer        PostgreSQL ", "")
    tap.check(server.sql("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace", "shop") == ["0"],
              "looking makes no table")
    box.check("upgrade", box.strata("upgrade"), 0, "  NOTICE: hello\nDone: 2 revisions in ", "")
    tap.check(server.sql("SELECT version_num FROM alembic_version", "shop") == ["a2"], "the version row")
    box.check("downgrade -1", box.strata("downgrade", "-1"), 0, "is at a1\n", "")
    box.check("a script for it", box.strata("upgrade", "--sql", "a1:a2"), 0, "RAISE NOTICE 'hello'", "")
    box.check("restore is SQLite's", box.strata("restore", "--list"), 2, "", "has backups of its own")
    box.check("upgrade again", box.strata("upgrade"), 0)


def failing(box, server, url):
    path = box.write("a3", "three", "INSERT INTO customers VALUES (1);\nINSERT INTO customers VALUES (1);", "", "a2")
    done = box.strata("upgrade")
    box.check("a constraint", done, 1, err=f"strata: {path}:8:1: duplicate key value")
    for words in ("Code: 23505\n", "Detail: Key (id)=(1) already exists.", "Rolled back: a3 as a whole."):
        tap.check(words in done.err, f"it says {words!r}", done.err)
    tap.check(server.sql("SELECT count(*) FROM customers", "shop") == ["0"], "nothing of it is left")

    text = "INSERT INTO customers VALUES (1);\nCREATE INDEX CONCURRENTLY ci ON customers (id);"
    box.write("a3", "three", text, "DROP INDEX ci; DELETE FROM customers;", "a2")
    box.check("a statement for no transaction (8)", box.strata("upgrade"), 8, "", "Put it into a section of its own")
    box.write("a3", "three", text.replace("(id);", "(nope);"), "", "a2", options=" transaction=off")
    done = box.strata("upgrade")
    box.check("half of it", done, 1, err="Of a3, which is not recorded: statement 1.")
    box.check("status remembers", box.strata("status"), 0, "Unfinished    upgrade of a3: 1 of 2 statements are done")
    box.check("verify too (8)", box.strata("verify"), 8, "There is no column “nope” of “customers”", "interrupted after 1 of its 2 statements")
    tap.check(box.strata("status", "--json").json["unfinished"] == ["a3"], "as JSON")
    box.write("a3", "three", text, "DROP INDEX ci; DELETE FROM customers;", "a2", options=" transaction=off")
    box.check("mended, it goes on", box.strata("upgrade"), 0, "is at a3\n", "statement 1 of 2 was done by an earlier run")
    box.check("and down", box.strata("downgrade", "a2"), 0)


def dialects(box, server, url):
    path = box.write("a4", "four", "SELECT sqlite_version();\n-- strata:upgrade dialect=postgresql\nSELECT version();", "",
                     "a3", options=" dialect=sqlite")
    box.check("the section of this server", box.strata("upgrade"), 0, "is at a4\n")
    box.check("and of the other", box.strata("upgrade", "--sql", "a3:a4", "--dialect", "sqlite"), 0, "SELECT sqlite_version();\n")
    path.write_text(path.read_text().replace("dialect=postgresql", "dialect=mysql"))
    box.check("none for this server", box.strata("stamp", "a3"), 0)
    box.check("is refused", box.strata("upgrade"), 11, "", str(path))
    path.unlink()
    box.check("back", box.strata("downgrade", "a2"), 0)


def locks(box, server, url):
    path = box.write("a3", "three", "SELECT pg_sleep(60);", "", "a2")
    slow = subprocess.Popen([os.environ["STRATA"], "upgrade"], cwd=box.folder, env=box.environment, text=True,
                            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    running = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%' AND state = 'active'"
    end = time.monotonic() + 20
    while server.sql(running) == ["0"] and time.monotonic() < end:
        time.sleep(0.05)
    box.check("status sees the run", box.strata("status"), 0, "Running       pid ")
    done = box.strata("upgrade", "--lock-wait", "300ms")
    box.check("one run at a time (6)", done, 6, err="strata")
    slow.terminate()
    out, err = slow.communicate()
    tap.check(slow.returncode == 130 and "Rolled back: a3 as a whole." in err, "the first one is cancelled (130)", out, err)
    box.check("a statement that takes too long", box.strata("upgrade", "--statement-timeout", "200ms"), 1, err="57014")
    path.unlink()
    box.check("nothing is left behind", box.strata("verify"), 0, "is at a2")


def passwords(box, server, url):
    network = f"postgresql://strata@127.0.0.1:{server.facts['port']}/shop"
    box.check("no password (7)", box.strata("current", STRATA_URL=network), 7, "", "password")
    box.check("a wrong one", box.strata("current", STRATA_URL=network, STRATA_PASSWORD="geheim"), 7, "", "password")
    box.check("STRATA_PASSWORD", box.strata("current", STRATA_URL=network, STRATA_PASSWORD="secret"), 0, "a2 (head)", "")
    dotenv = box.folder / ".env"
    before = dotenv.read_text()
    dotenv.write_text(f"DATABASE_URL={network.replace('strata@', 'strata:secret@')}\n")
    box.check("that of .env, for the same user and database", box.strata("current", "--url", network), 0, "a2 (head)", "")
    box.check("not for another user", box.strata("current", "--url", network.replace("strata@", "postgres@")), 7, "", "password")
    box.check("STRATA_PASSWORD before it", box.strata("current", "--url", network, STRATA_PASSWORD="geheim"), 7, "", "password")
    dotenv.write_text(before)
    box.check("--password-stdin", box.strata("current", "--password-stdin", stdin="secret\n", STRATA_URL=network), 0, "a2 (head)")
    (box.folder.parent / "home").mkdir(exist_ok=True)
    pgpass = box.folder.parent / "home" / "pass"
    pgpass.write_text("127.0.0.1:*:*:strata:secret\n")
    pgpass.chmod(0o600)
    box.check("a password file", box.strata("current", STRATA_URL=network, PGPASSFILE=str(pgpass)), 0, "a2 (head)", "")
    for typed, status, words in (("secret", 0, "a2 (head)"), ("wrong", 7, "password")):
        run = Terminal(box, "current", STRATA_URL=network)
        run.answer("assword", typed)
        got = run.end()
        tap.check(got == status and words in run.text and typed not in run.text, f"a prompt, answered {typed!r}", got, repr(run.text))
    run = Terminal(box, "current", STRATA_URL=network)
    run.wait_for("assword")
    os.write(run.master, b"\x03")
    got = run.end()
    tap.check(got == 130, "Ctrl-C at the prompt (130)", got, repr(run.text))


def questions(box, server, url):
    other = server.create("other")
    server.sql("CREATE TABLE strange (x int)", "other")
    box.check("not this project's database (11)", box.strata("upgrade", "--url", other), 11, err="--first-run")
    box.check("--first-run", box.strata("upgrade", "--url", other, "--first-run"), 0, "is at a2")
    box.check("no such database (7)", box.strata("current", "--url", server.url("nope")), 7, "", "nope")
    for name, where, words in (("shop", url, "It answers: PostgreSQL "), ("gone", server.url("nope"), "nope")):
        box.strata("profile", "add", name, where)
        done = box.strata("profile", "test", name)
        tap.check(words in done.out + done.err, f"profile test {name}", done)


def startup(box, server, url):
    box.strata("downgrade", "base")
    server.command("stop")
    waiting = subprocess.Popen([os.environ["STRATA"], "startup", "--connect-wait", "20s"], cwd=box.folder,
                               env=box.environment, text=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE)
    first = waiting.stderr.readline()
    server.command("start")
    out, err = waiting.communicate()
    tap.check("Waiting for the server: " in first and waiting.returncode == 0 and "is at a2" in out,
              "startup waits for the server", first, out, err)
    server.command("stop")
    box.check("without a server (7)", box.strata("startup", "--connect-wait", "300ms"), 7)
    status = box.strata("status", "--json")
    tap.check(status.status == 7 and status.json["connection_error"], "status still looks at the files", status)


def main():
    with postgresql.server() as server, Sandbox() as box:
        url = server.create("shop")
        box.ini()
        (box.folder / ".env").write_text(f"DATABASE_URL={url}\n")
        box.write("a1", "one", "CREATE TABLE customers (id int PRIMARY KEY);", "DROP TABLE customers;")
        box.write("a2", "two", "DO $$ BEGIN RAISE NOTICE 'hello'; END $$;", "", "a1")
        for part in (running, failing, dialects, locks, passwords, questions, startup):
            part(box, server, url)
    tap.done()


main()
