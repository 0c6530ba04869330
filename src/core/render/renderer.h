/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Operations and expressions to the SQL of one server, word for word as Alembic on SQLAlchemy 2 prints it offline. What
 * Alembic or SQLAlchemy refuse is refused here with their words. Nothing here reads a file or a database. */

#pragma once

#include "core/operation/naming.h"
#include "core/operation/operation.h"

G_BEGIN_DECLS

#define STRATA_RENDER_ERROR (strata_render_error_quark ())

typedef enum
{
  STRATA_RENDER_ERROR_UNSUPPORTED,      /* this server cannot do it: "unsupported-by-dialect" */
  STRATA_RENDER_ERROR_RAISES,           /* no server could: "raises" */
  STRATA_RENDER_ERROR_UNKNOWN,          /* what Alembic would print is not known: "needs-python" */
} StrataRenderError;

/* How a parameter stands in the text. PYFORMAT doubles each percent sign. */
typedef enum
{
  STRATA_PARAMETERS_NAMED,              /* :name */
  STRATA_PARAMETERS_PYFORMAT,           /* %(name)s */
  STRATA_PARAMETERS_QMARK,              /* ? */
  STRATA_PARAMETERS_NUMBERED,           /* $1, ?1: as the server's own library takes them */
} StrataParameterStyle;

typedef struct
{
  StrataDialect         dialect;
  StrataParameterStyle  parameters;
  gboolean              has_literal_binds;
  gboolean              is_online;      /* for a connection: no doubled percent signs or backslashes */
  StrataNaming          naming;
} StrataRenderOptions;

/* Values are of STRATA_EXPRESSION_VALUE, borrowed from the operation, in the order of their numbers; those without a
 * value are there too. */
typedef struct
{
  char      *text;                      /* without a terminator */
  GPtrArray *parameters;                /* const StrataExpression* */
} StrataRendered;

typedef struct _StrataRenderer StrataRenderer;

GQuark          strata_render_error_quark          (void);
const char     *strata_render_error_get_code       (const GError              *error);
void            strata_rendered_free               (StrataRendered            *self);

/* NULL with UNSUPPORTED for a server that has no renderer yet. A renderer remembers which types it created: one for
 * what Alembic runs in one go. */
StrataRenderer *strata_renderer_new                (const StrataRenderOptions *options,
                                                    GError                   **error);
void            strata_renderer_free               (StrataRenderer            *self);
/* Appends StrataRendered to statements; after an error, those of before it are there. */
gboolean        strata_renderer_render             (StrataRenderer            *self,
                                                    const StrataOperation     *operation,
                                                    GPtrArray                 *statements,
                                                    GError                   **error);
char           *strata_renderer_expression_to_text (StrataRenderer            *self,
                                                    const StrataExpression    *expression,
                                                    GError                   **error);
char           *strata_renderer_type_to_text       (StrataRenderer            *self,
                                                    const StrataType          *type,
                                                    GError                   **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataRendered, strata_rendered_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataRenderer, strata_renderer_free)

G_END_DECLS
