/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/render/writer.h"

#include <string.h>

void
strata_writer_init (StrataWriter              *self,
                    const StrataServer        *server,
                    const StrataRenderOptions *options)
{
  *self = (StrataWriter) {
    .server = server,
    .options = options,
    .text = g_string_new (NULL),
    .parameters = g_ptr_array_new (),
    .has_literals = TRUE,
  };
}

void
strata_writer_clear (StrataWriter *self)
{
  g_string_free (self->text, TRUE);
  g_ptr_array_unref (self->parameters);
  g_clear_pointer (&self->names, g_hash_table_unref);
  g_clear_pointer (&self->withs, g_ptr_array_unref);
  if (self->with_text != NULL)
    g_string_free (self->with_text, TRUE);
  g_clear_pointer (&self->aliases, g_hash_table_unref);
  g_clear_pointer (&self->relations, g_ptr_array_unref);
  g_clear_error (&self->error);
}

char *
strata_writer_steal_text (StrataWriter *self)
{
  GString *text = self->text;

  if (self->with_text != NULL && self->with_text->len > 0)
    {
      g_string_prepend (text, "\n ");
      g_string_prepend (text, self->with_text->str);
      g_string_prepend (text, self->has_recursive ? "WITH RECURSIVE " : "WITH ");
      self->has_recursive = FALSE;
      g_string_truncate (self->with_text, 0);
      g_ptr_array_set_size (self->withs, 0);
    }
  self->text = g_string_new (NULL);
  g_string_replace (text, "\t", "    ", 0);

  return g_strstrip (g_string_free (text, FALSE));
}

void
strata_writer_put (StrataWriter *self,
                   const char   *text)
{
  g_string_append (self->text, text);
}

void
strata_writer_putf (StrataWriter *self,
                    const char   *format,
                    ...)
{
  va_list args;

  va_start (args, format);
  g_string_append_vprintf (self->text, format, args);
  va_end (args);
}

void
strata_writer_fail (StrataWriter      *self,
                    StrataRenderError  code,
                    const char        *format,
                    ...)
{
  va_list args;

  if (self->error != NULL)
    return;

  va_start (args, format);
  self->error = g_error_new_valist (STRATA_RENDER_ERROR, code, format, args);
  va_end (args);
}

gboolean
strata_writer_doubles (StrataWriter *self)
{
  return self->options->parameters == STRATA_PARAMETERS_PYFORMAT && !self->options->is_online;
}

guint
strata_writer_count (StrataWriter *self,
                     const char   *stem)
{
  guint count;

  if (self->names == NULL)
    self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  count = GPOINTER_TO_UINT (g_hash_table_lookup (self->names, stem)) + 1;
  g_hash_table_insert (self->names, g_strdup (stem), GUINT_TO_POINTER (count));

  return count;
}
