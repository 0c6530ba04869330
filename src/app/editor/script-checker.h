/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/editor/text-document.h"
#include "app/editor/word-list.h"
#include "app/state/project-names.h"
#include "app/state/session.h"
#include "core/workspace/scope.h"
#include "core/workspace/script-check.h"

G_BEGIN_DECLS

/* The name of the tag that the lines have where sections begin. */
#define STRATA_MARKER_TAG "strata-marker"

#define STRATA_TYPE_SCRIPT_CHECKER (strata_script_checker_get_type ())

/* Looks at the text of a document whenever it was changed and a moment has passed, on a thread, and marks in the buffer
 * what it found: with tags, and with source marks of the categories "strata-error", "strata-warning" and "strata-note",
 * each of which has the finding's words. */
G_DECLARE_FINAL_TYPE (StrataScriptChecker, strata_script_checker, STRATA, SCRIPT_CHECKER, GObject)

StrataScriptChecker *strata_script_checker_new          (void);
/* The document and the snapshot may be NULL; the snapshot says which server reads it and what the graph has found. */
void                 strata_script_checker_set_document (StrataScriptChecker *self,
                                                         StrataTextDocument  *document);
void                 strata_script_checker_set_snapshot (StrataScriptChecker *self,
                                                         StrataSnapshot      *snapshot);
/* By which it knows the tables and columns that are there; or NULL. */
void                 strata_script_checker_set_names    (StrataScriptChecker *self,
                                                         StrataProjectNames  *names);
/* Elements are StrataFindingItem; the same model all the time. */
GListModel          *strata_script_checker_get_findings (StrataScriptChecker *self);
/* Those beyond the model's. */
guint                strata_script_checker_get_n_more   (StrataScriptChecker *self);
/* Property: nothing was typed since the text was looked at. */
gboolean             strata_script_checker_get_settled  (StrataScriptChecker *self);
/* The words of the document, for completion; or NULL. */
StrataWordList      *strata_script_checker_get_words    (StrataScriptChecker *self);
/* The tables and columns around its lines, for completion; or NULL. */
StrataScope         *strata_script_checker_get_scope    (StrataScriptChecker *self);
StrataTextDocument  *strata_script_checker_get_document (StrataScriptChecker *self);
StrataSnapshot      *strata_script_checker_get_snapshot (StrataScriptChecker *self);
/* Which one reads it, as far as the snapshot knows. */
StrataSqlServer      strata_script_checker_get_server   (StrataScriptChecker *self);

/* The words of all findings that are marked in a line, from 0; or NULL. */
char                *strata_script_checker_dup_line_words (GtkSourceBuffer   *buffer,
                                                         int                  line);

G_END_DECLS
