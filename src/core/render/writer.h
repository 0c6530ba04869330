/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A statement while it is written. The first failure sticks: who writes need not look at each step. */

#pragma once

#include "core/render/renderer.h"
#include "core/render/server.h"

G_BEGIN_DECLS

typedef struct _StrataWriter
{
  const StrataServer        *server;
  const StrataRenderOptions *options;
  const StrataOperation     *operation;      /* that is written; NULL: none */
  GString                   *text;
  GPtrArray                 *parameters;     /* const StrataExpression* */
  GHashTable                *names;          /* of anonymous parameters: stem to how many there are */
  GHashTable                *aliases;        /* const StrataRelation* without a name of its own: its name here */
  GPtrArray                 *withs;          /* const StrataRelation* of WITH, that are in with_text */
  GString                   *with_text;
  gboolean                   has_recursive;  /* one of them */
  GPtrArray                 *relations;      /* const StrataRelation*, that columns may name without FROM */
  gboolean                   has_literals;   /* values are written out */
  gboolean                   has_tables;     /* columns are written with their table */
  gboolean                   is_from;        /* what stands behind FROM: its columns get the names that they have there */
  gboolean                   is_in_operator; /* an operator stands around */
  gboolean                   is_upper_level;
  GError                    *error;
} StrataWriter;

void      strata_writer_init        (StrataWriter              *self,
                                     const StrataServer        *server,
                                     const StrataRenderOptions *options);
void      strata_writer_clear       (StrataWriter              *self);
/* As Alembic prints it: tabs as four blanks, nothing around it. */
char     *strata_writer_steal_text  (StrataWriter              *self);
void      strata_writer_put         (StrataWriter              *self,
                                     const char                *text);
void      strata_writer_putf        (StrataWriter              *self,
                                     const char                *format,
                                     ...) G_GNUC_PRINTF (2, 3);
void      strata_writer_fail        (StrataWriter              *self,
                                     StrataRenderError          code,
                                     const char                *format,
                                     ...) G_GNUC_PRINTF (3, 4);
/* Whether each percent sign is doubled. */
gboolean  strata_writer_doubles     (StrataWriter              *self);
/* How many names that begin like this one there are now, the new one counted. */
guint     strata_writer_count       (StrataWriter              *self,
                                     const char                *stem);

/* Names, quoted where that is needed. */
void      strata_write_name         (StrataWriter              *self,
                                     const char                *name);
void      strata_write_names        (StrataWriter              *self,
                                     const char * const        *names);
/* The schema may be NULL, and has to be one name. */
void      strata_write_qualified    (StrataWriter              *self,
                                     const char                *schema,
                                     const char                *name);
/* As Alembic's own statements write a table: a schema with dots is several names. */
void      strata_write_dotted       (StrataWriter              *self,
                                     const char                *schema,
                                     const char                *name);
/* Cut or refused where it is too long. */
void      strata_write_limited      (StrataWriter              *self,
                                     StrataName                 name);

/* Refused unless it matches, in any case, the alternatives of a regular expression. */
void      strata_write_phrase       (StrataWriter              *self,
                                     const char                *phrase,
                                     const char                *allowed);

G_END_DECLS
