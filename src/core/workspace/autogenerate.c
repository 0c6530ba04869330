/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The way there is tried in a scratch database that is made as the chosen one is; what comes of it is what the way back starts
 * from, so that things that models have no word for are minded on both ways. */

#include "config.h"

#include "core/workspace/autogenerate.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <glib/gstdio.h>

#include "core/alembic/write.h"
#include "core/base/error.h"
#include "core/ddl/ddl.h"
#include "core/workspace/autogenerate-body.h"
#include "core/workspace/proof.h"
#include "core/workspace/replay.h"
#include "core/workspace/scratch.h"

struct _StrataAutogenerate
{
  StrataWorkspace  *workspace;     /* borrowed */
  StrataComparison *comparison;
  gboolean         *chosen;        /* of each of its differences */
  guint             n_chosen;
  gboolean          is_all;        /* that the comparison chose */
  StrataScratch    *scratch;       /* as the database was, once all was tried; NULL: there can be none */
  StrataPicture    *after;         /* what the way there came to; NULL without scratch */
  StrataDiff       *back;
  gboolean         *back_chosen;   /* NULL: all */
  const GPtrArray  *there_steps;   /* StrataDiffStep, the diffs' */
  const GPtrArray  *back_steps;
  char             *unproven;
};

/* FALSE, with an error that names them, where anything is left to do. */
static gboolean
require_same (StrataAutogenerate  *self,
              StrataPicture       *from,
              StrataPicture       *to,
              gboolean             is_all,
              const char          *what,
              GError             **error)
{
  StrataModels *models = is_all ? NULL : self->comparison->to->models;
  const StrataDiffOptions none = { NULL };
  g_autoptr(StrataDiff) diff = strata_diff_new (from, to, &none);
  g_autofree gboolean *wanted = g_new0 (gboolean, strata_diff_get_n (diff) + 1);
  g_autoptr(GString) text = NULL;
  gboolean is_same = TRUE;

  for (guint i = 0; i < strata_diff_get_n (diff); i++)
    {
      wanted[i] = models == NULL || !strata_models_leave_out (models, from, to, strata_diff_get (diff, i));
      is_same &= !wanted[i];
    }
  if (is_same)
    return TRUE;

  text = g_string_new (NULL);
  strata_proof_append_titles (text, diff, from, wanted);
  g_set_error (error, STRATA_ERROR, STRATA_ERROR_FAILED, _("%s, tried in a scratch database, still leaves to do:%s"), what, text->str);

  return FALSE;
}

static char *
join_steps (const GPtrArray *steps)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < steps->len; i++)
    g_string_append_printf (text, "%s;\n", ((const StrataDiffStep *) g_ptr_array_index (steps, i))->sql);

  return g_string_free (text, FALSE);
}

static StrataPicture *
load_and_read (StrataAutogenerate  *self,
               const char          *name,
               const char          *text,
               GCancellable        *cancellable,
               GError             **error)
{
  if (!strata_scratch_load (self->scratch, name, text, strlen (text), cancellable, error))
    return NULL;

  return strata_workspace_read_picture (self->workspace, strata_scratch_get_connection (self->scratch), cancellable, error);
}

static void
give_up_proof (StrataAutogenerate *self,
               GError             *error)
{
  g_clear_pointer (&self->scratch, strata_scratch_free);
  g_free (self->unproven);
  self->unproven = g_strdup (error->message);
}

/* A scratch database like the chosen one; none, with the reason kept, where there can be none. */
static gboolean
open_copy (StrataAutogenerate  *self,
           gboolean             scratch_agreed,
           GCancellable        *cancellable,
           GError             **error)
{
  StrataPicture *start = self->comparison->from->picture;
  g_autofree char *dump = strata_ddl_dump (start, NULL);
  g_autoptr(StrataPicture) copy = NULL;
  g_autoptr(GError) local = NULL;

  self->scratch = strata_workspace_open_scratch (self->workspace, start->dialect, scratch_agreed, cancellable, &local);
  if (self->scratch != NULL)
    copy = load_and_read (self, "a copy of the database", dump, cancellable, &local);
  if (copy != NULL && require_same (self, copy, start, TRUE, _("A copy of the database's schema"), &local))
    return TRUE;

  if (g_error_matches (local, STRATA_ERROR, STRATA_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  give_up_proof (self, local);

  return TRUE;
}

/* The decided renames, the other way round; with a NULL behind the last. */
static GPtrArray *
turn_renames (StrataAutogenerate *self)
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

/* Which object of the first picture, or else of the second, a difference is about: the same text for both ways. */
static char *
dup_key (const StrataDifference *difference,
         gboolean                is_back)
{
  const StrataObject *first = is_back ? difference->to : difference->from;
  const StrataObject *object = first != NULL ? first : is_back ? difference->from : difference->to;
  const char *part = is_back && difference->new_part != NULL ? difference->new_part : difference->part;

  return g_strdup_printf ("%d %s.%s.%s(%s) %s %s", object->kind, object->schema != NULL ? object->schema : "",
                          object->table != NULL ? object->table : "", object->name, object->arguments != NULL ? object->arguments : "",
                          part != NULL ? part : "", difference->property != NULL ? difference->property : "");
}

/* Of the differences back those whose way there was chosen. */
static gboolean *
choose_back (StrataAutogenerate *self)
{
  StrataDiff *there = self->comparison->diff;
  g_autoptr(GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gboolean *chosen = g_new0 (gboolean, strata_diff_get_n (self->back) + 1);

  for (guint i = 0; i < strata_diff_get_n (there); i++)
    if (self->chosen[i])
      g_hash_table_add (keys, dup_key (strata_diff_get (there, i), FALSE));
  for (guint i = 0; i < strata_diff_get_n (self->back); i++)
    {
      g_autofree char *key = dup_key (strata_diff_get (self->back, i), TRUE);

      chosen[i] = g_hash_table_contains (keys, key);
    }

  return chosen;
}

static gboolean
plan_back (StrataAutogenerate  *self,
           GError             **error)
{
  g_autoptr(GPtrArray) renames = turn_renames (self);
  const StrataDiffOptions options = { (const StrataRename * const *) renames->pdata };

  self->back = strata_diff_new (self->after != NULL ? self->after : self->comparison->to->picture,
                                self->comparison->from->picture, &options);
  if (self->after == NULL)
    self->back_chosen = choose_back (self);
  self->back_steps = strata_diff_plan (self->back, self->back_chosen, error);
  if (self->back_steps == NULL)
    g_prefix_error (error, _("The downgrade: "));

  return self->back_steps != NULL;
}

/* The steps give things to roles that the scratch server lacks, or may not be given to. */
static gboolean
is_about_roles (const GPtrArray *steps,
                const GError    *error)
{
  const StrataServerMessage *message = strata_database_error_get_message (error);

  if (message == NULL || (g_strcmp0 (message->sqlstate, "42704") != 0 && g_strcmp0 (message->sqlstate, "42501") != 0))
    return FALSE;

  for (guint i = 0; i < steps->len; i++)
    {
      const char *sql = ((const StrataDiffStep *) g_ptr_array_index (steps, i))->sql;

      if (g_str_has_prefix (sql, "GRANT ") || g_str_has_prefix (sql, "REVOKE ") || strstr (sql, " OWNER TO ") != NULL)
        return TRUE;
    }

  return FALSE;
}

static gboolean
try_there (StrataAutogenerate  *self,
           GCancellable        *cancellable,
           GError             **error)
{
  g_autofree char *text = join_steps (self->there_steps);

  g_autoptr(GError) local = NULL;

  self->after = load_and_read (self, "the upgrade", text, cancellable, &local);
  if (self->after == NULL && self->is_all && is_about_roles (self->there_steps, local))
    {
      give_up_proof (self, local);
      return TRUE;
    }
  if (self->after == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (self->comparison->to->models != NULL)
    strata_models_name_types (self->comparison->to->models, self->after);

  return !self->is_all || require_same (self, self->after, self->comparison->to->picture, FALSE, _("The upgrade"), error);
}

static gboolean
try_back (StrataAutogenerate  *self,
          GCancellable        *cancellable,
          GError             **error)
{
  g_autofree char *text = join_steps (self->back_steps);
  g_autoptr(StrataPicture) start = load_and_read (self, "the downgrade", text, cancellable, error);

  return start != NULL && require_same (self, start, self->comparison->from->picture, TRUE, "The downgrade", error);
}

/* What is done without having been asked for is undone with the rest. */
static void
take_along (StrataAutogenerate *self)
{
  const gboolean *all = self->comparison->chosen;

  self->is_all = TRUE;
  self->n_chosen = 0;
  for (guint i = 0; i < strata_diff_get_n (self->comparison->diff); i++)
    {
      self->chosen[i] = strata_diff_is_planned (self->comparison->diff, i);
      self->n_chosen += self->chosen[i];
      self->is_all &= self->chosen[i] || !all[i];
    }
}

static gboolean
generate (StrataAutogenerate       *self,
          const StrataSideOptions  *options,
          GCancellable             *cancellable,
          GError                  **error)
{
  self->there_steps = strata_diff_plan (self->comparison->diff, self->chosen, error);
  if (self->there_steps == NULL)
    return FALSE;

  take_along (self);
  if (!open_copy (self, options->scratch_agreed, cancellable, error))
    return FALSE;
  if (self->scratch == NULL && !self->is_all)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_REFUSED, _("What undoes a part of the differences is found in a scratch database"
                     " only; for all of them it is known without. %s"), self->unproven);
      return FALSE;
    }
  if (self->scratch != NULL && !try_there (self, cancellable, error))
    return FALSE;
  if (!plan_back (self, error))
    return FALSE;

  return self->scratch == NULL || try_back (self, cancellable, error);
}

static void
choose (StrataAutogenerate *self,
        const gboolean     *chosen)
{
  guint n = strata_diff_get_n (self->comparison->diff);

  self->chosen = g_new0 (gboolean, n + 1);
  for (guint i = 0; i < n; i++)
    {
      self->chosen[i] = chosen != NULL ? chosen[i] : self->comparison->chosen[i];
      self->n_chosen += self->chosen[i];
    }
}

StrataAutogenerate *
strata_autogenerate_new (StrataWorkspace          *workspace,
                         StrataComparison         *comparison,
                         const gboolean           *chosen,
                         const StrataSideOptions  *options,
                         gboolean                  expects_drops,
                         GCancellable             *cancellable,
                         GError                  **error)
{
  g_autoptr(StrataAutogenerate) self = g_new0 (StrataAutogenerate, 1);

  self->workspace = workspace;
  self->comparison = comparison;
  choose (self, chosen);
  if (!strata_autogenerate_require_expected (comparison, self->chosen, expects_drops, error))
    return NULL;
  if (self->n_chosen > 0 && !generate (self, options, cancellable, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
strata_autogenerate_free (StrataAutogenerate *self)
{
  g_clear_pointer (&self->back, strata_diff_free);
  g_free (self->back_chosen);
  g_free (self->chosen);
  g_clear_pointer (&self->after, strata_picture_unref);
  g_clear_pointer (&self->comparison, strata_comparison_unref);
  g_clear_pointer (&self->scratch, strata_scratch_free);
  g_free (self->unproven);
  g_free (self);
}

static StrataRevision *
write_file (StrataAutogenerate       *self,
            const StrataNewRevision  *options,
            gboolean                  is_plain,
            GError                  **error)
{
  StrataProject *project = strata_workspace_get_project (self->workspace);
  StrataModels *models = self->comparison->to->models;
  gboolean is_alembic = strata_project_get_kind (project) == STRATA_PROJECT_ALEMBIC;
  gboolean wants_batches = models != NULL && strata_models_get_options (models)->as_batch;
  g_autoptr(GHashTable) imports = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  StrataBodyStyle style = {
    .is_python = options->format != NULL ? g_str_equal (options->format, "py") : is_alembic,
    .is_plain = is_plain,
    .as_batch = self->comparison->from->picture->dialect == STRATA_DIALECT_SQLITE || wants_batches,
    .as_few_batches = !wants_batches,
  };
  g_autofree char *there = NULL;
  g_autofree char *back = NULL;
  g_autofree char *lines = NULL;
  StrataNewRevision with_bodies = *options;

  if (self->n_chosen > 0)
    {
      there = strata_autogenerate_dup_body (self->comparison->diff, self->chosen, self->there_steps, &style, imports, error);
      style.is_downgrade = TRUE;
      if (there != NULL)
        back = strata_autogenerate_dup_body (self->back, self->back_chosen, self->back_steps, &style, imports, error);
      if (back == NULL)
        return NULL;
    }

  lines = strata_python_write_imports (imports);
  with_bodies.upgrade = there;
  with_bodies.downgrade = back;
  with_bodies.imports = style.is_python ? lines : NULL;

  return strata_project_create_revision (project, &with_bodies, error);
}

/* The script itself, up and down in the scratch database. */
static gboolean
try_script (StrataAutogenerate  *self,
            StrataRevision      *revision,
            GCancellable        *cancellable,
            GError             **error)
{
  const char * const *rows = (const char * const *) self->comparison->from->rows;
  const char * const *down = strata_revision_get_down_revisions (revision);
  const char *up[] = { strata_revision_get_id (revision), NULL };
  StrataConnection *connection = strata_scratch_get_connection (self->scratch);
  g_autoptr(StrataWorkspace) workspace = strata_workspace_open_anew (self->workspace, error);
  g_autoptr(StrataPicture) after = NULL;
  g_autoptr(StrataPicture) start = NULL;

  if (workspace == NULL
      || (rows != NULL && rows[0] != NULL && !strata_workspace_replay_stamp (workspace, self->scratch, rows, cancellable, error))
      || !strata_workspace_replay (workspace, self->scratch, up, NULL, cancellable, error))
    return FALSE;

  after = strata_workspace_read_picture (workspace, connection, cancellable, error);
  if (after == NULL || !require_same (self, after, self->after, TRUE, _("The revision's upgrade"), error)
      || !strata_workspace_replay_back (workspace, self->scratch, down != NULL && down[0] != NULL ? down[0] : "base", cancellable, error))
    return FALSE;

  start = strata_workspace_read_picture (workspace, connection, cancellable, error);

  return start != NULL && require_same (self, start, self->comparison->from->picture, TRUE, _("The revision's downgrade"), error);
}

/* Whether the revision begins where the first side is: from there it alone is run. */
static gboolean
begins_there (StrataAutogenerate *self,
              StrataRevision     *revision)
{
  const char * const *rows = (const char * const *) self->comparison->from->rows;
  const char * const *down = strata_revision_get_down_revisions (revision);
  gboolean is_new = rows == NULL || rows[0] == NULL;

  if (self->comparison->from->kind != STRATA_SIDE_DATABASE && self->comparison->from->kind != STRATA_SIDE_EMPTY)
    return FALSE;
  for (guint i = 0; down != NULL && down[i] != NULL; i++)
    if (is_new || !g_strv_contains (rows, down[i]))
      return FALSE;

  return TRUE;
}

/* Makes the scratch database as it was before a script was tried in it; to have one was agreed to then. */
static gboolean
renew_copy (StrataAutogenerate  *self,
            GCancellable        *cancellable,
            GError             **error)
{
  g_clear_pointer (&self->scratch, strata_scratch_free);

  return open_copy (self, TRUE, cancellable, error);
}

StrataRevision *
strata_autogenerate_write (StrataAutogenerate       *self,
                           const StrataNewRevision  *options,
                           GCancellable             *cancellable,
                           GError                  **error)
{
  for (gboolean is_plain = FALSE; ; is_plain = TRUE)
    {
      g_autoptr(StrataRevision) revision = write_file (self, options, is_plain, error);
      g_autoptr(GError) local = NULL;

      if (revision == NULL || self->scratch == NULL || self->n_chosen == 0 || !begins_there (self, revision)
          || try_script (self, revision, cancellable, &local))
        return g_steal_pointer (&revision);

      /* What it does was proven already, if not by this file. */
      if (g_error_matches (local, STRATA_ERROR, STRATA_ERROR_NEEDS_PYTHON)
          || g_error_matches (local, STRATA_ERROR, STRATA_ERROR_NEEDS_CONSENT))
        {
          give_up_proof (self, local);
          return g_steal_pointer (&revision);
        }

      g_unlink (strata_revision_get_path (revision));
      if (is_plain || strata_revision_get_format (revision) != STRATA_REVISION_PYTHON
          || g_error_matches (local, STRATA_ERROR, STRATA_ERROR_CANCELLED))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }

      g_debug ("Directives did not do: %s", local->message);
      /* What directives can't say alike, statements can. */
      if (!renew_copy (self, cancellable, error))
        return NULL;
    }
}

const char *
strata_autogenerate_get_unproven (StrataAutogenerate *self)
{
  return self->unproven;
}

StrataComparison *
strata_autogenerate_get_comparison (StrataAutogenerate *self)
{
  return self->comparison;
}
