/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/ddl/postgresql-private.h"

#include <string.h>

typedef struct
{
  StrataDdlCreate  create;
  const char      *words;       /* behind DROP and COMMENT ON */
} Kind;

static const Kind kinds[STRATA_N_OBJECT_KINDS] = {
  [STRATA_OBJECT_SCHEMA] = { strata_ddl_create_schema, "SCHEMA" },
  [STRATA_OBJECT_EXTENSION] = { strata_ddl_create_extension, "EXTENSION" },
  [STRATA_OBJECT_COLLATION] = { strata_ddl_create_collation, "COLLATION" },
  [STRATA_OBJECT_ENUM] = { strata_ddl_create_enum, "TYPE" },
  [STRATA_OBJECT_DOMAIN] = { strata_ddl_create_domain, "DOMAIN" },
  [STRATA_OBJECT_COMPOSITE] = { strata_ddl_create_composite, "TYPE" },
  [STRATA_OBJECT_RANGE] = { strata_ddl_create_range, "TYPE" },
  [STRATA_OBJECT_SEQUENCE] = { strata_ddl_create_sequence, "SEQUENCE" },
  [STRATA_OBJECT_ROUTINE] = { strata_ddl_create_routine, "FUNCTION" },
  [STRATA_OBJECT_AGGREGATE] = { strata_ddl_create_aggregate, "AGGREGATE" },
  [STRATA_OBJECT_TABLE] = { strata_ddl_create_table, "TABLE" },
  [STRATA_OBJECT_PRIMARY_KEY] = { strata_ddl_create_constraint, "CONSTRAINT" },
  [STRATA_OBJECT_UNIQUE] = { strata_ddl_create_constraint, "CONSTRAINT" },
  [STRATA_OBJECT_CHECK] = { strata_ddl_create_constraint, "CONSTRAINT" },
  [STRATA_OBJECT_EXCLUSION] = { strata_ddl_create_constraint, "CONSTRAINT" },
  [STRATA_OBJECT_INDEX] = { strata_ddl_create_index, "INDEX" },
  [STRATA_OBJECT_VIEW] = { strata_ddl_create_view, "VIEW" },
  [STRATA_OBJECT_MATERIALIZED_VIEW] = { strata_ddl_create_view, "MATERIALIZED VIEW" },
  [STRATA_OBJECT_FOREIGN_KEY] = { strata_ddl_create_constraint, "CONSTRAINT" },
  [STRATA_OBJECT_STATISTICS] = { strata_ddl_create_statistics, "STATISTICS" },
  [STRATA_OBJECT_RULE] = { strata_ddl_create_rule, "RULE" },
  [STRATA_OBJECT_TRIGGER] = { strata_ddl_create_trigger, "TRIGGER" },
  [STRATA_OBJECT_POLICY] = { strata_ddl_create_policy, "POLICY" },
  [STRATA_OBJECT_DEFAULT_PRIVILEGES] = { strata_ddl_create_default_privileges, NULL },
};

void
strata_ddl_add (const StrataDdlWriter *self,
                GString               *text)
{
  g_ptr_array_add (self->statements, g_string_free (text, FALSE));
}

void
strata_ddl_add_printf (const StrataDdlWriter *self,
                       const char            *format,
                       ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_ptr_array_add (self->statements, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

void
strata_ddl_comment (const StrataDdlWriter *self,
                    const char            *kind,
                    const char            *name,
                    const char            *comment)
{
  GString *text;

  if (comment == NULL)
    return;

  text = g_string_new (NULL);
  g_string_printf (text, "COMMENT ON %s %s IS ", kind, name);
  strata_ddl_append_literal (text, comment);
  strata_ddl_add (self, text);
}

/* What only tables and sequences have. */
static gboolean
has_other_parts (StrataObjectKind kind)
{
  return kind == STRATA_OBJECT_TABLE || kind == STRATA_OBJECT_MATERIALIZED_VIEW || kind == STRATA_OBJECT_SEQUENCE;
}

static void
create (const StrataPicture    *picture,
        const StrataObject     *object,
        const StrataDdlOptions *options,
        StrataDdlPart           part,
        GPtrArray              *statements)
{
  StrataDdlWriter writer = { picture, options, part, statements };

  if (part != STRATA_DDL_FINISH || has_other_parts (object->kind))
    kinds[object->kind].create (&writer, object);
}

static const char *
get_words (const StrataObject *object)
{
  return object->kind == STRATA_OBJECT_ROUTINE && object->of.routine->is_procedure ? "PROCEDURE" : kinds[object->kind].words;
}

static void
drop (const StrataPicture *picture,
      const StrataObject  *object,
      GPtrArray           *statements)
{
  g_autofree char *name = strata_ddl_dup_name (object);

  if (object->kind == STRATA_OBJECT_DEFAULT_PRIVILEGES)
    {
      g_autoptr(GPtrArray) grants = strata_ddl_list_grants (object, NULL);

      strata_ddl_grant (picture, object, grants, NULL, statements);
      return;
    }
  if (strata_object_kind_is_constraint (object->kind))
    {
      g_autofree char *table = strata_ddl_dup_table_name (object);
      g_autoptr(GString) constraint = g_string_new (NULL);

      strata_ddl_append_name (constraint, object->name);
      g_ptr_array_add (statements, g_strdup_printf ("ALTER TABLE %s DROP CONSTRAINT %s", table, constraint->str));
      return;
    }

  g_ptr_array_add (statements, g_strdup_printf ("DROP %s %s", get_words (object), name));
}

static gboolean
is_inline (const StrataObject *object)
{
  return strata_object_kind_is_constraint (object->kind) && object->kind != STRATA_OBJECT_FOREIGN_KEY;
}

static gboolean
is_public (const StrataObject *object)
{
  return object->kind == STRATA_OBJECT_SCHEMA && strcmp (object->name, "public") == 0;
}

static gboolean
is_there (const StrataObject *object)
{
  return is_public (object) || object->kind == STRATA_OBJECT_DEFAULT_PRIVILEGES || (object->kind == STRATA_OBJECT_EXTENSION && strcmp (object->name, "plpgsql") == 0);
}

static const StrataObject *
find_public (const StrataPicture *picture)
{
  StrataObject like = { .kind = STRATA_OBJECT_SCHEMA, .name = "public" };

  return strata_picture_find_object (picture, &like);
}

static gboolean
has_routines (const StrataPicture *picture)
{
  for (guint i = 0; i < picture->n_objects; i++)
    if (picture->objects[i]->kind == STRATA_OBJECT_ROUTINE && strata_ddl_is_made (picture, picture->objects[i]))
      return TRUE;

  return FALSE;
}

/* Bodies that are texts are checked when they are created, and may name what comes later, or each other: no order would do
 * for all of them. */
static void
begin_dump (const StrataPicture *picture,
            GPtrArray           *statements)
{
  const StrataObject *schema = find_public (picture);
  StrataDdlWriter writer = { .picture = picture, .statements = statements };

  if (has_routines (picture))
    strata_ddl_add_printf (&writer, "SET check_function_bodies = off");

  if (schema != NULL)
    strata_ddl_comment (&writer, "SCHEMA", "public", schema->comment);
}

static void
end_dump (const StrataPicture *picture,
          GPtrArray           *statements)
{
  StrataDdlWriter writer = { .picture = picture, .statements = statements };

  if (has_routines (picture))
    strata_ddl_add_printf (&writer, "RESET check_function_bodies");
  strata_ddl_create_privileges (&writer);
}

const StrataDdlDialect strata_ddl_postgresql = {
  .create = create,
  .drop = drop,
  .is_inline = is_inline,
  .begin_dump = begin_dump,
  .end_dump = end_dump,
  .is_there = is_there,
};
