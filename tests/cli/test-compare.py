#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""dump, diff, check and drift, as a person uses them. What a comparison finds is for tests/core/diff to say."""

import shutil
import sqlite3

import tap
from sandbox import Sandbox
from terminal import Terminal

USERS = "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);"
INDEX = "CREATE INDEX users_name ON users (name);"


def project(box, schema=USERS + "\n"):
    box.ini("url = sqlite:///app.db", "schema = schema.sql")
    (box.folder / "schema.sql").write_text(schema)
    box.write("a1", "one", USERS, "DROP TABLE users;")


def by_hand(box, sql):
    with sqlite3.connect(box.folder / "app.db") as database:
        database.executescript(sql)
    database.close()


def dumps(box):
    project(box)
    box.check("of a database that is not there yet (7)", box.strata("dump"), 7, "", "which is not there yet")
    tap.check(not (box.folder / "app.db").exists(), "it is not made by that")
    box.strata("upgrade")
    done = box.strata("dump")
    box.check("of the database", done, 0, "CREATE TABLE users (\n", "")
    tap.check("alembic_version" not in done.out and "strata_ledger" not in done.out, "without our own tables", done.out)
    box.check("of a revision", box.strata("dump", "a1"), 0, done.out, "")
    box.check("of the declared schema", box.strata("dump", "schema"), 0, done.out, "")
    box.check("of a file", box.strata("dump", "schema.sql"), 0, done.out, "")
    box.check("of a URL", box.strata("dump", "sqlite:///app.db"), 0, done.out, "")
    box.check("of nothing", box.strata("dump", "empty"), 0, "-- Server: SQLite")
    box.check("into a file", box.strata("dump", "--output", "out.sql"), 0, "", "")
    tap.check((box.folder / "out.sql").read_text() == done.out, "the same text")
    box.check("loaded and dumped again", box.strata("dump", "out.sql"), 0, done.out, "")
    shown = box.strata("dump", "--json").json
    tap.check(shown["sql"] == done.out and shown["dialect"] == "sqlite", "as JSON", shown)
    box.check("a revision that there is not (5)", box.strata("dump", "zz"), 5, "")
    box.check("a profile that there is not (2)", box.strata("dump", "db:zz"), 2, "")


def diffs(box):
    project(box)
    box.strata("upgrade")
    box.check("no difference", box.strata("diff"), 0, "No differences\n", "")
    (box.folder / "schema.sql").write_text(USERS + "\n" + INDEX + "\n")
    box.check("one (9)", box.strata("diff"), 9, "  + add index users_name of users\n1 difference\n", "")
    box.check("the other way round", box.strata("diff", "schema", "db"), 9, "  - drop index users_name of users\n")
    box.check("as lines", box.strata("diff", "--text"), 9, "+" + INDEX + "\n", "")
    box.check("no lines", box.strata("diff", "--text", "a1", "db"), 0, "", "")
    done = box.strata("diff", "--json")
    shown = done.json
    tap.check(done.status == 9 and [d["title"] for d in shown["differences"]] == ["add index users_name of users"], "as JSON", done)
    tap.check(shown["differences"][0] | {"kind": "added", "object": "index", "table": "users", "name": "users_name"}
              == shown["differences"][0], "its members", shown)
    box.check("one of the two (2)", box.strata("diff", "--sql", "--text"), 2, "")
    box.check("a rename to nothing (2)", box.strata("diff", "--rename", "users.name=x"), 2, "", "--rename users.name=x: there is nothing of the new")
    box.check("a rename of nothing (2)", box.strata("diff", "--rename", "nothing=x"), 2, "", "nothing of the old name")
    box.check("two revisions", box.strata("diff", "base", "a1"), 9, "  + add table users\n")
    box.check("what is no side (5)", box.strata("diff", "database", "schema"), 5, "", "“database” is no file, URL, db, schema")
    box.check("which there are", box.strata("diff", "--help"), 0, "A side is one of\n")
    box.check("three sides (2)", box.strata("diff", "a", "b", "c"), 2, "")


def checks(box):
    project(box)
    box.check("behind (3)", box.strata("check"), 3, "", "strata: Target database is not up to date. “strata upgrade” applies what is pending\n")
    box.strata("upgrade")
    box.check("well", box.strata("check"), 0, "No new upgrade operations detected.\n", "")
    box.check("and again, from what is kept", box.strata("check"), 0, "No new upgrade operations detected.\n", "")
    box.check("quietly", box.strata("check", "-q"), 0, "", "")
    (box.folder / "schema.sql").write_text(USERS + "\n" + INDEX + "\n")
    box.check("not well (9)", box.strata("check"), 9, "", "New upgrade operations detected: [add index users_name of users]")
    done = box.strata("check", "--json")
    tap.check(done.status == 9 and len(done.json["differences"]) == 1, "as JSON", done)
    box.ini("url = sqlite:///app.db")
    box.check("nothing is declared (2)", box.strata("check"), 2, "", "declares no schema")


def drifts(box):
    project(box)
    box.check("of nothing", box.strata("drift"), 0, "No differences\n")
    box.strata("upgrade")
    box.check("none", box.strata("drift"), 0, "From revision a1\nto the database sqlite:///", "")
    by_hand(box, INDEX)
    box.check("by hand (9)", box.strata("drift"), 9, "  + add index users_name of users\n")
    box.write("a1", "one", "ATTACH 'x' AS y;\n", "")
    box.check("a script that leaves its database (11)", box.strata("drift"), 11, "", "a1_one.sql:7:1: ")
    box.write("a1", "one", "UPDATE nowhere SET x = 1;\n", "")
    box.check("what no revision makes", box.strata("drift"), 1, "", "Revisions are replayed into an empty database")
    (box.folder / "versions" / "a1_one.sql").unlink()
    box.check("without the revision (5)", box.strata("drift"), 5, "", "the database has it, the folder has not. “strata rescue”")


def broken(box):
    project(box, USERS + "\n\nCREATE INDEX i\n  ON nowhere (x);\n")
    box.strata("upgrade")
    box.check("DDL that does not load: its line and SQLite's words", box.strata("check"), 1, "", "schema.sql:3:1: no such table")
    (box.folder / "schema.sql").write_text("CREATE TABLE t (x));")
    box.check("DDL that is none", box.strata("check"), 1, "", 'schema.sql:1:19: near ")": syntax error')
    (box.folder / "schema.sql").write_text(USERS + "\nCREATE TABLE \"x")
    box.check("an open quote", box.strata("check"), 1, "", "schema.sql:2")
    (box.folder / "schema.sql").write_text(USERS + f"\nATTACH '{box.folder}/other.db' AS other;\nCREATE TABLE other.t (x);")
    box.check("ATTACH is refused (11)", box.strata("check"), 11, "", "schema.sql:2:1: ")
    tap.check(not (box.folder / "other.db").exists(), "before it runs")
    (box.folder / "schema.sql").unlink()
    box.check("no file", box.strata("check"), 1, "", "“schema” in strata.ini: Cannot open “")
    (box.folder / "schema.sql").mkdir()
    box.check("no .sql in the folder", box.strata("check"), 1, "", "no .sql file")


def program(box):
    project(box)
    box.strata("upgrade")
    box.ini("url = sqlite:///app.db", "schema_command = ./ddl")
    script = box.folder / "ddl"
    script.write_text(f"#!/bin/sh\necho loading >&2\ncat <<E\n{USERS}\nE\n")
    script.chmod(0o755)
    box.check("not without consent (10)", box.strata("check"), 10, "", "./ddl")
    box.check("strata trust shows it (10)", box.strata("trust"), 10, "./ddl")
    box.check("for one call", box.strata("check", "--trust"), 0, "No new upgrade operations detected.\n", "loading\n")
    script.write_text("#!/bin/sh\necho KeyError: DATABASE >&2\nexit 3\n")
    box.check("one that fails: its words", box.strata("check", "--trust"), 1, "", "KeyError: DATABASE")
    script.write_text("#!/bin/sh\necho Traceback\n")
    box.check("one that prints nonsense", box.strata("check", "--trust"), 1, "", 'schema_command:1:1: near "Traceback"')


ALEMBIC = '''"""{0}"""
import sqlalchemy as sa
from alembic import op
revision = "{0}"
down_revision = {1!r}
def upgrade():
    n = op.get_bind().execute(sa.text("SELECT 7")).scalar()
    op.execute("{2}" % n)
def downgrade():
    pass
'''


def alembic(box):
    (box.folder / "strata.ini").unlink()
    (box.folder / "alembic.ini").write_text("[alembic]\nscript_location = %(here)s\nsqlalchemy.url = sqlite:///app.db\n")
    (box.folder / "env.py").write_text("raise SystemExit('env.py ran')\n")
    (box.folder / "versions").mkdir()
    (box.folder / "versions" / "a1.py").write_text(ALEMBIC.format("a1", None, "CREATE TABLE t%d (x int)"))
    (box.folder / "versions" / "a2.py").write_text(ALEMBIC.format("a2", "a1", "ATTACH 'x%d' AS y"))
    url = "--url", "sqlite:///app.db"
    box.check("a script that asks the database is replayed", box.strata("dump", "a1", *url), 0, "CREATE TABLE t7 (", "")
    box.check("what it then wants to run is looked at too (11)", box.strata("dump", "a2", *url), 11, "", "a2.py:8:1: ")
    box.check("without env.py, up to the database's own revision", box.strata("drift", *url), 0, "No differences\n", "")


def questions(box):
    project(box)
    box.strata("upgrade")
    box.ini("url = sqlite:///app.db", "schema_command = ./ddl")
    script = box.folder / "ddl"
    script.write_text(f"#!/bin/sh\necho '{USERS}'\n")
    script.chmod(0o755)
    run = Terminal(box, "check")
    run.answer("from now on?", "n")
    tap.check(run.end() == 10 and "Nothing was run" in run.text, "no", run.text)
    run = Terminal(box, "check")
    run.answer("from now on?", "y")
    tap.check(run.end() == 0 and "No new upgrade" in run.text, "yes", run.text)
    box.check("is remembered", box.strata("check"), 0, "No new upgrade operations detected.\n")


def folders(box):
    project(box)
    box.strata("upgrade")
    (box.folder / "ddl").mkdir()
    (box.folder / "ddl" / "2.sql").write_text(INDEX)
    (box.folder / "ddl" / "1.sql").write_text("BEGIN;\n" + USERS + "\nCOMMIT;\n")
    box.ini("url = sqlite:///app.db", "schema = ddl")
    box.check("files in the order of their names", box.strata("diff"), 9, "  + add index users_name of users\n1 difference\n")


RENAMED = "CREATE TABLE people (id INTEGER PRIMARY KEY, full_name TEXT NOT NULL);\n"


def renames(box):
    project(box, USERS + "\n")
    box.strata("upgrade")
    memory = box.folder / "strata.renames"
    (box.folder / "schema.sql").write_text(RENAMED)
    found = box.strata("diff")
    box.check("a guess is named, and nothing is written", found, 9, "--rename 'users=people'")
    box.check("beside the statements too", box.strata("diff", "--sql"), 9, "DROP TABLE users;", "Perhaps renamed: --rename 'users=people'")
    box.check("given to diff it is for that once", box.strata("diff", "--rename", "users=people"), 9, "rename table users to people")
    tap.check(not memory.exists(), "nothing is kept by that")
    run = Terminal(box, "revision", "--autogenerate", "-m", "two")
    run.answer("Is users now called people", "y")
    run.answer("Is users.name now called full_name", "n")
    tap.check(run.end() == 0 and "Detected" in run.text, "asked about, and what hangs on it behind it", run.text)
    tap.check(memory.read_text().endswith("\nusers.name!=full_name\nusers=people\n"), "the answers are kept", memory.read_text())
    done = box.strata("diff", "--sql")
    box.check("diff knows them", done, 9, "ALTER TABLE users RENAME TO people;")
    tap.check("RENAME COLUMN" not in done.out, "both of them", done.out)
    tap.check("-- please review: " in done.out and "loses the column's data" in done.out, "what loses data says so", done.out)
    box.check("so does check", box.strata("check"), 3, "")
    done = box.strata("diff", "schema", "db", "--sql")
    box.check("and the way back", done, 9, "ALTER TABLE people RENAME TO users;")
    for file in (box.folder / "versions").glob("*_two.sql"):
        file.unlink()
    memory.write_text("users people\n")
    box.check("a line that is none: file and line", box.strata("check"), 1, "", "strata.renames:1: ")
    memory.unlink()
    box.check("given to revision", box.strata("revision", "--autogenerate", "-m", "three", "--rename", "users=people", "--rename",
                                              "users.name=full_name"), 0)
    tap.check("users.name=full_name\nusers=people\n" in memory.read_text(), "they are kept too", memory.read_text())
    box.check("upgrade", box.strata("upgrade"), 0)
    box.check("what is done means nothing any more", box.strata("check"), 0, "No new upgrade operations detected.\n", "")
    by_hand(box, "ALTER TABLE people RENAME TO users")
    box.check("drift knows them", box.strata("drift"), 9, "  > rename table people to users\n1 difference\n")


def swapped(box):
    """Two tables and two columns that change names: asked, remembered, and the data stays with what it was."""
    box.ini("url = sqlite:///app.db", "schema = schema.sql")
    box.write("a1", "one", "CREATE TABLE old (x TEXT, y INTEGER);\nCREATE TABLE new (z TEXT);\nCREATE TABLE t (id INTEGER, a INTEGER, b TEXT);",
              "DROP TABLE old;\nDROP TABLE new;\nDROP TABLE t;")
    box.strata("upgrade")
    by_hand(box, "INSERT INTO old VALUES ('x', 1)")
    by_hand(box, "INSERT INTO t VALUES (1, 2, 'b')")
    (box.folder / "schema.sql").write_text("CREATE TABLE new (x TEXT, y INTEGER);\nCREATE TABLE old (z TEXT);\n"
                                           "CREATE TABLE t (id INTEGER, b INTEGER, a TEXT);\n")
    box.check("both halves are named", box.strata("diff"), 9, "  --rename 'new=old' --rename 'old=new'  (each has the columns that the other had)")
    guesses = [(one["rename"], one["with"]) for one in box.strata("diff", "--json").json["perhaps_renamed"] if one["with"]]
    tap.check(sorted(guesses) == [("new=old", "old=new"), ("t.b=a", "t.a=b")], "in JSON too", guesses)
    run = Terminal(box, "revision", "--autogenerate", "-m", "two")
    run.answer("Have new and old changed names", "y")
    run.answer("Have t.b and t.a changed names", "y")
    tap.check(run.end() == 0, "asked", run.text)
    memory = (box.folder / "strata.renames").read_text()
    tap.check("\nnew=old\nold=new\nt.a=b\nt.b=a\n" in memory, "kept", memory)
    box.check("known", box.strata("diff"), 9, "rename table old to new")
    box.check("upgrade", box.strata("upgrade"), 0)
    with sqlite3.connect(box.folder / "app.db") as app:
        there = (app.execute("SELECT x, y FROM new").fetchall(), app.execute("SELECT b, a FROM t").fetchall())
    app.close()
    tap.check(there == ([("x", 1)], [(2, "b")]), "the rows are where they were", there)
    box.check("done, it means nothing", box.strata("check"), 0, "No new upgrade operations detected.\n", "")
    box.check("and back", box.strata("downgrade", "-1"), 0)
    by_hand(box, "ALTER TABLE old ADD COLUMN more TEXT")
    tap.check("rename table" not in box.strata("diff").out, "nor where it is no swap any more")


def rows(box):
    """Two databases: the data say which of two columns is the renamed one."""
    box.ini("url = sqlite:///app.db")
    by_hand(box, "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);")
    with sqlite3.connect(box.folder / "other.db") as other:
        other.execute("CREATE TABLE users (id INTEGER PRIMARY KEY, city TEXT, called TEXT)")
    guess = box.strata("diff", "db", "sqlite:///other.db", "--json").json["perhaps_renamed"]
    tap.check(len(guess) == 2 and not any(";" in g["evidence"] for g in guess), "without rows: the structure alone", guess)
    with sqlite3.connect(box.folder / "app.db") as app:
        app.executemany("INSERT INTO users (name) VALUES (?)", [(f"Ana {n % 9}",) for n in range(90)])
    app.close()
    other.executemany("INSERT INTO users (city, called) VALUES (?, ?)", [(None if n % 5 == 0 else f"Oslo {n % 7}", f"Ana {n % 9}")
                                                                        for n in range(80)])
    other.commit()
    other.close()
    done = box.strata("diff", "db", "sqlite:///other.db")
    box.check("with rows: the data", done, 9, "Perhaps renamed:\n  --rename 'users.name=called'  (same type; the values are alike: 100 % of"
              " the most common ones in both)\n")
    box.check("and what speaks against the other", done, 9, "(same type, same position; none of the most common values is in both;"
              " here 0 % are NULL, there 20 %)")
    guess = box.strata("diff", "db", "sqlite:///other.db", "--json").json["perhaps_renamed"]
    tap.check(guess[0]["rename"] == "users.name=called" and guess[0]["score"] >= guess[1]["score"] + 30, "as JSON", guess)
    tap.check("Ana" not in done.out and "Oslo" not in done.out, "no value is shown", done.out)


def certain(box):
    """A CHECK over a new column needs a look where a row may not meet it, and only there."""
    box.ini("url = sqlite:///app.db")
    by_hand(box, "CREATE TABLE t (id INTEGER PRIMARY KEY, was TEXT); INSERT INTO t (was) VALUES ('a'), (NULL), ('');")
    for column, condition, needs_look in (("a TEXT NOT NULL DEFAULT 'new'", "a IN ('new', 'old')", False),
                                          ("a TEXT NOT NULL DEFAULT 'bad'", "a IN ('new', 'old')", True),
                                          ("a BOOLEAN NOT NULL DEFAULT 0", "a IN (0, 1)", False),
                                          ("a INTEGER DEFAULT 5", "A BETWEEN 0 AND 4 OR was IS NULL", True),
                                          ("a INTEGER DEFAULT '5'", "a = 5", True),
                                          ("a TEXT", "length(a) > 3", False),
                                          ("a TEXT DEFAULT 'x' COLLATE NOCASE", "a = 'x'", True)):
        (box.folder / "there.db").unlink(missing_ok=True)
        with sqlite3.connect(box.folder / "there.db") as there:
            there.execute(f"CREATE TABLE t (id INTEGER PRIMARY KEY, was TEXT, {column}, CONSTRAINT c CHECK ({condition}))")
        there.close()
        shutil.copy(box.folder / "app.db", box.folder / "copy.db")
        done = box.strata("diff", "sqlite:///copy.db", "sqlite:///there.db", "--sql")
        tap.check(done.status == 9 and ("please review" in done.out) == needs_look, f"{column}, {condition}", done)
        if not needs_look:
            with sqlite3.connect(box.folder / "copy.db") as copy:
                copy.executescript(done.out)
                tap.check(len(copy.execute("SELECT * FROM t").fetchall()) == 3, "and runs", done.out)
            copy.close()


for test in (dumps, diffs, checks, drifts, broken, program, alembic, questions, folders, renames, swapped, rows, certain):
    with Sandbox() as box:
        test(box)
tap.done()
