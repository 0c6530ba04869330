/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/engine/step-script.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/engine/alone-mode.h"
#include "core/engine/collect.h"
#include "core/python/token-hash.h"
#include "core/sql/statement.h"

struct _StrataStepScript
{
  gatomicrefcount  ref_count;
  char            *path;
  char            *hash;
  StrataSqlScript *sql;            /* owns the text of the statements; NULL: a Python script */
  char            *text;           /* of a Python script */
  GPtrArray       *texts;          /* and what its statements point into */
  gboolean         is_live;
  StrataPyTree    *tree;           /* of one that is live, where it is kept; else NULL */
  GArray          *sections;       /* StrataStepSection */
  guint            n_statements;
  gboolean         transactional;
  gboolean         touches_session;
};

static void
clear_section (gpointer section)
{
  g_array_unref (((StrataStepSection *) section)->statements);
}

/* The reader goes on after what it does not understand; a run must not. */
static gboolean
check_findings (GPtrArray  *findings,
                GError    **error)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < findings->len; i++)
    {
      StrataFinding *finding = g_ptr_array_index (findings, i);
      g_autofree char *place = NULL;

      if (strata_finding_get_severity (finding) < STRATA_SEVERITY_ERROR)
        continue;

      place = strata_place_to_string (strata_finding_get_place (finding));
      g_string_append_printf (text, "%s%s: %s", text->len > 0 ? "\n" : "", place,
                              strata_finding_get_message (finding));
    }

  if (text->len > 0)
    g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_FINDINGS, text->str);

  return text->len == 0;
}

static gboolean
touches_session (StrataDialect  dialect,
                 const GArray  *statements)
{
  for (guint i = 0; i < statements->len; i++)
    if (strata_alone_touches_session (dialect, &g_array_index (statements, StrataStatement, i)))
      return TRUE;

  return FALSE;
}

static gboolean
split_sections (StrataStepScript  *self,
                GPtrArray         *sections,
                StrataDialect      dialect,
                GError           **error)
{
  for (guint i = 0; i < sections->len; i++)
    {
      const StrataSqlSection *from = g_ptr_array_index (sections, i);
      StrataStepSection section = { .transactional = from->transactional };

      section.statements = strata_sql_split (dialect, from->text, from->length, self->path, from->line, error);
      if (section.statements == NULL)
        {
          if (error != NULL && g_error_matches (*error, STRATA_ERROR, STRATA_ERROR_BAD_INPUT))
            (*error)->code = STRATA_ERROR_FINDINGS;
          return FALSE;
        }

      g_array_append_val (self->sections, section);
      self->touches_session |= touches_session (dialect, section.statements);
      self->n_statements += section.statements->len;
      self->transactional &= section.transactional || section.statements->len == 0;
    }

  return TRUE;
}

/* One section is the rule: its hash is that of its tokens, so that others can compute it from the text. */
static char *
hash_sections (GPtrArray     *sections,
               StrataDialect  dialect)
{
  g_autoptr(GString) all = g_string_new (NULL);

  for (guint i = 0; i < sections->len; i++)
    {
      const StrataSqlSection *section = g_ptr_array_index (sections, i);
      g_autofree char *hash = strata_sql_hash_tokens (dialect, section->text, section->length);

      if (sections->len == 1)
        return g_steal_pointer (&hash);

      g_string_append_printf (all, "%s %d\n", hash, section->transactional);
    }

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, all->str, all->len);
}

static StrataStepScript *
make_script (const char *path)
{
  StrataStepScript *self = g_new0 (StrataStepScript, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->path = g_strdup (path);
  self->sections = g_array_new (FALSE, FALSE, sizeof (StrataStepSection));
  g_array_set_clear_func (self->sections, clear_section);
  self->transactional = TRUE;

  return self;
}

StrataStepScript *
strata_step_script_new (const char       *path,
                        StrataSqlScript  *sql,
                        StrataDirection   direction,
                        StrataDialect     dialect,
                        GError          **error)
{
  g_autoptr(StrataStepScript) self = make_script (path);
  g_autoptr(GPtrArray) sections = NULL;

  self->sql = strata_sql_script_ref (sql);

  sections = strata_sql_script_select (self->sql, direction, dialect, error);
  if (sections == NULL || !split_sections (self, sections, dialect, error))
    return NULL;

  self->hash = hash_sections (sections, dialect);

  return g_steal_pointer (&self);
}

StrataStepScript *
strata_step_script_new_sql (const char       *path,
                            const char       *text,
                            gsize             length,
                            StrataDirection   direction,
                            StrataDialect     dialect,
                            GError          **error)
{
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataSqlScript) sql = strata_sql_script_parse (path, text, length, findings);

  return check_findings (findings, error) ? strata_step_script_new (path, sql, direction, dialect, error) : NULL;
}

/* What one call of op.execute() has may be several statements; all of them are told at its line. */
static gboolean
add_collected (StrataStepScript       *self,
               const StrataCollected  *one,
               StrataDialect           dialect,
               GError                **error)
{
  g_autoptr(GArray) statements = strata_sql_split (dialect, one->text, strlen (one->text), self->path, one->line, error);
  StrataStepSection *last = self->sections->len > 0 ? &g_array_index (self->sections, StrataStepSection, self->sections->len - 1)
                                                    : NULL;

  if (statements == NULL)
    return FALSE;
  for (guint i = 0; i < statements->len; i++)
    g_array_index (statements, StrataStatement, i).line = one->line;
  self->n_statements += statements->len;
  self->touches_session |= touches_session (dialect, statements);
  self->transactional &= one->is_transactional;
  if (last == NULL || last->transactional != one->is_transactional)
    {
      StrataStepSection section = { one->is_transactional, g_steal_pointer (&statements) };

      g_array_append_val (self->sections, section);
    }
  else
    g_array_append_vals (last->statements, statements->data, statements->len);

  return TRUE;
}

static StrataStepScript *
make_python (const char *path,
             const char *text,
             gsize       length)
{
  StrataStepScript *self = make_script (path);

  self->text = g_strndup (text, length);
  self->hash = strata_py_hash_tokens (text, length);
  self->texts = g_ptr_array_new_with_free_func (g_free);
  self->transactional = TRUE;

  return self;
}

StrataStepScript *
strata_step_script_new_python (const char     *path,
                               const char     *text,
                               gsize           length,
                               GArray         *collected,
                               StrataDialect   dialect,
                               GError        **error)
{
  g_autoptr(StrataStepScript) self = make_python (path, text, length);

  for (guint i = 0; i < collected->len; i++)
    {
      StrataCollected *one = &g_array_index (collected, StrataCollected, i);

      self->transactional &= one->is_transactional;
      if (one->text == NULL)
        continue;
      if (!add_collected (self, one, dialect, error))
        return NULL;
      g_ptr_array_add (self->texts, g_steal_pointer (&one->text));
    }

  return g_steal_pointer (&self);
}

StrataStepScript *
strata_step_script_new_live (const char   *path,
                             const char   *text,
                             gsize         length,
                             StrataPyTree *tree,
                             gboolean      modules_leave)
{
  StrataStepScript *self = make_python (path, text, length);

  self->is_live = TRUE;
  self->tree = tree != NULL ? strata_py_tree_ref (tree) : NULL;
  self->transactional = !modules_leave && strstr (self->text, "autocommit_block") == NULL
                        && !g_regex_match_simple ("[\"']\\s*COMMIT\\s*;?\\s*[\"']", self->text, G_REGEX_CASELESS, 0);

  return self;
}

gboolean
strata_step_script_is_live (StrataStepScript *self)
{
  return self->is_live;
}

StrataPyTree *
strata_step_script_dup_tree (StrataStepScript *self)
{
  g_autoptr(GPtrArray) findings = strata_findings_new ();

  if (self->tree != NULL)
    return strata_py_tree_ref (self->tree);

  return strata_py_tree_parse (self->path, self->text, strlen (self->text), findings);
}

StrataStepScript *
strata_step_script_ref (StrataStepScript *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
strata_step_script_unref (StrataStepScript *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_clear_pointer (&self->sections, g_array_unref);
  g_clear_pointer (&self->sql, strata_sql_script_unref);
  g_clear_pointer (&self->texts, g_ptr_array_unref);
  g_clear_pointer (&self->tree, strata_py_tree_unref);
  g_free (self->text);
  g_free (self->path);
  g_free (self->hash);
  g_free (self);
}

const char *
strata_step_script_get_path (StrataStepScript *self)
{
  return self->path;
}

const char *
strata_step_script_get_text (StrataStepScript *self)
{
  return self->sql != NULL ? strata_sql_script_get_text (self->sql) : self->text;
}

const char *
strata_step_script_get_hash (StrataStepScript *self)
{
  return self->hash;
}

guint
strata_step_script_get_n_sections (StrataStepScript *self)
{
  return self->sections->len;
}

const StrataStepSection *
strata_step_script_get_section (StrataStepScript *self,
                                guint             index)
{
  g_return_val_if_fail (index < self->sections->len, NULL);

  return &g_array_index (self->sections, StrataStepSection, index);
}

guint
strata_step_script_get_n_statements (StrataStepScript *self)
{
  return self->n_statements;
}

gboolean
strata_step_script_is_transactional (StrataStepScript *self)
{
  return self->transactional;
}

gboolean
strata_step_script_touches_session (StrataStepScript *self)
{
  return self->touches_session;
}

static const char *
get_line (const char *text,
          guint       line)
{
  for (guint i = 1; text != NULL && i < line; i++)
    {
      text = strchr (text, '\n');
      text = text != NULL ? text + 1 : NULL;
    }

  return text;
}

/* Whether another directive begins in between, which may have the same statement. */
static gboolean
is_of_another (const char *begin,
               const char *end)
{
  while ((begin = memchr (begin, '\n', end - begin)) != NULL)
    {
      begin += 1 + strspn (begin + 1, " \t\r");
      if (g_str_has_prefix (begin, "op."))
        return TRUE;
    }

  return FALSE;
}

void
strata_step_script_find_place (StrataStepScript      *self,
                               const StrataStatement *statement,
                               guint                  position,
                               guint                 *line,
                               guint                 *column)
{
  g_autofree char *words = g_strndup (statement->text, statement->length);
  StrataStatement at;
  const char *call, *found;

  if (self->text == NULL)
    {
      strata_statement_find_place (statement, position, line, column);
      return;
    }

  /* What is put together has only the place of what asked for it. */
  *line = statement->line;
  *column = 1;
  call = statement->line > 0 ? get_line (self->text, statement->line) : NULL;
  found = call != NULL ? strstr (call, words) : NULL;
  if (found == NULL || is_of_another (call, found))
    return;

  at = (StrataStatement) { call, found - call, statement->line, 1 };
  strata_statement_find_place (&at, g_utf8_pointer_to_offset (call, found) + 1, &at.line, &at.column);
  at.text = statement->text;
  at.length = statement->length;
  strata_statement_find_place (&at, position, line, column);
}

static StrataStepScript *
load_file (const StrataStep  *step,
           StrataDialect      dialect,
           gboolean           is_offline,
           gpointer           data,
           GError           **error)
{
  const char *path = strata_revision_get_path (step->revision);
  g_autofree char *text = NULL;
  gsize length = 0;

  if (strata_revision_get_format (step->revision) == STRATA_REVISION_PYTHON)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_NEEDS_PYTHON,
                   _("“%s” is an Alembic script"), path);
      return NULL;
    }

  text = strata_file_read (path, &length, error);
  if (text == NULL)
    return NULL;

  return strata_step_script_new_sql (path, text, length,
                                     step->kind == STRATA_STEP_DOWNGRADE ? STRATA_DOWNGRADE : STRATA_UPGRADE,
                                     dialect, error);
}

const StrataStepSource strata_step_source_files = { load_file, NULL };
