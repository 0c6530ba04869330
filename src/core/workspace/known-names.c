/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/workspace/known-names.h"

#include "core/base/files.h"

/* One script that nobody changed is read once. */
typedef struct
{
  char           *stamp;
  StrataMentions *mentions;
} File;

struct _StrataKnownNames
{
  gatomicrefcount  ref_count;
  StrataProject   *project;
  StrataDialect    dialect;
  GHashTable      *nodes;       /* path → node + 1 */
  File            *files;       /* by node */
  guint            n_read;

  /* With a database: nodes and files are borrowed. */
  StrataKnownNames *lender;
  StrataPicture    *picture;
  guint8           *is_applied; /* by node: 2 where it is in the database */
};

struct _StrataKnownNamesReader
{
  StrataKnownNames    *names;
  StrataKnownNames    *before;  /* or NULL */
  StrataMentionReader *reader;
  guint                next;    /* node */
};

/* Nodes, each behind all that it needs. */
typedef struct
{
  StrataGraph *graph;
  guint8      *is_seen;
  GArray      *order;           /* guint */
} Walk;

static void
push_needs (Walk   *self,
            guint   node,
            GArray *stack)
{
  guint n;
  const guint *needs = strata_graph_get_requires (self->graph, node, &n);

  for (guint i = n; i > 0; i--)
    if (self->is_seen[needs[i - 1]] == 0)
      g_array_append_val (stack, needs[i - 1]);

  needs = strata_graph_get_parents (self->graph, node, &n);
  for (guint i = n; i > 0; i--)
    if (self->is_seen[needs[i - 1]] == 0)
      g_array_append_val (stack, needs[i - 1]);
}

static void
walk (Walk  *self,
      guint  from)
{
  g_autoptr(GArray) stack = g_array_new (FALSE, FALSE, sizeof (guint));

  g_array_append_val (stack, from);
  while (stack->len > 0)
    {
      guint node = g_array_index (stack, guint, stack->len - 1);

      if (self->is_seen[node] == 0)
        {
          self->is_seen[node] = 1;
          push_needs (self, node, stack);
          continue;
        }

      g_array_set_size (stack, stack->len - 1);
      if (self->is_seen[node] == 1)
        g_array_append_val (self->order, node);
      self->is_seen[node] = 2;
    }
}

static void
free_files (StrataKnownNames *self)
{
  for (guint i = 0; i < strata_graph_get_n_nodes (strata_project_get_graph (self->project)); i++)
    {
      g_free (self->files[i].stamp);
      g_clear_pointer (&self->files[i].mentions, strata_mentions_unref);
    }
  g_free (self->files);
  g_hash_table_unref (self->nodes);
}

StrataKnownNames *
strata_known_names_ref (StrataKnownNames *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
strata_known_names_unref (StrataKnownNames *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  if (self->lender == NULL)
    free_files (self);
  g_clear_pointer (&self->lender, strata_known_names_unref);
  g_clear_pointer (&self->picture, strata_picture_unref);
  g_free (self->is_applied);
  strata_project_unref (self->project);
  g_free (self);
}

guint
strata_known_names_get_n_read (StrataKnownNames *self)
{
  return self->n_read;
}

StrataKnownNamesReader *
strata_known_names_begin (StrataProject    *project,
                          StrataDialect     dialect,
                          StrataKnownNames *before)
{
  StrataKnownNamesReader *reader = g_new0 (StrataKnownNamesReader, 1);
  StrataKnownNames *self = g_new0 (StrataKnownNames, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->project = strata_project_ref (project);
  self->dialect = dialect;
  self->nodes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->files = g_new0 (File, strata_graph_get_n_nodes (strata_project_get_graph (project)));

  reader->names = self;
  reader->reader = strata_mention_reader_new (project, dialect);
  if (before != NULL && before->dialect == dialect)
    reader->before = strata_known_names_ref (before);

  return reader;
}

void
strata_known_names_reader_free (StrataKnownNamesReader *reader)
{
  g_clear_pointer (&reader->names, strata_known_names_unref);
  g_clear_pointer (&reader->before, strata_known_names_unref);
  strata_mention_reader_free (reader->reader);
  g_free (reader);
}

static gboolean
take_over (StrataKnownNamesReader *reader,
           File                   *file,
           const char             *path)
{
  guint known = reader->before != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (reader->before->nodes, path)) : 0;
  const File *before = known > 0 ? &reader->before->files[known - 1] : NULL;

  if (before == NULL || file->stamp == NULL || g_strcmp0 (before->stamp, file->stamp) != 0)
    return FALSE;

  file->mentions = strata_mentions_ref (before->mentions);

  return TRUE;
}

static void
read_file (StrataKnownNamesReader *reader,
           guint                   node)
{
  StrataKnownNames *self = reader->names;
  StrataRevision *revision = strata_graph_get_revision (strata_project_get_graph (self->project), node);
  const char *path = strata_revision_get_path (revision);
  File *file = &self->files[node];
  gsize length;
  g_autofree char *text = NULL;

  file->stamp = strata_file_dup_stamp (path);
  g_hash_table_insert (self->nodes, g_strdup (path), GUINT_TO_POINTER (node + 1));
  if (take_over (reader, file, path))
    return;

  self->n_read++;
  text = strata_file_read (path, &length, NULL);
  if (text != NULL && g_utf8_validate (text, length, NULL))
    {
      file->mentions = strata_mention_reader_read (reader->reader, path, text, length, STRATA_UPGRADE, FALSE);
      return;
    }

  file->mentions = strata_mentions_new ();
  strata_mentions_add (file->mentions, STRATA_MENTION_DOUBTS_ALL, NULL, NULL, NULL);
}

StrataKnownNames *
strata_known_names_read (StrataKnownNamesReader *reader,
                         guint                   n_files)
{
  guint n_nodes = strata_graph_get_n_nodes (strata_project_get_graph (reader->names->project));

  for (guint i = 0; i < n_files && reader->next < n_nodes; i++)
    read_file (reader, reader->next++);
  if (reader->next < n_nodes)
    return NULL;

  g_clear_pointer (&reader->before, strata_known_names_unref);

  return g_steal_pointer (&reader->names);
}

StrataKnownNames *
strata_known_names_new_with_database (StrataKnownNames   *files,
                                      StrataPicture      *picture,
                                      const char * const *rows)
{
  StrataKnownNames *self = g_new0 (StrataKnownNames, 1);
  StrataGraph *graph = strata_project_get_graph (files->project);
  g_autoptr(GArray) order = g_array_new (FALSE, FALSE, sizeof (guint));
  Walk applied;

  g_atomic_ref_count_init (&self->ref_count);
  self->project = strata_project_ref (files->project);
  self->dialect = files->dialect;
  self->nodes = files->nodes;
  self->files = files->files;
  self->lender = strata_known_names_ref (files);
  self->picture = strata_picture_ref (picture);
  self->is_applied = g_new0 (guint8, strata_graph_get_n_nodes (graph) + 1);

  applied = (Walk) { graph, self->is_applied, order };
  for (guint i = 0; rows[i] != NULL; i++)
    {
      guint node = strata_graph_find (graph, rows[i]);

      if (node != STRATA_NO_NODE)
        walk (&applied, node);
    }

  return self;
}

static gboolean
makes_a_table (const StrataMentions *mentions)
{
  for (guint i = 0; i < strata_mentions_get_n (mentions); i++)
    if (strata_mentions_get (mentions, i)->kind == STRATA_MENTION_MAKES_TABLE)
      return TRUE;

  return FALSE;
}

static void
apply (StrataKnownNames *self,
       StrataCatalogue  *catalogue,
       guint             node)
{
  static const StrataMention others = { .kind = STRATA_MENTION_DOUBTS_OTHERS };
  StrataGraph *graph = strata_project_get_graph (self->project);
  StrataRevision *revision = strata_graph_get_revision (graph, node);

  strata_catalogue_apply_all (catalogue, self->files[node].mentions, strata_revision_get_id (revision));

  /* Where scripts begin on a database that is there already, nobody sees its tables made. */
  if ((strata_graph_get_flags (graph, node) & STRATA_NODE_BASE) != 0 && !makes_a_table (self->files[node].mentions))
    strata_catalogue_apply (catalogue, &others, NULL);
}

/* Of views and what stands elsewhere the columns are offered, and nothing is said of others. */
static void
see_database (StrataKnownNames *self,
              StrataCatalogue  *catalogue)
{
  for (guint i = 0; i < self->picture->n_tables; i++)
    {
      const StrataPictureTable *table = self->picture->tables[i];

      strata_catalogue_see_table (catalogue, table->name, !table->is_view && !table->is_foreign);
      for (guint j = 0; table->columns != NULL && table->columns[j] != NULL; j++)
        strata_catalogue_see_column (catalogue, table->name, table->columns[j]->name);
    }
}

/* All that a node needs, itself left out; of one that is to be applied, on top of what is there. The applied ones have all that
 * they need before them, so that they can come first. */
static StrataCatalogue *
add_up_applied_first (StrataKnownNames *self,
                      const GArray     *order)
{
  StrataCatalogue *catalogue = strata_catalogue_new (NULL);

  for (guint i = 0; i + 1 < order->len; i++)
    if (self->is_applied[g_array_index (order, guint, i)] != 0)
      apply (self, catalogue, g_array_index (order, guint, i));
  see_database (self, catalogue);
  for (guint i = 0; i + 1 < order->len; i++)
    if (self->is_applied[g_array_index (order, guint, i)] == 0)
      apply (self, catalogue, g_array_index (order, guint, i));

  return catalogue;
}

static StrataCatalogue *
add_up (StrataKnownNames *self,
        guint             node)
{
  StrataGraph *graph = strata_project_get_graph (self->project);
  g_autofree guint8 *is_seen = g_new0 (guint8, strata_graph_get_n_nodes (graph));
  g_autoptr(GArray) order = g_array_new (FALSE, FALSE, sizeof (guint));
  Walk ancestors = { graph, is_seen, order };
  StrataCatalogue *catalogue;

  walk (&ancestors, node);
  if (self->picture != NULL && self->is_applied[node] == 0)
    return add_up_applied_first (self, order);

  catalogue = strata_catalogue_new (NULL);
  for (guint i = 0; i + 1 < order->len; i++)
    apply (self, catalogue, g_array_index (order, guint, i));

  return catalogue;
}

static guint
find_node (StrataKnownNames *self,
           const char       *path)
{
  guint known = GPOINTER_TO_UINT (g_hash_table_lookup (self->nodes, path));
  StrataGraph *graph = strata_project_get_graph (self->project);

  return known > 0 && (strata_graph_get_flags (graph, known - 1) & STRATA_NODE_BROKEN) == 0 ? known - 1 : STRATA_NO_NODE;
}

/* The first one makes its world, unless it says otherwise: of what it uses and does not make, nobody knows. */
static void
doubt_before_base (StrataKnownNames *self,
                   StrataCatalogue  *catalogue,
                   guint             node)
{
  static const StrataMention others = { .kind = STRATA_MENTION_DOUBTS_OTHERS };

  if ((strata_graph_get_flags (strata_project_get_graph (self->project), node) & STRATA_NODE_BASE) != 0)
    strata_catalogue_apply (catalogue, &others, NULL);
}

StrataCatalogue *
strata_known_names_before (StrataKnownNames *self,
                           const char       *path)
{
  guint node = find_node (self, path);
  StrataCatalogue *catalogue = node != STRATA_NO_NODE ? add_up (self, node) : NULL;

  if (catalogue != NULL)
    doubt_before_base (self, catalogue, node);

  return catalogue;
}

/* The way back begins with what the way there leaves. */
static void
check_downgrade (StrataCatalogue      *before,
                 const StrataMentions *upgrade,
                 const StrataMentions *downgrade,
                 const char           *path,
                 GPtrArray            *findings)
{
  g_autoptr(StrataCatalogue) after = strata_catalogue_new (before);

  if (upgrade == NULL || downgrade == NULL)
    return;

  strata_catalogue_apply_all (after, upgrade, NULL);
  strata_names_check (downgrade, after, path, findings);
}

static StrataMentions *
read_downgrade (StrataMentionReader *reader,
                const char          *path,
                const char          *text,
                gsize                length)
{
  return strata_mention_reader_read (reader, path, text, length, STRATA_DOWNGRADE, TRUE);
}

StrataMentionReader *
strata_known_names_new_reader (StrataKnownNames *self)
{
  return strata_mention_reader_new (self->project, self->dialect);
}

static void
check_node (StrataKnownNames      *self,
            guint                  node,
            StrataCatalogue       *before,
            const StrataMentions  *downgrade,
            GPtrArray             *findings)
{
  StrataRevision *revision = strata_graph_get_revision (strata_project_get_graph (self->project), node);
  const char *path = strata_revision_get_path (revision);

  strata_names_check (self->files[node].mentions, before, path, findings);
  check_downgrade (before, self->files[node].mentions, downgrade, path, findings);
}

/* With what other branches do in between, which is not there for this revision alone: only what is said there too is true. */
static void
check_suspect (StrataKnownNames      *self,
               guint                  node,
               StrataCatalogue       *all,
               const StrataMentions  *downgrade,
               gboolean               is_line,
               GPtrArray             *findings)
{
  g_autoptr(GPtrArray) found = strata_findings_new ();
  g_autoptr(StrataCatalogue) before = NULL;

  check_node (self, node, all, downgrade, found);
  if (found->len > 0 && !is_line)
    {
      g_ptr_array_set_size (found, 0);
      before = add_up (self, node);
      doubt_before_base (self, before, node);
      check_node (self, node, before, downgrade, found);
    }
  g_ptr_array_extend_and_steal (findings, g_steal_pointer (&found));
}

void
strata_known_names_check_all (StrataKnownNames *self,
                              GPtrArray        *findings)
{
  StrataGraph *graph = strata_project_get_graph (self->project);
  guint n_nodes = strata_graph_get_n_nodes (graph);
  g_autofree guint8 *is_seen = g_new0 (guint8, n_nodes + 1);
  g_autoptr(GArray) order = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr(StrataMentionReader) reader = strata_known_names_new_reader (self);
  g_autoptr(StrataCatalogue) all = strata_catalogue_new (NULL);
  Walk everything = { graph, is_seen, order };
  gboolean is_line = TRUE;

  for (guint node = 0; node < n_nodes; node++)
    if ((strata_graph_get_flags (graph, node) & STRATA_NODE_BROKEN) == 0)
      walk (&everything, node);

  for (guint i = 0; i < order->len; i++)
    {
      guint node = g_array_index (order, guint, i);
      const char *path = strata_revision_get_path (strata_graph_get_revision (graph, node));
      gsize length;
      g_autofree char *text = strata_file_read (path, &length, NULL);
      g_autoptr(StrataMentions) downgrade = NULL;
      guint n;
      const guint *parents = strata_graph_get_parents (graph, node, &n);

      is_line &= i == 0 ? n == 0 : n == 1 && parents[0] == g_array_index (order, guint, i - 1);
      if (text != NULL && g_utf8_validate (text, length, NULL))
        downgrade = read_downgrade (reader, path, text, length);
      if (i > 0)
        check_suspect (self, node, all, downgrade, is_line, findings);
      apply (self, all, node);
    }
}
