#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Alembic scripts that read the database and leave their transaction, stopped in the middle: the next upgrade goes on behind
what is done, or says where it stands."""

import sqlite3
from contextlib import closing

import tap
from sandbox import Sandbox

SCRIPT = """import sqlalchemy as sa
from alembic import op
revision = "a1"
down_revision = None


def upgrade():
    bind = op.get_bind()
    tables = sa.inspect(bind).get_table_names()
    op.execute("CREATE TABLE things (id INTEGER, name TEXT)")
    op.execute("INSERT INTO things VALUES (1, 'one')")
    with op.get_context().autocommit_block():
        op.execute("INSERT INTO things VALUES (2, 'two')")
{body}
"""


def make(box, *body):
    versions = box.folder / "db" / "versions"
    versions.mkdir(parents=True, exist_ok=True)
    (box.folder / "alembic.ini").write_text("[alembic]\nscript_location = db\nsqlalchemy.url = sqlite:///app.db\n")
    (box.folder / "db" / "env.py").write_text(
        "from alembic import context\nfrom sqlalchemy import create_engine\n"
        "with create_engine(context.config.get_main_option('sqlalchemy.url')).connect() as connection:\n"
        "    context.configure(connection=connection)\n    with context.begin_transaction():\n        context.run_migrations()\n")
    (versions / "a1_things.py").write_text(SCRIPT.format(body="\n".join("    " + line for line in body)))


# The project's own ways of leaving the transaction: one module beside the scripts' folder, and what that one imports in turn.
HELPERS = {
    "helpers/__init__.py": "from .outside import also\n",
    "helpers/outside.py": "from alembic import op\n\n\ndef also(*statements):\n    with op.get_context().autocommit_block():\n"
                          "        for statement in statements:\n            op.execute(statement)\n",
}
HELPED = """import sqlalchemy as sa
from alembic import op
revision = "a1"
down_revision = None


def upgrade():
    tables = sa.inspect(op.get_bind()).get_table_names()
    op.execute("CREATE TABLE things (id INTEGER, name TEXT)")
    import helpers
    helpers.also("INSERT INTO things VALUES (2, 'two')", "{last}")
"""


def by_imports(box):
    for file in box.folder.glob("app.db*"):
        file.unlink()
    make(box)
    for name, text in HELPERS.items():
        (box.folder / name).parent.mkdir(exist_ok=True)
        (box.folder / name).write_text(text)
    ini = box.folder / "alembic.ini"
    ini.write_text(ini.read_text() + "prepend_sys_path = .\n")
    path = box.folder / "db" / "versions" / "a1_things.py"
    path.write_text(HELPED.format(last="INSERT INTO no_table VALUES (1)"))
    failed = box.strata("upgrade")
    box.check("a block in a module that the script imports", failed, 1, None, "statement 3 of a1 failed by itself")
    tap.check("it continues after statement 2 of a1" in failed.err and ":0" not in failed.err and "line 0" not in failed.err,
              "what to do next", failed.err)
    path.write_text(HELPED.format(last="INSERT INTO things VALUES (3, NULL)"))
    box.check("it goes on behind what is done", box.strata("upgrade"), 0, "Running upgrade  -> a1")
    tap.check(things(box) == [(2, "two"), (3, None)], "nothing is done twice", things(box))
    box.check("it is whole", box.strata("verify"), 0)


def things(box):
    with closing(sqlite3.connect(box.folder / "app.db")) as database:
        return database.execute("SELECT id, name FROM things ORDER BY id, name").fetchall()


def again(box, wrong, right):
    """A script that stops, and what mends it; the upgrade with that."""
    for file in box.folder.glob("app.db*"):
        file.unlink()
    make(box, *wrong)
    box.check("a preview says what it can't know", box.strata("upgrade", "--dry-run"), 0, "(reads the database: what it runs, and may lose")
    plan = box.strata("upgrade", "--dry-run", "--json").json
    tap.check([step["reads_database"] for step in plan["steps"]] == [True], "so does its JSON", plan)
    failed = box.strata("upgrade")
    make(box, *right)
    return failed, box.strata("upgrade")


# What a session of the ORM does with its connection, where that is not what the connection itself would do.
SESSIONS = (
    ("s = Session(bind)", "s.execute(sa.text('CREATE TABLE t (x INTEGER)'))", "s.rollback()"),
    ("s = Session(bind.engine)", "s.execute(sa.text('CREATE TABLE t (x INTEGER)'))"),
    ("s = Session(bind, join_transaction_mode='control_fully')", "s.execute(sa.text('CREATE TABLE t (x INTEGER)'))"),
    ("s = sessionmaker(bind, twophase=True)()", "s.execute(sa.text('CREATE TABLE t (x INTEGER)'))"),
    ("s = Session()", "s.execute(sa.text('CREATE TABLE t (x INTEGER)'))"),
    ("s = Session(bind)", "s.execute('CREATE TABLE t (x INTEGER)')"),
    ("s = Session(bind)", "s.query(1)"),
)


def sessions():
    with Sandbox() as box:
        for lines in SESSIONS:
            make(box, "pass")
            (box.folder / "db" / "versions" / "a1_things.py").write_text(
                "import sqlalchemy as sa\nfrom alembic import op\nfrom sqlalchemy.orm import Session, sessionmaker\n"
                "revision = 'a1'\ndown_revision = None\n\n\ndef upgrade():\n    bind = op.get_bind()\n"
                + "".join(f"    {line}\n" for line in lines))
            box.check("needs Python: " + "; ".join(lines), box.strata("upgrade"), 10, None, "This run needs Python:")


def main():
    with Sandbox() as box:
        box.ini("ledger = table")
        failed, done = again(box, ["    op.execute('INSERT INTO no_table VALUES (1)')"],
                             ["    op.execute('INSERT INTO things VALUES (3, NULL)')"])
        box.check("a statement of the block fails", failed, 1, None, "statement 4 of a1 failed by itself")
        tap.check("it continues after statement 3 of a1" in failed.err, "what to do next", failed.err)
        box.check("it goes on behind what is done", done, 0, "Running upgrade  -> a1")
        tap.check(things(box) == [(1, "one"), (2, "two"), (3, None)], "nothing is done twice", things(box))
        box.check("it is whole", box.strata("verify"), 0)

        failed, done = again(box, ["op.execute('INSERT INTO no_table VALUES (1)')"],
                             ["op.execute('INSERT INTO things VALUES (3, NULL)')"])
        box.check("a statement behind the block fails", failed, 1, None, "statement 4")
        box.check("and it goes on", done, 0)
        tap.check(things(box) == [(1, "one"), (2, "two"), (3, None)], "each once", things(box))

        loop = ["    for row in bind.execute(sa.text('SELECT id FROM things WHERE name IS NOT NULL')).fetchall():",
                "        op.execute(f'UPDATE things SET name = NULL WHERE id = {row.id}')"]
        failed, done = again(box, [*loop, "    op.execute('INSERT INTO no_table VALUES (1)')"], loop)
        box.check("a script that reads what it changed", failed, 1, None, "statement 6 of a1 failed")
        box.check("it says where it stands", done, 11, None, "an earlier run put the first 5 statements of revision a1 into the database")
        box.check("so does status", box.strata("status"), 0, "upgrade of a1: the first 5 of its statements are done")
        box.check("and verify", box.strata("verify"), 8, "", "interrupted after 5 of its statements")
        tap.check(things(box) == [(1, None), (2, None)], "nothing more was done", things(box))
        box.check("stamp settles it", box.strata("stamp", "a1"), 0)
        box.check("for good", box.strata("verify"), 0)

        returning = ["    bind.execute(sa.text(\"INSERT INTO things VALUES (5, 'r') RETURNING id\")).scalar()",
                     "    op.execute(\"INSERT INTO things VALUES (6, 'six')\")"]
        failed, done = again(box, [*returning, "    op.execute('INSERT INTO no_table VALUES (1)')"], returning)
        box.check("an answer of a statement that changes something", done, 11, None, "which is not done twice")
        tap.check(things(box) == [(1, "one"), (2, "two"), (5, "r"), (6, "six")], "it was not", things(box))

        failed, done = again(box, [*returning[:1], "    op.execute('INSERT INTO no_table VALUES (1)')"], returning)
        box.check("also where nothing came after it", done, 11, None, "which is not done twice")
        tap.check(things(box) == [(1, "one"), (2, "two"), (5, "r")], "it was not either", things(box))

        count = ["    n = bind.execute(sa.text('DELETE FROM things WHERE id = 1')).rowcount",
                 "    op.execute(f'INSERT INTO things VALUES ({n + 6}, NULL)')"]
        failed, done = again(box, [*count, "    op.execute('INSERT INTO no_table VALUES (1)')"], count)
        tap.check(done.status in (10, 11), "how many rows it was is not guessed", done.status, done.err)
        tap.check(things(box) == [(2, "two"), (7, None)], "and nothing done by it", things(box))

        failed, done = again(box, ["    op.execute('INSERT INTO no_table VALUES (1)')"], ["pass"])
        box.check("what follows may go", done, 0)
        make(box, "    op.execute('INSERT INTO no_table VALUES (1)')")
        for file in box.folder.glob("app.db*"):
            file.unlink()
        box.strata("upgrade")
        (box.folder / "db" / "versions" / "a1_things.py").write_text(
            "from alembic import op\nrevision = 'a1'\ndown_revision = None\n\n\ndef upgrade():\n    op.execute('CREATE TABLE other (x)')\n")
        box.check("a script that reads no more", box.strata("upgrade"), 11, "", "then it read the database, and does not now")
        by_imports(box)
    sessions()
    tap.done()


main()
