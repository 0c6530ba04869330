/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/workspace/script-check.h"

#include <stdlib.h>

#include "core/alembic/py-header.h"
#include "core/engine/script-check.h"
#include "core/revision/sql-file.h"

typedef struct
{
  const char      *path;
  const char      *text;
  gsize            length;
  StrataSqlServer  server;      /* of the database */
  GPtrArray       *findings;
} Check;

static gboolean
is_known (Check               *self,
          const StrataFinding *finding)
{
  for (guint i = 0; i < self->findings->len; i++)
    if (strata_finding_compare (g_ptr_array_index (self->findings, i), finding) == 0)
      return TRUE;

  return FALSE;
}

/* That a direction has no section for another server is nothing wrong here. */
static void
take (Check     *self,
      GPtrArray *found,
      gboolean   of_other_server)
{
  for (guint i = 0; i < found->len; i++)
    {
      StrataFinding *finding = g_ptr_array_index (found, i);

      if (of_other_server && g_str_equal (strata_finding_get_code (finding), "sql-no-section"))
        continue;
      if (!is_known (self, finding))
        g_ptr_array_add (self->findings, strata_finding_ref (finding));
    }
}

static void
check_grammar (StrataStepScript *script,
               StrataSqlServer   server,
               GPtrArray        *findings)
{
  for (guint i = 0; i < strata_step_script_get_n_sections (script); i++)
    strata_sql_check (server, strata_step_script_get_section (script, i)->statements,
                      strata_step_script_get_path (script), findings);
}

static void
check_for (Check           *self,
           StrataSqlScript *sql,
           StrataSqlServer  server)
{
  static const StrataDirection directions[] = { STRATA_UPGRADE, STRATA_DOWNGRADE };
  g_autoptr(GPtrArray) found = strata_findings_new ();

  strata_sql_file_check (self->path, self->text, self->length, server.dialect, found);
  for (guint i = 0; sql != NULL && i < G_N_ELEMENTS (directions); i++)
    {
      g_autoptr(StrataStepScript) script = NULL;

      /* Why not is among the findings. */
      if (strata_sql_script_has_direction (sql, directions[i]))
        script = strata_step_script_new (self->path, sql, directions[i], server.dialect, NULL);
      if (script != NULL)
        check_grammar (script, server, found);
    }

  take (self, found, server.dialect != self->server.dialect);
}

static void
check_sql (Check *self)
{
  g_autoptr(GPtrArray) found = strata_findings_new ();
  g_autoptr(StrataSqlScript) sql = strata_sql_script_parse (self->path, self->text, self->length, found);
  GArray *sections = strata_sql_script_get_sections (sql);
  gboolean done[STRATA_DIALECT_UNKNOWN + 1] = { FALSE, };

  done[STRATA_DIALECT_UNKNOWN] = TRUE;
  if (strata_findings_count (found, STRATA_SEVERITY_ERROR) > 0)
    {
      take (self, found, FALSE);
      return;
    }

  check_for (self, sql, self->server);
  done[self->server.dialect] = TRUE;

  for (guint i = 0; i < sections->len; i++)
    {
      GStrv names = g_array_index (sections, StrataSqlSection, i).dialects;

      for (guint j = 0; names[j] != NULL; j++)
        {
          StrataDialect dialect = strata_dialect_from_name (names[j]);

          if (done[dialect])
            continue;

          done[dialect] = TRUE;
          check_for (self, sql, (StrataSqlServer) { dialect, 0 });
        }
    }
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  return strata_finding_compare (*(const StrataFinding **) a, *(const StrataFinding **) b);
}

GPtrArray *
strata_script_check (const char      *path,
                     const char      *text,
                     gsize            length,
                     StrataSqlServer  server)
{
  Check self = { path, text, length, server, strata_findings_new () };

  if (g_str_has_suffix (path, ".py"))
    {
      g_autoptr(StrataRevision) revision = strata_py_header_read (path, text, length, self.findings);
    }
  else
    check_sql (&self);

  g_ptr_array_sort (self.findings, compare);

  return self.findings;
}

StrataSqlServer
strata_script_server (StrataDialect  dialect,
                      const char    *version)
{
  const char *number = version;

  while (number != NULL && *number != '\0' && !g_ascii_isdigit (*number))
    number++;

  return (StrataSqlServer) { dialect, number != NULL ? (guint) strtoul (number, NULL, 10) : 0 };
}
