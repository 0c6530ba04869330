# SPDX-License-Identifier: GPL-3.0-or-later
"""An Alembic project in a sandbox, whose scripts need Python, and the Alembic that runs them.

STRATA_TEST_ALEMBIC names a newer one than the system's, STRATA_TEST_DRIVERS modules that the system may lack (psycopg2,
asyncpg, aiosqlite), each a PYTHONPATH."""

import os
import subprocess

PYTHON = "/usr/bin/python3"

INI = """[alembic]
script_location = %(here)s/migrations
prepend_sys_path = .
sqlalchemy.url = {url}

[loggers]
keys = root,alembic
[handlers]
keys = console
[formatters]
keys =
[logger_root]
level = WARNING
handlers = console
[logger_alembic]
level = INFO
handlers =
qualname = alembic
[handler_console]
class = StreamHandler
args = (sys.stderr,)
"""

ENV = """import os
from logging.config import fileConfig
from alembic import context
from sqlalchemy import create_engine, pool
config = context.config
fileConfig(config.config_file_name)
url = os.environ.get("OTHER_URL") or config.get_main_option("sqlalchemy.url")
engine = create_engine(url, poolclass=pool.NullPool)
with engine.connect() as connection:
    context.configure(connection=connection, target_metadata=None)
    with context.begin_transaction():
        context.run_migrations()
"""

ASYNC_ENV = """import asyncio
from alembic import context
from sqlalchemy import pool
from sqlalchemy.ext.asyncio import create_async_engine
def migrate(connection):
    context.configure(connection=connection, target_metadata=None)
    with context.begin_transaction():
        context.run_migrations()
async def main():
    engine = create_async_engine(context.config.get_main_option("sqlalchemy.url"), poolclass=pool.NullPool)
    async with engine.connect() as connection:
        await connection.run_sync(migrate)
    await engine.dispose()
asyncio.run(main())
"""

# What upgrade() and downgrade() of a generated revision go into.
TEMPLATE = '''"""${message}"""
from alembic import op
import sqlalchemy as sa
${imports if imports else ""}
revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = ${repr(branch_labels)}
depends_on = ${repr(depends_on)}
def upgrade():
    ${upgrades if upgrades else "pass"}
def downgrade():
    ${downgrades if downgrades else "pass"}
'''

SCRIPT = '''"""{message}"""
import os
import time
import sqlalchemy as sa
from alembic import op
revision = "{revision}"
down_revision = {revises!r}
depends_on = {depends!r}
def upgrade():
    op.create_table("t_{revision}", sa.Column("id", sa.Integer, primary_key=True))
    op.execute("INSERT INTO t_{revision} VALUES (%d)" % os.getpid())
    {more}
def downgrade():
    os.getpid()
    op.drop_table("t_{revision}")
'''


def modules():
    """What to put before the PYTHONPATH."""
    return [path for path in (os.environ.get("STRATA_TEST_ALEMBIC"), os.environ.get("STRATA_TEST_DRIVERS")) if path]


def has(*names, newest=True):
    """Whether the Alembic of these tests finds the modules."""
    return subprocess.run([PYTHON, "-c", "import alembic, sqlalchemy, " + ", ".join(names)],
                          env={**os.environ, "PYTHONPATH": ":".join(modules())}, stderr=subprocess.DEVNULL).returncode == 0


def make(box, url, env=ENV, name="shop", command=True):
    """The project's folder; the sandbox's own project gives way."""
    (box.folder / "strata.ini").unlink(missing_ok=True)
    folder = box.folder.parent / name
    (folder / "migrations" / "versions").mkdir(parents=True, exist_ok=True)
    (folder / "alembic.ini").write_text(INI.format(url=url.replace("%", "%%")))
    (folder / "migrations" / "env.py").write_text(env)
    (folder / "bin").mkdir(exist_ok=True)
    program(folder / "bin" / "alembic",
            f'PYTHONPATH={":".join(modules())}${{PYTHONPATH:+:$PYTHONPATH}} exec {PYTHON} -m alembic "$@"')
    if command:
        (folder / "strata.ini").write_text("[strata]\nalembic_command = bin/alembic\n")
    return folder


def program(path, line):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{line}\n")
    path.chmod(0o755)


def script(folder, revision, message, revises=None, more="pass", depends=None):
    path = folder / "migrations" / "versions" / f"{revision}_{message}.py"
    path.write_text(SCRIPT.format(revision=revision, message=message, revises=revises, more=more, depends=depends))
    return path


def run(folder, *words):
    """The real Alembic in a project of make(): whether it went well, and what it said."""
    done = subprocess.run([folder / "bin" / "alembic", *words], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"})
    return done.returncode == 0, done.stdout
