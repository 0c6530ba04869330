/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A shared library that is opened when it is first needed, as to load it and all that it brings along takes longer than many a
 * command. A folder that uses one lists its functions, and calls them by their own names. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char          *name;          /* "libpq.so.5" */
  const char * const  *functions;     /* their names */
  guint                n_functions;
  gpointer            *addresses;     /* of the functions, to be filled in that order */
  gboolean             is_loaded;
} StrataLibrary;

/* From any thread; nothing is ever unloaded. */
gboolean strata_library_load (StrataLibrary  *self,
                              GError        **error);

/* For a list of functions f (name): their types as members of a struct, and their names as strings. */
#define STRATA_LIBRARY_MEMBER(name) __typeof__ (&name) name;
#define STRATA_LIBRARY_NAME(name) #name,

G_END_DECLS
