#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""dump, diff, check and drift on PostgreSQL, and where scratch databases are made."""

import tap
from sandbox import Sandbox
from servers import postgresql

SCHEMA = """CREATE TYPE mood AS ENUM ('sad', 'glad');
CREATE TABLE users (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, m mood);
CREATE VIEW names AS SELECT name FROM users;
"""
LEFT = "SELECT count(*) FROM pg_database WHERE datname LIKE 'strata\\_scratch\\_%'"


def comparing(box, server, url):
    (box.folder / "schema.sql").write_text(SCHEMA)
    box.ini("schema = schema.sql")
    box.write("a1", "one", SCHEMA, "DROP VIEW names; DROP TABLE users; DROP TYPE mood;")
    box.check("behind (3)", box.strata("check"), 3, "", "Target database is not up to date.")
    box.strata("upgrade")
    box.check("check", box.strata("check"), 0, "No new upgrade operations detected.\n", "")
    box.check("drift", box.strata("drift"), 0, "No differences\n", "")
    tap.check(server.sql(LEFT) == ["0"], "no scratch database is left")
    done = box.strata("dump")
    box.check("dump", done, 0, "CREATE TYPE public.mood AS ENUM", "")
    (box.folder / "out.sql").write_text(done.out)
    box.check("loaded and dumped again", box.strata("dump", "out.sql"), 0, done.out, "")
    server.sql("ALTER TABLE users ADD COLUMN extra int", "shop")
    box.check("drift (9)", box.strata("drift"), 9, "users.extra")
    box.check("check (9)", box.strata("check"), 9, "", "New upgrade operations detected: [")
    server.sql("ALTER TABLE users DROP COLUMN extra", "shop")


def refusing(box, server, url):
    for text, words in (("DROP ROLE nobody_at_all;", "ROLE"), ("CREATE DATABASE beyond;", "DATABASE"),
                        ("COPY (SELECT 1) TO PROGRAM 'touch /tmp/strata-was-here';", "program"),
                        ("DO $$ BEGIN EXECUTE 'CREATE ROLE beyond'; END $$;", "ROLE")):
        (box.folder / "schema.sql").write_text(SCHEMA + text)
        box.check(f"{text} is refused (11)", box.strata("check"), 11, "", "schema.sql:4: ")
    tap.check(server.sql("SELECT count(*) FROM pg_roles WHERE rolname = 'beyond'") == ["0"], "nothing of it ran")
    (box.folder / "schema.sql").write_text("CREATE TABLE t (id int);\nCREATE INDEX i\n  ON t (nothing);")
    box.check("the server's words and the line", box.strata("check"), 1, "", 'schema.sql:2: column "nothing" does not exist')
    (box.folder / "schema.sql").write_text("CREATE EXTENSION there_is_none;")
    box.check("an extension that there is not", box.strata("check"), 1, "", "scratch_url")
    tap.check(server.sql(LEFT) == ["0"], "no scratch database is left")
    (box.folder / "schema.sql").write_text(SCHEMA)


def places(box, server, url):
    box.strata("profile", "add", "no", url, "--scratch", "no")
    done = box.strata("check")
    box.check("where the profile says no (11)", box.strata("dump", "schema"), 11, "", "scratch = no")
    box.check("what is known needs none", done, 0, "No new")
    box.ini("schema = schema.sql", f"scratch_url = {server.url('postgres')}")
    box.check("scratch_url is another database", box.strata("dump", "schema"), 0, "CREATE TABLE public.users")
    box.strata("profile", "remove", "no")
    box.strata("profile", "add", "prod", url, "--environment", "production")
    box.ini("schema = schema.sql")
    box.check("never on production (11)", box.strata("dump", "schema"), 11, "", "production")
    box.check("but its own picture is taken", box.strata("dump"), 0, "CREATE TABLE public.users")
    box.strata("profile", "remove", "prod")


def main():
    with postgresql.server() as server, Sandbox() as box:
        url = server.create("shop")
        (box.folder / ".env").write_text(f"DATABASE_URL={url}\n")
        for test in (comparing, refusing, places):
            test(box, server, url)
    tap.done()


main()
