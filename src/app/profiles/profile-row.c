/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/profiles/profile-row.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/profiles/profile-words.h"
#include "app/state/words.h"
#include "app/widgets/accessible.h"
#include "app/widgets/colour.h"
#include "app/widgets/fact-row.h"
#include "core/base/finding.h"

static void
add_swatch (GtkWidget  *row,
            const char *colour)
{
  GtkWidget *swatch = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  gtk_widget_add_css_class (swatch, "strata-swatch");
  gtk_widget_set_valign (swatch, GTK_ALIGN_CENTER);
  strata_colour_paint (swatch, colour);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), swatch);
}

GtkWidget *
strata_profile_row_new (StrataProfile *profile,
                        gboolean       is_current)
{
  const StrataProfileFields *fields = strata_profile_get_fields (profile);
  g_autofree char *summary = strata_profile_words_dup_summary (profile);
  g_autofree char *url = strata_words_dup_address (fields->url);
  g_autofree char *subtitle = g_strdup_printf ("%s\n%s", summary, url);
  GtkWidget *row = strata_fact_row_new (fields->name, subtitle,
                                        is_current ? "object-select-symbolic" : "network-server-symbolic");
  /* Translators: a profile that is in use. */
  g_autofree char *spoken = g_strdup_printf (is_current ? _("%s, in use, %s") : "%s, %s", fields->name, summary);

  if (fields->colour != NULL)
    add_swatch (row, fields->colour);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  strata_accessible_set_description (row, url);

  return row;
}

gboolean
strata_profile_row_matches (StrataProfile *profile,
                            const char    *text)
{
  const StrataProfileFields *fields = strata_profile_get_fields (profile);
  g_autofree char *summary = strata_profile_words_dup_summary (profile);
  g_autofree char *url = strata_url_to_string (fields->url);
  g_autofree char *all = g_strjoin ("\n", fields->name, summary, url, NULL);
  g_autofree char *folded = g_utf8_casefold (all, -1);
  g_autofree char *wanted = g_utf8_casefold (text, -1);

  return strstr (folded, g_strstrip (wanted)) != NULL;
}

GtkWidget *
strata_profile_row_new_broken (StrataFinding *finding)
{
  g_autofree char *place = strata_place_to_string (strata_finding_get_place (finding));

  return strata_fact_row_new (strata_finding_get_message (finding), place, "dialog-warning-symbolic");
}

gboolean
strata_profile_row_is_hidden (StrataProfile *profile,
                              GPtrArray     *profiles)
{
  const StrataProfileFields *fields = strata_profile_get_fields (profile);

  for (guint i = 0; fields->project == NULL && i < profiles->len; i++)
    {
      const StrataProfileFields *other = strata_profile_get_fields (g_ptr_array_index (profiles, i));

      if (other->project != NULL && g_str_equal (other->name, fields->name))
        return TRUE;
    }

  return FALSE;
}
