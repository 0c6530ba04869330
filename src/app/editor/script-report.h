/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/editor/word-list.h"
#include "core/workspace/scope.h"
#include "core/workspace/script-check.h"

G_BEGIN_DECLS

/* What is to be looked at; owned by whoever made it. */
typedef struct
{
  char            *path;
  char            *text;
  StrataSqlServer  server;
  StrataProject   *project;    /* that it belongs to, or NULL */
  GPtrArray       *given;      /* StrataFinding, found elsewhere (of the graph); or NULL */
  StrataKnownNames *names;     /* of the project; or NULL */
  StrataScope     *scope;      /* as the script was; or NULL */
} StrataScriptQuestion;

typedef struct
{
  guint start;
  guint end;
} StrataTextRange;

/* A script's text, looked at once: nothing of it touches a widget, so that a thread can make it. */
typedef struct
{
  GPtrArray *items;       /* StrataFindingItem, in the order of the text */
  guint      n_more;      /* that are left out */
  GArray    *markers;     /* StrataTextRange: the lines that begin sections */
  StrataWordList *words;  /* for completion */
  StrataScope *scope;     /* for completion; or NULL */
} StrataScriptReport;

void                strata_script_question_free (StrataScriptQuestion       *self);
StrataScriptReport *strata_script_report_new    (const StrataScriptQuestion *question);
void                strata_script_report_free   (StrataScriptReport         *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataScriptQuestion, strata_script_question_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataScriptReport, strata_script_report_free)

G_END_DECLS
