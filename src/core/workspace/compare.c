/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/workspace/compare.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/error.h"
#include "core/base/line-diff.h"
#include "core/ddl/ddl.h"
#include "core/reflect/reflect.h"
#include "core/workspace/autogenerate-body.h"
#include "core/workspace/rename-memory.h"
#include "core/workspace/renames.h"

#define CONTEXT_LINES 3

gboolean
strata_comparison_tells (const StrataComparison *self,
                         guint                   index)
{
  return self->chosen[index] && strata_diff_get (self->diff, index)->owner < 0;
}

/* The way models do not go: what env.py leaves out, and what they have no word for. */
static void
choose (StrataComparison *self)
{
  StrataModels *models = self->to->models != NULL ? self->to->models : self->from->models;
  guint n = strata_diff_get_n (self->diff);

  self->chosen = g_new (gboolean, n + 1);
  for (guint i = 0; i < n; i++)
    {
      const StrataDifference *difference = strata_diff_get (self->diff, i);

      self->chosen[i] = models == NULL || !strata_models_leave_out (models, self->from->picture, self->to->picture, difference);
    }

  for (guint i = 0; i < n; i++)
    {
      const StrataDifference *difference = strata_diff_get (self->diff, i);

      if (difference->owner >= 0)
        self->chosen[i] = self->chosen[difference->owner];
      self->n_chosen += strata_comparison_tells (self, i);
    }
}

/* Takes the sides. */
static StrataComparison *
comparison_new (StrataTakenSide     *from,
                StrataTakenSide     *to,
                const char * const  *remembered,
                GError             **error)
{
  g_autoptr(StrataComparison) self = g_new0 (StrataComparison, 1);

  g_atomic_ref_count_init (&self->references);
  self->from = from;
  self->to = to;
  self->remembered = g_strdupv ((char **) remembered);
  if (from->picture->dialect != to->picture->dialect)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_USAGE, _("%s is of %s and %s of %s: these cannot be compared"),
                   from->title, strata_dialect_get_title (from->picture->dialect), to->title,
                   strata_dialect_get_title (to->picture->dialect));
      return NULL;
    }

  return g_steal_pointer (&self);
}

static void
compare (StrataComparison *self,
         const GPtrArray  *renames)
{
  const StrataDiffOptions options = { .renames = (const StrataRename * const *) renames->pdata };

  self->diff = strata_diff_new (self->from->picture, self->to->picture, &options);
  choose (self);
}

StrataComparison *
strata_comparison_new (StrataTakenSide     *from,
                       StrataTakenSide     *to,
                       const char * const  *renames,
                       const char * const  *remembered,
                       GError             **error)
{
  g_autoptr(StrataComparison) self = comparison_new (from, to, remembered, error);
  g_autoptr(GPtrArray) parsed = self != NULL ? strata_renames_parse (from->picture, renames, error) : NULL;

  if (parsed == NULL || !strata_renames_require_new (parsed, to->picture, error))
    return NULL;

  strata_renames_recall (parsed, from->picture, to->picture, remembered);
  compare (self, parsed);

  return g_steal_pointer (&self);
}

StrataComparison *
strata_comparison_new_renamed (StrataTakenSide  *from,
                               StrataTakenSide  *to,
                               const GPtrArray  *renames,
                               GError          **error)
{
  StrataComparison *self = comparison_new (from, to, NULL, error);

  if (self != NULL)
    compare (self, renames);

  return self;
}

StrataComparison *
strata_comparison_ref (StrataComparison *self)
{
  g_atomic_ref_count_inc (&self->references);

  return self;
}

void
strata_comparison_unref (StrataComparison *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;

  g_clear_pointer (&self->diff, strata_diff_free);
  g_clear_pointer (&self->from, strata_taken_side_free);
  g_clear_pointer (&self->to, strata_taken_side_free);
  g_free (self->chosen);
  g_strfreev (self->remembered);
  g_clear_pointer (&self->rows[0], g_ptr_array_unref);
  g_clear_pointer (&self->rows[1], g_ptr_array_unref);
  g_free (self);
}

/* Takes the rows. */
static void
weigh (StrataComparison *self,
       GPtrArray        *from,
       GPtrArray        *to)
{
  self->rows[0] = from;
  self->rows[1] = to;
  strata_diff_weigh_rows (self->diff, from, to);
}

static StrataTakenSide *
dup_side (StrataTakenSide *side)
{
  StrataTakenSide *copy = g_new0 (StrataTakenSide, 1);

  copy->kind = side->kind;
  copy->is_missing = side->is_missing;
  copy->title = g_strdup (side->title);
  copy->picture = strata_picture_ref (side->picture);
  copy->rows = g_strdupv (side->rows);
  copy->models = g_steal_pointer (&side->models);

  return copy;
}

StrataComparison *
strata_comparison_decide (StrataComparison    *self,
                          const char * const  *renames,
                          GError             **error)
{
  StrataComparison *decided = strata_comparison_new (dup_side (self->from), dup_side (self->to), renames,
                                                     (const char * const *) self->remembered, error);

  if (decided != NULL && self->rows[0] != NULL)
    weigh (decided, g_ptr_array_ref (self->rows[0]), g_ptr_array_ref (self->rows[1]));

  return decided;
}

static GPtrArray *
read_rows (StrataComparison  *self,
           gboolean           is_to,
           GCancellable      *cancellable,
           GError           **error)
{
  StrataTakenSide *side = is_to ? self->to : self->from;
  g_autoptr(GPtrArray) rows = strata_diff_list_unknown_rows (self->diff, is_to);

  return strata_reflect_rows (side->connection, rows, cancellable, error) ? g_steal_pointer (&rows) : NULL;
}

/* Of two databases, whose connections end here. */
static gboolean
look_at_rows (StrataComparison  *self,
              GCancellable      *cancellable,
              GError           **error)
{
  g_autoptr(GPtrArray) from = NULL;
  GPtrArray *to;

  if (self->from->connection == NULL || self->to->connection == NULL)
    return TRUE;

  from = read_rows (self, FALSE, cancellable, error);
  to = from != NULL ? read_rows (self, TRUE, cancellable, error) : NULL;
  g_clear_pointer (&self->from->connection, g_object_unref);
  g_clear_pointer (&self->to->connection, g_object_unref);
  if (to != NULL)
    weigh (self, g_steal_pointer (&from), to);

  return to != NULL;
}

/* Takes the sides. */
static StrataComparison *
compare_taken (StrataWorkspace     *self,
               StrataTakenSide     *from,
               StrataTakenSide     *to,
               const char * const  *renames,
               GError             **error)
{
  g_autoptr(StrataTakenSide) first = from;
  g_autoptr(StrataTakenSide) second = to;
  g_auto(GStrv) remembered = strata_rename_memory_read (strata_workspace_get_project (self), error);

  if (remembered == NULL)
    return NULL;

  return strata_comparison_new (g_steal_pointer (&first), g_steal_pointer (&second), renames, (const char * const *) remembered,
                                error);
}

static StrataTakenSide *
take (StrataWorkspace    *self,
      const StrataSide   *side,
      StrataTakenSide    *other,
      StrataSideOptions  *options,
      GCancellable       *cancellable,
      GError            **error)
{
  options->database = other != NULL && other->kind == STRATA_SIDE_DATABASE ? other->picture : NULL;

  return strata_workspace_take_side (self, side, options, cancellable, error);
}

/* A database first: it says which server it is, and the other side may be known to be the same. */
StrataComparison *
strata_workspace_compare (StrataWorkspace          *self,
                          const StrataSide         *from,
                          const StrataSide         *to,
                          const StrataSideOptions  *options,
                          const char * const       *renames,
                          GCancellable             *cancellable,
                          GError                  **error)
{
  gboolean is_turned = from->kind != STRATA_SIDE_DATABASE && to->kind == STRATA_SIDE_DATABASE;
  StrataSideOptions mine = *options;
  g_autoptr(StrataTakenSide) first = NULL;
  g_autoptr(StrataTakenSide) second = NULL;
  g_autoptr(StrataComparison) comparison = NULL;
  StrataTakenSide *taken_from;
  StrataTakenSide *taken_to;

  mine.keep_connection = from->kind == STRATA_SIDE_DATABASE && to->kind == STRATA_SIDE_DATABASE;
  mine.dialect = strata_workspace_get_side_dialect (self, is_turned ? to : from, error);
  if (mine.dialect == STRATA_DIALECT_UNKNOWN)
    return NULL;

  first = take (self, is_turned ? to : from, NULL, &mine, cancellable, error);
  if (first != NULL)
    second = take (self, is_turned ? from : to, first, &mine, cancellable, error);
  if (second == NULL)
    return NULL;

  taken_from = is_turned ? g_steal_pointer (&second) : g_steal_pointer (&first);
  taken_to = is_turned ? g_steal_pointer (&first) : g_steal_pointer (&second);

  comparison = compare_taken (self, taken_from, taken_to, renames, error);

  return comparison != NULL && look_at_rows (comparison, cancellable, error) ? g_steal_pointer (&comparison) : NULL;
}

char *
strata_comparison_dup_sql (StrataComparison  *self,
                           GError           **error)
{
  const GPtrArray *steps = strata_diff_plan (self->diff, self->chosen, error);
  const StrataBodyStyle style = { .is_script = TRUE };
  g_autofree char *text = steps != NULL ? strata_autogenerate_dup_body (self->diff, self->chosen, steps, &style, NULL, error) : NULL;

  if (text == NULL)
    return NULL;

  return *text != '\0' ? g_strconcat (text, "\n", NULL) : g_steal_pointer (&text);
}

/* The server's version is no difference of schemas. */
static char *
dup_dump (StrataTakenSide *side)
{
  g_autofree char *dump = strata_ddl_dump (side->picture, NULL);
  const char *body = strstr (dump, "\n\n");

  return g_strdup (body != NULL ? body + 2 : "");
}

char *
strata_comparison_dup_text (StrataComparison *self)
{
  g_autofree char *from = dup_dump (self->from);
  g_autofree char *to = dup_dump (self->to);

  return strata_line_diff (from, to, self->from->title, self->to->title, CONTEXT_LINES);
}

/* What its version rows say it has: several where branches are open. */
static StrataTakenSide *
take_rows (StrataWorkspace          *self,
           const char * const       *rows,
           const StrataSideOptions  *options,
           GCancellable             *cancellable,
           GError                  **error)
{
  g_autofree char *argument = rows[0] != NULL ? g_strjoinv (",", (GStrv) rows) : g_strdup ("base");
  g_autofree char **unknown = strata_graph_dup_unknown_rows (strata_workspace_get_graph (self), rows);
  const StrataSide side = { STRATA_SIDE_REVISION, argument };

  if (unknown[0] != NULL)
    {
      strata_graph_set_unknown_row (unknown[0], error);
      return NULL;
    }

  return strata_workspace_take_side (self, &side, options, cancellable, error);
}

StrataComparison *
strata_workspace_find_drift (StrataWorkspace          *self,
                             const StrataSideOptions  *options,
                             GCancellable             *cancellable,
                             GError                  **error)
{
  const StrataSide chosen = { STRATA_SIDE_DATABASE, NULL };
  StrataSideOptions mine = *options;
  g_autoptr(StrataTakenSide) database = NULL;
  StrataTakenSide *said;

  mine.dialect = strata_workspace_get_side_dialect (self, &chosen, error);
  if (mine.dialect == STRATA_DIALECT_UNKNOWN)
    return NULL;

  database = take (self, &chosen, NULL, &mine, cancellable, error);
  if (database == NULL)
    return NULL;

  mine.database = database->picture;
  said = take_rows (self, (const char * const *) database->rows, &mine, cancellable, error);

  return said != NULL ? compare_taken (self, said, g_steal_pointer (&database), NULL, error) : NULL;
}

/* Alembic's condition, and its words with what to do. */
static gboolean
require_heads (StrataWorkspace     *self,
               const char * const  *rows,
               GError             **error)
{
  StrataGraph *graph = strata_workspace_get_graph (self);
  g_autoptr(StrataPlan) pending = NULL;

  /* Without a file there are no heads to ask for. */
  if (strata_graph_get_n_nodes (graph) == 0)
    {
      if (rows == NULL || rows[0] == NULL)
        return TRUE;
      strata_graph_set_unknown_row (rows[0], error);
      return FALSE;
    }

  pending = strata_plan_upgrade (graph, rows, "heads", error);
  if (pending == NULL)
    return FALSE;
  if (strata_plan_get_n_steps (pending) == 0)
    return TRUE;

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_PENDING, "Target database is not up to date. %s",
               _("“strata upgrade” applies what is pending"));

  return FALSE;
}

StrataComparison *
strata_workspace_check_declared (StrataWorkspace          *self,
                                 const StrataSideOptions  *options,
                                 GCancellable             *cancellable,
                                 GError                  **error)
{
  const StrataSide chosen = { STRATA_SIDE_DATABASE, NULL };
  const StrataSide declared = { STRATA_SIDE_DECLARED, NULL };
  StrataSideOptions mine = *options;
  g_autoptr(StrataTakenSide) database = NULL;
  StrataTakenSide *target;

  mine.dialect = strata_workspace_get_side_dialect (self, &chosen, error);
  if (mine.dialect == STRATA_DIALECT_UNKNOWN)
    return NULL;

  database = take (self, &chosen, NULL, &mine, cancellable, error);
  if (database == NULL || !require_heads (self, (const char * const *) database->rows, error))
    return NULL;

  target = take (self, &declared, database, &mine, cancellable, error);

  return target != NULL ? compare_taken (self, g_steal_pointer (&database), target, NULL, error) : NULL;
}
