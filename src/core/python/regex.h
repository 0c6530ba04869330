/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/base/types.h"

G_BEGIN_DECLS

/* The flags of Python's re, by its own numbers. */
typedef enum
{
  STRATA_PY_REGEX_IGNORECASE = 2,
  STRATA_PY_REGEX_MULTILINE  = 8,
  STRATA_PY_REGEX_DOTALL     = 16,
  STRATA_PY_REGEX_UNICODE    = 32,
  STRATA_PY_REGEX_VERBOSE    = 64,
  STRATA_PY_REGEX_ASCII      = 256,
} StrataPyRegexFlags;

/* What of a pattern decides which texts it is understood the same way for, here and by Python. */
typedef struct
{
  gboolean has_space;     /* \s */
  gboolean has_class;     /* \w, \d, \s, \b */
} StrataPyRegexTraits;

/* A pattern of Python's re as GRegex has to read it for the same meaning. NULL, with the reason, where that is not known:
 * what only one of the two has, or both have and mean other things by. */
char *strata_py_regex_translate (const char           *pattern,
                                 guint                 flags,
                                 StrataPyRegexTraits  *traits,
                                 const char          **problem);

G_END_DECLS
