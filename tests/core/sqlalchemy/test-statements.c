/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "tests/core/sqlalchemy/render-execute.h"

/* What statements become. tests/peers/test-sa-expressions.py compares many more with SQLAlchemy. */
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
  { "insert", "result = t.insert().values(name='x', id=1)",
    "INSERT INTO t (id, name) VALUES (1, 'x')" },
  { "insert-rows", "result = t.insert().values([{'id': 1}, {'id': 2, 'name': 'x'}])",
    "INSERT INTO t (id) VALUES (1), (2)" },
  { "insert-unknown-column", "result = t.insert().values(x=1)",
    "refused raises: CompileError: Unconsumed column names: x" },
  { "insert-without-values", "result = t.insert()",
    "refused needs-python: an INSERT or UPDATE without values is not known here" },
  { "insert-parameters", "result = t.insert()\nparameters = {'id': 1}",
    "INSERT INTO t (id) VALUES (1)" },
  { "from-select", "result = t.insert().from_select(['id'], sa.select(o.c.t_id))",
    "INSERT INTO t (id) SELECT o.t_id FROM o" },
  { "returning-of-a-table", "p = sa.Table('p', sa.MetaData(), sa.Column('id', sa.Integer, primary_key=True), sa.Column('n', sa.Integer))\nresult = p.insert().values(n=1)",
    "INSERT INTO p (n) VALUES (1) RETURNING p.id" },
  { "update", "result = t.update().where(c.id == 1).where(c.on).values({c.name: c.name + 'x'})",
    "UPDATE t SET name=(t.name || 'x') WHERE t.id = 1 AND t.\"on\"" },
  { "delete", "result = sa.delete(t).where(c.id.in_(sa.select(o.c.t_id)))",
    "DELETE FROM t WHERE t.id IN (SELECT o.t_id FROM o)" },
  { "join", "result = sa.select(c.id, o.c.t_id).join(o, o.c.t_id == c.id)",
    "SELECT t.id, o.t_id FROM t JOIN o ON o.t_id = t.id" },
  { "exists", "result = sa.select(c.id).where(~sa.exists().where(o.c.t_id == c.id))",
    "SELECT t.id FROM t WHERE NOT (EXISTS (SELECT * FROM o WHERE o.t_id = t.id))" },
  { "subquery", "s = sa.select(c.id).subquery()\nresult = sa.select(s.c.id)",
    "SELECT anon_1.id FROM (SELECT t.id AS id FROM t) AS anon_1" },
  { "label-in-order", "result = sa.select(c.id.label('x')).order_by(sa.desc('x'))",
    "SELECT t.id AS x FROM t ORDER BY x DESC" },
  { "union", "result = sa.union_all(sa.select(c.id), sa.select(o.c.t_id)).limit(1)",
    "SELECT t.id FROM t UNION ALL SELECT o.t_id FROM o LIMIT 1" },
  { "conflict", "s = pg.insert(t).values(id=1, name='x')\nresult = s.on_conflict_do_update(index_elements=['id'], set_={'name': s.excluded.name})",
    "INSERT INTO t (id, name) VALUES (1, 'x') ON CONFLICT (id) DO UPDATE SET name = excluded.name" },
  { "column", "result = sa.select(c.nothing)",
    "refused raises: AttributeError: nothing" },
  { "list", "result = sa.select([c.id])",
    "refused raises: ArgumentError: Column expression, FROM clause, or other columns clause element expected, got a list. Did you mean to say select(...) with its elements?" },
  { "parameters-of-where", "result = t.update().where(c.id == sa.bindparam('x'))\nparameters = {'x': 5, 'name': 'y'}",
    "UPDATE t SET name='y' WHERE t.id = 5" },
  { "parameters-in-a-list", "result = sa.select(c.id).where(c.id.in_(sa.bindparam('x', expanding=True)))\nparameters = {'x': [1, 2]}",
    "SELECT t.id FROM t WHERE t.id IN (1, 2)" },
  { "join-by-a-foreign-key", "a = sa.Table('a', m := sa.MetaData(), sa.Column('id', sa.Integer, primary_key=True))\nb = sa.Table('b', m, sa.Column('a_id', sa.ForeignKey('a.id')))\nresult = sa.select(a.c.id).join(b)",
    "SELECT a.id FROM a JOIN b ON a.id = b.a_id" },
  { "with", "x = sa.select(c.id).cte('x')\nresult = sa.select(x.c.id)",
    "WITH x AS (SELECT t.id AS id FROM t) SELECT x.id FROM x" },
  { "ddl", "result = sa.DDL('SELECT 1:x')",
    "SELECT 1:x" },
  { "nothing", "result = 5",
    "refused raises: ObjectNotExecutableError: Not an executable object: 5" },
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
      g_autofree char *path = g_strdup_printf ("/sqlalchemy/statements/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_sql);
    }

  return g_test_run ();
}
