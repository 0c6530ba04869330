#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""batch_alter_table() by Strata beside the real Alembic's, on SQLite databases with rows: the tables that come out have
to be equal part by part, the rows too, and what one refuses, the other has to refuse. Where Alembic loses something, it
has to be there with us.

    test-batch.py [--show]
"""

import argparse
import json
import os
import re
import sqlite3
import subprocess
import tempfile
from pathlib import Path

import tap
import alembic_operations as peer
from alembic_operations import sa

PROGRAM = Path(os.environ["G_TEST_BUILDDIR"]) / "peers" / "batch-peer"

TABLE = """
CREATE TABLE t (
    id INTEGER NOT NULL, a VARCHAR(10) DEFAULT 'x', n INTEGER DEFAULT 10, b BOOLEAN, ts DATETIME DEFAULT CURRENT_TIMESTAMP,
    parent INTEGER, PRIMARY KEY (id), CONSTRAINT uq_a UNIQUE (a), CONSTRAINT ck_n CHECK (n > 0),
    CONSTRAINT fk_parent FOREIGN KEY(parent) REFERENCES t (id) ON DELETE SET NULL, UNIQUE (n, ts));
CREATE INDEX ix_n ON t (n);
CREATE UNIQUE INDEX ix_part ON t (a, n) WHERE n > 5;
INSERT INTO t VALUES (1, 'q', 12, 1, '2020-01-01 00:00:00', NULL), (5, '7', 11, 0, NULL, 1);
"""

# What Alembic does not see or loses: compared by what is expected.
RICH = """
CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT COLLATE NOCASE NOT NULL, tiny TINYINT(1),
    age INT CHECK (age > 0), twice INT GENERATED ALWAYS AS (age * 2) STORED, CHECK (length(name) > 0 AND age <> 13),
    UNIQUE (name));
CREATE INDEX ix_low ON t (lower(name), age DESC);
INSERT INTO t (id, name, tiny, age) VALUES (1, 'Ann', 1, 30), (9, 'Bob', 0, 40);
DELETE FROM t WHERE id = 9;
CREATE TABLE child (id INTEGER PRIMARY KEY, t_id INTEGER REFERENCES t (id) ON DELETE CASCADE);
INSERT INTO child VALUES (1, 1);
CREATE TABLE log (what TEXT);
CREATE TRIGGER tr AFTER INSERT ON t BEGIN INSERT INTO log VALUES (new.name || ':x'); END;
CREATE VIEW v AS SELECT name FROM t;
CREATE VIEW w AS SELECT * FROM v;
"""


def column(name, kind="Integer", **kw):
    return {"op": "add_column", "column": {"name": name, "type": {"kind": kind}} | kw}


def alter(name, **kw):
    return {"op": "alter_column", "column": name} | kw


def constraint(kind, name, **kw):
    return {"op": "create_constraint", "kind": kind, "name": name} | kw


def drop(what, name, **kw):
    return {"op": f"drop_{what}"} | ({"column": name} if what == "column" else {"name": name}) | kw


FK = {"kind": "foreignkey", "target": {"table": "o", "columns": ["id"]}}
NAMING = {"uq": "uq_%(table_name)s_%(column_0_name)s", "pk": "pk_%(table_name)s", "ix": "ix_%(column_0_label)s",
          "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s", "ck": "ck_%(table_name)s_%(constraint_name)s"}

CASES = [
    [column("z")],
    [column("z", server_default={"text": "5"})],
    [column("z", server_default="5", nullable=False)],
    [column("z", "String", index=True)],
    [column("z", constraints=[FK])],
    [column("z", constraints=[FK | {"name": "fkz"}])],
    [column("z", unique=True)],
    [column("z") | {"insert_after": "id"}],
    [drop("column", "b")],
    [drop("column", "n")],
    [drop("column", "nope")],
    [drop("column", "id")],
    [drop("column", "a"), drop("index", "ix_part")],
    [drop("index", "ix_n"), drop("index", "ix_part"), drop("constraint", "ck_n", kind="check"), drop("column", "n")],
    [drop("index", "nope")],
    [drop("index", "nope"), drop("column", "b")],
    [drop("constraint", "nope", kind="unique")],
    [drop("constraint", "uq_a", kind="unique")],
    [drop("constraint", "fk_parent", kind="foreignkey"), drop("column", "parent")],
    [drop("constraint", None, kind="unique")],
    [alter("a", type={"kind": "Integer"})],
    [alter("a", type={"kind": "Text"}, nullable=False)],
    [alter("n", type={"kind": "String", "length": 20})],
    [alter("n", type={"kind": "BigInteger"})],
    [alter("n", type={"kind": "JSON"})],
    [alter("b", type={"kind": "Integer"}, existing_type={"kind": "Boolean"})],
    [alter("a", new_column_name="select")],
    [alter("a", new_column_name="aa", nullable=False), alter("a", server_default=None)],
    [alter("a", new_column_name="aa"), drop("column", "b"), column("q")],
    [alter("a", server_default={"expression": {"text": "lower('X')"}})],
    [alter("a", server_default={"expression": "it's"})],
    [alter("nope", nullable=False)],
    [alter("n", new_column_name="m"), drop("index", "ix_part"), drop("constraint", "ck_n", kind="check")],
    [constraint("unique", "uq_z", columns=["a", "b"])],
    [constraint("unique", None, columns=["a", "b"])],
    [constraint("check", "ck_z", condition={"text": "n < 100"})],
    [constraint("foreignkey", "fk_z", columns=["n"], target={"table": "o", "columns": ["id"]}, ondelete="CASCADE")],
    [constraint("primary", "pk_z", columns=["a"])],
    [constraint("primary", "pk_z", columns=["id", "a"]), {"op": "create_index", "name": "ix_z", "columns": [{"column": "b"}]}],
    [{"op": "create_index", "name": "ix_z", "columns": [{"column": "b"}, {"column": "n"}], "unique": True}],
    [{"op": "create_index", "name": "ix_z", "columns": [{"column": "zz"}]}, alter("a", nullable=False)],
    [drop("column", "b"), column("b", "String")],
    [column("z", "Integer", primary_key=True), alter("a", nullable=False)],
    [{"op": "add_column", "column": {"name": "z", "type": {"kind": "Enum", "values": ["a", "b"], "name": "zz",
                                                          "create_constraint": True}}}],
    [{"op": "add_column", "column": {"name": "z", "type": {"kind": "Boolean", "create_constraint": True}}}],
    [alter("n", type={"kind": "Enum", "values": ["a", "b"], "name": "zz"}, existing_type={"kind": "Integer"})],
    [column("c1", constraints=[{"kind": "check", "name": "ck_c1", "condition": {"text": "c1 > 0"}}]), drop("column", "b")],
    [alter("parent", new_column_name="above")],
]

OPTIONED = [
    ({"recreate": "always"}, [column("z") | {"insert_after": "id"}]),
    ({"recreate": "always"}, [column("z") | {"insert_before": "id"}]),
    ({"recreate": "always"}, [column("z") | {"insert_after": "parent"}, column("y") | {"insert_before": "z"}]),
    ({"recreate": "always"}, [column("z") | {"insert_after": "id"}, column("y") | {"insert_after": "z"}, column("x")]),
    ({"recreate": "always"}, [column("z") | {"insert_after": "nope"}]),
    ({"recreate": "always", "reordering": [["b", "a", "id"], ["ts", "n"]]}, []),
    ({"recreate": "always", "reordering": [["a", "b"], ["b", "a"]]}, []),
    ({"recreate": "always", "reordering": [["id", "z", "a"]]}, [column("z")]),
    ({"recreate": "never"}, [drop("column", "b")]),
    ({"recreate": "never"}, [drop("constraint", "uq_a", kind="unique")]),
    ({"recreate": "always"}, []),
    ({"naming": {k: v for k, v in NAMING.items() if k != "ck"}}, [drop("constraint", "uq_t_n", kind="unique")]),
    ({"naming": NAMING}, [alter("a", new_column_name="aa")]),
    ({"metadata": NAMING}, [constraint("unique", None, columns=["b"]), column("z", constraints=[FK])]),
    ({"metadata": NAMING}, [constraint("check", "positive", condition={"text": "n > 1"}), column("z", index=True)]),
    ({"table_args": {"op": "create_table", "constraints": [
        {"kind": "check", "name": "ck100", "condition": {"text": "n<100"}}], "columns": [],
        "options": {"sqlite_autoincrement": True}}}, [alter("a", type={"kind": "Text"})]),
    ({"reflect_args": {"op": "create_table", "columns": [{"name": "b", "type": {"kind": "Boolean", "name": "ckb",
                                                                                "create_constraint": True}}]}},
     [alter("a", type={"kind": "Text"})]),
]

COPY = {"op": "create_table", "table": "t", "columns": [
    {"name": "id", "type": {"kind": "Integer"}, "primary_key": True}, {"name": "a", "type": {"kind": "String", "length": 10}},
    {"name": "n", "type": {"kind": "Integer"}, "constraints": [FK | {"name": "fkn"}]}]}
OFFLINE = [
    ({}, [drop("column", "n")]),
    ({}, [column("z")]),
    ({"copy_from": COPY}, [drop("column", "n")]),
    ({"copy_from": COPY}, [alter("a", type={"kind": "Text"}, new_column_name="b", nullable=False)]),
    ({"copy_from": COPY}, [alter("n", type={"kind": "String", "length": 5}), column("z")]),
    ({"copy_from": COPY}, [drop("constraint", "fkn", kind="foreignkey")]),
    ({"copy_from": COPY}, [drop("constraint", "nope", kind="foreignkey")]),
]


class Batch:
    """op, for what takes the table's name, on top of batch_op."""

    def __init__(self, batch_op, spec):
        self.batch, self.spec = batch_op, spec

    def __getattr__(self, name):
        at = {"create_index": 1, "drop_index": 1, "drop_constraint": 1, "create_unique_constraint": 1,
              "create_check_constraint": 1, "create_primary_key": 1, "create_foreign_key": 1}.get(name, 0)

        def call(*args, **kw):
            args = args[:at] + args[at + 1:]
            kw = {k: v for k, v in kw.items() if v is not None and k not in ("schema", "source_schema")
                  or k == "server_default"}
            kw |= peer.given(self.spec, "insert_before", "insert_after")
            if name == "drop_index":
                args = args[:1]
            return getattr(self.batch, name)(*args, **kw)
        return call


def items_of(spec):
    if spec is None:
        return ()
    return tuple([peer.make_column(c) for c in spec.get("columns", [])]
                 + [peer.make_constraint(c) for c in spec.get("constraints", [])])


def run_alembic(op, question):
    kw = {}
    if "copy_from" in question:
        kw["copy_from"] = sa.Table("t", sa.MetaData(), *items_of(question["copy_from"]))
    if "table_args" in question:
        kw |= {"table_args": items_of(question["table_args"]),
               "table_kwargs": peer.make_options(question["table_args"])}
    if "reflect_args" in question:
        kw["reflect_args"] = items_of(question["reflect_args"])
    with op.batch_alter_table("t", recreate=question.get("recreate", "auto"),
                              naming_convention=question.get("naming"),
                              partial_reordering=question.get("reordering", ()), **kw) as batch_op:
        for spec in question["operations"]:
            peer.run(Batch(batch_op, spec), spec | {"table": "t"})


def alembic_online(path, question):
    engine = sa.create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        opts = {"target_metadata": sa.MetaData(naming_convention=question["metadata"])} if "metadata" in question else {}
        try:
            run_alembic(peer.Operations(peer.MigrationContext.configure(connection, opts=opts)), question)
            connection.commit()
        except Exception as error:
            return str(error).splitlines()[0]
    return None


def alembic_offline(question):
    import io
    out = io.StringIO()
    try:
        context = peer.MigrationContext.configure(dialect_name="sqlite", opts={
            "as_sql": True, "output_buffer": out, "literal_binds": True})
        run_alembic(peer.Operations(context), question)
    except Exception as error:
        return None, str(error)
    return out.getvalue(), None


def split(text):
    """The parts of a CREATE TABLE: what is within the outer parentheses, at its commas."""
    parts, depth, start = [], 0, 0
    body = text[text.index("(") + 1:text.rindex(")")]
    for i, c in enumerate(body + ","):
        depth += (c == "(") - (c == ")")
        if c == "," and depth == 0:
            parts.append(re.sub(r"\s+", " ", body[start:i]).strip())
            start = i + 1
    return parts


def state(path):
    """Columns in their order, constraints as a set (Alembic has them in any order), the rest, the rows."""
    with sqlite3.connect(path) as db:
        tables, others = {}, set()
        for kind, name, sql in db.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL"):
            if kind == "table":
                parts = split(sql)
                is_table = re.compile(r"CONSTRAINT|PRIMARY|UNIQUE|CHECK|FOREIGN")
                tables[name] = ([p for p in parts if not is_table.match(p)], {p for p in parts if is_table.match(p)},
                                sorted(db.execute(f"SELECT * FROM {name}"), key=repr))
            elif not name.startswith("ix__alembic_tmp_"):       # a second index that Alembic leaves by mistake
                others.add(sql)
        return tables, others


def make(folder, name, script):
    path = folder / name
    path.unlink(missing_ok=True)
    with sqlite3.connect(path) as db:
        db.executescript(script)
    return path


class Peer:
    def __init__(self):
        self.process = subprocess.Popen([PROGRAM], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, question):
        operations = [operation | {"table": question["table"]} for operation in question["operations"]]
        self.process.stdin.write(json.dumps(question | {"operations": operations}) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())


def compare(folder, ours, question):
    theirs_path, path = make(folder, "theirs.db", TABLE), make(folder, "ours.db", TABLE)
    error = alembic_online(theirs_path, question)
    answer = ours.ask(question | {"path": str(path), "table": "t"})
    if error is not None:
        # The server's own refusals have other words.
        if "error" not in answer:
            return [f"Alembic refuses: {error}", *answer["statements"]]
        known = error.strip("()").startswith("sqlite3.") or error.startswith("No support for ALTER") or error.strip("'") in answer["error"] \
            or error.startswith("Circular dependency")
        return [] if known else [f"Alembic: {error}", f"Strata:  {answer['error']}"]
    if "error" in answer:
        return [f"we refuse: {answer['error']}", *answer["statements"]]
    theirs_state, our_state = state(theirs_path), state(path)
    return [] if theirs_state == our_state else [f"Alembic: {theirs_state}", f"Strata:  {our_state}", *answer["statements"]]


def compare_offline(ours, question):
    text, error = alembic_offline(question)
    answer = ours.ask(question | {"offline": True, "table": "t"})
    if error is not None or "error" in answer:
        same = error is not None and error in answer.get("error", "")
        return [] if same else [f"Alembic: {error or text}", f"Strata:  {answer}"]
    fold = lambda s: re.sub(r"\s+", " ", s).strip()
    ours_text = "".join(f"{s}; " for s in answer["statements"])
    return [] if fold(text) == fold(ours_text) else [f"Alembic: {fold(text)}", f"Strata:  {fold(ours_text)}"]


def check_rich(folder, ours):
    path = make(folder, "rich.db", RICH)
    answer = ours.ask({"path": str(path), "table": "t", "operations": [alter("tiny", nullable=False)]})
    db = sqlite3.connect(path)
    one = lambda sql: db.execute(sql).fetchall()
    text = one("SELECT sql FROM sqlite_master WHERE name = 't'")[0][0] if "error" not in answer else ""
    db.execute("PRAGMA foreign_keys = ON")
    tap.check("error" not in answer, "a table with all that Alembic loses is made anew", answer)
    tap.check(one("SELECT id, name, tiny, age, twice FROM t") == [(1, "Ann", 1, 30, 60)], "its row is there", one("SELECT * FROM t"))
    for words in ("AUTOINCREMENT", "NOCASE", "TINYINT(1)", "CHECK (age > 0)", "age <> 13", "GENERATED ALWAYS AS (age * 2) STORED",
                  "UNIQUE (name)"):
        tap.check(words in text, f"keeps {words}", text)
    tap.check(one("SELECT seq FROM sqlite_sequence WHERE name = 't'") == [(9,)], "keeps the number of the row that was deleted",
              one("SELECT * FROM sqlite_sequence"))
    tap.check(one("SELECT * FROM child") == [(1, 1)] and one("PRAGMA foreign_key_check") == [], "the child's row is there")
    db.execute("INSERT INTO t (name, tiny, age) VALUES ('Eve', 1, 5)")
    tap.check(one("SELECT what FROM log") == [("Eve:x",)], "the trigger fires", one("SELECT * FROM log"))
    tap.check(one("SELECT name FROM w") == [("Ann",), ("Eve",)], "views read the new table")
    tap.check(any("ix_low" in row[0] and "age DESC" in row[0] for row in one("SELECT sql FROM sqlite_master WHERE type = 'index' "
              "AND sql IS NOT NULL")), "keeps an index of expressions")
    db.close()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--show", action="store_true")
    parser.parse_args()
    tap.note(f"Alembic {peer.VERSION} on SQLAlchemy {sa.__version__}")
    if not sa.__version__.startswith("2."):
        tap.skip("the same tables as Alembic", "needs an Alembic on SQLAlchemy 2")
        tap.done()
        return

    ours = Peer()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for operations in CASES:
            wrong = compare(folder, ours, {"operations": operations})
            tap.check(not wrong, f"{json.dumps(operations)}", *wrong)
        for options, operations in OPTIONED:
            wrong = compare(folder, ours, options | {"operations": operations})
            tap.check(not wrong, f"{json.dumps(options)} {json.dumps(operations)}", *wrong)
        for options, operations in OFFLINE:
            wrong = compare_offline(ours, options | {"operations": operations})
            tap.check(not wrong, f"offline {json.dumps(options)} {json.dumps(operations)}", *wrong)
        check_rich(folder, ours)
    tap.done()


if __name__ == "__main__":
    main()
