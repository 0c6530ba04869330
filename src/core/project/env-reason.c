/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/project/database-choice-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/project/project-private.h"

/* Parts that stand in one place: variables of one file, say. */
typedef struct
{
  StrataOrigin  origin;
  char         *file;     /* or NULL */
  guint         line;     /* of the first one's value */
  GPtrArray    *names;    /* char*, owned */
} Group;

static void
group_free (gpointer data)
{
  Group *group = data;

  g_free (group->file);
  g_ptr_array_unref (group->names);
  g_free (group);
}

static Group *
find_group (GPtrArray    *groups,
            StrataOrigin  origin,
            const char   *file)
{
  Group *group;

  for (guint i = 0; i < groups->len; i++)
    {
      group = g_ptr_array_index (groups, i);
      if (group->origin == origin && g_strcmp0 (group->file, file) == 0)
        return group;
    }

  group = g_new0 (Group, 1);
  group->origin = origin;
  group->file = g_strdup (file);
  group->names = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (groups, group);

  return group;
}

static void
add_part (GPtrArray            *groups,
          StrataWorld          *world,
          const StrataEnvValue *part,
          StrataWorldRule       rule)
{
  g_auto(StrataFound) found = strata_world_find (world, part, rule);
  Group *group;

  if (found.origin == STRATA_ORIGIN_NOWHERE || found.origin == STRATA_ORIGIN_CODE)
    return;

  group = find_group (groups, found.origin, found.file);
  if (group->names->len == 0)
    group->line = found.line;
  if (!g_ptr_array_find_with_equal_func (group->names, found.name, g_str_equal, NULL))
    g_ptr_array_add (group->names, g_steal_pointer (&found.name));
}

/* "a", "a and b", "a, b and c". */
static void
append_list (GString   *text,
             GPtrArray *names)
{
  for (guint i = 0; i < names->len; i++)
    g_string_append_printf (text, "%s%s", i == 0 ? "" : i + 1 == names->len ? _(" and ") : ", ",
                            (char *) g_ptr_array_index (names, i));
}

static char *
describe_group (const StrataProject *project,
                const Group         *group,
                gboolean             is_blank)
{
  g_autoptr(GString) names = g_string_new (group->origin == STRATA_ORIGIN_X_ARGUMENT ? "-x " : NULL);
  g_autofree char *shown = group->file != NULL ? strata_project_dup_shown_path (project, group->file) : NULL;
  gboolean has_line = (group->origin == STRATA_ORIGIN_CONFIG || (is_blank && shown != NULL)) && group->names->len == 1;

  append_list (names, group->names);
  if (group->origin == STRATA_ORIGIN_ENVIRONMENT)
    return g_strdup_printf (_("%s from the environment"), names->str);
  if (shown == NULL)
    return g_string_free (g_steal_pointer (&names), FALSE);

  return has_line ? g_strdup_printf (_("%s from %s line %u"), names->str, shown, group->line)
                  : g_strdup_printf (_("%s from %s"), names->str, shown);
}

static char *
describe_place (const StrataProject  *project,
                const StrataEnvValue *value)
{
  StrataPlace place = strata_env_value_get_reader (value);
  const char *file = place.file != NULL ? place.file : project->env_script;
  g_autofree char *shown = strata_project_dup_shown_path (project, file);

  return place.line > 0 ? g_strdup_printf (_("%s line %u"), shown, place.line) : g_steal_pointer (&shown);
}

static StrataDatabaseSource
source_of (const Group *group)
{
  switch (group->origin)
    {
    case STRATA_ORIGIN_CONFIG:
      return STRATA_SOURCE_CONFIG;
    case STRATA_ORIGIN_DOTENV:
      return STRATA_SOURCE_DOTENV;
    case STRATA_ORIGIN_X_ARGUMENT:
      return STRATA_SOURCE_OPTION;
    case STRATA_ORIGIN_ENVIRONMENT:
      return STRATA_SOURCE_ENVIRONMENT;
    case STRATA_ORIGIN_CODE:
    case STRATA_ORIGIN_NOWHERE:
    default:
      return STRATA_SOURCE_CODE;
    }
}

/* What stands outside of the code first; the place is of the first such part, or of the literal. */
static const StrataEnvValue *
find_reader (StrataWorld          *world,
             GPtrArray            *parts,
             const StrataEnvValue *value,
             StrataWorldRule       rule)
{
  /* Of variables that were looked for and are not there, none is read. */
  for (guint i = 0; i < parts->len; i++)
    {
      g_auto(StrataFound) found = strata_world_find (world, g_ptr_array_index (parts, i), rule);

      if (found.origin != STRATA_ORIGIN_NOWHERE && found.origin != STRATA_ORIGIN_CODE)
        return g_ptr_array_index (parts, i);
    }

  for (guint i = 0; i < parts->len; i++)
    {
      StrataEnvKind kind = strata_env_value_get_kind (g_ptr_array_index (parts, i));

      if (kind == STRATA_ENV_VARIABLE || kind == STRATA_ENV_INI_KEY || kind == STRATA_ENV_X_ARGUMENT)
        return g_ptr_array_index (parts, i);
    }

  return parts->len > 0 ? g_ptr_array_index (parts, 0) : value;
}

/* The literal that is the whole answer, where others only chose it. */
static const StrataEnvValue *
find_literal (GPtrArray  *parts,
              const char *text)
{
  for (guint i = 0; i < parts->len; i++)
    {
      const StrataEnvValue *part = g_ptr_array_index (parts, i);

      if (strata_env_value_get_kind (part) == STRATA_ENV_LITERAL &&
          g_strcmp0 (strata_env_value_get_text (part), text) == 0)
        return part;
    }

  return NULL;
}

/* "A and B from .env and C from the environment"; the number of names in it. */
static char *
describe_groups (const StrataProject *project,
                 GPtrArray           *groups,
                 gboolean             is_blank,
                 guint               *n_names)
{
  g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  GString *list = g_string_new (NULL);

  *n_names = 0;
  for (guint i = 0; i < groups->len; i++)
    {
      const Group *group = g_ptr_array_index (groups, i);

      g_ptr_array_add (texts, describe_group (project, group, is_blank));
      *n_names += group->names->len;
    }
  append_list (list, texts);

  return g_string_free (list, FALSE);
}

char *
strata_env_reason (const StrataProject   *project,
                   StrataWorld           *world,
                   const StrataEnvValue  *value,
                   const char            *text,
                   GPtrArray             *parts,
                   StrataWorldRule        rule,
                   StrataDatabaseSource  *source)
{
  g_autoptr(GPtrArray) groups = g_ptr_array_new_with_free_func (group_free);
  const StrataEnvValue *literal = find_literal (parts, text);
  g_autofree char *place = describe_place (project, literal != NULL ? literal : find_reader (world, parts, value, rule));
  g_autofree char *list = NULL;
  guint n_names;

  for (guint i = 0; i < parts->len; i++)
    add_part (groups, world, g_ptr_array_index (parts, i), rule);

  /* Of what is set to nothing the line says where to fill it in. */
  list = describe_groups (project, groups, text[strspn (text, " \t\r\n")] == '\0', &n_names);
  *source = literal != NULL || groups->len == 0 ? STRATA_SOURCE_CODE : source_of (g_ptr_array_index (groups, 0));

  if (*source != STRATA_SOURCE_CODE)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s, because %s reads it", "%s, because %s reads them",
                                         n_names), list, place);

  return groups->len > 0 ? g_strdup_printf (_("written in %s, chosen by %s"), place, list)
                         : g_strdup_printf (_("written in %s"), place);
}

static char *
describe_missing (const StrataEnvValue *culprit)
{
  const char *text = strata_env_value_get_text (culprit);
  g_autofree char *name = strata_env_value_ignores_case (culprit) ? g_ascii_strup (text, -1) : g_strdup (text);
  guint n_files;

  switch (strata_env_value_get_kind (culprit))
    {
    case STRATA_ENV_VARIABLE:
      strata_env_value_get_files (culprit, &n_files);
      return g_strdup_printf (n_files > 0 ? _("%s, which neither the environment nor an environment file has")
                                          : _("%s, which the environment lacks"), name);
    case STRATA_ENV_INI_KEY:
      return g_strdup_printf (_("%s, which the configuration file lacks"), name);
    case STRATA_ENV_X_ARGUMENT:
      return g_strdup_printf (_("-x %s=..., which was not given"), name);
    case STRATA_ENV_LITERAL:
    case STRATA_ENV_ENTRY:
    case STRATA_ENV_COMPUTED:
    case STRATA_ENV_UNKNOWN:
    default:
      return g_strdup (_("what is not there"));
    }
}

char *
strata_env_reason_missing (const StrataProject  *project,
                           const StrataEnvValue *value,
                           const StrataEnvValue *culprit,
                           StrataEnvOutcome      outcome)
{
  g_autofree char *place = describe_place (project, culprit != NULL ? culprit : value);
  g_autofree char *missing = NULL;

  if (outcome == STRATA_ENV_IS_NONE)
    return g_strdup_printf (_("%s gives no URL"), place);

  if (outcome == STRATA_ENV_IS_MISSING)
    {
      missing = describe_missing (culprit != NULL ? culprit : value);
      return g_strdup_printf (_("%s needs %s"), place, missing);
    }

  if (culprit != NULL && strata_env_value_get_kind (culprit) == STRATA_ENV_VARIABLE)
    return g_strdup_printf (_("%s may take %s from a file whose place was not understood"), place,
                            strata_env_value_get_text (culprit));

  return g_strdup_printf (_("%s was not understood: %s"), place,
                          culprit != NULL && strata_env_value_get_text (culprit) != NULL
                          ? strata_env_value_get_text (culprit) : _("it decides which database"));
}
