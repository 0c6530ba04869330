/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "servers/server.h"

#include <string.h>

struct _TestServer
{
  GSubprocess      *process;
  GDataInputStream *output;
  GHashTable       *facts;    /* key, owned, to value, owned */
};

void
test_server_free (TestServer *self)
{
  /* The program ends what it started when nobody can talk to it any more. */
  g_output_stream_close (g_subprocess_get_stdin_pipe (self->process), NULL, NULL);
  g_subprocess_wait (self->process, NULL, NULL);
  g_object_unref (self->process);
  g_object_unref (self->output);
  g_hash_table_unref (self->facts);
  g_free (self);
}

static char *
read_line (TestServer *self)
{
  return g_data_input_stream_read_line (self->output, NULL, NULL, NULL);
}

static gboolean
read_facts (TestServer *self)
{
  g_autofree char *line = NULL;

  while ((line = read_line (self)) != NULL && strcmp (line, "ready") != 0)
    {
      char *equals = strchr (line, '=');

      g_assert_nonnull (equals);
      *equals = '\0';
      g_hash_table_insert (self->facts, g_strdup (line), g_strdup (equals + 1));
      g_clear_pointer (&line, g_free);
    }

  return line != NULL;
}

TestServer *
test_server_start (const char          *program,
                   const char * const  *arguments,
                   char               **reason)
{
  g_autoptr(TestServer) self = g_new0 (TestServer, 1);
  g_autoptr(GPtrArray) argv = g_ptr_array_new ();
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "servers", program, NULL);
  g_autoptr(GError) error = NULL;

  g_ptr_array_add (argv, path);
  for (guint i = 0; arguments != NULL && arguments[i] != NULL; i++)
    g_ptr_array_add (argv, (gpointer) arguments[i]);
  g_ptr_array_add (argv, NULL);

  self->process = g_subprocess_newv ((const char * const *) argv->pdata,
                                     G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);
  self->output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  self->facts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  if (read_facts (self))
    return g_steal_pointer (&self);

  *reason = g_strdup (test_server_get (self, "skip"));
  g_assert_nonnull (*reason);

  return NULL;
}

const char *
test_server_get (TestServer *self,
                 const char *key)
{
  return g_hash_table_lookup (self->facts, key);
}

void
test_server_command (TestServer *self,
                     const char *command)
{
  g_autofree char *line = g_strconcat (command, "\n", NULL);
  g_autofree char *answer = NULL;
  GOutputStream *input = g_subprocess_get_stdin_pipe (self->process);

  g_assert_true (g_output_stream_write_all (input, line, strlen (line), NULL, NULL, NULL));
  answer = read_line (self);
  g_assert_cmpstr (answer, ==, "done");
}

static guint
get_port (TestServer *self)
{
  return (guint) g_ascii_strtoull (test_server_get (self, "port"), NULL, 10);
}

StrataUrl *
test_server_dup_url (TestServer *self,
                     const char *database)
{
  return strata_url_new (&(StrataUrlParts) {
    .dialect = STRATA_DIALECT_POSTGRESQL,
    .user = "strata",
    .host = test_server_get (self, "folder"),
    .port = get_port (self),
    .database = database,
  });
}

StrataUrl *
test_server_dup_tcp_url (TestServer *self,
                         const char *user,
                         const char *password,
                         const char *database)
{
  return strata_url_new (&(StrataUrlParts) {
    .dialect = STRATA_DIALECT_POSTGRESQL,
    .user = user,
    .password = password,
    .host = "127.0.0.1",
    .port = get_port (self),
    .database = database,
  });
}
