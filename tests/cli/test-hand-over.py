#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Steps that need Python go to the project's own Alembic, on SQLite: with consent, into this database and no other."""

import os
import signal
import sqlite3
import subprocess
import time

import alembic_project as alembic
import tap
from sandbox import Sandbox
from terminal import Terminal


def tables(path):
    with sqlite3.connect(path) as connection:
        return sorted(name for name, in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'"))


def consent(box):
    folder = alembic.make(box, "sqlite:///app.db")
    alembic.script(folder, "a1", "one")
    alembic.script(folder, "a2", "two", "a1")
    done = box.strata("upgrade")
    box.check("no terminal (10)", done, 10, "", "a1")
    tap.check("bin/alembic" in done.err and "strata trust" in done.err and "--trust" in done.err, "it says what to do", done.err)
    tap.check(box.strata("upgrade", "--json").json["error"]["code"] == "needs-consent", "as JSON")
    tap.check(not (folder / "ran").exists() and not tables(folder / "app.db"), "nothing ran")
    box.check("trust shows it (10)", box.strata("trust"), 10, "alembic_command in ", "Consent was not given")
    tap.check([command["trusted"] for command in box.strata("trust", "--json").json["commands"]] == [False], "trust --json")

    plan = box.strata("upgrade", "--dry-run", "--json").json
    tap.check(all(step["needs_python"] for step in plan["steps"]) and plan["refused"]["code"] == "needs-consent",
              "a dry run says it", plan)
    box.check("--trust", box.strata("upgrade", "--trust", "a1"), 0, "bin/alembic upgrade a1\n")
    box.check("was for that call", box.strata("upgrade"), 10)

    run = Terminal(box, "upgrade")
    run.answer("from now on?", "n")
    tap.check(run.end() == 10 and "Nothing was run" in run.text, "no", run.text)
    run = Terminal(box, "upgrade")
    run.answer("from now on?", "y")
    tap.check(run.end() == 0 and "is at a2" in run.text, "yes", run.text)
    box.check("is remembered", box.strata("downgrade", "base"), 0, "is at base")
    box.check("trust", box.strata("trust"), 0, "given", "")

    (folder / "strata.ini").write_text("[strata]\nalembic_command = bin/alembic --raiseerr\n")
    box.check("another command asks again", box.strata("upgrade"), 10, "", "--raiseerr")
    (folder / "strata.ini").write_text("[strata]\nalembic_command = bin/alembic\n")
    box.check("the old one does not", box.strata("upgrade", "a1"), 0)
    box.check("trust --revoke", box.strata("trust", "--revoke"), 0, "1 consent taken back")
    box.check("asks again", box.strata("upgrade"), 10)
    run = Terminal(box, "trust")
    run.answer("when it is needed?", "y")
    tap.check(run.end() == 0, "trust asks", run.text)
    box.check("and is heard", box.strata("upgrade"), 0, "is at a2")


def running(box):
    folder = alembic.make(box, "sqlite:///app.db")
    done = box.strata("downgrade", "base", "--json").json
    tap.check([step["by_alembic"] for step in done["steps"]] == [True, True], "the report says who ran it", done)
    tap.check(tables(folder / "app.db") == ["alembic_version"], "down to base")
    done = box.strata("upgrade")
    box.check("its output is shown", done, 0, "Running upgrade a1 -> a2, two\n")
    tap.check(tables(folder / "app.db") == ["alembic_version", "t_a1", "t_a2"], "up")
    log = box.strata("log", "--json").out
    tap.check("by the project's Alembic" in log, "the ledger says so", log)
    with sqlite3.connect(folder / "app.db") as connection:
        connection.execute("PRAGMA journal_mode = WAL")
    connection.close()
    box.check("in WAL mode", box.strata("downgrade", "a1"), 0, "is at a1")
    with sqlite3.connect(folder / "app.db") as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    connection.close()
    box.check("from another folder", box.strata("-c", "alembic.ini", "upgrade", "heads"), 0, "is at a2")


def failing(box):
    folder = alembic.make(box, "sqlite:///app.db")
    path = alembic.script(folder, "a3", "three", "a2", more="raise RuntimeError('no such luck: ' + 'x' * 3)")
    done = box.strata("upgrade")
    box.check("a script fails", done, 1, err="no such luck: xxx")
    for words in ("failed with status", "what Alembic left of a3", "strata restore"):
        tap.check(words in done.err, f"it says {words!r}", done.err)
    tap.check(box.strata("current").out == "a2\n", "the version row is as before")
    box.check("restore", box.strata("restore", "--yes"), 0)
    tap.check("t_a3" not in tables(folder / "app.db"), "and what it left is gone")

    alembic.script(folder, "a3", "three", "a2")
    alembic.script(folder, "a4", "four", "a3", more="op.execute('nonsense')")
    done = box.strata("upgrade", "--json").json
    tap.check([step["state"] for step in done["steps"]] == ["done", "partly done"] and done["heads_after"] == ["a3"],
              "the first of two is done", done)
    (folder / "migrations" / "versions" / "a4_four.py").unlink()
    with sqlite3.connect(folder / "app.db") as connection:
        connection.execute("DROP TABLE t_a4")
    connection.close()

    path = alembic.script(folder, "a4", "four", "a3", more="op.execute(\"UPDATE alembic_version SET version_num = 'a1'\")")
    done = box.strata("upgrade")
    tap.check(done.status == 1, "a script that plays with the version table", done)
    box.check("put back", box.strata("restore", "--yes"), 0)
    path.unlink()
    box.check("well again", box.strata("verify"), 0)


def cancelled(box):
    folder = alembic.make(box, "sqlite:///app.db")
    path = alembic.script(folder, "a4", "four", "a3", more="print('asleep', flush=True); time.sleep(60)")
    run = subprocess.Popen([os.environ["STRATA"], "upgrade"], cwd=box.folder, env=box.environment, text=True,
                           stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    for line in run.stdout:
        if "asleep" in line:
            break
    started = time.monotonic()
    run.send_signal(signal.SIGINT)
    out, err = run.communicate()
    tap.check(run.returncode == 130 and time.monotonic() - started < 10, "Ctrl-C ends it (130)", run.returncode, err)
    tap.check(box.strata("current").out == "a3\n", "the version row is as before")
    box.strata("restore", "--yes")
    path.unlink()


def elsewhere(box):
    folder = alembic.make(box, "sqlite:///app.db")
    alembic.script(folder, "a4", "four", "a3")
    other = folder / "other.db"
    for name, prepare in (("an empty one", lambda: None),
                          ("a copy", lambda: other.write_bytes((folder / "app.db").read_bytes()))):
        prepare()
        before = tables(other) if other.exists() else []
        done = box.strata("--url", "sqlite:///app.db", "upgrade", OTHER_URL="sqlite:///other.db")
        box.check(f"env.py points to {name} (11)", done, 11, err="not given a step")
        tap.check("other.db" in done.err, "and it is named", done.err)
        tap.check(tables(other) == before, f"never reached: {name}", tables(other))

    env = alembic.ENV.replace("url = os", "import sqlite3\nkept = sqlite3.connect('app.db')\n"
                              "try:\n    kept.execute('SELECT 1 FROM alembic_version')\nexcept Exception: pass\nurl = os")
    (folder / "migrations" / "env.py").write_text(env)
    box.check("one that opens ours as well (11)", box.strata("--url", "sqlite:///app.db", "upgrade",
                                                             OTHER_URL="sqlite:///other.db"), 11, err="It says that it reads")

    env = alembic.ENV.replace("engine = create_engine(url", "for url in (url, 'sqlite:///other.db'):\n  engine = create_engine(url")
    head, body = env.split("with engine.connect()")
    (folder / "migrations" / "env.py").write_text(head + "  with engine.connect()" + body.replace("\n", "\n  ").rstrip() + "\n")
    box.check("one with two databases (11)", box.strata("--url", "sqlite:///app.db", "upgrade"), 11, err="2 databases")

    env = alembic.ENV.replace("url = os", "os.chdir('migrations')\nurl = os")
    (folder / "migrations" / "env.py").write_text(env)
    box.check("another folder, the same name (11)", box.strata("--url", "sqlite:///app.db", "upgrade"), 11, err="never came here")
    (folder / "migrations" / "app.db").unlink()
    (folder / "migrations" / "env.py").write_text(env.replace("config.get_main_option(\"sqlalchemy.url\")", "'sqlite:///../app.db'"))
    box.check("another name, the same file", box.strata("--url", "sqlite:///app.db", "upgrade"), 0, "is at a4")

    (folder / "migrations" / "env.py").write_text("raise SystemExit('not today')\n")
    alembic.script(folder, "a5", "five", "a4")
    box.check("env.py fails", box.strata("--url", "sqlite:///app.db", "upgrade"), 1, err="not today")
    tap.check(tables(other) == ["alembic_version", "t_a1", "t_a2", "t_a3"], "the other was never touched", tables(other))


def branches(box):
    folder = alembic.make(box, "sqlite:///branches.db", name="branches")
    for revision, revises, depends in (("b1", None, None), ("b2", "b1", None), ("c2", "b1", "b2"), ("d1", None, None),
                                       ("e3", ("b2", "c2"), None)):
        alembic.script(folder, revision, "x", revises, depends=depends)
    run = lambda *arguments: box.strata(*arguments, "--trust", "--first-run", folder=folder)
    box.check("two heads", run("upgrade", "heads"), 0, "is at d1, e3")
    box.check("down on one branch", run("downgrade", "e3@b1"), 0, "is at b1, d1")
    box.check("up again", run("upgrade", "e3"), 0, "is at d1, e3")
    box.check("one base of two", run("downgrade", "d1@base"), 0, "is at e3")
    box.check("all", run("downgrade", "base"), 0, "is at base")


def mixed(box):
    folder = alembic.make(box, "sqlite:///mixed.db", name="mixed")
    versions = folder / "migrations" / "versions"
    plain = '"""plain"""\nimport sqlalchemy as sa\nfrom alembic import op\nrevision = "{0}"\ndown_revision = {1!r}\n' \
            "def upgrade():\n    {2}\ndef downgrade():\n    pass\n"
    (versions / "m1_x.py").write_text(plain.format("m1", None, 'op.create_table("m1", sa.Column("id", sa.Integer))'))
    alembic.script(folder, "m2", "x", "m1")
    (versions / "m3_x.py").write_text(plain.format("m3", "m2", 'op.execute("INSERT INTO m1 VALUES (1)")'))
    (versions / "m4_x.py").write_text(plain.format(
        "m4", "m3", 'for row in op.get_bind().execute(sa.text("SELECT id FROM m1")):\n        open("seen", "w").close()'))
    (versions / "m5_x.py").write_text(plain.format("m5", "m4", 'op.execute("INSERT INTO m1 VALUES (5)")'))
    done = box.strata("upgrade", "--trust", "--json", folder=folder)
    box.check("ours and handed over", done, 0)
    tap.check([step["by_alembic"] for step in done.json["steps"]] == [False, True, False, True, False],
              "each by who can; one showed only while it ran", done.out)
    tap.check((folder / "seen").exists() and done.json["heads_after"] == ["m5"], "all of it ran")
    tap.check(tables(folder / "mixed.db") == ["alembic_version", "m1", "t_m2"], "and is there", tables(folder / "mixed.db"))


def layouts(box):
    folder = alembic.make(box, "sqlite:///app.db", name="layouts", command=False)
    alembic.script(folder, "a1", "one")
    tools = folder.parent / "tools"
    path = f"{tools}:{os.environ['PATH']}"
    for tool, file in (("uv", "uv.lock"), ("poetry", "poetry.lock"), ("pdm", "pdm.lock"), ("pipenv", "Pipfile"),
                       ("rye", "requirements.lock"), ("hatch", "hatch.toml")):
        alembic.program(tools / tool, f'echo {tool} "$@" >> {folder}/ran; [ "$1" = run ] || exit 1; shift 2\nexec {folder}/bin/alembic "$@"')
        (folder / file).write_text("")
        run = lambda *arguments: box.strata(*arguments, "--trust", folder=folder, PATH=path)
        box.check(f"{tool} run", run("upgrade"), 0, f"{tools}/{tool} run alembic upgrade a1\n")
        box.check("back", run("downgrade", "base"), 0)
        (folder / file).unlink()
    tap.check("poetry run alembic downgrade base\n" in (folder / "ran").read_text(), "they were asked")
    (folder / "pyproject.toml").write_text('[tool.hatch.envs.default]\ndependencies = ["alembic"]\n')
    box.check("hatch run", run("upgrade"), 0, f"{tools}/hatch run alembic upgrade a1\n")
    # One that builds with it has its environment from elsewhere.
    (folder / "pyproject.toml").write_text('[tool.hatch.build]\npackages = ["app"]\n')
    done = box.strata("trust", folder=folder, PATH=path)
    tap.check("hatch" not in done.out + done.err, "hatch only builds, and is not asked", done.out, done.err)
    (folder / "pyproject.toml").unlink()
    box.check("back", run("downgrade", "base", "--url", "sqlite:///app.db"), 0)
    (folder / ".venv" / "bin").mkdir(parents=True)
    os.link(folder / "bin" / "alembic", folder / ".venv" / "bin" / "alembic")
    box.check(".venv", run("upgrade"), 0, f"{folder}/.venv/bin/alembic upgrade a1\n")
    box.check("--single-transaction (10)", box.strata("downgrade", "base", "--single-transaction", folder=folder), 10, "",
              "no transaction together")
    (folder / ".venv" / "bin" / "alembic").unlink()
    (folder / "compose.yaml").write_text("services:\n  api:\n    build: .\n")
    box.check("none at all (10)", box.strata("downgrade", "base", folder=folder, PATH="/nowhere"), 10, "",
              "perhaps “docker compose run --rm -T -e PGAPPNAME -e PYTHONUNBUFFERED api alembic”")


# Flask's program, as far as Flask-Migrate is concerned: "flask db COMMAND", with an application around Alembic.
FLASK = """import argparse, os, sys, types
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, pool
assert sys.argv[1] == "db" and "-c" not in sys.argv, sys.argv
flask = types.ModuleType("flask")
engine = create_engine(os.environ.get("APP_URL", "sqlite:///app.db"), poolclass=pool.NullPool)
flask.current_app = argparse.Namespace(extensions={"migrate": argparse.Namespace(db=argparse.Namespace(engine=engine))})
sys.modules["flask"] = flask
config = Config("migrations/alembic.ini")
config.set_main_option("script_location", "migrations")
if sys.argv[2] == "current":
    command.current(config, verbose="--verbose" in sys.argv)
else:
    getattr(command, sys.argv[2])(config, sys.argv[-1])
"""
FLASK_ENV = """from alembic import context
from flask import current_app
context.config.set_main_option("sqlalchemy.url", str(current_app.extensions["migrate"].db.engine.url))
with current_app.extensions["migrate"].db.engine.connect() as connection:
    context.configure(connection=connection, target_metadata=None)
    with context.begin_transaction():
        context.run_migrations()
"""


def flask(box):
    folder = alembic.make(box, "sqlite:///app.db", env=FLASK_ENV, name="flask", command=False)
    alembic.script(folder, "a1", "one")
    (folder / "alembic.ini").unlink()
    (folder / "migrations" / "alembic.ini").write_text("[alembic]\n")
    (folder / "flask.py.txt").write_text(FLASK)
    alembic.program(folder / ".venv" / "bin" / "flask", f'PYTHONPATH={":".join(alembic.modules())} exec {alembic.PYTHON} flask.py.txt "$@"')
    run = lambda *words, **variables: box.strata("--url", f"sqlite:///{folder}/app.db", *words, "--trust", folder=folder, **variables)
    done = run("upgrade")
    box.check("flask db", done, 0, f"{folder}/.venv/bin/flask db upgrade a1\n")
    tap.check(tables(folder / "app.db") == ["alembic_version", "t_a1"], "it is there", done)
    box.check("another database (11)", run("downgrade", "base", APP_URL="sqlite:///other.db"), 11, err="not given a step")
    box.check("-x can't be proven (10)", run("downgrade", "base", "-x", "a=b"), 10, err="takes no -x")
    box.check("and back", run("downgrade", "base"), 0, "is at base")


def environments(box):
    """What is wrong with them is said, with what to do; blanks, umlauts and Windows' line ends are not."""
    folder = alembic.make(box, "sqlite:///app.db", name="läden und mehr", command=False)
    for path in (folder / "migrations" / "env.py", folder / "alembic.ini", alembic.script(folder, "a1", "one")):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    program = folder / ".venv" / "bin" / "alembic"
    run = lambda: box.strata("upgrade", "--trust", folder=folder)
    alembic.program(program, "echo \"ModuleNotFoundError: No module named 'alembic'\" >&2; exit 1")
    box.check("without Alembic", run(), 1, err="install there what the project needs")
    alembic.program(program, "echo \"ModuleNotFoundError: No module named 'psycopg2'\" >&2; exit 1")
    box.check("without a driver", run(), 1, err="no module “psycopg2” in this environment")
    program.write_text(f"#!{folder}/.venv/bin/python\n")
    box.check("without Python", run(), 1, err="its Python is gone")
    for exits in ("exit 0", "[ $1 = upgrade ] && exit 0"):
        alembic.program(program, f'{exits}\nexec "{folder}/bin/alembic" "$@"')
        done = run()
        box.check(f"nothing done ({exits})", done, 11 if exits == "exit 0" else 1)
        tap.check("cannot be started" not in done.err and "a1_one.py" not in done.err, "the script is not to blame", done.err)
    alembic.program(program, f'echo hello\n(sleep 300) & echo $! >> "{folder}/left"\nexec "{folder}/bin/alembic" "$@"')
    box.check("well", run(), 0, "  hello\n", "")
    for line in (folder / "left").read_text().split():
        tap.check(not alive(int(line)), "nobody is left behind")


def alive(pid):
    for _ in range(200):
        try:
            if open(f"/proc/{pid}/stat").read().rpartition(")")[2].split()[0] == "Z":
                return False
        except FileNotFoundError:
            return False
        time.sleep(0.01)
    return True


def asynchronous(box):
    if not alembic.has("aiosqlite", "greenlet"):
        tap.skip("async env.py", "no aiosqlite for Python")
        return
    folder = alembic.make(box, "sqlite+aiosqlite:///async.db", env=alembic.ASYNC_ENV, name="async")
    alembic.script(folder, "a1", "one")
    box.check("an async env.py", box.strata("upgrade", "--trust", folder=folder), 0, "is at a1")


def main():
    if not alembic.has("os"):
        tap.skip_all("no Alembic for Python")
    with Sandbox() as box:
        for part in (consent, running, failing, cancelled, elsewhere, branches, mixed, layouts, flask, environments, asynchronous):
            part(box)
    tap.done()


main()
