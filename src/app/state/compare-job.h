/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/state/differences.h"
#include "app/state/session.h"

G_BEGIN_DECLS

/* What is to be compared. */
typedef struct
{
  StrataSideKind  kinds[2];
  char           *arguments[2];     /* as in StrataSide; or NULL */
  gboolean        trusted;          /* programs of the project may run, this time */
  gboolean        agreed;           /* where a profile says that scratch work is to be asked about */
} StrataCompareQuestion;

/* What stands in the way, and a person can say yes to. */
typedef enum
{
  STRATA_COMPARE_FAILS,
  STRATA_COMPARE_NEEDS_TRUST,
  STRATA_COMPARE_NEEDS_SCRATCH,     /* the profile says: ask */
  STRATA_COMPARE_FORBIDDEN,         /* no scratch work there */
} StrataCompareObstacle;

StrataCompareQuestion *strata_compare_question_new  (StrataSideKind         from,
                                                     const char            *from_argument,
                                                     StrataSideKind         to,
                                                     const char            *to_argument);
void                   strata_compare_question_free (StrataCompareQuestion *self);

/* The revisions that the database says it has, as the argument of a side. */
char                  *strata_compare_dup_rows      (StrataSnapshot        *snapshot);

/* On a thread of its own; takes the question. */
void                   strata_compare_async         (StrataSession         *session,
                                                     StrataCompareQuestion *question,
                                                     GCancellable          *cancellable,
                                                     GAsyncReadyCallback    callback,
                                                     gpointer               user_data);
StrataDifferences      *strata_compare_finish        (StrataSession         *session,
                                                     GAsyncResult          *result,
                                                     StrataCompareObstacle *obstacle,
                                                     GError               **error);
/* What a revision does (from is NULL), or what leads from one to another; finishes as a comparison does. */
void                   strata_changes_async         (StrataSession         *session,
                                                     const char            *from,
                                                     const char            *to,
                                                     gboolean               agreed,
                                                     GCancellable          *cancellable,
                                                     GAsyncReadyCallback    callback,
                                                     gpointer               user_data);
/* The same sides anew, with these renames decided, as strata_renames_parse() takes them. */
void                   strata_compare_again_async   (StrataSession         *session,
                                                     StrataDifferences      *differences,
                                                     const char * const    *renames,
                                                     GCancellable          *cancellable,
                                                     GAsyncReadyCallback    callback,
                                                     gpointer               user_data);
/* Keeps decisions about renames with the project. */
void                   strata_compare_remember_async (StrataSession        *session,
                                                     const char * const    *renames,
                                                     GAsyncReadyCallback    callback,
                                                     gpointer               user_data);
gboolean               strata_compare_remember_finish (StrataSession       *session,
                                                     GAsyncResult          *result,
                                                     GError               **error);
/* The steps for what is ticked, as SQL; where it is known, what comes along is marked. */
void                   strata_compare_plan_async    (StrataSession         *session,
                                                     StrataDifferences      *differences,
                                                     GCancellable          *cancellable,
                                                     GAsyncReadyCallback    callback,
                                                     gpointer               user_data);
char                  *strata_compare_plan_finish   (StrataSession         *session,
                                                     StrataDifferences     *differences,
                                                     GAsyncResult          *result,
                                                     GError               **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataCompareQuestion, strata_compare_question_free)

G_END_DECLS
