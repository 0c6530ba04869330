/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "core/engine/collect.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

/* Bytes that name no word of the list stand for themselves, so that a text is a script too. Others are turned into words
 * that fit together more often than letters do: the body of upgrade(). */
static char *
make_script (const guint8 *data,
             gsize         size)
{
  static const char * const words[] = {
    "\n    ", "op.", "sa.", "create_table(", "'t'", ", ", ")", "sa.Column('a', ", "sa.Integer()", "sa.String(5)", "sa.Boolean()",
    "sa.Enum('x', 'y', name='e')", "postgresql.JSONB()", "postgresql.ARRAY(sa.Text())", "primary_key=True", "nullable=False",
    "server_default=", "sa.text('now()')", "'1'", "sa.ForeignKey('u.id', ondelete='CASCADE')", "unique=True", "index=True",
    "op.drop_table('t')", "op.add_column('t', ", "op.drop_column('t', 'a')", "op.alter_column('t', 'a', ", "type_=", "existing_type=",
    "new_column_name='b'", "op.create_index('i', 't', ['a']", "op.drop_index('i', 't'", "op.execute(", "op.bulk_insert(t, [{'a': 1}])",
    "t = sa.table('t', sa.column('a', sa.Integer))", "u = sa.table('u', sa.column('id'))", "sa.select(t.c.a)", ".where(", "t.c.a", " == ",
    "u.c.id", "1", "None", "sa.and_(", "sa.or_(", "sa.not_(", "sa.case((", "), else_=", "sa.cast(", "sa.func.max(", "sa.func.count()",
    ".label('l')", ".values(a=", "sa.update(t)", "sa.insert(t)", "sa.delete(t)", ".subquery()", ".cte('c')", ".join(u, ", ".order_by(",
    ".limit(3)", ".in_([1, 2])", ".like('x%')", ".contains('x')", ".is_(None)", "sa.exists().where(", ".from_select(['a'], ",
    "with op.batch_alter_table('t') as b:\n        ", "b.add_column(", "b.drop_column('a')", "b.alter_column('a', ", "b.create_unique_constraint('q', ['a'])",
    "op.create_foreign_key('f', 't', 'u', ['a'], ['id'])", "op.create_check_constraint('k', 't', ", "op.create_unique_constraint('q', 't', ['a'])",
    "op.drop_constraint('q', 't', type_='unique')", "op.rename_table('t', 'v')", "bind = op.get_bind()", "bind.execute(", "bind.dialect.name",
    "if ", ":\n        ", "for i in range(2):\n        ", "sa.inspect(bind)", ".get_columns('t')", "sa.Table('t', sa.MetaData(), ",
    "sa.UniqueConstraint('a', name='q')", "sa.PrimaryKeyConstraint('a')", "sa.CheckConstraint('a > 1')", "sa.Index('i', 'a')", "sa.Computed('a + 1')",
    "sa.Identity()", "sa.Sequence('s')", "schema='s'", "comment='c'", "op.f('n')", "sa.literal(", "sa.true()", "sa.null()", "sa.bindparam('p', 1)",
    ".bindparams(p=1)", "sa.text('SELECT :p')", "postgresql.ENUM('x', name='e', create_type=False)", ".create(op.get_bind(), checkfirst=True)",
    "postgresql_using='gin'", "postgresql_where=sa.text('a')", "op.create_table_comment('t', 'c')", "(", "[", "]", "'", "=", " + ", "-", "~", "lambda: ",
  };
  GString *script = g_string_new ("from alembic import op\nimport sqlalchemy as sa\nfrom sqlalchemy.dialects import postgresql\n\n\n"
                                  "def upgrade():\n    pass\n    ");

  for (gsize i = 0; i < size; i++)
    if (data[i] >= 128 && data[i] - 128U < G_N_ELEMENTS (words))
      g_string_append (script, words[data[i] - 128]);
    else
      g_string_append_c (script, data[i] < 128 && data[i] != 0 ? (char) data[i] : ' ');

  return g_string_free (script, FALSE);
}

/* The text of all statements, or of the failure. */
static char *
collect (StrataEvaluator *evaluator,
         StrataDialect    dialect,
         const char      *text,
         gsize            length)
{
  StrataCollectOptions options = {
    .dialect = dialect, .evaluator = evaluator, .is_offline = TRUE, .parameters = STRATA_PARAMETERS_NAMED, .has_literal_binds = TRUE,
    .is_preview = TRUE,
  };
  StrataEvaluateFailure *failure = NULL;
  gboolean varies = FALSE;
  g_autoptr(GArray) collected = strata_collect_script ("fuzz.py", text, length, "upgrade", &options, NULL, &varies, &failure);
  GString *all = g_string_new (NULL);

  g_assert ((collected == NULL) == (failure != NULL));
  if (failure != NULL)
    g_string_append_printf (all, "%s:%u: %s", failure->code, failure->line, failure->message);
  for (guint i = 0; collected != NULL && i < collected->len; i++)
    g_string_append_printf (all, "%s;\n", g_array_index (collected, StrataCollected, i).text);
  g_assert (g_utf8_validate (all->str, all->len, NULL));
  /* What varies is not the same twice. */
  if (varies)
    g_string_assign (all, "");
  g_clear_pointer (&failure, strata_evaluate_failure_free);

  return g_string_free (all, FALSE);
}

/* An evaluator that has seen other scripts says what a new one says. */
static void
compare (const char *text,
         gsize       length)
{
  static StrataEvaluator *used[2];
  static const StrataDialect dialects[] = { STRATA_DIALECT_POSTGRESQL, STRATA_DIALECT_SQLITE };

  for (guint i = 0; i < G_N_ELEMENTS (dialects); i++)
    {
      g_autofree char *first = NULL;
      g_autofree char *again = NULL;

      if (used[i] == NULL)
        used[i] = strata_evaluator_new ();
      first = collect (used[i], dialects[i], text, length);
      again = collect (NULL, dialects[i], text, length);
      if (!g_str_has_prefix (first, "limit:"))
        g_assert_cmpstr (first, ==, again);
    }
}

/* The text as it is, and as words. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autofree char *script = make_script (data, size);

  compare ((const char *) data, size);
  compare (script, strlen (script));

  return 0;
}
