/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/editor/word-list.h"
#include "app/state/session.h"

G_BEGIN_DECLS

#define STRATA_TYPE_PROJECT_WORDS (strata_project_words_get_type ())

/* The words of all scripts of a session's project, as the files have them. Read when somebody wants them, in small
 * pieces between what else is asked of the files, and again where the files have changed. */
G_DECLARE_FINAL_TYPE (StrataProjectWords, strata_project_words, STRATA, PROJECT_WORDS, GObject)

/* The session's own; borrowed. */
StrataProjectWords *strata_project_words_of       (StrataSession       *session);
/* Begins to read them where they are not known, or not as they are now. */
void                strata_project_words_want     (StrataProjectWords  *self);
/* The property "list": what is known by now, or NULL. */
StrataWordList     *strata_project_words_get_list (StrataProjectWords  *self);

G_END_DECLS
