/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Between the files of this folder. diff.c matches objects, compare.c finds what differs in a pair, judge.c says what is lost
 * and what to look at; a server's own files (postgresql*.c, sqlite*.c) make the steps. */

#pragma once

#include "core/diff/diff.h"

G_BEGIN_DECLS

/* What differs from server to server. */
typedef struct
{
  /* Adds the differences of two objects with one key, but for their comment. NULL: strata_diff_compare_pair(). */
  void     (*compare) (StrataDiff         *self,
                       const StrataObject *from,
                       const StrataObject *to);
  /* The picture after its tables and columns were renamed (StrataRenaming*), where nothing else can be. NULL: as PostgreSQL. */
  StrataPicture *(*rename) (const StrataPicture *picture,
                            const GPtrArray     *renamings);
  /* Adds the steps (by strata_diff_take_step()) for the differences that are wanted, and says which others these do too. */
  gboolean (*plan)    (StrataDiff         *self,
                       gboolean           *wanted,
                       GError            **error);
} StrataDiffDialect;

extern const StrataDiffDialect strata_diff_postgresql;
extern const StrataDiffDialect strata_diff_sqlite;

/* From here on a rename is asked about. */
#define STRATA_DIFF_LEAST_SCORE 50

/* What may be a rename; the guess is what is said of it. */
typedef struct
{
  StrataRenameGuess       guess;
  guint                   score;          /* by structure alone, not limited */
  const char             *evidence;
  const StrataDifference *removed;
  const StrataDifference *added;
} StrataRenameCandidate;

struct _StrataDiff
{
  StrataPicture           *from;
  StrataPicture           *to;
  StrataPicture           *middle;        /* from, as it stands when the renames that were decided are done */
  StrataPicture           *base;          /* and those that follow from them */
  gboolean                 has_privileges;  /* both pictures: they are compared */
  const StrataDiffDialect *dialect;       /* NULL: nothing is known of that server */
  GPtrArray               *differences;   /* StrataDifference* */
  GPtrArray               *candidates;    /* StrataRenameCandidate* */
  GPtrArray               *swaps;         /* StrataRenameGuess*, owned */
  GPtrArray               *guesses;       /* StrataRenameGuess*, of those that are asked about */
  GPtrArray               *steps;         /* StrataDiffStep*, of the last plan */
  gboolean                *planned;       /* by difference: the last plan does it; NULL: there is none */
  GPtrArray               *old_steps;     /* arrays of earlier plans, which callers may still hold */
  GPtrArray               *tables;        /* StrataDiffTable*, of all plans */
  GStringChunk            *texts;
};

/* All texts of differences are kept by this; NULL of NULL. */
const char       *strata_diff_keep           (StrataDiff           *self,
                                              const char           *text);
StrataDifference *strata_diff_report         (StrataDiff           *self,
                                              StrataDifferenceKind  kind,
                                              const StrataObject   *from,
                                              const StrataObject   *to,
                                              const char           *part);
/* Nothing where both texts are the same; NULL then. */
StrataDifference *strata_diff_report_change  (StrataDiff           *self,
                                              const StrataObject   *from,
                                              const StrataObject   *to,
                                              const char           *part,
                                              const char           *property,
                                              const char           *was,
                                              const char           *is);
void              strata_diff_compare_pair   (StrataDiff           *self,
                                              const StrataObject   *from,
                                              const StrataObject   *to);
/* Fills loss and review. */
void              strata_diff_judge          (StrataDiff           *self,
                                              StrataDifference     *difference);
/* Nobody has to look at what all rows meet, for what is new. */
void              strata_diff_clear_certain  (StrataDiff           *self);
/* Finds what the differences of sequences belong to. */
void              strata_diff_find_owners    (StrataDiff           *self);
/* The name that the server chooses for the sequence of a column, qualified, as SQL. */
char             *strata_diff_dup_usual_sequence (const StrataObject *table,
                                              const char           *column);
/* In the order of the columns; one behind the last where there is none of that name. */
guint             strata_diff_find_position  (const StrataPictureTable *table,
                                              const char           *column);
/* But for those that were denied; decided may be NULL. */
void              strata_diff_guess          (StrataDiff           *self,
                                              const StrataRename * const *decided);
void              strata_diff_guess_swaps    (StrataDiff           *self,
                                              const StrataRename * const *decided);
/* What is added to the score, or taken from it; evidence gets why. */
int               strata_diff_weigh_facts    (const StrataRowFacts *old,
                                              const StrataRowFacts *new,
                                              GString              *evidence);
/* The steps from that index on are what becomes of the table; differences (const StrataDifference*) are copied. */
void              strata_diff_mark_table     (StrataDiff             *self,
                                              guint                   first,
                                              const StrataDiffTable  *table,
                                              const GPtrArray        *differences);
/* Takes the text. */
StrataDiffStep   *strata_diff_take_step      (StrataDiff             *self,
                                              const StrataDifference *difference,
                                              char                   *sql);

G_END_DECLS
