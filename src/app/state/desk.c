/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/state/desk.h"

StrataWish *
strata_wish_new (const char *folder,
                 const char *profile,
                 const char *url,
                 const char *password,
                 GStrv       variables)
{
  StrataWish *self = g_atomic_rc_box_new0 (StrataWish);

  self->folder = g_strdup (folder);
  self->profile = g_strdup (profile);
  self->url = g_strdup (url);
  self->password = g_strdup (password);
  self->environ = variables != NULL ? g_strdupv (variables) : g_get_environ ();

  return self;
}

StrataWish *
strata_wish_ref (StrataWish *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
wish_clear (StrataWish *self)
{
  g_free (self->folder);
  g_free (self->profile);
  g_free (self->url);
  g_free (self->password);
  g_strfreev (self->environ);
}

void
strata_wish_unref (StrataWish *self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify) wish_clear);
}

StrataWorkspaceRequest
strata_wish_to_request (StrataWish *self)
{
  return (StrataWorkspaceRequest) {
    .project = { .folder = self->folder, .environ = (const char * const *) self->environ },
    .profile = self->profile,
    .url = self->url,
    .password = self->password,
  };
}

static StrataUrl *
get_url (StrataWorkspace *workspace)
{
  StrataDatabaseChoice *choice = strata_workspace_get_choice (workspace, NULL);

  return choice != NULL ? strata_database_choice_get_url (choice) : NULL;
}

/* Two addresses are equal where a connection to one serves for the other. A file that is not there is read as an empty
 * database in memory; it may be there by now. */
static char *
dup_address (StrataWorkspace *workspace)
{
  StrataUrl *url = get_url (workspace);
  StrataProfile *profile = strata_workspace_get_profile (workspace);
  const StrataProfileFields *fields = profile != NULL ? strata_profile_get_fields (profile) : NULL;
  g_autofree char *text = NULL;

  if (url == NULL || strata_workspace_is_missing_file (url))
    return g_strdup ("");

  text = strata_url_to_string (url);

  return fields == NULL ? g_steal_pointer (&text)
                        : g_strdup_printf ("%s %s %s %s", text, fields->name, fields->role != NULL ? fields->role : "",
                                           fields->search_path != NULL ? fields->search_path : "");
}

static void
drop_connection (StrataDesk *self)
{
  g_clear_object (&self->connection);
  g_clear_pointer (&self->connected_to, g_free);
}

static void
drop_wrong_connection (StrataDesk *self)
{
  g_autofree char *address = dup_address (self->workspace);

  if (g_strcmp0 (address, self->connected_to) != 0)
    drop_connection (self);
}

StrataDesk *
strata_desk_new (void)
{
  return g_new0 (StrataDesk, 1);
}

void
strata_desk_free (StrataDesk *self)
{
  drop_connection (self);
  g_clear_pointer (&self->workspace, strata_workspace_free);
  g_clear_pointer (&self->wish, strata_wish_unref);
  g_free (self);
}

static void
set_workspace (StrataDesk      *self,
               StrataWish      *wish,
               StrataWorkspace *workspace)
{
  g_clear_pointer (&self->workspace, strata_workspace_free);
  self->workspace = workspace;
  strata_wish_ref (wish);
  g_clear_pointer (&self->wish, strata_wish_unref);
  self->wish = wish;
}

gboolean
strata_desk_open (StrataDesk  *self,
                  StrataWish  *wish,
                  GError     **error)
{
  const StrataWorkspaceRequest request = strata_wish_to_request (wish);
  StrataWorkspace *workspace = strata_workspace_open (&request, error);

  if (workspace == NULL)
    return FALSE;

  set_workspace (self, wish, workspace);

  return TRUE;
}

void
strata_desk_use (StrataDesk    *self,
                 StrataWish    *wish,
                 StrataProject *project)
{
  const StrataWorkspaceRequest request = strata_wish_to_request (wish);

  set_workspace (self, wish, strata_workspace_new (project, &request));
  drop_wrong_connection (self);
}

StrataSnapshot *
strata_desk_read_database (StrataDesk   *self,
                           GCancellable *cancellable)
{
  const StrataConnectRequest request = { .command = "window" };
  g_autoptr(GError) error = NULL;
  StrataSnapshot *snapshot;

  if (get_url (self->workspace) == NULL)
    return strata_snapshot_new (self->workspace, NULL, NULL, cancellable);

  drop_wrong_connection (self);
  if (self->connection == NULL)
    {
      self->connected_to = dup_address (self->workspace);
      self->connection = strata_workspace_connect (self->workspace, &request, cancellable, &error);
    }

  snapshot = strata_snapshot_new (self->workspace, self->connection, error, cancellable);
  /* Whatever failed on it, the next attempt begins anew. */
  if (snapshot->status->error != NULL)
    drop_connection (self);

  return snapshot;
}
