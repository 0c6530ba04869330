/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/editor/project-words.h"
#include "app/editor/script-checker.h"

G_BEGIN_DECLS

#define STRATA_TYPE_COMPLETION_PROVIDER (strata_completion_provider_get_type ())

/* What a script can go on with: keywords, names, what headers and markers take. All of it is at hand: nothing is read, and
 * nobody waits, while somebody types. */
G_DECLARE_FINAL_TYPE (StrataCompletionProvider, strata_completion_provider, STRATA, COMPLETION_PROVIDER, GObject)

/* The checker knows the script and its words. */
StrataCompletionProvider *strata_completion_provider_new       (StrataScriptChecker      *checker);
void                      strata_completion_provider_set_words (StrataCompletionProvider *self,
                                                                StrataProjectWords       *words);

G_END_DECLS
