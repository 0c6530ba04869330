/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/library-datetime.h"

/* What makes dates and times: the clock, texts, other ones. */

static Value *
from_now (Machine *py,
          Class   *class,
          Zone    *zone)
{
  gint64 total = py->now + (zone != NULL ? zone->offset : 0);

  return strata_py_vary (py, strata_py_moment (py, class, total / DAY + 719163, total % DAY, zone));
}

/* Without a timezone: by the clock of the machine. */
static gint64
local_offset (Machine *py)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();

  return g_time_zone_get_offset (zone, g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, py->now / SECOND)) * SECOND;
}

static Value *
datetime_now (Machine *py,
              Value   *class,
              Value  **arguments)
{
  Zone local = { .offset = local_offset (py) };
  Moment *self;

  if (arguments[0] != NULL && !IS_NONE (arguments[0]))
    return arguments[0]->class == strata_py_moments (py)->zone
           ? from_now (py, (Class *) class, (Zone *) arguments[0]) : strata_py_refuse (py, "this timezone is not known here");
  self = (Moment *) from_now (py, (Class *) class, &local);
  if (self != NULL)
    self->zone = NULL;

  return (Value *) self;
}

static Value *
datetime_utcnow (Machine *py,
                 Value   *class,
                 Value  **arguments)
{
  return from_now (py, (Class *) class, NULL);
}

static Value *
date_today (Machine *py,
            Value   *class,
            Value  **arguments)
{
  Moments *all = strata_py_moments (py);
  Value *none[] = { NULL };
  Value *now = datetime_now (py, class, none);

  if (now != NULL && (Class *) class == all->date)
    ((Moment *) now)->rest = 0;

  return now;
}

static Value *
at_seconds (Machine     *py,
            Value       *class,
            const Value *timestamp,
            Zone        *zone)
{
  gint64 seconds, moment;

  if (!strata_py_value_get_int (timestamp, &seconds))
    return strata_py_refuse (py, "how Python rounds this timestamp is not followed");
  seconds = CLAMP (seconds, -G_MAXINT32 * (gint64) 64, G_MAXINT32 * (gint64) 256);
  moment = seconds * SECOND + (zone != NULL ? zone->offset : 0) + 719163 * DAY;

  return strata_py_moment (py, (Class *) class, moment / DAY, moment % DAY, zone);
}

static Value *
from_timestamp (Machine *py,
                Value   *class,
                Value  **arguments)
{
  if (arguments[1] == NULL || arguments[1]->class != strata_py_moments (py)->zone)
    return strata_py_refuse (py, "the timezone of the machine decides");

  return at_seconds (py, class, arguments[0], (Zone *) arguments[1]);
}

static Value *
from_utc_timestamp (Machine *py,
                    Value   *class,
                    Value  **arguments)
{
  return at_seconds (py, class, arguments[0], NULL);
}

static Value *
from_iso (Machine *py,
          Value   *class,
          Value  **arguments)
{
  const char *text = strata_py_value_get_text (arguments[0], NULL);

  return text != NULL ? strata_py_parse_iso (py, (Class *) class, text)
                      : strata_py_raise (py, "TypeError", "fromisoformat: argument must be str");
}

static Value *
combine (Machine *py,
         Value   *class,
         Value  **arguments)
{
  Moments *all = strata_py_moments (py);

  if (!strata_py_is_instance (arguments[0], all->date) || !strata_py_is_instance (arguments[1], all->time))
    return strata_py_raise (py, "TypeError", "combine() arguments must be a date and a time");

  return strata_py_moment (py, (Class *) class, ((Moment *) arguments[0])->day, ((Moment *) arguments[1])->rest,
                           ((Moment *) arguments[1])->zone);
}

static Value *
parse (Machine *py,
       Value   *class,
       Value  **arguments)
{
  const char *text = strata_py_value_get_text (arguments[0], NULL);
  const char *format = strata_py_value_get_text (arguments[1], NULL);

  return text != NULL && format != NULL ? strata_py_parse_moment (py, text, format)
                                        : strata_py_raise (py, "TypeError", "strptime() arguments must be str");
}

const StrataPyNative strata_py_date_class_methods[] = {
  { "fromisoformat", "text, /", from_iso },
  { "today", NULL, date_today },
  { NULL }
};

const StrataPyNative strata_py_datetime_class_methods[] = {
  { "combine", "date, time", combine },
  { "fromtimestamp", "timestamp, tz=", from_timestamp },
  { "now", "tz=", datetime_now },
  { "strptime", "text, format, /", parse },
  { "utcfromtimestamp", "timestamp, /", from_utc_timestamp },
  { "utcnow", NULL, datetime_utcnow },
  { NULL }
};
