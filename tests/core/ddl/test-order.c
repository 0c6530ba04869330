/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/ddl/ddl.h"

#include <string.h>

/* A picture by hand: objects in any order, needs by number. */
typedef struct
{
  StrataPicture *picture;
  GPtrArray     *objects;
} Hand;

static void
hand_init (Hand *self)
{
  self->picture = strata_picture_new (STRATA_DIALECT_POSTGRESQL);
  self->objects = g_ptr_array_new ();
}

static void
hand_clear (Hand *self)
{
  g_ptr_array_unref (self->objects);
  strata_picture_unref (self->picture);
}

static StrataObject *
hand_add (Hand             *self,
          StrataObjectKind  kind,
          const char       *table,
          const char       *name,
          const char       *text)
{
  StrataObject *object = strata_picture_alloc (self->picture, sizeof *object);
  gboolean is_relation = kind == STRATA_OBJECT_TABLE || kind == STRATA_OBJECT_VIEW || kind == STRATA_OBJECT_MATERIALIZED_VIEW;

  object->kind = kind;
  object->schema = "s";
  object->table = strata_picture_intern (self->picture, table);
  object->name = strata_picture_intern (self->picture, name);
  object->text = strata_picture_intern (self->picture, text != NULL ? text : "");
  if (is_relation)
    {
      StrataPictureTable *relation = strata_picture_alloc (self->picture, sizeof *relation);

      relation->storage = strata_picture_alloc (self->picture, sizeof (StrataPictureStorage));
      object->of.table = relation;
    }
  else if (kind == STRATA_OBJECT_ROUTINE)
    {
      object->arguments = "";
      object->of.routine = strata_picture_alloc (self->picture, sizeof (StrataPictureRoutine));
    }
  else
    {
      object->of.index = strata_picture_alloc (self->picture, sizeof (StrataPictureIndex) + sizeof (StrataPictureSequence));
    }
  g_ptr_array_add (self->objects, object);

  return object;
}

static void
hand_need (Hand         *self,
           StrataObject *object,
           StrataObject *need)
{
  g_autoptr(GPtrArray) needs = g_ptr_array_new ();

  for (guint i = 0; object->needs != NULL && object->needs[i] != NULL; i++)
    g_ptr_array_add (needs, (gpointer) object->needs[i]);
  g_ptr_array_add (needs, need);
  object->needs = strata_picture_list (self->picture, needs);
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  return strata_object_compare (*(const StrataObject * const *) a, *(const StrataObject * const *) b);
}

static void
hand_finish (Hand *self)
{
  g_ptr_array_sort (self->objects, compare);
  self->picture->objects = strata_picture_list (self->picture, self->objects);
  self->picture->n_objects = self->objects->len;
}

static void
assert_order (Hand       *self,
              const char *expected)
{
  g_autoptr(GPtrArray) order = NULL;
  g_autoptr(GString) names = g_string_new (NULL);

  hand_finish (self);
  order = strata_ddl_order (self->picture);
  for (guint i = 0; i < order->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? " " : "", ((const StrataObject *) g_ptr_array_index (order, i))->name);

  g_assert_cmpstr (names->str, ==, expected);
}

/* A table has its own behind it, foreign keys come last, and what is needed first. */
static void
test_kinds (void)
{
  Hand hand;
  StrataObject *late, *view;

  hand_init (&hand);
  hand_add (&hand, STRATA_OBJECT_TABLE, NULL, "b", NULL);
  hand_add (&hand, STRATA_OBJECT_TABLE, NULL, "a", NULL);
  hand_add (&hand, STRATA_OBJECT_ROUTINE, NULL, "f", "CREATE FUNCTION");
  hand_add (&hand, STRATA_OBJECT_INDEX, "a", "a_index", NULL);
  hand_add (&hand, STRATA_OBJECT_FOREIGN_KEY, "a", "a_key", NULL);
  hand_need (&hand, hand_add (&hand, STRATA_OBJECT_TRIGGER, "a", "a_trigger", NULL), hand.objects->pdata[2]);
  hand_add (&hand, STRATA_OBJECT_INDEX, "b", "b_index", NULL);
  hand_add (&hand, STRATA_OBJECT_PRIMARY_KEY, "b", "not alone", NULL);
  late = hand_add (&hand, STRATA_OBJECT_POLICY, "a", "a_policy", NULL);
  view = hand_add (&hand, STRATA_OBJECT_VIEW, NULL, "v", NULL);
  hand_need (&hand, late, view);
  hand_need (&hand, hand_add (&hand, STRATA_OBJECT_VIEW, NULL, "u", NULL), view);
  hand_need (&hand, hand_add (&hand, STRATA_OBJECT_STATISTICS, NULL, "b_statistics", NULL), hand.objects->pdata[0]);

  assert_order (&hand, "f a a_index a_trigger b b_index b_statistics v u a_policy a_key");
  hand_clear (&hand);
}

static void
test_left_out (void)
{
  Hand hand;
  StrataObject *of_extension;

  hand_init (&hand);
  of_extension = hand_add (&hand, STRATA_OBJECT_ROUTINE, NULL, "of_extension", NULL);
  of_extension->extension = "e";
  hand_need (&hand, hand_add (&hand, STRATA_OBJECT_DOMAIN, NULL, "d", NULL), of_extension);
  hand_add (&hand, STRATA_OBJECT_EXTENSION, NULL, "e", NULL);
  hand_add (&hand, STRATA_OBJECT_TABLE, NULL, "t", NULL);
  hand_add (&hand, STRATA_OBJECT_INDEX, "t", "inherited", NULL)->is_inherited = TRUE;
  hand_add (&hand, STRATA_OBJECT_TRIGGER, "elsewhere", "on what is not here", NULL);

  assert_order (&hand, "e d t on what is not here");
  hand_clear (&hand);
}

static void
test_sequences (void)
{
  Hand hand;
  StrataObject *table, *sequence;
  StrataPictureSequence *owned;

  hand_init (&hand);
  hand_add (&hand, STRATA_OBJECT_SEQUENCE, NULL, "alone", NULL);
  sequence = hand_add (&hand, STRATA_OBJECT_SEQUENCE, NULL, "of_t", NULL);
  owned = (StrataPictureSequence *) sequence->of.sequence;
  owned->owner_table = "t";
  owned->owner_column = "id";
  hand_add (&hand, STRATA_OBJECT_TABLE, NULL, "a", NULL);
  table = hand_add (&hand, STRATA_OBJECT_TABLE, NULL, "t", NULL);
  hand_need (&hand, table, sequence);
  hand_need (&hand, sequence, table);

  assert_order (&hand, "alone a of_t t");
  hand_clear (&hand);
}

static void
set_routine_text (StrataObject *routine)
{
  routine->text = "CREATE FUNCTION s.f() ...";
}

/* The function that a table's default calls reads the table: the default comes afterwards. */
static void
test_table_cycle (void)
{
  Hand hand;
  StrataObject *table, *routine, *check;
  StrataPictureColumn column = { .name = "n", .type_text = "integer", .is_nullable = TRUE, .default_text = "s.f()" };
  const StrataPictureColumn *columns[] = { &column, NULL };
  g_autofree char *dump = NULL;

  hand_init (&hand);
  table = hand_add (&hand, STRATA_OBJECT_TABLE, NULL, "t", NULL);
  ((StrataPictureTable *) table->of.table)->columns = columns;
  routine = hand_add (&hand, STRATA_OBJECT_ROUTINE, NULL, "f", NULL);
  set_routine_text (routine);
  check = hand_add (&hand, STRATA_OBJECT_CHECK, "t", "c", "CHECK (s.f() > n)");
  check->comment = "why";
  hand_need (&hand, check, routine);
  hand_need (&hand, table, routine);
  hand_need (&hand, routine, table);

  assert_order (&hand, "t f");
  dump = strata_ddl_dump (hand.picture, NULL);
  g_assert_cmpstr (strstr (dump, "CREATE TABLE"), ==,
                   "CREATE TABLE s.t (\n"
                   "    n integer\n"
                   ");\n"
                   "\n"
                   "CREATE FUNCTION s.f() ...;\n"
                   "\n"
                   "ALTER TABLE ONLY s.t ALTER COLUMN n SET DEFAULT s.f();\n"
                   "ALTER TABLE s.t ADD CONSTRAINT c CHECK (s.f() > n);\n"
                   "COMMENT ON CONSTRAINT c ON s.t IS 'why';\n"
                   "\n"
                   "RESET check_function_bodies;\n");
  hand_clear (&hand);
}

static void
test_view_cycle (void)
{
  Hand hand;
  StrataObject *first, *second;
  StrataPictureColumn column = { .name = "n", .type_text = "text", .collation = "\"C\"" };
  const StrataPictureColumn *columns[] = { &column, NULL };
  g_autofree char *dump = NULL;

  hand_init (&hand);
  first = hand_add (&hand, STRATA_OBJECT_VIEW, NULL, "v1", "SELECT n FROM s.v2");
  second = hand_add (&hand, STRATA_OBJECT_VIEW, NULL, "v2", "SELECT n FROM s.v1");
  ((StrataPictureTable *) first->of.table)->columns = columns;
  ((StrataPictureTable *) second->of.table)->columns = columns;
  hand_need (&hand, first, second);
  hand_need (&hand, second, first);

  assert_order (&hand, "v1 v2");
  dump = strata_ddl_dump (hand.picture, NULL);
  g_assert_cmpstr (strstr (dump, "CREATE VIEW"), ==,
                   "CREATE VIEW s.v1 AS\n"
                   " SELECT\n"
                   "    NULL::text COLLATE \"C\" AS n;\n"
                   "\n"
                   "CREATE VIEW s.v2 AS\n"
                   " SELECT n FROM s.v1;\n"
                   "\n"
                   "CREATE OR REPLACE VIEW s.v1 AS\n"
                   " SELECT n FROM s.v2;\n");
  hand_clear (&hand);
}

/* A cycle that nothing can break is no reason to hang or to lose anything. */
static void
test_other_cycle (void)
{
  Hand hand;
  StrataObject *first, *second;

  hand_init (&hand);
  first = hand_add (&hand, STRATA_OBJECT_DOMAIN, NULL, "a", NULL);
  second = hand_add (&hand, STRATA_OBJECT_DOMAIN, NULL, "b", NULL);
  hand_need (&hand, first, second);
  hand_need (&hand, second, first);

  assert_order (&hand, "b a");
  hand_clear (&hand);
}

/* Deep, wide, and with more than a person would have. */
static void
test_many (void)
{
  const guint n = 100000;
  Hand hand;
  g_autoptr(GPtrArray) order = NULL;

  hand_init (&hand);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("t%06u", i);

      hand_add (&hand, STRATA_OBJECT_TABLE, NULL, name, NULL);
    }
  for (guint i = 0; i + 1 < n; i++)
    hand_need (&hand, g_ptr_array_index (hand.objects, i), g_ptr_array_index (hand.objects, i + 1));
  hand_finish (&hand);

  order = strata_ddl_order (hand.picture);
  g_assert_cmpuint (order->len, ==, n);
  g_assert_cmpstr (((const StrataObject *) g_ptr_array_index (order, 0))->name, ==, "t099999");
  g_assert_cmpstr (((const StrataObject *) g_ptr_array_index (order, n - 1))->name, ==, "t000000");
  hand_clear (&hand);
}

static void
test_heading (void)
{
  StrataUncovered uncovered = { "publication", "app_pub", 2 };
  const StrataUncovered *list[] = { &uncovered, NULL };
  Hand hand;
  g_autofree char *dump = NULL;

  hand_init (&hand);
  hand.picture->server = "PostgreSQL 15.18";
  hand.picture->uncovered = list;
  hand_finish (&hand);
  dump = strata_ddl_dump (hand.picture, NULL);
  g_assert_cmpstr (dump, ==,
                   "-- Schema, dumped by Strata " PACKAGE_VERSION "\n"
                   "-- Server: PostgreSQL 15.18\n"
                   "-- Not covered: 2 × publication, as app_pub\n");
  hand_clear (&hand);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ddl/order/kinds", test_kinds);
  g_test_add_func ("/ddl/order/left-out", test_left_out);
  g_test_add_func ("/ddl/order/sequences", test_sequences);
  g_test_add_func ("/ddl/order/table-cycle", test_table_cycle);
  g_test_add_func ("/ddl/order/view-cycle", test_view_cycle);
  g_test_add_func ("/ddl/order/other-cycle", test_other_cycle);
  g_test_add_func ("/ddl/order/many", test_many);
  g_test_add_func ("/ddl/order/heading", test_heading);

  return g_test_run ();
}
