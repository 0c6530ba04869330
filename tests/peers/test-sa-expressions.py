#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pieces of Python that build SQL, evaluated by us and by the real SQLAlchemy: what op.execute() prints offline for the
name "result" has to be the same, with white space folded outside of literals; what one refuses, the other has to refuse.
Where we need Python and SQLAlchemy does not is no error, but is counted: --strict shows it.

    test-sa-expressions.py [--strict] [--show] [--seed N] [--random N] [PROGRAM]
"""

import argparse
import io
import json
import os
import random
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


class Random:
    """Python that builds nested expressions, of the columns that the snippets begin with."""

    def __init__(self, seed):
        self.r = random.Random(seed)

    def number(self, depth):
        r = self.r
        if depth <= 0 or r.random() < 0.25:
            return r.choice(["u.id", "u.age", "t.id", "u.price", "u.score", "1", "2.5", "u.untyped", "literal(3)"])
        a, b = self.number(depth - 1), self.number(depth - 1)
        return r.choice([f"({a} + {b})", f"({a} - {b})", f"({a} * {b})", f"({a} / {b})", f"({a} % {b})", f"-({a})",
                         f"func.coalesce({a}, {b})", f"func.abs({a})", f"cast({a}, sa.Integer)",
                         f"case(({self.condition(depth - 1)}, {a}), else_={b})",
                         f"func.length({self.word(depth - 1)})", f"literal_column('x') + ({a})",
                         f"select(func.max({a})).scalar_subquery()"])

    def word(self, depth):
        r = self.r
        if depth <= 0 or r.random() < 0.3:
            return r.choice(["u.name", "u.email", "t.title", "'x'", "u.untyped", "literal('y')", "u.kind"])
        a, b = self.word(depth - 1), self.word(depth - 1)
        return r.choice([f"({a} + {b})", f"func.lower({a})", f"func.concat({a}, {b})", f"cast({self.number(depth - 1)}, sa.String)",
                         f"case(({self.condition(depth - 1)}, {a}), else_={b})", f"func.coalesce({a}, {b})",
                         f"literal({a})" if a.startswith("'") else f"({a}).concat({b})"])

    def column(self, text):
        return f"literal({text})" if text[0] in "'0123456789" else f"({text})"

    def condition(self, depth):
        r = self.r
        if depth <= 0 or r.random() < 0.15:
            return r.choice(["u.active", "u.id == 1", "u.name == None", "true()", "false()", "text('z > 1')",
                             "u.name.is_not(None)", "u.active.is_(True)", "u.active == False"])
        n = self.number(depth - 1)
        w = self.word(depth - 1)
        a, b = self.condition(depth - 1), self.condition(depth - 1)
        operator = r.choice(["==", "!=", "<", ">=", ">"])
        choices = [f"and_({a}, {b})", f"or_({a}, {b})", f"({self.column(n)} {operator} {self.number(depth - 1)})",
                   f"({self.column(w)} == {self.word(depth - 1)})", f"{self.column(w)}.like('a%')",
                   f"{self.column(w)}.contains({self.word(depth - 2)})", f"{self.column(n)}.in_([1, 2])",
                   f"{self.column(n)}.not_in([3])", f"{self.column(n)}.between(1, {self.number(depth - 1)})",
                   f"{self.column(w)}.ilike('b')", f"{self.column(w)}.icontains({self.word(depth - 2)})",
                   f"{self.column(w)}.endswith({self.word(depth - 2)})", f"{self.column(n)}.is_(None)", f"{self.column(w)}.op('~')('x')",
                   f"exists().where({a})",
                   f"{self.column(w)}.startswith('q')", f"and_({a}, {b}, u.id > 0)"]
        if "text(" not in a:
            choices += [f"not_({a})", f"~({a})"]
        return r.choice(choices)

    def statement(self):
        r = self.r
        depth = r.randrange(1, 5)
        return r.choice([
            lambda: f"select(u.id).where({self.condition(depth)})",
            lambda: f"select({self.number(depth)}, {self.word(depth)})" if depth > 1 else "select(u.id)",
            lambda: f"select(u.id, ({self.column(self.number(depth))}).label('n')).order_by('n')",
            lambda: f"update(users).where({self.condition(depth)}).values(age={self.number(depth)}, name={self.word(depth)})",
            lambda: f"select({self.condition(depth)}, u.active, {self.condition(depth)}, {self.number(depth)}, u.id)",
            lambda: f"select(u.id).order_by({self.condition(depth)}, {self.number(depth)})",
            lambda: f"delete(users).where({self.condition(depth)})",
            lambda: f"users.insert().values(id={self.number(1)}, name={self.word(1)}, active={self.condition(depth)})",
            lambda: f"select(u.name, func.count()).group_by(u.name).having({self.condition(depth)})",
        ])()


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
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10 ** 6))
    parser.add_argument("--random", type=int, default=300)
    parser.add_argument("program", nargs="?")
    args = parser.parse_args()

    tap.note(f"Alembic {peer.VERSION} on SQLAlchemy {peer.sa.__version__}, --seed {args.seed}")
    if not peer.sa.__version__.startswith("2."):
        tap.skip("the same SQL as SQLAlchemy", "needs an Alembic on SQLAlchemy 2")
        tap.done()
        return

    program = args.program or Path(os.environ["G_TEST_BUILDDIR"]) / "peers" / "sa-expressions"
    codes = list(read_snippets())
    maker = Random(args.seed)
    codes += [(codes[0][0], "result = " + maker.statement()) for i in range(args.random)]
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
