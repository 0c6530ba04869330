#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What people type, and what lies in folders, that is wrong: the exit status, the words, and the stream they go to."""

import shutil

import tap
from rights import BOUND
from sandbox import Sandbox

# Arguments, exit status, words on stderr; in a project with the revisions a1 and a2.
ARGUMENTS = [
    (("nonsense",), 2, "There is no command “nonsense”"),
    (("",), 2, "There is no command “”"),
    (("help", "nonsense"), 2, "There is no command “nonsense”"),
    (("--nonsense",), 2, "Unknown option --nonsense"),
    (("status", "--nonsense"), 2, "Unknown option --nonsense (see strata status --help)"),
    (("statsu",), 2, "There is no command “statsu”: did you mean “status”?"),
    (("upgrade", "--dryrun"), 2, "Unknown option --dryrun: did you mean --dry-run?"),
    (("status", "--ofline"), 2, "Unknown option --ofline: did you mean --offline?"),
    (("status", "-Z"), 2, "Unknown option -Z (see strata status --help)"),
    (("status", "extra"), 2, "Too many arguments: usage: strata status (see strata status --help)"),
    (("downgrade",), 2, "Too few arguments: usage: strata downgrade TARGET"),
    (("stamp",), 2, "usage: strata stamp TARGET..."),
    (("merge",), 2, "usage: strata merge heads|REVISION..."),
    (("upgrade", "a1", "a2"), 2, "Too many arguments"),
    (("-c",), 2, "Missing argument for -c"),
    (("revision", "-m"), 2, "Missing argument for -m"),
    (("log", "-l", "x"), 2, "Cannot parse integer value “x”"),
    (("log", "-l", "99999999999999999999"), 2, "out of range"),
    (("upgrade", "--retries", "-3"), 2, "--retries takes 0 or more"),
    (("upgrade", "--retries=-3"), 2, "--retries takes 0 or more"),
    (("upgrade", "--lock-wait", "banana"), 2, "“banana” is not a time"),
    (("upgrade", "--lock-wait", "1e30"), 2, "“1e30” is not a time"),
    (("upgrade", "--connect-wait", "-1"), 2, "“-1” is not a time"),
    (("upgrade", "--interrupted", "x"), 2, "--interrupted takes"),
    (("upgrade", "--sql", "--dry-run"), 2, "choose one"),
    (("upgrade", "--sql", "--dialect", "oracle"), 2, "no scripts for “oracle”, only for sqlite and postgresql"),
    (("upgrade", "--sql", "--dialect", "mysql"), 2, "no scripts for “mysql”"),
    (("downgrade", "--sql", "base"), 2, "requires <fromrev>:<torev>"),
    (("upgrade", "nope"), 5, "Can't locate revision identified by 'nope'"),
    (("show", "zzz"), 5, "at least four characters"),
    (("edit", "zzzz"), 5, "Can't locate"),
    (("history", "-r", "zzzz:"), 5, "Can't locate"),
    (("history", "-r", "a:b:c"), 2, "History range requires"),
    (("upgrade", "+99"), 1, "didn't produce 99 migrations"),
    (("downgrade", "+1"), 1, "Relative revision +1"),
    (("merge", "a2", "-m", "x"), 1, "nothing to merge"),
    (("revision", "-m", "x", "--head", "nope"), 5, "Can't locate"),
    (("revision", "-m", "x", "--head", "a1"), 1, "--splice"),
    (("revision", "-m", "x", "--rev-id", "a1"), 1, "present more than once"),
    (("revision", "-m", "x", "--rev-id", "a/b"), 2, "can't be a revision identifier"),
    (("revision", "-m", "x", "--rev-id", "a" * 33), 2, "longer than the 32 characters"),
    (("revision", "-m", "x", "--branch-label", "bad label"), 2, "can't be a branch label"),
    (("revision", "-m", "x", "--version-path", "/nope"), 2, "not represented in current version locations"),
    (("restore", "nope", "--yes"), 1, "There is no copy"),
    (("restore", "nope"), 1, "There is no copy"),
    (("profile",), 2, "profile add|list|show|test|remove"),
    (("profile", "nonsense"), 2, "not one of add, list, show, test, remove"),
    (("profile", "add", "x"), 2, "strata profile add NAME URL"),
    (("profile", "add", "bad name", "sqlite:///x.db"), 2, "cannot name a profile"),
    (("profile", "add", "x", "sqlite:///x.db", "-e", "moon"), 2, "development, staging or production"),
    (("profile", "show"), 2, "strata profile show NAME"),
    (("-p", "nope", "status"), 2, "There is no profile “nope”"),
    (("--url", "banana", "status"), 2, "--url: The database URL cannot be understood"),
    (("--url", "sqlite:////nowhere/at/all/x.db", "upgrade"), 7, "There is no folder"),
    (("--url", "mysql://h/x", "current"), 7, "cannot talk to MySQL yet"),
    (("--url", "postgresql://ana@127.0.0.1:1/x", "current"), 7, "refused the connection"),
    (("-c", "nope.ini", "status"), 2, "there is no file"),
    (("-c", ".", "status"), 2, "is not a project file, but a folder"),
    ((), 2, "strata"),
    (("revision", "--autogenerate", "-m", "x"), 3, "Target database is not up to date. “strata upgrade” applies"),
    (("stamp", "--single-transaction", "a1"), 2, "Unknown option"),
    (("-n", "nope", "status"), 2, "has no section [nope]"),
]

# A project file, its exit status with "status", and words on stderr.
CONFIGURATIONS = [
    ("", 2, "No 'script_location' key found"),
    ("no section\n[strata\n", 2, "No 'script_location' key found"),
    ("\0\1\2\xff", 1, "cannot be used"),
    ("[strata]\nscript_location = nowhere\n", 1, "Path doesn't exist"),
    ("[strata]\nscript_location = %(nope)s\n", 11, ""),
    ("[strata]\nurl = banana\n", 11, ""),
    ("[strata]\nurl = sqlite:///app.db\nshema = schema.sql\n", 0, "“shema” is no key of Strata's"),
    ("[strata]\nname = app\nurl = sqlite:///%(name)s.db\n", 0, ""),
]

# A file among the revisions, and the code of its finding.
FILES = [
    (b"\xff\xfe\0b\0i\0n", "sql-not-utf8"),
    (b"SELECT 1;\n", "sql-no-header"),
    (b"-- x\n--\n-- Revision: b1\n-- Revises: gone\n\n-- strata:upgrade\n", "missing-revision"),
    (b"-- x\n--\n-- Revision: b1\n-- Revises: b1\n\n-- strata:upgrade\n", "cycle"),
    (b"-- x\n--\n-- Revision: b@1\n-- Revises: a2\n\n-- strata:upgrade\n", "bad-revision-id"),
]


# The upgrade of a revision, which has a header that is well, and words on what keeps it from being run.
STATEMENTS = [
    ("SELECT 'open;", "bad.sql:7:8: "),
    ("SELECT 1;\nCOMMIT;", "bad.sql:8:1: "),
    ("VACUUM;", "VACUUM cannot run inside a transaction"),
    (".read x.sql", "bad.sql:7:1: "),
    ("-- strata:upgrade transaction=of\nVACUUM;", "“transaction=of” is no option"),
]


def arguments(box):
    for words, status, text in ARGUMENTS:
        name = "strata " + " ".join(word[:40] for word in words)
        box.check(name, box.strata(*words), status, "", text)
        done = box.strata("--json", *words)
        error = done.json["error"] if done.out.startswith("{") else {}
        tap.check(done.status == status and error.get("code") and text in error["message"] and done.err == "",
                  f"{name}: as JSON", f"status {done.status}", done.out, done.err)
    tap.check(sorted(path.name for path in (box.folder / "versions").iterdir()) == ["a1_one.sql", "a2_two.sql"],
              "no file was written")


def configurations(box):
    for text, status, words in CONFIGURATIONS:
        (box.folder / "odd.ini").write_bytes(text.encode("latin-1"))
        done = box.strata("-c", "odd.ini", "status")
        tap.check(done.status == status and words in done.err + done.out and "“name”" not in done.out, f"a project file {text!r}", done)


def files(box):
    bad = box.folder / "versions" / "bad.sql"
    box.strata("upgrade", "a1")
    for text, code in FILES:
        bad.write_bytes(text)
        box.check(f"{code}: status still looks", box.strata("status"), 0, f"[{code}]")
        box.check(f"{code}: upgrade refuses (8)", box.strata("upgrade"), 8, "", f"[{code}]")
        box.check(f"{code}: so does startup", box.strata("startup"), 8, "", f"[{code}]")
    bad.write_text("-- x\n--\n-- Revision: b1\n-- Revises: a2\n\n-- strata:upgrade\nSELECT 1;\n-- strata:sideways\n")
    box.check("verify reads the sections (8)", box.strata("verify"), 8, "[sql-unknown-marker]", "error in its files")
    box.check("so does status, of what is pending", box.strata("status"), 0, "[sql-unknown-marker]")
    for text, words in STATEMENTS:
        bad.write_text(f"-- x\n--\n-- Revision: b1\n-- Revises: a2\n\n-- strata:upgrade\n{text}\n")
        box.check(f"{words}: upgrade refuses (8)", box.strata("upgrade"), 8, "", words)
        box.check(f"{words}: verify finds it (8)", box.strata("verify"), 8, words, "1 error in its files")
        box.check(f"{words}: status shows it", box.strata("status"), 0, words)
    bad.write_text("-- x\n--\n-- Revision: b1\n-- Revises: a2\n\n-- strata:upgrade\nCREATE TABEL zoo (lion int);\n")
    box.check("verify knows the grammar (8)", box.strata("verify"), 8, 'bad.sql:7:8: error: SQLite: near "TABEL": syntax error')
    bad.write_text("-- x\n--\n-- Revision: b1\n-- Revises: a2\n\n-- strata:upgrade\nCREATE TABLE zoo (lion int);\n"
                   "UPDATE zoo SET loin = 1;\n")
    box.check("verify knows which columns are there", box.strata("verify"), 3,
              "bad.sql:8:16: warning: There is no column “loin” of “zoo” here", "pending")
    bad.write_text("-- x\n--\n-- Revision: b1\n-- Revises: gone\n\n-- strata:upgrade\n")
    box.check("what cannot be planned is shown", box.strata("status"), 0, "Left out      b1: ")
    for words in (("revision", "-m", "x", "--head", "b1"), ("merge", "heads", "-m", "x")):
        box.check(f"nothing is built on it: {words[0]} (8)", box.strata(*words), 8, "", "Nothing can be built on b1")
    bad.unlink()
    box.check("without them it goes on", box.strata("upgrade"), 0, "is at a2")


def sources(box):
    both = {"DATABASE_URL": "sqlite:///other.db"}
    box.check("two sources: status says so", box.strata("status", **both), 0, "But also      sqlite:")
    box.check("two sources: nothing is changed", box.strata("upgrade", **both), 11, "", "Two sources name different databases")
    box.check("one of them named", box.strata("upgrade", "--url", "sqlite:///other.db", **both), 0, "Done: ")
    box.check("STRATA_URL that is none", box.strata("status", STRATA_URL="banana"), 2, "", "STRATA_URL: ")
    box.check("a file that is no database", box.strata("--url", "sqlite:///strata.ini", "current"), 7, "", "is not a SQLite database")


def passwords(box):
    for url in ("postgresql://ana:geheim@127.0.0.1:1/x", "postgresql://ana@127.0.0.1:1/x?password=geheim"):
        for command in ("status", "current", "upgrade", "database", "verify"):
            for option in ((), ("--json",)):
                done = box.strata("--url", url, command, *option)
                tap.check("geheim" not in done.out + done.err and "A password on the command line" in done.err,
                          f"{command} {' '.join(option)} keeps a password to itself", done.out, done.err)
    done = box.strata("current", STRATA_URL="postgresql://ana:geheim@127.0.0.1:1/x")
    tap.check("geheim" not in done.out + done.err and "command line" not in done.err, "so it does in the environment", done)


def odd_names(box):
    odd = box.folder.parent / "odd 100% \"ü' ä%(x)s"
    shutil.copytree(box.folder, odd)
    (odd / "strata.ini").write_text("[strata]\nscript_location = %(here)s\nurl = sqlite:///app.db\n")
    done = box.strata("revision", "-m", "it's 100% \"ö\" -- done; %(x)s", "--rev-id", "odd1", folder=odd)
    box.check("an odd message in an odd folder", done, 0, "Wrote ", "")
    box.check("it runs", box.strata("upgrade", folder=odd), 0, "a2 -> odd1, it's 100% \"ö\" -- done; %(x)s\n", "")
    box.check("and is well", box.strata("verify", folder=odd), 0, "All is well", "")
    box.check("from a folder below", box.strata("current", folder=odd / "versions"), 0, "odd1 (head)\n")
    box.check("with -c from elsewhere", box.strata("-c", f"../{odd.name}/strata.ini", "heads"), 0, "odd1 (head)\n")
    box.check("-c: a relative database is below the working directory",
              box.strata("-c", str(odd / "strata.ini"), "database"), 0, f"sqlite:///{box.folder}/app.db\n")


def several(box):
    top = box.folder.parent / "many"
    for name in ("a", "b"):
        box.strata("init", str(top / name))
    (top / ".git").mkdir()
    (top / ".git" / "HEAD").write_text("ref: refs/heads/main\n")
    box.check("several projects", box.strata("status", folder=top), 2, "", "  -c a/strata.ini\n  -c b/strata.ini\n")
    box.check("one is chosen", box.strata("-c", "a/strata.ini", "heads", folder=top), 0, "", "")
    nowhere = box.folder.parent / "nowhere"
    nowhere.mkdir()
    for command in ("status", "history", "upgrade", "verify", "log"):
        box.check(f"{command} without a project", box.strata(command, folder=nowhere), 2, "", "There is no project in ")
    box.check("profiles need none", box.strata("profile", "list", folder=nowhere), 0, "There are none yet")


def outputs(box):
    """A shell between: what goes wrong is the stream that strata was given."""
    shell = lambda line, **more: box.strata(line, before=("sh", "-c", 'program=$1; eval "$2"', "sh"), **more)
    for command in ("dump empty", "history", "--json status", "upgrade --sql", "--help", "--version"):
        box.check(f"{command}: a full disk (1)", shell(f'"$program" {command} >/dev/full'), 1, "", "could not be written")
    box.check("closed streams", shell('"$program" upgrade a1 <&- >&- 2>&-'), 0, "", "")
    box.check("did what was asked", box.strata("current"), 0, "a1\n")
    done = shell('{ "$program" upgrade; echo "$?" >status; } | true; cat status')
    box.check("nobody reads what a run says", done, 0, "0\n", "")
    box.check("it went to its end", box.strata("current"), 0, "a2 (head)\n")
    box.write("a3", "three", "SELECT '" + "ä" * 100000 + "\n" * 1000 + "' FROM nowhere;", revises="a2")
    done = box.strata("upgrade")
    tap.check(done.status == 1 and len(done.err) < 4000 and "ä ...\n" in done.err, "a statement without end is shown in part", done.err[:5000])


def permissions(box):
    path = box.folder / "versions" / "a2_two.sql"
    path.chmod(0)
    box.check("an unreadable revision (8)", box.strata("upgrade", before=BOUND), 8, "", "Permission denied [file-unreadable]")
    path.chmod(0o644)
    path.parent.chmod(0o555)
    box.check("a folder that is read-only", box.strata("revision", "-m", "x", before=BOUND), 1, "", "Cannot write “")
    path.parent.chmod(0o755)


def main():
    for part in (arguments, configurations, files, sources, passwords, odd_names, several, outputs, permissions):
        with Sandbox() as box:
            box.write("a1", "one", "CREATE TABLE a (x);", "DROP TABLE a;")
            box.write("a2", "two", revises="a1")
            part(box)
    tap.done()


main()
