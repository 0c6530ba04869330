/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>

#include "core/base/finding.h"
#include "core/url/url.h"

static char *
dup_error (void)
{
  g_autoptr(StrataUrl) url = NULL;
  g_autoptr(GError) error = NULL;

  url = strata_url_parse ("nonsense", &error);
  g_assert_null (url);

  return g_strdup (error->message);
}

/* What the core says to a person is in the language of the window. */
static void
test_window (void)
{
  g_autofree char *error = dup_error ();
  g_autofree char *place = strata_place_to_string ((StrataPlace) { NULL, 3, 0 });

  g_assert_cmpstr (error, ==, "Die Datenbank-URL ist nicht verständlich: sie sollte wie postgresql:// oder sqlite:/// beginnen");
  g_assert_cmpstr (place, ==, "Zeile 3");
}

/* The command line asks for no language, though the texts are there and the environment wants one. */
static void
test_command_line (void)
{
  g_autofree char *error = NULL;

  setlocale (LC_MESSAGES, "C");
  error = dup_error ();
  g_assert_cmpstr (error, ==, "The database URL cannot be understood: it should begin like postgresql:// or sqlite:///");
}

int
main (int    argc,
      char **argv)
{
  g_setenv ("LANGUAGE", "de", TRUE);
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, g_getenv ("STRATA_LOCALE_DIR"));
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/window/language/window", test_window);
  g_test_add_func ("/window/language/command-line", test_command_line);

  return g_test_run ();
}
