#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""New revisions of an Alembic project: its scripts, by its own script.py.mako, and its post-write hooks with consent."""

import tap
from sandbox import Sandbox

TEMPLATE = '''"""${message}

Revises: ${down_revision | comma,n}
"""
revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = ${repr(branch_labels)}
depends_on = ${repr(depends_on)}
'''

HOOKS = """[post_write_hooks]
hooks = mark
mark.type = exec
mark.executable = %(here)s/mark
mark.options = REVISION_SCRIPT_FILENAME "two words"
"""


def make_project(box):
    (box.folder / "strata.ini").unlink()
    (box.folder / "db" / "versions").mkdir(parents=True)
    (box.folder / "alembic.ini").write_text("[alembic]\nscript_location = db\n")
    (box.folder / "db" / "env.py").write_text("")
    (box.folder / "db" / "script.py.mako").write_text(TEMPLATE)
    mark = box.folder / "mark"
    mark.write_text("#!/bin/sh\necho marking \"$2\"\necho '# marked' >> \"$1\"\nexit ${MARK_STATUS:-0}\n")
    mark.chmod(0o755)


def writing(box):
    versions = box.folder / "db" / "versions"
    box.check("revision", box.strata("revision", "-m", "Add it", "--rev-id", "a1"), 0,
              f"  Generating {versions}/a1_add_it.py ...  done\n", "")
    tap.check((versions / "a1_add_it.py").read_text() == '"""Add it\n\nRevises: \n"""\nrevision = \'a1\'\ndown_revision = None\n'
              "branch_labels = None\ndepends_on = None\n", "the script")
    answer = box.strata("revision", "-m", "next", "--rev-id", "b1", "--branch-label", "side", "--json").json
    tap.check(answer == {"revision": "b1", "path": f"{versions}/b1_next.py", "down_revision": ["a1"]}, "as JSON", answer)
    box.check("a new root", box.strata("revision", "-m", "other", "--rev-id", "c1", "--head", "base"), 0)
    box.check("merge", box.strata("merge", "heads", "-m", "join", "--rev-id", "m1"), 0, "m1_join.py ...  done\n", "")
    tap.check("down_revision = ('b1', 'c1')\n" in (versions / "m1_join.py").read_text(), "its parents")
    box.check("history", box.strata("history"), 0, "b1, c1 -> m1 (side) (head) (mergepoint), join\n", "")
    box.check("the same id", box.strata("revision", "--rev-id", "m1", "-m", "x"), 1, "", "Revision m1 is present more than once")
    box.check("SQL wants consent (10)", box.strata("revision", "-m", "x", "--format", "sql"), 10, "", "first .sql revision")
    box.check("models need a database to compare (11)", box.strata("revision", "--autogenerate", "-m", "x"), 11, "", "Which database?")


FAILS = '''from alembic import op
import sqlalchemy as sa
revision = "f1"
down_revision = None

def upgrade():
    op.execute("""
        CREATE TABLE t (x);
        UPDATE t
        SET %s = 1
    """)
    op.execute(
        sa.text("UPDATE t SET %s = 2"))
    for name in ("%s",):
        op.execute(f"UPDATE t\\nSET {name} = 3")
    %s

def downgrade():
    pass
'''


def failing(box):
    """A script that is known before the run, and one that is evaluated while it runs."""
    path = box.folder / "db" / "versions" / "f1.py"
    for live in ("pass", "op.get_bind().execute(sa.text('SELECT 1')).scalar()"):
        for names, place in ((("y", "x", "x"), "9:9"), (("x", "y", "x"), "13:18"), (("x", "x", "y"), "15:1")):
            path.write_text(FAILS % (*names, live))
            box.check(f"an error at {place}", box.strata("upgrade", "--url", "sqlite:///app.db"), 1, None, f"{path}:{place}: no such column: y\n")
    path.unlink()


def mistakes(box):
    template = box.folder / "db" / "script.py.mako"
    before = sorted((box.folder / "db" / "versions").iterdir())
    template.write_text("\n${nobody}\n")
    box.check("a mistake in the template", box.strata("revision", "-m", "x"), 1, "", "db/script.py.mako:2: NameError: Undefined")
    template.write_text("<% from app import name %>\n${name()}\n")
    box.check("a template that asks the application (10)", box.strata("revision", "-m", "x"), 10, "",
              "make the revision with “alembic revision”")
    template.unlink()
    box.check("no template", box.strata("revision", "-m", "x"), 1, "", "“db/script.py.mako” is missing")
    tap.check(sorted((box.folder / "db" / "versions").iterdir()) == before, "nothing was written")
    template.write_text(TEMPLATE)


def hooks(box):
    versions = box.folder / "db" / "versions"
    ini = box.folder / "alembic.ini"
    ini.write_text(ini.read_text() + HOOKS)
    box.check("without consent the hooks are not run (10)", box.strata("revision", "-m", "one", "--rev-id", "h1"), 10,
              "h1_one.py ...  done\n", "“strata trust” shows it and gives consent")
    tap.check("marked" not in (versions / "h1_one.py").read_text(), "the file is there all the same")
    box.check("--no-hooks", box.strata("revision", "-m", "two", "--rev-id", "h2", "--no-hooks"), 0, "h2_two.py ...  done\n", "")
    box.check("--trust", box.strata("revision", "-m", "three", "--rev-id", "h3", "--trust"), 0,
              "  Running post write hook 'mark' in ", "")
    tap.check((versions / "h3_three.py").read_text().endswith("# marked\n"), "it was run")
    done = box.strata("revision", "-m", "four", "--rev-id", "h4", "--trust", MARK_STATUS="3")
    box.check("a hook that fails", done, 1, "marking two words\n", "failed with status 3")
    tap.check((versions / "h4_four.py").exists(), "the file stays")
    tap.check("/mark REVISION_SCRIPT_FILENAME" in box.strata("trust", "--json").out,
              "trust shows the hook")
    box.check("SQL has no hooks", box.strata("revision", "-m", "sql", "--format", "sql", "--mixed"), 0, "Wrote ", "")
    ini.write_text(ini.read_text().replace("mark.type = exec", "mark.type = own"))
    box.check("a hook of env.py's own (10)", box.strata("revision", "-m", "five", "--trust"), 10, None, "only env.py can register")


with Sandbox() as box:
    make_project(box)
    failing(box)
    writing(box)
    mistakes(box)
    hooks(box)
    tap.done()
