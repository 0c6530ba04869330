/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/python/evaluate.h"

G_BEGIN_DECLS

/* The objects of re: what library-re.c and library-match.c share. */
typedef struct
{
  Value     base;
  Str      *pattern;
  guint     flags;           /* StrataPyRegexFlags */
  GRegex   *regex;           /* owned by the machine */
  GRegex   *whole;           /* the same, to the end of the text; made when it is needed */
  gboolean  has_space;
  gboolean  has_class;
} Pattern;

typedef struct
{
  Value    base;
  Pattern *pattern;
  Str     *text;
  int     *bounds;           /* start and end of each group, in bytes; -1: took no part */
  guint    n_groups;         /* with the whole */
} Match;

extern const StrataPySlots strata_py_match_slots;

/* From an offset on; NULL without failure: no match. */
Match *strata_py_regex_find   (Machine *py, Pattern *pattern, GRegex *regex, Str *text, gsize from, GRegexMatchFlags flags);
/* The text of a group; NULL where it took no part. */
Value *strata_py_match_group  (Machine *py, Match *match, guint number);
gboolean strata_py_match_expand (Machine *py, Match *match, Str *template, GString *out);

G_END_DECLS
