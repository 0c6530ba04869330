/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/state/session.h"

G_BEGIN_DECLS

typedef enum
{
  STRATA_OFFER_NOTHING,      /* no project */
  STRATA_OFFER_BUSY,         /* reads, connects or runs: wait */
  STRATA_OFFER_CONNECT,
  STRATA_OFFER_RESCUE,       /* the database has revisions that the folder has not */
  STRATA_OFFER_HEADS,
  STRATA_OFFER_UPGRADE,
  STRATA_OFFER_UP_TO_DATE,
} StrataRunOfferKind;

/* The one thing that is to be done next, and in which words; and what else is possible. */
typedef struct
{
  StrataRunOfferKind  kind;
  char               *label;         /* "Upgrade 3…"; NULL for nothing */
  char               *tooltip;       /* the whole sentence, with the database's name; NULL for nothing */
  const char         *action;        /* NULL: nothing can be done now */
  char               *target;        /* the action's string, or NULL where it takes none */
  gboolean            can_run;       /* an upgrade or a stamp may be asked for */
  gboolean            can_step;      /* something is pending */
  gboolean            can_downgrade; /* something is applied */
  gboolean            can_restore;   /* a SQLite file */
} StrataRunOffer;

StrataRunOffer *strata_run_offer_new     (StrataSession       *session);
/* Of what it depends on. */
StrataRunOffer *strata_run_offer_judge   (StrataSnapshot      *snapshot,
                                          StrataLink           link,
                                          gboolean             loading,
                                          gboolean             running);
void            strata_run_offer_free    (StrataRunOffer      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataRunOffer, strata_run_offer_free)

G_END_DECLS
