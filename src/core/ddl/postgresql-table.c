/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/ddl/postgresql-private.h"

static const StrataObjectKind inline_kinds[] = {
  STRATA_OBJECT_PRIMARY_KEY,
  STRATA_OBJECT_UNIQUE,
  STRATA_OBJECT_CHECK,
  STRATA_OBJECT_EXCLUSION,
};

/* CREATE TABLE would take a constraint that is not valid for a valid one. */
static gboolean
is_not_valid (const StrataObject *constraint)
{
  return g_str_has_suffix (constraint->text, " NOT VALID");
}

/* Of two keys with the same columns in one CREATE TABLE the server makes only one. */
static gboolean
is_repeated (const GPtrArray *constraints,
             guint            index)
{
  const StrataObject *constraint = g_ptr_array_index (constraints, index);

  if (constraint->kind != STRATA_OBJECT_UNIQUE)
    return FALSE;

  for (guint i = 0; i < index; i++)
    {
      const StrataObject *other = g_ptr_array_index (constraints, i);

      if ((other->kind == STRATA_OBJECT_PRIMARY_KEY || other->kind == STRATA_OBJECT_UNIQUE)
          && g_strv_equal (other->of.key->columns, constraint->of.key->columns))
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_late (const GPtrArray *constraints,
         guint            index)
{
  return is_not_valid (g_ptr_array_index (constraints, index)) || is_repeated (constraints, index);
}

static gboolean
is_written (const StrataDdlWriter *self,
            const StrataObject    *constraint,
            StrataDdlTableForm     form)
{
  if (constraint->is_inherited && form != STRATA_DDL_TABLE_ATTACHED)
    return FALSE;
  if (self->part == STRATA_DDL_STUB)
    return constraint->kind != STRATA_OBJECT_CHECK;
  if (self->part == STRATA_DDL_REST)
    return constraint->kind == STRATA_OBJECT_CHECK;

  return TRUE;
}

/* The constraints (StrataObject, borrowed) that come with this part of the table. */
static GPtrArray *
list_constraints (const StrataDdlWriter *self,
                  const StrataObject    *object,
                  StrataDdlTableForm     form)
{
  g_autoptr(GPtrArray) list = g_ptr_array_new ();

  for (guint k = 0; k < G_N_ELEMENTS (inline_kinds); k++)
    {
      guint i = strata_ddl_find_of_table (self->picture, inline_kinds[k], object->schema, object->name);

      for (; strata_ddl_hangs_on (self->picture, i, inline_kinds[k], object->schema, object->name); i++)
        if (is_written (self, self->picture->objects[i], form))
          g_ptr_array_add (list, (gpointer) self->picture->objects[i]);
    }

  return g_steal_pointer (&list);
}

static gboolean
has_settings (const StrataPictureColumn *column)
{
  return !column->is_nullable || column->default_text != NULL || column->identity != NULL || column->computed != NULL;
}

static void
append_line (GString    *body,
             const char *line)
{
  g_string_append_printf (body, "%s\n    %s", body->len > 0 ? "," : "", line);
}

static void
append_columns (const StrataDdlWriter *self,
                const StrataObject    *object,
                StrataDdlTableForm     form,
                GString               *body)
{
  g_autoptr(GPtrArray) columns = strata_ddl_list_columns (self, object);

  for (guint i = 0; i < columns->len; i++)
    {
      const StrataPictureColumn *column = g_ptr_array_index (columns, i);
      g_autoptr(GString) line = g_string_new (NULL);

      if (form == STRATA_DDL_TABLE_OF && has_settings (column))
        {
          strata_ddl_append_name (line, column->name);
          g_string_append (line, " WITH OPTIONS");
          strata_ddl_append_full_constraints (self, column, line);
        }
      else if (form == STRATA_DDL_TABLE_PARTITION)
        {
          strata_ddl_append_own_settings (self, object, column, line);
        }
      else if (form == STRATA_DDL_TABLE_PLAIN && !column->is_inherited)
        {
          strata_ddl_append_merged_column (self, object, column, line);
        }
      else if (form == STRATA_DDL_TABLE_ATTACHED || form == STRATA_DDL_TABLE_JOINED)
        {
          strata_ddl_append_full_column (self, column, line);
        }

      if (line->len > 0)
        append_line (body, line->str);
    }
}

static void
append_constraints (const GPtrArray *constraints,
                    GString         *body)
{
  for (guint i = 0; i < constraints->len; i++)
    {
      const StrataObject *constraint = g_ptr_array_index (constraints, i);
      g_autoptr(GString) line = g_string_new ("CONSTRAINT ");

      if (is_late (constraints, i))
        continue;

      strata_ddl_append_name (line, constraint->name);
      g_string_append_printf (line, " %s", constraint->text);
      append_line (body, line->str);
    }
}

static void
append_parents (GString                    *out,
                const StrataPictureStorage *storage)
{
  g_string_append (out, "\nINHERITS (");
  for (guint i = 0; storage->parents[i] != NULL; i++)
    g_string_append_printf (out, "%s%s", i > 0 ? ", " : "", storage->parents[i]);
  g_string_append_c (out, ')');
}

static void
append_storage (GString                    *out,
                const StrataPictureStorage *storage)
{
  if (storage->partition_key != NULL)
    g_string_append_printf (out, "\nPARTITION BY %s", storage->partition_key);
  if (storage->access_method != NULL)
    {
      g_string_append (out, "\nUSING ");
      strata_ddl_append_name (out, storage->access_method);
    }
  strata_ddl_append_with (out, storage->with);
  if (storage->tablespace != NULL)
    {
      g_string_append (out, "\nTABLESPACE ");
      strata_ddl_append_name (out, storage->tablespace);
    }
}

static void
create_statement (const StrataDdlWriter *self,
                  const StrataObject    *object,
                  StrataDdlTableForm     form,
                  const char            *name,
                  const GPtrArray       *constraints)
{
  const StrataPictureStorage *storage = object->of.table->storage;
  GString *text = g_string_new (NULL);
  g_autoptr(GString) body = g_string_new (NULL);

  append_columns (self, object, form, body);
  append_constraints (constraints, body);

  g_string_printf (text, "CREATE %sTABLE %s", storage->is_unlogged ? "UNLOGGED " : "", name);
  if (form == STRATA_DDL_TABLE_PARTITION)
    g_string_append_printf (text, " PARTITION OF %s", storage->parents[0]);
  else if (form == STRATA_DDL_TABLE_OF)
    g_string_append_printf (text, " OF %s", storage->of_type);

  if (body->len > 0)
    g_string_append_printf (text, " (%s\n)", body->str);
  else if (form != STRATA_DDL_TABLE_PARTITION && form != STRATA_DDL_TABLE_OF)
    g_string_append (text, " ()");

  if (form == STRATA_DDL_TABLE_PARTITION)
    g_string_append_printf (text, "\n%s", storage->bound);
  else if (form == STRATA_DDL_TABLE_PLAIN && storage->parents != NULL)
    append_parents (text, storage);
  append_storage (text, storage);

  strata_ddl_add (self, text);
}

static void
create_late_constraints (const StrataDdlWriter *self,
                         const GPtrArray       *constraints)
{
  for (guint i = 0; i < constraints->len; i++)
    if (self->part == STRATA_DDL_REST || is_late (constraints, i))
      strata_ddl_add_constraint (self, g_ptr_array_index (constraints, i));
}

static void
create_constraint_comments (const StrataDdlWriter *self,
                            const GPtrArray       *constraints)
{
  for (guint i = 0; i < constraints->len; i++)
    {
      const StrataObject *constraint = g_ptr_array_index (constraints, i);
      g_autofree char *name = strata_ddl_dup_name (constraint);

      strata_ddl_comment (self, "CONSTRAINT", name, constraint->comment);
    }
}

/* What it has from its parent may still be commented on by itself. */
static void
create_inherited_comments (const StrataDdlWriter *self,
                           const StrataObject    *object)
{
  static const StrataObjectKind kinds[] = { STRATA_OBJECT_PRIMARY_KEY, STRATA_OBJECT_UNIQUE, STRATA_OBJECT_CHECK,
                                            STRATA_OBJECT_EXCLUSION, STRATA_OBJECT_INDEX };

  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      guint i = strata_ddl_find_of_table (self->picture, kinds[k], object->schema, object->name);

      for (; strata_ddl_hangs_on (self->picture, i, kinds[k], object->schema, object->name); i++)
        if (self->picture->objects[i]->is_inherited)
          {
            g_autofree char *name = strata_ddl_dup_name (self->picture->objects[i]);

            strata_ddl_comment (self, kinds[k] == STRATA_OBJECT_INDEX ? "INDEX" : "CONSTRAINT", name,
                                self->picture->objects[i]->comment);
          }
    }
}

static void
create_settings (const StrataDdlWriter *self,
                 const StrataObject    *object,
                 const char            *name)
{
  const StrataPictureStorage *storage = object->of.table->storage;

  if (storage->has_row_security)
    strata_ddl_add_printf (self, "ALTER TABLE %s ENABLE ROW LEVEL SECURITY", name);
  if (storage->is_row_security_forced)
    strata_ddl_add_printf (self, "ALTER TABLE ONLY %s FORCE ROW LEVEL SECURITY", name);
  if (storage->replica_identity == 'n')
    strata_ddl_add_printf (self, "ALTER TABLE ONLY %s REPLICA IDENTITY NOTHING", name);
  if (storage->replica_identity == 'f')
    strata_ddl_add_printf (self, "ALTER TABLE ONLY %s REPLICA IDENTITY FULL", name);
}

static void
create_whole (const StrataDdlWriter *self,
              const StrataObject    *object,
              const char            *name)
{
  StrataDdlTableForm form = strata_ddl_get_table_form (self, object);
  g_autoptr(GPtrArray) constraints = list_constraints (self, object, form);

  create_statement (self, object, form, name, constraints);
  create_late_constraints (self, constraints);
  if (form == STRATA_DDL_TABLE_ATTACHED)
    strata_ddl_attach (self, object);
  else if (form == STRATA_DDL_TABLE_JOINED)
    strata_ddl_join (self, object);
  else if (object->of.table->storage->parents != NULL)
    strata_ddl_create_inherited_settings (self, object);

  create_settings (self, object, name);
  strata_ddl_comment (self, "TABLE", name, object->comment);
  strata_ddl_create_column_extras (self, object);
  create_constraint_comments (self, constraints);
  if (form != STRATA_DDL_TABLE_ATTACHED)
    create_inherited_comments (self, object);
  strata_ddl_enable_inherited (self, object);
}

static void
create_rest (const StrataDdlWriter *self,
             const StrataObject    *object,
             const char            *name)
{
  g_autoptr(GPtrArray) constraints = list_constraints (self, object, STRATA_DDL_TABLE_PLAIN);
  const StrataPictureColumn * const *columns = object->of.table->columns;

  for (guint i = 0; columns != NULL && columns[i] != NULL; i++)
    if (columns[i]->default_text != NULL && columns[i]->computed == NULL)
      {
        GString *text = g_string_new (NULL);

        g_string_printf (text, "ALTER TABLE ONLY %s ALTER COLUMN ", name);
        strata_ddl_append_name (text, columns[i]->name);
        g_string_append_printf (text, " SET DEFAULT %s", columns[i]->default_text);
        strata_ddl_add (self, text);
      }

  create_late_constraints (self, constraints);
  create_constraint_comments (self, constraints);
}

static void
create_marks (const StrataDdlWriter *self,
              const StrataObject    *object,
              const char            *name)
{
  const StrataPictureStorage *storage = object->of.table->storage;
  const char *words = object->kind == STRATA_OBJECT_TABLE ? "TABLE" : "MATERIALIZED VIEW";

  if (storage->replica_index != NULL)
    {
      GString *text = g_string_new (NULL);

      g_string_printf (text, "ALTER TABLE ONLY %s REPLICA IDENTITY USING INDEX ", name);
      strata_ddl_append_name (text, storage->replica_index);
      strata_ddl_add (self, text);
    }

  if (storage->cluster_index != NULL)
    {
      GString *text = g_string_new (NULL);

      g_string_printf (text, "ALTER %s %s CLUSTER ON ", words, name);
      strata_ddl_append_name (text, storage->cluster_index);
      strata_ddl_add (self, text);
    }
}

void
strata_ddl_finish_relation (const StrataDdlWriter *self,
                            const StrataObject    *object)
{
  g_autofree char *name = strata_ddl_dup_name (object);

  if (object->of.table->storage != NULL)
    create_marks (self, object, name);
}

void
strata_ddl_create_table (const StrataDdlWriter *self,
                         const StrataObject    *object)
{
  g_autofree char *name = strata_ddl_dup_name (object);

  if (self->part == STRATA_DDL_FINISH)
    strata_ddl_finish_relation (self, object);
  else if (self->part == STRATA_DDL_REST)
    create_rest (self, object, name);
  else
    create_whole (self, object, name);
}
