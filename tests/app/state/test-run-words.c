/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "app/state/run-words.h"
#include "app/support.h"

typedef struct
{
  gint64      time_us;
  const char *words;
} DurationCase;

static const DurationCase durations[] = {
  { 0, "under 1 ms" },
  { 12 * 1000, "12 ms" },
  { 400 * 1000, "0.4 s" },
  { 12 * G_USEC_PER_SEC, "12 s" },
  { 184 * G_USEC_PER_SEC, "3 min 4 s" },
  { G_GINT64_CONSTANT (7260) * G_USEC_PER_SEC, "2 h 1 min" },
};

typedef struct
{
  StrataPreviewLoss  loss;
  const char        *words;
} LossCase;

static const LossCase losses[] = {
  { { .kind = STRATA_LOSS_TABLE, .name = (char *) "lamps", .known = STRATA_ROWS_COUNTED, .rows = 3 },
    "Drops the table lamps: 3 rows" },
  { { .kind = STRATA_LOSS_TABLE, .name = (char *) "lamps", .known = STRATA_ROWS_COUNTED, .rows = 1 },
    "Drops the table lamps: 1 row" },
  { { .kind = STRATA_LOSS_TABLE, .name = (char *) "lamps", .known = STRATA_ROWS_COUNTED },
    "Drops the table lamps, which is empty" },
  { { .kind = STRATA_LOSS_TABLE, .name = (char *) "lamps", .known = STRATA_ROWS_ESTIMATED, .rows = 3000000 },
    "Drops the table lamps: about 3000000 rows (the server’s estimate)" },
  { { .kind = STRATA_LOSS_TABLE, .name = (char *) "lamps", .known = STRATA_ROWS_UNKNOWN },
    "Drops the table lamps; how many rows that is could not be counted in time" },
  { { .kind = STRATA_LOSS_TABLE, .name = (char *) "lamps", .known = STRATA_ROWS_NOT_THERE },
    "Drops the table lamps, which this run makes itself" },
  { { .kind = STRATA_LOSS_COLUMN, .name = (char *) "lamps", .column = (char *) "watt", .known = STRATA_ROWS_COUNTED, .rows = 2 },
    "Drops the column watt of lamps, which has a value in 2 rows" },
  { { .kind = STRATA_LOSS_COLUMN, .name = (char *) "lamps", .column = (char *) "watt", .known = STRATA_ROWS_COUNTED },
    "Drops the column watt of lamps, which is empty in every row" },
  { { .kind = STRATA_LOSS_ROWS, .words = "TRUNCATE", .name = (char *) "lamps", .known = STRATA_ROWS_COUNTED, .rows = 2 },
    "Empties lamps (TRUNCATE): 2 rows" },
  { { .kind = STRATA_LOSS_MORE, .words = "DROP SCHEMA", .name = (char *) "shop" },
    "DROP SCHEMA shop, with all that is in it or uses it" },
};

static void
test_durations (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (durations); i++)
    {
      g_autofree char *words = strata_run_words_dup_duration (durations[i].time_us);

      g_assert_cmpstr (words, ==, durations[i].words);
    }
}

static void
test_losses (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (losses); i++)
    {
      g_autofree char *words = strata_run_words_dup_loss (&losses[i].loss);

      g_assert_cmpstr (words, ==, losses[i].words);
    }
}

static void
test_first_run (void)
{
  StrataPreview preview = { .first_run = STRATA_FIRST_RUN_STRANGE };
  g_autofree char *strange = strata_run_words_dup_first_run (&preview, "app_dev");
  g_autofree char *empty = NULL;

  g_assert_nonnull (strstr (strange, "never run on app_dev, which is not empty"));

  preview.first_run = STRATA_FIRST_RUN_EMPTY;
  empty = strata_run_words_dup_first_run (&preview, "app_dev");
  g_assert_cmpstr (empty, ==, "This project has never run on app_dev, which is empty.");

  preview.makes_file = TRUE;
  g_assert_null (strata_run_words_dup_first_run (&preview, "app_dev"));
  preview.first_run = STRATA_FIRST_RUN_NO;
  g_assert_null (strata_run_words_dup_first_run (&preview, "app_dev"));
}

static void
test_done (void)
{
  char *rows[] = { (char *) "3f1a2b4c5d6e7f80", NULL };
  char *none[] = { NULL };
  StrataRunReport report = { .rows = rows, .n_done = 3, .time_us = 400 * 1000 };
  g_autofree char *done = strata_run_words_dup_done ("app_dev", &report);
  g_autofree char *base = NULL;
  g_autofree char *others = NULL;

  g_assert_cmpstr (done, ==, "app_dev is at 3f1a2b4c5d6e (3 steps, 0.4 s)");

  report.rows = none;
  base = strata_run_words_dup_done ("app_dev", &report);
  g_assert_cmpstr (base, ==, "app_dev is at the beginning, before the first revision (3 steps, 0.4 s)");

  report.n_done = 0;
  report.rows = rows;
  others = strata_run_words_dup_done ("app_dev", &report);
  g_assert_nonnull (strstr (others, "already"));
}

int
main (int    argc,
      char **argv)
{
  support_init (&argc, &argv);

  g_test_add_func ("/state/run-words/durations", test_durations);
  g_test_add_func ("/state/run-words/losses", test_losses);
  g_test_add_func ("/state/run-words/first-run", test_first_run);
  g_test_add_func ("/state/run-words/done", test_done);

  return g_test_run ();
}
