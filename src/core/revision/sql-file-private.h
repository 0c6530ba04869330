/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/revision/sql-file.h"

G_BEGIN_DECLS

/* A piece of a text that someone else owns. */
typedef struct
{
  const char *text;
  gsize       length;
} StrataSpan;

StrataSpan strata_span_skip         (StrataSpan   self,
                                     gsize        length);
gboolean   strata_span_begins       (StrataSpan   self,
                                     const char  *prefix);
gboolean   strata_span_is_marker    (StrataSpan   self);
void       strata_span_trim_start   (StrataSpan  *self);
void       strata_span_trim_end     (StrataSpan  *self);
void       strata_span_trim         (StrataSpan  *self);

/* Goes through a text line by line. A line has neither its end (LF or CRLF) nor the byte order mark before the first. */
typedef struct
{
  const char *next;
  const char *end;
  StrataSpan  line;     /* the current one */
  guint       number;   /* of the current line, from 1 */
} StrataLines;

void     strata_lines_init        (StrataLines *self,
                                   const char  *text,
                                   gsize        length);
gboolean strata_lines_next        (StrataLines *self);
void     strata_lines_step_back   (StrataLines *self);
guint    strata_lines_get_column  (StrataLines *self,
                                   const char  *at);
/* What follows "-- strata:" on the current line, FALSE for any other line. */
gboolean strata_lines_get_marker  (StrataLines *self,
                                   StrataSpan  *words,
                                   gboolean    *indented);

typedef enum
{
  STRATA_HEADER_REVISION,
  STRATA_HEADER_REVISES,
  STRATA_HEADER_BRANCH_LABELS,
  STRATA_HEADER_DEPENDS_ON,
  STRATA_HEADER_CREATED,
  STRATA_HEADER_NO_KEY,
} StrataHeaderKey;

const char      *strata_header_key_get_text (StrataHeaderKey     key);
StrataHeaderKey  strata_header_key_find     (StrataSpan          line);
/* Lines of the message that would be read as a key or a marker stand in the file with a backslash before them. Gives the
 * place where such a line's backslashes begin, or would; NULL for all other lines. */
const char      *strata_header_find_escape  (StrataSpan          line);

typedef enum
{
  STRATA_HEADER_ONLY,     /* stop behind the header */
  STRATA_HEADER_WHOLE,    /* look at everything before the first marker */
} StrataHeaderExtent;

/* Leaves the lines before the first marker, where it went so far. */
StrataRevision  *strata_sql_header_parse    (const char         *path,
                                             StrataLines        *lines,
                                             StrataHeaderExtent  extent,
                                             GPtrArray          *findings);
void             strata_sql_check_utf8      (const char         *path,
                                             const char         *text,
                                             gsize               length,
                                             GPtrArray          *findings);

G_END_DECLS
