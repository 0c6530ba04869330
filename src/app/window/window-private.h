/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/profiles/database-button.h"
#include "app/run/activity-page.h"
#include "app/run/run-watch.h"
#include "app/state/project-watch.h"
#include "app/timeline/timeline-page.h"
#include "app/widgets/grip.h"
#include "app/window/window.h"

G_BEGIN_DECLS

struct _StrataWindow
{
  AdwApplicationWindow  parent_instance;

  /* template */
  StrataActivityPage   *activity;
  GtkWidget            *back_button;
  StrataDatabaseButton *database_button;
  GtkStack             *detail;
  StrataGrip           *grip;
  AdwLeaflet           *leaflet;
  GMenu                *recent_menu;
  AdwViewSwitcherTitle *switcher_title;
  StrataTimelinePage   *timeline;
  AdwToastOverlay      *toasts;
  AdwViewStack         *views;

  /* owned */
  StrataSession        *session;
  StrataRunWatch       *run_watch;
  StrataProjectWatch   *watch;

  /* values */
  guint                 look_source;     /* every few seconds, at the database */
};

/* What the parts ask each other for, all of it as actions of the window. */
void strata_window_class_install_actions (GtkWidgetClass *widget_class);
/* Which database it is about, its profiles and its password. */
void strata_window_class_install_database (GtkWidgetClass *widget_class);
/* Those that open a dialog, and when they may. */
void strata_window_class_install_dialogs (GtkWidgetClass *widget_class);
void strata_window_init_dialogs          (StrataWindow   *self);
/* Opening projects: the chooser, a folder that is dropped, recent ones, the sample. */
void strata_window_class_install_opening (GtkWidgetClass *widget_class);
void strata_window_init_opening          (StrataWindow   *self);
/* Moving the database: the sheet, Stop, and what a run leaves to be told. */
void strata_window_class_install_run     (GtkWidgetClass *widget_class);
void strata_window_init_run              (StrataWindow   *self);

G_END_DECLS
