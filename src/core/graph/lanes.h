/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/graph/graph.h"

G_BEGIN_DECLS

typedef enum
{
  STRATA_LANE_TOP,
  STRATA_LANE_DOT,
  STRATA_LANE_BOTTOM,
} StrataLaneEnd;

/* A line inside one row, complete without its neighbours; colours are numbers that the window maps to a palette. */
typedef struct
{
  guint16       from_lane;
  guint16       to_lane;
  guint8        from_end;    /* StrataLaneEnd */
  guint8        to_end;      /* StrataLaneEnd */
  guint8        color;
  guint8        dependency;  /* drawn dashed: depends_on, not down_revision */
} StrataLaneStroke;

typedef struct
{
  guint         node;
  guint         first_stroke;   /* index into the strokes */
  guint         n_strokes;
  guint16       lane;           /* of the dot */
  guint16       n_lanes;        /* that this row is wide */
  guint8        color;
  guint8        applied;
} StrataLaneRow;

/* A wider graph shares its last lane. */
#define STRATA_MAX_LANES 64

/* Rows in display order: pending above applied, each child above all that it needs, branches in one piece and just
 * above where they begin. A line for each parent, and one for each dependency that no ancestor has already. */
typedef struct
{
  GArray *rows;       /* StrataLaneRow */
  GArray *strokes;    /* StrataLaneStroke */
} StrataLanes;

/* Applied is what strata_graph_dup_applied() gives, NULL for nothing. */
StrataLanes *strata_lanes_new  (StrataGraph  *graph,
                                const guint8 *applied);
void         strata_lanes_free (StrataLanes  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataLanes, strata_lanes_free)

G_END_DECLS
