/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/project/revision-id.h"

#include <string.h>

char *
strata_revision_id_new (void)
{
  g_autofree char *uuid = g_uuid_string_random ();

  return g_strdup (strrchr (uuid, '-') + 1);
}

char *
strata_revision_id_complain (const char *id)
{
  static const char forbidden[] = "+-:@";   /* sorted */
  g_autoptr(GString) list = g_string_new (NULL);

  for (const char *c = forbidden; *c != '\0'; c++)
    if (strchr (id, *c) != NULL)
      g_string_append_printf (list, "%s%c", list->len > 0 ? ", " : "", *c);

  if (list->len == 0)
    return NULL;

  return g_strdup_printf ("Character(s) '%s' not allowed in revision identifier '%s'", list->str, id);
}
