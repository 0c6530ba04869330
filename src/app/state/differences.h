/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "app/state/difference-item.h"
#include "core/workspace/compare.h"

G_BEGIN_DECLS

/* What a worker finds: two sides, how they differ, and the steps from the one to the other, each with its own. Atomically
 * reference-counted. */
typedef struct
{
  StrataComparison *comparison;
  GStrv             renames;      /* decided so far, as strata_renames_parse() takes them */
  char             *sql;          /* all steps as one text; NULL where there is no way */
  GPtrArray        *own_sql;      /* char* or NULL, by difference: the steps that are there for it alone; or NULL */
  GError           *no_way;       /* why there are no steps, or NULL */
  GMutex            lock;         /* of planning, which the diff does for one at a time */
} StrataCompared;

/* On a worker. Takes the comparison; the renames may be NULL. */
StrataCompared *strata_compared_new     (StrataComparison   *comparison,
                                         const char * const *renames);
StrataCompared *strata_compared_ref     (StrataCompared     *self);
void            strata_compared_unref   (StrataCompared     *self);
/* On a worker: the steps for what is chosen as a text that can be run. Planned gets what they do, one a difference. */
char           *strata_compared_dup_sql (StrataCompared     *self,
                                         const gboolean     *chosen,
                                         gboolean           *planned,
                                         GError            **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataCompared, strata_compared_unref)

#define STRATA_TYPE_DIFFERENCES (strata_differences_get_type ())

/* The rows of a comparison, as a list of StrataDifferenceItem: each thing that differs, and below it what of it does. What is
 * ticked is to be done; a thing's tick is that of all of its differences. "ticks-changed" when one was set. */
G_DECLARE_FINAL_TYPE (StrataDifferences, strata_differences, STRATA, DIFFERENCES, GObject)

StrataDifferences *strata_differences_new           (StrataCompared          *compared);
StrataCompared    *strata_differences_get_compared  (StrataDifferences       *self);
const char        *strata_differences_get_title     (StrataDifferences       *self,
                                                     guint                    which);    /* 0: from, 1: to */
void               strata_differences_tick          (StrataDifferences       *self,
                                                     guint                    position,
                                                     gboolean                 ticked);
void               strata_differences_tick_all      (StrataDifferences       *self,
                                                     gboolean                 ticked);
guint              strata_differences_get_n         (StrataDifferences       *self);
guint              strata_differences_get_n_ticked  (StrataDifferences       *self);
/* One a difference, as strata_diff_plan() takes it. */
gboolean          *strata_differences_dup_chosen    (StrataDifferences       *self);
/* What the steps for what is ticked do besides, as that needs it: one a difference, as strata_diff_is_planned(); NULL: that is
 * not known. */
void               strata_differences_set_planned   (StrataDifferences       *self,
                                                     const gboolean          *planned);
/* Its titles; borrowed. */
GPtrArray         *strata_differences_list_along    (StrataDifferences       *self);
/* The first one's title, or NULL. */
char              *strata_differences_dup_first     (StrataDifferences       *self);
/* StrataRenameGuess that nobody has decided; borrowed. */
GPtrArray         *strata_differences_get_questions (StrataDifferences       *self);
/* It is a rename, or it is none: it is not asked again. All decisions so far, as strata_renames_parse() takes them. */
const char * const *strata_differences_decide       (StrataDifferences       *self,
                                                     const StrataRenameGuess *guess,
                                                     gboolean                 is_renamed);

G_END_DECLS
