/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/base/types.h"

G_BEGIN_DECLS

/* The YAML that compose files and files of settings are written in: block and flow collections, the five kinds of scalars,
 * anchors and merge keys; first document only. Tolerant: a line that makes no sense is passed over. Where something is decided by
 * the file, it must have none of what is in doubt. */
typedef struct _StrataYaml     StrataYaml;
typedef struct _StrataYamlNode StrataYamlNode;

/* What a scalar is by how it is written: one of several lines is not read as Python's library reads it. */
typedef enum
{
  STRATA_YAML_PLAIN,
  STRATA_YAML_QUOTED,
  STRATA_YAML_LINES,
} StrataYamlStyle;

typedef enum
{
  STRATA_YAML_SCALAR,
  STRATA_YAML_LIST,
  STRATA_YAML_MAP,
} StrataYamlKind;

StrataYaml           *strata_yaml_parse          (const char           *text,
                                                  gsize                 length);
void                  strata_yaml_free           (StrataYaml           *self);
/* The first line that is not certainly what PyYAML reads of it, or 0: a tag, a second document, a tab, a scalar that goes on in
 * the next line, anything that is no YAML. Keys that a map has twice are the caller's to find. */
guint                 strata_yaml_get_doubt      (const StrataYaml     *self);
/* NULL for an empty document. All nodes belong to the document. */
const StrataYamlNode *strata_yaml_get_root       (const StrataYaml     *self);

StrataYamlKind        strata_yaml_node_get_kind  (const StrataYamlNode *node);
guint                 strata_yaml_node_get_line  (const StrataYamlNode *node);
StrataYamlStyle       strata_yaml_node_get_style (const StrataYamlNode *node);
/* A scalar's text; NULL for any other kind and for NULL. */
const char           *strata_yaml_node_get_text  (const StrataYamlNode *node);
/* A map's own value or one that it merges in; NULL where there is none, or no map. */
const StrataYamlNode *strata_yaml_node_find      (const StrataYamlNode *node,
                                                  const char           *key);
/* Of lists and maps, in file order, without what is merged in; 0 for scalars and NULL. Key is NULL in lists. */
guint                 strata_yaml_node_get_n     (const StrataYamlNode *node);
const StrataYamlNode *strata_yaml_node_get       (const StrataYamlNode *node,
                                                  guint                 index,
                                                  const char          **key);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataYaml, strata_yaml_free)

G_END_DECLS
