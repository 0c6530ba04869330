/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The sides of a comparison: each is a whole picture that the same code has taken, of a database or of a scratch one. */

#pragma once

#include "core/database/connection.h"
#include "core/schema/picture.h"
#include "core/workspace/workspace.h"

G_BEGIN_DECLS

typedef enum
{
  STRATA_SIDE_DATABASE,      /* the chosen one, or another by URL or profile */
  STRATA_SIDE_DECLARED,      /* the project's schema, schema_command or models */
  STRATA_SIDE_REVISION,      /* as the revisions up to it make it, replayed in scratch */
  STRATA_SIDE_FILE,          /* a DDL file or a folder of them */
  STRATA_SIDE_EMPTY,
} StrataSideKind;

typedef struct
{
  StrataSideKind  kind;
  const char     *argument;  /* a URL, a revision (any target), a path; NULL: the usual one */
} StrataSide;

/* "db", "schema" or "models", "empty", a URL, a path that is there, else a revision. */
gboolean       strata_side_parse (const char      *text,
                                  StrataSide      *side,
                                  GError         **error);

G_END_DECLS
