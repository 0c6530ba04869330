/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "tests/core/sqlalchemy/render-execute.h"

/* What expressions become. tests/peers/test-sa-expressions.py compares many more with SQLAlchemy. */
typedef struct
{
  const char *name;
  const char *code;
  const char *sql;
} Case;

#define BEFORE \
  "import sqlalchemy as sa\nfrom sqlalchemy.dialects import postgresql as pg\n" \
  "t = sa.table('t', sa.column('id', sa.Integer), sa.column('name', sa.String), sa.column('on', sa.Boolean)," \
  " sa.column('data', pg.JSONB))\n" \
  "o = sa.table('o', sa.column('t_id', sa.Integer))\nc = t.c\n"

static const Case cases[] = {
  { "text", "result = sa.text('SELECT :x').bindparams(x=\"it's\")",
    "SELECT 'it''s'" },
  { "text-without-it", "result = sa.text('SELECT 1').bindparams(x=1)",
    "refused raises: ArgumentError: This text() construct doesn't define a bound parameter named 'x'" },
  { "string", "result = 'SELECT 1'",
    "SELECT 1" },
  { "parameters", "result = 'SELECT :x'\nparameters = {'x': 5}",
    "SELECT 5" },
  { "function", "result = sa.func.a.b(1, None, c.name + 'x')",
    "a.b(1, NULL, t.name || 'x')" },
  { "none", "result = sa.select(c.id).where(c.name == None)",
    "SELECT t.id FROM t WHERE t.name IS NULL" },
  { "conjunction", "result = sa.select(c.id).where((c.id == 1) & ((c.name == 'a') | c.on))",
    "SELECT t.id FROM t WHERE t.id = 1 AND (t.name = 'a' OR t.\"on\")" },
  { "negation", "result = sa.select(c.id).where(~c.id.in_([1, 2]))",
    "SELECT t.id FROM t WHERE (t.id NOT IN (1, 2))" },
  { "contains", "result = sa.select(c.id).where(c.name.contains('a'))",
    "SELECT t.id FROM t WHERE (t.name LIKE '%' || 'a' || '%')" },
  { "case", "result = sa.select(sa.case((c.id == 1, 'a'), else_='b').label('x'))",
    "SELECT CASE WHEN (t.id = 1) THEN 'a' ELSE 'b' END AS x FROM t" },
  { "case-as-list", "result = sa.case([(c.id == 1, 'a')])",
    "refused raises: ArgumentError: The \"whens\" argument to case(), when referring to a sequence of items, is now passed as a series of positional elements, rather than as a list." },
  { "json", "result = sa.select(c.id).where(c.data['a'].astext == 'x')",
    "SELECT t.id FROM t WHERE (t.data ->> 'a') = 'x'" },
  { "operator", "result = sa.select(c.id).where(c.name.op('~')('^a'))",
    "SELECT t.id FROM t WHERE t.name ~ '^a'" },
  { "truth", "result = 'yes' if c.id == c.id else 'no'",
    "yes" },
  { "no-truth", "result = 'yes' if c.id > 1 else 'no'",
    "refused raises: TypeError: Boolean value of this clause is not defined" },
  { "unknown-value", "from app import x\nresult = sa.select(c.id).where(c.id == x)",
    "refused needs-python: “app.x” is part of SQL, and what it is is not known here" },
  { "unknown-text", "from app import x\nresult = sa.text(x)",
    "refused needs-python: “app.x” becomes SQL, and what it is is not known here" },
  { "unknown-method", "result = c.id.nothing()",
    "refused needs-python: “nothing” of an expression of SQL is not known here" },
};

static char *
fold (const char *text)
{
  g_auto(GStrv) words = g_strsplit_set (text, " \n", -1);
  g_autoptr(GString) out = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      g_string_append_printf (out, "%s%s", out->len > 0 ? " " : "", words[i]);

  return g_strdup (out->str);
}

static void
test_sql (gconstpointer data)
{
  const Case *test = data;
  g_autofree char *code = g_strconcat (BEFORE, test->code, NULL);
  g_autofree char *sql = render_snippet (STRATA_DIALECT_POSTGRESQL, code);
  g_autofree char *folded = fold (sql);

  g_assert_cmpstr (folded, ==, test->sql);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/sqlalchemy/elements/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_sql);
    }

  return g_test_run ();
}
