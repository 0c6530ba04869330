/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/base/finding.h"

G_BEGIN_DECLS

/* A text that is read from its beginning to its end, and where the reader is. Moving is cheap; a place is counted from the
 * last place that was asked for, so that asking for every one of a text in order costs one pass. */
typedef struct
{
  const char *file;     /* borrowed */
  const char *pos;
  const char *end;

  const char *counted;  /* up to here line and column are counted */
  guint       line;
  guint       column;
} StrataScanner;

/* FALSE, with a finding of severity ERROR, where the text is no UTF-8. A byte order mark is skipped. */
gboolean    strata_scanner_init  (StrataScanner *self,
                                  const char    *file,
                                  const char    *text,
                                  gsize          length,
                                  GPtrArray     *findings);
/* Of a byte that is not before the last one that was asked for. */
StrataPlace strata_scanner_place (StrataScanner *self,
                                  const char    *at);

/* The length of the line end at the position: 0, 1 (LF or CR) or 2 (CR LF). */
guint       strata_scanner_eol   (const StrataScanner *self,
                                  const char          *at);

/* What Python's str.isspace() and \s mean, which is more than ASCII. */
gboolean    strata_is_space      (gunichar       character);
/* Move the ends of [begin, end) over such white space. */
void        strata_strip         (const char   **begin,
                                  const char   **end);
void        strata_strip_end     (const char    *begin,
                                  const char   **end);
/* Python's str.lower(); length -1 measures. */
char       *strata_lower         (const char    *text,
                                  gssize         length);

G_END_DECLS
