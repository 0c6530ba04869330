/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/timeline/timeline-page-private.h"

#include <glib/gi18n.h>

#include "app/state/authors-job.h"
#include "app/state/idle.h"
#include "app/timeline/lanes-cell.h"
#include "app/timeline/timeline-row.h"
#include "core/workspace/lost.h"

enum
{
  PROP_0,
  PROP_SESSION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (StrataTimelinePage, strata_timeline_page, GTK_TYPE_WIDGET)

static void
show_right_page (StrataTimelinePage *self)
{
  gboolean any = g_list_model_get_n_items (G_LIST_MODEL (self->model)) > 0;
  gboolean loading = self->session != NULL && strata_session_get_loading (self->session);
  gboolean open = self->session != NULL && strata_session_get_snapshot (self->session) != NULL;
  const char *page = any                                                    ? "list"
                     : strata_timeline_model_is_filtered (self->model)      ? "nothing"
                     : loading                                              ? "loading"
                     : open                                                 ? "empty"
                                                                            : "list";

  gtk_stack_set_visible_child_name (self->stack, page);
  gtk_spinner_set_spinning (self->spinner, g_str_equal (page, "loading"));
}

static void
label_filter (StrataTimelinePage   *self,
              GtkToggleButton      *button,
              StrataTimelineFilter  filter,
              const char           *name)
{
  g_autofree char *label = g_strdup_printf ("%s %u", name, strata_timeline_model_count (self->model, filter));

  gtk_button_set_label (GTK_BUTTON (button), label);
  gtk_label_set_ellipsize (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), PANGO_ELLIPSIZE_END);
}

static void
label_filters (StrataTimelinePage *self)
{
  StrataSnapshot *snapshot = self->session != NULL ? strata_session_get_snapshot (self->session) : NULL;
  gboolean known = snapshot != NULL && snapshot->applied != NULL;

  label_filter (self, self->filter_all, STRATA_TIMELINE_ALL, _("All"));
  label_filter (self, self->filter_pending, STRATA_TIMELINE_PENDING, _("Pending"));
  label_filter (self, self->filter_applied, STRATA_TIMELINE_APPLIED, _("Applied"));
  label_filter (self, self->filter_problems, STRATA_TIMELINE_PROBLEMS, _("Problems"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->filter_pending), known);
  gtk_widget_set_sensitive (GTK_WIDGET (self->filter_applied), known);
}

static void
show_selected (StrataTimelinePage *self)
{
  const char * const *ids = strata_session_get_selected (self->session);
  g_autoptr(GtkBitset) wanted = gtk_bitset_new_empty ();
  g_autoptr(GtkBitset) all = gtk_bitset_new_range (0, g_list_model_get_n_items (G_LIST_MODEL (self->model)));

  for (guint i = 0; ids[i] != NULL; i++)
    {
      guint position = strata_timeline_model_find (self->model, ids[i]);

      if (position == GTK_INVALID_LIST_POSITION)
        continue;
      if (position >= g_list_model_get_n_items (self->rows))
        strata_gradual_list_complete (self->rows);
      gtk_bitset_add (wanted, position);
    }

  self->selecting = TRUE;
  gtk_selection_model_set_selection (self->selection, wanted, all);
  self->selecting = FALSE;
}

/* What was selected elsewhere is shown; what was clicked is in sight. */
static void
on_selected (StrataTimelinePage *self)
{
  const char * const *ids = strata_session_get_selected (self->session);
  guint position;

  show_selected (self);
  if (self->selected || ids[0] == NULL)
    return;

  position = strata_timeline_model_find (self->model, ids[0]);
  if (position != GTK_INVALID_LIST_POSITION)
    gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", position);
}

static StrataTimelineRow *
get_row (GtkWidget *child)
{
  GtkWidget *row = gtk_widget_get_first_child (child);

  return STRATA_IS_TIMELINE_ROW (row) ? STRATA_TIMELINE_ROW (row) : NULL;
}

static void
set_lanes (StrataTimelinePage *self,
           guint               n_lanes)
{
  if (self->n_lanes == n_lanes)
    return;

  self->n_lanes = n_lanes;
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->list)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (get_row (child) != NULL)
      strata_timeline_row_set_lanes (get_row (child), n_lanes);
}

static void
on_authors (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(StrataTimelinePage) self = user_data;
  g_autoptr(GHashTable) authors = strata_authors_read_finish (result, NULL);

  /* Cancelled, or closed meanwhile. */
  if (authors != NULL && self->model != NULL)
    strata_timeline_model_set_authors (self->model, authors);
}

static gboolean
read_authors (gpointer data)
{
  StrataTimelinePage *self = data;

  self->authors_source = 0;
  self->asking = g_cancellable_new ();
  strata_authors_read_async (self->authored, self->asking, on_authors, g_object_ref (self));

  return G_SOURCE_REMOVE;
}

/* Once for each time that the files were read: a database that moves changes nothing of them. It waits until all that is
 * seen is done. */
static void
ask_for_authors (StrataTimelinePage *self,
                 StrataProject      *project)
{
  if (self->authored == project)
    return;

  g_clear_pointer (&self->authored, strata_project_unref);
  g_clear_handle_id (&self->authors_source, g_source_remove);
  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  if (project == NULL)
    return;

  self->authored = strata_project_ref (project);
  self->authors_source = strata_idle_add (G_PRIORITY_LOW, read_authors, self, NULL);
}

static void
on_snapshot (StrataTimelinePage *self)
{
  StrataSnapshot *snapshot = strata_session_get_snapshot (self->session);
  gboolean stays_at_top = gtk_adjustment_get_value (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->list))) <= 0;

  if (snapshot != NULL)
    set_lanes (self, strata_lanes_cell_count (snapshot));
  strata_timeline_model_set_snapshot (self->model, snapshot);
  if (stays_at_top && g_list_model_get_n_items (G_LIST_MODEL (self->selection)) > 0)
    gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", 0);
  label_filters (self);
  show_right_page (self);
  show_selected (self);
  ask_for_authors (self, snapshot != NULL ? snapshot->project : NULL);
}

static void
on_found (StrataTimelinePage *self)
{
  strata_timeline_model_set_found (self->model, strata_pending_checks_get_found (self->checks));
  label_filters (self);
  show_right_page (self);
  show_selected (self);
}

static void
on_python (StrataTimelinePage *self)
{
  strata_timeline_model_set_python (self->model, strata_python_watch_get_reasons (self->python));
}

static void
on_checked (StrataTimelinePage *self)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->list)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (get_row (child) != NULL)
      strata_timeline_row_set_checked (get_row (child), strata_session_get_checked_at (self->session));
}

static void
on_progress (StrataTimelinePage *self)
{
  StrataRunJob *run = strata_session_get_run (self->session);
  gboolean forward = run != NULL && strata_run_job_get_options (run)->kind == STRATA_RUN_UPGRADE;

  strata_timeline_model_set_landed (self->model, forward ? (const char * const *) strata_run_job_get_progress (run)->done
                                                         : NULL);
}

static void
on_run (StrataTimelinePage *self)
{
  g_signal_group_set_target (self->run_signals, strata_session_get_run (self->session));
  on_progress (self);
}

/* The revision at one end of what is selected; the row of the database is none, and there is one of it at most. */
static StrataTimelineItem *
get_end (StrataTimelinePage *self,
         GtkBitset          *set,
         gboolean            is_last)
{
  guint n = gtk_bitset_get_size (set);

  for (guint i = 0; i < MIN (n, 2); i++)
    {
      g_autoptr(StrataTimelineItem) item = g_list_model_get_item (G_LIST_MODEL (self->model),
                                                                  gtk_bitset_get_nth (set, is_last ? n - 1 - i : i));

      if (strata_timeline_item_get_id (item) != NULL)
        return g_steal_pointer (&item);
    }

  return NULL;
}

/* Of more than two, those at both ends: "from here to there". */
void
strata_timeline_page_take_selection (StrataTimelinePage *self)
{
  g_autoptr(GtkBitset) set = NULL;
  const char *ids[3] = { NULL, NULL, NULL };
  g_autoptr(StrataTimelineItem) first = NULL;
  g_autoptr(StrataTimelineItem) last = NULL;

  if (self->selecting || self->session == NULL)
    return;

  set = gtk_selection_model_get_selection (self->selection);
  first = get_end (self, set, FALSE);
  last = get_end (self, set, TRUE);
  if (first != NULL)
    {
      ids[0] = strata_timeline_item_get_id (first);
      ids[1] = first != last ? strata_timeline_item_get_id (last) : NULL;
    }

  self->selected = TRUE;
  strata_session_set_selected (self->session, ids);
  self->selected = FALSE;
}

static void
on_activate (StrataTimelinePage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-detail", NULL);
}

static void
apply_filter (StrataTimelinePage   *self,
              StrataTimelineFilter  filter)
{
  strata_timeline_model_set_filter (self->model, filter);
  show_right_page (self);
  if (self->session != NULL)
    show_selected (self);
}

static void
on_filter (StrataTimelinePage *self)
{
  apply_filter (self, gtk_toggle_button_get_active (self->filter_pending)    ? STRATA_TIMELINE_PENDING
                      : gtk_toggle_button_get_active (self->filter_applied)  ? STRATA_TIMELINE_APPLIED
                      : gtk_toggle_button_get_active (self->filter_problems) ? STRATA_TIMELINE_PROBLEMS
                                                                             : STRATA_TIMELINE_ALL);
}

static void
on_search (StrataTimelinePage *self)
{
  strata_timeline_model_set_search (self->model, gtk_editable_get_text (GTK_EDITABLE (self->search)));
  show_right_page (self);
  if (self->session != NULL)
    show_selected (self);
}

static void
on_stop_search (StrataTimelinePage *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

/* Enter takes the first one that was found. */
static void
on_search_activate (StrataTimelinePage *self)
{
  on_search (self);
  if (g_list_model_get_n_items (G_LIST_MODEL (self->model)) > 0)
    gtk_selection_model_select_item (self->selection, 0, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

static void
on_show_all (StrataTimelinePage *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_toggle_button_set_active (self->filter_all, TRUE);
  on_search (self);
}

static void
strata_timeline_page_dispose (GObject *object)
{
  StrataTimelinePage *self = STRATA_TIMELINE_PAGE (object);

  g_clear_pointer (&self->menu, gtk_widget_unparent);
  if (self->list != NULL)
    gtk_list_view_set_model (self->list, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), STRATA_TYPE_TIMELINE_PAGE);
  g_clear_object (&self->signals);
  g_clear_object (&self->run_signals);
  g_clear_object (&self->selection);
  g_clear_object (&self->rows);
  g_clear_object (&self->model);
  ask_for_authors (self, NULL);
  g_clear_object (&self->checks);
  g_clear_object (&self->python);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (strata_timeline_page_parent_class)->dispose (object);
}

static void
strata_timeline_page_get_property (GObject    *object,
                                   guint       id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_SESSION:
      g_value_set_object (value, strata_timeline_page_get_session (STRATA_TIMELINE_PAGE (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_timeline_page_set_property (GObject      *object,
                                   guint         id,
                                   const GValue *value,
                                   GParamSpec   *pspec)
{
  switch (id)
    {
    case PROP_SESSION:
      strata_timeline_page_set_session (STRATA_TIMELINE_PAGE (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_timeline_page_class_init (StrataTimelinePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = strata_timeline_page_dispose;
  object_class->get_property = strata_timeline_page_get_property;
  object_class->set_property = strata_timeline_page_set_property;

  properties[PROP_SESSION] =
    g_param_spec_object ("session", NULL, NULL, STRATA_TYPE_SESSION,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/strata/Strata/ui/timeline/timeline-page.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataTimelinePage, filter_all);
  gtk_widget_class_bind_template_child (widget_class, StrataTimelinePage, filter_applied);
  gtk_widget_class_bind_template_child (widget_class, StrataTimelinePage, filter_pending);
  gtk_widget_class_bind_template_child (widget_class, StrataTimelinePage, filter_problems);
  gtk_widget_class_bind_template_child (widget_class, StrataTimelinePage, filters);
  gtk_widget_class_bind_template_child (widget_class, StrataTimelinePage, list);
  gtk_widget_class_bind_template_child (widget_class, StrataTimelinePage, search);
  gtk_widget_class_bind_template_child (widget_class, StrataTimelinePage, spinner);
  gtk_widget_class_bind_template_child (widget_class, StrataTimelinePage, stack);
  gtk_widget_class_bind_template_child (widget_class, StrataTimelinePage, tools);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_filter);
  gtk_widget_class_bind_template_callback (widget_class, on_search);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_show_all);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_search);

  gtk_widget_class_install_action (widget_class, "timeline.leave", "b", strata_timeline_page_leave_list);
  gtk_widget_class_install_action (widget_class, "timeline.menu", NULL, strata_timeline_page_open_menu);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "timeline.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "timeline.menu", NULL);
}

static void
strata_timeline_page_init (StrataTimelinePage *self)
{
  self->n_lanes = 1;
  self->signals = g_signal_group_new (STRATA_TYPE_SESSION);
  g_signal_group_connect_swapped (self->signals, "notify::snapshot", G_CALLBACK (on_snapshot), self);
  g_signal_group_connect_swapped (self->signals, "notify::loading", G_CALLBACK (show_right_page), self);
  g_signal_group_connect_swapped (self->signals, "notify::selected", G_CALLBACK (on_selected), self);
  g_signal_group_connect_swapped (self->signals, "notify::checked-at", G_CALLBACK (on_checked), self);
  g_signal_group_connect_swapped (self->signals, "notify::run", G_CALLBACK (on_run), self);
  self->run_signals = g_signal_group_new (STRATA_TYPE_RUN_JOB);
  g_signal_group_connect_swapped (self->run_signals, "progress-changed", G_CALLBACK (on_progress), self);

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_search_entry_set_key_capture_widget (self->search, GTK_WIDGET (self->list));
  self->menu = gtk_popover_menu_new_from_model (NULL);
  gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
  gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
  gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
  strata_timeline_page_make_list (self);
  label_filters (self);
}

StrataSession *
strata_timeline_page_get_session (StrataTimelinePage *self)
{
  return self->session;
}

void
strata_timeline_page_set_session (StrataTimelinePage *self,
                                  StrataSession      *session)
{
  g_return_if_fail (STRATA_IS_TIMELINE_PAGE (self));

  if (!g_set_object (&self->session, session))
    return;

  g_signal_group_set_target (self->signals, session);
  g_clear_object (&self->checks);
  g_clear_object (&self->python);
  if (session != NULL)
    {
      self->checks = strata_pending_checks_new (session);
      g_signal_connect_object (self->checks, "changed", G_CALLBACK (on_found), self, G_CONNECT_SWAPPED);
      self->python = strata_python_watch_new (session);
      g_signal_connect_object (self->python, "changed", G_CALLBACK (on_python), self, G_CONNECT_SWAPPED);
      on_snapshot (self);
      on_run (self);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

void
strata_timeline_page_begin_search (StrataTimelinePage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
  gtk_editable_select_region (GTK_EDITABLE (self->search), 0, -1);
}

gboolean
strata_timeline_page_is_selecting (StrataTimelinePage *self)
{
  g_return_val_if_fail (STRATA_IS_TIMELINE_PAGE (self), FALSE);

  return self->selected;
}

void
strata_timeline_page_set_compact (StrataTimelinePage *self,
                                  gboolean            compact)
{
  if (compact)
    gtk_widget_add_css_class (GTK_WIDGET (self), "strata-compact");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "strata-compact");
}
