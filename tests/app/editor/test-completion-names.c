/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which names fit into the literals of a script of Alembic. */

#include "config.h"

#include <string.h>

#include "app/editor/completion-names.h"

/* At the "|", in the literal that the last quote begins: "t" a table, "c:" columns of, "" neither. */
typedef struct
{
  const char *text;
  const char *fits;
} Case;

static const Case cases[] = {
  { "op.add_column(\"|", "t" },
  { "op.add_column('orders', sa.Column('|", "" },
  { "op.drop_column(\n    \"orders\",\n    \"|", "c:orders" },
  { "op.drop_column(column_name=\"x\", table_name=\"|", "t" },
  { "op.alter_column(table_name='orders', column_name='|", "c:orders" },
  { "op.create_index(op.f(\"ix\"), \"orders\", [\"a\", \"|", "c:orders" },
  { "op.create_index(\"|", "" },
  { "op.create_table(\"|", "" },
  { "op.rename_table(\"|", "t" },
  { "op.rename_table(\"a\", \"|", "" },
  { "op.create_foreign_key(\"k\", \"orders\", \"|", "t" },
  { "op.create_foreign_key(\"k\", \"orders\", \"customers\", [\"|", "c:orders" },
  { "op.create_foreign_key(\"k\", \"orders\", \"customers\", [\"a\"], [\"|", "c:customers" },
  { "with op.batch_alter_table(\"|", "t" },
  { "with op.batch_alter_table(\"orders\") as batch_op:\n    batch_op.drop_column(\"|", "c:orders" },
  { "sa.Column(\"a\", sa.Integer(), sa.ForeignKey(\"|", "t" },
  { "sa.ForeignKey(\"shop.customers.|", "c:customers" },
  { "op.drop_table(name)  # it's\nop.drop_table(\"|", "t" },
  { "op.execute(\"|", "" },
  { "x = \"|", "" },
};

static void
test_fits (gconstpointer data)
{
  const Case *one = data;
  g_autofree char *before = g_strndup (one->text, strchr (one->text, '|') - one->text);
  g_auto(StrataNameSpot) spot = { FALSE, };
  g_autofree char *fits = NULL;
  const char *literal = before + strlen (before) - 1;

  while (*literal != '"' && *literal != '\'')
    literal--;
  strata_completion_names_find (&spot, before, literal);
  fits = spot.wants_table ? g_strdup ("t")
                          : g_strconcat (spot.tables != NULL ? "c:" : "",
                                         spot.tables != NULL ? g_ptr_array_index (spot.tables, 0) : NULL, NULL);
  g_assert_cmpstr (fits, ==, one->fits);
  if (*one->fits != '\0')
    g_assert_true (spot.is_sure);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/editor/completion-names/%02u", i);

      g_test_add_data_func (path, &cases[i], test_fits);
    }

  return g_test_run ();
}
