/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What one server does in its own way: facts, words for types, and the few statements that differ. All else is common. */

#pragma once

#include "core/operation/operation.h"

G_BEGIN_DECLS

typedef struct _StrataWriter     StrataWriter;
typedef struct _StrataTableParts StrataTableParts;

/* How a kind of type is written: by a function that gets the word. Without one, the server has no such type. */
typedef struct
{
  void       (*write) (StrataWriter     *writer,
                       const char       *word,
                       const StrataType *type);
  const char  *word;
} StrataTypeForm;

typedef struct
{
  StrataDialect         dialect;
  const char * const   *reserved;              /* sorted */
  guint                 n_reserved;
  guint                 max_identifier;        /* characters of the name of a constraint or an index */
  gboolean              has_boolean;
  gboolean              has_enum;
  gboolean              has_uuid;
  gboolean              has_identity;
  gboolean              has_comments;
  gboolean              has_alter_constraint;  /* constraints can be added and dropped */
  gboolean              has_backslashes;       /* Alembic offline takes a backslash for an escape */
  gboolean              alters_type_first;
  gboolean              has_index_schema;      /* CREATE INDEX schema.name ON table */
  const char           *rename_column;         /* "RENAME" or "RENAME COLUMN" */
  const char           *on_delete;             /* the phrases that may stand behind it */

  const char * const   *operators;             /* STRATA_N_OPERATORS: words where they differ */
  const StrataTypeForm *types;                 /* STRATA_N_TYPES; what it has not is looked for in the common ones */

  void (*write_column)           (StrataWriter *writer, const StrataTableParts *table, const StrataColumn *column);
  gboolean (*is_key_inline)      (const StrataTableParts *table);
  void (*write_computed)         (StrataWriter *writer, const StrataComputed *computed);
  void (*write_constraint_tail)  (StrataWriter *writer, const StrataTableParts *table,
                                  const StrataConstraint *constraint);
  void (*write_include)          (StrataWriter *writer, const StrataOption * const *options);
  void (*write_table_tail)       (StrataWriter *writer, const StrataOption * const *options);
  void (*write_index)            (StrataWriter *writer, const StrataOperation *operation);
  void (*write_alter_identity)   (StrataWriter *writer, const StrataOperation *operation);

  /* What stands behind IN and NOT IN of an empty list. */
  void (*write_nothing)          (StrataWriter *writer, const StrataExpression *left, gboolean is_negated);

  /* Expressions. NULL or FALSE: as all do. */
  gboolean (*write_function)     (StrataWriter *writer, const StrataExpression *function);
  gboolean (*write_binary)       (StrataWriter *writer, const StrataExpression *binary);
  gboolean (*write_literal)      (StrataWriter *writer, StrataAffinity affinity, const StrataType *type,
                                  const StrataValue *value);
  void     (*write_limit)        (StrataWriter *writer, const StrataQuery *query);
} StrataServer;

extern const StrataServer strata_server_postgresql;
extern const StrataServer strata_server_sqlite;

G_END_DECLS
