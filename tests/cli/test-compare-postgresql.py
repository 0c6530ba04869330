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
    server.sql("ALTER TABLE users DROP COLUMN extra; CREATE TEXT SEARCH CONFIGURATION mine (PARSER = pg_catalog.\"default\")", "shop")
    done = box.strata("check")
    box.check("check names what it does not compare", done, 0, "No new upgrade operations detected.\n",
              "Not compared, in the database: 1 of the kind “text search configuration”, such as mine\n")
    tap.check(done.err.count("Not compared") == 1, "once", done.err)
    server.sql("DROP TEXT SEARCH CONFIGURATION mine", "shop")


def refusing(box, server, url):
    for text, words in (("DROP ROLE nobody_at_all;", "ROLE"), ("CREATE DATABASE beyond;", "DATABASE"),
                        ("COPY (SELECT 1) TO PROGRAM 'touch /tmp/strata-was-here';", "program"),
                        ("DO $$ BEGIN EXECUTE 'CREATE ROLE beyond'; END $$;", "ROLE")):
        (box.folder / "schema.sql").write_text(SCHEMA + text)
        box.check(f"{text} is refused (11)", box.strata("check"), 11, "", "schema.sql:4:1: ")
    tap.check(server.sql("SELECT count(*) FROM pg_roles WHERE rolname = 'beyond'") == ["0"], "nothing of it ran")
    (box.folder / "schema.sql").write_text("CREATE TABLE t (id int);\nCREATE INDEX i\n  ON t (nothing);")
    box.check("the server's words and the line", box.strata("check"), 1, "", 'schema.sql:2:1: column "nothing" does not exist')
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


MEMBERS = """{0}CREATE EXTENSION citext{1}; CREATE EXTENSION hstore; CREATE EXTENSION pg_trgm{1}; SET search_path = public{2};
CREATE DOMAIN email AS citext CHECK (VALUE ~ '@'::citext);
CREATE TYPE pair AS (a citext, b hstore);
CREATE TABLE t (id int PRIMARY KEY, name citext NOT NULL DEFAULT 'x'::citext, tags citext[], h hstore, e email, p pair,
  low text GENERATED ALWAYS AS (lower(name::text)) STORED, CHECK (name = 'y'::citext OR name <> 'z'));
CREATE UNIQUE INDEX ON t (name); CREATE INDEX tg ON t USING gin ((name::text) gin_trgm_ops); CREATE INDEX hi ON t USING gin (h);
CREATE INDEX partial ON t (id) WHERE name = 'k'::citext;
CREATE VIEW v AS SELECT name, h -> 'a' AS a, similarity(name::text, 'x') s FROM t WHERE name = 'foo';
CREATE MATERIALIZED VIEW mv AS SELECT name, count(*) FROM v GROUP BY name;
CREATE FUNCTION f(x citext, h hstore DEFAULT ''::hstore) RETURNS SETOF citext LANGUAGE sql AS $$SELECT 'a'$$;
CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$;
CREATE TRIGGER tr BEFORE UPDATE ON t FOR EACH ROW WHEN (OLD.name <> NEW.name) EXECUTE FUNCTION tf();
ALTER TABLE t ENABLE ROW LEVEL SECURITY; CREATE POLICY po ON t USING (name = 'me'::citext);
CREATE TABLE part (k citext, v int) PARTITION BY LIST (k); CREATE TABLE part_a PARTITION OF part FOR VALUES IN ('a');
"""


def moving(box, server, url):
    """What uses a member of an extension that moves is what it was: the one statement does it, there and back."""
    (box.folder / "a.sql").write_text(MEMBERS.format("", "", ""))
    (box.folder / "b.sql").write_text(MEMBERS.format("CREATE SCHEMA ext;", " SCHEMA ext", ", ext") + "CREATE TABLE more (c ext.citext);")
    for one, other, n in (("a.sql", "b.sql", 3), ("b.sql", "a.sql", 4)):
        done = box.strata("diff", one, other, "--sql")
        moves = [line for line in done.out.splitlines() if line.endswith(";") and not line.startswith((" ", ")"))]
        tap.check(len(moves) == n and "ALTER TABLE" not in done.out and "DROP VIEW" not in done.out, f"{one} to {other}: no more than that",
                  done.out, done.err)
        name = "moving_" + one.replace(".", "_")
        loaded = server.create(name)
        server.sql((box.folder / one).read_text() + "INSERT INTO t (id, name, tags) VALUES (1, 'Ana', '{B}');", name)
        server.sql(done.out, name)
        box.check("that leads there", box.strata("diff", loaded, other), 0, "No differences")
        tap.check(server.sql("SELECT name FROM t WHERE id = 1", name) == ["Ana"], "the rows are there")


def owning(box, server, url):
    """A sequence that a column owns is said with the column, and goes on behind the rows that are there."""
    (box.folder / "a.sql").write_text("CREATE TABLE a (id serial PRIMARY KEY); CREATE TABLE b (id serial PRIMARY KEY, n int);")
    (box.folder / "b.sql").write_text("CREATE TABLE b (id int PRIMARY KEY, n int);")
    titles = [one["title"] for one in box.strata("diff", "a.sql", "b.sql", "--json").json["differences"]]
    tap.check(titles == ["drop table a", "remove default of column b.id"], "each is one difference", titles)
    done = box.strata("diff", "b.sql", "a.sql", "--sql")
    loaded = server.create("owning")
    server.sql("CREATE TABLE b (id int PRIMARY KEY, n int); INSERT INTO b VALUES (7, 1), (41, 2);" + done.out, "owning")
    server.sql("INSERT INTO b (n) VALUES (3)", "owning")
    tap.check(server.sql("SELECT max(id) FROM b", "owning") == ["42"], "a number that is not taken", done.out)
    box.check("that leads there", box.strata("diff", loaded, "a.sql"), 0, "No differences")


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
    box.strata("profile", "remove", "prod")
    box.strata("profile", "add", "prod", url, "--protected")
    box.strata("profile", "add", "dev", "postgresql://ana@localhost:1/dev")
    server.sql("ALTER TABLE users ADD COLUMN extra int", "shop")
    for command in (["drift"], ["diff", "db", "heads"], ["diff", "empty", "schema"]):
        box.check(f"{command[0]} says what to do", box.strata(*command), 11, "", "the profile “prod” is protected, so that none is made on"
                  " its server. Next: “scratch_url” in strata.ini names another server for it")
    box.check("and knows one", box.strata("drift"), 11, "", "(scratch_url = postgresql://ana@localhost:1/dev, that of the profile “dev”)")
    box.strata("profile", "remove", "dev")
    box.ini("schema = schema.sql", f"scratch_url = {url}")
    box.check("not the protected one by another name", box.strata("drift"), 11, "", "scratch_url: ")
    server.sql("ALTER TABLE users DROP COLUMN extra", "shop")
    box.ini("schema = schema.sql")
    box.check("but its own picture is taken", box.strata("dump"), 0, "CREATE TABLE public.users")
    box.strata("profile", "remove", "prod")


PG_DUMP = """--
-- PostgreSQL database dump
--
\\restrict 1Kw8FGT4OB3Au8OF1AHTxpgmNnCN3j97nJUdc6sxa8BbkEVFTf1UGYP5hlX9hGn

SELECT pg_catalog.set_config('search_path', '', false);
CREATE TABLE public.things (id integer);
CREATE MATERIALIZED VIEW public.m AS SELECT things.id FROM public.things WITH NO DATA;
CREATE TEXT SEARCH CONFIGURATION public.tsc (PARSER = pg_catalog."default");

\\unrestrict 1Kw8FGT4OB3Au8OF1AHTxpgmNnCN3j97nJUdc6sxa8BbkEVFTf1UGYP5hlX9hGn

"""


def adopting(box, server, url):
    """What pg_dump wrote, and files behind it."""
    for database in ("empty", "there"):
        server.create(database)
    (box.folder / "versions").rename(box.folder / "old")
    (box.folder / "init").mkdir()
    (box.folder / "init" / "1.sql").write_text(PG_DUMP)
    (box.folder / "init" / "2.sql").write_text("CREATE TABLE more (id integer);\n")
    server.sql("CREATE TABLE things (id integer); CREATE MATERIALIZED VIEW m AS SELECT id FROM things; CREATE TABLE more (id integer)", "there")
    done = box.strata("adopt", "init", "--rev-id", "b1", "--url", server.url("empty"))
    box.check("for an empty database", done, 0, "The database was left alone", "Not in the revision: 1 of the kind “text search configuration”")
    (box.folder / "versions" / "b1_baseline.sql").unlink()
    box.check("for one that is so", box.strata("adopt", "init", "--rev-id", "b1", "--url", server.url("there")), 0, "is at b1 now")
    box.check("rows of a materialized view are no difference", box.strata("diff", "init", "db", "--url", server.url("there")), 0,
              "No differences")
    (box.folder / "versions" / "b1_baseline.sql").unlink()


LISTS = """CREATE DOMAIN d AS varchar CHECK (VALUE IN ('a', 'b'));
CREATE TABLE t (id int, a varchar(9), CONSTRAINT c CHECK (a IN ('new', 'it''s (ARRAY[')));
CREATE INDEX i ON t (id) WHERE a IN ('x', 'y');
CREATE INDEX e ON t ((a NOT IN ('x', 'y')));
CREATE VIEW v AS SELECT * FROM t WHERE a NOT IN ('x', 'y');
CREATE POLICY p ON t USING (a IN ('n', 'm'));
"""


def lists(box, server, url):
    """PostgreSQL prints a list of varchar values in another way once it has read its own print."""
    (box.folder / "lists.sql").write_text(LISTS)
    done = box.strata("dump", "lists.sql")
    box.check("a dump of lists", done, 0, "('it''s (ARRAY['::character varying)::text", "")
    (box.folder / "out.sql").write_text(done.out)
    box.check("is no difference", box.strata("diff", "lists.sql", "out.sql"), 0, "No differences")
    box.check("and stays as it is", box.strata("dump", "out.sql"), 0, done.out, "")
    (box.folder / "schema.sql").write_text(SCHEMA + LISTS)
    box.check("a revision of them", box.strata("revision", "--autogenerate", "-m", "lists"), 0,
              "Tried in a scratch database: the upgrade gives what is declared")
    next((box.folder / "versions").glob("*_lists.sql")).unlink()
    (box.folder / "schema.sql").write_text(SCHEMA)


# A new column, its CHECK, and whether that needs a look: the server takes what needs none.
CHECKS = (
    ("a varchar(9) NOT NULL DEFAULT 'new'", "a IN ('new', 'old')", False),
    ("a varchar(9) NOT NULL DEFAULT 'bad'", "a IN ('new', 'old')", True),
    ("a numeric(9,2) DEFAULT 0.5", "a BETWEEN 0 AND 1", False),
    ("a numeric(9,0) DEFAULT 0.5", "a < 0.7", True),
    ("a boolean NOT NULL DEFAULT false", "NOT a OR was <> ''", False),
    ("a boolean NOT NULL DEFAULT true", "NOT a OR was <> ''", True),
    ("a integer DEFAULT -1", "a > -2 AND a <> 0", False),
    ("a char(3) NOT NULL DEFAULT 'EUR'", "a IN ('EUR', 'USD')", False),
    ("a date", "a > '2019-01-01'", False),
    ("a text", "length(a) > 3", False),
    ("a text", "a IS NOT NULL", True),
    ("a text DEFAULT 'x' COLLATE \"C\"", "a = 'x'", True),
    ("a integer DEFAULT (1 + 2)", "a = 3", True),
)


def certain(box, server, url):
    """A CHECK over a new column needs a look where a row may not meet it, and only there."""
    server.create("from_here")
    server.create("to_there")
    for column, condition, needs_look in CHECKS:
        server.sql("DROP TABLE IF EXISTS t; CREATE TABLE t (id int, was text); INSERT INTO t VALUES (1, 'a'), (2, NULL), (3, '')", "from_here")
        server.sql(f"DROP TABLE IF EXISTS t; CREATE TABLE t (id int, was text, {column}, CONSTRAINT c CHECK ({condition}))", "to_there")
        done = box.strata("diff", server.url("from_here"), server.url("to_there"), "--sql")
        box.check(f"{column}, {condition}", done, 9, "ADD CONSTRAINT c CHECK")
        tap.check(("please review" in done.out) == needs_look, f"needs {'a' if needs_look else 'no'} look", done.out)
        if not needs_look:
            server.sql(done.out, "from_here")
            box.check("and runs", box.strata("diff", server.url("from_here"), server.url("to_there")), 0, "No differences")
    for there, needs_look in (("'a', 'b', 'c'", False), ("'a', 'c'", True)):
        for database, values in (("from_here", "'a', 'b'"), ("to_there", there)):
            server.sql(f"DROP TABLE t; CREATE TABLE t (a varchar(9), CONSTRAINT c CHECK (a IN ({values})))", database)
        done = box.strata("diff", server.url("from_here"), server.url("to_there"), "--sql")
        tap.check(("please review" in done.out) == needs_look, f"a list that is now {there}", done.out)
    server.sql("DROP TABLE t; CREATE TABLE t (id int); CREATE TABLE kid (a int) INHERITS (t); INSERT INTO kid VALUES (1, -5)", "from_here")
    server.sql("DROP TABLE t; CREATE TABLE t (id int, a int DEFAULT 0, CONSTRAINT c CHECK (a >= 0)); CREATE TABLE kid (a int) INHERITS (t)",
               "to_there")
    done = box.strata("diff", server.url("from_here"), server.url("to_there"), "--sql")
    tap.check("please review" in done.out, "the column that a child has already is not the new one", done.out)
    for database in ("from_here", "to_there"):
        server.sql("DROP TABLE t CASCADE", database)


def main():
    with postgresql.server() as server, Sandbox() as box:
        url = server.create("shop")
        (box.folder / ".env").write_text(f"DATABASE_URL={url}\n")
        for test in (comparing, extending, moving, owning, placing, refusing, rows, lists, certain, places, adopting):
            test(box, server, url)
    tap.done()


main()
