/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "core/alembic/mako.h"
#include "core/base/error.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

static char *
dup_option (const char *section,
            const char *key,
            gboolean    with_toml,
            gpointer    data)
{
  return g_str_equal (key, "databases") ? g_strdup ("a, b") : NULL;
}

/* Bytes that name no word of the list stand for themselves, so that a text is a template too. */
static char *
make_template (const guint8 *data,
               gsize         size)
{
  static const char * const words[] = {
    "${", "}", "<%", "%>", "<%!", "\n% ", "if ", "for ", "endif", "endfor", "else:", "elif ", "while ", "\n## x\n", "\\\n", ":\n",
    " | n", " | h", " | comma,n", "x", "message", "up_revision", "down_revision", "create_date", "imports", "upgrades", "repr(",
    ")", " in ", "range(3)", "'", "\"", "[", "]", ", ", "<%def name=\"f(x)\">", "</%def>", "${f(1)}", "<%text>", "</%text>",
    "<%doc>", "</%doc>", "loop.index", "context", "config", "config.get_main_option('databases')", ".split(", "re.split(", "import re",
    "${\"%s_upgrades\" % x}", "<%block>", "</%block>", "x = 1", "\n    ", "None", "not ", " or ", "try:", "<%namespace/>", "%%",
  };
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < size; i++)
    if (data[i] >= 128 && data[i] - 128U < G_N_ELEMENTS (words))
      g_string_append (text, words[data[i] - 128]);
    else
      g_string_append_c (text, data[i] < 128 ? (char) data[i] : ' ');

  return g_string_free (text, FALSE);
}

static void
render (const char *text,
        gsize       length)
{
  static const char * const one[] = { "a1", NULL };
  static const char * const two[] = { "a1", "b2", NULL };
  static const char * const bodies[] = { "upgrades", "op.f()\npass", "downgrades", "pass", "a_upgrades", "x", NULL };
  g_autoptr(GDateTime) date = g_date_time_new_utc (2026, 1, 2, 3, 4, 5);
  StrataMakoNames names = {
    .message = "a \"message\"", .up_revision = "c3", .down_revisions = length % 2 ? one : two, .depends_on = length % 3 ? NULL : one,
    .create_date = date, .bodies = bodies, .dup_option = dup_option, .config_file = "/p/alembic.ini", .section = "alembic",
  };
  g_autoptr(GError) error = NULL;
  g_autofree char *result = strata_mako_render ("script.py.mako", text, length, &names, &error);

  g_assert ((result == NULL) == (error != NULL));
  g_assert (result == NULL || g_utf8_validate (result, -1, NULL));
  g_assert (error == NULL || (g_utf8_validate (error->message, -1, NULL) && error->domain == STRATA_ERROR));
}

/* The text as it is, and as words. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autofree char *text = make_template (data, size);

  render ((const char *) data, size);
  render (text, strlen (text));

  return 0;
}
