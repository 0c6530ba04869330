/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/python/evaluate.h"
#include "core/python/library.h"

G_BEGIN_DECLS

/* In microseconds. */
#define SECOND G_GINT64_CONSTANT (1000000)
#define HOUR   (3600 * SECOND)
#define DAY    (24 * HOUR)

typedef struct { Value base; Wide total; } Delta;
typedef struct { Value base; gint64 offset; } Zone;

/* date, datetime and time, which have all or some of it. */
typedef struct
{
  Value   base;
  gint64  day;          /* of the calendar: 1 is 0001-01-01 */
  gint64  rest;         /* of the day */
  Zone   *zone;         /* NULL: naive */
} Moment;

/* The classes of one machine, kept in its module. */
typedef struct
{
  Value  base;
  Class *delta, *zone, *date, *datetime, *time;
  Value *utc;
} Moments;

extern const StrataPyNative strata_py_date_class_methods[];
extern const StrataPyNative strata_py_datetime_class_methods[];

Moments *strata_py_moments       (Machine *py);
Value   *strata_py_delta         (Machine *py, Moments *all, Wide total);
void     strata_py_append_clock  (GString *out, gint64 rest, gboolean hours_of_two);
void     strata_py_append_offset (GString *out, gint64 offset, const char *colon);
void     strata_py_fill_dates    (Machine *py, Value *module, Moments *all);

gint64   strata_py_day_of        (gint64 year, gint64 month, gint64 day);
void     strata_py_date_of       (gint64 number, int *year, int *month, int *day);
int      strata_py_days_in_month (gint64 year, gint64 month);
Value   *strata_py_moment        (Machine *py, Class *class, gint64 day, gint64 rest, Zone *zone);
/* By a format as of strftime(); NULL: failed, or refused. */
Value   *strata_py_format_moment (Machine *py, Moment *self, const char *format);
Value   *strata_py_parse_moment  (Machine *py, const char *text, const char *format);
Value   *strata_py_parse_iso     (Machine *py, Class *class, const char *text);

G_END_DECLS
