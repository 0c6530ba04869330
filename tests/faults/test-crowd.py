#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Eight upgrades of one empty database at the same moment, not all of them to the head: each revision runs once, and each upgrade
succeeds or says that another one is at work.

    test-crowd.py [--rounds N]
"""

import argparse
import collections
from pathlib import Path

import steps
import tap
from servers import postgresql

TARGETS = ["r0004", "heads", "r0007", "heads", "heads", "r0002", "heads", "heads"]
REVISIONS = 12
LOCKED = 6


def crowd_round(folder, environ, read, words):
    """The exit statuses, and what went wrong."""
    runs = [steps.start(folder, environ, "upgrade", target, *words) for target in TARGETS]
    ends = [(run.communicate()[1], run.returncode) for run in runs]
    wrong = [f"status {status}: {said}" for said, status in ends if status not in (0, LOCKED)]
    wrong += [f"locked, but not said clearly: {said}" for said, status in ends if status == LOCKED and "another" not in said.lower()]
    state = read()
    wrong += steps.wrong(state, "any", REVISIONS)
    if "--lock-wait" not in words and steps.number_of(state) != REVISIONS or state.journal:
        wrong.append(f"the end is {state.rows}, journal {state.journal}")
    return [status for _, status in ends], wrong


def crowd(name, rounds, folder, environ, empty, read, *words):
    statuses, wrong = collections.Counter(), []
    for number in range(rounds):
        empty()
        ended, found = crowd_round(folder, environ, read, words)
        statuses.update(ended)
        wrong += [f"round {number}: {sentence}" for sentence in found]
    tap.note(f"{name}: {statuses[0]} succeeded, {statuses[LOCKED]} were told that it is locked")
    tap.check(not wrong and statuses[0] >= rounds, f"{name}: eight upgrades at once, {rounds} times", *wrong[:5])


def on_sqlite(rounds):
    with steps.temporary_folder() as temporary:
        path = Path(temporary, "app.db")
        folder = steps.write_project(Path(temporary, "project"), "any", REVISIONS)
        environ = steps.environment(Path(temporary, "home"), f"sqlite:///{path}")

        def empty():
            for file in path.parent.glob(path.name + "*"):
                file.unlink()

        def read():
            return steps.read_sqlite(path)

        crowd("SQLite", rounds, folder, environ, empty, read)
        crowd("SQLite, nobody waits", rounds // 5, folder, environ, empty, read, "--lock-wait", "0s")


def on_postgresql(rounds):
    with steps.temporary_folder() as temporary, postgresql.server() as server, postgresql.pooler(server) as (pooled, reason):
        folder = steps.write_project(Path(temporary, "project"), "any", REVISIONS)

        def empty():
            server.sql("DROP SCHEMA public CASCADE; CREATE SCHEMA public", "app")

        def read():
            return steps.read_postgresql(server, "app")

        direct = steps.environment(Path(temporary, "home"), server.create("app"))
        crowd("PostgreSQL", rounds, folder, direct, empty, read)
        crowd("PostgreSQL, nobody waits", rounds // 5, folder, direct, empty, read, "--lock-wait", "0s")
        if pooled:
            environ = steps.environment(Path(temporary, "home"), pooled.url("app"))
            crowd("PostgreSQL through pgbouncer", rounds, folder, environ, empty, read)
        else:
            tap.skip("PostgreSQL through pgbouncer", reason)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=50)
    rounds = parser.parse_args().rounds
    on_sqlite(rounds)
    on_postgresql(rounds)
    tap.done()


main()
