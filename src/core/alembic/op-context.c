/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/alembic/directive.h"
#include "core/alembic/utils.h"
#include "core/sqlalchemy/connection.h"
#include "core/sqlalchemy/dialect.h"

#include <string.h>

/* What scripts ask of the migration that they are a part of. */

static StrataPyValue *
op_get_bind (StrataPyMachine *py,
             StrataPyValue   *self,
             StrataPyValue  **arguments)
{
  return strata_sa_get_connection (py);
}

static StrataPyValue *
op_get_context (StrataPyMachine *py,
                StrataPyValue   *self,
                StrataPyValue  **arguments)
{
  return strata_alembic_get_context (py);
}

/* Blocks outside of a transaction */

static StrataPyValue *
block_enter (StrataPyMachine *py,
             StrataPyValue   *self)
{
  return strata_sa_get (py)->backend->set_autocommit (py, TRUE) ? strata_py_none (py) : NULL;
}

static int
block_leave (StrataPyMachine *py,
             StrataPyValue   *self,
             StrataPyValue   *exception)
{
  return strata_sa_get (py)->backend->set_autocommit (py, FALSE) ? 0 : -1;
}

static const StrataPySlots block_slots = { .name = "autocommit_block", .enter = block_enter, .leave = block_leave };

static StrataPyValue *
context_autocommit_block (StrataPyMachine *py,
                          StrataPyValue   *self,
                          StrataPyValue  **arguments)
{
  return strata_py_host_object (py, strata_py_class (py, &block_slots, NULL), sizeof (StrataPyValue));
}

static StrataPyValue *
context_execute (StrataPyMachine *py,
                 StrataPyValue   *self,
                 StrataPyValue  **arguments)
{
  return strata_directive_execute (py, arguments[0]);
}

static StrataPyValue *
impl_attribute (StrataPyMachine *py,
                StrataPyValue   *self,
                const char      *name)
{
  if (g_str_equal (name, "bind") || g_str_equal (name, "connection"))
    return strata_sa_get_connection (py);
  if (g_str_equal (name, "dialect"))
    return strata_sa_get_dialect_object (py);
  if (g_str_equal (name, "as_sql"))
    return strata_py_bool (py, strata_sa_get (py)->is_offline);

  return NULL;
}

static const StrataPySlots impl_slots = {
  .name = "DefaultImpl",
  .lacking = " add_column add_constraint alter_column bulk_insert context_opts create_index create_table drop_column"
             " drop_constraint drop_index drop_table execute memo output_buffer rename_table static_output transactional_ddl"
             " version_table_impl ",
  .get_attribute = impl_attribute,
};

static StrataPyValue *
context_get_impl (StrataPyMachine *py,
                  StrataPyValue   *self,
                  StrataPyValue  **arguments)
{
  return strata_py_host_object (py, strata_py_class (py, &impl_slots, NULL), sizeof (StrataPyValue));
}

static StrataPyValue *
context_attribute (StrataPyMachine *py,
                   StrataPyValue   *self,
                   const char      *name)
{
  const StrataEvaluateTarget *target = strata_alembic_get (py)->target;

  if (g_str_equal (name, "bind") || g_str_equal (name, "connection"))
    return strata_sa_get_connection (py);
  if (g_str_equal (name, "dialect"))
    return strata_sa_get_dialect_object (py);
  if (g_str_equal (name, "as_sql"))
    return strata_py_bool (py, strata_sa_get (py)->is_offline);
  if (g_str_equal (name, "impl"))
    return context_get_impl (py, self, NULL);
  if (g_str_equal (name, "migration_context"))
    return self;
  if (g_str_equal (name, "version_table"))
    return strata_py_str (py, target->version_table != NULL ? target->version_table : "alembic_version");
  if (g_str_equal (name, "version_table_schema"))
    return target->version_table_schema != NULL ? strata_py_str (py, target->version_table_schema) : strata_py_none (py);

  return NULL;
}

static const StrataPyNative context_methods[] = {
  { "autocommit_block", "", context_autocommit_block },
  { "execute", "sql, execution_options=", context_execute },
  { NULL }
};

static const StrataPySlots context_slots = {
  .name = "MigrationContext",
  .methods = context_methods,
  .lacking = " begin_transaction config configure environment_context get_current_heads get_current_revision opts"
             " output_buffer purpose run_migrations script stamp ",
  .get_attribute = context_attribute,
};

StrataPyValue *
strata_alembic_get_context (StrataPyMachine *py)
{
  StrataAlembic *self = strata_alembic_get (py);

  if (self->context == NULL)
    self->context = strata_py_host_object (py, strata_py_class (py, &context_slots, NULL), sizeof (StrataPyValue));

  return self->context;
}

const StrataPyNative strata_op_context_functions[] = {
  { "get_bind", "", op_get_bind },
  { "get_context", "", op_get_context },
  { NULL }
};

/* alembic.context */

static StrataPyValue *
context_is_offline_mode (StrataPyMachine *py,
                         StrataPyValue   *self,
                         StrataPyValue  **arguments)
{
  return strata_py_bool (py, strata_sa_get (py)->is_offline);
}

/* Those of -x: a list of texts, or a dictionary of what stands before and behind "=". */
static StrataPyValue *
context_get_x_argument (StrataPyMachine *py,
                        StrataPyValue   *self,
                        StrataPyValue  **arguments)
{
  const char * const *x_args = strata_alembic_get (py)->target->x_args;
  StrataPyValue *list = strata_py_list (py, NULL, 0);
  StrataPyDict *dict = strata_py_dict (py);
  gboolean as_dictionary;

  if (!strata_directive_read_flag (py, arguments[0], &as_dictionary))
    return NULL;
  for (guint i = 0; x_args != NULL && x_args[i] != NULL; i++)
    {
      const char *equals = strchr (x_args[i], '=');
      g_autofree char *name = equals != NULL ? g_strndup (x_args[i], equals - x_args[i]) : g_strdup (x_args[i]);

      strata_py_list_append (py, list, strata_py_str (py, x_args[i]));
      strata_py_dict_set_name (py, dict, name, strata_py_str (py, equals != NULL ? equals + 1 : ""));
    }

  return as_dictionary ? (StrataPyValue *) dict : list;
}

static const StrataPyNative environment_functions[] = {
  { "get_bind", "", op_get_bind },
  { "get_context", "", op_get_context },
  { "get_impl", "", context_get_impl },
  { "get_x_argument", "as_dictionary=", context_get_x_argument },
  { "is_offline_mode", "", context_is_offline_mode },
  { NULL }
};

/* Modules. What they lack is opaque. */

static StrataPyValue *
get_op (StrataPyMachine *py)
{
  static const StrataPyNative * const parts[] = {
    strata_op_table_functions, strata_op_column_functions, strata_op_constraint_functions, strata_op_index_functions,
    strata_op_data_functions, strata_op_batch_functions, strata_op_context_functions,
  };
  StrataAlembic *self = strata_alembic_get (py);

  if (self->op == NULL)
    {
      self->op = strata_py_module (py, "alembic.op", FALSE);
      for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
        strata_py_set_natives (py, self->op, parts[i]);
      strata_py_set (py, self->op, "migration_context", strata_alembic_get_context (py));
      strata_py_set (py, self->op, "_proxy", self->op);
    }

  return self->op;
}

/* Operations(context): the same functions. */
static StrataPyValue *
construct_operations (StrataPyMachine *py,
                      StrataPyValue   *class,
                      StrataPyValue  **arguments)
{
  return get_op (py);
}

static const StrataPySlots operations_slots = {
  .name = "Operations",
  .lacking = " register_operation implementation_for context invoke_for_target ",
  .parameters = "migration_context, impl=",
  .construct = construct_operations,
};

StrataPyValue *
strata_alembic_find_module (StrataPyMachine *py,
                            const char      *name)
{
  StrataAlembic *self = strata_alembic_get (py);
  StrataPyValue *module = strata_utils_find_module (py, name);

  if (module != NULL)
    {
      strata_py_set_natives (py, get_op (py), strata_op_entity_functions);
      return module;
    }
  if (!g_str_equal (name, "alembic") && !g_str_has_prefix (name, "alembic."))
    return NULL;
  if (g_str_equal (name, "alembic.op"))
    return get_op (py);
  module = strata_py_module (py, name, FALSE);
  if (g_str_equal (name, "alembic.context"))
    strata_py_set_natives (py, module, environment_functions);
  else if (g_str_equal (name, "alembic.util") || g_str_equal (name, "alembic.util.exc"))
    strata_py_set (py, module, "CommandError", (StrataPyValue *) self->command_error);
  else if (g_str_equal (name, "alembic.operations") || g_str_equal (name, "alembic.operations.base"))
    strata_py_set (py, module, "Operations", (StrataPyValue *) strata_py_class (py, &operations_slots, NULL));
  else if (g_str_equal (name, "alembic.migration") || g_str_equal (name, "alembic.runtime.migration"))
    strata_py_set (py, module, "MigrationContext", strata_py_opaque (py, "alembic.migration.MigrationContext"));
  else if (!g_str_equal (name, "alembic") && !g_str_equal (name, "alembic.runtime"))
    return NULL;

  return module;
}
