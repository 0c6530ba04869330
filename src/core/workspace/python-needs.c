/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/workspace/python-needs.h"

#include <glib/gi18n-lib.h>

#include "core/base/files.h"
#include "core/python/machine.h"
#include "core/workspace/workspace-private.h"

struct _StrataPythonNeeds
{
  gatomicrefcount  ref_count;
  GMutex           lock;
  GHashTable      *known;       /* digest of a text and what else counts → why, or "" */
};

StrataPythonNeeds *
strata_python_needs_new (void)
{
  StrataPythonNeeds *self = g_new0 (StrataPythonNeeds, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->lock);
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  return self;
}

StrataPythonNeeds *
strata_python_needs_ref (StrataPythonNeeds *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
strata_python_needs_unref (StrataPythonNeeds *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_hash_table_unref (self->known);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/* The server, the meanings that the project gives to names, and what was not understood of its naming convention. */
static char *
dup_key (StrataWorkspace *workspace,
         const char      *text,
         gsize            length,
         StrataDialect    dialect)
{
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  char **names = strata_project_get_settings (workspace->project)->names;
  const char *doubt = strata_project_get_naming (workspace->project)->doubt;

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    g_checksum_update (checksum, (const guchar *) names[i], strlen (names[i]) + 1);
  g_checksum_update (checksum, (const guchar *) (doubt != NULL ? "?" : "."), 1);
  g_checksum_update (checksum, (const guchar *) &dialect, sizeof dialect);
  g_checksum_update (checksum, (const guchar *) text, length);

  return g_strdup (g_checksum_get_string (checksum));
}

static gboolean
is_for_python (const StrataEvaluateFailure *failure)
{
  static const char * const others[] = {
    STRATA_EVALUATE_RAISES, STRATA_EVALUATE_UNSUPPORTED, STRATA_EVALUATE_NO_FUNCTION, STRATA_EVALUATE_NEEDS_DATABASE,
    STRATA_PY_CODE_SYNTAX, NULL
  };

  return !g_strv_contains (others, failure->code);
}

static char *
describe (const StrataEvaluateFailure *failure,
          const char                  *path)
{
  g_autofree char *where = NULL;

  if (g_strcmp0 (failure->file, path) == 0 && failure->line > 0)
    return g_strdup_printf (_("line %u: %s"), failure->line, failure->message);

  where = strata_place_to_string ((StrataPlace) { failure->file, failure->line, 0 });

  return where != NULL ? g_strdup_printf ("%s: %s", where, failure->message) : g_strdup (failure->message);
}

static char *
evaluate (StrataModules *modules,
          const char    *path,
          const char    *text,
          gsize          length,
          StrataDialect  dialect)
{
  static const char * const functions[] = { "upgrade", "downgrade" };
  const StrataCollectOptions options = { .dialect = dialect, .parameters = STRATA_PARAMETERS_NAMED, .has_literal_binds = TRUE };

  for (guint i = 0; i < G_N_ELEMENTS (functions); i++)
    {
      g_autoptr(StrataEvaluateFailure) failure = NULL;
      g_autoptr(GArray) collected = strata_collect_script (path, text, length, functions[i], &options, modules, NULL, &failure);

      if (collected == NULL && is_for_python (failure))
        return describe (failure, path);
    }

  return g_strdup ("");
}

static char *
look_up (StrataPythonNeeds *self,
         const char        *key)
{
  char *why;

  g_mutex_lock (&self->lock);
  why = g_strdup (g_hash_table_lookup (self->known, key));
  g_mutex_unlock (&self->lock);

  return why;
}

static void
keep (StrataPythonNeeds *self,
      const char        *key,
      const char        *why)
{
  g_mutex_lock (&self->lock);
  g_hash_table_replace (self->known, g_strdup (key), g_strdup (why));
  g_mutex_unlock (&self->lock);
}

char *
strata_python_needs_find (StrataPythonNeeds *self,
                          StrataWorkspace   *workspace,
                          StrataRevision    *revision,
                          StrataDialect      dialect)
{
  const char *path = strata_revision_get_path (revision);
  StrataModules *modules = strata_workspace_get_modules (workspace);
  guint n_found = strata_modules_get_n_found (modules);
  gboolean is_python = path != NULL && strata_revision_get_format (revision) == STRATA_REVISION_PYTHON;
  gsize length;
  g_autofree char *text = is_python ? strata_file_read (path, &length, NULL) : NULL;
  g_autofree char *key = text != NULL ? dup_key (workspace, text, length, dialect) : NULL;
  g_autofree char *why = key != NULL ? look_up (self, key) : NULL;

  if (key != NULL && why == NULL)
    {
      why = evaluate (modules, path, text, length, dialect);
      /* What another module had a say in is not known by the text of the script alone. */
      if (strata_modules_get_n_found (modules) == n_found)
        keep (self, key, why);
    }

  return why != NULL && *why != '\0' ? g_steal_pointer (&why) : NULL;
}
