/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/config/yaml.h"

G_BEGIN_DECLS

struct _StrataYamlNode
{
  StrataYamlKind  kind;
  guint           line;
  StrataYamlStyle style;     /* scalars */
  gboolean        is_named;  /* by an anchor */
  char           *text;      /* scalars */
  GPtrArray      *keys;      /* maps: char*, owned */
  GPtrArray      *items;     /* lists and maps: borrowed nodes, NULL for an empty value */
};

struct _StrataYaml
{
  GPtrArray      *nodes;     /* all of them, owned */
  GHashTable     *anchors;   /* name, owned → borrowed node, complete: so that no alias can make a cycle */
  StrataYamlNode *root;
  guint           doubt;     /* a line, or 0 */
};

StrataYaml     *strata_yaml_new      (void);
StrataYamlNode *strata_yaml_add_node (StrataYaml     *self,
                                      StrataYamlKind  kind,
                                      guint           line);

/* Where a parser is; the text is its own and may be changed. */
typedef struct
{
  char  *at;
  guint  line;
  guint  doubt;     /* the first line of which it is not certain what it says, or 0 */
} StrataYamlCursor;

static inline void
strata_yaml_doubt (StrataYamlCursor *cursor)
{
  if (cursor->doubt == 0)
    cursor->doubt = cursor->line;
}

/* The first line that has what no part of a file of settings should have, whatever it is in; or 0. */
guint     strata_yaml_check_text   (const char       *text,
                                    gsize             length);
/* Whether a plain scalar may be so. */
gboolean  strata_yaml_is_plain     (const char       *text,
                                    gboolean          in_flow);

/* To the next line that says something: its indent, or -1 at the end of the document. */
int       strata_yaml_find_line    (StrataYamlCursor *cursor);
void      strata_yaml_next_line    (StrataYamlCursor *cursor);
void      strata_yaml_skip_blanks  (StrataYamlCursor *cursor);
gboolean  strata_yaml_at_blank     (const char       *at);
gboolean  strata_yaml_at_value_end (const char       *at);
gboolean  strata_yaml_at_dash      (const char       *at);
gboolean  strata_yaml_at_colon     (const char       *at,
                                    gboolean          in_flow);

/* Each reads one scalar and stands behind it; block scalars end at the start of a line. */
char     *strata_yaml_read_quoted  (StrataYamlCursor *cursor);
char     *strata_yaml_read_plain   (StrataYamlCursor *cursor,
                                    gboolean          in_flow);
char     *strata_yaml_read_lines   (StrataYamlCursor *cursor,
                                    guint             indent);
char     *strata_yaml_read_block   (StrataYamlCursor *cursor,
                                    guint             indent);

G_END_DECLS
