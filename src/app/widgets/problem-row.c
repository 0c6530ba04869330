/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/widgets/problem-row.h"

#include "app/widgets/accessible.h"

struct _StrataProblemRow
{
  AdwPreferencesRow  parent_instance;

  /* borrowed from the tree below */
  GtkWidget         *label;

  /* a weak pointer */
  GtkWidget         *entry;

  /* owned */
  char              *text;
};

enum
{
  PROP_0,
  PROP_ENTRY,
  PROP_TEXT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (StrataProblemRow, strata_problem_row, ADW_TYPE_PREFERENCES_ROW)

static void
mark_entry (StrataProblemRow *self)
{
  if (self->entry == NULL)
    return;

  if (self->text != NULL)
    {
      gtk_widget_add_css_class (self->entry, "error");
      gtk_accessible_update_relation (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, self->label, NULL,
                                      -1);
      gtk_accessible_update_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE,
                                   -1);
    }
  else
    {
      gtk_widget_remove_css_class (self->entry, "error");
      gtk_accessible_reset_relation (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY);
      gtk_accessible_reset_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID);
    }
}

static void
strata_problem_row_dispose (GObject *object)
{
  StrataProblemRow *self = STRATA_PROBLEM_ROW (object);

  g_clear_weak_pointer (&self->entry);
  g_clear_pointer (&self->text, g_free);

  G_OBJECT_CLASS (strata_problem_row_parent_class)->dispose (object);
}

static void
strata_problem_row_get_property (GObject    *object,
                                 guint       id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  StrataProblemRow *self = STRATA_PROBLEM_ROW (object);

  switch (id)
    {
    case PROP_ENTRY:
      g_value_set_object (value, self->entry);
      break;
    case PROP_TEXT:
      g_value_set_string (value, self->text);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_problem_row_set_property (GObject      *object,
                                 guint         id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  StrataProblemRow *self = STRATA_PROBLEM_ROW (object);

  switch (id)
    {
    case PROP_ENTRY:
      g_set_weak_pointer (&self->entry, g_value_get_object (value));
      mark_entry (self);
      break;
    case PROP_TEXT:
      strata_problem_row_set_text (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_problem_row_class_init (StrataProblemRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = strata_problem_row_dispose;
  object_class->get_property = strata_problem_row_get_property;
  object_class->set_property = strata_problem_row_set_property;

  properties[PROP_ENTRY] =
    g_param_spec_object ("entry", NULL, NULL, GTK_TYPE_WIDGET, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_TEXT] =
    g_param_spec_string ("text", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
strata_problem_row_init (StrataProblemRow *self)
{
  self->label = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT, NULL);
  gtk_label_set_wrap (GTK_LABEL (self->label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->label), 0);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), self->label);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "strata-problem");
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

const char *
strata_problem_row_get_text (StrataProblemRow *self)
{
  return self->text;
}

void
strata_problem_row_set_text (StrataProblemRow *self,
                             const char       *text)
{
  char *copy;

  g_return_if_fail (STRATA_IS_PROBLEM_ROW (self));

  if (g_strcmp0 (self->text, text) == 0)
    return;

  copy = g_strdup (text);
  g_free (self->text);
  self->text = copy;
  gtk_label_set_text (GTK_LABEL (self->label), text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self), text != NULL);
  mark_entry (self);
  if (text != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    strata_accessible_announce (GTK_WIDGET (self), text);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
}
