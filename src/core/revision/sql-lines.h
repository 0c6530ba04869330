/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/base/finding.h"

G_BEGIN_DECLS

/* A piece of a text that someone else owns. */
typedef struct
{
  const char *text;
  gsize       length;
} StrataSpan;

/* Goes through an SQL revision line by line. A line has neither its end (LF or CRLF) nor the byte order mark before the
 * first. */
typedef struct
{
  const char *next;
  const char *end;
  StrataSpan  line;               /* the current one */
  guint       number;             /* of the current line, from 1 */
  gboolean    in_block_comment;
} StrataLines;

typedef enum
{
  STRATA_LINE_BLANK,
  STRATA_LINE_TEXT,
  STRATA_LINE_COMMENT,            /* -- */
  STRATA_LINE_OPEN_COMMENT,       /* the first of a block comment */
  STRATA_LINE_IN_COMMENT,
} StrataLineKind;

StrataSpan      strata_span_skip              (StrataSpan   self,
                                               gsize        length);
gboolean        strata_span_begins            (StrataSpan   self,
                                               const char  *prefix);
gboolean        strata_span_is_marker         (StrataSpan   self);
void            strata_span_trim_start        (StrataSpan  *self);
void            strata_span_trim_end          (StrataSpan  *self);
void            strata_span_trim              (StrataSpan  *self);

void            strata_lines_init             (StrataLines *self,
                                               const char  *text,
                                               gsize        length);
gboolean        strata_lines_next             (StrataLines *self);
void            strata_lines_step_back        (StrataLines *self);
guint           strata_lines_get_column       (StrataLines *self,
                                               const char  *at);
gboolean        strata_lines_get_marker       (StrataLines *self,
                                               StrataSpan  *words,
                                               gboolean    *indented);
/* Whether one of the lines to come begins a section of this name. */
gboolean        strata_lines_has_section      (const StrataLines *self,
                                               const char  *name);
/* The content is what a comment says, or where text begins. All lines have to come by, in order. */
StrataLineKind  strata_lines_classify         (StrataLines *self,
                                               StrataSpan  *content);

void            strata_report_indented_marker (const char  *path,
                                               StrataLines *lines,
                                               StrataSpan   words,
                                               GPtrArray   *findings);
/* Whether it is UTF-16, of which nothing else can be said. */
gboolean        strata_report_utf16           (const char  *path,
                                               const char  *text,
                                               gsize        length,
                                               GPtrArray   *findings);
void            strata_report_bad_utf8        (const char  *path,
                                               const char  *text,
                                               gsize        length,
                                               GPtrArray   *findings);

G_END_DECLS
