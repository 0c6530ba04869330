# SPDX-License-Identifier: GPL-3.0-or-later
"""Random schemas of SQLite, and schemas that are like another one but for some changes. What SQLite refuses is left out by
whoever loads them, so nothing here has to be right; most of it is."""

import copy

TYPES = ["INTEGER", "INT", "TEXT", "VARCHAR(20)", "varchar(40)", "NUMERIC(10, 2)", "REAL", "BLOB", "DATETIME", "BOOLEAN", "json", ""]
STRICT_TYPES = ["INTEGER", "TEXT", "REAL", "BLOB", "ANY"]
DEFAULTS = ["0", "7", "-1", "'x'", "'it''s'", "(1 + 2)", "CURRENT_TIMESTAMP", "NULL", "(lower('A'))", "x'00'"]
NAMES = ["alpha", "beta", "gamma", "delta", "order", "Mixed", "two words", "zeta"]
COLUMNS = ["name", "age", "state", "price", "note", "day", "Odd Name", "ref", "code", "group"]
COLLATIONS = [None, None, None, "NOCASE", "RTRIM"]
CONFLICTS = ["", "", "", "", " ON CONFLICT IGNORE", " ON CONFLICT REPLACE"]
ACTIONS = ["", "", " ON DELETE CASCADE", " ON DELETE SET NULL", " ON UPDATE CASCADE", " ON DELETE NO ACTION",
           " ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED"]


def quote(name):
    return name if name.islower() and name.isidentifier() and name not in ("order", "group") else '"' + name + '"'


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

    def expression(self, names):
        name = quote(self.pick(names))
        return self.pick([f"length({name}) < 50", f"{name} <> 'a b'", f"{name} IS NOT NULL OR 1 > -1", f"{name} in ('x', 'y') or 1",
                          f"coalesce({name}, '') || 'x'"])

    # A column's dict: type, null, default, collation, generated (of other columns), key clauses are the table's.

    def column(self, strict, others):
        generated = others and self.chance(0.12)
        return {"type": self.pick(STRICT_TYPES if strict else TYPES), "not_null": self.chance(0.3),
                "conflict": self.pick(CONFLICTS), "default": None if generated else self.pick(DEFAULTS + [None] * 8),
                "collation": self.pick(COLLATIONS), "nn_name": self.pick([None] * 6 + ["nn"]),
                "generated": (self.expression(others), self.pick(["STORED", "VIRTUAL", ""])) if generated else None}

    def table(self, schema):
        strict = self.chance(0.15)
        table = {"strict": strict, "columns": {}, "uniques": [], "checks": [], "references": [], "without": False}
        table["key"] = self.pick(["id", "id", "id", "auto", "named", "desc", "none", "pair"])
        table["id_type"] = "INTEGER" if strict else self.pick(["INTEGER", "INTEGER", "integer", "TEXT"])
        for name in self.random.sample(COLUMNS, self.random.randint(1, 6)):
            table["columns"][name] = self.column(strict, list(table["columns"]))
        if table["key"] in ("id", "named", "pair"):
            table["without"] = self.chance(0.15)
        for _ in range(self.random.randint(0, 2)):
            self.add_constraint(schema, table)
        return table

    def add_constraint(self, schema, table):
        names = list(table["columns"])
        what = self.pick(["uniques", "checks", "references"])
        title = self.pick([None, None, what[:2] + str(self.random.randint(1, 9))])
        inline = self.chance(0.4)
        if what == "uniques":
            columns = self.random.sample(names, min(len(names), 1 if inline else self.random.randint(1, 2)))
            table[what].append((title, columns, self.pick(CONFLICTS), inline))
        elif what == "checks":
            column = self.pick(names)
            table[what].append((title, self.expression([column]), column if inline else None))
        else:
            target = self.pick(list(schema["tables"]) + ["alpha"])
            table[what].append((title, self.pick(names), target, self.pick(ACTIONS), self.pick(["", "(id)"]), inline))

    def index(self, table):
        names = list(table["columns"])
        elements = []
        for name in self.random.sample(names, min(len(names), self.random.randint(1, 2))):
            elements.append(self.pick([quote(name), quote(name) + " DESC", f"lower({quote(name)})", quote(name) + " COLLATE NOCASE"]))
        return {"unique": self.chance(0.1), "elements": elements, "where": self.expression(names) if self.chance(0.2) else None}

    def view(self, schema):
        readable = list(schema["tables"]) + list(schema["views"])
        name = self.pick(readable)
        if name in schema["tables"]:
            columns = self.some(schema["tables"][name]["columns"], 2) or ["id"]
            return f"SELECT {', '.join('t.' + quote(c) for c in columns)}, 1 AS one FROM {quote(name)} AS t"
        return f"SELECT one, count(*) AS n FROM {quote(name)} GROUP BY one"

    def trigger(self, schema, table):
        target = self.pick(schema["tables"])
        event = self.pick(["INSERT", "DELETE", "UPDATE"])
        body = self.pick([f"UPDATE {quote(target)} SET id = id WHERE 0", "SELECT 1, 'a;b'",
                          f"DELETE FROM {quote(target)} WHERE 1 = 0"])
        return f"{self.pick(['BEFORE', 'AFTER'])} {event} ON {quote(table)} BEGIN {body}; END"

    def schema(self):
        schema = {"tables": {}, "indexes": {}, "views": {}, "triggers": {}, "virtual": {}}
        for name in self.random.sample(NAMES, self.random.randint(1, 4)):
            schema["tables"][name] = self.table(schema)
        for _ in range(self.random.randint(0, 4)):
            self.add(schema)
        return schema

    def add(self, schema):
        what = self.pick(["tables", "indexes", "indexes", "views", "triggers", "virtual"])
        number = str(self.random.randint(1, 9))
        table = self.pick(schema["tables"]) if schema["tables"] else None
        if what == "tables" or table is None:
            name = self.pick(NAMES)
            schema["tables"].setdefault(name, self.table(schema))
        elif what == "indexes":
            schema["indexes"].setdefault("ix" + number, (table, self.index(schema["tables"][table])))
        elif what == "views":
            schema["views"].setdefault("v" + number, self.view(schema))
        elif what == "triggers":
            schema["triggers"].setdefault("tr" + number, (table, self.trigger(schema, table)))
        elif self.chance(0.3):
            schema["virtual"].setdefault("full_text", self.pick(["body", "title, body", "body, tokenize = 'porter ascii'"]))

    def rows(self, schema):
        """What a table refuses is left out by whoever loads it."""
        statements = []
        for name, table in schema["tables"].items():
            columns = [column for column, parts in table["columns"].items() if not parts["generated"]]
            for number in range(1, self.random.randint(2, 6)):
                values = [self.pick(["1", f"'{number}'", "'x'", "2.5"]) for _ in columns]
                statements.append(f"INSERT INTO {quote(name)} ({', '.join(['id'] + [quote(column) for column in columns])}) "
                                  f"VALUES ({', '.join([str(number)] + values)})")
        return statements

    def change_table(self, schema, table):
        columns = table["columns"]
        what = self.random.randint(0, 9)
        if what <= 2:
            name = self.pick(COLUMNS)
            if name not in columns:
                columns[name] = self.column(table["strict"], list(columns))
                if self.chance(0.6):
                    columns[name].update(not_null=False, generated=None)
        elif what == 3 and len(columns) > 1:
            del columns[self.pick(columns)]
        elif what == 4:
            self.add_constraint(schema, table)
        elif what == 5:
            kind = self.pick(["uniques", "checks", "references"])
            if table[kind]:
                table[kind].pop(self.random.randrange(len(table[kind])))
        elif what == 6:
            table["key"] = self.pick(["id", "auto", "named", "desc", "none", "pair"])
        elif what == 7 and table["key"] in ("id", "named", "pair"):
            table["without"] = not table["without"]
        else:
            name = self.pick(columns)
            columns[name].update({key: value for key, value in self.column(table["strict"], []).items() if self.chance(0.4)})

    def like(self, schema):
        other = copy.deepcopy(schema)
        for _ in range(self.random.randint(1, 5)):
            what = self.random.randint(0, 9)
            if what <= 5 and other["tables"]:
                self.change_table(other, other["tables"][self.pick(other["tables"])])
            elif what <= 7:
                self.add(other)
            else:
                kind = self.pick(["tables", "indexes", "views", "triggers", "virtual"])
                if other[kind]:
                    del other[kind][self.pick(other[kind])]
        return other


class Plain(Maker):
    """What SQLAlchemy's users have: its own types, constraints with names, indexes of columns; the odd thing now and then."""

    TYPES = ["INTEGER", "TEXT", "VARCHAR(20)", "VARCHAR(40)", "NUMERIC(10, 2)", "FLOAT", "DATETIME", "DATE", "BOOLEAN", "JSON", "BIGINT"]
    DEFAULTS = ["'0'", "7", "10", "-1", "'x'", "'it''s'", "(1 + 2)", "CURRENT_TIMESTAMP", "(lower('A'))", "''", "1.5"]

    def column(self, strict, others):
        if self.chance(0.04):
            return super().column(strict, others)
        return {"type": self.pick(self.TYPES), "not_null": self.chance(0.3), "conflict": "", "default": self.pick(self.DEFAULTS + [None] * 8),
                "collation": None, "nn_name": None, "generated": None}

    def table(self, schema):
        table = super().table(schema)
        if not self.chance(0.05):
            columns = {name: self.column(False, []) for name in table["columns"]}
            table.update(strict=False, without=False, key=self.pick(["id", "named", "named"]), id_type="INTEGER", columns=columns)
            table.update(uniques=[], checks=[], references=[])
            for _ in range(self.random.randint(0, 2)):
                self.add_constraint(schema, table)
        return table

    def add_constraint(self, schema, table):
        if self.chance(0.05):
            super().add_constraint(schema, table)
            return
        names = list(table["columns"])
        title = f"c{self.random.randint(1, 99)}"
        what = self.pick(["uniques", "checks", "references"])
        if what == "uniques":
            table[what].append((self.pick([title, title, None]), self.random.sample(names, min(len(names), self.random.randint(1, 2))), "", False))
        elif what == "checks":
            table[what].append((title, self.expression([self.pick(names)]), None))
        else:
            actions = self.pick(["", " ON DELETE CASCADE", " ON DELETE SET NULL ON UPDATE CASCADE", " DEFERRABLE INITIALLY DEFERRED"])
            table[what].append((self.pick([title, title, None]), self.pick(names), self.pick(list(schema["tables"]) + ["alpha"]), actions,
                                " (id)", False))

    def rows(self, schema):
        """Values of the columns' types: what else may stand in a column of SQLite's, a CAST does not keep."""
        statements = []
        for name, table in schema["tables"].items():
            columns = {column: parts["type"] for column, parts in table["columns"].items() if not parts["generated"]}
            for number in range(1, self.random.randint(2, 6)):
                values = [self.pick(["1", "0"] if kind in ("BOOLEAN", "INTEGER", "BIGINT") else ["1", "2.5"] if kind[:3] in ("NUM", "FLO")
                                    else [f"'{number}'", "'x'", "'2020-01-02 03:04:05'"]) for kind in columns.values()]
                statements.append(f"INSERT INTO {quote(name)} ({', '.join(['id', *map(quote, columns)])}) "
                                  f"VALUES ({', '.join([str(number)] + values)})")
        return statements

    def index(self, table):
        index = super().index(table)
        if not self.chance(0.1):
            names = list(table["columns"])
            index["elements"] = [quote(name) for name in self.random.sample(names, min(len(names), self.random.randint(1, 2)))]
        return index


# To SQL


def named(title):
    return f"CONSTRAINT {quote(title)} " if title else ""


def write_column(name, column, table):
    parts = [quote(name), column["type"]]
    if column["generated"]:
        parts.append(f"GENERATED ALWAYS AS ({column['generated'][0]}) {column['generated'][1]}")
    if column["not_null"]:
        parts.append(f"{named(column['nn_name'])}NOT NULL{column['conflict']}")
    if column["default"] is not None:
        parts.append("DEFAULT " + column["default"])
    if column["collation"]:
        parts.append("COLLATE " + column["collation"])
    for title, columns, conflict, inline in table["uniques"]:
        if inline and columns == [name]:
            parts.append(f"{named(title)}UNIQUE{conflict}")
    for title, condition, inline in table["checks"]:
        if inline == name:
            parts.append(f"{named(title)}CHECK ({condition})")
    for title, source, target, actions, referred, inline in table["references"]:
        if inline and source == name:
            parts.append(f"{named(title)}REFERENCES {quote(target)}{referred}{actions}")
    return " ".join(part for part in parts if part)


def write_table(name, table):
    key = table["key"]
    items = [{"id": f"id {table['id_type']} PRIMARY KEY", "auto": "id INTEGER PRIMARY KEY AUTOINCREMENT",
              "named": f"id {table['id_type']} NOT NULL", "desc": "id INTEGER PRIMARY KEY DESC", "none": f"id {table['id_type']}",
              "pair": f"id {table['id_type']}"}[key]]
    items += [write_column(column, parts, table) for column, parts in table["columns"].items()]
    if key == "named":
        items.append("CONSTRAINT pk PRIMARY KEY (id)")
    elif key == "pair":
        plain = [column for column, parts in table["columns"].items() if not parts["generated"]]
        items.append(f"PRIMARY KEY (id{''.join(', ' + quote(column) for column in plain[:1])})")
    for title, columns, conflict, inline in table["uniques"]:
        if not inline and all(column in table["columns"] for column in columns):
            items.append(f"{named(title)}UNIQUE ({', '.join(map(quote, columns))}){conflict}")
    for title, condition, inline in table["checks"]:
        if not inline:
            items.append(f"{named(title)}CHECK ({condition})")
    for title, source, target, actions, referred, inline in table["references"]:
        if not inline and source in table["columns"]:
            items.append(f"{named(title)}FOREIGN KEY ({quote(source)}) REFERENCES {quote(target)}{referred}{actions}")
    options = [word for word, said in (("STRICT", table["strict"]), ("WITHOUT ROWID", table["without"])) if said]
    return f"CREATE TABLE {quote(name)} (\n  " + ",\n  ".join(items) + "\n)" + (" " + ", ".join(options) if options else "")


def write(schema):
    statements = [write_table(name, table) for name, table in schema["tables"].items()]
    statements += [f"CREATE VIRTUAL TABLE {name} USING fts5({arguments})" for name, arguments in schema["virtual"].items()]
    for name, (table, index) in schema["indexes"].items():
        where = f" WHERE {index['where']}" if index["where"] else ""
        statements.append(f"CREATE {'UNIQUE ' if index['unique'] else ''}INDEX {name} ON {quote(table)} "
                          f"({', '.join(index['elements'])}){where}")
    statements += [f"CREATE VIEW {name} AS {query}" for name, query in schema["views"].items()]
    statements += [f"CREATE TRIGGER {name} {text}" for name, (_, text) in schema["triggers"].items()]
    return statements
