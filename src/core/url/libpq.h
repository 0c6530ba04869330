/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/url/url.h"

G_BEGIN_DECLS

/* A PostgreSQL URL for PQconnectdbParams(): two lists of the same length. Drivers' own spellings are translated (asyncpg's
 * ssl=...); keys that the list "known" has not (libpq's keywords as of PQconninfoParse(); NULL: any) are left out, because
 * they are meant for SQLAlchemy or a Python driver. Nothing is added that the URL does not say, so that libpq still looks
 * into service files, ~/.pgpass and the environment. The values have the password: do not log them. */
void strata_url_get_libpq_params (const StrataUrl     *self,
                                  const char * const  *known,
                                  GStrv               *keywords,
                                  GStrv               *values);

G_END_DECLS
