#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Alembic as a tool that leads one database to another: the tables of the second are the models that its autogenerate compares
the first with, and the operations that it finds are run.

    alembic_differ.py FROM TO      # exit status 3: it finds no operations but an error, 4: an operation fails
"""

import sys
import warnings

from alembic.autogenerate import produce_migrations
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import MetaData, create_engine
from sqlalchemy.pool import NullPool


def invoke(operations, container):
    for operation in container.ops:
        if hasattr(operation, "ops"):
            invoke(operations, operation)
        else:
            operations.invoke(operation)


def main():
    warnings.simplefilter("ignore")
    source, target = (create_engine(url, poolclass=NullPool) for url in sys.argv[1:])
    metadata = MetaData()
    try:
        metadata.reflect(bind=target)
        with source.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
            script = produce_migrations(context, metadata)
    except Exception as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return 3
    try:
        with source.begin() as connection:
            invoke(Operations(MigrationContext.configure(connection)), script.upgrade_ops)
    except Exception as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return 4
    return 0


if __name__ == "__main__":
    sys.exit(main())
