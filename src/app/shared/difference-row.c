/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/shared/difference-row.h"

#include <glib/gi18n.h>

struct _StrataDifferenceRow
{
  GtkBox                parent_instance;

  GtkCheckButton       *check;
  GtkLabel             *sign;
  GtkLabel             *title;
  GtkWidget            *along;
  GtkWidget            *loss;
  GtkWidget            *review;

  /* owned */
  StrataDifferenceItem *item;

  /* values */
  gboolean              showing;     /* the tick follows the item, not the person */
};

enum
{
  TOGGLED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* By StrataDifferenceKind. */
static const struct
{
  const char *sign;
  const char *style;
} looks[] = {
  [STRATA_DIFFERENCE_ADDED] = { "+", "success" },
  [STRATA_DIFFERENCE_REMOVED] = { "−", "error" },
  [STRATA_DIFFERENCE_CHANGED] = { "~", "accent" },
  [STRATA_DIFFERENCE_RENAMED] = { "→", "accent" },
};

G_DEFINE_FINAL_TYPE (StrataDifferenceRow, strata_difference_row, GTK_TYPE_BOX)

static void
on_toggled (StrataDifferenceRow *self)
{
  if (!self->showing)
    g_signal_emit (self, signals[TOGGLED], 0);
}

static void
show_spoken (StrataDifferenceRow *self)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));
  g_autofree char *spoken = strata_difference_item_dup_spoken (self->item);

  /* The list's own widget is what a screen reader lands on. */
  if (parent != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (parent), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->check), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

static void
show_tick (StrataDifferenceRow *self)
{
  self->showing = TRUE;
  gtk_check_button_set_active (self->check, strata_difference_item_get_ticked (self->item));
  gtk_check_button_set_inconsistent (self->check, strata_difference_item_get_partly (self->item));
  self->showing = FALSE;
  gtk_widget_set_visible (self->along, strata_difference_item_get_along (self->item));
  show_spoken (self);
}

static void
strata_difference_row_dispose (GObject *object)
{
  strata_difference_row_set_item (STRATA_DIFFERENCE_ROW (object), NULL);

  G_OBJECT_CLASS (strata_difference_row_parent_class)->dispose (object);
}

static void
strata_difference_row_class_init (StrataDifferenceRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = strata_difference_row_dispose;

  signals[TOGGLED] =
    g_signal_new ("toggled", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
make_mark (const char *icon,
           const char *style)
{
  GtkWidget *image = g_object_new (GTK_TYPE_IMAGE,
                                   "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                   "icon-name", icon,
                                   "visible", FALSE,
                                   NULL);

  gtk_widget_add_css_class (image, style);

  return image;
}

static void
strata_difference_row_init (StrataDifferenceRow *self)
{
  GtkBox *box = GTK_BOX (self);

  gtk_box_set_spacing (box, 8);
  gtk_widget_add_css_class (GTK_WIDGET (self), "strata-difference");
  self->check = g_object_new (GTK_TYPE_CHECK_BUTTON, "valign", GTK_ALIGN_CENTER, "visible", FALSE, NULL);
  self->sign = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, "width-chars", 2, NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self->sign), "strata-sign");
  self->title = g_object_new (GTK_TYPE_LABEL,
                              "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                              "ellipsize", PANGO_ELLIPSIZE_MIDDLE,
                              "hexpand", TRUE,
                              "xalign", 0.0,
                              NULL);
  self->along = g_object_new (GTK_TYPE_LABEL,
                              "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                              /* Translators: of a change that was not ticked; it is made as one that is ticked needs it. */
                              "label", _("comes along"),
                              "tooltip-text", _("What is ticked needs it: it is done with it"),
                              "visible", FALSE,
                              NULL);
  gtk_widget_add_css_class (self->along, "dim-label");
  gtk_widget_add_css_class (self->along, "caption");
  self->loss = make_mark ("dialog-warning-symbolic", "warning");
  self->review = make_mark ("dialog-question-symbolic", "dim-label");

  gtk_box_append (box, GTK_WIDGET (self->check));
  gtk_box_append (box, GTK_WIDGET (self->sign));
  gtk_box_append (box, GTK_WIDGET (self->title));
  gtk_box_append (box, self->along);
  gtk_box_append (box, self->review);
  gtk_box_append (box, self->loss);
  g_signal_connect_swapped (self->check, "toggled", G_CALLBACK (on_toggled), self);
}

GtkWidget *
strata_difference_row_new (gboolean with_ticks)
{
  StrataDifferenceRow *self = g_object_new (STRATA_TYPE_DIFFERENCE_ROW, NULL);

  gtk_widget_set_visible (GTK_WIDGET (self->check), with_ticks);

  return GTK_WIDGET (self);
}

static void
set_style (GtkWidget  *widget,
           const char *style,
           gboolean    on)
{
  if (on)
    gtk_widget_add_css_class (widget, style);
  else
    gtk_widget_remove_css_class (widget, style);
}

static void
show_marks (StrataDifferenceRow         *self,
            const StrataDifferenceFacts *facts)
{
  gtk_widget_set_visible (self->loss, facts->loss != NULL);
  gtk_widget_set_visible (self->review, facts->review != NULL);
  if (facts->loss != NULL)
    {
      /* Translators: what is lost with a change, “the column's data”. */
      g_autofree char *words = g_strdup_printf (_("Loses %s"), facts->loss);

      gtk_widget_set_tooltip_text (self->loss, words);
    }
  if (facts->review != NULL)
    gtk_widget_set_tooltip_text (self->review, facts->review);
}

static void
show_item (StrataDifferenceRow *self)
{
  const StrataDifferenceFacts *facts = strata_difference_item_get_facts (self->item);

  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self->sign), looks[i].style);
  gtk_label_set_text (self->sign, looks[facts->kind].sign);
  gtk_widget_add_css_class (GTK_WIDGET (self->sign), looks[facts->kind].style);
  gtk_label_set_text (self->title, facts->title);
  set_style (GTK_WIDGET (self->title), "heading", facts->is_group || !facts->is_member);
  set_style (GTK_WIDGET (self), "strata-member", facts->is_member);
  show_marks (self, facts);
  show_tick (self);
}

void
strata_difference_row_set_item (StrataDifferenceRow  *self,
                                StrataDifferenceItem *item)
{
  g_return_if_fail (STRATA_IS_DIFFERENCE_ROW (self));

  if (self->item == item)
    return;

  if (self->item != NULL)
    g_signal_handlers_disconnect_by_func (self->item, show_tick, self);
  g_set_object (&self->item, item);
  if (item == NULL)
    return;

  g_signal_connect_object (item, "notify", G_CALLBACK (show_tick), self, G_CONNECT_SWAPPED);
  show_item (self);
}

StrataDifferenceItem *
strata_difference_row_get_item (StrataDifferenceRow *self)
{
  return self->item;
}
