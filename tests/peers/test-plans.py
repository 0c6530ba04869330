#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The same plans as Alembic: random projects, states and targets, asked of the real Alembic and of us. Prints TAP.

usage: test-plans.py [--seed N] [--count N] [--unpinned]

Every answer must be the same: the steps and their order, the log line and the edits of the version table of each, the
rows afterwards; or both refuse, with the same kind of error. What differs must be one of the defects of Alembic that
DEFECTS names, and only that. With --unpinned Alembic's sets keep the order that Python's hashing gives them: then any
order that respects the graph is right, and only steps and rows must be the same.
"""

import argparse
import os
import random
import sys
from collections import Counter, defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

import tap

try:
    import alembic_planner
except ImportError as error:
    tap.skip_all(f"no Alembic to compare with: {error}")

from plan_defects import DEFECTS, explain
from plan_peer import Peer
from plan_questions import Question, normal, questions, show_failure
from random_projects import Project

AT_LEAST = 40


class Tally:
    def __init__(self, pinned):
        self.pinned = pinned
        self.asked = Counter()
        self.several_heads = Counter()
        self.errors = Counter()
        self.defects = Counter()
        self.wrong = defaultdict(list)

    def needs_several_heads(self):
        return sum(self.several_heads.values()) < 0.6 * sum(self.asked.values())

    def count(self, kind, form, project_heads, question, theirs, ours):
        self.asked[kind, form] += 1
        self.several_heads[kind] += project_heads > 1
        self.errors[kind] += "error" in theirs
        if normal(question, theirs, self.pinned) == normal(question, ours, self.pinned):
            return True
        if name := explain(question, theirs, ours):
            self.defects[name] += 1
            return True
        self.wrong[kind, form].append((question, theirs, ours))
        return False


def run(seed, count, pinned):
    draw = random.Random(seed)
    peer = Peer()
    tally = Tally(pinned)
    while sum(tally.asked.values()) < count:
        project = Project(draw)
        planner = alembic_planner.Planner(project.files)
        peer.tell(project.files)
        heads = len(planner.map.heads)
        if heads == 1 and tally.needs_several_heads():
            continue
        for kind, form, rows, targets in questions(project, planner):
            question = Question(planner, project, kind, rows, targets, pinned)
            theirs = planner.ask(kind, rows, targets)
            ours = peer.ask(kind=kind, rows=rows, targets=targets)
            tally.count(kind, form, heads, question, theirs, ours)
    tap.check(peer.end() == 0, "our side ends well")
    return tally


def smallest(failures):
    return sorted(failures, key=lambda failure: len(failure[0].files) + len(failure[0].rows))[:2]


def report(tally):
    tap.note(f"{sum(tally.asked.values())} questions, {sum(tally.defects.values())} answers differ by a named defect:")
    for name in DEFECTS:
        tap.note(f"  {tally.defects[name]:6} {name}: {DEFECTS[name].why}")
    by_kind = defaultdict(list)
    for (kind, form), asked in sorted(tally.asked.items()):
        if kind != "history":
            tap.check(not tally.wrong[kind, form], f"{kind}: {form}, as Alembic in {asked} answers")
        by_kind[kind].append(asked)
        for failure in smallest(tally.wrong[kind, form]):
            show_failure(*failure)
    wrong_ranges = sum(len(wrong) for (kind, _), wrong in tally.wrong.items() if kind == "history")
    tap.check(not wrong_ranges, f"history: as Alembic in {sum(by_kind['history'])} answers")
    for kind in ("upgrade", "downgrade"):
        asked = sum(by_kind[kind])
        tap.check(min(by_kind[kind]) >= AT_LEAST, f"{kind}: every form was asked for at least {AT_LEAST} times")
        tap.check(tally.several_heads[kind] * 2 >= asked, f"{kind}: half of the questions had two heads or more")
        tap.check(tally.errors[kind] * 5 >= asked, f"{kind}: a fifth of the questions were errors")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10 ** 9))
    parser.add_argument("--count", type=int, default=10000)
    parser.add_argument("--unpinned", action="store_true")
    options = parser.parse_args()

    tap.note(f"--seed {options.seed} --count {options.count}, Alembic {alembic_planner.VERSION}, "
             f"PYTHONHASHSEED {os.environ.get('PYTHONHASHSEED', 'random')}")
    if not options.unpinned:
        alembic_planner.pin()
    report(run(options.seed, options.count, not options.unpinned))
    tap.done()


main()
