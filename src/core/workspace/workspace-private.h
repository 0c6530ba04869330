/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/engine/collect.h"
#include "core/engine/hand-over.h"
#include "core/workspace/workspace.h"

G_BEGIN_DECLS

struct _StrataWorkspace
{
  /* owned */
  StrataProject        *project;
  StrataModules        *modules;        /* NULL until a script is evaluated */
  StrataGraph          *grafted;        /* with what was lost; NULL until then */
  StrataDatabaseChoice *choice;         /* NULL until it is asked for */
  StrataProfile        *profile;
  char                 *profile_name;   /* -p */
  char                 *url;            /* --url */
  char                 *password;       /* typed */
  GStrv                 environ;
  StrataProjectCommand *alembic;        /* the project's own; NULL: none */
  GStrv                 alembic_options; /* NULL: not looked for yet */
  char                 *alembic_advice;

  /* values */
  StrataHandOver        hand_over;      /* borrows the three above */
  gboolean              password_stdin;
  gboolean              covers_privileges;
  StrataPasswordOrigin  password_origin;
};

StrataModules *strata_workspace_get_modules (StrataWorkspace *self);

G_END_DECLS
