/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/profiles/profile-dialog-private.h"

#include <glib/gi18n.h>

#include "app/profiles/profile-job.h"

G_DEFINE_FINAL_TYPE (StrataProfileDialog, strata_profile_dialog, ADW_TYPE_WINDOW)

static const char *
get_password (StrataProfileDialog *self)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->password));

  if (self->form.dialect == STRATA_DIALECT_SQLITE)
    return NULL;

  return *typed != '\0' ? typed : self->url_password;
}

static void
show_problem (StrataProfileDialog *self,
              const char          *text)
{
  gtk_label_set_text (self->problem, text);
  gtk_info_bar_set_revealed (self->problem_bar, TRUE);
}

/* A mnemonic, and what a screen reader presses, leave no row: its URL would be passed over. */
static gboolean
settle_url (StrataProfileDialog *self)
{
  gboolean settled = strata_profile_dialog_settle_url (self);

  if (!settled)
    gtk_widget_grab_focus (GTK_WIDGET (self->url));

  return settled;
}

static void
test (GtkWidget  *widget,
      const char *action,
      GVariant   *parameter)
{
  StrataProfileDialog *self = STRATA_PROFILE_DIALOG (widget);
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataProfile) profile = NULL;

  if (!settle_url (self))
    return;

  profile = strata_profile_form_make (&self->form, &error);
  if (profile != NULL)
    strata_test_row_run (self->test, profile, self->original, get_password (self));
  else
    show_problem (self, error->message);
}

/* The session follows: what it is about may have been edited, or be known only now. */
static void
tell_session (StrataProfileDialog *self)
{
  const char *name = self->form.texts[STRATA_FORM_NAME];
  StrataSnapshot *snapshot = strata_session_get_snapshot (self->session);
  const char *chosen = strata_session_get_profile_name (self->session);
  gboolean known = snapshot != NULL && snapshot->choice != NULL
                   && strata_database_choice_get_url (snapshot->choice) != NULL;
  gboolean edited = self->original != NULL
                    && g_strcmp0 (chosen, strata_profile_get_fields (self->original)->name) == 0;

  if (snapshot == NULL)
    return;

  if (edited || !known)
    strata_session_choose (self->session, name, NULL);
  else
    strata_session_reload (self->session);
}

/* A password that nobody keeps; the dialog that it was typed into is closed by now. */
typedef struct
{
  StrataSession *session;
  char          *name;
  char          *password;
} Unkept;

static void
unkept_free (gpointer  data,
             GClosure *closure)
{
  Unkept *unkept = data;

  g_clear_object (&unkept->session);
  g_free (unkept->name);
  g_free (unkept->password);
  g_free (unkept);
}

static void
on_password_answer (AdwMessageDialog *dialog,
                    const char       *response,
                    Unkept           *unkept)
{
  if (!g_str_equal (response, "session"))
    return;

  strata_session_keep_password (unkept->session, unkept->name, unkept->password);
  strata_session_choose (unkept->session, unkept->name, NULL);
}

static void
ask_about_password (StrataProfileDialog *self,
                    const GError        *error)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));
  GtkWidget *dialog = adw_message_dialog_new (parent, _("Password Not Kept"), NULL);
  Unkept *unkept = g_new0 (Unkept, 1);

  unkept->session = g_object_ref (self->session);
  unkept->name = g_strdup (self->form.texts[STRATA_FORM_NAME]);
  unkept->password = g_strdup (get_password (self));
  adw_message_dialog_format_body (ADW_MESSAGE_DIALOG (dialog), _("The profile “%s” was saved, its password was not: %s."),
                                  unkept->name, error->message);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "close", _("_Forget It"),
                                    "session", _("_Use It in This Window"), NULL);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "session");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "close");
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_password_answer), unkept, unkept_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
set_busy (StrataProfileDialog *self,
          gboolean             busy)
{
  self->busy = busy;
  gtk_widget_set_sensitive (self->page, !busy);
  strata_profile_dialog_update (self);
}

static void
on_saved (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(StrataProfileDialog) self = user_data;
  g_autoptr(GError) password_error = NULL;
  g_autoptr(GError) error = NULL;
  gboolean saved = strata_profile_save_finish (result, &password_error, &error);
  gboolean closed = self->page == NULL;

  if (!saved)
    {
      if (!closed)
        {
          set_busy (self, FALSE);
          show_problem (self, error->message);
        }
      return;
    }

  strata_session_keep_password (self->session, self->form.texts[STRATA_FORM_NAME], NULL);
  tell_session (self);
  if (closed)
    return;

  if (password_error != NULL && get_password (self) != NULL)
    ask_about_password (self, password_error);
  gtk_window_close (GTK_WINDOW (self));
}

static void
save (GtkWidget  *widget,
      const char *action,
      GVariant   *parameter)
{
  StrataProfileDialog *self = STRATA_PROFILE_DIALOG (widget);
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataProfile) profile = NULL;

  if (!settle_url (self))
    return;

  profile = strata_profile_form_make (&self->form, &error);
  if (profile == NULL)
    {
      show_problem (self, error->message);
      return;
    }

  set_busy (self, TRUE);
  strata_profile_save_async (profile, self->original, get_password (self), on_saved, g_object_ref (self));
}

static void
on_file_chosen (GtkNativeDialog     *chooser,
                int                  response,
                StrataProfileDialog *self)
{
  g_autoptr(GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  if (file != NULL && g_file_peek_path (file) != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->entries[STRATA_FORM_FILE]), g_file_peek_path (file));
  g_clear_object (&self->chooser);
}

static void
choose_file (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  StrataProfileDialog *self = STRATA_PROFILE_DIALOG (widget);

  if (self->chooser != NULL)
    return;

  self->chooser = GTK_NATIVE_DIALOG (gtk_file_chooser_native_new (_("Choose a SQLite Database"), GTK_WINDOW (widget),
                                                                  GTK_FILE_CHOOSER_ACTION_OPEN, _("_Choose"), NULL));
  gtk_native_dialog_set_modal (self->chooser, TRUE);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (on_file_chosen), self, 0);
  gtk_native_dialog_show (self->chooser);
}

static void
on_loaded (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(StrataProfileDialog) self = user_data;
  g_autoptr(StrataProfileSet) set = strata_profile_load_finish (result, NULL);

  if (set == NULL || self->page == NULL)
    return;

  for (guint i = set->profiles->len; i > 0; i--)
    if (self->original != NULL && strata_profile_is_same (g_ptr_array_index (set->profiles, i - 1), self->original))
      g_ptr_array_remove_index (set->profiles, i - 1);
  self->others = g_steal_pointer (&set->profiles);
  if (!self->busy)
    strata_profile_dialog_update (self);
}

static void
strata_profile_dialog_dispose (GObject *object)
{
  StrataProfileDialog *self = STRATA_PROFILE_DIALOG (object);

  g_cancellable_cancel (self->loading);
  if (self->chooser != NULL)
    gtk_native_dialog_destroy (self->chooser);
  g_clear_object (&self->chooser);
  gtk_widget_dispose_template (GTK_WIDGET (self), STRATA_TYPE_PROFILE_DIALOG);

  G_OBJECT_CLASS (strata_profile_dialog_parent_class)->dispose (object);
}

static void
strata_profile_dialog_finalize (GObject *object)
{
  StrataProfileDialog *self = STRATA_PROFILE_DIALOG (object);

  g_clear_object (&self->session);
  strata_profile_form_clear (&self->form);
  g_clear_pointer (&self->original, strata_profile_unref);
  g_clear_pointer (&self->others, g_ptr_array_unref);
  g_clear_pointer (&self->project, g_free);
  g_clear_pointer (&self->url_password, g_free);
  g_clear_object (&self->loading);

  G_OBJECT_CLASS (strata_profile_dialog_parent_class)->finalize (object);
}

static void
strata_profile_dialog_class_init (StrataProfileDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = strata_profile_dialog_dispose;
  object_class->finalize = strata_profile_dialog_finalize;

  g_type_ensure (STRATA_TYPE_PROBLEM_ROW);
  g_type_ensure (STRATA_TYPE_TEST_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/strata/Strata/ui/profiles/profile-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataProfileDialog, colour);
  gtk_widget_class_bind_template_child (widget_class, StrataProfileDialog, database_group);
  gtk_widget_class_bind_template_child (widget_class, StrataProfileDialog, environment);
  gtk_widget_class_bind_template_child (widget_class, StrataProfileDialog, is_global);
  gtk_widget_class_bind_template_child (widget_class, StrataProfileDialog, is_global_row);
  gtk_widget_class_bind_template_child (widget_class, StrataProfileDialog, is_protected);
  gtk_widget_class_bind_template_child (widget_class, StrataProfileDialog, page);
  gtk_widget_class_bind_template_child (widget_class, StrataProfileDialog, password);
  gtk_widget_class_bind_template_child (widget_class, StrataProfileDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, StrataProfileDialog, problem_bar);
  gtk_widget_class_bind_template_child (widget_class, StrataProfileDialog, scratch);
  gtk_widget_class_bind_template_child (widget_class, StrataProfileDialog, server);
  gtk_widget_class_bind_template_child (widget_class, StrataProfileDialog, ssl_mode);
  gtk_widget_class_bind_template_child (widget_class, StrataProfileDialog, test);
  gtk_widget_class_bind_template_child (widget_class, StrataProfileDialog, url);
  gtk_widget_class_bind_template_child (widget_class, StrataProfileDialog, url_problem);
  strata_profile_dialog_class_bind_fields (widget_class);
  gtk_widget_class_install_action (widget_class, "profile.choose-file", NULL, choose_file);
  gtk_widget_class_install_action (widget_class, "profile.save", NULL, save);
  gtk_widget_class_install_action (widget_class, "profile.test", NULL, test);
}

static void
strata_profile_dialog_init (StrataProfileDialog *self)
{
  strata_profile_form_init (&self->form);
  self->loading = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  strata_profile_dialog_init_fields (self);
}

static StrataProfileDialog *
make (StrataSession *session,
      StrataProfile *original)
{
  StrataSnapshot *snapshot = strata_session_get_snapshot (session);
  StrataProfileDialog *self = g_object_new (STRATA_TYPE_PROFILE_DIALOG, NULL);

  self->session = g_object_ref (session);
  self->project = snapshot != NULL ? g_strdup (strata_project_get_root (snapshot->project)) : NULL;
  self->form.project = g_strdup (self->project);
  self->original = original != NULL ? strata_profile_ref (original) : NULL;
  strata_profile_load_async (self->project, self->loading, on_loaded, g_object_ref (self));

  return self;
}

static void
begin (StrataProfileDialog *self)
{
  strata_profile_dialog_fill (self);
  strata_profile_dialog_update (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->entries[STRATA_FORM_NAME]));
}

StrataProfileDialog *
strata_profile_dialog_new (StrataSession *session,
                           const char    *url)
{
  StrataProfileDialog *self = make (session, NULL);

  begin (self);
  if (url != NULL)
    strata_profile_dialog_take_url (self, url);

  return self;
}

StrataProfileDialog *
strata_profile_dialog_new_edit (StrataSession *session,
                                StrataProfile *profile)
{
  StrataProfileDialog *self = make (session, profile);
  g_autofree char *title = g_strdup_printf (_("Edit %s"), strata_profile_get_fields (profile)->name);

  gtk_window_set_title (GTK_WINDOW (self), title);
  adw_preferences_group_set_description (self->database_group, _("A password goes to the Secret Service, never into a file."
                                                                 " Left empty, the one that is kept there stays."));
  strata_profile_form_set_profile (&self->form, profile);
  begin (self);

  return self;
}

StrataProfileDialog *
strata_profile_dialog_new_copy (StrataSession *session,
                                StrataProfile *profile)
{
  StrataProfileDialog *self = make (session, NULL);
  g_autofree char *name = g_strdup_printf ("%s-2", strata_profile_get_fields (profile)->name);

  strata_profile_form_set_profile (&self->form, profile);
  strata_profile_form_set_text (&self->form, STRATA_FORM_NAME, name);
  begin (self);

  return self;
}
