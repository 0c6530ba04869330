/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/project/settings-read.h"

#include <glib/gi18n-lib.h>

#define HINT_OWN_KEY N_("Say it in strata.ini, section [strata].")

typedef struct
{
  StrataEnvFacts       *facts;
  const StrataEnvWorld *world;
  gpointer              data;
  GPtrArray            *findings;
} Reading;

/* Whether env.py says it and that was understood; a finding where it was not. The text is NULL for None. */
static gboolean
read_setting (const Reading     *reading,
              StrataEnvSetting   setting,
              char             **text)
{
  const StrataEnvValue *value = strata_env_facts_get_setting (reading->facts, setting);
  const StrataEnvValue *culprit = NULL;
  StrataEnvOutcome outcome;

  *text = NULL;
  if (value == NULL)
    return FALSE;

  outcome = strata_env_value_evaluate (value, reading->world, reading->data, text, NULL, &culprit);
  if (outcome == STRATA_ENV_IS_TEXT || outcome == STRATA_ENV_IS_NONE)
    return TRUE;

  g_ptr_array_add (reading->findings,
                   strata_finding_new (STRATA_SEVERITY_ERROR, "env-setting",
                                       strata_env_value_get_place (culprit != NULL ? culprit : value), _(HINT_OWN_KEY),
                                       outcome == STRATA_ENV_IS_MISSING
                                       ? _("The setting “%s” needs “%s”, which is not there")
                                       : _("The setting “%s” was not understood: %s"),
                                       strata_env_setting_get_name (setting),
                                       strata_env_value_get_text (culprit != NULL ? culprit : value)));

  return FALSE;
}

static void
apply_text (const Reading     *reading,
            StrataEnvSetting   setting,
            const char        *when_none,
            char             **field)
{
  char *text;

  if (!read_setting (reading, setting, &text))
    return;

  g_free (*field);
  *field = text != NULL ? text : g_strdup (when_none);
}

static void
apply_transactions (const Reading         *reading,
                    StrataEnvSetting       setting,
                    const char            *word,
                    StrataSettings        *settings)
{
  g_autofree char *text = NULL;

  if (!read_setting (reading, setting, &text) || g_strcmp0 (text, word) != 0)
    return;

  settings->transactions = STRATA_TRANSACTION_PER_REVISION;
  settings->transactions_place = strata_env_value_get_place (strata_env_facts_get_setting (reading->facts, setting));
}

void
strata_settings_apply_env (StrataSettings       *settings,
                           StrataEnvFacts       *facts,
                           const StrataEnvWorld *world,
                           gpointer              data,
                           GPtrArray            *findings)
{
  Reading reading = { facts, world, data, findings };

  apply_text (&reading, STRATA_ENV_VERSION_TABLE, "alembic_version", &settings->version_table);
  apply_text (&reading, STRATA_ENV_VERSION_TABLE_SCHEMA, NULL, &settings->version_table_schema);

  /* Without transactional DDL Alembic opens no transaction around the run, so that one a revision is what remains. */
  apply_transactions (&reading, STRATA_ENV_TRANSACTIONAL_DDL, "False", settings);
  apply_transactions (&reading, STRATA_ENV_TRANSACTION_PER_MIGRATION, "True", settings);
}
