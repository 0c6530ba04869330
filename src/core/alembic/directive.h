/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/alembic/evaluate.h"
#include "core/sqlalchemy/backend.h"

G_BEGIN_DECLS

/* One evaluation: what the machine's host knows. */
typedef struct
{
  StrataSa                    sa;              /* comes first: strata_sa_get() */
  const StrataEvaluateTarget *target;
  StrataPyValue              *context;         /* what op.get_context() gives */
  StrataPyValue              *op;              /* the module */
  StrataPyValue              *raised;          /* the last exception that came from the target */
  const char                 *raised_code;
  StrataPyClass              *command_error;   /* alembic.util.CommandError */
  StrataPyClass              *batch;           /* of batch_op */
  StrataPyDict               *utils;           /* what alembic_utils has, by name; NULL: nobody asked */
} StrataAlembic;

StrataAlembic   *strata_alembic_get          (StrataPyMachine *py);

/* Arguments of directives. None counts as left out. The texts live as long as the machine. */
gboolean         strata_directive_is_given   (StrataPyValue *value);
/* FALSE: failed, it is no text. */
gboolean         strata_directive_read_text  (StrataPyMachine *py, StrataPyValue *value, const char **text);
gboolean         strata_directive_read_flag  (StrataPyMachine *py, StrataPyValue *value, gboolean *flag);
gboolean         strata_directive_read_answer (StrataPyMachine *py, StrataPyValue *value, StrataAnswer *answer);

/* An operation on a table, to be filled. NULL: failed. */
StrataOperation *strata_directive_new        (StrataPyMachine *py, StrataOperationKind kind, StrataPyValue *schema,
                                              StrataPyValue *table, StrataPyValue *is_tolerant);
/* Sends it; the result is None. */
StrataPyValue   *strata_directive_emit       (StrataPyMachine *py, const StrataOperation *operation);
/* Raises what an error of core/render or of a batch is in Alembic. Takes the error. */
gpointer         strata_directive_raise      (StrataPyMachine *py, GError *error);

/* What op.* and batch_op.* have in common: each fills an operation from the arguments that stand behind those of the table
 * (NULL ones: left out), in the order of the comment. FALSE: failed. */
/* column, if_not_exists, inline_references, inline_primary_key */
gboolean         strata_directive_add_column  (StrataPyMachine *py, StrataOperation *operation, StrataPyValue **arguments);
/* column_name, nullable, comment, server_default, new_column_name, type_, existing_type, existing_server_default,
 * existing_nullable, existing_comment, options */
gboolean         strata_directive_alter_column (StrataPyMachine *py, StrataOperation *operation, StrataPyValue **arguments);
/* columns, unique, options */
gboolean         strata_directive_index       (StrataPyMachine *py, StrataOperation *operation, StrataPyValue *name,
                                               StrataPyValue **arguments);
/* name, type_ */
gboolean         strata_directive_drop_constraint (StrataPyMachine *py, StrataOperation *operation, StrataPyValue **arguments);
/* name, columns, options */
gboolean         strata_directive_key         (StrataPyMachine *py, StrataOperation *operation, StrataConstraintKind kind,
                                               StrataPyValue **arguments);
/* name, condition, options */
gboolean         strata_directive_check       (StrataPyMachine *py, StrataOperation *operation, StrataPyValue **arguments);
/* name, referent_table, local_cols, remote_cols, onupdate, ondelete, deferrable, initially, match, referent_schema, options */
gboolean         strata_directive_foreign_key (StrataPyMachine *py, StrataOperation *operation, StrataPyValue **arguments);
/* name, elements, where, using, deferrable, initially, options */
gboolean         strata_directive_exclude     (StrataPyMachine *py, StrataOperation *operation, StrataPyValue **arguments);
StrataPyValue   *strata_directive_execute     (StrataPyMachine *py, StrataPyValue *statement);

/* The functions of op, by file. */
extern const StrataPyNative strata_op_table_functions[];
extern const StrataPyNative strata_op_column_functions[];
extern const StrataPyNative strata_op_constraint_functions[];
extern const StrataPyNative strata_op_index_functions[];
extern const StrataPyNative strata_op_data_functions[];
extern const StrataPyNative strata_op_batch_functions[];
extern const StrataPyNative strata_op_context_functions[];
/* The methods of batch_op. */
extern const StrataPyNative strata_batch_methods[];
/* Once a module of alembic_utils is imported. */
extern const StrataPyNative strata_op_entity_functions[];

/* Modules of Alembic; NULL without failure: none of that name. */
StrataPyValue   *strata_alembic_find_module   (StrataPyMachine *py, const char *name);
StrataPyValue   *strata_alembic_get_context   (StrataPyMachine *py);

G_END_DECLS
