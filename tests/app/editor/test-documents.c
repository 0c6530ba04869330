/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/editor/documents.h"
#include "app/support.h"

typedef struct
{
  char           *folder;
  char           *path;
  StrataTextDocument *document;
} Fixture;

static void
write_file (const char *path,
            const char *text,
            gssize      length)
{
  g_autoptr(GError) error = NULL;

  g_file_set_contents (path, text, length, &error);
  g_assert_no_error (error);
}

static void
assert_file (const char *path,
             const char *text)
{
  g_autofree char *found = NULL;
  g_autoptr(GError) error = NULL;

  g_file_get_contents (path, &found, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (found, ==, text);
}

static void
set_up (Fixture       *self,
        gconstpointer  text)
{
  self->folder = g_dir_make_tmp ("strata-document-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "one.sql", NULL);
  if (text != NULL)
    write_file (self->path, text, -1);
}

static void
tear_down (Fixture       *self,
           gconstpointer  text)
{
  g_autoptr(GDir) entries = g_dir_open (self->folder, 0, NULL);
  const char *name;

  if (self->document != NULL)
    pump_until_finalized (self->document);
  while ((name = g_dir_read_name (entries)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (self->folder);
  g_free (self->folder);
  g_free (self->path);
}

static StrataTextDocument *
open_document (Fixture *self)
{
  self->document = strata_text_document_new (self->path);
  pump_until (strata_text_document_get_state (self->document) != STRATA_TEXT_DOCUMENT_LOADING);

  return self->document;
}

static void
type (StrataTextDocument *document,
      const char     *text)
{
  gtk_text_buffer_insert_at_cursor (GTK_TEXT_BUFFER (strata_text_document_get_buffer (document)), text, -1);
}

static void
assert_text (StrataTextDocument *document,
             const char     *text)
{
  g_autofree char *found = strata_text_document_dup_text (document);

  g_assert_cmpstr (found, ==, text);
}

static void
on_done (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static gboolean
save (StrataTextDocument  *document,
      GError         **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  strata_text_document_save_async (document, on_done, &result);
  pump_until (result != NULL);

  return strata_text_document_save_finish (document, result, error);
}

static void
save_well (StrataTextDocument *document)
{
  g_autoptr(GError) error = NULL;

  save (document, &error);
  g_assert_no_error (error);
}

static void
test_save (Fixture       *self,
           gconstpointer  data)
{
  StrataTextDocument *document = open_document (self);

  assert_text (document, data);
  g_assert_false (strata_text_document_get_modified (document));
  g_assert_null (strata_text_document_get_read_only (document));

  type (document, "-- x\n");
  g_assert_true (strata_text_document_get_modified (document));
  save_well (document);
  g_assert_false (strata_text_document_get_modified (document));
  assert_file (self->path, "-- x\nSELECT 1;\n");

  /* What it wrote itself is no change. */
  strata_text_document_check_disk (document);
  type (document, "y");
  save_well (document);
  g_assert_cmpint (strata_text_document_get_disk (document), ==, STRATA_DISK_SAME);
  assert_file (self->path, "-- x\nySELECT 1;\n");
}

static void
test_crlf (Fixture       *self,
           gconstpointer  data)
{
  StrataTextDocument *document = open_document (self);

  assert_text (document, "a\nb\n");
  type (document, "x\n");
  save_well (document);
  assert_file (self->path, "\xef\xbb\xbfx\r\na\r\nb\r\n");
}

static void
test_mixed_ends (Fixture       *self,
                 gconstpointer  data)
{
  StrataTextDocument *document = open_document (self);

  type (document, "x");
  save_well (document);
  assert_file (self->path, "xa\r\nb\nc\r\n");
}

static void
test_link_and_mode (Fixture       *self,
                    gconstpointer  data)
{
  g_autofree char *link = g_build_filename (self->folder, "link.sql", NULL);
  struct stat info;

  g_assert_cmpint (symlink ("one.sql", link), ==, 0);
  g_assert_cmpint (g_chmod (self->path, 0640), ==, 0);
  g_free (self->path);
  self->path = g_steal_pointer (&link);

  type (open_document (self), "x");
  save_well (self->document);

  g_assert_cmpint (lstat (self->path, &info), ==, 0);
  g_assert_true (S_ISLNK (info.st_mode));
  g_assert_cmpint (stat (self->path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 07777, ==, 0640);
  assert_file (self->path, "xa\n");
}

static void
test_reloads_clean (Fixture       *self,
                    gconstpointer  data)
{
  StrataTextDocument *document = open_document (self);
  g_autofree char *text = NULL;

  write_file (self->path, "new\n", -1);
  pump_until ((g_free (text), text = strata_text_document_dup_text (document), g_str_equal (text, "new\n")));
  g_assert_cmpint (strata_text_document_get_disk (document), ==, STRATA_DISK_SAME);
  g_assert_false (strata_text_document_get_modified (document));
}

static void
test_changed_and_kept (Fixture       *self,
                       gconstpointer  data)
{
  StrataTextDocument *document = open_document (self);
  g_autoptr(GError) error = NULL;

  type (document, "mine ");
  write_file (self->path, "theirs\n", -1);
  pump_until (strata_text_document_get_disk (document) == STRATA_DISK_CHANGED);

  g_assert_false (save (document, &error));
  assert_file (self->path, "theirs\n");
  g_assert_cmpint (strata_text_document_get_disk (document), ==, STRATA_DISK_CHANGED);

  strata_text_document_keep (document);
  g_assert_cmpint (strata_text_document_get_disk (document), ==, STRATA_DISK_SAME);
  save_well (document);
  assert_file (self->path, "mine a\n");
}

static void
test_changed_and_reloaded (Fixture       *self,
                           gconstpointer  data)
{
  StrataTextDocument *document = open_document (self);

  type (document, "mine ");
  write_file (self->path, "theirs\n", -1);
  pump_until (strata_text_document_get_disk (document) == STRATA_DISK_CHANGED);

  strata_text_document_reload (document);
  pump_until (strata_text_document_get_disk (document) == STRATA_DISK_SAME);
  g_assert_false (strata_text_document_get_modified (document));
  assert_text (document, "theirs\n");
}

/* The file changes between the last look and the save. */
static void
test_save_looks (Fixture       *self,
                 gconstpointer  data)
{
  StrataTextDocument *document = open_document (self);
  g_autoptr(GError) error = NULL;

  type (document, "mine ");
  write_file (self->path, "theirs\n", -1);
  g_assert_false (save (document, &error));
  assert_file (self->path, "theirs\n");
  pump_until (strata_text_document_get_disk (document) == STRATA_DISK_CHANGED);
}

static void
test_deleted (Fixture       *self,
              gconstpointer  data)
{
  StrataTextDocument *document = open_document (self);

  g_unlink (self->path);
  pump_until (strata_text_document_get_disk (document) == STRATA_DISK_DELETED);
  assert_text (document, data);

  strata_text_document_keep (document);
  g_assert_true (strata_text_document_get_modified (document));
  save_well (document);
  assert_file (self->path, data);
}

/* What was not saved is saved as ever: there is nothing that it could be written over. */
static void
test_deleted_unsaved (Fixture       *self,
                      gconstpointer  data)
{
  StrataTextDocument *document = open_document (self);
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (strata_text_document_get_buffer (document));

  gtk_text_buffer_insert_at_cursor (buffer, "b\n", -1);
  g_unlink (self->path);
  pump_until (strata_text_document_get_disk (document) == STRATA_DISK_DELETED);
  save_well (document);
  assert_file (self->path, "b\na\n");
  g_assert_cmpint (strata_text_document_get_disk (document), ==, STRATA_DISK_SAME);
}

static void
test_missing (Fixture       *self,
              gconstpointer  data)
{
  StrataTextDocument *document = open_document (self);

  g_assert_cmpint (strata_text_document_get_state (document), ==, STRATA_TEXT_DOCUMENT_FAILED);
  g_assert_nonnull (strata_text_document_get_problem (document));

  write_file (self->path, "now\n", -1);
  pump_until (strata_text_document_get_state (document) == STRATA_TEXT_DOCUMENT_READY);
  assert_text (document, "now\n");
}

static void
test_read_only (Fixture       *self,
                gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (g_chmod (self->path, 0444), ==, 0);
  g_assert_nonnull (strata_text_document_get_read_only (open_document (self)));
  g_assert_false (save (self->document, &error));
  g_assert_nonnull (error);
  assert_file (self->path, data);
}

typedef struct
{
  const char *name;
  const char *bytes;
  gsize       length;
  gsize       times;     /* that they stand in the file */
} Strange;

static const Strange strange[] = {
  { "latin1", "-- Gr\xfc\xdf" "e\n", 9, 1 },
  { "nul", "a\0b\n", 4, 1 },
  { "large", "SELECT 1;\n", 10, 1000 * 1000 },
  { "long-line", "SELECT 1; ", 10, 100 * 1000 },
};

static void
test_strange (gconstpointer data)
{
  const Strange *one = data;
  g_autoptr(GString) bytes = g_string_new (NULL);
  g_autofree char *text = NULL;
  Fixture fixture = { NULL, };

  for (gsize i = 0; i < one->times; i++)
    g_string_append_len (bytes, one->bytes, one->length);
  set_up (&fixture, NULL);
  write_file (fixture.path, bytes->str, bytes->len);

  open_document (&fixture);
  g_assert_cmpint (strata_text_document_get_state (fixture.document), ==, STRATA_TEXT_DOCUMENT_READY);
  g_assert_nonnull (strata_text_document_get_read_only (fixture.document));
  text = strata_text_document_dup_text (fixture.document);
  g_assert_cmpuint (strlen (text), >, 0);
  g_assert_cmpuint (strlen (text), <, 512 * 1024);
  tear_down (&fixture, NULL);
}

/* What was typed into a line that gets longer and longer stays, without colours. */
static void
test_long_line (Fixture       *self,
                gconstpointer  data)
{
  StrataTextDocument *document = open_document (self);
  g_autofree char *line = g_strnfill (3000, '1');

  g_assert_nonnull (gtk_source_buffer_get_language (strata_text_document_get_buffer (document)));
  type (document, "SELECT 1,\n");
  g_assert_nonnull (gtk_source_buffer_get_language (strata_text_document_get_buffer (document)));
  type (document, line);
  g_assert_null (gtk_source_buffer_get_language (strata_text_document_get_buffer (document)));
  g_assert_null (strata_text_document_get_read_only (document));
}

static void
test_set (Fixture       *self,
          gconstpointer  data)
{
  g_autoptr(StrataSession) session = strata_session_new ();
  StrataDocuments *documents = strata_documents_of (session);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GPtrArray) unsaved = NULL;
  StrataTextDocument *document = strata_documents_open (documents, self->path);

  pump_until (strata_text_document_get_state (document) == STRATA_TEXT_DOCUMENT_READY);
  type (document, "x");
  g_assert_true (strata_documents_has_unsaved (documents));

  /* It outlives what is looked at meanwhile. */
  for (guint i = 0; i < 30; i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/other%u.sql", self->folder, i);

      strata_documents_open (documents, path);
    }
  g_assert_true (strata_documents_open (documents, self->path) == document);
  unsaved = strata_documents_list_unsaved (documents);
  g_assert_cmpuint (unsaved->len, ==, 1);
  g_assert_true (g_ptr_array_index (unsaved, 0) == document);

  strata_documents_save_async (documents, on_done, &result);
  pump_until (result != NULL);
  g_assert_true (strata_documents_save_finish (documents, result, NULL));
  g_assert_false (strata_documents_has_unsaved (documents));
  assert_file (self->path, "xa\n");
}

#define add(path, text, test) g_test_add ("/editor/documents/" path, Fixture, text, set_up, test, tear_down)

int
main (int    argc,
      char **argv)
{
  support_init_display (&argc, &argv);

  add ("save", "SELECT 1;\n", test_save);
  add ("crlf", "\xef\xbb\xbf" "a\r\nb\r\n", test_crlf);
  add ("mixed-ends", "a\r\nb\nc\r\n", test_mixed_ends);
  add ("link-and-mode", "a\n", test_link_and_mode);
  add ("reloads-clean", "a\n", test_reloads_clean);
  add ("changed-and-kept", "a\n", test_changed_and_kept);
  add ("changed-and-reloaded", "a\n", test_changed_and_reloaded);
  add ("save-looks", "a\n", test_save_looks);
  add ("deleted", "a\n", test_deleted);
  add ("deleted-unsaved", "a\n", test_deleted_unsaved);
  add ("missing", NULL, test_missing);
  add ("read-only", "a\n", test_read_only);
  add ("long-line", "a\n", test_long_line);
  add ("set", "a\n", test_set);
  for (guint i = 0; i < G_N_ELEMENTS (strange); i++)
    {
      g_autofree char *path = g_strconcat ("/editor/documents/strange/", strange[i].name, NULL);

      g_test_add_data_func (path, &strange[i], test_strange);
    }

  return g_test_run ();
}
