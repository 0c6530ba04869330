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
  g_autofree char *url = strata_url_to_string (fields->url);
  GString *text = g_string_new (strata_profile_words_name_environment (fields->environment));

  if (fields->is_protected)
    g_string_append_printf (text, ", %s", _("protected"));
  if (fields->project == NULL)
    g_string_append_printf (text, ", %s", _("for all projects"));
  g_string_append_printf (text, " · %s", url);

  return g_string_free (text, FALSE);
}

char *
strata_profile_words_dup_traits (StrataConnectionTraits traits)
{
  const char *standby = NULL;
  const char *pooled = (traits & STRATA_TRAIT_POOLED) != 0 ? _("Through a transaction pooler") : NULL;

  if ((traits & STRATA_TRAIT_STANDBY) != 0)
    standby = _("A standby: it can only be read");
  else if ((traits & STRATA_TRAIT_READ_ONLY) != 0)
    standby = _("It can only be read");

  if (standby != NULL && pooled != NULL)
    return g_strdup_printf ("%s · %s", standby, pooled);

  return g_strdup (standby != NULL ? standby : pooled);
}
