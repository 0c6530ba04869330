/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/engine/collect.h"

#include <string.h>

#include "core/base/error.h"
#include "core/sql/lexer.h"
#include "core/sql/splitter.h"
#include "core/sql/statement.h"

typedef struct
{
  const StrataCollectOptions *options;
  StrataRenderer             *renderer;
  StrataModules              *modules;
  const char                 *path;
  GArray                     *collected;
  gboolean                    is_autocommit;
  gboolean                    has_left;       /* by COMMIT */
} Collector;

static void
clear_collected (gpointer data)
{
  g_free (((StrataCollected *) data)->text);
}

int
strata_collect_error_code (const GError *error)
{
  if (g_error_matches (error, STRATA_RENDER_ERROR, STRATA_RENDER_ERROR_UNSUPPORTED))
    return STRATA_EVALUATE_ERROR_UNSUPPORTED;
  if (g_error_matches (error, STRATA_RENDER_ERROR, STRATA_RENDER_ERROR_UNKNOWN))
    return STRATA_EVALUATE_ERROR_UNKNOWN;

  return STRATA_EVALUATE_ERROR_RAISES;
}

static void
propagate (GError **error,
           GError  *from)
{
  g_set_error_literal (error, STRATA_EVALUATE_ERROR, strata_collect_error_code (from), from->message);
  g_error_free (from);
}

static gboolean
may_turn (StrataDialect  dialect,
          const char    *text)
{
  StrataLexer lexer;
  StrataToken first;

  strata_lexer_init (&lexer, dialect, text, strlen (text));

  return strata_lexer_next (&lexer, &first)
         && (strata_token_is_word (&first, "COMMIT") || strata_token_is_word (&first, "END") || strata_token_is_word (&first, "BEGIN"));
}

StrataCollectedTurn
strata_collected_get_turn (StrataDialect  dialect,
                           const char    *text)
{
  g_autoptr(GArray) statements = NULL;
  const char *words = NULL;

  /* Nearly all leave here, and are not taken apart. */
  if (dialect != STRATA_DIALECT_POSTGRESQL || !may_turn (dialect, text))
    return STRATA_COLLECTED_STAYS;
  statements = strata_sql_split (dialect, text, strlen (text), NULL, 1, NULL);
  if (statements == NULL || statements->len != 1)
    return STRATA_COLLECTED_STAYS;
  strata_statement_classify (dialect, &g_array_index (statements, StrataStatement, 0), &words);
  if (g_strcmp0 (words, "COMMIT") == 0 || g_strcmp0 (words, "END") == 0)
    return STRATA_COLLECTED_LEAVES;

  return g_strcmp0 (words, "BEGIN") == 0 ? STRATA_COLLECTED_RETURNS : STRATA_COLLECTED_STAYS;
}

static void
add_text (Collector   *self,
          char        *text,
          StrataPlace  place)
{
  StrataCollected one = {
    .text = text,
    .line = g_strcmp0 (place.file, self->path) == 0 ? place.line : 0,
    .is_transactional = !self->is_autocommit,
  };

  g_array_append_val (self->collected, one);
}

/* TRUE: the text is no statement of its own, but what autocommit_block() does. */
static gboolean
follow_turn (Collector  *self,
             const char *text)
{
  StrataCollectedTurn turn = self->options->is_offline ? STRATA_COLLECTED_STAYS
                                                       : strata_collected_get_turn (self->options->dialect, text);

  if (turn == STRATA_COLLECTED_STAYS || (turn == STRATA_COLLECTED_RETURNS && !self->has_left))
    return FALSE;

  self->has_left = self->is_autocommit = turn == STRATA_COLLECTED_LEAVES;
  add_text (self, NULL, (StrataPlace) { NULL });

  return TRUE;
}

static gboolean
collect (const StrataOperation  *operation,
         StrataPlace             place,
         gpointer                data,
         GError                **error)
{
  Collector *self = data;
  g_autoptr(GPtrArray) statements = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_rendered_free);
  GError *local_error = NULL;

  if (!strata_renderer_render (self->renderer, operation, statements, &local_error))
    {
      propagate (error, local_error);
      return FALSE;
    }
  for (guint i = 0; i < statements->len; i++)
    {
      StrataRendered *one = g_ptr_array_index (statements, i);

      if (!follow_turn (self, one->text))
        add_text (self, g_steal_pointer (&one->text), place);
    }

  return TRUE;
}

static gboolean
set_autocommit (gboolean   is_on,
                gpointer   data,
                GError   **error)
{
  Collector *self = data;

  self->is_autocommit = is_on;
  add_text (self, NULL, (StrataPlace) { NULL });

  return TRUE;
}

static StrataPyTree *
load_module (const char *name,
             gboolean   *is_package,
             gpointer    data)
{
  Collector *self = data;

  return self->modules != NULL ? strata_modules_load (self->modules, name, is_package) : NULL;
}

static StrataEvaluateFailure *
no_renderer (const char *path,
             GError     *error)
{
  StrataEvaluateFailure *failure = g_new0 (StrataEvaluateFailure, 1);

  failure->code = g_strdup (STRATA_EVALUATE_UNSUPPORTED);
  failure->message = g_strdup (error->message);
  failure->file = g_strdup (path);
  g_error_free (error);

  return failure;
}

GArray *
strata_collect_tree (StrataPyTree                *tree,
                     const char                  *function,
                     const StrataCollectOptions  *options,
                     StrataModules               *modules,
                     gboolean                    *has_varied,
                     StrataEvaluateFailure      **failure)
{
  const char *path = strata_py_tree_get_path (tree);
  g_autoptr(GArray) collected = g_array_new (FALSE, FALSE, sizeof (StrataCollected));
  g_autoptr(StrataRenderer) renderer = NULL;
  const StrataSettings *settings = modules != NULL ? strata_project_get_settings (strata_modules_get_project (modules)) : NULL;
  GError *error = NULL;
  StrataRenderOptions render = {
    .dialect = options->dialect,
    .parameters = options->parameters,
    .has_literal_binds = options->has_literal_binds,
    .is_online = !options->is_offline,
  };
  Collector collector = { .options = options, .modules = modules, .path = path, .collected = collected };
  StrataEvaluateTarget target = {
    .dialect = options->dialect,
    .is_offline = options->is_offline,
    .names = modules != NULL ? (const char * const *) strata_project_get_settings (strata_modules_get_project (modules))->names
                             : NULL,
    .x_args = modules != NULL ? strata_project_get_x_args (strata_modules_get_project (modules)) : NULL,
    .version_table = settings != NULL ? settings->version_table : NULL,
    .version_table_schema = settings != NULL ? settings->version_table_schema : NULL,
    .naming = &render.naming,
    .data = &collector,
    .emit = collect,
    .set_autocommit = set_autocommit,
    .load_module = load_module,
  };

  if (modules != NULL)
    render.naming = *strata_project_get_naming (strata_modules_get_project (modules));
  /* Nothing runs: whoever shows the statements says what is in doubt. */
  if (options->is_preview)
    render.naming.doubt = NULL;
  g_array_set_clear_func (collected, clear_collected);
  renderer = strata_renderer_new (&render, &error);
  if (renderer == NULL)
    {
      *failure = no_renderer (path, error);
      return NULL;
    }
  collector.renderer = renderer;
  if (options->evaluator != NULL)
    *failure = strata_evaluator_run (options->evaluator, tree, function, &target, has_varied);
  else
    *failure = strata_evaluate (tree, function, &target, has_varied);

  return *failure == NULL ? g_steal_pointer (&collected) : NULL;
}

GArray *
strata_collect_script (const char                  *path,
                       const char                  *text,
                       gsize                        length,
                       const char                  *function,
                       const StrataCollectOptions  *options,
                       StrataModules               *modules,
                       gboolean                    *has_varied,
                       StrataEvaluateFailure      **failure)
{
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataPyTree) tree = strata_py_tree_parse (path, text, length, findings);

  return strata_collect_tree (tree, function, options, modules, has_varied, failure);
}
