/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/editor/changes-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "app/shared/difference-view.h"
#include "app/state/compare-job.h"
#include "app/widgets/pane.h"
#include "app/widgets/status.h"

/* Who goes through the timeline wants to see none of those on the way. */
#define PAUSE_MS 200

struct _StrataChangesPage
{
  GtkWidget              parent_instance;

  /* template */
  GtkSpinner            *spinner;
  GtkStack              *stack;
  AdwStatusPage         *status;
  GtkButton             *status_button;
  StrataDifferenceView  *view;

  /* owned */
  StrataSession         *session;
  StrataProject         *project;     /* of when it was asked about */
  GStrv                  ids;
  GCancellable          *asking;

  /* values */
  guint                  pause_source;
  StrataCompareObstacle  obstacle;
  gboolean               agreed;      /* to scratch work, for this window */
  gboolean               unsaved;
  gboolean               stale;       /* to be asked about when it is looked at */
};

G_DEFINE_FINAL_TYPE (StrataChangesPage, strata_changes_page, GTK_TYPE_WIDGET)

static void
show_status (StrataChangesPage *self,
             const char        *icon,
             const char        *title,
             const char        *words,
             const char        *button)
{
  strata_status_say (self->status, icon, title, words);
  gtk_button_set_label (self->status_button, button != NULL ? button : "");
  gtk_widget_set_visible (GTK_WIDGET (self->status_button), button != NULL);
  gtk_stack_set_visible_child_name (self->stack, "status");
}

static char *
dup_caption (StrataChangesPage *self,
             guint              n)
{
  if (self->ids[1] == NULL)
    return g_strdup_printf (ngettext ("%u change of the schema", "%u changes of the schema", n), n);

  /* Translators: two revisions. */
  return g_strdup_printf (ngettext ("%u change from %.12s to %.12s", "%u changes from %.12s to %.12s", n), n, self->ids[0],
                          self->ids[1]);
}

static char *
dup_note (StrataChangesPage *self)
{
  GString *words = g_string_new (_("This SQL makes the one schema the other. What a run does is on the page SQL."));

  if (self->unsaved)
    g_string_append_printf (words, " %s", _("What is not saved is not in it."));

  return g_string_free (words, FALSE);
}

static void
show_differences (StrataChangesPage *self,
                  StrataDifferences *differences)
{
  StrataCompared *compared = strata_differences_get_compared (differences);
  g_autofree char *caption = NULL;
  g_autofree char *note = NULL;

  if (strata_differences_get_n (differences) == 0)
    {
      show_status (self, "emblem-ok-symbolic", _("The Schema Stays as It Is"),
                   _("It may change rows, or what is not compared: the pages Script and SQL have what it does."), NULL);
      return;
    }

  caption = dup_caption (self, strata_differences_get_n (differences));
  note = dup_note (self);
  strata_difference_view_show (self->view, differences);
  strata_difference_view_set_sql (self->view, caption, note,
                                  compared->sql != NULL ? compared->sql
                                  : compared->no_way != NULL ? compared->no_way->message : NULL);
  gtk_stack_set_visible_child_name (self->stack, "differences");
}

static void
show_error (StrataChangesPage     *self,
            StrataCompareObstacle  obstacle,
            const GError          *error)
{
  self->obstacle = obstacle;
  switch (obstacle)
    {
    case STRATA_COMPARE_NEEDS_SCRATCH:
      show_status (self, "dialog-question-symbolic", _("Work in a Scratch Database?"), error->message, _("_Allow It This Time"));
      break;
    case STRATA_COMPARE_FORBIDDEN:
      show_status (self, "action-unavailable-symbolic", _("Not Tried Out Here"), error->message, NULL);
      break;
    case STRATA_COMPARE_NEEDS_TRUST:
    case STRATA_COMPARE_FAILS:
    default:
      show_status (self, "dialog-warning-symbolic", _("Could Not Be Tried Out"), error->message, _("_Try Again"));
    }
}

static void
on_answered (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(StrataChangesPage) self = user_data;
  g_autoptr(GError) error = NULL;
  StrataCompareObstacle obstacle = STRATA_COMPARE_FAILS;
  g_autoptr(StrataDifferences) differences = strata_compare_finish (STRATA_SESSION (source), result, &obstacle, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->session == NULL)
    return;

  g_clear_object (&self->asking);
  gtk_spinner_stop (self->spinner);
  if (differences != NULL)
    show_differences (self, differences);
  else
    show_error (self, obstacle, error);
}

static gboolean
ask_now (gpointer data)
{
  StrataChangesPage *self = data;

  self->pause_source = 0;
  self->asking = g_cancellable_new ();
  strata_changes_async (self->session, self->ids[1] != NULL ? self->ids[0] : NULL,
                        self->ids[1] != NULL ? self->ids[1] : self->ids[0], self->agreed, self->asking, on_answered,
                        g_object_ref (self));

  return G_SOURCE_REMOVE;
}

static void
ask (StrataChangesPage *self)
{
  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  g_clear_handle_id (&self->pause_source, g_source_remove);
  self->stale = !gtk_widget_get_mapped (GTK_WIDGET (self));
  if (self->stale || self->ids == NULL)
    return;

  strata_difference_view_show (self->view, NULL);
  gtk_spinner_start (self->spinner);
  gtk_stack_set_visible_child_name (self->stack, "busy");
  self->pause_source = g_timeout_add (PAUSE_MS, ask_now, self);
}

static void
on_status_button (StrataChangesPage *self)
{
  self->agreed |= self->obstacle == STRATA_COMPARE_NEEDS_SCRATCH;
  ask (self);
}

static void
strata_changes_page_map (GtkWidget *widget)
{
  StrataChangesPage *self = STRATA_CHANGES_PAGE (widget);

  GTK_WIDGET_CLASS (strata_changes_page_parent_class)->map (widget);

  if (self->stale)
    ask (self);
}

static void
strata_changes_page_dispose (GObject *object)
{
  StrataChangesPage *self = STRATA_CHANGES_PAGE (object);
  GtkWidget *child;

  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  g_clear_handle_id (&self->pause_source, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), STRATA_TYPE_CHANGES_PAGE);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->session);
  g_clear_pointer (&self->project, strata_project_unref);
  g_clear_pointer (&self->ids, g_strfreev);

  G_OBJECT_CLASS (strata_changes_page_parent_class)->dispose (object);
}

static void
strata_changes_page_class_init (StrataChangesPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = strata_changes_page_dispose;
  widget_class->map = strata_changes_page_map;

  g_type_ensure (STRATA_TYPE_DIFFERENCE_VIEW);
  g_type_ensure (STRATA_TYPE_PANE);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/strata/Strata/ui/editor/changes-page.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataChangesPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, StrataChangesPage, stack);
  gtk_widget_class_bind_template_child (widget_class, StrataChangesPage, status);
  gtk_widget_class_bind_template_child (widget_class, StrataChangesPage, status_button);
  gtk_widget_class_bind_template_child (widget_class, StrataChangesPage, view);
  gtk_widget_class_bind_template_callback (widget_class, on_status_button);
}

static void
strata_changes_page_init (StrataChangesPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* A database that moves changes nothing of it: only the files do. */
void
strata_changes_page_show (StrataChangesPage  *self,
                          StrataSession      *session,
                          const char * const *ids,
                          gboolean            unsaved)
{
  StrataSnapshot *snapshot = strata_session_get_snapshot (session);
  gboolean same;

  g_return_if_fail (STRATA_IS_CHANGES_PAGE (self));

  same = self->project == snapshot->project && self->unsaved == unsaved && self->ids != NULL
         && g_strv_equal ((const char * const *) self->ids, ids);
  if (same)
    return;

  if (self->session != session)
    self->agreed = FALSE;
  g_set_object (&self->session, session);
  g_clear_pointer (&self->project, strata_project_unref);
  self->project = strata_project_ref (snapshot->project);
  g_strfreev (self->ids);
  self->ids = g_strdupv ((char **) ids);
  self->unsaved = unsaved;
  ask (self);
}
