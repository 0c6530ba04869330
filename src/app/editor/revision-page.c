/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/editor/revision-page.h"

#include <glib/gi18n.h>

#include "app/editor/changes-page.h"
#include "app/editor/checks-list.h"
#include "app/editor/documents.h"
#include "app/editor/finding-item.h"
#include "app/editor/revision-head.h"
#include "app/editor/revision-words.h"
#include "app/editor/script-view.h"
#include "app/editor/sql-page.h"
#include "app/state/selection.h"
#include "app/state/settings.h"
#include "app/widgets/breakpoint-bin.h"
#include "app/widgets/pane.h"

struct _StrataRevisionPage
{
  GtkWidget            parent_instance;

  /* template */
  AdwBin              *alone;         /* one of these two has the SQL */
  AdwBin              *beside;
  GtkWidget           *beside_button;
  StrataChangesPage   *changes;
  StrataRevisionHead  *head;
  StrataChecksList    *checks[2];
  AdwViewStackPage    *changes_page;
  AdwViewStackPage    *checks_page;
  AdwViewStack        *pages;
  StrataBreakpointBin *room;
  StrataScriptView    *scripts[2];
  GtkOrientable       *script_box;
  StrataBreakpointBin *script_room;
  StrataSqlPage       *sql;
  AdwViewStackPage    *sql_page;

  /* owned */
  StrataSession       *session;
  GSignalGroup        *signals;
  GSignalGroup        *documents;
  GStrv                ids;           /* what is shown: from the first to the second, where there are two */

  /* values */
  gboolean             swapped;
  gboolean             sql_beside;    /* where there is room for it */
};

enum
{
  PROP_0,
  PROP_SESSION,
  PROP_SQL_BESIDE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (StrataRevisionPage, strata_revision_page, GTK_TYPE_WIDGET)

static StrataTextDocument *
open_document (StrataRevisionPage *self,
               const char         *id)
{
  StrataSnapshot *snapshot = strata_session_get_snapshot (self->session);
  guint node = strata_graph_find (snapshot->graph, id);
  const StrataLostRevision *lost;

  if (strata_selection_is_file (id))
    return g_object_ref (strata_documents_open (strata_documents_of (self->session), id));
  if (node != STRATA_NO_NODE)
    return g_object_ref (strata_documents_open (strata_documents_of (self->session),
                                                strata_revision_get_path (strata_graph_get_revision (snapshot->graph,
                                                                                                     node))));

  lost = strata_revision_words_find_lost (snapshot, id);

  return lost != NULL ? strata_text_document_new_for_text (lost->path, lost->text, lost->length,
                                                      _("This text is not in the folder.")) : NULL;
}

static gboolean
has_file (StrataRevisionPage *self)
{
  for (guint i = 0; self->ids[i] != NULL; i++)
    if (strata_selection_is_file (self->ids[i]))
      return TRUE;

  return FALSE;
}

/* Two scripts beside each other leave no room for a third text. */
static gboolean
has_room_for_sql (StrataRevisionPage *self)
{
  return strata_breakpoint_bin_get_wide (self->room) && self->ids != NULL && self->ids[0] != NULL && self->ids[1] == NULL
         && !has_file (self);
}

static void
move_sql (AdwBin *from,
          AdwBin *to)
{
  g_autoptr(GtkWidget) sql = NULL;

  if (adw_bin_get_child (from) == NULL)
    return;

  sql = g_object_ref (adw_bin_get_child (from));
  adw_bin_set_child (from, NULL);
  adw_bin_set_child (to, sql);
}

/* What is beside the script needs no page of its own. */
static void
place_sql (StrataRevisionPage *self)
{
  gboolean room = has_room_for_sql (self);
  gboolean beside = room && self->sql_beside;
  gboolean looked_at = g_strcmp0 (adw_view_stack_get_visible_child_name (self->pages), "sql") == 0;

  gtk_widget_set_visible (self->beside_button, room);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "revision.sql-beside", room);
  gtk_widget_set_visible (GTK_WIDGET (self->beside), beside);
  adw_view_stack_page_set_visible (self->sql_page, !beside && self->ids != NULL && !has_file (self));
  if (beside)
    move_sql (self->alone, self->beside);
  else
    move_sql (self->beside, self->alone);
  if (beside && looked_at)
    adw_view_stack_set_visible_child_name (self->pages, "script");
}

/* Two that fit beside each other are; else below. */
static void
place_scripts (StrataRevisionPage *self)
{
  gtk_orientable_set_orientation (self->script_box, strata_breakpoint_bin_get_wide (self->script_room)
                                                    ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL);
}

static void
set_sql_beside (StrataRevisionPage *self,
                gboolean            beside)
{
  if (self->sql_beside == beside)
    return;

  self->sql_beside = beside;
  place_sql (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SQL_BESIDE]);
}

static void
show_head (StrataRevisionPage *self)
{
  gboolean unsaved = FALSE;

  if (self->ids == NULL || self->ids[0] == NULL || strata_session_get_snapshot (self->session) == NULL)
    return;

  for (guint i = 0; i < G_N_ELEMENTS (self->scripts); i++)
    {
      StrataTextDocument *document = strata_script_view_get_document (self->scripts[i]);

      unsaved |= document != NULL && strata_text_document_get_modified (document);
    }
  strata_revision_head_show (self->head, self->session, (const char * const *) self->ids, unsaved);
  place_sql (self);
  adw_view_stack_page_set_visible (self->changes_page, !has_file (self));
  if (has_file (self))
    return;

  strata_sql_page_show (self->sql, self->session, (const char * const *) self->ids, unsaved);
  strata_changes_page_show (self->changes, self->session, (const char * const *) self->ids, unsaved);
}

static void
show_scripts (StrataRevisionPage *self)
{
  guint n = g_strv_length (self->ids);

  for (guint i = 0; i < G_N_ELEMENTS (self->scripts); i++)
    {
      g_autoptr(StrataTextDocument) document = i < n ? open_document (self, self->ids[i]) : NULL;

      gtk_widget_set_visible (GTK_WIDGET (self->scripts[i]), i < n);
      strata_script_view_set_snapshot (self->scripts[i], strata_session_get_snapshot (self->session));
      strata_script_view_set_document (self->scripts[i], document);
      strata_script_view_show_applied (self->scripts[i], self->session, i < n ? self->ids[i] : NULL);
    }
}

/* What was looked at, where nothing was found. */
static char *
describe_checks (StrataSnapshot *snapshot)
{
  StrataDialect dialect = strata_snapshot_get_dialect (snapshot);

  if (dialect == STRATA_DIALECT_UNKNOWN)
    return g_strdup (_("Nothing found in the header and the sections. Which server it is for is not known, so nothing is"
                       " said of its statements."));

  /* Translators: the name of a server. */
  return g_strdup_printf (_("Nothing found by the rules of %s."), strata_dialect_get_title (dialect));
}

static void
show_checks (StrataRevisionPage *self)
{
  g_autofree char *words = describe_checks (strata_session_get_snapshot (self->session));
  gboolean two = g_strv_length (self->ids) == 2;

  for (guint i = 0; i < G_N_ELEMENTS (self->checks); i++)
    {
      gtk_widget_set_visible (GTK_WIDGET (self->checks[i]), i == 0 || two);
      strata_checks_list_show (self->checks[i], strata_script_view_get_checker (self->scripts[i]),
                               two ? self->ids[i] : NULL, words);
    }
}

static void
on_findings (StrataRevisionPage *self)
{
  guint n = 0;
  gboolean bad = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (self->scripts); i++)
    {
      StrataScriptChecker *checker = strata_script_view_get_checker (self->scripts[i]);
      GListModel *findings = strata_script_checker_get_findings (checker);

      n += g_list_model_get_n_items (findings) + strata_script_checker_get_n_more (checker);
      for (guint j = 0; !bad && j < g_list_model_get_n_items (findings); j++)
        {
          g_autoptr(StrataFindingItem) item = g_list_model_get_item (findings, j);

          bad = strata_finding_get_severity (strata_finding_item_get_finding (item)) == STRATA_SEVERITY_ERROR;
        }
    }

  adw_view_stack_page_set_badge_number (self->checks_page, n);
  adw_view_stack_page_set_needs_attention (self->checks_page, bad);
}

static void
jump (StrataRevisionPage *self,
      guint               which,
      guint               line,
      guint               column)
{
  adw_view_stack_set_visible_child_name (self->pages, "script");
  strata_script_view_jump (self->scripts[which], line, column);
}

static void
on_check_activated (StrataChecksList *list,
                    guint             line,
                    guint             column,
                    gpointer          user_data)
{
  StrataRevisionPage *self = STRATA_REVISION_PAGE (gtk_widget_get_ancestor (GTK_WIDGET (list),
                                                                            STRATA_TYPE_REVISION_PAGE));

  jump (self, list == self->checks[1], line, column);
}

/* The older one first: that is the way that a database goes. */
static gboolean
comes_after (StrataSnapshot *snapshot,
             const char     *first,
             const char     *second)
{
  const char *rows[] = { first, NULL };
  guint node = strata_graph_find (snapshot->graph, second);
  g_autofree guint8 *closure = NULL;

  if (node == STRATA_NO_NODE || strata_graph_find (snapshot->graph, first) == STRATA_NO_NODE)
    return FALSE;

  closure = strata_graph_dup_applied (snapshot->graph, rows);

  return closure[node];
}

static void
set_ids (StrataRevisionPage *self)
{
  StrataSnapshot *snapshot = strata_session_get_snapshot (self->session);

  g_strfreev (self->ids);
  self->ids = g_strdupv ((char **) strata_session_get_selected (self->session));
  if (snapshot != NULL && g_strv_length (self->ids) == 2
      && comes_after (snapshot, self->ids[0], self->ids[1]) != self->swapped)
    {
      char *first = self->ids[0];

      self->ids[0] = self->ids[1];
      self->ids[1] = first;
    }
}

static void
show_all (StrataRevisionPage *self)
{
  set_ids (self);
  if (self->ids[0] == NULL || strata_session_get_snapshot (self->session) == NULL)
    return;

  show_scripts (self);
  show_checks (self);
  show_head (self);
}

static void
on_selected (StrataRevisionPage *self)
{
  self->swapped = FALSE;
  show_all (self);
}

/* A script that is gone from the folder stays in sight as long as something in it is not saved, and one that was just
 * brought back until it was read. */
static gboolean
is_kept (StrataTextDocument *document,
         const char         *id)
{
  if (strata_text_document_get_modified (document))
    return TRUE;

  return strata_selection_is_file (id) && strata_text_document_get_state (document) == STRATA_TEXT_DOCUMENT_READY
         && strata_text_document_get_disk (document) == STRATA_DISK_SAME;
}

static void
keep_unsaved (StrataRevisionPage *self)
{
  const char * const *selected = strata_session_get_selected (self->session);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) ids = NULL;
  gboolean kept = FALSE;

  for (guint i = 0; selected[i] != NULL; i++)
    g_strv_builder_add (builder, selected[i]);

  for (guint i = 0; self->ids != NULL && self->ids[i] != NULL; i++)
    {
      StrataTextDocument *document = strata_script_view_get_document (self->scripts[i]);
      const char *path = document != NULL ? strata_text_document_get_path (document) : NULL;

      if (path == NULL || !is_kept (document, self->ids[i]) || g_strv_contains (selected, self->ids[i])
          || g_strv_contains (selected, path)
          || strata_selection_find_script (strata_session_get_snapshot (self->session), path) != NULL)
        continue;

      g_strv_builder_add (builder, path);
      kept = TRUE;
    }

  ids = g_strv_builder_end (builder);
  if (kept)
    strata_session_set_selected (self->session, (const char * const *) ids);
}

static void
on_snapshot (StrataRevisionPage *self)
{
  strata_documents_check_disk (strata_documents_of (self->session));
  if (strata_session_get_snapshot (self->session) != NULL)
    keep_unsaved (self);
  show_all (self);
}

static void
on_swapped (StrataRevisionPage *self)
{
  self->swapped = !self->swapped;
  show_all (self);
}

static gboolean
measure_anew (GtkWidget     *squeezer,
              GdkFrameClock *clock,
              gpointer       data)
{
  gtk_widget_queue_resize (squeezer);

  return G_SOURCE_REMOVE;
}

/* It chooses while it is given its size: after it was asked how high it wants to be, which then was the other one's height. */
static void
on_squeezed (GtkWidget *squeezer)
{
  gtk_widget_add_tick_callback (squeezer, measure_anew, NULL, NULL);
}

static void
set_session (StrataRevisionPage *self,
             StrataSession      *session)
{
  if (!g_set_object (&self->session, session))
    return;

  g_signal_group_set_target (self->signals, session);
  g_signal_group_set_target (self->documents, session != NULL ? strata_documents_of (session) : NULL);
  for (guint i = 0; i < G_N_ELEMENTS (self->scripts); i++)
    {
      strata_script_view_set_project_words (self->scripts[i], session != NULL ? strata_project_words_of (session) : NULL);
      strata_script_view_set_project_names (self->scripts[i], session != NULL ? strata_project_names_of (session) : NULL);
    }
  if (session != NULL)
    on_selected (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

static void
strata_revision_page_dispose (GObject *object)
{
  StrataRevisionPage *self = STRATA_REVISION_PAGE (object);

  if (self->signals != NULL)
    {
      g_signal_group_set_target (self->signals, NULL);
      g_signal_group_set_target (self->documents, NULL);
    }
  gtk_widget_dispose_template (GTK_WIDGET (self), STRATA_TYPE_REVISION_PAGE);
  /* The template lets go only of those that are bound. */
  while (gtk_widget_get_first_child (GTK_WIDGET (self)) != NULL)
    gtk_widget_unparent (gtk_widget_get_first_child (GTK_WIDGET (self)));
  g_clear_object (&self->signals);
  g_clear_object (&self->documents);
  g_clear_object (&self->session);
  g_clear_pointer (&self->ids, g_strfreev);

  G_OBJECT_CLASS (strata_revision_page_parent_class)->dispose (object);
}

static void
strata_revision_page_get_property (GObject    *object,
                                   guint       id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_SESSION:
      g_value_set_object (value, STRATA_REVISION_PAGE (object)->session);
      break;
    case PROP_SQL_BESIDE:
      g_value_set_boolean (value, STRATA_REVISION_PAGE (object)->sql_beside);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_revision_page_set_property (GObject      *object,
                                   guint         id,
                                   const GValue *value,
                                   GParamSpec   *pspec)
{
  switch (id)
    {
    case PROP_SESSION:
      set_session (STRATA_REVISION_PAGE (object), g_value_get_object (value));
      break;
    case PROP_SQL_BESIDE:
      set_sql_beside (STRATA_REVISION_PAGE (object), g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_revision_page_class_init (StrataRevisionPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = strata_revision_page_dispose;
  object_class->get_property = strata_revision_page_get_property;
  object_class->set_property = strata_revision_page_set_property;

  properties[PROP_SESSION] =
    g_param_spec_object ("session", NULL, NULL, STRATA_TYPE_SESSION,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_SQL_BESIDE] =
    g_param_spec_boolean ("sql-beside", NULL, NULL, TRUE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_install_property_action (widget_class, "revision.sql-beside", "sql-beside");

  g_type_ensure (STRATA_TYPE_BREAKPOINT_BIN);
  g_type_ensure (STRATA_TYPE_CHANGES_PAGE);
  g_type_ensure (STRATA_TYPE_CHECKS_LIST);
  g_type_ensure (STRATA_TYPE_PANE);
  g_type_ensure (STRATA_TYPE_REVISION_HEAD);
  g_type_ensure (STRATA_TYPE_SCRIPT_VIEW);
  g_type_ensure (STRATA_TYPE_SQL_PAGE);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/strata/Strata/ui/editor/revision-page.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataRevisionPage, alone);
  gtk_widget_class_bind_template_child (widget_class, StrataRevisionPage, beside);
  gtk_widget_class_bind_template_child (widget_class, StrataRevisionPage, beside_button);
  gtk_widget_class_bind_template_child (widget_class, StrataRevisionPage, changes);
  gtk_widget_class_bind_template_child (widget_class, StrataRevisionPage, changes_page);
  gtk_widget_class_bind_template_child (widget_class, StrataRevisionPage, checks_page);
  gtk_widget_class_bind_template_child (widget_class, StrataRevisionPage, head);
  gtk_widget_class_bind_template_child (widget_class, StrataRevisionPage, pages);
  gtk_widget_class_bind_template_child (widget_class, StrataRevisionPage, room);
  gtk_widget_class_bind_template_child (widget_class, StrataRevisionPage, script_box);
  gtk_widget_class_bind_template_child (widget_class, StrataRevisionPage, script_room);
  gtk_widget_class_bind_template_child (widget_class, StrataRevisionPage, sql);
  gtk_widget_class_bind_template_child (widget_class, StrataRevisionPage, sql_page);
  gtk_widget_class_bind_template_child_full (widget_class, "first_script", FALSE,
                                             G_STRUCT_OFFSET (StrataRevisionPage, scripts[0]));
  gtk_widget_class_bind_template_child_full (widget_class, "second_script", FALSE,
                                             G_STRUCT_OFFSET (StrataRevisionPage, scripts[1]));
  gtk_widget_class_bind_template_child_full (widget_class, "first_checks", FALSE,
                                             G_STRUCT_OFFSET (StrataRevisionPage, checks[0]));
  gtk_widget_class_bind_template_child_full (widget_class, "second_checks", FALSE,
                                             G_STRUCT_OFFSET (StrataRevisionPage, checks[1]));
  gtk_widget_class_bind_template_callback (widget_class, on_check_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_squeezed);
  gtk_widget_class_bind_template_callback (widget_class, on_swapped);
  gtk_widget_class_bind_template_callback (widget_class, place_scripts);
  gtk_widget_class_bind_template_callback (widget_class, place_sql);
}

static void
strata_revision_page_init (StrataRevisionPage *self)
{
  GSettings *settings = strata_settings_get ();

  self->sql_beside = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  if (settings != NULL)
    g_settings_bind (settings, "sql-beside", self, "sql-beside", G_SETTINGS_BIND_DEFAULT);
  /* To look at a script tries nothing out. */
  adw_view_stack_set_visible_child_name (self->pages, "script");

  for (guint i = 0; i < G_N_ELEMENTS (self->scripts); i++)
    g_signal_connect_object (strata_script_view_get_checker (self->scripts[i]), "notify::settled",
                             G_CALLBACK (on_findings), self, G_CONNECT_SWAPPED);

  self->signals = g_signal_group_new (STRATA_TYPE_SESSION);
  g_signal_group_connect_swapped (self->signals, "notify::link", G_CALLBACK (show_head), self);
  g_signal_group_connect_swapped (self->signals, "notify::selected", G_CALLBACK (on_selected), self);
  g_signal_group_connect_swapped (self->signals, "notify::snapshot", G_CALLBACK (on_snapshot), self);
  self->documents = g_signal_group_new (STRATA_TYPE_DOCUMENTS);
  g_signal_group_connect_swapped (self->documents, "notify::n-unsaved", G_CALLBACK (show_head), self);
}

GtkWidget *
strata_revision_page_new (StrataSession *session)
{
  return g_object_new (STRATA_TYPE_REVISION_PAGE, "session", session, NULL);
}

void
strata_revision_page_show_line (StrataRevisionPage *self,
                                guint               line,
                                guint               column)
{
  g_return_if_fail (STRATA_IS_REVISION_PAGE (self));

  jump (self, 0, line, column);
}

void
strata_revision_page_begin (StrataRevisionPage *self)
{
  g_return_if_fail (STRATA_IS_REVISION_PAGE (self));

  adw_view_stack_set_visible_child_name (self->pages, "script");
  strata_script_view_begin (self->scripts[0]);
}
