/* SPDX-License-Identifier: GPL-3.0-or-later */

/* libpq's functions by their own names. */

#pragma once

#include "core/database/postgresql/libpq.h"

#define PQbackendPID strata_libpq.PQbackendPID
#define PQcancel strata_libpq.PQcancel
#define PQclear strata_libpq.PQclear
#define PQcmdStatus strata_libpq.PQcmdStatus
#define PQcmdTuples strata_libpq.PQcmdTuples
#define PQconndefaults strata_libpq.PQconndefaults
#define PQconnectPoll strata_libpq.PQconnectPoll
#define PQconnectStartParams strata_libpq.PQconnectStartParams
#define PQconninfoFree strata_libpq.PQconninfoFree
#define PQconsumeInput strata_libpq.PQconsumeInput
#define PQenterPipelineMode strata_libpq.PQenterPipelineMode
#define PQerrorMessage strata_libpq.PQerrorMessage
#define PQescapeIdentifier strata_libpq.PQescapeIdentifier
#define PQescapeLiteral strata_libpq.PQescapeLiteral
#define PQexitPipelineMode strata_libpq.PQexitPipelineMode
#define PQfinish strata_libpq.PQfinish
#define PQflush strata_libpq.PQflush
#define PQfname strata_libpq.PQfname
#define PQfreeCancel strata_libpq.PQfreeCancel
#define PQfreemem strata_libpq.PQfreemem
#define PQftype strata_libpq.PQftype
#define PQgetCancel strata_libpq.PQgetCancel
#define PQgetCopyData strata_libpq.PQgetCopyData
#define PQgetResult strata_libpq.PQgetResult
#define PQgetisnull strata_libpq.PQgetisnull
#define PQgetlength strata_libpq.PQgetlength
#define PQgetvalue strata_libpq.PQgetvalue
#define PQisBusy strata_libpq.PQisBusy
#define PQnfields strata_libpq.PQnfields
#define PQntuples strata_libpq.PQntuples
#define PQparameterStatus strata_libpq.PQparameterStatus
#define PQpass strata_libpq.PQpass
#define PQpipelineSync strata_libpq.PQpipelineSync
#define PQputCopyEnd strata_libpq.PQputCopyEnd
#define PQresultErrorField strata_libpq.PQresultErrorField
#define PQresultStatus strata_libpq.PQresultStatus
#define PQsendQuery strata_libpq.PQsendQuery
#define PQsendQueryParams strata_libpq.PQsendQueryParams
#define PQserverVersion strata_libpq.PQserverVersion
#define PQsetErrorVerbosity strata_libpq.PQsetErrorVerbosity
#define PQsetNoticeReceiver strata_libpq.PQsetNoticeReceiver
#define PQsetnonblocking strata_libpq.PQsetnonblocking
#define PQsocket strata_libpq.PQsocket
#define PQstatus strata_libpq.PQstatus
#define PQtransactionStatus strata_libpq.PQtransactionStatus
