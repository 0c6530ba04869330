# SPDX-License-Identifier: GPL-3.0-or-later
"""Operations as JSON (tests/core/render/read-operation.h says how), run by the real Alembic in this process, offline."""

import datetime
import decimal
import io
import os
import sys
import uuid
import warnings

if path := os.environ.get("STRATA_TEST_ALEMBIC"):
    sys.path.insert(0, path)

import alembic
import sqlalchemy as sa
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from sqlalchemy.dialects import mysql, postgresql
from sqlalchemy.schema import CreateSchema, CreateSequence, DropSchema, DropSequence
from sqlalchemy.sql import operators

VERSION = alembic.__version__
warnings.simplefilter("ignore")

VALUES = {
    "date": datetime.date.fromisoformat, "datetime": datetime.datetime.fromisoformat,
    "time": datetime.time.fromisoformat, "uuid": uuid.UUID, "decimal": decimal.Decimal, "float": float,
    "interval": lambda text: datetime.timedelta(seconds=float(text)), "bytes": str.encode, "map": lambda text: {"a": 1},
}


class Words(sa.types.UserDefinedType):
    cache_ok = True

    def __init__(self, words):
        self.words = words

    def get_col_spec(self, **kw):
        return self.words


def given(source, *names):
    return {name: source[name] for name in names if source.get(name) is not None}


def make_type(spec):
    if spec is None:
        return sa.types.NullType()
    kind = spec["kind"]
    if kind == "words":
        return Words(spec["name"])
    cls = getattr(postgresql, kind, None) or getattr(sa, kind, None) or getattr(sa.types, kind, None) \
        or getattr(mysql, kind)
    args = []
    kw = given(spec, "length", "collation", "precision", "timezone", "fields", "dimensions", "schema", "varying",
               "as_uuid")
    if kind in ("Numeric", "NUMERIC", "DECIMAL") and "scale" in spec:
        kw["scale"] = spec["scale"]
    if kind in ("Enum", "ENUM"):
        args = spec["values"]
        kw |= {"name": spec.get("name")} | given(spec, "create_constraint", "create_type")
        if "native" in spec:
            kw["native_enum"] = spec["native"]
    elif kind == "Boolean":
        kw |= given(spec, "name", "create_constraint")
    elif kind == "Uuid" and "native" in spec:
        kw["native_uuid"] = spec["native"]
    elif kind == "Interval":
        kw = {"native": spec.get("native", True)} | ({"second_precision": kw["precision"]} if "precision" in kw else {})
    elif kind == "ARRAY":
        args = [make_type(spec["item"])]
    elif kind == "DOMAIN":
        args = [spec["name"], make_type(spec["item"])]
    result = cls(*args, **kw)
    for dialect, variant in spec.get("variants", {}).items():
        result = result.with_variant(make_type(variant), dialect)
    return result


def make_value(spec):
    if isinstance(spec, dict):
        (kind, text), = spec.items()
        return VALUES[kind](text)
    return spec


def operand(spec):
    return make_expression(spec) if isinstance(spec, dict) else spec


def make_expression(spec):
    if not isinstance(spec, dict):
        return spec
    items = [None if isinstance(item, dict) and item.get("list") == "comma_op" else operand(item)
             for item in spec.get("items", [])]
    if "text" in spec:
        text = sa.text(spec["text"])
        return text.bindparams(**{p["name"]: make_value(p["value"]) for p in spec.get("parameters", [])})
    if "value" in spec:
        return sa.literal(make_value(spec["value"]), make_type(spec["type"]) if "type" in spec else None)
    if "words" in spec:
        return sa.literal_column(spec["words"])
    if "subquery" in spec:
        return make_query(spec["subquery"]).scalar_subquery()
    if "of" in spec:
        return TABLES[spec["of"]].c[spec["column"]]
    if "column" in spec:
        return sa.column(spec["column"], make_type(spec["type"]) if "type" in spec else None)
    if "func" in spec:
        return getattr(sa.func, spec["func"])(*items)
    if "label" in spec:
        return items[0].label(spec["label"])
    if "extract" in spec:
        return sa.extract(spec["extract"], items[0])
    if "cast" in spec:
        return sa.cast(items[0], make_type(spec["type"]))
    if "case" in spec:
        whens = list(zip(items[1::2], items[2::2]))
        otherwise = {"else_": items[-1]} if len(items) % 2 == 0 else {}
        if items[0] is not None and not isinstance(items[0], sa.sql.elements.Null):
            return sa.case(dict(whens), value=items[0], **otherwise)
        return sa.case(*whens, **otherwise)
    if "list" in spec:
        return {"and_": sa.and_, "or_": sa.or_}[spec["list"]](*items)
    if "unary" in spec:
        name = spec["unary"]
        if name == "exists":
            return make_query(spec["items"][0]["subquery"]).exists()
        if name in ("inv", "neg"):
            return {"inv": sa.not_, "neg": lambda x: -x}[name](items[0])
        return getattr(operators, name)(items[0])
    if "tuple" in spec:
        return sa.tuple_(*items)
    if "custom" in spec:
        return items[0].op(spec["custom"])(items[1])
    if "op" in spec:
        name = spec["op"]
        if name in ("in_op", "not_in_op"):
            method = getattr(items[0], {"in_op": "in_", "not_in_op": "not_in"}[name])
            if "subquery" in spec["items"][1]:
                return method(make_query(spec["items"][1]["subquery"]))
            return method(
                [operand(item) for item in spec["items"][1]["items"]])
        if name in ("between_op", "not_between_op"):
            between = items[0].between(items[1], items[2])
            return between if name == "between_op" else ~between
        return items[0].operate(getattr(operators, name), items[1], **given(spec, "escape"))
    return {"null": sa.null, "true": sa.true, "false": sa.false}[next(k for k in ("null", "true", "false") if k in spec)]()


def columns_of(*names):
    types = {"id": sa.Integer, "owner": sa.Integer, "total": sa.Integer, "flag": sa.Boolean, "day": sa.Date}
    return [sa.column(name, types.get(name, sa.String)()) for name in names]


TABLES = {name: sa.table(name, *columns_of("id", "owner", "Name", "total", "flag", "day"))
          for name in ("account", "order", "third")}


def make_relation(spec):
    if isinstance(spec, str):
        return TABLES[spec]
    return sa.join(make_relation(spec["left"]), make_relation(spec["right"]), make_expression(spec["on"]),
                   isouter=spec.get("outer", False))


def make_query(spec):
    columns = [make_expression(column) for column in spec.get("columns", [])]
    if spec["kind"] == "select":
        query = sa.select(*columns)
        for relation in spec.get("from", []):
            query = query.select_from(make_relation(relation))
        for name in ("group_by", "order_by"):
            if name in spec:
                query = getattr(query, name)(*[make_expression(e) for e in spec[name]])
        if "having" in spec:
            query = query.having(make_expression(spec["having"]))
        if spec.get("distinct"):
            query = query.distinct()
        for name in ("limit", "offset"):
            if name in spec:
                query = getattr(query, name)(spec[name])
    elif spec["kind"] == "insert" and "source" in spec:
        query = sa.insert(TABLES[spec["table"]]).from_select(columns, make_query(spec["source"]))
    else:
        query = getattr(sa, spec["kind"])(TABLES[spec["table"]])
        if columns:
            query = query.values({c.name: operand(v) for c, v in zip(columns, spec["values"])})
    if "where" in spec:
        query = query.where(make_expression(spec["where"]))
    if "returning" in spec:
        query = query.returning(*[make_expression(e) for e in spec["returning"]])
    return query


def make_options(spec):
    options = {}
    for name, value in spec.get("options", {}).items():
        if isinstance(value, dict):
            value = dict(zip(value["map"][::2], value["map"][1::2])) if "map" in value else make_expression(value)
        options[name] = value
    return options


def make_name(spec):
    return sa.sql.elements.conv(spec["name"]) if spec.get("final") else spec.get("name")


def target_of(spec):
    target = spec["target"]
    prefix = f"{target['schema']}." if target.get("schema") else ""
    return [f"{prefix}{target['table']}.{column}" for column in target["columns"]]


def make_constraint(spec):
    kind = spec["kind"]
    kw = {"name": make_name(spec)} | given(spec, "deferrable", "initially") | make_options(spec)
    if kind == "primary":
        return sa.PrimaryKeyConstraint(*spec["columns"], **kw)
    if kind == "unique":
        return sa.UniqueConstraint(*spec["columns"], **kw)
    if kind == "check":
        return sa.CheckConstraint(make_expression(spec["condition"]), **kw)
    if kind == "exclude":
        elements = [(make_expression(e["expression"]), e["operator"]) for e in spec["exclusions"]]
        return postgresql.ExcludeConstraint(*elements, where=make_expression(spec.get("condition")), **kw)
    kw |= given(spec, "ondelete", "onupdate", "match", "use_alter")
    if "columns" in spec:
        return sa.ForeignKeyConstraint(spec["columns"], target_of(spec), **kw)
    return sa.ForeignKey(target_of(spec)[0], **kw)


def make_identity(spec):
    kw = {name: int(spec[name]) for name in ("start", "increment", "minvalue", "maxvalue", "cache") if name in spec}
    return sa.Identity(**kw, **given(spec, "always", "nominvalue", "nomaxvalue", "cycle"))


def make_computed(spec):
    return sa.Computed(make_expression(spec["expression"]), persisted=spec.get("persisted"))


def make_default(spec):
    if "identity" in spec:
        return make_identity(spec["identity"])
    if "computed" in spec:
        return make_computed(spec["computed"])
    return make_expression(spec["expression"])


def make_column(spec):
    parts = [make_constraint(part) for part in spec.get("constraints", [])]
    if "identity" in spec:
        parts.append(make_identity(spec["identity"]))
    if "computed" in spec:
        parts.append(make_computed(spec["computed"]))
    kw = given(spec, "nullable", "primary_key", "index", "unique", "comment") | make_options(spec)
    if "server_default" in spec:
        kw["server_default"] = make_expression(spec["server_default"])
    if "autoincrement" in spec:
        kw["autoincrement"] = {"yes": True, "no": False}.get(spec["autoincrement"], spec["autoincrement"])
    if spec.get("default"):
        kw["default"] = 1
    return sa.Column(spec["name"], make_type(spec.get("type")), *parts, **kw)


def index_columns(spec):
    return [c["column"] if set(c) == {"column"} else make_expression(c) for c in spec.get("columns", [])]


def create_constraint(op, spec):
    kind, table = spec["kind"], spec["table"]
    name = make_name(spec)
    kw = given(spec, "deferrable", "initially") | make_options(spec)
    schema = {"schema": spec.get("schema")}
    if kind == "primary":
        op.create_primary_key(name, table, spec["columns"], **schema)
    elif kind == "unique":
        op.create_unique_constraint(name, table, spec["columns"], **schema, **kw)
    elif kind == "check":
        op.create_check_constraint(name, table, make_expression(spec["condition"]), **schema, **kw)
    elif kind == "exclude":
        elements = [(make_expression(e["expression"]), e["operator"]) for e in spec["exclusions"]]
        op.create_exclude_constraint(name, table, *elements, where=make_expression(spec.get("condition")),
                                     **schema, **kw)
    else:
        target = spec["target"]
        op.create_foreign_key(name, table, target["table"], spec["columns"], target["columns"],
                              source_schema=spec.get("schema"), referent_schema=target.get("schema"), **kw,
                              **given(spec, "ondelete", "onupdate", "match"))


def alter_column(op, spec):
    kw = given(spec, "nullable", "new_column_name", "schema") | make_options(spec)
    if "type" in spec:
        kw["type_"] = make_type(spec["type"])
    if "existing_type" in spec:
        kw["existing_type"] = make_type(spec["existing_type"])
    if "comment" in spec:
        kw["comment"] = spec["comment"]
    for name in ("server_default", "existing_server_default"):
        if name in spec:
            kw[name] = None if spec[name] is None else make_default(spec[name])
    op.alter_column(spec["table"], spec["column"], **kw)


def create_table(op, spec):
    parts = [make_column(c) for c in spec["columns"]]
    parts += [make_constraint(c) for c in spec.get("constraints", [])]
    parts += [sa.Index(make_name(i), *index_columns(i), unique=i.get("unique", False), **make_options(i))
              for i in spec.get("indexes", [])]
    op.create_table(spec["table"], *parts, if_not_exists=spec.get("tolerant"), **given(spec, "schema", "comment",
                    "prefixes"), **make_options(spec))


def bulk_insert(op, spec):
    table = sa.table(spec["table"], *[make_expression(c) for c in spec["columns"]], schema=spec.get("schema"))
    op.bulk_insert(table, [{k: make_value(v) for k, v in row.items()} for row in spec["rows"]])


def run(op, spec):
    kind, table, schema = spec["op"], spec.get("table"), spec.get("schema")
    tolerant = spec.get("tolerant")
    if kind == "create_table":
        create_table(op, spec)
    elif kind == "drop_table":
        op.drop_table(table, schema=schema, if_exists=tolerant)
    elif kind == "rename_table":
        op.rename_table(table, spec["new_name"], schema=schema)
    elif kind == "add_column":
        op.add_column(table, make_column(spec["column"]), schema=schema, if_not_exists=tolerant,
                      **given(spec, "inline_references", "inline_primary_key"))
    elif kind == "drop_column":
        op.drop_column(table, spec["column"], schema=schema, if_exists=tolerant)
    elif kind == "alter_column":
        alter_column(op, spec)
    elif kind == "create_index":
        op.create_index(make_name(spec), table, index_columns(spec), schema=schema, unique=spec.get("unique", False),
                        if_not_exists=tolerant, **make_options(spec))
    elif kind == "drop_index":
        op.drop_index(make_name(spec), table, schema=schema, if_exists=tolerant, **make_options(spec))
    elif kind == "create_constraint":
        create_constraint(op, spec)
    elif kind == "drop_constraint":
        op.drop_constraint(make_name(spec), table, spec.get("kind"), schema=schema, if_exists=tolerant)
    elif kind == "create_table_comment" and spec["comment"] is None:
        op.drop_table_comment(table, schema=schema)
    elif kind == "create_table_comment":
        op.create_table_comment(table, spec["comment"], schema=schema)
    elif kind == "execute":
        op.execute(make_query(spec["query"]) if "query" in spec else make_expression(spec["expression"]))
    elif kind == "bulk_insert":
        bulk_insert(op, spec)
    elif kind in ("create_type", "drop_type"):
        getattr(make_type(spec["type"]), kind.split("_")[0])(op.get_bind(), checkfirst=False)
    elif kind.endswith("_sequence"):
        kw = {k: int(v) if isinstance(v, str) else v for k, v in spec.get("settings", {}).items()}
        if "type" in spec:
            kw["data_type"] = make_type(spec["type"])
        sequence = sa.Sequence(spec["name"], schema=schema, **kw)
        op.execute(CreateSequence(sequence, if_not_exists=bool(tolerant)) if kind == "create_sequence"
                   else DropSequence(sequence, if_exists=bool(tolerant)))
    elif kind == "create_schema":
        op.execute(CreateSchema(spec["name"], if_not_exists=bool(tolerant)))
    elif kind == "drop_schema":
        op.execute(DropSchema(spec["name"], if_exists=bool(tolerant), cascade=spec.get("cascade", False)))
    else:
        raise LookupError(kind)


def run_python(operations, code):
    """The upgrade() of a script whose op is this one."""
    names = {}
    exec(compile(code, "script.py", "exec"), names)
    names["op"] = operations
    names["upgrade"]()


def render(question, code=None):
    """The statements that Alembic prints, or the exception that it ends with; those of a script instead, where there is one."""
    out = io.StringIO()
    opts = {"as_sql": True, "output_buffer": out, "literal_binds": not question.get("binds")}
    if "naming" in question:
        opts["target_metadata"] = sa.MetaData(naming_convention={"ix": "ix_%(column_0_label)s"} | question["naming"])
    style = {} if question.get("pyformat") else {"dialect_opts": {"paramstyle": "named"}}
    try:
        context = MigrationContext.configure(dialect_name=question["dialect"], opts=opts, **style)
        if code is not None:
            run_python(Operations(context), code)
        else:
            run(Operations(context), question["operation"])
    except Exception as error:
        return None, f"{type(error).__name__}: {error}"
    return out.getvalue(), None
