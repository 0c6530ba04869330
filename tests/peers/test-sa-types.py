#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Types as scripts write them, evaluated by Strata and by the real SQLAlchemy: the words of each on PostgreSQL and SQLite,
and what is refused by both.

    test-sa-types.py [--show]
"""

import importlib
import json
import os
import subprocess
import sys
from pathlib import Path

import tap

if path := os.environ.get("STRATA_TEST_ALEMBIC"):
    sys.path.insert(0, path)

PROGRAM = Path(os.environ["G_TEST_BUILDDIR"]) / "peers" / "sa-types-peer"
CASES = Path(__file__).with_name("sa-types.txt")
PRELUDE = """\
import enum
import uuid
import datetime
import sqlalchemy as sa
from sqlalchemy import types, text
from sqlalchemy.types import TypeDecorator, UserDefinedType
from sqlalchemy.dialects import postgresql, mysql, sqlite, mssql, oracle
class Colour(enum.Enum):
    red = 'r'
    green = 'g'
    crimson = 'r'
class Text(str, enum.Enum):
    A = 'a-value'
    B = 'b'
"""


def read_cases():
    """Pieces of Python, each an expression, or several lines that end with one; "#" begins the name of a group."""
    groups, name, lines = {}, None, []
    for line in CASES.read_text().splitlines() + ["# "]:
        if line.startswith("# "):
            name = line[2:]
        elif line == "":
            continue
        elif line.startswith(("    ", "@", "class ", "def ")) or line.endswith("\\"):
            lines.append(line.rstrip("\\"))
        else:
            groups.setdefault(name, []).append("\n".join([*lines, "result = " + line]) + "\n")
            lines = []
    return groups


def theirs(sa, dialect, source):
    names = {}
    try:
        exec(PRELUDE + source, names)
        result = names["result"]
        if isinstance(result, sa.types.TypeEngine) or (isinstance(result, type) and issubclass(result, sa.types.TypeEngine)):
            if isinstance(result, type):
                result = result()
            # The way of CREATE TABLE, where variants count.
            return dialect.type_compiler_instance.process(result, type_expression=None)
        return repr(result)
    except Exception as error:
        return f"refused: {type(error).__name__}: {error}"


def is_refusal(text):
    return text.startswith(("refused: ", "raises:", "unsupported"))


def judge(sa, dialect, source, ours):
    expected = theirs(sa, dialect, source)
    if is_refusal(expected) and is_refusal(ours):
        return None
    return None if expected == ours else f"SQLAlchemy: {expected}\nStrata:     {ours}"


def ask(questions):
    lines = "".join(json.dumps(question) + "\n" for question in questions)
    answer = subprocess.run([PROGRAM], input=lines, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in answer.stdout.splitlines()]


def main():
    try:
        import sqlalchemy as sa
        from sqlalchemy.dialects import postgresql, sqlite
    except ImportError:
        sa = None
    if sa is None or not sa.__version__.startswith("2."):
        tap.skip("the same types as SQLAlchemy", "needs SQLAlchemy 2")
        tap.done()
        return

    tap.note(f"SQLAlchemy {sa.__version__}")
    for name, cases in read_cases().items():
        if name.startswith("library "):
            library = name.removeprefix("library ")
            try:
                importlib.import_module(library)
            except ImportError:
                tap.skip(name, "not installed")
                continue
            cases = [f"import {library} as lib\n" + case for case in cases]
        for dialect in (postgresql.dialect(), sqlite.dialect()):
            answers = ask([[dialect.name, PRELUDE + case] for case in cases])
            wrong = []
            for case, answer in zip(cases, answers):
                problem = judge(sa, dialect, case, answer)
                if problem:
                    wrong.append(f"{case.strip()}\n{problem}")
                if "--show" in sys.argv:
                    print(f"{case.strip()}\n    {answer}")
            tap.check(not wrong, f"{name}: {len(cases)} types of {dialect.name}", *wrong)
    tap.done()


main()
