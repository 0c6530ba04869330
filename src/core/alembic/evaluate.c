/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/alembic/directive.h"

#include <glib/gi18n-lib.h>

#include "core/alembic/given-name.h"

#include "core/python/machine.h"
#include "core/sqlalchemy/connection.h"

typedef struct
{
  guint64 steps;
  double  seconds;
  gsize   memory;
} Bounds;

/* What no migration needs: without a database, a script is done in a few milliseconds. */
static const Bounds offline_bounds = { 2000000, 0.8, 256 * 1024 * 1024 };
/* With one it may have many rows to think about, and whoever waits can cancel: from one answer of the server to the next. */
static const Bounds live_bounds = { 100000000, 10, (gsize) 2 * 1024 * 1024 * 1024 };

void
strata_evaluate_failure_free (StrataEvaluateFailure *self)
{
  if (self == NULL)
    return;
  g_free (self->code);
  g_free (self->message);
  g_free (self->file);
  g_free (self->opaque);
  g_free (self);
}

void
strata_evaluate_rows_free (StrataEvaluateRows *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->names);
  g_array_unref (self->values);
  g_ptr_array_unref (self->memory);
  g_free (self);
}

G_DEFINE_QUARK (strata-evaluate-error-quark, strata_evaluate_error)

static const char *
exception_name (const GError *error)
{
  switch ((StrataEvaluateError) error->code)
    {
    case STRATA_EVALUATE_ERROR_DATA:
      return "DataError";
    case STRATA_EVALUATE_ERROR_INTEGRITY:
      return "IntegrityError";
    case STRATA_EVALUATE_ERROR_INTERNAL:
      return "InternalError";
    case STRATA_EVALUATE_ERROR_OPERATIONAL:
      return "OperationalError";
    case STRATA_EVALUATE_ERROR_PROGRAMMING:
      return "ProgrammingError";
    case STRATA_EVALUATE_ERROR_UNSUPPORTED:
    case STRATA_EVALUATE_ERROR_UNKNOWN:
    case STRATA_EVALUATE_ERROR_RAISES:
    default:
      return "CompileError";
    }
}

/* What the target can't do is an exception, which the script may catch, as it is in Alembic; who does not is told that the
 * server was the reason. */
static gpointer
fail (StrataPyMachine *py,
      GError          *error)
{
  StrataAlembic *self = strata_alembic_get (py);
  g_autoptr(GError) taken = error;
  StrataPyValue *class;

  if (taken->domain != STRATA_EVALUATE_ERROR)
    return strata_py_stop (py, STRATA_EVALUATE_DATABASE, "%s", taken->message);
  if (taken->code == STRATA_EVALUATE_ERROR_UNKNOWN)
    return strata_py_stop (py, STRATA_PY_CODE_NEEDS_PYTHON, "%s", taken->message);
  if (taken->code == STRATA_EVALUATE_ERROR_UNSUPPORTED && g_str_has_prefix (taken->message, "No support for ALTER"))
    class = (StrataPyValue *) strata_py_find_class (py, "NotImplementedError");
  else
    class = strata_py_dict_get_name (self->sa.names[STRATA_SA_EXCEPTIONS], exception_name (taken));
  self->raised = strata_py_call_values (py, class, 1, strata_py_str (py, taken->message));
  self->raised_code = taken->code == STRATA_EVALUATE_ERROR_UNSUPPORTED ? STRATA_EVALUATE_UNSUPPORTED
                      : taken->code == STRATA_EVALUATE_ERROR_RAISES ? STRATA_EVALUATE_RAISES : STRATA_EVALUATE_DATABASE;

  return self->raised != NULL ? strata_py_raise_value (py, self->raised) : NULL;
}

static gboolean
backend_emit (StrataPyMachine       *py,
              const StrataOperation *operation)
{
  const StrataEvaluateTarget *target = strata_alembic_get (py)->target;
  GError *error = NULL;

  if (!target->emit (operation, strata_py_machine_get_place (py), target->data, &error))
    return fail (py, error) != NULL;
  if (target->has_database)
    strata_py_machine_renew (py);

  return TRUE;
}

static gboolean
backend_set_autocommit (StrataPyMachine *py,
                        gboolean         is_on)
{
  const StrataEvaluateTarget *target = strata_alembic_get (py)->target;
  GError *error = NULL;

  return target->set_autocommit (is_on, target->data, &error) || fail (py, error) != NULL;
}

static const StrataSaRows *
backend_query (StrataPyMachine     *py,
               const StrataExecute *what)
{
  const StrataEvaluateTarget *target = strata_alembic_get (py)->target;
  GError *error = NULL;
  StrataEvaluateRows *rows = target->query (what, strata_py_machine_get_place (py), target->data, &error);
  StrataSaRows *result;

  if (rows == NULL)
    return fail (py, error);

  strata_py_machine_renew (py);
  strata_py_own (py, rows, (GDestroyNotify) strata_evaluate_rows_free);
  result = strata_py_alloc (py, sizeof *result);
  if (result == NULL)
    return NULL;
  result->n_columns = rows->names->len;
  result->names = (const char * const *) rows->names->pdata;
  result->values = (const StrataValue *) rows->values->data;
  result->n_rows = rows->names->len > 0 ? rows->values->len / rows->names->len : 0;
  result->n_changed = rows->n_changed;

  return result;
}

static const StrataPicture *
backend_get_picture (StrataPyMachine *py,
                     const char      *schema,
                     const char      *table)
{
  const StrataEvaluateTarget *target = strata_alembic_get (py)->target;
  GError *error = NULL;
  StrataPicture *picture;

  if (!strata_sa_need_database (py, "to see what a table is like"))
    return NULL;
  picture = target->get_picture (schema, table, target->data, &error);
  if (picture == NULL)
    return fail (py, error);
  strata_py_machine_renew (py);
  strata_py_own (py, picture, (GDestroyNotify) strata_picture_unref);

  return picture;
}

static const StrataSaBackend backend = { backend_emit, backend_set_autocommit, backend_query, backend_get_picture };

static StrataPyValue *
find_module (StrataPyMachine *py,
             const char      *name,
             gpointer         data)
{
  StrataPyValue *found = strata_given_name_find (py, ((StrataAlembic *) data)->target->names, name);

  if (found == NULL && !strata_py_has_failed (py))
    found = strata_alembic_find_module (py, name);

  return found != NULL || strata_py_has_failed (py) ? found : strata_sa_find_module (py, name);
}

static StrataPyTree *
load_module (StrataPyMachine *py,
             const char      *name,
             gboolean        *is_package,
             gpointer         data)
{
  const StrataEvaluateTarget *target = ((StrataAlembic *) data)->target;

  return target->load_module != NULL ? target->load_module (name, is_package, target->data) : NULL;
}

static const StrataPyHost host = { find_module, load_module };

static StrataEvaluateFailure *
take_failure (StrataAlembic   *self,
              StrataPyMachine *py)
{
  const StrataPyFailure *why = strata_py_machine_get_failure (py);
  StrataEvaluateFailure *failure = g_new0 (StrataEvaluateFailure, 1);
  gboolean is_raised = why->outcome == STRATA_PY_RAISES && why->exception == self->raised;

  failure->code = g_strdup (is_raised ? self->raised_code : why->code);
  failure->message = g_strdup (why->message);
  failure->file = g_strdup (why->place.file);
  failure->line = why->place.line;
  failure->column = why->place.column;
  failure->opaque = g_strdup (why->opaque);

  return failure;
}

static StrataEvaluateFailure *
no_function (StrataPyTree *tree,
             const char   *function)
{
  StrataEvaluateFailure *failure = g_new0 (StrataEvaluateFailure, 1);

  failure->code = g_strdup (STRATA_EVALUATE_NO_FUNCTION);
  failure->message = g_strdup_printf (_("there is no function %s()"), function);
  failure->file = g_strdup (strata_py_tree_get_path (tree));

  return failure;
}

static StrataEvaluateFailure *
run (StrataAlembic   *self,
     StrataPyMachine *py,
     StrataPyTree    *tree,
     const char      *function)
{
  StrataPyValue *module = strata_py_machine_run (py, "migration", tree);
  StrataPyValue *value = module != NULL ? strata_py_machine_lookup (py, module, function) : NULL;

  if (module == NULL || (value == NULL && strata_py_has_failed (py)))
    return take_failure (self, py);
  if (value == NULL)
    return no_function (tree, function);
  strata_py_machine_set_strict (py, TRUE);

  return strata_py_machine_call (py, value, NULL, 0) != NULL ? NULL : take_failure (self, py);
}

/* Whoever has the machine's values has them until the next run. */
struct _StrataEvaluator
{
  StrataAlembic    alembic;    /* the data of the machine's host */
  StrataAlembic    marked;
  StrataPyMachine *py;         /* NULL: none was made yet */
};

StrataEvaluator *
strata_evaluator_new (void)
{
  return g_new0 (StrataEvaluator, 1);
}

void
strata_evaluator_free (StrataEvaluator *self)
{
  g_clear_pointer (&self->py, strata_py_machine_free);
  g_free (self);
}

/* What SQLAlchemy is on a server does not depend on anything else that the target says. */
static gboolean
is_made_for (const StrataEvaluator      *self,
             const StrataEvaluateTarget *target)
{
  const StrataSa *sa = &self->marked.sa;

  return self->py != NULL && sa->dialect == target->dialect && sa->is_offline == target->is_offline
         && sa->has_database == target->has_database;
}

static void
prepare (StrataEvaluator            *self,
         const StrataEvaluateTarget *target)
{
  if (is_made_for (self, target))
    {
      strata_py_machine_rewind (self->py);
      self->alembic = self->marked;
      return;
    }

  g_clear_pointer (&self->py, strata_py_machine_free);
  self->alembic = (StrataAlembic) { .sa = { .dialect = target->dialect, .is_offline = target->is_offline,
                                            .has_database = target->has_database, .backend = &backend } };
  self->py = strata_py_machine_new (&host, &self->alembic);
  strata_sa_init (&self->alembic.sa, self->py);
  self->alembic.command_error = strata_py_exception_class (self->py, "alembic.util.exc", "CommandError", NULL);
  self->marked = self->alembic;
  strata_py_machine_mark (self->py);
}

StrataEvaluateFailure *
strata_evaluator_run (StrataEvaluator            *self,
                      StrataPyTree               *tree,
                      const char                 *function,
                      const StrataEvaluateTarget *target,
                      gboolean                   *has_varied)
{
  const Bounds *bounds = target->has_database ? &live_bounds : &offline_bounds;
  StrataEvaluateFailure *failure;

  prepare (self, target);
  self->alembic.target = target;
  strata_py_machine_set_limits (self->py, bounds->steps, bounds->seconds, bounds->memory);
  strata_py_machine_set_cancellable (self->py, target->cancellable);
  failure = run (&self->alembic, self->py, tree, function);
  if (has_varied != NULL)
    *has_varied = strata_py_machine_has_varied (self->py);

  return failure;
}

StrataEvaluateFailure *
strata_evaluate (StrataPyTree               *tree,
                 const char                 *function,
                 const StrataEvaluateTarget *target,
                 gboolean                   *has_varied)
{
  g_autoptr(StrataEvaluator) evaluator = strata_evaluator_new ();

  return strata_evaluator_run (evaluator, tree, function, target, has_varied);
}
