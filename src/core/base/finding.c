/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/base/finding.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

struct _StrataFinding
{
  gatomicrefcount ref_count;
  StrataSeverity  severity;
  guint           line;
  guint           column;
  const char     *code;      /* interned: there are few */
  char           *file;
  char           *hint;
  char           *message;
};

G_DEFINE_BOXED_TYPE (StrataFinding, strata_finding, strata_finding_ref, strata_finding_unref)

/* "file:line:column", as compilers and editors write it, with what is known of it. */
char *
strata_place_to_string (StrataPlace place)
{
  GString *text = g_string_new (place.file);

  if (place.line > 0)
    g_string_append_printf (text, text->len > 0 ? ":%u" : _("line %u"), place.line);
  if (place.line > 0 && place.column > 0)
    g_string_append_printf (text, ":%u", place.column);

  return g_string_free (text, FALSE);
}

/* The hint says what to do next and may be NULL. */
StrataFinding *
strata_finding_new (StrataSeverity  severity,
                    const char     *code,
                    StrataPlace     place,
                    const char     *hint,
                    const char     *format,
                    ...)
{
  StrataFinding *self = g_new0 (StrataFinding, 1);
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);

  g_atomic_ref_count_init (&self->ref_count);
  self->severity = severity;
  self->code = g_intern_string (code);
  self->file = g_strdup (place.file);
  self->line = place.line;
  self->column = place.column;
  self->hint = g_strdup (hint);
  /* Messages quote files, and files may hold any bytes. */
  self->message = g_utf8_make_valid (message, -1);

  return self;
}

/* ":number" at the front of the rest, which goes on behind it; 0 where there is none. */
static guint
take_number (const char **rest)
{
  char *end = (char *) *rest;
  guint number = 0;

  if (**rest == ':' && g_ascii_isdigit ((*rest)[1]))
    number = strtoul (*rest + 1, &end, 10);
  *rest = end;

  return number;
}

StrataFinding *
strata_finding_new_from_error (const char   *code,
                               const char   *file,
                               const GError *error)
{
  StrataPlace place = { file, 0, 0 };
  const char *rest = error->message;

  if (g_str_has_prefix (rest, file))
    {
      rest += strlen (file);
      place.line = take_number (&rest);
      place.column = take_number (&rest);
      rest = g_str_has_prefix (rest, ": ") ? rest + 2 : error->message;
    }

  return strata_finding_new (STRATA_SEVERITY_ERROR, code, place, NULL, "%s", rest);
}

StrataFinding *
strata_finding_ref (StrataFinding *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
strata_finding_unref (StrataFinding *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->file);
  g_free (self->hint);
  g_free (self->message);
  g_free (self);
}

StrataSeverity
strata_finding_get_severity (const StrataFinding *self)
{
  return self->severity;
}

const char *
strata_severity_get_name (StrataSeverity severity)
{
  static const char * const names[] = { N_("note"), N_("warning"), N_("error") };

  g_return_val_if_fail (severity < G_N_ELEMENTS (names), NULL);

  return names[severity];
}

const char *
strata_finding_get_code (const StrataFinding *self)
{
  return self->code;
}

StrataPlace
strata_finding_get_place (const StrataFinding *self)
{
  return (StrataPlace) { self->file, self->line, self->column };
}

const char *
strata_finding_get_message (const StrataFinding *self)
{
  return self->message;
}

const char *
strata_finding_get_hint (const StrataFinding *self)
{
  return self->hint;
}

/* One line, without the hint: "versions/ab12.sql:3:1: error: ... [code]". */
char *
strata_finding_to_string (const StrataFinding *self)
{
  g_autofree char *place = strata_place_to_string (strata_finding_get_place (self));

  return g_strdup_printf ("%s%s%s: %s [%s]", place, *place != '\0' ? ": " : "",
                          _(strata_severity_get_name (self->severity)), self->message, self->code);
}

/* By place, then code and text: the order of a report never depends on the order of discovery. */
int
strata_finding_compare (const StrataFinding *a,
                        const StrataFinding *b)
{
  int order = g_strcmp0 (a->file, b->file);

  if (order == 0)
    order = (a->line > b->line) - (a->line < b->line);
  if (order == 0)
    order = (a->column > b->column) - (a->column < b->column);
  if (order == 0)
    order = strcmp (a->code, b->code);

  return order != 0 ? order : strcmp (a->message, b->message);
}

GPtrArray *
strata_findings_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) strata_finding_unref);
}

guint
strata_findings_count (GPtrArray      *findings,
                       StrataSeverity  at_least)
{
  guint count = 0;

  for (guint i = 0; i < findings->len; i++)
    count += strata_finding_get_severity (g_ptr_array_index (findings, i)) >= at_least;

  return count;
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  return strata_finding_compare (*(const StrataFinding * const *) a, *(const StrataFinding * const *) b);
}

void
strata_findings_sort (GPtrArray *findings)
{
  g_ptr_array_sort (findings, compare);
}

gboolean
strata_findings_contain (GPtrArray           *findings,
                         guint                n,
                         const StrataFinding *finding)
{
  for (guint i = 0; i < n; i++)
    if (strata_finding_compare (g_ptr_array_index (findings, i), finding) == 0)
      return TRUE;

  return FALSE;
}
