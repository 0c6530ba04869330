/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/env/natives.h"

#include <string.h>

/* Where modules come from. A folder that is not known may have any module, and win over the others. */

static void
add_folder (StrataEnvReader *self,
            StrataEnvThing  *folder,
            gboolean         in_front)
{
  const char *path = strata_env_literal_path (self, folder);
  const char *placed = path != NULL ? strata_env_place_path (self, path) : NULL;
  const char *start = self->source->folder;

  if (placed != NULL && (g_path_is_absolute (placed) || start != NULL))
    g_ptr_array_insert (in_front ? self->before : self->after, in_front ? 0 : -1, g_canonicalize_filename (placed, start));
  else
    self->path_is_unknown |= in_front;
}

static StrataEnvThing *
call_insert (StrataEnvReader *self,
             StrataEnvCall   *call)
{
  StrataEnvThing *folder = strata_env_call_get (call, 1, NULL);

  if (folder != NULL)
    add_folder (self, folder, TRUE);

  return strata_env_thing_none (self, call->place);
}

static StrataEnvThing *
call_append (StrataEnvReader *self,
             StrataEnvCall   *call)
{
  StrataEnvThing *folder = strata_env_call_get (call, 0, NULL);

  if (folder != NULL)
    add_folder (self, folder, FALSE);

  return strata_env_thing_none (self, call->place);
}

/* "sys.path.extend([...])", "sys.path += [...]" */
void
strata_env_extend_path (StrataEnvReader *self,
                        StrataEnvThing  *folders)
{
  for (guint i = 0; folders->kind == STRATA_THING_LIST && i < folders->n_items; i++)
    add_folder (self, folders->items[i], FALSE);
}

static StrataEnvThing *
call_extend (StrataEnvReader *self,
             StrataEnvCall   *call)
{
  StrataEnvThing *folders = strata_env_call_get (call, 0, NULL);

  if (folders != NULL)
    strata_env_extend_path (self, folders);

  return strata_env_thing_none (self, call->place);
}

static const StrataEnvNative functions[] = {
  { "site.addsitedir", call_append },
  { "sys.path.append", call_append },
  { "sys.path.extend", call_extend },
  { "sys.path.insert", call_insert },
};

StrataEnvThing *
strata_env_call_sys (StrataEnvReader *self,
                     const char      *name,
                     StrataEnvCall   *call)
{
  static const char * const looks[] = { "sys.path.copy", "sys.path.count", "sys.path.index", NULL };

  for (guint i = 0; i < G_N_ELEMENTS (functions); i++)
    if (strcmp (functions[i].name, name) == 0)
      return functions[i].call (self, call);

  if (g_str_has_prefix (name, "sys.path.") && !g_strv_contains (looks, name))
    self->path_is_unknown = TRUE;

  return NULL;
}
