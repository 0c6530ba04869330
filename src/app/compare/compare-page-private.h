/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/compare/compare-page.h"
#include "app/compare/rename-questions.h"
#include "app/compare/side-chooser.h"
#include "app/shared/difference-view.h"
#include "app/state/compare-job.h"

G_BEGIN_DECLS

struct _StrataComparePage
{
  AdwBin                 parent_instance;

  /* template */
  GtkWidget             *actions;
  GtkCheckButton        *all;
  GtkInfoBar            *bar;
  GtkLabel              *busy;
  GtkWidget             *bar_button;
  GtkLabel              *bar_words;
  StrataSideChooser     *from;
  StrataRenameQuestions *questions;
  GtkSpinner            *spinner;
  GtkStack              *stack;
  AdwStatusPage         *status;
  GtkButton             *status_button;
  GtkLabel              *ticked;
  StrataSideChooser     *to;
  StrataDifferenceView  *view;

  /* owned */
  StrataSession         *session;
  GSignalGroup          *signals;
  StrataDifferences      *differences;     /* NULL: none is shown */
  StrataSnapshot        *snapshot;       /* of when it was made */
  GCancellable          *comparing;
  GCancellable          *planning;
  char                  *sql;            /* of what is ticked, or of all; NULL: not known */
  char                  *root;           /* the project that the sides were chosen for */

  /* values */
  StrataCompareObstacle  status_kind;    /* what the button of the status page is for */
  gboolean               trusted;        /* said for the sides that are chosen */
  gboolean               agreed;
  gboolean               setting;        /* the sides, not by a person */
  gboolean               ticking;        /* the tick of all, not by a person */
};

/* Something that takes its time and can be stopped. */
void strata_compare_page_begin        (StrataComparePage *self,
                                       const char        *words);
/* Asks for the message, and writes what is ticked. */
void strata_compare_page_new_revision (GtkWidget  *widget,
                                       const char *action,
                                       GVariant   *parameter);

G_END_DECLS
