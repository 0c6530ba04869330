#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is granted: read, compared and dumped on request, and given back to what has to be made anew."""

import os
import subprocess

import tap
from sandbox import Sandbox
from servers import postgresql

SCHEMA = """CREATE TABLE t (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name varchar(10), n int,
  g int GENERATED ALWAYS AS (n * 2) STORED);
CREATE VIEW v AS SELECT id, name FROM t;
COMMENT ON VIEW v IS 'names';
CREATE MATERIALIZED VIEW mv AS SELECT id, name FROM t;
CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT a';
CREATE PROCEDURE p() LANGUAGE sql AS 'SELECT 1';
CREATE AGGREGATE total(int) (sfunc = int4pl, stype = int);
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE SEQUENCE s;
CREATE SCHEMA app;
"""
GRANTS = """GRANT SELECT, INSERT ON t TO reader;
GRANT UPDATE (name), SELECT (g) ON t TO writer;
GRANT ALL ON t TO "the Boss" WITH GRANT OPTION;
GRANT ALL ON SEQUENCE t_id_seq TO writer;
GRANT SELECT ON v, mv TO reader;
GRANT SELECT ON v TO PUBLIC;
REVOKE EXECUTE ON FUNCTION f(int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION f(int) TO reader;
REVOKE ALL ON FUNCTION total(int) FROM PUBLIC;
REVOKE ALL ON PROCEDURE p() FROM PUBLIC;
REVOKE USAGE ON TYPE mood FROM PUBLIC;
GRANT USAGE ON SEQUENCE s TO reader;
GRANT USAGE ON SCHEMA app TO reader;
GRANT CREATE ON SCHEMA public TO writer;
REVOKE INSERT ON t FROM CURRENT_USER;
ALTER DEFAULT PRIVILEGES IN SCHEMA app GRANT SELECT ON TABLES TO reader;
ALTER DEFAULT PRIVILEGES FOR ROLE "the Boss" REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
"""
OTHER = SCHEMA.replace("varchar(10)", "text").replace("n * 2", "n * 3").replace("RETURNS int ", "RETURNS bigint ").replace(
    "SELECT a'", "SELECT a::bigint'").replace("'sad', 'ok'", "'ok', 'glad'")
ROLES = """CREATE ROLE reader; CREATE ROLE writer; CREATE ROLE "the Boss"; CREATE ROLE owner"""


def pg_dump(url):
    """What pg_dump says but for owners; the order of what is granted on one object is that in which it was granted."""
    done = subprocess.run(["pg_dump", "-s", "-O", url], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    return (done.returncode, sorted(line for line in done.stdout.splitlines() if "restrict" not in line))


def dumping(box, server, url):
    plain = box.strata("dump")
    box.check("nobody asked", plain, 0, "CREATE TABLE public.t", "such as")
    tap.check("GRANT" not in plain.out and "× privilege" in plain.out, "they are counted", plain.out)
    done = box.strata("dump", "--privileges")
    box.check("dump --privileges", done, 0, 'GRANT ALL ON TABLE public.t TO "the Boss" WITH GRANT OPTION;\n', "")
    for line in ("GRANT SELECT (g) ON TABLE public.t TO writer;", "REVOKE INSERT ON TABLE public.t FROM CURRENT_USER;",
                 "REVOKE EXECUTE ON FUNCTION public.f(integer) FROM PUBLIC;", "GRANT CREATE ON SCHEMA public TO writer;",
                 "REVOKE EXECUTE ON FUNCTION public.total(integer) FROM PUBLIC;",
                 "ALTER DEFAULT PRIVILEGES IN SCHEMA app GRANT SELECT ON TABLES TO reader;",
                 'ALTER DEFAULT PRIVILEGES FOR ROLE "the Boss" REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;'):
        tap.check(line in done.out.splitlines(), line, done.out)
    (box.folder / "out.sql").write_text(done.out)
    box.check("loaded and dumped again", box.strata("dump", "--privileges", "out.sql"), 0, done.out, "")
    other = server.create("copy")
    server.sql(done.out, "copy")
    if not os.environ.get("STRATA_TEST_PGBIN"):
        tap.check(pg_dump(url) == pg_dump(other), "pg_dump finds the copy equal", str(pg_dump(other)))
    box.check("no difference", box.strata("diff", "--privileges", url, other), 0, "No differences")


def comparing(box, server):
    server.sql("REVOKE SELECT ON t FROM reader; GRANT SELECT (id) ON t TO reader; CREATE TABLE app.more (id int);"
               "ALTER DEFAULT PRIVILEGES IN SCHEMA app REVOKE SELECT ON TABLES FROM reader", "copy")
    url = server.url("copy")
    box.check("not asked for", box.strata("diff", "db", url, "--sql"), 9, "CREATE TABLE app.more (\n    id integer\n);\n", "")
    done = box.strata("diff", "db", url, "--privileges")
    box.check("asked for (9)", done, 9, "change privileges of table t", "")
    tap.check("remove default privileges of tables in app" in done.out or "- drop default privileges of tables in app" in done.out,
              "default privileges", done.out)
    done = box.strata("diff", "db", url, "--privileges", "--sql")
    tap.check("REVOKE SELECT ON TABLE public.t FROM reader;\nGRANT SELECT (id) ON TABLE public.t TO reader;\n" in done.out
              and "GRANT SELECT ON TABLE app.more TO reader;" in done.out, "its statements", done.out)
    server.sql(done.out, "shop")
    box.check("they lead there", box.strata("diff", "db", url, "--privileges"), 0, "No differences")
    box.ini("privileges = true")
    server.sql("GRANT DELETE ON t TO reader", "copy")
    box.check("privileges = true in strata.ini", box.strata("diff", "db", url), 9, "change privileges of table t")
    box.check("and in a dump", box.strata("dump", url), 0, "GRANT DELETE")


def giving_back(box, server, url):
    (box.folder / "schema.sql").write_text(OTHER + "CREATE TABLE app.more (id int);")
    box.ini("schema = schema.sql")
    server.sql("ALTER VIEW v OWNER TO owner; ALTER FUNCTION f(int) OWNER TO owner", "shop")
    before = box.strata("dump", "--privileges").out.splitlines()
    box.check("autogenerate", box.strata("revision", "--autogenerate", "-m", "other"), 0, "Tried in a scratch database")
    box.check("upgrade", box.strata("upgrade", "--first-run"), 0)
    box.check("as declared", box.strata("check"), 0)
    after = box.strata("dump", "--privileges").out.splitlines()
    lost = [line for line in before if line.startswith(("GRANT", "REVOKE", "ALTER DEFAULT", "COMMENT", "DO")) and line not in after]
    tap.check(not lost, "nothing that was granted is lost", *lost)
    owners = server.sql("SELECT relname FROM pg_class WHERE relowner = 'owner'::regrole AND relkind = 'v' "
                        "UNION ALL SELECT proname FROM pg_proc WHERE proowner = 'owner'::regrole", "shop")
    tap.check(owners == ["v", "f"], "and owners are who they were", str(owners))
    box.check("downgrade", box.strata("downgrade", "base"), 0)
    lost = set(before) - set(box.strata("dump", "--privileges").out.splitlines())
    tap.check(not lost, "nor on the way back", *lost)


def main():
    with postgresql.server() as server, Sandbox() as box:
        url = server.create("shop")
        server.sql(ROLES)
        server.sql(SCHEMA + GRANTS, "shop")
        (box.folder / ".env").write_text(f"DATABASE_URL={url}\n")
        box.ini()
        dumping(box, server, url)
        comparing(box, server)
        giving_back(box, server, url)
    tap.done()


main()
