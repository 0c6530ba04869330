# SPDX-License-Identifier: GPL-3.0-or-later
"""Who leads one schema of PostgreSQL to another, on the random pairs of tests/peers: each tool alters a copy of the first, and
pg_dump says whether it then is as the second. What neither side minds is left out: the order of columns, and what the sequence
of an identity column is called."""

import json
import os
import re
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).resolve().parent
WORKERS = 2
LIMIT_SECONDS = 120
STRATA_DIFFERS = 9
OUTCOMES = ("right", "differs", "fails", "crashes")


class Crash(Exception):
    """The tool itself ended badly, before there was anything to run."""


class Failure(Exception):
    """What it wrote does not run."""


def run(*command, **more):
    try:
        return subprocess.run([str(word) for word in command], stdin=subprocess.DEVNULL, capture_output=True, text=True,
                              timeout=LIMIT_SECONDS, **more)
    except subprocess.TimeoutExpired as expired:
        raise Crash(f"no end within {LIMIT_SECONDS} s") from expired


def script_of(*command, well=(0,), **more):
    done = run(*command, **more)
    if done.returncode not in well:
        raise Crash(done.stderr or done.stdout)
    return done.stdout


def execute(script, url):
    done = subprocess.run(["psql", "-qX", "-v", "ON_ERROR_STOP=1", "-f", "-", url], input=script, text=True, capture_output=True)
    if done.returncode != 0:
        raise Failure(done.stderr)


def strata_diff(program, project, copy, target, form):
    return script_of(program, "diff", copy, target, form, "-q", cwd=project, well=(0, STRATA_DIFFERS))


# A tool takes the URLs of the copy and of what it is to become, and a folder of its own.


def strata(program, project):
    def lead(copy, target, folder):
        execute(strata_diff(program, project, copy, target, "--sql"), copy)
    return lead


def migra(programs):
    def lead(copy, target, folder):
        execute(script_of(programs / "migra", copy, target, "--unsafe"), copy)
    return lead


def pg_delta(programs):
    """By its own command, which runs its plan as it wants it to be run."""
    def lead(copy, target, folder):
        plan = folder / "plan.json"
        plan.unlink(missing_ok=True)
        done = run(programs / "pgdelta", "plan", "--source", copy, "--desired", target, "--renames", "off", "--out", plan)
        if done.returncode != 0:
            raise Crash(done.stderr or done.stdout)
        done = run(programs / "pgdelta", "apply", "--plan", plan, "--target", copy, "--allow-data-loss")
        if done.returncode != 0:
            raise Failure(done.stderr or done.stdout)
    return lead


def alembic(environment):
    def lead(copy, target, folder):
        done = run("/usr/bin/python3", HERE / "alembic_differ.py", copy, target, env={**os.environ, **environment})
        if done.returncode == 4:
            raise Failure(done.stderr)
        if done.returncode != 0:
            raise Crash(done.stderr)
    return lead


# Whether they are the same


def entries(url):
    """What pg_dump says of a schema, as pairs of kind and text."""
    done = run("pg_dump", "--schema-only", "--no-owner", "--no-privileges", url)
    if done.returncode != 0:
        raise SystemExit(f"pg_dump failed: {done.stderr}")
    parts = re.split(r"^--\n-- Name: .*; Type: (.*); Schema: .*; Owner:.*\n--\n", done.stdout, flags=re.MULTILINE)
    found = Counter()
    for kind, text in zip(parts[1::2], parts[2::2]):
        lines = [line.rstrip(",") for line in text.splitlines()
                 if line and not re.match(r"--|SET |\\(un)?restrict | *SEQUENCE NAME ", line)]
        is_list = kind == "TABLE" or (kind == "TYPE" and lines[0].endswith(" AS ("))
        found[kind, "\n".join(sorted(lines) if is_list else lines)] += 1
    return found


def different_kinds(copy, target):
    ours, theirs = entries(copy), entries(target)
    return sorted({kind for kind, _ in (ours - theirs) + (theirs - ours)})


def is_same_to_strata(program, project, copy, target):
    return not json.loads(strata_diff(program, project, copy, target, "--json"))["differences"]


class Arena:
    """One server, and for each worker its three databases: the first, the second and the copy."""

    def __init__(self, server, program, project, tools):
        self.server = server
        self.program = program
        self.project = project
        self.tools = tools

    def url(self, database):
        # By TCP, as not all of them can go to a socket.
        return f"postgresql://strata:secret@127.0.0.1:{self.server.facts['port']}/{database}"

    def load(self, database, statements):
        """What the server refuses is left out, as in tests/peers."""
        self.server.create(database)
        done = subprocess.run(["psql", "-qX", "-f", "-", self.url(database)], input=";\n".join(statements) + ";\n", text=True,
                              capture_output=True)
        if done.returncode != 0:
            raise SystemExit(f"psql failed: {done.stderr}")

    def judge(self, tool, copy, target, folder):
        try:
            self.tools[tool](copy, target, folder)
        except Crash as crash:
            return "crashes", str(crash)
        except Failure as failure:
            return "fails", str(failure)
        kinds = different_kinds(copy, target)
        if not kinds and not is_same_to_strata(self.program, self.project, copy, target):
            kinds = ["only Strata sees it"]
        return ("differs", kinds) if kinds else ("right", None)

    def try_pair(self, worker, folder, first, second):
        """For each tool the outcome and its details."""
        a, b, c = (f"{letter}{worker}" for letter in "abc")
        self.load(a, first)
        self.load(b, second)
        results = {}
        for tool in self.tools:
            self.server.sql(f"DROP DATABASE IF EXISTS {c}")
            self.server.sql(f"CREATE DATABASE {c} TEMPLATE {a}")
            results[tool] = self.judge(tool, self.url(c), self.url(b), folder)
        return results

    def try_pairs(self, folder, pairs):
        """The results of all of them, in their order."""
        def part(worker):
            own = folder / f"worker{worker}"
            own.mkdir(exist_ok=True)
            return [self.try_pair(worker, own, *pair) for pair in pairs[worker::WORKERS]]

        with ThreadPoolExecutor(WORKERS) as pool:
            parts = list(pool.map(part, range(WORKERS)))
        return [parts[number % WORKERS][number // WORKERS] for number in range(len(pairs))]


def tell(results, tool):
    """One cell of the table: how often each outcome, and of the second one by kind."""
    outcomes = Counter(result[tool][0] for result in results)
    kinds = Counter(kind for result in results if result[tool][0] == "differs" for kind in result[tool][1])
    words = {"right": "right", "differs": "other than asked, without a word", "fails": "the script fails", "crashes": "no script"}
    text = ", ".join(f"{outcomes[outcome]} {words[outcome]}" for outcome in OUTCOMES if outcomes[outcome] or outcome == "right")
    if kinds:
        text += f" ({', '.join(f'{kind.lower()} {count}' for kind, count in kinds.most_common())})"
    return text


def explain(results, names):
    """What went wrong, for whoever wants to look: to standard error."""
    for name, result in zip(names, results):
        for tool, (outcome, details) in result.items():
            if outcome != "right":
                text = details if isinstance(details, str) else ", ".join(details)
                print(f"  {name}: {tool} {outcome}: {' '.join(text.split())[:300]}", file=sys.stderr)
