/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/alembic/py-header.h"

#define PATH "/project/versions/ab12_add.py"

typedef struct
{
  const char *name;
  const char *text;
  const char *expected;    /* "id | down | labels | depends", or "-" for no revision; then "code@line:column" findings */
} Case;

#define HEAD "revision = 'a1'\ndown_revision = 'b2'\n"
#define COMPUTED(what) "a1 | | | ; python-computed@" what

static const Case cases[] = {
  { "plain", HEAD "branch_labels = None\ndepends_on = None\n", "a1 | b2 | | " },
  { "annotated", "revision: str = \"a1\"\ndown_revision: Union[str, None] = None\n"
    "branch_labels: Union[str, Sequence[str], None] = 'x'\ndepends_on: Any = ('c3', 'd4')\n", "a1 | | x | c3,d4" },
  { "annotated-without-value", "revision = 'a1'\ndown_revision: str\ndown_revision = None\nbranch_labels: int", "a1 | | | " },
  { "merge-tuple", "revision='a1';down_revision=('b2',\n  'c3' ,)", "a1 | b2,c3 | | " },
  { "merge-list", "revision = 'a1'\ndown_revision = ['b2', 'c3']", "a1 | b2,c3 | | " },
  { "merge-set", "revision = 'a1'\ndown_revision = {'b2', 'c3'}", "a1 | b2,c3 | | " },
  { "tuple-without-parentheses", "revision = 'a1'\ndown_revision = 'b2', 'c3'", "a1 | b2,c3 | | " },
  { "parentheses-are-no-tuple", "revision = ('a1')\ndown_revision = (\n'b2'\n)", "a1 | b2 | | " },
  { "empty-lists", "revision = 'a1'\ndown_revision = ()\nbranch_labels = []\ndepends_on = set()", "a1 | | | " },
  { "made-lists", "revision = 'a1'\ndown_revision = tuple(['b2', 'c3'])\ndepends_on = frozenset({'d4'})",
    "a1 | b2,c3 | | d4" },
  { "joined", "revision = 'a' \"1\"\ndown_revision = 'b' + '2'\ndepends_on = ('c3',) + ('d4',)", "a1 | b2 | | c3,d4" },
  { "prefixes", "revision = u'a1'\ndown_revision = r'b2'\nbranch_labels = f'x'\ndepends_on = F'''y'''", "a1 | b2 | x | y" },
  { "escapes", "revision = '\\x611'\ndown_revision = '''b\\\n2'''", "a1 | b2 | | " },
  { "constants", "BASE = 'b'\nN = '2'\nrevision = 'a1'\ndown_revision = BASE + N\ndepends_on = (BASE, f'{BASE}{N}')",
    "a1 | b2 | | b,b2" },
  { "starred", "X = ('b2', 'c3')\nrevision = 'a1'\ndown_revision = (*X, 'd4')", "a1 | b2,c3,d4 | | " },
  { "together", "revision, down_revision = 'a1', 'b2'", "a1 | b2 | | " },
  { "chained", "revision = rev = 'a1'\ndown_revision = None", "a1 | | | " },
  { "last-wins", "revision = 'x'\n" HEAD "down_revision = None\n", "a1 | | | " },
  { "extended", "revision = 'a1'\ndown_revision = ('b2',)\ndown_revision += ('c3',)", "a1 | b2,c3 | | " },
  { "deleted", HEAD "depends_on = 'x'\ndel depends_on\n", "a1 | b2 | | " },
  { "after-functions", "def upgrade():\n  revision = 'x'\n\n" HEAD "@x\ndef downgrade():\n  pass\n", "a1 | b2 | | " },
  { "inside-of-strings", "'''\nrevision = 'x'\n'''\nX = \"\"\"\nrevision = 'x'\"\"\"\n" HEAD, "a1 | b2 | | " },
  { "inside-of-classes", HEAD "class A:\n  revision = 'x'\n", "a1 | b2 | | " },
  { "imports", "from alembic import op\nimport sqlalchemy as sa\n" HEAD, "a1 | b2 | | " },
  { "windows", "\xef\xbb\xbf'''x'''\r\nrevision = 'a1'\r\ndown_revision = 'b2'\r\n", "a1 | b2 | | " },
  { "latin-1", "# -*- coding: latin-1 -*-\n# \xfc\nrevision = '\xe9'\ndown_revision = None", "é | | | " },
  { "not-utf-8", "# \xfc\n" HEAD, "a1 | b2 | | ; python-encoding@0:0" },
  { "form-feed-and-tabs", "\f\nrevision\t=\t'a1'\n\fdown_revision = None\n", "a1 | | | " },
  { "other-statements", "if True:\n  x = 1\nfor y in z:\n\tpass\n" HEAD, "a1 | b2 | | " },
  { "empty-text", "revision = 'a1'\ndown_revision = ''", "a1 |  | | " },

  { "computed-id", "import uuid\nrevision = uuid.uuid4().hex\ndown_revision = None", "-; python-computed@2:12" },
  { "computed-down", "revision = 'a1'\ndown_revision = get(1)", COMPUTED ("2:17") },
  { "computed-member", "revision = 'a1'\ndown_revision = ('b2', X)", COMPUTED ("2:17") },
  { "number", "revision = 'a1'\ndown_revision = 12", COMPUTED ("2:17") },
  { "bytes", "revision = 'a1'\ndown_revision = b'12'", COMPUTED ("2:17") },
  { "by-name", "revision = 'a1'\ndown_revision = '\\N{DASH}'", COMPUTED ("2:17") },
  { "from-elsewhere", "from .x import down_revision\nrevision = 'a1'", COMPUTED ("1:16") },
  { "in-an-if", HEAD "if X:\n  down_revision = 'c3'\n", COMPUTED ("4:19") },
  { "in-a-try", HEAD "try:\n  pass\nexcept A:\n  if x:\n    down_revision: str = 'c3'\n", COMPUTED ("7:26") },
  { "in-a-loop", HEAD "for down_revision in x:\n  pass\n", COMPUTED ("3:22") },
  { "in-a-with", HEAD "with x as (y, down_revision):\n  pass\n", COMPUTED ("3:6") },
  { "constant-in-an-if", "X = 'b2'\nif Y:\n  X = 'c3'\nrevision = 'a1'\ndown_revision = X", COMPUTED ("5:17") },
  { "unpacked", "revision = 'a1'\ndown_revision, x = f()", COMPUTED ("2:20") },
  { "shadowed", "def tuple(x):\n  pass\ntuple = 1\nrevision = 'a1'\ndown_revision = tuple(['b2'])", COMPUTED ("5:17") },

  { "appended", "X = ['b2']\nif Y:\n  X.append('c3')\nrevision = 'a1'\ndown_revision = X", COMPUTED ("5:17") },
  { "appended-later", "revision = 'a1'\ndown_revision = X = ['b2']\nX.append('c3')\n", COMPUTED ("2:21") },
  { "member-set", "revision = 'a1'\ndown_revision = ['b2']\ndown_revision[0] = 'c3'\n", COMPUTED ("2:17") },
  { "given-away", "revision = 'a1'\ndown_revision = ['b2']\nx = f(down_revision)\n", COMPUTED ("2:17") },
  { "tuples-stay", "revision = 'a1'\ndown_revision = ('b2',)\nprint(down_revision)\n", "a1 | b2 | | " },

  { "no-revision", "x = 1\n", "-; python-no-revision@0:0" },
  { "empty-file", "", "-; python-no-revision@0:0" },
  { "revision-is-none", "revision = None\ndown_revision = None", "-; python-no-revision@1:12" },
  { "no-down-revision", "revision = 'a1'\n", "a1 | | | ; python-no-down-revision@0:0" },
  { "broken", "revision = 'a1'\ndown_revision = 'b2\ndepends_on = 'c3'\n",
    "a1 | | | c3; python-syntax@2:17 python-no-down-revision@0:0" },
  { "broken-elsewhere", HEAD "print 'x'\ndepends_on = 'c3'\n", "a1 | b2 | | c3; python-syntax@3:7" },
};

static char *
describe (StrataRevision *revision,
          GPtrArray      *findings)
{
  GString *out = g_string_new (revision == NULL ? "-" : strata_revision_get_id (revision));

  if (revision != NULL)
    {
      g_autofree char *down = g_strjoinv (",", (GStrv) strata_revision_get_down_revisions (revision));
      g_autofree char *labels = g_strjoinv (",", (GStrv) strata_revision_get_branch_labels (revision));
      g_autofree char *depends = g_strjoinv (",", (GStrv) strata_revision_get_depends_on (revision));

      g_assert_cmpuint (strata_revision_get_format (revision), ==, STRATA_REVISION_PYTHON);
      g_assert_cmpstr (strata_revision_get_path (revision), ==, PATH);
      g_string_append_printf (out, " | %s%s", down,
                              *down == '\0' && *strata_revision_get_down_revisions (revision) == NULL ? "| " : " | ");
      g_string_append_printf (out, "%s%s| %s", labels, *labels != '\0' ? " " : "", depends);
    }
  for (guint i = 0; i < findings->len; i++)
    {
      StrataPlace place = strata_finding_get_place (findings->pdata[i]);

      g_assert_cmpstr (place.file, ==, PATH);
      g_string_append_printf (out, "%s%s@%u:%u", i == 0 ? "; " : " ", strata_finding_get_code (findings->pdata[i]),
                              place.line, place.column);
    }

  return g_string_free (out, FALSE);
}

static void
test_header (gconstpointer data)
{
  const Case *test = data;
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataRevision) revision = strata_py_header_read (PATH, test->text, strlen (test->text), findings);
  g_autofree char *described = describe (revision, findings);

  g_assert_cmpstr (described, ==, test->expected);
}

typedef struct
{
  const char *name;
  const char *docstring;
  const char *message;
  const char *doc;
  const char *created;
} DocCase;

static const DocCase doc_cases[] = {
  { "template", "\"\"\"add a table\n\nRevision ID: a1\nRevises: \nCreate Date: 2026-11-20 10:00:00.123456\n\n\"\"\"",
    "add a table", "add a table\n\nRevision ID: a1\nRevises: \nCreate Date: 2026-11-20 10:00:00.123456",
    "2026-11-20 10:00:00.123456" },
  { "two-lines", "'''\n  one\ntwo\n\nthree'''", "one\ntwo", "one\ntwo\n\nthree", NULL },
  { "blank-line-with-space", "'''one\n \ntwo'''", "one\n \ntwo", "one\n \ntwo", NULL },
  { "none", "", "", "", NULL },
  { "empty", "''", "", "", NULL },
  { "bytes", "b'one'", "", "", NULL },
  { "not-first", "import x\n'one'", "", "", NULL },
  { "after-comments", "#!/usr/bin/python\n\n# x\n'one'", "one", "one", NULL },
  { "in-parentheses", "('one '\n'two')", "one two", "one two", NULL },
  { "escapes", "'caf\\xe9 \\\\ \\n\\n x'", "café \\ ", "café \\ \n\n x", NULL },
  { "by-name", "'a \\N{DASH}'", "a \\N{DASH}", "a \\N{DASH}", NULL },
  { "fstring", "f'one'", "", "", NULL },
  { "unicode-space", "'\\xa0\\u3000one\\x1f\\x85'", "one", "one", NULL },
  { "date-first", "'Create Date:   x  '", "Create Date:   x", "Create Date:   x", "x" },
};

static void
test_doc (gconstpointer data)
{
  const DocCase *test = data;
  g_autofree char *text = g_strconcat (test->docstring, "\nrevision = 'a1'\ndown_revision = None\n", NULL);
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataRevision) revision = strata_py_header_read (PATH, text, strlen (text), findings);

  g_assert_cmpuint (findings->len, ==, 0);
  g_assert_cmpstr (strata_revision_get_message (revision), ==, test->message);
  g_assert_cmpstr (strata_revision_get_doc (revision), ==, test->doc);
  g_assert_cmpstr (strata_revision_get_created (revision), ==, test->created);
}

static void
test_lines (void)
{
  const char *text = "'doc'\n\nrevision = 'a1'\ndown_revision = None\n\nbranch_labels = (\n'x')\ndepends_on = None\n";
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataRevision) revision = strata_py_header_read (PATH, text, strlen (text), findings);

  g_assert_cmpuint (strata_revision_get_id_place (revision).line, ==, 3);
  g_assert_cmpuint (strata_revision_get_down_place (revision).line, ==, 4);
  g_assert_cmpuint (strata_revision_get_labels_place (revision).line, ==, 7);
  g_assert_cmpuint (strata_revision_get_depends_place (revision).line, ==, 8);
}

static void
test_legacy_name (void)
{
  const char *text = "down_revision = 'b2'\n";
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataRevision) legacy = strata_py_header_read ("/v/ae1027a6acf0.py", text, strlen (text), findings);
  g_autoptr(StrataRevision) other = NULL;

  g_assert_cmpuint (findings->len, ==, 0);
  g_assert_cmpstr (strata_revision_get_id (legacy), ==, "ae1027a6acf0");
  g_assert_cmpstr (strata_revision_get_down_revisions (legacy)[0], ==, "b2");

  other = strata_py_header_read ("/v/ae1027_x.py", text, strlen (text), findings);
  g_assert_null (other);
  g_assert_cmpuint (findings->len, ==, 1);
  g_assert_nonnull (strstr (strata_finding_get_message (findings->pdata[0]),
                            "Could not determine revision id from filename ae1027_x.py. Be sure the 'revision' variable"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/alembic/py-header/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_header);
    }
  for (guint i = 0; i < G_N_ELEMENTS (doc_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/alembic/py-header/doc/%s", doc_cases[i].name);

      g_test_add_data_func (path, &doc_cases[i], test_doc);
    }
  g_test_add_func ("/alembic/py-header/lines", test_lines);
  g_test_add_func ("/alembic/py-header/legacy-name", test_legacy_name);

  return g_test_run ();
}
