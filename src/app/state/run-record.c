/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/state/run-record.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/state/run-words.h"

struct _StrataRunRecord
{
  GObject               parent_instance;

  /* owned; at least one of the two */
  StrataRunJob         *job;
  GPtrArray            *entries;    /* StrataLedgerEntry, oldest first */

  /* values */
  StrataRunRecordState  state;
};

enum
{
  PROP_0,
  PROP_STATE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (StrataRunRecord, strata_run_record, G_TYPE_OBJECT)

G_DEFINE_ENUM_TYPE (StrataRunRecordState, strata_run_record_state,
                    G_DEFINE_ENUM_VALUE (STRATA_RECORD_RUNNING, "running"),
                    G_DEFINE_ENUM_VALUE (STRATA_RECORD_DONE, "done"),
                    G_DEFINE_ENUM_VALUE (STRATA_RECORD_STOPPED, "stopped"),
                    G_DEFINE_ENUM_VALUE (STRATA_RECORD_FAILED, "failed"),
                    G_DEFINE_ENUM_VALUE (STRATA_RECORD_UNFINISHED, "unfinished"))

static StrataLedgerEntry *
get_entry (StrataRunRecord *self,
           guint            index)
{
  return g_ptr_array_index (self->entries, index);
}

static StrataRunRecordState
judge_job (StrataRunJob *job)
{
  switch (strata_run_job_get_progress (job)->state)
    {
    case STRATA_RUN_JOB_DONE:
      return STRATA_RECORD_DONE;
    case STRATA_RUN_JOB_FAILED:
      return STRATA_RECORD_FAILED;
    case STRATA_RUN_JOB_CANCELLED:
      return STRATA_RECORD_STOPPED;
    case STRATA_RUN_JOB_CONNECTING:
    case STRATA_RUN_JOB_WAITING:
    case STRATA_RUN_JOB_RUNNING:
    default:
      return STRATA_RECORD_RUNNING;
    }
}

/* A run ends where its last step ended. */
static StrataRunRecordState
judge_entries (StrataRunRecord *self)
{
  static const StrataRunRecordState states[] = {
    [STRATA_LEDGER_RUNNING] = STRATA_RECORD_UNFINISHED,
    [STRATA_LEDGER_DONE] = STRATA_RECORD_DONE,
    [STRATA_LEDGER_FAILED] = STRATA_RECORD_FAILED,
    [STRATA_LEDGER_CANCELLED] = STRATA_RECORD_STOPPED,
  };

  return states[get_entry (self, self->entries->len - 1)->state];
}

static void
judge (StrataRunRecord *self)
{
  StrataRunRecordState state = self->job != NULL ? judge_job (self->job) : judge_entries (self);

  if (self->state == state)
    return;

  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static void
strata_run_record_finalize (GObject *object)
{
  StrataRunRecord *self = STRATA_RUN_RECORD (object);

  g_clear_object (&self->job);
  g_clear_pointer (&self->entries, g_ptr_array_unref);

  G_OBJECT_CLASS (strata_run_record_parent_class)->finalize (object);
}

static void
strata_run_record_get_property (GObject    *object,
                                guint       id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_STATE:
      g_value_set_enum (value, STRATA_RUN_RECORD (object)->state);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_run_record_class_init (StrataRunRecordClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = strata_run_record_finalize;
  object_class->get_property = strata_run_record_get_property;

  properties[PROP_STATE] =
    g_param_spec_enum ("state", NULL, NULL, STRATA_TYPE_RUN_RECORD_STATE, STRATA_RECORD_RUNNING,
                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
strata_run_record_init (StrataRunRecord *self)
{
}

StrataRunRecord *
strata_run_record_new_job (StrataRunJob *job)
{
  StrataRunRecord *self = g_object_new (STRATA_TYPE_RUN_RECORD, NULL);

  self->job = g_object_ref (job);
  g_signal_connect_object (job, "notify::state", G_CALLBACK (judge), self, G_CONNECT_SWAPPED);
  judge (self);

  return self;
}

StrataRunRecord *
strata_run_record_new_entries (GPtrArray *entries)
{
  StrataRunRecord *self = g_object_new (STRATA_TYPE_RUN_RECORD, NULL);

  strata_run_record_set_entries (self, entries);

  return self;
}

void
strata_run_record_set_entries (StrataRunRecord *self,
                               GPtrArray       *entries)
{
  g_return_if_fail (STRATA_IS_RUN_RECORD (self));
  g_return_if_fail (entries->len > 0);

  g_ptr_array_ref (entries);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  self->entries = entries;
  judge (self);
}

StrataRunRecordState
strata_run_record_get_state (StrataRunRecord *self)
{
  return self->state;
}

StrataRunJob *
strata_run_record_get_job (StrataRunRecord *self)
{
  return self->job;
}

GPtrArray *
strata_run_record_get_entries (StrataRunRecord *self)
{
  return self->entries;
}

const char *
strata_run_record_get_run (StrataRunRecord *self)
{
  StrataRunReport *report = self->job != NULL ? strata_run_job_get_report (self->job) : NULL;

  if (self->entries != NULL)
    return get_entry (self, 0)->run;

  return report != NULL ? report->run : NULL;
}

gboolean
strata_run_record_is_called (StrataRunRecord *self,
                             const char      *name)
{
  return g_strcmp0 (strata_run_record_get_run (self), name) == 0
         || (self->job != NULL && g_strcmp0 (strata_run_job_get_name (self->job), name) == 0);
}

static gint64
parse_moment (const char *text)
{
  g_autoptr(GDateTime) moment = g_date_time_new_from_iso8601 (text, NULL);

  return moment != NULL ? g_date_time_to_unix (moment) * G_USEC_PER_SEC + g_date_time_get_microsecond (moment) : 0;
}

gint64
strata_run_record_get_began (StrataRunRecord *self)
{
  return self->job != NULL ? strata_run_job_get_began (self->job) : parse_moment (get_entry (self, 0)->started);
}

gint64
strata_run_record_get_duration (StrataRunRecord *self)
{
  const StrataLedgerEntry *last;

  if (self->job != NULL)
    return strata_run_job_get_elapsed (self->job);

  last = get_entry (self, self->entries->len - 1);

  return MAX (parse_moment (last->started) + last->duration_us - parse_moment (get_entry (self, 0)->started), 0);
}

const char *
strata_run_record_get_action (StrataRunRecord *self)
{
  return self->job != NULL ? strata_run_job_get_action (self->job) : get_entry (self, 0)->action;
}

static guint
count_steps (StrataRunRecord *self)
{
  return self->job != NULL ? strata_run_job_get_progress (self->job)->n_steps : self->entries->len;
}

char *
strata_run_record_dup_title (StrataRunRecord *self)
{
  const char *action = strata_run_words_get_action (strata_run_record_get_action (self));
  guint n = count_steps (self);
  g_autofree char *revisions = g_strdup_printf (ngettext ("%u revision", "%u revisions", n), n);

  /* Translators: "Upgrade, 3 revisions". */
  return n > 0 ? g_strdup_printf (_("%s, %s"), action, revisions) : g_strdup (action);
}

char *
strata_run_record_dup_result (StrataRunRecord *self)
{
  switch (self->state)
    {
    case STRATA_RECORD_RUNNING:
      return g_strdup (_("Running"));
    case STRATA_RECORD_DONE:
      return g_strdup (_("Done"));
    case STRATA_RECORD_STOPPED:
      return g_strdup (_("Stopped"));
    case STRATA_RECORD_FAILED:
      return g_strdup (_("Failed"));
    case STRATA_RECORD_UNFINISHED:
    default:
      return g_strdup (_("Not finished: it goes on elsewhere, or was killed"));
    }
}

char *
strata_run_record_dup_who (StrataRunRecord *self)
{
  const char *who = self->entries != NULL ? get_entry (self, 0)->who : g_get_user_name ();
  const char *host = self->entries != NULL ? get_entry (self, 0)->host : g_get_host_name ();

  /* Translators: a person and the computer that was used. */
  return g_strdup_printf (_("%s on %s"), who, host);
}
