/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Prints the picture of a database as JSON, for test-reflect.py: reflect-peer URL [SCHEMA [TABLE]]. */

#include "config.h"

#include <stdio.h>

#include "core/reflect/reflect.h"
#include "tests/core/reflect/picture-json.h"

int
main (int    argc,
      char **argv)
{
  const StrataConnectOptions options = { .application_name = "reflect-peer" };
  StrataReflectScope scope = { NULL, NULL };
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataUrl) url = NULL;
  g_autoptr(StrataConnection) connection = NULL;
  g_autoptr(StrataPicture) picture = NULL;
  g_autofree char *json = NULL;

  if (argc < 2)
    return 2;
  if (argc > 2 && *argv[2] != '\0')
    scope.schema = argv[2];
  if (argc > 3)
    scope.table = argv[3];

  url = strata_url_parse (argv[1], &error);
  if (url != NULL)
    connection = strata_connection_open (url, &options, NULL, &error);
  if (connection != NULL)
    picture = strata_reflect (connection, &scope, NULL, &error);
  if (picture == NULL)
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }

  json = picture_to_json (picture);
  puts (json);

  return 0;
}
