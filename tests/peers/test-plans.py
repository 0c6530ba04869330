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
import json
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
from random_projects import FORMS, Project

AT_LEAST = 40


def normal_edits(edits):
    """Which row of several is updated and which are deleted is a matter of hashing: what comes and goes is not."""
    return (len(edits), sorted(edit[1] for edit in edits), sorted(edit[2] for edit in edits))


def normal(question, answer, pinned):
    if "error" in answer:
        # A range has two ends; where both are wrong, either may be told first.
        two_ends = question.kind == "history" or question.kind.startswith("offline")
        return "refused" if two_ends and answer["error"]["code"] != "crash" else answer["error"]["code"]
    if "revisions" in answer:
        # What is current is a set of objects for Alembic: its order is that of addresses in memory.
        return answer["revisions"] if pinned and question.kind != "current" else sorted(answer["revisions"])
    if question.kind == "purge":
        # Our plan drops the old rows one by one; Alembic has emptied the table before it plans.
        answer = dict(answer, steps=[step for step in answer["steps"] if step["revision"] is not None])
    steps = [(step["direction"], step["revision"], step["log"] if pinned else "", normal_edits(step["edits"]))
             for step in answer["steps"]]
    if pinned:
        return steps, answer["heads_after"]
    return sorted((step[0], step[1] or "") for step in steps), answer["heads_after"]


def reachable_states(planner, project, wanted):
    """Rows that real commands lead to, from an empty table on; the empty table is one of them."""
    states = [()]
    rows = ()
    for _ in range(wanted * 4):
        kind = project.random.choice(["upgrade", "upgrade", "upgrade", "upgrade", "downgrade", "stamp"])
        form = project.random.choice(["id", "id", "heads", "branch@head", "+N", "id-N", "branch@-N", "-N"])
        answer = planner.ask(kind, rows, [FORMS[form](project)])
        if "steps" in answer and "warning" not in answer and not overlaps(planner, answer["heads_after"]):
            rows = tuple(answer["heads_after"])
            if rows not in states:
                states.append(rows)
        if len(states) >= wanted:
            break
    return states


def overlaps(planner, rows):
    """Alembic itself sometimes leaves a row that another one implies; those states are asked for apart."""
    above = set()
    for row in rows:
        for revision in planner.map._get_ancestor_nodes(planner.map.get_revisions([row])):
            if revision.revision != row:
                above.add(revision.revision)
    return bool(above & set(rows))


def questions(project, planner):
    """(kind, form, rows, targets), in random order."""
    draw = project.random
    states = reachable_states(planner, project, 6)
    if len(project.ids) > 1 and draw.random() < 0.1:
        states.append(tuple(sorted(draw.sample(project.ids, 2))))
    for rows in states:
        for form, make in FORMS.items():
            for kind in ("upgrade", "downgrade"):
                yield kind, form, rows, [make(project)]
            if draw.random() < 0.5:
                yield draw.choice(["stamp", "purge"]), form, rows, [make(project)]
                yield "show", form, rows, [make(project)]
        yield "stamp", "several", rows, [FORMS[draw.choice(["id", "branch@head", "heads", "base"])](project)
                                         for _ in range(draw.choice([2, 2, 3]))]
        yield "upgrade", "unknown row", (*rows, "nosuchrow"), ["heads"]
        yield "downgrade", "unknown row", (*rows, "nosuchrow"), ["base"]
        yield "show", "current", rows, ["current"]
        yield "current", "current", rows, []
        for _ in range(4):
            yield "history", *history_question(project, rows)
            yield offline_question(project)


def history_question(project, rows):
    draw = project.random
    ends = {"": "", "id": project.id(), "beginning": project.beginning(), "head": "head", "heads": "heads", "base": "base",
            "current": "current", "label": FORMS["label"](project), "branch@head": FORMS["branch@head"](project),
            "branch@base": FORMS["branch@base"](project), "+N": FORMS["+N"](project), "-N": FORMS["-N"](project),
            "id-N": FORMS["id-N"](project), "id+N": FORMS["id+N"](project), "branch@-N": FORMS["branch@-N"](project),
            "branch@+N": FORMS["branch@+N"](project), "unknown": "nosuchrevision"}
    start, end = draw.choice(list(ends)), draw.choice(list(ends))
    separator = draw.choice([":"] * 12 + ["", "::"])
    return f"{start}{separator}{end}", rows, [f"{ends[start]}{separator}{ends[end]}"]


def offline_question(project):
    draw = project.random
    kind = draw.choice(["offline-upgrade", "offline-downgrade", "offline-stamp"])
    start = draw.choice([project.id(), project.id(), "base", "head", project.symbol(), "nosuchrevision"])
    form = draw.choice(list(FORMS))
    target = FORMS[form](project)
    return kind, form, (), [draw.choice([f"{start}:{target}", f"{start}:{target}", target])]


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


def show(answer):
    """An answer on a few lines."""
    if "steps" not in answer:
        return [json.dumps(answer)]
    return [f"{step['log']!r} {' '.join('/'.join(edit) for edit in step['edits'])}" for step in answer["steps"]] + [
        f"then {answer['heads_after']} {answer.get('warning', '')}"]


def show_failure(question, theirs, ours):
    tap.note(f"{question.kind} {question.targets} from {list(question.rows)}")
    for file in question.files:
        tap.note(f"    {file['path'].split('/')[-2]}/{file['id']} < {','.join(file['down'])} "
                 f"^ {','.join(file['depends'])} @ {','.join(file['labels'])}")
    for name, answer in (("Alembic", theirs), ("Strata", ours)):
        for line in show(answer):
            tap.note(f"  {name}: {line}")


class Question:
    def __init__(self, planner, project, kind, rows, targets):
        self.planner, self.files, self.labels = planner, project.files, project.labels
        self.kind, self.rows, self.targets = kind, rows, targets


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
            question = Question(planner, project, kind, rows, targets)
            tally.count(kind, form, heads, question, planner.ask(kind, rows, targets), peer.ask(kind=kind, rows=rows, targets=targets))
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
