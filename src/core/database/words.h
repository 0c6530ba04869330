/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/database/error.h"

G_BEGIN_DECLS

/* What a failure means to a person, beside the error's own text, which names the place and has the server's words: for
 * `profile test`, the window and --json. */
typedef struct
{
  const char *name;     /* "no-host": never changes */
  const char *title;    /* one sentence: what is wrong */
  const char *advice;   /* one sentence: what to try */
} StrataDatabaseWords;

/* FALSE where the error is another's. */
gboolean strata_database_error_get_words (const GError        *error,
                                          StrataDialect        dialect,
                                          StrataDatabaseWords *words);

G_END_DECLS
