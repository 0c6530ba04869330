/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whole pictures of a database that has what was just made, and short words for what is in them. */

#pragma once

#include "core/database/postgresql-fixture.h"
#include "core/reflect/reflect.h"

static G_GNUC_UNUSED StrataPicture *
read_whole (StrataConnection       *connection,
            const StrataReflectOwn *own)
{
  g_autoptr(GError) error = NULL;
  StrataPicture *picture = strata_reflect_whole (connection, own, NULL, &error);

  g_assert_no_error (error);

  return picture;
}

static G_GNUC_UNUSED StrataPicture *
read_after (const char             *sql,
            const StrataReflectOwn *own)
{
  g_autoptr(StrataConnection) connection = open_as (TRUE, "test");

  execute (connection, "DROP SCHEMA IF EXISTS shop CASCADE; DROP SCHEMA public CASCADE; CREATE SCHEMA public");
  execute (connection, sql);

  return read_whole (connection, own);
}

static G_GNUC_UNUSED const StrataObject *
find (StrataPicture    *picture,
      StrataObjectKind  kind,
      const char       *schema,
      const char       *table,
      const char       *name)
{
  const StrataObject like = { .kind = kind, .schema = schema, .table = table, .name = name };
  const StrataObject *object = strata_picture_find_object (picture, &like);

  if (object == NULL)
    g_error ("no %s %s", strata_object_kind_get_name (kind), name);

  return object;
}

/* The titles of what it needs, with commas. */
static G_GNUC_UNUSED char *
dup_needs (const StrataObject *object)
{
  g_autoptr(GString) out = g_string_new (NULL);

  for (guint i = 0; object->needs != NULL && object->needs[i] != NULL; i++)
    {
      g_autofree char *title = strata_object_dup_title (object->needs[i], "public");

      g_string_append_printf (out, "%s%s", i > 0 ? ", " : "", title);
    }

  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
assert_needs (const StrataObject *object,
              const char         *needs)
{
  g_autofree char *has = dup_needs (object);

  g_assert_cmpstr (has, ==, needs);
}
