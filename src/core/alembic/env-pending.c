/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Until env-facts.c and env-value.c land: every env.py is one that was not understood. Delete this file with them. */

#include "config.h"

#include "core/alembic/env-facts.h"

struct _StrataEnvFacts { int unused; };
struct _StrataEnvValue { int unused; };
static const StrataEnvValue unknown;

StrataEnvFacts *
strata_env_facts_read (const StrataEnvSource *source,
                       GPtrArray             *findings)
{
  return g_new0 (StrataEnvFacts, 1);
}
void strata_env_facts_unref (StrataEnvFacts *self) { g_free (self); }
const StrataEnvValue *strata_env_facts_get_setting (const StrataEnvFacts *self, StrataEnvSetting setting) { return NULL; }
const char *strata_env_setting_get_name (StrataEnvSetting setting) { return ""; }
StrataEnvTraits strata_env_facts_get_traits (const StrataEnvFacts *self) { return 0; }
const StrataEnvValue *strata_env_facts_get_url (const StrataEnvFacts *self) { return &unknown; }
GPtrArray *strata_env_facts_get_sources (const StrataEnvFacts *self) { static GPtrArray *none; if (none == NULL) none = g_ptr_array_new (); return none; }
StrataEnvKind strata_env_value_get_kind (const StrataEnvValue *self) { return STRATA_ENV_UNKNOWN; }
StrataPlace strata_env_value_get_place (const StrataEnvValue *self) { return (StrataPlace) { NULL, 0, 0 }; }
const char *strata_env_value_get_text (const StrataEnvValue *self) { return "env.py is not read yet"; }
const char *strata_env_value_get_section (const StrataEnvValue *self) { return NULL; }
gboolean strata_env_value_ignores_case (const StrataEnvValue *self) { return FALSE; }
const StrataEnvFile *strata_env_value_get_files (const StrataEnvValue *self, guint *n_files) { *n_files = 0; return NULL; }
StrataEnvOutcome
strata_env_value_evaluate (const StrataEnvValue *self, const StrataEnvWorld *world, gpointer data, char **text,
                           GPtrArray *used, const StrataEnvValue **culprit)
{
  *culprit = self;
  return STRATA_ENV_IS_UNKNOWN;
}
