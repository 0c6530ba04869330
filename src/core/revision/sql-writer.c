/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/revision/sql-file.h"

#include <string.h>

#include "core/revision/sql-header.h"

#define DOWNGRADE_INVITATION "-- Write here what takes it back. Without this section the revision is irreversible.\n"

static void
append_message_line (GString    *file,
                     StrataSpan  line)
{
  const char *escape;

  strata_span_trim_end (&line);
  if (line.length == 0)
    {
      g_string_append (file, "--\n");
      return;
    }

  g_string_append (file, "-- ");
  escape = strata_header_find_escape (line);
  if (escape != NULL)
    {
      g_string_append_len (file, line.text, escape - line.text);
      g_string_append_c (file, '\\');
      line = strata_span_skip (line, escape - line.text);
    }
  g_string_append_len (file, line.text, line.length);
  g_string_append_c (file, '\n');
}

/* A lone CR ends a comment for some servers, so it ends a line here too. */
static void
append_message (GString    *file,
                const char *text)
{
  StrataSpan rest = { text, strlen (text) };

  strata_span_trim (&rest);
  if (rest.length == 0)
    return;

  while (rest.length > 0)
    {
      StrataSpan line = { rest.text, 0 };

      while (line.length < rest.length && line.text[line.length] != '\n' && line.text[line.length] != '\r')
        line.length++;
      append_message_line (file, line);

      rest = strata_span_skip (rest, line.length);
      if (strata_span_begins (rest, "\r\n"))
        rest = strata_span_skip (rest, 1);
      if (rest.length > 0)
        rest = strata_span_skip (rest, 1);
    }

  g_string_append (file, "--\n");
}

static void
append_key (GString         *file,
            StrataHeaderKey  key,
            const char      *value)
{
  g_string_append_printf (file, "-- %s%s%s\n", strata_header_key_get_text (key), *value != '\0' ? " " : "", value);
}

static void
append_list (GString            *file,
             StrataHeaderKey     key,
             const char * const *list)
{
  g_autofree char *value = g_strjoinv (", ", (GStrv) list);

  append_key (file, key, value);
}

static void
append_section (GString    *file,
                const char *marker,
                const char *body)
{
  g_autofree char *own = g_strdup_printf ("\n-- strata:%s ", marker);

  /* A body may begin with a section of its own, which says more. */
  if (g_str_has_prefix (body, own) || g_str_has_prefix (body, own + 1))
    g_string_append_printf (file, "%s%s", *body != '\n' ? "\n" : "", body);
  else
    g_string_append_printf (file, "\n-- strata:%s\n%s", marker, body);
  if (file->str[file->len - 1] != '\n')
    g_string_append_c (file, '\n');
}

/* The message is what doc begins with, so only one of the two is written: doc where it is set. A body must not have a
 * line that is a marker; every other text is safe in it. */
char *
strata_sql_file_format (const StrataRevisionFields *fields,
                        const char                 *upgrade,
                        const char                 *downgrade)
{
  static const char * const none[] = { NULL };
  GString *file = g_string_new (NULL);
  gboolean has_doc = fields->doc != NULL && *fields->doc != '\0';

  g_return_val_if_fail (fields->id != NULL, NULL);

  if (has_doc || fields->message != NULL)
    append_message (file, has_doc ? fields->doc : fields->message);

  append_key (file, STRATA_HEADER_REVISION, fields->id);
  append_list (file, STRATA_HEADER_REVISES, fields->down_revisions != NULL ? fields->down_revisions : none);
  if (fields->branch_labels != NULL && *fields->branch_labels != NULL)
    append_list (file, STRATA_HEADER_BRANCH_LABELS, fields->branch_labels);
  if (fields->depends_on != NULL && *fields->depends_on != NULL)
    append_list (file, STRATA_HEADER_DEPENDS_ON, fields->depends_on);
  if (fields->created != NULL)
    append_key (file, STRATA_HEADER_CREATED, fields->created);

  append_section (file, "upgrade", upgrade != NULL ? upgrade : STRATA_SQL_INVITATION);
  append_section (file, "downgrade", downgrade != NULL ? downgrade : DOWNGRADE_INVITATION);

  return g_string_free (file, FALSE);
}
