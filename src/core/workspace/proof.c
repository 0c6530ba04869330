/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/workspace/proof.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/diff/diff.h"
#include "core/workspace/replay.h"
#include "core/workspace/scratch.h"
#include "core/workspace/workspace-private.h"

#define MOST_SHOWN 5

/* One call of strata_workspace_prove(). */
typedef struct
{
  StrataWorkspace *workspace;    /* with the revision */
  StrataScratch   *scratch;
  StrataRevision  *revision;
  StrataPicture   *start;        /* on top of its ancestors; NULL until then */
  GCancellable    *cancellable;
} Proof;

static void
proof_clear (Proof *self)
{
  g_clear_pointer (&self->start, strata_picture_unref);
  g_clear_pointer (&self->scratch, strata_scratch_free);
  g_clear_pointer (&self->workspace, strata_workspace_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Proof, proof_clear)

StrataWorkspace *
strata_workspace_open_anew (StrataWorkspace  *self,
                            GError          **error)
{
  StrataProject *project = self->project;
  const StrataWorkspaceRequest request = {
    .project = {
      .folder = strata_project_get_root (project),
      .configs = strata_project_get_chosen (project) ? strata_project_get_configs (project) : NULL,
      .section = strata_project_get_section (project),
      .x_args = strata_project_get_x_args (project),
      .environ = (const char * const *) self->environ,
    },
  };
  StrataWorkspace *workspace = strata_workspace_open (&request, error);

  if (workspace != NULL && self->covers_privileges)
    strata_workspace_cover_privileges (workspace);

  return workspace;
}

void
strata_proof_append_titles (GString             *text,
                            StrataDiff          *diff,
                            const StrataPicture *picture,
                            const gboolean      *wanted)
{
  guint n = 0;

  for (guint i = 0; i < strata_diff_get_n (diff); i++)
    if (wanted == NULL || wanted[i])
      {
        g_autofree char *title = n < MOST_SHOWN ? strata_difference_dup_title (strata_diff_get (diff, i), picture->default_schema)
                                                : NULL;

        if (title != NULL)
          g_string_append_printf (text, "\n  %s", title);
        n++;
      }
  if (n > MOST_SHOWN)
    {
      g_string_append (text, "\n  ");
      g_string_append_printf (text, g_dngettext (GETTEXT_PACKAGE, "and %u more", "and %u more", n - MOST_SHOWN), n - MOST_SHOWN);
    }
}

/* What stands for "it was not possible" rather than for "it does not do". */
static gboolean
is_about_trying (const GError *error)
{
  return g_error_matches (error, STRATA_ERROR, STRATA_ERROR_NEEDS_PYTHON)
         || g_error_matches (error, STRATA_ERROR, STRATA_ERROR_NEEDS_CONSENT)
         || g_error_matches (error, STRATA_ERROR, STRATA_ERROR_NEEDS_SCRATCH)
         || g_error_matches (error, STRATA_ERROR, STRATA_ERROR_REFUSED);
}

static StrataPicture *
read_picture (const Proof  *self,
              GError      **error)
{
  return strata_workspace_read_picture (self->workspace, strata_scratch_get_connection (self->scratch), self->cancellable, error);
}

/* As its ancestors leave the database. */
static gboolean
prepare (Proof            *self,
         StrataWorkspace  *project,
         gboolean          scratch_agreed,
         GError          **error)
{
  const StrataSide database = { STRATA_SIDE_DATABASE };
  const char * const *lists[] = { strata_revision_get_down_revisions (self->revision), strata_revision_get_depends_on (self->revision) };
  StrataDialect dialect = strata_workspace_get_side_dialect (project, &database, error);

  if (dialect == STRATA_DIALECT_UNKNOWN
      || (self->scratch = strata_workspace_open_scratch (project, dialect, scratch_agreed, self->cancellable, error)) == NULL)
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    if (lists[i] != NULL && !strata_workspace_replay (self->workspace, self->scratch, lists[i], NULL, self->cancellable, error))
      return FALSE;
  self->start = read_picture (self, error);

  return self->start != NULL;
}

/* Why the way back is not what it should be; NULL: it is. */
static char *
try_back (const Proof *self)
{
  const char * const *down = strata_revision_get_down_revisions (self->revision);
  const StrataDiffOptions none = { NULL };
  g_autoptr(StrataPicture) end = NULL;
  g_autoptr(StrataDiff) diff = NULL;
  g_autoptr(GString) text = NULL;
  g_autoptr(GError) error = NULL;

  if (strata_workspace_replay_back (self->workspace, self->scratch, down != NULL && down[0] != NULL ? down[0] : "base",
                                    self->cancellable, &error))
    end = read_picture (self, &error);
  if (end == NULL)
    return g_strdup_printf (_("its downgrade does not run. %s"), error->message);

  diff = strata_diff_new (end, self->start, &none);
  if (strata_diff_get_n (diff) == 0)
    return NULL;

  text = g_string_new (_("its downgrade does not give back all that was; it still has to"));
  strata_proof_append_titles (text, diff, end, NULL);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

gboolean
strata_workspace_prove (StrataWorkspace          *self,
                        StrataRevision           *revision,
                        const StrataSideOptions  *options,
                        char                    **unproven,
                        GCancellable             *cancellable,
                        GError                  **error)
{
  const char *up[] = { strata_revision_get_id (revision), NULL };
  g_auto(Proof) proof = { .revision = revision, .cancellable = cancellable };
  g_autoptr(GError) local = NULL;
  gboolean is_prepared = FALSE;

  *unproven = NULL;
  proof.workspace = strata_workspace_open_anew (self, &local);
  if (proof.workspace != NULL)
    is_prepared = prepare (&proof, self, options->scratch_agreed, &local);
  if (is_prepared && strata_workspace_replay (proof.workspace, proof.scratch, up, NULL, cancellable, &local))
    {
      *unproven = strata_revision_get_irreversible (revision) ? g_strdup (_("it has no downgrade")) : try_back (&proof);
      return !g_cancellable_set_error_if_cancelled (cancellable, error);
    }

  if (!g_cancellable_is_cancelled (cancellable) && (!is_prepared || is_about_trying (local)))
    *unproven = g_strdup (local->message);
  else
    g_propagate_error (error, g_steal_pointer (&local));

  return *unproven != NULL;
}
