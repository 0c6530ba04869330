/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/config/value-private.h"

#include <glib/gi18n-lib.h>
#include <stdarg.h>

StrataConfigValue *
strata_config_value_new (StrataConfigKind kind,
                         StrataPlace      place)
{
  StrataConfigValue *self = g_new0 (StrataConfigValue, 1);

  self->kind = kind;
  self->file = place.file;
  self->line = self->key_line = place.line;
  self->column = self->key_column = place.column;

  if (kind == STRATA_CONFIG_ARRAY || kind == STRATA_CONFIG_TABLE)
    self->elements = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_config_value_free);
  if (kind == STRATA_CONFIG_TABLE)
    self->by_key = g_hash_table_new (g_str_hash, g_str_equal);

  return self;
}

/* Takes the text. */
StrataConfigValue *
strata_config_value_new_text (StrataConfigKind  kind,
                              StrataPlace       place,
                              char             *text)
{
  StrataConfigValue *self = strata_config_value_new (kind, place);

  self->text = text;

  return self;
}

static void
clear (StrataConfigValue *self)
{
  g_clear_pointer (&self->by_key, g_hash_table_unref);
  g_clear_pointer (&self->elements, g_ptr_array_unref);
  g_clear_pointer (&self->key, g_free);
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->other, strata_config_value_free);
}

void
strata_config_value_free (StrataConfigValue *self)
{
  clear (self);
  g_free (self);
}

StrataConfigValue *
strata_config_array_add (StrataConfigValue *self,
                         StrataConfigValue *value)
{
  g_assert (self->kind == STRATA_CONFIG_ARRAY);

  g_ptr_array_add (self->elements, value);

  return value;
}

StrataConfigValue *
strata_config_table_set (StrataConfigValue *self,
                         const char        *key,
                         StrataPlace        key_place,
                         StrataConfigValue *value)
{
  StrataConfigValue *old = strata_config_table_edit (self, key);

  value->key_line = key_place.line;
  value->key_column = key_place.column;

  if (old != NULL)
    {
      value->key = g_steal_pointer (&old->key);
      clear (old);
      *old = *value;
      g_free (value);
      return old;
    }

  value->key = g_strdup (key);
  g_ptr_array_add (self->elements, value);
  g_hash_table_insert (self->by_key, value->key, value);

  return value;
}

StrataConfigValue *
strata_config_table_edit (StrataConfigValue *self,
                          const char        *key)
{
  g_assert (self->kind == STRATA_CONFIG_TABLE);

  return g_hash_table_lookup (self->by_key, key);
}

StrataConfigKind
strata_config_value_get_kind (const StrataConfigValue *self)
{
  return self->kind;
}

/* What stands in a sentence: "must be a string, not an array". */
const char *
strata_config_kind_get_name (StrataConfigKind kind)
{
  static const char * const names[] = {
    [STRATA_CONFIG_STRING] = N_("a string"),
    [STRATA_CONFIG_INTEGER] = N_("an integer"),
    [STRATA_CONFIG_FLOAT] = N_("a number"),
    [STRATA_CONFIG_BOOLEAN] = N_("a boolean"),
    [STRATA_CONFIG_DATE] = N_("a date or time"),
    [STRATA_CONFIG_NULL] = N_("nothing"),
    [STRATA_CONFIG_ARRAY] = N_("an array"),
    [STRATA_CONFIG_TABLE] = N_("a table"),
  };

  g_return_val_if_fail (kind < G_N_ELEMENTS (names), NULL);

  return _(names[kind]);
}

StrataPlace
strata_config_value_get_place (const StrataConfigValue *self)
{
  return (StrataPlace) { self->file, self->line, self->column };
}

StrataPlace
strata_config_value_get_key_place (const StrataConfigValue *self)
{
  return (StrataPlace) { self->file, self->key_line, self->key_column };
}

const char *
strata_config_value_get_text (const StrataConfigValue *self)
{
  return self->text;
}

const StrataConfigValue *
strata_config_value_get_other (const StrataConfigValue *self)
{
  return self->other;
}

gint64
strata_config_value_get_integer (const StrataConfigValue *self)
{
  return self->kind == STRATA_CONFIG_INTEGER ? self->integer : 0;
}

double
strata_config_value_get_float (const StrataConfigValue *self)
{
  return self->kind == STRATA_CONFIG_FLOAT ? self->number : 0.0;
}

gboolean
strata_config_value_get_boolean (const StrataConfigValue *self)
{
  return self->kind == STRATA_CONFIG_BOOLEAN && self->integer != 0;
}

guint
strata_config_value_get_size (const StrataConfigValue *self)
{
  return self->elements != NULL ? self->elements->len : 0;
}

const StrataConfigValue *
strata_config_value_get_element (const StrataConfigValue *self,
                                 guint                    index)
{
  g_return_val_if_fail (index < strata_config_value_get_size (self), NULL);

  return g_ptr_array_index (self->elements, index);
}

const char *
strata_config_value_get_key (const StrataConfigValue *self,
                             guint                    index)
{
  const StrataConfigValue *element = strata_config_value_get_element (self, index);

  return element != NULL ? element->key : NULL;
}

const StrataConfigValue *
strata_config_value_lookup (const StrataConfigValue *self,
                            const char              *key)
{
  if (self == NULL || self->kind != STRATA_CONFIG_TABLE)
    return NULL;

  return g_hash_table_lookup (self->by_key, key);
}

const StrataConfigValue *
strata_config_value_lookup_path (const StrataConfigValue *self,
                                 ...)
{
  va_list keys;

  va_start (keys, self);
  for (const char *key = va_arg (keys, const char *); key != NULL; key = va_arg (keys, const char *))
    self = strata_config_value_lookup (self, key);
  va_end (keys);

  return self;
}
