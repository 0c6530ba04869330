/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/revision/revision.h"

G_BEGIN_DECLS

/* Readers and the writer of SQL revision files; docs/formats.md describes the format. */

/* One marked part of a file; the text is borrowed from the script. */
typedef struct
{
  StrataDirection  direction;
  gboolean         transactional;
  GStrv            dialects;        /* names; empty: any */
  const char      *text;
  gsize            length;
  guint            line;            /* of the first line of text */
} StrataSqlSection;

/* A whole file: its header and its sections. Immutable, atomically reference-counted. */
typedef struct _StrataSqlScript StrataSqlScript;

StrataSqlScript  *strata_sql_script_parse        (const char             *path,
                                                  const char             *text,
                                                  gsize                   length,
                                                  GPtrArray              *findings);
StrataSqlScript  *strata_sql_script_ref          (StrataSqlScript        *self);
void              strata_sql_script_unref        (StrataSqlScript        *self);
/* NULL where the file has no usable header. */
StrataRevision   *strata_sql_script_get_revision (StrataSqlScript        *self);
/* The whole file, NUL-terminated. */
const char       *strata_sql_script_get_text     (StrataSqlScript        *self);
/* Elements are StrataSqlSection; owned by the script. */
GArray           *strata_sql_script_get_sections (StrataSqlScript        *self);
gboolean          strata_sql_script_has_direction (StrataSqlScript       *self,
                                                   StrataDirection        direction);
/* The sections to run on this server, in order: pointers to StrataSqlSection. Fails with STRATA_ERROR_REFUSED where
 * there is none (irreversible, or none for this server). */
GPtrArray        *strata_sql_script_select       (StrataSqlScript        *self,
                                                  StrataDirection         direction,
                                                  StrataDialect           dialect,
                                                  GError                **error);

/* Reads only what the graph needs, in one pass over the header; NULL with a finding where there is no usable header. */
StrataRevision   *strata_sql_header_read         (const char             *path,
                                                  const char             *text,
                                                  gsize                   length,
                                                  GPtrArray              *findings);

/* What stands in a new file until somebody writes the SQL. */
#define STRATA_SQL_INVITATION "-- Write the SQL of this revision here.\n"

/* A new file's text; bodies may be NULL (upgrade: a comment that invites; downgrade: the same). */
char             *strata_sql_file_format         (const StrataRevisionFields *fields,
                                                  const char             *upgrade,
                                                  const char             *downgrade);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataSqlScript, strata_sql_script_unref)

G_END_DECLS
