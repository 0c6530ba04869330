/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/compare/compare-page.h"
#include "app/editor/revision-page.h"
#include "app/profiles/database-button.h"
#include "app/run/activity-page.h"
#include "app/run/run-watch.h"
#include "app/state/project-watch.h"
#include "app/timeline/timeline-page.h"
#include "app/widgets/grip.h"
#include "app/window/window.h"

G_BEGIN_DECLS

#define STRATA_N_REGIONS 7

struct _StrataWindow
{
  AdwApplicationWindow  parent_instance;

  /* template */
  AdwBin               *activity;           /* empty until it is looked at, or something is run */
  GtkWidget            *back_button;
  GtkWidget            *branch_label;
  AdwBin               *compare;            /* empty until it is looked at */
  StrataDatabaseButton *database_button;
  GtkStack             *detail;
  StrataGrip           *grip;
  GtkWidget            *header;
  AdwLeaflet           *leaflet;
  GtkWidget            *overview_button;
  GtkWidget            *menu_button;
  GMenuModel           *primary_menu;
  StrataPane           *pane;               /* of the timeline */
  GtkWidget            *project_box;
  GMenu                *recent_menu;
  StrataPane           *rest;               /* of the detail */
  GtkWidget            *run_bar;
  GtkWidget            *strip;
  AdwViewSwitcherBar   *switcher_bar;
  AdwViewSwitcherTitle *switcher_title;
  StrataTimelinePage   *timeline;
  AdwToastOverlay      *toasts;
  AdwViewStack         *views;

  /* widgets made when they are needed */
  StrataRevisionPage   *revision;           /* NULL: nothing was selected so far */

  /* owned */
  StrataSession        *session;
  StrataRunWatch       *run_watch;
  StrataProjectWatch   *watch;
  char                 *awaited_view;    /* of the last time: shown as soon as there is a project, or NULL */

  /* borrowed */
  GtkWidget            *close_question;                   /* weak */
  GtkWidget            *last_focus[STRATA_N_REGIONS];     /* weak: where it was in each */

  /* values */
  guint                 last_pane;      /* of the two beside each other, the region that had the focus; 0: neither */
  guint                 parts_source;   /* which buttons the header has */
  guint                 look_source;     /* every few seconds, at the database */
  gboolean              discarding;      /* what is not saved: the user said so */
};

/* Made with the first call. */
StrataActivityPage *strata_window_get_activity (StrataWindow *self);
StrataComparePage  *strata_window_get_compare  (StrataWindow *self);

/* What the parts ask each other for, all of it as actions of the window. */
void strata_window_class_install_actions (GtkWidgetClass *widget_class);
/* Which database it is about, its profiles and its password. */
void strata_window_class_install_database (GtkWidgetClass *widget_class);
/* Those that open a dialog, and when they may. */
void strata_window_class_install_dialogs (GtkWidgetClass *widget_class);
void strata_window_init_dialogs          (StrataWindow   *self);
/* What may be lost with the window is asked about first. */
void strata_window_class_install_closing (GtkWidgetClass *widget_class);
/* Opening projects: the chooser, a folder that is dropped, recent ones, the sample. */
void strata_window_class_install_opening (GtkWidgetClass *widget_class);
void strata_window_init_opening          (StrataWindow   *self);
/* F6, and back. */
void strata_window_class_install_regions (GtkWidgetClass *widget_class);
/* The focus goes along. */
void strata_window_show_view             (StrataWindow   *self,
                                          const char     *view);
/* Where the window is, and how it is divided: new ones are like the last one that was closed. */
void strata_window_init_place            (StrataWindow   *self);
void strata_window_save_place            (StrataWindow   *self);
/* Moving the database: the sheet, Stop, and what a run leaves to be told. */
void strata_window_class_install_run     (GtkWidgetClass *widget_class);
void strata_window_init_run              (StrataWindow   *self);

G_END_DECLS
