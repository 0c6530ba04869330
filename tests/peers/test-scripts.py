#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The insides of upgrade() of whole scripts, rendered by "strata render" and by the real Alembic offline.

    test-scripts.py [--show]
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import warnings
from io import StringIO
from pathlib import Path

import tap

if path := os.environ.get("STRATA_TEST_ALEMBIC"):
    sys.path.insert(0, path)

STRATA = os.environ["STRATA"]
CASES = Path(__file__).with_name("scripts.txt")
PRELUDE = """\
import datetime
import sqlalchemy as sa
from sqlalchemy.dialects import mysql, postgresql, sqlite
from alembic import op
revision = {revision!r}
down_revision = {down!r}
def upgrade():
"""


def read_cases():
    """Scripts, with an empty line between them; "# " begins the name of a group."""
    groups, name, lines = {}, None, []
    for line in CASES.read_text().splitlines() + [""]:
        if line.startswith("# "):
            name = line[2:]
        elif line == "" and lines:
            groups.setdefault(name, []).append("".join(f"    {line}\n" for line in lines))
            lines = []
        elif line:
            lines.append(line)
    return groups


def ours(folder, dialect, cases):
    """The SQL of each, or "refused" and why."""
    versions = folder / "versions"
    versions.mkdir(parents=True)
    (folder / "alembic.ini").write_text("[alembic]\nscript_location = %(here)s\n")
    (folder / "env.py").write_text("")
    for i, case in enumerate(cases):
        head = PRELUDE.format(revision=f"r{i:04}", down=f"r{i - 1:04}" if i else None)
        (versions / f"r{i:04}.py").write_text(head + case)
    answer = subprocess.run([STRATA, "-c", folder / "alembic.ini", "render", "--all", "--dialect", dialect, "--output",
                             folder / "out", "--json"], capture_output=True, text=True)
    refused = {finding["revision"]: finding for finding in json.loads(answer.stdout)["refused"]}
    for i in range(len(cases)):
        finding = refused.get(f"r{i:04}")
        yield (f"refused {finding['code']}: {finding['message']}" if finding
               else (folder / "out" / f"r{i:04}.upgrade.sql").read_text())


def theirs(dialect, case):
    from alembic.operations import Operations
    from alembic.runtime.migration import MigrationContext
    out, names = StringIO(), {"__file__": "script.py"}
    context = MigrationContext.configure(dialect_name=dialect, dialect_opts={"paramstyle": "named"},
                                         opts={"as_sql": True, "output_buffer": out, "literal_binds": True})
    exec(PRELUDE.format(revision="r", down=None) + case, names)
    try:
        with Operations.context(context):
            names["upgrade"]()
        return out.getvalue()
    except Exception as error:
        return f"refused: {type(error).__name__}: {error}"


def fold(text):
    parts = re.split(r"('(?:[^']|'')*')", text)
    return "".join(part if i % 2 else re.sub(r"\s+", " ", part) for i, part in enumerate(parts)).strip()


def same(expected, answer):
    return (expected.startswith("refused") and answer.startswith("refused")) or fold(expected) == fold(answer)


def main():
    warnings.simplefilter("ignore")
    try:
        import alembic  # noqa: F401
        import sqlalchemy
    except ImportError:
        sqlalchemy = None
    if sqlalchemy is None or not sqlalchemy.__version__.startswith("2."):
        tap.skip("the same scripts as Alembic", "needs an Alembic on SQLAlchemy 2")
        tap.done()
        return

    for name, cases in read_cases().items():
        for dialect in ("postgresql", "sqlite"):
            with tempfile.TemporaryDirectory() as folder:
                answers = list(ours(Path(folder) / "alembic", dialect, cases))
            pairs = [(case, theirs(dialect, case), answer) for case, answer in zip(cases, answers, strict=True)]
            wrong = [f"{case}Alembic: {a}\nStrata:  {b}" for case, a, b in pairs if not same(a, b)]
            tap.check(not wrong, f"{name}, {dialect}: {len(cases)} scripts", *wrong[:None if "--show" in sys.argv else 3])
    tap.done()


main()
