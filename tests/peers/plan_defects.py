# SPDX-License-Identifier: GPL-3.0-or-later
"""Where Alembic is wrong and Strata answers something else on purpose; docs/alembic-differences.md tells users the same.

Each defect says how it is recognised, and what our answer must be instead: an answer that is merely different is not
excused. Where that can be asked, Alembic itself says what the right answer is, by another question or from its graph.
"""

import re
from collections import namedtuple

Defect = namedtuple("Defect", "why applies")
DEFECTS = {}

RELATIVE = re.compile(r"(?:(?P<branch>.+)@)?(?P<symbol>\w+)?(?P<steps>[+-]\d+)$")


def defect(why):
    def add(function):
        DEFECTS[function.__name__.replace("_", " ")] = Defect(why, function)
        return function
    return add


def explain(question, theirs, ours):
    """The name of the defect that explains this difference, or None."""
    for name, known in DEFECTS.items():
        if known.applies(question, theirs, ours):
            return name
    return None


# What the answers are.

def code(answer):
    return answer.get("error", {}).get("code")


def text(answer):
    return answer.get("error", {}).get("message", "")


def crashed(answer, stage="target"):
    return code(answer) == "crash" and answer["error"]["stage"] == stage


def target_of(question):
    """The target without an offline range's start."""
    return question.targets[0].split(":")[-1] if question.kind.startswith("offline") else question.targets[0]


def rows_of(question):
    if not question.kind.startswith("offline"):
        return question.rows
    start = question.targets[0].split(":")[0] if ":" in question.targets[0] else "base"
    return question.planner.ask("show", (), [start]).get("revisions", ())


def is_a(question, *kinds):
    return question.kind.replace("offline-", "") in kinds


def refused(answer, *codes):
    return code(answer) in codes


# Alembic's graph, asked directly.

def below(question, ids):
    """The revisions and all that they need."""
    graph = question.planner.map
    return {revision.revision for revision in graph._get_ancestor_nodes(graph.get_revisions(tuple(ids)))}


def related(question, id, dependencies=True):
    graph = question.planner.map
    revision = [graph.get_revision(id)]
    return {other.revision for nodes in (graph._get_ancestor_nodes(revision, include_dependencies=dependencies),
                                         graph._get_descendant_nodes(revision, include_dependencies=dependencies))
            for other in nodes}


def uppermost(question, ids):
    """Those that no other one of them needs: what the rows of the version table are."""
    covered = set()
    for id in ids:
        covered |= below(question, [id]) - {id}
    return set(ids) - covered


def directions(answer):
    return [(step["direction"], step["revision"]) for step in answer.get("steps", answer.get("planned", ()))]


def same_steps(question, one, other):
    """In the same order, if Alembic's order is pinned."""
    steps = [directions(one), directions(other)]
    return steps[0] == steps[1] if question.pinned else sorted(steps[0]) == sorted(steps[1])


def well_formed(question, answer):
    """A list of revisions, each before all that it needs."""
    shown = answer.get("revisions")
    if shown is None or len(set(shown)) != len(shown):
        return False
    return all(not (below(question, [late]) - {late}) & set(shown[:number]) for number, late in enumerate(shown))


# Targets.

@defect("an empty target is an AssertionError")
def empty_target(question, theirs, ours):
    return crashed(theirs) and target_of(question) in ("", "@") and refused(ours, "unknown-revision", "usage")


@defect("a relative target that goes past the end is an AssertionError, or base for stamp")
def walk_past_the_end(question, theirs, ours):
    relative = RELATIVE.match(target_of(question))
    if not relative or not refused(ours, "invalid-target") or "Walked too far" not in text(ours):
        return False
    if is_a(question, "upgrade"):
        return crashed(theirs) and relative["symbol"]
    # Down from several heads, some ways may end too early and others be ambiguous: either may be told.
    return is_a(question, "show", "stamp", "purge") and code(theirs) in ("crash", "ambiguous-target", None)


@defect("an upgrade to a relative target that is base is an AssertionError; there is nothing to do")
def relative_upgrade_to_base(question, theirs, ours):
    overlap = "overlaps" in text(ours) and uppermost(question, question.rows) != set(question.rows)
    nothing = ours.get("steps") == [] or overlap
    return is_a(question, "upgrade") and crashed(theirs) and "-" in target_of(question) and nothing


@defect("down from base starts at the heads")
def down_from_base(question, theirs, ours):
    relative = RELATIVE.match(target_of(question))
    return (is_a(question, "upgrade", "downgrade") and relative and relative["symbol"] == "base"
            and relative["steps"][0] == "-" and refused(ours, "invalid-target") and "Walked too far" in text(ours))


@defect("a step down that ends at base is an AttributeError for show and an AssertionError for stamp")
def heads_down_to_base(question, theirs, ours):
    relative = RELATIVE.match(target_of(question))
    if not relative or relative["symbol"] or not crashed(theirs):
        return False
    if is_a(question, "show"):
        return "revisions" in ours
    return is_a(question, "stamp", "purge") and ("steps" in ours or "overlaps" in text(ours))


@defect("down from the heads of a branch that is named by an id is nothing at all")
def heads_of_an_id(question, theirs, ours):
    relative = RELATIVE.match(target_of(question))
    nothing = theirs.get("revisions") == [] or theirs.get("steps") == []
    return (is_a(question, "show", "stamp", "purge") and relative and relative["branch"] and nothing
            and relative["branch"] not in question.labels
            and ("revisions" in ours or "steps" in ours or "Ambiguous walk" in text(ours) or "overlaps" in text(ours)))


@defect("a branch that does not exist is accepted where only base is named, or not checked at all by downgrade")
def unknown_branch(question, theirs, ours):
    branch = target_of(question).rpartition("@")[0]
    if not branch or not refused(ours, "unknown-revision", "ambiguous-target"):
        return False
    try:
        question.planner.map._resolve_branch(branch)
    except Exception:
        return True
    return False


@defect("downgrade looks up branch@id without the branch")
def downgrade_ignores_the_branch(question, theirs, ours):
    branch, _, symbol = target_of(question).rpartition("@")
    if not is_a(question, "downgrade") or not branch or RELATIVE.match(target_of(question)):
        return False
    right = question.planner.ask("show", (), [target_of(question)])
    return code(right) == code(ours) and code(ours) in ("unknown-revision", "invalid-target", "ambiguous-target")


@defect("downgrade branch@head and branch@heads look at all heads")
def downgrade_to_branch_head(question, theirs, ours):
    branch, _, symbol = target_of(question).rpartition("@")
    if not is_a(question, "downgrade") or not branch or symbol not in ("head", "heads"):
        return False
    heads = question.planner.ask("show", (), [target_of(question)]).get("revisions", ())
    if len(heads) > 1:
        real = [head for head in heads if head in question.planner.map._real_heads]
        if len(real) != 1:
            return refused(ours, "several-heads")
        heads = real
    if len(heads) != 1:
        return False
    right = question.planner.ask("downgrade", rows_of(question), [f"{branch}@{heads[0]}"])
    return (code(right) == code(ours) and right.get("heads_after") == ours.get("heads_after")
            and same_steps(question, right, ours))


@defect("downgrade looks up a beginning among all branches")
def downgrade_beginning_in_branch(question, theirs, ours):
    branch, _, symbol = target_of(question).rpartition("@")
    if not is_a(question, "downgrade") or not branch or code(theirs) != "ambiguous-target":
        return False
    found = question.planner.ask("show", (), [target_of(question)])
    right = question.planner.ask("downgrade", rows_of(question), [f"{branch}@{(found.get('revisions') or [''])[0]}"])
    return "revisions" in found and same_steps(question, right, ours) and code(right) == code(ours)


@defect("downgrade -N with several rows warns and takes one of them")
def downgrade_steps_from_several_rows(question, theirs, ours):
    return (is_a(question, "downgrade") and len(question.rows) > 1 and "from multiple heads" in theirs.get("warning", "")
            and refused(ours, "ambiguous-target"))


@defect("downgrade branch@-N is an AssertionError where the branch has no row, or several")
def downgrade_steps_on_a_branch(question, theirs, ours):
    relative = RELATIVE.match(target_of(question))
    return (is_a(question, "downgrade") and crashed(theirs) and relative and relative["branch"] and not relative["symbol"]
            and refused(ours, "invalid-target", "ambiguous-target"))


# The version table.

@defect("an upgrade that merges rows of which one is only implied fails in the version table")
def merge_with_an_implied_row(question, theirs, ours):
    if not is_a(question, "upgrade") or not crashed(theirs, "rows") or "steps" not in ours:
        return False
    applied = below(question, rows_of(question)) | {id for _, id in directions(ours)}
    return same_steps(question, theirs, ours) and set(ours["heads_after"]) == uppermost(question, applied)


@defect("a downgrade leaves a row that another row implies, and the next upgrade refuses")
def downgrade_leaves_implied_rows(question, theirs, ours):
    if not is_a(question, "downgrade") or "steps" not in ours or not same_steps(question, theirs, ours):
        return False
    applied = below(question, rows_of(question)) - {id for _, id in directions(ours)}
    expected = uppermost(question, applied) | set(rows_of(question)) & applied
    return set(ours["heads_after"]) == expected


@defect("stamp with several targets, or with a branch, moves rows that are not related, forgets some, or stops")
def stamp_of_several_targets(question, theirs, ours):
    if not is_a(question, "stamp", "purge"):
        return False
    targets = [target.split(":")[-1] if question.kind.startswith("offline") else target for target in question.targets]
    rows = set() if question.kind == "purge" else set(rows_of(question))
    wanted = []
    kept = set(rows)
    for target in targets:
        found = question.planner.ask("show", (), [target])
        if "revisions" not in found:
            return code(found) == code(ours)
        wanted += found["revisions"]
        if not found["revisions"]:
            branch = target.rpartition("@")[0]
            kept -= related(question, branch) if branch else kept
    if uppermost(question, wanted) != set(wanted):
        return refused(ours, "invalid-target") and "overlaps" in text(ours)
    for id in set(wanted) - rows:
        kept -= related(question, id)
    return len(set(wanted)) + len(targets) > 1 and set(ours.get("heads_after", ())) == kept | set(wanted)


@defect("with --sql, what is not <from>:<to> is a crash")
def offline_range(question, theirs, ours):
    return question.kind.startswith("offline") and code(theirs) == "crash" and refused(ours, "usage")


# Ranges of the history.

@defect("history with nothing applied: current is taken for everything")
def history_of_nothing_applied(question, theirs, ours):
    start, _, end = question.targets[0].partition(":")
    if question.kind != "history" or end != "current" or question.rows:
        return False
    return ours.get("revisions") == [] or "does not refer to ancestor/descendant" in text(ours) or code(ours) == code(
        question.planner.ask("show", (), [start])) or refused(ours, "unknown-revision")


@defect("history: from current to current is an unknown revision")
def history_of_current(question, theirs, ours):
    return (question.kind == "history" and question.targets[0] == "current:current" and refused(theirs, "unknown-revision")
            and set(ours.get("revisions", ())) == set(question.rows))


@defect("history: an end +N does not count from a start -N")
def history_end_from_a_relative_start(question, theirs, ours):
    start, _, end = question.targets[0].partition(":")
    return (question.kind == "history" and start[-2:-1] == "-" and "+" in end and "error" in theirs
            and well_formed(question, ours))


@defect("history: a start below the first revision of a head is an error about 'base' or 'heads', not base")
def history_start_below_base(question, theirs, ours):
    start, _, end = question.targets[0].partition(":")
    relative = RELATIVE.match(start)
    if question.kind != "history" or not relative or relative["symbol"] or "error" not in theirs:
        return False
    base = f"{relative['branch']}@base" if relative["branch"] else "base"
    right = question.planner.ask("history", question.rows, [f"{base}:{end}"])
    return ours.get("revisions") == right.get("revisions") and "revisions" in ours


@defect("history: down from the heads of a branch that is named by an id is base")
def history_start_of_an_id(question, theirs, ours):
    relative = RELATIVE.match(question.targets[0].partition(":")[0])
    return (question.kind == "history" and relative and relative["branch"] and relative["branch"] not in question.labels
            and not relative["symbol"] and "revisions" in theirs
            and (well_formed(question, ours) or code(ours) in ("ambiguous-target", "invalid-target")))


@defect("history: a start like id+1 or id-1 is unknown, though an end may be one")
def history_start_from_a_revision(question, theirs, ours):
    relative = RELATIVE.match(question.targets[0].partition(":")[0])
    return (question.kind == "history" and relative and relative["symbol"] and code(theirs) == "unknown-revision"
            and well_formed(question, ours))


@defect("history: a range that Alembic stops at with an exception")
def history_crash(question, theirs, ours):
    if question.kind != "history" or not crashed(theirs):
        return False
    return well_formed(question, ours) or code(ours) not in (None, "crash")
