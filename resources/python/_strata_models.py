# SPDX-License-Identifier: GPL-3.0-or-later
"""What the project's MetaData say: the DDL that makes them, each column's type as the project's own scripts would name it,
and what env.py's filters leave out of a comparison."""

import ast
import inspect
import io
import logging
import re
import sys

import sqlalchemy as sa
from alembic.autogenerate import render
from alembic.autogenerate.api import AutogenContext
from alembic.runtime.environment import EnvironmentContext
from sqlalchemy.sql.sqltypes import SchemaType

# What configure() may say about autogenerate and Strata has to know.
OPTIONS = ("include_schemas", "compare_type", "compare_server_default", "render_as_batch", "version_table",
           "version_table_schema", "upgrade_token", "downgrade_token", "alembic_module_prefix", "sqlalchemy_module_prefix",
           "user_module_prefix")
ONCE = re.compile(r"\s*CREATE\s+(TYPE|DOMAIN|SCHEMA|SEQUENCE)\b", re.I)


def plain(value):
    return value if value is None or isinstance(value, (bool, str, int)) else "function" if callable(value) else str(value)


class Project:
    def __init__(self, seen, request, refusal):
        self.metadata = seen.metadata
        self.options = seen.options
        self.request = request
        self.refusal = refusal
        self.default_schema = request.get("default_schema")
        self.context = self.make_context(seen)
        self.renderer = AutogenContext(self.context, metadata=self.metadata, autogenerate=False)
        self.dialect = self.make_dialect()
        self.classes = dict(find_classes())
        self.homes = None

    def make_context(self, seen):
        """Alembic's own, which its renderer asks: without a database, whatever env.py said about that."""
        options = {name: value for name, value in self.options.items()
                   if name not in ("output_buffer", "starting_rev", "as_sql", "transactional_ddl", "on_version_apply")}
        environment = EnvironmentContext(seen.config, seen.script, as_sql=True)
        environment.configure(dialect_name=self.request["dialect"], output_buffer=io.StringIO(), **options)
        return environment.get_context()

    def make_dialect(self):
        # Named parameters: with others every percent sign would be doubled.
        dialect = sa.create_mock_engine(self.request["dialect"] + "://", lambda *_: None, paramstyle="named").dialect
        if self.request.get("version"):
            dialect.server_version_info = tuple(self.request["version"])
        dialect.default_schema_name = self.default_schema
        return dialect

    def tables(self):
        for metadata in self.metadata:
            yield from metadata.sorted_tables

    def schema_of(self, table):
        return None if table.schema == self.default_schema else table.schema


def find_classes():
    """Each mapped class by its table."""
    try:
        from sqlalchemy.orm.mapper import _all_registries
    except ImportError:
        return
    for registry in list(_all_registries()):
        for mapper in list(registry.mappers):
            yield id(mapper.local_table), mapper.class_


def find_home(project, table):
    """Where the table is written: of a class the class's, else the first module that has it as a name of its own."""
    if (found := project.classes.get(id(table))) is not None:
        try:
            return {"module": found.__module__, "file": inspect.getsourcefile(found), "line": inspect.getsourcelines(found)[1]}
        except (OSError, TypeError):
            return {"module": found.__module__}
    if project.homes is None:
        project.homes = {}
        for name, module in list(sys.modules.items()):
            for value in list(getattr(module, "__dict__", {}).values()):
                if isinstance(value, sa.Table):
                    project.homes.setdefault(id(value), {"module": name, "file": getattr(module, "__file__", None)})
    return project.homes.get(id(table), {})


def make_ddl(project):
    statements, made = [], set()

    def take(element, *_, **__):
        text = element if isinstance(element, str) else str(element.compile(dialect=project.dialect))
        text = text.strip()
        if ONCE.match(text) and text in made:
            return
        made.add(text)
        statements.append(text)

    engine = sa.engine.mock.MockConnection(project.dialect, take)
    if project.request["dialect"] == "postgresql":
        things = [*project.tables(), *(sequence for metadata in project.metadata for sequence in metadata._sequences.values()),
                  *(named for table in project.tables() for column in table.columns if (named := named_type(project, column.type)))]
        for schema in sorted({thing.schema for thing in things if thing.schema and thing.schema != project.default_schema}):
            take(f"CREATE SCHEMA {project.dialect.identifier_preparer.quote_schema(schema)}")
    for metadata in project.metadata:
        try:
            metadata.create_all(engine, checkfirst=False)
        except sa.exc.CompileError as error:
            raise project.refusal("model", tell_home(project, metadata, str(error))) from error
    return statements


def tell_home(project, metadata, words):
    """The words with the place of the model that they name."""
    found = re.search(r"in table '([^']+)'", words)
    for table in metadata.sorted_tables if found else ():
        home = find_home(project, table)
        if table.name == found[1] and home.get("file"):
            return f"{home['file']}:{home.get('line', 0)}: {words}"
    return words


def named_type(project, type_):
    """The type of its own that the server gets for it, which scripts make and drop by themselves."""
    while isinstance(type_, sa.ARRAY):
        type_ = type_.item_type
    type_ = type_.dialect_impl(project.dialect)
    type_ = getattr(type_, "impl_instance", None) or getattr(type_, "impl", type_)
    is_native = project.request["dialect"] == "postgresql" and getattr(type_, "native_enum", True)
    return type_ if is_native and isinstance(type_, SchemaType) and hasattr(type_, "create") and has_name(type_) else None


def has_name(type_):
    return getattr(type_, "name", None) is not None and not isinstance(type_, sa.Boolean)


def makes_check(type_):
    return isinstance(type_, SchemaType) and getattr(type_, "create_constraint", False)


def find_imports(source, imports):
    """“import app.types” where the text says app.types.Money(); what Alembic's renderer imports itself is there already."""
    bound = {line.split()[-1] for line in imports}
    nodes = list(ast.walk(ast.parse(source, mode="eval")))
    inner = {id(node.value) for node in nodes if isinstance(node, ast.Attribute)}
    for node in nodes:
        words = []
        if id(node) in inner:
            continue
        while isinstance(node, ast.Attribute):
            words.insert(0, node.attr)
            node = node.value
        if not words or not isinstance(node, ast.Name) or node.id in bound:
            continue
        words = [node.id, *words]
        for n in range(len(words) - 1, 0, -1):
            if (name := ".".join(words[:n])) in sys.modules:
                yield f"import {name}"
                break


def is_proven(project, source, imports, type_):
    """Whether the text makes the type that it is written for."""
    names = {"sa": sa, project.context.opts["sqlalchemy_module_prefix"].rstrip("."): sa}
    try:
        exec("\n".join(imports), names)
        made = sa.types.to_instance(eval(source, names))
        return made.compile(dialect=project.dialect) == type_.compile(dialect=project.dialect)
    except Exception:
        return False


def render_type(project, type_):
    """Its Python and what that has to import; None where Strata writes its own words for it."""
    renderer, options = project.renderer, project.context.opts
    if named_type(project, type_) is not None or makes_check(type_):
        return None
    renderer.imports = set()
    is_custom = render._user_defined_render("type", type_, renderer) is not False
    renderer.imports = set()
    source = render._repr_type(type_, renderer)
    is_custom |= bool(options.get("user_module_prefix")) and options["user_module_prefix"] in source
    # What a class of the project is called with is not always what Alembic takes from the type below it.
    for text in (source, f"{type(type_).__module__}.{sa.util.generic_repr(type_)}"):
        try:
            imports = sorted(renderer.imports | set(find_imports(text, renderer.imports)))
        except SyntaxError:
            continue
        if is_custom or is_proven(project, text, imports, type_):
            return {"type": text, "imports": imports}
    return None


def describe_column(project, column):
    rendered = render_type(project, column.type) or {}
    default = None
    if column.server_default is not None and not isinstance(column.server_default, (sa.Computed, sa.Identity)):
        default = render._render_server_default(column.server_default, project.renderer)
    return {"name": str(column.name), **rendered, "default": default}


def describe_table(project, table):
    return {"schema": project.schema_of(table), "name": str(table.name), **find_home(project, table),
            "columns": [describe_column(project, column) for column in table.columns]}


class Filters:
    """include_name and include_object, asked as autogenerate asks them; what they say no to."""

    def __init__(self, project):
        self.project = project
        self.include_name = project.options.get("include_name")
        self.include_object = project.options.get("include_object")
        self.excluded = []

    def exclude(self, kind, schema, table, name):
        self.excluded.append({"type": kind, "schema": schema, "table": table, "name": name})

    def allows_name(self, name, kind, schema=None, table=None):
        parents = {}
        if kind != "schema":
            whole = table or name
            parents = {"schema_name": schema, "schema_qualified_table_name": f"{schema}.{whole}" if schema else whole}
        if table:
            parents["table_name"] = table
        return not self.include_name or bool(self.include_name(name, kind, parents))

    def allows(self, thing, name, kind, reflected, other):
        return not self.include_object or bool(self.include_object(thing, name, kind, reflected, other))

    def judge(self, kind, schema, table, name, reflected, declared):
        """A part or a table that is in the database, in the models, or in both."""
        if reflected is not None and not self.allows_name(name, kind, schema, table):
            allowed = False
        elif declared is not None:
            allowed = self.allows(declared, name, kind, False, reflected)
        else:
            allowed = self.allows(reflected, name, kind, True, None)
        if not allowed:
            self.exclude(kind, schema, table, name)
        return allowed


def parts_of(table):
    """(kind, name) to the thing, of all that filters are asked about."""
    found = {("column", str(column.name)): column for column in table.columns}
    found.update((("index", str(index.name)), index) for index in table.indexes if index.name)
    kinds = ((sa.UniqueConstraint, "unique_constraint"), (sa.ForeignKeyConstraint, "foreign_key_constraint"),
             (sa.CheckConstraint, "check_constraint"))
    for constraint in table.constraints:
        for class_, kind in kinds:
            if isinstance(constraint, class_) and isinstance(constraint.name, str):
                found[kind, str(constraint.name)] = constraint
    return found


def make_reflected(there, metadata):
    """What the database has, as far as a filter may look at it: names, and what belongs together."""
    columns = [sa.Column(name, sa.types.NullType()) for name in there.get("columns", ())]
    table = sa.Table(there["name"], metadata, *columns, schema=there["schema"])
    for name in there.get("indexes", ()):
        sa.Index(name, *table.columns, _table=table)
    for name in there.get("uniques", ()):
        table.append_constraint(sa.UniqueConstraint(*table.columns, name=name))
    for name in there.get("checks", ()):
        table.append_constraint(sa.CheckConstraint(sa.text("true"), name=name))
    for name in there.get("references", ()):
        first = next(iter(table.columns.keys()), None)
        if first is not None:
            table.append_constraint(sa.ForeignKeyConstraint([first], [f"{there['name']}.{first}"], name=name))
    return table


def filter_names(project):
    filters = Filters(project)
    if not filters.include_name and not filters.include_object:
        return []
    for schema in project.request.get("schemas", ()):
        if not filters.allows_name(None if schema == project.default_schema else schema, "schema"):
            filters.exclude("schema", schema, None, schema)
    metadata = sa.MetaData()
    reflected = {(there["schema"], there["name"]): make_reflected(there, metadata) for there in project.request.get("tables", ())}
    declared = {(project.schema_of(table), str(table.name)): table for table in project.tables()}
    for schema, name in sorted({*reflected, *declared}, key=lambda key: (key[0] or "", key[1])):
        ours, theirs = reflected.get((schema, name)), declared.get((schema, name))
        if not filters.judge("table", schema, None, name, ours, theirs):
            continue
        mine, others = parts_of(ours) if ours is not None else {}, parts_of(theirs) if theirs is not None else {}
        for kind, part in sorted({*mine, *others}):
            filters.judge(kind, schema, name, part, mine.get((kind, part)), others.get((kind, part)))
    return filters.excluded


def describe(seen, request, refusal):
    # What Alembic would log of a context of ours is no news of the project.
    logging.disable(logging.INFO)
    project = Project(seen, request, refusal)
    return {
        "python": sys.version.split()[0],
        "sqlalchemy": sa.__version__,
        "env": seen.script.env_py_location,
        "offline": seen.as_sql,
        "has_directives": bool(project.options.get("process_revision_directives")),
        "options": {name: plain(project.options[name]) for name in OPTIONS if name in project.options},
        "ddl": make_ddl(project),
        "tables": [describe_table(project, table) for table in project.tables()],
        "excluded": filter_names(project),
    }
