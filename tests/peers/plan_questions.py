# SPDX-License-Identifier: GPL-3.0-or-later
"""Questions about plans: which ones to ask of a random project, how two answers are compared, how a difference is shown."""

import json

import tap
from random_projects import FORMS


class Question:
    def __init__(self, planner, project, kind, rows, targets, pinned=True):
        self.pinned = pinned
        self.planner, self.files, self.labels = planner, project.files, project.labels
        self.kind, self.rows, self.targets = kind, rows, targets


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
        several = draw.choices(["id", "branch@head", "heads", "base"], k=draw.choice([2, 2, 3]))
        yield "stamp", "several", rows, [FORMS[form](project) for form in several]
        yield "upgrade", "unknown row", (*rows, "nosuchrow"), ["heads"]
        yield "downgrade", "unknown row", (*rows, "nosuchrow"), ["base"]
        yield "show", "current", rows, ["current"]
        yield "current", "current", rows, []
        for _ in range(4):
            yield "history", *history_question(project, rows)
            yield offline_question(project)


def history_question(project, rows):
    draw = project.random
    ends = {"": "", "current": "current", "unknown": "nosuchrevision"}
    for form in ("id", "beginning", "head", "heads", "base", "label", "branch@head", "branch@base", "+N", "-N", "id-N",
                 "id+N", "branch@-N", "branch@+N"):
        ends[form] = FORMS[form](project)
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


def show(answer):
    """An answer on a few lines."""
    if "steps" not in answer:
        return [json.dumps(answer)]
    lines = []
    for step in answer["steps"]:
        edits = " ".join("/".join(edit) for edit in step.get("edits", ()))
        lines.append(f"{step.get('log', step['revision'])!r} {edits}")
    return [*lines, f"then {answer['heads_after']} {answer.get('warning', '')}"]


def show_failure(question, theirs, ours):
    tap.note(f"{question.kind} {question.targets} from {list(question.rows)}")
    for file in question.files:
        tap.note(f"    {file['path'].split('/')[-2]}/{file['id']} < {','.join(file['down'])} "
                 f"^ {','.join(file['depends'])} @ {','.join(file['labels'])}")
    for name, answer in (("Alembic", theirs), ("Strata", ours)):
        for line in show(answer):
            tap.note(f"  {name}: {line}")
