/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtksourceview/gtksource.h>

#include "app/editor/completion-place.h"
#include "core/names/name-spot.h"

G_BEGIN_DECLS

/* A cursor in a buffer, by what is known of its place. */
typedef struct
{
  GtkTextBuffer      *buffer;
  const GtkTextIter  *cursor;
  const GtkTextIter  *literal;     /* where the literal begins that it is in; or NULL */
  StrataCompleteKind  kind;        /* SQL or NAMES, else no name fits */
  const char         *prefix;      /* what of the name is there already */
  gboolean            is_sql;      /* a script of SQL */
  StrataDialect       dialect;
} StrataCompletionCursor;

/* Which names fit there: it takes as long as the statement around it, but never longer than a key may. */
void             strata_completion_spot_find      (StrataNameSpot               *self,
                                                   const StrataCompletionCursor *cursor);

G_END_DECLS
