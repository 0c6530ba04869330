/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "core/workspace/models.h"

G_BEGIN_DECLS

/* The answer of the provider, to be freed; root is the project's folder. */
StrataModels *strata_models_new              (JsonObject                 *answer,
                                              const char                 *root,
                                              GError                    **error);
/* What it is asked. */
JsonNode     *strata_models_request_to_json  (const StrataModelsRequest  *request,
                                              const char * const         *arguments,
                                              const char                 *root);
/* Runs it; gives what it answered. */
JsonObject   *strata_models_ask              (StrataWorkspace            *workspace,
                                              const StrataModelsRequest  *request,
                                              GCancellable               *cancellable,
                                              GError                    **error);

G_END_DECLS
