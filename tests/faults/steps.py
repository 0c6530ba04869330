# SPDX-License-Identifier: GPL-3.0-or-later
"""A project of many revisions whose every statement can be seen in the database afterwards, for tests that cut runs off.

Revision r0007 makes the table t_0007 and notes itself in the table "ran"; one in twenty does so outside of a transaction,
in five statements. Those that a server's state does not tell about (VACUUM) have no effect that is looked for. The
dialect "any" stands for a project without such ones, that runs everywhere.
"""

import os
import sqlite3
import subprocess
import tempfile
from collections import Counter, namedtuple
from contextlib import closing
from pathlib import Path

STRATA = os.environ["STRATA"]

# What was seen: version rows, the names of tables and indexes, how often each line of "ran" is there, and per revision
# (begun, done) of journal entries that are not done.
State = namedtuple("State", "rows names ran journal")


def temporary_folder():
    """In memory where there is room for that: hundreds of thousands of commits need no disk to be cut off."""
    return tempfile.TemporaryDirectory(dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None)


def is_alone(number, dialect):
    return dialect != "any" and number % 20 == 3


def statements(number, dialect):
    """(text, the effect that is seen or None) of each statement of an upgrade."""
    name = f"{number:04}"
    table = (f"CREATE TABLE t_{name} (id INTEGER)", f"t_{name}")
    note = (f"INSERT INTO ran VALUES ('{name}')", f"ran {name}")
    if number == 0:
        return [("CREATE TABLE ran (what TEXT)", "ran"), table, note]
    if not is_alone(number, dialect):
        return [table, note]
    last = (f"CREATE TABLE u_{name} (id INTEGER)", f"u_{name}")
    if dialect == "sqlite":
        return [table, note, ("VACUUM", None), (f"INSERT INTO ran VALUES ('{name} again')", f"ran {name} again"), last]
    return [table, note,
            (f"CREATE INDEX CONCURRENTLY i_{name} ON t_{name} (id)", f"i_{name}"),
            (f"DO $$ BEGIN INSERT INTO ran VALUES ('{name} again'); END $$", f"ran {name} again"), last]


def write_revisions(folder, *scripts, alone=lambda number: False, keys=""):
    """r0000, r0001 and so on, in a line."""
    (folder / "versions").mkdir(parents=True)
    (folder / "strata.ini").write_text("[strata]\nscript_location = %(here)s\n" + keys)
    for number, text in enumerate(scripts):
        (folder / "versions" / f"r{number:04}_step.sql").write_text(
            f"-- step {number}\n--\n-- Revision: r{number:04}\n-- Revises: {f'r{number - 1:04}' if number else ''}\n\n"
            f"-- strata:upgrade{' transaction=off' if alone(number) else ''}\n{text}\n")
    return folder


def write_project(folder, dialect, count, keys=""):
    scripts = [";\n".join(text for text, _ in statements(number, dialect)) + ";" for number in range(count)]
    return write_revisions(folder, *scripts, alone=lambda number: is_alone(number, dialect), keys=keys)


SCRIPT = """import sqlalchemy as sa
from alembic import op
revision = "r{number:04}"
down_revision = {before}


def upgrade():
{body}
"""


def write_script(number, dialect):
    """As an Alembic script; one that leaves its transaction reads the database before that, in it and behind it."""
    calls = [f"op.execute({text!r})" for text, _ in statements(number, dialect)]
    body = calls
    if is_alone(number, dialect):
        read = "assert op.get_bind().execute(sa.text(\"SELECT 1 FROM ran WHERE what = '{:04}'\")).scalar() == 1"
        body = [read.format(number - 1), *calls[:2], "with op.get_context().autocommit_block():",
                "    " + read.format(number), *("    " + call for call in calls[2:4]), read.format(number), *calls[4:]]
    before = repr(f"r{number - 1:04}") if number else None
    return SCRIPT.format(number=number, before=before, body="\n".join("    " + line for line in body))


def write_alembic_project(folder, dialect, count, keys=""):
    versions = folder / "migrations" / "versions"
    versions.mkdir(parents=True)
    (folder / "alembic.ini").write_text("[alembic]\nscript_location = %(here)s/migrations\n")
    (folder / "strata.ini").write_text("[strata]\n" + (keys or "ledger = table\n"))
    (folder / "migrations" / "env.py").write_text(
        "import os\nfrom alembic import context\nfrom sqlalchemy import create_engine\n"
        "with create_engine(os.environ['DATABASE_URL']).connect() as connection:\n"
        "    context.configure(connection=connection, transaction_per_migration=True)\n"
        "    with context.begin_transaction():\n        context.run_migrations()\n")
    for number in range(count):
        (versions / f"r{number:04}_step.py").write_text(write_script(number, dialect))
    return folder


def environment(home, url):
    return {**os.environ, "HOME": str(home), "XDG_DATA_HOME": f"{home}/data", "XDG_STATE_HOME": f"{home}/state",
            "DATABASE_URL": url}


def run(folder, environ, *words, **options):
    return subprocess.run([STRATA, *words], cwd=folder, env=environ, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True, **options)


def start(folder, environ, *words, **options):
    return subprocess.Popen([STRATA, *words], cwd=folder, env=environ, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE, text=True, **options)


JOURNAL = "SELECT revision, begun, done, state FROM strata_ledger ORDER BY id"


def journal_of(entries):
    """The last word on each revision, where it is not that it is done."""
    last = {revision: (int(begun), int(done), state) for revision, begun, done, state in entries}
    return {revision: (begun, done) for revision, (begun, done, state) in last.items() if state != "done"}


def read_names(database):
    return {name for name, in database.execute("SELECT name FROM sqlite_schema")}


def read_journal(database):
    """A kill may come before it has its table."""
    return database.execute(JOURNAL).fetchall() if "strata_ledger" in read_names(database) else []


def read_sqlite(path, ledger=None):
    """With ledger: the file that has the journal instead of the database."""
    if not Path(path).exists():
        return State([], set(), Counter(), {})
    with closing(sqlite3.connect(path, timeout=30)) as database:
        names = read_names(database)
        rows = [row for row, in database.execute("SELECT version_num FROM alembic_version")] \
            if "alembic_version" in names else []
        ran = Counter(what for what, in database.execute("SELECT what FROM ran")) if "ran" in names else Counter()
        entries = read_journal(database)
    if ledger is not None and ledger.exists():
        with closing(sqlite3.connect(ledger, timeout=30)) as store:
            entries = read_journal(store)
    return State(rows, names, ran, journal_of(entries))


def read_postgresql(server, database):
    names = set(server.sql("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace", database))
    parts = []
    if "alembic_version" in names:
        parts.append("SELECT 'row|' || version_num FROM alembic_version")
    if "ran" in names:
        parts.append("SELECT 'ran|' || what FROM ran")
    if "strata_ledger" in names:
        parts.append(f"SELECT * FROM (SELECT concat_ws('|', 'led', revision, begun, done, state) FROM"
                     f" ({JOURNAL}) l) m")
    found = {"row": [], "ran": [], "led": []}
    for line in server.sql(" UNION ALL ".join(parts), database) if parts else []:
        kind, _, rest = line.partition("|")
        found[kind].append(rest)
    return State(found["row"], names, Counter(found["ran"]), journal_of(entry.split("|") for entry in found["led"]))


def has(state, effect):
    return effect[4:] in state.ran if effect.startswith("ran ") else effect in state.names


def number_of(state):
    """How many revisions the version row says are done."""
    return int(state.rows[0][1:]) + 1 if state.rows else 0


def wrong(state, dialect, count, in_flight=1):
    """What is not as it must be at a revision's boundary, or at a statement that the journal names: sentences. In flight are as
    many statements, more than one where the journal is not in the database and they are one transaction."""
    done = number_of(state)
    found = [f"{len(state.rows)} version rows"] if len(state.rows) > 1 else []
    found += [f"“{what}” ran {times} times" for what, times in state.ran.items() if times != 1]
    for number in range(count):
        effects = [(has(state, effect) if effect else None) for _, effect in statements(number, dialect)]
        if number < done and False in effects:
            found.append(f"r{number:04} is recorded, but not whole: {effects}")
        elif number == done and is_alone(number, dialect):
            begun, settled = state.journal.get(f"r{number:04}", (0, 0))
            late = [seen for seen in effects[max(begun, settled):] if seen]
            if False in effects[:settled] or late or not 0 <= begun - settled <= in_flight:
                found.append(f"r{number:04}: {effects}, but the journal says begun {begun}, done {settled}")
        elif number >= done and True in effects:
            found.append(f"r{number:04} is not recorded, but there: {effects}")
    return found
