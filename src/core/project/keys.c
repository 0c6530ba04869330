/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/project/keys-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define NAMES_SECTION "strata:names"

static char *
folder_of (const StrataDocument *document)
{
  return g_path_get_dirname (strata_document_get_file (document));
}

void
strata_keys_free (StrataKeys *self)
{
  g_clear_pointer (&self->ini, strata_document_unref);
  g_clear_pointer (&self->toml, strata_document_unref);
  g_clear_pointer (&self->own, strata_document_unref);
  g_free (self->ini_section);
  g_free (self->own_section);
  g_free (self);
}

const char *
strata_keys_get_section (const StrataKeys *self)
{
  return self->ini == NULL && self->toml == NULL ? self->own_section : self->ini_section;
}

static void
report (GPtrArray   *findings,
        StrataPlace  place,
        const char  *message)
{
  if (findings != NULL)
    g_ptr_array_add (findings, strata_finding_new (STRATA_SEVERITY_ERROR, "config-value", place, NULL, "%s", message));
}

/* The error begins with its file and line, which a finding says by itself. */
static const char *
without_place (const char              *message,
               const StrataConfigValue *value)
{
  const char *file = strata_config_value_get_place (value).file;
  const char *end = file != NULL && g_str_has_prefix (message, file) ? strstr (message + strlen (file), ": ") : NULL;

  return end != NULL ? end + 2 : message;
}

static char *
expand_value (StrataDocument          *ini,
              const char              *section,
              const StrataConfigValue *value,
              StrataPlace             *place,
              GPtrArray               *findings)
{
  g_autoptr(GError) error = NULL;
  char *text;

  if (value == NULL)
    return NULL;

  if (place != NULL)
    *place = strata_config_value_get_place (value);

  text = strata_ini_expand (ini, section, value, &error);
  if (text == NULL)
    report (findings, strata_config_value_get_place (value), without_place (error->message, value));

  return text;
}

static char *
expand_ini (StrataDocument *ini,
            const char     *section,
            const char     *key,
            StrataPlace    *place,
            GPtrArray      *findings)
{
  return expand_value (ini, section, ini != NULL ? strata_ini_lookup (ini, section, key) : NULL, place, findings);
}

static char *
expand_other (StrataDocument *ini,
              const char     *section,
              const char     *key,
              StrataPlace    *place)
{
  const StrataConfigValue *value = ini != NULL ? strata_ini_lookup (ini, section, key) : NULL;
  const StrataConfigValue *other = value != NULL ? strata_config_value_get_other (value) : NULL;

  return expand_value (ini, section, other != NULL ? other : value, place, NULL);
}

char *
strata_keys_expand_toml (const StrataDocument    *document,
                         const StrataConfigValue *value,
                         const char              *key,
                         GPtrArray               *findings)
{
  g_autofree char *here = folder_of (document);
  const char *raw = strata_config_value_get_text (value);
  GString *text = g_string_new (NULL);

  for (; *raw != '\0'; raw++)
    {
      if (g_str_has_prefix (raw, "%(here)s"))
        {
          g_string_append (text, here);
          raw += strlen ("%(here)s") - 1;
        }
      else if (*raw == '%' && raw[1] != '%')
        {
          g_autofree char *message = NULL;

          message = g_strdup_printf (_("The value of “%s” has a “%%” that is not “%%%%” or “%%(here)s”"), key);
          report (findings, strata_config_value_get_place (value), message);
          g_string_free (text, TRUE);
          return NULL;
        }
      else
        {
          g_string_append_c (text, *raw);
          raw += *raw == '%';
        }
    }

  return g_string_free (text, FALSE);
}

static const StrataConfigValue *
lookup_toml (const StrataKeys *self,
             const char       *key)
{
  if (self->toml == NULL)
    return NULL;

  return strata_config_value_lookup_path (strata_document_get_root (self->toml), "tool", "alembic", key, NULL);
}

static void
report_kind (GPtrArray               *findings,
             const StrataConfigValue *value,
             const char              *key,
             const char              *wanted)
{
  g_autofree char *message = g_strdup_printf (_("“%s” must be %s, not %s"), key, wanted,
                                              strata_config_kind_get_name (strata_config_value_get_kind (value)));

  report (findings, strata_config_value_get_place (value), message);
}

static char *
dup_toml (const StrataKeys *self,
          const char       *key,
          StrataPlace      *place,
          GPtrArray        *findings)
{
  const StrataConfigValue *value = lookup_toml (self, key);

  if (value == NULL)
    return NULL;

  if (place != NULL)
    *place = strata_config_value_get_place (value);

  if (strata_config_value_get_kind (value) == STRATA_CONFIG_INTEGER)
    return g_strdup (strata_config_value_get_text (value));
  if (strata_config_value_get_kind (value) == STRATA_CONFIG_STRING)
    return strata_keys_expand_toml (self->toml, value, key, findings);

  report_kind (findings, value, key, _("a string"));

  return NULL;
}

static gboolean
ini_has (const StrataKeys *self,
         const char       *key)
{
  return self->ini != NULL && strata_ini_lookup (self->ini, self->ini_section, key) != NULL;
}

char *
strata_keys_dup (const StrataKeys *self,
                 const char       *key,
                 StrataPlace      *place,
                 GPtrArray        *findings)
{
  if (ini_has (self, key))
    return expand_ini (self->ini, self->ini_section, key, place, findings);
  if (lookup_toml (self, key) != NULL)
    return dup_toml (self, key, place, findings);

  return strata_keys_dup_own (self, key, place, findings);
}

char *
strata_keys_dup_own (const StrataKeys *self,
                     const char       *key,
                     StrataPlace      *place,
                     GPtrArray        *findings)
{
  return expand_ini (self->own, self->own_section, key, place, findings);
}

char *
strata_keys_dup_ini (const StrataKeys *self,
                     const char       *section,
                     const char       *key,
                     StrataPlace      *place,
                     GPtrArray        *findings)
{
  return expand_ini (self->ini, section != NULL ? section : self->ini_section, key, place, findings);
}

char *
strata_keys_dup_other_own (const StrataKeys *self,
                           const char       *key,
                           StrataPlace      *place)
{
  return expand_other (self->own, self->own_section, key, place);
}

char *
strata_keys_dup_other_ini (const StrataKeys *self,
                           const char       *section,
                           const char       *key,
                           StrataPlace      *place)
{
  return expand_other (self->ini, section != NULL ? section : self->ini_section, key, place);
}

const char *
strata_keys_get_ini_raw (const StrataKeys *self,
                         const char       *section,
                         const char       *key,
                         StrataPlace      *place)
{
  const StrataConfigValue *value = self->ini != NULL
                                   ? strata_ini_lookup (self->ini, section != NULL ? section : self->ini_section, key)
                                   : NULL;

  if (value == NULL)
    return NULL;

  if (place != NULL)
    *place = strata_config_value_get_place (value);

  return strata_config_value_get_text (value);
}

gboolean
strata_keys_get_flag (const StrataKeys *self,
                      const char       *key,
                      GPtrArray        *findings)
{
  const StrataConfigValue *value = lookup_toml (self, key);
  g_autofree char *text = NULL;

  if (ini_has (self, key) || value == NULL)
    {
      text = strata_keys_dup (self, key, NULL, findings);
      return g_strcmp0 (text, "true") == 0;
    }

  if (strata_config_value_get_kind (value) != STRATA_CONFIG_BOOLEAN)
    report_kind (findings, value, key, _("true or false"));

  return strata_config_value_get_boolean (value);
}

/* The character that a list is split at; '\0' where nothing says it. */
static char
find_separator (const StrataKeys *self,
                const char       *older_key,
                GPtrArray        *findings)
{
  static const struct
  {
    const char *name;
    char        separator;
  } separators[] = {
    { "space", ' ' }, { "newline", '\n' }, { "os", G_SEARCHPATH_SEPARATOR }, { ":", ':' }, { ";", ';' },
  };
  const char *key = "path_separator";
  StrataPlace place = { 0 };
  g_autofree char *name = strata_keys_dup (self, key, &place, findings);
  g_autofree char *message = NULL;

  if (name == NULL && older_key != NULL)
    {
      key = older_key;
      name = strata_keys_dup (self, key, &place, findings);
    }

  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (separators); i++)
    if (g_str_equal (name, separators[i].name))
      return separators[i].separator;

  if (name != NULL)
    {
      message = g_strdup_printf ("'%s' is not a valid value for %s; expected 'space', 'newline', 'os', ':', ';'",
                                 name, key);
      report (findings, place, message);
    }

  return '\0';
}

/* The old rule splits at blanks too; those of the project's own folder do not count, so that "%(here)s/versions"
 * works in "My Projects" (where Alembic would be lost). */
static GStrv
split_by_old_rule (const char *text,
                   const char *here,
                   const char *old_rule)
{
  g_auto(GStrv) around_here = g_strsplit (text, here, -1);
  g_autofree char *guarded = g_strjoinv ("\001", around_here);
  GStrv parts = g_regex_split_simple (old_rule, guarded, 0, 0);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_auto(GStrv) pieces = g_strsplit (parts[i], "\001", -1);

      g_free (parts[i]);
      parts[i] = g_strjoinv (here, pieces);
    }

  return parts;
}

static GStrv
split_paths (const StrataKeys     *self,
             const StrataDocument *document,
             const char           *text,
             const char           *older_separator_key,
             const char           *old_rule,
             GPtrArray            *findings)
{
  char separator[2] = { find_separator (self, older_separator_key, findings), '\0' };
  g_autofree char *here = folder_of (document);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) parts = NULL;

  if (*separator != '\0')
    parts = g_strsplit (text, separator, -1);
  else
    parts = split_by_old_rule (text, here, old_rule);

  for (guint i = 0; parts[i] != NULL; i++)
    if (*g_strstrip (parts[i]) != '\0')
      g_strv_builder_add (builder, parts[i]);

  return g_strv_builder_end (builder);
}

static GStrv
dup_toml_list (const StrataKeys        *self,
               const StrataConfigValue *value,
               const char              *key,
               GPtrArray               *findings)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  if (strata_config_value_get_kind (value) != STRATA_CONFIG_ARRAY)
    report_kind (findings, value, key, _("a list of strings"));

  for (guint i = 0; i < strata_config_value_get_size (value); i++)
    {
      const StrataConfigValue *element = strata_config_value_get_element (value, i);
      g_autofree char *text = NULL;

      if (strata_config_value_get_kind (element) != STRATA_CONFIG_STRING)
        {
          report_kind (findings, element, key, _("a list of strings"));
          continue;
        }

      text = strata_keys_expand_toml (self->toml, element, key, findings);
      if (text != NULL)
        g_strv_builder_add (builder, text);
    }

  return g_strv_builder_end (builder);
}

GStrv
strata_keys_dup_paths (const StrataKeys *self,
                       const char       *key,
                       const char       *older_separator_key,
                       const char       *old_rule,
                       GPtrArray        *findings)
{
  g_autofree char *text = expand_ini (self->ini, self->ini_section, key, NULL, findings);
  const StrataConfigValue *value = lookup_toml (self, key);

  /* An empty value of the ini leaves the word to the TOML file, as in Alembic. */
  if (text != NULL && *text != '\0')
    return split_paths (self, self->ini, text, older_separator_key, old_rule, findings);
  if (value != NULL)
    return dup_toml_list (self, value, key, findings);

  g_free (text);
  text = strata_keys_dup_own (self, key, NULL, findings);
  if (text != NULL)
    return split_paths (self, self->own, text, older_separator_key, old_rule, findings);

  return g_new0 (char *, 1);
}

GStrv
strata_keys_dup_names (const StrataKeys *self,
                       GPtrArray        *findings)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  const StrataConfigValue *names = self->own != NULL
                                   ? strata_config_value_lookup (strata_document_get_root (self->own), NAMES_SECTION)
                                   : NULL;

  for (guint i = 0; names != NULL && i < strata_config_value_get_size (names); i++)
    {
      const char *name = strata_config_value_get_key (names, i);
      g_autofree char *meaning = expand_ini (self->own, NAMES_SECTION, name, NULL, findings);

      if (meaning != NULL)
        g_strv_builder_add_many (builder, name, meaning, NULL);
    }

  return g_strv_builder_end (builder);
}
