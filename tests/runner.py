#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Builds Strata in every way that matters, runs all tests, and counts them.

usage: tests/run [--long] [PART...]

--long adds minutes of fuzzing for each target, and every PostgreSQL from 13 to 18. The parts:
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import fetch
import tap

TOP = Path(__file__).resolve().parent.parent
BUILDS = TOP / "build-tests"
CACHE = BUILDS / "cache"

FUNCTION_COVERAGE = 90    # percent of the core's functions that the tests call, at least

# Builds by name: the options of meson setup, and the compiler.
OPTIONS = {
    "sanitized": (["-Db_sanitize=address,undefined", "-Db_lundef=false", "-Db_coverage=true", "-Dshared=true",
                   "-Dwerror=true"], "gcc"),
    "clang": (["-Dfuzzers=true", "-Db_lundef=false", "-Dshared=true", "-Dwerror=true"], "clang"),
    "minimal": (["-Dgit=disabled", "-Dgtk=disabled", "-Dpostgresql=disabled", "-Dsecrets=disabled", "-Dwerror=true"],
                "gcc"),
    "release": (["--buildtype=release", "-Dwerror=true"], "gcc"),
}

def clean_environment():
    """Nothing of the user's that would lead a test to a database of theirs or change its words."""
    kept = {name: value for name, value in os.environ.items()
            if not name.startswith(("ALEMBIC_", "GIT_", "PG", "STRATA_"))
            and name not in ("DATABASE_URL", "DISABLE_AUTO_MIGRATIONS", "DISPLAY", "LANGUAGE", "NO_COLOR", "PYTHONPATH",
                             "WAYLAND_DISPLAY")}
    return kept | {"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin:" + kept.get("PATH", "")}


class Run:
    def __init__(self, long):
        self.long = long
        self.environment = clean_environment()
        self.results = []
        self.built = {}

    def add(self, result, details=""):
        self.results.append(result)
        if result.state == "failed":
            print(f"\nFAILED  {result.name}{': ' * bool(result.reason)}{result.reason}\n{details}\n", flush=True)
        elif result.state == "skipped":
            print(f"skipped  {result.name}: {result.reason}", flush=True)

    def check(self, condition, name, details=""):
        if condition:
            print(f"ok  {name}", flush=True)
        self.add(tap.Result("passed" if condition else "failed", name, ""), details)
        return condition

    def command(self, *arguments, **variables):
        """Runs a program quietly: whether it was well, and what it wrote."""
        done = subprocess.run([str(argument) for argument in arguments], cwd=TOP, env=self.environment | variables,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                              errors="replace")
        return done.returncode == 0, done.stdout

    def build(self, name):
        """Whether the build is there; the first time it is made, and counted as a test."""
        if name not in self.built:
            folder = BUILDS / name
            options, compiler = OPTIONS[name]
            again = ["--reconfigure"] if (folder / "build.ninja").exists() else []
            well, output = self.command("meson", "setup", *again, *options, folder, CC=compiler)
            if well:
                well, output = self.command("ninja", "--quiet", "-k", "0", "-C", folder)
            self.built[name] = self.check(well, f"the {name} build", output[-8000:])
        return self.built[name]

    def meson(self, build, *suites, label="", **variables):
        """Runs suites of meson tests; each case of each test is counted."""
        if not self.build(build):
            return
        log = BUILDS / build / "meson-logs" / "testlog.json"
        log.unlink(missing_ok=True)
        subprocess.run(["meson", "test", "-C", BUILDS / build, "--no-rebuild", "--timeout-multiplier=5"]
                       + [f"--suite={suite}" for suite in suites],
                       env=self.environment | variables, stdin=subprocess.DEVNULL)
        if not log.exists():
            self.add(tap.Result("failed", f"{', '.join(suites)} in the {build} build", "meson could not run it"))
            return
        for line in log.read_text().splitlines():
            self.count(json.loads(line), label)

    def count(self, test, label):
        name = label + test["name"].split(" / ")[-1].split(":")[-1]
        results = tap.read(test["stdout"], name)
        if test["result"] not in ("OK", "SKIP") and not any(result.state == "failed" for result in results):
            results.append(tap.Result("failed", name, f"{test['result']}, exit status {test['returncode']}"))
        failed = [result for result in results if result.state == "failed"]
        for result in results:
            where = name if result.name == name else f"{name}: {result.name}"
            self.add(result._replace(name=where),
                     test["stdout"] + test.get("stderr", "") if failed and result is failed[-1] else "")


def core(run):
    """the units of src/core, with address and undefined sanitizers, and the rules of the sources"""
    for path in (BUILDS / "sanitized").rglob("*.gcda"):
        path.unlink()
    run.meson("sanitized", "core", "checks")


def sql(run):
    """Alembic scripts, their types and expressions, beside Alembic and SQLAlchemy, with the same sanitizers"""
    run.meson("sanitized", "sql", **newer_alembic(run))


def cli(run):
    """the command line from outside, with the same sanitizers"""
    run.meson("sanitized", "cli", **newer_alembic(run), **python_drivers(run))


def coverage(run):
    """how many functions of the core were called by the parts core, sql and cli"""
    report = BUILDS / "coverage.json"
    well, output = run.command("gcovr", "--root", TOP, "--filter", "src/core/.*[.]c$", "--json", report,
                               BUILDS / "sanitized")
    if not run.check(well, "function coverage is measured", output[-4000:]):
        return
    functions = {(entry["file"], function["name"]): function["execution_count"] > 0
                 for entry in json.loads(report.read_text())["files"] for function in entry["functions"]}
    covered = sum(functions.values())
    percent = 100 * covered / max(len(functions), 1)
    print(f"{covered} of {len(functions)} functions of the core are called: {percent:.1f} %", flush=True)
    run.check(percent >= FUNCTION_COVERAGE, f"at least {FUNCTION_COVERAGE} % of the core's functions are tested",
              "Not called:\n" + "\n".join(f"  {file}: {name}" for (file, name), called in sorted(functions.items())
                                          if not called))


def app(run):
    """the window from inside, with the same sanitizers"""
    run.meson("sanitized", "app-nodisplay", "app-display")


def ui(run):
    """the window from outside, as a person uses it"""
    run.meson("release", "ui")


def sample(run):
    """./try, twice: what a user did to the sample stays"""
    if not run.build("release"):
        return
    with tempfile.TemporaryDirectory(prefix="strata-") as home:
        folder = Path(home, "data", "strata", "sample")
        variables = {"HOME": home, "STRATA_BUILD": str(BUILDS / "release"),
                     **{f"XDG_{name}_HOME": f"{home}/{name.lower()}" for name in ("CACHE", "CONFIG", "DATA", "STATE")}}
        well, first = run.command(TOP / "try", **variables)
        run.check(well and "c6921da04e7b" in first, "./try shows the sample", first)
        if not well:
            return
        with (folder / "strata.ini").open("a") as stream:
            stream.write("# mine\n")
        before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        well, second = run.command(TOP / "try", **variables)
        after = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        run.check(well and before == after, "./try again leaves everything as it is", second)


def fuzz(run):
    """libFuzzer targets, some seconds each (--long: minutes), and the build with clang"""
    # The same inputs each time, lest a change fails on what another one left; --long looks for new ones.
    limits = {"STRATA_FUZZ_SECONDS": "180"} if run.long else {"STRATA_FUZZ_SECONDS": "10", "STRATA_FUZZ_SEED": "1"}
    run.meson("clang", "fuzz", **limits)


def minimal(run):
    """the command line for containers: without PostgreSQL, libsecret, libgit2 and GTK"""
    if not run.build("minimal"):
        return
    program = BUILDS / "minimal" / "src" / "cli" / "strata"
    version = re.search(r"version: '([^']+)'", (TOP / "meson.build").read_text())[1]
    well, output = run.command(program, "--version")
    run.check(well and version in output, f"the minimal build says that it is {version}", output)
    _, libraries = run.command("ldd", program)
    run.check(not re.search("gtk|adwaita|secret|git2|libpq", libraries), "the minimal build needs only what it uses",
              libraries)


def peers(run):
    """side by side with Alembic"""
    program, reason = fetch.settings_python(CACHE, run.command)
    if program is None:
        run.add(tap.Result("skipped", "settings libraries of env.py files", reason))
    run.meson("release", "peers", STRATA_DIFF_PAIRS="3000" if run.long else "200", **newer_alembic(run),
              **({"STRATA_TEST_PYTHON": str(program)} if program else {}))


def faults(run):
    """killed, crowded, stopped, disk full"""
    run.meson("release", "faults")


def newer_alembic(run):
    """The variables that name an Alembic newer than Debian 12's."""
    modules, reason = fetch.alembic(CACHE, run.command)
    if modules is None:
        run.add(tap.Result("skipped", "the newest Alembic", f"it is compared with Debian's own instead: {reason}"))
        return {}
    _, version = run.command("/usr/bin/python3", "-c", "import alembic; print(alembic.__version__)",
                             PYTHONPATH=str(modules))
    print(f"comparing with Alembic {version.strip()}", flush=True)
    return {"STRATA_TEST_ALEMBIC": str(modules)}


def python_drivers(run):
    """The variable that names drivers for the Alembic that steps are handed over to."""
    modules, reason = fetch.drivers(CACHE, run.command)
    if modules is None:
        run.add(tap.Result("skipped", "database drivers for Python", reason))
        return {}
    return {"STRATA_TEST_DRIVERS": str(modules)}


def newest(run):
    """schemas read and compared with the newest PostgreSQL"""
    run_with_postgresql(run, max(fetch.POSTGRESQL, key=int), "schemas", STRATA_DIFF_PAIRS="40")


def run_with_postgresql(run, version, suite, **variables):
    programs, reason = fetch.postgresql(CACHE, version, run.command)
    if programs is None:
        run.add(tap.Result("skipped", f"PostgreSQL {version}", reason))
        return
    run_with_programs(run, programs.parent, "bin", suite, f"PostgreSQL {version}: ", **variables)


def run_with_programs(run, root, programs, suite, label, **variables):
    with tempfile.TemporaryDirectory(prefix="strata-") as folder:
        if os.geteuid() == 0:
            # The server runs as another user then, who may not be let into this folder.
            os.chmod(folder, 0o755)
            root = Path(shutil.copytree(root, Path(folder, "postgresql"), symlinks=True))
        run.meson("release", suite, label=label, STRATA_TEST_PGBIN=str(root / programs), **newer_alembic(run),
                  **python_drivers(run), **variables)


def vectors(run):
    """columns and indexes of pgvector, in a PostgreSQL that has it"""
    programs, reason = fetch.pgvector(CACHE, run.command)
    if programs is None:
        run.add(tap.Result("skipped", "pgvector", reason))
        return
    root = programs.parents[4]
    run_with_programs(run, root, programs.relative_to(root), "vectors", "pgvector: ")


def servers(run):
    """(--long) everything that talks to PostgreSQL, with each version from 13 to 18"""
    for version in fetch.POSTGRESQL:
        run_with_postgresql(run, version, "servers")


PARTS = [core, sql, cli, coverage, app, ui, minimal, sample, fuzz, peers, newest, vectors, faults]
LONG_PARTS = [*PARTS, servers]


def main():
    arguments = sys.argv[1:]
    if "-h" in arguments or "--help" in arguments:
        print(__doc__.strip() + "\n" + "\n".join(f"  {part.__name__:10} {part.__doc__}" for part in LONG_PARTS))
        return 0
    long = "--long" in arguments
    names = [argument for argument in arguments if argument != "--long"]
    unknown = set(names) - {part.__name__ for part in LONG_PARTS}
    if unknown:
        print(f"There is no part “{sorted(unknown)[0]}”; tests/run --help lists them.", file=sys.stderr)
        return 2
    if BUILDS.exists() and not os.access(BUILDS, os.W_OK):
        print(f"{BUILDS} belongs to another user: please remove it and try again.", file=sys.stderr)
        return 2

    run = Run(long)
    for part in LONG_PARTS if long or names else PARTS:
        if not names or part.__name__ in names:
            print(f"\n== {part.__name__}: {part.__doc__}", flush=True)
            start = time.monotonic()
            part(run)
            print(f"== {part.__name__}: {time.monotonic() - start:.0f} s", flush=True)

    counts = {state: sum(result.state == state for result in run.results) for state in ("passed", "failed", "skipped")}
    failed = [result.name for result in run.results if result.state == "failed"]
    print("".join(f"\nfailed: {name}" for name in failed))
    print(f"{counts['passed']} passed, {counts['failed']} failed"
          + (f", {counts['skipped']} skipped" if counts["skipped"] else ""))
    return 1 if failed else 0


try:
    sys.exit(main())
except KeyboardInterrupt:
    sys.exit(130)
