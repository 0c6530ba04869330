/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/timeline/timeline-item.h"

G_BEGIN_DECLS

typedef enum
{
  STRATA_TIMELINE_ALL,
  STRATA_TIMELINE_PENDING,
  STRATA_TIMELINE_APPLIED,
  STRATA_TIMELINE_PROBLEMS,
  STRATA_TIMELINE_N_FILTERS,
} StrataTimelineFilter;

#define STRATA_TYPE_TIMELINE_MODEL (strata_timeline_model_get_type ())

/* The rows of a snapshot as a list of StrataTimelineItem, made when they are asked for: a hundred thousand revisions cost
 * two arrays of numbers. A new snapshot changes only the rows that differ. */
G_DECLARE_FINAL_TYPE (StrataTimelineModel, strata_timeline_model, STRATA, TIMELINE_MODEL, GObject)

StrataTimelineModel *strata_timeline_model_new           (void);
/* NULL for none. */
void                 strata_timeline_model_set_snapshot  (StrataTimelineModel  *self,
                                                          StrataSnapshot       *snapshot);
/* As strata_workspace_read_authors() gives them; NULL for not known. */
void                 strata_timeline_model_set_authors   (StrataTimelineModel  *self,
                                                          GHashTable           *authors);
/* Paths of scripts -> how many findings the snapshot does not have, GUINT_TO_POINTER. */
void                 strata_timeline_model_set_found     (StrataTimelineModel  *self,
                                                          GHashTable           *found);
/* Ids of revisions that need Python -> why. */
void                 strata_timeline_model_set_python    (StrataTimelineModel  *self,
                                                          GHashTable           *reasons);
/* Ids that the run which goes on has landed; NULL for no run. */
void                 strata_timeline_model_set_landed    (StrataTimelineModel  *self,
                                                          const char * const   *ids);
/* Words that must all be in the id, the message, the labels, the author or the file's name. */
void                 strata_timeline_model_set_search    (StrataTimelineModel  *self,
                                                          const char           *search);
void                 strata_timeline_model_set_filter    (StrataTimelineModel  *self,
                                                          StrataTimelineFilter  filter);
/* How many revisions a filter lets through, whatever is searched for. */
guint                strata_timeline_model_count         (StrataTimelineModel  *self,
                                                          StrataTimelineFilter  filter);
/* Filtered rows stand alone: their lines would lead nowhere. */
gboolean             strata_timeline_model_is_filtered   (StrataTimelineModel  *self);
/* GTK_INVALID_LIST_POSITION's value where it is not shown. */
guint                strata_timeline_model_find          (StrataTimelineModel  *self,
                                                          const char           *id);
/* Where the row stands that says where the database is, or the same value. */
guint                strata_timeline_model_find_here     (StrataTimelineModel  *self);

G_END_DECLS
