/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/profiles/profile-words.h"

#include <glib/gi18n.h>

static const char *
name_environment (StrataProfileEnvironment environment)
{
  switch (environment)
    {
    case STRATA_PROFILE_PRODUCTION:
      return _("Production");
    case STRATA_PROFILE_STAGING:
      return _("Staging");
    case STRATA_PROFILE_DEVELOPMENT:
    default:
      return _("Development");
    }
}

char *
strata_profile_words_dup_summary (StrataProfile *profile)
{
  const StrataProfileFields *fields = strata_profile_get_fields (profile);
  g_autofree char *url = strata_url_to_string (fields->url);
  GString *text = g_string_new (name_environment (fields->environment));

  if (fields->is_protected)
    g_string_append_printf (text, ", %s", _("protected"));
  if (fields->project == NULL)
    g_string_append_printf (text, ", %s", _("for all projects"));
  g_string_append_printf (text, " · %s", url);

  return g_string_free (text, FALSE);
}
