/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/state/difference-item.h"

#include <glib/gi18n.h>

struct _StrataDifferenceItem
{
  GObject                parent_instance;

  /* owned */
  StrataDifferenceFacts  facts;

  /* values */
  gboolean               ticked;
  gboolean               partly;
  gboolean               along;
};

enum
{
  PROP_0,
  PROP_TICKED,
  PROP_PARTLY,
  PROP_ALONG,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (StrataDifferenceItem, strata_difference_item, G_TYPE_OBJECT)

static void
strata_difference_item_finalize (GObject *object)
{
  StrataDifferenceFacts *facts = &STRATA_DIFFERENCE_ITEM (object)->facts;

  g_free (facts->title);
  g_free (facts->property);
  g_free (facts->was);
  g_free (facts->is);
  g_free (facts->loss);
  g_free (facts->review);
  g_free (facts->sql);

  G_OBJECT_CLASS (strata_difference_item_parent_class)->finalize (object);
}

static void
strata_difference_item_get_property (GObject    *object,
                                     guint       id,
                                     GValue     *value,
                                     GParamSpec *pspec)
{
  StrataDifferenceItem *self = STRATA_DIFFERENCE_ITEM (object);

  switch (id)
    {
    case PROP_TICKED:
      g_value_set_boolean (value, self->ticked);
      break;
    case PROP_PARTLY:
      g_value_set_boolean (value, self->partly);
      break;
    case PROP_ALONG:
      g_value_set_boolean (value, self->along);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_difference_item_class_init (StrataDifferenceItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = strata_difference_item_finalize;
  object_class->get_property = strata_difference_item_get_property;

  properties[PROP_TICKED] = g_param_spec_boolean ("ticked", NULL, NULL, FALSE, flags);
  properties[PROP_PARTLY] = g_param_spec_boolean ("partly", NULL, NULL, FALSE, flags);
  properties[PROP_ALONG] = g_param_spec_boolean ("along", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
strata_difference_item_init (StrataDifferenceItem *self)
{
}

StrataDifferenceItem *
strata_difference_item_new (StrataDifferenceFacts *facts)
{
  StrataDifferenceItem *self = g_object_new (STRATA_TYPE_DIFFERENCE_ITEM, NULL);

  self->facts = *facts;

  return self;
}

const StrataDifferenceFacts *
strata_difference_item_get_facts (StrataDifferenceItem *self)
{
  return &self->facts;
}

gboolean
strata_difference_item_get_ticked (StrataDifferenceItem *self)
{
  return self->ticked;
}

gboolean
strata_difference_item_get_partly (StrataDifferenceItem *self)
{
  return self->partly;
}

gboolean
strata_difference_item_get_along (StrataDifferenceItem *self)
{
  return self->along;
}

void
strata_difference_item_set_along (StrataDifferenceItem *self,
                                  gboolean              along)
{
  if (self->along == along)
    return;

  self->along = along;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ALONG]);
}

void
strata_difference_item_set_state (StrataDifferenceItem *self,
                                  gboolean              ticked,
                                  gboolean              partly)
{
  g_object_freeze_notify (G_OBJECT (self));
  if (self->ticked != ticked)
    {
      self->ticked = ticked;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TICKED]);
    }
  if (self->partly != partly)
    {
      self->partly = partly;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PARTLY]);
    }
  g_object_thaw_notify (G_OBJECT (self));
}

static const char *
name_kind (StrataDifferenceItem *self)
{
  switch (self->facts.kind)
    {
    case STRATA_DIFFERENCE_ADDED:
      return _("added");
    case STRATA_DIFFERENCE_REMOVED:
      return _("removed");
    case STRATA_DIFFERENCE_RENAMED:
      return _("renamed");
    case STRATA_DIFFERENCE_CHANGED:
    default:
      return _("changed");
    }
}

char *
strata_difference_item_dup_spoken (StrataDifferenceItem *self)
{
  GString *text = g_string_new (self->facts.title);

  g_string_append_printf (text, ", %s", name_kind (self));
  if (self->facts.loss != NULL)
    /* Translators: what is lost with a change, “the column's data”. */
    g_string_append_printf (text, _(", loses %s"), self->facts.loss);
  if (self->facts.review != NULL)
    g_string_append_printf (text, ", %s", _("please review"));
  if (self->along)
    g_string_append_printf (text, ", %s", _("comes along"));

  return g_string_free (text, FALSE);
}
