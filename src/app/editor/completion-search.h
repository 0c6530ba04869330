/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/editor/completion-place.h"
#include "app/editor/word-list.h"
#include "app/state/snapshot.h"
#include "core/names/name-spot.h"

G_BEGIN_DECLS

/* What a place can be completed by. Nothing is kept of it. */
typedef struct
{
  StrataCompleteKind  kind;
  const char         *prefix;
  gboolean            asked;       /* by a key: not only because somebody types */
  StrataDialect       dialect;
  StrataSnapshot     *snapshot;    /* for revisions and labels; or NULL */
  const char         *path;        /* of the script: its own revision is none that it comes after */
  StrataWordList     *own;         /* the words of the script; or NULL */
  StrataWordList     *project;     /* of all scripts; or NULL */
  const char         *call;        /* of a function, whose arguments come here: "op.create_table"; or NULL */
  StrataScriptModule  module;      /* of kind MODULE */
  StrataCatalogue    *catalogue;   /* the tables and columns that are there; or NULL */
  const StrataNameSpot *spot;      /* which of them fit; or NULL */
} StrataCompletionQuestion;

/* StrataCompletionItem, the likeliest first. Empty where what is there is whole already, unless it was asked for. */
GPtrArray *strata_completion_search (const StrataCompletionQuestion *question);

G_END_DECLS
