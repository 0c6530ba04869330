# SPDX-License-Identifier: GPL-3.0-or-later
"""Random schemas of PostgreSQL, and schemas that are like another one but for some changes. What a server refuses is left
out by whoever loads them, so nothing here has to be right; most of it is."""

import copy
import random

PLAIN = ["integer", "bigint", "smallint", "text", "varchar(20)", "varchar(40)", "numeric(10,2)", "numeric", "boolean", "date",
         "timestamp", "timestamptz", "uuid", "jsonb", "json", "real", "double precision", "integer[]", "text[]", "int4range",
         "char(3)", "bytea", "inet", "interval"]
DEFAULTS = {"integer": ["0", "7"], "bigint": ["0", "7"], "smallint": ["1"], "text": ["'x'", "'it''s'", "lower('A')"],
            "varchar(20)": ["'v'"], "varchar(40)": ["'v'"], "numeric(10,2)": ["1.5"], "numeric": ["1.5"], "boolean": ["true", "false"],
            "date": ["CURRENT_DATE", "'2020-01-01'"], "timestamp": ["now()"], "timestamptz": ["now()"], "jsonb": ["'{}'"],
            "text[]": ["'{}'"], "real": ["0"], "double precision": ["0.5"], "interval": ["'1 day'"]}
VALUES = ["sad", "ok", "happy", "new", "old", "a b", "it's"]
NAMES = ["alpha", "beta", "gamma", "delta", "order", "Mixed", "zeta", "user"]
COLUMNS = ["name", "age", "state", "price", "note", "day", "tags", "Odd Name", "ref", "code"]
WORDS = [None, None, None, "a comment", "it's another"]


def quote(name):
    return name if name.islower() and name.isidentifier() and name not in ("order", "user") else '"' + name.replace('"', '""') + '"'


def literal(text):
    return "'" + text.replace("'", "''") + "'"


class Maker:
    def __init__(self, random):
        self.random = random

    def chance(self, part):
        return self.random.random() < part

    def some(self, things, most=3):
        things = list(things)
        return self.random.sample(things, min(len(things), self.random.randint(0, most)))

    def pick(self, things):
        return self.random.choice(list(things))

    # Parts

    def enum(self):
        return {"values": self.random.sample(VALUES, self.random.randint(2, 5)), "comment": self.pick(WORDS)}

    def domain(self, schema):
        base = self.pick(["integer", "text", "varchar(20)", "numeric(10,2)"])
        return {"type": base, "not_null": self.chance(0.2), "default": self.pick(DEFAULTS[base] + [None]),
                "check": self.pick([None, "VALUE IS NOT NULL", "length(VALUE::text) < 50", "length(VALUE::text) < 90"]),
                "comment": self.pick(WORDS)}

    def composite(self):
        return {"attributes": {name: self.pick(["integer", "text", "bigint", "date"]) for name in
                               self.random.sample(["x", "y", "z", "w"], self.random.randint(1, 3))}, "comment": self.pick(WORDS)}

    def sequence(self):
        return {"type": self.pick(["bigint", "integer"]), "increment": self.pick([1, 2, 10]), "start": self.pick([1, 5]),
                "cycle": self.chance(0.2), "cache": self.pick([1, 20]), "comment": self.pick(WORDS)}

    def types(self, schema):
        own = ["public." + quote(n) for kind in ("enums", "domains", "composites") for n in schema[kind]]
        return PLAIN + own * 3 + [f"public.{quote(n)}[]" for n in schema["enums"]]

    def column(self, schema, table=None):
        kind = self.pick(self.types(schema))
        column = {"type": kind, "not_null": self.chance(0.25), "default": None, "comment": self.pick(WORDS), "identity": None,
                  "generated": None, "collate": None, "storage": None, "statistics": None}
        default = DEFAULTS.get(kind)
        for name, enum in schema["enums"].items():
            if kind == "public." + quote(name):
                default = [literal(v) for v in enum["values"]]
        if default and self.chance(0.4):
            column["default"] = self.pick(default)
        if kind in ("integer", "bigint") and self.chance(0.1):
            column.update(identity=self.pick(["ALWAYS", "BY DEFAULT", "ALWAYS (START WITH 5 INCREMENT BY 3)"]), default=None,
                          not_null=True)
        elif kind == "bigint" and schema["sequences"] and self.chance(0.3):
            column["default"] = f"nextval('public.{quote(self.pick(schema['sequences']))}')"
        elif kind == "integer" and schema["functions"] and self.chance(0.3):
            column["default"] = f"public.{quote(self.pick(schema['functions']))}(3)"
        if kind in ("text", "varchar(20)") and self.chance(0.15):
            column["collate"] = self.pick(['"C"', '"POSIX"'])
        if kind == "text" and self.chance(0.1):
            column["storage"] = self.pick(["EXTERNAL", "MAIN"])
        if self.chance(0.05):
            column["statistics"] = self.pick([10, 500])
        return column

    def table(self, schema):
        table = {"columns": {"id": {"type": self.pick(["integer", "bigint"]), "not_null": True, "default": None, "comment": None,
                                    "identity": self.pick([None, None, "ALWAYS", "BY DEFAULT"]), "generated": None, "collate": None,
                                    "storage": None, "statistics": None}},
                 "pk": self.chance(0.9), "uniques": {}, "checks": {}, "keys": {}, "indexes": {}, "comment": self.pick(WORDS),
                 "unlogged": self.chance(0.05), "with": self.pick([None, None, None, "fillfactor=70", "autovacuum_enabled=false"]),
                 "security": self.chance(0.1), "forced": self.chance(0.03), "policies": {}, "triggers": {}, "rules": {},
                 "replica": self.pick([None] * 8 + ["FULL", "NOTHING"]), "serial": None, "exclusions": {}, "statistics": {}}
        for name in self.random.sample(COLUMNS, self.random.randint(1, 6)):
            table["columns"][name] = self.column(schema)
        if table["columns"]["id"]["identity"] is None and self.chance(0.5):
            table["columns"]["id"]["type"] = self.pick(["serial", "bigserial"])
        for _ in range(self.random.randint(0, 2)):
            self.add_part(schema, table)
        return table

    def names_of(self, table, kinds=None):
        return [n for n, c in table["columns"].items() if kinds is None or c["type"] in kinds]

    def add_part(self, schema, table):
        which = self.pick(["unique", "check", "key", "index", "index", "index", "policy", "trigger", "generated", "rule", "exclusion",
                           "statistics"])
        columns = self.names_of(table)
        number = self.random.randint(1, 4)
        if which == "unique":
            table["uniques"][f"uq{number}"] = {"columns": self.random.sample(columns, min(len(columns), self.random.randint(1, 2))),
                                               "deferrable": self.pick(["", "", " DEFERRABLE", " DEFERRABLE INITIALLY DEFERRED"])}
        elif which == "check":
            column = self.pick(columns)
            table["checks"][f"ck{number}"] = {"text": self.pick([f"{quote(column)} IS NOT NULL", f"length({quote(column)}::text) < 100",
                                                                 f"{quote(column)}::text <> 'zz'", "id > 0"]),
                                              "valid": self.chance(0.8), "comment": self.pick(WORDS)}
        elif which == "key" and schema["tables"]:
            table["keys"][f"fk{number}"] = {"column": self.pick(columns), "to": self.pick(schema["tables"]),
                                            "action": self.pick(["", " ON DELETE CASCADE", " ON UPDATE SET NULL"]),
                                            "deferrable": self.pick(["", "", " DEFERRABLE", " DEFERRABLE INITIALLY DEFERRED"]),
                                            "valid": self.chance(0.9)}
        elif which == "index":
            column = self.pick(columns)
            table["indexes"][f"ix{number}"] = self.pick([
                f"ON {{t}} ({quote(column)})", f"ON {{t}} ({quote(column)} DESC NULLS LAST, id)", f"ON {{t}} (lower({quote(column)}::text))",
                f"ON {{t}} (id) WHERE {quote(column)} IS NOT NULL", f"ON {{t}} (id) INCLUDE ({quote(column)})",
                f"ON {{t}} USING hash ({quote(column)})", f"ON {{t}} (id) WITH (fillfactor=60)", f"ON {{t}} USING gin ({quote(column)})",
                f"UNIQUE ON {{t}} (id, {quote(column)})", f"ON {{t}} ({quote(column)} text_pattern_ops)"])
        elif which == "policy":
            table["policies"][f"po{number}"] = {"command": self.pick(["ALL", "SELECT", "INSERT", "UPDATE"]),
                                                "using": self.pick([None, "true", "id > 0", f"{quote(self.pick(columns))} IS NOT NULL"]),
                                                "check": self.pick([None, "id > 1"]), "restrictive": self.chance(0.2)}
        elif which == "trigger" and schema["trigger_functions"]:
            column = self.pick(columns)
            table["triggers"][f"tr{number}"] = {"text": self.pick([
                "BEFORE INSERT ON {t} FOR EACH ROW", f"AFTER UPDATE OF {quote(column)} ON {{t}} FOR EACH ROW",
                f"BEFORE UPDATE ON {{t}} FOR EACH ROW WHEN (OLD.{quote(column)} IS DISTINCT FROM NEW.{quote(column)})",
                "AFTER DELETE ON {t} FOR EACH STATEMENT"]), "function": self.pick(schema["trigger_functions"]),
                "disabled": self.chance(0.1), "comment": self.pick(WORDS)}
        elif which == "generated":
            column = self.pick(columns)
            table["columns"][f"gen{number}"] = {"type": "text", "not_null": False, "default": None, "comment": None, "identity": None,
                                                "collate": None, "storage": None, "statistics": None,
                                                "generated": self.pick([f"upper({quote(column)}::text)", "'n' || (id * 2)",
                                                                        f"{quote(column)}::text || 'x'", f"{quote(column)}"])}
        elif which == "rule":
            table["rules"][f"ru{number}"] = self.pick(["ON DELETE TO {t} WHERE OLD.id < 0 DO INSTEAD NOTHING",
                                                       "ON UPDATE TO {t} WHERE OLD.id < 0 DO ALSO NOTHING"])
        elif which == "exclusion":
            table["exclusions"][f"ex{number}"] = f"USING gist ({quote(self.pick(columns))} WITH &&)"
        elif which == "statistics" and len(columns) > 1:
            table["statistics"][f"st{number}"] = self.random.sample(columns, 2)

    def view(self, schema, number):
        bases = list(schema["tables"]) + [v for v in schema["views"] if v < f"v{number}"]
        base = self.pick(bases)
        if base in schema["tables"]:
            columns = self.names_of(schema["tables"][base])
        else:
            columns = schema["views"][base]["columns"]
        columns = self.random.sample(columns, self.random.randint(1, min(3, len(columns))))
        return {"base": base, "columns": columns, "where": self.pick([None, None, f"{quote(columns[0])} IS NOT NULL"]),
                "materialized": self.chance(0.2), "index": self.chance(0.5), "extra": self.pick([None, None, "1 AS one"]),
                "group": self.chance(0.1), "with": self.pick([None, None, None, "security_barrier=true"]), "comment": self.pick(WORDS)}

    def schema(self):
        schema = {"schemas": self.some(["s1", "s2"], 2), "enums": {}, "domains": {}, "composites": {}, "sequences": {}, "functions": {},
                  "trigger_functions": {}, "tables": {}, "views": {}, "partitioned": {}, "children": {}, "ranges": {}}
        for name in self.some(["mood", "Kind", "phase"]):
            schema["enums"][name] = self.enum()
        for name in self.some(["email", "amount"], 2):
            schema["domains"][name] = self.domain(schema)
        for name in self.some(["point2", "pair"], 1):
            schema["composites"][name] = self.composite()
        for name in self.some(["frange"], 1):
            schema["ranges"][name] = self.pick(["real", "double precision", "text"])
        for name in self.some(["counter", "ticket"], 2):
            schema["sequences"][name] = self.sequence()
        for name in self.some(["twice", "plus"], 2):
            schema["functions"][name] = self.function()
        for name in self.some(["touch", "audit"], 2):
            schema["trigger_functions"][name] = self.pick(["RETURN NEW;", "RETURN NULL;", "NEW.id := NEW.id; RETURN NEW;"])
        for name in self.random.sample(NAMES, self.random.randint(1, 5)):
            schema["tables"][name] = self.table(schema)
        for name in self.some(["events", "logs"], 1):
            schema["partitioned"][name] = self.partitioned()
        for name in self.some(["child1", "child2"], 1):
            schema["children"][name] = self.pick(schema["tables"])
        for number in range(self.random.randint(0, 4)):
            schema["views"][f"v{number}"] = self.view(schema, number)
        return schema

    def function(self):
        return {"body": self.pick(["SELECT $1 * 2", "SELECT $1 + 1"]), "argument": self.pick(["n", "n", "m", ""]),
                "result": self.pick(["integer", "integer", "integer", "bigint"]), "atomic": self.chance(0.3),
                "volatility": self.pick(["IMMUTABLE", "STABLE", ""]), "comment": self.pick(WORDS)}

    def partitioned(self):
        return {"key": self.pick(["LIST", "LIST", "RANGE"]), "pk": self.chance(0.6), "parts": self.random.sample(range(5), self.random.randint(0, 3)),
                "columns": {n: self.column({"enums": {}, "domains": {}, "composites": {}, "sequences": {}, "functions": {}})
                            for n in self.random.sample(COLUMNS[:4], 2)}, "index": self.chance(0.5), "default": self.chance(0.3),
                "width": self.pick([10, 10, 20])}

    # Changes

    def change(self, schema):
        which = self.random.randint(0, 19)
        tables = schema["tables"]
        if which <= 3 and tables:
            table = tables[self.pick(tables)]
            column = self.pick(table["columns"])
            if column != "id":
                new = self.column(schema)
                key = self.pick(["type", "not_null", "default", "comment", "identity", "collate", "all", "all", "storage"])
                if key == "all":
                    table["columns"][column] = new
                elif key == "type":
                    table["columns"][column].update(type=new["type"], default=None)
                else:
                    table["columns"][column][key] = new[key]
            else:
                table["columns"]["id"]["type"] = self.pick(["integer", "bigint", "serial", "bigserial"])
                table["columns"]["id"]["identity"] = self.pick([None, "ALWAYS"]) if "serial" not in table["columns"]["id"]["type"] else None
        elif which <= 5 and tables:
            table = tables[self.pick(tables)]
            name = self.pick(COLUMNS)
            if name in table["columns"]:
                del table["columns"][name]
            else:
                table["columns"][name] = self.column(schema)
        elif which <= 8 and tables:
            table = tables[self.pick(tables)]
            self.add_part(schema, table)
            part = self.pick(["uniques", "checks", "keys", "indexes", "policies", "triggers", "rules", "exclusions", "statistics"])
            if table[part] and self.chance(0.5):
                del table[part][self.pick(table[part])]
        elif which == 9:
            name = self.pick(NAMES)
            if name in tables:
                del tables[name]
            else:
                tables[name] = self.table(schema)
        elif which <= 11 and schema["enums"]:
            enum = schema["enums"][self.pick(schema["enums"])]
            how = self.pick(["add", "add", "remove", "shuffle"])
            spare = [v for v in VALUES if v not in enum["values"]]
            if how == "add" and spare:
                enum["values"].insert(self.random.randint(0, len(enum["values"])), self.pick(spare))
            elif how == "remove" and len(enum["values"]) > 1:
                enum["values"].remove(self.pick(enum["values"]))
            elif how == "shuffle":
                self.random.shuffle(enum["values"])
        elif which == 12:
            kind, make = self.pick([("domains", lambda: self.domain(schema)), ("composites", self.composite), ("sequences", self.sequence),
                                    ("functions", self.function), ("enums", self.enum), ("partitioned", self.partitioned),
                                    ("ranges", lambda: self.pick(["real", "double precision", "text"]))])
            if schema[kind]:
                name = self.pick(schema[kind])
                if self.chance(0.2):
                    del schema[kind][name]
                else:
                    schema[kind][name] = make()
            else:
                schema[kind][self.pick(["fresh", "Newer"])] = make()
        elif which <= 14 and tables:
            number = self.random.randint(0, 4)
            schema["views"][f"v{number}"] = self.view(schema, number)
        elif which == 15 and schema["views"]:
            del schema["views"][self.pick(schema["views"])]
        elif which == 16 and tables:
            table = tables[self.pick(tables)]
            key = self.pick(["comment", "unlogged", "with", "security", "forced", "replica", "pk"])
            table[key] = self.table(schema)[key]
        elif which == 17 and schema["partitioned"]:
            part = schema["partitioned"][self.pick(schema["partitioned"])]
            key = self.pick(["parts", "index", "default", "pk", "columns", "width"])
            part[key] = self.partitioned()[key]
        elif which == 18 and schema["functions"]:
            schema["functions"][self.pick(schema["functions"])] = self.function()
        elif which == 19 and tables:
            schema["children"] = {name: self.pick(tables) for name in self.some(["child1", "child2"], 2)}

    def changed(self, schema, most=8):
        other = copy.deepcopy(schema)
        for _ in range(self.random.randint(1, most)):
            self.change(other)
        if self.chance(0.2):
            items = list(other["tables"].items())
            self.random.shuffle(items)
            other["tables"] = dict(items)
        return other


def pair(seed):
    """A schema and what becomes of it: three in four are like the first but for some changes."""
    maker = Maker(random.Random(seed))
    schema = maker.schema()
    return schema, maker.changed(schema) if seed % 4 else maker.schema()


def tables_alone(schema):
    """Its tables with columns of the server's own types, keys, checks and indexes."""
    tables = copy.deepcopy(schema["tables"])
    for table in tables.values():
        table["columns"] = {name: column for name, column in table["columns"].items()
                            if not column["type"].startswith("public.") and "public." not in (column["default"] or "")}
        table.update({part: {} for part in ("policies", "triggers", "rules", "exclusions", "statistics")},
                     security=False, forced=False, replica=None, unlogged=False, **{"with": None})
    return {kind: tables if kind == "tables" else type(parts)() for kind, parts in schema.items()}


def column_sql(name, column):
    out = f"{quote(name)} {column['type']}"
    if column["collate"]:
        out += f" COLLATE {column['collate']}"
    if column["generated"]:
        return out + f" GENERATED ALWAYS AS ({column['generated']}) STORED"
    if column["identity"]:
        words = column["identity"].split(" (")
        out += f" GENERATED {words[0]} AS IDENTITY" + (" (" + words[1] if len(words) > 1 else "")
    elif column["default"] is not None:
        out += f" DEFAULT {column['default']}"
    return out + (" NOT NULL" if column["not_null"] else "")


def comment_sql(what, comment):
    return [f"COMMENT ON {what} IS {literal(comment)}"] if comment else []


def table_sql(name, table):
    t = "public." + quote(name)
    out = [f"CREATE {'UNLOGGED ' if table['unlogged'] else ''}TABLE {t} ()" + (f" WITH ({table['with']})" if table["with"] else "")]
    for column, what in table["columns"].items():
        out.append(f"ALTER TABLE {t} ADD COLUMN {column_sql(column, what)}")
        out += comment_sql(f"COLUMN {t}.{quote(column)}", what["comment"])
        if what["storage"]:
            out.append(f"ALTER TABLE {t} ALTER COLUMN {quote(column)} SET STORAGE {what['storage']}")
        if what["statistics"]:
            out.append(f"ALTER TABLE {t} ALTER COLUMN {quote(column)} SET STATISTICS {what['statistics']}")
    if table["pk"]:
        out.append(f"ALTER TABLE {t} ADD PRIMARY KEY (id)")
    for n, unique in table["uniques"].items():
        out.append(f"ALTER TABLE {t} ADD CONSTRAINT {name.lower()}_{n} UNIQUE ({', '.join(map(quote, unique['columns']))}){unique['deferrable']}")
    for n, check in table["checks"].items():
        out.append(f"ALTER TABLE {t} ADD CONSTRAINT {n} CHECK ({check['text']}){'' if check['valid'] else ' NOT VALID'}")
        out += comment_sql(f"CONSTRAINT {n} ON {t}", check["comment"])
    for n, text in table["exclusions"].items():
        out.append(f"ALTER TABLE {t} ADD CONSTRAINT {name.lower()}_{n} EXCLUDE {text}")
    for n, text in table["indexes"].items():
        unique = "UNIQUE " if text.startswith("UNIQUE ") else ""
        out.append(f"CREATE {unique}INDEX {name.lower()}_{n} {text.removeprefix('UNIQUE ').format(t=t)}")
    out += comment_sql(f"TABLE {t}", table["comment"])
    for n, columns in table["statistics"].items():
        out.append(f"CREATE STATISTICS public.{name.lower()}_{n} ON {', '.join(map(quote, columns))} FROM {t}")
    if table["security"]:
        out.append(f"ALTER TABLE {t} ENABLE ROW LEVEL SECURITY")
    if table["forced"]:
        out.append(f"ALTER TABLE {t} FORCE ROW LEVEL SECURITY")
    if table["replica"]:
        out.append(f"ALTER TABLE {t} REPLICA IDENTITY {table['replica']}")
    for n, p in table["policies"].items():
        out.append(f"CREATE POLICY {n} ON {t} AS {'RESTRICTIVE' if p['restrictive'] else 'PERMISSIVE'} FOR {p['command']}"
                   + (f" USING ({p['using']})" if p["using"] and p["command"] != "INSERT" else "")
                   + (f" WITH CHECK ({p['check']})" if p["check"] and p["command"] != "SELECT" else ""))
    for n, text in table["rules"].items():
        out.append(f"CREATE RULE {n} AS {text.format(t=t)}")
    return out


def late_sql(name, table):
    t = "public." + quote(name)
    out = []
    for n, key in table["keys"].items():
        out.append(f"ALTER TABLE {t} ADD CONSTRAINT {n} FOREIGN KEY ({quote(key['column'])}) REFERENCES public.{quote(key['to'])} (id)"
                   f"{key['action']}{key['deferrable']}{'' if key['valid'] else ' NOT VALID'}")
    for n, trigger in table["triggers"].items():
        out.append(f"CREATE TRIGGER {n} {trigger['text'].format(t=t)} EXECUTE FUNCTION public.{trigger['function']}()")
        if trigger["disabled"]:
            out.append(f"ALTER TABLE {t} DISABLE TRIGGER {n}")
        out += comment_sql(f"TRIGGER {n} ON {t}", trigger["comment"])
    return out


def partitioned_sql(name, part):
    t = "public." + quote(name)
    out = [f"CREATE TABLE {t} (id integer NOT NULL, {', '.join(column_sql(n, c) for n, c in part['columns'].items())})"
           f" PARTITION BY {part['key']} (id)"]
    if part["pk"]:
        out.append(f"ALTER TABLE {t} ADD PRIMARY KEY (id)")
    if part["index"]:
        out.append(f"CREATE INDEX {name}_ix ON {t} ({quote(next(iter(part['columns'])))})")
    for number in sorted(part["parts"]):
        bound = f"FOR VALUES IN ({number})" if part["key"] == "LIST" else \
            f"FOR VALUES FROM ({number * part['width']}) TO ({(number + 1) * part['width']})"
        out.append(f"CREATE TABLE public.{name}_{number} PARTITION OF {t} {bound}")
    if part["default"]:
        out.append(f"CREATE TABLE public.{name}_rest PARTITION OF {t} DEFAULT")
    return out


def view_sql(name, view):
    select = [quote(c) for c in view["columns"]] + ([view["extra"]] if view["extra"] else [])
    words = "MATERIALIZED VIEW" if view["materialized"] else "VIEW"
    text = f"CREATE {words} public.{name}"
    if view["with"] and not view["materialized"]:
        text += f" WITH ({view['with']})"
    if view["group"] and "id" in view["columns"]:
        text += f" AS SELECT {', '.join(select)}, count(*) AS n FROM public.{quote(view['base'])} GROUP BY id"
    else:
        text += f" AS SELECT {', '.join(select)} FROM public.{quote(view['base'])}"
        if view["where"]:
            text += f" WHERE {view['where']}"
    out = [text] + comment_sql(f"{words} public.{name}", view["comment"])
    if view["materialized"] and view["index"]:
        out.append(f"CREATE INDEX {name}_mx ON public.{name} ({quote(view['columns'][0])})")
    return out


def function_sql(name, f):
    body = f"RETURN {f['argument'] or '$1'} * 2" if f["atomic"] else f"AS $f$ {f['body']} $f$"
    text = f"CREATE FUNCTION public.{quote(name)}({f['argument']} integer) RETURNS {f['result']} LANGUAGE sql {f['volatility']} {body}"
    return [text] + comment_sql(f"FUNCTION public.{quote(name)}(integer)", f["comment"])


def schema_sql(schema):
    out = [f"CREATE SCHEMA {name}" for name in schema["schemas"]]
    for name, enum in schema["enums"].items():
        out.append(f"CREATE TYPE public.{quote(name)} AS ENUM ({', '.join(map(literal, enum['values']))})")
        out += comment_sql(f"TYPE public.{quote(name)}", enum["comment"])
    for name, d in schema["domains"].items():
        out.append(f"CREATE DOMAIN public.{name} AS {d['type']}" + (f" DEFAULT {d['default']}" if d["default"] else "")
                   + (" NOT NULL" if d["not_null"] else "") + (f" CONSTRAINT ok CHECK ({d['check']})" if d["check"] else ""))
        out += comment_sql(f"DOMAIN public.{name}", d["comment"])
    for name, c in schema["composites"].items():
        out.append(f"CREATE TYPE public.{name} AS ({', '.join(f'{n} {t}' for n, t in c['attributes'].items())})")
        out += comment_sql(f"TYPE public.{name}", c["comment"])
    for name, subtype in schema["ranges"].items():
        out.append(f"CREATE TYPE public.{quote(name)} AS RANGE (subtype = {subtype})")
    for name, s in schema["sequences"].items():
        out.append(f"CREATE SEQUENCE public.{quote(name)} AS {s['type']} INCREMENT {s['increment']} START {s['start']} CACHE {s['cache']}"
                   + (" CYCLE" if s["cycle"] else ""))
        out += comment_sql(f"SEQUENCE public.{quote(name)}", s["comment"])
    for name, f in schema["functions"].items():
        out += function_sql(name, f)
    for name, body in schema["trigger_functions"].items():
        out.append(f"CREATE FUNCTION public.{name}() RETURNS trigger LANGUAGE plpgsql AS $f$ BEGIN {body} END $f$")
    for name, table in schema["tables"].items():
        out += table_sql(name, table)
    for name, part in schema["partitioned"].items():
        out += partitioned_sql(name, part)
    for name, parent in schema["children"].items():
        out.append(f"CREATE TABLE public.{name} (own integer DEFAULT 3) INHERITS (public.{quote(parent)})")
        out.append(f"ALTER TABLE public.{name} ADD PRIMARY KEY (id)")
    for name, view in sorted(schema["views"].items()):
        out += view_sql(name, view)
    for name, table in schema["tables"].items():
        out += late_sql(name, table)
    return out


def grants_sql(random, schema, defaults=True):
    """Privileges on some of it, for the roles reader and writer; the server refuses those on what it did not make."""
    out = []
    roles = ["reader", "writer", "PUBLIC"]

    def grant(privileges, kind, name, usual):
        if random.random() < 0.6:
            option = random.choice(["", "", " WITH GRANT OPTION"])
            role = random.choice(roles[:2] if option else roles)
            some = ", ".join(sorted(random.sample(privileges, random.randint(1, len(privileges)))))
            out.append(f"GRANT {random.choice([some, some, 'ALL'])} ON {kind} {name} TO {role}{option}")
        if usual and random.random() < 0.4:
            out.append(f"REVOKE ALL ON {kind} {name} FROM PUBLIC")

    def table(name, columns):
        grant(["SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER"], "TABLE", name, False)
        for column in columns:
            if random.random() < 0.2:
                out.append(f"GRANT {random.choice(['SELECT', 'UPDATE', 'REFERENCES'])} ({quote(column)}) ON {name}"
                           f" TO {random.choice(roles)}")

    for name, part in schema["tables"].items():
        table("public." + quote(name), part["columns"])
        if random.random() < 0.1:
            out.append(f"REVOKE INSERT ON public.{quote(name)} FROM CURRENT_USER")
    for name, view in schema["views"].items():
        table("public." + quote(name), view["columns"])
    for kind, word in (("enums", "TYPE"), ("domains", "TYPE"), ("composites", "TYPE")):
        for name in schema.get(kind, ()):
            grant(["USAGE"], word, "public." + quote(name), True)
    for name in schema.get("sequences", ()):
        grant(["USAGE", "SELECT", "UPDATE"], "SEQUENCE", "public." + quote(name), False)
    for name in schema.get("functions", ()):
        grant(["EXECUTE"], "FUNCTION", f"public.{quote(name)}(integer)", True)
    if random.random() < 0.3:
        out.append("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO writer")
    grant(["USAGE", "CREATE"], "SCHEMA", "public", False)
    for kind, privilege in (("TABLES", "SELECT"), ("FUNCTIONS", "EXECUTE"), ("TYPES", "USAGE")):
        if defaults and random.random() < 0.4:
            out.append(f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT {privilege} ON {kind} TO {random.choice(roles)}")
    return out


def rows_sql(schema, count=3):
    """Rows that most columns take by their defaults."""
    out = []
    for name, table in schema["tables"].items():
        for number in range(1, count + 1):
            out.append(f"INSERT INTO public.{quote(name)} (id) OVERRIDING SYSTEM VALUE VALUES ({number})")
    return out
