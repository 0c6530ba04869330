/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/config/document.h"

G_BEGIN_DECLS

/* TOML 1.0. NULL, with a finding of severity ERROR that has the place, where the text is not well-formed: a TOML file is
 * read as a whole or not at all. */
StrataDocument *strata_toml_parse (const char *path,
                                   const char *text,
                                   gsize       length,
                                   GPtrArray  *findings);

G_END_DECLS
