/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/editor/sql-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "app/editor/revision-words.h"
#include "app/editor/sql-gutter.h"
#include "app/editor/sql-text.h"
#include "app/widgets/accessible.h"
#include "app/widgets/sql-view.h"
#include "app/widgets/status.h"

struct _StrataSqlPage
{
  GtkWidget         parent_instance;

  /* template */
  GtkLabel         *caption;
  GtkToggleButton  *downgrade;
  GtkWidget        *directions;
  GtkDropDown      *servers;
  GtkStack         *stack;
  AdwStatusPage    *status;
  StrataSqlView    *text;

  /* owned */
  StrataSession    *session;
  StrataSnapshot   *snapshot;       /* what is shown was made from it */
  GStrv             ids;
  GCancellable     *asking;
  StrataSqlGutter  *gutter;         /* the view has it */

  /* values */
  StrataDialect     own_dialect;    /* of the database */
  GArray           *dialects;       /* StrataDialect: what each row of the drop-down means */
  gboolean          unsaved;
  gboolean          stale;          /* to be made when it is looked at */
};

G_DEFINE_FINAL_TYPE (StrataSqlPage, strata_sql_page, GTK_TYPE_WIDGET)

typedef struct
{
  StrataSnapshot  *snapshot;
  GStrv            ids;
  StrataDirection  direction;
  StrataDialect    dialect;
  gboolean         own;        /* of the database: its rows count */
} Question;

static void
question_free (Question *question)
{
  strata_snapshot_unref (question->snapshot);
  g_strfreev (question->ids);
  g_free (question);
}

static gpointer
answer (StrataWorkspace   *workspace,
        StrataConnection  *connection,
        gpointer           data,
        GCancellable      *cancellable,
        GError           **error)
{
  const Question *question = data;
  const StrataApplied *applied = question->snapshot->status->applied;
  const StrataListingRequest request = {
    .graph = question->snapshot->graph,
    .from = question->ids[1] != NULL ? question->ids[0] : NULL,
    .to = question->ids[1] != NULL ? question->ids[1] : question->ids[0],
    .direction = question->direction,
    .dialect = question->dialect,
    .rows = question->own ? strata_snapshot_get_rows (question->snapshot) : NULL,
    .makes_table = question->own && applied != NULL && !applied->version_table
                   && question->direction == STRATA_UPGRADE,
  };
  g_autoptr(StrataListing) listing = strata_workspace_list_sql (workspace, &request, cancellable, error);

  return listing != NULL ? strata_sql_text_new (listing) : NULL;
}

static void
show_status (StrataSqlPage *self,
             const char    *icon,
             const char    *title,
             const char    *words)
{
  strata_status_say (self->status, icon, title, words);
  gtk_stack_set_visible_child_name (self->stack, "status");
}

static StrataDialect
get_dialect (StrataSqlPage *self)
{
  guint selected = gtk_drop_down_get_selected (self->servers);

  return selected < self->dialects->len ? g_array_index (self->dialects, StrataDialect, selected)
                                        : STRATA_DIALECT_UNKNOWN;
}

/* The way from one to another; "" where it is about one. */
static char *
describe_way (StrataSqlPage       *self,
              const StrataSqlText *sql)
{
  guint n = sql->n_steps;

  if (self->ids[1] == NULL || n == 0)
    return g_strdup ("");

  if (sql->goes_up && sql->goes_down)
    return g_strdup_printf (ngettext ("%u revision: back to what both come from, then forward. ",
                                      "%u revisions: back to what both come from, then forward. ", n), n);

  if (sql->goes_up)
    return g_strdup_printf (ngettext ("%u revision forward. ", "%u revisions forward. ", n), n);

  return g_strdup_printf (ngettext ("%u revision back. ", "%u revisions back. ", n), n);
}

static char *
describe (StrataSqlPage       *self,
          const StrataSqlText *sql)
{
  StrataDialect dialect = get_dialect (self);
  g_autofree char *database = dialect == self->own_dialect ? strata_revision_words_dup_database (self->snapshot)
                                                           : g_strdup (strata_dialect_get_title (dialect));
  g_autofree char *statements = g_strdup_printf (ngettext ("%u statement", "%u statements", sql->n_statements),
                                                 sql->n_statements);
  g_autofree char *transactions = g_strdup_printf (ngettext ("%u transaction", "%u transactions", sql->n_transactions),
                                                   sql->n_transactions);
  g_autofree char *way = describe_way (self, sql);
  /* Translators: which way, with a space behind it, or nothing; a database; how many statements; in how many transactions. */
  g_autofree char *words = g_strdup_printf (_("%sAs it runs on %s: %s, %s."), way, database, statements, transactions);

  return self->unsaved ? g_strdup_printf ("%s %s", words, _("What is not saved is not in it.")) : g_steal_pointer (&words);
}

static void
show_sql (StrataSqlPage       *self,
          const StrataSqlText *sql)
{
  g_autofree char *words = describe (self, sql);

  if (sql->needs_python)
    {
      gtk_label_set_text (self->caption, "");
      show_status (self, "text-x-script-symbolic", _("Needs Python"),
                   _("What it does shows when it is run, by the project’s own Alembic. The page Checks says at which line."));
      return;
    }

  gtk_label_set_text (self->caption, words);
  strata_sql_gutter_set_lines (self->gutter, sql->lines);
  strata_sql_view_set_text (self->text, sql->text);
  gtk_stack_set_visible_child_name (self->stack, "text");
}

static void
on_answered (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(StrataSqlPage) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataSqlText) sql = strata_session_ask_finish (STRATA_SESSION (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->session == NULL)
    return;

  if (sql != NULL)
    show_sql (self, sql);
  else
    {
      gtk_label_set_text (self->caption, "");
      show_status (self, "dialog-warning-symbolic", _("No Way to Run This"), error->message);
    }
}

static void
ask (StrataSqlPage *self)
{
  Question *question;

  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)) || self->snapshot == NULL || self->dialects->len == 0)
    {
      self->stale = TRUE;
      return;
    }

  self->stale = FALSE;
  self->asking = g_cancellable_new ();
  question = g_new0 (Question, 1);
  question->snapshot = strata_snapshot_ref (self->snapshot);
  question->ids = g_strdupv (self->ids);
  question->direction = gtk_toggle_button_get_active (self->downgrade) ? STRATA_DOWNGRADE : STRATA_UPGRADE;
  question->dialect = get_dialect (self);
  question->own = question->dialect == self->own_dialect;
  strata_session_ask_async (self->session, STRATA_ASK_FILES, answer, question, (GDestroyNotify) question_free,
                            (GDestroyNotify) strata_sql_text_free, self->asking, on_answered, g_object_ref (self));
}

static void
add_server (StrataSqlPage *self,
            GtkStringList *names,
            StrataDialect  dialect)
{
  for (guint i = 0; i < self->dialects->len; i++)
    if (g_array_index (self->dialects, StrataDialect, i) == dialect)
      return;

  g_array_append_val (self->dialects, dialect);
  gtk_string_list_append (names, strata_dialect_get_title (dialect));
}

/* The database's own first. */
static void
list_servers (StrataSqlPage *self)
{
  StrataDialect own = strata_snapshot_get_dialect (self->snapshot);
  g_autoptr(GtkStringList) names = NULL;

  if (self->dialects->len > 0 && own == self->own_dialect)
    return;

  self->own_dialect = own;
  g_array_set_size (self->dialects, 0);
  names = gtk_string_list_new (NULL);
  if (own != STRATA_DIALECT_UNKNOWN)
    add_server (self, names, own);
  add_server (self, names, STRATA_DIALECT_POSTGRESQL);
  add_server (self, names, STRATA_DIALECT_SQLITE);
  gtk_drop_down_set_model (self->servers, G_LIST_MODEL (names));
}

static void
on_choice (StrataSqlPage *self)
{
  ask (self);
}

static void
strata_sql_page_map (GtkWidget *widget)
{
  StrataSqlPage *self = STRATA_SQL_PAGE (widget);

  GTK_WIDGET_CLASS (strata_sql_page_parent_class)->map (widget);

  if (self->stale)
    ask (self);
}

static void
strata_sql_page_dispose (GObject *object)
{
  StrataSqlPage *self = STRATA_SQL_PAGE (object);
  GtkWidget *child;

  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  gtk_widget_dispose_template (GTK_WIDGET (self), STRATA_TYPE_SQL_PAGE);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->session);
  g_clear_pointer (&self->snapshot, strata_snapshot_unref);
  g_clear_pointer (&self->ids, g_strfreev);

  G_OBJECT_CLASS (strata_sql_page_parent_class)->dispose (object);
}

static void
strata_sql_page_finalize (GObject *object)
{
  g_array_unref (STRATA_SQL_PAGE (object)->dialects);

  G_OBJECT_CLASS (strata_sql_page_parent_class)->finalize (object);
}

static void
strata_sql_page_class_init (StrataSqlPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = strata_sql_page_dispose;
  object_class->finalize = strata_sql_page_finalize;
  widget_class->map = strata_sql_page_map;

  g_type_ensure (STRATA_TYPE_SQL_VIEW);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/strata/Strata/ui/editor/sql-page.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataSqlPage, caption);
  gtk_widget_class_bind_template_child (widget_class, StrataSqlPage, directions);
  gtk_widget_class_bind_template_child (widget_class, StrataSqlPage, downgrade);
  gtk_widget_class_bind_template_child (widget_class, StrataSqlPage, servers);
  gtk_widget_class_bind_template_child (widget_class, StrataSqlPage, stack);
  gtk_widget_class_bind_template_child (widget_class, StrataSqlPage, status);
  gtk_widget_class_bind_template_child (widget_class, StrataSqlPage, text);
  gtk_widget_class_bind_template_callback (widget_class, on_choice);
}

static void
strata_sql_page_init (StrataSqlPage *self)
{
  self->dialects = g_array_new (FALSE, FALSE, sizeof (StrataDialect));
  self->own_dialect = STRATA_DIALECT_UNKNOWN;
  gtk_widget_init_template (GTK_WIDGET (self));
  strata_accessible_set_name (GTK_WIDGET (self->servers), _("Server"));
  self->gutter = strata_sql_gutter_new ();
  gtk_source_gutter_insert (gtk_source_view_get_gutter (GTK_SOURCE_VIEW (self->text), GTK_TEXT_WINDOW_LEFT),
                            GTK_SOURCE_GUTTER_RENDERER (self->gutter), 0);
}

void
strata_sql_page_show (StrataSqlPage      *self,
                      StrataSession      *session,
                      const char * const *ids,
                      gboolean            unsaved)
{
  StrataSnapshot *snapshot = strata_session_get_snapshot (session);
  gboolean same = self->snapshot == snapshot && self->unsaved == unsaved && self->ids != NULL
                  && g_strv_equal ((const char * const *) self->ids, ids);

  g_return_if_fail (STRATA_IS_SQL_PAGE (self));

  if (same)
    return;

  g_set_object (&self->session, session);
  g_clear_pointer (&self->snapshot, strata_snapshot_unref);
  self->snapshot = strata_snapshot_ref (snapshot);
  g_strfreev (self->ids);
  self->ids = g_strdupv ((char **) ids);
  self->unsaved = unsaved;

  gtk_widget_set_visible (self->directions, ids[1] == NULL);
  list_servers (self);
  ask (self);
}
