/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/reflect/reflect.h"

#include "core/reflect/whole-fixture.h"

static const StrataObject *
find_code (StrataPicture    *picture,
           StrataObjectKind  kind,
           const char       *name,
           const char       *arguments)
{
  const StrataObject like = { .kind = kind, .schema = "public", .name = name, .arguments = arguments };
  const StrataObject *object = strata_picture_find_object (picture, &like);

  g_assert_nonnull (object);

  return object;
}

static gboolean
is_at_least (int major)
{
  g_autoptr(StrataConnection) connection = open_as (FALSE, "test");

  return strata_connection_get_version (connection) >= major * 10000;
}

static void
test_types (void)
{
  g_autoptr(StrataPicture) picture =
    read_after ("CREATE COLLATION german (provider = icu, locale = 'de-u-co-phonebk', deterministic = false);"
                "CREATE TYPE kind AS ENUM ('it''s');"
                "CREATE TYPE pair AS (a integer, b text COLLATE german, c kind[]);"
                "COMMENT ON TYPE pair IS 'two'; COMMENT ON COLUMN pair.a IS 'first';"
                "CREATE TYPE none AS ();"
                "CREATE FUNCTION minus (float8, float8) RETURNS float8 LANGUAGE sql IMMUTABLE AS 'SELECT $1 - $2';"
                "CREATE TYPE span AS RANGE (subtype = float8, subtype_diff = minus);"
                "CREATE DOMAIN positive AS integer DEFAULT 3 NOT NULL CONSTRAINT b CHECK (VALUE < 9) CONSTRAINT a CHECK (VALUE > 0);"
                "COMMENT ON CONSTRAINT a ON DOMAIN positive IS 'really';"
                "CREATE DOMAIN words AS text COLLATE german;"
                "CREATE TABLE uses (p positive, s span, q pair[], w words)", NULL);
  const StrataPictureColumn * const *attributes = find (picture, STRATA_OBJECT_COMPOSITE, "public", NULL, "pair")->of.attributes;
  const StrataPictureDomain *positive = find (picture, STRATA_OBJECT_DOMAIN, "public", NULL, "positive")->of.domain;
  const StrataObject *span = find (picture, STRATA_OBJECT_RANGE, "public", NULL, "span");

  g_assert_cmpstr (find (picture, STRATA_OBJECT_COLLATION, "public", NULL, "german")->text, ==,
                   "(provider = icu, locale = 'de-u-co-phonebk', deterministic = false)");
  g_assert_cmpstr (find (picture, STRATA_OBJECT_COMPOSITE, "public", NULL, "pair")->comment, ==, "two");
  g_assert_cmpstr (attributes[0]->comment, ==, "first");
  g_assert_cmpstr (attributes[1]->collation, ==, "public.german");
  g_assert_cmpstr (attributes[2]->type_text, ==, "public.kind[]");
  g_assert_null (find (picture, STRATA_OBJECT_COMPOSITE, "public", NULL, "none")->of.attributes);
  assert_needs (find (picture, STRATA_OBJECT_COMPOSITE, "public", NULL, "pair"), "schema public, collation german, enum kind");

  g_assert_cmpstr (positive->type_text, ==, "integer");
  g_assert_cmpstr (positive->default_text, ==, "3");
  g_assert_true (positive->is_not_null);
  g_assert_cmpstr (positive->checks[0]->text, ==, "CHECK ((VALUE > 0))");
  g_assert_cmpstr (positive->checks[0]->comment, ==, "really");
  g_assert_cmpstr (positive->checks[1]->name, ==, "b");
  g_assert_null (positive->checks[2]);
  g_assert_cmpstr (find (picture, STRATA_OBJECT_DOMAIN, "public", NULL, "words")->of.domain->collation, ==, "public.german");

  g_assert_cmpstr (span->text, ==, is_at_least (14)
                   ? "AS RANGE (subtype = double precision, multirange_type_name = public.span_multirange, subtype_diff = public.minus)"
                   : "AS RANGE (subtype = double precision, subtype_diff = public.minus)");
  assert_needs (span, "schema public, function minus(double precision, double precision)");
  assert_needs (find (picture, STRATA_OBJECT_TABLE, "public", NULL, "uses"),
                "schema public, collation german, domain positive, domain words, composite type pair, range type span");
}

static void
test_routines (void)
{
  g_autoptr(StrataPicture) picture =
    read_after ("CREATE TYPE pair AS (a integer);"
                "CREATE FUNCTION f (p pair, VARIADIC n integer[] DEFAULT '{}') RETURNS TABLE (x integer) LANGUAGE plpgsql"
                "  AS $$ BEGIN RETURN; END $$;"
                "CREATE FUNCTION f () RETURNS integer LANGUAGE sql AS 'SELECT 1'; COMMENT ON FUNCTION f () IS 'one';"
                "CREATE PROCEDURE p (INOUT a integer) LANGUAGE plpgsql AS $$ BEGIN END $$;"
                "CREATE AGGREGATE total (integer) (sfunc = int4pl, stype = integer, initcond = '0', parallel = safe);"
                "CREATE AGGREGATE rows (*) (sfunc = int8inc, stype = bigint, initcond = '0');", NULL);
  const StrataObject *f = find_code (picture, STRATA_OBJECT_ROUTINE, "f", "public.pair, integer[]");
  const StrataObject *p = find_code (picture, STRATA_OBJECT_ROUTINE, "p", "integer");

  g_assert_cmpstr (f->of.routine->arguments, ==, "p public.pair, VARIADIC n integer[] DEFAULT '{}'::integer[]");
  g_assert_cmpstr (f->of.routine->result, ==, "TABLE(x integer)");
  g_assert_true (g_str_has_prefix (f->text, "CREATE OR REPLACE FUNCTION public.f(p public.pair, VARIADIC"));
  assert_needs (f, "schema public, composite type pair");
  g_assert_cmpstr (find_code (picture, STRATA_OBJECT_ROUTINE, "f", "")->comment, ==, "one");
  g_assert_true (p->of.routine->is_procedure);
  g_assert_cmpstr (find_code (picture, STRATA_OBJECT_AGGREGATE, "total", "integer")->text, ==,
                   "(integer) (sfunc = int4pl, stype = integer, initcond = '0', parallel = safe)");
  g_assert_cmpstr (find_code (picture, STRATA_OBJECT_AGGREGATE, "rows", "*")->text, ==,
                   "(*) (sfunc = int8inc, stype = bigint, initcond = '0')");
}

static void
test_on_tables (void)
{
  g_autoptr(StrataPicture) picture =
    read_after ("CREATE TABLE t (a integer, b integer, c text); CREATE VIEW v AS SELECT a FROM t;"
                "CREATE FUNCTION watch () RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;"
                "CREATE TRIGGER off BEFORE UPDATE OF a ON t FOR EACH ROW EXECUTE FUNCTION watch ('x');"
                "ALTER TABLE t DISABLE TRIGGER off; COMMENT ON TRIGGER off ON t IS 'rests';"
                "CREATE CONSTRAINT TRIGGER late AFTER INSERT ON t DEFERRABLE FOR EACH ROW EXECUTE FUNCTION watch ();"
                "CREATE TRIGGER instead INSTEAD OF INSERT ON v FOR EACH ROW EXECUTE FUNCTION watch ();"
                "CREATE RULE keep AS ON DELETE TO t DO INSTEAD NOTHING; ALTER TABLE t DISABLE RULE keep;"
                "ALTER TABLE t ENABLE ROW LEVEL SECURITY; ALTER TABLE t FORCE ROW LEVEL SECURITY;"
                "CREATE POLICY p ON t AS RESTRICTIVE FOR UPDATE TO CURRENT_USER USING (a > 0) WITH CHECK (b > 0);"
                "CREATE POLICY q ON t USING (true);"
                "CREATE STATISTICS s (ndistinct) ON a, b FROM t;", NULL);
  const StrataObject *off = find (picture, STRATA_OBJECT_TRIGGER, "public", "t", "off");
  const StrataObject *rule = find (picture, STRATA_OBJECT_RULE, "public", "t", "keep");
  const StrataPicturePolicy *p = find (picture, STRATA_OBJECT_POLICY, "public", "t", "p")->of.policy;
  const StrataPicturePolicy *q = find (picture, STRATA_OBJECT_POLICY, "public", "t", "q")->of.policy;
  const StrataPictureStorage *storage = find (picture, STRATA_OBJECT_TABLE, "public", NULL, "t")->of.table->storage;

  g_assert_cmpint (off->of.trigger->enabled, ==, 'D');
  g_assert_cmpstr (off->of.trigger->routine, ==, "public.watch");
  g_assert_cmpstr (off->comment, ==, "rests");
  g_assert_cmpstr (off->text, ==, "CREATE TRIGGER off BEFORE UPDATE OF a ON public.t FOR EACH ROW EXECUTE FUNCTION public.watch('x')");
  assert_needs (off, "function watch(), table t");
  g_assert_true (find (picture, STRATA_OBJECT_TRIGGER, "public", "t", "late")->of.trigger->is_constraint);
  assert_needs (find (picture, STRATA_OBJECT_TRIGGER, "public", "v", "instead"), "function watch(), view v");
  g_assert_cmpint (rule->of.trigger->enabled, ==, 'D');
  g_assert_false (g_str_has_suffix (rule->text, ";"));

  g_assert_true (storage->has_row_security && storage->is_row_security_forced);
  g_assert_true (p->is_restrictive);
  g_assert_cmpstr (p->command, ==, "UPDATE");
  g_assert_cmpstr (p->using, ==, "(a > 0)");
  g_assert_cmpstr (p->check, ==, "(b > 0)");
  g_assert_cmpstr (q->command, ==, "ALL");
  g_assert_cmpstr (q->roles[0], ==, "PUBLIC");
  g_assert_null (q->check);
  assert_needs (find (picture, STRATA_OBJECT_STATISTICS, "public", NULL, "s"), "schema public, table t");
}

static void
test_partitions (void)
{
  g_autoptr(StrataPicture) picture =
    read_after ("CREATE TABLE other (id integer PRIMARY KEY);"
                "CREATE TABLE parted (region text NOT NULL, id integer REFERENCES other, CONSTRAINT c CHECK (id > 0),"
                "  PRIMARY KEY (region, id)) PARTITION BY LIST (region);"
                "CREATE TABLE eu PARTITION OF parted FOR VALUES IN ('eu');"
                "CREATE TABLE rest PARTITION OF parted DEFAULT;"
                "CREATE INDEX by_id ON parted (id); CREATE INDEX own ON eu (id DESC);"
                "CREATE FUNCTION watch () RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;"
                "CREATE TRIGGER watched AFTER INSERT ON parted FOR EACH ROW EXECUTE FUNCTION watch ();"
                "CREATE TABLE refers (region text, id integer, FOREIGN KEY (region, id) REFERENCES parted);"
                "CREATE TABLE base (a integer CHECK (a > 1), b text); CREATE TABLE child (c integer) INHERITS (base);", NULL);
  const StrataPictureTable *eu = find (picture, STRATA_OBJECT_TABLE, "public", NULL, "eu")->of.table;
  const StrataPictureTable *refers = find (picture, STRATA_OBJECT_TABLE, "public", NULL, "refers")->of.table;
  const StrataPictureTable *child = find (picture, STRATA_OBJECT_TABLE, "public", NULL, "child")->of.table;

  g_assert_cmpstr (find (picture, STRATA_OBJECT_TABLE, "public", NULL, "parted")->of.table->storage->partition_key, ==,
                   "LIST (region)");
  g_assert_true (eu->is_partition);
  g_assert_cmpstr (eu->storage->bound, ==, "FOR VALUES IN ('eu')");
  g_assert_cmpstr (eu->storage->parents[0], ==, "public.parted");
  g_assert_true (eu->columns[0]->is_inherited);
  assert_needs (find (picture, STRATA_OBJECT_TABLE, "public", NULL, "eu"), "schema public, table parted");

  g_assert_false (find (picture, STRATA_OBJECT_PRIMARY_KEY, "public", "parted", "parted_pkey")->is_inherited);
  g_assert_true (find (picture, STRATA_OBJECT_PRIMARY_KEY, "public", "eu", "eu_pkey")->is_inherited);
  g_assert_true (find (picture, STRATA_OBJECT_CHECK, "public", "eu", "c")->is_inherited);
  g_assert_true (find (picture, STRATA_OBJECT_FOREIGN_KEY, "public", "eu", "parted_id_fkey")->is_inherited);
  g_assert_cmpstr (find (picture, STRATA_OBJECT_INDEX, "public", "parted", "by_id")->text, ==,
                   "CREATE INDEX by_id ON ONLY public.parted USING btree (id)");
  g_assert_true (find (picture, STRATA_OBJECT_INDEX, "public", "eu", "eu_id_idx")->is_inherited);
  g_assert_false (find (picture, STRATA_OBJECT_INDEX, "public", "eu", "own")->is_inherited);
  g_assert_true (find (picture, STRATA_OBJECT_TRIGGER, "public", "eu", "watched")->is_inherited);
  g_assert_nonnull (refers->references[0]);
  g_assert_null (refers->references[1]);

  g_assert_cmpstr (child->storage->parents[0], ==, "public.base");
  g_assert_true (child->columns[0]->is_inherited);
  g_assert_false (child->columns[2]->is_inherited);
  g_assert_true (find (picture, STRATA_OBJECT_CHECK, "public", "child", "base_a_check")->is_inherited);
  assert_needs (find (picture, STRATA_OBJECT_TABLE, "public", NULL, "child"), "schema public, table base");
}

static void
test_extension (void)
{
  g_autoptr(StrataPicture) picture = NULL;
  g_autoptr(StrataConnection) connection = open_as (FALSE, "test");
  g_autofree char *count = ask (connection, "SELECT count (*) FROM pg_catalog.pg_available_extensions WHERE name = 'citext'");
  const StrataObject *extension;

  if (strcmp (count, "1") != 0)
    {
      g_test_skip ("this server has no citext");
      return;
    }

  picture = read_after ("CREATE EXTENSION citext; CREATE TABLE t (mail citext); CREATE INDEX i ON t (mail, mail text_ops);", NULL);
  extension = find (picture, STRATA_OBJECT_EXTENSION, "public", NULL, "citext");
  g_assert_true (g_ascii_isdigit (*extension->text));
  g_assert_null (extension->extension);
  assert_needs (extension, "schema public");
  assert_needs (find (picture, STRATA_OBJECT_TABLE, "public", NULL, "t"), "schema public, extension citext");
  g_assert_cmpstr (find (picture, STRATA_OBJECT_INDEX, "public", "t", "i")->text, ==, "CREATE INDEX i ON public.t USING btree (mail, mail text_ops)");
  g_assert_cmpstr (find_code (picture, STRATA_OBJECT_ROUTINE, "citext_eq", "public.citext, public.citext")->extension, ==, "citext");
  assert_needs (find_code (picture, STRATA_OBJECT_ROUTINE, "citext_eq", "public.citext, public.citext"), "extension citext");
  g_assert_null (picture->uncovered);
}

static void
test_uncovered (void)
{
  g_autoptr(StrataPicture) picture =
    read_after ("CREATE OPERATOR public.=== (leftarg = integer, rightarg = integer, function = int4eq);"
                "CREATE TABLE t (a integer); GRANT SELECT ON t TO PUBLIC;"
                "CREATE TEXT SEARCH CONFIGURATION b (COPY = simple); CREATE TEXT SEARCH CONFIGURATION a (COPY = simple);", NULL);

  g_assert_cmpstr (picture->uncovered[0]->kind, ==, "operator");
  g_assert_cmpstr (picture->uncovered[0]->example, ==, "public.===(integer,integer)");
  g_assert_cmpuint (picture->uncovered[0]->n, ==, 1);
  g_assert_cmpstr (picture->uncovered[1]->kind, ==, "privilege");
  g_assert_cmpstr (picture->uncovered[1]->example, ==, "public.t");
  g_assert_cmpstr (picture->uncovered[2]->kind, ==, "text search configuration");
  g_assert_cmpstr (picture->uncovered[2]->example, ==, "a");
  g_assert_cmpuint (picture->uncovered[2]->n, ==, 2);
  g_assert_null (picture->uncovered[3]);
}

static const char definitions[] =
  "SELECT 'i', n.nspname, c.relname, pg_get_indexdef (x.oid)"
  "  FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_class c ON c.oid = i.indrelid"
  "  JOIN pg_namespace n ON n.oid = c.relnamespace"
  " WHERE i.indrelid >= 16384 AND n.nspname = 'public'"
  "   AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x')) "
  "UNION ALL "
  "SELECT 'k', n.nspname, c.relname, pg_get_constraintdef (k.oid)"
  "  FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace"
  " WHERE k.conrelid >= 16384 AND n.nspname = 'public' AND k.contype <> 'n'"
  " ORDER BY 1, 2, 3, 4";

static gboolean
has_text (StrataPicture *picture,
          const char    *table,
          const char    *text)
{
  for (guint i = 0; i < picture->n_objects; i++)
    if (g_strcmp0 (picture->objects[i]->table, table) == 0 && g_strcmp0 (picture->objects[i]->text, text) == 0)
      return TRUE;

  return FALSE;
}

/* What is put together here is what the server would have said. */
static void
test_definitions (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataPicture) picture =
    read_after ("CREATE COLLATION german (provider = icu, locale = 'de');"
                "CREATE TYPE kind AS ENUM ('a'); CREATE DOMAIN number AS integer; CREATE TYPE pair AS (a integer);"
                "CREATE TABLE \"Odd \"\"table\" (id integer, \"select\" text, v varchar (9), c char (3), k kind, n number, l integer[],"
                "  p pair, r int4range, i cidr, o regclass, g text COLLATE german, j jsonb, PRIMARY KEY (id, \"select\"),"
                "  CONSTRAINT \"Odd key\" UNIQUE (v) INCLUDE (c, k) DEFERRABLE INITIALLY DEFERRED, UNIQUE (c) DEFERRABLE,"
                "  UNIQUE (k) WITH (fillfactor = 60) DEFERRABLE, EXCLUDE USING gist (r WITH &&) WHERE (id > 3));"
                "CREATE UNIQUE INDEX \"Odd index\" ON \"Odd \"\"table\" (\"select\" DESC, v NULLS FIRST) INCLUDE (c) WHERE id > 5;"
                "CREATE INDEX ON \"Odd \"\"table\" (v, c, k, n, l, p, r);"
                "CREATE INDEX ON \"Odd \"\"table\" (v DESC NULLS LAST, c COLLATE \"C\", g, g COLLATE \"C\", v COLLATE german);"
                "CREATE INDEX ON \"Odd \"\"table\" (v varchar_pattern_ops, c bpchar_pattern_ops); CREATE INDEX ON \"Odd \"\"table\" (i, o);"
                "CREATE INDEX ON \"Odd \"\"table\" USING hash (k); CREATE INDEX ON \"Odd \"\"table\" USING gin (j jsonb_path_ops);"
                "CREATE INDEX ON \"Odd \"\"table\" USING gin (l) WITH (fastupdate = off); CREATE INDEX ON \"Odd \"\"table\" USING brin (id);"
                "CREATE INDEX ON \"Odd \"\"table\" (lower (v), (id + 1)) WITH (fillfactor = 70);"
                "CREATE INDEX ON \"Odd \"\"table\" (id) WHERE k = 'a' AND v IS NOT NULL;"
                "CREATE TABLE parted (id integer, UNIQUE (id)) PARTITION BY RANGE (id); CREATE INDEX ON parted (id DESC);"
                "CREATE TABLE part PARTITION OF parted FOR VALUES FROM (1) TO (5);", NULL);
  g_autoptr(StrataConnection) connection = open_as (FALSE, "test");
  g_autoptr(StrataRows) rows = NULL;

  execute (connection, "SET search_path = ''");
  rows = strata_connection_query (connection, definitions, NULL, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (strata_rows_get_n_rows (rows), ==, 20);
  for (guint i = 0; i < strata_rows_get_n_rows (rows); i++)
    {
      const char *text = strata_rows_get (rows, i, 3);

      /* Which the server does not tell. */
      if (strstr (text, "UNIQUE (k)") == NULL && !has_text (picture, strata_rows_get (rows, i, 2), text))
        g_error ("nothing is “%s”", text);
    }
  g_assert_true (has_text (picture, "Odd \"table", "UNIQUE (k) WITH (fillfactor='60') DEFERRABLE"));
}

/* What newer servers have. */
static void
test_newer (void)
{
  g_autoptr(StrataPicture) picture = NULL;
  const StrataPictureColumn * const *columns;

  if (!is_at_least (18))
    {
      g_test_skip ("this server is older than 18");
      return;
    }

  picture = read_after ("CREATE TABLE t (id integer PRIMARY KEY, a integer CONSTRAINT said NOT NULL, b integer NOT NULL,"
                        "  v integer GENERATED ALWAYS AS (a * 2) VIRTUAL, c integer, period daterange,"
                        "  CONSTRAINT lax CHECK (a > 0) NOT ENFORCED);"
                        "ALTER TABLE t ADD CONSTRAINT later NOT NULL c NOT VALID; ALTER TABLE t RENAME TO renamed;"
                        "CREATE TABLE spans (id int4range, period daterange, PRIMARY KEY (id, period WITHOUT OVERLAPS));"
                        "CREATE UNIQUE INDEX i ON renamed (b) NULLS NOT DISTINCT;", NULL);
  columns = find (picture, STRATA_OBJECT_TABLE, "public", NULL, "renamed")->of.table->columns;
  g_assert_cmpstr (columns[1]->not_null_name, ==, "said");
  g_assert_null (columns[2]->not_null_name);
  g_assert_cmpstr (columns[3]->computed, ==, "(a * 2)");
  g_assert_false (columns[3]->is_stored);
  g_assert_true (columns[4]->is_nullable);
  g_assert_cmpstr (find (picture, STRATA_OBJECT_CHECK, "public", "renamed", "later")->text, ==, "NOT NULL c NOT VALID");
  g_assert_cmpstr (find (picture, STRATA_OBJECT_CHECK, "public", "renamed", "lax")->text, ==, "CHECK ((a > 0)) NOT ENFORCED");
  g_assert_cmpstr (find (picture, STRATA_OBJECT_PRIMARY_KEY, "public", "spans", "spans_pkey")->text, ==,
                   "PRIMARY KEY (id, period WITHOUT OVERLAPS)");
  g_assert_cmpstr (find (picture, STRATA_OBJECT_INDEX, "public", "renamed", "i")->text, ==,
                   "CREATE UNIQUE INDEX i ON public.renamed USING btree (b) NULLS NOT DISTINCT");
}

static void
test_settings (void)
{
  g_autoptr(StrataPicture) picture =
    read_after ("CREATE TABLE t (a text, n numeric, c text) WITH (fillfactor = 80, toast.autovacuum_enabled = false);"
                "ALTER TABLE t ALTER a SET STORAGE external, ALTER a SET STATISTICS 500, ALTER n SET (n_distinct = -0.5);"
                "ALTER TABLE t ALTER a SET NOT NULL; CREATE UNIQUE INDEX k ON t (a); ALTER TABLE t REPLICA IDENTITY USING INDEX k;"
                "CREATE VIEW v WITH (security_barrier) AS SELECT a FROM t WITH LOCAL CHECK OPTION;"
                "CREATE TYPE pair AS (a integer); CREATE TABLE typed OF pair;", NULL);
  const StrataPictureTable *t = find (picture, STRATA_OBJECT_TABLE, "public", NULL, "t")->of.table;
  const StrataPictureTable *v = find (picture, STRATA_OBJECT_VIEW, "public", NULL, "v")->of.table;

  g_assert_cmpstr (t->storage->with[2], ==, "toast.autovacuum_enabled");
  g_assert_cmpstr (t->storage->with[3], ==, "false");
  g_assert_cmpstr (t->columns[0]->storage, ==, "external");
  g_assert_cmpstr (t->columns[0]->statistics, ==, "500");
  g_assert_cmpstr (t->columns[1]->options[0], ==, "n_distinct");
  g_assert_null (t->columns[1]->options[2]);
  g_assert_null (t->columns[2]->options);
  g_assert_null (t->columns[2]->statistics);
  g_assert_cmpint (t->storage->replica_identity, ==, 'i');
  g_assert_cmpstr (t->storage->replica_index, ==, "k");
  g_assert_cmpstr (v->storage->with[0], ==, "security_barrier");
  g_assert_cmpstr (v->storage->with[3], ==, "local");
  g_assert_cmpstr (find (picture, STRATA_OBJECT_TABLE, "public", NULL, "typed")->of.table->storage->of_type, ==, "public.pair");
}

int
main (int   argc,
      char *argv[])
{
  static const Case cases[] = {
    { "types", test_types },
    { "routines", test_routines },
    { "on-tables", test_on_tables },
    { "partitions", test_partitions },
    { "extension", test_extension },
    { "uncovered", test_uncovered },
    { "definitions", test_definitions },
    { "newer", test_newer },
    { "settings", test_settings },
  };

  return run_cases (argc, argv, "whole-kinds", cases, G_N_ELEMENTS (cases));
}
