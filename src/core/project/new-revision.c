/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/project/new-revision.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/graph/target.h"
#include "core/project/file-name.h"
#include "core/project/project-private.h"
#include "core/project/revision-id.h"
#include "core/revision/sql-file.h"

/* Everything that is decided before the file is written. */
typedef struct
{
  char      *id;
  GArray    *parents;       /* guint, nodes; none for a base */
  GStrv      down;
  GStrv      depends_on;
  char      *folder;        /* the version location */
  GDateTime *created;
  char      *path;
} Draft;

static void
draft_clear (Draft *draft)
{
  g_clear_pointer (&draft->id, g_free);
  g_clear_pointer (&draft->parents, g_array_unref);
  g_clear_pointer (&draft->down, g_strfreev);
  g_clear_pointer (&draft->depends_on, g_strfreev);
  g_clear_pointer (&draft->folder, g_free);
  g_clear_pointer (&draft->created, g_date_time_unref);
  g_clear_pointer (&draft->path, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Draft, draft_clear)

static StrataRevision *
parent_revision (StrataProject *self,
                 const Draft   *draft,
                 guint          index)
{
  return strata_graph_get_revision (self->graph, g_array_index (draft->parents, guint, index));
}

static gboolean
has_sql_revision (StrataProject *self)
{
  for (guint i = 0; i < self->revisions->len; i++)
    if (strata_revision_get_format (g_ptr_array_index (self->revisions, i)) == STRATA_REVISION_SQL)
      return TRUE;

  return FALSE;
}

static gboolean
check_format (StrataProject            *self,
              const StrataNewRevision  *options,
              GError                  **error)
{
  gboolean is_alembic = self->kind == STRATA_PROJECT_ALEMBIC;
  const char *format = options->format != NULL ? options->format : is_alembic ? "py" : "sql";

  if (!g_str_equal (format, "sql") && !g_str_equal (format, "py"))
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_USAGE, "There is no format “%s”: it is sql or py", format);
      return FALSE;
    }

  if (g_str_equal (format, "py"))
    {
      g_set_error_literal (error, STRATA_ERROR, is_alembic ? STRATA_ERROR_NEEDS_PYTHON : STRATA_ERROR_USAGE,
                           is_alembic
                           ? "This version of Strata does not write Alembic scripts yet. Make it with “alembic "
                             "revision”, or a revision in SQL with --format sql."
                           : "A project of SQL revisions has no .py revisions.");
      return FALSE;
    }

  if (is_alembic && !options->accept_mixed && !has_sql_revision (self))
    {
      g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_NEEDS_CONSENT,
                           "This would be the first .sql revision of an Alembic project. Alembic does not see it, so "
                           "that from then on only Strata can run the project.");
      return FALSE;
    }

  return TRUE;
}

/* Words that are targets, and characters that the header, the file system or a target would take for something else.
 * */
static gboolean
is_usable_name (const char *name)
{
  static const char * const targets[] = { "base", "current", "head", "heads", NULL };

  if (*name == '\0' || *name == '.' || g_strv_contains (targets, name) || !g_utf8_validate (name, -1, NULL))
    return FALSE;

  for (const char *at = name; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (g_unichar_isspace (c) || !g_unichar_isprint (c) || c == ',' || c == '/' || c == '\\' || c == '@')
        return FALSE;
    }

  return TRUE;
}

static gboolean
choose_id (StrataProject            *self,
           const StrataNewRevision  *options,
           Draft                    *draft,
           GError                  **error)
{
  g_autofree char *complaint = NULL;
  const char *path;
  guint node;

  draft->id = options->rev_id != NULL ? g_strdup (options->rev_id) : strata_revision_id_new ();
  complaint = strata_revision_id_complain (draft->id);
  if (complaint == NULL && !is_usable_name (draft->id))
    complaint = g_strdup_printf ("“%s” can't be a revision identifier", draft->id);
  if (complaint == NULL && g_utf8_strlen (draft->id, -1) > STRATA_LONGEST_REVISION_ID)
    complaint = g_strdup_printf ("The revision identifier “%s” is longer than the %d characters of the version table's "
                                 "column", draft->id, STRATA_LONGEST_REVISION_ID);
  if (complaint != NULL)
    {
      g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_USAGE, complaint);
      return FALSE;
    }

  node = strata_graph_find (self->graph, draft->id);
  if (node == STRATA_NO_NODE)
    return TRUE;

  path = strata_revision_get_path (strata_graph_get_revision (self->graph, node));
  complaint = strata_project_dup_shown_path (self, path);
  g_set_error (error, STRATA_ERROR, STRATA_ERROR_EXISTS,
               "Revision %s is present more than once: “%s” has it already", draft->id, complaint);

  return FALSE;
}

/* What a label is taken by: another revision's label, or its id. */
static StrataRevision *
find_label_owner (StrataProject *self,
                  const char    *label)
{
  for (guint i = 0; i < self->revisions->len; i++)
    {
      StrataRevision *revision = g_ptr_array_index (self->revisions, i);

      if (g_strv_contains (strata_revision_get_branch_labels (revision), label) ||
          g_str_equal (strata_revision_get_id (revision), label))
        return revision;
    }

  return NULL;
}

static gboolean
check_labels (StrataProject            *self,
              const StrataNewRevision  *options,
              const Draft              *draft,
              GError                  **error)
{
  for (guint i = 0; options->branch_labels != NULL && options->branch_labels[i] != NULL; i++)
    {
      const char *label = options->branch_labels[i];
      StrataRevision *owner = find_label_owner (self, label);

      if (owner != NULL)
        g_set_error (error, STRATA_ERROR, STRATA_ERROR_EXISTS,
                     "Branch name '%s' in revision %s already used by revision %s",
                     label, draft->id, strata_revision_get_id (owner));
      else if (!is_usable_name (label) || g_str_equal (label, draft->id))
        g_set_error (error, STRATA_ERROR, STRATA_ERROR_USAGE, "“%s” can't be a branch label", label);
      else
        continue;

      return FALSE;
    }

  return TRUE;
}

static gboolean
add_parents (StrataProject  *self,
             const char     *symbol,
             Draft          *draft,
             GError        **error)
{
  g_autoptr(GError) local = NULL;
  g_autoptr(GArray) nodes = strata_graph_resolve (self->graph, NULL, symbol, &local);

  if (nodes == NULL && g_error_matches (local, STRATA_ERROR, STRATA_ERROR_SEVERAL_HEADS))
    g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_SEVERAL_HEADS,
                         "Multiple heads are present; please specify the head revision on which the new revision "
                         "should be based, or perform a merge.");
  else if (nodes == NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  else
    g_array_append_vals (draft->parents, nodes->data, nodes->len);

  return nodes != NULL;
}

/* Alembic's "is_head" is about down_revision alone. */
static gboolean
check_parents (StrataProject            *self,
               const StrataNewRevision  *options,
               Draft                    *draft,
               GError                  **error)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr(GHashTable) seen = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < draft->parents->len; i++)
    {
      guint node = g_array_index (draft->parents, guint, i);
      const char *id = strata_revision_get_id (parent_revision (self, draft, i));
      StrataNodeFlags flags = strata_graph_get_flags (self->graph, node);

      if (!g_hash_table_add (seen, GUINT_TO_POINTER (node)))
        {
          g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_USAGE, "Duplicate head revisions specified");
          return FALSE;
        }

      if (!options->splice && (flags & (STRATA_NODE_HEAD | STRATA_NODE_EFFECTIVE_HEAD)) == 0)
        {
          g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID_TARGET,
                       "Revision %s is not a head revision; please specify --splice to create a new branch from this "
                       "revision", id);
          return FALSE;
        }

      g_strv_builder_add (builder, id);
    }

  draft->down = g_strv_builder_end (builder);

  return TRUE;
}

/* Partial ids become whole ones; a label stays a label, so that it follows its branch. */
static gboolean
resolve_dependencies (StrataProject            *self,
                      const StrataNewRevision  *options,
                      Draft                    *draft,
                      GError                  **error)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; options->depends_on != NULL && options->depends_on[i] != NULL; i++)
    {
      const char *symbol = options->depends_on[i];
      g_autoptr(GArray) nodes = strata_graph_resolve (self->graph, NULL, symbol, error);
      g_auto(GStrv) labels = NULL;
      guint node;

      if (nodes == NULL)
        return FALSE;
      if (nodes->len != 1)
        {
          g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID_TARGET,
                       "“%s” names %u revisions; name one to depend on", symbol, nodes->len);
          return FALSE;
        }

      node = g_array_index (nodes, guint, 0);
      labels = strata_graph_dup_labels (self->graph, node);
      g_strv_builder_add (builder, g_strv_contains ((const char * const *) labels, symbol) ? symbol :
                          strata_revision_get_id (strata_graph_get_revision (self->graph, node)));
    }

  draft->depends_on = g_strv_builder_end (builder);

  return TRUE;
}

/* The location that a file stands in, links resolved as they are in the path of a revision. */
static const char *
location_of (StrataProject *self,
             const char    *path)
{
  for (guint i = 0; self->settings.version_locations[i] != NULL; i++)
    {
      g_autofree char *real = realpath (self->settings.version_locations[i], NULL);

      if (real != NULL && g_str_has_prefix (path, real) && path[strlen (real)] == '/')
        return self->settings.version_locations[i];
    }

  return NULL;
}

static gboolean
choose_named_folder (StrataProject  *self,
                     const char     *named,
                     Draft          *draft,
                     GError        **error)
{
  g_autofree char *wanted = g_canonicalize_filename (named, self->files.base);

  for (guint i = 0; self->settings.version_locations[i] != NULL; i++)
    if (g_str_equal (self->settings.version_locations[i], wanted))
      {
        draft->folder = g_steal_pointer (&wanted);
        return TRUE;
      }

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_USAGE,
               "Path %s is not represented in current version locations", named);

  return FALSE;
}

static gboolean
choose_folder (StrataProject            *self,
               const StrataNewRevision  *options,
               Draft                    *draft,
               GError                  **error)
{
  const char *location = NULL;

  if (options->version_path != NULL)
    return choose_named_folder (self, options->version_path, draft, error);

  if (g_strv_length (self->settings.version_locations) == 1)
    location = self->settings.version_locations[0];
  else if (draft->parents->len > 0)
    location = location_of (self, strata_revision_get_path (parent_revision (self, draft, 0)));

  if (location == NULL)
    g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_USAGE,
                         "Multiple version locations present, please specify --version-path");
  draft->folder = g_strdup (location);

  return location != NULL;
}

/* Local time, or the configured zone's; its name is tried in upper case too, as Alembic does. */
static gboolean
choose_time (StrataProject            *self,
             const StrataNewRevision  *options,
             Draft                    *draft,
             GError                  **error)
{
  const char *name = self->settings.timezone;
  g_autoptr(GTimeZone) zone = name != NULL ? g_time_zone_new_identifier (name) : g_time_zone_new_local ();

  if (zone == NULL)
    {
      g_autofree char *upper = g_ascii_strup (name, -1);

      zone = g_time_zone_new_identifier (upper);
    }
  if (zone == NULL)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_BAD_INPUT, "Can't locate timezone: %s", name);
      return FALSE;
    }

  if (options->created != NULL)
    draft->created = g_date_time_to_timezone (options->created, zone);
  else
    draft->created = g_date_time_new_now (zone);

  return TRUE;
}

static gboolean
choose_path (StrataProject            *self,
             const StrataNewRevision  *options,
             Draft                    *draft,
             GError                  **error)
{
  g_autofree char *message = g_utf8_make_valid (options->message != NULL ? options->message : "", -1);
  g_autofree char *slug = strata_file_name_slug (message, self->settings.truncate_slug_length);
  g_autofree char *name = strata_file_name_format (self->settings.file_template, draft->id, slug, draft->created,
                                                   error);
  g_autofree char *file = name != NULL ? g_strconcat (name, ".sql", NULL) : NULL;

  if (file == NULL)
    return FALSE;

  draft->path = g_canonicalize_filename (file, draft->folder);
  if (g_str_has_prefix (draft->path, draft->folder) && draft->path[strlen (draft->folder)] == '/')
    return TRUE;

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_BAD_INPUT,
               "The file_template “%s” leads out of the version location", self->settings.file_template);

  return FALSE;
}

static StrataRevision *
read_back (StrataProject  *self,
           const char     *path,
           const char     *id,
           GError        **error)
{
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataRevision) revision = NULL;
  g_autofree char *real = realpath (path, NULL);
  g_autofree char *shown = strata_project_dup_shown_path (self, path);
  gsize length;
  g_autofree char *text = strata_file_read (path, &length, error);

  if (text == NULL)
    return NULL;

  revision = strata_sql_header_read (real != NULL ? real : path, text, length, findings);
  if (revision != NULL && g_str_equal (strata_revision_get_id (revision), id))
    return g_steal_pointer (&revision);

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_FAILED,
               "“%s” was written but does not read back as revision %s%s%s", shown, id, findings->len > 0 ? ": " : "",
               findings->len > 0 ? strata_finding_get_message (g_ptr_array_index (findings, 0)) : "");

  return NULL;
}

static StrataRevision *
write_file (StrataProject            *self,
            const StrataNewRevision  *options,
            const Draft              *draft,
            const char               *body,
            GError                  **error)
{
  g_autofree char *created = g_date_time_format (draft->created, "%Y-%m-%d %H:%M:%S%:z");
  g_autofree char *message = g_utf8_make_valid (options->message != NULL ? options->message : "empty message", -1);
  g_autofree char *folder = g_path_get_dirname (draft->path);
  StrataRevisionFields fields = {
    .id = draft->id,
    .down_revisions = (const char * const *) draft->down,
    .branch_labels = options->branch_labels,
    .depends_on = (const char * const *) draft->depends_on,
    .message = message,
    .created = created,
  };
  g_autofree char *text = strata_sql_file_format (&fields, options->upgrade != NULL ? options->upgrade : body,
                                                  options->downgrade != NULL ? options->downgrade : body);

  if (g_mkdir_with_parents (folder, 0777) < 0)
    {
      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno),
                   "Cannot make the folder “%s”: %s", folder, g_strerror (errno));
      return NULL;
    }

  if (!strata_file_create (draft->path, text, -1, error))
    return NULL;

  return read_back (self, draft->path, draft->id, error);
}

/* The body is what stands in both sections where nothing is given: NULL invites to write there. */
static StrataRevision *
create (StrataProject            *self,
        const StrataNewRevision  *options,
        Draft                    *draft,
        const char               *body,
        GError                  **error)
{
  if (!check_parents (self, options, draft, error) ||
      !resolve_dependencies (self, options, draft, error) ||
      !check_labels (self, options, draft, error) ||
      !choose_folder (self, options, draft, error) ||
      !choose_time (self, options, draft, error) ||
      !choose_path (self, options, draft, error))
    return NULL;

  return write_file (self, options, draft, body, error);
}

StrataRevision *
strata_project_create_revision (StrataProject            *self,
                                const StrataNewRevision  *options,
                                GError                  **error)
{
  g_auto(Draft) draft = { .parents = g_array_new (FALSE, FALSE, sizeof (guint)) };

  if (!check_format (self, options, error) ||
      !choose_id (self, options, &draft, error) ||
      !add_parents (self, options->head != NULL ? options->head : "head", &draft, error))
    return NULL;

  return create (self, options, &draft, draft.parents->len > 1 ? "" : NULL, error);
}

StrataRevision *
strata_project_create_merge (StrataProject            *self,
                             const char * const       *revisions,
                             const StrataNewRevision  *options,
                             GError                  **error)
{
  g_auto(Draft) draft = { .parents = g_array_new (FALSE, FALSE, sizeof (guint)) };

  if (!check_format (self, options, error) || !choose_id (self, options, &draft, error))
    return NULL;

  for (guint i = 0; revisions[i] != NULL; i++)
    if (!add_parents (self, revisions[i], &draft, error))
      return NULL;

  if (draft.parents->len < 2)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID_TARGET, "There is nothing to merge: %s",
                   draft.parents->len == 0 ? "no revision is named" : "that is only one revision");
      return NULL;
    }

  return create (self, options, &draft, "", error);
}
