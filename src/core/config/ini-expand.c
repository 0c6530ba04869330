/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/config/ini.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/error.h"
#include "core/config/scanner.h"
#include "core/config/value-private.h"

/* As ConfigParser's MAX_INTERPOLATION_DEPTH. The other two are ours: ten levels of many references each would grow
 * without end. */
#define DEEPEST_REFERENCE 10
#define MOST_REFERENCES   100000
#define LONGEST_VALUE     (1024 * 1024)

gboolean
strata_ini_has_section (StrataDocument *self,
                        const char     *section)
{
  return strata_config_value_lookup (strata_document_get_root (self), section) != NULL;
}

const StrataConfigValue *
strata_ini_lookup (StrataDocument *self,
                   const char     *section,
                   const char     *key)
{
  const StrataConfigValue *root = strata_document_get_root (self);
  const StrataConfigValue *table = strata_config_value_lookup (root, section);
  const StrataConfigValue *value = NULL;
  g_autofree char *name = NULL;

  if (table == NULL)
    return NULL;

  name = strata_lower (key, -1);
  value = strata_config_value_lookup (table, name);
  if (value == NULL)
    value = strata_config_value_lookup (strata_config_value_lookup (root, STRATA_INI_DEFAULT), name);

  return value;
}

typedef struct
{
  StrataDocument *document;
  const char     *section;
  GString        *result;
  guint           n_references;
} Expansion;

static void
set_value_error (const StrataConfigValue  *value,
                 GError                  **error,
                 const char               *format,
                 ...) G_GNUC_PRINTF (3, 4);

static void
set_value_error (const StrataConfigValue  *value,
                 GError                  **error,
                 const char               *format,
                 ...)
{
  StrataPlace place = strata_config_value_get_key_place (value);
  g_autofree char *where = NULL;
  g_autofree char *what = NULL;
  va_list args;

  place.column = 0;
  where = strata_place_to_string (place);

  va_start (args, format);
  what = g_strdup_vprintf (format, args);
  va_end (args);

  /* Translators: a place, a key, and what is wrong with its value, such as “grows beyond all measure”. */
  g_set_error (error, STRATA_ERROR, STRATA_ERROR_BAD_INPUT, _("%s: the value of “%s” %s"),
               where, value->key, what);
}

static gboolean expand_into (Expansion                *expansion,
                             const StrataConfigValue  *value,
                             guint                     depth,
                             GError                  **error);

/* At "%(": the value of the name, as %(name)s says it. */
static gboolean
expand_reference (Expansion                *expansion,
                  const StrataConfigValue  *value,
                  const char              **at,
                  guint                     depth,
                  GError                  **error)
{
  const char *name = *at + 2;
  const char *close = strchr (name, ')');
  const StrataConfigValue *other;
  g_autofree char *key = NULL;

  if (close == NULL || close == name || close[1] != 's')
    {
      set_value_error (value, error, _("has a “%%(” that is not “%%(name)s”; a literal %% is written %%%%"));
      return FALSE;
    }

  key = g_strndup (name, close - name);
  other = strata_ini_lookup (expansion->document, expansion->section, key);
  if (other == NULL)
    {
      set_value_error (value, error,
                       _("has “%%(%s)s”, but there is no key “%s” in [%s] or [%s]; a literal %% is written %%%%"),
                       key, key, expansion->section, STRATA_INI_DEFAULT);
      return FALSE;
    }

  if (++expansion->n_references > MOST_REFERENCES)
    {
      set_value_error (value, error, _("refers to too many other values"));
      return FALSE;
    }

  *at = close + 2;

  return expand_into (expansion, other, depth + 1, error);
}

static gboolean
expand_into (Expansion                *expansion,
             const StrataConfigValue  *value,
             guint                     depth,
             GError                  **error)
{
  const char *text = value->text;

  /* ConfigParser does not count a value in which there is nothing to replace. */
  if (depth > DEEPEST_REFERENCE && strchr (text, '%') != NULL)
    {
      set_value_error (value, error, _("refers to itself, or through more than %d other values"), DEEPEST_REFERENCE);
      return FALSE;
    }

  while (*text != '\0')
    {
      const char *percent = strchrnul (text, '%');

      g_string_append_len (expansion->result, text, percent - text);
      text = percent;

      if (expansion->result->len > LONGEST_VALUE)
        {
          set_value_error (value, error, _("grows beyond all measure"));
          return FALSE;
        }

      if (g_str_has_prefix (text, "%%"))
        {
          g_string_append_c (expansion->result, '%');
          text += 2;
        }
      else if (g_str_has_prefix (text, "%("))
        {
          if (!expand_reference (expansion, value, &text, depth, error))
            return FALSE;
        }
      else if (*text != '\0')
        {
          set_value_error (value, error, _("has a single “%%”; a literal %% is written %%%%"));
          return FALSE;
        }
    }

  return TRUE;
}

char *
strata_ini_expand (StrataDocument           *self,
                   const char               *section,
                   const StrataConfigValue  *value,
                   GError                  **error)
{
  g_autoptr(GString) result = g_string_new (NULL);
  Expansion expansion = { self, section, result, 0 };

  g_return_val_if_fail (value->kind == STRATA_CONFIG_STRING, NULL);

  if (!expand_into (&expansion, value, 1, error))
    return NULL;

  return g_string_free (g_steal_pointer (&result), FALSE);
}
