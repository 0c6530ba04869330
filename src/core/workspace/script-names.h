/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/base/types.h"

G_BEGIN_DECLS

/* A function, class or type as Python writes it: "rename_table", "old_table_name, new_table_name, *, schema=". */
typedef struct
{
  const char *name;
  const char *parameters;   /* NULL: none that is known */
} StrataScriptName;

typedef enum
{
  STRATA_SCRIPT_OP,
  STRATA_SCRIPT_BATCH,        /* batch_op */
  STRATA_SCRIPT_SQLALCHEMY,
  STRATA_SCRIPT_POSTGRESQL,   /* sqlalchemy.dialects.postgresql */
  STRATA_SCRIPT_N_MODULES,
} StrataScriptModule;

/* By what scripts call it: "op", "batch_op", "sa", "postgresql". FALSE: none of these. */
gboolean                strata_script_find_module         (const char         *name,
                                                           gsize               length,
                                                           StrataScriptModule *module);
/* What it has, as scripts are evaluated here, sorted in any case; ends with a NULL name. */
const StrataScriptName *strata_script_list_names          (StrataScriptModule  module);
/* What can be said by name in a call: "schema", ... of "op.create_table". NULL: there is nothing of that name. */
GStrv                   strata_script_dup_keyword_arguments (const char       *call);
/* "(old_table_name, new_table_name, *, schema)"; NULL: it takes none. */
char                   *strata_script_name_dup_signature  (const StrataScriptName *self);

G_END_DECLS
