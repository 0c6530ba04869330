/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/run/heads-dialog.h"

#include <glib/gi18n.h>

#include "app/state/heads.h"
#include "app/state/words.h"

/* Of one side; the count is told in any case. */
#define MOST_ROWS 6
#define FORK_HEIGHT 36

struct _StrataHeadsDialog
{
  AdwWindow       parent_instance;

  /* template */
  GtkLabel       *explanation;
  GtkBox         *fork;
  GtkDrawingArea *lines;
  GtkBox         *sides;
  GtkButton      *upgrade;

  /* owned */
  StrataSession  *session;
  StrataHeads    *heads;
};

G_DEFINE_FINAL_TYPE (StrataHeadsDialog, strata_heads_dialog, ADW_TYPE_WINDOW)

/* Filled: applied; a ring: pending; in words for those who do not see it. */
static GtkWidget *
new_revision (StrataSnapshot *snapshot,
              guint           node)
{
  StrataRevision *revision = strata_graph_get_revision (snapshot->graph, node);
  gboolean applied = snapshot->applied != NULL && snapshot->applied[node];
  const char *message = strata_revision_get_message (revision);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *dot = gtk_label_new (applied ? "●" : "○");
  GtkWidget *label = gtk_label_new (*message != '\0' ? message : strata_revision_get_id (revision));
  g_autofree char *words = strata_words_dup_revision (revision);
  g_autofree char *spoken = g_strdup_printf ("%s, %s", words, applied ? _("applied") : _("pending"));

  gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_tooltip_text (box, spoken);
  gtk_widget_add_css_class (dot, "accent");
  gtk_box_append (GTK_BOX (box), dot);
  gtk_box_append (GTK_BOX (box), label);

  return box;
}

static GtkWidget *
new_dim_label (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");

  return label;
}

static GtkWidget *
new_side (StrataSnapshot       *snapshot,
          const StrataHeadSide *side)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  guint n = side->own->len;
  g_autofree char *count = g_strdup_printf (ngettext ("%u revision of its own", "%u revisions of its own", n), n);
  g_autofree char *more = g_strdup_printf (ngettext ("and %u more", "and %u more", n - MOST_ROWS), n - MOST_ROWS);

  gtk_widget_add_css_class (box, "card");
  gtk_widget_add_css_class (box, "strata-side");
  gtk_widget_set_valign (box, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (box), new_dim_label (count));
  for (guint i = 0; i < MIN (n, MOST_ROWS); i++)
    gtk_box_append (GTK_BOX (box), new_revision (snapshot, g_array_index (side->own, guint, i)));
  if (n > MOST_ROWS)
    gtk_box_append (GTK_BOX (box), new_dim_label (more));

  return box;
}

/* From the middle of each side down to the middle of what they share. */
static void
draw_lines (GtkDrawingArea *area,
            cairo_t        *cr,
            int             width,
            int             height,
            gpointer        data)
{
  StrataHeadsDialog *self = data;
  GtkStyleContext *style = gtk_widget_get_style_context (GTK_WIDGET (area));
  guint n = self->heads->sides->len;
  GdkRGBA color;

  gtk_style_context_get_color (style, &color);
  gdk_cairo_set_source_rgba (cr, &color);
  cairo_set_line_width (cr, 2);
  for (guint i = 0; i < n; i++)
    {
      double x = width * (2 * i + 1) / (2.0 * n);

      cairo_move_to (cr, x, 0);
      cairo_curve_to (cr, x, height * 0.6, width / 2.0, height * 0.4, width / 2.0, height);
    }
  cairo_stroke (cr);
}

static void
fill (StrataHeadsDialog *self,
      StrataSnapshot    *snapshot)
{
  guint n = self->heads->sides->len;
  g_autofree char *text =
    g_strdup_printf (ngettext ("%u revision has nothing after it, so it is not clear which of them comes last. Merge "
                               "them, if all belong together; or upgrade to all of them as they are.",
                               "%u revisions have nothing after them, so it is not clear which of them comes last. Merge "
                               "them, if all belong together; or upgrade to all of them as they are.", n), n);

  gtk_label_set_text (self->explanation, text);
  gtk_button_set_label (self->upgrade, n == 2 ? _("_Upgrade Both…") : _("_Upgrade All…"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->upgrade), strata_snapshot_get_n_pending (snapshot) > 0);
  for (guint i = 0; i < n; i++)
    gtk_box_append (self->sides, new_side (snapshot, g_ptr_array_index (self->heads->sides, i)));

  for (guint i = 0; i < self->heads->forks->len; i++)
    gtk_box_append (self->fork, new_revision (snapshot, g_array_index (self->heads->forks, guint, i)));
  if (self->heads->forks->len == 0)
    gtk_box_append (self->fork, new_dim_label (_("They share nothing")));
}

static void
go_on (StrataHeadsDialog *self,
       const char        *action,
       GVariant          *target)
{
  GtkWidget *parent = GTK_WIDGET (gtk_window_get_transient_for (GTK_WINDOW (self)));

  g_object_ref (parent);
  gtk_window_destroy (GTK_WINDOW (self));
  gtk_widget_activate_action_variant (parent, action, target);
  g_object_unref (parent);
}

static void
upgrade (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  go_on (STRATA_HEADS_DIALOG (widget), "win.upgrade", g_variant_new_string (""));
}

static void
merge (GtkWidget  *widget,
       const char *action,
       GVariant   *parameter)
{
  go_on (STRATA_HEADS_DIALOG (widget), "win.merge-heads", g_variant_new_strv (NULL, 0));
}

static void
strata_heads_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), STRATA_TYPE_HEADS_DIALOG);

  G_OBJECT_CLASS (strata_heads_dialog_parent_class)->dispose (object);
}

static void
strata_heads_dialog_finalize (GObject *object)
{
  StrataHeadsDialog *self = STRATA_HEADS_DIALOG (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->heads, strata_heads_free);

  G_OBJECT_CLASS (strata_heads_dialog_parent_class)->finalize (object);
}

static void
strata_heads_dialog_class_init (StrataHeadsDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = strata_heads_dialog_dispose;
  object_class->finalize = strata_heads_dialog_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/strata/Strata/ui/run/heads-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataHeadsDialog, explanation);
  gtk_widget_class_bind_template_child (widget_class, StrataHeadsDialog, fork);
  gtk_widget_class_bind_template_child (widget_class, StrataHeadsDialog, lines);
  gtk_widget_class_bind_template_child (widget_class, StrataHeadsDialog, sides);
  gtk_widget_class_bind_template_child (widget_class, StrataHeadsDialog, upgrade);
  gtk_widget_class_install_action (widget_class, "heads.merge", NULL, merge);
  gtk_widget_class_install_action (widget_class, "heads.upgrade", NULL, upgrade);
}

static void
strata_heads_dialog_init (StrataHeadsDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

StrataHeadsDialog *
strata_heads_dialog_present (GtkWindow     *parent,
                             StrataSession *session)
{
  StrataSnapshot *snapshot = strata_session_get_snapshot (session);
  StrataHeadsDialog *self;

  g_return_val_if_fail (snapshot != NULL, NULL);

  self = g_object_new (STRATA_TYPE_HEADS_DIALOG, "transient-for", parent, NULL);
  self->session = g_object_ref (session);
  self->heads = strata_heads_new (snapshot);
  gtk_drawing_area_set_content_height (self->lines, FORK_HEIGHT);
  gtk_drawing_area_set_draw_func (self->lines, draw_lines, self, NULL);
  fill (self, snapshot);
  gtk_window_present (GTK_WINDOW (self));

  return self;
}
