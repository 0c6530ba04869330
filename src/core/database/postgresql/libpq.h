/* SPDX-License-Identifier: GPL-3.0-or-later */

/* libpq, which brings twenty libraries along for LDAP, Kerberos and TLS: it is loaded with the first connection. */

#pragma once

#include <libpq-fe.h>

#include "core/base/library.h"

G_BEGIN_DECLS

#define STRATA_LIBPQ_FUNCTIONS(f) \
  f (PQbackendPID) f (PQcancel) f (PQclear) f (PQcmdStatus) f (PQcmdTuples) f (PQconndefaults) f (PQconnectPoll) \
  f (PQconnectStartParams) f (PQconninfoFree) f (PQconsumeInput) f (PQenterPipelineMode) f (PQerrorMessage) \
  f (PQescapeIdentifier) f (PQescapeLiteral) f (PQexitPipelineMode) f (PQfinish) f (PQflush) f (PQfname) \
  f (PQfreeCancel) f (PQfreemem) f (PQftype) f (PQgetCancel) f (PQgetCopyData) f (PQgetResult) f (PQgetisnull) \
  f (PQgetlength) f (PQgetvalue) f (PQisBusy) f (PQnfields) f (PQntuples) f (PQparameterStatus) f (PQpass) \
  f (PQpipelineSync) f (PQputCopyEnd) f (PQresultErrorField) f (PQresultStatus) f (PQsendQuery) f (PQsendQueryParams) \
  f (PQserverVersion) f (PQsetErrorVerbosity) f (PQsetNoticeReceiver) f (PQsetnonblocking) f (PQsocket) f (PQstatus) \
  f (PQtransactionStatus)

typedef struct
{
  STRATA_LIBPQ_FUNCTIONS (STRATA_LIBRARY_MEMBER)
} StrataLibpq;

extern StrataLibpq strata_libpq;

gboolean strata_libpq_load (GError **error);

G_END_DECLS
