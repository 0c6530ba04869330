/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/library-datetime.h"

#include <string.h>

/* date, datetime and time */

int
strata_py_days_in_month (gint64 year,
                         gint64 month)
{
  static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
  gboolean is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

  return month == 2 && is_leap ? 29 : days[month - 1];
}

gint64
strata_py_day_of (gint64 year,
                  gint64 month,
                  gint64 day)
{
  gint64 before = year - 1;
  gint64 number = before * 365 + before / 4 - before / 100 + before / 400 + day;

  for (gint64 m = 1; m < month; m++)
    number += strata_py_days_in_month (year, m);

  return number;
}

void
strata_py_date_of (gint64  number,
                   int    *year,
                   int    *month,
                   int    *day)
{
  gint64 guess = (number - 1) / 366 + 1;

  while (strata_py_day_of (guess + 1, 1, 1) <= number)
    guess++;
  *year = guess;
  *month = 1;
  number -= strata_py_day_of (guess, 1, 1) - 1;
  while (number > strata_py_days_in_month (*year, *month))
    number -= strata_py_days_in_month (*year, (*month)++);
  *day = number;
}

Value *
strata_py_moment (Machine *py,
                  Class   *class,
                  gint64   day,
                  gint64   rest,
                  Zone    *zone)
{
  Moment *self;

  if (class != strata_py_moments (py)->time && (day < 1 || day > 3652059))
    return strata_py_raise (py, "OverflowError", "date value out of range");
  self = strata_py_host_object (py, class, sizeof (Moment));
  self->day = day;
  self->rest = rest;
  self->zone = zone;

  return &self->base;
}

/* Numbers by name, with their bounds. */
static gboolean
read_parts (Machine           *py,
            Value            **values,
            const char *const *names,
            const gint64      *least,
            const gint64      *most,
            gint64            *parts,
            guint              n)
{
  for (guint i = 0; i < n; i++)
    {
      if (values[i] != NULL && !strata_py_to_index (py, values[i], &parts[i]))
        return FALSE;
      if (parts[i] < least[i] || parts[i] > most[i])
        {
          if (i > 2)
            return strata_py_raise (py, "ValueError", "%s must be in 0..%d", names[i], (int) most[i]) != NULL;
          return strata_py_raise (py, "ValueError", i == 0 ? "year %d is out of range" : i == 1 ? "month must be in 1..12"
                                  : "day is out of range for month", (int) parts[i]) != NULL;
        }
    }

  return TRUE;
}

/* Year, month, day, hour, minute, second, microsecond: those of the moment where they are not given. */
static Value *
make (Machine *py,
      Class   *class,
      Value  **values,
      guint    first,
      guint    n,
      gint64  *parts,
      Value   *zone)
{
  static const char * const names[] = { "year", "month", "day", "hour", "minute", "second", "microsecond" };
  static const gint64 least[] = { 1, 1, 1, 0, 0, 0, 0 };
  static const gint64 most[] = { 9999, 12, 31, 23, 59, 59, 999999 };

  if (!read_parts (py, values, names + first, least + first, most + first, parts + first, n))
    return NULL;
  if (first == 0 && parts[2] > strata_py_days_in_month (parts[0], parts[1]))
    return strata_py_raise (py, "ValueError", "day is out of range for month");
  if (zone != NULL && !IS_NONE (zone) && zone->class != strata_py_moments (py)->zone)
    return strata_py_refuse (py, "this timezone is not known here");

  return strata_py_moment (py, class, first == 0 ? strata_py_day_of (parts[0], parts[1], parts[2]) : 1,
                           parts[3] * HOUR + parts[4] * 60 * SECOND + parts[5] * SECOND + parts[6],
                           zone == NULL || IS_NONE (zone) ? NULL : (Zone *) zone);
}

static Value *
construct_date (Machine *py,
                Value   *class,
                Value  **arguments)
{
  gint64 parts[7] = { 0 };

  return make (py, (Class *) class, arguments, 0, 3, parts, NULL);
}

static Value *
construct_datetime (Machine *py,
                    Value   *class,
                    Value  **arguments)
{
  gint64 parts[7] = { 0 };

  return make (py, (Class *) class, arguments, 0, 7, parts, arguments[7]);
}

static Value *
construct_time (Machine *py,
                Value   *class,
                Value  **arguments)
{
  gint64 parts[7] = { 1, 1, 1 };

  return make (py, (Class *) class, arguments, 3, 4, parts, arguments[4]);
}

static void
parts_of (const Moment *self,
          gint64       *parts)
{
  int year, month, day;

  strata_py_date_of (self->day, &year, &month, &day);
  parts[0] = year;
  parts[1] = month;
  parts[2] = day;
  parts[3] = self->rest / HOUR;
  parts[4] = self->rest / (60 * SECOND) % 60;
  parts[5] = self->rest / SECOND % 60;
  parts[6] = self->rest % SECOND;
}

static Value *
moment_attribute (Machine    *py,
                  Value      *value,
                  const char *name)
{
  static const char * const names[] = { "year", "month", "day", "hour", "minute", "second", "microsecond" };
  Moments *all = strata_py_moments (py);
  Moment *self = (Moment *) value;
  gboolean is_date = strata_py_is_instance (value, all->date) && !strata_py_is_instance (value, all->datetime);
  gboolean is_time = strata_py_is_instance (value, all->time);
  gint64 parts[7];

  parts_of (self, parts);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i], name) && !(is_date && i > 2) && !(is_time && i < 3))
      return strata_py_int (py, parts[i]);
  if (g_str_equal (name, "tzinfo") && !is_date)
    return self->zone != NULL ? &self->zone->base : py->none;

  return NULL;
}

static Value *
moment_replace (Machine *py,
                Value   *value,
                Value  **arguments)
{
  Moment *self = (Moment *) value;
  Value *zone = arguments[7] != NULL ? arguments[7] : self->zone != NULL ? &self->zone->base : NULL;
  gint64 parts[7];

  parts_of (self, parts);

  return make (py, value->class, arguments, 0, 7, parts, zone);
}

static Value *
moment_date (Machine *py,
             Value   *self,
             Value  **arguments)
{
  return strata_py_moment (py, strata_py_moments (py)->date, ((Moment *) self)->day, 0, NULL);
}

static Value *
moment_time (Machine *py,
             Value   *self,
             Value  **arguments)
{
  return strata_py_moment (py, strata_py_moments (py)->time, 1, ((Moment *) self)->rest, NULL);
}

static Value *
moment_weekday (Machine *py,
                Value   *self,
                Value  **arguments)
{
  return strata_py_int (py, (((Moment *) self)->day + 6) % 7);
}

static Value *
moment_isoweekday (Machine *py,
                   Value   *self,
                   Value  **arguments)
{
  return strata_py_int (py, (((Moment *) self)->day + 6) % 7 + 1);
}

static Value *
moment_toordinal (Machine *py,
                  Value   *self,
                  Value  **arguments)
{
  return strata_py_int (py, ((Moment *) self)->day);
}

static Value *
moment_strftime (Machine *py,
                 Value   *self,
                 Value  **arguments)
{
  const char *format = strata_py_value_get_text (arguments[0], NULL);

  return format != NULL ? strata_py_format_moment (py, (Moment *) self, format)
                        : strata_py_raise (py, "TypeError", "strftime() argument 1 must be str");
}

static Value *
moment_timestamp (Machine *py,
                  Value   *value,
                  Value  **arguments)
{
  Moment *self = (Moment *) value;

  if (self->zone == NULL)
    return strata_py_refuse (py, "the timestamp of a time without timezone depends on the machine");

  return strata_py_float (py, (double) ((self->day - 719163) * DAY + self->rest - self->zone->offset) / SECOND);
}

static Value *
moment_astimezone (Machine *py,
                   Value   *value,
                   Value  **arguments)
{
  Moment *self = (Moment *) value;
  Zone *zone = (Zone *) arguments[0];
  gint64 total;

  if (self->zone == NULL || zone == NULL || zone->base.class != strata_py_moments (py)->zone)
    return strata_py_refuse (py, "the timezone of the machine decides");
  total = self->day * DAY + self->rest - self->zone->offset + zone->offset;

  return strata_py_moment (py, value->class, total / DAY, total % DAY, zone);
}

static Value *
iso_text (Machine    *py,
          Moment     *self,
          const char *separator)
{
  Moments *all = strata_py_moments (py);
  g_autoptr(GString) out = g_string_new (NULL);
  gint64 parts[7];

  parts_of (self, parts);
  if (!strata_py_is_instance (&self->base, all->time))
    g_string_append_printf (out, "%04d-%02d-%02d", (int) parts[0], (int) parts[1], (int) parts[2]);
  if (strata_py_is_instance (&self->base, all->datetime))
    g_string_append (out, separator);
  if (strata_py_is_instance (&self->base, all->datetime) || strata_py_is_instance (&self->base, all->time))
    {
      strata_py_append_clock (out, self->rest, TRUE);
      if (self->zone != NULL)
        strata_py_append_offset (out, self->zone->offset, ":");
    }

  return strata_py_string (py, out);
}

static Value *
moment_isoformat (Machine *py,
                  Value   *self,
                  Value  **arguments)
{
  const char *separator = arguments[0] != NULL ? strata_py_value_get_text (arguments[0], NULL) : "T";

  if (separator == NULL || arguments[1] != NULL)
    return strata_py_refuse (py, "this form of isoformat() is not known here");

  return iso_text (py, (Moment *) self, separator);
}

static Value *
moment_str (Machine *py,
            Value   *self)
{
  return iso_text (py, (Moment *) self, " ");
}

static Value *
moment_repr (Machine *py,
             Value   *value)
{
  Moments *all = strata_py_moments (py);
  Moment *self = (Moment *) value;
  g_autoptr(GString) out = g_string_new (NULL);
  gboolean is_time = strata_py_is_instance (value, all->time);
  gboolean is_date = !is_time && !strata_py_is_instance (value, all->datetime);
  gint64 parts[7];
  guint n = is_date ? 3 : self->rest % SECOND != 0 ? 7 : self->rest / SECOND % 60 != 0 ? 6 : 5;

  parts_of (self, parts);
  g_string_append_printf (out, "datetime.%s(", value->class->name);
  for (guint i = is_time ? 3 : 0; i < n; i++)
    g_string_append_printf (out, i > (is_time ? 3 : 0) ? ", %d" : "%d", (int) parts[i]);
  if (self->zone != NULL)
    {
      g_string_append (out, ", tzinfo=");
      if (!strata_py_append_repr (py, out, &self->zone->base))
        return NULL;
    }
  g_string_append_c (out, ')');

  return strata_py_string (py, out);
}

static Value *
moment_format (Machine    *py,
               Value      *self,
               const char *spec)
{
  return *spec == '\0' ? strata_py_to_str (py, self) : strata_py_format_moment (py, (Moment *) self, spec);
}

static Wide
instant (const Moment *self)
{
  return (Wide) self->day * DAY + self->rest - (self->zone != NULL ? self->zone->offset : 0);
}

static Value *
moment_binary (Machine        *py,
               StrataPySymbol  op,
               Value          *a,
               Value          *b)
{
  Moments *all = strata_py_moments (py);
  Value *moment = a->class == all->delta ? b : a;
  Value *delta = a->class == all->delta ? a : b;
  Moment *self = (Moment *) moment;
  Wide total;

  if (op != STRATA_PY_PLUS && op != STRATA_PY_MINUS)
    return NULL;
  if (a->class == b->class && op == STRATA_PY_MINUS && a->class != all->time)
    {
      if ((((Moment *) a)->zone == NULL) != (((Moment *) b)->zone == NULL))
        return strata_py_raise (py, "TypeError", "can't subtract offset-naive and offset-aware datetimes");
      return strata_py_delta (py, all, instant ((Moment *) a) - instant ((Moment *) b));
    }
  if (delta->class != all->delta || (op == STRATA_PY_MINUS && a->class == all->delta) || moment->class == all->time)
    return NULL;
  total = (Wide) self->day * DAY + self->rest + (op == STRATA_PY_PLUS ? 1 : -1) * ((Delta *) delta)->total;
  if (total < DAY)
    return strata_py_raise (py, "OverflowError", "date value out of range");

  return strata_py_moment (py, moment->class, total / DAY, moment->class == all->date ? 0 : (gint64) (total % DAY), self->zone);
}

static Value *
moment_compare (Machine        *py,
                StrataPySymbol  op,
                Value          *a,
                Value          *b)
{
  gboolean is_equality = op == STRATA_PY_EQUAL || op == STRATA_PY_NOT_EQUAL;

  if (a->class != b->class)
    return NULL;
  if ((((Moment *) a)->zone == NULL) != (((Moment *) b)->zone == NULL))
    return is_equality ? strata_py_bool (py, op == STRATA_PY_NOT_EQUAL)
                       : strata_py_raise (py, "TypeError", "can't compare offset-naive and offset-aware datetimes");

  return strata_py_compare (py, op, strata_py_wide (py, instant ((Moment *) a)), strata_py_wide (py, instant ((Moment *) b)));
}

static gboolean
moment_hash (Machine *py,
             Value   *self,
             guint64 *hash)
{
  *hash = (guint64) instant ((Moment *) self) * 31 + 9;

  return TRUE;
}

static const StrataPyNative date_methods[] = {
  { "isoformat", "sep=, timespec=", moment_isoformat },
  { "isoweekday", NULL, moment_isoweekday },
  { "replace", "year=, month=, day=, hour=, minute=, second=, microsecond=, tzinfo=", moment_replace },
  { "strftime", "format", moment_strftime },
  { "toordinal", NULL, moment_toordinal },
  { "weekday", NULL, moment_weekday },
  { NULL }
};

static const StrataPyNative datetime_methods[] = {
  { "astimezone", "tz=", moment_astimezone },
  { "date", NULL, moment_date },
  { "time", NULL, moment_time },
  { "timestamp", NULL, moment_timestamp },
  { NULL }
};

static const StrataPyNative time_methods[] = {
  { "isoformat", "sep=, timespec=", moment_isoformat },
  { "strftime", "format", moment_strftime },
  { NULL }
};

#define MOMENT_SLOTS \
  .get_attribute = moment_attribute, .binary = moment_binary, .compare = moment_compare, .hash = moment_hash, \
  .repr = moment_repr, .str = moment_str, .format = moment_format

static const StrataPySlots date_slots = {
  .name = "date",
  .methods = date_methods,
  .class_methods = strata_py_date_class_methods,
  .lacking = " ctime fromordinal isocalendar timetuple max min resolution fromisocalendar fromtimestamp ",
  .parameters = "year, month, day",
  .construct = construct_date,
  MOMENT_SLOTS,
};

static const StrataPySlots datetime_slots = {
  .name = "datetime",
  .methods = datetime_methods,
  .class_methods = strata_py_datetime_class_methods,
  .lacking = " utcoffset tzname dst timetz fold utctimetuple ",
  .parameters = "year, month, day, hour=, minute=, second=, microsecond=, tzinfo=",
  .construct = construct_datetime,
  MOMENT_SLOTS,
};

static const StrataPySlots time_slots = {
  .name = "time",
  .methods = time_methods,
  .lacking = " replace fromisoformat utcoffset tzname dst fold max min ",
  .parameters = "hour=, minute=, second=, microsecond=, tzinfo=",
  .construct = construct_time,
  MOMENT_SLOTS,
};

void
strata_py_fill_dates (Machine *py,
                      Value   *module,
                      Moments *all)
{
  Moment *least;

  all->date = strata_py_class (py, &date_slots, NULL);
  all->datetime = strata_py_class (py, &datetime_slots, all->date);
  all->time = strata_py_class (py, &time_slots, NULL);
  all->date->module = all->datetime->module = all->time->module = "datetime";
  strata_py_set (py, module, "date", &all->date->base);
  strata_py_set (py, module, "datetime", &all->datetime->base);
  strata_py_set (py, module, "time", &all->time->base);

  least = strata_py_host_object (py, all->datetime, sizeof (Moment));
  least->day = 1;
  all->datetime->base.attributes = strata_py_dict (py);
  strata_py_dict_set_name (py, all->datetime->base.attributes, "min", &least->base);
}
