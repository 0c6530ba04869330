/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/profiles/profile-words.h"

#include <glib/gi18n.h>

const char *
strata_profile_words_name_environment (StrataProfileEnvironment environment)
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

const char *
strata_profile_words_name_colour (const char *colour)
{
  static const struct { const char *colour; const char *name; } names[] = {
    { "blue", N_("Blue") },
    { "green", N_("Green") },
    { "yellow", N_("Yellow") },
    { "orange", N_("Orange") },
    { "red", N_("Red") },
    { "purple", N_("Purple") },
    { "brown", N_("Brown") },
    { "grey", N_("Grey") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (colour, names[i].colour))
      return _(names[i].name);

  return colour;
}

char *
strata_profile_words_dup_summary (StrataProfile *profile)
{
  const StrataProfileFields *fields = strata_profile_get_fields (profile);
  GString *text = g_string_new (strata_profile_words_name_environment (fields->environment));

  if (fields->is_protected)
    g_string_append_printf (text, ", %s", _("protected"));
  if (fields->project == NULL)
    g_string_append_printf (text, ", %s", _("for all projects"));
  if (fields->colour != NULL)
    g_string_append_printf (text, ", %s", strata_profile_words_name_colour (fields->colour));

  return g_string_free (text, FALSE);
}
