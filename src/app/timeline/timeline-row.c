/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/timeline/timeline-row.h"

#include <glib/gi18n.h>

#include "app/state/words.h"
#include "app/timeline/lanes-cell.h"

/* In the order of the row. */
typedef enum
{
  SYMBOL_IRREVERSIBLE,
  SYMBOL_PYTHON,
  SYMBOL_UNCOMMITTED,
  SYMBOL_GHOST,
  SYMBOL_FINDINGS,
  N_SYMBOLS
} Symbol;

struct _StrataTimelineRow
{
  GtkWidget           parent_instance;

  /* template */
  GtkLabel           *labels;
  StrataLanesCell    *lanes;
  GtkWidget          *revision_box;
  GtkInscription     *subtitle;
  GtkInscription     *title;

  /* Made when a row first needs them: a list makes some two hundred rows before it shows the first one. */
  GtkWidget          *symbols[N_SYMBOLS];
  GtkWidget          *here_box;
  GtkLabel           *here;
  GtkLabel           *checked;

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

  if (n == 0)
    return g_strdup_printf (strata_status_is_up_to_date (snapshot->status) ? _("%s is here, up to date") : _("%s is here"), name);

  return g_strdup_printf (ngettext ("%s is here, %u pending above", "%s is here, %u pending above", n), name, n);
}

static GtkWidget *
make_here_label (GtkWidget *box)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL,
                                   "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                   "ellipsize", PANGO_ELLIPSIZE_END,
                                   "xalign", 0.0,
                                   NULL);

  gtk_box_append (GTK_BOX (box), label);

  return label;
}

/* Two lines, as each row has them. */
static void
make_here (StrataTimelineRow *self)
{
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *line = gtk_separator_new (GTK_ORIENTATION_HORIZONTAL);

  self->here_box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  gtk_widget_set_parent (self->here_box, GTK_WIDGET (self));
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->here_box), words);
  self->here = GTK_LABEL (make_here_label (words));
  self->checked = GTK_LABEL (make_here_label (words));
  gtk_widget_add_css_class (GTK_WIDGET (self->checked), "strata-subtitle");
  gtk_widget_set_hexpand (line, TRUE);
  gtk_widget_set_valign (line, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->here_box), line);
}

static void
show_here (StrataTimelineRow *self)
{
  g_autofree char *here = dup_here (self);
  g_autofree char *checked = dup_checked (self);
  g_autofree char *spoken = g_strdup_printf ("%s, %s", here, checked);

  gtk_label_set_text (self->here, here);
  gtk_widget_set_tooltip_text (self->here_box, spoken);
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

static GtkWidget *
make_symbol (StrataTimelineRow *self,
             Symbol             symbol)
{
  static const struct { const char *icon, *style, *tooltip; } looks[N_SYMBOLS] = {
    [SYMBOL_IRREVERSIBLE] = { "action-unavailable-symbolic", "dim-label",
                              N_("Cannot be undone: it has no downgrade section") },
    [SYMBOL_PYTHON] = { "text-x-script-symbolic", "dim-label", NULL },
    [SYMBOL_UNCOMMITTED] = { "document-edit-symbolic", "dim-label", N_("Not committed to git") },
    [SYMBOL_GHOST] = { "dialog-question-symbolic", "warning", N_("The database has it, the folder has not") },
    [SYMBOL_FINDINGS] = { "dialog-warning-symbolic", "warning", NULL },
  };
  GtkWidget *before = gtk_widget_get_first_child (self->revision_box);
  /* Hidden while it gets its tooltip: for a visible widget GTK asks the display where the pointer is, and waits. */
  GtkWidget *image = g_object_new (GTK_TYPE_IMAGE,
                                   "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                   "icon-name", looks[symbol].icon,
                                   "visible", FALSE,
                                   NULL);

  gtk_widget_add_css_class (image, looks[symbol].style);
  if (looks[symbol].tooltip != NULL)
    gtk_widget_set_tooltip_text (image, _(looks[symbol].tooltip));
  for (guint i = 0; i < symbol; i++)
    if (self->symbols[i] != NULL)
      before = self->symbols[i];
  gtk_box_insert_child_after (GTK_BOX (self->revision_box), image, before);

  return image;
}

static void
show_symbol (StrataTimelineRow *self,
             Symbol             symbol,
             gboolean           shown)
{
  if (shown && self->symbols[symbol] == NULL)
    self->symbols[symbol] = make_symbol (self, symbol);
  if (self->symbols[symbol] != NULL)
    gtk_widget_set_visible (self->symbols[symbol], shown);
}

static void
show_findings (StrataTimelineRow *self)
{
  guint n = strata_timeline_item_get_findings (self->item);
  g_autofree char *found = NULL;

  show_symbol (self, SYMBOL_FINDINGS, n > 0);
  if (n == 0)
    return;

  found = g_strdup_printf (ngettext ("%u finding: see Checks", "%u findings: see Checks", n), n);
  gtk_widget_set_tooltip_text (self->symbols[SYMBOL_FINDINGS], found);
}

static void
show_python (StrataTimelineRow *self)
{
  const char *why = strata_timeline_item_get_python (self->item);
  g_autofree char *words = NULL;

  show_symbol (self, SYMBOL_PYTHON, why != NULL);
  if (why == NULL)
    return;

  /* Translators: why, as “line 12: …”. */
  words = g_strdup_printf (_("Needs Python, so the project’s own Alembic runs it\n%s"), why);
  gtk_widget_set_tooltip_text (self->symbols[SYMBOL_PYTHON], words);
}

static void
show_symbols (StrataTimelineRow *self)
{
  show_symbol (self, SYMBOL_IRREVERSIBLE, strata_timeline_item_is_irreversible (self->item));
  show_python (self);
  show_symbol (self, SYMBOL_UNCOMMITTED, strata_timeline_item_get_uncommitted (self->item));
  show_symbol (self, SYMBOL_GHOST, strata_timeline_item_get_kind (self->item) == STRATA_ENTRY_GHOST);
  show_findings (self);
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

/* “just now” does not stay true. */
static void
show_age (StrataTimelineRow *self)
{
  g_autofree char *subtitle = strata_timeline_item_dup_subtitle (self->item);

  if (g_strcmp0 (gtk_inscription_get_text (self->subtitle), subtitle) != 0)
    show_revision (self);
}

static void
show_item (StrataTimelineRow *self)
{
  gboolean here = strata_timeline_item_get_kind (self->item) == STRATA_ENTRY_HERE;

  if (here && self->here_box == NULL)
    make_here (self);
  if (self->here_box != NULL)
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
  g_clear_pointer (&self->here_box, gtk_widget_unparent);
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
  gtk_widget_class_bind_template_child (widget_class, StrataTimelineRow, labels);
  gtk_widget_class_bind_template_child (widget_class, StrataTimelineRow, lanes);
  gtk_widget_class_bind_template_child (widget_class, StrataTimelineRow, revision_box);
  gtk_widget_class_bind_template_child (widget_class, StrataTimelineRow, subtitle);
  gtk_widget_class_bind_template_child (widget_class, StrataTimelineRow, title);
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
  if (self->item == NULL)
    return;

  if (strata_timeline_item_get_kind (self->item) == STRATA_ENTRY_HERE)
    show_here (self);
  else
    show_age (self);
}
