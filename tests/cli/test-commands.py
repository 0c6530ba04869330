#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every command, as text and as JSON, and every exit status that docs/manual.md promises."""

import re
import subprocess

import tap
from sandbox import Sandbox

REVISION = {"revision", "down_revision", "depends_on", "branch_labels", "branches", "next", "message", "created", "path",
            "head", "effective_head", "current"}
STATUS = {"project", "database", "server", "missing", "connection_error", "findings"}
APPLIED = {"version_table", "current", "applied", "pending", "needs_python", "left_out", "unknown", "lost", "edited", "unfinished",
           "invalid_indexes", "running"}
REPORT = {"database", "heads_before", "steps", "heads_after"}
RUN = REPORT | {"run", "backup", "microseconds"}
LOG = {"run", "revision", "action", "state", "started", "microseconds", "who", "host", "tool", "hash", "statements",
       "statements_done", "error"}
PROFILE = {"name", "project", "url", "environment", "protected", "colour", "role", "search_path", "scratch",
           "lock_timeout_ms", "statement_timeout_ms", "connect_timeout_ms"}


def keys(name, value, expected):
    tap.check(set(value) == expected, f"{name}: the members", sorted(value), sorted(expected))


def looking(box):
    box.write("a1", "one", "CREATE TABLE a (x);", "DROP TABLE a;")
    box.write("b1", "left", "CREATE TABLE b (x);", "DROP TABLE b;", revises="a1")
    box.write("b2", "right", "SELECT 2;", revises="a1", header="-- Branch labels: side\n")

    box.check("history", box.strata("history"), 0,
              "a1 -> b1 (head), left\na1 -> b2 (side) (head), right\n<base> -> a1 (branchpoint), one\n", "")
    keys("history --json", box.strata("history", "--json").json["revisions"][0], REVISION)
    box.check("history of a range", box.strata("history", "-r", "a1:b1"), 0, "a1 -> b1 (head), left\n")
    box.check("history downwards", box.strata("history", "-r", "-1:b1"), 0, "a1 -> b1")
    box.check("in one word", box.strata("history", "-r-1:b1"), 0, "a1 -> b1")
    box.check("options before the command, too", box.strata("-cstrata.ini", "history", "-r=a1:b1"), 0, "a1 -> b1 (head), left\n")
    box.check("a value that looks like one", box.strata("history", "-r", "-cx:"), 5, err="Can't locate revision identified by '-cx'")
    box.check("heads", box.strata("heads"), 0, "b1 (head)\nb2 (side) (head)\n", "")
    box.check("branches", box.strata("branches"), 0, "a1 (branchpoint)\n", "")
    tap.check([row["revision"] for row in box.strata("branches", "--json").json["revisions"]] == ["a1"], "branches --json")
    box.check("show", box.strata("show", "b2"), 0, "Rev: b2 (head)\nParent: a1\nBranch names: side\n", "")
    keys("show --json", box.strata("show", "b2", "--json").json["revisions"][0], REVISION)
    for words in (("show", "b2"), ("heads",), ("history",), ("branches",)):
        current = box.strata(*words, "--json").json["revisions"][0]["current"]
        tap.check(current is None, f"without the database {words[0]} does not know what is current", current)
    done = box.strata("database")
    box.check("database", done, 0, f"sqlite:///{box.folder}/app.db\n              url from strata.ini line 2", "")
    keys("database --json", box.strata("database", "--json").json["database"],
         {"url", "dialect", "reason", "profile", "environment", "protected", "conflicts", "candidates"})
    box.check("status of a database that is not there", box.strata("status"), 0, "The file is not there yet")
    box.check("status names several heads", box.strata("status"), 0, "heads: b1, b2")
    tap.check(not (box.folder / "app.db").exists(), "looking makes no file")
    status = box.strata("status", "--json").json
    keys("status --json", status, STATUS | APPLIED)
    keys("status --json: project", status["project"], {"kind", "config", "git_branch", "revisions", "heads", "several_heads"})
    tap.check(status["missing"] and len(status["pending"]) == 3, "status --json: what is pending", status)
    keys("status --offline --json", box.strata("status", "--offline", "--json").json, STATUS)


def running(box):
    box.check("several heads (4)", box.strata("upgrade", "head", "--dry-run"), 4, "", "Multiple head revisions")
    box.check("verify with several heads", box.strata("verify"), 4, "", "There are several heads: b1, b2")
    box.check("merge", box.strata("merge", "heads", "-m", "join", "--rev-id", "c1"), 0, "Wrote ")
    box.check("pending (3)", box.strata("verify"), 3, "", "4 revisions are pending")
    verify = box.strata("verify", "--json")
    tap.check(verify.status == 3 and verify.json["error"]["code"] == "pending", "verify --json", verify)

    plan = box.strata("upgrade", "--dry-run", "--json").json
    keys("upgrade --dry-run --json", plan, REPORT | {"losses", "refused"})
    keys("a planned step", plan["steps"][0], {"direction", "revision", "message", "path", "from", "to", "needs_python", "reads_database"})
    tap.check(not any(step["reads_database"] for step in plan["steps"]), "SQL reads no database before it runs", plan)
    tap.check(plan["heads_after"] == ["c1"] and plan["heads_before"] == [], "the plan leads to the head", plan)
    box.check("upgrade --dry-run", box.strata("upgrade", "--dry-run"), 0, "Nothing was changed.")
    tap.check(not (box.folder / "app.db").exists(), "a dry run makes no file")
    box.check("upgrade --sql", box.strata("upgrade", "--sql"), 0, "INSERT INTO alembic_version (version_num) VALUES ('a1');", "")
    script = box.strata("upgrade", "--sql", "--json").json
    tap.check(script["dialect"] == "sqlite" and script["sql"].startswith("BEGIN IMMEDIATE;\n"), "upgrade --sql --json", script)
    box.check("upgrade --sql for another server", box.strata("upgrade", "--sql", "--dialect", "postgresql"), 0, "BEGIN;\n")

    run = box.strata("upgrade", "b1", "--json").json
    keys("upgrade --json", run, RUN)
    keys("a step that was run", run["steps"][0], {"direction", "revision", "state", "microseconds", "by_alembic",
                                                  "statements"})
    tap.check([step["state"] for step in run["steps"]] == ["done", "done"], "its state", run)
    done = box.strata("upgrade")
    box.check("upgrade", done, 0, "Running upgrade b1, b2 -> c1, join\nDone: 2 revisions in ")
    box.check("upgrade again", box.strata("upgrade"), 0, "Nothing to do: ")
    box.check("upgrade -q", box.strata("upgrade", "-q"), 0, "", "")
    box.check("verify", box.strata("verify"), 0, "All is well: the database is at c1\n", "")
    box.check("current", box.strata("current"), 0, "c1 (head) (mergepoint)\n", "")
    box.check("current --check-heads", box.strata("current", "--check-heads"), 0)
    tap.check(box.strata("current", "--json").json["revisions"][0]["current"] is True, "current --json says current")
    box.check("a walk below a merge", box.strata("downgrade", "-1"), 1, "", "Ambiguous walk")
    box.check("history -i", box.strata("history", "-i"), 0, "c1 (side) (head) (current) (mergepoint), join\n")
    subprocess.run(["sqlite3", box.folder / "app.db", "INSERT INTO b VALUES (1), (2)"], check=True)
    box.check("a dry run counts what would be lost", box.strata("downgrade", "a1", "--dry-run"), 0,
              "Would be lost: table b (2 rows), by b1 line 10\n", "")
    losses = box.strata("downgrade", "base", "--dry-run", "--json").json["losses"]
    tap.check(losses == [{"revision": "b1", "line": 10, "kind": "table", "name": "b", "column": None, "rows": 2}],
              "as JSON", losses)
    box.check("downgrade", box.strata("downgrade", "b1"), 0, "Running downgrade c1 -> b1, b2, join\n")
    box.check("current --check-heads (3)", box.strata("current", "-c"), 3, "", "Database is not on all head revisions")
    box.check("stamp", box.strata("stamp", "c1"), 0, "Done: sqlite:")
    box.check("stamp --purge", box.strata("stamp", "--purge", "b1"), 0, "is at b1\n")
    tap.check(box.strata("stamp", "heads", "--json").json["heads_after"] == ["c1"], "stamp --json")
    box.check("ensure_version", box.strata("ensure_version"), 0, "Nothing to do: ")
    box.check("ensure_version makes it", box.strata("ensure_version", "--url", "sqlite:///empty.db"), 0,
              f"Done: the version table is made in sqlite:///{box.folder}/empty.db\n", "")
    box.check("ensure_version has no dry run", box.strata("ensure_version", "--dry-run"), 2, "", "Unknown option")
    log = box.strata("log", "--json").json["log"]
    keys("log --json", log[0], LOG)
    lines = box.strata("log").out.split("\n")
    tap.check(re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ  stamp by \S+@\S+", lines[0]) and re.match("  c1 .*  join$", lines[1])
              and lines[2] == "", "log", lines)
    runs = box.strata("log", "-l", "2").out.split("\n\n")
    tap.check([len(run.splitlines()) for run in runs] == [2, 2], "log -l 2", runs)
    tap.check(all(len(line) <= 80 for line in lines), "log fits 80 columns", lines)


def containers(box):
    box.check("startup", box.strata("startup"), 0, "Nothing to do", "")
    box.strata("downgrade", "a1")
    done = box.strata("startup", DISABLE_AUTO_MIGRATIONS="true")
    box.check("startup that may only verify", done, 3, "because of DISABLE_AUTO_MIGRATIONS=true", "pending")
    (box.folder / ".env").write_text("DISABLE_AUTO_MIGRATIONS=yes\n")
    box.check("so it does for .env", box.strata("startup"), 3, "because of DISABLE_AUTO_MIGRATIONS=yes from .env: ", "pending")
    box.check("the environment before .env", box.strata("startup", "--dry-run", DISABLE_AUTO_MIGRATIONS="0"), 0, "would be at")
    (box.folder / ".env").unlink()
    box.check("startup --verify-only", box.strata("startup", "--verify-only"), 3, "because of --verify-only")
    box.check("a switch that is off", box.strata("startup", DISABLE_AUTO_MIGRATIONS="false"), 0, "Done: ")


def copies(box):
    box.check("restore asks", box.strata("restore"), 11, "", "--yes")
    listed = box.strata("restore", "--list", "--json").json
    tap.check(len(listed["copies"]) > 1, "restore --list --json", listed)
    box.check("restore --list", box.strata("restore", "--list"), 0, "before upgrade heads, at a1")
    box.check("restore", box.strata("restore", "--yes"), 0, "Put back ")
    box.check("the copy is back", box.strata("current"), 0, "a1 (branchpoint)\n")
    box.strata("upgrade")


def failing(box):
    path = box.write("d1", "breaks", "CREATE TABLE d (x);\nCREATE TABEL e (x);", revises="c1")
    done = box.strata("upgrade")
    box.check("failed (1)", done, 1, "Running upgrade c1 -> d1, breaks\n", f"strata: {path}:8:8: near \"TABEL\": syntax error\n")
    for words in ("statement 2 of 2:\n    CREATE TABEL e (x)\n", "Code: SQLITE_ERROR\n", "The database is at c1.",
                  "Rolled back: d1 as a whole.", "Next          Mend ", "“strata status”"):
        tap.check(words in done.err, f"a failure says {words.strip()!r}", done.err)
    tap.check(done.err.count("syntax error") == 1, "the server's words stand there once", done.err)
    error = box.strata("upgrade", "--json").json["error"]
    keys("a failure as JSON", error, {"code", "message", "revision", "file", "line", "column", "statement", "sql",
                                      "server_message", "server_code", "detail", "hint", "in_database",
                                      "not_in_database", "next"})
    tap.check((error["line"], error["column"], error["statement"]) == (8, 8, 2), "its place", error)
    box.check("the failure is in the log", box.strata("log", "-l", "1"), 0, "syntax error")

    path.write_text(path.read_text().replace("TABEL", "TABLE").replace("-- strata:downgrade\n", ""))
    box.check("mended", box.strata("upgrade"), 0, "is at d1\n")
    box.check("irreversible (11)", box.strata("downgrade", "-1"), 11, "", "cannot be taken back")
    box.check("a dry run says so", box.strata("downgrade", "-1", "--dry-run"), 0, "1 step; ",
              "strata: But the run would be refused: /")
    refused = box.strata("downgrade", "-1", "--dry-run", "--json").json["refused"]
    tap.check(refused["code"] == "refused" and "cannot be taken back" in refused["message"], "as JSON", refused)
    path.write_text(path.read_text().replace("CREATE TABLE e (x)", "create  table /* the same */ e (x)"))
    box.check("layout does not count", box.strata("verify"), 0)
    path.write_text(path.read_text().replace("e (x)", "e (x, y)"))
    box.check("edited (8)", box.strata("verify"), 8, "", "was edited after it was applied")
    box.check("status shows it too", box.strata("status"), 0, "Edited        d1 was changed after it was applied")
    box.check("show --edited", box.strata("show", "d1", "--edited"), 0, "+create  table /* the same */ e (x, y);\n")
    keys("show --edited --json", box.strata("show", "d1", "--edited", "--json").json, {"revision", "applied", "diff"})
    box.check("stamped as it is", box.strata("stamp", "c1", "-q"), 0, "", "")
    box.check("a stamp of another revision settles nothing", box.strata("stamp", "d1", "-q"), 0, "", "")
    box.check("the way out is shown", box.strata("status"), 0, "“strata stamp --purge d1”")
    box.check("it", box.strata("stamp", "--purge", "d1"), 0, "is at d1")
    box.check("settles what was edited", box.strata("verify"), 0)
    done = box.strata("show", "d1", "--edited")
    box.check("what was applied is not known any more", done, 1, "", "With which text d1 was applied is not known")
    error = box.strata("upgrade", "nope", "--json").json["error"]
    tap.check(error["code"] == "unknown-revision" and error["not_in_database"] is None, "as JSON", error)
    box.check("unknown revision (5)", box.strata("upgrade", "nope"), 5, err="Can't locate revision identified by 'nope'")


def lost(box):
    def git(*words):
        subprocess.run(["git", "-c", "user.name=Ana", "-c", "user.email=ana@example.org", *words], cwd=box.folder,
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=box.environment)

    (box.folder / ".gitignore").write_text("*.db*\n")
    git("init", "-b", "main")
    git("add", "-A")
    git("commit", "-m", "all")
    git("checkout", "-b", "feature/x")
    box.write("f1", "feature", "CREATE TABLE f (x);", "DROP TABLE f;", revises="d1")
    git("add", "-A")
    git("commit", "-m", "feature")
    box.check("on the branch", box.strata("upgrade"), 0, "is at f1")
    git("checkout", "main")

    for command in (("upgrade",), ("downgrade", "-1"), ("current",), ("verify",), ("stamp", "d1")):
        box.check(f"{command[0]} without the file (5)", box.strata(*command), 5, err="“strata rescue” looks for it")
    box.check("status names branch and author", box.strata("status"), 0,
              "Lost          f1  feature\n              on feature/x, by Ana, today\n")
    row = box.strata("status", "--json").json["lost"][0]
    keys("status --json: what is lost", row, {"revision", "path", "commit", "author", "date", "refs"})
    box.check("rescue", box.strata("rescue"), 0, "strata rescue --step-back")
    box.check("rescue by the beginning of the id", box.strata("rescue", "f"), 0, "f1  feature\n")
    found = box.strata("rescue", "--json").json
    keys("rescue --json", found, {"found", "missing"})
    keys("what was found", found["found"][0], {"revision", "message", "restored_to", "commit", "author", "refs"})
    box.check("rescue cannot do both", box.strata("rescue", "--step-back", "--stamp"), 2, "", "choose one")
    box.check("rescue --step-back", box.strata("rescue", "--step-back"), 0, "Running downgrade f1 -> d1, feature\n")
    box.check("nothing is lost then", box.strata("rescue"), 0, "Nothing is lost")
    tap.check(not re.search(" $", box.strata("log").out, re.M), "no line of the log ends in blanks")
    git("checkout", "feature/x")
    box.strata("upgrade", "-q")
    git("checkout", "main")
    box.check("rescue --step-back -q", box.strata("rescue", "--step-back", "-q"), 0, "", "")
    git("checkout", "feature/x")
    box.strata("upgrade", "-q")
    git("checkout", "main")
    box.check("rescue --stamp", box.strata("rescue", "--stamp"), 0, "is at d1\n")
    log = [entry["revision"] for entry in box.strata("log", "-l", "2", "--json").json["log"]]
    tap.check(log == ["d1", "f1"], "which settles nothing that was edited", log)
    path = box.folder / "versions" / "d1_breaks.sql"
    text = path.read_text()
    path.write_text(text.replace("-- Revision:", "-- Revsion:"))
    for way in (), ("--step-back",), ("--stamp",):
        box.check(f"what a broken file may have is not taken back: {way} (8)", box.strata("rescue", *way), 8, "d1  breaks\n",
                  "What seems to be lost may be in a file that cannot be used, so nothing was run")
    box.check("status says the same", box.strata("status"), 0, "It may be in one of the files below, which cannot be used")
    path.write_text(text)
    box.check("the row is where it was", box.strata("current"), 0, "d1 (head)\n")
    box.check("rescue of what nobody has", box.strata("rescue", "zzzz"), 5, err="neither in git nor in the ledger")
    missing = box.strata("rescue", "zzzz", "--json")
    tap.check(missing.status == 5 and missing.json["missing"] == ["zzzz"] and missing.json["error"]["code"] == "unknown-revision",
              "as one JSON document", missing)


def profiles(box):
    url = f"sqlite:///{box.folder}/app.db"
    box.check("profile list, empty", box.strata("profile", "list"), 0, "There are none yet")
    keys("profile add --json", box.strata("profile", "add", "dev", url, "--protected", "-e", "staging", "--json").json, PROFILE)
    box.check("profile add again", box.strata("profile", "add", "dev", url), 1, "", "dev")
    box.check("profile list", box.strata("profile", "list"), 0, "dev              staging      protected ")
    keys("profile list --json", box.strata("profile", "list", "--json").json["profiles"][0], PROFILE)
    box.check("profile show", box.strata("profile", "show", "dev"), 0, "Environment   staging, protected")
    keys("profile show --json", box.strata("profile", "show", "dev", "--json").json, PROFILE)
    box.check("profile test", box.strata("profile", "test", "dev"), 0, "It answers: SQLite ")
    keys("profile test --json", box.strata("profile", "test", "dev", "--json").json, {"profile", "server"})
    box.check("-p", box.strata("-p", "dev", "status"), 0, "the profile “dev”\nEnvironment   staging, protected, profile dev")
    for arguments in (("-p", "dev"), ()):
        box.check("protected (11)", box.strata(*arguments, "downgrade", "-1"), 11, "", "--yes-i-mean dev")
    box.check("the wrong name", box.strata("upgrade", "--yes-i-mean", "prod"), 11, "", "--yes-i-mean dev")
    box.check("the right name", box.strata("upgrade", "--yes-i-mean", "dev"), 0, "Nothing to do")
    box.check("a dry run needs none", box.strata("upgrade", "--dry-run"), 0)
    box.check("a global profile", box.strata("profile", "add", "all", url, "--global"), 0, "for all projects")
    box.check("profile remove", box.strata("profile", "remove", "dev"), 0, "the database itself is untouched")
    keys("profile remove --json", box.strata("profile", "remove", "all", "--json").json, PROFILE)
    box.check("no such profile", box.strata("-p", "dev", "status"), 2, "", "There is no profile “dev”")
    secret = box.strata("profile", "add", "net", "postgresql://ana:geheim@127.0.0.1:1/shop")
    tap.check("geheim" not in secret.out + secret.err, "a password is not printed", secret)
    tap.check("geheim" not in (box.folder.parent / "home/config/strata/profiles.ini").read_text(), "nor kept in the file")
    box.check("profile test says why not (7)", box.strata("profile", "test", "net"), 7, "",
              "refused the connection: is the server running there, on that port? (connection to server at \"127.0.0.1\", port 1"
              " failed: Connection refused)\n")


def writing(box):
    box.check("init", box.strata("init", "new"), 0, f"Made {box.folder}/new/strata.ini\n", "")
    box.check("init -q", box.strata("init", "quiet", "-q"), 0, "", "")
    box.check("init again", box.strata("init", "new"), 1, "", "There is a project here already")
    tap.check(box.strata("init", "newer", "--json").json == {"config": f"{box.folder}/newer/strata.ini"}, "init --json")
    new = box.folder / "new"
    box.check("without a revision status says what writes one", box.strata("status", folder=new, DATABASE_URL="sqlite:///a.db"), 0,
              "Pending       nothing: there is no revision yet. “strata revision -m", "")
    done = box.strata("revision", "-m", "create customers", "--json", folder=new)
    keys("revision --json", done.json, {"revision", "path", "down_revision"})
    box.check("no database is known", box.strata("upgrade", folder=new), 11, "", "Which database?")
    ini = new / "strata.ini"
    text = ini.read_text()
    ini.write_text(text.replace("#url", "url"))
    box.check("the line for it takes effect without its #", box.strata("database", folder=new), 0, f"sqlite:///{new}/app.db\n")
    ini.write_text(text)
    box.check("status says so too", box.strata("status", folder=new), 11, "Database      not known\n              Neither STRATA_URL nor", "")
    box.check("what is not written yet is shown", box.strata("status", folder=new, DATABASE_URL="sqlite:///a.db"), 0,
              "8:1: warning: Nothing is written")
    done = box.strata("upgrade", folder=new, DATABASE_URL="sqlite:///a.db")
    box.check("its environment says it", done, 0, "Done: 1 revision")
    tap.check(" has no statement: only its version row was written\n" in done.out, "an upgrade without statements says so", done)
    path = next((new / "versions").glob("*.sql"))
    path.write_text(path.read_text().replace("-- Write the SQL of this revision here.", "CREATE TABLE t (x);")
                    .replace("-- Write here what takes it back.", "DROP TABLE t; --"))
    box.check("edited after it was applied, and taken back", box.strata("downgrade", "-1", folder=new, DATABASE_URL="sqlite:///a.db"),
              1, None, "was changed after it was applied;")
    box.check("edit", box.strata("edit", "head", folder=new, EDITOR="cat"), 0, "-- create customers\n")
    box.check("an editor that fails", box.strata("edit", "head", folder=new, EDITOR="false"), 1, "", "The editor “false” did not")
    box.check("an editor that is not there", box.strata("edit", "head", folder=new, EDITOR="nope -w"), 1, "", "“nope -w” did not")
    box.check("no editor without a terminal", box.strata("edit", "head", folder=new), 1, "", "EDITOR is not set")
    box.check("VISUAL", box.strata("edit", "head", folder=new, VISUAL="grep Revision:"), 0, "-- Revision: ")


def alembic(box):
    scripts = box.folder / "versions"
    scripts.mkdir()
    (box.folder / "strata.ini").unlink()
    (box.folder / "alembic.ini").write_text("[alembic]\nscript_location = .\nsqlalchemy.url = sqlite:///app.db\n")
    (box.folder / "env.py").write_text("from alembic import context\n")
    for revision, down in (("a1", None), ("a2", "a1")):
        (scripts / f"{revision}_x.py").write_text(f'"""step {revision}"""\nrevision = {revision!r}\ndown_revision = {down!r}\n'
                                                  "def upgrade():\n    open('x')\n")
    url = ("--url", f"sqlite:///{box.folder}/app.db")
    box.check("history of an Alembic project", box.strata("history"), 0, "a1 -> a2 (head), step a2\n<base> -> a1, step a1\n", "")
    box.check("its plan", box.strata("upgrade", "--dry-run", *url), 0, "Running upgrade a1 -> a2, step a2")
    for command in (("upgrade",), ("upgrade", "--sql")):
        done = box.strata(*command, *url)
        box.check(" ".join(command) + " (10)", done, 10, "", f"{scripts}/a1_x.py")
    box.check("revision without a template", box.strata("revision", "-m", "x"), 1, "", "“shop/script.py.mako” is missing")
    box.check("the first .sql revision asks (10)", box.strata("revision", "-m", "x", "--format", "sql"), 10, "", "only Strata")
    box.check("stamp works", box.strata("stamp", "head", *url), 0, "is at a2")
    box.check("and keeps its ledger out of the database", box.strata("log", *url), 0, "stamp by ")


def help_texts(box):
    box.check("--version", box.strata("--version"), 0, "strata ", "")
    box.check("--help", box.strata("--help"), 0, "\nRun:\n  upgrade ", "")
    box.check("help of a command", box.strata("help", "upgrade"), 0, "--dry-run", "")
    box.check("what a target is", box.strata("upgrade", "--help"), 0, "TARGET is one of\n", "")
    box.check("and how far back", box.strata("downgrade", "--help"), 0, "  -1, ae10-1 ", "")
    box.check("what profile takes", box.strata("profile", "--help"), 0, "  add NAME URL ", "")
    tap.check(box.strata("help", "upgrade").out == box.strata("upgrade", "--help").out, "both ways are the same")
    box.check("nothing at all", box.strata(), 2, "", "Usage: strata")


def main():
    with Sandbox() as box:
        for part in (looking, running, containers, copies, failing, lost, profiles):
            part(box)
    for part in (writing, alembic, help_texts):
        with Sandbox() as box:
            part(box)
    tap.done()


main()
