/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "core/base/error.h"
#include "core/revision/sql-file.h"

#define EXAMPLE \
  "-- Add user preferences\n" \
  "--\n" \
  "-- Revision: 3f1a2b4c5d6e\n" \
  "-- Revises: 2e0140e533a8\n" \
  "-- Created: 2026-11-20 10:00:00+00:00\n" \
  "\n" \
  "-- strata:upgrade\n" \
  "CREATE TABLE user_preferences (...);\n" \
  "\n" \
  "-- strata:downgrade\n" \
  "DROP TABLE user_preferences;\n"

/* A file that is all right but for what stands between. */
#define HEADER   "-- Revision: a1\n-- Revises: a0\n"
#define SECTIONS "-- strata:upgrade\nU;\n-- strata:downgrade\nD;\n"

static StrataSqlScript *
parse (const char *text,
       GPtrArray  *findings)
{
  return strata_sql_script_parse ("/p/a1_x.sql", text, strlen (text), findings);
}

static StrataSqlScript *
parse_well (const char *text)
{
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  StrataSqlScript *script = parse (text, findings);

  for (guint i = 0; i < findings->len; i++)
    {
      g_autofree char *finding = strata_finding_to_string (g_ptr_array_index (findings, i));

      g_test_message ("%s", finding);
    }
  g_assert_cmpuint (findings->len, ==, 0);

  return script;
}

/* "code:line:column" of each finding, with blanks between, in the order of the file. */
static char *
describe_findings (GPtrArray *findings)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < findings->len; i++)
    {
      StrataFinding *finding = g_ptr_array_index (findings, i);
      StrataPlace place = strata_finding_get_place (finding);

      g_string_append_printf (text, "%s%s:%u:%u", i > 0 ? " " : "",
                              strata_finding_get_code (finding), place.line, place.column);
    }

  return g_string_free (text, FALSE);
}

static char *
section_text (StrataSqlScript *script,
              guint            i)
{
  StrataSqlSection *section = &g_array_index (strata_sql_script_get_sections (script), StrataSqlSection, i);

  return g_strndup (section->text, section->length);
}

static void
assert_strings (const char * const *list,
                const char         *joined)
{
  g_autofree char *actual = g_strjoinv (" ", (GStrv) list);

  g_assert_cmpstr (actual, ==, joined);
}

static void
test_reads_the_example (void)
{
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataSqlScript) script = strata_sql_script_parse ("/p/3f1a2b4c5d6e_add.sql", EXAMPLE, strlen (EXAMPLE), findings);
  StrataRevision *revision = strata_sql_script_get_revision (script);
  GArray *sections = strata_sql_script_get_sections (script);
  g_autofree char *upgrade = section_text (script, 0);
  g_autofree char *downgrade = section_text (script, 1);

  g_assert_cmpuint (findings->len, ==, 0);
  g_assert_cmpint (strata_revision_get_format (revision), ==, STRATA_REVISION_SQL);
  g_assert_cmpstr (strata_revision_get_id (revision), ==, "3f1a2b4c5d6e");
  assert_strings (strata_revision_get_down_revisions (revision), "2e0140e533a8");
  assert_strings (strata_revision_get_branch_labels (revision), "");
  g_assert_cmpstr (strata_revision_get_message (revision), ==, "Add user preferences");
  g_assert_cmpstr (strata_revision_get_doc (revision), ==, "Add user preferences");
  g_assert_cmpstr (strata_revision_get_created (revision), ==, "2026-11-20 10:00:00+00:00");
  g_assert_cmpstr (strata_revision_get_path (revision), ==, "/p/3f1a2b4c5d6e_add.sql");
  g_assert_cmpuint (strata_revision_get_id_place (revision).line, ==, 3);
  g_assert_cmpuint (strata_revision_get_down_place (revision).line, ==, 4);
  g_assert_cmpuint (strata_revision_get_labels_place (revision).line, ==, 0);

  g_assert_cmpuint (sections->len, ==, 2);
  g_assert_cmpstr (upgrade, ==, "CREATE TABLE user_preferences (...);\n\n");
  g_assert_cmpstr (downgrade, ==, "DROP TABLE user_preferences;\n");
  g_assert_cmpuint (g_array_index (sections, StrataSqlSection, 0).line, ==, 8);
  g_assert_cmpuint (g_array_index (sections, StrataSqlSection, 1).line, ==, 11);
  g_assert_true (g_array_index (sections, StrataSqlSection, 0).transactional);
}

static void
test_writes_the_example (void)
{
  g_autofree char *text = strata_sql_file_format (&(StrataRevisionFields) {
    .id = "3f1a2b4c5d6e",
    .down_revisions = (const char *[]) { "2e0140e533a8", NULL },
    .message = "Add user preferences",
    .created = "2026-11-20 10:00:00+00:00",
  }, "CREATE TABLE user_preferences (...);\n", "DROP TABLE user_preferences;");

  g_assert_cmpstr (text, ==, EXAMPLE);
}

static void
test_writes_every_key (void)
{
  g_autofree char *text = strata_sql_file_format (&(StrataRevisionFields) {
    .id = "c3",
    .down_revisions = (const char *[]) { "a1", "b2", NULL },
    .branch_labels = (const char *[]) { "shop", "web", NULL },
    .depends_on = (const char *[]) { "d4", NULL },
    .message = "Merge\r\n\r\nRevises: the model\n  \\strata:x\\",
  }, "", "");

  g_assert_cmpstr (text, ==,
                   "-- Merge\n"
                   "--\n"
                   "-- \\Revises: the model\n"
                   "--   \\\\strata:x\\\n"
                   "--\n"
                   "-- Revision: c3\n"
                   "-- Revises: a1, b2\n"
                   "-- Branch labels: shop, web\n"
                   "-- Depends on: d4\n"
                   "\n"
                   "-- strata:upgrade\n"
                   "\n"
                   "-- strata:downgrade\n");
}

static void
test_invites (void)
{
  g_autofree char *text = strata_sql_file_format (&(StrataRevisionFields) { .id = "a1" }, NULL, NULL);
  g_autoptr(StrataSqlScript) script = parse_well (text);
  g_autofree char *upgrade = section_text (script, 0);

  g_assert_true (g_str_has_prefix (text, "-- Revision: a1\n-- Revises:\n\n-- strata:upgrade\n-- "));
  g_assert_true (g_str_has_prefix (upgrade, "-- Write"));
  g_assert_cmpstr (strata_revision_get_message (strata_sql_script_get_revision (script)), ==, "");
}

/* As statements that come first run outside of a transaction. */
static void
test_own_section (void)
{
  g_autofree char *text = strata_sql_file_format (&(StrataRevisionFields) { .id = "a1" },
                                                  "\n-- strata:upgrade transaction=off\na;\n\n-- strata:upgrade\nb;", "c;");

  g_assert_true (g_str_has_suffix (text, "Revises:\n\n-- strata:upgrade transaction=off\na;\n\n-- strata:upgrade\nb;\n\n"
                                         "-- strata:downgrade\nc;\n"));
}

typedef struct
{
  const char *name;
  const char *text;
  const char *findings;
} FindingCase;

static const FindingCase finding_cases[] = {
  { "none", HEADER SECTIONS, "" },
  { "empty-file", "", "sql-no-header:1:1 sql-no-upgrade:0:0" },
  { "no-header", "-- Add it\n\n" SECTIONS, "sql-no-header:1:1" },
  { "header-behind-marker", "-- strata:upgrade\n" HEADER, "sql-no-header:1:1" },
  { "no-upgrade", HEADER "-- strata:downgrade\n", "sql-no-upgrade:0:0" },
  { "stray-text", "SELECT 1;\nSELECT 2;\n" HEADER "SELECT 3;\n" SECTIONS, "sql-stray-text:1:1" },
  { "stray-behind-comment", HEADER "/* a */ SELECT 1;\n" SECTIONS, "sql-stray-text:3:9" },
  { "comments-are-not-stray", "/* (c) us\n * all\n */ -- yes\n\n" HEADER "\n/* a */ /* b\n*/\n" SECTIONS, "" },
  { "unknown-marker", HEADER "-- strata:upgrad\nU;\n" SECTIONS, "sql-unknown-marker:3:11" },
  { "marker-without-word", HEADER "-- strata:\n" SECTIONS, "sql-unknown-marker:3:1" },
  { "indented-marker", HEADER "-- strata:upgrade\nU;\n  -- strata:downgrade\nD;\n", "sql-indented-marker:5:13" },
  { "indented-marker-first", HEADER " -- strata:upgrade\nU;\n" SECTIONS, "sql-indented-marker:3:12 sql-stray-text:4:1" },
  { "unknown-option", HEADER "-- strata:upgrade transactions=off x\n", "sql-unknown-option:3:19 sql-unknown-option:3:36" },
  { "unknown-value", HEADER "-- strata:upgrade transaction=no\n", "sql-unknown-option:3:19" },
  { "unknown-dialect", HEADER "-- strata:upgrade dialect=sqlite,oracle\n", "sql-unknown-dialect:3:34" },
  { "no-dialect", HEADER "-- strata:upgrade dialect=\n", "sql-unknown-option:3:19" },
  { "two-dialect-lists", HEADER "-- strata:upgrade dialect=sqlite dialect=mysql\n", "sql-unknown-option:3:34" },
  { "no-revises", "-- Revision: a1\n\n" SECTIONS, "sql-no-revises:1:1" },
  { "bad-id", "-- Revision: a1 b\n-- Revises:\n" SECTIONS, "sql-bad-revision:1:14" },
  { "no-id", "-- Revision:\n-- Revises:\n" SECTIONS, "sql-bad-revision:1:13" },
  { "two-ids", "-- Revision: a1, b\n-- Revises:\n" SECTIONS, "sql-bad-revision:1:14" },
  { "empty-element", "-- Revision: a1\n-- Revises: b,, c\n" SECTIONS, "sql-bad-list:2:15" },
  { "comma-at-the-end", "-- Revision: a1\n-- Revises: b,\n" SECTIONS, "sql-bad-list:2:15" },
  { "no-commas", "-- Revision: a1\n-- Revises: é b, c\n" SECTIONS, "sql-bad-list:2:13" },
  { "duplicate-line", HEADER "-- Revises: b\n" SECTIONS, "sql-duplicate-header-line:3:4" },
  { "duplicate-header", HEADER "\n" HEADER SECTIONS, "sql-duplicate-header-line:4:1" },
  { "near-key", HEADER "-- Depends: b\n-- branch label: x\n-- Jira: X-1\n" SECTIONS,
    "sql-unknown-header-line:3:4 sql-unknown-header-line:4:4" },
  { "remarks-are-no-keys", HEADER "-- Reviewer: Bo\n-- Created by: Ana\n" SECTIONS, "" },
  { "not-the-header", "-- Created: a\n-- Created: b\n-- Depends:\n\n" HEADER SECTIONS, "" },
  { "alembic-key", HEADER "-- Revision ID: a1\n" SECTIONS, "sql-unknown-header-line:3:4" },
  { "file-name", "-- Revision: b2\n-- Revises:\n" SECTIONS, "sql-file-name:1:1" },
  { "file-name-longer", "-- Revision: a\n-- Revises:\n" SECTIONS, "sql-file-name:1:1" },
  { "latin-1", HEADER "-- strata:upgrade\nSELECT 'é', '\xe9';\n", "sql-not-utf8:4:14" },
  { "utf-16", "\xff\xfe-", "sql-not-utf8:1:1" },
};

static void
test_finding (gconstpointer data)
{
  const FindingCase *test = data;
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataSqlScript) script = parse (test->text, findings);
  g_autofree char *actual = NULL;

  g_assert_nonnull (script);
  actual = describe_findings (findings);
  g_assert_cmpstr (actual, ==, test->findings);
}

static const struct
{
  const char *text;
  const char *message;
  const char *doc;
} doc_cases[] = {
  { "-- One\n-- two\n--\n-- Three\n" HEADER, "One\ntwo", "One\ntwo\n\nThree" },
  { "--One\n--   \n--  indented\n--\n" HEADER, "One", "One\n\n indented" },
  { "-- License\n\n-- One\n--\n" HEADER, "One", "One" },
  { "-- License\n-- Created: never\n\n-- One\n" HEADER "-- Not this\n", "One", "One" },
  { "/* License */\n-- One\n" HEADER, "One", "One" },
  { "/*\n * One\n *\n * Two\n *\n * Revision: a1\n * Revises:\n */\n", "One", "One\n\nTwo" },
  { "/* One\n\n   Revision: a1\n   Revises: */\n", "One", "One" },
  { "/* One\nRevision: a1\nRevises: */ /* a\n*/\n", "One", "One" },
  { "-- \\Revises: x\n-- \\\\strata:y\n-- \\d\n" HEADER, "Revises: x\n\\strata:y\n\\d", "Revises: x\n\\strata:y\n\\d" },
  { "  --   One\r\n\t--\r\n  -- Revision: a1\r\n  -- Revises:\r\n", "One", "One" },
  { "\xef\xbb\xbf-- One\n" HEADER, "One", "One" },
  { HEADER, "", "" },
};

static void
test_doc (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (doc_cases); i++)
    {
      g_autofree char *text = g_strconcat (doc_cases[i].text, "-- strata:upgrade", NULL);
      g_autoptr(StrataSqlScript) script = parse_well (text);
      StrataRevision *revision = strata_sql_script_get_revision (script);

      g_assert_cmpstr (strata_revision_get_message (revision), ==, doc_cases[i].message);
      g_assert_cmpstr (strata_revision_get_doc (revision), ==, doc_cases[i].doc);
    }
}

/* Legacy code pages are shown as well as can be, beside the finding. */
static void
test_bad_bytes_in_header (void)
{
  const char *text = "-- Gr\xfc\xdf" "e\n" HEADER SECTIONS;
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataRevision) revision = strata_sql_header_read ("/p/a1.sql", text, strlen (text), findings);
  g_autofree char *actual = describe_findings (findings);

  g_assert_cmpstr (actual, ==, "sql-not-utf8:1:6");
  g_assert_cmpstr (strata_revision_get_message (revision), ==, "Gr\xef\xbf\xbd\xef\xbf\xbd" "e");
}

/* Not that it has no header, which nobody can see. */
static void
test_header_of_utf16 (void)
{
  const char text[] = "\xff\xfe-\0-\0";
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataRevision) revision = strata_sql_header_read ("/p/a1.sql", text, sizeof text, findings);
  g_autofree char *actual = describe_findings (findings);

  g_assert_null (revision);
  g_assert_cmpstr (actual, ==, "sql-not-utf8:1:1");
}

static void
test_header_only_stops_behind_it (void)
{
  const char *text = "-- One\n" HEADER "\nstray\n\xff\n-- Revision: b2\n" SECTIONS;
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataRevision) revision = strata_sql_header_read ("/p/a1.sql", text, strlen (text), findings);

  g_assert_cmpuint (findings->len, ==, 0);
  g_assert_cmpstr (strata_revision_get_id (revision), ==, "a1");
  assert_strings (strata_revision_get_down_revisions (revision), "a0");
}

static void
test_header_only_without_one (void)
{
  const char *text = "SELECT 1;\n-- strata:upgrade\n" HEADER;
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autofree char *actual = NULL;

  g_assert_null (strata_sql_header_read ("/p/a1.sql", text, strlen (text), findings));
  actual = describe_findings (findings);
  g_assert_cmpstr (actual, ==, "sql-no-header:1:1");
}

static void
test_sections_keep_order_and_options (void)
{
  g_autoptr(StrataSqlScript) script = parse_well (HEADER
    "-- strata:upgrade\r\nA;\r\n"
    "--  STRATA: Upgrade  transaction=off  dialect=Postgres,sqlite \n"
    "--strata:upgrade transaction=on\n"
    "SELECT ' -- strata:';\n"
    "-- strata:downgrade");
  GArray *sections = strata_sql_script_get_sections (script);
  StrataSqlSection *section = &g_array_index (sections, StrataSqlSection, 1);
  g_autofree char *first = section_text (script, 0);
  g_autofree char *second = section_text (script, 1);
  g_autofree char *third = section_text (script, 2);
  g_autofree char *last = section_text (script, 3);

  g_assert_cmpuint (sections->len, ==, 4);
  g_assert_cmpstr (first, ==, "A;\r\n");
  g_assert_cmpstr (second, ==, "");
  g_assert_cmpstr (third, ==, "SELECT ' -- strata:';\n");
  g_assert_cmpstr (last, ==, "");
  g_assert_false (section->transactional);
  assert_strings ((const char * const *) section->dialects, "postgresql sqlite");
  g_assert_cmpuint (section->line, ==, 6);
  g_assert_true (strata_sql_script_has_direction (script, STRATA_DOWNGRADE));
}

static const struct
{
  const char      *sections;
  StrataDirection  direction;
  StrataDialect    dialect;
  const char      *lines;      /* of the chosen ones; or part of the error */
} select_cases[] = {
  { "-- strata:upgrade\n-- strata:upgrade dialect=sqlite\n", STRATA_UPGRADE, STRATA_DIALECT_SQLITE, "5" },
  { "-- strata:upgrade\n-- strata:upgrade dialect=sqlite\n", STRATA_UPGRADE, STRATA_DIALECT_POSTGRESQL, "4" },
  { "-- strata:upgrade\n-- strata:downgrade\n-- strata:upgrade transaction=off\n", STRATA_UPGRADE, STRATA_DIALECT_SQLITE, "4 6" },
  { "-- strata:upgrade dialect=mysql,sqlite\n-- strata:upgrade\n-- strata:upgrade dialect=sqlite\n", STRATA_UPGRADE, STRATA_DIALECT_SQLITE, "4 6" },
  { "-- strata:upgrade\n", STRATA_DOWNGRADE, STRATA_DIALECT_SQLITE, "/p/a1_x.sql: it cannot be taken back" },
  { "-- strata:upgrade dialect=mysql\n", STRATA_UPGRADE, STRATA_DIALECT_SQLITE, "/p/a1_x.sql: there is no upgrade section for SQLite: add" },
};

static void
test_select (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (select_cases); i++)
    {
      g_autofree char *text = g_strconcat (HEADER, select_cases[i].sections, NULL);
      g_autoptr(StrataSqlScript) script = parse_well (text);
      g_autoptr(GError) error = NULL;
      g_autoptr(GPtrArray) sections = strata_sql_script_select (script, select_cases[i].direction,
                                                                select_cases[i].dialect, &error);
      g_autoptr(GString) lines = g_string_new (NULL);

      for (guint j = 0; sections != NULL && j < sections->len; j++)
        g_string_append_printf (lines, "%s%u", j > 0 ? " " : "", ((StrataSqlSection *) sections->pdata[j])->line);

      if (sections != NULL)
        g_assert_cmpstr (lines->str, ==, select_cases[i].lines);
      else
        {
          g_assert_error (error, STRATA_ERROR, STRATA_ERROR_REFUSED);
          g_assert_nonnull (strstr (error->message, select_cases[i].lines));
        }
    }
}

static char *
random_text (const char * const *pieces,
             guint               n_pieces,
             guint               most)
{
  GString *text = g_string_new (NULL);

  for (int n = g_test_rand_int_range (0, most + 1); n > 0; n--)
    g_string_append (text, pieces[g_test_rand_int_range (0, n_pieces)]);

  return g_string_free (text, FALSE);
}

static GStrv
random_list (void)
{
  static const char * const words[] = { "a1", "b2", "head", "ünï", "x.y", "3f1a2b4c5d6e" };
  g_autoptr(GStrvBuilder) list = g_strv_builder_new ();

  for (int n = g_test_rand_int_range (0, 4); n > 0; n--)
    g_strv_builder_add (list, words[g_test_rand_int_range (0, G_N_ELEMENTS (words))]);

  return g_strv_builder_end (list);
}

/* The reader takes the space around the text and at the end of lines for layout, the writer CR for a line end. */
static char *
normalize_doc (const char *doc)
{
  g_autoptr(GRegex) line_end = g_regex_new ("[ \\t]*(\r\n|\r|\n)", 0, 0, NULL);

  return g_strstrip (g_regex_replace_literal (line_end, doc, -1, 0, "\n", 0, NULL));
}

static const struct
{
  const char *text;
  gboolean    irreversible;
} irreversible_cases[] = {
  { HEADER SECTIONS, FALSE },
  { HEADER "-- strata:upgrade\nSELECT 1;\n", TRUE },
  { HEADER "-- strata:upgrade\n-- strata:downgrade", FALSE },
  { HEADER "-- strata:downgrade\n-- strata:upgrade\n", FALSE },
  { HEADER "-- strata:upgrade\r\n--STRATA: DownGrade dialect=sqlite\r\n", FALSE },
  { HEADER "-- strata:upgrade\n  -- strata:downgrade\n", TRUE },
  { HEADER "-- strata:upgrade\n-- strata:downgrades\n-- strata:down\n", TRUE },
  { "-- \\strata:downgrade\n" HEADER "-- strata:upgrade\n", TRUE },
};

/* The header alone already tells what the whole file does. */
static void
test_irreversible (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (irreversible_cases); i++)
    {
      const char *text = irreversible_cases[i].text;
      g_autoptr(GPtrArray) findings = strata_findings_new ();
      g_autoptr(StrataSqlScript) script = parse (text, findings);
      g_autoptr(StrataRevision) revision = strata_sql_header_read ("/p/a1_x.sql", text, strlen (text), findings);
      gboolean irreversible = irreversible_cases[i].irreversible;

      g_assert_true (strata_revision_get_irreversible (revision) == irreversible);
      g_assert_true (strata_revision_get_irreversible (strata_sql_script_get_revision (script)) == irreversible);
      g_assert_true (strata_sql_script_has_direction (script, STRATA_DOWNGRADE) != irreversible);
    }
}

static void
test_reads_what_it_writes (void)
{
  static const char * const pieces[] = {
    "Revision:", "Revises: x", "Created:", "Branch labels:", "Depends on:", "strata:upgrade", "STRATA:x", "-- ", "/*", "*/",
    "\\", "\n", "\n", "\n\n", "\r", "\r\n", " ", "\t", "word", "é", "'", ";", "--",
  };
  static const char * const sql[] = { "SELECT 1;\n", "/* x", "\n", "' -- strata:downgrade'", "x", "-- strata\n" };

  for (guint i = 0; i < 3000; i++)
    {
      g_auto(GStrv) down = random_list ();
      g_auto(GStrv) labels = random_list ();
      g_auto(GStrv) depends = random_list ();
      g_autofree char *doc = random_text (pieces, G_N_ELEMENTS (pieces), 8);
      g_autofree char *expected_doc = normalize_doc (doc);
      g_autofree char *body = random_text (sql, G_N_ELEMENTS (sql), 3);
      g_autofree char *text = NULL;
      g_autofree char *upgrade = NULL;
      g_autoptr(StrataSqlScript) script = NULL;
      g_autoptr(StrataRevision) header = NULL;
      g_autoptr(GPtrArray) findings = strata_findings_new ();
      StrataRevision *revision;

      text = strata_sql_file_format (&(StrataRevisionFields) {
        .id = "a1",
        .down_revisions = (const char * const *) down,
        .branch_labels = (const char * const *) labels,
        .depends_on = (const char * const *) depends,
        .doc = doc,
        .created = "now",
      }, body, "");
      script = parse_well (text);
      revision = strata_sql_script_get_revision (script);
      upgrade = section_text (script, 0);

      g_assert_cmpstrv (strata_revision_get_down_revisions (revision), down);
      g_assert_cmpstrv (strata_revision_get_branch_labels (revision), labels);
      g_assert_cmpstrv (strata_revision_get_depends_on (revision), depends);
      g_assert_cmpstr (strata_revision_get_doc (revision), ==, expected_doc);
      g_assert_cmpstr (strata_revision_get_created (revision), ==, "now");
      g_assert_true (g_str_has_prefix (upgrade, body));
      g_assert_cmpuint (strata_sql_script_get_sections (script)->len, ==, 2);

      header = strata_sql_header_read ("/p/a1_x.sql", text, strlen (text), findings);
      g_assert_cmpuint (findings->len, ==, 0);
      g_assert_cmpstr (strata_revision_get_doc (header), ==, expected_doc);
      g_assert_cmpuint (strata_revision_get_id_place (header).line, ==, strata_revision_get_id_place (revision).line);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/revision/sql-file/reads-the-example", test_reads_the_example);
  g_test_add_func ("/revision/sql-file/writes-the-example", test_writes_the_example);
  g_test_add_func ("/revision/sql-file/writes-every-key", test_writes_every_key);
  g_test_add_func ("/revision/sql-file/invites", test_invites);
  g_test_add_func ("/revision/sql-file/own-section", test_own_section);
  g_test_add_func ("/revision/sql-file/doc", test_doc);
  g_test_add_func ("/revision/sql-file/bad-bytes-in-header", test_bad_bytes_in_header);
  g_test_add_func ("/revision/sql-file/header-only/utf-16", test_header_of_utf16);
  g_test_add_func ("/revision/sql-file/header-only/stops-behind-it", test_header_only_stops_behind_it);
  g_test_add_func ("/revision/sql-file/header-only/without-one", test_header_only_without_one);
  g_test_add_func ("/revision/sql-file/sections-keep-order-and-options", test_sections_keep_order_and_options);
  g_test_add_func ("/revision/sql-file/select", test_select);
  g_test_add_func ("/revision/sql-file/irreversible", test_irreversible);
  g_test_add_func ("/revision/sql-file/reads-what-it-writes", test_reads_what_it_writes);

  for (guint i = 0; i < G_N_ELEMENTS (finding_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/revision/sql-file/finding/%s", finding_cases[i].name);

      g_test_add_data_func (path, &finding_cases[i], test_finding);
    }

  return g_test_run ();
}
