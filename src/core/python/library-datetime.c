/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/library-datetime.h"

#include <math.h>
#include <string.h>

/* timedelta, timezone, and what all of datetime shares. */

static Value *
construct_delta (Machine *py,
                 Value   *class,
                 Value  **arguments)
{
  static const gint64 units[] = { 24 * 3600 * SECOND, SECOND, 1, 1000, 60 * SECOND, 3600 * SECOND, 7 * 24 * 3600 * SECOND };
  Moments *all = strata_py_moments (py);
  __int128 total = 0;

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    {
      Value *value = arguments[i];

      if (value == NULL)
        continue;
      if (IS_FLOAT (value) && floor (((Float *) value)->number * 1000) == ((Float *) value)->number * 1000
          && fabs (((Float *) value)->number) < 1e6 && units[i] % 1000 == 0)
        total += (gint64) (((Float *) value)->number * 1000) * (units[i] / 1000);
      else if (IS_INT (value))
        total += ((Int *) value)->number * units[i];
      else if (IS_FLOAT (value))
        return strata_py_refuse (py, "this fraction of a timedelta is not known here");
      else
        return strata_py_raise (py, "TypeError", "unsupported type for timedelta component: %s", value->class->name);
    }
  if (total > (__int128) 999999999 * DAY || total < -(__int128) 999999999 * DAY)
    return strata_py_raise (py, "OverflowError", "timedelta is too big");

  return strata_py_delta (py, all, total);
}

Value *
strata_py_delta (Machine *py,
                 Moments *all,
                 Wide     total)
{
  Delta *self = strata_py_host_object (py, all->delta, sizeof (Delta));

  self->total = total;

  return &self->base;
}

static void
split_delta (const Delta *self,
             gint64      *days,
             gint64      *rest)
{
  *days = self->total / DAY;
  *rest = self->total % DAY;
  if (*rest < 0)
    {
      *rest += DAY;
      (*days)--;
    }
}

static Value *
delta_attribute (Machine    *py,
                 Value      *value,
                 const char *name)
{
  gint64 days, rest;

  split_delta ((Delta *) value, &days, &rest);
  if (g_str_equal (name, "days"))
    return strata_py_int (py, days);
  if (g_str_equal (name, "seconds"))
    return strata_py_int (py, rest / SECOND);
  if (g_str_equal (name, "microseconds"))
    return strata_py_int (py, rest % SECOND);

  return NULL;
}

static Value *
delta_total_seconds (Machine *py,
                     Value   *self,
                     Value  **arguments)
{
  return strata_py_float (py, (double) ((Delta *) self)->total / SECOND);
}

void
strata_py_append_clock (GString *out,
                        gint64   rest,
                        gboolean hours_of_two)
{
  g_string_append_printf (out, hours_of_two ? "%02d:%02d:%02d" : "%d:%02d:%02d", (int) (rest / HOUR),
                          (int) (rest / (60 * SECOND) % 60), (int) (rest / SECOND % 60));
  if (rest % SECOND != 0)
    g_string_append_printf (out, ".%06d", (int) (rest % SECOND));
}

static Value *
delta_str (Machine *py,
           Value   *self)
{
  g_autoptr(GString) out = g_string_new (NULL);
  gint64 days, rest;

  split_delta ((Delta *) self, &days, &rest);
  if (days != 0)
    g_string_append_printf (out, "%" G_GINT64_FORMAT " day%s, ", days, ABS (days) == 1 ? "" : "s");
  strata_py_append_clock (out, rest, FALSE);

  return strata_py_string (py, out);
}

static Value *
delta_repr (Machine *py,
            Value   *self)
{
  g_autoptr(GString) out = g_string_new ("datetime.timedelta(");
  gint64 days, rest;

  split_delta ((Delta *) self, &days, &rest);
  if (days != 0)
    g_string_append_printf (out, "days=%" G_GINT64_FORMAT ", ", days);
  if (rest / SECOND != 0)
    g_string_append_printf (out, "seconds=%d, ", (int) (rest / SECOND));
  if (rest % SECOND != 0)
    g_string_append_printf (out, "microseconds=%d, ", (int) (rest % SECOND));
  if (out->str[out->len - 1] == '(')
    g_string_append_c (out, '0');
  else
    g_string_truncate (out, out->len - 2);
  g_string_append_c (out, ')');

  return strata_py_string (py, out);
}

static Value *
delta_binary (Machine        *py,
              StrataPySymbol  op,
              Value          *a,
              Value          *b)
{
  Moments *all = strata_py_moments (py);
  gboolean both = a->class == all->delta && b->class == all->delta;
  Wide x = a->class == all->delta ? ((Delta *) a)->total : 0;
  Wide y = b->class == all->delta ? ((Delta *) b)->total : 0;

  if (both && op == STRATA_PY_PLUS)
    return strata_py_delta (py, all, x + y);
  if (both && op == STRATA_PY_MINUS)
    return strata_py_delta (py, all, x - y);
  if (op == STRATA_PY_STAR && IS_INT (b) && ABS (((Int *) b)->number) < 1000000)
    return strata_py_delta (py, all, x * ((Int *) b)->number);
  if (op == STRATA_PY_STAR && IS_INT (a) && ABS (((Int *) a)->number) < 1000000)
    return strata_py_delta (py, all, y * ((Int *) a)->number);
  if (both && op == STRATA_PY_SLASH && y != 0)
    return strata_py_float (py, (double) x / (double) y);
  if ((both || IS_INT (b)) && (op == STRATA_PY_SLASH || op == STRATA_PY_DOUBLE_SLASH || op == STRATA_PY_PERCENT))
    return strata_py_refuse (py, "this arithmetic with a timedelta is not known here");

  return NULL;
}

static Value *
delta_compare (Machine        *py,
               StrataPySymbol  op,
               Value          *a,
               Value          *b)
{
  Moments *all = strata_py_moments (py);

  if (a->class != all->delta || b->class != all->delta)
    return NULL;

  return strata_py_compare (py, op, strata_py_wide (py, ((Delta *) a)->total), strata_py_wide (py, ((Delta *) b)->total));
}

static Value *
delta_unary (Machine        *py,
             StrataPySymbol  op,
             Value          *self)
{
  Wide total = ((Delta *) self)->total;

  return op == STRATA_PY_TILDE ? NULL : strata_py_delta (py, strata_py_moments (py), op == STRATA_PY_MINUS ? -total : total);
}

static int
delta_truth (Machine *py,
             Value   *self)
{
  return ((Delta *) self)->total != 0;
}

static gboolean
delta_hash (Machine *py,
            Value   *self,
            guint64 *hash)
{
  *hash = ((Delta *) self)->total * 31 + 5;

  return TRUE;
}

static const StrataPyNative delta_methods[] = {
  { "total_seconds", NULL, delta_total_seconds },
  { NULL }
};

static const StrataPySlots delta_slots = {
  .name = "timedelta",
  .methods = delta_methods,
  .lacking = " min max resolution ",
  .parameters = "days=, seconds=, microseconds=, milliseconds=, minutes=, hours=, weeks=",
  .construct = construct_delta,
  .get_attribute = delta_attribute,
  .binary = delta_binary,
  .compare = delta_compare,
  .unary = delta_unary,
  .truth = delta_truth,
  .hash = delta_hash,
  .repr = delta_repr,
  .str = delta_str,
};

static Value *
construct_zone (Machine *py,
                Value   *class,
                Value  **arguments)
{
  Moments *all = strata_py_moments (py);
  Zone *self = strata_py_host_object (py, all->zone, sizeof (Zone));

  if (arguments[0]->class != all->delta)
    return strata_py_raise (py, "TypeError", "timezone() argument 1 must be datetime.timedelta, not %s",
                            arguments[0]->class->name);
  if (arguments[1] != NULL)
    return strata_py_refuse (py, "a timezone with a name is not known here");
  self->offset = ((Delta *) arguments[0])->total;
  if (self->offset <= -DAY || self->offset >= DAY)
    return strata_py_raise (py, "ValueError", "offset must be a timedelta strictly between -timedelta(hours=24) and "
                            "timedelta(hours=24).");

  return self->offset == 0 ? all->utc : &self->base;
}

/* "+02:00" */
void
strata_py_append_offset (GString    *out,
                         gint64      offset,
                         const char *colon)
{
  gint64 size = ABS (offset);

  g_string_append_printf (out, "%c%02d%s%02d", offset < 0 ? '-' : '+', (int) (size / HOUR), colon,
                          (int) (size / (60 * SECOND) % 60));
  if (size % (60 * SECOND) != 0)
    g_string_append_printf (out, "%s%02d", colon, (int) (size / SECOND % 60));
}

static Value *
zone_str (Machine *py,
          Value   *self)
{
  g_autoptr(GString) out = g_string_new ("UTC");

  if (((Zone *) self)->offset != 0)
    strata_py_append_offset (out, ((Zone *) self)->offset, ":");

  return strata_py_string (py, out);
}

static Value *
zone_repr (Machine *py,
           Value   *self)
{
  g_autoptr(GString) out = g_string_new ("datetime.timezone.utc");

  if (self != strata_py_moments (py)->utc)
    {
      g_string_assign (out, "datetime.timezone(");
      if (!strata_py_append_repr (py, out, strata_py_delta (py, strata_py_moments (py), ((Zone *) self)->offset)))
        return NULL;
      g_string_append_c (out, ')');
    }

  return strata_py_string (py, out);
}

static Value *
zone_compare (Machine        *py,
              StrataPySymbol  op,
              Value          *a,
              Value          *b)
{
  if (a->class != b->class || (op != STRATA_PY_EQUAL && op != STRATA_PY_NOT_EQUAL))
    return NULL;

  return strata_py_bool (py, (((Zone *) a)->offset == ((Zone *) b)->offset) == (op == STRATA_PY_EQUAL));
}

static const StrataPySlots zone_slots = {
  .name = "timezone",
  .lacking = " utcoffset tzname dst fromutc min max ",
  .parameters = "offset, name=",
  .construct = construct_zone,
  .compare = zone_compare,
  .repr = zone_repr,
  .str = zone_str,
};

Moments *
strata_py_moments (Machine *py)
{
  Value *module = strata_py_dict_get_name (py->modules, "datetime");

  return (Moments *) strata_py_dict_get_name (module->attributes, "__moments__");
}

void
strata_py_fill_datetime (Machine *py,
                         Value   *module)
{
  Moments *all = strata_py_new (py, STRATA_PY_VALUE_HOST, sizeof (Moments));
  Zone *utc;

  all->delta = strata_py_class (py, &delta_slots, NULL);
  all->zone = strata_py_class (py, &zone_slots, NULL);
  all->delta->module = all->zone->module = "datetime";
  utc = strata_py_host_object (py, all->zone, sizeof (Zone));
  all->utc = &utc->base;
  all->zone->base.attributes = strata_py_dict (py);
  strata_py_set (py, &all->zone->base, "utc", all->utc);
  strata_py_set (py, module, "__moments__", &all->base);
  strata_py_set (py, module, "timedelta", &all->delta->base);
  strata_py_set (py, module, "timezone", &all->zone->base);
  strata_py_set (py, module, "UTC", all->utc);
  strata_py_set (py, module, "MINYEAR", strata_py_int (py, 1));
  strata_py_set (py, module, "MAXYEAR", strata_py_int (py, 9999));
  strata_py_fill_dates (py, module, all);
}
