/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of the timeline: their order, what they say, and how few of them change. */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "app/support.h"
#include "app/timeline/timeline-model.h"

#define HERE "47ab92c0de15"
#define NEXT "58d3c1a7e92f"
#define NEWEST "7d18e5c2f9a6"
#define NEWEST_NAME "versions/7d18e5c2f9a6_give_back_the_space_of_the_import.sql"
#define OLDEST "8c4e1f60a2d7"

typedef struct
{
  StrataSession       *session;
  StrataTimelineModel *model;
  guint                n_changes;
  guint                n_rows;       /* that changed */
} Fixture;

static void
on_items_changed (Fixture *self,
                  guint    position,
                  guint    removed,
                  guint    added)
{
  self->n_changes++;
  self->n_rows += MAX (removed, added);
}

static void
open_model (Fixture       *self,
            SupportSample *sample)
{
  self->session = support_sample_open (sample);
  self->model = strata_timeline_model_new ();
  strata_timeline_model_set_snapshot (self->model, strata_session_get_snapshot (self->session));
  g_signal_connect_swapped (self->model, "items-changed", G_CALLBACK (on_items_changed), self);
}

static void
close_model (Fixture *self)
{
  pump_until_finalized (self->model);
  strata_session_close (self->session);
  pump_until_finalized (self->session);
}

static guint
count (Fixture *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->model));
}

static StrataTimelineItem *
get_item (Fixture *self,
          guint    position)
{
  return g_list_model_get_item (G_LIST_MODEL (self->model), position);
}

static char *
dup_spoken (Fixture    *self,
            const char *id)
{
  g_autoptr(StrataTimelineItem) item = get_item (self, strata_timeline_model_find (self->model, id));

  return strata_timeline_item_dup_spoken (item);
}

static void
assert_spoken (Fixture    *self,
               const char *id,
               const char *words)
{
  g_autofree char *spoken = dup_spoken (self, id);

  g_assert_cmpstr (spoken, ==, words);
}

/* What is pending is above what is applied, and between them it says where the database is. */
static void
test_order (SupportSample *sample,
            gconstpointer  data)
{
  Fixture fixture = { NULL, };
  guint here;

  open_model (&fixture, sample);
  here = strata_timeline_model_find_here (fixture.model);
  g_assert_cmpuint (count (&fixture), ==, 22);
  g_assert_cmpuint (here, ==, 5);
  for (guint i = 0; i < count (&fixture); i++)
    {
      g_autoptr(StrataTimelineItem) item = get_item (&fixture, i);

      if (i == here)
        {
          g_assert_cmpint (strata_timeline_item_get_kind (item), ==, STRATA_ENTRY_HERE);
          g_assert_null (strata_timeline_item_get_id (item));
          continue;
        }

      g_assert_cmpint (strata_timeline_item_get_state (item), ==, i < here ? STRATA_REVISION_PENDING
                                                                           : STRATA_REVISION_APPLIED);
      g_assert_cmpuint (strata_timeline_model_find (fixture.model, strata_timeline_item_get_id (item)), ==, i);
    }
  g_assert_cmpuint (strata_timeline_model_find (fixture.model, NEWEST), ==, 0);
  g_assert_cmpuint (strata_timeline_model_find (fixture.model, OLDEST), ==, 21);
  g_assert_cmpuint (strata_timeline_model_find (fixture.model, "nonono"), ==, G_MAXUINT);
  close_model (&fixture);
}

static void
test_words (SupportSample *sample,
            gconstpointer  data)
{
  Fixture fixture = { NULL, };

  support_sample_write (sample, "versions/aa11bb22cc33_x.sql",
                        "-- Drop the past\n--\n-- Revision: aa11bb22cc33\n-- Revises: " NEWEST "\n\n-- strata:upgrade\n");
  open_model (&fixture, sample);
  assert_spoken (&fixture, "aa11bb22cc33", "Drop the past, pending, head, cannot be undone, aa11bb22cc33");
  assert_spoken (&fixture, NEXT, "Create vouchers, pending, 58d3c1a7e92f");
  assert_spoken (&fixture, "94e0c7a3fb26", "Merge payments and catalogue, applied, merge, 94e0c7a3fb26");
  assert_spoken (&fixture, "a4f07c6e12d9", "Create payments, applied, branch payments, a4f07c6e12d9");
  close_model (&fixture);
}

/* The same again changes nothing; a database that moved one step changes the rows between. */
static void
test_changes (SupportSample *sample,
              gconstpointer  data)
{
  Fixture fixture = { NULL, };
  StrataSnapshot *before;
  g_autoptr(StrataTimelineItem) kept = NULL;
  g_autoptr(StrataTimelineItem) same = NULL;

  open_model (&fixture, sample);
  kept = get_item (&fixture, 0);
  before = strata_session_get_snapshot (fixture.session);
  strata_timeline_model_set_snapshot (fixture.model, before);
  g_assert_cmpuint (fixture.n_changes, ==, 0);

  support_sample_upgrade (sample, NEXT);
  strata_session_refresh (fixture.session);
  pump_until (strata_session_get_snapshot (fixture.session) != before);
  strata_timeline_model_set_snapshot (fixture.model, strata_session_get_snapshot (fixture.session));
  g_assert_cmpuint (strata_timeline_model_find_here (fixture.model), ==, 4);
  g_assert_cmpuint (fixture.n_rows, <=, 4);
  same = get_item (&fixture, 0);
  g_assert_true (same == kept);
  close_model (&fixture);
}

static void
test_search (SupportSample *sample,
             gconstpointer  data)
{
  static const struct
  {
    const char *words;
    guint       n;
  } cases[] = {
    { "", 22 }, { "voucher", 2 }, { "VOUCHER order", 1 }, { "8c4e", 1 }, { "payments", 2 }, { "track_ship", 1 }, { "nothing", 0 },
  };
  Fixture fixture = { NULL, };

  open_model (&fixture, sample);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      strata_timeline_model_set_search (fixture.model, cases[i].words);
      g_assert_cmpint (strata_timeline_model_is_filtered (fixture.model), ==, *cases[i].words != '\0');
      g_assert_cmpuint (count (&fixture), ==, cases[i].n);
    }
  close_model (&fixture);
}

static void
test_filters (SupportSample *sample,
              gconstpointer  data)
{
  Fixture fixture = { NULL, };

  support_sample_write (sample, "versions/aa11bb22cc33_x.sql",
                        "-- x\n--\n-- Revision: aa11bb22cc33\n-- Revises: nonono\n\n-- strata:upgrade\n");
  open_model (&fixture, sample);
  g_assert_cmpuint (strata_timeline_model_count (fixture.model, STRATA_TIMELINE_ALL), ==, 22);
  g_assert_cmpuint (strata_timeline_model_count (fixture.model, STRATA_TIMELINE_APPLIED), ==, 16);
  g_assert_cmpuint (strata_timeline_model_count (fixture.model, STRATA_TIMELINE_PENDING), ==, 6);
  g_assert_cmpuint (strata_timeline_model_count (fixture.model, STRATA_TIMELINE_PROBLEMS), ==, 1);
  for (guint filter = STRATA_TIMELINE_PENDING; filter < STRATA_TIMELINE_N_FILTERS; filter++)
    {
      strata_timeline_model_set_filter (fixture.model, filter);
      g_assert_cmpuint (count (&fixture), ==, strata_timeline_model_count (fixture.model, filter));
    }
  g_assert_cmpuint (strata_timeline_model_find (fixture.model, "aa11bb22cc33"), ==, 0);
  g_assert_cmpuint (strata_timeline_model_find (fixture.model, OLDEST), ==, G_MAXUINT);
  close_model (&fixture);
}

/* What the folder lacks stands above all, and says where it went. */
static void
test_ghost (SupportSample *sample,
            gconstpointer  data)
{
  Fixture fixture = { NULL, };
  g_autofree char *path = g_build_filename (sample->folder, NEWEST_NAME, NULL);
  g_autoptr(StrataTimelineItem) item = NULL;

  g_assert_cmpint (g_unlink (path), ==, 0);
  open_model (&fixture, sample);
  item = get_item (&fixture, 0);
  g_assert_cmpint (strata_timeline_item_get_kind (item), ==, STRATA_ENTRY_GHOST);
  assert_spoken (&fixture, NEWEST, "Give back the space of the import, in the database, not in the folder, "
                                   "7d18e5c2f9a6 · in the ledger, as it was applied");
  close_model (&fixture);
}

/* While a run goes on, its rows fill as they land; after it the snapshot says so. */
static void
test_landed (SupportSample *sample,
             gconstpointer  data)
{
  static const char * const ids[] = { NEXT, NULL };
  Fixture fixture = { NULL, };
  g_autoptr(StrataTimelineItem) item = NULL;

  open_model (&fixture, sample);
  item = get_item (&fixture, strata_timeline_model_find (fixture.model, NEXT));
  g_assert_false (strata_timeline_item_get_landed (item));
  strata_timeline_model_set_landed (fixture.model, ids);
  g_assert_true (strata_timeline_item_get_landed (item));
  assert_spoken (&fixture, NEXT, "Create vouchers, applied just now, 58d3c1a7e92f");
  strata_timeline_model_set_landed (fixture.model, NULL);
  g_assert_false (strata_timeline_item_get_landed (item));
  close_model (&fixture);
}

static void
test_empty (SupportSample *sample,
            gconstpointer  data)
{
  Fixture fixture = { NULL, };

  open_model (&fixture, sample);
  strata_timeline_model_set_snapshot (fixture.model, NULL);
  g_assert_cmpuint (count (&fixture), ==, 0);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (fixture.model), 0));
  g_assert_cmpuint (strata_timeline_model_find_here (fixture.model), ==, G_MAXUINT);
  close_model (&fixture);
}

int
main (int    argc,
      char **argv)
{
  support_init (&argc, &argv);

  support_sample_add ("/timeline/model/order", HERE, test_order);
  support_sample_add ("/timeline/model/words", HERE, test_words);
  support_sample_add ("/timeline/model/changes", HERE, test_changes);
  support_sample_add ("/timeline/model/search", HERE, test_search);
  support_sample_add ("/timeline/model/filters", HERE, test_filters);
  support_sample_add ("/timeline/model/ghost", "head", test_ghost);
  support_sample_add ("/timeline/model/landed", HERE, test_landed);
  support_sample_add ("/timeline/model/empty", HERE, test_empty);

  return g_test_run ();
}
