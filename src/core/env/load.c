/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/env/modules.h"

#include <string.h>

/* Of modules of the project that env.py draws in, one by the other. */
#define MOST_BYTES (32 * 1024 * 1024)

static char *
read_in (StrataEnvReader *self,
         GPtrArray       *folders,
         const char      *name,
         char           **path,
         gsize           *length)
{
  char *text = NULL;

  for (guint i = 0; i < folders->len && text == NULL; i++)
    text = self->source->read_module (name, folders->pdata[i], path, length, self->source->data);

  return text;
}

/* Whatever stands in the project under their names: they are loaded before env.py is. */
static gboolean
is_loaded_before (const char *name)
{
  static const char * const roots[] = { "alembic", "logging", "os", "re", "sqlalchemy", "sys", "typing", NULL };
  g_autofree char *root = g_strndup (name, strcspn (name, "."));

  return g_strv_contains (roots, root);
}

/* Each module is asked for once, however often env.py is gone through. */
static StrataEnvText *
read_text (StrataEnvReader *self,
           const char      *name)
{
  StrataEnvText *text = g_hash_table_lookup (self->texts, name);

  if (text != NULL)
    return text;

  text = g_new0 (StrataEnvText, 1);
  g_hash_table_insert (self->texts, g_strdup (name), text);
  if (self->source->read_module == NULL || self->n_bytes > MOST_BYTES || self->path_is_unknown || is_loaded_before (name))
    return text;

  text->text = read_in (self, self->before, name, &text->path, &text->length);
  if (text->text == NULL)
    text->text = self->source->read_module (name, NULL, &text->path, &text->length, self->source->data);
  if (text->text == NULL)
    text->text = read_in (self, self->after, name, &text->path, &text->length);

  return text;
}

StrataEnvModule *
strata_env_load (StrataEnvReader *self,
                 const char      *name)
{
  StrataEnvModule *module;
  StrataEnvText *text;
  gpointer known;

  if (g_hash_table_lookup_extended (self->modules, name, NULL, &known))
    return known;

  text = read_text (self, name);
  if (text->text == NULL)
    {
      g_hash_table_insert (self->modules, g_strdup (name), NULL);
      return NULL;
    }

  self->n_bytes += text->length;
  module = strata_env_module_new (self, name, text);
  if (!self->offline)
    strata_env_scan (self, module);

  return module;
}

/* A folder without an __init__.py is a package too, with nothing in it but modules. */
static void
add_namespace (StrataEnvReader *self,
               const char      *name)
{
  static const StrataEnvText nothing = { (char *) "", (char *) "", 0 };

  strata_env_module_new (self, name, &nothing);
}

/* "a.b.c" draws in "a" and "a.b" too. NULL where the last one is not the project's. */
StrataEnvModule *
strata_env_load_with_parents (StrataEnvReader *self,
                              const char      *name)
{
  StrataEnvModule *module;

  for (const char *dot = strchr (name, '.'); dot != NULL; dot = strchr (dot + 1, '.'))
    {
      g_autofree char *parent = g_strndup (name, dot - name);

      strata_env_load (self, parent);
    }

  module = strata_env_load (self, name);
  for (const char *dot = strchr (name, '.'); dot != NULL && module != NULL; dot = strchr (dot + 1, '.'))
    {
      g_autofree char *parent = g_strndup (name, dot - name);

      if (strata_env_load (self, parent) == NULL)
        add_namespace (self, parent);
    }

  return module;
}

/* "from ..x import y" in "a.b.c" is about "a.x". NULL where that leads out of everything. */
char *
strata_env_resolve_relative (const StrataEnvModule *module,
                             guint                  level,
                             const char            *name)
{
  g_autofree char *base = g_strdup (module->name);

  if (level == 0)
    return g_strdup (name);

  for (guint i = module->is_package ? 1 : 0; i < level; i++)
    {
      char *dot = strrchr (base, '.');

      if (dot == NULL && (i + 1 < level || *base == '\0'))
        return NULL;
      if (dot != NULL)
        *dot = '\0';
      else
        *base = '\0';
    }

  if (*base == '\0')
    return *name != '\0' ? g_strdup (name) : NULL;

  return *name != '\0' ? g_strconcat (base, ".", name, NULL) : g_steal_pointer (&base);
}

/* "from a import b", where "b" may be a module. */
StrataEnvModule *
strata_env_load_submodule (StrataEnvReader *self,
                           const char      *package,
                           const char      *name)
{
  StrataEnvModule *module = strata_env_load (self, package);
  g_autofree char *full = g_strconcat (package, ".", name, NULL);

  if (module != NULL ? !module->is_package : strata_env_is_well_known (package))
    return NULL;

  return strata_env_load (self, full);
}
