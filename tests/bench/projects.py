# SPDX-License-Identifier: GPL-3.0-or-later
"""Projects to measure on, all generated."""

ENV_PY = '''import os
from alembic import context
from sqlalchemy import create_engine

def run_migrations_online():
    engine = create_engine(os.environ["DATABASE_URL"])
    with engine.connect() as connection:
        context.configure(connection=connection, transaction_per_migration=True)
        with context.begin_transaction():
            context.run_migrations()

run_migrations_online()
'''

SCRIPT = '''"""step {n}

Revision ID: {id}
Revises: {down}
Create Date: 2026-11-20 10:00:00.000000

"""
from alembic import op
import sqlalchemy as sa

revision = "{id}"
down_revision = {down_value}
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("{up}")


def downgrade() -> None:
    op.execute("{back}")
'''

SQL = '''-- step {n}
--
-- Revision: {id}
-- Revises: {down}
-- Created: 2026-11-20 10:00:00+00:00

-- strata:upgrade
{up};

-- strata:downgrade
{back};
'''


def revision_id(n):
    return f"{n * 2654435761 % 2 ** 48:012x}"


def statements(n):
    return (f"CREATE TABLE t{n} (id INTEGER PRIMARY KEY, name VARCHAR(20))", f"DROP TABLE t{n}")


RENDERED = SCRIPT.replace('''    op.execute("{up}")
''', '''    op.create_table(
        "shop_{n}",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=50), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=True),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["owner_id"], ["owner.id"], name="fk_shop_{n}_owner", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_shop_{n}_name"), "shop_{n}", ["name"], unique=True)
    op.add_column("owner", sa.Column("shop_{n}", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.alter_column("shop_{n}", "name", existing_type=sa.String(50), type_=sa.Text(), nullable=True)
    op.execute("UPDATE owner SET shop_{n} = true")
''').replace('op.execute("{back}")', 'op.drop_table("shop_{n}")')


def scripts(folder, count):
    """As autogenerate writes them: to be rendered, not run."""
    return alembic(folder, count, RENDERED)


def alembic(folder, count, text=SCRIPT):
    versions = folder / "alembic" / "versions"
    versions.mkdir(parents=True)
    (folder / "alembic.ini").write_text("[alembic]\nscript_location = %(here)s/alembic\npath_separator = os\n")
    (folder / "alembic" / "env.py").write_text(ENV_PY)
    for n in range(count):
        down = revision_id(n - 1) if n else ""
        up, back = statements(n)
        (versions / f"{revision_id(n)}_step_{n}.py").write_text(text.format(
            n=n, id=revision_id(n), down=down, down_value=repr(down) if down else None, up=up, back=back))
    return folder


def sql(folder, count, extra=""):
    versions = folder / "versions"
    versions.mkdir(parents=True)
    (folder / "strata.ini").write_text(f"[strata]\nscript_location = %(here)s\n{extra}")
    for n in range(count):
        up, back = statements(n)
        (versions / f"{revision_id(n)}_step_{n}.sql").write_text(SQL.format(
            n=n, id=revision_id(n), down=revision_id(n - 1) if n else "", up=up, back=back))
    return folder


def dbmate(folder, count):
    migrations = folder / "migrations"
    migrations.mkdir(parents=True)
    for n in range(count):
        up, back = statements(n)
        (migrations / f"{20200101000000 + n}_step_{n}.sql").write_text(
            f"-- migrate:up\n{up};\n\n-- migrate:down\n{back};\n")
    return folder


def script(path, count, begin):
    """What a person would feed to psql or sqlite3: a transaction for each step, with its version row."""
    with open(path, "w") as file:
        file.write("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL,"
                   " CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num));\n")
        for n in range(count):
            row = (f"UPDATE alembic_version SET version_num='{revision_id(n)}' WHERE version_num='{revision_id(n - 1)}'"
                   if n else f"INSERT INTO alembic_version (version_num) VALUES ('{revision_id(n)}')")
            file.write(f"{begin};\n{statements(n)[0]};\n{row};\nCOMMIT;\n")
    return path


def long_sql(path, lines):
    """One script with as many lines: tables of six columns, and what fills them."""
    with open(path, "w") as file:
        file.write(SQL.split("-- strata:upgrade")[0].format(n=1, id=revision_id(1), down="") + "-- strata:upgrade\n")
        for n in range(lines // 10):
            columns = "".join(f"    column_{c} VARCHAR(20) NOT NULL DEFAULT 'none',  -- the {c}th\n" for c in range(6))
            file.write(f"CREATE TABLE t{n} (\n    id INTEGER PRIMARY KEY,\n{columns}    other INTEGER);\n"
                       f"INSERT INTO t{n} (id, other) VALUES (1, 2);\n")
    return path


def tables(path, count, is_run=True, is_sqlite=False):
    """A schema of as many tables of eight columns and three indexes, nine of ten with a foreign key to the one before; what is
    run is so in transactions of 500."""
    key, now, when = (("integer PRIMARY KEY", "CURRENT_TIMESTAMP", "timestamp") if is_sqlite else
                      ("bigserial PRIMARY KEY", "now()", "timestamptz"))
    with open(path, "w") as file:
        for n in range(count):
            parent = f" REFERENCES t{n - 1}" if n % 10 else ""
            if is_run and n % 500 == 0:
                file.write("COMMIT; BEGIN;\n" if n else "BEGIN;\n")
            file.write(f"CREATE TABLE t{n} (id {key}, name varchar(80) NOT NULL, email text NOT NULL,"
                       f" parent bigint{parent}, amount numeric(10,2) DEFAULT 0, flag boolean NOT NULL DEFAULT true,"
                       f" made {when} NOT NULL DEFAULT {now}, data jsonb);\n"
                       f"CREATE INDEX t{n}_name ON t{n} (name); CREATE INDEX t{n}_parent ON t{n} (parent, made DESC);\n"
                       f"CREATE UNIQUE INDEX t{n}_email ON t{n} (email);\n")
        if is_run:
            file.write("COMMIT;\n")
    return path


def table_changes(path, count):
    with open(path, "w") as file:
        for n in range(0, count, 10):
            file.write(f"ALTER TABLE t{n} ADD COLUMN extra integer, ALTER COLUMN name TYPE text; DROP INDEX t{n}_name;\n")
    return path


MODELS_ENV = ENV_PY.replace("from alembic import context\n", "from alembic import context\nfrom models import metadata\n").replace(
    "connection=connection, ", "connection=connection, target_metadata=metadata, ")

MODELS = """from sqlalchemy import *
from sqlalchemy.dialects.postgresql import JSONB

metadata = MetaData()
for n in range({count}):
    table = Table(
        f"t{{n}}", metadata, Column("id", BigInteger, primary_key=True), Column("name", String(80), nullable=False),
        Column("email", Text, nullable=False),
        Column("parent", BigInteger, *([ForeignKey(f"t{{n - 1}}.id")] if n % 10 else [])),
        Column("amount", Numeric(10, 2), server_default="0"), Column("flag", Boolean, nullable=False, server_default=true()),
        Column("made", DateTime(timezone=True), nullable=False, server_default=func.now()), Column("data", JSONB))
    Index(f"t{{n}}_name", table.c.name)
    Index(f"t{{n}}_parent", table.c.parent, table.c.made.desc())
    Index(f"t{{n}}_email", table.c.email, unique=True)
"""


def models(folder, count):
    """An Alembic project without revisions, whose models say what tables() does."""
    alembic(folder, 0)
    with open(folder / "alembic.ini", "a") as file:
        file.write("prepend_sys_path = .\n")
    (folder / "alembic" / "env.py").write_text(MODELS_ENV)
    (folder / "models.py").write_text(MODELS.format(count=count))
    return folder
