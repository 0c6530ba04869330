#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Random pairs of schemas on PostgreSQL: the steps of the difference lead from the one to the other and back, to the last byte
of the dump (columns sorted), and rows that can stay stay. Renames that are decided are nothing but renames. What Alembic's
autogenerate does not see is seen.

    test-diff.py            # STRATA_DIFF_PAIRS=5000 for more of them, STRATA_DIFF_SEED=7 for one
"""

import json
import os
import random
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import random_schemas
import tap
from servers import postgresql

PROGRAM = Path(os.environ["G_TEST_BUILDDIR"]) / "peers" / "diff-peer"
PAIRS = int(os.environ.get("STRATA_DIFF_PAIRS", "200"))
WORKERS = 2
# What rows may refuse, and a person was told to look at.
REFUSALS = ("null values", "violate", "is violated", "could not create unique", "invalid input", "malformed", "cannot cast",
            "is out of range", "value too long")

BASE = ["CREATE TYPE mood AS ENUM ('sad', 'ok')", "CREATE DOMAIN amount AS integer CHECK (VALUE > 0)",
        "CREATE FUNCTION one() RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1'",
        "CREATE FUNCTION act() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
        "CREATE TABLE p (id integer PRIMARY KEY, k integer)",
        "CREATE TABLE t (id integer CONSTRAINT t_pkey PRIMARY KEY, a varchar(10), b integer DEFAULT 1, c text, m mood, "
        "r int4range, CONSTRAINT ck CHECK (b > 0), CONSTRAINT uq UNIQUE (a), CONSTRAINT fk FOREIGN KEY (b) REFERENCES p, "
        "g integer GENERATED ALWAYS AS (id * 2) STORED, i integer GENERATED ALWAYS AS IDENTITY)",
        "CREATE INDEX ix ON t (a) WHERE id > 0", "CREATE VIEW v AS SELECT id FROM t", "CREATE MATERIALIZED VIEW mv AS SELECT id FROM t",
        "CREATE SEQUENCE s", "CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION act()",
        "CREATE POLICY po ON t USING (id > 0)", "CREATE TABLE q (id integer, k text) PARTITION BY LIST (id)",
        "CREATE TABLE q1 PARTITION OF q FOR VALUES IN (1)"]
# The rows of alembic.md 1.10 where it finds nothing, or something wrong: what changes, and what the steps have to hold.
UNSEEN = [
    ("varchar without length", "ALTER TABLE t ALTER a TYPE varchar", "TYPE character varying"),
    ("collation", 'ALTER TABLE t ALTER c TYPE text COLLATE "C"', 'COLLATE "C"'),
    ("an index's WHERE", "DROP INDEX ix; CREATE INDEX ix ON t (a) WHERE id > 1", "id > 1"),
    ("an index's method", "DROP INDEX ix; CREATE INDEX ix ON t USING hash (a)", "hash"),
    ("INCLUDE", "DROP INDEX ix; CREATE INDEX ix ON t (a) INCLUDE (b)", "INCLUDE (b)"),
    ("an index's WITH", "ALTER INDEX ix SET (fillfactor=50)", "fillfactor"),
    ("an operator class", "DROP INDEX ix; CREATE INDEX ix ON t (a text_pattern_ops)", "text_pattern_ops"),
    ("a check of that name", "ALTER TABLE t DROP CONSTRAINT ck; ALTER TABLE t ADD CONSTRAINT ck CHECK (b > 5)", "b > 5"),
    ("an unnamed check", "ALTER TABLE t ADD CHECK (b < 9)", "b < 9"),
    ("an exclusion", "ALTER TABLE t ADD CONSTRAINT ex EXCLUDE USING gist (r WITH &&)", "EXCLUDE"),
    ("a primary key", "ALTER TABLE t DROP CONSTRAINT t_pkey; ALTER TABLE t ADD CONSTRAINT t_pkey PRIMARY KEY (id, i)", "(id, i)"),
    ("a deferrable unique", "ALTER TABLE t DROP CONSTRAINT uq; ALTER TABLE t ADD CONSTRAINT uq UNIQUE (a) DEFERRABLE", "DEFERRABLE"),
    ("NOT VALID", "ALTER TABLE t DROP CONSTRAINT fk; ALTER TABLE t ADD CONSTRAINT fk FOREIGN KEY (b) REFERENCES p NOT VALID", "NOT VALID"),
    ("an enum's value", "ALTER TYPE mood ADD VALUE 'new' BEFORE 'ok'", "ADD VALUE 'new'"),
    ("a default", "ALTER TABLE t ALTER b SET DEFAULT 2", "SET DEFAULT 2"),
    ("identity options", "ALTER TABLE t ALTER i SET INCREMENT BY 5", "INCREMENT BY 5"),
    ("a generated expression", "ALTER TABLE t DROP g; ALTER TABLE t ADD g integer GENERATED ALWAYS AS (id * 3) STORED", "id * 3"),
    ("unlogged", "ALTER TABLE p SET LOGGED; ALTER TABLE t DROP CONSTRAINT fk; ALTER TABLE p SET UNLOGGED", "SET UNLOGGED"),
    ("storage parameters", "ALTER TABLE t SET (fillfactor=70)", "fillfactor"),
    ("a view", "CREATE OR REPLACE VIEW v AS SELECT id FROM t WHERE id > 3", "id > 3"),
    ("a materialised view", "DROP MATERIALIZED VIEW mv; CREATE MATERIALIZED VIEW mv AS SELECT b FROM t", "DROP MATERIALIZED VIEW public.mv"),
    ("a function", "CREATE OR REPLACE FUNCTION one() RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 2'", "SELECT 2"),
    ("a trigger", "DROP TRIGGER tr ON t; CREATE TRIGGER tr AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION act()", "AFTER INSERT"),
    ("a sequence", "ALTER SEQUENCE s INCREMENT 7", "INCREMENT BY 7"),
    ("a policy", "ALTER POLICY po ON t USING (id > 8)", "id > 8"),
    ("a domain", "ALTER DOMAIN amount SET DEFAULT 4", "SET DEFAULT 4"),
    ("a partition's bound", "DROP TABLE q1; CREATE TABLE q1 PARTITION OF q FOR VALUES IN (2)", "FOR VALUES IN (2)"),
    ("a new partition", "CREATE TABLE q2 PARTITION OF q FOR VALUES IN (2)", "q2"),
]


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
    maker = random_schemas.Maker(random.Random(seed))
    a = maker.schema()
    b = maker.changed(a) if seed % 4 else maker.schema()
    statements, tables = random_schemas.schema_sql(a), []
    if seed % 5 == 0:
        statements += random_schemas.rows_sql(a)
        tables = ["public." + random_schemas.quote(name) for name in a["tables"]]
    out = peer.ask(statements, random_schemas.schema_sql(b), tables)
    if not out["ok"]:
        return "refused" if tables and is_refused(out) else f"seed {seed}: {words(out)}"
    lost = lost_rows(out) if tables else []
    return f"seed {seed}: rows are lost in {', '.join(lost)}" if lost else None


def run_pairs(peers, seeds):
    with ThreadPoolExecutor(len(peers)) as pool:
        results = list(pool.map(lambda part: [run_pair(part[0], seed) for seed in part[1]],
                                [(peer, seeds[i::len(peers)]) for i, peer in enumerate(peers)]))
    return [result for part in results for result in part]


def check_pairs(peers):
    seeds = [int(os.environ["STRATA_DIFF_SEED"])] if os.environ.get("STRATA_DIFF_SEED") else list(range(PAIRS))
    results = run_pairs(peers, seeds)
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


def check_unseen(peer):
    for name, change, step in UNSEEN:
        out = peer.ask(BASE, BASE + change.split("; "))
        tap.check(out["ok"] and any(step in sql for sql in out["up"]), f"{name}, where Alembic sees nothing", words(out), *out.get("up", []))
    out = peer.ask(BASE, BASE)
    tap.check(out["ok"] and not out["up"] and not out["down"], "no step where nothing differs", *out.get("up", []))


def main():
    if not PROGRAM.exists():
        tap.skip_all("diff-peer is not built")
    with postgresql.server() as server:
        peers = [Peer(server.create(f"pair{number}")) for number in range(WORKERS)]
        check_unseen(peers[0])
        check_renames(peers[0])
        check_pairs(peers)
        for peer in peers:
            tap.check(peer.end() == 0, "the program ends well")
    tap.done()


main()
