/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/operation/option.h"

#include <string.h>

const StrataOption *
strata_options_find (const StrataOption * const *options,
                     const char                 *name)
{
  for (guint i = 0; options != NULL && options[i] != NULL; i++)
    if (strcmp (options[i]->name, name) == 0)
      return options[i];

  return NULL;
}

const char *
strata_options_get_text (const StrataOption * const *options,
                         const char                 *name)
{
  const StrataOption *option = strata_options_find (options, name);

  return option != NULL ? option->text : NULL;
}

gboolean
strata_options_get_flag (const StrataOption * const *options,
                         const char                 *name)
{
  const StrataOption *option = strata_options_find (options, name);

  return option != NULL && option->flag;
}
