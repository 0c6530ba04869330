/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/editor/project-words.h"
#include "app/editor/script-checker.h"

G_BEGIN_DECLS

#define STRATA_TYPE_SCRIPT_VIEW (strata_script_view_get_type ())

/* A script to be read and edited: the text, the bar to search in it, what is wrong in it, and what is to be said about its
 * file. */
G_DECLARE_FINAL_TYPE (StrataScriptView, strata_script_view, STRATA, SCRIPT_VIEW, GtkWidget)

StrataTextDocument *strata_script_view_get_document (StrataScriptView *self);
/* May be NULL. */
void            strata_script_view_set_document (StrataScriptView *self,
                                                 StrataTextDocument   *document);
/* What it finds is in the view already. */
StrataScriptChecker *strata_script_view_get_checker (StrataScriptView *self);
/* Which server it is for; NULL: not known. */
void            strata_script_view_set_snapshot (StrataScriptView *self,
                                                 StrataSnapshot   *snapshot);
/* Whose text it is, to say whether it is applied and as what; NULL: nobody's. */
void            strata_script_view_show_applied (StrataScriptView *self,
                                                 StrataSession    *session,
                                                 const char       *id);
/* What its words are completed by, besides its own; NULL: nothing. */
void            strata_script_view_set_project_words (StrataScriptView *self,
                                                 StrataProjectWords *words);
/* By which it knows the tables and columns that are there; NULL: nothing. */
void            strata_script_view_set_project_names (StrataScriptView *self,
                                                 StrataProjectNames *names);
GtkSourceView  *strata_script_view_get_text     (StrataScriptView *self);
/* Puts the cursor there and shows it, as soon as the text is there; both count from 1, 0 is the first. */
void            strata_script_view_jump         (StrataScriptView *self,
                                                 guint             line,
                                                 guint             column);
/* The cursor to where somebody begins to write the upgrade, now or as soon as the text is there, and the focus with it. */
void            strata_script_view_begin        (StrataScriptView *self);

G_END_DECLS
