/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sqlalchemy/type-forms.h"

/* geoalchemy2 does more than words: a column of its types gets an index, and on SQLite a function of SpatiaLite makes it. */

static gboolean
read_place (StrataPyMachine  *py,
            StrataPyValue    *value,
            gint64           *srid)
{
  *srid = -1;
  if (value == NULL || strata_py_is_none (value))
    return TRUE;
  if (strata_py_value_get_opaque_name (value) != NULL)
    return strata_py_refuse_opaque (py, value, "is a system of coordinates") != NULL;

  return strata_py_value_get_int (value, srid)
         || strata_py_refuse (py, "the system of coordinates is a “%s”", strata_py_value_get_class_name (value)) != NULL;
}

/* "geometry(POINT,4326)" */
static gboolean
write_words (StrataPyMachine       *py,
             StrataSaTypeInstance  *self,
             StrataPyValue         *shape,
             StrataPyValue         *place,
             const char            *name)
{
  g_autofree char *words = NULL;
  g_autofree char *upper = NULL;
  const char *text = "GEOMETRY";
  gint64 srid;

  if ((shape != NULL && !strata_sa_read_text (py, shape, &text)) || !read_place (py, place, &srid))
    return FALSE;
  if (name == NULL)
    name = self->class->row->word;
  upper = text != NULL ? g_ascii_strup (text, -1) : NULL;
  words = text != NULL && *text != '\0' ? g_strdup_printf ("%s(%s,%" G_GINT64_FORMAT ")", name, upper, srid) : g_strdup (name);
  self->words = strata_sa_intern (py, words);

  return self->words != NULL;
}

static gboolean
check_options (StrataPyMachine *py,
               StrataPyValue   *all_dimensions,
               StrataPyValue   *uses_modifiers,
               StrataPyValue   *nullable)
{
  gboolean has_all_dimensions, has_modifiers, is_nullable;

  if (uses_modifiers != NULL && strata_py_is_none (uses_modifiers))
    uses_modifiers = NULL;
  if (!strata_sa_read_flag (py, all_dimensions, FALSE, &has_all_dimensions)
      || !strata_sa_read_flag (py, uses_modifiers, TRUE, &has_modifiers)
      || !strata_sa_read_flag (py, nullable, TRUE, &is_nullable))
    return FALSE;
  if (has_all_dimensions || !has_modifiers || !is_nullable)
    return strata_py_refuse (py, "what geoalchemy2 makes of these arguments is not known here") != NULL;

  return TRUE;
}

/* SpatiaLite's own ways are not ours. */
static gboolean
is_server_known (StrataPyMachine *py)
{
  if (strata_sa_get (py)->dialect == STRATA_DIALECT_POSTGRESQL)
    return TRUE;

  return strata_py_refuse (py, "columns of geoalchemy2 are made by functions of the server here, not by SQL") != NULL;
}

static gboolean
fill_geometry (StrataPyMachine       *py,
               StrataSaTypeInstance  *self,
               StrataPyValue        **arguments)
{
  const char *name;

  return is_server_known (py)
         && check_options (py, arguments[4], arguments[5], arguments[8])
         && strata_sa_read_flag (py, arguments[3], TRUE, &self->object.type.has_spatial_index)
         && strata_sa_read_text (py, arguments[7], &name)
         && write_words (py, self, arguments[0], arguments[1], name);
}

static gboolean
fill_raster (StrataPyMachine       *py,
             StrataSaTypeInstance  *self,
             StrataPyValue        **arguments)
{
  gboolean has_index;

  if (!is_server_known (py) || !strata_sa_read_flag (py, arguments[0], TRUE, &has_index))
    return FALSE;
  if (has_index)
    return strata_py_refuse (py, "the index of a raster is not known here") != NULL;

  return write_words (py, self, strata_py_none (py), NULL, NULL);
}

static const StrataSaTypeForm geometry_form = {
  "geometry_type=, srid=, dimension=, spatial_index=, use_N_D_index=, use_typmod=, from_text=, name=, nullable=, "
  "_spatial_index_reflected=, **kwargs", "----------" "-", fill_geometry
};
static const StrataSaTypeForm raster_form = { "spatial_index=, from_text=, name=, nullable=, _spatial_index_reflected=", "-----",
                                              fill_raster };

const StrataSaTypeRow strata_sa_geoalchemy_types[] = {
  { "Geometry", "UserDefinedType", STRATA_TYPE_WORDS, &geometry_form, "geometry", .changes_values = TRUE },
  { "Geography", "UserDefinedType", STRATA_TYPE_WORDS, &geometry_form, "geography", .changes_values = TRUE },
  { "Raster", "UserDefinedType", STRATA_TYPE_WORDS, &raster_form, "raster", .changes_values = TRUE },
  { NULL }
};
