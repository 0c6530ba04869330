/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Prints what is read of the .py revisions whose paths come on standard input, one line of JSON each: for
 * tests/peers/test-python-headers.py. */

#include "config.h"

#include <stdio.h>

#include <json-glib/json-glib.h>

#include "core/alembic/py-header.h"
#include "core/base/files.h"

static void
add_list (JsonBuilder        *json,
          const char         *name,
          const char * const *list)
{
  json_builder_set_member_name (json, name);
  json_builder_begin_array (json);
  for (; *list != NULL; list++)
    json_builder_add_string_value (json, *list);
  json_builder_end_array (json);
}

static void
add_text (JsonBuilder *json,
          const char  *name,
          const char  *text)
{
  json_builder_set_member_name (json, name);
  json_builder_add_string_value (json, text);
}

static void
add_revision (JsonBuilder    *json,
              StrataRevision *revision)
{
  add_text (json, "revision", strata_revision_get_id (revision));
  add_list (json, "down_revision", strata_revision_get_down_revisions (revision));
  add_list (json, "branch_labels", strata_revision_get_branch_labels (revision));
  add_list (json, "depends_on", strata_revision_get_depends_on (revision));
  add_text (json, "doc", strata_revision_get_message (revision));
  add_text (json, "longdoc", strata_revision_get_doc (revision));
}

static void
print_header (const char *path)
{
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(JsonBuilder) json = json_builder_new ();
  g_autoptr(StrataRevision) revision = NULL;
  g_autoptr(JsonNode) root = NULL;
  g_autofree char *text = NULL;
  g_autofree char *line = NULL;
  gsize length = 0;

  text = strata_file_read (path, &length, NULL);
  if (text != NULL)
    revision = strata_py_header_read (path, text, length, findings);

  json_builder_begin_object (json);
  if (revision != NULL)
    add_revision (json, revision);
  json_builder_set_member_name (json, "findings");
  json_builder_begin_array (json);
  for (guint i = 0; i < findings->len; i++)
    json_builder_add_string_value (json, strata_finding_get_code (findings->pdata[i]));
  json_builder_end_array (json);
  json_builder_end_object (json);

  root = json_builder_get_root (json);
  line = json_to_string (root, FALSE);
  puts (line);
}

int
main (void)
{
  char path[4096];

  while (fgets (path, sizeof path, stdin) != NULL)
    print_header (g_strchomp (path));

  return 0;
}
