#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""revision --autogenerate on SQLite: SQL revisions from a declared schema, Alembic scripts from models, which the real Alembic
runs and then finds nothing left to do."""

import sqlite3

import alembic_project as alembic
import tap
from sandbox import Sandbox

MODELS = """import sqlalchemy as sa
from sqlalchemy.orm import declarative_base
Base = declarative_base()
def table(name, *parts):
    return sa.Table(name, Base.metadata, sa.Column("id", sa.Integer, primary_key=True), *parts)
C = sa.Column
"""
FIRST = MODELS + """table("gone", C("x", sa.Text, index=True))
table("parent")
table("items", C("removed", sa.Text), C("name", sa.String(10)), C("n", sa.Integer, server_default="1"),
      C("p", sa.ForeignKey("parent.id")), sa.CheckConstraint("n > 0", name="ck"), sa.Index("ix_old", "name"))
"""
SECOND = MODELS + """table("fresh", C("x", sa.Text, index=True), C("p", sa.ForeignKey("parent.id")))
table("parent", C("note", sa.Text))
table("items", C("name", sa.String(20), nullable=False), C("n", sa.Integer, server_default="2"),
      C("p", sa.ForeignKey("parent.id", ondelete="CASCADE")), sa.CheckConstraint("n > 1", name="ck"), sa.Index("ix_new", "name"))
"""
ENV = alembic.ENV.replace("target_metadata=None", "target_metadata=Base.metadata, compare_server_default=True") \
                 .replace("import os\n", "import os\nfrom app.models import Base\n")


def declared(box):
    box.ini("url = sqlite:///app.db", "schema = schema.sql")
    schema = box.folder / "schema.sql"
    schema.write_text("CREATE TABLE a (id INTEGER PRIMARY KEY, x TEXT);\n")
    done = box.strata("revision", "--autogenerate", "-m", "one")
    box.check("a SQL revision", done, 0, "Detected added table 'a'\n", "")
    tap.check("Tried in a scratch database" in done.out, "is proven", done.out)
    box.check("upgrade", box.strata("upgrade"), 0)
    box.check("check finds nothing", box.strata("check"), 0)
    box.check("nothing to do, no file", box.strata("revision", "--autogenerate", "-m", "two"), 0, "No new upgrade operations detected.")
    tap.check(len(list((box.folder / "versions").iterdir())) == 1, "there is one file")
    tap.check(box.strata("revision", "--autogenerate", "-m", "two", "--json").json["revision"] is None, "as JSON")

    schema.write_text(schema.read_text() + "INSERT INTO a VALUES (1, 'a');\nINSERT INTO a VALUES (2, 'b');\n")
    box.check("rows that are declared too are named", box.strata("revision", "--autogenerate", "-m", "rows"), 0,
              "No new upgrade operations", f"{schema}:2: INSERT (rows are no part of a schema), and 1 more such statement.")
    box.check("-q", box.strata("revision", "--autogenerate", "-m", "rows", "-q"), 0, None, "")

    schema.write_text("CREATE TABLE a (id INTEGER PRIMARY KEY, y TEXT);\n")
    before = box.strata("dump").out
    box.check("check (9)", box.strata("check"), 9)
    done = box.strata("revision", "--autogenerate", "-m", "guessed")
    box.check("what may be a rename is named, with what to do", done, 0, "  --rename 'a.x=y'  (")
    tap.check("\n  Where it is, delete the file that is written now, and " in done.out, "so that it is one", done.out)
    next((box.folder / "versions").glob("*_guessed.sql")).unlink()
    done = box.strata("revision", "--autogenerate", "-m", "three", "--json")
    tap.check(done.json["proven"] is True, "as JSON: proven", done)
    text = open(done.json["path"]).read()
    tap.check("-- please review: " in text and "this loses" in text, "what loses data is marked", text)
    box.check("not up to date (3)", box.strata("revision", "--autogenerate", "-m", "four"), 3, err="Target database is not up to date.")
    box.check("upgrade", box.strata("upgrade"), 0)
    box.check("check", box.strata("check"), 0)
    box.check("downgrade", box.strata("downgrade", "-1"), 0)
    tap.check(box.strata("dump").out == before, "is as before", before)
    box.check("upgrade", box.strata("upgrade"), 0)

    execute = lambda sql: sqlite3.connect(box.folder / "app.db", isolation_level=None).execute(sql).close()
    execute("CREATE TABLE hand (id INTEGER PRIMARY KEY)")
    done = box.strata("revision", "--autogenerate", "-m", "hand")
    box.check("what was made by hand", done, 0, "Detected removed table 'hand'  (loses all its rows)\n",
              "not as its own revisions say, 1 difference (add table hand)")
    next((box.folder / "versions").glob("*_hand.sql")).unlink()
    execute("DROP TABLE hand")

    schema.write_text("")
    box.check("nothing is declared (11)", box.strata("revision", "--autogenerate", "-m", "gone"), 11, err="--drop-tables")
    schema.write_text("CREATE TABLE other (id INTEGER PRIMARY KEY);\n")
    done = box.strata("revision", "--autogenerate", "-m", "most", "--drop-tables")
    box.check("--drop-tables", done, 0, "Detected removed table 'a'")
    for path in (box.folder / "versions").iterdir():
        path.unlink()
    for words in (("revision", "--autogenerate", "-m", "anew"), ("check",)):
        box.check(f"a database that has revisions, a folder that has none: {words[0]} (5)", box.strata(*words), 5, err="strata rescue")


def models(box):
    folder = alembic.make(box, "sqlite:///app.db", ENV, "models")
    (folder / "app").mkdir()
    (folder / "migrations" / "script.py.mako").write_text(alembic.TEMPLATE)
    model = folder / "app" / "models.py"
    model.write_text(FIRST)
    strata = lambda *words: box.strata(*words, folder=folder)

    box.check("no consent (10)", strata("revision", "--autogenerate", "-m", "one"), 10)
    done = strata("revision", "--autogenerate", "-m", "one", "--trust")
    box.check("from models", done, 0, "Detected added index 'ix_gone_x' on '('x',)'\n")
    tap.check("Tried in a scratch database" in done.out, "is proven", done.out, done.err)
    for number, text in (("two", SECOND), ("three", FIRST)):
        tap.check(alembic.run(folder, "upgrade", "head")[0], f"Alembic runs what is before {number}")
        well, words = alembic.run(folder, "check") if alembic.has("alembic.command; alembic.command.check") else (True, "No new upgrade")
        tap.check(well and "No new upgrade" in words, "and finds nothing left to do", words)
        box.check("nor does Strata", strata("check", "--trust"), 0, "No new upgrade operations detected.")
        before = strata("dump").out
        model.write_text(text)
        done = strata("revision", "--autogenerate", "-m", number, "--trust")
        box.check(number, done, 0, "Tried in a scratch database")
        for step, wanted in (("head", None), ("-1", before)):
            well, words = alembic.run(folder, "upgrade" if step == "head" else "downgrade", step)
            tap.check(well, f"Alembic goes to {step}", words)
            tap.check(wanted is None or strata("dump").out == wanted, "and is where it was")
    (folder / "app" / "ghost.py").write_text("from .models import Base\nclass Ghost(Base):\n    __tablename__ = 'ghosts'\n")
    model.write_text(MODELS)
    alembic.run(folder, "upgrade", "head")
    done = strata("revision", "--autogenerate", "-m", "all", "--trust")
    box.check("models that were not imported (11)", done, 11, err="would drop most of the tables")
    tap.check("Lost with all their rows: " in done.err, "what would be lost", done.err)
    tap.check("app/ghost.py:2: Ghost looks like a model" in done.err, "and which", done.err)
    model.write_text(FIRST + "\nimport no_such_module\n")
    box.check("a model that does not import", strata("revision", "--autogenerate", "--trust"), 1, err="app/models.py:12: ModuleNotFoundError")
    (folder / "migrations" / "env.py").write_text(alembic.ENV)
    box.check("no MetaData", strata("revision", "--autogenerate", "--trust"), 1,
              err="Can't proceed with --autogenerate option; environment script ")


def adopting(box):
    path = box.folder / "app.db"
    with sqlite3.connect(path) as connection:
        connection.executescript("CREATE TABLE t (id INTEGER PRIMARY KEY, x CHECK (x <> '')); CREATE INDEX i ON t (x);"
                                 "CREATE VIEW v AS SELECT x FROM t; INSERT INTO t VALUES (1, 'a')")
    connection.close()
    before = box.strata("dump").out
    done = box.strata("adopt", "--json")
    tap.check(done.status == 0 and done.json["proven"] and done.json["stamped"], "adopt", done)
    box.check("it is at the baseline", box.strata("current"), 0, done.json["revision"])
    box.check("and has no drift", box.strata("drift"), 0)
    box.check("once", box.strata("adopt"), 11, err="has revisions already")
    path.unlink()
    box.check("what it wrote", box.strata("upgrade"), 0)
    tap.check(box.strata("dump").out == before, "makes the same database")

    (box.folder / "versions").rename(box.folder / "old")
    path.unlink()
    (box.folder / "init").mkdir()
    (box.folder / "init" / "1.sql").write_text("CREATE TABLE q (id INTEGER);\n")
    done = box.strata("adopt", "init", "-m", "from files")
    box.check("init SQL, for an empty database", done, 0, "Wrote ")
    tap.check("is at" not in done.out, "which is not stamped", done.out)
    box.check("upgrade", box.strata("upgrade"), 0)
    done = box.strata("revert", "head", "--json")
    tap.check(done.status == 0 and done.json["proven"], "revert", done)
    box.check("undoes it", box.strata("upgrade"), 0)
    tap.check("CREATE TABLE q" not in box.strata("dump").out, "and it is gone")
    box.check("revert is undone", box.strata("downgrade", "-1"), 0)
    tap.check("CREATE TABLE q" in box.strata("dump").out, "too")


def adopting_carefully(box):
    """Nothing is stamped that should not be, and then nothing is written either."""
    path, written = box.folder / "app.db", box.folder / "versions"
    written.mkdir()
    box.check("there is nothing to adopt", box.strata("adopt"), 1, err="nothing that could be adopted in the database sqlite:///")
    with sqlite3.connect(path) as connection:
        connection.executescript("CREATE TABLE t (id INTEGER PRIMARY KEY)")
    connection.close()
    box.strata("profile", "add", "prod", "sqlite:///app.db", "--protected")
    box.check("a protected database (11)", box.strata("-p", "prod", "adopt"), 11, err="--yes-i-mean prod says that you mean it")
    tap.check(not list(written.iterdir()), "and no file")
    done = box.strata("-p", "prod", "adopt", "--yes-i-mean", "prod")
    box.check("which is meant", done, 0, "the upgrade gives what the database has")
    tap.check("Next: “schema = schema.sql” in strata.ini" in done.out, "and how it goes on", done.out)
    box.strata("profile", "remove", "prod")
    for file in written.iterdir():
        file.unlink()
    box.check("a database at an unknown revision (5)", box.strata("adopt"), 5, err="strata stamp --purge --first-run base")
    tap.check(not list(written.iterdir()), "and no file either")
    box.check("it forgets it", box.strata("stamp", "--purge", "--first-run", "base"), 0)
    box.check("left alone", box.strata("adopt", "--no-stamp", "--rev-id", "a1"), 0, "“strata stamp a1” says")
    box.check("and it is", box.strata("current"), 0, "")

    (box.folder / "versions" / "a1_baseline.sql").unlink()
    (box.folder / "init").mkdir()
    (box.folder / "init" / "1.sql").write_text("CREATE TABLE t (id INTEGER PRIMARY KEY);\n-- seeds\nINSERT INTO t VALUES (1);\n")
    done = box.strata("adopt", "init", "--rev-id", "a1")
    box.check("rows in init SQL are named", done, 0, "at a1 now", "Not in the revision: init/1.sql:3: INSERT (rows are no part of a schema)")
    (box.folder / "versions" / "a1_baseline.sql").unlink()
    box.check("a database is not SQL", box.strata("adopt", "app.db"), 1, err="“%s” is a SQLite database" % path)
    box.check("a database that is not there (7)", box.strata("dump", "--url", "sqlite:///no.db"), 7, "", "not there yet")
    box.check("as a side (7)", box.strata("diff", "db", "sqlite:///no.db"), 7, "", "There is no database “%s/no.db”" % box.folder)


def reverting(box):
    """What came after a revision may stand in the way of undoing it."""
    box.write("a1", "one", "CREATE TABLE t (id INTEGER PRIMARY KEY);", "DROP TABLE t;")
    box.write("a2", "two", "ALTER TABLE t ADD COLUMN x TEXT;", "ALTER TABLE t DROP COLUMN x;", revises="a1")
    box.write("a3", "three", "INSERT INTO t VALUES (1, 'a');", "DELETE FROM t;", revises="a2")
    box.check("the last one", box.strata("revert", "a3"), 0, "the upgrade runs, the downgrade gives what was")
    done = box.strata("revert", "a1", "--json")
    tap.check(done.status == 0 and not done.json["proven"] and "add column t.x" in done.json["unproven"], "the first one is not all", done)
    n = len(list((box.folder / "versions").iterdir()))
    done = box.strata("revert", "a2")
    box.check("what is gone", done, 1, "", "Nothing was written, as a2 can't be undone by its downgrade")
    tap.check("into an empty database" not in done.err, "by a revision, not from before the first one", done.err)
    tap.check(len(list((box.folder / "versions").iterdir())) == n, "is not written")
    box.ini()
    box.check("without a database", box.strata("revert", "head"), 0, "Wrote ", "Not proven in a scratch database: Which database?")


def main():
    with Sandbox() as box:
        reverting(box)
    with Sandbox() as box:
        declared(box)
    with Sandbox() as box:
        adopting_carefully(box)
    with Sandbox() as box:
        adopting(box)
    if not alembic.has("alembic"):
        tap.skip("models", "needs Alembic")
    else:
        with Sandbox() as box:
            models(box)
    tap.done()


main()
