/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "core/env/facts.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

typedef struct
{
  const char *text;
  gsize       length;
} Module;

/* Every module that is asked for has the second half of the input, but no more than a few have it. */
static char *
read_module (const char  *dotted_name,
             const char  *folder,
             char       **path,
             gsize       *length,
             gpointer     data)
{
  const Module *module = data;

  if (module->text == NULL || strlen (dotted_name) > 3 || folder != NULL)
    return NULL;

  *path = g_strdup_printf (strlen (dotted_name) == 1 ? "/p/%s/__init__.py" : "/p/%s.py", dotted_name);
  *length = module->length;

  return g_strndup (module->text, module->length);
}

/* And so has every file of settings. */
static StrataEnvReading
read_file (const char  *path,
           gboolean     is_named,
           char       **text,
           gsize       *length,
           gpointer     data)
{
  const Module *module = data;

  if (module->text == NULL)
    return is_named ? STRATA_ENV_FILE_REFUSED : STRATA_ENV_FILE_MISSING;

  *text = g_strndup (module->text, module->length);
  *length = module->length;

  return STRATA_ENV_FILE_READ;
}

static char *
look_up (const StrataEnvValue *value,
         gpointer              data)
{
  return strlen (strata_env_value_get_text (value)) % 2 == 0 ? g_strdup ("postgres://u:p%40@h/d") : NULL;
}

static const StrataEnvWorld world = { look_up, look_up, look_up };

static void
evaluate (const StrataEnvValue *value)
{
  g_autoptr(GPtrArray) used = g_ptr_array_new ();
  g_autofree char *printed = strata_env_value_to_string (value);
  const StrataEnvValue *culprit;
  g_autofree char *text = NULL;
  StrataEnvOutcome outcome = strata_env_value_evaluate (value, &world, NULL, &text, used, &culprit);

  g_assert ((text != NULL) == (outcome == STRATA_ENV_IS_TEXT));
  g_assert ((culprit != NULL) == (outcome == STRATA_ENV_IS_MISSING || outcome == STRATA_ENV_IS_UNKNOWN));
  g_assert (text == NULL || g_utf8_validate (text, -1, NULL));
}

/* env.py, and after a line of "#####" a module that it may import. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  const char *text = (const char *) data;
  const char *cut = memmem (text, size, "#####\n", 6);
  Module module = { cut != NULL ? cut + strlen ("#####\n") : NULL, cut != NULL ? size - (cut - text) - strlen ("#####\n") : 0 };
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  StrataEnvSource source = {
    .path = "/p/m/env.py",
    .text = text,
    .length = cut != NULL ? (gsize) (cut - text) : size,
    .section = "alembic",
    .folder = "/p",
    .read_module = read_module,
    .read_file = read_file,
    .data = &module,
    .world = &world,
  };
  g_autoptr(StrataEnvFacts) facts = strata_env_facts_read (&source, findings);

  evaluate (strata_env_facts_get_url (facts));
  for (StrataEnvSetting setting = 0; setting < STRATA_ENV_N_SETTINGS; setting++)
    if (strata_env_facts_get_setting (facts, setting) != NULL)
      evaluate (strata_env_facts_get_setting (facts, setting));

  return 0;
}
