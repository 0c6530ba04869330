/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/render/naming.h"

static StrataName
finish (StrataWriter *writer,
        StrataName    name,
        char         *problem)
{
  if (problem != NULL)
    strata_writer_fail (writer, writer->options->naming.doubt != NULL ? STRATA_RENDER_ERROR_UNKNOWN : STRATA_RENDER_ERROR_RAISES,
                        "%s", problem);
  g_free (problem);

  return name;
}

StrataName
strata_naming_apply (StrataWriter           *writer,
                     const char             *schema,
                     const char             *table,
                     const StrataConstraint *constraint,
                     GPtrArray              *memory)
{
  char *problem = NULL;
  StrataName name;

  strata_naming_name_constraint (&writer->options->naming, schema, table, constraint, memory, &name, &problem);

  return finish (writer, name, problem);
}

StrataName
strata_naming_index (StrataWriter       *writer,
                     const char         *schema,
                     const char         *table,
                     StrataName          name,
                     const char * const *columns,
                     GPtrArray          *memory)
{
  char *problem = NULL;

  strata_naming_name_index (&writer->options->naming, schema, table, name, columns, memory, &name, &problem);

  return finish (writer, name, problem);
}
