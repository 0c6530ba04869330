/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/editor/script-checker.h"

#include "app/editor/finding-item.h"
#include "app/editor/script-report.h"

/* A pause in typing. */
#define PAUSE_MS 150

#define WORDS_KEY "strata-words"

struct _StrataScriptChecker
{
  GObject              parent_instance;

  /* owned */
  StrataTextDocument  *document;
  StrataSnapshot      *snapshot;
  GListStore          *findings;      /* StrataFindingItem */
  StrataWordList      *words;
  StrataScope         *scope;         /* or NULL */
  StrataProjectNames  *names;         /* or NULL */
  GSignalGroup        *document_signals;
  GSignalGroup        *buffer_signals;
  GSignalGroup        *names_signals;
  GCancellable        *looking;       /* NULL: nothing is under way */

  /* values */
  guint                n_more;
  guint                pause_source;
  gboolean             settled;
};

enum
{
  PROP_0,
  PROP_SETTLED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* By StrataSeverity: the names of tags and of the categories of marks, and the colour of the line below. */
static const struct
{
  const char *name;
  const char *color;
} kinds[] = {
  [STRATA_SEVERITY_NOTE] = { "strata-note", "#3584e4" },
  [STRATA_SEVERITY_WARNING] = { "strata-warning", "#e5a50a" },
  [STRATA_SEVERITY_ERROR] = { "strata-error", "#e01b24" },
};

G_DEFINE_FINAL_TYPE (StrataScriptChecker, strata_script_checker, G_TYPE_OBJECT)

static void
set_settled (StrataScriptChecker *self,
             gboolean             settled)
{
  if (self->settled == settled)
    return;

  self->settled = settled;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SETTLED]);
}

static void
make_tags (GtkTextBuffer *buffer)
{
  if (gtk_text_tag_table_lookup (gtk_text_buffer_get_tag_table (buffer), STRATA_MARKER_TAG) != NULL)
    return;

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      GdkRGBA color;

      gdk_rgba_parse (&color, kinds[i].color);
      gtk_text_buffer_create_tag (buffer, kinds[i].name, "underline", PANGO_UNDERLINE_ERROR, "underline-rgba", &color,
                                  NULL);
    }

  gtk_text_buffer_create_tag (buffer, STRATA_MARKER_TAG, "weight", PANGO_WEIGHT_BOLD, "paragraph-background-rgba",
                              &(GdkRGBA) { 0.21, 0.52, 0.89, 0.13 }, NULL);
}

static void
clear_marks (GtkSourceBuffer *buffer)
{
  GtkTextBuffer *text = GTK_TEXT_BUFFER (buffer);
  GtkTextIter start;
  GtkTextIter end;

  gtk_text_buffer_get_bounds (text, &start, &end);
  gtk_text_buffer_remove_tag_by_name (text, STRATA_MARKER_TAG, &start, &end);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      gtk_text_buffer_remove_tag_by_name (text, kinds[i].name, &start, &end);
      gtk_source_buffer_remove_source_marks (buffer, &start, &end, kinds[i].name);
    }
}

static void
mark_finding (GtkSourceBuffer   *buffer,
              StrataFindingItem *item)
{
  StrataFinding *finding = strata_finding_item_get_finding (item);
  const char *kind = kinds[strata_finding_get_severity (finding)].name;
  GtkSourceMark *mark;
  GtkTextIter start;
  GtkTextIter end;

  if (strata_finding_item_get_start (item) == strata_finding_item_get_end (item))
    return;

  gtk_text_buffer_get_iter_at_offset (GTK_TEXT_BUFFER (buffer), &start, strata_finding_item_get_start (item));
  gtk_text_buffer_get_iter_at_offset (GTK_TEXT_BUFFER (buffer), &end, strata_finding_item_get_end (item));
  gtk_text_buffer_apply_tag_by_name (GTK_TEXT_BUFFER (buffer), kind, &start, &end);

  gtk_text_iter_set_line_offset (&start, 0);
  mark = gtk_source_buffer_create_source_mark (buffer, NULL, kind, &start);
  g_object_set_data_full (G_OBJECT (mark), WORDS_KEY, g_strdup (strata_finding_get_message (finding)), g_free);
}

static void
mark_all (GtkSourceBuffer          *buffer,
          const StrataScriptReport *report)
{
  make_tags (GTK_TEXT_BUFFER (buffer));
  clear_marks (buffer);

  for (guint i = 0; i < report->markers->len; i++)
    {
      const StrataTextRange *range = &g_array_index (report->markers, StrataTextRange, i);
      GtkTextIter start;
      GtkTextIter end;

      gtk_text_buffer_get_iter_at_offset (GTK_TEXT_BUFFER (buffer), &start, range->start);
      gtk_text_buffer_get_iter_at_offset (GTK_TEXT_BUFFER (buffer), &end, range->end);
      gtk_text_buffer_apply_tag_by_name (GTK_TEXT_BUFFER (buffer), STRATA_MARKER_TAG, &start, &end);
    }

  for (guint i = 0; i < report->items->len; i++)
    mark_finding (buffer, g_ptr_array_index (report->items, i));
}

/* Rows that stay are left alone: a person may be reading them. */
static void
show_findings (StrataScriptChecker      *self,
               const StrataScriptReport *report)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->findings));
  gboolean same = n == report->items->len && self->n_more == report->n_more;

  for (guint i = 0; same && i < n; i++)
    {
      g_autoptr(StrataFindingItem) item = g_list_model_get_item (G_LIST_MODEL (self->findings), i);

      same = strata_finding_item_equal (item, g_ptr_array_index (report->items, i));
    }
  if (same)
    return;

  self->n_more = report->n_more;
  g_list_store_splice (self->findings, 0, n, report->items->pdata, report->items->len);
}

static void
clear_findings (StrataScriptChecker *self)
{
  self->n_more = 0;
  g_list_store_remove_all (self->findings);
  g_clear_pointer (&self->words, strata_word_list_unref);
  g_clear_pointer (&self->scope, strata_scope_unref);
}

static void
look_in_thread (GTask        *task,
                gpointer      source,
                gpointer      question,
                GCancellable *cancellable)
{
  g_task_return_pointer (task, strata_script_report_new (question), (GDestroyNotify) strata_script_report_free);
}

static void
on_looked (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  StrataScriptChecker *self = STRATA_SCRIPT_CHECKER (source);
  g_autoptr(StrataScriptReport) report = g_task_propagate_pointer (G_TASK (result), NULL);

  /* Cancelled: there is a newer text. */
  if (report == NULL)
    return;

  g_clear_object (&self->looking);
  mark_all (strata_text_document_get_buffer (self->document), report);
  g_clear_pointer (&self->words, strata_word_list_unref);
  self->words = strata_word_list_ref (report->words);
  g_clear_pointer (&self->scope, strata_scope_unref);
  self->scope = g_steal_pointer (&report->scope);
  show_findings (self, report);
  set_settled (self, TRUE);
}

static gboolean
reads_from_text (const StrataFinding *finding)
{
  const char *code = strata_finding_get_code (finding);

  return g_str_has_prefix (code, "sql-") || g_str_has_prefix (code, "python-");
}

/* What the graph says of the file, and where its text is not whole, what the project says of it. */
static GPtrArray *
dup_given (StrataScriptChecker *self)
{
  GPtrArray *all = strata_project_get_findings (self->snapshot->project);
  const char *path = strata_text_document_get_path (self->document);
  gboolean whole = strata_text_document_is_whole (self->document);
  gboolean modified = strata_text_document_get_modified (self->document);
  GPtrArray *given = strata_findings_new ();

  for (guint i = 0; i < all->len; i++)
    {
      StrataFinding *finding = g_ptr_array_index (all, i);
      StrataPlace place = strata_finding_get_place (finding);

      if (g_strcmp0 (place.file, path) != 0 || (whole && reads_from_text (finding)))
        continue;

      /* Its line may be another one by now. */
      g_ptr_array_add (given,
                       !modified ? strata_finding_ref (finding)
                                 : strata_finding_new (strata_finding_get_severity (finding),
                                                       strata_finding_get_code (finding), (StrataPlace) { path, 0, 0 },
                                                       strata_finding_get_hint (finding), "%s",
                                                       strata_finding_get_message (finding)));
    }

  return given;
}

static StrataScriptQuestion *
make_question (StrataScriptChecker *self)
{
  StrataScriptQuestion *question = g_new0 (StrataScriptQuestion, 1);

  question->path = g_strdup (strata_text_document_get_path (self->document));
  question->server = strata_script_checker_get_server (self);
  if (strata_text_document_is_whole (self->document))
    question->text = strata_text_document_dup_text (self->document);

  if (self->snapshot != NULL)
    {
      question->project = strata_project_ref (self->snapshot->project);
      question->given = dup_given (self);
    }
  if (self->names != NULL && strata_project_names_get (self->names) != NULL)
    question->names = strata_known_names_ref (strata_project_names_get (self->names));
  if (self->scope != NULL)
    question->scope = strata_scope_ref (self->scope);

  return question;
}

static gboolean
look (gpointer user_data)
{
  StrataScriptChecker *self = user_data;
  g_autoptr(GTask) task = NULL;

  self->pause_source = 0;
  if (self->document == NULL || strata_text_document_get_state (self->document) != STRATA_TEXT_DOCUMENT_READY)
    return G_SOURCE_REMOVE;

  self->looking = g_cancellable_new ();
  task = g_task_new (self, self->looking, on_looked, NULL);
  g_task_set_source_tag (task, look);
  g_task_set_task_data (task, make_question (self), (GDestroyNotify) strata_script_question_free);
  g_task_run_in_thread (task, look_in_thread);

  return G_SOURCE_REMOVE;
}

static void
look_later (StrataScriptChecker *self,
            guint                delay)
{
  if (self->looking != NULL)
    {
      g_cancellable_cancel (self->looking);
      g_clear_object (&self->looking);
    }
  g_clear_handle_id (&self->pause_source, g_source_remove);
  if (self->document == NULL)
    return;

  set_settled (self, FALSE);
  self->pause_source = g_timeout_add (delay, look, self);
}

static void
on_buffer_changed (StrataScriptChecker *self)
{
  look_later (self, PAUSE_MS);
}

static void
on_state (StrataScriptChecker *self)
{
  look_later (self, 0);
}

/* Whoever looks at a script wants to know of them. */
static void
want_names (StrataScriptChecker *self)
{
  if (self->names != NULL && self->document != NULL && self->snapshot != NULL)
    strata_project_names_want (self->names);
}

static void
on_names (StrataScriptChecker *self)
{
  look_later (self, 0);
}

static void
strata_script_checker_dispose (GObject *object)
{
  StrataScriptChecker *self = STRATA_SCRIPT_CHECKER (object);

  strata_script_checker_set_document (self, NULL);
  strata_script_checker_set_snapshot (self, NULL);
  g_clear_object (&self->document_signals);
  g_clear_object (&self->buffer_signals);
  g_clear_object (&self->names_signals);
  g_clear_object (&self->names);

  G_OBJECT_CLASS (strata_script_checker_parent_class)->dispose (object);
}

static void
strata_script_checker_finalize (GObject *object)
{
  StrataScriptChecker *self = STRATA_SCRIPT_CHECKER (object);

  g_clear_pointer (&self->words, strata_word_list_unref);
  g_clear_pointer (&self->scope, strata_scope_unref);
  g_clear_object (&self->findings);

  G_OBJECT_CLASS (strata_script_checker_parent_class)->finalize (object);
}

static void
strata_script_checker_get_property (GObject    *object,
                                    guint       id,
                                    GValue     *value,
                                    GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_SETTLED:
      g_value_set_boolean (value, STRATA_SCRIPT_CHECKER (object)->settled);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_script_checker_class_init (StrataScriptCheckerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = strata_script_checker_dispose;
  object_class->finalize = strata_script_checker_finalize;
  object_class->get_property = strata_script_checker_get_property;

  properties[PROP_SETTLED] =
    g_param_spec_boolean ("settled", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
strata_script_checker_init (StrataScriptChecker *self)
{
  self->findings = g_list_store_new (STRATA_TYPE_FINDING_ITEM);
  self->document_signals = g_signal_group_new (STRATA_TYPE_TEXT_DOCUMENT);
  g_signal_group_connect_swapped (self->document_signals, "notify::state", G_CALLBACK (on_state), self);
  self->buffer_signals = g_signal_group_new (GTK_SOURCE_TYPE_BUFFER);
  g_signal_group_connect_swapped (self->buffer_signals, "changed", G_CALLBACK (on_buffer_changed), self);
  self->names_signals = g_signal_group_new (STRATA_TYPE_PROJECT_NAMES);
  g_signal_group_connect_swapped (self->names_signals, "notify::names", G_CALLBACK (on_names), self);
}

StrataScriptChecker *
strata_script_checker_new (void)
{
  return g_object_new (STRATA_TYPE_SCRIPT_CHECKER, NULL);
}

void
strata_script_checker_set_document (StrataScriptChecker *self,
                                    StrataTextDocument  *document)
{
  if (!g_set_object (&self->document, document))
    return;

  g_signal_group_set_target (self->document_signals, document);
  g_signal_group_set_target (self->buffer_signals,
                             document != NULL ? strata_text_document_get_buffer (document) : NULL);
  clear_findings (self);
  look_later (self, 0);
  want_names (self);
}

void
strata_script_checker_set_snapshot (StrataScriptChecker *self,
                                    StrataSnapshot      *snapshot)
{
  if (self->snapshot == snapshot)
    return;

  g_clear_pointer (&self->snapshot, strata_snapshot_unref);
  self->snapshot = snapshot != NULL ? strata_snapshot_ref (snapshot) : NULL;
  look_later (self, 0);
  want_names (self);
}

void
strata_script_checker_set_names (StrataScriptChecker *self,
                                 StrataProjectNames  *names)
{
  g_return_if_fail (STRATA_IS_SCRIPT_CHECKER (self));

  if (!g_set_object (&self->names, names))
    return;

  g_signal_group_set_target (self->names_signals, names);
  look_later (self, 0);
  want_names (self);
}

GListModel *
strata_script_checker_get_findings (StrataScriptChecker *self)
{
  return G_LIST_MODEL (self->findings);
}

guint
strata_script_checker_get_n_more (StrataScriptChecker *self)
{
  return self->n_more;
}

gboolean
strata_script_checker_get_settled (StrataScriptChecker *self)
{
  return self->settled;
}

StrataTextDocument *
strata_script_checker_get_document (StrataScriptChecker *self)
{
  return self->document;
}

StrataSnapshot *
strata_script_checker_get_snapshot (StrataScriptChecker *self)
{
  return self->snapshot;
}

StrataSqlServer
strata_script_checker_get_server (StrataScriptChecker *self)
{
  return self->snapshot != NULL ? strata_snapshot_get_server (self->snapshot) : (StrataSqlServer) { STRATA_DIALECT_UNKNOWN, 0 };
}

StrataScope *
strata_script_checker_get_scope (StrataScriptChecker *self)
{
  return self->scope;
}

StrataWordList *
strata_script_checker_get_words (StrataScriptChecker *self)
{
  return self->words;
}

char *
strata_script_checker_dup_line_words (GtkSourceBuffer *buffer,
                                      int              line)
{
  g_autoptr(GSList) marks = gtk_source_buffer_get_source_marks_at_line (buffer, line, NULL);
  g_autoptr(GString) words = g_string_new (NULL);

  for (GSList *l = marks; l != NULL; l = l->next)
    {
      const char *one = g_object_get_data (G_OBJECT (l->data), WORDS_KEY);

      if (one != NULL)
        g_string_append_printf (words, "%s%s", words->len > 0 ? "\n" : "", one);
    }

  return words->len > 0 ? g_string_free (g_steal_pointer (&words), FALSE) : NULL;
}
