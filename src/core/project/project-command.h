/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/base/types.h"

G_BEGIN_DECLS

typedef enum
{
  STRATA_COMMAND_ALEMBIC,     /* the project's own Alembic, for steps that need Python */
  STRATA_COMMAND_HOOK,        /* after a revision was written */
  STRATA_COMMAND_SCHEMA,      /* schema_command */
} StrataCommandPurpose;

/* A program that a project wants to run, as it would be started: no shell is between. Immutable, atomically
 * reference-counted. */
typedef struct _StrataProjectCommand StrataProjectCommand;

#define STRATA_TYPE_PROJECT_COMMAND (strata_project_command_get_type ())

GType                 strata_project_command_get_type     (void);
/* The folder is where it is started, absolute; the reason says for people why it is this one ("alembic_command in
 * strata.ini line 3"). What we add for each call (a revision, a file's name) is no part of the arguments, or stands there
 * as a word of its own that never changes (REVISION_SCRIPT_FILENAME). */
StrataProjectCommand *strata_project_command_new          (StrataCommandPurpose         purpose,
                                                           const char * const          *arguments,
                                                           const char                  *folder,
                                                           const char                  *reason);
StrataProjectCommand *strata_project_command_ref          (StrataProjectCommand        *self);
void                  strata_project_command_unref        (StrataProjectCommand        *self);

StrataCommandPurpose  strata_project_command_get_purpose  (const StrataProjectCommand  *self);
const char * const   *strata_project_command_get_arguments (const StrataProjectCommand *self);
const char           *strata_project_command_get_folder   (const StrataProjectCommand  *self);
const char           *strata_project_command_get_reason   (const StrataProjectCommand  *self);
/* As it would be typed into a shell, valid UTF-8, no password in it. */
char                 *strata_project_command_to_string    (const StrataProjectCommand  *self);
/* "alembic", "hook", "schema": in files and in JSON. */
const char           *strata_command_purpose_get_name     (StrataCommandPurpose         purpose);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataProjectCommand, strata_project_command_unref)

G_END_DECLS
