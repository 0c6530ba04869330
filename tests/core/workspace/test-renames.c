/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/workspace/renames.h"

#include "core/base/error.h"

/* As they stand in a picture, in its order; tables have one column. */
typedef struct
{
  StrataObjectKind kind;
  const char *schema, *table, *name, *arguments, *column;
} Thing;

static StrataPicture *
picture_of (const Thing *things,
            guint        n_things)
{
  StrataPicture *picture = strata_picture_new (STRATA_DIALECT_POSTGRESQL);
  g_autoptr(GPtrArray) objects = g_ptr_array_new ();

  for (guint i = 0; i < n_things; i++)
    {
      StrataObject *object = strata_picture_alloc (picture, sizeof *object);
      StrataPictureColumn *column = strata_picture_alloc (picture, sizeof *column);
      StrataPictureTable *table = strata_picture_alloc (picture, sizeof *table);
      g_autoptr(GPtrArray) columns = g_ptr_array_new ();

      column->name = things[i].column != NULL ? things[i].column : "name";
      g_ptr_array_add (columns, column);
      table->columns = strata_picture_list (picture, columns);
      object->kind = things[i].kind;
      object->schema = things[i].schema;
      object->table = things[i].table;
      object->name = things[i].name;
      object->arguments = things[i].arguments;
      if (object->kind == STRATA_OBJECT_TABLE)
        object->of.table = table;
      g_ptr_array_add (objects, object);
    }
  picture->default_schema = "public";
  picture->objects = strata_picture_list (picture, objects);
  picture->n_objects = objects->len;

  return picture;
}

static StrataPicture *
picture_new (void)
{
  static const Thing things[] = {
    { STRATA_OBJECT_ENUM, "public", NULL, "Old.mood" },
    { STRATA_OBJECT_ROUTINE, "public", NULL, "f", "integer" },
    { STRATA_OBJECT_ROUTINE, "public", NULL, "f", "text, text" },
    { STRATA_OBJECT_ROUTINE, "public", NULL, "g", "" },
    { STRATA_OBJECT_ROUTINE, "public", NULL, "users", "" },
    { STRATA_OBJECT_TABLE, "app", NULL, "users" },
    { STRATA_OBJECT_TABLE, "public", NULL, "users" },
    { STRATA_OBJECT_UNIQUE, "public", "users", "users_key" },
    { STRATA_OBJECT_INDEX, "public", "users", "users_idx" },
  };

  return picture_of (things, G_N_ELEMENTS (things));
}

static const struct
{
  const char *text;
  const char *is;     /* kind schema.table from to; NULL: an error */
} cases[] = {
  { "users=people", "table public.- users people" },
  { "app.users=people", "table app.- users people" },
  { "app.users=app.people", "table app.- users people" },
  { "users.name=full_name", "column public.users name full_name" },
  { "users.name=users.full_name", "column public.users name full_name" },
  { "app.users.name=full_name", "column app.users name full_name" },
  { "users.users_key=key", "unique constraint public.users users_key key" },
  { "users_idx=idx", "index public.users users_idx idx" },
  { "\"Old.mood\"=\"a \"\" = b\"", "enum public.- Old.mood a \" = b" },
  { "f(text, text)=h", "routine public.- f h" },
  { "public.f(integer)=f2", "routine public.- f f2" },
  { "g=h", "routine public.- g h" },
  { "f=h", NULL },
  { "f(json)=h", NULL },
  { "f(integer=h", NULL },
  { "users.name!=full_name", "column public.users name full_name no" },
  { " users != people ", "table public.- users people no" },
  { "\"f\"(text, text) = \"h (x)\"", "routine public.- f h (x)" },
  { "users!people", NULL },
  { "nothing=people", NULL },
  { "users=", NULL },
  { "users", NULL },
  { "users=app.people", NULL },
  { "a.b.c.d=e", NULL },
  { "\"users=people", NULL },
  { "", NULL },
};

static void
test_parse (void)
{
  g_autoptr(StrataPicture) picture = picture_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *texts[] = { cases[i].text, NULL };
      g_autoptr(GError) error = NULL;
      g_autoptr(GPtrArray) renames = strata_renames_parse (picture, texts, &error);
      g_autofree char *is = NULL;
      const StrataRename *rename;

      if (cases[i].is == NULL)
        {
          g_assert_error (error, STRATA_ERROR, STRATA_ERROR_USAGE);
          continue;
        }
      g_assert_no_error (error);
      rename = g_ptr_array_index (renames, 0);
      is = g_strdup_printf ("%s %s.%s %s %s%s", rename->is_column ? "column" : strata_object_kind_get_name (rename->kind),
                            rename->schema, rename->table != NULL ? rename->table : "-", rename->from, rename->to, rename->is_denied ? " no" : "");
      g_assert_cmpstr (is, ==, cases[i].is);
      g_assert_null (renames->pdata[renames->len]);
    }
}

static void
test_none (void)
{
  g_autoptr(StrataPicture) picture = picture_new ();
  g_autoptr(GPtrArray) renames = strata_renames_parse (picture, NULL, NULL);

  g_assert_cmpuint (renames->len, ==, 0);
}

/* A column of a table that is given a new name too may be called by either. */
static void
test_tables (void)
{
  static const char * const texts[] = { "users=people", "users.name=title", "people.name=title", NULL };
  static const Thing new_table = { STRATA_OBJECT_TABLE, "public", NULL, "people", NULL, "title" };
  g_autoptr(StrataPicture) picture = picture_new ();
  g_autoptr(StrataPicture) to = picture_of (&new_table, 1);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) renames = strata_renames_parse (picture, texts, &error);

  g_assert_no_error (error);
  for (guint i = 1; i < 3; i++)
    g_assert_cmpstr (((const StrataRename *) g_ptr_array_index (renames, i))->table, ==, "users");

  g_assert_true (strata_renames_require_new (renames, to, NULL));
  g_assert_false (strata_renames_require_new (renames, picture, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_USAGE);
}

static void
test_text (void)
{
  static const struct { StrataRename rename; const char *text; } renames[] = {
    { { .schema = "app", .table = "Old \"users\"", .from = "a", .to = "b", .is_column = TRUE }, "app.\"Old \"\"users\"\"\".a=b" },
    { { .schema = "public", .from = "a.b", .to = "#b" }, "\"a.b\"=\"#b\"" },
    { { .schema = "public", .from = "f", .arguments = "integer, text", .to = "g", .is_denied = TRUE }, "f(integer, text)!=g" },
    { { .from = "a!", .to = "b(" }, "\"a!\"=\"b(\"" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (renames); i++)
    {
      g_autofree char *text = strata_rename_dup_text (&renames[i].rename, "public");

      g_assert_cmpstr (text, ==, renames[i].text);
    }
}

#define USERS(called, with) { STRATA_OBJECT_TABLE, "public", NULL, called, NULL, with }

static const struct
{
  Thing       from;
  Thing       to;
  const char *given;
  const char *remembered[3];
  const char *is;
} recalls[] = {
  { USERS ("users", "name"), USERS ("users", "title"), NULL, { "users.name=title" }, "users.name=title " },
  { USERS ("users", "title"), USERS ("users", "name"), NULL, { "users.name=title" }, "users.title=name " },
  { USERS ("users", "name"), USERS ("people", "name"), NULL, { "users=people" }, "users=people " },
  { USERS ("users", "name"), USERS ("people", "title"), NULL, { "users.name=title", "users=people" }, "users=people users.name=title " },
  { USERS ("people", "name"), USERS ("people", "title"), NULL, { "users.name=title", "users=people" }, "people.name=title " },
  { USERS ("people", "title"), USERS ("users", "name"), NULL, { "users.name=title", "users=people" }, "people=users people.title=name " },
  { USERS ("users", "name"), USERS ("users", "title"), NULL, { "users.name!=title" }, "users.name!=title " },
  { USERS ("users", "title"), USERS ("users", "name"), NULL, { "users.name!=title" }, "users.title!=name " },
  /* What is done, or not yet there. */
  { USERS ("users", "title"), USERS ("users", "title"), NULL, { "users.name=title" }, "" },
  { USERS ("users", "name"), USERS ("users", "name"), NULL, { "users.name=title" }, "" },
  { USERS ("users", "name"), USERS ("users", "other"), NULL, { "users.name=title", "nothing=anything" }, "" },
  /* What is said now counts. */
  { USERS ("users", "name"), USERS ("users", "title"), "users.name!=title", { "users.name=title" }, "users.name!=title " },
  { USERS ("users", "name"), USERS ("users", "title"), "users.name=other", { "users.name=title" }, "users.name=other " },
};

static void
test_recall (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (recalls); i++)
    {
      const char *given[] = { recalls[i].given, NULL };
      g_autoptr(StrataPicture) from = picture_of (&recalls[i].from, 1);
      g_autoptr(StrataPicture) to = picture_of (&recalls[i].to, 1);
      g_autoptr(GPtrArray) renames = strata_renames_parse (from, given, NULL);
      g_autoptr(GString) is = g_string_new (NULL);

      strata_renames_recall (renames, from, to, recalls[i].remembered);
      for (guint j = 0; j < renames->len; j++)
        {
          g_autofree char *text = strata_rename_dup_text (g_ptr_array_index (renames, j), "public");

          g_string_append_printf (is, "%s ", text);
        }
      g_assert_cmpstr (is->str, ==, recalls[i].is);
      if (renames->len > 0)
        g_assert_null (renames->pdata[renames->len]);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/workspace/renames/parse", test_parse);
  g_test_add_func ("/workspace/renames/none", test_none);
  g_test_add_func ("/workspace/renames/tables", test_tables);
  g_test_add_func ("/workspace/renames/text", test_text);
  g_test_add_func ("/workspace/renames/recall", test_recall);

  return g_test_run ();
}
