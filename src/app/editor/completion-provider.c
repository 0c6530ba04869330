/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/editor/completion-provider.h"

#include <string.h>

#include "app/editor/completion-item.h"
#include "app/editor/completion-search.h"
#include "app/editor/completion-spot.h"

/* A head that goes on for longer is none. */
#define MOST_HEAD_LINES 200
/* A call that goes on for longer gets no arguments offered. */
#define MOST_CALL_LINES 30
/* Of a literal: enough to see what it is. */
#define MOST_LITERAL 200
/* As dim labels are. */
#define NOTE_ALPHA (65535 * 55 / 100)

struct _StrataCompletionProvider
{
  GObject                     parent_instance;

  /* owned */
  StrataScriptChecker        *checker;
  StrataProjectWords         *words;       /* or NULL */
  GSignalGroup               *signals;

  /* weak: what is on the screen */
  GtkSourceCompletionContext *context;
  GListStore                 *shown;
};

/* A cursor, and what is known of where it stands. */
typedef struct
{
  char                  *line;      /* up to the cursor */
  char                  *literal;
  char                  *call;      /* of a function that is not closed, or NULL */
  StrataCompleteContext  context;
  StrataCompleteKind     kind;
  gsize                  prefix;
  GtkTextIter            cursor;
  GtkTextIter            literal_start;
} Place;

static void
place_clear (Place *place)
{
  g_free (place->line);
  g_free (place->literal);
  g_free (place->call);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Place, place_clear)

static char *
dup_line (GtkTextBuffer *buffer,
          guint          number)
{
  GtkTextIter start;
  GtkTextIter end;

  gtk_text_buffer_get_iter_at_line (buffer, &start, number);
  end = start;
  if (!gtk_text_iter_ends_line (&end))
    gtk_text_iter_forward_to_line_end (&end);

  return gtk_text_iter_get_slice (&start, &end);
}

static gboolean
ends_head (StrataScriptLanguage  language,
           const char           *line)
{
  if (language == STRATA_SCRIPT_SQL)
    return g_str_has_prefix (line, "-- strata:");

  return g_str_has_prefix (line, "import ") || g_str_has_prefix (line, "from ") || g_str_has_prefix (line, "revision");
}

static void
look_at_head (Place         *place,
              GtkTextBuffer *buffer,
              guint          n_lines)
{
  gboolean in_keys = FALSE;

  for (guint i = 0; i < n_lines; i++)
    {
      g_autofree char *line = dup_line (buffer, i);

      if (i == MOST_HEAD_LINES || ends_head (place->context.language, line))
        return;

      in_keys |= g_str_equal (g_strchomp (line), "--") || g_str_has_prefix (line, "-- Revision:");
    }

  place->context.in_head = TRUE;
  place->context.in_keys = in_keys;
}

/* The highlighting knows it. */
static void
look_at_literal (Place             *place,
                 GtkSourceBuffer   *buffer,
                 const GtkTextIter *cursor)
{
  GtkTextIter before = *cursor;
  GtkTextIter start;
  GtkTextIter end;

  if (!gtk_text_iter_backward_char (&before))
    return;

  start = *cursor;
  gtk_text_iter_set_line_offset (&start, 0);
  gtk_source_buffer_ensure_highlight (buffer, &start, cursor);
  place->context.in_comment = gtk_source_buffer_iter_has_context_class (buffer, &before, "comment");
  if (!gtk_source_buffer_iter_has_context_class (buffer, &before, "string"))
    return;

  start = *cursor;
  gtk_source_buffer_iter_backward_to_context_class_toggle (buffer, &start, "string");
  end = start;
  gtk_text_iter_forward_chars (&end, MOST_LITERAL);
  if (gtk_text_iter_compare (&end, cursor) > 0)
    end = *cursor;
  place->literal = gtk_text_iter_get_slice (&start, &end);
  place->literal_start = start;

  /* Behind it, not in it. */
  if (strlen (place->literal) > 1 && gtk_text_iter_equal (&end, cursor)
      && place->literal[strlen (place->literal) - 1] == place->literal[strcspn (place->literal, "'\"`")])
    g_clear_pointer (&place->literal, g_free);
  place->context.literal = place->literal;
}

static void
find_place (Place             *place,
            GtkSourceBuffer   *buffer,
            gboolean           is_sql,
            const GtkTextIter *cursor)
{
  GtkTextIter start = *cursor;

  place->cursor = *cursor;
  gtk_text_iter_set_line_offset (&start, 0);
  place->line = gtk_text_iter_get_slice (&start, cursor);
  place->context.language = is_sql ? STRATA_SCRIPT_SQL : STRATA_SCRIPT_PYTHON;
  look_at_head (place, GTK_TEXT_BUFFER (buffer), gtk_text_iter_get_line (cursor));
  look_at_literal (place, buffer, cursor);
  place->kind = strata_complete_find_place (place->line, &place->context, &place->prefix);
  if (place->kind == STRATA_COMPLETE_PYTHON)
    {
      g_autofree char *before = NULL;

      gtk_text_iter_backward_lines (&start, MOST_CALL_LINES);
      before = gtk_text_iter_get_slice (&start, cursor);
      place->call = strata_complete_dup_call (before);
    }
}

/* The first server that the section above is for. */
static StrataDialect
find_section_dialect (GtkTextBuffer     *buffer,
                      const GtkTextIter *cursor)
{
  GtkTextTag *tag = gtk_text_tag_table_lookup (gtk_text_buffer_get_tag_table (buffer), STRATA_MARKER_TAG);
  GtkTextIter iter = *cursor;
  g_autofree char *line = NULL;
  const char *names;

  if (tag == NULL || !gtk_text_iter_backward_to_tag_toggle (&iter, tag))
    return STRATA_DIALECT_UNKNOWN;

  line = dup_line (buffer, gtk_text_iter_get_line (&iter));
  names = strstr (line, " dialect=");
  if (names == NULL)
    return STRATA_DIALECT_UNKNOWN;

  names += strlen (" dialect=");
  line[names - line + strcspn (names, ", \t")] = '\0';

  return strata_dialect_from_name (names);
}

static StrataDialect
get_dialect (StrataCompletionProvider *self,
             const Place              *place)
{
  StrataTextDocument *document = strata_script_checker_get_document (self->checker);
  StrataDialect dialect = find_section_dialect (GTK_TEXT_BUFFER (strata_text_document_get_buffer (document)),
                                                &place->cursor);

  return dialect != STRATA_DIALECT_UNKNOWN ? dialect : strata_script_checker_get_server (self->checker).dialect;
}

static StrataCompletionCursor
get_cursor (StrataCompletionProvider *self,
            const Place              *place)
{
  StrataTextDocument *document = strata_script_checker_get_document (self->checker);

  return (StrataCompletionCursor) {
    .buffer = GTK_TEXT_BUFFER (strata_text_document_get_buffer (document)),
    .cursor = &place->cursor,
    .literal = place->literal != NULL ? &place->literal_start : NULL,
    .kind = place->kind,
    .prefix = place->line + place->prefix,
    .is_sql = strata_text_document_is_sql (document),
    .dialect = get_dialect (self, place),
  };
}

/* What there is of tables and columns that fit. */
static void
find_names (StrataCompletionProvider *self,
            const Place              *place,
            StrataNameSpot           *spot,
            StrataCatalogue         **catalogue)
{
  StrataScope *scope = strata_script_checker_get_scope (self->checker);
  StrataCompletionCursor cursor;

  if (scope == NULL)
    return;

  cursor = get_cursor (self, place);
  strata_completion_spot_find (spot, &cursor);
  if (spot->wants_table || spot->tables != NULL)
    *catalogue = strata_scope_get (scope, gtk_text_iter_get_line (&place->cursor) + 1);
}

static void
fill (StrataCompletionProvider   *self,
      GtkSourceCompletionContext *context,
      GListStore                 *store)
{
  StrataTextDocument *document = strata_script_checker_get_document (self->checker);
  GtkSourceBuffer *buffer = gtk_source_completion_context_get_buffer (context);
  g_autoptr(GPtrArray) items = NULL;
  g_auto(Place) place = { NULL, };
  g_auto(StrataNameSpot) spot = { FALSE, };
  g_autoptr(StrataCatalogue) catalogue = NULL;
  StrataCompletionQuestion question = { 0, };
  GtkTextIter cursor;

  if (document == NULL || strata_text_document_get_buffer (document) != buffer
      || gtk_source_buffer_get_language (buffer) == NULL)
    return;

  gtk_text_buffer_get_iter_at_mark (GTK_TEXT_BUFFER (buffer), &cursor,
                                    gtk_text_buffer_get_insert (GTK_TEXT_BUFFER (buffer)));
  find_place (&place, buffer, strata_text_document_is_sql (document), &cursor);
  question.kind = place.kind;
  question.prefix = place.line + place.prefix;
  question.asked = gtk_source_completion_context_get_activation (context)
                   == GTK_SOURCE_COMPLETION_ACTIVATION_USER_REQUESTED;
  question.dialect = get_dialect (self, &place);
  question.snapshot = strata_script_checker_get_snapshot (self->checker);
  question.path = strata_text_document_get_path (document);
  question.own = strata_script_checker_get_words (self->checker);
  question.call = place.call;
  if (place.kind == STRATA_COMPLETE_MODULE)
    strata_complete_find_module (place.line, question.prefix, &question.module);
  question.project = self->words != NULL ? strata_project_words_get_list (self->words) : NULL;
  find_names (self, &place, &spot, &catalogue);
  question.spot = &spot;
  question.catalogue = catalogue;

  items = strata_completion_search (&question);
  g_list_store_splice (store, 0, g_list_model_get_n_items (G_LIST_MODEL (store)), items->pdata, items->len);
}

static GListModel *
populate (GtkSourceCompletionProvider  *provider,
          GtkSourceCompletionContext   *context,
          GError                      **error)
{
  StrataCompletionProvider *self = STRATA_COMPLETION_PROVIDER (provider);
  GListStore *store = g_list_store_new (STRATA_TYPE_COMPLETION_ITEM);

  if (self->words != NULL)
    strata_project_words_want (self->words);
  fill (self, context, store);
  g_set_weak_pointer (&self->context, context);
  g_set_weak_pointer (&self->shown, store);

  return G_LIST_MODEL (store);
}

static void
refilter (GtkSourceCompletionProvider *provider,
          GtkSourceCompletionContext  *context,
          GListModel                  *model)
{
  fill (STRATA_COMPLETION_PROVIDER (provider), context, G_LIST_STORE (model));
}

/* Nothing but a table or a column fits, and there are such. */
static gboolean
is_place_of_name (StrataCompletionProvider *self,
                  const Place              *place)
{
  g_auto(StrataNameSpot) spot = { FALSE, };
  g_autoptr(StrataCatalogue) catalogue = NULL;

  find_names (self, place, &spot, &catalogue);

  return spot.is_sure && catalogue != NULL;
}

static gboolean
is_trigger (GtkSourceCompletionProvider *provider,
            const GtkTextIter           *iter,
            gunichar                     c)
{
  StrataTextDocument *document = strata_script_checker_get_document (STRATA_COMPLETION_PROVIDER (provider)->checker);
  g_auto(Place) place = { NULL, };

  if (document == NULL || c == '\n')
    return FALSE;

  find_place (&place, strata_text_document_get_buffer (document), strata_text_document_is_sql (document), iter);
  switch (place.kind)
    {
    case STRATA_COMPLETE_MARKERS:
    case STRATA_COMPLETE_OPTIONS:
    case STRATA_COMPLETE_TRANSACTION:
    case STRATA_COMPLETE_DIALECTS:
    case STRATA_COMPLETE_MODULE:
      return TRUE;
    case STRATA_COMPLETE_KEYS:
    case STRATA_COMPLETE_REVISIONS:
    case STRATA_COMPLETE_LABELS:
      return place.line[place.prefix] != '\0';
    case STRATA_COMPLETE_SQL:
    case STRATA_COMPLETE_NAMES:
      return place.line[place.prefix] == '\0' && is_place_of_name (STRATA_COMPLETION_PROVIDER (provider), &place);
    case STRATA_COMPLETE_NOTHING:
    case STRATA_COMPLETE_PYTHON:
    default:
      return FALSE;
    }
}

static void
display (GtkSourceCompletionProvider *provider,
         GtkSourceCompletionContext  *context,
         GtkSourceCompletionProposal *proposal,
         GtkSourceCompletionCell     *cell)
{
  StrataCompletionItem *item = STRATA_COMPLETION_ITEM (proposal);
  g_autofree char *word = NULL;
  g_autofree char *key = NULL;
  g_autoptr(PangoAttrList) matched = NULL;
  g_autoptr(PangoAttrList) dim = NULL;

  switch (gtk_source_completion_cell_get_column (cell))
    {
    case GTK_SOURCE_COMPLETION_COLUMN_TYPED_TEXT:
      word = gtk_source_completion_context_get_word (context);
      key = g_utf8_casefold (word, -1);
      if (*key != '\0')
        matched = gtk_source_completion_fuzzy_highlight (strata_completion_item_get_text (item), key);
      gtk_source_completion_cell_set_text_with_attributes (cell, strata_completion_item_get_text (item), matched);
      break;
    case GTK_SOURCE_COMPLETION_COLUMN_AFTER:
      dim = pango_attr_list_new ();
      pango_attr_list_insert (dim, pango_attr_foreground_alpha_new (NOTE_ALPHA));
      gtk_source_completion_cell_set_text_with_attributes (cell, strata_completion_item_get_note (item), dim);
      break;
    case GTK_SOURCE_COMPLETION_COLUMN_ICON:
    case GTK_SOURCE_COMPLETION_COLUMN_BEFORE:
    case GTK_SOURCE_COMPLETION_COLUMN_COMMENT:
    case GTK_SOURCE_COMPLETION_COLUMN_DETAILS:
    default:
      gtk_source_completion_cell_set_text (cell, NULL);
      break;
    }
}

static void
activate (GtkSourceCompletionProvider *provider,
          GtkSourceCompletionContext  *context,
          GtkSourceCompletionProposal *proposal)
{
  StrataTextDocument *document = strata_script_checker_get_document (STRATA_COMPLETION_PROVIDER (provider)->checker);
  GtkSourceBuffer *buffer = gtk_source_completion_context_get_buffer (context);
  GtkTextBuffer *text = GTK_TEXT_BUFFER (buffer);
  g_auto(Place) place = { NULL, };
  GtkTextIter start;
  GtkTextIter cursor;

  if (document == NULL || strata_text_document_get_buffer (document) != buffer)
    return;

  gtk_text_buffer_get_iter_at_mark (text, &cursor, gtk_text_buffer_get_insert (text));
  find_place (&place, buffer, strata_text_document_is_sql (document), &cursor);
  start = cursor;
  gtk_text_iter_backward_chars (&start, g_utf8_strlen (place.line + place.prefix, -1));

  gtk_text_buffer_begin_user_action (text);
  gtk_text_buffer_delete (text, &start, &cursor);
  gtk_text_buffer_insert (text, &start, strata_completion_item_get_text (STRATA_COMPLETION_ITEM (proposal)), -1);
  gtk_text_buffer_end_user_action (text);
}

static void
on_words (StrataCompletionProvider *self)
{
  if (self->context != NULL && self->shown != NULL)
    fill (self, self->context, self->shown);
}

static void
provider_init (GtkSourceCompletionProviderInterface *iface)
{
  iface->activate = activate;
  iface->display = display;
  iface->is_trigger = is_trigger;
  iface->populate = populate;
  iface->refilter = refilter;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (StrataCompletionProvider, strata_completion_provider, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GTK_SOURCE_TYPE_COMPLETION_PROVIDER, provider_init))

static void
strata_completion_provider_dispose (GObject *object)
{
  StrataCompletionProvider *self = STRATA_COMPLETION_PROVIDER (object);

  g_clear_weak_pointer (&self->context);
  g_clear_weak_pointer (&self->shown);
  g_clear_object (&self->signals);
  g_clear_object (&self->words);
  g_clear_object (&self->checker);

  G_OBJECT_CLASS (strata_completion_provider_parent_class)->dispose (object);
}

static void
strata_completion_provider_class_init (StrataCompletionProviderClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = strata_completion_provider_dispose;
}

static void
strata_completion_provider_init (StrataCompletionProvider *self)
{
  self->signals = g_signal_group_new (STRATA_TYPE_PROJECT_WORDS);
  g_signal_group_connect_swapped (self->signals, "notify::list", G_CALLBACK (on_words), self);
}

StrataCompletionProvider *
strata_completion_provider_new (StrataScriptChecker *checker)
{
  StrataCompletionProvider *self = g_object_new (STRATA_TYPE_COMPLETION_PROVIDER, NULL);

  self->checker = g_object_ref (checker);

  return self;
}

void
strata_completion_provider_set_words (StrataCompletionProvider *self,
                                      StrataProjectWords       *words)
{
  g_return_if_fail (STRATA_IS_COMPLETION_PROVIDER (self));

  if (g_set_object (&self->words, words))
    g_signal_group_set_target (self->signals, words);
}
