/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/config/document.h"

#include "core/config/value-private.h"

struct _StrataDocument
{
  gatomicrefcount    ref_count;
  char              *file;
  StrataConfigValue *root;
};

G_DEFINE_BOXED_TYPE (StrataDocument, strata_document, strata_document_ref, strata_document_unref)

StrataDocument *
strata_document_new (const char *file)
{
  StrataDocument *self = g_new0 (StrataDocument, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->file = g_strdup (file);
  self->root = strata_config_value_new (STRATA_CONFIG_TABLE, (StrataPlace) { self->file, 1, 1 });

  return self;
}

StrataConfigValue *
strata_document_edit_root (StrataDocument *self)
{
  return self->root;
}

StrataDocument *
strata_document_ref (StrataDocument *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
strata_document_unref (StrataDocument *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  strata_config_value_free (self->root);
  g_free (self->file);
  g_free (self);
}

const char *
strata_document_get_file (const StrataDocument *self)
{
  return self->file;
}

const StrataConfigValue *
strata_document_get_root (const StrataDocument *self)
{
  return self->root;
}
