/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/project/revision-draft.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/error.h"
#include "core/graph/target.h"
#include "core/project/file-name.h"
#include "core/project/project-private.h"
#include "core/project/revision-id.h"

typedef StrataRevisionDraft Draft;

static StrataRevision *
parent_revision (StrataProject *self,
                 const Draft   *draft,
                 guint          index)
{
  return strata_graph_get_revision (self->graph, g_array_index (draft->parents, guint, index));
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
        g_set_error (error, STRATA_ERROR, STRATA_ERROR_USAGE, _("“%s” can't be a branch label"), label);
      else
        continue;

      return FALSE;
    }

  return TRUE;
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

      /* What is built on it could not be planned either, until it is mended. */
      if (flags & STRATA_NODE_BROKEN)
        {
          g_set_error (error, STRATA_ERROR, STRATA_ERROR_FINDINGS,
                       _("Nothing can be built on %s until the errors around it are mended: “strata status” shows them"),
                       id);
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
                       _("“%s” names %u revisions; name one to depend on"), symbol, nodes->len);
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
  const char *suffix = draft->format == STRATA_REVISION_SQL ? ".sql" : ".py";
  g_autofree char *file = NULL;

  if (name == NULL)
    return FALSE;

  /* Alembic leaves what stood before the words that are not there. */
  if (draft->format == STRATA_REVISION_SQL && *slug == '\0' && g_str_has_suffix (name, "_"))
    name[strlen (name) - 1] = '\0';
  file = g_strconcat (name, suffix, NULL);

  if (*name == '\0' || g_str_has_suffix (name, "/"))
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_BAD_INPUT,
                   _("The file_template “%s” makes no name of this message"), self->settings.file_template);
      return FALSE;
    }

  draft->path = g_canonicalize_filename (file, draft->folder);
  if (g_str_has_prefix (draft->path, draft->folder) && draft->path[strlen (draft->folder)] == '/')
    return TRUE;

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_BAD_INPUT,
               _("The file_template “%s” leads out of the version location"), self->settings.file_template);

  return FALSE;
}

void
strata_revision_draft_clear (StrataRevisionDraft *draft)
{
  g_clear_pointer (&draft->id, g_free);
  g_clear_pointer (&draft->parents, g_array_unref);
  g_clear_pointer (&draft->down, g_strfreev);
  g_clear_pointer (&draft->depends_on, g_strfreev);
  g_clear_pointer (&draft->folder, g_free);
  g_clear_pointer (&draft->created, g_date_time_unref);
  g_clear_pointer (&draft->path, g_free);
}

gboolean
strata_revision_draft_choose_id (StrataRevisionDraft      *draft,
                                 StrataProject            *self,
                                 const StrataNewRevision  *options,
                                 GError                  **error)
{
  g_autofree char *complaint = NULL;
  const char *path;
  guint node;

  draft->id = options->rev_id != NULL ? g_strdup (options->rev_id) : strata_revision_id_new ();
  complaint = strata_revision_id_complain (draft->id);
  if (complaint == NULL && !is_usable_name (draft->id))
    complaint = g_strdup_printf (_("“%s” can't be a revision identifier"), draft->id);
  if (complaint == NULL && g_utf8_strlen (draft->id, -1) > STRATA_LONGEST_REVISION_ID)
    complaint = g_strdup_printf (_("The revision identifier “%s” is longer than the %d characters of the version "
                                   "table's column"), draft->id, STRATA_LONGEST_REVISION_ID);
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

/* Alembic's words, and which they are. */
static void
set_several_heads_error (StrataGraph  *graph,
                         GError      **error)
{
  g_autoptr(GArray) heads = strata_graph_dup_heads (graph, FALSE);
  g_autoptr(GString) ids = g_string_new (NULL);

  for (guint i = 0; i < heads->len; i++)
    g_string_append_printf (ids, "%s%s", i > 0 ? ", " : "",
                            strata_revision_get_id (strata_graph_get_revision (graph, g_array_index (heads, guint, i))));

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_SEVERAL_HEADS,
               "Multiple heads are present; please specify the head revision on which the new revision "
               "should be based, or perform a merge. (%s): “--head ID” names it, “strata merge heads” joins them", ids->str);
}

gboolean
strata_revision_draft_add_parents (StrataRevisionDraft  *draft,
                                   StrataProject        *self,
                                   const char           *symbol,
                                   GError              **error)
{
  g_autoptr(GError) local = NULL;
  g_autoptr(GArray) nodes = strata_graph_resolve (self->graph, NULL, symbol, &local);

  if (nodes == NULL && g_error_matches (local, STRATA_ERROR, STRATA_ERROR_SEVERAL_HEADS))
    set_several_heads_error (self->graph, error);
  else if (nodes == NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  else
    g_array_append_vals (draft->parents, nodes->data, nodes->len);

  return nodes != NULL;
}

gboolean
strata_revision_draft_complete (StrataRevisionDraft      *draft,
                                StrataProject            *self,
                                const StrataNewRevision  *options,
                                GError                  **error)
{
  return check_parents (self, options, draft, error) &&
         resolve_dependencies (self, options, draft, error) &&
         check_labels (self, options, draft, error) &&
         choose_folder (self, options, draft, error) &&
         choose_time (self, options, draft, error) &&
         choose_path (self, options, draft, error);
}
