#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""revision --autogenerate on PostgreSQL: every change of models that Alembic's own autogenerate knows of, and those that it
does not see. The real Alembic runs what was written and finds nothing left to do; the way back leads to where it began."""


import alembic_project as alembic
import tap
from sandbox import Sandbox
from servers import postgresql

MODELS = """import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg
from sqlalchemy.orm import declarative_base
Base = declarative_base()
M = Base.metadata
C = sa.Column
def T(name, *parts, **options):
    return sa.Table(name, M, C("id", sa.Integer, primary_key=True), *parts, **options)
"""
BEFORE = MODELS + """T("gone", C("x", sa.Text, index=True))
T("cols", C("removed", sa.Text), C("to_null", sa.Text, nullable=False), C("to_not_null", sa.Text), C("big", sa.Integer),
  C("longer", sa.String(10)), C("unbound", sa.String(10)), C("num", sa.Numeric(10, 2)), C("tz", sa.DateTime),
  C("commented", sa.Text, comment="old"), C("uncommented", sa.Text, comment="x"), C("newly", sa.Text),
  C("d1", sa.Integer, server_default="1"), C("d2", sa.Text), C("d3", sa.Text, server_default="x"),
  C("ident", sa.Integer, sa.Identity(start=1, increment=1)), C("comp", sa.Integer, sa.Computed("1 + 1")),
  C("txt2int", sa.Text), comment="old table comment")
T("parent")
T("fks", C("a", sa.Integer, sa.ForeignKey("parent.id")), C("b", sa.Integer, sa.ForeignKey("parent.id", name="fk_b")))
T("ixs", C("a", sa.Text), C("b", sa.Text), C("n", sa.Integer),
  sa.Index("ix_order", "a", "b"), sa.Index("ix_desc", "a"), sa.Index("ix_expr", sa.text("lower(a)")), sa.Index("ix_uq", "a"),
  sa.Index("ix_where", "a", postgresql_where=sa.text("n > 1")), sa.Index("ix_method", "a"), sa.Index("ix_incl", "a"),
  sa.Index("ix_with", "a"), sa.Index("ix_ops", "a"), sa.Index("ix_gone", "b"),
  sa.UniqueConstraint("a", "n", name="uq_nnd"), sa.UniqueConstraint("b", "n", name="uq_def"), sa.UniqueConstraint("n", name="uq_gone"))
T("checks", C("a", sa.Integer), sa.CheckConstraint("a > 0", name="ck_gone"), sa.CheckConstraint("a > 1", name="ck_changed"),
  sa.CheckConstraint("a < 100"))
T("excl", C("r", pg.INT4RANGE))
sa.Table("pks", M, C("a", sa.Integer, primary_key=True, autoincrement=False), C("b", sa.Integer, nullable=False))
T("enums", C("e", sa.Enum("a", "b", name="en")), C("f", sa.Enum("x", "y", "z", name="en2")), C("g", sa.Enum("p", name="en_gone")))
T("serial2id", schema=None)
"""
AFTER = MODELS + """T("fresh", C("x", sa.Text, index=True), C("e", sa.Enum("n1", "n2", name="en_new")), C("u", sa.Uuid(), unique=True),
  C("p", sa.ForeignKey("parent.id", ondelete="CASCADE")))
T("fresh2", C("e", sa.Enum("n1", "n2", name="en_new")), schema="other")
T("cols", C("added", sa.Text, nullable=False, server_default="q:z"), C("to_null", sa.Text, nullable=True), C("to_not_null", sa.Text, nullable=False), C("big", sa.BigInteger),
  C("longer", sa.String(20)), C("unbound", sa.String()), C("num", sa.Numeric(12, 3)), C("tz", sa.DateTime(timezone=True)),
  C("commented", sa.Text, comment="new"), C("uncommented", sa.Text), C("newly", sa.Text, comment="it's"),
  C("d1", sa.Integer, server_default="2"), C("d2", sa.Text, server_default=sa.text("current_user || '::x'")), C("d3", sa.Text),
  C("ident", sa.Integer, sa.Identity(start=1, increment=5, always=True)), C("comp", sa.Integer, sa.Computed("2 + 2")),
  C("txt2int", sa.Integer), comment="new table comment")
T("parent")
T("fks", C("a", sa.Integer, sa.ForeignKey("parent.id", ondelete="CASCADE")), C("b", sa.Integer, sa.ForeignKey("parent.id", name="fk_b", deferrable=True, initially="DEFERRED")))
T("ixs", C("a", sa.Text), C("b", sa.Text), C("n", sa.Integer),
  sa.Index("ix_order", "b", "a"), sa.Index("ix_desc", sa.text("a DESC")), sa.Index("ix_expr", sa.text("upper(a)")), sa.Index("ix_uq", "a", unique=True),
  sa.Index("ix_where", "a", postgresql_where=sa.text("n > 2")), sa.Index("ix_method", "a", postgresql_using="hash"), sa.Index("ix_incl", "a", postgresql_include=["n"]),
  sa.Index("ix_with", "a", postgresql_with={"fillfactor": 50}), sa.Index("ix_ops", "a", postgresql_ops={"a": "text_pattern_ops"}),
  sa.Index("ix_new", "b"),
  sa.UniqueConstraint("a", "n", name="uq_nnd", postgresql_nulls_not_distinct=True), sa.UniqueConstraint("b", "n", name="uq_def", deferrable=True), sa.UniqueConstraint("a", "b", name="uq_new"))
T("checks", C("a", sa.Integer), sa.CheckConstraint("a <> 5", name="ck_new"), sa.CheckConstraint("a > 2", name="ck_changed"),
  sa.CheckConstraint("a < 200"))
T("excl", C("r", pg.INT4RANGE), pg.ExcludeConstraint(("r", "&&"), name="ex"))
sa.Table("pks", M, C("a", sa.Integer, primary_key=True, autoincrement=False), C("b", sa.Integer, primary_key=True, autoincrement=False))
T("enums", C("e", sa.Enum("a", "a2", "b", name="en")), C("f", sa.Enum("x", "z", name="en2")))
sa.Table("serial2id", M, C("id", sa.Integer, sa.Identity(), primary_key=True))
"""
WORDS = (
    'Detected: add schema other',
    'Detected: add value a2 of enum en',
    'Detected: drop value y of enum en2',
    'Detected: drop enum en_gone',
    "Detected added table 'fresh'",
    "Detected added table 'other.fresh2'",
    "Detected removed table 'gone'",
    "Detected removed column 'cols.removed'",
    "Detected added column 'cols.added'",
    "Detected NULL on column 'cols.to_null'",
    "Detected NOT NULL on column 'cols.to_not_null'",
    "Detected type change from integer to bigint on 'cols.big'",
    "Detected type change from character varying(10) to character varying(20) on 'cols.longer'",
    "Detected type change from character varying(10) to character varying on 'cols.unbound'",
    "Detected type change from numeric(10,2) to numeric(12,3) on 'cols.num'",
    "Detected type change from timestamp without time zone to timestamp with time zone on 'cols.tz'",
    "Detected column comment 'cols.commented'",
    "Detected server default on column 'cols.d1'",
    'Detected: change identity of column cols.ident',
    'Detected: change generated of column cols.comp',
    "Detected changed primary key 'pks_pkey' on 'pks'",
    "Detected changed unique constraint 'uq_def' on 'ixs'",
    "Detected changed unique constraint 'uq_nnd' on 'ixs'",
    "Detected removed unique constraint 'uq_gone' on 'ixs'",
    "Detected added unique constraint 'uq_new' on '('a', 'b')'",
    "Detected changed check constraint 'ck_changed' on 'checks'",
    "Detected changed check constraint 'checks_a_check' on 'checks'",
    'Detected: drop check constraint ck_gone of checks',
    'Detected: add check constraint ck_new of checks',
    'Detected: add exclusion constraint ex of excl',
    "Detected changed index 'ix_order' on 'ixs'",
    "Detected changed index 'ix_desc' on 'ixs'",
    "Detected changed index 'ix_expr' on 'ixs'",
    "Detected changed index 'ix_uq' on 'ixs'",
    "Detected changed index 'ix_where' on 'ixs'",
    "Detected changed index 'ix_method' on 'ixs'",
    "Detected changed index 'ix_incl' on 'ixs'",
    "Detected changed index 'ix_with' on 'ixs'",
    "Detected changed index 'ix_ops' on 'ixs'",
    "Detected added index 'ix_new' on '('b',)'",
    'Detected removed foreign key (a)(id) on table fks',
    'Detected added foreign key (p)(id) on table fresh',
)
ENV = alembic.ENV.replace("import os\n", "import os\nfrom app.models import Base\n").replace(
    "target_metadata=None", "target_metadata=Base.metadata, include_schemas=True, compare_server_default=True")


def sorted_lines(text):
    """Columns that come back stand last."""
    return sorted(line.rstrip(",") for line in text.splitlines() if not line.startswith("--"))


def changes(box, server, url):
    folder = alembic.make(box, url.replace("postgresql://", "postgresql+psycopg2://"), ENV)
    (folder / "app").mkdir()
    (folder / "migrations" / "script.py.mako").write_text(alembic.TEMPLATE)
    strata = lambda *words: box.strata(*words, folder=folder)
    model = folder / "app" / "models.py"

    model.write_text(BEFORE + 'T("lacking", C("c", pg.CITEXT))\n')
    box.check("a type that no extension brings", strata("revision", "--autogenerate", "-m", "one", "--trust"), 1,
              err="If an extension brings it")
    model.write_text(BEFORE)
    done = strata("revision", "--autogenerate", "-m", "one", "--trust")
    box.check("the first one", done, 0, "Tried in a scratch database")
    tap.check("fails where" not in done.out, "of new tables there is nothing to say", done.out)
    well, words = alembic.run(folder, "upgrade", "head")
    tap.check(well, "Alembic runs it", words)
    box.check("check", strata("check", "--trust"), 0)
    before = strata("dump").out

    model.write_text(AFTER)
    done = strata("revision", "--autogenerate", "-m", "two", "--trust")
    box.check("all changes", done, 0, "Tried in a scratch database")
    found = [line.split("  (")[0] for line in done.out.splitlines()]
    missing = [words for words in WORDS if words not in found and not words.startswith("Detected: change")]
    tap.check(not missing, f"{len(WORDS)} kinds of changes are found", *missing, done.out)
    well, words = alembic.run(folder, "upgrade", "head")
    tap.check(well, "Alembic runs it", words)
    if alembic.has("alembic.autogenerate.compare"):
        well, words = alembic.run(folder, "check")
        tap.check(well and "No new upgrade operations detected." in words, "and finds nothing left to do", words)
    box.check("nor does Strata", strata("check", "--trust"), 0)
    after = strata("dump").out
    well, words = alembic.run(folder, "downgrade", "-1")
    tap.check(well and sorted_lines(strata("dump").out) == sorted_lines(before), "back to the start", words)
    well, words = alembic.run(folder, "upgrade", "head")
    tap.check(well and sorted_lines(strata("dump").out) == sorted_lines(after), "and there again", words)


def main():
    if not alembic.has("psycopg2"):
        tap.skip_all("needs Alembic and psycopg2")
        return
    with postgresql.server() as server, Sandbox() as box:
        if server.version() < 15:
            tap.skip("changes of models", "NULLS NOT DISTINCT needs PostgreSQL 15")
        else:
            changes(box, server, server.create("shop"))
    tap.done()


main()
