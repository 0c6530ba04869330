/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/project/header-cache.h"

#include <string.h>
#include <sys/stat.h>

#include "core/base/cache-folder.h"

/* With each change of what a header's reader makes of a file, or of the records below. */
#define FORMAT "1"
#define VERSION PACKAGE_VERSION " " FORMAT

/* Some file systems count in steps of two seconds. */
#define SETTLED_US (3 * G_USEC_PER_SEC)
#define NS_A_US 1000
/* To write all of it for less than one file of so many takes longer than to read those again. */
#define NEWS 64
#define NS_A_SECOND (G_USEC_PER_SEC * NS_A_US)

static const StrataCacheFolder folder = { "headers", 16, 256 * 1024 * 1024 };

enum
{
  DOWN_REVISIONS,
  BRANCH_LABELS,
  DEPENDS_ON,
  N_LISTS,
};

/* One follows the other, behind the version and its NUL; of the machine that wrote them. */
typedef struct
{
  StrataFileState state;
  guint32         length;          /* of the texts behind it: path, id, message, doc, created, then the lists' */
  guint32         n_texts[N_LISTS];
  guint32         id_line;
  guint32         down_line;
  guint32         labels_line;
  guint32         depends_line;
  guint8          format;
  guint8          irreversible;
  guint8          has_created;
  guint8          padding;
} Record;

struct _StrataHeaderCache
{
  char       *bytes;
  gsize       length;
  GHashTable *records;   /* path → where its record begins; both in bytes */
};

gboolean
strata_file_state_read (const char      *path,
                        StrataFileState *state)
{
  struct stat info;

  if (stat (path, &info) < 0 || !S_ISREG (info.st_mode))
    return FALSE;

  *state = (StrataFileState) {
    .device = info.st_dev,
    .inode = info.st_ino,
    .size = info.st_size,
    .modified = info.st_mtim.tv_sec * NS_A_SECOND + info.st_mtim.tv_nsec,
    .changed = info.st_ctim.tv_sec * NS_A_SECOND + info.st_ctim.tv_nsec,
  };

  return TRUE;
}

static gboolean
is_same (const StrataFileState *a,
         const StrataFileState *b)
{
  return a->device == b->device && a->inode == b->inode && a->size == b->size && a->modified == b->modified
         && a->changed == b->changed;
}

static char *
dup_name (const char * const *locations)
{
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  for (guint i = 0; locations[i] != NULL; i++)
    g_checksum_update (checksum, (const guchar *) locations[i], strlen (locations[i]) + 1);

  return g_strdup (g_checksum_get_string (checksum));
}

/* FALSE where the bytes end within the record, or its texts do not end with it. */
static gboolean
get_record (const StrataHeaderCache *self,
            const char              *at,
            Record                  *record)
{
  gsize left = self->bytes + self->length - at;

  if (left < sizeof *record)
    return FALSE;

  memcpy (record, at, sizeof *record);

  return record->length > 0 && record->length <= left - sizeof *record && at[sizeof *record + record->length - 1] == '\0';
}

static gboolean
index_records (StrataHeaderCache *self)
{
  const char *at = self->bytes + strlen (VERSION) + 1;
  Record record;

  while (at < self->bytes + self->length)
    {
      if (!get_record (self, at, &record))
        return FALSE;
      g_hash_table_insert (self->records, (gpointer) (at + sizeof record), (gpointer) at);
      at += sizeof record + record.length;
    }

  return TRUE;
}

StrataHeaderCache *
strata_header_cache_open (const char * const *locations)
{
  g_autofree char *name = dup_name (locations);
  g_autofree char *path = strata_cache_folder_dup_path (&folder, name);
  g_autoptr(StrataHeaderCache) self = g_new0 (StrataHeaderCache, 1);

  self->records = g_hash_table_new (g_str_hash, g_str_equal);
  if (!g_file_get_contents (path, &self->bytes, &self->length, NULL) || self->length < sizeof VERSION
      || memcmp (self->bytes, VERSION, sizeof VERSION) != 0 || !index_records (self))
    return NULL;

  return g_steal_pointer (&self);
}

void
strata_header_cache_free (StrataHeaderCache *self)
{
  g_hash_table_unref (self->records);
  g_free (self->bytes);
  g_free (self);
}

/* The next text of a record; NULL behind the last one. */
static const char *
take_text (const char **at,
           const char  *end)
{
  const char *text = *at;

  if (text >= end)
    return NULL;

  *at += strlen (text) + 1;

  return text;
}

/* The record's lists, one behind the other in pointers, each with its NULL. */
static gboolean
take_lists (const Record         *record,
            const char          **pointers,
            const char * const  **lists,
            const char          **at,
            const char           *end)
{
  for (guint list = 0; list < N_LISTS; list++)
    {
      lists[list] = pointers;
      for (guint i = 0; i < record->n_texts[list]; i++)
        if ((*pointers++ = take_text (at, end)) == NULL)
          return FALSE;
      *pointers++ = NULL;
    }

  return *at == end;
}

static StrataRevision *
revision_new (const Record *record,
              const char   *texts)
{
  const char *at = texts, *end = texts + record->length;
  g_autofree const char **pointers = NULL;
  const char * const *lists[N_LISTS];
  StrataRevisionFields fields = {
    .format = record->format == STRATA_REVISION_PYTHON ? STRATA_REVISION_PYTHON : STRATA_REVISION_SQL,
    .id_line = record->id_line,
    .down_line = record->down_line,
    .labels_line = record->labels_line,
    .depends_line = record->depends_line,
    .irreversible = record->irreversible,
  };
  guint64 n = N_LISTS;

  fields.path = take_text (&at, end);
  fields.id = take_text (&at, end);
  fields.message = take_text (&at, end);
  fields.doc = take_text (&at, end);
  if (record->has_created)
    fields.created = take_text (&at, end);
  for (guint list = 0; list < N_LISTS; list++)
    n += record->n_texts[list];
  if (fields.doc == NULL || (record->has_created && fields.created == NULL) || n > N_LISTS + record->length)
    return NULL;

  pointers = g_new (const char *, n);
  if (!take_lists (record, pointers, lists, &at, end))
    return NULL;

  fields.down_revisions = lists[DOWN_REVISIONS];
  fields.branch_labels = lists[BRANCH_LABELS];
  fields.depends_on = lists[DEPENDS_ON];

  return strata_revision_new (&fields);
}

StrataRevision *
strata_header_cache_find (const StrataHeaderCache *self,
                          const char              *path,
                          const StrataFileState   *state)
{
  const char *at = g_hash_table_lookup (self->records, path);
  Record record;

  if (at == NULL || !get_record (self, at, &record) || !is_same (&record.state, state))
    return NULL;

  return revision_new (&record, at + sizeof record);
}

static void
add_text (GByteArray *bytes,
          const char *text)
{
  g_byte_array_append (bytes, (const guint8 *) text, strlen (text) + 1);
}

static guint32
add_list (GByteArray         *bytes,
          const char * const *list)
{
  guint32 n = 0;

  for (; list[n] != NULL; n++)
    add_text (bytes, list[n]);

  return n;
}

/* The record itself once its texts are known; padded, as no byte may be there by chance. */
static void
add_record (GByteArray             *bytes,
            const StrataKeptHeader *header)
{
  const StrataRevision *revision = header->revision;
  const char *created = strata_revision_get_created (revision);
  guint begin = bytes->len;
  Record record;

  memset (&record, 0, sizeof record);
  record.state = header->state;
  record.id_line = strata_revision_get_id_place (revision).line;
  record.down_line = strata_revision_get_down_place (revision).line;
  record.labels_line = strata_revision_get_labels_place (revision).line;
  record.depends_line = strata_revision_get_depends_place (revision).line;
  record.format = strata_revision_get_format (revision);
  record.irreversible = strata_revision_get_irreversible (revision);
  record.has_created = created != NULL;

  g_byte_array_append (bytes, (const guint8 *) &record, sizeof record);
  add_text (bytes, strata_revision_get_path (revision));
  add_text (bytes, strata_revision_get_id (revision));
  add_text (bytes, strata_revision_get_message (revision));
  add_text (bytes, strata_revision_get_doc (revision));
  if (created != NULL)
    add_text (bytes, created);
  record.n_texts[DOWN_REVISIONS] = add_list (bytes, strata_revision_get_down_revisions (revision));
  record.n_texts[BRANCH_LABELS] = add_list (bytes, strata_revision_get_branch_labels (revision));
  record.n_texts[DEPENDS_ON] = add_list (bytes, strata_revision_get_depends_on (revision));
  record.length = bytes->len - begin - sizeof record;
  memcpy (bytes->data + begin, &record, sizeof record);
}

static gboolean
is_settled (const StrataFileState *state,
            gint64                 settled)
{
  return state->modified < settled && state->changed < settled;
}

void
strata_header_cache_keep (const char * const *locations,
                          const GArray       *headers,
                          guint               n_found,
                          gint64              began)
{
  gint64 settled = (began - SETTLED_US) * NS_A_US;
  g_autofree char *name = NULL;
  g_autoptr(GByteArray) bytes = NULL;
  guint n = 0;

  for (guint i = 0; i < headers->len; i++)
    n += is_settled (&g_array_index (headers, StrataKeptHeader, i).state, settled);
  if (n <= n_found + n / NEWS)
    return;

  name = dup_name (locations);
  bytes = g_byte_array_new ();
  add_text (bytes, VERSION);
  for (guint i = 0; i < headers->len; i++)
    {
      const StrataKeptHeader *header = &g_array_index (headers, StrataKeptHeader, i);

      if (is_settled (&header->state, settled))
        add_record (bytes, header);
    }
  strata_cache_folder_keep (&folder, name, (const char *) bytes->data, bytes->len);
}
