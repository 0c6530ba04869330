/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/profiles/profile-dialog.h"
#include "app/profiles/profile-form.h"
#include "app/profiles/test-row.h"
#include "app/widgets/problem-row.h"

G_BEGIN_DECLS

struct _StrataProfileDialog
{
  AdwWindow            parent_instance;

  /* template */
  AdwComboRow         *colour;
  AdwPreferencesGroup *database_group;
  AdwComboRow         *environment;
  GtkSwitch           *is_global;
  GtkWidget           *is_global_row;
  GtkSwitch           *is_protected;
  GtkWidget           *page;
  AdwEntryRow         *password;
  GtkLabel            *problem;
  GtkInfoBar          *problem_bar;
  AdwComboRow         *scratch;
  AdwComboRow         *server;
  AdwComboRow         *ssl_mode;
  StrataTestRow       *test;
  AdwEntryRow         *url;
  StrataProblemRow    *url_problem;

  /* borrowed from the template, by StrataFormText */
  AdwEntryRow         *entries[STRATA_FORM_N_TEXTS];
  StrataProblemRow    *problems[STRATA_FORM_N_TEXTS];   /* NULL where nothing can be wrong */

  /* owned */
  StrataSession       *session;
  StrataProfileForm    form;
  StrataProfile       *original;       /* what is edited; NULL: a new one */
  GPtrArray           *others;         /* StrataProfile, whose names are taken; NULL until they are read */
  char                *project;        /* the root folder of what is open; or NULL */
  char                *url_password;   /* of the URL that was taken apart; or NULL */
  GCancellable        *loading;
  GtkNativeDialog     *chooser;        /* while it is open */

  /* values */
  gboolean             touched[STRATA_FORM_N_TEXTS];
  gboolean             filling;
  gboolean             pasted;         /* into the URL's row, which changes in a moment */
  gboolean             busy;
};

/* The rows and the form, each from the other; handlers of the rows. */
void strata_profile_dialog_class_bind_fields (GtkWidgetClass      *widget_class);
void strata_profile_dialog_init_fields       (StrataProfileDialog *self);
void strata_profile_dialog_fill              (StrataProfileDialog *self);
/* Something changed: reads the rows, says what is wrong, forgets what came of a test. */
void strata_profile_dialog_update            (StrataProfileDialog *self);
void strata_profile_dialog_take_url          (StrataProfileDialog *self,
                                              const char          *text);
/* Takes what stands in the URL's row, if anything does; FALSE: it is no URL, which the row says. */
gboolean strata_profile_dialog_settle_url    (StrataProfileDialog *self);

G_END_DECLS
