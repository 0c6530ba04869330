/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/workspace/scope.h"

#include <string.h>

#define SQL_MARKER "-- strata:"

/* A section, or a function. */
typedef struct
{
  guint           line;
  StrataDirection direction;
} Part;

struct _StrataScope
{
  gatomicrefcount   ref_count;
  StrataKnownNames *names;        /* whose revisions the catalogues name */
  StrataCatalogue  *before;
  StrataCatalogue  *after;        /* the upgrade */
  StrataMentions   *upgrade;      /* or NULL */
  StrataMentions   *downgrade;    /* or NULL */
  GArray           *parts;        /* Part */
};

StrataScope *
strata_scope_ref (StrataScope *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
strata_scope_unref (StrataScope *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_clear_pointer (&self->after, strata_catalogue_unref);
  g_clear_pointer (&self->before, strata_catalogue_unref);
  g_clear_pointer (&self->upgrade, strata_mentions_unref);
  g_clear_pointer (&self->downgrade, strata_mentions_unref);
  g_array_unref (self->parts);
  strata_known_names_unref (self->names);
  g_free (self);
}

static void
check (StrataScope *self,
       StrataScope *last,
       const char  *path,
       GPtrArray   *findings)
{
  if (self->upgrade == NULL || (last != NULL && self->upgrade == last->upgrade))
    return;

  strata_names_check (self->upgrade, self->before, path, findings);
  if (self->downgrade != NULL && (last == NULL || self->downgrade != last->downgrade))
    strata_names_check (self->downgrade, self->after, path, findings);
}

static gboolean
begins_part (const char *line,
             gboolean    is_python,
             const char *name)
{
  const char *start = is_python ? "def " : SQL_MARKER;

  return g_str_has_prefix (line, start) && g_str_has_prefix (line + strlen (start), name);
}

static GArray *
find_parts (const char *path,
            const char *text)
{
  GArray *parts = g_array_new (FALSE, FALSE, sizeof (Part));
  gboolean is_python = g_str_has_suffix (path, ".py");
  guint number = 1;

  for (const char *line = text; line != NULL; number++)
    {
      const char *end = strchr (line, '\n');
      gboolean is_up = begins_part (line, is_python, "upgrade");
      Part part = { number, is_up ? STRATA_UPGRADE : STRATA_DOWNGRADE };

      if (is_up || begins_part (line, is_python, "downgrade"))
        g_array_append_val (parts, part);
      line = end != NULL ? end + 1 : NULL;
    }

  return parts;
}

StrataScope *
strata_scope_new (StrataKnownNames *names,
                  const char       *path,
                  const char       *text,
                  gsize             length,
                  StrataScope      *last,
                  GPtrArray        *findings)
{
  gboolean is_same = last != NULL && last->names == names;
  StrataCatalogue *before = is_same ? strata_catalogue_ref (last->before) : strata_known_names_before (names, path);
  g_autoptr(StrataMentionReader) reader = NULL;
  StrataScope *self;

  if (before == NULL)
    return NULL;

  self = g_new0 (StrataScope, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->names = strata_known_names_ref (names);
  self->before = before;
  self->parts = find_parts (path, text);

  reader = strata_known_names_new_reader (names);
  self->upgrade = strata_mention_reader_read (reader, path, text, length, STRATA_UPGRADE, TRUE);
  self->downgrade = strata_mention_reader_read (reader, path, text, length, STRATA_DOWNGRADE, TRUE);
  if (self->upgrade == NULL && last != NULL && last->upgrade != NULL)
    self->upgrade = strata_mentions_ref (last->upgrade);
  if (self->downgrade == NULL && last != NULL && last->downgrade != NULL)
    self->downgrade = strata_mentions_ref (last->downgrade);

  self->after = strata_catalogue_new (before);
  if (self->upgrade != NULL)
    strata_catalogue_apply_all (self->after, self->upgrade, NULL);
  check (self, last, path, findings);

  return self;
}

StrataCatalogue *
strata_scope_get (StrataScope *self,
                  guint        line)
{
  StrataDirection direction = STRATA_UPGRADE;
  StrataMentions *mentions;
  StrataCatalogue *catalogue;

  for (guint i = 0; i < self->parts->len && g_array_index (self->parts, Part, i).line <= line; i++)
    direction = g_array_index (self->parts, Part, i).direction;
  mentions = direction == STRATA_UPGRADE ? self->upgrade : self->downgrade;
  catalogue = strata_catalogue_new (direction == STRATA_UPGRADE ? self->before : self->after);

  for (guint i = 0; mentions != NULL && i < strata_mentions_get_n (mentions); i++)
    {
      const StrataMention *mention = strata_mentions_get (mentions, i);

      /* What is only used makes no difference, and there is much of it. */
      if (mention->kind > STRATA_MENTION_REFERS_TO && mention->line < line)
        strata_catalogue_apply (catalogue, mention, NULL);
    }

  return catalogue;
}
