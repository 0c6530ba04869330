/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sql/words.h"

#include <stdlib.h>
#include <string.h>

/* Most words differ in their first character. */
static int
compare (const void *word,
         const void *entry)
{
  const char *first = word, *second = *(const char * const *) entry;

  return *first != *second ? *first - *second : strcmp (first, second);
}

gboolean
strata_word_is_in (const char         *word,
                   const char * const *list,
                   gsize               n)
{
  return bsearch (word, list, n, sizeof *list, compare) != NULL;
}
