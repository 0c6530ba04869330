/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/workspace/script-mentions.h"

#include <string.h>

#include "core/engine/collect.h"
#include "core/names/operation-mentions.h"
#include "core/revision/sql-file.h"

struct _StrataMentionReader
{
  StrataModules   *modules;
  StrataEvaluator *evaluator;
  StrataDialect   dialect;
};

/* One script of Python while it is evaluated. */
typedef struct
{
  StrataMentions *mentions;
  StrataRenderer *renderer;     /* or NULL: there is none for this server */
  StrataDialect   dialect;
  const char     *path;
  const char     *text;
  StrataModules  *modules;
} Evaluation;

StrataMentionReader *
strata_mention_reader_new (StrataProject *project,
                           StrataDialect  dialect)
{
  StrataMentionReader *self = g_new0 (StrataMentionReader, 1);

  self->modules = strata_modules_new (project);
  self->evaluator = strata_evaluator_new ();
  self->dialect = dialect != STRATA_DIALECT_UNKNOWN ? dialect : STRATA_DIALECT_POSTGRESQL;

  return self;
}

void
strata_mention_reader_free (StrataMentionReader *self)
{
  strata_modules_unref (self->modules);
  strata_evaluator_free (self->evaluator);
  g_free (self);
}

static void
add_rendered (Evaluation            *self,
              const StrataOperation *operation)
{
  g_autoptr(GPtrArray) statements = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_rendered_free);

  if (self->renderer == NULL || !strata_renderer_render (self->renderer, operation, statements, NULL))
    {
      strata_mentions_doubt (self->mentions, self->text, strlen (self->text));
      strata_mentions_add (self->mentions, STRATA_MENTION_DOUBTS_OTHERS, NULL, NULL, NULL);
      return;
    }

  for (guint i = 0; i < statements->len; i++)
    {
      const char *text = ((StrataRendered *) g_ptr_array_index (statements, i))->text;

      strata_mentions_add_sql (self->mentions, self->dialect, text, strlen (text), 0);
    }
}

static gboolean
emit (const StrataOperation  *operation,
      StrataPlace             place,
      gpointer                data,
      GError                **error)
{
  Evaluation *self = data;
  guint first = strata_mentions_get_n (self->mentions);
  gboolean here = g_strcmp0 (place.file, self->path) == 0;

  if (operation->kind == STRATA_OPERATION_EXECUTE)
    add_rendered (self, operation);
  else
    strata_mentions_add_operation (self->mentions, self->dialect, operation);
  strata_mentions_locate (self->mentions, first, here ? self->text : "", here ? place.line : 0);

  return TRUE;
}

static gboolean
set_autocommit (gboolean   is_on,
                gpointer   data,
                GError   **error)
{
  return TRUE;
}

static StrataPyTree *
load_module (const char *name,
             gboolean   *is_package,
             gpointer    data)
{
  return strata_modules_load (((Evaluation *) data)->modules, name, is_package);
}

/* Who asks for lists of tables, or makes those of models, may name none that it changes. */
static gboolean
may_change_any (const char *text)
{
  static const char * const signs[] = {
    "get_table_names", "reflect", "sorted_tables", "create_all", "drop_all", "information_schema", "sqlite_master", "pg_tables",
    "pg_class", ".tables", "__table__",
  };

  for (guint i = 0; i < G_N_ELEMENTS (signs); i++)
    if (strstr (text, signs[i]) != NULL)
      return TRUE;

  return FALSE;
}

static void
doubt_rest (StrataMentions *mentions,
            const char     *text,
            gsize           length)
{
  strata_mentions_doubt (mentions, text, length);
  strata_mentions_add (mentions, may_change_any (text) ? STRATA_MENTION_DOUBTS_ALL : STRATA_MENTION_DOUBTS_OTHERS, NULL, NULL,
                       NULL);
}

static StrataEvaluateFailure *
evaluate (StrataMentionReader *self,
          StrataMentions      *mentions,
          const char          *path,
          const char          *text,
          gsize                length,
          const char          *function)
{
  StrataProject *project = strata_modules_get_project (self->modules);
  const StrataSettings *settings = strata_project_get_settings (project);
  const StrataRenderOptions render = {
    .dialect = self->dialect, .parameters = STRATA_PARAMETERS_NAMED, .has_literal_binds = TRUE, .is_online = TRUE,
  };
  g_autoptr(StrataRenderer) renderer = strata_renderer_new (&render, NULL);
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataPyTree) tree = strata_py_tree_parse (path, text, length, findings);
  Evaluation evaluation = { mentions, renderer, self->dialect, path, text, self->modules };
  const StrataEvaluateTarget target = {
    .dialect = self->dialect,
    .alters_in_place = TRUE,
    .x_args = strata_project_get_x_args (project),
    .version_table = settings->version_table,
    .version_table_schema = settings->version_table_schema,
    .names = (const char * const *) settings->names,
    .data = &evaluation,
    .emit = emit,
    .set_autocommit = set_autocommit,
    .load_module = load_module,
  };

  return strata_evaluator_run (self->evaluator, tree, function, &target, NULL);
}

static StrataMentions *
read_python (StrataMentionReader *self,
             const char          *path,
             const char          *text,
             gsize                length,
             StrataDirection      direction,
             gboolean             only_whole)
{
  g_autoptr(StrataMentions) mentions = strata_mentions_new ();
  g_autoptr(StrataEvaluateFailure) failure = evaluate (self, mentions, path, text, length,
                                                       direction == STRATA_UPGRADE ? "upgrade" : "downgrade");

  if (failure != NULL && only_whole && !g_str_equal (failure->code, STRATA_EVALUATE_NEEDS_DATABASE)
      && !g_str_equal (failure->code, STRATA_EVALUATE_NEEDS_PYTHON))
    return NULL;
  if (failure != NULL)
    doubt_rest (mentions, text, length);

  return g_steal_pointer (&mentions);
}

static StrataMentions *
read_sql (StrataMentionReader *self,
          const char          *path,
          const char          *text,
          gsize                length,
          StrataDirection      direction,
          gboolean             only_whole)
{
  g_autoptr(StrataMentions) mentions = strata_mentions_new ();
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataSqlScript) script = strata_sql_script_parse (path, text, length, findings);
  g_autoptr(GPtrArray) sections = NULL;
  gboolean is_whole = strata_findings_count (findings, STRATA_SEVERITY_ERROR) == 0;

  if (is_whole)
    sections = strata_sql_script_select (script, direction, self->dialect, NULL);
  if (sections == NULL && only_whole)
    return NULL;
  if (sections == NULL)
    doubt_rest (mentions, text, length);

  for (guint i = 0; sections != NULL && i < sections->len; i++)
    {
      const StrataSqlSection *section = g_ptr_array_index (sections, i);

      strata_mentions_add_sql (mentions, self->dialect, section->text, section->length, section->line);
    }

  return g_steal_pointer (&mentions);
}

StrataMentions *
strata_mention_reader_read (StrataMentionReader *self,
                            const char          *path,
                            const char          *text,
                            gsize                length,
                            StrataDirection      direction,
                            gboolean             only_whole)
{
  return g_str_has_suffix (path, ".py") ? read_python (self, path, text, length, direction, only_whole)
                                        : read_sql (self, path, text, length, direction, only_whole);
}
