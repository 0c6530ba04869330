/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The timeline: revisions newest first, what is pending above what is applied, and between them where the database is. */

#pragma once

#include "app/state/snapshot.h"

G_BEGIN_DECLS

typedef enum
{
  STRATA_ENTRY_GHOST,        /* the database has it, the folder has not */
  STRATA_ENTRY_REVISION,
  STRATA_ENTRY_HERE,         /* between what is pending and what is applied */
} StrataEntryKind;

/* Which row of which snapshot; index: of the lanes' rows, of the ghosts; for the row of the database of the lanes' row
 * below it. */
typedef struct
{
  StrataEntryKind kind;
  guint           index;
} StrataEntry;

#define STRATA_TYPE_TIMELINE_ITEM (strata_timeline_item_get_type ())

/* One row, alive only while somebody shows it. "changed" when a newer snapshot says something else of it. */
G_DECLARE_FINAL_TYPE (StrataTimelineItem, strata_timeline_item, STRATA, TIMELINE_ITEM, GObject)

StrataTimelineItem  *strata_timeline_item_new          (StrataSnapshot     *snapshot,
                                                        StrataEntry         entry);
/* Tells by "changed". */
void                 strata_timeline_item_update       (StrataTimelineItem *self,
                                                        StrataSnapshot     *snapshot,
                                                        StrataEntry         entry);
void                 strata_timeline_item_set_findings (StrataTimelineItem *self,
                                                        guint               n_findings);
/* From git; the author is NULL and the time 0 where they are not known (yet). */
void                 strata_timeline_item_set_author   (StrataTimelineItem *self,
                                                        const char         *author,
                                                        gint64              time,
                                                        gboolean            uncommitted);
/* Why the project's own Alembic has to run it; NULL: it need not, or that is not known (yet). */
void                 strata_timeline_item_set_python   (StrataTimelineItem *self,
                                                        const char         *why);
const char          *strata_timeline_item_get_python   (StrataTimelineItem *self);
/* While a run goes on: it has landed there already. */
void                 strata_timeline_item_set_landed   (StrataTimelineItem *self,
                                                        gboolean            landed);

StrataEntryKind      strata_timeline_item_get_kind     (StrataTimelineItem *self);
guint                strata_timeline_item_get_index    (StrataTimelineItem *self);
StrataSnapshot      *strata_timeline_item_get_snapshot (StrataTimelineItem *self);
/* NULL for the row that says where the database is. */
const char          *strata_timeline_item_get_id       (StrataTimelineItem *self);
/* NULL where no file and no commit has it. */
StrataRevision      *strata_timeline_item_get_revision (StrataTimelineItem *self);
const char          *strata_timeline_item_get_title    (StrataTimelineItem *self);
GStrv                strata_timeline_item_dup_labels   (StrataTimelineItem *self);
StrataRevisionState  strata_timeline_item_get_state    (StrataTimelineItem *self);
StrataNodeFlags      strata_timeline_item_get_flags    (StrataTimelineItem *self);
guint                strata_timeline_item_get_findings (StrataTimelineItem *self);
/* Its file has no downgrade section. */
gboolean             strata_timeline_item_is_irreversible (StrataTimelineItem *self);
gboolean             strata_timeline_item_get_uncommitted (StrataTimelineItem *self);
gboolean             strata_timeline_item_get_landed   (StrataTimelineItem *self);
/* NULL but for a revision. */
const StrataLaneRow *strata_timeline_item_get_lanes    (StrataTimelineItem *self);
/* The second line: short id, author, age. */
char                *strata_timeline_item_dup_subtitle (StrataTimelineItem *self);
/* All of it in words. */
char                *strata_timeline_item_dup_spoken   (StrataTimelineItem *self);

G_END_DECLS
