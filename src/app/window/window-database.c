/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/window/window-private.h"

#include "app/profiles/password-dialog.h"
#include "app/profiles/profile-dialog.h"
#include "app/profiles/profiles-window.h"

static void
present (StrataWindow *self,
         gpointer      dialog)
{
  gtk_window_set_transient_for (dialog, GTK_WINDOW (self));
  gtk_window_present (dialog);
}

static void
connect_database (GtkWidget  *widget,
                  const char *action,
                  GVariant   *parameter)
{
  strata_session_connect (STRATA_WINDOW (widget)->session, NULL);
}

static void
choose_profile (GtkWidget  *widget,
                const char *action,
                GVariant   *parameter)
{
  const char *name = g_variant_get_string (parameter, NULL);

  strata_session_choose (STRATA_WINDOW (widget)->session, *name != '\0' ? name : NULL, NULL);
}

static void
choose_url (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  strata_session_choose (STRATA_WINDOW (widget)->session, NULL, g_variant_get_string (parameter, NULL));
}

static gboolean
is_written (StrataUrl  *url,
            const char *wanted)
{
  g_autofree char *text = url != NULL ? strata_url_to_string (url) : NULL;

  return g_strcmp0 (text, wanted) == 0;
}

static StrataUrl *
find_candidate (GPtrArray  *candidates,
                const char *wanted)
{
  for (guint i = 0; i < candidates->len; i++)
    {
      const StrataDatabaseCandidate *one = g_ptr_array_index (candidates, i);

      if (is_written (one->url, wanted))
        return one->url;
    }

  return NULL;
}

/* Named by its text without the password. Where sources disagree, the one that is shown may be meant too. */
static void
choose_candidate (GtkWidget  *widget,
                  const char *action,
                  GVariant   *parameter)
{
  StrataWindow *self = STRATA_WINDOW (widget);
  StrataSnapshot *snapshot = strata_session_get_snapshot (self->session);
  const char *wanted = g_variant_get_string (parameter, NULL);
  StrataUrl *url = NULL;

  if (snapshot == NULL || snapshot->choice == NULL)
    return;

  url = find_candidate (strata_database_choice_get_candidates (snapshot->choice), wanted);
  if (url == NULL)
    url = find_candidate (strata_database_choice_get_conflicts (snapshot->choice), wanted);
  if (url == NULL && is_written (strata_database_choice_get_url (snapshot->choice), wanted))
    url = strata_database_choice_get_url (snapshot->choice);
  if (url != NULL)
    strata_session_choose_database (self->session, url);
}

static void
choose_database (GtkWidget  *widget,
                 const char *action,
                 GVariant   *parameter)
{
  strata_database_button_popup (STRATA_WINDOW (widget)->database_button);
}

static void
enter_password (GtkWidget  *widget,
                const char *action,
                GVariant   *parameter)
{
  StrataWindow *self = STRATA_WINDOW (widget);
  StrataSnapshot *snapshot = strata_session_get_snapshot (self->session);

  if (snapshot != NULL && snapshot->choice != NULL && strata_database_choice_get_url (snapshot->choice) != NULL)
    present (self, strata_password_dialog_new (self->session));
}

static void
new_profile (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  StrataWindow *self = STRATA_WINDOW (widget);
  const char *url = g_variant_get_string (parameter, NULL);

  present (self, strata_profile_dialog_new (self->session, *url != '\0' ? url : NULL));
}

static void
manage_profiles (GtkWidget  *widget,
                 const char *action,
                 GVariant   *parameter)
{
  StrataWindow *self = STRATA_WINDOW (widget);

  present (self, strata_profiles_window_new (self->session));
}

void
strata_window_class_install_database (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.choose-candidate", "s", choose_candidate);
  gtk_widget_class_install_action (widget_class, "win.choose-database", NULL, choose_database);
  gtk_widget_class_install_action (widget_class, "win.choose-profile", "s", choose_profile);
  gtk_widget_class_install_action (widget_class, "win.choose-url", "s", choose_url);
  gtk_widget_class_install_action (widget_class, "win.connect", NULL, connect_database);
  gtk_widget_class_install_action (widget_class, "win.enter-password", NULL, enter_password);
  gtk_widget_class_install_action (widget_class, "win.manage-profiles", NULL, manage_profiles);
  gtk_widget_class_install_action (widget_class, "win.new-profile", "s", new_profile);
}
