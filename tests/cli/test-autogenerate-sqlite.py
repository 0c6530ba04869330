#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""revision --autogenerate on SQLite in an Alembic project: what its users write, op.* and batches, and statements where a batch
would lose something. The real Alembic runs it with rows in the tables and references enforced, and finds nothing left to do; the
way back leads to where it began."""

import re
import sqlite3

import alembic_project as alembic
import tap
from sandbox import Sandbox

MODELS = """import enum
import sqlalchemy as sa
from sqlalchemy.orm import declarative_base
NAMES = {"ix": "ix_%(column_0_label)s", "uq": "uq_%(table_name)s_%(column_0_name)s", "ck": "ck_%(table_name)s_%(constraint_name)s",
         "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s", "pk": "pk_%(table_name)s"}
Base = declarative_base(metadata=sa.MetaData(naming_convention=NAMES))
C, M = sa.Column, Base.metadata
class Color(enum.Enum):
    red = 1
    green = 2
def T(name, *parts, **options):
    return sa.Table(name, M, C("id", sa.Integer, primary_key=True), *parts, **options)
"""
BEFORE = MODELS + """
T("gone", C("x", sa.Text, index=True))
T("parent", C("x", sa.String(10)), C("dropped", sa.Text))
T("child", C("p", sa.ForeignKey("parent.id", ondelete="CASCADE")))
T("cols", C("removed", sa.Text), C("to_null", sa.Text, nullable=False), C("to_not_null", sa.Text), C("big", sa.Integer),
  C("longer", sa.String(10)), C("unbound", sa.String(10)), C("num", sa.Numeric(10, 2)), C("b", sa.Boolean), C("e", sa.String(10)),
  C("d1", sa.Integer, server_default="1"), C("d2", sa.Text), C("d3", sa.Text, server_default="x"), C("d4", sa.Integer, server_default=sa.text("10")),
  C("now", sa.DateTime, server_default=sa.func.now()), C("now2", sa.DateTime, server_default=sa.text("CURRENT_TIMESTAMP")), C("j", sa.JSON), C("u", sa.Uuid()))
T("fks", C("a", sa.ForeignKey("parent.id")), C("b", sa.ForeignKey("parent.id")), C("c", sa.Integer), C("d", sa.ForeignKey("parent.id")))
T("ixs", C("a", sa.Text), C("b", sa.Text), C("n", sa.Integer), sa.Index("ix_order", "a", "b"),
  sa.Index("ix_uq", "a"), sa.Index("ix_where", "a", sqlite_where=sa.text("n > 1")), sa.Index("ix_gone", "b"),
  sa.UniqueConstraint("b", "n"), sa.UniqueConstraint("n"))
T("checks", C("a", sa.Integer), sa.CheckConstraint("a > 0", name="gone"), sa.CheckConstraint("a > 1", name="changed"))
T("plain", C("a", sa.Text), C("z", sa.Text))
T("quoted", C("order", sa.Text), C("Mixed", sa.Text))
"""
AFTER = MODELS + """
T("fresh", C("x", sa.Text, index=True), C("p", sa.ForeignKey("parent.id")))
T("parent", C("x", sa.String(20), nullable=False))
T("child", C("p", sa.ForeignKey("parent.id", ondelete="CASCADE")))
T("cols", C("added", sa.Text, nullable=False, server_default="q:z"), C("to_null", sa.Text), C("to_not_null", sa.Text, nullable=False), C("big", sa.BigInteger),
  C("longer", sa.String(20)), C("unbound", sa.String()), C("num", sa.Numeric(12, 3)), C("b", sa.Integer), C("e", sa.Enum(Color)),
  C("d1", sa.Integer, server_default="2"), C("d2", sa.Text, server_default=sa.text("(lower('B'))")), C("d3", sa.Text), C("d4", sa.Integer, server_default=sa.text("10")),
  C("now", sa.DateTime, server_default=sa.func.now()), C("now2", sa.DateTime, server_default=sa.text("CURRENT_TIMESTAMP")), C("j", sa.JSON), C("u", sa.Uuid()))
T("fks", C("a", sa.ForeignKey("parent.id", ondelete="CASCADE")), C("b", sa.Integer), C("c", sa.ForeignKey("parent.id")), C("e", sa.ForeignKey("parent.id", onupdate="CASCADE")))
T("ixs", C("a", sa.Text), C("b", sa.Text), C("n", sa.Integer), sa.Index("ix_order", "b", "a"),
  sa.Index("ix_uq", "a", unique=True), sa.Index("ix_where", "a", sqlite_where=sa.text("n > 2")), sa.Index("ix_new", "b"),
  sa.Index("ix_expr", sa.text("lower(a)")), sa.UniqueConstraint("b", "n"), sa.UniqueConstraint("a", "b"))
T("checks", C("a", sa.Integer), sa.CheckConstraint("a <> 5", name="new"), sa.CheckConstraint("a > 2", name="changed"))
T("plain", C("a", sa.Text), C("n", sa.Integer), C("f", sa.Boolean(), nullable=False, server_default=sa.false()))
T("quoted", C("order", sa.String(5)), C("Mixed", sa.Text, index=True))
"""
# What a batch does not keep, and so does not touch.
ODD = MODELS + """
T("auto", C("x", sa.String(10)), sqlite_autoincrement=True)
T("unnamed", C("x", sa.String(10)), sa.CheckConstraint("x <> ''"))
T("text2int", C("x", sa.Text))
T("collated", C("x", sa.Text(collation="NOCASE")), C("y", sa.String(10)))
T("comp", C("x", sa.Integer), C("y", sa.Integer, sa.Computed("x + 1")))
T("strict", C("x", sa.Integer), sqlite_strict=True)
T("ordered", C("x", sa.Text), C("y", sa.String(10)), sa.Index("ix_lower", sa.text("lower(x)")))
T("shape", C("x", sa.Enum("a", "b", name="shape", create_constraint=True)))
T("drops", C("x", sa.Text), C("y", sa.Text), sa.CheckConstraint("y <> ''"))
"""
ODDER = MODELS + """
T("auto", C("x", sa.String(20)), sqlite_autoincrement=True)
T("unnamed", C("x", sa.String(20)), sa.CheckConstraint("x <> ''"))
T("text2int", C("x", sa.Integer))
T("collated", C("x", sa.Text(collation="NOCASE")), C("y", sa.String(20)))
T("comp", C("x", sa.BigInteger), C("y", sa.Integer, sa.Computed("1 + x")))
T("strict", C("x", sa.Integer, nullable=False), sqlite_strict=True)
T("ordered", C("x", sa.Text), C("y", sa.String(20)), sa.Index("ix_lower", sa.text("lower(x)")))
T("shape", C("x", sa.Enum("a", "b", "c", name="shape", create_constraint=True)))
T("drops", C("y", sa.Text), C("z", sa.Text), sa.CheckConstraint("y <> ''"))
"""
ROWS = """
INSERT INTO parent (id, x) VALUES (1, 'one'), (2, 'two');
INSERT INTO child (id, p) VALUES (1, 1), (2, 2);
INSERT INTO cols (id, removed, to_null, to_not_null, big, longer, unbound, num, b, e) VALUES (1, 'r', 'x', 'y', 5, 'l', 'u', 1.25, 1, 'red');
INSERT INTO fks (id, a, b, c) VALUES (1, 1, 2, 2);
INSERT INTO ixs (id, a, b, n) VALUES (1, 'A', 'b', 3);
INSERT INTO checks (id, a) VALUES (1, 7);
INSERT INTO plain (id, a, z) VALUES (1, 'a', 'z');
INSERT INTO quoted (id, "order", "Mixed") VALUES (1, 'o', 'M');
CREATE TABLE log (what TEXT);
CREATE TRIGGER tr AFTER INSERT ON cols BEGIN INSERT INTO log VALUES ('in ' || new.longer); END;
CREATE VIEW v AS SELECT longer FROM cols;
"""
ODD_ROWS = """
INSERT INTO auto (id, x) VALUES (1, 'a'), (9, 'b');
DELETE FROM auto WHERE id = 9;
INSERT INTO text2int (id, x) VALUES (2, 'abc');
INSERT INTO comp (id, x) VALUES (1, 2);
INSERT INTO strict (id, x) VALUES (1, 2);
INSERT INTO shape (id, x) VALUES (1, 'a');
"""
ENV = alembic.ENV.replace("import os\n", "import os\nfrom sqlalchemy import event\nfrom app.models import Base\n").replace(
    "target_metadata=None", "target_metadata=Base.metadata, compare_server_default=True, "
    "include_object=lambda o, name, kind, *_: name != 'log'").replace(
    "with engine.connect", 'event.listen(engine, "connect", lambda c, _: c.execute("PRAGMA foreign_keys=ON"))\nwith engine.connect')


def sorted_lines(text):
    """Columns that come back stand last."""
    return sorted(line.rstrip(",") for line in text.splitlines() if not line.startswith("--"))


def rows_of(path):
    """Of each table that there is, by the columns' names."""
    with sqlite3.connect(path) as database:
        database.row_factory = sqlite3.Row
        names = [name for name, in database.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'alembic%'")]
        found = {name: [dict(row) for row in database.execute(f'SELECT * FROM "{name}" ORDER BY 1')] for name in names}
        broken = database.execute("PRAGMA foreign_key_check").fetchall()
    database.close()
    return found, broken


def kept(before, after):
    """The rows that are not what they were, in columns that both have."""
    wrong = []
    for name in before.keys() & after.keys():
        if len(before[name]) != len(after[name]):
            wrong.append(f"{name}: {before[name]} {after[name]}")
        for old, new in zip(before[name], after[name]):
            wrong += [f"{name}.{key}: {old[key]!r} {new[key]!r}" for key in old.keys() & new.keys() if old[key] != new[key]]
    return wrong


def execute(path, script):
    with sqlite3.connect(path) as database:
        database.executescript(script)
    database.close()


def check_alembic(strata, folder, what):
    well, words = alembic.run(folder, "check")
    tap.check(well and "No new upgrade operations detected." in words, f"{what}: alembic check", words)
    done = strata("check", "--trust")
    tap.check(done.status == 0, f"{what}: strata check", done.out)


def there_and_back(box, what, before, after, rows, is_named):
    folder = alembic.make(box, "sqlite:///app.db", ENV, what)
    path = folder / "app.db"
    (folder / "app").mkdir()
    (folder / "migrations" / "script.py.mako").write_text(alembic.TEMPLATE)
    strata = lambda *words: box.strata(*words, folder=folder)
    model = folder / "app" / "models.py"
    if not is_named:
        before, after = (text.replace("naming_convention=NAMES", "") for text in (before, after))

    model.write_text(before)
    box.check(f"{what}: the first", strata("revision", "--autogenerate", "-m", "one", "--trust"), 0, "Tried in a scratch database")
    well, words = alembic.run(folder, "upgrade", "head")
    tap.check(well, f"{what}: Alembic runs it", words)
    check_alembic(strata, folder, what)
    execute(path, rows)
    start, start_rows = strata("dump").out, rows_of(path)[0]

    model.write_text(after)
    done = strata("revision", "--autogenerate", "-m", "two", "--trust", "--json")
    tap.check(done.status == 0 and done.json["proven"] is True, f"{what}: all changes, proven", done.out, done.err)
    text = open(done.json["path"]).read()
    well, words = alembic.run(folder, "upgrade", "head")
    tap.check(well, f"{what}: Alembic runs it", words, text)
    check_alembic(strata, folder, what)
    there, (found, broken) = strata("dump").out, rows_of(path)
    wrong = kept(start_rows, found)
    tap.check(not wrong and not broken, f"{what}: the rows are there", *wrong, broken, text)
    well, words = alembic.run(folder, "downgrade", "-1")
    back = strata("dump").out
    tap.check(well and sorted_lines(back) == sorted_lines(start), f"{what}: back to the start", words, text, back, start)
    wrong = kept(start_rows, rows_of(path)[0])
    tap.check(not [w for w in wrong if ".removed:" not in w and ".z:" not in w], f"{what}: the rows are back", *wrong)
    elsewhere = strata("render", "head", "--dialect", "postgresql", "--direction", "both")
    words = "ALTER" in elsewhere.out if is_named else "is made anew by statements for SQLite" in elsewhere.err
    tap.check(words and "PRAGMA" not in elsewhere.out, f"{what}: what is SQLite's is kept from PostgreSQL", elsewhere.out, elsewhere.err)
    well, words = alembic.run(folder, "upgrade", "head")
    tap.check(well and sorted_lines(strata("dump").out) == sorted_lines(there), f"{what}: and there again", words)
    return text


DIRECTIVES = ("add_column", "alter_column", "drop_column", "create_index", "drop_index", "create_unique_constraint", "create_check_constraint",
              "create_foreign_key", "drop_constraint")


def statements(text):
    """What is op.execute(), but for what has no directive, and the reasons given for it."""
    left = [line for line in re.findall(r"op\.execute\((.*)\)", text) if not re.match("['\"](CREATE|DROP) (TRIGGER|VIEW)|'PRAGMA", line)]
    return left, re.findall(r"# not by batch_alter_table\(\), which (.*)", text)


def named(box):
    text = there_and_back(box, "named", BEFORE, AFTER, ROWS, True)
    tap.check(statements(text) == ([], []), "all is directives", text)
    tap.check(all(f"op.{name}(" in text for name in DIRECTIVES), "each kind of them", text)
    tap.check("batch_op.add_column(sa.Column('removed', sa.TEXT(), nullable=True))" in text, "a column comes at the end", text)
    tap.check("op.execute('PRAGMA foreign_keys=OFF')" in text, "and references are not enforced meanwhile", text)


def unnamed(box):
    left, reasons = statements(there_and_back(box, "unnamed", BEFORE, AFTER, ROWS, False))
    tap.check(all("fks" in line or "ixs" in line for line in left), "statements for two tables", *left)
    tap.check({"drop a foreign key", "drop a unique constraint"} <= {r.split("can't ")[1].split(" without a name")[0] for r in reasons},
              "with the reason", *reasons)


REASONS = ("loses AUTOINCREMENT", "COLLATE", "generated", "ix_lower", "loses STRICT", "a CAST for the column x", "which has no name")


def odd(box):
    text = there_and_back(box, "odd", ODD, ODDER, ODD_ROWS, False)
    reasons = statements(text)[1]
    missing = [words for words in REASONS if not any(words in reason for reason in reasons)]
    tap.check(not missing, "each table that a batch would not keep says why", *missing, text)
    tap.check("    op.add_column('drops'" in text and "    op.drop_column('drops', 'x')" in text, "what ALTER does is done by it", text)
    tap.check("batch_op.drop_constraint(batch_op.f('shape'), type_='check')" in text, "a named CHECK in a batch", text)


def main():
    if not alembic.has("alembic.command; alembic.command.check; sqlalchemy.Uuid"):
        tap.skip_all("needs an Alembic on SQLAlchemy 2")
        return
    for part in (named, unnamed, odd):
        with Sandbox() as box:
            part(box)
    tap.done()


main()
