/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whole pictures made by hand. */

#pragma once

#include "core/schema/picture.h"

G_BEGIN_DECLS

static inline int
compare_objects (gconstpointer a,
                 gconstpointer b)
{
  return strata_object_compare (*(const StrataObject * const *) a, *(const StrataObject * const *) b);
}

/* Of objects that outlive it; NULL ends them. */
static inline StrataPicture *
make_picture (const StrataObject *first,
              ...)
{
  StrataPicture *picture = strata_picture_new (STRATA_DIALECT_POSTGRESQL);
  g_autoptr(GPtrArray) objects = g_ptr_array_new ();
  va_list args;

  va_start (args, first);
  for (const StrataObject *object = first; object != NULL; object = va_arg (args, const StrataObject *))
    g_ptr_array_add (objects, (gpointer) object);
  va_end (args);

  g_ptr_array_sort (objects, compare_objects);
  picture->default_schema = "public";
  picture->objects = strata_picture_list (picture, objects);
  picture->n_objects = objects->len;
  picture->version = 150000;

  return picture;
}

G_END_DECLS
