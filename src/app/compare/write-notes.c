/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/compare/write-notes.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/compare/compare-words.h"
#include "app/state/schema-check.h"
#include "app/widgets/fact-row.h"

/* More than a person reads here; the list behind has them all. */
#define MOST_SHOWN 5

struct _StrataWriteNotes
{
  GtkBox             parent_instance;

  /* widgets */
  GtkListBox        *list;
  GtkCheckButton    *drops;        /* NULL: nothing is to be said of drops */
  GtkWidget         *drift;        /* NULL: nothing is to be said of drift */

  /* owned */
  StrataSchemaCheck *check;        /* NULL: drift is not the question */
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataWriteNotes, strata_write_notes, GTK_TYPE_BOX)

static GtkWidget *
add_note (StrataWriteNotes *self,
          const char       *icon,
          const char       *title,
          const char       *words)
{
  GtkWidget *row = strata_fact_row_new (title, words, icon);

  gtk_list_box_append (self->list, row);
  gtk_widget_set_visible (GTK_WIDGET (self->list), TRUE);

  return row;
}

static void
add_along (StrataWriteNotes  *self,
           StrataDifferences *differences)
{
  GPtrArray *along = strata_differences_list_along (differences);
  g_autoptr(GString) words = g_string_new (NULL);
  g_autofree char *title = NULL;

  if (along->len == 0)
    return;

  title = g_strdup_printf (ngettext ("%u more comes along, as what is ticked needs it",
                                     "%u more come along, as what is ticked needs them", along->len), along->len);
  for (guint i = 0; i < MIN (along->len, MOST_SHOWN); i++)
    g_string_append_printf (words, "%s%s", i > 0 ? "\n" : "", (const char *) g_ptr_array_index (along, i));
  if (along->len > MOST_SHOWN)
    {
      guint n = along->len - MOST_SHOWN;

      g_string_append_c (words, '\n');
      g_string_append_printf (words, ngettext ("and %u more", "and %u more", n), n);
    }
  add_note (self, "list-add-symbolic", title, words->str);
}

static void
add_pending (StrataWriteNotes *self,
             StrataSnapshot   *snapshot)
{
  guint n = snapshot->status->pending != NULL ? strata_snapshot_get_n_pending (snapshot) : 0;
  g_autofree char *title = g_strdup_printf (ngettext ("%u revision pending", "%u revisions pending", n), n);

  if (n > 0)
    add_note (self, "dialog-warning-symbolic", title,
              ngettext ("What it does is not in the database yet, and would be done once more. Upgrade and compare again first.",
                        "What they do is not in the database yet, and would be done once more. Upgrade and compare again first.",
                        n));
}

static void
on_drops (StrataWriteNotes *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

/* What is declared is not the only reason to drop tables: who compares with an empty database wants just that. */
static void
add_drops (StrataWriteNotes  *self,
           StrataDifferences *differences)
{
  StrataComparison *comparison = strata_differences_get_compared (differences)->comparison;
  g_autofree gboolean *chosen = strata_differences_dup_chosen (differences);
  StrataDrops drops = strata_comparison_judge_drops (comparison, chosen);
  g_autofree char *dropped = NULL;
  g_autofree char *words = NULL;
  GtkWidget *row;

  if (comparison->to->kind != STRATA_SIDE_DECLARED || drops == STRATA_DROPS_EXPECTED)
    return;

  dropped = strata_comparison_dup_dropped (comparison, chosen);
  /* Translators: why that may be wrong; the names of tables. */
  words = g_strdup_printf (_("%s\nLost with all their rows: %s"), strata_compare_words_name_drops (comparison, drops), dropped);
  add_note (self, "dialog-warning-symbolic", _("Tables would be dropped"), words);
  self->drops = GTK_CHECK_BUTTON (gtk_check_button_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->drops), GTK_ALIGN_CENTER);
  g_signal_connect_object (self->drops, "toggled", G_CALLBACK (on_drops), self, G_CONNECT_SWAPPED);
  row = adw_action_row_new ();
  adw_preferences_row_set_use_underline (ADW_PREFERENCES_ROW (row), TRUE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("_Drop them all the same"));
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), GTK_WIDGET (self->drops));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), GTK_WIDGET (self->drops));
  gtk_list_box_append (self->list, row);
}

static void
say_drift (StrataWriteNotes *self)
{
  guint n = strata_schema_check_get_n (self->check, STRATA_SCHEMA_DRIFT);
  const char *first = strata_schema_check_get_first (self->check, STRATA_SCHEMA_DRIFT);
  g_autofree char *title = g_strdup_printf (ngettext ("This database is not what its own revisions make of it: %u difference",
                                                      "This database is not what its own revisions make of it: %u differences",
                                                      n), n);
  g_autofree char *words = NULL;

  /* Translators: a difference, “add column users.phone”, and “, …” where there are more. */
  words = g_strdup_printf (_("%s%s. What is written fits this one, and may not run on others: the overview shows the drift."),
                           first != NULL ? first : "", n > 1 ? ", …" : "");
  self->drift = add_note (self, "dialog-warning-symbolic", title, words);
}

/* That it cannot be known is no reason to write nothing, but one to say so. */
static void
say_unknown (StrataWriteNotes *self)
{
  const GError *error = strata_schema_check_get_error (self->check, STRATA_SCHEMA_DRIFT);
  g_autofree char *line = g_strndup (error->message, strcspn (error->message, "\n"));

  self->drift = add_note (self, "dialog-question-symbolic", _("Not known whether the database is what its revisions make of it"), line);
}

static void
show_drift (StrataWriteNotes *self)
{
  if (self->drift != NULL)
    gtk_list_box_remove (self->list, self->drift);
  self->drift = NULL;

  switch (strata_schema_check_get_state (self->check, STRATA_SCHEMA_DRIFT))
    {
    case STRATA_SCHEMA_BUSY:
      self->drift = add_note (self, "content-loading-symbolic", _("Is the database what its revisions make of it?"),
                              _("Being compared…"));
      break;
    case STRATA_SCHEMA_DIFFERS:
      say_drift (self);
      break;
    case STRATA_SCHEMA_FAILED:
      say_unknown (self);
      break;
    case STRATA_SCHEMA_SAME:
    case STRATA_SCHEMA_UNKNOWN:
    default:
      gtk_widget_set_visible (GTK_WIDGET (self->list), gtk_list_box_get_row_at_index (self->list, 0) != NULL);
    }
}

/* Scratch work that nobody has agreed to is refused where it would begin, and the answer says so. */
static void
look_for_drift (StrataWriteNotes *self,
                StrataSession    *session,
                gboolean          agreed)
{
  StrataSchemaState state;

  self->check = g_object_ref (strata_schema_check_of (session));
  g_signal_connect_object (self->check, "changed", G_CALLBACK (show_drift), self, G_CONNECT_SWAPPED);

  state = strata_schema_check_get_state (self->check, STRATA_SCHEMA_DRIFT);
  if (state == STRATA_SCHEMA_UNKNOWN || state == STRATA_SCHEMA_FAILED)
    strata_schema_check_ask (self->check, STRATA_SCHEMA_DRIFT, agreed);
  show_drift (self);
}

static void
strata_write_notes_dispose (GObject *object)
{
  g_clear_object (&STRATA_WRITE_NOTES (object)->check);

  G_OBJECT_CLASS (strata_write_notes_parent_class)->dispose (object);
}

static void
strata_write_notes_class_init (StrataWriteNotesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = strata_write_notes_dispose;

  signals[CHANGED] =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
strata_write_notes_init (StrataWriteNotes *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  self->list = GTK_LIST_BOX (g_object_new (GTK_TYPE_LIST_BOX, "selection-mode", GTK_SELECTION_NONE, "visible", FALSE, NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Before you write it"), -1);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->list));
}

GtkWidget *
strata_write_notes_new (StrataSession     *session,
                        StrataDifferences *differences,
                        gboolean           begins_at_database,
                        gboolean           agreed)
{
  StrataWriteNotes *self = g_object_new (STRATA_TYPE_WRITE_NOTES, NULL);

  add_along (self, differences);
  add_drops (self, differences);
  if (begins_at_database)
    {
      add_pending (self, strata_session_get_snapshot (session));
      look_for_drift (self, session, agreed);
    }

  return GTK_WIDGET (self);
}

gboolean
strata_write_notes_has_drops (StrataWriteNotes *self)
{
  return self->drops != NULL && gtk_check_button_get_active (self->drops);
}

gboolean
strata_write_notes_allows (StrataWriteNotes *self)
{
  return self->drops == NULL || strata_write_notes_has_drops (self);
}
