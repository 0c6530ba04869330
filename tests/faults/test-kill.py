#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""kill -9 at random moments of an upgrade: what is left is at a revision's boundary, or at a statement that the journal
names; and the next upgrade finishes.

    test-kill.py [--seed N] [--kills N]
"""

import argparse
import os
import random
import shutil
import signal
import subprocess
import time
from pathlib import Path

import steps
import tap
from servers import postgresql

REVISIONS = 200


class Sqlite:
    dialect = "sqlite"

    def __init__(self, folder, keys="", is_alembic=False):
        write = steps.write_alembic_project if is_alembic else steps.write_project
        self.name = ("Alembic scripts that read, " if is_alembic else "") + "SQLite" \
            + (", its ledger in a file of the user's" if keys else "")
        self.in_flight = 2 if is_alembic and keys else 1
        self.home = folder / "home"
        self.path = folder / "app.db"
        self.url = f"sqlite:///{self.path}"
        self.folder = write(folder / "project", self.dialect, REVISIONS, keys)

    def empty(self):
        shutil.rmtree(self.home, ignore_errors=True)
        for file in self.path.parent.glob(self.path.name + "*"):
            file.unlink()

    def read(self):
        return steps.read_sqlite(self.path, next(self.home.glob("data/strata/ledger/*.db"), None))

    def mend(self, words):
        return False


class Postgresql:
    dialect = "postgresql"
    in_flight = 1

    def __init__(self, folder, server, is_alembic=False):
        write = steps.write_alembic_project if is_alembic else steps.write_project
        self.name = "Alembic scripts that read, PostgreSQL" if is_alembic else "PostgreSQL"
        self.server = server
        self.url = server.create("app")
        self.home = folder / "home"
        self.folder = write(folder / "project", self.dialect, REVISIONS)

    def empty(self):
        self.wait()
        self.server.sql("DROP SCHEMA public CASCADE; CREATE SCHEMA public", "app")

    def wait(self):
        """Until the server has noticed that its client is gone."""
        while self.server.sql("SELECT 1 FROM pg_stat_activity WHERE datname = 'app' AND pid <> pg_backend_pid() LIMIT 1"):
            pass

    def read(self):
        self.wait()
        return steps.read_postgresql(self.server, "app")

    def mend(self, words):
        """The advice for an index whose build was cut off, followed."""
        for index in self.server.sql("SELECT indexrelid::regclass FROM pg_index WHERE NOT indisvalid", "app"):
            self.server.sql(f"DROP INDEX CONCURRENTLY {index}", "app")
            return "DROP INDEX CONCURRENTLY" in words
        return False


def finish(target, environ, state):
    """The next upgrade, with the answers that it asks a person for; the last result and what was answered."""
    answered = []
    for _ in range(3):
        done = steps.run(target.folder, environ, "upgrade")
        if done.returncode != 11:
            break
        if target.mend(done.stderr):
            answered.append("index")
            continue
        revision, (begun, settled) = next(iter(state.journal.items()))
        _, effect = steps.statements(int(revision[1:]), target.dialect)[begun - 1]
        answer = "skip" if effect and steps.has(state, effect) else "repeat"
        answered.append(answer)
        done = steps.run(target.folder, environ, "upgrade", "--interrupted", answer)
        break
    return done, answered


def kill_once(target, environ, delay):
    """Whether it was killed while it ran."""
    process = steps.start(target.folder, environ, "upgrade")
    try:
        process.wait(delay)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
    process.communicate()
    return process.returncode == -signal.SIGKILL


def torture(target, kills, chance):
    target.empty()
    environ = steps.environment(target.home, target.url)
    began = time.monotonic()
    first = steps.run(target.folder, environ, "upgrade")
    length = time.monotonic() - began
    left = steps.wrong(target.read(), target.dialect, REVISIONS, target.in_flight)
    if not tap.check(first.returncode == 0 and not left, f"{target.name}: an upgrade that nobody disturbs", first.stderr, *left):
        return

    killed, torn, unfinished, answers, inside = 0, [], [], [], 0
    target.empty()
    while killed < kills:
        # A survivor is killed again one time in four; its run is shorter.
        rest = 1 - steps.number_of(target.read()) / REVISIONS
        if not kill_once(target, environ, chance.uniform(0, length * rest * 1.05)):
            target.empty()
            continue
        killed += 1
        state = target.read()
        torn += [f"kill {killed}: {words}" for words in steps.wrong(state, target.dialect, REVISIONS, target.in_flight)]
        inside += bool(state.journal)
        if not state.journal and chance.random() < 0.25:
            continue
        done, answered = finish(target, environ, state)
        answers += answered
        state = target.read()
        left = steps.wrong(state, target.dialect, REVISIONS, target.in_flight)
        if done.returncode != 0 or left or steps.number_of(state) != REVISIONS or state.journal:
            unfinished.append(f"kill {killed}: status {done.returncode} {left} {state.journal}\n{done.stderr}")
        target.empty()

    tap.note(f"{target.name}: {killed} kills in {time.monotonic() - began:.0f} s, {inside} of them in transaction=off;"
             f" answers needed: {', '.join(f'{answer} {answers.count(answer)}' for answer in sorted(set(answers))) or 'none'}")
    tap.check(not torn, f"{target.name}: each kill leaves a boundary, or a statement that the journal names", *torn[:5])
    tap.check(not unfinished, f"{target.name}: the next upgrade finishes", *unfinished[:3])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10 ** 6))
    parser.add_argument("--kills", type=int, default=200 if os.environ.get("STRATA_TEST_LONG") else 60)
    options = parser.parse_args()
    tap.note(f"seed {options.seed}")
    chance = random.Random(options.seed)

    for keys in "", "ledger = local\n":
        for is_alembic in False, True:
            with steps.temporary_folder() as temporary:
                torture(Sqlite(Path(temporary), keys, is_alembic), options.kills // (1 + is_alembic), chance)
    with postgresql.server() as server:
        for is_alembic in False, True:
            with steps.temporary_folder() as temporary:
                torture(Postgresql(Path(temporary), server, is_alembic), options.kills // (1 + is_alembic), chance)
    tap.done()


main()
