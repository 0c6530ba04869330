/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is offered where: places by their lines, and what they take. */

#include "config.h"

#include <string.h>

#include "app/editor/completion-item.h"
#include "app/editor/completion-search.h"
#include "app/editor/word-index.h"
#include "app/support.h"
#include "core/base/files.h"

static StrataWordList *
make_list (StrataScriptLanguage  language,
           const char           *text)
{
  g_autoptr(GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  strata_script_words_collect (counts, language, text, strlen (text), G_MAXUINT);

  return strata_word_list_new (counts);
}

static char *
join_list (StrataWordList *list)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < strata_word_list_get_n (list); i++)
    g_string_append_printf (text, "%s%s:%u", i > 0 ? " " : "", strata_word_list_get_text (list, i),
                            strata_word_list_get_weight (list, i));

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
assert_words (StrataScriptLanguage  language,
              const char           *text,
              const char           *expected)
{
  g_autoptr(StrataWordList) list = make_list (language, text);
  g_autofree char *joined = join_list (list);

  g_assert_cmpstr (joined, ==, expected);
}

static void
test_collect (void)
{
  assert_words (STRATA_SCRIPT_SQL, "SELECT größe, id FROM \"kunden_2\" WHERE x1y = 12345 -- here\n", "FROM:1 größe:1 kunden_2:1 SELECT:1 WHERE:1 x1y:1");
  assert_words (STRATA_SCRIPT_SQL, "/* none\nof it */ eins 'no literal' zwei -- no\ndrei /* open", "drei:1 eins:1 zwei:1");
  assert_words (STRATA_SCRIPT_SQL, "'open", "");
  assert_words (STRATA_SCRIPT_SQL, "Name name NAME name", "NAME:1 Name:1 name:2");
  assert_words (STRATA_SCRIPT_PYTHON, "\"\"\"words that say\"\"\"\nimport sys  # not\nexecute(\"\"\"\nTABLE lamps\"\"\", 'bulbs')", "bulbs:1 execute:1 import:1 lamps:1 sys:1 TABLE:1");
}

static void
test_bound (void)
{
  g_autoptr(GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  static const char text[] = "one two three two four";

  strata_script_words_collect (counts, STRATA_SCRIPT_SQL, text, strlen (text), 3);
  g_assert_cmpuint (g_hash_table_size (counts), ==, 3);
  g_assert_cmpuint (GPOINTER_TO_UINT (g_hash_table_lookup (counts, "two")), ==, 2);
}

static void
test_find (void)
{
  g_autoptr(StrataWordList) list = make_list (STRATA_SCRIPT_SQL, "order orders Ordinal zoo äpfel Äste");
  guint first;

  g_assert_cmpuint (strata_word_list_find (list, "ord", &first), ==, 3);
  g_assert_cmpstr (strata_word_list_get_text (list, first), ==, "order");
  g_assert_cmpuint (strata_word_list_find (list, "orders", &first), ==, 1);
  g_assert_cmpuint (strata_word_list_find (list, "x", &first), ==, 0);
  g_assert_cmpuint (strata_word_list_find (list, "ä", &first), ==, 2);
  g_assert_cmpuint (strata_word_list_find (list, "", &first), ==, 6);
  g_assert_true (strata_word_list_has (list, "order"));
  g_assert_true (strata_word_list_has (list, "ordinal"));
  g_assert_false (strata_word_list_has (list, "ord"));
}

typedef struct
{
  const char            *line;
  StrataCompleteKind     kind;
  const char            *prefix;
  StrataCompleteContext  context;
} PlaceCase;

#define SQL { STRATA_SCRIPT_SQL, FALSE, FALSE, FALSE, NULL }
#define MESSAGE { STRATA_SCRIPT_SQL, TRUE, FALSE, TRUE, NULL }
#define KEYS { STRATA_SCRIPT_SQL, TRUE, TRUE, TRUE, NULL }
#define PYTHON { STRATA_SCRIPT_PYTHON, FALSE, FALSE, FALSE, NULL }
#define LITERAL(text) { STRATA_SCRIPT_PYTHON, FALSE, FALSE, FALSE, text }

static const PlaceCase places[] = {
  { "SELECT na", STRATA_COMPLETE_SQL, "na", SQL },
  { "", STRATA_COMPLETE_SQL, "", SQL },
  { "  größ", STRATA_COMPLETE_SQL, "größ", SQL },
  { "c.na", STRATA_COMPLETE_NAMES, "na", SQL },
  { "FROM \"na", STRATA_COMPLETE_NAMES, "na", SQL },
  { "x::in", STRATA_COMPLETE_SQL, "in", SQL },
  { ":na", STRATA_COMPLETE_NOTHING, "na", SQL },
  { "12", STRATA_COMPLETE_NOTHING, "12", SQL },
  { "x = 'na", STRATA_COMPLETE_NOTHING, "na", { STRATA_SCRIPT_SQL, FALSE, FALSE, FALSE, "'na" } },
  { "-- a na", STRATA_COMPLETE_NOTHING, "a na", SQL },
  { "-- str", STRATA_COMPLETE_MARKERS, "str", SQL },
  { "-- strata:", STRATA_COMPLETE_MARKERS, "strata:", SQL },
  { "-- strata:up", STRATA_COMPLETE_MARKERS, "strata:up", KEYS },
  { "-- strata:upgrade ", STRATA_COMPLETE_OPTIONS, "", SQL },
  { "-- strata:upgrade dialect=sqlite tr", STRATA_COMPLETE_OPTIONS, "tr", SQL },
  { "-- strata:upgrade transaction=o", STRATA_COMPLETE_TRANSACTION, "o", SQL },
  { "-- strata:upgrade dialect=", STRATA_COMPLETE_DIALECTS, "", SQL },
  { "-- strata:upgrade dialect=sqlite,po", STRATA_COMPLETE_DIALECTS, "po", SQL },
  { "-- Rev", STRATA_COMPLETE_NOTHING, "Rev", MESSAGE },
  { "-- Rev", STRATA_COMPLETE_KEYS, "Rev", KEYS },
  { "-- Branch la", STRATA_COMPLETE_KEYS, "Branch la", KEYS },
  { "-- Revises: ab, c-d", STRATA_COMPLETE_REVISIONS, "c-d", KEYS },
  { "-- Depends on:", STRATA_COMPLETE_REVISIONS, "", KEYS },
  { "-- Branch labels: pay", STRATA_COMPLETE_LABELS, "pay", KEYS },
  { "-- Revision: ab", STRATA_COMPLETE_NOTHING, "ab", KEYS },
  { "wor", STRATA_COMPLETE_NOTHING, "wor", { STRATA_SCRIPT_SQL, TRUE, FALSE, FALSE, NULL } },
  { "    retu", STRATA_COMPLETE_PYTHON, "retu", PYTHON },
  { "    op.", STRATA_COMPLETE_MODULE, "", PYTHON },
  { "    op.create_", STRATA_COMPLETE_MODULE, "create_", PYTHON },
  { "        batch_op.", STRATA_COMPLETE_MODULE, "", PYTHON },
  { "op.add_column('t', sa.Column('c', sa.Str", STRATA_COMPLETE_MODULE, "Str", PYTHON },
  { "    kind = sqlalchemy.dialects.postgresql.EN", STRATA_COMPLETE_MODULE, "EN", PYTHON },
  { "    visa.na", STRATA_COMPLETE_NAMES, "na", PYTHON },
  { "    loop.na", STRATA_COMPLETE_NAMES, "na", PYTHON },
  { "# na", STRATA_COMPLETE_NOTHING, "na", { STRATA_SCRIPT_PYTHON, FALSE, FALSE, TRUE, NULL } },
  { "    op.drop_table(\"cus", STRATA_COMPLETE_NAMES, "cus", LITERAL ("\"cus") },
  { "    op.execute(\"SELECT cus", STRATA_COMPLETE_SQL, "cus", LITERAL ("\"SELECT cus") },
  { "      FROM cus", STRATA_COMPLETE_SQL, "cus", LITERAL ("\"\"\"\n  update x") },
  { "down_revision = '3a", STRATA_COMPLETE_REVISIONS, "3a", LITERAL ("'3a") },
  { "down_revision: str = ('3a', '", STRATA_COMPLETE_REVISIONS, "", LITERAL ("'") },
  { "depends_on = 'x", STRATA_COMPLETE_REVISIONS, "x", LITERAL ("'x") },
  { "branch_labels = ('pay", STRATA_COMPLETE_LABELS, "pay", LITERAL ("'pay") },
  { "revision = '3a", STRATA_COMPLETE_NOTHING, "3a", LITERAL ("'3a") },
  { "say what", STRATA_COMPLETE_NOTHING, "what", { STRATA_SCRIPT_PYTHON, TRUE, FALSE, FALSE, "\"\"\"say" } },
  { "Revises: 3a", STRATA_COMPLETE_REVISIONS, "3a", { STRATA_SCRIPT_PYTHON, TRUE, FALSE, FALSE, "\"\"\"say" } },
};

static void
test_places (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      gsize prefix;
      StrataCompleteKind kind = strata_complete_find_place (places[i].line, &places[i].context, &prefix);

      g_test_message ("%s", places[i].line);
      g_assert_cmpint (kind, ==, places[i].kind);
      g_assert_cmpstr (places[i].line + prefix, ==, places[i].prefix);
    }
}

static char *
search (const StrataCompletionQuestion *question,
        guint                           most)
{
  g_autoptr(GPtrArray) items = strata_completion_search (question);
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < MIN (items->len, most); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "|" : "",
                            strata_completion_item_get_text (g_ptr_array_index (items, i)));

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
assert_search (const StrataCompletionQuestion *question,
               guint                           most,
               const char                     *expected)
{
  g_autofree char *found = search (question, most);

  g_assert_cmpstr (found, ==, expected);
}

/* As it was typed, keywords go on; names are as they are. */
static void
test_case (void)
{
  g_autoptr(StrataWordList) own = make_list (STRATA_SCRIPT_SQL, "create table Selections; create index");
  StrataCompletionQuestion question = { STRATA_COMPLETE_SQL, "sele", FALSE, STRATA_DIALECT_SQLITE, NULL, NULL, own, NULL };

  assert_search (&question, 9, "select|Selections");
  question.prefix = "SELE";
  assert_search (&question, 9, "SELECT|Selections");
  question.prefix = "";
  question.asked = TRUE;
  assert_search (&question, 2, "add|alter");
  question.own = NULL;
  assert_search (&question, 2, "ADD|ALTER");
}

static void
test_order (void)
{
  g_autoptr(StrataWordList) own = make_list (STRATA_SCRIPT_SQL, "inventory inside");
  g_autoptr(StrataWordList) project = make_list (STRATA_SCRIPT_SQL, "invoices invoices inbox inside");
  StrataCompletionQuestion question = { STRATA_COMPLETE_SQL, "in", TRUE, STRATA_DIALECT_UNKNOWN, NULL, NULL, own, project };

  assert_search (&question, 20, "index|insert|integer|into|inside|inventory|invoices|inbox|in|inner|int|intersect");
  question.kind = STRATA_COMPLETE_NAMES;
  assert_search (&question, 20, "inside|inventory|invoices|inbox");
}

/* What is whole is not in the way of the next key. */
static void
test_whole (void)
{
  g_autoptr(StrataWordList) own = make_list (STRATA_SCRIPT_SQL, "customer customer customers cus");
  StrataCompletionQuestion question = { STRATA_COMPLETE_SQL, "customer", FALSE, STRATA_DIALECT_SQLITE, NULL, NULL, own, NULL };

  assert_search (&question, 9, "");
  question.asked = TRUE;
  assert_search (&question, 9, "customer|customers");
  question.asked = FALSE;
  question.prefix = "cus";
  assert_search (&question, 9, "customer|customers");
  question.prefix = "c";
  assert_search (&question, 9, "");
  question.prefix = "int";
  question.dialect = STRATA_DIALECT_POSTGRESQL;
  assert_search (&question, 9, "");
}

static void
test_dialects (void)
{
  StrataCompletionQuestion question = { STRATA_COMPLETE_SQL, "AUTOIN", FALSE, STRATA_DIALECT_SQLITE, NULL, NULL, NULL, NULL };

  assert_search (&question, 9, "AUTOINCREMENT");
  question.dialect = STRATA_DIALECT_POSTGRESQL;
  assert_search (&question, 9, "");
  question.prefix = "CONCUR";
  assert_search (&question, 9, "CONCURRENTLY");
  question.dialect = STRATA_DIALECT_UNKNOWN;
  assert_search (&question, 9, "");
  question.kind = STRATA_COMPLETE_PYTHON;
  question.prefix = "ret";
  assert_search (&question, 9, "return");
  question.kind = STRATA_COMPLETE_MODULE;
  question.prefix = "create_t";
  assert_search (&question, 9, "create_table|create_table_comment");
  question.module = STRATA_SCRIPT_SQLALCHEMY;
  question.prefix = "date";
  assert_search (&question, 9, "DATE|Date|DATETIME|DateTime");
  question.prefix = "DateTime";
  assert_search (&question, 9, "");
  question.module = STRATA_SCRIPT_POSTGRESQL;
  question.prefix = "js";
  assert_search (&question, 9, "JSON|JSONB");

  question.kind = STRATA_COMPLETE_PYTHON;
  question.prefix = "if_";
  question.call = "op.drop_table";
  assert_search (&question, 9, "if_exists=");
  question.call = "sa.Column";
  question.prefix = "serv";
  assert_search (&question, 9, "server_default=|server_onupdate=");
  question.prefix = "if_";
  question.call = "op.no_directive";
  assert_search (&question, 9, "");
}

static void
test_call (void)
{
  static const struct { const char *before, *call; } cases[] = {
    { "op.drop_table(\"x\", ", "op.drop_table" },
    { "    op.create_table(\n        \"x (\",  # (\n        sa.Column(\"id\", sa.Integer()),\n        ", "op.create_table" },
    { "batch_op.drop_column(", "batch_op.drop_column" },
    { "op.create_table(\"x\", sa.Column(", "sa.Column" },
    { "op.create_table(\"x\", numpy.array(", NULL },
    { "with op.batch_alter_table(\"x\") as batch_op:\n    batch_op.alter_column(\"c\", type_=postgresql.ENUM(", "postgresql.ENUM" },
    { "op.drop_table(\"x\")\n", NULL },
    { "print(", NULL },
    { "", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *call = strata_complete_dup_call (cases[i].before);

      g_assert_cmpstr (call, ==, cases[i].call);
    }
}

static void
test_fixed (void)
{
  StrataCompletionQuestion question = { STRATA_COMPLETE_MARKERS, "strata:", FALSE, STRATA_DIALECT_SQLITE, NULL, NULL, NULL, NULL };

  assert_search (&question, 9, "strata:upgrade|strata:downgrade");
  question.kind = STRATA_COMPLETE_OPTIONS;
  question.prefix = "";
  assert_search (&question, 9, "transaction=off|dialect=");
  question.kind = STRATA_COMPLETE_DIALECTS;
  question.prefix = "m";
  assert_search (&question, 9, "mysql|mariadb|mssql");
  question.kind = STRATA_COMPLETE_KEYS;
  question.prefix = "Rev";
  assert_search (&question, 9, "Revision: |Revises: ");
  question.kind = STRATA_COMPLETE_NOTHING;
  assert_search (&question, 9, "");
}

static void
test_revisions (SupportSample *sample,
                gconstpointer  data)
{
  StrataSession *session = support_sample_open (sample);
  StrataCompletionQuestion question = { STRATA_COMPLETE_REVISIONS, "8c4", FALSE, STRATA_DIALECT_SQLITE,
                                        strata_session_get_snapshot (session), NULL, NULL, NULL };
  g_autofree char *path = g_build_filename (sample->folder, "versions", "8c4e1f60a2d7_create_customers.sql", NULL);

  assert_search (&question, 9, "8c4e1f60a2d7");
  question.prefix = "vouch";
  assert_search (&question, 9, "9b40ef6d7c81|58d3c1a7e92f");
  question.prefix = "pay";
  question.asked = TRUE;
  assert_search (&question, 9, "94e0c7a3fb26|6e3ba97f4052|a4f07c6e12d9|payments");
  question.prefix = "8c4e1f60a2d7";
  question.asked = FALSE;
  assert_search (&question, 9, "");
  question.prefix = "8c4";
  question.path = path;
  assert_search (&question, 9, "");
  question.kind = STRATA_COMPLETE_LABELS;
  question.prefix = "cat";
  assert_search (&question, 9, "catalogue");

  strata_session_close (session);
  pump_until_finalized (session);
}

/* Only what changed is read again; what is gone is forgotten. */
static void
test_index (SupportSample *sample,
            gconstpointer  data)
{
  g_autofree char *first = g_build_filename (sample->folder, "a.sql", NULL);
  g_autofree char *second = g_build_filename (sample->folder, "b.sql", NULL);
  g_autoptr(StrataWordIndex) index = strata_word_index_new ();

  support_sample_write (sample, "a.sql", "lamps lamps bulbs");
  support_sample_write (sample, "b.sql", "lamps");
  for (guint round = 0; round < 2; round++)
    {
      g_autoptr(StrataWordList) list = NULL;
      g_autofree char *joined = NULL;

      strata_word_index_begin (index);
      strata_word_index_look (index, first);
      strata_word_index_look (index, second);
      list = strata_word_index_end (index);
      joined = join_list (list);
      g_assert_cmpstr (joined, ==, "bulbs:1 lamps:2");
      g_assert_cmpuint (strata_word_index_get_n_read (index), ==, 2);
    }

  support_sample_write (sample, "b.sql", "sockets of brass");
  for (guint round = 0; round < 2; round++)
    {
      g_autoptr(StrataWordList) list = NULL;
      g_autofree char *joined = NULL;

      strata_word_index_begin (index);
      if (round == 0)
        strata_word_index_look (index, first);
      strata_word_index_look (index, second);
      list = strata_word_index_end (index);
      joined = join_list (list);
      g_assert_cmpstr (joined, ==, round == 0 ? "brass:1 bulbs:1 lamps:1 sockets:1" : "brass:1 sockets:1");
      g_assert_cmpuint (strata_word_index_get_n_read (index), ==, 3);
    }
}

int
main (int    argc,
      char **argv)
{
  support_init (&argc, &argv);

  g_test_add_func ("/editor/completion/collect", test_collect);
  g_test_add_func ("/editor/completion/bound", test_bound);
  g_test_add_func ("/editor/completion/find", test_find);
  g_test_add_func ("/editor/completion/places", test_places);
  g_test_add_func ("/editor/completion/case", test_case);
  g_test_add_func ("/editor/completion/order", test_order);
  g_test_add_func ("/editor/completion/whole", test_whole);
  g_test_add_func ("/editor/completion/dialects", test_dialects);
  g_test_add_func ("/editor/completion/call", test_call);
  g_test_add_func ("/editor/completion/fixed", test_fixed);
  support_sample_add ("/editor/completion/revisions", NULL, test_revisions);
  support_sample_add ("/editor/completion/index", NULL, test_index);

  return g_test_run ();
}
