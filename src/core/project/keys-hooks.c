/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/project/keys-private.h"

#define SECTION "post_write_hooks"

void
strata_hook_keys_free (StrataHookKeys *self)
{
  g_free (self->name);
  g_free (self->type);
  g_free (self->entrypoint);
  g_free (self->executable);
  g_free (self->module);
  g_free (self->options);
  g_free (self->cwd);
  g_free (self);
}

static char *
dup_of_ini (const StrataKeys *self,
            const char       *name,
            const char       *key)
{
  g_autofree char *full = g_strdup_printf ("%s.%s", name, key);

  return strata_keys_dup_ini (self, SECTION, full, NULL, NULL);
}

static StrataHookKeys *
read_ini_hook (const StrataKeys *self,
               const char       *name)
{
  StrataHookKeys *hook = g_new0 (StrataHookKeys, 1);
  g_autofree char *unused = NULL;

  hook->name = g_strdup (name);
  hook->type = dup_of_ini (self, name, "type");
  hook->entrypoint = dup_of_ini (self, name, "entrypoint");
  hook->executable = dup_of_ini (self, name, "executable");
  hook->module = dup_of_ini (self, name, "module");
  hook->options = dup_of_ini (self, name, "options");
  hook->cwd = dup_of_ini (self, name, "cwd");
  unused = strata_keys_dup_ini (self, SECTION, "hooks", &hook->place, NULL);

  return hook;
}

/* "a, b c": at commas and blanks, as Alembic splits it. */
static void
read_ini (const StrataKeys *self,
          GPtrArray        *hooks)
{
  g_autofree char *text = strata_keys_dup_ini (self, SECTION, "hooks", NULL, NULL);
  g_auto(GStrv) names = g_regex_split_simple (", *| +", text != NULL ? text : "", 0, 0);

  for (guint i = 0; names[i] != NULL; i++)
    if (*names[i] != '\0')
      g_ptr_array_add (hooks, read_ini_hook (self, names[i]));
}

static char *
dup_of_toml (const StrataKeys        *self,
             const StrataConfigValue *table,
             const char              *key)
{
  const StrataConfigValue *value = strata_config_value_lookup (table, key);

  if (value == NULL || strata_config_value_get_kind (value) != STRATA_CONFIG_STRING)
    return NULL;

  return strata_keys_expand_toml (self->toml, value, key, NULL);
}

static void
read_toml (const StrataKeys *self,
           GPtrArray        *hooks)
{
  const StrataConfigValue *list = self->toml != NULL
    ? strata_config_value_lookup_path (strata_document_get_root (self->toml), "tool", "alembic", SECTION, NULL) : NULL;

  for (guint i = 0; list != NULL && i < strata_config_value_get_size (list); i++)
    {
      const StrataConfigValue *table = strata_config_value_get_element (list, i);
      StrataHookKeys *hook;

      if (strata_config_value_get_kind (table) != STRATA_CONFIG_TABLE)
        continue;
      hook = g_new0 (StrataHookKeys, 1);
      hook->name = dup_of_toml (self, table, "name");
      hook->type = dup_of_toml (self, table, "type");
      hook->entrypoint = dup_of_toml (self, table, "entrypoint");
      hook->executable = dup_of_toml (self, table, "executable");
      hook->module = dup_of_toml (self, table, "module");
      hook->options = dup_of_toml (self, table, "options");
      hook->cwd = dup_of_toml (self, table, "cwd");
      hook->place = strata_config_value_get_place (table);
      g_ptr_array_add (hooks, hook);
    }
}

GPtrArray *
strata_keys_dup_hooks (const StrataKeys *self)
{
  GPtrArray *hooks = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_hook_keys_free);

  if (self->ini != NULL && strata_ini_has_section (self->ini, SECTION))
    read_ini (self, hooks);
  else
    read_toml (self, hooks);

  return hooks;
}
