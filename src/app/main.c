/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>

#include "app/window/application.h"

int
main (int    argc,
      char **argv)
{
  g_autoptr(StrataApplication) application = NULL;
  /* For a program that is run where it was built. */
  const char *locale_dir = g_getenv ("STRATA_LOCALE_DIR");

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, locale_dir != NULL ? locale_dir : LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  application = strata_application_new ();

  return g_application_run (G_APPLICATION (application), argc, argv);
}
