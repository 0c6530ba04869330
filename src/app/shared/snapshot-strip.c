/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/shared/snapshot-strip.h"

#include <glib/gi18n.h>

static char *
dup_detail (StrataSnapshot *snapshot)
{
  g_autofree char *title = strata_snapshot_dup_database_title (snapshot);
  GString *text;

  if (title == NULL)
    return NULL;

  text = g_string_new (title);
  if ((snapshot->status->traits & STRATA_TRAIT_STANDBY) != 0)
    g_string_append_printf (text, " · %s", _("standby, read-only"));
  else if ((snapshot->status->traits & STRATA_TRAIT_READ_ONLY) != 0)
    g_string_append_printf (text, " · %s", _("read-only"));
  if (snapshot->is_protected)
    g_string_append_printf (text, " · %s", _("protected"));
  if (snapshot->profile == NULL)
    /* Translators: why it is called production. */
    g_string_append_printf (text, " · %s", _("not on this computer, and no profile says otherwise"));

  return g_string_free (text, FALSE);
}

void
strata_snapshot_strip_show (StrataEnvironmentStrip *strip,
                            StrataSnapshot         *snapshot)
{
  g_autofree char *detail = snapshot != NULL ? dup_detail (snapshot) : NULL;

  strata_environment_strip_update (strip, snapshot != NULL ? (guint) snapshot->environment : 0, detail,
                                   snapshot != NULL && snapshot->profile != NULL
                                   ? strata_profile_get_fields (snapshot->profile)->colour : NULL);
}
