/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/diff/diff.h"

G_BEGIN_DECLS

#define STRATA_TYPE_DIFFERENCE_ITEM (strata_difference_item_get_type ())

/* A row of a comparison: a thing that differs with what hangs on it, or one difference of it. Properties "ticked" and, of a
 * thing some of whose differences are, "partly"; "along": it is done with what is ticked, which needs it. */
G_DECLARE_FINAL_TYPE (StrataDifferenceItem, strata_difference_item, STRATA, DIFFERENCE_ITEM, GObject)

/* Takes the texts; loss and review are NULL where there is none. */
typedef struct
{
  StrataDifferenceKind  kind;
  gboolean              is_group;
  gboolean              is_member;     /* of the group above it */
  guint                 index;         /* of the difference; of a group G_MAXUINT */
  char                 *title;
  char                 *property;      /* what of it, or NULL */
  char                 *was;
  char                 *is;
  char                 *loss;
  char                 *review;
  char                 *sql;           /* its own steps; NULL: none of its own */
} StrataDifferenceFacts;

StrataDifferenceItem        *strata_difference_item_new         (StrataDifferenceFacts *facts);
const StrataDifferenceFacts *strata_difference_item_get_facts   (StrataDifferenceItem  *self);
gboolean                     strata_difference_item_get_ticked  (StrataDifferenceItem  *self);
gboolean                     strata_difference_item_get_partly  (StrataDifferenceItem  *self);
gboolean                     strata_difference_item_get_along   (StrataDifferenceItem  *self);
void                         strata_difference_item_set_along   (StrataDifferenceItem  *self,
                                                                 gboolean               along);
void                         strata_difference_item_set_state   (StrataDifferenceItem  *self,
                                                                 gboolean               ticked,
                                                                 gboolean               partly);
/* The whole row in words. */
char                        *strata_difference_item_dup_spoken  (StrataDifferenceItem  *self);

G_END_DECLS
