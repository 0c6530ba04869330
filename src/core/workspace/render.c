/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/workspace/render.h"

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/engine/collect.h"
#include "core/engine/step-script.h"
#include "core/workspace/workspace-private.h"

/* A thread that has less to do costs more than it gives. */
#define FEWEST_A_THREAD 8
#define MOST_THREADS 16

void
strata_rendering_free (StrataRendering *self)
{
  if (self == NULL)
    return;
  strata_revision_unref (self->revision);
  g_clear_pointer (&self->statements, g_ptr_array_unref);
  g_free (self->code);
  g_free (self->message);
  g_free (self->file);
  g_free (self->opaque);
  g_free (self);
}

static void
take_failure (StrataRendering       *self,
              StrataEvaluateFailure *failure)
{
  self->code = g_steal_pointer (&failure->code);
  self->message = g_steal_pointer (&failure->message);
  self->file = g_steal_pointer (&failure->file);
  self->line = failure->line;
  self->opaque = g_steal_pointer (&failure->opaque);
  strata_evaluate_failure_free (failure);
}

static void
render_python (StrataWorkspace *workspace,
               StrataRendering *self,
               const char      *text,
               gsize            length,
               StrataDialect    dialect,
               StrataEvaluator *evaluator)
{
  StrataCollectOptions options = {
    .dialect = dialect,
    .evaluator = evaluator,
    .is_offline = TRUE,
    .parameters = STRATA_PARAMETERS_NAMED,
    .has_literal_binds = TRUE,
    .is_preview = TRUE,
  };
  StrataEvaluateFailure *failure = NULL;
  g_autoptr(GArray) collected = strata_collect_script (strata_revision_get_path (self->revision), text, length,
                                                       self->direction == STRATA_UPGRADE ? "upgrade" : "downgrade", &options,
                                                       strata_workspace_get_modules (workspace), &self->varies, &failure);

  if (collected == NULL)
    {
      take_failure (self, failure);
      return;
    }
  self->statements = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < collected->len; i++)
    {
      StrataCollected *one = &g_array_index (collected, StrataCollected, i);

      /* Only servers with transactions around DDL have anything to say about a block without one. */
      if (one->text != NULL)
        g_ptr_array_add (self->statements, g_steal_pointer (&one->text));
      else if (dialect == STRATA_DIALECT_POSTGRESQL)
        g_ptr_array_add (self->statements, g_strdup (one->is_transactional ? "BEGIN" : "COMMIT"));
    }
}

static void
render_sql (StrataRendering *self,
            const char      *text,
            gsize            length,
            StrataDialect    dialect)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataStepScript) script = strata_step_script_new_sql (strata_revision_get_path (self->revision), text, length,
                                                                   self->direction, dialect, &error);

  if (script == NULL)
    {
      self->code = g_strdup (strata_error_code_get_name (error->domain == STRATA_ERROR ? error->code : STRATA_ERROR_FAILED));
      self->message = g_strdup (error->message);
      self->file = g_strdup (strata_revision_get_path (self->revision));
      return;
    }
  self->statements = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < strata_step_script_get_n_sections (script); i++)
    {
      GArray *statements = strata_step_script_get_section (script, i)->statements;

      for (guint j = 0; j < statements->len; j++)
        {
          const StrataStatement *statement = &g_array_index (statements, StrataStatement, j);

          g_ptr_array_add (self->statements, g_strndup (statement->text, statement->length));
        }
    }
}

static StrataRendering *
render_one (StrataWorkspace  *workspace,
            StrataRevision   *revision,
            StrataDirection   direction,
            StrataDialect     dialect,
            StrataEvaluator  *evaluator,
            GError          **error)
{
  gsize length;
  g_autofree char *text = strata_file_read (strata_revision_get_path (revision), &length, error);
  StrataRendering *self;

  if (text == NULL)
    return NULL;
  self = g_new0 (StrataRendering, 1);
  self->revision = strata_revision_ref (revision);
  self->direction = direction;
  if (strata_revision_get_format (revision) == STRATA_REVISION_PYTHON)
    render_python (workspace, self, text, length, dialect, evaluator);
  else
    render_sql (self, text, length, dialect);

  return self;
}

/* Evaluations share nothing that changes but the project's modules, which have a lock. */
typedef struct
{
  StrataWorkspace       *workspace;
  GPtrArray             *revisions;
  const StrataDirection *directions;
  guint                  n_directions;
  StrataDialect          dialect;
  guint                  n_results;
  StrataRendering      **results;
  GError               **errors;      /* one for each result */
  gint                   next;        /* atomic */
} Crowd;

static gpointer
render_some (gpointer data)
{
  Crowd *self = data;
  g_autoptr(StrataEvaluator) evaluator = strata_evaluator_new ();
  guint i;

  while ((i = (guint) g_atomic_int_add (&self->next, 1)) < self->n_results)
    self->results[i] = render_one (self->workspace, g_ptr_array_index (self->revisions, i / self->n_directions),
                                   self->directions[i % self->n_directions], self->dialect, evaluator, &self->errors[i]);

  return NULL;
}

static void
render_together (Crowd *self)
{
  guint n_threads = MIN (self->n_results / FEWEST_A_THREAD, CLAMP (g_get_num_processors (), 1, MOST_THREADS));
  GThread *threads[MOST_THREADS] = { NULL };

  /* What they share is made before they begin. */
  strata_workspace_get_modules (self->workspace);
  for (guint i = 1; i < n_threads; i++)
    threads[i] = g_thread_try_new ("render", render_some, self, NULL);

  render_some (self);
  for (guint i = 1; i < n_threads; i++)
    if (threads[i] != NULL)
      g_thread_join (threads[i]);
}

GPtrArray *
strata_workspace_render (StrataWorkspace        *self,
                         GPtrArray              *revisions,
                         const StrataDirection  *directions,
                         guint                   n_directions,
                         StrataDialect           dialect,
                         GError                **error)
{
  g_autoptr(GPtrArray) renderings = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_rendering_free);
  guint n = revisions->len * n_directions;
  g_autofree StrataRendering **results = g_new0 (StrataRendering *, n);
  g_autofree GError **errors = g_new0 (GError *, n);
  Crowd crowd = { self, revisions, directions, n_directions, dialect, n, results, errors, 0 };
  gboolean well = TRUE;

  render_together (&crowd);

  for (guint i = 0; i < n; i++)
    {
      if (results[i] != NULL)
        g_ptr_array_add (renderings, results[i]);
      if (errors[i] == NULL)
        continue;
      g_propagate_error (well ? error : NULL, errors[i]);
      well = FALSE;
    }

  return well ? g_steal_pointer (&renderings) : NULL;
}

const char *
strata_workspace_get_naming_doubt (StrataWorkspace *self)
{
  return strata_project_get_naming (strata_modules_get_project (strata_workspace_get_modules (self)))->doubt;
}
