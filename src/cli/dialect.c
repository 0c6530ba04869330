/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cli/cli.h"
#include "core/base/error.h"

StrataDialect
strata_cli_choose_dialect (StrataWorkspace  *workspace,
                           const char       *name,
                           GError          **error)
{
  StrataDialect dialect = strata_dialect_from_name (name);
  StrataDatabaseChoice *choice = NULL;
  StrataUrl *url = NULL;

  if (name == NULL)
    {
      choice = strata_workspace_get_choice (workspace, error);
      url = choice != NULL ? strata_database_choice_require (choice, FALSE, error) : NULL;
      if (url == NULL)
        {
          g_prefix_error (error, "Which server to write for is not known (--dialect says it). ");
          return STRATA_DIALECT_UNKNOWN;
        }
      dialect = strata_url_get_dialect (url);
    }

  if (dialect == STRATA_DIALECT_SQLITE || dialect == STRATA_DIALECT_POSTGRESQL)
    return dialect;

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_USAGE,
               "This version of Strata writes no scripts for “%s”, only for sqlite and postgresql",
               name != NULL ? name : strata_dialect_get_name (dialect));

  return STRATA_DIALECT_UNKNOWN;
}
