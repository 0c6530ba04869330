/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/project/profile.h"

G_BEGIN_DECLS

/* Where a password came from, for "status" and for errors; in this order it is looked for. */
typedef enum
{
  STRATA_PASSWORD_NONE,          /* none found: the server may want none */
  STRATA_PASSWORD_TYPED,         /* into a window, for this database */
  STRATA_PASSWORD_STDIN,         /* --password-stdin */
  STRATA_PASSWORD_URL,           /* written in the URL */
  STRATA_PASSWORD_ENVIRONMENT,   /* STRATA_PASSWORD */
  STRATA_PASSWORD_SECRETS,       /* the Secret Service, for a profile */
  STRATA_PASSWORD_LENT,          /* another URL that the project has for this user and database */
  STRATA_PASSWORD_PROMPT,        /* typed on the terminal */
  STRATA_PASSWORD_LIBPQ,         /* left to libpq: ~/.pgpass, PGPASSFILE, PGPASSWORD or a service file */
} StrataPasswordOrigin;

typedef struct
{
  const char * const *environ;           /* as g_get_environ(); NULL: empty */
  const char         *typed;             /* into a window; or NULL */
  const char         *lent;              /* of another URL; only after a server refused without a password */
  gboolean            from_stdin;        /* --password-stdin: the first line of standard input */
  gboolean            ask;               /* on the terminal: only after a server refused without a password */
  guint               secrets_timeout_ms; /* a locked Secret Service can wait for ever; 0: 5 s */
} StrataPasswordSources;

/* A URL with the password that was found, or the same URL; the profile may be NULL. Not finding one is no error; a
 * source that was asked for and has none is. A Secret Service that does not answer is a finding (may be NULL). */
StrataUrl  *strata_password_find             (StrataUrl                    *url,
                                              StrataProfile                *profile,
                                              const StrataPasswordSources  *sources,
                                              StrataPasswordOrigin         *origin,
                                              GPtrArray                    *findings,
                                              GCancellable                 *cancellable,
                                              GError                      **error);
/* What stands in a sentence: "the Secret Service", "STRATA_PASSWORD". */
const char *strata_password_origin_get_title (StrataPasswordOrigin          origin);

/* Asks on the controlling terminal without echo. Fails with STRATA_ERROR_USAGE where there is none, and with
 * STRATA_ERROR_CANCELLED after Ctrl-C. */
char       *strata_password_ask              (const char                   *prompt,
                                              GError                      **error);
/* The first line of standard input, which is read once for the whole process. */
char       *strata_password_read_stdin       (GError                      **error);

G_END_DECLS
