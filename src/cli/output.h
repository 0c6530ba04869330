/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef enum
{
  STRATA_STYLE_PLAIN,
  STRATA_STYLE_BOLD,
  STRATA_STYLE_DIM,
  STRATA_STYLE_GOOD,
  STRATA_STYLE_WARN,
  STRATA_STYLE_BAD,
} StrataStyle;

/* Where strata_print() goes, and whether styles show there: by NO_COLOR, TERM and whether it is a terminal. Results go to
 * stdout, what is told of a failure to stderr. */
void        strata_output_init        (gboolean      no_color);
void        strata_output_to_stderr   (gboolean      no_color);

/* The text must be one line's worth or whole lines. */
void        strata_print              (StrataStyle   style,
                                       const char   *format,
                                       ...) G_GNUC_PRINTF (2, 3);
/* "Label      text", the shape of every fact sheet; long texts are wrapped, and indented under themselves. */
void        strata_print_fact         (const char   *label,
                                       StrataStyle   style,
                                       const char   *format,
                                       ...) G_GNUC_PRINTF (3, 4);
/* A paragraph that is wrapped, with so many blanks before each line but the first. */
void        strata_print_wrapped      (StrataStyle   style,
                                       guint         indent,
                                       const char   *text);
/* To stderr. */
void        strata_warn               (const char   *format,
                                       ...) G_GNUC_PRINTF (1, 2);

/* Prints the finished builder's value to stdout, indented, with a newline. */
void        strata_print_json         (JsonBuilder  *builder);
void        strata_json_string        (JsonBuilder  *builder,
                                       const char   *name,
                                       const char   *value);
void        strata_json_int           (JsonBuilder  *builder,
                                       const char   *name,
                                       gint64        value);
void        strata_json_bool          (JsonBuilder  *builder,
                                       const char   *name,
                                       gboolean      value);
void        strata_json_strings       (JsonBuilder  *builder,
                                       const char   *name,
                                       const char * const *values);

/* As a person at this place would write it: relative where it lies in the working directory. */
char       *strata_shown_path         (const char   *path);
/* "2026-11-20 10:00:00Z" of the ledger's "2026-11-20T10:00:00.123456Z". */
char       *strata_moment             (const char   *timestamp);
/* "3 revisions", "1 revision". */
char       *strata_count              (guint         n,
                                       const char   *one,
                                       const char   *many);

G_END_DECLS
