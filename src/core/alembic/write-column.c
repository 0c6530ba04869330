/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/alembic/write-private.h"

#include <string.h>

void
strata_python_write_name (StrataPythonWriter *self,
                          StrataName          name)
{
  if (name.text == NULL || !name.is_final)
    {
      strata_python_write_text (self, name.text);
      return;
    }
  g_string_append_printf (self->out, "%s.f(", strata_python_writer_prefix (self));
  strata_python_write_text (self, name.text);
  g_string_append_c (self->out, ')');
}

/* Options whose words are names and values in turn. */
static gboolean
is_map (const char *name)
{
  return g_str_has_suffix (name, "_with") || g_str_has_suffix (name, "_ops") || g_str_has_suffix (name, "_length")
         || g_str_has_suffix (name, "_prefix");
}

static void
write_map (StrataPythonWriter *self,
           const char * const *words)
{
  g_string_append_c (self->out, '{');
  for (guint i = 0; words[i] != NULL && words[i + 1] != NULL; i += 2)
    {
      g_string_append (self->out, i > 0 ? ", " : "");
      strata_python_write_text (self, words[i]);
      g_string_append (self->out, ": ");
      strata_python_write_text (self, words[i + 1]);
    }
  g_string_append_c (self->out, '}');
}

void
strata_python_write_options (StrataPythonWriter         *self,
                             const StrataOption * const *options)
{
  for (guint i = 0; options != NULL && options[i] != NULL; i++)
    {
      const StrataOption *option = options[i];

      g_string_append_printf (self->out, ", %s=", option->name);
      if (option->text != NULL)
        strata_python_write_text (self, option->text);
      else if (option->expression != NULL)
        strata_python_write_expression (self, option->expression);
      else if (option->words != NULL && is_map (option->name))
        write_map (self, option->words);
      else if (option->words != NULL)
        strata_python_write_texts (self, option->words);
      else
        g_string_append (self->out, option->flag ? "True" : "False");
    }
}

static void
write_setting (StrataPythonWriter *self,
               const char         *key,
               const char         *value)
{
  if (value == NULL)
    return;
  if (self->out->str[self->out->len - 1] != '(')
    g_string_append (self->out, ", ");
  g_string_append_printf (self->out, "%s=%s", key, value);
}

void
strata_python_write_identity (StrataPythonWriter   *self,
                              const StrataIdentity *identity,
                              gboolean              is_sequence)
{
  if (!is_sequence)
    write_setting (self, "always", identity->is_always ? "True" : "False");
  write_setting (self, "start", identity->start);
  write_setting (self, "increment", identity->increment);
  write_setting (self, "minvalue", identity->minvalue);
  write_setting (self, "maxvalue", identity->maxvalue);
  write_setting (self, "nominvalue", identity->has_no_minvalue ? "True" : NULL);
  write_setting (self, "nomaxvalue", identity->has_no_maxvalue ? "True" : NULL);
  write_setting (self, "cycle", identity->cycles == STRATA_UNSAID ? NULL : identity->cycles == STRATA_YES ? "True" : "False");
  write_setting (self, "cache", identity->cache);
}

/* A string is a value there, any other value has to be said to be one. */
static void
write_default_value (StrataPythonWriter     *self,
                     const StrataExpression *expression)
{
  gboolean is_value = expression->kind == STRATA_EXPRESSION_VALUE && expression->value != NULL
                      && expression->value->kind != STRATA_VALUE_STRING;

  g_string_append (self->out, is_value ? "sa.literal(" : "");
  strata_python_write_expression (self, expression);
  if (is_value && expression->type != NULL && expression->type->kind != STRATA_TYPE_NONE)
    {
      g_string_append (self->out, ", ");
      strata_python_write_type (self, expression->type);
    }
  g_string_append (self->out, is_value ? ")" : "");
}

void
strata_python_write_default (StrataPythonWriter  *self,
                             const StrataDefault *value)
{
  if (value->identity != NULL)
    {
      g_string_append (self->out, "sa.Identity(");
      strata_python_write_identity (self, value->identity, FALSE);
      g_string_append_c (self->out, ')');
    }
  else if (value->computed != NULL)
    {
      g_string_append (self->out, "sa.Computed(");
      strata_python_write_sql (self, value->computed->expression);
      if (value->computed->is_persisted != STRATA_UNSAID)
        g_string_append_printf (self->out, ", persisted=%s", value->computed->is_persisted == STRATA_YES ? "True" : "False");
      g_string_append_c (self->out, ')');
    }
  else if (value->expression != NULL)
    write_default_value (self, value->expression);
  else
    g_string_append (self->out, "None");
}

/* ForeignKey() and CheckConstraint() within the column. */
static void
write_inner_constraint (StrataPythonWriter     *self,
                        const StrataConstraint *constraint)
{
  const StrataReference *reference = constraint->reference;
  g_autofree char *target = NULL;

  g_string_append (self->out, ", ");
  if (constraint->kind != STRATA_CONSTRAINT_FOREIGN_KEY)
    {
      strata_python_write_constraint (self, constraint);
      return;
    }
  target = g_strdup_printf ("%s%s%s%s%s", reference->schema != NULL ? reference->schema : "", reference->schema != NULL ? "." : "",
                            reference->table, reference->columns != NULL ? "." : "",
                            reference->columns != NULL ? reference->columns[0] : "");
  g_string_append (self->out, "sa.ForeignKey(");
  strata_python_write_text (self, target);
  if (constraint->name.text != NULL)
    {
      g_string_append (self->out, ", name=");
      strata_python_write_name (self, constraint->name);
    }
  strata_python_write_rules (self, constraint);
  g_string_append_c (self->out, ')');
}

static void
write_flags (StrataPythonWriter *self,
             const StrataColumn *column)
{
  static const char * const autoincrements[] = { NULL, "'ignore_fk'", "True", "False" };

  if (column->has_fetched_value)
    g_string_append (self->out, ", server_default=sa.FetchedValue()");
  if (column->has_python_default)
    strata_python_writer_refuse (self, "a column “%s” with a default of Python's own", column->name);
  if (autoincrements[column->autoincrement] != NULL)
    g_string_append_printf (self->out, ", autoincrement=%s", autoincrements[column->autoincrement]);
  if (column->nullable != STRATA_UNSAID)
    g_string_append_printf (self->out, ", nullable=%s", column->nullable == STRATA_YES ? "True" : "False");
  if (column->is_primary_key)
    g_string_append (self->out, ", primary_key=True");
  if (column->has_index)
    g_string_append (self->out, ", index=True");
  if (column->is_unique)
    g_string_append (self->out, ", unique=True");
}

void
strata_python_write_column (StrataPythonWriter *self,
                            const StrataColumn *column)
{
  const StrataDefault value = { column->server_default, column->identity, column->computed };

  g_string_append (self->out, "sa.Column(");
  strata_python_write_text (self, column->name);
  g_string_append (self->out, ", ");
  strata_python_write_type (self, column->type);

  if (column->identity != NULL || column->computed != NULL)
    {
      g_string_append (self->out, ", ");
      strata_python_write_default (self, &value);
    }
  for (guint i = 0; column->constraints != NULL && column->constraints[i] != NULL; i++)
    write_inner_constraint (self, column->constraints[i]);
  if (column->server_default != NULL)
    {
      g_string_append (self->out, ", server_default=");
      write_default_value (self, column->server_default);
    }
  write_flags (self, column);
  strata_python_write_named (self, "comment", column->comment);
  strata_python_write_options (self, column->options);
  g_string_append_c (self->out, ')');
}
