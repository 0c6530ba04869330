#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Operations that Strata writes as Python, run by the real Alembic: to the same SQL as the same directive with the same
arguments. Queries and expressions that are built in Python are refused.

    test-write.py [--seed N] [--random N] [--show]
"""

import argparse
import json
import os
import random
import subprocess
from collections import Counter
from pathlib import Path

import tap
import alembic_operations as peer
import operation_cases as cases
from same_sql import same

PROGRAM = Path(os.environ["G_TEST_BUILDDIR"]) / "peers" / "write-peer"

# These may be refused: Alembic's autogenerate does not write them either.
FREELY_REFUSED = ("execute can't", "an expression", "a query", "a default of Python's own", "not known what it is called", "an index within")


def ask(questions):
    lines = "".join(json.dumps(question) + "\n" for question in questions)
    answer = subprocess.run([PROGRAM], input=lines, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in answer.stdout.splitlines()]


def as_function(answer):
    return f"from alembic import op\nimport sqlalchemy as sa\n{answer['imports']}\n\ndef upgrade():\n    {answer['body']}\n"


def judge(question, answer):
    """What is wrong with our answer, or None."""
    if "error" in answer:
        return None if any(words in answer["error"] for words in FREELY_REFUSED) else f"we refuse: {answer['error']}"
    theirs, their_error = peer.render(question)
    ours, our_error = peer.render(question, as_function(answer))
    if their_error is not None:
        return None
    if our_error is not None:
        return f"{as_function(answer)}ends with: {our_error}\nAlembic: {theirs}"
    return None if same(theirs, ours) else f"{as_function(answer)}Alembic: {theirs}\nStrata:  {ours}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=random.randrange(2**32))
    parser.add_argument("--random", type=int, default=300)
    parser.add_argument("--show", action="store_true")
    args = parser.parse_args()

    tap.note(f"Alembic {peer.VERSION} on SQLAlchemy {peer.sa.__version__}, --seed {args.seed}")
    if not peer.sa.__version__.startswith("2."):
        tap.skip("the same SQL as Alembic", "needs an Alembic on SQLAlchemy 2")
        tap.done()
        return

    groups = cases.all_cases(random.Random(args.seed), args.random)
    refused = Counter()
    for name, questions in groups.items():
        questions = [question | {"dialect": dialect, "batch": batch} for question in questions
                     for dialect, batch in (("postgresql", False), ("postgresql", True), ("sqlite", False))]
        wrong = []
        answers = ask(questions)
        for question, answer in zip(questions, answers, strict=True):
            if (why := judge(question, answer)) is not None:
                wrong.append(json.dumps(question) + "\n" + why)
            refused[name] += "error" in answer
        tap.check(not wrong, f"{name}: {len(questions)} questions, {refused[name]} refused", *wrong[:None if args.show else 2])
    tap.done()


main()
