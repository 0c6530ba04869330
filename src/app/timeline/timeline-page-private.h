/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/state/pending-checks.h"
#include "app/state/python-watch.h"
#include "app/timeline/gradual-list.h"
#include "app/timeline/timeline-model.h"
#include "app/timeline/timeline-page.h"
#include "app/timeline/timeline-row.h"

G_BEGIN_DECLS

struct _StrataTimelinePage
{
  GtkWidget            parent_instance;

  /* template */
  GtkToggleButton     *filter_all;
  GtkToggleButton     *filter_applied;
  GtkToggleButton     *filter_pending;
  GtkToggleButton     *filter_problems;
  GtkWidget           *filters;
  GtkListView         *list;
  GtkSearchEntry      *search;
  GtkSpinner          *spinner;
  GtkStack            *stack;
  GtkWidget           *tools;

  /* owned */
  StrataSession       *session;
  GSignalGroup        *signals;
  GSignalGroup        *run_signals;
  StrataTimelineModel *model;
  GListModel          *rows;         /* the model's, by and by */
  GtkSelectionModel   *selection;
  GtkWidget           *menu;
  StrataProject       *authored;     /* whose authors were asked for last */
  GCancellable        *asking;
  StrataPendingChecks *checks;
  StrataPythonWatch   *python;

  /* values */
  guint                authors_source;
  guint                n_lanes;
  gboolean             selecting;    /* the session's selection is being shown */
  gboolean             selected;     /* the list's selection is being told to the session */
};

/* The list's rows: made, bound, and their menu. */
void strata_timeline_page_leave_list     (GtkWidget          *widget,
                                          const char         *action,
                                          GVariant           *parameter);
void strata_timeline_page_make_list      (StrataTimelinePage *self);
void strata_timeline_page_open_menu      (GtkWidget          *widget,
                                          const char         *action,
                                          GVariant           *parameter);
/* What is selected in the list becomes what the session has selected. */
void strata_timeline_page_take_selection (StrataTimelinePage *self);

G_END_DECLS
