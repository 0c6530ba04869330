/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/base/library.h"

#include <dlfcn.h>
#include <glib/gi18n-lib.h>

#include "core/base/error.h"

static gboolean
load (StrataLibrary  *self,
      GError        **error)
{
  void *handle = dlopen (self->name, RTLD_NOW | RTLD_LOCAL);

  for (guint i = 0; handle != NULL && i < self->n_functions; i++)
    {
      self->addresses[i] = dlsym (handle, self->functions[i]);
      if (self->addresses[i] == NULL)
        handle = NULL;
    }
  if (handle == NULL)
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_FAILED, _("%s can't be used: %s"), self->name, dlerror ());

  return handle != NULL;
}

gboolean
strata_library_load (StrataLibrary  *self,
                     GError        **error)
{
  static GMutex mutex;
  gboolean is_loaded;

  g_mutex_lock (&mutex);
  self->is_loaded = self->is_loaded || load (self, error);
  is_loaded = self->is_loaded;
  g_mutex_unlock (&mutex);

  return is_loaded;
}
