/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/operation/operation.h"

static const char * const names[] = {
  [STRATA_OPERATION_CREATE_TABLE]    = "create_table",
  [STRATA_OPERATION_DROP_TABLE]      = "drop_table",
  [STRATA_OPERATION_RENAME_TABLE]    = "rename_table",
  [STRATA_OPERATION_ADD_COLUMN]      = "add_column",
  [STRATA_OPERATION_DROP_COLUMN]     = "drop_column",
  [STRATA_OPERATION_ALTER_COLUMN]    = "alter_column",
  [STRATA_OPERATION_CREATE_INDEX]    = "create_index",
  [STRATA_OPERATION_DROP_INDEX]      = "drop_index",
  [STRATA_OPERATION_ADD_CONSTRAINT]  = "create_constraint",
  [STRATA_OPERATION_DROP_CONSTRAINT] = "drop_constraint",
  [STRATA_OPERATION_COMMENT_TABLE]   = "create_table_comment",
  [STRATA_OPERATION_EXECUTE]         = "execute",
  [STRATA_OPERATION_BULK_INSERT]     = "bulk_insert",
  [STRATA_OPERATION_CREATE_TYPE]     = "create_type",
  [STRATA_OPERATION_DROP_TYPE]       = "drop_type",
  [STRATA_OPERATION_CREATE_SEQUENCE] = "create_sequence",
  [STRATA_OPERATION_DROP_SEQUENCE]   = "drop_sequence",
  [STRATA_OPERATION_CREATE_SCHEMA]   = "create_schema",
  [STRATA_OPERATION_DROP_SCHEMA]     = "drop_schema",
};

const char *
strata_operation_kind_get_name (StrataOperationKind kind)
{
  g_return_val_if_fail (kind < G_N_ELEMENTS (names), NULL);

  return names[kind];
}
