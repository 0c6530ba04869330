#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Random pairs of schemas on PostgreSQL: the steps of the difference lead from the one to the other and back, to the last byte
of the dump (columns sorted), and rows that can stay stay. Renames that are decided are nothing but renames. What Alembic's
autogenerate does not see is seen.

    test-diff.py            # STRATA_DIFF_PAIRS=5000 for more of them, STRATA_DIFF_FIRST=9000 for others, STRATA_DIFF_SEED=7 for one
"""

import json
import os
import random
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import random_schemas
import single_changes
import tap
from servers import postgresql

PROGRAM = Path(os.environ["G_TEST_BUILDDIR"]) / "peers" / "diff-peer"
PAIRS = int(os.environ.get("STRATA_DIFF_PAIRS", "200"))
FIRST = int(os.environ.get("STRATA_DIFF_FIRST", "0"))
WORKERS = 2
# What rows may refuse, and a person was told to look at.
REFUSALS = ("null values", "violate", "is violated", "could not create unique", "invalid input", "malformed", "cannot cast",
            "is out of range", "value too long")


class Peer:
    def __init__(self, url):
        self.process = subprocess.Popen([PROGRAM, url], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, a, b, tables=(), **more):
        self.process.stdin.write(json.dumps({"a": a, "b": b, "tables": list(tables)} | more) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        return json.loads(line) if line else {"ok": False, "stage": "end", "error": "the program ended", "sql": "", "warned": False}

    def end(self):
        self.process.stdin.close()
        return self.process.wait()


def words(out):
    text = f"{out['stage']}: {out['error'] or 'the dump differs'}; {out['sql']}"
    if "want" in out:
        got = set(out["got"].split("\n"))
        text += "".join(f"\n  missing: {line}" for line in out["want"].split("\n") if line not in got)
    return text


def is_refused(out):
    """No step failed: the first schema does not take the rows."""
    if out["error"] and not out["sql"]:
        return True
    return out["warned"] and any(word in out["error"] for word in REFUSALS)


def lost_rows(out):
    """A table that is in both keeps its rows."""
    return [table for table, before in out["before"].items()
            if (out["between"].get(table) is not None and out["between"][table] != before)
            or (out["between"].get(table) is not None and out["after"].get(table) != before)]


def run_pair(peer, seed):
    a, b = random_schemas.pair(seed)
    statements, tables = random_schemas.schema_sql(a), []
    if seed % 5 == 0:
        statements += random_schemas.rows_sql(a)
        tables = ["public." + random_schemas.quote(name) for name in a["tables"]]
    out = peer.ask(statements, random_schemas.schema_sql(b), tables)
    if not out["ok"]:
        return "refused" if tables and is_refused(out) else f"seed {seed}: {words(out)}"
    lost = lost_rows(out) if tables else []
    return f"seed {seed}: rows are lost in {', '.join(lost)}" if lost else None


def run_seeds(peers, seeds, run):
    with ThreadPoolExecutor(len(peers)) as pool:
        results = list(pool.map(lambda part: [run(part[0], seed) for seed in part[1]],
                                [(peer, seeds[i::len(peers)]) for i, peer in enumerate(peers)]))
    return [result for part in results for result in part]


def check_pairs(peers):
    seeds = [int(os.environ["STRATA_DIFF_SEED"])] if os.environ.get("STRATA_DIFF_SEED") else list(range(FIRST, FIRST + PAIRS))
    results = run_seeds(peers, seeds, run_pair)
    bad = [result for result in results if result not in (None, "refused")]
    tap.note(f"{len(seeds)} pairs, {results.count('refused')} of them refused by their rows as it was said")
    tap.check(not bad, f"{len(seeds)} random pairs there and back", *bad[:20])


def check_renames(peer):
    bad = []
    for seed in range(10):
        maker = random_schemas.Maker(random.Random(seed))
        schema = maker.schema()
        schema.update(views={}, children={})
        table = maker.pick(schema["tables"])
        column = maker.pick(name for name in schema["tables"][table]["columns"] if name != "id")
        name = "public." + random_schemas.quote(table)
        statements = random_schemas.schema_sql(schema)
        renames = [f"ALTER TABLE {name} RENAME COLUMN {random_schemas.quote(column)} TO {random_schemas.quote(column + '_new')}",
                   f"ALTER TABLE {name} RENAME TO {random_schemas.quote(table + '_items')}"]
        if seed % 3:
            renames = [renames[seed % 2]]
        out = peer.ask(statements, statements + renames, decide=True)
        others = [step for step in out.get("up", []) + out.get("down", []) if " RENAME " not in step and "TRIGGER" not in step]
        if not out["ok"] or others:
            bad.append(f"seed {seed}: {words(out)}; {others}")
    tap.check(not bad, "what is renamed is renamed, and nothing else is touched", *bad)


def run_granted(peer, seed):
    """Privileges that are compared, or that nobody asks about and stay."""
    numbers = random.Random(seed)
    maker = random_schemas.Maker(numbers)
    a = maker.schema()
    b = maker.changed(a)
    compared = seed % 2 == 0
    more = {"privileges": True} if compared else {"keeps": True}
    out = peer.ask(random_schemas.schema_sql(a) + random_schemas.grants_sql(numbers, a, compared),
                   random_schemas.schema_sql(b) + (random_schemas.grants_sql(numbers, b) if compared else []), **more)
    return None if out["ok"] else f"seed {seed}: {words(out)}"


def check_granted(peers):
    results = run_seeds(peers, range(FIRST, FIRST + PAIRS // 2), run_granted)
    bad = [result for result in results if result]
    tap.check(not bad, f"privileges of {len(results)} random pairs", *bad[:20])


KINDS = ["CREATE TYPE mood AS ENUM ('sad', 'ok')", "CREATE DOMAIN amount AS integer DEFAULT 3 CONSTRAINT positive CHECK (VALUE > 0)",
         "CREATE TYPE pair AS (a integer, b text)", "CREATE TYPE span AS RANGE (subtype = integer)",
         "CREATE COLLATION plain (locale = 'C')",
         "CREATE FUNCTION one(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1'",
         "CREATE FUNCTION one(text) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1'",
         "CREATE FUNCTION feel(mood) RETURNS mood LANGUAGE sql IMMUTABLE AS 'SELECT $1'",
         "CREATE FUNCTION act() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
         "CREATE PROCEDURE work() LANGUAGE sql AS 'SELECT 1'", "CREATE SEQUENCE numbers",
         "CREATE AGGREGATE total(integer) (SFUNC = int4pl, STYPE = integer, INITCOND = '0')",
         "CREATE TABLE t (id integer DEFAULT nextval('numbers') PRIMARY KEY, m mood DEFAULT 'ok', a amount, p pair, "
         "n integer DEFAULT one(1), s span, c text COLLATE plain, CHECK (one(n) > 0), CHECK (m <> 'sad'))",
         "CREATE INDEX ix ON t (one(n))", "CREATE STATISTICS st ON id, n FROM t", "CREATE POLICY po ON t USING (one(n) > 0)",
         "CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION act()",
         "CREATE VIEW v AS SELECT id, m, one(n) AS one FROM t WHERE m = 'ok'",
         "CREATE MATERIALIZED VIEW mv AS SELECT n FROM t"]
RENAMES = ["TYPE mood RENAME TO feeling", "DOMAIN amount RENAME TO sum", "TYPE pair RENAME TO twin", "TYPE span RENAME TO reach",
           "COLLATION plain RENAME TO simple", "FUNCTION one(integer) RENAME TO two", "FUNCTION feel(mood) RENAME TO sense",
           "FUNCTION act() RENAME TO perform", "PROCEDURE work() RENAME TO toil", "SEQUENCE numbers RENAME TO numerals",
           "AGGREGATE total(integer) RENAME TO summed", "INDEX ix RENAME TO jx", "STATISTICS st RENAME TO su",
           "POLICY po ON t RENAME TO pq", "TRIGGER tr ON t RENAME TO ts", "VIEW v RENAME TO w", "MATERIALIZED VIEW mv RENAME TO mw"]
# Names that change hands: what is there, what is done to it, what is said of it.
TABLES = ["CREATE TABLE a (id serial PRIMARY KEY, i integer GENERATED ALWAYS AS IDENTITY, x integer NOT NULL, y integer NOT NULL, "
          "UNIQUE (x))", "CREATE TABLE b (id serial PRIMARY KEY, i integer GENERATED ALWAYS AS IDENTITY, z text REFERENCES c, "
          "a integer REFERENCES a)", "CREATE INDEX ax ON a (x, y)", "CREATE INDEX bx ON b (z)"]
TABLES.insert(0, "CREATE TABLE c (id text PRIMARY KEY, x integer CHECK (x > 0), y integer, z integer DEFAULT 3)")
SWAPS = [
    ("two columns", ["TABLE a RENAME x TO t", "TABLE a RENAME y TO x", "TABLE a RENAME t TO y"], ["a.x=y", "a.y=x"]),
    ("a chain of columns", ["TABLE c RENAME y TO w", "TABLE c RENAME x TO y"], ["c.x=y", "c.y=w"]),
    ("three columns", ["TABLE c RENAME x TO t", "TABLE c RENAME y TO x", "TABLE c RENAME z TO y", "TABLE c RENAME t TO z"],
     ["c.x=z", "c.y=x", "c.z=y"]),
    ("two tables", ["TABLE a RENAME TO t", "TABLE b RENAME TO a", "TABLE t RENAME TO b"], ["a=b", "b=a"]),
    ("a chain of tables", ["TABLE c RENAME TO d", "TABLE b RENAME TO c"], ["b=c", "c=d"]),
    ("two indexes", ["INDEX ax RENAME TO t", "INDEX bx RENAME TO ax", "INDEX t RENAME TO bx"], ["ax=bx", "bx=ax"]),
    ("tables and columns", ["TABLE a RENAME TO t", "TABLE c RENAME TO a", "TABLE t RENAME TO c", "TABLE a RENAME x TO t",
                            "TABLE a RENAME y TO x", "TABLE a RENAME t TO y"], ["a=c", "c=a", "c.x=y", "c.y=x"]),
]
MADE_NEW = ["CREATE TABLE b (id serial PRIMARY KEY, i integer GENERATED ALWAYS AS IDENTITY, x integer NOT NULL, y integer NOT NULL, UNIQUE (x))",
            "CREATE TABLE a (id serial PRIMARY KEY, i integer GENERATED ALWAYS AS IDENTITY, z text)"]
MADE_OLD = [MADE_NEW[0].replace("TABLE b", "TABLE a"), MADE_NEW[1].replace("TABLE a", "TABLE b")]


def only_renames(out):
    return [step for step in out.get("up", []) + out.get("down", []) if " RENAME " not in step]


def check_kinds(peer):
    bad = []
    for rename in RENAMES:
        out = peer.ask(KINDS, KINDS + ["ALTER " + rename], decide=True)
        if not out["ok"] or not out["up"] or only_renames(out):
            bad.append(f"{rename}: {words(out)}; {out.get('up', [])}")
    out = peer.ask(KINDS, KINDS + ["ALTER " + rename for rename in RENAMES], decide=True)
    if not out["ok"] or only_renames(out):
        bad.append(f"all at once: {words(out)}; {only_renames(out)}")
    tap.check(not bad, "a rename of any kind is only that, one by one and all at once", *bad)


def check_swaps(peer):
    for name, statements, given in SWAPS:
        out = peer.ask(TABLES, TABLES + ["ALTER " + statement for statement in statements], renames=given)
        tap.check(out["ok"] and out["up"] and not only_renames(out), f"{name}: names change hands", words(out), *out.get("up", []))
    out = peer.ask(MADE_OLD, MADE_NEW, renames=["a=b", "b=a"])
    tap.check(out["ok"] and not only_renames(out), "tables, and what is named after them", words(out), *out.get("up", []))
    columns = "CREATE TABLE t (x integer NOT NULL, y integer NOT NULL, CONSTRAINT k CHECK (x > 0))"
    out = peer.ask([columns], [columns.replace("x > 0", "y > 0")], renames=["t.x=y", "t.y=x"])
    tap.check(out["ok"] and not only_renames(out), "columns, and what speaks of them", words(out), *out.get("up", []))


def check_unseen(peer):
    base = single_changes.BASE
    for name, change, step in single_changes.UNSEEN:
        out = peer.ask(base, base + change.split("; "))
        tap.check(out["ok"] and any(step in sql for sql in out["up"]), f"{name}, where Alembic sees nothing", words(out), *out.get("up", []))
    out = peer.ask(base, base)
    tap.check(out["ok"] and not out["up"] and not out["down"], "no step where nothing differs", *out.get("up", []))


def main():
    if not PROGRAM.exists():
        tap.skip_all("diff-peer is not built")
    with postgresql.server() as server:
        peers = [Peer(server.create(f"pair{number}")) for number in range(WORKERS)]
        check_unseen(peers[0])
        check_renames(peers[0])
        check_kinds(peers[0])
        check_swaps(peers[0])
        check_pairs(peers)
        server.sql("CREATE ROLE reader; CREATE ROLE writer")
        check_granted(peers)
        for peer in peers:
            tap.check(peer.end() == 0, "the program ends well")
    tap.done()


main()
