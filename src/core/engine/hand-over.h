/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/project/project-command.h"

G_BEGIN_DECLS

/* The project's own Alembic, for the steps that need Python. Borrowed for the run. */
typedef struct
{
  StrataProjectCommand *command;     /* NULL: none is known */
  const char * const   *options;     /* between the command and Alembic's own: -c FILE, -n SECTION, -x ARGUMENT */
  gboolean              is_flask;    /* "flask db", which has options of its own behind Alembic's command */
  gboolean              trusted;     /* consent for this run alone, whatever is kept (core/project/trust.h) */
  const char           *advice;      /* where there is no command, a sentence: what to do to have one */
} StrataHandOver;

G_END_DECLS
