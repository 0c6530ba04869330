/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/project/profile.h"

G_BEGIN_DECLS

/* Where a password came from, for "status" and for errors. */
typedef enum
{
  STRATA_PASSWORD_NONE,          /* none given: the server may want none */
  STRATA_PASSWORD_STDIN,         /* --password-stdin */
  STRATA_PASSWORD_URL,           /* written in the URL */
  STRATA_PASSWORD_ENVIRONMENT,   /* STRATA_PASSWORD */
  STRATA_PASSWORD_SECRETS,       /* the Secret Service */
  STRATA_PASSWORD_LIBPQ,         /* left to libpq: ~/.pgpass, PGPASSFILE, PGPASSWORD or a service file */
  STRATA_PASSWORD_PROMPT,        /* typed on the terminal */
} StrataPasswordOrigin;

typedef struct
{
  const char * const *environ;           /* as g_get_environ(); NULL: empty */
  gboolean            from_stdin;        /* --password-stdin: one line of standard input, read once for the process */
  gboolean            ask;               /* may ask on the terminal: only after the server refused without one */
  guint               secrets_timeout_ms; /* a locked Secret Service can wait for ever; 0: 5 s */
} StrataPasswordSources;

/* Looks in the order of the enum and returns a URL with the password that was found, or the same URL: the profile
 * may be NULL. Not finding one is no error; a source that was asked for and failed is. A Secret Service that does not
 * answer is a finding (may be NULL) and passed over. */
StrataUrl  *strata_password_find             (StrataUrl                    *url,
                                              StrataProfile                *profile,
                                              const StrataPasswordSources  *sources,
                                              StrataPasswordOrigin         *origin,
                                              GPtrArray                    *findings,
                                              GCancellable                 *cancellable,
                                              GError                      **error);
/* "the Secret Service", "STRATA_PASSWORD": what stands in a sentence. */
const char *strata_password_origin_get_title (StrataPasswordOrigin          origin);
/* Asks on the controlling terminal without echo. NULL with an error where there is none, or where it was cancelled. */
char       *strata_password_ask              (const char                   *prompt,
                                              GError                      **error);

/* The Secret Service's copy, by the profile's name and scope; both fail with G_IO_ERROR_NOT_SUPPORTED in a build without
 * it. They block at most timeout_ms (0: 30 s, a person may have to unlock it). */
gboolean    strata_password_store            (StrataProfile                *profile,
                                              const char                   *password,
                                              guint                         timeout_ms,
                                              GCancellable                 *cancellable,
                                              GError                      **error);
gboolean    strata_password_forget           (StrataProfile                *profile,
                                              guint                         timeout_ms,
                                              GCancellable                 *cancellable,
                                              GError                      **error);

G_END_DECLS
