#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The database that each of tests/core/project/env-shapes names, beside the one that the real Alembic connects to.

Each env.py is run by Alembic in a process of its own, with engines that say where they would connect. All are forks of
one that has imported what they import: Alembic and the settings libraries, which take a second and read nothing of a
project's. The shapes that end in a question are left out: a question is never the wrong database.
"""

import argparse
import importlib.util
import logging.config
import multiprocessing
import os
import re
import sys
import tempfile
from pathlib import Path

import tap

# With the settings libraries that Debian 12 has not; it brings an Alembic of its own.
if python := os.environ.pop("STRATA_TEST_PYTHON", None):
    os.environ.pop("STRATA_TEST_ALEMBIC", None)
    os.execv(python, [python, __file__])

if path := os.environ.get("STRATA_TEST_ALEMBIC"):
    sys.path.insert(0, path)

SHAPES = Path(os.environ["G_TEST_SRCDIR"]) / "core" / "project" / "env-shapes"
OURS = {"-x", "because", "conflict", "environment", "may ask", "url"}
FOREIGN = (
    "boto3", "decouple", "dotenv", "environs", "flask", "flask_cors", "flask_login", "flask_migrate", "flask_sqlalchemy",
    "pydantic", "pydantic_settings", "starlette", "toml", "yaml",
)


class Found(BaseException):
    """Not an Exception: what env.py may catch."""


class Engine:
    def __init__(self, url):
        import sqlalchemy

        self.url = sqlalchemy.engine.make_url(url)

    def connect(self):
        raise Found(self.url.render_as_string(hide_password=False))


def read_shape(path):
    parts = re.split(r"(?m)^--- (.*)\n?", path.read_text())
    return dict(zip((name.strip() for name in parts[1::2]), parts[2::2]))


def missing_modules(shape):
    """What cannot be imported here, or is of another version than the shape is about."""
    names = set(re.findall(r"(?m)^\s*(?:from|import) (\w+)", "\n".join(shape.values())))
    missing = [name for name in FOREIGN if name in names and importlib.util.find_spec(name) is None]
    if not missing and "Flask-SQLAlchemy==2" in shape.get("requirements.txt", ""):
        missing = ["Flask-SQLAlchemy 2"]
    return missing


def patch_engines():
    import sqlalchemy
    import sqlalchemy.engine.create
    import sqlalchemy.ext.asyncio

    def create(url, *_, **__):
        return Engine(url)

    def from_config(section, prefix="sqlalchemy.", **options):
        return Engine(options.get("url") or section[prefix + "url"])

    sqlalchemy.create_engine = sqlalchemy.engine.create.create_engine = create
    sqlalchemy.engine_from_config = from_config
    sqlalchemy.ext.asyncio.create_async_engine = create
    sqlalchemy.ext.asyncio.async_engine_from_config = from_config


def connect(shape, folder):
    """In a process of its own, which it changes: where Alembic would connect."""
    from alembic import command
    from alembic.config import Config

    for name, text in shape.items():
        if name not in OURS:
            file = Path(folder, name)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)

    if "from pydantic import BaseSettings" in "\n".join(shape.values()):
        # What a project of the first pydantic imports; the second one carries it along.
        import pydantic.v1

        sys.modules["pydantic"] = pydantic.v1

    os.chdir(folder)
    os.environ.clear()
    os.environ.update(line.split("=", 1) for line in shape.get("environment", "").splitlines())
    sys.argv = ["alembic", "current"]
    logging.config.fileConfig = lambda *_, **__: None
    try:
        if "current_app" in shape.get("migrations/env.py", ""):
            current_of_flask()
        patch_engines()
        command.current(Config("alembic.ini", cmd_opts=argparse.Namespace(x=shape.get("-x", "").split())))
    except Found as found:
        # Whether the stars of a hidden password are quoted depends on SQLAlchemy's version.
        return re.sub(r"^sqlite:///(?!/)", f"sqlite:///{os.getcwd()}/", found.args[0]).replace("%2A", "*")
    except BaseException as error:
        return f"{type(error).__name__}: {error}"
    return "no connection"


def current_of_flask():
    """As "flask db current" does it, with the application that it would make."""
    import flask_migrate
    import sqlalchemy
    from flask.cli import ScriptInfo, load_dotenv

    def find(engine):
        raise Found(engine.url.render_as_string(hide_password=False))

    sqlalchemy.engine.Engine.connect = find
    load_dotenv()
    app = ScriptInfo(app_import_path=os.environ.get("FLASK_APP")).load_app()
    with app.app_context():
        flask_migrate.current()


def ask_alembic(shape):
    with tempfile.TemporaryDirectory() as folder:
        folder = os.path.realpath(folder)
        return connect(shape, folder).replace(folder, "{}")


def import_libraries():
    """What the env.py files would import, each for itself."""
    import alembic.command
    import alembic.config
    import sqlalchemy.dialects.postgresql
    import sqlalchemy.dialects.sqlite
    import sqlalchemy.ext.asyncio

    for name in FOREIGN:
        if importlib.util.find_spec(name):
            importlib.import_module(name)


def main():
    if importlib.util.find_spec("alembic") is None:
        tap.skip("the right database", "there is no Alembic here")
        tap.done()
        return

    shapes = {path.stem: read_shape(path) for path in sorted(SHAPES.glob("*.shape"))}
    asked = {name: shape for name, shape in shapes.items() if shape["url"].strip() != "?"}
    missing = {name: missing_modules(shape) for name, shape in asked.items()}
    import_libraries()
    # A child for each shape, as many at a time as there are processors.
    with multiprocessing.get_context("fork").Pool(maxtasksperchild=1) as pool:
        answers = {name: pool.apply_async(ask_alembic, [shape]) for name, shape in asked.items() if not missing[name]}
        for name, shape in asked.items():
            if missing[name]:
                tap.skip(name, f"no {', '.join(missing[name])} here")
                continue
            answer, expected = answers[name].get(), shape["url"].strip()
            tap.check(answer == expected, name, f"Alembic   {answer}", f"expected  {expected}")
    tap.done()


main()
