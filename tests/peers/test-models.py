#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the provider of models tells, asked of projects of all kinds with the real Alembic, and without a server."""

import tap
from models_project import ASYNC_ENV, URLS, Project

MODELS = """import enum
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg
from sqlalchemy.orm import declarative_base
from .types import Money
Base = declarative_base(metadata=sa.MetaData(naming_convention={"ix": "ix_%(column_0_label)s", "fk": "fk_%(table_name)s"}))
class Color(enum.Enum):
    red = 1
    green = 2
class Item(Base):
    __tablename__ = "items"
    id = sa.Column(sa.Integer, primary_key=True)
    name = sa.Column(sa.String(50), index=True, server_default="x'y%z:a")
    price = sa.Column(Money(4))
    color = sa.Column(sa.Enum(Color))
    data = sa.Column(pg.JSONB)
    tags = sa.Column(pg.ARRAY(sa.Text))
    flag = sa.Column(sa.Boolean(create_constraint=True), comment="100%")
class Order(Base):
    __tablename__ = "orders"
    __table_args__ = {"schema": "shop"}
    id = sa.Column(sa.Integer, primary_key=True)
    item = sa.Column(sa.ForeignKey("items.id"))
    color = sa.Column(sa.Enum(Color))
loose = sa.Table("loose", Base.metadata, sa.Column("a", sa.LargeBinary))
"""

TYPES = """import sqlalchemy as sa
class Money(sa.TypeDecorator):
    impl = sa.Numeric
    cache_ok = True
    def __init__(self, places=2):
        super().__init__(12, places)
        self.places = places
"""

SMALL = """import sqlalchemy as sa
from sqlalchemy.orm import declarative_base
Base = declarative_base()
class A(Base):
    __tablename__ = "a"
    id = sa.Column(sa.Integer, primary_key=True)
    name = sa.Column(sa.Text, index=True)
"""

FILTERS = """from app.models import Base
def include_object(thing, name, kind, reflected, compare_to):
    if kind == "table":
        return not (reflected and compare_to is None and name.startswith("other_"))
    if kind == "index":
        return thing.table.name != "a"
    return True
def include_name(name, kind, parents):
    if kind == "schema":
        return name in (None, "shop")
    return kind != "table" or parents["schema_qualified_table_name"] != "shop.left"
"""


def column(answer, table, name):
    return next(column for found in answer["tables"] if found["name"] == table for column in found["columns"]
                if column["name"] == name)


def texts(project):
    answer = project.ask(version=[15, 3])
    tap.check("error" not in answer and "died" not in answer, "models of all kinds", answer.get("error"), project.printed)
    ddl = answer["ddl"]
    tap.check(ddl[0] == "CREATE SCHEMA shop" and sum("CREATE TYPE" in text for text in ddl) == 1, "schemas and types, once", ddl)
    tap.check(any("DEFAULT 'x''y%z:a'" in text for text in ddl), "percent signs and colons stay", ddl)
    tap.check(any("COMMENT ON COLUMN items.flag IS '100%'" in text for text in ddl), "comments", ddl)
    tap.check(any("CREATE INDEX ix_items_name ON items (name)" in text for text in ddl), "naming convention", ddl)
    tap.check(column(answer, "items", "name")["type"] == "sa.String(length=50)", "a type of SQLAlchemy")
    tap.check(column(answer, "items", "price") | {"imports": ["import app.types"], "type": "app.types.Money(places=4)"}
              == column(answer, "items", "price"), "a type of the project", column(answer, "items", "price"))
    tap.check("from sqlalchemy.dialects import postgresql" in column(answer, "items", "tags")["imports"], "its imports")
    for name in ("color", "flag"):
        tap.check("type" not in column(answer, "items", name), f"one that makes things of its own: {name}")
    home = {table["name"]: table for table in answer["tables"]}
    tap.check(home["items"]["file"].endswith("app/models.py") and home["items"]["line"] == 10, "where a class is", home["items"])
    tap.check(home["loose"]["module"] == "app.models" and home["orders"]["schema"] == "shop", "where a table is")
    tap.check(answer["unseen"] == [], "nothing is missing", answer["unseen"])
    tap.check(not any("pycache" in name for name in project.files()), "no file is left in the project", project.files())


def environments():
    with Project(app__models=SMALL) as project:
        project.env(ASYNC_ENV, URLS["postgresql"].replace("://", "+asyncpg://"), top="from app.models import Base",
                    metadata="Base.metadata", more=", compare_server_default=True, render_as_batch=True")
        answer = project.ask()
        tap.check(answer.get("options") == {"compare_server_default": True, "render_as_batch": True} and not answer["offline"],
                  "an async env.py, without its driver", answer)

        project.env(top="from app.models import Base\nimport sqlalchemy as sa\nother = sa.MetaData()\nsa.Table('z', other,"
                        " sa.Column('q', sa.Integer))", metadata="[Base.metadata, other]")
        tap.check([table["name"] for table in project.ask()["tables"]] == ["a", "z"], "a list of MetaData")

        project.env(top="from app.models import Base\nif not context.is_offline_mode(): raise RuntimeError('no')",
                    metadata="Base.metadata")
        tap.check(project.ask().get("offline") is True, "offline where the other half gives up")

        project.env(top="from app.models import Base", metadata="Base.metadata", more=")\n        raise RuntimeError('after'")
        tap.check("tables" in project.ask(), "what fails afterwards does not count")

        project.env(url=URLS["sqlite"], top="from app.models import Base", metadata="Base.metadata")
        answer = project.ask("sqlite")
        tap.check(any("id INTEGER NOT NULL" in text for text in answer["ddl"]) and "none.db" not in project.files(),
                  "SQLite, and no file", answer)

        project.write("app/ghost.py", "from .models import Base\n\nclass Ghost(Base):\n    __tablename__ = 'ghosts'\n"
                                      "class Again(Base):\n    __tablename__ = 'a'\n")
        project.write("tests/models.py", "class T:\n    __tablename__ = 'tests'\n")
        answer = project.ask("sqlite")
        tap.check([(model["class"], model["line"], model["table"]) for model in answer["unseen"]] == [("Ghost", 3, "ghosts")],
                  "models that nobody imports", answer["unseen"])


def filters():
    with Project(app__models=SMALL) as project:
        project.env(top=FILTERS, metadata="Base.metadata", more=", include_schemas=True, include_object=include_object,"
                                                                " include_name=include_name")
        tables = [{"schema": None, "name": "a", "columns": ["id"], "indexes": ["ix_old"], "uniques": ["u"], "checks": ["c"],
                   "references": ["r"]},
                  {"schema": None, "name": "other_x", "columns": []}, {"schema": "shop", "name": "left", "columns": []}]
        answer = project.ask(schemas=["public", "shop", "away"], tables=tables)
        found = {(out["type"], out["schema"], out["name"]) for out in answer.get("excluded", ())}
        tap.check(found == {("schema", "away", "away"), ("table", None, "other_x"), ("table", "shop", "left"),
                            ("index", None, "ix_a_name"), ("index", None, "ix_old")}, "filters", answer)

        project.env(top=FILTERS.replace('name.startswith', 'name.no_such'), metadata="Base.metadata",
                    more=", include_object=include_object")
        answer = project.ask(tables=tables)
        tap.check("no_such" in answer["error"]["text"] and answer["error"]["file"].endswith("env.py"), "a filter that fails", answer)


def failures():
    with Project(app__models=SMALL) as project:
        project.env(metadata="None")
        error = project.ask()["error"]
        tap.check(error["kind"] == "no-metadata" and error["text"].startswith(
            "Can't proceed with --autogenerate option; environment script ") and error["text"].endswith(
            "does not provide a MetaData object or sequence of objects to the context."), "no MetaData, in Alembic's words", error)

        project.env(top="from app.models import Base", metadata="Base.metadata")
        project.write("app/models.py", SMALL + "\nimport no_such_module\n")
        error = project.ask()["error"]
        tap.check("no_such_module" in error["text"] and error["file"].endswith("app/models.py") and error["line"] == 9,
                  "a model that does not import", error)
        project.write("app/models.py", SMALL + "\nclass B(Base)\n    pass\n")
        error = project.ask()["error"]
        tap.check("SyntaxError" in error["text"] and error["file"].endswith("app/models.py") and error["line"] == 9,
                  "a syntax error", error)
        project.write("app/models.py", SMALL + "    b = sa.Column(sa.types.NullType)\n")
        error = project.ask()["error"]
        tap.check("NullType" in error["text"] and "app/models.py:4: " in error["text"], "a column without a type", error)
        project.write("app/models.py", SMALL + "\nimport sys\nsys.exit('enough')\n")
        tap.check("enough" in project.ask()["error"]["text"], "one that exits")


def main():
    try:
        import alembic
    except ImportError:
        tap.skip("what models say", "needs Alembic")
        tap.done()
        return
    with Project(app__models=MODELS, app__types=TYPES) as project:
        texts(project)
    environments()
    filters()
    failures()
    tap.done()


main()
