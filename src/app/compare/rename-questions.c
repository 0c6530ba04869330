/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/compare/rename-questions.h"

#include <glib/gi18n.h>

/* One after the other: an answer may settle others. */
#define MOST_QUESTIONS 2

struct _StrataRenameQuestions
{
  AdwBin            parent_instance;

  /* template */
  GtkListBox       *list;

  /* owned */
  StrataDifferences *differences;
};

enum
{
  DECIDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataRenameQuestions, strata_rename_questions, ADW_TYPE_BIN)

static const StrataRenameGuess *
get_guess (GtkWidget *button)
{
  return g_object_get_data (G_OBJECT (button), "guess");
}

static void
decide (StrataRenameQuestions *self,
        GtkWidget             *button,
        gboolean               is_renamed)
{
  g_signal_emit (self, signals[DECIDED], 0, get_guess (button), is_renamed);
}

static void
on_renamed (GtkWidget             *button,
            StrataRenameQuestions *self)
{
  decide (self, button, TRUE);
}

static void
on_other (GtkWidget             *button,
          StrataRenameQuestions *self)
{
  decide (self, button, FALSE);
}

static void
add_button (StrataRenameQuestions   *self,
            GtkWidget               *row,
            const StrataRenameGuess *guess,
            const char              *label,
            GCallback                callback)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data (G_OBJECT (button), "guess", (gpointer) guess);
  g_signal_connect_object (button, "clicked", callback, self, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static char *
dup_question (const StrataRenameGuess *guess)
{
  const StrataRename *rename = &guess->rename;

  if (guess->is_swap && rename->table != NULL)
    /* Translators: names: a table, then two of its columns. */
    return g_strdup_printf (_("Have %s.%s and %s changed names?"), rename->table, rename->from, rename->to);
  if (guess->is_swap)
    /* Translators: names of two tables. */
    return g_strdup_printf (_("Have %s and %s changed names?"), rename->from, rename->to);
  if (rename->is_column || rename->table != NULL)
    /* Translators: names: a table, then two of its columns, the old one and the new one. */
    return g_strdup_printf (_("Is %s.%s now called %s?"), rename->table, rename->from, rename->to);

  /* Translators: names of a table, the old one and the new one. */
  return g_strdup_printf (_("Is %s now called %s?"), rename->from, rename->to);
}

static void
add_question (StrataRenameQuestions   *self,
              const StrataRenameGuess *guess)
{
  g_autofree char *question = dup_question (guess);
  /* Translators: how likely it is, in percent, and what speaks for it. */
  g_autofree char *evidence = g_strdup_printf (_("%u %%: %s"), guess->score, guess->evidence != NULL ? guess->evidence : "");
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "icon-name", "dialog-question-symbolic", NULL);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), question);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), evidence);
  add_button (self, row, guess, _("_Renamed"), G_CALLBACK (on_renamed));
  add_button (self, row, guess, _("_Drop and Add"), G_CALLBACK (on_other));
  gtk_list_box_append (self->list, row);
}

static void
show_questions (StrataRenameQuestions *self)
{
  GPtrArray *guesses = self->differences != NULL ? strata_differences_get_questions (self->differences) : NULL;
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
  for (guint i = 0; guesses != NULL && i < MIN (guesses->len, MOST_QUESTIONS); i++)
    add_question (self, g_ptr_array_index (guesses, i));
  gtk_widget_set_visible (GTK_WIDGET (self), guesses != NULL && guesses->len > 0);
}

static void
strata_rename_questions_dispose (GObject *object)
{
  StrataRenameQuestions *self = STRATA_RENAME_QUESTIONS (object);

  adw_bin_set_child (ADW_BIN (self), NULL);
  g_clear_object (&self->differences);

  G_OBJECT_CLASS (strata_rename_questions_parent_class)->dispose (object);
}

static void
strata_rename_questions_class_init (StrataRenameQuestionsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = strata_rename_questions_dispose;

  signals[DECIDED] =
    g_signal_new ("decided", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_POINTER,
                  G_TYPE_BOOLEAN);
}

static void
strata_rename_questions_init (StrataRenameQuestions *self)
{
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_widget_add_css_class (GTK_WIDGET (self), "strata-questions");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Renamed or another one?"), -1);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->list));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

void
strata_rename_questions_show (StrataRenameQuestions *self,
                              StrataDifferences      *differences)
{
  g_return_if_fail (STRATA_IS_RENAME_QUESTIONS (self));

  g_set_object (&self->differences, differences);
  show_questions (self);
}
