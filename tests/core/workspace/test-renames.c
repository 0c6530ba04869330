/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/workspace/renames.h"

#include "core/base/error.h"

static StrataPicture *
picture_new (void)
{
  StrataPicture *picture = strata_picture_new (STRATA_DIALECT_POSTGRESQL);
  StrataPictureColumn *column = strata_picture_alloc (picture, sizeof *column);
  StrataPictureTable *table = strata_picture_alloc (picture, sizeof *table);
  static const struct { StrataObjectKind kind; const char *schema, *table, *name; } things[] = {
    { STRATA_OBJECT_ENUM, "public", NULL, "Old.mood" },
    { STRATA_OBJECT_TABLE, "app", NULL, "users" },
    { STRATA_OBJECT_TABLE, "public", NULL, "users" },
    { STRATA_OBJECT_UNIQUE, "public", "users", "users_key" },
    { STRATA_OBJECT_INDEX, "public", "users", "users_idx" },
  };
  g_autoptr(GPtrArray) objects = g_ptr_array_new ();
  g_autoptr(GPtrArray) columns = g_ptr_array_new ();

  column->name = "name";
  g_ptr_array_add (columns, column);
  table->columns = strata_picture_list (picture, columns);
  for (guint i = 0; i < G_N_ELEMENTS (things); i++)
    {
      StrataObject *object = strata_picture_alloc (picture, sizeof *object);

      object->kind = things[i].kind;
      object->schema = things[i].schema;
      object->table = things[i].table;
      object->name = things[i].name;
      if (object->kind == STRATA_OBJECT_TABLE)
        object->of.table = table;
      g_ptr_array_add (objects, object);
    }
  picture->default_schema = "public";
  picture->objects = strata_picture_list (picture, objects);
  picture->n_objects = objects->len;

  return picture;
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
      is = g_strdup_printf ("%s %s.%s %s %s", rename->is_column ? "column" : strata_object_kind_get_name (rename->kind),
                            rename->schema, rename->table != NULL ? rename->table : "-", rename->from, rename->to);
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

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/workspace/renames/parse", test_parse);
  g_test_add_func ("/workspace/renames/none", test_none);

  return g_test_run ();
}
