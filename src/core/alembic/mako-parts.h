/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/base/types.h"

G_BEGIN_DECLS

/* A Mako template cut into its parts, as Mako's own lexer cuts it. */

typedef enum
{
  STRATA_MAKO_TEXT,
  STRATA_MAKO_EXPRESSION,      /* ${text | detail} */
  STRATA_MAKO_CONTROL,         /* % text */
  STRATA_MAKO_CODE,            /* <% text %> */
  STRATA_MAKO_MODULE_CODE,     /* <%! text %> */
  STRATA_MAKO_TAG,             /* <%text attributes> */
  STRATA_MAKO_TAG_END,         /* </%text>; also follows a tag that ends itself */
} StrataMakoKind;

typedef struct
{
  StrataMakoKind  kind;
  guint           line;        /* where it begins, from 1 */
  char           *text;
  char           *detail;
  GStrv           attributes;  /* of a tag: name, value, ... */
} StrataMakoPart;

/* Elements are StrataMakoPart, owned. NULL with an error that begins with "path:line: ". */
GPtrArray  *strata_mako_parts_read       (const char           *path,
                                          const char           *text,
                                          gsize                 length,
                                          GError              **error);
const char *strata_mako_part_get         (const StrataMakoPart *self,
                                          const char           *attribute);

G_END_DECLS
