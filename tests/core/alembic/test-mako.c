/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "core/alembic/mako.h"
#include "core/base/error.h"

/* That what is printed is what Mako prints is tested beside it, by tests/peers/test-mako.py. */
typedef struct
{
  const char *name;
  const char *template;
  const char *result;      /* or the error */
} Case;

static const Case cases[] = {
  { "names", "\"\"\"${message}\n\nRevises: ${down_revision | comma,n}\n\"\"\"\nrevision = ${repr(up_revision)}\n"
    "down_revision = ${repr(down_revision)}\nbranch_labels = ${repr(branch_labels)}\ndepends_on = ${repr(depends_on)}\n",
    "\"\"\"say 'hi'\n\nRevises: aaa, bbb\n\"\"\"\nrevision = 'ccc'\ndown_revision = ('aaa', 'bbb')\nbranch_labels = ('new',)\n"
    "depends_on = 'ddd'\n" },
  { "date", "${create_date}", "2026-11-21 10:00:00.500000+01:00" },
  { "bodies", "${upgrades if upgrades else 'pass'} ${downgrades if downgrades else 'pass'}", "op.x() pass" },
  { "options", "% for name in config.get_main_option('databases').split(', '):\n${name}\n% endfor\n", "a\nb\n" },
  { "functions", "<%def name=\"f(x)\">[${x}]</%def>${f(1)}${f('b')}", "[1][b]" },

  { "error-in-an-expression", "a\nb\n${\n 1 +\n undefined_name.x}", "m.mako:5: AttributeError: 'Undefined' object has no attribute 'x'" },
  { "error-in-code", "<%\n  x = 1\n  y = {}['a']\n%>", "m.mako:3: KeyError: 'a'" },
  { "error-in-a-line", "a\n% for x in 3:\n% endfor\n", "m.mako:2: TypeError: 'int' object is not iterable" },
  { "error-in-a-filter", "\n\n${3 | comma,n}", "m.mako:3: ValueError: Don't know how to comma-format 3" },
  { "undefined", "\n${nobody}", "m.mako:2: NameError: Undefined" },
  { "needs-python", "\n<% import app %>\n${app.name()}", "needs python: m.mako:3: “app.name” is called, and what it is is not known here" },
  { "needs-python-for-options", "${config.get_section('a')}",
    "needs python: m.mako:1: “get_section” of “Config” is not known here" },
  { "other-file", "a\n<%include file='x'/>", "needs python: m.mako:2: <%include> is not evaluated here" },
  { "open-line", "a\n% if 1:\nb", "m.mako:2: Unterminated control keyword: 'if'" },
  { "open-expression", "a\n${b", "m.mako:2: this “${” has no “}”" },
  { "bad-python", "a\n${1 +}", "m.mako:2: Not understood: “)” does not belong here" },
  { "endless", "% while True:\n% endwhile", "m.mako:1: this takes longer than a migration may here: maybe it never ends" },
  { "not-utf-8", "\xff", "m.mako:1: the template is not UTF-8" },
  { "other-encoding", "# coding: latin-1\n", "m.mako:1: a template in “latin-1” can't be read here: save it as UTF-8" },
};

static char *
dup_option (const char *section,
            const char *key,
            gboolean    with_toml,
            gpointer    data)
{
  return section == NULL && g_str_equal (key, "databases") ? g_strdup ("a, b") : NULL;
}

static void
test_render (gconstpointer data)
{
  static const char * const down[] = { "aaa", "bbb", NULL };
  static const char * const labels[] = { "new", NULL };
  static const char * const depends_on[] = { "ddd", NULL };
  static const char * const bodies[] = { "upgrades", "op.x()", NULL };
  const Case *test = data;
  g_autoptr(GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr(GDateTime) date = g_date_time_new_from_iso8601 ("2026-11-21T10:00:00.5+01:00", utc);
  StrataMakoNames names = {
    .message = "say 'hi'",
    .up_revision = "ccc",
    .down_revisions = down,
    .branch_labels = labels,
    .depends_on = depends_on,
    .create_date = date,
    .bodies = bodies,
    .dup_option = dup_option,
  };
  g_autoptr(GError) error = NULL;
  g_autofree char *text = strata_mako_render ("m.mako", test->template, strlen (test->template), &names, &error);

  g_assert_true ((text == NULL) == (error != NULL));
  if (error != NULL)
    text = g_strconcat (g_error_matches (error, STRATA_ERROR, STRATA_ERROR_NEEDS_PYTHON) ? "needs python: " : "", error->message,
                        NULL);
  g_assert_cmpstr (text, ==, test->result);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/alembic/mako/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_render);
    }

  return g_test_run ();
}
