/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/project/env-world.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/files.h"
#include "core/config/dotenv.h"

struct _StrataWorld
{
  const StrataKeys     *keys;
  const char           *base;
  const char * const   *environment;
  const char * const   *x_args;
  GHashTable           *files;          /* path, owned → StrataDocument or NULL where there is none; owned */
  StrataWorldRule       rule;
  const StrataEnvValue *uncertain;      /* a variable that an unknown file may have */
};

/* A variable's value and where it stands; all zero where there is none. */
typedef struct
{
  const char *text;
  const char *entry;      /* begins with the variable's name */
  const char *file;       /* NULL: the environment */
  guint       line;
} Variable;

static void
document_unref (gpointer document)
{
  if (document != NULL)
    strata_document_unref (document);
}

StrataWorld *
strata_world_new (const StrataKeys   *keys,
                  const char         *base,
                  const char * const *environment,
                  const char * const *x_args)
{
  StrataWorld *self = g_new0 (StrataWorld, 1);

  self->keys = keys;
  self->base = base;
  self->environment = environment;
  self->x_args = x_args;
  self->files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, document_unref);

  return self;
}

void
strata_world_free (StrataWorld *self)
{
  g_hash_table_unref (self->files);
  g_free (self);
}

/* A .env that cannot be read says nothing, as for python-dotenv. */
static StrataDocument *
read_file (StrataWorld *self,
           const char  *path,
           gboolean     overrides)
{
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autofree char *key = g_strconcat (overrides ? "override:" : "plain:", path, NULL);
  g_autofree char *text = NULL;
  StrataDocument *document = NULL;
  gpointer known;
  gsize length;

  if (g_hash_table_lookup_extended (self->files, key, NULL, &known))
    return known;

  text = strata_file_read (path, &length, NULL);
  if (text != NULL)
    document = strata_dotenv_parse (path, text, length, self->environment, overrides, findings);
  g_hash_table_insert (self->files, g_steal_pointer (&key), document);

  return document;
}

/* python-dotenv's search: the folder, then those above it. */
static char *
find_upwards (const char *folder)
{
  g_autofree char *here = g_strdup (folder);

  while (TRUE)
    {
      g_autofree char *file = g_build_filename (here, ".env", NULL);
      g_autofree char *parent = g_path_get_dirname (here);

      if (g_file_test (file, G_FILE_TEST_IS_REGULAR))
        return g_steal_pointer (&file);
      if (g_str_equal (parent, here))
        return NULL;

      g_free (here);
      here = g_steal_pointer (&parent);
    }
}

static gboolean
same_name (const char *a,
           const char *b,
           gboolean    any_case)
{
  return any_case ? g_ascii_strcasecmp (a, b) == 0 : strcmp (a, b) == 0;
}

static gboolean
find_in_file (StrataWorld         *self,
              const StrataEnvFile *file,
              const char          *name,
              gboolean             any_case,
              Variable            *found)
{
  g_autofree char *start = g_canonicalize_filename (file->path, self->base);
  g_autofree char *path = file->upwards ? find_upwards (start) : g_strdup (start);
  StrataDocument *document = path != NULL ? read_file (self, path, file->overrides) : NULL;
  const StrataConfigValue *root;

  if (document == NULL)
    return FALSE;

  root = strata_document_get_root (document);
  for (guint i = 0; i < strata_config_value_get_size (root); i++)
    {
      const StrataConfigValue *value = strata_config_value_get_element (root, i);

      if (!same_name (strata_config_value_get_key (root, i), name, any_case))
        continue;

      found->text = strata_config_value_get_text (value);
      found->entry = strata_config_value_get_key (root, i);
      found->file = strata_document_get_file (document);
      found->line = strata_config_value_get_place (value).line;
      return TRUE;
    }

  return FALSE;
}

static gboolean
find_in_environment (StrataWorld *self,
                     const char  *name,
                     gboolean     any_case,
                     Variable    *found)
{
  for (guint i = 0; self->environment != NULL && self->environment[i] != NULL; i++)
    {
      const char *equals = strchr (self->environment[i], '=');
      g_autofree char *key = equals != NULL ? g_strndup (self->environment[i], equals - self->environment[i]) : NULL;

      if (key != NULL && same_name (key, name, any_case))
        {
          *found = (Variable) { equals + 1, self->environment[i], NULL, 0 };
          return TRUE;
        }
    }

  return FALSE;
}

/* Files of one kind: those that win over the environment, or those that come after it. */
static gboolean
find_in_files (StrataWorld          *self,
               const StrataEnvValue *variable,
               gboolean              overriding,
               Variable             *found)
{
  guint n_files;
  const StrataEnvFile *files = strata_env_value_get_files (variable, &n_files);

  for (guint i = 0; i < n_files; i++)
    {
      if ((files[i].overrides || self->rule == STRATA_RULE_FILES_FIRST) != overriding)
        continue;

      if (files[i].path == NULL)
        self->uncertain = variable;
      else if (find_in_file (self, &files[i], strata_env_value_get_text (variable),
                             strata_env_value_ignores_case (variable), found))
        return TRUE;
    }

  return FALSE;
}

static gboolean
find_variable (StrataWorld          *self,
               const StrataEnvValue *variable,
               Variable             *found)
{
  gboolean ignores_empty = strata_env_value_ignores_empty (variable);

  if (find_in_files (self, variable, TRUE, found) && !(ignores_empty && *found->text == '\0'))
    return TRUE;
  if (!strata_env_value_is_only_in_files (variable) &&
      find_in_environment (self, strata_env_value_get_text (variable), strata_env_value_ignores_case (variable), found) &&
      !(ignores_empty && *found->text == '\0'))
    return TRUE;

  return find_in_files (self, variable, FALSE, found) && !(ignores_empty && *found->text == '\0');
}

static char *
get_variable (const StrataEnvValue *variable,
              gpointer              data)
{
  Variable found = { NULL };

  return find_variable (data, variable, &found) ? g_strdup (found.text) : NULL;
}

static char *
find_key (StrataWorld          *self,
          const StrataEnvValue *key,
          StrataPlace          *place)
{
  const StrataEnvValue *part = strata_env_value_get_section_part (key);
  const char *section = strata_env_value_get_section (key);
  const char *name = strata_env_value_get_text (key);
  g_autofree char *computed = NULL;

  if (part != NULL)
    {
      strata_env_value_evaluate (part, &strata_world_functions, self, &computed, NULL, NULL);
      section = computed;
    }
  if (strata_env_value_is_raw (key))
    return g_strdup (strata_keys_get_ini_raw (self->keys, section, name, place));

  return self->rule == STRATA_RULE_OTHER_KEYS ? strata_keys_dup_other_ini (self->keys, section, name, place)
                                              : strata_keys_dup_ini (self->keys, section, name, place, NULL);
}

static char *
get_ini_key (const StrataEnvValue *key,
             gpointer              data)
{
  return find_key (data, key, NULL);
}

/* get_x_argument (as_dictionary=True): the last one of a name counts, one without "=" is empty. */
static char *
get_x_argument (const StrataEnvValue *argument,
                gpointer              data)
{
  StrataWorld *self = data;
  const char *name = strata_env_value_get_text (argument);
  const char *found = NULL;
  gsize length = strlen (name);

  for (guint i = 0; self->x_args != NULL && self->x_args[i] != NULL; i++)
    {
      const char *rest = g_str_has_prefix (self->x_args[i], name) ? self->x_args[i] + length : "no";

      if (*rest == '=' || *rest == '\0')
        found = rest + (*rest == '=');
    }

  return g_strdup (found);
}

static gboolean
exists (const char *path,
        GFileTest   test,
        gpointer    data)
{
  StrataWorld *self = data;
  g_autofree char *absolute = g_canonicalize_filename (path, self->base);

  return g_file_test (absolute, test);
}

const StrataEnvWorld strata_world_functions = {
  .ini_key = get_ini_key,
  .variable = get_variable,
  .x_argument = get_x_argument,
  .exists = exists,
};

StrataEnvOutcome
strata_world_evaluate (StrataWorld           *self,
                       const StrataEnvValue  *value,
                       StrataWorldRule        rule,
                       char                 **text,
                       GPtrArray             *used,
                       const StrataEnvValue **culprit)
{
  StrataEnvOutcome outcome;

  self->rule = rule;
  self->uncertain = NULL;
  outcome = strata_env_value_evaluate (value, &strata_world_functions, self, text, used, culprit);
  self->rule = STRATA_RULE_PYTHON;

  if (self->uncertain == NULL)
    return outcome;

  g_clear_pointer (text, g_free);
  if (culprit != NULL)
    *culprit = self->uncertain;

  return STRATA_ENV_IS_UNKNOWN;
}

void
strata_found_clear (StrataFound *found)
{
  g_clear_pointer (&found->name, g_free);
  g_clear_pointer (&found->file, g_free);
}

static StrataFound
find_origin_of_variable (StrataWorld          *self,
                         const StrataEnvValue *part)
{
  StrataFound found = { STRATA_ORIGIN_NOWHERE };
  Variable variable = { NULL };

  if (find_variable (self, part, &variable))
    {
      found.origin = variable.file != NULL ? STRATA_ORIGIN_DOTENV : STRATA_ORIGIN_ENVIRONMENT;
      found.name = g_strndup (variable.entry, strlen (strata_env_value_get_text (part)));
      found.file = g_strdup (variable.file);
      found.line = variable.line;
    }

  return found;
}

static StrataFound
find_origin_of_key (StrataWorld          *self,
                    const StrataEnvValue *part)
{
  StrataPlace place = { 0 };
  g_autofree char *text = find_key (self, part, &place);

  if (text == NULL)
    return (StrataFound) { STRATA_ORIGIN_NOWHERE };

  return (StrataFound) {
    STRATA_ORIGIN_CONFIG, g_strdup (strata_env_value_get_text (part)), g_strdup (place.file), place.line
  };
}

/* The whole of a file goes by the file's own name. */
static StrataFound
find_origin_of_entry (const StrataEnvValue *part)
{
  StrataPlace place = strata_env_value_get_place (part);
  const char *name = strata_env_value_get_entry (part);

  return (StrataFound) {
    STRATA_ORIGIN_CONFIG, *name != '\0' ? g_strdup (name) : g_strdup (_("what is written")), g_strdup (place.file),
                                                                      place.line
  };
}

static StrataFound
find_origin (StrataWorld          *self,
             const StrataEnvValue *part)
{
  g_autofree char *text = NULL;

  switch (strata_env_value_get_kind (part))
    {
    case STRATA_ENV_VARIABLE:
      return find_origin_of_variable (self, part);

    case STRATA_ENV_INI_KEY:
      return find_origin_of_key (self, part);

    case STRATA_ENV_X_ARGUMENT:
      text = get_x_argument (part, self);
      return (StrataFound) {
        text != NULL ? STRATA_ORIGIN_X_ARGUMENT : STRATA_ORIGIN_NOWHERE, g_strdup (strata_env_value_get_text (part))
      };

    case STRATA_ENV_ENTRY:
      return find_origin_of_entry (part);

    case STRATA_ENV_LITERAL:
    case STRATA_ENV_COMPUTED:
      return (StrataFound) { STRATA_ORIGIN_CODE };

    case STRATA_ENV_UNKNOWN:
    default:
      return (StrataFound) { STRATA_ORIGIN_NOWHERE };
    }
}

StrataFound
strata_world_find (StrataWorld          *self,
                   const StrataEnvValue *part,
                   StrataWorldRule       rule)
{
  StrataFound found;

  self->rule = rule;
  found = find_origin (self, part);
  self->rule = STRATA_RULE_PYTHON;

  return found;
}
