/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/base/types.h"

G_BEGIN_DECLS

typedef enum
{
  STRATA_SCRIPT_SQL,       /* neither comments nor literals */
  STRATA_SCRIPT_PYTHON,    /* literals too, for names of tables stand in them; but none in three quotes that say what it does */
} StrataScriptLanguage;

/* Counts the names and words of a text that are worth to be offered: letters, digits and underscores, at least three.
 * The table owns its words: char * → GUINT. From as many words on as most says, only those are counted that it has. */
void strata_script_words_collect (GHashTable           *counts,
                                  StrataScriptLanguage  language,
                                  const char           *text,
                                  gsize                 length,
                                  guint                 most);

G_END_DECLS
