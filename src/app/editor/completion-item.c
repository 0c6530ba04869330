/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/editor/completion-item.h"

struct _StrataCompletionItem
{
  GObject  parent_instance;

  char    *text;
  char    *note;
};

static char *
dup_typed_text (GtkSourceCompletionProposal *proposal)
{
  return g_strdup (STRATA_COMPLETION_ITEM (proposal)->text);
}

static void
proposal_init (GtkSourceCompletionProposalInterface *iface)
{
  iface->get_typed_text = dup_typed_text;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (StrataCompletionItem, strata_completion_item, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GTK_SOURCE_TYPE_COMPLETION_PROPOSAL, proposal_init))

static void
strata_completion_item_finalize (GObject *object)
{
  StrataCompletionItem *self = STRATA_COMPLETION_ITEM (object);

  g_free (self->text);
  g_free (self->note);

  G_OBJECT_CLASS (strata_completion_item_parent_class)->finalize (object);
}

static void
strata_completion_item_class_init (StrataCompletionItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_completion_item_finalize;
}

static void
strata_completion_item_init (StrataCompletionItem *self)
{
}

StrataCompletionItem *
strata_completion_item_new (char       *text,
                            const char *note)
{
  StrataCompletionItem *self = g_object_new (STRATA_TYPE_COMPLETION_ITEM, NULL);

  self->text = text;
  self->note = g_strdup (note);

  return self;
}

const char *
strata_completion_item_get_text (StrataCompletionItem *self)
{
  return self->text;
}

const char *
strata_completion_item_get_note (StrataCompletionItem *self)
{
  return self->note;
}
