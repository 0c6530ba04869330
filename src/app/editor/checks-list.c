/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/editor/checks-list.h"

#include <glib/gi18n.h>

#include "app/editor/finding-item.h"

struct _StrataChecksList
{
  GtkWidget             parent_instance;

  /* template */
  AdwPreferencesGroup  *group;
  GtkLabel             *more;
  GtkLabel             *nothing;
  GtkListBox           *rows;

  /* owned */
  StrataScriptChecker  *checker;
  GSignalGroup         *signals;
};

enum
{
  ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataChecksList, strata_checks_list, GTK_TYPE_WIDGET)

/* By StrataSeverity. */
static const struct
{
  const char *icon;
  const char *name;
} kinds[] = {
  [STRATA_SEVERITY_NOTE] = { "strata-note-symbolic", N_("Note") },
  [STRATA_SEVERITY_WARNING] = { "strata-warning-symbolic", N_("Warning") },
  [STRATA_SEVERITY_ERROR] = { "strata-error-symbolic", N_("Error") },
};

/* "Error, line 7, column 3. Use letters, digits and underscores." */
static char *
describe (const StrataFinding *finding)
{
  StrataPlace place = strata_finding_get_place (finding);
  const char *kind = _(kinds[strata_finding_get_severity (finding)].name);
  const char *hint = strata_finding_get_hint (finding);
  g_autofree char *where = NULL;

  if (place.line > 0 && place.column > 0)
    /* Translators: Error, warning or note, and where. */
    where = g_strdup_printf (_("%s, line %u, column %u"), kind, place.line, place.column);
  else if (place.line > 0)
    where = g_strdup_printf (_("%s, line %u"), kind, place.line);
  else
    where = g_strdup (kind);

  return hint != NULL ? g_strdup_printf ("%s. %s", where, hint) : g_steal_pointer (&where);
}

static GtkWidget *
make_row (gpointer item,
          gpointer user_data)
{
  StrataFinding *finding = strata_finding_item_get_finding (item);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *icon = gtk_image_new_from_icon_name (kinds[strata_finding_get_severity (finding)].icon);
  g_autofree char *words = describe (finding);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), strata_finding_get_message (finding));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_add_css_class (icon, strata_severity_get_name (strata_finding_get_severity (finding)));
  gtk_accessible_update_state (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), strata_finding_get_place (finding).line > 0);
  g_object_set_data_full (G_OBJECT (row), "item", g_object_ref (item), g_object_unref);

  return row;
}

static void
on_row_activated (StrataChecksList *self,
                  GtkListBoxRow    *row)
{
  StrataFindingItem *item = g_object_get_data (G_OBJECT (row), "item");
  StrataPlace place = strata_finding_get_place (strata_finding_item_get_finding (item));

  g_signal_emit (self, signals[ACTIVATED], 0, place.line, place.column);
}

static void
on_changed (StrataChecksList *self)
{
  guint n = g_list_model_get_n_items (strata_script_checker_get_findings (self->checker));
  guint n_more = strata_script_checker_get_n_more (self->checker);
  g_autofree char *more = g_strdup_printf (ngettext ("and %u more", "and %u more", n_more), n_more);

  gtk_label_set_text (self->more, more);
  gtk_widget_set_visible (GTK_WIDGET (self->more), n_more > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->rows), n > 0);
  /* Not before it is known. */
  gtk_widget_set_visible (GTK_WIDGET (self->nothing), n == 0 && strata_script_checker_get_settled (self->checker));
}

static void
strata_checks_list_dispose (GObject *object)
{
  StrataChecksList *self = STRATA_CHECKS_LIST (object);

  if (self->signals != NULL)
    g_signal_group_set_target (self->signals, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), STRATA_TYPE_CHECKS_LIST);
  g_clear_object (&self->signals);
  g_clear_object (&self->checker);

  G_OBJECT_CLASS (strata_checks_list_parent_class)->dispose (object);
}

static void
strata_checks_list_class_init (StrataChecksListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = strata_checks_list_dispose;

  signals[ACTIVATED] = g_signal_new ("activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/strata/Strata/ui/editor/checks-list.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataChecksList, group);
  gtk_widget_class_bind_template_child (widget_class, StrataChecksList, more);
  gtk_widget_class_bind_template_child (widget_class, StrataChecksList, nothing);
  gtk_widget_class_bind_template_child (widget_class, StrataChecksList, rows);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
}

static void
strata_checks_list_init (StrataChecksList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->signals = g_signal_group_new (STRATA_TYPE_SCRIPT_CHECKER);
  g_signal_group_connect_swapped (self->signals, "notify::settled", G_CALLBACK (on_changed), self);
}

void
strata_checks_list_show (StrataChecksList    *self,
                         StrataScriptChecker *checker,
                         const char          *title,
                         const char          *words)
{
  g_autofree char *escaped = title != NULL ? g_markup_escape_text (title, -1) : NULL;

  g_return_if_fail (STRATA_IS_CHECKS_LIST (self));

  adw_preferences_group_set_title (self->group, escaped != NULL ? escaped : "");
  gtk_label_set_text (self->nothing, words);
  if (g_set_object (&self->checker, checker))
    {
      g_signal_group_set_target (self->signals, checker);
      gtk_list_box_bind_model (self->rows, strata_script_checker_get_findings (checker), make_row, NULL, NULL);
    }
  on_changed (self);
}
