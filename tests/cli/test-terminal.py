#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""On a terminal: questions and their answers, colours, the living line, Ctrl-C."""

import os
import shutil
import signal

import tap
from sandbox import Sandbox
from terminal import Terminal

# Counts for minutes, unless it is stopped.
ENDLESS = "CREATE TABLE e AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT max(x) FROM c;"


def check(name, terminal, status, *words, without=()):
    got = terminal.end()
    tap.check(got == status and all(word in terminal.text for word in words)
              and not any(word in terminal.text for word in without),
              name, f"status {got}, wanted {status}", repr(terminal.text))


def first_run(box):
    run = Terminal(box, "upgrade")
    run.answer("[Y/n]", "n")
    check("the first run asks, and no is no", run, 11, "has never run on sqlite:", "which is empty", "Nothing was changed")
    tap.check(not box.strata("current").out, "nothing was run")
    run = Terminal(box, "upgrade", "a1")
    run.answer("[Y/n]", "")
    check("an empty answer to it is yes", run, 0, "is at a1", without=("Next ",))
    check("the second run does not ask", Terminal(box, "upgrade"), 0, "is at a2", without=("[Y/n]",))

    run = Terminal(box, "upgrade", "--url", "sqlite:///strange.db")
    box.write("zz", "x")    # not read any more
    run.answer("[Y/n]", "y")
    run.end()
    (box.folder / "versions" / "zz_x.sql").unlink()
    run = Terminal(box, "restore")
    run.answer("[y/N]", "")
    check("restore asks, and nothing is no", run, 11, "Nothing was restored")
    run = Terminal(box, "restore")
    run.answer("[y/N]", "yes")
    check("restore after a yes", run, 0, "Put back ")
    box.strata("upgrade")


def protected(box):
    box.strata("profile", "add", "prod", f"sqlite:///{box.folder}/app.db", "--protected")
    run = Terminal(box, "downgrade", "-1")
    run.answer("Type its name to continue:", "yes")
    check("a protected profile wants its name", run, 11, "nothing was changed")
    run = Terminal(box, "downgrade", "-1")
    run.answer("Type its name to continue:", "prod")
    check("and gets it", run, 0, "is at a1")
    box.strata("profile", "remove", "prod")


def colours(box):
    check("colours on a terminal", Terminal(box, "status"), 0, "\033[")
    check("NO_COLOR", Terminal(box, "status", NO_COLOR="1"), 0, "Project", without=("\033[",))
    check("an empty NO_COLOR counts for nothing", Terminal(box, "status", NO_COLOR=""), 0, "\033[")
    check("--no-color", Terminal(box, "status", "--no-color"), 0, without=("\033[",))
    check("TERM=dumb", Terminal(box, "status", TERM="dumb"), 0, without=("\033[",))
    tap.check("\033[" not in box.strata("status").out, "none in a pipe")
    check("--json has none", Terminal(box, "status", "--json"), 0, without=("\033[",))


def interrupts(box):
    box.strata("upgrade")
    path = box.write("a3", "endless", ENDLESS, revises="a2")
    run = Terminal(box, "upgrade")
    tap.check(run.wait_for("[1/1] a3  statement 1 of 1: CREATE TABLE e AS"), "the living line says which statement", repr(run.text))
    os.write(run.master, b"\x03")
    check("Ctrl-C cancels and rolls back (130)", run, 130, "The database is at a2.", "Rolled back: a3 as a whole.",
          "it continues with a3")
    box.check("what was cancelled is in the log", box.strata("log", "-l", "1"), 0, "a3")
    run = Terminal(box, "upgrade")
    run.wait_for("[1/1] a3")
    os.kill(run.pid, signal.SIGTERM)
    check("so does SIGTERM", run, 130, "Rolled back: a3 as a whole.")
    run = Terminal(box, "upgrade")
    run.wait_for("[1/1] a3")
    os.kill(run.pid, signal.SIGTERM)
    os.kill(run.pid, signal.SIGINT)
    check("two at once, as from timeout(1), are one wish", run, 130, "Rolled back: a3 as a whole.")
    run = Terminal(box, "upgrade", columns=40)
    run.wait_for("[1/1] a3")
    os.write(run.master, b"\x03")
    run.end()
    lines = [part for part in run.text.split("\r") if "[1/1] a3" in part]
    tap.check(lines and all(len(line.split("\n")[0].replace("\033[K", "").replace("^C", "")) < 40 for line in lines),
              "the living line fits a narrow terminal", lines)
    path.unlink()
    run = Terminal(box, "restore")
    run.wait_for("[y/N]")
    os.write(run.master, b"\x03")
    check("Ctrl-C at a question (130)", run, 130)
    box.check("and all is well", box.strata("verify"), 0)


def live_script(box):
    """Of Alembic, with the database before its eyes: how long it thinks is the person's business."""
    (box.folder / "strata.ini").unlink()
    shutil.rmtree(box.folder / "versions")
    (box.folder / "db" / "versions").mkdir(parents=True)
    (box.folder / "alembic.ini").write_text("[alembic]\nscript_location = db\nsqlalchemy.url = sqlite:///app.db\n")
    (box.folder / "db" / "env.py").write_text("")
    (box.folder / "db" / "versions" / "s1.py").write_text(
        "import sqlalchemy as sa\nfrom alembic import op\nrevision, down_revision = 's1', None\ndef upgrade():\n"
        "  op.execute('CREATE TABLE t (x)')\n  n = op.get_bind().execute(sa.text('SELECT count(*) FROM t')).scalar()\n"
        "  while n == 0: pass\n")
    run = Terminal(box, "upgrade", "--first-run", "--url", "sqlite:///other.db")
    tap.check(run.wait_for("s1  statement 2: SELECT count(*)"), "a script that never ends", repr(run.text))
    os.write(run.master, b"\x03")
    check("Ctrl-C ends it (130)", run, 130, "Rolled back: s1 as a whole.", "it continues with s1")


def main():
    for part in (first_run, protected, colours, interrupts, live_script):
        with Sandbox() as box:
            box.write("a1", "one", "CREATE TABLE a (x);", "DROP TABLE a;")
            box.write("a2", "two", "CREATE TABLE b (x);", "DROP TABLE b;", revises="a1")
            if part is not first_run:
                box.strata("upgrade")
            part(box)
    tap.done()


main()
