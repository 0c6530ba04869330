/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What test-diff.py asks: diff-peer URL. A line of JSON {"a": [statements], "b": [statements], "tables": [names]} is a pair of
 * schemas; the answer says whether the steps lead from the one to the other and back. Statements that the server refuses
 * while a schema is loaded are left out: the generator need not know what it allows. */

#include "config.h"

#include <stdio.h>
#include <string.h>

#include <json-glib/json-glib.h>

#include "core/ddl/ddl.h"
#include "core/diff/diff.h"
#include "core/reflect/reflect.h"
#include "core/workspace/renames.h"

static const char * const wipe =
  "DO $$ DECLARE s text; BEGIN FOR s IN SELECT quote_ident(nspname) FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> "
  "'information_schema' LOOP EXECUTE 'DROP SCHEMA ' || s || ' CASCADE'; END LOOP; CREATE SCHEMA public; COMMENT ON SCHEMA public "
  "IS 'standard public schema'; END $$";

typedef struct
{
  StrataConnection *connection;
  JsonBuilder      *answer;
  GError           *error;
  const char       *stage;
  gboolean          has_privileges;
  char             *sql;        /* that failed */
  gboolean          is_warned;  /* and whether a person was told to look at it */
} Run;

static gboolean
execute (Run        *run,
         const char *sql)
{
  return strata_connection_execute (run->connection, sql, -1, NULL, 0, NULL, NULL, &run->error);
}

static void
set_sql (Run        *run,
         const char *sql)
{
  g_free (run->sql);
  run->sql = g_strdup (sql);
}

static void
load (Run       *run,
      JsonArray *statements)
{
  for (guint i = 0; i < json_array_get_length (statements); i++)
    {
      g_autoptr(GError) error = NULL;

      execute (run, "SAVEPOINT s");
      if (strata_connection_execute (run->connection, json_array_get_string_element (statements, i), -1, NULL, 0, NULL, NULL,
                                     &error))
        {
          execute (run, "RELEASE SAVEPOINT s");
          continue;
        }
      if (g_getenv ("DIFF_PEER_REFUSED") != NULL)
        g_printerr ("%s\n  %s\n", json_array_get_string_element (statements, i), error->message);
      execute (run, "ROLLBACK TO SAVEPOINT s");
    }
}

static StrataPicture *
look (Run *run)
{
  StrataPicture *picture = strata_reflect_whole (run->connection, NULL, NULL, &run->error);

  if (picture != NULL && run->has_privileges)
    strata_picture_cover_privileges (picture);

  return picture;
}

static StrataPicture *
look_at (Run       *run,
         JsonArray *statements)
{
  StrataPicture *picture = NULL;

  if (execute (run, "BEGIN"))
    {
      load (run, statements);
      picture = look (run);
    }
  strata_connection_execute (run->connection, "ROLLBACK", -1, NULL, 0, NULL, NULL, NULL);

  return picture;
}

static void
show_steps (Run             *run,
            const char      *name,
            const GPtrArray *steps)
{
  json_builder_set_member_name (run->answer, name);
  json_builder_begin_array (run->answer);
  for (guint i = 0; i < steps->len; i++)
    json_builder_add_string_value (run->answer, ((const StrataDiffStep *) g_ptr_array_index (steps, i))->sql);
  json_builder_end_array (run->answer);
}

static gboolean
run_steps (Run             *run,
           const GPtrArray *steps)
{
  gboolean is_open = FALSE;

  for (guint i = 0; i < steps->len; i++)
    {
      const StrataDiffStep *step = g_ptr_array_index (steps, i);

      if (step->is_outside && is_open)
        execute (run, "COMMIT");
      if (!step->is_outside && (!is_open || (i > 0 && ((const StrataDiffStep *) g_ptr_array_index (steps, i - 1))->is_outside)))
        execute (run, "BEGIN");
      is_open = !step->is_outside;
      set_sql (run, step->sql);
      run->is_warned = step->difference != NULL && step->difference->review != NULL;
      if (!execute (run, step->sql))
        {
          strata_connection_execute (run->connection, "ROLLBACK", -1, NULL, 0, NULL, NULL, NULL);
          return FALSE;
        }
    }
  set_sql (run, "COMMIT");

  return !is_open || execute (run, "COMMIT");
}

/* Without the heading, which counts what is not covered. */
static char *
dup_dump (const StrataPicture *picture)
{
  const StrataDdlOptions options = { .has_sorted_columns = TRUE };
  g_autofree char *dump = strata_ddl_dump (picture, &options);
  const char *body = strstr (dump, "\n\n");

  return g_strdup (body != NULL ? body : "");
}

static gboolean
is_same (Run                 *run,
         const StrataPicture *expected)
{
  g_autoptr(StrataPicture) picture = look (run);
  g_autofree char *want = NULL;
  g_autofree char *got = NULL;

  if (picture == NULL)
    return FALSE;

  want = dup_dump (expected);
  got = dup_dump (picture);
  if (strcmp (want, got) == 0)
    return TRUE;

  json_builder_set_member_name (run->answer, "want");
  json_builder_add_string_value (run->answer, want);
  json_builder_set_member_name (run->answer, "got");
  json_builder_add_string_value (run->answer, got);
  set_sql (run, NULL);

  return FALSE;
}

/* What was granted is still granted on all that is still there, whether privileges are compared or not. */
static gboolean
keeps_grants (Run                 *run,
              const StrataPicture *before)
{
  g_autoptr(StrataPicture) after = look (run);

  for (guint i = 0; after != NULL && i < before->n_objects; i++)
    {
      const StrataObject *old = before->objects[i], *new = strata_picture_find_object (after, old);
      g_autoptr(GPtrArray) had = new != NULL ? strata_ddl_list_grants (old, new) : NULL;
      g_autoptr(GPtrArray) has = new != NULL ? strata_ddl_list_grants (new, NULL) : NULL;
      g_autofree char *was = new != NULL ? strata_ddl_dup_grants (old, had) : NULL;
      g_autofree char *is = new != NULL ? strata_ddl_dup_grants (new, has) : NULL;

      if (new == NULL || g_strcmp0 (was, is) == 0)
        continue;
      g_free (run->sql);
      run->sql = g_strdup_printf ("grants of %s: %s, now %s", old->name, was, is);
      return FALSE;
    }

  return after != NULL;
}

static void
count_rows (Run        *run,
            const char *name,
            JsonArray  *tables)
{
  json_builder_set_member_name (run->answer, name);
  json_builder_begin_object (run->answer);
  for (guint i = 0; i < json_array_get_length (tables); i++)
    {
      const char *table = json_array_get_string_element (tables, i);
      g_autofree char *sql = g_strdup_printf ("SELECT count(*), sum(hashtext(id::text)) FROM %s", table);
      g_autoptr(StrataRows) rows = strata_connection_query (run->connection, sql, NULL, 0, NULL, NULL);

      json_builder_set_member_name (run->answer, table);
      if (rows == NULL)
        json_builder_add_null_value (run->answer);
      else
        {
          g_autofree char *text = g_strdup_printf ("%s %s", strata_rows_get (rows, 0, 0), strata_rows_get (rows, 0, 1));

          json_builder_add_string_value (run->answer, text);
        }
    }
  json_builder_end_object (run->answer);
}

static gboolean
is_taken (const GPtrArray    *renames,
          const StrataRename *guess)
{
  for (guint i = 0; i < renames->len; i++)
    {
      const StrataRename *other = g_ptr_array_index (renames, i);

      if (other->kind == guess->kind && other->is_column == guess->is_column && g_strcmp0 (other->table, guess->table) == 0
          && (strcmp (other->from, guess->from) == 0 || strcmp (other->to, guess->to) == 0))
        return TRUE;
    }

  return FALSE;
}

/* Takes all that is guessed, best first. */
static void
decide (const StrataDiff *diff,
        GPtrArray        *renames)
{
  const GPtrArray *guesses = strata_diff_get_guesses (diff);

  for (guint i = 0; i < guesses->len; i++)
    {
      const StrataRename *guess = &((const StrataRenameGuess *) g_ptr_array_index (guesses, i))->rename;

      if (!is_taken (renames, guess))
        g_ptr_array_add (renames, g_memdup2 (guess, sizeof *guess));
    }
}

/* In the second picture the table has its new name. */
static const char *
get_table (const GPtrArray *renames,
           const char      *table)
{
  for (guint i = 0; i < renames->len; i++)
    {
      const StrataRename *rename = g_ptr_array_index (renames, i);

      if (rename->kind == STRATA_OBJECT_TABLE && !rename->is_column && g_strcmp0 (rename->from, table) == 0)
        return rename->to;
    }

  return table;
}

static StrataDiff *
compare_decided (StrataPicture   *from,
                 StrataPicture   *to,
                 const GPtrArray *renames,
                 gboolean         is_turned)
{
  g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func (g_free);
  StrataDiffOptions options = { 0 };

  for (guint i = 0; i < renames->len; i++)
    {
      StrataRename *rename = g_memdup2 (g_ptr_array_index (renames, i), sizeof *rename);

      if (is_turned)
        {
          const char *name = rename->from;

          rename->from = rename->to;
          rename->to = name;
          rename->table = get_table (renames, rename->table);
        }
      g_ptr_array_add (list, rename);
    }
  g_ptr_array_add (list, NULL);
  options.renames = (const StrataRename * const *) list->pdata;

  return strata_diff_new (from, to, &options);
}

/* Columns of a table that was renamed show only when that is known. */
static void
compare_with_renames (StrataPicture  *a,
                      StrataPicture  *b,
                      StrataDiff    **there,
                      StrataDiff    **back)
{
  g_autoptr(GPtrArray) renames = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(StrataDiff) plain = strata_diff_new (a, b, NULL);
  g_autoptr(StrataDiff) tables = NULL;

  decide (plain, renames);
  tables = compare_decided (a, b, renames, FALSE);
  decide (tables, renames);
  *there = compare_decided (a, b, renames, FALSE);
  *back = compare_decided (b, a, renames, TRUE);
}

/* As a person gives them. */
static gboolean
compare_with_given (Run            *run,
                    JsonArray      *texts,
                    StrataPicture  *a,
                    StrataPicture  *b,
                    StrataDiff    **there,
                    StrataDiff    **back)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) list = NULL;
  g_autoptr(GPtrArray) renames = NULL;

  for (guint i = 0; i < json_array_get_length (texts); i++)
    g_strv_builder_add (builder, json_array_get_string_element (texts, i));
  list = g_strv_builder_end (builder);
  renames = strata_renames_parse (a, (const char * const *) list, &run->error);
  if (renames == NULL)
    return FALSE;

  *there = compare_decided (a, b, renames, FALSE);
  *back = compare_decided (b, a, renames, TRUE);

  return TRUE;
}

static gboolean
compare (Run        *run,
         JsonObject *pair)
{
  JsonArray *tables = json_object_get_array_member (pair, "tables");
  g_autoptr(StrataPicture) a = NULL;
  g_autoptr(StrataPicture) b = NULL;
  g_autoptr(StrataDiff) there = NULL;
  g_autoptr(StrataDiff) back = NULL;
  const GPtrArray *up, *down;

  run->stage = "read";
  run->has_privileges = json_object_has_member (pair, "privileges");
  a = look_at (run, json_object_get_array_member (pair, "a"));
  b = a != NULL ? look_at (run, json_object_get_array_member (pair, "b")) : NULL;
  if (b == NULL)
    return FALSE;

  run->stage = "plan";
  if (json_object_has_member (pair, "decide"))
    {
      compare_with_renames (a, b, &there, &back);
    }
  else if (json_object_has_member (pair, "renames"))
    {
      if (!compare_with_given (run, json_object_get_array_member (pair, "renames"), a, b, &there, &back))
        return FALSE;
    }
  else
    {
      there = strata_diff_new (a, b, NULL);
      back = strata_diff_new (b, a, NULL);
    }
  up = strata_diff_plan (there, NULL, &run->error);
  down = up != NULL ? strata_diff_plan (back, NULL, &run->error) : NULL;
  if (down == NULL)
    return FALSE;
  show_steps (run, "up", up);
  show_steps (run, "down", down);

  run->stage = "upgrade";
  if (!execute (run, "BEGIN"))
    return FALSE;
  load (run, json_object_get_array_member (pair, "a"));
  if (!execute (run, "COMMIT"))
    return FALSE;
  count_rows (run, "before", tables);
  if (!run_steps (run, up) || !is_same (run, b) || (json_object_has_member (pair, "keeps") && !keeps_grants (run, a)))
    return FALSE;
  count_rows (run, "between", tables);

  run->stage = "downgrade";
  if (!run_steps (run, down) || !is_same (run, a))
    return FALSE;
  count_rows (run, "after", tables);

  return TRUE;
}

static void
answer (StrataConnection *connection,
        JsonObject       *pair)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(JsonGenerator) generator = json_generator_new ();
  g_autoptr(JsonNode) root = NULL;
  g_autofree char *text = NULL;
  Run run = { .connection = connection, .answer = builder };
  gboolean is_well;

  json_builder_begin_object (builder);
  is_well = compare (&run, pair);
  json_builder_set_member_name (builder, "ok");
  json_builder_add_boolean_value (builder, is_well);
  json_builder_set_member_name (builder, "stage");
  json_builder_add_string_value (builder, run.stage);
  json_builder_set_member_name (builder, "error");
  json_builder_add_string_value (builder, run.error != NULL ? run.error->message : "");
  json_builder_set_member_name (builder, "warned");
  json_builder_add_boolean_value (builder, run.is_warned);
  json_builder_set_member_name (builder, "sql");
  json_builder_add_string_value (builder, run.sql != NULL ? run.sql : "");
  json_builder_end_object (builder);
  g_clear_error (&run.error);
  strata_connection_execute (connection, "ROLLBACK", -1, NULL, 0, NULL, NULL, NULL);
  if (!execute (&run, wipe))
    g_printerr ("%s\n", run.error->message);
  g_clear_error (&run.error);
  g_free (run.sql);

  root = json_builder_get_root (builder);
  json_generator_set_root (generator, root);
  text = json_generator_to_data (generator, NULL);
  puts (text);
  fflush (stdout);
}

int
main (int    argc,
      char **argv)
{
  const StrataConnectOptions options = { .application_name = "diff-peer", .writable = TRUE };
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataUrl) url = argc > 1 ? strata_url_parse (argv[1], &error) : NULL;
  g_autoptr(StrataConnection) connection = url != NULL ? strata_connection_open (url, &options, NULL, &error) : NULL;
  g_autofree char *line = NULL;
  gsize size = 0;

  if (connection == NULL)
    {
      g_printerr ("%s\n", error != NULL ? error->message : "diff-peer URL");
      return 2;
    }

  strata_connection_execute (connection, "SET client_min_messages = error", -1, NULL, 0, NULL, NULL, NULL);
  while (getline (&line, &size, stdin) > 0)
    {
      g_autoptr(JsonParser) parser = json_parser_new ();

      if (!json_parser_load_from_data (parser, line, -1, &error))
        {
          g_printerr ("%s\n", error->message);
          return 2;
        }
      answer (connection, json_node_get_object (json_parser_get_root (parser)));
    }

  return 0;
}
