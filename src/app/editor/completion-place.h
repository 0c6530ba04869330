/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/editor/script-words.h"
#include "core/workspace/script-names.h"

G_BEGIN_DECLS

typedef enum
{
  STRATA_COMPLETE_NOTHING,     /* prose, numbers, literals */
  STRATA_COMPLETE_SQL,         /* keywords and names */
  STRATA_COMPLETE_PYTHON,
  STRATA_COMPLETE_NAMES,       /* behind a dot, between quotes */
  STRATA_COMPLETE_MODULE,      /* behind "op.", "sa." and the like */
  STRATA_COMPLETE_KEYS,        /* of a header, or a marker */
  STRATA_COMPLETE_MARKERS,
  STRATA_COMPLETE_OPTIONS,     /* of a marker */
  STRATA_COMPLETE_TRANSACTION,
  STRATA_COMPLETE_DIALECTS,
  STRATA_COMPLETE_REVISIONS,
  STRATA_COMPLETE_LABELS,
} StrataCompleteKind;

/* What is known of the cursor's place besides its line. */
typedef struct
{
  StrataScriptLanguage  language;
  gboolean              in_head;       /* no section, no code is above it */
  gboolean              in_keys;       /* of the head, and the message is above it */
  gboolean              in_comment;
  const char           *literal;       /* from the start of the literal that it is in, at most a few lines; or NULL */
} StrataCompleteContext;

/* Of Python up to the cursor: the call of a module's function that is not closed yet, "op.create_table"; or NULL. */
char              *strata_complete_dup_call   (const char                  *before);
/* What the module before the place is called, where its names can be offered. */
gboolean           strata_complete_find_module (const char                 *line,
                                               const char                  *start,
                                               StrataScriptModule          *module);
/* What can stand at the end of the line. The prefix is what of it is there already: it begins at so many bytes. */
StrataCompleteKind strata_complete_find_place (const char                  *line,
                                               const StrataCompleteContext *context,
                                               gsize                       *prefix);

G_END_DECLS
