/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/diff/operations.h"

#include <string.h>

#include "core/alembic/write.h"
#include "core/diff/pictures.h"

static const StrataType integer = { .kind = STRATA_TYPE_INTEGER };
static const StrataType text = { .kind = STRATA_TYPE_TEXT };
static const StrataType short_text = { .kind = STRATA_TYPE_VARCHAR, .length = 10 };
static const StrataType long_text = { .kind = STRATA_TYPE_VARCHAR, .length = 20 };
static const StrataType words = { .kind = STRATA_TYPE_WORDS, .name = "cube" };
static const StrataPythonSource python = { "app.Name()", (const char *[]) { "import app", NULL } };
static const StrataType own_text = { .kind = STRATA_TYPE_VARCHAR, .length = 20, .python = &python };
static const char * const colors[] = { "red", "it's", NULL };
static const StrataType color = { .kind = STRATA_TYPE_ENUM, .name = "color", .values = { .schema = "public", .values = colors } };

static const StrataPictureColumn id = { .name = "id", .type = &integer, .type_text = "integer" };
static const StrataPictureColumn name = { .name = "name", .type = &short_text, .type_text = "character varying(10)",
                                          .is_nullable = TRUE };
static const StrataPictureColumn longer = { .name = "name", .type = &long_text, .type_text = "character varying(20)" };
static const StrataPictureColumn own = { .name = "name", .type = &own_text, .type_text = "character varying(20)",
                                         .is_nullable = TRUE, .comment = "What: it is" };
static const StrataPictureColumn count = { .name = "n", .type = &integer, .type_text = "integer", .is_nullable = TRUE,
                                           .default_text = "1" };
static const StrataPictureColumn more = { .name = "n", .type = &integer, .type_text = "integer", .is_nullable = TRUE,
                                          .default_text = "length(' :x')" };
static const StrataPictureColumn none = { .name = "n", .type = &integer, .type_text = "integer", .is_nullable = TRUE };
static const StrataPictureColumn extra = { .name = "extra", .type = &text, .type_text = "text", .is_nullable = TRUE };
static const StrataPictureColumn odd = { .name = "odd", .type = &words, .type_text = "cube", .is_nullable = TRUE };
static const StrataPictureColumn serial = { .name = "id", .type = &integer, .type_text = "integer", .is_autoincrement = TRUE,
                                            .default_text = "nextval('public.u_id_seq'::regclass)" };
static const StrataPictureColumn colored = { .name = "c", .type = &color, .type_text = "public.color", .is_nullable = TRUE };

static const char * const by_id[] = { "id", NULL };
static const StrataPictureKey key = { .name = "t_pkey", .columns = by_id };
static const StrataPictureKey serial_key = { .name = "u_pkey", .columns = by_id };
static const StrataObject key_object = { .kind = STRATA_OBJECT_PRIMARY_KEY, .schema = "public", .table = "t", .name = "t_pkey",
                                         .text = "PRIMARY KEY (id)", .of.key = &key };
static const StrataObject serial_key_object = { .kind = STRATA_OBJECT_PRIMARY_KEY, .schema = "public", .table = "u",
                                                .name = "u_pkey", .text = "PRIMARY KEY (id)", .of.key = &serial_key };
static const StrataPictureStorage storage = { .replica_identity = 'd' };

#define TABLE(variable, ...) \
  static const StrataPictureColumn * const variable##_columns[] = { __VA_ARGS__, NULL }; \
  static const StrataPictureTable variable##_table = { .schema = "public", .name = "t", .columns = variable##_columns, \
                                                       .primary_key = &key, .storage = &storage }; \
  static const StrataObject variable = { .kind = STRATA_OBJECT_TABLE, .schema = "public", .name = "t", \
                                         .of.table = &variable##_table }

TABLE (plain, &id, &name, &count);
TABLE (altered, &id, &longer, &more);
TABLE (named, &id, &own, &none);
TABLE (wider, &id, &name, &count, &extra);
TABLE (strange, &id, &name, &count, &odd);

static const StrataPictureColumn * const serial_columns[] = { &serial, &colored, NULL };
static const StrataPictureTable serial_table = { .schema = "public", .name = "u", .columns = serial_columns,
                                                 .primary_key = &serial_key, .storage = &storage, .comment = "Us" };
static const StrataObject serial_object = { .kind = STRATA_OBJECT_TABLE, .schema = "public", .name = "u", .comment = "Us",
                                            .of.table = &serial_table };
static const StrataPictureSequence sequence = { .type_text = "integer", .start = "1", .increment = "1", .minvalue = "1",
                                                .maxvalue = "2147483647", .cache = "1", .owner_table = "u", .owner_column = "id" };
static const StrataObject sequence_object = { .kind = STRATA_OBJECT_SEQUENCE, .schema = "public", .name = "u_id_seq",
                                              .of.sequence = &sequence };
static const StrataObject color_object = { .kind = STRATA_OBJECT_ENUM, .schema = "public", .name = "color", .of.type = &color };

static const StrataPictureElement by_name = { .column = "name", .text = "name", .is_descending = TRUE };
static const StrataPictureElement * const elements[] = { &by_name, NULL };
static const StrataPictureIndex index_parts = { .name = "ix", .method = "btree", .elements = elements, .where = "(n > 0)" };
static const StrataObject index_object = { .kind = STRATA_OBJECT_INDEX, .schema = "public", .table = "t", .name = "ix",
                                           .text = "CREATE INDEX ix ON public.t USING btree (name DESC) WHERE (n > 0)",
                                           .of.index = &index_parts };
static const StrataPictureCheck check = { .name = "ck", .text = "n > 0" };
static const StrataObject check_object = { .kind = STRATA_OBJECT_CHECK, .schema = "public", .table = "t", .name = "ck",
                                           .text = "CHECK ((n > 0))", .of.check = &check };
static const StrataPictureReference reference = { .name = "fk", .columns = by_id, .schema = "public", .table = "t",
                                                  .referred = by_id, .on_delete = "CASCADE" };
static const StrataObject reference_object = { .kind = STRATA_OBJECT_FOREIGN_KEY, .schema = "public", .table = "t", .name = "fk",
                                               .text = "FOREIGN KEY (id) REFERENCES public.t(id) ON DELETE CASCADE",
                                               .of.reference = &reference };

static char *
write_body (StrataPicture  *from,
            StrataPicture  *to,
            gboolean        is_plain,
            char          **imports)
{
  const StrataDiffOptions options = { NULL };
  const StrataPythonStyle style = { 0 };
  g_autoptr(StrataDiff) diff = strata_diff_new (from, to, &options);
  g_autoptr(GError) error = NULL;
  const GPtrArray *steps = strata_diff_plan (diff, NULL, &error);
  g_autoptr(StrataDiffOperations) list = NULL;
  g_autoptr(GPtrArray) operations = g_ptr_array_new ();
  g_autoptr(GHashTable) lines = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  char *body;

  g_assert_no_error (error);
  list = strata_diff_operations_new (diff, steps, is_plain);
  for (guint i = 0; i < strata_diff_operations_get_n (list); i++)
    g_ptr_array_add (operations, (gpointer) strata_diff_operations_get (list, i)->operation);
  g_ptr_array_add (operations, NULL);
  body = strata_python_write_body ((const StrataOperation * const *) operations->pdata, &style, lines, &error);
  g_assert_no_error (error);
  *imports = strata_python_write_imports (lines);

  return body;
}

typedef struct
{
  const char         *name;
  const StrataObject *from[5];
  const StrataObject *to[5];
  const char         *there[4];     /* texts of the body */
  const char         *back[4];
  const char         *imports;
} Case;

static const Case cases[] = {
  { "table", { NULL }, { &color_object, &serial_object, &serial_key_object, &sequence_object },
    { "op.create_table('u',\n    sa.Column('id', sa.INTEGER(), nullable=False),\n"
      "    sa.Column('c', postgresql.ENUM('red', \"it's\", name='color', create_type=False), nullable=True),\n"
      "    sa.PrimaryKeyConstraint('id', name=op.f('u_pkey')),\n    comment='Us'\n    )\n",
      "op.execute(\"CREATE TYPE public.color AS ENUM" },
    { "op.drop_table('u')\n", "op.execute('DROP TYPE public.color')" }, "from sqlalchemy.dialects import postgresql" },
  { "columns", { &plain, &key_object }, { &altered, &key_object },
    { "existing_type=sa.VARCHAR(length=10),\n               type_=sa.VARCHAR(length=20),\n               nullable=False",
      "server_default=sa.text(\"length(' \\\\:x')\")" },
    { "type_=sa.VARCHAR(length=10),\n               nullable=True", "server_default=sa.text('1')" }, "" },
  { "own-types", { &plain, &key_object }, { &named, &key_object },
    { "type_=app.Name()", "comment='What: it is'", "server_default=None" }, { "existing_type=app.Name()", "comment=None" }, "import app" },
  { "more-columns", { &plain, &key_object }, { &wider, &key_object },
    { "op.add_column('t', sa.Column('extra', sa.TEXT(), nullable=True))" }, { "op.drop_column('t', 'extra')" }, "" },
  { "strange-type", { &plain, &key_object }, { &strange, &key_object },
    { "op.execute('ALTER TABLE public.t ADD COLUMN odd cube')" }, { "op.drop_column('t', 'odd')" }, "" },
  { "parts", { &plain, &key_object }, { &plain, &key_object, &index_object, &check_object, &reference_object },
    { "op.create_index(op.f('ix'), 't', [sa.text('name DESC')], unique=False, postgresql_where=sa.text('(n > 0)'))",
      "op.create_check_constraint(op.f('ck'), 't', 'n > 0')",
      "op.create_foreign_key(op.f('fk'), 't', 't', ['id'], ['id'], ondelete='CASCADE')" },
    { "op.drop_index(op.f('ix'), table_name='t')", "op.drop_constraint(op.f('ck'), 't', type_='check')",
      "op.drop_constraint(op.f('fk'), 't', type_='foreignkey')" }, "" },
};

static StrataPicture *
take_picture (const StrataObject * const *objects)
{
  StrataPicture *picture = make_picture (objects[0], objects[0] != NULL ? objects[1] : NULL, objects[2], objects[3], objects[4], NULL);
  g_autoptr(GPtrArray) tables = g_ptr_array_new ();

  for (guint i = 0; i < picture->n_objects; i++)
    if (picture->objects[i]->kind == STRATA_OBJECT_TABLE)
      g_ptr_array_add (tables, (gpointer) picture->objects[i]->of.table);
  picture->tables = strata_picture_list (picture, tables);
  picture->n_tables = tables->len;

  return picture;
}

static void
assert_texts (const char         *body,
              const char * const *texts)
{
  for (guint i = 0; i < 4 && texts[i] != NULL; i++)
    if (strstr (body, texts[i]) == NULL)
      g_error ("“%s” is not in:\n%s", texts[i], body);
}

static void
test_case (gconstpointer data)
{
  const Case *test = data;
  g_autoptr(StrataPicture) from = take_picture (test->from);
  g_autoptr(StrataPicture) to = take_picture (test->to);
  g_autofree char *imports = NULL;
  g_autofree char *back_imports = NULL;
  g_autofree char *there = write_body (from, to, FALSE, &imports);
  g_autofree char *back = write_body (to, from, FALSE, &back_imports);

  assert_texts (there, test->there);
  assert_texts (back, test->back);
  g_assert_cmpstr (imports, ==, test->imports);
  g_assert_null (strstr (there, "CREATE SEQUENCE"));
}

static void
test_plain (void)
{
  g_autoptr(StrataPicture) from = take_picture (cases[3].from);
  g_autoptr(StrataPicture) to = take_picture (cases[3].to);
  g_autofree char *imports = NULL;
  g_autofree char *body = write_body (from, to, TRUE, &imports);

  g_assert_nonnull (strstr (body, "op.execute('ALTER TABLE public.t ADD COLUMN extra text')"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/diff/operations/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/diff/operations/plain", test_plain);

  return g_test_run ();
}
