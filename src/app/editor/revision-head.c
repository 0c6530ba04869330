/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/editor/revision-head.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/editor/revision-words.h"
#include "app/state/selection.h"

#define LINK_SCHEME "select:"

struct _StrataRevisionHead
{
  GtkWidget    parent_instance;

  /* template */
  GtkWidget   *facts;
  GtkLabel    *file;
  GtkWidget   *id_button;
  GtkLabel    *id;
  GtkLabel    *links;
  GtkWidget   *open_button;
  GtkWidget   *rescue_button;
  GtkLabel    *state;
  GtkWidget   *swap_button;
  GtkLabel    *title;
};

enum
{
  SWAPPED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataRevisionHead, strata_revision_head, GTK_TYPE_WIDGET)

static gboolean
on_link (StrataRevisionHead *self,
         const char         *uri)
{
  if (g_str_has_prefix (uri, LINK_SCHEME))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.select", "s", uri + strlen (LINK_SCHEME));

  return TRUE;
}

static void
on_swap (StrataRevisionHead *self)
{
  g_signal_emit (self, signals[SWAPPED], 0);
}

static StrataRevision *
find_revision (StrataSnapshot *snapshot,
               const char     *id)
{
  guint node = strata_graph_find (snapshot->graph, id);
  const StrataLostRevision *lost = strata_revision_words_find_lost (snapshot, id);

  if (node != STRATA_NO_NODE)
    return strata_graph_get_revision (snapshot->graph, node);

  return lost != NULL ? lost->revision : NULL;
}

static const char *
get_message (StrataSnapshot *snapshot,
             const char     *id)
{
  StrataRevision *revision = find_revision (snapshot, id);
  const char *message = revision != NULL ? strata_revision_get_message (revision) : "";

  if (*message != '\0')
    return message;

  return strata_selection_is_file (id) ? strrchr (id, G_DIR_SEPARATOR) + 1 : id;
}

static void
show_title (StrataRevisionHead *self,
            char               *words,
            gboolean            unsaved)
{
  g_autofree char *title = words;

  if (unsaved)
    {
      /* Translators: the title of a script with text that is not saved. */
      char *marked = g_strdup_printf (_("• %s (not saved)"), title);

      g_free (title);
      title = marked;
    }
  gtk_label_set_text (self->title, title);
}

static void
show_one (StrataRevisionHead *self,
          StrataSession      *session,
          const char         *id)
{
  StrataSnapshot *snapshot = strata_session_get_snapshot (session);
  StrataRevision *revision = find_revision (snapshot, id);
  g_autofree char *state = strata_revision_words_dup_state (session, id);
  g_autofree char *links = revision != NULL ? strata_revision_words_dup_links (snapshot, revision) : NULL;
  g_autofree char *file = revision != NULL ? g_path_get_basename (strata_revision_get_path (revision)) : NULL;
  g_autofree char *valid = file != NULL ? g_filename_display_name (file) : NULL;

  gtk_label_set_text (self->id, id);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->id_button), "s", id);
  gtk_label_set_text (self->file, valid != NULL ? valid : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->file), revision != NULL ? strata_revision_get_path (revision) : NULL);
  gtk_label_set_markup (self->links, links != NULL ? links : "");
  gtk_widget_set_visible (GTK_WIDGET (self->links), links != NULL);
  gtk_label_set_text (self->state, state);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->rescue_button), "s", id);
  gtk_widget_set_visible (self->rescue_button, strata_graph_find (snapshot->graph, id) == STRATA_NO_NODE
                                               && !strata_selection_is_file (id));
}

/* What the folder has not can't be opened there. */
static void
show_open_button (StrataRevisionHead *self,
                  StrataSnapshot     *snapshot,
                  const char         *id)
{
  guint node = id != NULL ? strata_graph_find (snapshot->graph, id) : STRATA_NO_NODE;
  const char *path = node != STRATA_NO_NODE ? strata_revision_get_path (strata_graph_get_revision (snapshot->graph, node))
                     : id != NULL && strata_selection_is_file (id) ? id
                                                                    : NULL;

  gtk_widget_set_visible (self->open_button, path != NULL);
  if (path != NULL)
    gtk_actionable_set_action_target (GTK_ACTIONABLE (self->open_button), "s", path);
}

void
strata_revision_head_show (StrataRevisionHead *self,
                           StrataSession      *session,
                           const char * const *ids,
                           gboolean            unsaved)
{
  StrataSnapshot *snapshot = strata_session_get_snapshot (session);
  gboolean two = ids[1] != NULL;

  g_return_if_fail (STRATA_IS_REVISION_HEAD (self));

  gtk_widget_set_visible (self->facts, !two && !strata_selection_is_file (ids[0]));
  gtk_widget_set_visible (self->swap_button, two);
  show_open_button (self, snapshot, two ? NULL : ids[0]);
  gtk_widget_set_visible (GTK_WIDGET (self->state), !two);
  if (two)
    {
      gtk_widget_set_visible (self->rescue_button, FALSE);
      gtk_widget_set_visible (GTK_WIDGET (self->links), FALSE);
      /* Translators: two revisions, by what they do. */
      show_title (self, g_strdup_printf (_("“%s” to “%s”"), get_message (snapshot, ids[0]),
                                         get_message (snapshot, ids[1])), unsaved);
      return;
    }

  show_title (self, g_strdup (get_message (snapshot, ids[0])), unsaved);
  show_one (self, session, ids[0]);
}

static void
strata_revision_head_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), STRATA_TYPE_REVISION_HEAD);
  /* The template lets go only of those that are bound. */
  while (gtk_widget_get_first_child (GTK_WIDGET (object)) != NULL)
    gtk_widget_unparent (gtk_widget_get_first_child (GTK_WIDGET (object)));

  G_OBJECT_CLASS (strata_revision_head_parent_class)->dispose (object);
}

static void
strata_revision_head_class_init (StrataRevisionHeadClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = strata_revision_head_dispose;

  signals[SWAPPED] = g_signal_new ("swapped", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/strata/Strata/ui/editor/revision-head.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataRevisionHead, facts);
  gtk_widget_class_bind_template_child (widget_class, StrataRevisionHead, file);
  gtk_widget_class_bind_template_child (widget_class, StrataRevisionHead, id);
  gtk_widget_class_bind_template_child (widget_class, StrataRevisionHead, id_button);
  gtk_widget_class_bind_template_child (widget_class, StrataRevisionHead, links);
  gtk_widget_class_bind_template_child (widget_class, StrataRevisionHead, open_button);
  gtk_widget_class_bind_template_child (widget_class, StrataRevisionHead, rescue_button);
  gtk_widget_class_bind_template_child (widget_class, StrataRevisionHead, state);
  gtk_widget_class_bind_template_child (widget_class, StrataRevisionHead, swap_button);
  gtk_widget_class_bind_template_child (widget_class, StrataRevisionHead, title);
  gtk_widget_class_bind_template_callback (widget_class, on_link);
  gtk_widget_class_bind_template_callback (widget_class, on_swap);
}

static void
strata_revision_head_init (StrataRevisionHead *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
