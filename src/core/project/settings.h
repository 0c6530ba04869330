/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/base/finding.h"

G_BEGIN_DECLS

/* What a project's files say, resolved: interpolated, with defaults filled in, every path absolute. Lists are never
 * NULL; a NULL string is "not said". */
typedef struct
{
  char                  *script_location;
  GStrv                  version_locations;    /* in the order written */
  GStrv                  prepend_sys_path;
  gboolean               recursive_version_locations;
  gboolean               sourceless;
  gboolean               revision_environment;
  char                  *file_template;
  char                  *timezone;             /* NULL: local time */
  guint                  truncate_slug_length;
  char                  *output_encoding;

  char                  *version_table;
  char                  *version_table_schema;
  StrataTransactionMode  transactions;
  StrataPlace            transactions_place;   /* where that is said; no file: the default */

  StrataLedgerMode       ledger;
  char                  *schema;               /* the declared target: a DDL file or folder */
  char                  *schema_command;
  char                  *scratch_url;
  gboolean               privileges;           /* are compared and dumped */
  GStrv                  names;                /* [strata:names]: dotted name, meaning, dotted name, meaning, ... */
} StrataSettings;

G_END_DECLS
