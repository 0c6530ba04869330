/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Both readers agree on the header, all that they give is UTF-8 and lies in the file, and what a header says survives
 * being written and read again. */

#include "config.h"

#include <string.h>

#include "core/revision/sql-file.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

static void
assert_equal (StrataRevision *a,
              StrataRevision *b)
{
  g_assert_cmpstr (strata_revision_get_id (a), ==, strata_revision_get_id (b));
  g_assert_cmpstrv (strata_revision_get_down_revisions (a), strata_revision_get_down_revisions (b));
  g_assert_cmpstrv (strata_revision_get_branch_labels (a), strata_revision_get_branch_labels (b));
  g_assert_cmpstrv (strata_revision_get_depends_on (a), strata_revision_get_depends_on (b));
  g_assert_cmpstr (strata_revision_get_message (a), ==, strata_revision_get_message (b));
  g_assert_cmpstr (strata_revision_get_doc (a), ==, strata_revision_get_doc (b));
  g_assert_cmpstr (strata_revision_get_created (a), ==, strata_revision_get_created (b));
}

/* A lone CR is an end of a line for the writer, and none for the reader. */
static void
check_round_trip (StrataRevision *revision)
{
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataSqlScript) script = NULL;
  const char *created = strata_revision_get_created (revision);
  g_autofree char *text = NULL;

  if (strchr (strata_revision_get_doc (revision), '\r') != NULL || (created != NULL && strchr (created, '\r') != NULL))
    return;

  text = strata_sql_file_format (&(StrataRevisionFields) {
    .id = strata_revision_get_id (revision),
    .down_revisions = strata_revision_get_down_revisions (revision),
    .branch_labels = strata_revision_get_branch_labels (revision),
    .depends_on = strata_revision_get_depends_on (revision),
    .doc = strata_revision_get_doc (revision),
    .created = created,
  }, NULL, "");
  script = strata_sql_script_parse (NULL, text, strlen (text), findings);

  g_assert_cmpuint (findings->len, ==, 0);
  assert_equal (strata_sql_script_get_revision (script), revision);
}

static void
check_findings (GPtrArray *findings)
{
  for (guint i = 0; i < findings->len; i++)
    {
      g_autofree char *text = strata_finding_to_string (g_ptr_array_index (findings, i));

      g_assert_true (g_utf8_validate (text, -1, NULL));
    }
}

static void
check_sections (StrataSqlScript *script)
{
  GArray *sections = strata_sql_script_get_sections (script);

  for (guint i = 0; i < sections->len; i++)
    {
      StrataSqlSection *section = &g_array_index (sections, StrataSqlSection, i);

      g_assert_true (i == 0 || section[-1].text + section[-1].length < section->text);
      g_assert_true (memmem (section->text, section->length, "\n-- strata:upgrade\n", 19) == NULL);
    }

  for (StrataDialect dialect = 0; dialect < STRATA_DIALECT_UNKNOWN; dialect++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GPtrArray) selected = strata_sql_script_select (script, STRATA_DOWNGRADE, dialect, &error);

      g_assert_true ((selected == NULL) == (error != NULL));
      g_assert_true (selected == NULL || selected->len > 0);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  const char *text = (const char *) data;
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataRevision) header = strata_sql_header_read ("/p/a1.sql", text, size, findings);
  g_autoptr(StrataSqlScript) script = strata_sql_script_parse ("/p/a1.sql", text, size, findings);
  StrataRevision *revision = strata_sql_script_get_revision (script);

  check_findings (findings);
  check_sections (script);
  g_assert_true ((header == NULL) == (revision == NULL));
  if (header == NULL)
    return 0;

  g_assert_true (g_utf8_validate (strata_revision_get_doc (header), -1, NULL));
  assert_equal (header, revision);
  check_round_trip (header);

  return 0;
}
