/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/timeline/timeline-row.h"

#include <glib/gi18n.h>

#include "app/state/words.h"
#include "app/timeline/lanes-cell.h"

struct _StrataTimelineRow
{
  GtkWidget           parent_instance;

  /* template */
  GtkLabel           *checked;
  GtkWidget          *findings;
  GtkWidget          *ghost;
  GtkLabel           *here;
  GtkWidget          *here_box;
  GtkWidget          *irreversible;
  GtkLabel           *labels;
  StrataLanesCell    *lanes;
  GtkWidget          *python;
  GtkWidget          *revision_box;
  GtkInscription     *subtitle;
  GtkInscription     *title;
  GtkWidget          *uncommitted;

  /* owned */
  StrataTimelineItem *item;

  /* values */
  gint64              checked_at;
};

G_DEFINE_FINAL_TYPE (StrataTimelineRow, strata_timeline_row, GTK_TYPE_WIDGET)

/* The list's own widget is what a screen reader lands on. */
static void
set_spoken (StrataTimelineRow *self,
            const char        *text)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));

  if (parent != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (parent), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static char *
dup_checked (StrataTimelineRow *self)
{
  g_autofree char *age = NULL;

  if (self->checked_at == 0)
    return g_strdup ("");

  age = strata_words_dup_age (self->checked_at / G_USEC_PER_SEC, g_get_real_time () / G_USEC_PER_SEC);
  /* Translators: how long ago the database was looked at, “checked 3 minutes ago”. */
  return g_strdup_printf (_("checked %s"), age);
}

static char *
dup_here (StrataTimelineRow *self)
{
  StrataSnapshot *snapshot = strata_timeline_item_get_snapshot (self->item);
  g_autofree char *name = strata_snapshot_dup_database_name (snapshot);
  guint n = strata_snapshot_get_n_pending (snapshot);

  if (snapshot->status->pending == NULL)
    return g_strdup_printf (_("%s is here"), name);
  if (n == 0)
    return g_strdup_printf (_("%s is here, up to date"), name);

  return g_strdup_printf (ngettext ("%s is here, %u pending above", "%s is here, %u pending above", n), name, n);
}

static void
show_here (StrataTimelineRow *self)
{
  g_autofree char *here = dup_here (self);
  g_autofree char *checked = dup_checked (self);
  g_autofree char *spoken = g_strdup_printf ("%s, %s", here, checked);

  gtk_label_set_text (self->here, here);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->here), here);
  gtk_label_set_text (self->checked, checked);
  set_spoken (self, spoken);
}

static void
show_labels (StrataTimelineRow *self)
{
  g_auto(GStrv) labels = strata_timeline_item_dup_labels (self->item);
  g_autofree char *text = g_strjoinv (", ", labels);

  gtk_label_set_text (self->labels, text);
  gtk_widget_set_visible (GTK_WIDGET (self->labels), *text != '\0');
}

static void
show_symbols (StrataTimelineRow *self)
{
  StrataRevision *revision = strata_timeline_item_get_revision (self->item);
  guint n = strata_timeline_item_get_findings (self->item);
  g_autofree char *found = g_strdup_printf (ngettext ("%u finding: see Checks", "%u findings: see Checks", n), n);

  gtk_widget_set_visible (self->findings, n > 0);
  gtk_widget_set_tooltip_text (self->findings, found);
  gtk_widget_set_visible (self->uncommitted, strata_timeline_item_get_uncommitted (self->item));
  gtk_widget_set_visible (self->ghost, strata_timeline_item_get_kind (self->item) == STRATA_ENTRY_GHOST);
  gtk_widget_set_visible (self->irreversible, strata_timeline_item_is_irreversible (self->item));
  gtk_widget_set_visible (self->python,
                          revision != NULL && strata_revision_get_format (revision) == STRATA_REVISION_PYTHON);
}

static void
show_revision (StrataTimelineRow *self)
{
  g_autofree char *subtitle = strata_timeline_item_dup_subtitle (self->item);
  g_autofree char *spoken = strata_timeline_item_dup_spoken (self->item);

  gtk_inscription_set_text (self->title, strata_timeline_item_get_title (self->item));
  gtk_inscription_set_text (self->subtitle, subtitle);
  show_labels (self);
  show_symbols (self);
  set_spoken (self, spoken);
}

static void
show_item (StrataTimelineRow *self)
{
  gboolean here = strata_timeline_item_get_kind (self->item) == STRATA_ENTRY_HERE;

  gtk_widget_set_visible (self->here_box, here);
  gtk_widget_set_visible (self->revision_box, !here);
  if (here)
    gtk_widget_add_css_class (GTK_WIDGET (self), "strata-here");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "strata-here");

  if (here)
    show_here (self);
  else
    show_revision (self);
}

static void
strata_timeline_row_dispose (GObject *object)
{
  StrataTimelineRow *self = STRATA_TIMELINE_ROW (object);

  strata_timeline_row_set_item (self, NULL, FALSE);
  gtk_widget_dispose_template (GTK_WIDGET (self), STRATA_TYPE_TIMELINE_ROW);

  G_OBJECT_CLASS (strata_timeline_row_parent_class)->dispose (object);
}

/* An inscription's lines begin at the left, whichever way its widget reads. */
static void
align (StrataTimelineRow *self)
{
  float xalign = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL ? 1 : 0;

  gtk_inscription_set_xalign (self->title, xalign);
  gtk_inscription_set_xalign (self->subtitle, xalign);
}

static void
strata_timeline_row_direction_changed (GtkWidget        *widget,
                                       GtkTextDirection  previous)
{
  align (STRATA_TIMELINE_ROW (widget));

  GTK_WIDGET_CLASS (strata_timeline_row_parent_class)->direction_changed (widget, previous);
}

static void
strata_timeline_row_class_init (StrataTimelineRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = strata_timeline_row_dispose;
  widget_class->direction_changed = strata_timeline_row_direction_changed;

  g_type_ensure (STRATA_TYPE_LANES_CELL);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/strata/Strata/ui/timeline/timeline-row.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataTimelineRow, checked);
  gtk_widget_class_bind_template_child (widget_class, StrataTimelineRow, findings);
  gtk_widget_class_bind_template_child (widget_class, StrataTimelineRow, ghost);
  gtk_widget_class_bind_template_child (widget_class, StrataTimelineRow, here);
  gtk_widget_class_bind_template_child (widget_class, StrataTimelineRow, here_box);
  gtk_widget_class_bind_template_child (widget_class, StrataTimelineRow, irreversible);
  gtk_widget_class_bind_template_child (widget_class, StrataTimelineRow, labels);
  gtk_widget_class_bind_template_child (widget_class, StrataTimelineRow, lanes);
  gtk_widget_class_bind_template_child (widget_class, StrataTimelineRow, python);
  gtk_widget_class_bind_template_child (widget_class, StrataTimelineRow, revision_box);
  gtk_widget_class_bind_template_child (widget_class, StrataTimelineRow, subtitle);
  gtk_widget_class_bind_template_child (widget_class, StrataTimelineRow, title);
  gtk_widget_class_bind_template_child (widget_class, StrataTimelineRow, uncommitted);
}

static void
strata_timeline_row_init (StrataTimelineRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  align (self);
}

GtkWidget *
strata_timeline_row_new (void)
{
  return g_object_new (STRATA_TYPE_TIMELINE_ROW, NULL);
}

void
strata_timeline_row_set_item (StrataTimelineRow  *self,
                              StrataTimelineItem *item,
                              gboolean            alone)
{
  if (self->lanes != NULL)
    strata_lanes_cell_set_item (self->lanes, item, alone);

  if (self->item != item)
    {
      if (self->item != NULL)
        g_signal_handlers_disconnect_by_func (self->item, show_item, self);
      g_set_object (&self->item, item);
      if (item != NULL)
        g_signal_connect_object (item, "changed", G_CALLBACK (show_item), self, G_CONNECT_SWAPPED);
    }

  if (item != NULL)
    show_item (self);
}

StrataTimelineItem *
strata_timeline_row_get_item (StrataTimelineRow *self)
{
  return self->item;
}

void
strata_timeline_row_set_lanes (StrataTimelineRow *self,
                               guint              n_lanes)
{
  strata_lanes_cell_set_lanes (self->lanes, n_lanes);
}

void
strata_timeline_row_set_checked (StrataTimelineRow *self,
                                 gint64             checked_at)
{
  self->checked_at = checked_at;
  if (self->item != NULL && strata_timeline_item_get_kind (self->item) == STRATA_ENTRY_HERE)
    show_here (self);
}
