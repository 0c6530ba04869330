# SPDX-License-Identifier: GPL-3.0-or-later
"""Alembic's command line, each command in a process of its own: a fork of this one, which has imported Alembic once. The
import is nine tenths of a command's time, and the same for all.

STRATA_TEST_ALEMBIC names the modules, as everywhere; ImportError where there is no Alembic.
"""

import os
import subprocess
import sys
import tempfile
import traceback

if path := os.environ.get("STRATA_TEST_ALEMBIC"):
    sys.path.insert(0, path)

import alembic.config
import sqlalchemy.dialects.postgresql.psycopg2
import sqlalchemy.dialects.sqlite.pysqlite


def run(words, cwd, variables):
    """Like subprocess.run() of “alembic”, with the output as text."""
    with tempfile.TemporaryFile("w+") as output, tempfile.TemporaryFile("w+") as errors:
        child = os.fork()
        if child == 0:
            os._exit(_be_alembic(words, cwd, variables, output.fileno(), errors.fileno()))
        _, status = os.waitpid(child, 0)
        output.seek(0), errors.seek(0)
        return subprocess.CompletedProcess(words, os.waitstatus_to_exitcode(status), output.read(), errors.read())


def _be_alembic(words, cwd, variables, output, errors):
    """In the child: its exit status."""
    os.dup2(output, 1)
    os.dup2(errors, 2)
    os.chdir(cwd)
    os.environ.update(variables)
    try:
        alembic.config.main(words, prog="alembic")
        status = 0
    except SystemExit as end:
        status = end.code or 0
    except BaseException:
        traceback.print_exc()
        status = 1
    sys.stdout.flush()
    sys.stderr.flush()
    return status
