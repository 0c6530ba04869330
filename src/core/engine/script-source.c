/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/engine/collect.h"

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/finding.h"

/* An exception, or a server that can't do it, is wrong with the script on any tool; all the rest only with ours. */
static void
propagate_failure (const char             *path,
                   StrataEvaluateFailure  *failure,
                   GError                **error)
{
  StrataPlace place = { failure->file != NULL ? failure->file : path, failure->line, failure->column };
  g_autofree char *where = strata_place_to_string (place);
  gboolean is_wrong = g_str_equal (failure->code, STRATA_EVALUATE_RAISES)
                      || g_str_equal (failure->code, STRATA_EVALUATE_UNSUPPORTED)
                      || g_str_equal (failure->code, STRATA_EVALUATE_NO_FUNCTION)
                      || g_str_equal (failure->code, STRATA_EVALUATE_NEEDS_DATABASE);

  g_set_error (error, STRATA_ERROR, is_wrong ? STRATA_ERROR_FINDINGS : STRATA_ERROR_NEEDS_PYTHON, "%s: %s", where,
               failure->message);
}

static StrataStepScript *
load_python (const StrataStep  *step,
             StrataDialect      dialect,
             gboolean           is_offline,
             StrataModules     *modules,
             GError           **error)
{
  const char *path = strata_revision_get_path (step->revision);
  StrataCollectOptions options = {
    .dialect = dialect,
    .is_offline = is_offline,
    .parameters = STRATA_PARAMETERS_NAMED,
    .has_literal_binds = TRUE,
  };
  g_autoptr(StrataEvaluateFailure) failure = NULL;
  g_autoptr(GArray) collected = NULL;
  gsize length;
  g_autofree char *text = strata_file_read (path, &length, error);
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataPyTree) tree = text != NULL ? strata_py_tree_parse (path, text, length, findings) : NULL;

  if (tree == NULL)
    return NULL;
  collected = strata_collect_tree (tree, step->kind == STRATA_STEP_DOWNGRADE ? "downgrade" : "upgrade", &options, modules, NULL,
                                   &failure);
  if (collected == NULL && (is_offline || !g_str_equal (failure->code, STRATA_EVALUATE_NEEDS_DATABASE)))
    {
      propagate_failure (path, failure, error);
      return NULL;
    }

  if (collected != NULL)
    return strata_step_script_new_python (path, text, length, collected, dialect, error);

  return strata_step_script_new_live (path, text, length, strata_modules_keeps_tree (modules, length) ? tree : NULL,
                                      strata_modules_leave_transaction (modules, tree));
}

StrataStepScript *
strata_modules_load_step (const StrataStep  *step,
                          StrataDialect      dialect,
                          gboolean           is_offline,
                          gpointer           modules,
                          GError           **error)
{
  if (strata_revision_get_format (step->revision) == STRATA_REVISION_SQL)
    return strata_step_source_files.load (step, dialect, is_offline, NULL, error);

  return load_python (step, dialect, is_offline, modules, error);
}
