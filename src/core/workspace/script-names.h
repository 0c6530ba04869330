/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/base/types.h"

G_BEGIN_DECLS

/* A function as Python writes it: "rename_table", "old_table_name, new_table_name, *, schema=". */
typedef struct
{
  const char *name;
  const char *parameters;
} StrataScriptName;

/* What Alembic's op has, as scripts are evaluated here; ends with a NULL name. */
const StrataScriptName *strata_script_list_directives     (void);
/* What can be said by name in a call of it: "schema", ... NULL: there is no such directive. */
GStrv                   strata_script_dup_keyword_arguments (const char *directive);

G_END_DECLS
