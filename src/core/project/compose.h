/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/config/value.h"
#include "core/url/url.h"

G_BEGIN_DECLS

/* A database server that a compose file runs. */
typedef struct
{
  char        *service;         /* also its host name for the other services */
  char        *container_name;  /* another such name, or NULL */
  gboolean     has_image;       /* else the file may only add to a service that another file describes */
  StrataUrl   *url;             /* as the other services reach it, by what its environment says */
  char        *host;            /* where it is published on this machine: "localhost" or a bound address ... */
  guint        port;            /* ... and port; 0: not published, or on a port that only the engine knows */
  guint        line;            /* of the service */
} StrataComposeDatabase;

/* Elements are StrataComposeDatabase, in file order. Variables are looked up in the environment, then in the table of
 * the .env beside the file, as compose does; each may be NULL. */
GPtrArray *strata_compose_read  (const char               *text,
                                 gsize                     length,
                                 const char * const       *environment,
                                 const StrataConfigValue  *dotenv);
/* The same database at another place. */
StrataUrl *strata_compose_move  (const StrataUrl          *url,
                                 const char               *host,
                                 guint                     port);

G_END_DECLS
