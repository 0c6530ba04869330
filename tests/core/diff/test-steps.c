/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "core/diff/diff.h"
#include "tests/core/diff/pictures.h"

#define COLUMNS(...) (const StrataPictureColumn * const[]) { __VA_ARGS__, NULL }
#define NAMES(...) (const char * const[]) { __VA_ARGS__, NULL }
#define NEEDS(...) (const StrataObject * const[]) { __VA_ARGS__, NULL }
#define TABLE(what, called) { .kind = STRATA_OBJECT_TABLE, .schema = "public", .name = (called), .of.table = (what) }

static const StrataPictureStorage plain = { .replica_identity = 'd' };
static const StrataPictureColumn id = { .name = "id", .type_text = "integer" };
static const StrataPictureColumn name = { .name = "name", .type_text = "text", .is_nullable = TRUE };
static const StrataPictureColumn title = { .name = "title", .type_text = "text", .is_nullable = TRUE };
static const StrataPictureColumn other = { .name = "other_id", .type_text = "integer", .is_nullable = TRUE };
static const StrataPictureColumn state = { .name = "state", .type_text = "public.mood", .is_nullable = TRUE,
                                           .default_text = "'ok'::public.mood" };

static const StrataPictureTable users = { .name = "users", .columns = COLUMNS (&id, &name), .storage = &plain };
static const StrataPictureTable titled = { .name = "users", .columns = COLUMNS (&id, &title), .storage = &plain };
static const StrataPictureTable people = { .name = "people", .columns = COLUMNS (&id, &name), .storage = &plain };
static const StrataPictureTable moody = { .name = "users", .columns = COLUMNS (&id, &state), .storage = &plain };
static const StrataPictureTable ring = { .name = "ring", .columns = COLUMNS (&id, &other), .storage = &plain };
static const StrataPictureTable gnir = { .name = "gnir", .columns = COLUMNS (&id, &other), .storage = &plain };

static const StrataObject users_object = TABLE (&users, "users");
static const StrataObject titled_object = TABLE (&titled, "users");
static const StrataObject people_object = TABLE (&people, "people");
static const StrataObject ring_object = TABLE (&ring, "ring");
static const StrataObject gnir_object = TABLE (&gnir, "gnir");

static const StrataPictureKey key = { .columns = NAMES ("id") };
static const StrataObject users_key = { .kind = STRATA_OBJECT_PRIMARY_KEY, .schema = "public", .table = "users",
                                        .name = "users_pkey", .text = "PRIMARY KEY (id)", .of.key = &key };
static const StrataObject people_key = { .kind = STRATA_OBJECT_PRIMARY_KEY, .schema = "public", .table = "people",
                                         .name = "people_pkey", .text = "PRIMARY KEY (id)", .of.key = &key };

static const StrataPictureIndex name_index = { .name = "ix_users_name" };
static const StrataObject users_index = { .kind = STRATA_OBJECT_INDEX, .schema = "public", .table = "users",
                                          .name = "ix_users_name", .of.index = &name_index,
                                          .text = "CREATE INDEX ix_users_name ON public.users USING btree (name)" };
static const StrataObject people_index = { .kind = STRATA_OBJECT_INDEX, .schema = "public", .table = "people",
                                           .name = "ix_people_name", .of.index = &name_index,
                                           .text = "CREATE INDEX ix_people_name ON public.people USING btree (name)" };
static const StrataObject titled_index = { .kind = STRATA_OBJECT_INDEX, .schema = "public", .table = "users",
                                           .name = "ix_users_title", .of.index = &name_index,
                                           .text = "CREATE INDEX ix_users_title ON public.users USING btree (title)" };

static const StrataPictureReference to_gnir = { .columns = NAMES ("other_id"), .schema = "public", .table = "gnir",
                                                .referred = NAMES ("id") };
static const StrataPictureReference to_ring = { .columns = NAMES ("other_id"), .schema = "public", .table = "ring",
                                                .referred = NAMES ("id") };
static const StrataObject ring_reference = { .kind = STRATA_OBJECT_FOREIGN_KEY, .schema = "public", .table = "ring", .name = "fk",
                                             .text = "FOREIGN KEY (other_id) REFERENCES public.gnir(id)",
                                             .needs = NEEDS (&gnir_object), .of.reference = &to_gnir };
static const StrataObject gnir_reference = { .kind = STRATA_OBJECT_FOREIGN_KEY, .schema = "public", .table = "gnir", .name = "fk",
                                             .text = "FOREIGN KEY (other_id) REFERENCES public.ring(id)",
                                             .needs = NEEDS (&ring_object), .of.reference = &to_ring };

#define MOOD(which, ...) \
  static const StrataType which##_type = { .kind = STRATA_TYPE_ENUM, .name = "mood", \
                                           .values = { .schema = "public", .values = NAMES (__VA_ARGS__) } }; \
  static const StrataObject which = { .kind = STRATA_OBJECT_ENUM, .schema = "public", .name = "mood", .of.type = &which##_type }; \
  static const StrataObject which##_table = { .kind = STRATA_OBJECT_TABLE, .schema = "public", .name = "users", \
                                              .needs = NEEDS (&which), .of.table = &moody }

MOOD (two, "sad", "ok");
MOOD (three, "sad", "so", "ok");

static char *
dup_steps (StrataPicture          *from,
           StrataPicture          *to,
           const StrataDiffOptions *options,
           const gboolean         *chosen)
{
  g_autoptr(StrataDiff) diff = strata_diff_new (from, to, options);
  g_autoptr(GError) error = NULL;
  const GPtrArray *steps = strata_diff_plan (diff, chosen, &error);
  GString *out = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < steps->len; i++)
    {
      const StrataDiffStep *step = g_ptr_array_index (steps, i);

      g_string_append_printf (out, "%s%s;\n", step->sql, step->is_outside ? " (outside)" : "");
    }

  return g_string_free (out, FALSE);
}

static void
test_circle (void)
{
  g_autoptr(StrataPicture) empty = make_picture (NULL);
  g_autoptr(StrataPicture) full = make_picture (&ring_object, &gnir_object, &ring_reference, &gnir_reference, NULL);
  g_autofree char *there = dup_steps (empty, full, NULL, NULL);
  g_autofree char *back = dup_steps (full, empty, NULL, NULL);

  g_assert_nonnull (strstr (there, "CREATE TABLE public.ring"));
  g_assert_true (strstr (there, "ADD CONSTRAINT") > strstr (there, "CREATE TABLE public.ring"));
  g_assert_cmpstr (back, ==,
                   "ALTER TABLE public.gnir DROP CONSTRAINT fk;\nALTER TABLE public.ring DROP CONSTRAINT fk;\n"
                   "DROP TABLE public.gnir;\nDROP TABLE public.ring;\n");
}

static void
test_enum (void)
{
  g_autoptr(StrataPicture) from = make_picture (&two, &two_table, NULL);
  g_autoptr(StrataPicture) to = make_picture (&three, &three_table, NULL);
  g_autofree char *there = dup_steps (from, to, NULL, NULL);
  g_autofree char *back = dup_steps (to, from, NULL, NULL);

  g_assert_cmpstr (there, ==, "ALTER TYPE public.mood ADD VALUE 'so' AFTER 'sad';\n");
  g_assert_cmpstr (back, ==,
                   "ALTER TYPE public.mood RENAME TO mood__former;\n"
                   "CREATE TYPE public.mood AS ENUM (\n    'sad',\n    'ok'\n);\n"
                   "ALTER TABLE public.users ALTER COLUMN state DROP DEFAULT;\n"
                   "ALTER TABLE public.users ALTER COLUMN state TYPE public.mood USING state::text::public.mood;\n"
                   "ALTER TABLE public.users ALTER COLUMN state SET DEFAULT 'ok'::public.mood;\n"
                   "DROP TYPE public.mood__former;\n");
}

static void
test_rename_table (void)
{
  const StrataRename rename = { STRATA_OBJECT_TABLE, "public", NULL, "users", "people", FALSE };
  const StrataDiffOptions options = { .renames = (const StrataRename * const[]) { &rename, NULL } };
  g_autoptr(StrataPicture) from = make_picture (&users_object, &users_key, &users_index, NULL);
  g_autoptr(StrataPicture) to = make_picture (&people_object, &people_key, &people_index, NULL);
  g_autoptr(StrataDiff) diff = strata_diff_new (from, to, NULL);
  const StrataRenameGuess *guess = g_ptr_array_index (strata_diff_get_guesses (diff), 0);
  g_autofree char *steps = dup_steps (from, to, &options, NULL);

  g_assert_cmpstr (guess->rename.from, ==, "users");
  g_assert_cmpstr (guess->rename.to, ==, "people");
  g_assert_cmpstr (guess->evidence, ==, "all 2 columns are the same");
  g_assert_cmpstr (steps, ==,
                   "ALTER TABLE public.users RENAME TO people;\n"
                   "ALTER TABLE public.people RENAME CONSTRAINT users_pkey TO people_pkey;\n"
                   "ALTER INDEX public.ix_users_name RENAME TO ix_people_name;\n");
}

static void
test_rename_column (void)
{
  const StrataRename rename = { STRATA_OBJECT_TABLE, "public", "users", "name", "title", TRUE };
  const StrataDiffOptions options = { .renames = (const StrataRename * const[]) { &rename, NULL } };
  g_autoptr(StrataPicture) from = make_picture (&users_object, &users_index, NULL);
  g_autoptr(StrataPicture) to = make_picture (&titled_object, &titled_index, NULL);
  g_autoptr(StrataDiff) diff = strata_diff_new (from, to, &options);
  g_autofree char *title_text = strata_difference_dup_title (strata_diff_get (diff, 0), "public");
  g_autofree char *steps = dup_steps (from, to, &options, NULL);
  g_autofree char *undecided = dup_steps (from, to, NULL, NULL);

  g_assert_cmpstr (title_text, ==, "rename column users.name to title");
  g_assert_cmpstr (steps, ==,
                   "ALTER TABLE public.users RENAME COLUMN name TO title;\n"
                   "ALTER INDEX public.ix_users_name RENAME TO ix_users_title;\n");
  g_assert_cmpstr (undecided, ==,
                   "DROP INDEX public.ix_users_name;\n"
                   "ALTER TABLE public.users ADD COLUMN title text;\n"
                   "CREATE INDEX ix_users_title ON public.users USING btree (title);\n"
                   "ALTER TABLE public.users DROP COLUMN name;\n");
}

/* A routine's name stands in its text; what calls it follows. */
static void
test_rename_routine (void)
{
  static const StrataPictureRoutine routine = { .result = "integer", .arguments = "integer" };
  const StrataObject one_routine = { .kind = STRATA_OBJECT_ROUTINE, .schema = "public", .name = "one", .arguments = "integer",
                                    .text = "CREATE OR REPLACE FUNCTION public.one(integer)\n RETURNS integer AS $$ SELECT 1 $$",
                                    .of.routine = &routine };
  const StrataObject two_routine = { .kind = STRATA_OBJECT_ROUTINE, .schema = "public", .name = "two", .arguments = "integer",
                                    .text = "CREATE OR REPLACE FUNCTION public.two(integer)\n RETURNS integer AS $$ SELECT 1 $$",
                                    .of.routine = &routine };
  const StrataObject one_view = { .kind = STRATA_OBJECT_VIEW, .schema = "public", .name = "v", .needs = NEEDS (&one_routine),
                                         .text = " SELECT public.one(1) AS one" };
  const StrataObject two_view = { .kind = STRATA_OBJECT_VIEW, .schema = "public", .name = "v", .needs = NEEDS (&two_routine),
                                         .text = " SELECT public.two(1) AS one" };
  g_autoptr(StrataPicture) from = make_picture (&one_routine, &one_view, NULL);
  g_autoptr(StrataPicture) to = make_picture (&two_routine, &two_view, NULL);
  g_autoptr(StrataDiff) diff = strata_diff_new (from, to, NULL);
  const StrataRenameGuess *guess = g_ptr_array_index (strata_diff_get_guesses (diff), 0);
  const StrataDiffOptions options = { .renames = (const StrataRename * const[]) { &guess->rename, NULL } };
  g_autofree char *steps = dup_steps (from, to, &options, NULL);

  g_assert_cmpstr (guess->evidence, ==, "same definition");
  g_assert_cmpstr (steps, ==, "ALTER FUNCTION public.one(integer) RENAME TO two;\n");
}

static void
test_denied (void)
{
  const StrataRename rename = { STRATA_OBJECT_TABLE, "public", NULL, "users", "people", .is_denied = TRUE };
  const StrataDiffOptions options = { .renames = (const StrataRename * const[]) { &rename, NULL } };
  g_autoptr(StrataPicture) from = make_picture (&users_object, NULL);
  g_autoptr(StrataPicture) to = make_picture (&people_object, NULL);
  g_autoptr(StrataDiff) diff = strata_diff_new (from, to, &options);

  g_assert_cmpuint (strata_diff_get_guesses (diff)->len, ==, 0);
  g_assert_cmpuint (strata_diff_get_n (diff), ==, 2);
}

static void
test_chosen (void)
{
  g_autoptr(StrataPicture) from = make_picture (&users_object, &users_index, NULL);
  g_autoptr(StrataPicture) to = make_picture (&titled_object, &titled_index, NULL);
  g_autoptr(StrataDiff) diff = strata_diff_new (from, to, NULL);
  g_autofree gboolean *chosen = g_new0 (gboolean, strata_diff_get_n (diff));
  g_autofree char *steps = NULL;

  for (guint i = 0; i < strata_diff_get_n (diff); i++)
    chosen[i] = strata_diff_get (diff, i)->kind == STRATA_DIFFERENCE_ADDED && strata_diff_get (diff, i)->part == NULL;
  steps = dup_steps (from, to, NULL, chosen);
  g_assert_nonnull (strata_diff_plan (diff, chosen, NULL));
  for (guint i = 0; i < strata_diff_get_n (diff); i++)
    g_assert_cmpint (strata_diff_is_planned (diff, i), ==, strata_diff_get (diff, i)->kind == STRATA_DIFFERENCE_ADDED);

  /* The index was chosen; its column comes along. */
  g_assert_cmpstr (steps, ==,
                   "ALTER TABLE public.users ADD COLUMN title text;\n"
                   "CREATE INDEX ix_users_title ON public.users USING btree (title);\n");
}

static void
test_suspicious (void)
{
  g_autoptr(StrataPicture) full = make_picture (&users_object, &people_object, &ring_object, &gnir_object, NULL);
  g_autoptr(StrataPicture) half = make_picture (&ring_object, &gnir_object, NULL);
  g_autoptr(StrataPicture) empty = make_picture (NULL);
  g_autoptr(StrataDiff) some = strata_diff_new (full, half, NULL);
  g_autoptr(StrataDiff) all = strata_diff_new (full, empty, NULL);

  g_autofree gboolean *none = g_new0 (gboolean, strata_diff_get_n (all));

  g_assert_false (strata_diff_is_suspicious (some, NULL));
  g_assert_true (strata_diff_is_suspicious (all, NULL));
  g_assert_false (strata_diff_is_suspicious (all, none));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/diff/steps/circle", test_circle);
  g_test_add_func ("/diff/steps/enum", test_enum);
  g_test_add_func ("/diff/steps/rename-table", test_rename_table);
  g_test_add_func ("/diff/steps/rename-column", test_rename_column);
  g_test_add_func ("/diff/steps/rename-routine", test_rename_routine);
  g_test_add_func ("/diff/steps/denied", test_denied);
  g_test_add_func ("/diff/steps/chosen", test_chosen);
  g_test_add_func ("/diff/steps/suspicious", test_suspicious);

  return g_test_run ();
}
