# SPDX-License-Identifier: GPL-3.0-or-later
"""Operations as JSON, many: every directive with its keywords, every type, and random mixtures of them."""

import json

PLAIN_TYPES = """Integer SmallInteger BigInteger String Unicode Text UnicodeText Boolean Date DateTime Time Interval
    Numeric Float Double LargeBinary Uuid PickleType JSON INTEGER SMALLINT BIGINT VARCHAR CHAR NVARCHAR NCHAR TEXT CLOB
    BOOLEAN DATE DATETIME TIME TIMESTAMP NUMERIC DECIMAL FLOAT REAL DOUBLE DOUBLE_PRECISION BLOB BINARY VARBINARY UUID
    JSONB JSONPATH BYTEA INTERVAL INET CIDR MACADDR MACADDR8 MONEY OID REGCLASS REGCONFIG HSTORE TSVECTOR TSQUERY
    CITEXT INT4RANGE INT8RANGE NUMRANGE DATERANGE TSRANGE TSTZRANGE INT4MULTIRANGE DATEMULTIRANGE TSTZMULTIRANGE
    TINYINT MEDIUMTEXT LONGTEXT YEAR BIT""".split()

ENUM = {"kind": "Enum", "name": "mood", "values": ["sad", "o'k", "100%"]}
TYPES = [{"kind": kind} for kind in PLAIN_TYPES] + [
    {"kind": "String", "length": 50}, {"kind": "String", "length": 50, "collation": "de_DE"},
    {"kind": "Unicode", "length": 9}, {"kind": "Text", "length": 7}, {"kind": "CHAR", "length": 3},
    {"kind": "VARCHAR", "length": 255}, {"kind": "NVARCHAR", "length": 4}, {"kind": "BINARY", "length": 16},
    {"kind": "VARBINARY", "length": 16}, {"kind": "LargeBinary", "length": 16}, {"kind": "Numeric", "precision": 10},
    {"kind": "Numeric", "precision": 10, "scale": 2}, {"kind": "NUMERIC", "precision": 5, "scale": 0},
    {"kind": "DECIMAL", "precision": 5, "scale": 3}, {"kind": "Float", "precision": 53},
    {"kind": "FLOAT", "precision": 24}, {"kind": "DateTime", "timezone": True}, {"kind": "Time", "timezone": True},
    {"kind": "TIMESTAMP", "timezone": True}, {"kind": "TIMESTAMP", "timezone": True, "precision": 3},
    {"kind": "TIME", "precision": 6}, {"kind": "INTERVAL", "precision": 3},
    {"kind": "INTERVAL", "fields": "DAY TO SECOND"}, {"kind": "Interval", "native": False},
    {"kind": "Interval", "precision": 3}, {"kind": "BIT", "length": 8}, {"kind": "BIT", "length": 8, "varying": True},
    {"kind": "BIT", "varying": True}, {"kind": "Uuid", "native": False}, ENUM,
    {"kind": "Enum", "values": ["a", "b"]}, ENUM | {"native": False}, ENUM | {"native": False, "length": 20},
    ENUM | {"schema": "other"}, ENUM | {"create_constraint": True},
    ENUM | {"native": False, "create_constraint": True}, ENUM | {"kind": "ENUM"},
    ENUM | {"kind": "ENUM", "create_type": False}, {"kind": "ENUM", "name": "Mood", "values": ["a"]},
    {"kind": "Boolean", "create_constraint": True}, {"kind": "Boolean", "create_constraint": True, "name": "ck_flag"},
    {"kind": "ARRAY", "item": {"kind": "Integer"}}, {"kind": "ARRAY", "item": {"kind": "String", "length": 5}},
    {"kind": "ARRAY", "item": {"kind": "Text"}, "dimensions": 2}, {"kind": "ARRAY", "item": ENUM},
    {"kind": "ARRAY", "item": {"kind": "String", "length": 5, "collation": "C"}},
    {"kind": "words", "name": "VECTOR(3)"},
    {"kind": "JSON", "variants": {"postgresql": {"kind": "JSONB"}}},
    {"kind": "BigInteger", "variants": {"sqlite": {"kind": "INTEGER"}}},
    {"kind": "Text", "variants": {"sqlite": {"kind": "String", "length": 3}, "postgresql": {"kind": "CITEXT"}}},
    {"kind": "DOMAIN", "name": "positive", "item": {"kind": "Integer"}},
]

NAMES = ["name", "user", "Mixed", "with space", "order", "a$b", "1st", "tick\"s", "per%cent", "ünicode", "index", "temp"]
LONG = "a_name_that_is_far_too_long_for_postgresql_" + "x" * 30

DEFAULTS = [
    "x", "it's", "100%", "back\\slash", "", "0", {"text": "now()"}, {"text": "0"}, {"text": "'x'"}, {"text": "1.5"},
    {"text": "(1 + 2)"}, {"text": "CURRENT_TIMESTAMP"}, {"text": "'{}'::jsonb"}, {"text": "true"}, {"text": "-1"},
    {"text": "nextval('s'::regclass)"}, {"text": "'a\\:b'"}, {"text": "gen_random_uuid()"},
    {"func": "now"}, {"func": "current_timestamp"}, {"func": "gen_random_uuid"}, {"true": None}, {"false": None},
    {"null": None}, {"func": "timezone", "items": ["utc", {"func": "now"}]},
    {"value": 5}, {"value": True}, {"value": "lit"}, {"cast": "", "items": ["5"], "type": {"kind": "Integer"}},
    {"func": "lower", "items": ["X"]}, {"func": "NOW"}, {"func": "uuid_generate_v4"}, {"func": "localtimestamp"},
]

FOREIGN = {"kind": "foreignkey", "target": {"table": "owner", "columns": ["id"]}}
CHECK = {"kind": "check", "condition": {"text": "name > ''"}}


def question(op, **kw):
    return {"operation": {"op": op} | kw}


def table(*columns, **kw):
    return question("create_table", table="account", columns=list(columns), **kw)


def column(name="name", kind="Integer", **kw):
    return {"name": name, "type": kind if isinstance(kind, dict) else {"kind": kind}} | kw


KEY = column("id", primary_key=True)


def types():
    for kind in TYPES:
        yield table(column(kind=kind))
        yield question("add_column", table="account", column=column(kind=kind))
        yield question("alter_column", table="account", column="name", type=kind)
        yield question("alter_column", table="account", column="name", type=kind, existing_type={"kind": "Integer"})
        yield question("alter_column", table="account", column="name", type={"kind": "Integer"}, existing_type=kind)
        if kind["kind"] in ("Enum", "ENUM", "DOMAIN"):
            yield question("create_type", type=kind) if kind["kind"] != "Enum" else table(column(kind=kind), KEY)
            yield question("drop_type", type=kind) if kind["kind"] != "Enum" else table(KEY)


def names():
    for name in NAMES:
        yield question("create_table", table=name, schema=name, columns=[column(name)],
                       constraints=[{"kind": "unique", "columns": [name], "name": name}])
        yield question("drop_table", table=name, schema=name)
        yield question("rename_table", table=name, new_name=name, schema=name)
        yield question("drop_column", table=name, column=name, schema=name)
        yield question("create_index", table=name, name=name, columns=[{"column": name}], schema=name)
        yield question("drop_index", table=name, name=name, schema=name)
        yield question("alter_column", table=name, column=name, new_column_name=name, schema=name)
        yield question("alter_column", table=name, column=name, comment=name, nullable=True)
        yield question("execute", expression={"text": f"select \"{name}\" -- 5%"})
        yield question("create_table", table=name, columns=[column(name)]) | {"pyformat": True}
    for final in (True, False):
        for kind in ("unique", "primary"):
            yield question("create_constraint", kind=kind, table="t", columns=["a"], name=LONG, final=final)
        yield question("create_index", table="t", name=LONG, columns=[{"column": "a"}], final=final)
        yield question("drop_constraint", kind="unique", table="t", name=LONG, final=final)
    yield question("drop_table", table=LONG)
    yield question("create_table", table="t" * 40, columns=[column("c" * 40, index=True)])
    yield question("drop_table", table="t", schema="a.b")
    yield question("drop_column", table="t", column="c", schema="a.b")
    yield question("create_table", table="t", columns=[column("c", index=True)], schema="a.b")


def keys():
    for kind in ("Integer", "BigInteger", "SmallInteger", "BIGINT", "Numeric", "String", "Uuid"):
        for auto in (None, "yes", "no", "ignore_fk"):
            extra = {"autoincrement": auto} if auto else {}
            key = column("id", kind, primary_key=True, **extra)
            yield table(key)
            yield table(column("id", kind, nullable=False, **extra), constraints=[
                {"kind": "primary", "columns": ["id"], "name": "pk_account"}])
            yield table(key | {"constraints": [FOREIGN]})
            yield table(key, column("other", primary_key=True))
            yield table(column("other", primary_key=True), key)
            yield table(key, options={"sqlite_autoincrement": True})
            yield question("add_column", table="account", column=key)
            yield question("add_column", table="account", column=key, inline_primary_key=True)
            yield table(key | {"server_default": {"text": "5"}})
            yield table(key | {"default": True})
            yield table(key | {"identity": {"always": True}})
            yield table(key, constraints=[FOREIGN | {"columns": ["id"]}])
            yield table(key | {"nullable": True})


def columns():
    for default in DEFAULTS:
        for kind in ("String", "Integer", "Boolean"):
            yield table(column(kind=kind, server_default=default))
        yield question("add_column", table="account", column=column(server_default=default, nullable=False))
        yield question("alter_column", table="account", column="name", server_default={"expression": default})
    for extra in ({"nullable": True}, {"nullable": False}, {"index": True}, {"unique": True},
                  {"index": True, "unique": True}, {"comment": "a 'comment' 5% \\ x"}, {"comment": ""},
                  {"constraints": [FOREIGN]}, {"constraints": [CHECK]}, {"constraints": [CHECK | {"name": "ck"}, FOREIGN]},
                  {"constraints": [FOREIGN | {"name": "fk", "ondelete": "CASCADE"}], "unique": True, "index": False},
                  {"computed": {"expression": {"text": "a + 1"}}},
                  {"computed": {"expression": {"text": "a + 1"}, "persisted": True}},
                  {"computed": {"expression": {"text": "a + 1"}, "persisted": False}},
                  {"identity": {}}, {"identity": {"always": True, "start": "5", "increment": "2"}},
                  {"identity": {"minvalue": "1", "maxvalue": "9", "cache": "3", "cycle": True}},
                  {"identity": {"nominvalue": True, "nomaxvalue": True, "cycle": False}, "nullable": True},
                  {"options": {"sqlite_on_conflict_not_null": "FAIL", "sqlite_on_conflict_unique": "IGNORE"},
                   "unique": True, "nullable": False}):
        for kind in ("Integer", "String", {"kind": "Boolean", "create_constraint": True}):
            yield table(KEY, column(kind=kind, **extra))
            yield table(column(kind=kind, **extra), schema="s", comment="t")
            for flags in ({}, {"tolerant": True}, {"schema": "s"}, {"inline_references": True}):
                yield question("add_column", table="account", column=column(kind=kind, **extra), **flags)


def tables():
    yield table()
    yield table(KEY)
    for extra in ({"tolerant": True}, {"comment": "it's"}, {"prefixes": ["TEMPORARY"]}, {"schema": "s", "comment": "x"},
                  {"options": {"postgresql_inherits": ["a", "b"]}}, {"options": {"postgresql_partition_by": "LIST (a)"}},
                  {"options": {"postgresql_with_oids": True}}, {"options": {"postgresql_on_commit": "PRESERVE_ROWS"}},
                  {"options": {"postgresql_tablespace": "Fast"}}, {"options": {"sqlite_with_rowid": False}},
                  {"options": {"sqlite_strict": True}}, {"options": {"sqlite_strict": True, "sqlite_with_rowid": False}},
                  {"options": {"mysql_engine": "InnoDB"}},
                  {"indexes": [{"name": "ix", "columns": [{"column": "id"}], "unique": True}]},
                  {"indexes": [{"columns": [{"column": "id"}]}]},
                  {"constraints": [{"kind": "unique", "columns": ["id", "missing"]}]},
                  {"constraints": [{"kind": "primary", "columns": ["name", "id"], "name": "pk"}]}):
        yield table(KEY, column(), **extra)
    for constraint in constraint_specs():
        yield table(KEY, column(), constraints=[constraint])
        yield table(KEY, column(unique=True), constraints=[constraint, {"kind": "unique", "columns": ["id"]}], schema="s")
    for schema in (None, "s"):
        for tolerant in (None, True, False):
            yield question("drop_table", table="t", schema=schema, tolerant=tolerant)
            yield question("drop_column", table="t", column="c", schema=schema, tolerant=tolerant)
            yield question("drop_index", table="t", name="ix", schema=schema, tolerant=tolerant)
        yield question("create_table_comment", table="t", comment="it's 5%", schema=schema)
        yield question("create_table_comment", table="t", comment=None, schema=schema)
        yield question("rename_table", table="t", new_name="u", schema=schema)
        for tolerant in (False, True):
            yield question("create_sequence", name="s", schema=schema, tolerant=tolerant)
            yield question("drop_sequence", name="s", schema=schema, tolerant=tolerant)
            yield question("create_schema", name="Other", tolerant=tolerant)
            yield question("drop_schema", name="other", tolerant=tolerant, cascade=tolerant)
    yield question("create_sequence", name="s", settings={"start": "5", "increment": "2", "cycle": True})
    yield question("create_sequence", name="s", settings={"start": "5"}, type={"kind": "BigInteger"})


def constraint_specs():
    for name in (None, "con"):
        base = {"name": name} if name else {}
        yield base | {"kind": "unique", "columns": ["name"]}
        yield base | {"kind": "unique", "columns": ["name", "id"], "deferrable": True, "initially": "DEFERRED"}
        yield base | {"kind": "unique", "columns": ["id"], "options": {"postgresql_nulls_not_distinct": True}}
        yield base | {"kind": "unique", "columns": ["id"], "options": {"postgresql_nulls_not_distinct": False}}
        yield base | {"kind": "unique", "columns": ["id"], "options": {"sqlite_on_conflict": "REPLACE"}}
        yield base | {"kind": "unique", "columns": ["id"], "options": {"postgresql_include": ["id"]}}
        yield base | {"kind": "check", "condition": {"text": "length(name) > 5%2"}}
        yield base | {"kind": "check", "condition": {"text": "a"}, "options": {"postgresql_not_valid": True}}
        yield base | {"kind": "check", "condition": {"op": "gt", "items": [{"column": "Name"}, 5]}}
        yield base | {"kind": "exclude", "exclusions": [
            {"expression": {"column": "room"}, "operator": "="}, {"expression": {"column": "during"}, "operator": "&&"}],
            "condition": {"text": "x > 1"}, "options": {"using": "gist"}}
        for extra in ({}, {"ondelete": "CASCADE", "onupdate": "SET NULL"}, {"ondelete": "SET NULL (id)"},
                      {"ondelete": "cascade", "deferrable": True, "initially": "DEFERRED"}, {"match": "FULL"},
                      {"deferrable": False, "initially": "IMMEDIATE"}, {"initially": "never"}, {"ondelete": "NOTHING"},
                      {"options": {"postgresql_not_valid": True}}):
            for schema in (None, "s"):
                target = {"table": "other", "columns": ["key"]} | ({"schema": schema} if schema else {})
                yield base | {"kind": "foreignkey", "columns": ["name"], "target": target} | extra
        yield base | {"kind": "foreignkey", "columns": ["id", "name"], "target": {"table": "o", "columns": ["a", "b"]}}


def constraints():
    for spec in constraint_specs():
        for schema in (None, "s"):
            yield question("create_constraint", table="t", schema=schema, **spec)
    yield question("create_constraint", table="t", kind="primary", columns=["a", "b"], name="pk")
    yield question("create_constraint", table="t", kind="primary", columns=["a"])
    yield table(KEY, column(), constraints=[FOREIGN | {"columns": ["name"], "use_alter": True, "name": "fk"}])
    for kind in (None, "unique", "primary", "check", "foreignkey"):
        for name in (None, "con", "Con"):
            for tolerant in (None, True):
                yield question("drop_constraint", table="t", kind=kind, name=name, tolerant=tolerant)


CONVENTION = {"uq": "uq_%(table_name)s_%(column_0_name)s", "ck": "ck_%(table_name)s_%(constraint_name)s",
              "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s", "pk": "pk_%(table_name)s"}
CONVENTIONS = [
    CONVENTION, CONVENTION | {"ix": "ix_%(table_name)s_%(column_0_N_name)s"},
    CONVENTION | {"uq": "uq_%(column_0N_label)s", "ix": "%(column_0_label)s_idx"},
    {"fk": "fk_%(column_0_N_name)s_%(referred_column_0_name)s_%(referred_table_name)s"}, {"ck": "ck_%(table_name)s"},
]


def naming():
    for convention in CONVENTIONS:
        for spec in constraint_specs():
            yield question("create_constraint", table="t", **spec) | {"naming": convention}
            yield table(KEY, column(), constraints=[spec], schema="s") | {"naming": convention}
        for extra in ({"unique": True}, {"index": True}, {"constraints": [FOREIGN]}, {"constraints": [CHECK]},
                      {"constraints": [CHECK | {"name": "positive"}]}):
            yield table(KEY, column(**extra)) | {"naming": convention}
            yield question("add_column", table="t", column=column(**extra)) | {"naming": convention}
        for kind in ({"kind": "Boolean", "create_constraint": True}, {"kind": "Boolean", "create_constraint": True,
                     "name": "flag"}, ENUM | {"create_constraint": True, "native": False}):
            yield table(KEY, column(kind=kind)) | {"naming": convention}
            yield question("alter_column", table="t", column="c", type={"kind": "Integer"}, existing_type=kind) | {
                "naming": convention}
        for kind in (None, "unique", "check", "foreignkey", "primary"):
            for final in (False, True):
                yield question("drop_constraint", table="t", kind=kind, name="con", final=final) | {"naming": convention}
        yield question("create_index", table="t", columns=[{"column": "a"}, {"column": "b"}]) | {"naming": convention}
        yield question("create_index", table="t", name="x", columns=[{"column": "a"}]) | {"naming": convention}
        yield table(column("id", primary_key=True, kind="String"), column("two", primary_key=True)) | {"naming": convention}


ELEMENTS = [
    {"column": "a"}, {"text": "lower(name)"}, {"text": "b DESC"}, {"func": "lower", "items": [{"column": "Name"}]},
    {"op": "add", "items": [{"column": "a", "type": {"kind": "Integer"}}, 1]},
    {"unary": "desc_op", "items": [{"column": "a"}]}, {"cast": "", "items": [{"column": "a"}], "type": {"kind": "Date"}},
    {"unary": "nulls_last_op", "items": [{"unary": "desc_op", "items": [{"column": "a"}]}]},
    {"words": "(data->>'x')"}, {"text": "(data->>'x%')"},
]


def indexes():
    for element in ELEMENTS:
        yield question("create_index", table="t", name="ix", columns=[element])
        yield question("create_index", table="t", name="ix", columns=[{"column": "z"}, element], schema="s")
    for options in ({"postgresql_using": "GIN"}, {"postgresql_where": {"text": "deleted IS NULL"}},
                    {"sqlite_where": {"text": "x = 5%2"}, "postgresql_where": {"text": "y"}},
                    {"postgresql_concurrently": True}, {"postgresql_include": ["a", "Order"]},
                    {"postgresql_with": {"map": ["fillfactor", "50", "x", "on"]}}, {"postgresql_tablespace": "fast"},
                    {"postgresql_ops": {"map": ["a", "text_pattern_ops"]}}, {"postgresql_nulls_not_distinct": True},
                    {"postgresql_nulls_not_distinct": False}, {"mysql_length": "10"},
                    {"postgresql_where": {"op": "eq", "items": [{"column": "flag", "type": {"kind": "Boolean"}},
                                                                {"true": None}]}},
                    {"postgresql_using": "gist", "postgresql_ops": {"map": ["a", "gist_ops"]},
                     "postgresql_where": {"text": "a > 1"}, "postgresql_with": {"map": ["buffering", "off"]}}):
        for flags in ({}, {"unique": True}, {"tolerant": True}, {"schema": "s"}):
            yield question("create_index", table="t", name="ix", columns=[{"column": "a"}], options=options, **flags)
        yield question("drop_index", table="t", name="ix", options={k: v for k, v in options.items()
                                                                    if k == "postgresql_concurrently"})
    yield question("create_index", table="t", columns=[{"column": "a"}])
    yield question("drop_index", table="t", name="ix", schema="s")


def alterations():
    for schema in (None, "s"):
        for change in ({"nullable": True}, {"nullable": False}, {"server_default": None}, {"comment": None},
                       {"comment": "it's"}, {"new_column_name": "Other"}, {"type": {"kind": "Text"}},
                       {"type": {"kind": "Text"}, "nullable": False, "server_default": {"expression": "x"},
                        "comment": "c", "new_column_name": "n"},
                       {"type": {"kind": "Integer"}, "options": {"postgresql_using": "name::integer"}},
                       {"nullable": True, "options": {"postgresql_using": "x"}},
                       {"server_default": {"identity": {"always": True, "start": "3"}}},
                       {"server_default": {"identity": {"always": True, "start": "3"}}, "existing_server_default": None},
                       {"server_default": None, "existing_server_default": {"identity": {}}},
                       {"server_default": {"identity": {"always": True}}, "existing_server_default": {"identity": {}}},
                       {"server_default": {"identity": {"start": "3", "increment": "2"}},
                        "existing_server_default": {"identity": {"always": True}}},
                       {"server_default": {"computed": {"expression": {"text": "1"}}}},
                       {"server_default": None, "existing_server_default": {"computed": {"expression": {"text": "1"}}}},
                       {"server_default": {"expression": {"text": "now()"}}, "existing_type": {"kind": "DateTime"}}):
            yield question("alter_column", table="t", column="name", schema=schema, **change)


def texts():
    for text in ("select 1", "select ':x'", "select 5 % 2", "select 'a\\:b'", "select a::int", "x like '%y'",
                 "values (:a, :b)", "select '12:30:45'", "select\t1", "a\\:\\:b", "select $1:x, y:z", "a := 5", "\\:",
                 "select E'\\\\n'", " spaced \n\n", "json '{\"a\": 1}'", "json '{\"a\":1}'", "é:ü :ö"):
        for flags in ({}, {"pyformat": True}, {"binds": True}, {"binds": True, "pyformat": True}):
            yield question("execute", expression={"text": text}) | flags
    for value in (1, "it's", None, True, {"date": "2020-01-02"}, {"datetime": "2020-01-02T03:04:05"}, {"float": "1.5"},
                  {"decimal": "1.50"}, {"uuid": "12345678-1234-5678-1234-567812345678"}, {"bytes": "ab"}):
        for flags in ({}, {"binds": True}):
            yield question("execute", expression={"text": "select :x, :x", "parameters": [
                {"name": "x", "value": value}]}) | flags


ROWS = [("Integer", [1, -5, None, "7", True, "x"]), ("String", ["a", "it's", "100%", "back\\slash", None, 5]),
        ("Boolean", [True, False, None, 1, 0, "x"]), ("Text", ["multi\nline", ":colon", "\\:x"]),
        ("Date", [{"date": "2020-01-02"}, "2020-01-02", {"datetime": "2020-01-02T03:04:05"}]),
        ("DateTime", [{"datetime": "2020-01-02T03:04:05"}, {"datetime": "2020-01-02T03:04:05.000123"},
                      {"date": "2020-01-02"}, "2020", {"datetime": "2020-01-02T03:04:05+00:00"}]),
        ("Time", [{"time": "03:04:05"}, {"time": "03:04:05.000123"}, "3"]), ("Float", [{"float": "1.5"}, 2, "x"]),
        ("Numeric", [{"decimal": "1.50"}, 5, {"float": "2.5"}, "7", "x"]), ("REAL", ["7", 7, {"float": "1.5"}]), ("LargeBinary", [{"bytes": "ab'c"}, "x"]),
        ("Uuid", [{"uuid": "12345678-1234-5678-1234-567812345678"}, "x"]),
        ("UUID", [{"uuid": "12345678-1234-5678-1234-567812345678"}]),
        ({"kind": "UUID", "as_uuid": False}, ["12345678-1234-5678-1234-567812345678", None]),
        ("JSON", [{"map": "{}"}, None, "x", 5]), ("JSONB", [{"map": "{}"}, None]),
        ("Interval", [{"interval": "3600.0"}]), ("Enum", ["sad", "o'k", "unknown"])]


def inserts():
    for kind, values in ROWS:
        spec = ENUM if kind == "Enum" else kind if isinstance(kind, dict) else {"kind": kind}
        for value in values:
            columns = [{"column": "id", "type": {"kind": "Integer"}}, {"column": "Name", "type": spec}]
            yield question("bulk_insert", table="t", columns=columns, rows=[{"id": 1, "Name": value}])
            yield question("bulk_insert", table="t", columns=columns, rows=[{"Name": value, "id": 1}, {"id": 2}], schema="s")
            yield question("bulk_insert", table="t", columns=[{"column": "x"}], rows=[{"x": value}])
    for values in ([1, 2], []):
        yield question("bulk_insert", table="t", rows=[{"x": values}],
                       columns=[{"column": "x", "type": {"kind": "ARRAY", "item": {"kind": "Integer"}}}])
    yield question("bulk_insert", table="t", columns=[{"column": "x"}], rows=[])
    yield question("bulk_insert", table="t", columns=[{"column": "x"}], rows=[{"y": 1}])


INT = {"kind": "Integer"}
A, B = {"column": "a", "type": INT}, {"column": "b", "type": INT}
FLAG, TEXT = {"column": "flag", "type": {"kind": "Boolean"}}, {"column": "Txt", "type": {"kind": "String"}}
COMPARE = ["eq", "ne", "lt", "le", "gt", "ge"]
MATH = ["add", "sub", "mul", "truediv", "mod", "bitwise_and_op", "bitwise_or_op"]


def some_number(rng, depth):
    if depth == 0 or rng.random() < 0.3:
        return rng.choice([A, B, 5, {"func": "abs", "items": [A]}])
    left = some_number(rng, depth - 1)
    if not isinstance(left, dict):
        left = A
    return {"op": rng.choice(MATH), "items": [left, some_number(rng, depth - 1)], "type": INT}


def some_text(rng):
    return rng.choice([TEXT, "it's", "50%", {"func": "lower", "items": [TEXT]}])


def some_condition(rng, depth):
    kind = rng.randrange(9 if depth else 6)
    if kind == 0:
        left = some_number(rng, 2)
        return {"op": rng.choice(COMPARE), "items": [left if isinstance(left, dict) else A, some_number(rng, 2)]}
    if kind == 1:
        return {"op": rng.choice(["like_op", "not_like_op", "ilike_op", "not_ilike_op"]), "items": [TEXT, some_text(rng)]}
    if kind == 2:
        return {"op": rng.choice(["in_op", "not_in_op"]), "items": [A, {
            "list": "comma_op", "items": [rng.randrange(9) for i in range(rng.randrange(4))]}]}
    if kind == 3:
        return {"op": "between_op", "items": [A, rng.randrange(9), some_number(rng, 1)]}
    if kind == 4:
        return {"op": rng.choice(["is_", "is_not"]), "items": [rng.choice([A, TEXT]), {"null": None}]}
    if kind == 5:
        return rng.choice([FLAG, {"unary": "inv", "items": [FLAG]}, {"text": "x > 1"}])
    if kind == 6:
        return {"unary": "inv", "items": [{"list": rng.choice(["and_", "or_"]), "items": [
            some_condition(rng, depth - 1), some_condition(rng, 0), CONDITION]}]}
    return {"list": rng.choice(["and_", "or_"]), "items": [some_condition(rng, depth - 1) for i in range(
        rng.randrange(2, 4))]}


CONDITION = {"op": "gt", "items": [A, 1]}


def expressions(rng, count):
    for i in range(count):
        condition = some_condition(rng, 2)
        yield question("create_constraint", table="t", kind="check", name="ck", condition=condition)
        yield question("create_index", table="t", name="ix", columns=[{"column": "a"}],
                       options={"postgresql_where": condition, "sqlite_where": condition})
    for name in ("is_distinct_from", "is_not_distinct_from"):
        yield question("create_constraint", table="t", kind="check", name="c", condition={"op": name, "items": [A, B]})
    for value in (5, "x", True):
        case = {"case": "", "items": [{"null": None}, CONDITION, value, {"op": "lt", "items": [A, 0]}, value]}
        yield question("create_constraint", table="t", kind="check", name="c", condition={
            "op": "eq", "items": [A, case]})


def of(table, name):
    kinds = {"id": "Integer", "owner": "Integer", "total": "Integer", "flag": "Boolean", "day": "Date"}
    return {"column": name, "of": table, "type": {"kind": kinds.get(name, "String")}}


def op(name, *items):
    return {"op": name, "items": list(items)}


def queries():
    a, b = of("account", "id"), of("order", "owner")
    conditions = [op("eq", a, 5), op("is_", of("account", "Name"), {"null": None}), op("eq", of("account", "Name"), "it's 5%"),
                  op("in_op", a, {"list": "comma_op", "items": [1, 2]}), of("account", "flag"),
                  {"unary": "inv", "items": [of("account", "flag")]}, op("eq", of("account", "flag"), {"true": None}),
                  {"list": "and_", "items": [op("gt", a, 1), of("account", "flag")]}, {"text": "id = 7"},
                  {"list": "or_", "items": [op("gt", a, 1), op("like_op", of("account", "Name"), "%x")]},
                  op("in_op", a, {"subquery": {"kind": "select", "columns": [b], "where": op("gt", b, 3)}}),
                  {"unary": "exists", "items": [{"subquery": {"kind": "select", "columns": [b], "where": op("eq", b, a)}}]},
                  {"true": None}, {"false": None}, op("eq", a, {"func": "lower", "items": ["X"]}), op("lt", of("account", "total"), op("add", a, 1))]
    values = [5, "x", True, None, op("add", of("account", "total"), 1), {"func": "now"}, {"text": "x + 1"},
              {"subquery": {"kind": "select", "columns": [of("order", "total")], "where": op("eq", b, a)}},
              {"func": "coalesce", "items": [of("account", "total"), 0]},
              {"case": "", "items": [{"null": None}, op("gt", a, 1), 5, 6]},
              {"cast": "", "items": [a], "type": {"kind": "String"}}]
    for condition in conditions:
        yield {"kind": "update", "table": "account", "columns": [of("account", "Name")], "values": ["it's"],
               "where": condition}
        yield {"kind": "delete", "table": "account", "where": condition}
        yield {"kind": "select", "columns": [a, of("account", "Name")], "where": condition}
    for value in values:
        name = "Name" if value == "x" else "flag" if value is True else "total"
        yield {"kind": "update", "table": "account", "columns": [of("account", name)], "values": [value]}
        if not (isinstance(value, dict) and "of" in json.dumps(value)):
            yield {"kind": "insert", "table": "account", "columns": [a, of("account", name)], "values": [1, value]}
    join = {"left": "account", "right": "order", "on": op("eq", a, b)}
    yield {"kind": "update", "table": "account", "columns": [of("account", "total")], "values": [of("order", "total")],
           "where": op("eq", a, b)}
    yield {"kind": "delete", "table": "account", "where": op("eq", a, b)}
    for extra in ({}, {"where": op("gt", b, 1)}, {"distinct": True}, {"group_by": [a], "having": op("gt", a, 1)},
                  {"order_by": [a, {"unary": "desc_op", "items": [of("account", "Name")]}]}, {"limit": 5},
                  {"limit": 5, "offset": 6, "order_by": [a]}):
        for columns in ([a], [a, of("account", "Name")], [{"func": "count"}], [{"func": "max", "items": [a]}],
                        [{"label": "n", "items": [{"func": "count", "items": [a]}]}], [op("add", a, 1)],
                        [{"cast": "", "items": [a], "type": {"kind": "Text"}}], [a, of("order", "id")], [{"words": "1"}]):
            for source in ([], [join], [join | {"outer": True}], ["account"]):
                query = {"kind": "select", "columns": columns, "from": source} | extra
                yield query
                if len(columns) == 1 and source:
                    yield {"kind": "insert", "table": "third", "columns": [of("third", "id")], "source": query}


def executions():
    for query in queries():
        yield question("execute", query=query)


def some_column(rng, name):
    extra = {}
    for key, choices in (("nullable", [True, False]), ("index", [True]), ("unique", [True]), ("comment", ["c'", ""]),
                         ("server_default", DEFAULTS), ("constraints", [[FOREIGN], [CHECK]])):
        if rng.random() < 0.25:
            extra[key] = rng.choice(choices)
    return column(name, rng.choice(TYPES), **extra)


def mixtures(rng, count):
    specs = list(constraint_specs())
    for i in range(count):
        parts = [some_column(rng, name) for name in rng.sample(NAMES[1:], rng.randrange(1, 5))]
        yield table(*([KEY] if rng.random() < 0.7 else []), column(), *parts,
                    constraints=[c for c in rng.sample(specs, rng.randrange(3)) if "id" not in c.get("columns", ["id"])],
                    **rng.choice([{}, {"schema": "s"}]))
        yield question("add_column", table="t", column=parts[0], schema=rng.choice([None, "s"]))
        yield table(*parts) | {"naming": rng.choice(CONVENTIONS), "pyformat": rng.random() < 0.3}


def all_cases(rng, count):
    return {
        "types": list(types()), "names": list(names()), "keys": list(keys()), "columns": list(columns()),
        "tables": list(tables()), "constraints": list(constraints()), "naming": list(naming()),
        "indexes": list(indexes()), "alterations": list(alterations()), "texts": list(texts()),
        "inserts": list(inserts()), "queries": list(executions()), "expressions": list(expressions(rng, count // 3)),
        "mixtures": list(mixtures(rng, count)),
    }
