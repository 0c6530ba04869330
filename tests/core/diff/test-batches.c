/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Tables of SQLite that change, as a script of Alembic has them; test-batches.py of the peers runs such scripts. */

#include "config.h"

#include "core/alembic/write.h"
#include "core/diff/operations.h"
#include "core/reflect/reflect.h"

#include <string.h>

static StrataPicture *
look (const char *statements)
{
  static const StrataUrlParts parts = { .dialect = STRATA_DIALECT_SQLITE, .database = ":memory:" };
  static const StrataConnectOptions options = { .writable = TRUE };
  g_autoptr(StrataUrl) url = strata_url_new (&parts);
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataConnection) connection = strata_connection_open (url, &options, NULL, &error);
  g_auto(GStrv) lines = g_strsplit (statements, ";", -1);
  StrataPicture *picture;

  g_assert_no_error (error);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      strata_connection_execute (connection, lines[i], -1, NULL, 0, NULL, NULL, &error);
      g_assert_no_error (error);
    }
  picture = strata_reflect_whole (connection, NULL, NULL, &error);
  g_assert_no_error (error);

  return picture;
}

static char *
write_body (const char         *old,
            const char         *new,
            const StrataRename *rename,
            gboolean            is_plain)
{
  const StrataRename *renames[] = { rename, NULL };
  const StrataDiffOptions options = { renames };
  g_autoptr(StrataPicture) from = look (old);
  g_autoptr(StrataPicture) to = look (new);
  g_autoptr(StrataDiff) diff = strata_diff_new (from, to, &options);
  g_autoptr(GError) error = NULL;
  const GPtrArray *steps = strata_diff_plan (diff, NULL, &error);
  g_autoptr(StrataDiffOperations) list = strata_diff_operations_new (diff, steps, is_plain);
  guint n = strata_diff_operations_get_n (list);
  g_autofree const StrataOperation **operations = g_new0 (const StrataOperation *, n + 1);
  g_autofree gboolean *is_direct = g_new0 (gboolean, n + 1);
  g_autofree gboolean *is_of_sqlite = g_new0 (gboolean, n + 1);
  g_autofree const char **notes = g_new0 (const char *, n + 1);
  g_autoptr(GHashTable) imports = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const StrataPythonStyle style = {
    .as_batch = TRUE, .is_direct = is_direct, .is_of_sqlite = is_of_sqlite, .notes = notes,
    .made_anew = strata_diff_operations_get_made_anew (list)
  };
  char *body;

  for (guint i = 0; i < n; i++)
    {
      const StrataDiffOperation *operation = strata_diff_operations_get (list, i);

      operations[i] = operation->operation;
      is_direct[i] = operation->is_direct;
      is_of_sqlite[i] = operation->is_of_sqlite;
      notes[i] = operation->reason;
    }
  body = strata_python_write_body (operations, &style, imports, &error);
  g_assert_no_error (error);

  return body;
}

#define T(rest) "CREATE TABLE t (id INTEGER NOT NULL, a VARCHAR(10), n INTEGER, PRIMARY KEY (id)" rest
#define T2(rest) "CREATE TABLE t (id INTEGER NOT NULL, a VARCHAR(20), n INTEGER, PRIMARY KEY (id)" rest
#define LONGER "alter_column('a',\n               existing_type=sa.VARCHAR(length=10),\n               type_=sa.VARCHAR(length=20))"
#define NOT "# not by batch_alter_table(), which "

static const struct
{
  const char *name;
  const char *old;
  const char *new;
  const char *has[4];
  const char *lacks;
} cases[] = {
  { "type", T (")"), T2 (")"), { "with op.batch_alter_table('t', schema=None) as batch_op:\n        batch_op." LONGER }, "execute" },
  { "place", "CREATE TABLE t (id INTEGER, x TEXT, n INTEGER)", "CREATE TABLE t (id INTEGER, y TEXT, n BIGINT, z TEXT)",
    { "batch_op.drop_column('x')", "sa.Column('y', sa.TEXT(), nullable=True))", "sa.Column('z', sa.TEXT(), nullable=True))" },
    "insert_after" },
  { "constraints", T (", CONSTRAINT c CHECK (n > 0), CONSTRAINT u UNIQUE (a))"),
    T (", CONSTRAINT c CHECK (n > 1), CONSTRAINT f FOREIGN KEY(n) REFERENCES t (id))"),
    { "batch_op.drop_constraint(batch_op.f('c'), type_='check')", "batch_op.drop_constraint(batch_op.f('u'), type_='unique')",
      "batch_op.create_check_constraint(batch_op.f('c'), 'n > 1')",
      "    if op.get_context().dialect.name == 'sqlite':\n        op.execute('PRAGMA foreign_keys=OFF')\n" }, "_strata_new" },
  { "drop-all", T ("); CREATE TABLE u (t INTEGER REFERENCES t, u INTEGER REFERENCES u)"), "",
    { "    op.drop_table('u')\n    op.drop_table('t')" }, "PRAGMA" },
  { "drop-referred", T ("); CREATE TABLE u (t INTEGER REFERENCES t)"), "CREATE TABLE u (t INTEGER)", { "PRAGMA", "op.drop_table('t')" }, "get_bind" },
  { "indexes", T ("); CREATE INDEX i ON t (a); CREATE INDEX k ON t (n)"), T2 ("); CREATE INDEX j ON t (a); CREATE INDEX k ON t (n)"),
    { "batch_op.drop_index(batch_op.f('i'))\n        batch_op." LONGER "\n        batch_op.create_index(batch_op.f('j'), ['a']" }, "'k'" },
  { "expression-index", T (")"), T ("); CREATE INDEX i ON t (lower(a)); CREATE INDEX c ON t (a COLLATE NOCASE)"),
    { "    op.create_index(op.f('i'), 't', [sa.text('lower(a)')]", "op.execute('CREATE INDEX c ON t (a COLLATE NOCASE)')" }, "batch_op" },
  { "two", T ("); CREATE TABLE u (x TEXT); CREATE INDEX i ON t (a); CREATE INDEX j ON u (x)"), T2 ("); CREATE TABLE u (x VARCHAR)"),
    { "drop_index(batch_op.f('i'))\n        batch_op." LONGER, "drop_index(batch_op.f('j'))\n        batch_op.alter_column('x'" }, "execute" },
  { "direct", T (", CHECK (n > 0))"), "CREATE TABLE t (id INTEGER NOT NULL, n INTEGER, b TEXT DEFAULT 'x', PRIMARY KEY (id), CHECK (n > 0))",
    { "    op.add_column('t', sa.Column('b'", "    op.drop_column('t', 'a')" }, "batch_op" },
  { "view", T ("); CREATE VIEW v AS SELECT a FROM t"),
    "CREATE TABLE t (id INTEGER NOT NULL, a VARCHAR(10), n INTEGER, b TEXT DEFAULT 'x', PRIMARY KEY (id)); CREATE VIEW v AS SELECT a FROM t",
    { "    op.add_column('t', sa.Column('b'" }, "VIEW" },
  { "unnamed", T (", CHECK (n > 0))"), T2 (", CHECK (n > 0))"), { "dialect.name != 'sqlite':\n        raise NotImplementedError('t is made anew", NOT "loses CHECK (n > 0), which has no name\n    op.execute(" },
    "batch_op" },
  { "no-name", T (")"), T (", UNIQUE (a))"), { NOT "can't make a unique constraint without a name: UNIQUE (a)" }, "batch_op" },
  { "key", "CREATE TABLE t (a INTEGER, b INTEGER)", "CREATE TABLE t (a INTEGER, b INTEGER, PRIMARY KEY (a, b))", { NOT "has to guess" }, "batch_op" },
  { "strict", "CREATE TABLE t (a TEXT) STRICT", "CREATE TABLE t (a TEXT NOT NULL) STRICT", { NOT "loses STRICT" }, "batch_op" },
  { "same-name", T (", CONSTRAINT c UNIQUE (a), CONSTRAINT c CHECK (n > 0))"), T2 (", CONSTRAINT c UNIQUE (a), CONSTRAINT c CHECK (n > 0))"),
    { NOT "loses CHECK (n > 0) beside another one like it" }, "batch_op" },
  { "comment", T (" -- CHECK (x)\n)"), T2 (")"), { NOT "may not see every constraint" }, "batch_op" },
  { "missing", T (", FOREIGN KEY(n) REFERENCES gone (id))"), T2 (", FOREIGN KEY(n) REFERENCES gone (id))"),
    { NOT "fails where a foreign key refers to what is not there, as to gone" }, "batch_op" },
  { "index-lost", T ("); CREATE INDEX i ON t (a DESC)"), T2 ("); CREATE INDEX i ON t (a DESC)"), { NOT "loses a part of the index i" }, "_op.alter" },
  { "cast", "CREATE TABLE t (a TEXT)", "CREATE TABLE t (a INTEGER)", { NOT "writes a CAST for the column a" }, "batch_op" },
  { "default", "CREATE TABLE t (a TEXT DEFAULT \"x\")", "CREATE TABLE t (a VARCHAR DEFAULT \"x\")", { NOT "makes something else of the default" },
    "batch_op" },
  { "not-null", "CREATE TABLE t (a TEXT)", "CREATE TABLE t (a TEXT, b TEXT NOT NULL)", { NOT "adds a NOT NULL column by ALTER" }, "batch_op" },
  { "strange", "CREATE TABLE t (a TINYINT(1), b TEXT)", "CREATE TABLE t (a TINYINT(1), b VARCHAR)", { NOT "makes another type of TINYINT(1)" },
    "batch_op" },
};

static void
test_case (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autofree char *body = write_body (cases[i].old, cases[i].new, NULL, FALSE);

  g_test_message ("%s", body);
  for (guint j = 0; j < G_N_ELEMENTS (cases[i].has) && cases[i].has[j] != NULL; j++)
    g_assert_nonnull (strstr (body, cases[i].has[j]));
  g_assert_null (strstr (body, cases[i].lacks));
}

static void
test_renames (void)
{
  const StrataRename column = { .kind = STRATA_OBJECT_TABLE, .table = "t", .from = "a", .to = "b", .is_column = TRUE };
  const StrataRename table = { .kind = STRATA_OBJECT_TABLE, .from = "t", .to = "u" };
  g_autofree char *one = write_body ("CREATE TABLE t (id INTEGER, a TEXT)", "CREATE TABLE t (id INTEGER, b TEXT)", &column, FALSE);
  g_autofree char *other = write_body ("CREATE TABLE t (id INTEGER, a TEXT)", "CREATE TABLE u (id INTEGER, a TEXT)", &table, FALSE);

  g_test_message ("%s\n%s", one, other);
  g_assert_nonnull (strstr (one, "    op.alter_column('t', 'a',\n               new_column_name='b')"));
  g_assert_nonnull (strstr (other, "    op.rename_table('t', 'u')"));
}

static void
test_plain (void)
{
  g_autofree char *body = write_body (T (", FOREIGN KEY(n) REFERENCES t (id))"), T2 (", FOREIGN KEY(n) REFERENCES t (id))"), NULL, TRUE);

  g_assert_nonnull (strstr (body, "        op.execute('PRAGMA foreign_keys=OFF')\n    op.execute('CREATE TABLE _strata_new_t"));
  g_assert_null (strstr (body, "batch_op"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/diff/batches/", cases[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_case);
    }
  g_test_add_func ("/diff/batches/renames", test_renames);
  g_test_add_func ("/diff/batches/plain", test_plain);

  return g_test_run ();
}
