/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether two things are the same but for their names. */

#include "config.h"

#include "core/diff/rename.h"

#include <string.h>

/* The names of its checks come from its own, and say nothing. */
static gboolean
is_same_domain (const StrataPictureDomain *a,
                const StrataPictureDomain *b)
{
  guint n = 0;

  if (strcmp (a->type_text, b->type_text) != 0 || g_strcmp0 (a->collation, b->collation) != 0
      || g_strcmp0 (a->default_text, b->default_text) != 0 || a->is_not_null != b->is_not_null)
    return FALSE;

  for (; a->checks != NULL && a->checks[n] != NULL; n++)
    if (b->checks == NULL || b->checks[n] == NULL || strcmp (a->checks[n]->text, b->checks[n]->text) != 0)
      return FALSE;

  return b->checks == NULL || b->checks[n] == NULL;
}

static gboolean
is_same_composite (const StrataPictureColumn * const *a,
                   const StrataPictureColumn * const *b)
{
  guint n = 0;

  for (; a != NULL && a[n] != NULL; n++)
    if (b == NULL || b[n] == NULL || strcmp (a[n]->name, b[n]->name) != 0 || strcmp (a[n]->type_text, b[n]->type_text) != 0
        || g_strcmp0 (a[n]->collation, b[n]->collation) != 0)
      return FALSE;

  return n > 0 && b[n] == NULL;
}

static gboolean
is_same_policy (const StrataPicturePolicy *a,
                const StrataPicturePolicy *b)
{
  static const char * const none[] = { NULL };

  return strcmp (a->command, b->command) == 0 && a->is_restrictive == b->is_restrictive
         && g_strv_equal (a->roles != NULL ? a->roles : none, b->roles != NULL ? b->roles : none)
         && g_strcmp0 (a->using, b->using) == 0 && g_strcmp0 (a->check, b->check) == 0;
}

static gboolean
is_same_routine (const StrataPictureRoutine *a,
                 const StrataPictureRoutine *b)
{
  return a->is_procedure == b->is_procedure && g_strcmp0 (a->result, b->result) == 0 && g_strcmp0 (a->arguments, b->arguments) == 0;
}

gboolean
strata_rename_has_same_parts (const StrataObject *old,
                              const StrataObject *new)
{
  switch ((guint) old->kind)
    {
    case STRATA_OBJECT_DOMAIN:
      return is_same_domain (old->of.domain, new->of.domain);
    case STRATA_OBJECT_COMPOSITE:
      return is_same_composite (old->of.attributes, new->of.attributes);
    case STRATA_OBJECT_POLICY:
      return is_same_policy (old->of.policy, new->of.policy);
    case STRATA_OBJECT_ROUTINE:
      return is_same_routine (old->of.routine, new->of.routine) && strata_rename_is_same (old, new);
    default:
      return old->text != NULL && strata_rename_is_same (old, new);
    }
}
