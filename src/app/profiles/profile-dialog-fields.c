/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/profiles/profile-dialog-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/profiles/profile-words.h"

static const struct
{
  const char *entry;
  const char *problem;
} texts[STRATA_FORM_N_TEXTS] = {
  [STRATA_FORM_NAME] = { "name", "name_problem" },
  [STRATA_FORM_FILE] = { "file", "file_problem" },
  [STRATA_FORM_HOST] = { "host", "host_problem" },
  [STRATA_FORM_PORT] = { "port", "port_problem" },
  [STRATA_FORM_DATABASE] = { "database", NULL },
  [STRATA_FORM_USER] = { "user", NULL },
  [STRATA_FORM_OPTIONS] = { "options", "options_problem" },
  [STRATA_FORM_LOCK_TIMEOUT] = { "lock_timeout", "lock_timeout_problem" },
  [STRATA_FORM_STATEMENT_TIMEOUT] = { "statement_timeout", "statement_timeout_problem" },
  [STRATA_FORM_CONNECT_TIMEOUT] = { "connect_timeout", "connect_timeout_problem" },
  [STRATA_FORM_ROLE] = { "role", NULL },
  [STRATA_FORM_SEARCH_PATH] = { "search_path", NULL },
};

/* What a server is called in the form, in the order of the row; one of another kind is only shown. */
static const StrataDialect dialects[] = { STRATA_DIALECT_SQLITE, STRATA_DIALECT_POSTGRESQL };

/* Of libpq, weakest first; NULL: not said. */
static const char * const ssl_modes[] = { NULL, "disable", "allow", "prefer", "require", "verify-ca", "verify-full" };

static const char * const colours[] = { NULL, "blue", "green", "yellow", "orange", "red", "purple", "brown", "grey" };

static guint
find_text (const char         *text,
           const char * const *list,
           guint               n)
{
  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (text, list[i]) == 0)
      return i;

  return n;
}

/* A value that the list has not stands behind it, as it is. */
static void
fill_choice (AdwComboRow        *row,
             const char         *value,
             const char * const *values,
             guint               n)
{
  GtkStringList *model = GTK_STRING_LIST (adw_combo_row_get_model (row));
  guint index = find_text (value, values, n);

  if (g_list_model_get_n_items (G_LIST_MODEL (model)) > n)
    gtk_string_list_remove (model, n);
  if (index == n)
    gtk_string_list_append (model, value);
  adw_combo_row_set_selected (row, index);
}

static char *
dup_choice (AdwComboRow        *row,
            const char * const *values,
            guint               n)
{
  guint index = adw_combo_row_get_selected (row);
  GtkStringList *model = GTK_STRING_LIST (adw_combo_row_get_model (row));

  return g_strdup (index < n ? values[index] : gtk_string_list_get_string (model, index));
}

static void
fill_server (StrataProfileDialog *self)
{
  GtkStringList *model = GTK_STRING_LIST (adw_combo_row_get_model (self->server));
  guint index = 0;

  while (index < G_N_ELEMENTS (dialects) && dialects[index] != self->form.dialect)
    index++;
  if (index == G_N_ELEMENTS (dialects))
    gtk_string_list_append (model, strata_dialect_get_title (self->form.dialect));
  adw_combo_row_set_selected (self->server, index);
}

static void
show_right_rows (StrataProfileDialog *self)
{
  static const StrataFormText network[] = { STRATA_FORM_HOST, STRATA_FORM_PORT, STRATA_FORM_DATABASE, STRATA_FORM_USER,
                                            STRATA_FORM_ROLE, STRATA_FORM_SEARCH_PATH };
  gboolean is_file = self->form.dialect == STRATA_DIALECT_SQLITE;
  gboolean careful = self->form.environment == STRATA_PROFILE_PRODUCTION || self->form.is_protected;

  for (guint i = 0; i < G_N_ELEMENTS (network); i++)
    gtk_widget_set_visible (GTK_WIDGET (self->entries[network[i]]), !is_file);
  gtk_widget_set_visible (GTK_WIDGET (self->password), !is_file);
  gtk_widget_set_visible (GTK_WIDGET (self->ssl_mode), !is_file);
  gtk_widget_set_visible (GTK_WIDGET (self->entries[STRATA_FORM_FILE]), is_file);
  gtk_widget_set_sensitive (GTK_WIDGET (self->scratch), !careful);
}

void
strata_profile_dialog_fill (StrataProfileDialog *self)
{
  self->filling = TRUE;
  for (guint i = 0; i < STRATA_FORM_N_TEXTS; i++)
    gtk_editable_set_text (GTK_EDITABLE (self->entries[i]), self->form.texts[i]);
  fill_server (self);
  fill_choice (self->ssl_mode, self->form.ssl_mode, ssl_modes, G_N_ELEMENTS (ssl_modes));
  fill_choice (self->colour, self->form.colour, colours, G_N_ELEMENTS (colours));
  adw_combo_row_set_selected (self->environment, self->form.environment);
  adw_combo_row_set_selected (self->scratch, self->form.scratch);
  gtk_switch_set_active (self->is_protected, self->form.is_protected);
  gtk_switch_set_active (self->is_global, self->form.project == NULL);
  gtk_widget_set_sensitive (self->is_global_row, self->project != NULL);
  self->filling = FALSE;
}

static void
read_widgets (StrataProfileDialog *self)
{
  guint server = adw_combo_row_get_selected (self->server);
  StrataProfileForm *form = &self->form;

  for (guint i = 0; i < STRATA_FORM_N_TEXTS; i++)
    strata_profile_form_set_text (form, i, gtk_editable_get_text (GTK_EDITABLE (self->entries[i])));
  if (server < G_N_ELEMENTS (dialects) && dialects[server] != form->dialect)
    {
      form->dialect = dialects[server];
      g_clear_pointer (&form->driver, g_free);
    }
  g_free (form->ssl_mode);
  form->ssl_mode = dup_choice (self->ssl_mode, ssl_modes, G_N_ELEMENTS (ssl_modes));
  g_free (form->colour);
  form->colour = dup_choice (self->colour, colours, G_N_ELEMENTS (colours));
  g_free (form->project);
  form->project = gtk_switch_get_active (self->is_global) ? NULL : g_strdup (self->project);
  form->environment = adw_combo_row_get_selected (self->environment);
  form->scratch = adw_combo_row_get_selected (self->scratch);
  form->is_protected = gtk_switch_get_active (self->is_protected);
}

/* What was not typed yet is not called wrong, only not enough. */
static gboolean
check_texts (StrataProfileDialog *self)
{
  gboolean well = TRUE;

  for (guint i = 0; i < STRATA_FORM_N_TEXTS; i++)
    if (self->problems[i] != NULL)
      {
        g_autofree char *problem = strata_profile_form_dup_problem (&self->form, i, self->others);

        well &= problem == NULL;
        strata_problem_row_set_text (self->problems[i],
                                     self->touched[i] || *self->form.texts[i] != '\0' ? problem : NULL);
      }

  return well;
}

void
strata_profile_dialog_update (StrataProfileDialog *self)
{
  gboolean well;

  read_widgets (self);
  show_right_rows (self);
  well = check_texts (self) && !self->busy;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "profile.save", well);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "profile.test", well);
  gtk_info_bar_set_revealed (self->problem_bar, FALSE);
  strata_test_row_reset (self->test);
}

static void
on_choice (StrataProfileDialog *self)
{
  if (!self->filling && self->session != NULL)
    strata_profile_dialog_update (self);
}

static void
on_text (StrataProfileDialog *self,
         AdwEntryRow         *row)
{
  if (self->filling)
    return;

  for (guint i = 0; i < STRATA_FORM_N_TEXTS; i++)
    if (self->entries[i] == row)
      self->touched[i] = TRUE;
  on_choice (self);
}

/* What most people call a profile of this database, where nothing was typed yet. */
static void
suggest_name (StrataProfileDialog *self)
{
  g_autofree char *base = NULL;
  const char *from = self->form.texts[STRATA_FORM_DATABASE];

  if (*self->form.texts[STRATA_FORM_NAME] != '\0')
    return;

  if (self->form.dialect == STRATA_DIALECT_SQLITE)
    {
      base = g_path_get_basename (self->form.texts[STRATA_FORM_FILE]);
      if (strrchr (base, '.') != NULL)
        *strrchr (base, '.') = '\0';
      from = base;
    }
  strata_profile_form_set_text (&self->form, STRATA_FORM_NAME, from);
}

void
strata_profile_dialog_take_url (StrataProfileDialog *self,
                                const char          *text)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *password = NULL;

  if (!strata_profile_form_set_url (&self->form, text, &password, &error))
    {
      self->filling = TRUE;
      gtk_editable_set_text (GTK_EDITABLE (self->url), text);
      self->filling = FALSE;
      strata_problem_row_set_text (self->url_problem, error->message);
      return;
    }

  g_free (self->url_password);
  self->url_password = g_steal_pointer (&password);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->password),
                                 self->url_password != NULL ? _("Password, taken from the URL") : _("Password"));
  suggest_name (self);
  strata_profile_dialog_fill (self);
  gtk_editable_set_text (GTK_EDITABLE (self->url), "");
  strata_profile_dialog_update (self);
}

gboolean
strata_profile_dialog_settle_url (StrataProfileDialog *self)
{
  g_autofree char *text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->url)));

  if (*text != '\0')
    strata_profile_dialog_take_url (self, text);

  return *gtk_editable_get_text (GTK_EDITABLE (self->url)) == '\0';
}

/* The focus leaves the row also when the dialog goes. */
static void
on_url (StrataProfileDialog *self)
{
  if (self->url != NULL)
    strata_profile_dialog_settle_url (self);
}

static gboolean
take_pasted (gpointer user_data)
{
  StrataProfileDialog *self = user_data;

  on_url (self);

  return G_SOURCE_REMOVE;
}

/* A text that is pasted is whole; what is typed is taken with Return, or when the row is left. */
static void
on_url_changed (StrataProfileDialog *self)
{
  strata_problem_row_set_text (self->url_problem, NULL);
  if (self->pasted && *gtk_editable_get_text (GTK_EDITABLE (self->url)) != '\0')
    g_idle_add_full (G_PRIORITY_DEFAULT, take_pasted, g_object_ref (self), g_object_unref);
  self->pasted = FALSE;
}

static void
on_paste (GtkText             *text,
          StrataProfileDialog *self)
{
  self->pasted = TRUE;
}

static void
add_names (AdwComboRow        *row,
           const char * const *names,
           guint               n)
{
  g_autoptr(GtkStringList) model = gtk_string_list_new (NULL);

  for (guint i = 0; i < n; i++)
    gtk_string_list_append (model, names[i]);
  adw_combo_row_set_model (row, G_LIST_MODEL (model));
}

static void
name_choices (StrataProfileDialog *self)
{
  const char *modes[G_N_ELEMENTS (ssl_modes)];
  const char *names[G_N_ELEMENTS (colours)];

  modes[0] = _("Default: if possible");
  modes[1] = _("Never (disable)");
  modes[2] = _("Only if it must be (allow)");
  modes[3] = _("If possible (prefer)");
  modes[4] = _("Always (require)");
  modes[5] = _("Always, by a trusted certificate (verify-ca)");
  modes[6] = _("Always, by the certificate of this host (verify-full)");
  add_names (self->ssl_mode, modes, G_N_ELEMENTS (modes));

  names[0] = _("That of the environment");
  for (guint i = 1; i < G_N_ELEMENTS (colours); i++)
    names[i] = strata_profile_words_name_colour (colours[i]);
  add_names (self->colour, names, G_N_ELEMENTS (names));
}

void
strata_profile_dialog_class_bind_fields (GtkWidgetClass *widget_class)
{
  for (guint i = 0; i < STRATA_FORM_N_TEXTS; i++)
    {
      gtk_widget_class_bind_template_child_full (widget_class, texts[i].entry, FALSE, 0);
      if (texts[i].problem != NULL)
        gtk_widget_class_bind_template_child_full (widget_class, texts[i].problem, FALSE, 0);
    }
  gtk_widget_class_bind_template_callback (widget_class, on_choice);
  gtk_widget_class_bind_template_callback (widget_class, on_text);
  gtk_widget_class_bind_template_callback (widget_class, on_url);
  gtk_widget_class_bind_template_callback (widget_class, on_url_changed);
}

void
strata_profile_dialog_init_fields (StrataProfileDialog *self)
{
  for (guint i = 0; i < STRATA_FORM_N_TEXTS; i++)
    {
      self->entries[i] = ADW_ENTRY_ROW (gtk_widget_get_template_child (GTK_WIDGET (self), STRATA_TYPE_PROFILE_DIALOG,
                                                                       texts[i].entry));
      if (texts[i].problem != NULL)
        self->problems[i] = STRATA_PROBLEM_ROW (gtk_widget_get_template_child (GTK_WIDGET (self),
                                                                               STRATA_TYPE_PROFILE_DIALOG,
                                                                               texts[i].problem));
      adw_entry_row_set_activates_default (self->entries[i], TRUE);
    }
  g_signal_connect_object (gtk_editable_get_delegate (GTK_EDITABLE (self->url)), "paste-clipboard", G_CALLBACK (on_paste),
                           self, 0);
  name_choices (self);
}
