#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Steps that need Python go to the project's own Alembic, on PostgreSQL: into this database and no other."""

import os
import signal
import subprocess

import alembic_project as alembic
import tap
from sandbox import Sandbox
from servers import postgresql

# psycopg2 tells libpq's PGAPPNAME, unless the project has a name of its own; asyncpg knows nothing of it.
NAMED = alembic.ENV.replace("create_engine(url,", "create_engine(url, connect_args={'application_name': 'shop'},")
TABLES = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1"


def with_driver(url, driver):
    return url.replace("postgresql://", f"postgresql+{driver}://")


def running(box, server, url):
    folder = alembic.make(box, with_driver(url, "psycopg2"))
    alembic.script(folder, "a1", "one")
    alembic.script(folder, "a2", "two", "a1")
    box.check("no terminal (10)", box.strata("upgrade"), 10, "", "--trust")
    tap.check(server.sql(TABLES, "shop") == [], "nothing ran")
    box.check("upgrade", box.strata("upgrade", "--trust"), 0, "is at a2")
    tap.check(server.sql(TABLES, "shop") == ["alembic_version", "t_a1", "t_a2"], "it is there")
    box.check("downgrade", box.strata("downgrade", "a1", "--trust"), 0, "is at a1")

    (folder / "migrations" / "env.py").write_text(NAMED)
    box.check("a connection with a name of its own", box.strata("--url", url, "upgrade", "--trust"), 0, "is at a2")
    tap.check(server.sql("SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'strata%'") == ["0"],
              "no session is left")


def failing(box, server, url):
    folder = alembic.make(box, with_driver(url, "psycopg2"))
    path = alembic.script(folder, "a3", "three", "a2", more="op.execute('nonsense')")
    done = box.strata("upgrade", "--trust")
    box.check("a script fails", done, 1, err='syntax error at or near "nonsense"')
    tap.check("Rolled back by Alembic: a3" in done.err, "it says what is left", done.err)
    tap.check(server.sql(TABLES, "shop") == ["alembic_version", "t_a1", "t_a2"], "nothing is left")

    path = alembic.script(folder, "a3", "three", "a2", more="print('asleep', flush=True); op.execute('SELECT pg_sleep(60)')")
    run = subprocess.Popen([os.environ["STRATA"], "upgrade", "--trust"], cwd=box.folder, env=box.environment, text=True,
                           stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    for line in run.stdout:
        if "asleep" in line:
            break
    run.send_signal(signal.SIGINT)
    out, err = run.communicate()
    tap.check(run.returncode == 130, "Ctrl-C ends it, whatever the server is doing (130)", run.returncode, err)
    tap.check(server.sql("SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(60)%' AND pid <> pg_backend_pid()")
              == ["0"], "and the server does no more for it")
    box.check("where it is", box.strata("current"), 0, "a2\n")
    path.unlink()


def elsewhere(box, server, url):
    other = server.create("other")
    folder = alembic.make(box, with_driver(url, "psycopg2"))
    alembic.script(folder, "a3", "three", "a2")
    for name in ("an empty one", "a copy"):
        if name == "a copy":
            server.sql("DROP DATABASE other")
            server.sql("CREATE DATABASE other TEMPLATE shop")
        before = server.sql(TABLES, "other")
        done = box.strata("--url", url, "upgrade", "--trust", OTHER_URL=with_driver(other, "psycopg2"))
        box.check(f"env.py points to {name} (11)", done, 11, err="never came here")
        tap.check(server.sql(TABLES, "other") == before, f"never reached: {name}")

    (folder / "migrations" / "env.py").write_text(NAMED)
    box.check("the same under a name of its own (11)",
              box.strata("--url", url, "upgrade", "--trust", OTHER_URL=with_driver(other, "psycopg2")), 11, err="never came here")

    # While somebody else comes to look: who just waits is not taken for the project's.
    env = NAMED.replace("engine = ", "import subprocess, time\n"
                        "subprocess.Popen(['psql', '-c', 'SELECT * FROM alembic_version', os.environ['HERE']])\n"
                        "time.sleep(3)\nengine = ")
    (folder / "migrations" / "env.py").write_text(env)
    done = box.strata("--url", url, "upgrade", "--trust", OTHER_URL=with_driver(other, "psycopg2"), HERE=url)
    tap.check(done.status in (1, 11), "somebody else waits", done)
    tap.check("t_a3" not in server.sql(TABLES, "other") and "t_a3" not in server.sql(TABLES, "shop"), "nothing ran", server.sql(TABLES, "other"), server.sql(TABLES, "shop"))


def asynchronous(box, server, url):
    if not alembic.has("asyncpg", "greenlet"):
        tap.skip("async env.py", "no asyncpg for Python")
        return
    server.create("async")
    server.create("empty")
    port, folder = server.facts["port"], server.facts["folder"]
    address = f"postgresql+asyncpg://strata:secret@127.0.0.1:{port}/async"
    folder = alembic.make(box, address, env=alembic.ASYNC_ENV, name="async")
    alembic.script(folder, "a1", "one")
    done = box.strata("upgrade", "--trust", folder=folder)
    box.check("an async env.py", done, 0, "is at a1")
    tap.check("secret" not in done.out + done.err, "without the password")
    (folder / "alembic.ini").write_text(alembic.INI.format(url=address.replace("/async", "/empty")))
    done = box.strata("--url", server.url("async"), "downgrade", "base", "--trust", folder=folder)
    box.check("elsewhere (11)", done, 11, err="never came here")


def main():
    if not alembic.has("psycopg2"):
        tap.skip_all("no Alembic with psycopg2 for Python")
    with postgresql.server() as server, Sandbox() as box:
        url = server.create("shop")
        for part in (running, failing, elsewhere, asynchronous):
            part(box, server, url)
    tap.done()


main()
