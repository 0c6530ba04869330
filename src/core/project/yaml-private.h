/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/project/yaml.h"

G_BEGIN_DECLS

struct _StrataYamlNode
{
  StrataYamlKind  kind;
  guint           line;
  char           *text;      /* scalars */
  GPtrArray      *keys;      /* maps: char*, owned */
  GPtrArray      *items;     /* lists and maps: borrowed nodes, NULL for an empty value */
};

struct _StrataYaml
{
  GPtrArray      *nodes;     /* all of them, owned */
  GHashTable     *anchors;   /* name, owned → borrowed node, complete: so that no alias can make a cycle */
  StrataYamlNode *root;
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
} StrataYamlCursor;

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
