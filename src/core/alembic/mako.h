/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/base/types.h"

G_BEGIN_DECLS

/* Renders a script.py.mako as Mako does, with its Python evaluated here (core/python) and not run. */

/* What Alembic hands to the template. A NULL text is None; a NULL list too, or "not given". */
typedef struct
{
  const char          *message;
  const char          *up_revision;
  const char * const  *down_revisions;   /* one is a text, several are a tuple */
  const char * const  *branch_labels;    /* a tuple */
  const char * const  *depends_on;       /* one is a text, several are a list */
  GDateTime           *create_date;
  gboolean             is_local;         /* the date says nothing of its zone */
  const char * const  *bodies;           /* name, text, ...: "upgrades", "downgrades", "imports", "db1_upgrades" */

  /* What config.get_section_option () finds; NULL: no such option. A NULL section is the main one, maybe with that of
   * pyproject.toml. */
  char              *(*dup_option) (const char *section, const char *key, gboolean with_toml, gpointer data);
  gpointer             data;
  const char          *config_file;
  const char          *section;
} StrataMakoNames;

/* Fails with STRATA_ERROR_BAD_INPUT where Mako would fail too, with STRATA_ERROR_NEEDS_PYTHON where it is not known here
 * what it would do. The text begins with "path:line: ". */
char *strata_mako_render (const char             *path,
                          const char             *text,
                          gsize                   length,
                          const StrataMakoNames  *names,
                          GError                **error);

G_END_DECLS
