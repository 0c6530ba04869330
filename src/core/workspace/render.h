/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/workspace/workspace.h"

G_BEGIN_DECLS

#define STRATA_RENDERING_NEEDS_PYTHON "needs-python"

/* The statements of one direction of one revision alone, for a server, as Alembic would print them offline: or why there are
 * none to print. */
typedef struct
{
  StrataRevision  *revision;
  StrataDirection  direction;
  GPtrArray       *statements;    /* char*, without terminators; NULL: refused */
  gboolean         varies;        /* the next time other values stand in it: uuid4(), now() */
  char            *code;          /* refused: "needs-python", "needs-database", "raises", ... */
  char            *message;
  char            *file;
  guint            line;          /* 0: unknown */
  char            *opaque;        /* what [strata:names] could give a meaning, or NULL */
} StrataRendering;

/* Of revisions (StrataRevision), each with the directions in their order, on as many threads as there are processors: the
 * renderings (StrataRendering) in the order of what was asked. Fails where a file can't be read; what can't be rendered is a
 * rendering that says so. */
GPtrArray       *strata_workspace_render (StrataWorkspace        *self,
                                          GPtrArray              *revisions,
                                          const StrataDirection  *directions,
                                          guint                   n_directions,
                                          StrataDialect           dialect,
                                          GError                **error);
/* What of a naming convention, which would name what scripts leave without a name, was not understood; NULL: nothing. */
const char      *strata_workspace_get_naming_doubt (StrataWorkspace *self);
void             strata_rendering_free   (StrataRendering  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataRendering, strata_rendering_free)

G_END_DECLS
