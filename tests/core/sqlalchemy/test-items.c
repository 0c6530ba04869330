/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "render-snippet.h"

/* What real Alembic does too is compared with it by tests/peers/test-sa-items.py. Here stands what only we say. */
typedef struct
{
  const char *name;
  const char *text;
  const char *result;
} Case;

#define HEAD "import sqlalchemy as sa\nfrom alembic import op\nimport app\n"

static const Case cases[] = {
  { "plain", "op.create_table('t', sa.Column('a', sa.Integer, primary_key=True))",
    "CREATE TABLE t (\n    a SERIAL NOT NULL, \n    PRIMARY KEY (a)\n);\n" },
  { "unknown-type", "op.create_table('t', sa.Column('a', app.Type()))",
    "refused needs-python:4: “app.Type” is called, and what it is is not known here" },
  { "unknown-type-unused", "sa.Column('a', app.Type)", "" },
  { "unknown-name", "sa.Column('a', sa.Integer, comment=app.NAME)",
    "refused needs-python:4: “app.NAME”, which is the comment here, is not known" },
  { "unknown-item", "op.create_table('t', sa.Column('a', sa.Integer), app.thing)",
    "refused needs-python:4: “app.thing”, which is part of a table here, is not known" },
  { "unknown-default", "op.create_table('t', sa.Column('a', sa.Integer, server_default=app.one))",
    "refused needs-python:4: “app.one”, which is a default of the server here, is not known" },
  { "quote", "sa.Column('a', sa.Integer, quote=True)", "refused needs-python:4: quote= is not known here" },
  { "own-convention", "m = sa.MetaData(naming_convention={'pk': 'x'})\nsa.Table('t', m).create(op.get_bind())",
    "refused needs-python:5: create() of a table with a naming convention of its own is not known here" },
  { "reflected", "sa.Table('t', sa.MetaData(), autoload_with=op.get_bind())",
    "refused needs-database:4: Table(autoload_with=) reads the database" },
};

static void
test_result (gconstpointer data)
{
  const Case *test = data;
  g_autofree char *text = g_strconcat (HEAD, test->text, "\n", NULL);
  g_autofree char *result = render_snippet (STRATA_DIALECT_POSTGRESQL, text);

  g_assert_cmpstr (result, ==, test->result);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/sqlalchemy/items/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_result);
    }

  return g_test_run ();
}
