# SPDX-License-Identifier: GPL-3.0-or-later
"""Alembic projects with models, and what Strata's provider (resources/python) tells of them in the real Alembic."""

import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

PYTHON = "/usr/bin/python3"
PROVIDER = Path(__file__).resolve().parents[2] / "resources" / "python"

INI = """[alembic]
script_location = %(here)s/migrations
prepend_sys_path = .
sqlalchemy.url = {url}
"""

ENV = """from alembic import context
from sqlalchemy import engine_from_config, pool
{top}
def offline():
    context.configure(url=context.config.get_main_option("sqlalchemy.url"), target_metadata={metadata}, literal_binds=True)
    with context.begin_transaction():
        context.run_migrations()
def online():
    engine = engine_from_config(context.config.get_section("alembic"), prefix="sqlalchemy.", poolclass=pool.NullPool)
    with engine.connect() as connection:
        context.configure(connection=connection, target_metadata={metadata}{more})
        with context.begin_transaction():
            context.run_migrations()
if context.is_offline_mode():
    offline()
else:
    online()
"""

ASYNC_ENV = """import asyncio
from alembic import context
from sqlalchemy import pool, text
from sqlalchemy.ext.asyncio import async_engine_from_config
{top}
def migrate(connection):
    connection.execute(text("SET search_path TO elsewhere"))
    assert connection.dialect.name == "postgresql"
    context.configure(connection=connection, target_metadata={metadata}{more})
    with context.begin_transaction():
        context.run_migrations()
async def main():
    engine = async_engine_from_config(context.config.get_section("alembic"), prefix="sqlalchemy.", poolclass=pool.NullPool)
    async with engine.connect() as connection:
        await connection.run_sync(migrate)
    await engine.dispose()
if context.is_offline_mode():
    raise RuntimeError("this one is only for online")
asyncio.run(main())
"""

# Nobody listens there.
URLS = {"postgresql": "postgresql://nobody:secret@127.0.0.1:1/none", "sqlite": "sqlite:///none.db"}


class Project:
    def __init__(self, **files):
        """Files are texts by their path, with / as __ and without their .py."""
        self.temporary = tempfile.TemporaryDirectory(prefix="strata-models-")
        self.folder = Path(self.temporary.name).resolve() / "shop"
        (self.folder / "migrations" / "versions").mkdir(parents=True)
        self.env(metadata="Base.metadata", top="from app.models import Base")
        (self.folder / "app").mkdir()
        (self.folder / "app" / "__init__.py").touch()
        for name, text in files.items():
            self.write(name.replace("__", "/") + ".py", text)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.temporary.cleanup()

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def env(self, template=ENV, url=URLS["postgresql"], **words):
        self.write("alembic.ini", INI.format(url=url.replace("%", "%%")))
        self.write("migrations/env.py", template.format(**{"more": "", "top": "", "metadata": "None", **words}))

    def ask(self, dialect="postgresql", **question):
        """What the provider answers, and what was printed meanwhile."""
        with tempfile.TemporaryDirectory(prefix="strata-desk-") as desk:
            for path in PROVIDER.glob("*.py"):
                shutil.copy(path, desk)
            Path(desk, "alembic.ini").write_text(f"[alembic]\nscript_location = {desk}\n")
            question = {"arguments": [], "root": str(self.folder), "dialect": dialect, "default_schema":
                        "public" if dialect == "postgresql" else None, **question}
            Path(desk, "request.json").write_text(json.dumps(question))
            done = subprocess.run([PYTHON, "-m", "alembic", "-c", f"{desk}/alembic.ini", "current"], cwd=self.folder,
                                  env={**os.environ, "PYTHONPATH": os.environ.get("STRATA_TEST_ALEMBIC", ""),
                                       "PYTHONDONTWRITEBYTECODE": "1"},
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=120)
            answer = Path(desk, "answer.json")
            self.printed = done.stdout
            return json.loads(answer.read_text()) if answer.exists() else {"died": done.stdout}

    def files(self):
        return sorted(str(path.relative_to(self.folder)) for path in self.folder.rglob("*") if path.is_file())
