/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/project/database-choice-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/error.h"

G_DEFINE_BOXED_TYPE (StrataDatabaseChoice, strata_database_choice, strata_database_choice_ref,
                     strata_database_choice_unref)

static void
candidate_free (gpointer data)
{
  StrataDatabaseCandidate *candidate = data;

  strata_url_unref (candidate->url);
  g_free (candidate->reason);
  g_free (candidate->advice);
  g_free (candidate);
}

/* A password is never an argument, so that the URL to type has none. */
static char *
url_to_type (StrataUrl *url)
{
  g_autoptr(StrataUrl) open = strata_url_with_password (url, NULL);
  g_autofree char *text = strata_url_to_string (open);
  g_autofree char *quoted = g_shell_quote (text);

  return g_strconcat ("--url ", strpbrk (text, " '\"\\$&;|<>()*?`#!") != NULL ? quoted : text, NULL);
}

StrataDatabaseCandidate *
strata_database_candidate_new (StrataDatabaseSource  source,
                               StrataUrl            *url,
                               char                 *reason,
                               const char           *advice)
{
  StrataDatabaseCandidate *candidate = g_new0 (StrataDatabaseCandidate, 1);

  candidate->source = source;
  candidate->url = strata_url_ref (url);
  candidate->reason = reason;
  candidate->advice = advice != NULL ? g_strdup (advice) : url_to_type (url);

  return candidate;
}

StrataDatabaseChoice *
strata_database_choice_new (void)
{
  StrataDatabaseChoice *self = g_new0 (StrataDatabaseChoice, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->conflicts = g_ptr_array_new_with_free_func (candidate_free);
  self->candidates = g_ptr_array_new_with_free_func (candidate_free);

  return self;
}

StrataDatabaseChoice *
strata_database_choice_ref (StrataDatabaseChoice *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
strata_database_choice_unref (StrataDatabaseChoice *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_clear_pointer (&self->url, strata_url_unref);
  g_ptr_array_unref (self->conflicts);
  g_ptr_array_unref (self->candidates);
  g_free (self->reason);
  g_free (self);
}

StrataUrl *
strata_database_choice_get_url (const StrataDatabaseChoice *self)
{
  return self->url;
}

StrataDatabaseSource
strata_database_choice_get_source (const StrataDatabaseChoice *self)
{
  return self->source;
}

const char *
strata_database_choice_get_reason (const StrataDatabaseChoice *self)
{
  return self->reason;
}

GPtrArray *
strata_database_choice_get_conflicts (const StrataDatabaseChoice *self)
{
  return self->conflicts;
}

GPtrArray *
strata_database_choice_get_candidates (const StrataDatabaseChoice *self)
{
  return self->candidates;
}

static char *
list_candidates (GPtrArray *candidates)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < candidates->len; i++)
    {
      const StrataDatabaseCandidate *candidate = g_ptr_array_index (candidates, i);

      g_string_append_printf (list, "\n  %s  (%s)", candidate->advice, candidate->reason);
    }

  return g_string_free (list, FALSE);
}

static void
set_conflict_error (const StrataDatabaseChoice  *self,
                    GError                     **error)
{
  g_autofree char *others = list_candidates (self->conflicts);
  g_autofree char *typed = url_to_type (self->url);

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_WHICH_DATABASE,
               _("Two sources name different databases, so nothing is changed until one is named with -p, --url or "
                 "STRATA_URL:\n  %s  (%s)%s"), typed, self->reason, others);
}

StrataUrl *
strata_database_choice_require (const StrataDatabaseChoice  *self,
                                gboolean                     to_change,
                                GError                     **error)
{
  g_autofree char *list = NULL;

  if (self->url != NULL && to_change && self->conflicts->len > 0)
    {
      set_conflict_error (self, error);
      return NULL;
    }

  if (self->url != NULL)
    return self->url;

  list = list_candidates (self->candidates);
  g_set_error (error, STRATA_ERROR, STRATA_ERROR_WHICH_DATABASE,
               self->candidates->len > 0
               ? _("Which database? %s. Name it with -p, --url or STRATA_URL; it may be one of these:%s")
               : _("Which database? %s. Name it with -p, --url or STRATA_URL.%s"), self->reason, list);

  return NULL;
}
