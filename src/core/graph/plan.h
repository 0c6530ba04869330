/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/graph/graph.h"

G_BEGIN_DECLS

typedef enum
{
  STRATA_VERSION_INSERT,
  STRATA_VERSION_UPDATE,
  STRATA_VERSION_DELETE,
} StrataVersionEditKind;

/* One change of one row of the version table, exactly as Alembic would make it. The ids are the plan's. */
typedef struct
{
  StrataVersionEditKind  kind;
  const char            *from;     /* UPDATE, DELETE: the row that must be there */
  const char            *to;       /* INSERT, UPDATE */
} StrataVersionEdit;

typedef enum
{
  STRATA_STEP_UPGRADE,
  STRATA_STEP_DOWNGRADE,
  STRATA_STEP_STAMP,
} StrataStepKind;

typedef struct
{
  StrataStepKind      kind;
  StrataRevision     *revision;    /* NULL for a stamp to base; owned by the plan */
  GStrv               from;        /* what "Running upgrade a, b -> c" shows on its left; owned */
  GStrv               to;          /* on its right; owned */
  GArray             *edits;       /* StrataVersionEdit, in order; owned */
} StrataStep;

/* What would happen, in order. Immutable, atomically reference-counted. */
typedef struct _StrataPlan StrataPlan;

#define STRATA_TYPE_PLAN (strata_plan_get_type ())

GType                strata_plan_get_type       (void);
StrataPlan          *strata_plan_ref            (StrataPlan          *self);
void                 strata_plan_unref          (StrataPlan          *self);
guint                strata_plan_get_n_steps    (StrataPlan          *self);
const StrataStep    *strata_plan_get_step       (StrataPlan          *self,
                                                 guint                index);
/* The rows of the version table before and after, sorted. */
const char * const  *strata_plan_get_start      (StrataPlan          *self);
const char * const  *strata_plan_get_heads_after (StrataPlan         *self);
/* Alembic's log line: "Running upgrade a, b -> c, message"; the short one, for comments of --sql, has no message. */
char                *strata_step_to_string      (const StrataStep    *step);
char                *strata_step_to_short_string (const StrataStep   *step);

/* The rows are those of the version table; the same steps in the same order as Alembic. */
StrataPlan          *strata_plan_upgrade        (StrataGraph         *graph,
                                                 const char * const  *rows,
                                                 const char          *target,
                                                 GError             **error);
StrataPlan          *strata_plan_downgrade      (StrataGraph         *graph,
                                                 const char * const  *rows,
                                                 const char          *target,
                                                 GError             **error);
StrataPlan          *strata_plan_stamp          (StrataGraph         *graph,
                                                 const char * const  *rows,
                                                 const char * const  *targets,
                                                 gboolean             purge,
                                                 GError             **error);
/* For --sql, where no database is read: each range is "start:target" or just a target, from base. Only a stamp may
 * have several; a downgrade must say its start. */
StrataPlan          *strata_plan_offline        (StrataGraph         *graph,
                                                 StrataStepKind       kind,
                                                 const char * const  *ranges,
                                                 GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataPlan, strata_plan_unref)

G_END_DECLS
