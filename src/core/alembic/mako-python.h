/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/alembic/mako-parts.h"

G_BEGIN_DECLS

/* A template as the Python module that prints it: what Mako makes of it too, so that every rule of Python holds. */
typedef struct
{
  GString   *text;
  GArray    *lines;      /* guint: the template's line of each line of the text; 0 for our own ones */
  GPtrArray *texts;      /* const char *, borrowed from the parts: what _mako_text (N) prints */
} StrataMakoPython;

void      strata_mako_python_clear (StrataMakoPython *self);
gboolean  strata_mako_python_write (StrataMakoPython *self,
                                    const char       *path,
                                    GPtrArray        *parts,
                                    GError          **error);
/* 0: none of the template's. */
guint     strata_mako_python_get_line (const StrataMakoPython *self,
                                    guint             line);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StrataMakoPython, strata_mako_python_clear)

G_END_DECLS
