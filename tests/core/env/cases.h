/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An env.py with modules of its project, read in one go: for the tests of what is read of it. */

#pragma once

#include <string.h>

#include "core/env/facts.h"

typedef struct
{
  const char *name;
  const char *text;
} Module;

static char *
read_case_module (const char  *dotted_name,
                  const char  *folder,
                  char       **path,
                  gsize       *length,
                  gpointer     data)
{
  const Module *modules = data;

  for (guint i = 0; modules != NULL && modules[i].name != NULL; i++)
    {
      /* "lib:name" is only found in /lib, "name/" is a package. */
      const char *colon = strchr (modules[i].name, ':');
      const char *name = colon != NULL ? colon + 1 : modules[i].name;
      g_autofree char *home = colon != NULL ? g_strdup_printf ("/%.*s", (int) (colon - modules[i].name), modules[i].name)
                                            : NULL;
      gboolean is_package = g_str_has_suffix (name, "/");

      if (strncmp (name, dotted_name, strlen (dotted_name)) != 0 ||
          strlen (name) - is_package != strlen (dotted_name) || g_strcmp0 (home, folder) != 0)
        continue;

      *path = g_strdup_printf ("%s/%s%s", home != NULL ? home : "/project", dotted_name, is_package ? "/__init__.py" : ".py");
      *length = strlen (modules[i].text);
      return g_strdup (modules[i].text);
    }

  return NULL;
}

/* "/project/name" is a file of settings. */
static StrataEnvReading
read_case_file (const char  *path,
                gboolean     is_named,
                char       **text,
                gsize       *length,
                gpointer     data)
{
  const Module *modules = data;

  for (guint i = 0; modules != NULL && modules[i].name != NULL; i++)
    if (strcmp (modules[i].name, path) == 0)
      {
        *length = strlen (modules[i].text);
        *text = g_strndup (modules[i].text, *length);
        return STRATA_ENV_FILE_READ;
      }

  return STRATA_ENV_FILE_REFUSED;
}

static StrataEnvFacts *
read_case (const char   *script,
           const Module *modules,
           const char   *section,
           GPtrArray    *findings)
{
  StrataEnvSource source = {
    .path = "/project/migrations/env.py",
    .text = script,
    .length = strlen (script),
    .section = section,
    .config_path = "/project/alembic.ini",
    .folder = "/project",
    .read_module = read_case_module,
    .read_file = read_case_file,
    .data = (gpointer) modules,
  };

  return strata_env_facts_read (&source, findings);
}

#define HEAD \
  "import os\nfrom alembic import context\nfrom sqlalchemy import create_engine, engine_from_config, pool\n" \
  "config = context.config\n"
#define MIGRATE(what) \
  "def run_migrations_online():\n" \
  "  connectable = " what "\n" \
  "  with connectable.connect() as connection:\n" \
  "    context.configure(connection=connection, target_metadata=None)\n" \
  "    with context.begin_transaction():\n" \
  "      context.run_migrations()\n" \
  "if context.is_offline_mode():\n  run_migrations_offline()\nelse:\n  run_migrations_online()\n"
#define INI_ENGINE \
  "engine_from_config(config.get_section(config.config_ini_section, {}), prefix='sqlalchemy.', poolclass=pool.NullPool)"
#define FROM_INI MIGRATE (INI_ENGINE)
#define SET(what) HEAD "config.set_main_option('sqlalchemy.url', " what ")\n" FROM_INI
