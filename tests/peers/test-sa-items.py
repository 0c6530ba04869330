#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Columns, constraints, indexes and tables as scripts write them, evaluated by Strata and by the real Alembic: the
statements of each on PostgreSQL and SQLite, and what is refused by both.

    test-sa-items.py [--show]
"""

import json
import os
import re
import subprocess
import sys
import textwrap
import warnings
from io import StringIO
from pathlib import Path

import tap

if path := os.environ.get("STRATA_TEST_ALEMBIC"):
    sys.path.insert(0, path)

PROGRAM = Path(os.environ["G_TEST_BUILDDIR"]) / "peers" / "sa-items-peer"
CASES = Path(__file__).with_name("sa-items.txt")
PRELUDE = """\
import enum
import sqlalchemy as sa
from sqlalchemy import (CheckConstraint, Column, Computed, DefaultClause, FetchedValue, ForeignKey, ForeignKeyConstraint,
                        Identity, Index, Integer, MetaData, PrimaryKeyConstraint, Sequence, String, Table,
                        UniqueConstraint, text)
from sqlalchemy.dialects import postgresql, mysql, sqlite
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from alembic import op
"""


def read_cases():
    """Scripts, with an empty line between them; "# " begins the name of a group. A line that begins with a bracket is
    the inside of op.create_table("t", ...)."""
    groups, name, lines = {}, None, []
    for line in CASES.read_text().splitlines() + [""]:
        if line.startswith("# "):
            name = line[2:]
        elif line == "" and lines:
            groups.setdefault(name, []).append("\n".join(lines) + "\n")
            lines = []
        elif line.startswith(": "):
            groups.setdefault(name, []).append(f'op.create_table("t", {line[2:]})\n')
        elif line:
            lines.append(line)
    return groups


def theirs(alembic, dialect, source):
    out = StringIO()
    context = alembic.MigrationContext.configure(
        dialect_name=dialect, dialect_opts={"paramstyle": "named"},
        opts={"as_sql": True, "output_buffer": out, "literal_binds": True})
    try:
        with alembic.Operations.context(context):
            exec(PRELUDE + source, {})
        return re.sub(r";\n", ";\n", out.getvalue())
    except Exception as error:
        return f"refused: {type(error).__name__}: {error}"


def fold(text):
    """Statements with their white space folded, literals as they are; those that Alembic prints in no order sorted."""
    parts = re.split(r"('(?:[^']|'')*')", text)
    text = "".join(part if i % 2 else re.sub(r"\s+", " ", part) for i, part in enumerate(parts)).strip()
    statements = [statement.strip() for statement in text.split("; ")]
    loose = re.compile(r"CREATE (UNIQUE )?INDEX|ALTER TABLE \S+ ADD (CONSTRAINT|UNIQUE|FOREIGN|CHECK)")
    return ([s.rstrip(";") for s in statements if not loose.match(s)],
            sorted(s.rstrip(";") for s in statements if loose.match(s)))


def judge(alembic, dialect, source, ours):
    expected = theirs(alembic, dialect, source)
    if expected.startswith("refused") and ours.startswith("refused"):
        kind, rest = expected.split(": ", 2)[1:]
        # Where we know it raises, the words are the same.
        if ours.startswith("refused raises") and kind not in ours and "(in table" not in rest:
            return f"Alembic: {expected}\nStrata:  {ours}" if "--words" in sys.argv else None
        return None
    return None if fold(expected) == fold(ours) else f"Alembic: {expected}\nStrata:  {ours}"


def ask(questions):
    lines = "".join(json.dumps(question) + "\n" for question in questions)
    answer = subprocess.run([PROGRAM], input=lines, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in answer.stdout.splitlines()]


class Alembic:
    def __init__(self):
        from alembic.operations import Operations
        from alembic.runtime.migration import MigrationContext
        import sqlalchemy
        self.Operations, self.MigrationContext, self.version = Operations, MigrationContext, sqlalchemy.__version__


def main():
    warnings.simplefilter("ignore")
    try:
        alembic = Alembic()
    except ImportError:
        alembic = None
    if alembic is None or not alembic.version.startswith("2."):
        tap.skip("the same tables as Alembic", "needs an Alembic on SQLAlchemy 2")
        tap.done()
        return

    tap.note(f"SQLAlchemy {alembic.version}")
    for name, cases in read_cases().items():
        for dialect in ("postgresql", "sqlite"):
            answers = ask([[dialect, PRELUDE + "def upgrade():\n" + textwrap.indent(case, "    ")] for case in cases])
            wrong = []
            for case, answer in zip(cases, answers, strict=True):
                if problem := judge(alembic, dialect, case, answer):
                    wrong.append(f"{case.strip()}\n{problem}")
                if "--show" in sys.argv:
                    print(f"{case.strip()}\n    {answer}")
            tap.check(not wrong, f"{name}: {len(cases)} scripts on {dialect}", *wrong)
    tap.done()


main()
