/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/config/document.h"

G_BEGIN_DECLS

/* A .env file as python-dotenv reads it: the root is a table of strings with every ${NAME} and ${NAME:-default} replaced.
 * A name is looked for in the environment ("NAME=value", as of g_get_environ(); may be NULL) and in the lines above;
 * which of the two wins is what "override" says, as in load_dotenv (override=...). A line that is not understood is a
 * finding and skipped, a key without "=" is left out. NULL only where the text is no UTF-8. */
StrataDocument *strata_dotenv_parse (const char         *path,
                                     const char         *text,
                                     gsize               length,
                                     const char * const *environment,
                                     gboolean            override,
                                     GPtrArray          *findings);

G_END_DECLS
