#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What can be wrong with a SQLite database as a file: no room, no permission, locked by another program, no database at
all. And looking at a project leaves no trace: no process, no socket, no new file.
"""

import contextlib
import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import steps
import tap
from rights import BOUND

FAILED, PENDING, LOCKED, CANNOT_CONNECT, REFUSED = 1, 3, 6, 7, 11

BIG = ("CREATE TABLE big (bytes BLOB);\nWITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 2000)"
       " INSERT INTO big SELECT randomblob(1000) FROM n;")
SCRIPTS = "CREATE TABLE a (id INTEGER);", BIG, "CREATE TABLE c (id INTEGER);"
LOOKING = (["status"], ["status", "--offline"], ["current"], ["history"], ["history", "-i"], ["heads"], ["branches"],
           ["show", "r0001"], ["log"], ["verify"], ["database"], ["upgrade", "--dry-run"], ["upgrade", "--sql"])


class Stage:
    def __init__(self, folder, database=None):
        self.place = (database or folder / "place")
        self.place.mkdir(exist_ok=True)
        self.path = self.place / "app.db"
        self.project = steps.write_revisions(folder / "project", *SCRIPTS)
        self.environ = steps.environment(folder / "home", f"sqlite:///{self.path}")

    def run(self, *words, before=(), **options):
        return subprocess.run([*before, steps.STRATA, *words], cwd=self.project, env=self.environ, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=120, **options)

    def files(self):
        return {str(file): file.read_bytes() if file.is_file() else None for folder in (self.place, self.project)
                for file in folder.rglob("*")}

    def rows(self):
        return steps.read_sqlite(self.path).rows

    def finishes(self, name):
        done = self.run("upgrade")
        tap.check(done.returncode == 0 and self.rows() == ["r0002"], f"{name}: the next upgrade finishes", done.stderr)


@contextlib.contextmanager
def stage(database=None):
    with steps.temporary_folder() as temporary:
        yield Stage(Path(temporary), database)


def says(text, *words):
    return all(word in text for word in words)


def check_rolled_back(name, stage, done, *words):
    tap.check(done.returncode == FAILED and says(done.stderr, "Done in this run: r0000",
                                                 "Rolled back: r0001 as a whole", "Not run: r0002", *words),
              f"{name}: it is said", done.returncode, done.stderr)
    tap.check(stage.rows() == ["r0000"] and "big" not in steps.read_sqlite(stage.path).names, f"{name}: r0001 is rolled back",
              stage.rows())


def test_full_disk():
    """In a mount namespace of this process's own: nobody else sees the disk."""
    with steps.temporary_folder() as temporary:
        disk = Path(temporary, "disk")
        disk.mkdir()
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "none", disk], stderr=subprocess.PIPE, text=True)
        if mounted.returncode != 0:
            tap.skip("a full disk", mounted.stderr.strip())
            return
        with stage(disk) as here:
            check_rolled_back("a full disk", here, here.run("upgrade"), "no room", "Make room")
            elsewhere = here.environ["XDG_STATE_HOME"]
            here.environ["XDG_STATE_HOME"] = str(disk / "state")
            with contextlib.suppress(OSError), open(disk / "filler", "wb", buffering=0) as filler:
                while filler.write(bytes(4096)):
                    pass
            done = here.run("upgrade")
            tap.check(done.returncode == FAILED and says(done.stderr, "copy", "--no-backup") and here.rows() == ["r0000"],
                      "a full disk: no room for the copy, nothing is run", done.returncode, done.stderr)
            for words in ["status"], ["current"], ["log"]:
                done = here.run(*words)
                tap.check(done.returncode in (0, PENDING), f"a full disk: {words[0]} still looks", done.returncode, done.stderr)
            here.environ["XDG_STATE_HOME"] = elsewhere
            subprocess.run(["mount", "-o", "remount,size=32m", disk], check=True)
            here.finishes("a full disk")
        subprocess.run(["umount", disk], check=True)


def test_small_files():
    """Files that may not grow: a quota, for one. SQLite calls that an I/O error."""
    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (500_000, 500_000))

    with stage() as here:
        check_rolled_back("a file that may not grow", here, here.run("upgrade", preexec_fn=limit))
        here.finishes("a file that may not grow")


def test_read_only(what, *modes):
    """modes: of the file and of its folder."""
    if BOUND and subprocess.run([*BOUND, "true"], stderr=subprocess.DEVNULL).returncode != 0:
        tap.skip(what, "permissions do not bind root, and it cannot give that up")
        return
    with stage() as here:
        tap.check(here.run("upgrade", "r0000", "--no-backup").returncode == 0, f"{what}: r0000")
        for file in here.place.glob("app.db?*"):
            file.unlink()
        here.path.chmod(modes[0])
        here.place.chmod(modes[1])
        before = here.files()
        done = here.run("upgrade", before=BOUND)
        tap.check(done.returncode == REFUSED and says(done.stderr, str(here.path), "is read-only", "cannot be written"),
                  f"{what}: an upgrade says so", done.returncode, done.stderr)
        for words in LOOKING:
            done = here.run(*words, before=BOUND)
            tap.check(done.returncode in (0, PENDING), f"{what}: {' '.join(words)}", done.returncode, done.stdout, done.stderr)
        tap.check(here.files() == before, f"{what}: nothing has changed", *here.files())
        here.place.chmod(0o755)
        here.path.chmod(0o644)
        here.finishes(what)


@contextlib.contextmanager
def sqlite3_shell(path, begin):
    """It holds a lock until the function that is given is called."""
    shell = subprocess.Popen(["sqlite3", path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    shell.stdin.write(f"{begin};\nSELECT 'held';\n")
    shell.stdin.flush()
    shell.stdout.readline()
    try:
        yield f"sqlite3 (pid {shell.pid}", shell.stdin.close
    finally:
        shell.stdin.close()
        shell.wait()


def test_locked():
    if shutil.which("sqlite3") is None:
        tap.skip("locked by the sqlite3 shell", "it is not installed")
        return
    with stage() as here:
        here.run("upgrade", "r0001")
        with sqlite3_shell(here.path, "BEGIN EXCLUSIVE") as (name, _):
            for words in ["upgrade"], ["current"]:
                done = here.run(*words)
                tap.check(done.returncode == LOCKED and says(done.stderr, "another program has", "open", name),
                          f"nobody else may read: {words[0]} names the sqlite3 shell", done.returncode, done.stderr)
        with sqlite3_shell(here.path, "BEGIN IMMEDIATE") as (name, let_go):
            done = here.run("upgrade", "--lock-timeout", "200ms", "--retries", "2")
            tap.check(done.returncode == LOCKED and says(done.stderr, "try 1:", "try 2:", "another program has", name,
                                                         "The database is at r0001"),
                      "nobody else may write: an upgrade tries again, then names the sqlite3 shell", done.returncode, done.stderr)
            done = here.run("current")
            tap.check(done.returncode == 0 and "r0001" in done.stdout, "nobody else may write: reading goes on", done.stderr)
            waiting = steps.start(here.project, here.environ, "upgrade", "--lock-timeout", "200ms", "--retries", "50")
            first = waiting.stderr.readline()
            let_go()
            said = first + waiting.communicate()[1]
            tap.check(waiting.returncode == 0 and here.rows() == ["r0002"],
                      "nobody else may write: an upgrade succeeds when that has ended", said)


def test_no_database():
    def write(path):
        path.write_bytes(b"This is a letter, not a database.\n" * 100)

    def damage(path):
        with contextlib.closing(sqlite3.connect(path)) as database:
            database.execute("CREATE TABLE x (y)")
        path.write_bytes(path.read_bytes()[:100] + b"\xff" * 4000)

    for what, make, word in [("not a database", write, "is not a SQLite database"), ("a folder", Path.mkdir, "is a folder"),
                             ("a damaged database", damage, "damaged"),
                             ("no folder for it", lambda path: path.parent.rmdir(), "There is no folder")]:
        with stage() as here:
            make(here.path)
            before = here.files()
            for words in ["upgrade"], ["current"], ["status"]:
                done = here.run(*words)
                tap.check(done.returncode in (FAILED, CANNOT_CONNECT, 8) and word in done.stdout + done.stderr,
                          f"{what}: {words[0]} says so", done.returncode, done.stdout, done.stderr)
            tap.check(here.files() == before, f"{what}: nothing has changed", *here.files())


def test_no_trace():
    for mode in "delete", "wal":
        with stage() as here:
            here.run("upgrade", "r0001")
            with contextlib.closing(sqlite3.connect(here.path)) as database:
                database.execute(f"PRAGMA journal_mode = {mode}")
            before = here.files()
            for words in LOOKING:
                done = here.run(*words)
                tap.check(done.returncode in (0, PENDING) and here.files() == before,
                          f"journal mode {mode}: {' '.join(words)} leaves the files alone", done.returncode, done.stderr,
                          *(here.files().keys() - before.keys()))
    with stage() as here:
        for words in LOOKING:
            done = here.run(*words)
            tap.check(not here.path.exists() and not list(here.place.iterdir()), f"no database yet: {' '.join(words)} makes none",
                      done.returncode, done.stderr, *here.place.iterdir())


def test_strace():
    with stage() as here, steps.temporary_folder() as temporary:
        here.run("upgrade", "r0001")
        trace = Path(temporary, "trace")
        watch = ["strace", "-f", "-qq", "-o", str(trace), "-e", "trace=execve,execveat,socket,connect,bind,fork,vfork"]
        if shutil.which("strace") is None or subprocess.run([*watch, "true"], stderr=subprocess.DEVNULL).returncode != 0:
            tap.skip("status --offline under strace", "strace is missing, or may not trace here")
            return
        for url in here.environ["DATABASE_URL"], "postgresql://nobody@127.0.0.1:1/app":
            here.environ["DATABASE_URL"] = url
            before = here.files()
            done = here.run("status", "--offline", before=watch)
            calls = [line.split(None, 1)[1] for line in trace.read_text().splitlines()]
            bad = [call for call in calls[1:] if not call.startswith(("+++", "---"))]
            tap.check(done.returncode == 0 and calls and calls[0].startswith("execve(") and not bad and here.files() == before,
                      f"status --offline starts nothing and connects to nothing ({url.split(':')[0]})", done.returncode,
                      done.stdout, done.stderr, *bad)


def main():
    if "--inside" in sys.argv:
        test_full_disk()
    else:
        tap.skip("a full disk", "no mount namespace can be had here")
    test_small_files()
    test_read_only("a read-only file", 0o444, 0o755)
    test_read_only("a read-only folder", 0o644, 0o555)
    test_read_only("a read-only file and folder", 0o444, 0o555)
    test_locked()
    test_no_database()
    test_no_trace()
    test_strace()
    tap.done()


unshare = ["unshare", "--mount", "--propagation", "private", *([] if os.geteuid() == 0 else ["--map-root-user"])]
if "--inside" not in sys.argv and shutil.which("unshare") \
        and subprocess.run([*unshare, "true"], stderr=subprocess.DEVNULL).returncode == 0:
    os.execvp(unshare[0], [*unshare, sys.executable, *sys.argv, "--inside"])
main()
