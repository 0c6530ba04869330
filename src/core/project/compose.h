/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/base/finding.h"
#include "core/url/url.h"

G_BEGIN_DECLS

/* A database that a compose file runs: where programs inside find it, and where it is published on this machine. */
typedef struct
{
  char        *service;         /* also its host name inside */
  char        *container_name;  /* another such name, or NULL */
  guint        inner_port;
  char        *host;            /* "localhost", or the address that the port is bound to */
  guint        port;            /* 0: not published, or on a port that only the engine knows */
  StrataUrl   *url;             /* at host:port, as the service's environment says it; NULL where not published */
  StrataPlace  place;           /* of the service; the file's name is borrowed from the path given */
} StrataComposeDatabase;

/* Elements are StrataComposeDatabase, in file order. Variables are looked up in the environment, then in the .env
 * beside the file (key, value tables, each may be NULL), as compose does. */
GPtrArray *strata_compose_read (const char          *path,
                                const char          *text,
                                gsize                length,
                                const char * const  *environ,
                                GHashTable          *dotenv);

G_END_DECLS
