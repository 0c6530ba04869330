/* SPDX-License-Identifier: GPL-3.0-or-later */

/* every-kind.sql as a database, dumped, loaded and dumped again, described, and dropped. */

#include "config.h"

#include "core/ddl/ddl.h"
#include "core/reflect/reflect.h"
#include "core/sql/splitter.h"

#include "core/database/postgresql-fixture.h"

/* Without what this server is too old for. */
static char *
read_every_kind (StrataConnection *connection)
{
  int version = strata_connection_get_version (connection) / 10000;
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "core", "ddl", "every-kind.sql", NULL);
  g_autofree char *text = NULL;
  g_auto(GStrv) lines = NULL;
  g_autoptr(GString) out = g_string_new (NULL);
  gboolean is_left_out = FALSE;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (g_str_has_prefix (lines[i], "-- from "))
        is_left_out = atoi (lines[i] + strlen ("-- from ")) > version;
      else if (g_str_has_prefix (lines[i], "-- end"))
        is_left_out = FALSE;
      else if (!is_left_out)
        g_string_append_printf (out, "%s\n", lines[i]);
    }

  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
load (StrataConnection *connection,
      const char       *sql)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) statements = strata_sql_split (STRATA_DIALECT_POSTGRESQL, sql, strlen (sql), "test.sql", 1, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < statements->len; i++)
    {
      const StrataStatement *statement = &g_array_index (statements, StrataStatement, i);

      if (!strata_connection_execute (connection, statement->text, statement->length, NULL, 0, NULL, NULL, &error))
        g_error ("%.*s: %s", (int) statement->length, statement->text, error->message);
    }
}

static StrataPicture *
read_whole (StrataConnection *connection)
{
  g_autoptr(GError) error = NULL;
  StrataPicture *picture = strata_reflect_whole (connection, NULL, NULL, &error);

  g_assert_no_error (error);

  return picture;
}

static StrataConnection *
open_new (const char *name)
{
  g_autoptr(StrataConnection) connection = open_as (TRUE, "test");
  g_autofree char *drop = g_strdup_printf ("DROP DATABASE IF EXISTS %s", name);
  g_autofree char *create = g_strdup_printf ("CREATE DATABASE %s TEMPLATE template0", name);
  g_autoptr(StrataUrl) url = test_server_dup_url (server, name);

  execute (connection, drop);
  execute (connection, create);

  return open_url (url, TRUE, "test");
}

static StrataConnection *
open_every_kind (const char *name)
{
  g_autoptr(StrataConnection) connection = open_new (name);
  g_autofree char *sql = read_every_kind (connection);

  load (connection, sql);

  return g_steal_pointer (&connection);
}

static void
assert_has (const char *text,
            const char *part)
{
  if (strstr (text, part) == NULL)
    g_error ("%s\nis not in\n%s", part, text);
}

static void
test_dump (void)
{
  g_autoptr(StrataConnection) original = open_every_kind ("ddl_original");
  g_autoptr(StrataConnection) copy = open_new ("ddl_copy");
  g_autoptr(StrataPicture) first = read_whole (original);
  g_autoptr(StrataPicture) second = NULL;
  g_autofree char *dump = strata_ddl_dump (first, NULL);
  g_autofree char *again = NULL;

  load (copy, dump);
  second = read_whole (copy);
  again = strata_ddl_dump (second, NULL);
  g_assert_cmpstr (dump, ==, again);

  assert_has (dump, "\nCREATE TABLE public.base (\n    id integer NOT NULL,\n    a text DEFAULT 'base'::text,\n    b integer,\n"
                    "    CONSTRAINT base_pkey PRIMARY KEY (id),\n    CONSTRAINT base_b_check CHECK ((b > 0))\n);\n");
  assert_has (dump, "\nCREATE TABLE public.events_eu PARTITION OF public.events\nFOR VALUES IN ('eu', 'uk');\n");
  assert_has (dump, "\nALTER TABLE ONLY public.events ATTACH PARTITION public.events_other DEFAULT;\n");
}

/* The same objects are described by the same texts, in whatever order the columns are. */
static void
test_describe (void)
{
  static const StrataDdlOptions sorted = { .has_sorted_columns = TRUE };
  g_autoptr(StrataConnection) original = open_every_kind ("ddl_original");
  g_autoptr(StrataConnection) copy = open_every_kind ("ddl_copy");
  g_autoptr(StrataPicture) first = read_whole (original);
  g_autoptr(StrataPicture) second = NULL;
  guint n_different = 0;

  execute (copy, "ALTER TABLE multi DROP COLUMN x CASCADE");
  execute (copy, "ALTER TABLE multi ADD COLUMN x integer");
  execute (copy, "ALTER TABLE multi ADD CONSTRAINT multi_x_y_fkey FOREIGN KEY (x, y) REFERENCES ident MATCH FULL "
                 "ON DELETE SET DEFAULT");
  execute (copy, "ALTER TABLE ring_a ALTER b SET DEFAULT 3");
  execute (copy, "ALTER SEQUENCE app.users_id_seq OWNED BY NONE");
  second = read_whole (copy);

  g_assert_cmpuint (first->n_objects, ==, second->n_objects);
  for (guint i = 0; i < first->n_objects; i++)
    {
      const StrataObject *object = first->objects[i];
      g_autofree char *was = strata_ddl_describe (first, object, &sorted);
      g_autofree char *is = strata_ddl_describe (second, strata_picture_find_object (second, object), &sorted);

      if (g_strcmp0 (was, is) == 0)
        continue;
      n_different++;
      if (!g_str_equal (object->name, "ring_a") && !g_str_equal (object->name, "users_id_seq"))
        g_error ("%s\nis not\n%s", was, is);
    }
  g_assert_cmpuint (n_different, ==, 2);
}

/* A constraint by itself, as it is added to a table that is there. */
static void
test_constraint (void)
{
  g_autoptr(StrataConnection) connection = open_every_kind ("ddl_original");
  g_autoptr(StrataPicture) first = read_whole (connection);
  g_autoptr(StrataPicture) second = NULL;
  g_autoptr(GPtrArray) statements = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *was = strata_ddl_dump (first, NULL);
  g_autofree char *is = NULL;

  for (guint i = 0; i < first->n_objects; i++)
    if (first->objects[i]->kind == STRATA_OBJECT_CHECK && !first->objects[i]->is_inherited
        && g_str_equal (first->objects[i]->schema, "app"))
      {
        strata_ddl_drop (first, first->objects[i], statements);
        strata_ddl_create (first, first->objects[i], NULL, statements);
      }
  g_assert_cmpuint (statements->len, >, 4);
  for (guint i = 0; i < statements->len; i++)
    execute (connection, g_ptr_array_index (statements, i));

  second = read_whole (connection);
  is = strata_ddl_dump (second, NULL);
  g_assert_cmpstr (was, ==, is);
}

/* What goes with what it belongs to. */
static gboolean
goes_by_itself (const StrataObject *object)
{
  return object->kind == STRATA_OBJECT_SEQUENCE && object->of.sequence->owner_table != NULL;
}

static void
test_drop (void)
{
  g_autoptr(StrataConnection) connection = open_every_kind ("ddl_original");
  g_autoptr(StrataPicture) picture = NULL;
  g_autoptr(StrataPicture) empty = NULL;
  g_autoptr(GPtrArray) order = NULL;
  g_autoptr(GPtrArray) statements = g_ptr_array_new_with_free_func (g_free);

  execute (connection, "DROP VIEW circle_1 CASCADE");
  execute (connection, "DROP TABLE numbered CASCADE");
  picture = read_whole (connection);
  order = strata_ddl_order (picture);
  for (guint i = order->len; i > 0; i--)
    if (!goes_by_itself (g_ptr_array_index (order, i - 1)))
      strata_ddl_drop (picture, g_ptr_array_index (order, i - 1), statements);
  for (guint i = 0; i < statements->len; i++)
    execute (connection, g_ptr_array_index (statements, i));

  empty = read_whole (connection);
  g_assert_cmpuint (empty->n_objects, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  static const Case cases[] = {
    { "dump", test_dump },
    { "describe", test_describe },
    { "constraint", test_constraint },
    { "drop", test_drop },
  };

  return run_cases (argc, argv, "ddl", cases, G_N_ELEMENTS (cases));
}
