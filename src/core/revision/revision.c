/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/revision/revision.h"

#include <string.h>

/* The lists and strings stand behind the struct, in the same allocation: first all pointers, then all bytes. */
struct _StrataRevision
{
  gatomicrefcount      ref_count;
  StrataRevisionFormat format;
  guint                id_line;
  guint                down_line;
  guint                labels_line;
  guint                depends_line;
  gboolean             irreversible;
  const char * const  *down_revisions;
  const char * const  *branch_labels;
  const char * const  *depends_on;
  const char          *id;
  const char          *message;
  const char          *doc;
  const char          *created;
  const char          *path;
};

G_DEFINE_BOXED_TYPE (StrataRevision, strata_revision, strata_revision_ref, strata_revision_unref)

static const char * const no_strings[] = { NULL };

typedef struct
{
  const char **pointers;
  char        *bytes;
} Packer;

static gsize
string_size (const char *string)
{
  return string != NULL ? strlen (string) + 1 : 0;
}

static gsize
list_size (const char * const *list)
{
  gsize size = 0;

  if (list == NULL || *list == NULL)
    return 0;

  for (; *list != NULL; list++)
    size += sizeof (char *) + string_size (*list);

  return size + sizeof (char *);
}

static gsize
list_n_pointers (const char * const *list)
{
  return list != NULL && *list != NULL ? g_strv_length ((GStrv) list) + 1 : 0;
}

static const char *
pack_string (Packer     *packer,
             const char *string)
{
  const char *copy = packer->bytes;

  if (string == NULL)
    return NULL;

  packer->bytes = g_stpcpy (packer->bytes, string) + 1;

  return copy;
}

static const char * const *
pack_list (Packer             *packer,
           const char * const *list)
{
  const char **copy = packer->pointers;

  if (list == NULL || *list == NULL)
    return no_strings;

  for (; *list != NULL; list++)
    *packer->pointers++ = pack_string (packer, *list);
  *packer->pointers++ = NULL;

  return copy;
}

/* Copies all of it. A NULL message or doc is "", a NULL list is the empty one. */
StrataRevision *
strata_revision_new (const StrataRevisionFields *fields)
{
  const char *message = fields->message != NULL ? fields->message : "";
  const char *doc = fields->doc != NULL ? fields->doc : "";
  gboolean one_text = strcmp (message, doc) == 0;
  StrataRevision *self;
  Packer packer;

  g_return_val_if_fail (fields->id != NULL, NULL);

  self = g_malloc (sizeof *self
                   + list_size (fields->down_revisions)
                   + list_size (fields->branch_labels)
                   + list_size (fields->depends_on)
                   + string_size (fields->id)
                   + string_size (message)
                   + (one_text ? 0 : string_size (doc))
                   + string_size (fields->created)
                   + string_size (fields->path));

  packer.pointers = (const char **) (self + 1);
  packer.bytes = (char *) (packer.pointers
                           + list_n_pointers (fields->down_revisions)
                           + list_n_pointers (fields->branch_labels)
                           + list_n_pointers (fields->depends_on));

  g_atomic_ref_count_init (&self->ref_count);
  self->format = fields->format;
  self->id_line = fields->id_line;
  self->down_line = fields->down_line;
  self->labels_line = fields->labels_line;
  self->depends_line = fields->depends_line;
  self->irreversible = fields->irreversible;
  self->down_revisions = pack_list (&packer, fields->down_revisions);
  self->branch_labels = pack_list (&packer, fields->branch_labels);
  self->depends_on = pack_list (&packer, fields->depends_on);
  self->id = pack_string (&packer, fields->id);
  self->message = pack_string (&packer, message);
  self->doc = one_text ? self->message : pack_string (&packer, doc);
  self->created = pack_string (&packer, fields->created);
  self->path = pack_string (&packer, fields->path);

  return self;
}

StrataRevision *
strata_revision_ref (StrataRevision *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
strata_revision_unref (StrataRevision *self)
{
  if (g_atomic_ref_count_dec (&self->ref_count))
    g_free (self);
}

StrataRevisionFormat
strata_revision_get_format (const StrataRevision *self)
{
  return self->format;
}

const char *
strata_revision_get_id (const StrataRevision *self)
{
  return self->id;
}

const char * const *
strata_revision_get_down_revisions (const StrataRevision *self)
{
  return self->down_revisions;
}

const char * const *
strata_revision_get_branch_labels (const StrataRevision *self)
{
  return self->branch_labels;
}

const char * const *
strata_revision_get_depends_on (const StrataRevision *self)
{
  return self->depends_on;
}

const char *
strata_revision_get_message (const StrataRevision *self)
{
  return self->message;
}

const char *
strata_revision_get_doc (const StrataRevision *self)
{
  return self->doc;
}

const char *
strata_revision_get_created (const StrataRevision *self)
{
  return self->created;
}

const char *
strata_revision_get_path (const StrataRevision *self)
{
  return self->path;
}

gboolean
strata_revision_get_irreversible (const StrataRevision *self)
{
  return self->irreversible;
}

static StrataPlace
line_place (const StrataRevision *self,
            guint                 line)
{
  return (StrataPlace) { self->path, line, 0 };
}

StrataPlace
strata_revision_get_id_place (const StrataRevision *self)
{
  return line_place (self, self->id_line);
}

StrataPlace
strata_revision_get_down_place (const StrataRevision *self)
{
  return line_place (self, self->down_line);
}

StrataPlace
strata_revision_get_labels_place (const StrataRevision *self)
{
  return line_place (self, self->labels_line);
}

StrataPlace
strata_revision_get_depends_place (const StrataRevision *self)
{
  return line_place (self, self->depends_line);
}
