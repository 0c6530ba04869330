/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/window/window.h"

G_BEGIN_DECLS

struct _StrataWindow
{
  AdwApplicationWindow  parent_instance;

  /* template */
  AdwToastOverlay      *toasts;
  AdwViewStack         *views;
  AdwWindowTitle       *title;

  /* owned */
  StrataSession        *session;
};

/* What the parts ask each other for, all of it as actions of the window. */
void strata_window_class_install_actions (GtkWidgetClass *widget_class);
/* Those that open a dialog, and when they may. */
void strata_window_class_install_dialogs (GtkWidgetClass *widget_class);
void strata_window_init_dialogs          (StrataWindow   *self);

G_END_DECLS
