/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/editor/finding-item.h"

struct _StrataFindingItem
{
  GObject        parent_instance;

  StrataFinding *finding;
  guint          start;
  guint          end;
};

G_DEFINE_FINAL_TYPE (StrataFindingItem, strata_finding_item, G_TYPE_OBJECT)

static void
strata_finding_item_finalize (GObject *object)
{
  strata_finding_unref (STRATA_FINDING_ITEM (object)->finding);

  G_OBJECT_CLASS (strata_finding_item_parent_class)->finalize (object);
}

static void
strata_finding_item_class_init (StrataFindingItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_finding_item_finalize;
}

static void
strata_finding_item_init (StrataFindingItem *self)
{
}

StrataFindingItem *
strata_finding_item_new (StrataFinding *finding,
                         guint          start,
                         guint          end)
{
  StrataFindingItem *self = g_object_new (STRATA_TYPE_FINDING_ITEM, NULL);

  self->finding = strata_finding_ref (finding);
  self->start = start;
  self->end = end;

  return self;
}

StrataFinding *
strata_finding_item_get_finding (StrataFindingItem *self)
{
  return self->finding;
}

guint
strata_finding_item_get_start (StrataFindingItem *self)
{
  return self->start;
}

guint
strata_finding_item_get_end (StrataFindingItem *self)
{
  return self->end;
}

gboolean
strata_finding_item_equal (StrataFindingItem *a,
                           StrataFindingItem *b)
{
  return a->start == b->start && a->end == b->end && strata_finding_compare (a->finding, b->finding) == 0;
}
