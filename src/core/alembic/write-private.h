/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/alembic/write.h"

G_BEGIN_DECLS

/* A piece of Python as it is written. What can't be is remembered, and writing goes on: whoever asks for the text at the
 * end gets the problem. */
typedef struct
{
  GString    *out;
  GHashTable *imports;
  gboolean    in_batch;     /* behind batch_op, which knows the table */
  char       *problem;
} StrataPythonWriter;

void strata_python_writer_refuse (StrataPythonWriter *self,
                                  const char         *format,
                                  ...) G_GNUC_PRINTF (2, 3);

/* Texts as repr() has them; NULL is None. */
void strata_python_write_text (StrataPythonWriter *self,
                               const char         *text);
void strata_python_write_texts (StrataPythonWriter *self,
                                const char * const *texts);
/* ", key='text'", where there is a text. */
void strata_python_write_named (StrataPythonWriter *self,
                                const char         *key,
                                const char         *text);
void strata_python_write_name (StrataPythonWriter *self,
                               StrataName          name);
void strata_python_write_type (StrataPythonWriter *self,
                               const StrataType   *type);
void strata_python_write_value (StrataPythonWriter *self,
                                const StrataValue  *value);
void strata_python_write_expression (StrataPythonWriter     *self,
                                     const StrataExpression *expression);
/* Where Alembic takes a plain string for SQL too: a condition. */
void strata_python_write_sql (StrataPythonWriter     *self,
                              const StrataExpression *expression);
void strata_python_write_default (StrataPythonWriter  *self,
                                  const StrataDefault *value);
/* ", name=value", ... */
void strata_python_write_options (StrataPythonWriter         *self,
                                  const StrataOption * const *options);
void strata_python_write_column (StrataPythonWriter *self,
                                 const StrataColumn *column);
/* sa.UniqueConstraint('a', name='b') and the like. */
void strata_python_write_constraint (StrataPythonWriter     *self,
                                     const StrataConstraint *constraint);
/* The rest of the arguments of a foreign key: ", ondelete='CASCADE'", ... */
void strata_python_write_rules (StrataPythonWriter     *self,
                                const StrataConstraint *constraint);
void strata_python_write_index_columns (StrataPythonWriter *self,
                                        const StrataIndex  *index);
void strata_python_write_identity (StrataPythonWriter   *self,
                                   const StrataIdentity *identity,
                                   gboolean              is_sequence);

/* op.add_constraint() and op.drop_constraint() by their kinds. */
void strata_python_write_add_constraint (StrataPythonWriter    *self,
                                         const StrataOperation *operation);
void strata_python_write_drop_constraint (StrataPythonWriter    *self,
                                          const StrataOperation *operation);
/* One directive, without the indentation of its first line. */
void strata_python_write_operation (StrataPythonWriter    *self,
                                    const StrataOperation *operation);
const char *strata_python_writer_prefix (const StrataPythonWriter *self);

G_END_DECLS
