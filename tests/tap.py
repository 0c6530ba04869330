# SPDX-License-Identifier: GPL-3.0-or-later
"""TAP, the text that every test of Strata prints: written by the tests in Python, read by tests/run.

A test imports it (sys.path has tests/ in it when meson starts the test), reports case by case, and ends with done():

    import tap

    tap.check(answer == 42, "the answer is right", f"got {answer}")
    tap.skip("the answer on PostgreSQL", "no server")
    tap.done()
"""

import re
import sys
from collections import namedtuple

Result = namedtuple("Result", "state name reason")    # state: passed, failed, skipped

_count = 0
_failed = 0


def note(text):
    for line in str(text).splitlines():
        print(f"# {line}", flush=True)


def check(condition, name, *details):
    """One case. The details are printed only where it failed, above its line."""
    global _count, _failed
    _count += 1
    if not condition:
        _failed += 1
        for detail in details:
            note(detail)
    print(f"{'ok' if condition else 'not ok'} {_count} - {name}", flush=True)
    return bool(condition)


def skip(name, reason):
    global _count
    _count += 1
    print(f"ok {_count} - {name} # SKIP {reason}", flush=True)


def skip_all(reason):
    print(f"1..0 # SKIP {reason}", flush=True)
    sys.exit(0)


def done():
    print(f"1..{_count}", flush=True)
    sys.exit(1 if _failed else 0)


_CASE = re.compile(r"(not )?ok\b\s*(\d+)?\s*(?:-\s+)?(.*?)\s*(?:#\s*(SKIP|TODO)\S*\s*(.*))?$", re.IGNORECASE)
_PLAN = re.compile(r"1\.\.(\d+)\s*(?:#\s*SKIP\S*\s*(.*))?$", re.IGNORECASE)


def read(text, program):
    """The results in the output of one program; a program that stopped before its plan was fulfilled has failed."""
    results = []
    planned = None
    last_words = None
    for line in text.splitlines():
        if case := _CASE.match(line):
            bad, _, name, word, reason = case.groups()
            state = "skipped" if word and word.upper() == "SKIP" else "failed" if bad and not word else "passed"
            results.append(Result(state, name or program, reason or ""))
        elif plan := _PLAN.match(line):
            planned = int(plan[1])
            if planned == 0:
                return [Result("skipped", program, plan[2] or "nothing to test")]
        elif line.startswith("Bail out!"):
            last_words = line
    # A failed assertion of GLib's is a failed case and the end of the program: one failure, not two.
    if (planned is None or len(results) < planned) and not (last_words and results and results[-1].state == "failed"):
        wanted = "an unknown number of" if planned is None else planned
        results.append(Result("failed", program, last_words or f"ended after {len(results)} of {wanted} cases"))
    return results
