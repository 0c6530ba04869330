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


def extending(box, server, url):
    server.sql("CREATE EXTENSION citext VERSION '1.5'; CREATE TABLE words (w citext); CREATE VIEW seen AS SELECT w FROM words", "shop")
    (box.folder / "schema.sql").write_text(SCHEMA + "CREATE SCHEMA ext; CREATE EXTENSION citext SCHEMA ext;"
                                           "CREATE TABLE words (w ext.citext); CREATE VIEW seen AS SELECT w FROM words;")
    newest = server.sql("SELECT default_version FROM pg_available_extensions WHERE name = 'citext'")[0]
    done = box.strata("diff", "db", "schema", "--sql")
    box.check("an extension moves and is brought up to date", done, 9, "ALTER EXTENSION citext SET SCHEMA ext;\n"
              f"ALTER EXTENSION citext UPDATE TO '{newest}';\n")
    tap.check("citext(" not in done.out and "DROP EXTENSION" not in done.out, "what belongs to it is left alone", done.out)
    server.sql(done.out, "shop")
    box.check("that leads there", box.strata("diff", "db", "schema"), 0, "No differences")
    server.sql("DROP EXTENSION citext CASCADE; DROP TABLE words; DROP SCHEMA ext", "shop")
    (box.folder / "schema.sql").write_text(SCHEMA)


def placing(box, server, url):
    """Tables, indexes, keys and materialised views in a tablespace."""
    there = ("CREATE TABLE parts (a int CONSTRAINT parts_key UNIQUE {1}) {0}; CREATE INDEX parts_a ON parts (a) {0};"
             "CREATE MATERIALIZED VIEW mv {0} AS SELECT a FROM parts;")
    (box.folder / "a.sql").write_text(there.format("", ""))
    (box.folder / "b.sql").write_text(there.format("TABLESPACE \"Fast\"", "USING INDEX TABLESPACE \"Fast\""))
    for sql in ("ALTER ROLE strata SET allow_in_place_tablespaces = on", 'CREATE TABLESPACE "Fast" LOCATION \'\''):
        server.sql(sql)
    for one, other in (("a.sql", "b.sql"), ("b.sql", "a.sql")):
        done = box.strata("diff", one, other, "--sql")
        box.check(f"from {one} to {other}", done, 9, "SET TABLESPACE")
        loaded = server.create(one.replace(".", "_"))
        server.sql((box.folder / one).read_text() + done.out, one.replace(".", "_"))
        box.check("that leads there", box.strata("diff", loaded, other), 0, "No differences")


def rows(box, server, url):
    """Two databases: the server's statistics say which of two columns is the renamed one, and whether a table is one."""
    one, other = server.create("staging"), server.create("production")
    server.sql("CREATE TABLE people (id int PRIMARY KEY, name text, \"o'd,d\" text); CREATE TABLE parts (a int, b int);"
               "INSERT INTO people SELECT n, 'Ana ' || n % 9, 'x' || n % 20 FROM generate_series(1, 900) n;"
               "INSERT INTO parts SELECT n, n FROM generate_series(1, 50) n", "staging")
    server.sql("CREATE TABLE people (id int PRIMARY KEY, city text, called text, \"e\"\"v\\n\" text); CREATE TABLE pieces (a int, b int);"
               "INSERT INTO people SELECT n, CASE WHEN n % 5 > 0 THEN 'Oslo ' || n % 7 END, 'Ana ' || n % 9, 'x' || n % 20"
               " FROM generate_series(1, 800) n; INSERT INTO pieces SELECT n, n FROM generate_series(1, 50) n", "production")
    guess = box.strata("diff", one, other, "--json").json["perhaps_renamed"]
    tap.check(all(";" not in g["evidence"] for g in guess), "nobody analyzed them: the structure", guess)
    for name in ("staging", "production"):
        server.sql("ANALYZE", name)
    done = box.strata("diff", one, other)
    box.check("the data", done, 9, "people.name=called'  (same type; the values are alike: 100 % of the most common ones in both)")
    box.check("what speaks against the other", done, 9, "people.name=city'  (same type, same position; none of the most common values is"
              " in both; here 0 % are NULL, there 20 %)")
    box.check("a table's rows", done, 9, "parts=pieces'  (all 2 columns are the same; 50 rows in both)")
    guess = [g["rename"] for g in box.strata("diff", one, other, "--json").json["perhaps_renamed"] if "o'd" in g["rename"]]
    tap.check('e""v' in guess[0], "whatever they are called", guess)


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
        for test in (comparing, extending, placing, refusing, rows, places):
            test(box, server, url)
    tap.done()


main()
