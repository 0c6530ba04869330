#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pieces of Python that build SQL, evaluated by us and by the real SQLAlchemy: what op.execute() prints offline for the
name "result" has to be the same, with white space folded outside of literals; what one refuses, the other has to refuse.
Where we need Python and SQLAlchemy does not is no error, but is counted: --strict shows it.

    test-sa-expressions.py [--strict] [--show] [PROGRAM]
"""

import argparse
import io
import json
import os
import re
import subprocess
from pathlib import Path

import tap
import alembic_operations as peer
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext

FOLDER = Path(__file__).parent


def fold(text):
    parts = re.split(r"('(?:[^']|'')*')", text)
    return "".join(part if i % 2 else re.sub(r"\s+", " ", part) for i, part in enumerate(parts)).strip().rstrip(";").strip()


def theirs(dialect, code):
    """The text, or the exception."""
    out = io.StringIO()
    opts = {"as_sql": True, "output_buffer": out, "literal_binds": True}
    context = MigrationContext.configure(dialect_name=dialect, dialect_opts={"paramstyle": "named"}, opts=opts)
    operations = Operations(context)
    names = {"__name__": "test"}
    try:
        exec(compile(code, "test.py", "exec"), names)
        operations.execute(names["result"])
    except Exception as error:
        return None, f"{type(error).__name__}: {error}"
    return out.getvalue(), None


def read_snippets():
    """Lines before the first "====" come before each snippet; a snippet of one line is the result itself."""
    before, rest = (FOLDER / "sa-expressions.txt").read_text().split("====\n", 1)
    for paragraph in re.split(r"\n\s*\n", rest.strip("\n")):
        lines = [line for line in paragraph.split("\n") if not line.startswith("# ")]
        if any(re.match(r"\s*result\s*=", line) for line in lines):
            yield before, "\n".join(lines)
            continue
        for line in lines:
            yield before, "result = " + line


def ask(program, questions):
    lines = "".join(json.dumps(question) + "\n" for question in questions)
    answer = subprocess.run([program], input=lines, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in answer.stdout.splitlines()]


def judge(question, ours):
    """What is wrong, and whether we only know less."""
    text, error = theirs(**question)
    refused = ours.startswith("refused")
    if error is not None:
        return (None if refused else f"SQLAlchemy refuses: {error}\nStrata: {ours}"), False
    if refused:
        return f"we refuse: {ours}\nSQLAlchemy: {fold(text)}", ours.startswith("refused needs-python")
    return (None if fold(text) == fold(ours) else f"SQLAlchemy: {fold(text)}\nStrata:     {fold(ours)}"), False


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--strict", action="store_true")
    parser.add_argument("--show", action="store_true")
    parser.add_argument("program", nargs="?")
    args = parser.parse_args()

    tap.note(f"Alembic {peer.VERSION} on SQLAlchemy {peer.sa.__version__}")
    if not peer.sa.__version__.startswith("2."):
        tap.skip("the same SQL as SQLAlchemy", "needs an Alembic on SQLAlchemy 2")
        tap.done()
        return

    program = args.program or Path(os.environ["G_TEST_BUILDDIR"]) / "peers" / "sa-expressions"
    codes = list(read_snippets())
    for dialect in ("postgresql", "sqlite"):
        questions = [{"dialect": dialect, "code": before + code} for before, code in codes]
        wrong, unknown = [], 0
        for question, ours, (_, code) in zip(questions, ask(program, questions), codes, strict=True):
            why, is_unknown = judge(question, ours)
            unknown += is_unknown
            if why is not None and (args.strict or not is_unknown):
                wrong.append(f"{code}\n{why}\n")
        tap.note(f"{dialect}: {unknown} of {len(codes)} need Python")
        tap.check(not wrong, f"{dialect}: {len(questions)} pieces of Python", *wrong[:None if args.show else 5])
    tap.done()


main()
