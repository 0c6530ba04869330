#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Operations rendered by Strata, beside what the real Alembic prints for the same directives offline. White space is
folded outside of literals; what one refuses, the other has to refuse.

    test-render.py [--seed N] [--random N] [--show]
"""

import argparse
import json
import os
import random
import subprocess
from pathlib import Path

import tap
import alembic_operations as peer
import operation_cases as cases
from same_sql import fold, same

PROGRAM = Path(os.environ["G_TEST_BUILDDIR"]) / "peers" / "render-peer"


# Where Alembic ends with an accident of its own, any answer is good.
DEFECTS = ("NoReferencedTableError", "KeyError: 'name'")


def judge(question, ours):
    """What is wrong with our answer, or None."""
    theirs, error = peer.render(question)
    refused = ours.startswith("refused ")
    if error is not None:
        return None if refused or error.startswith(DEFECTS) else f"Alembic refuses: {error}"
    if refused:
        return f"we refuse: {ours}\nAlembic: {theirs.strip()}"
    return None if same(theirs, ours) else f"Alembic: {fold(theirs)}\nStrata:  {fold(ours)}"


def ask(questions):
    lines = "".join(json.dumps(question) + "\n" for question in questions)
    answer = subprocess.run([PROGRAM], input=lines, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in answer.stdout.splitlines()]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=random.randrange(2**32))
    parser.add_argument("--random", type=int, default=600)
    parser.add_argument("--show", action="store_true")
    args = parser.parse_args()

    tap.note(f"Alembic {peer.VERSION} on SQLAlchemy {peer.sa.__version__}, --seed {args.seed}")
    if not peer.sa.__version__.startswith("2."):
        tap.skip("the same SQL as Alembic", "needs an Alembic on SQLAlchemy 2")
        tap.done()
        return

    groups = cases.all_cases(random.Random(args.seed), args.random)
    for name, questions in groups.items():
        questions = [question | {"dialect": dialect} for question in questions for dialect in ("postgresql", "sqlite")]
        wrong = []
        for question, ours in zip(questions, ask(questions), strict=True):
            if (why := judge(question, ours)) is not None:
                wrong.append(json.dumps(question) + "\n" + why)
        tap.check(not wrong, f"{name}: {len(questions)} questions", *wrong[:None if args.show else 3])
    tap.done()


main()
