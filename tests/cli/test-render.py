#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The command render: what it prints, writes and refuses. That the SQL is Alembic's is for tests/peers to say."""

import tap
from sandbox import Sandbox

INI = "[alembic]\nscript_location = %(here)s\nprepend_sys_path = .\n"

HEAD = '''"""{0}"""
import sqlalchemy as sa
from alembic import op
revision = "{0}"
down_revision = {1!r}
'''

PLAIN = """
def upgrade():
    op.create_table("t", sa.Column("id", sa.Integer, primary_key=True))
    op.execute("INSERT INTO t VALUES (1)")
def downgrade():
    op.drop_table("t")
"""

NAMES = """
from app.types import GUID, skip
import other.lib as lib
def upgrade():
    skip(3)
    op.create_table("u", sa.Column("id", GUID(length=3)), sa.Column("x", lib.T), schema=lib.SCHEMA)
"""

ROWS = """
def upgrade():
    for row in op.get_bind().execute(sa.text("SELECT 1")):
        op.execute("SELECT 2")
def downgrade():
    raise NotImplementedError("no way back")
"""

TYPES = """
import requests
class GUID(requests.X):
    pass
def skip(n):
    return requests.get(n)
"""


def project(box):
    (box.folder / "strata.ini").unlink()
    (box.folder / "alembic.ini").write_text(INI)
    (box.folder / "env.py").write_text("raise SystemExit('env.py ran')\n")
    (box.folder / "app").mkdir()
    (box.folder / "app" / "__init__.py").write_text("")
    (box.folder / "app" / "types.py").write_text(TYPES)
    (box.folder / "versions").mkdir(exist_ok=True)
    down = None
    for revision, body in (("a1", PLAIN), ("a2", NAMES), ("a3", ROWS)):
        (box.folder / "versions" / f"{revision}_x.py").write_text(HEAD.format(revision, down) + body)
        down = revision


def texts(box):
    box.check("one revision", box.strata("render", "a1", "--dialect", "sqlite"), 0,
              "CREATE TABLE t (\n    id INTEGER NOT NULL, \n    PRIMARY KEY (id)\n);\n\nINSERT INTO t VALUES (1);\n")
    box.check("the way back", box.strata("render", "a1", "--dialect", "postgresql", "--direction", "downgrade"), 0, "DROP TABLE t;\n")
    box.check("both ways", box.strata("render", "a1", "--dialect", "postgresql", "--direction", "both"), 0, "SERIAL")
    box.check("what the next step is", box.strata("render", "--dialect", "sqlite"), 2, err="--all")
    shown = box.strata("show", "a1", "--sql", "--dialect", "postgresql", "--direction", "both")
    box.check("show --sql", shown, 0, box.strata("render", "a1", "--dialect", "postgresql", "--direction", "both").out)
    box.check("show --sql or --edited", box.strata("show", "a1", "--sql", "--edited"), 2, err="--edited")
    box.check("show --dialect without --sql", box.strata("show", "a1", "--dialect", "sqlite"), 2, err="--sql")
    box.check("not both", box.strata("render", "a1", "--all", "--dialect", "sqlite"), 2)
    box.check("a way that there is not", box.strata("render", "a1", "--dialect", "sqlite", "--direction", "up"), 2, err="downgrade")
    box.check("a server that there is not", box.strata("render", "a1", "--dialect", "oracle"), 2, err="oracle")
    box.check("a revision that there is not", box.strata("render", "zz", "--dialect", "sqlite"), 5)


def refusals(box):
    done = box.strata("render", "a2", "--dialect", "postgresql")
    box.check("an unknown name needs Python (10)", done, 10, err="[strata:names]")
    tap.check("app/types.py:6" in done.err and "requests.get" in done.err, "it says where and which", done.err)
    box.check("rows need a database (8)", box.strata("render", "a3", "--dialect", "sqlite"), 8, err="needs-database")
    found = box.strata("--json", "render", "--all", "--dialect", "postgresql", "--direction", "both").json
    tap.check([(one["revision"], one["direction"]) for one in found["rendered"]] == [("a1", "upgrade"), ("a1", "downgrade")],
              "the others are given all the same", found)
    tap.check([(one["revision"], one["direction"], one["code"]) for one in found["refused"]] ==
              [("a2", "upgrade", "needs-python"), ("a2", "downgrade", "no-function"), ("a3", "upgrade", "needs-database"),
               ("a3", "downgrade", "raises")], "each refusal has its code", found["refused"])
    tap.check(all(one["line"] > 0 for one in found["refused"] if one["code"] != "no-function"), "and its line")


def names(box):
    (box.folder / "strata.ini").write_text("[strata:names]\napp.types.GUID = uuid\napp.types.skip =\nother.lib.T = CHAR(36)\n"
                                           "other.lib.SCHEMA = 'shop'\n")
    box.check("names that were given a meaning", box.strata("render", "a2", "--dialect", "postgresql"), 0,
              "CREATE TABLE shop.u (\n    id uuid, \n    x CHAR(36)\n);\n")


def files(box):
    out = box.folder / "sql"
    done = box.strata("render", "--all", "--dialect", "postgresql", "--direction", "both", "--output", "sql")
    box.check("a file for each", done, 8)
    tap.check(sorted(path.name for path in out.iterdir()) == ["a1.downgrade.sql", "a1.upgrade.sql", "a2.upgrade.sql"],
              "and none for what is refused", sorted(out.iterdir()))
    tap.check((out / "a1.downgrade.sql").read_text() == "DROP TABLE t;\n", "with the statements")
    (box.folder / "plain").write_text("")
    box.check("a folder that can't be", box.strata("render", "a1", "--dialect", "sqlite", "--output", "plain"), 1, err="plain")


def main():
    with Sandbox() as box:
        project(box)
        texts(box)
        refusals(box)
        names(box)
        files(box)
    tap.done()


main()
