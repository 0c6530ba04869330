/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a script asks for, one value a directive, with everything it points to owned by whoever made it: an operation
 * lives as long as the call that hands it over. Lists are NULL-terminated, and NULL where they are empty. */

#pragma once

#include "core/expression/query.h"
#include "core/operation/directives.h"

G_BEGIN_DECLS

typedef enum
{
  STRATA_OPERATION_CREATE_TABLE,
  STRATA_OPERATION_DROP_TABLE,
  STRATA_OPERATION_RENAME_TABLE,
  STRATA_OPERATION_ADD_COLUMN,
  STRATA_OPERATION_DROP_COLUMN,
  STRATA_OPERATION_ALTER_COLUMN,
  STRATA_OPERATION_CREATE_INDEX,
  STRATA_OPERATION_DROP_INDEX,
  STRATA_OPERATION_ADD_CONSTRAINT,
  STRATA_OPERATION_DROP_CONSTRAINT,
  STRATA_OPERATION_COMMENT_TABLE,      /* create_table_comment() and drop_table_comment() */
  STRATA_OPERATION_EXECUTE,
  STRATA_OPERATION_BULK_INSERT,
  STRATA_OPERATION_CREATE_TYPE,        /* ENUM.create(), DOMAIN.create() */
  STRATA_OPERATION_DROP_TYPE,
  STRATA_OPERATION_CREATE_SEQUENCE,
  STRATA_OPERATION_DROP_SEQUENCE,
  STRATA_OPERATION_CREATE_SCHEMA,
  STRATA_OPERATION_DROP_SCHEMA,
} StrataOperationKind;

typedef struct
{
  StrataOperationKind kind;
  const char         *schema;          /* of the table */
  const char         *table;
  /* if_not_exists where something is made, if_exists where something goes. */
  gboolean            is_tolerant;
  union
  {
    StrataCreateTable    create_table;
    const char          *new_name;           /* rename_table */
    StrataAddColumn      add_column;
    const char          *column;             /* drop_column */
    StrataAlterColumn    alter_column;
    StrataIndex          index;              /* create_index, drop_index */
    StrataConstraint     constraint;         /* add_constraint; drop_constraint: kind and name */
    const char          *comment;            /* NULL: taken away */
    StrataExecute        execute;
    StrataBulkInsert     bulk_insert;
    const StrataType    *type;               /* create_type, drop_type */
    StrataSequence       sequence;           /* the schema is the operation's */
    StrataSchemaChange   schema_change;
  };
} StrataOperation;

/* The name of the directive in a script. */
const char *strata_operation_kind_get_name (StrataOperationKind kind);

G_END_DECLS
