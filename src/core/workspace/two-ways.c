/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/workspace/two-ways.h"

#include <string.h>

#include "core/base/error.h"
#include "core/ddl/ddl.h"
#include "core/workspace/scratch.h"

typedef struct
{
  StrataWorkspace  *workspace;
  StrataComparison *comparison;
  const gboolean   *chosen;
  StrataScratch    *scratch;       /* NULL: there can be none */
  StrataTwoWays    *ways;
  GCancellable     *cancellable;
} Finding;

void
strata_two_ways_free (StrataTwoWays *self)
{
  g_free (self->upgrade);
  g_free (self->downgrade);
  g_free (self->unproven);
  g_free (self);
}

static char *
join_steps (const GPtrArray *steps)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < steps->len; i++)
    g_string_append_printf (text, "%s%s;\n", i > 0 ? "\n" : "", ((const StrataDiffStep *) g_ptr_array_index (steps, i))->sql);

  return g_string_free (text, FALSE);
}

/* Those that were decided and chosen, the other way round, with a NULL behind the last; names are borrowed. */
static GPtrArray *
turn_renames (const Finding *self)
{
  StrataDiff *diff = self->comparison->diff;
  GPtrArray *turned = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < strata_diff_get_n (diff); i++)
    {
      const StrataDifference *difference = strata_diff_get (diff, i);
      StrataRename *rename;

      if (difference->kind != STRATA_DIFFERENCE_RENAMED || !self->chosen[i])
        continue;

      rename = g_new0 (StrataRename, 1);
      rename->kind = difference->to->kind;
      rename->schema = difference->to->schema;
      rename->is_column = difference->part != NULL;
      rename->table = rename->is_column ? difference->to->name : difference->to->table;
      rename->from = rename->is_column ? difference->new_part : difference->to->name;
      rename->to = rename->is_column ? difference->part : difference->from->name;
      g_ptr_array_add (turned, rename);
    }
  g_ptr_array_add (turned, NULL);

  return turned;
}

static StrataPicture *
load_and_read (const Finding  *self,
               const char     *name,
               const char     *text,
               GError        **error)
{
  if (!strata_scratch_load (self->scratch, name, text, strlen (text), self->cancellable, error))
    return NULL;

  return strata_workspace_read_picture (self->workspace, strata_scratch_get_connection (self->scratch), self->cancellable, error);
}

static gboolean
require_same (StrataPicture  *from,
              StrataPicture  *to,
              const char     *what,
              GError        **error)
{
  const StrataDiffOptions none = { NULL };
  g_autoptr(StrataDiff) diff = strata_diff_new (from, to, &none);
  g_autofree char *title = NULL;

  if (strata_diff_get_n (diff) == 0)
    return TRUE;

  title = strata_difference_dup_title (strata_diff_get (diff, 0), from->default_schema);
  g_set_error (error, STRATA_ERROR, STRATA_ERROR_FAILED, "%s, tried in a scratch database, still leaves to do: %s", what, title);

  return FALSE;
}

/* A scratch database like the first side; FALSE where there is none, with the reason in the ways. */
static gboolean
open_copy (Finding *self)
{
  StrataPicture *from = self->comparison->from->picture;
  g_autofree char *dump = strata_ddl_dump (from, NULL);
  g_autoptr(StrataPicture) copy = NULL;
  g_autoptr(GError) error = NULL;

  if (self->scratch != NULL)
    copy = load_and_read (self, "a copy of the schema", dump, &error);
  if (copy != NULL && require_same (copy, from, "A copy of the schema", &error))
    return TRUE;

  if (error != NULL)
    {
      g_free (self->ways->unproven);
      self->ways->unproven = g_strdup (error->message);
    }

  return FALSE;
}

static gboolean
is_all (const Finding *self)
{
  for (guint i = 0; i < strata_diff_get_n (self->comparison->diff); i++)
    if (!self->chosen[i])
      return FALSE;

  return TRUE;
}

static char *
plan_back (const Finding  *self,
           StrataPicture  *from,
           GError        **error)
{
  g_autoptr(GPtrArray) renames = turn_renames (self);
  const StrataDiffOptions options = { (const StrataRename * const *) renames->pdata };
  g_autoptr(StrataDiff) back = strata_diff_new (from, self->comparison->from->picture, &options);
  const GPtrArray *steps = strata_diff_plan (back, NULL, error);

  if (steps == NULL)
    g_prefix_error (error, "The downgrade: ");

  return steps != NULL ? join_steps (steps) : NULL;
}

/* What the way there comes to is what the way back starts from. */
static gboolean
try_both (Finding  *self,
          GError  **error)
{
  g_autoptr(StrataPicture) after = load_and_read (self, "the upgrade", self->ways->upgrade, error);
  g_autoptr(StrataPicture) end = NULL;

  if (after == NULL)
    return FALSE;
  if (is_all (self) && !require_same (after, self->comparison->to->picture, "The upgrade", error))
    return FALSE;

  self->ways->downgrade = plan_back (self, after, error);
  if (self->ways->downgrade == NULL)
    return FALSE;

  end = load_and_read (self, "the downgrade", self->ways->downgrade, error);

  return end != NULL && require_same (end, self->comparison->from->picture, "The downgrade", error);
}

static gboolean
find (Finding  *self,
      GError  **error)
{
  const GPtrArray *steps = strata_diff_plan (self->comparison->diff, self->chosen, error);

  if (steps == NULL)
    return FALSE;

  self->ways->upgrade = join_steps (steps);
  if (open_copy (self))
    return try_both (self, error);
  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;

  if (!is_all (self))
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_REFUSED, "What undoes a part of the differences is found in a scratch database"
                   " only; for all of them it is known without. %s", self->ways->unproven);
      return FALSE;
    }
  self->ways->downgrade = plan_back (self, self->comparison->to->picture, error);

  return self->ways->downgrade != NULL;
}

StrataTwoWays *
strata_workspace_find_two_ways (StrataWorkspace   *workspace,
                                StrataComparison  *comparison,
                                const gboolean    *chosen,
                                gboolean           scratch_agreed,
                                GCancellable      *cancellable,
                                GError           **error)
{
  g_autoptr(StrataTwoWays) ways = g_new0 (StrataTwoWays, 1);
  g_autoptr(StrataScratch) scratch = NULL;
  g_autoptr(GError) reason = NULL;
  Finding self = { workspace, comparison, chosen, NULL, ways, cancellable };

  scratch = strata_workspace_open_scratch (workspace, comparison->from->picture->dialect, scratch_agreed, cancellable, &reason);
  self.scratch = scratch;
  if (reason != NULL)
    ways->unproven = g_strdup (reason->message);

  return find (&self, error) ? g_steal_pointer (&ways) : NULL;
}
