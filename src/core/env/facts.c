/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/env/facts.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/env/natives.h"

struct _StrataEnvFacts
{
  gatomicrefcount       ref_count;
  StrataPyArena        *arena;
  StrataEnvTraits       traits;
  const StrataEnvValue *url;
  const StrataEnvValue *settings[STRATA_ENV_N_SETTINGS];
  GPtrArray            *sources;      /* StrataEnvValue, in the arena */
};

G_DEFINE_BOXED_TYPE (StrataEnvFacts, strata_env_facts, strata_env_facts_ref, strata_env_facts_unref)

static void
reader_init (StrataEnvReader       *self,
             const StrataEnvSource *source,
             StrataPyArena         *arena,
             GPtrArray             *findings)
{
  StrataPlace nowhere = { NULL };

  *self = (StrataEnvReader) { .source = source, .arena = arena, .findings = findings };
  self->scratch = strata_py_arena_new ();
  self->tables = g_ptr_array_new_with_free_func ((GDestroyNotify) g_hash_table_unref);
  self->sources = g_ptr_array_new ();
  self->trail = g_array_new (FALSE, FALSE, sizeof (StrataEnvChange));
  self->modules = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, strata_env_module_free);
  self->running = g_hash_table_new (NULL, NULL);
  self->needed = g_ptr_array_new ();
  self->guards = g_ptr_array_new ();
  self->before = g_ptr_array_new_with_free_func (g_free);
  self->after = g_ptr_array_new_with_free_func (g_free);
  self->trees = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_py_tree_unref);
  self->world = strata_env_thing_new (self, STRATA_THING_DICT, nowhere);
  self->ini = strata_env_thing_new (self, STRATA_THING_DICT, nowhere);
  self->attributes = strata_env_thing_new (self, STRATA_THING_DICT, nowhere);
  self->patches = strata_env_thing_new (self, STRATA_THING_DICT, nowhere);
  self->facts = strata_env_thing_new (self, STRATA_THING_DICT, nowhere);
  strata_env_cell_keep (self, self->world, "environ", strata_env_thing_new (self, STRATA_THING_ENVIRONMENT, nowhere));
}

static void
reader_clear (StrataEnvReader *self)
{
  g_hash_table_unref (self->running);
  g_hash_table_unref (self->modules);
  g_ptr_array_unref (self->tables);
  g_ptr_array_unref (self->sources);
  g_array_unref (self->trail);
  g_ptr_array_unref (self->needed);
  g_ptr_array_unref (self->guards);
  g_ptr_array_unref (self->before);
  g_ptr_array_unref (self->after);
  g_ptr_array_unref (self->trees);
  strata_py_arena_free (self->scratch);
}

static void
read_script (StrataEnvReader *self)
{
  const StrataEnvSource *source = self->source;
  const StrataEnvText text = { (char *) source->path, (char *) source->text, source->length };

  strata_env_flask_start (self);
  strata_env_module_enter (self, strata_env_module_new (self, "", &text));
}

static const StrataEnvValue *
find_url (StrataEnvReader *self)
{
  StrataEnvThing *found = strata_env_cell_get (self->facts, "url");
  const StrataEnvValue *url, *stop;
  StrataPlace place = { strata_py_arena_strndup (self->arena, self->source->path, strlen (self->source->path)), 0, 0 };

  if (self->given_up)
    return strata_env_value_new_leaf (self->arena, STRATA_ENV_OP_UNKNOWN, place,
                                      _("env.py is too long a program to follow"));
  if (self->lost != NULL)
    return self->lost;
  if (found == NULL)
    return strata_env_value_new_leaf (self->arena, STRATA_ENV_OP_UNKNOWN, place,
                                      _("no context.configure() was found that a run comes to"));

  url = strata_env_thing_to_value (self, found);
  if (self->app_condition == NULL)
    return url;
  if (strata_env_value_find_unknown (self->app_condition) != NULL)
    return strata_env_value_new_op (self->arena, STRATA_ENV_OP_CHOICE, place, 0, 3, self->app_condition, url,
                                    strata_env_value_find_unknown (self->app_condition));

  stop = strata_env_value_new_leaf (self->arena, STRATA_ENV_OP_STOP, place, _("the application that FLASK_APP names"));
  stop = strata_env_value_new_op (self->arena, STRATA_ENV_OP_CHOICE, place, 0, 3, self->app_condition, url, stop);

  return strata_env_value_new_op (self->arena, STRATA_ENV_OP_AFTER, place, 0, 2, stop, url);
}

/* The code may stop Python before anything is connected to. */
static const StrataEnvValue *
add_guards (StrataEnvReader      *self,
            const StrataEnvValue *url)
{
  for (guint i = self->guards->len; i > 0; i--)
    {
      const StrataEnvValue *guard = self->guards->pdata[i - 1];

      if (strata_env_value_find_unknown (guard) == NULL)
        url = strata_env_value_new_op (self->arena, STRATA_ENV_OP_AFTER, guard->place, 0, 2, guard, url);
    }

  return url;
}

static const StrataEnvValue *
find_setting (StrataEnvReader  *self,
              StrataEnvSetting  setting)
{
  StrataEnvThing *found = strata_env_cell_get (self->facts, strata_env_setting_get_name (setting));

  if (found == NULL || (found->kind == STRATA_THING_OUTSIDE && strcmp (found->text, STRATA_ENV_NOT_GIVEN) == 0))
    return NULL;

  return strata_env_thing_to_value (self, found);
}

static void
add_source (StrataEnvFacts       *self,
            const StrataEnvValue *value)
{
  for (guint i = 0; i < self->sources->len; i++)
    if (strata_env_value_equal (self->sources->pdata[i], value))
      return;

  g_ptr_array_add (self->sources, (gpointer) value);
}

static gboolean
looks_like_url (const StrataEnvValue *value)
{
  gboolean is_text = value->op == STRATA_ENV_OP_TEXT || value->op == STRATA_ENV_OP_ENTRY;
  const char *parts = is_text ? strstr (value->text, "://") : NULL;

  return parts != NULL && parts != value->text && parts[strlen ("://")] != '\0';
}

/* Leaves that the URL is made of, or may be. */
static void
collect_leaves (StrataEnvFacts       *self,
                const StrataEnvValue *value,
                guint                *budget)
{
  if (*budget == 0)
    return;

  (*budget)--;
  if ((value->op >= STRATA_ENV_OP_VARIABLE && value->op <= STRATA_ENV_OP_X_ARGUMENT) || looks_like_url (value))
    add_source (self, value);
  for (guint i = 0; i < value->n_parts; i++)
    collect_leaves (self, value->parts[i], budget);
}

/* Where the URL was not understood, whatever was read under a name that databases have. */
static void
collect_reads (StrataEnvFacts  *self,
               StrataEnvReader *reader)
{
  static const char * const words[] = { "url", "uri", "dsn", "database", "connection", "sqlalchemy" };

  for (guint i = 0; i < reader->sources->len; i++)
    {
      const StrataEnvValue *value = reader->sources->pdata[i];
      g_autofree char *name = g_ascii_strdown (value->text, -1);

      for (guint j = 0; j < G_N_ELEMENTS (words); j++)
        if (strstr (name, words[j]) != NULL)
          {
            add_source (self, value);
            break;
          }
    }
}

/* Whether nothing at all is known of it, however it is dressed. */
static gboolean
is_wholly_unknown (const StrataEnvValue *value)
{
  while (value->n_parts == 1 || value->op == STRATA_ENV_OP_AFTER)
    value = value->parts[value->n_parts - 1];

  return value->op == STRATA_ENV_OP_UNKNOWN;
}

static void
report_unknown (GPtrArray            *findings,
                const StrataEnvValue *value,
                gboolean              is_url,
                const char           *what)
{
  const StrataEnvValue *unknown = value != NULL ? strata_env_value_find_unknown (value) : NULL;
  StrataSeverity severity = is_url && unknown != NULL && is_wholly_unknown (value) ? STRATA_SEVERITY_WARNING
                                                                                   : STRATA_SEVERITY_NOTE;

  if (unknown == NULL || unknown->op != STRATA_ENV_OP_UNKNOWN)
    return;

  g_ptr_array_add (findings, strata_finding_new (severity, "env-not-understood", unknown->place,
                                                 is_url ? _("Name the database with --url, -p or STRATA_URL") : NULL,
                                                 is_wholly_unknown (value) ? _("%s could not be read from env.py: %s")
                                                 : _("%s could not be read from env.py in every case: %s"),
                                                 what, unknown->text));
}

static gboolean
is_offline_setting (StrataEnvSetting setting)
{
  return setting == STRATA_ENV_LITERAL_BINDS || setting == STRATA_ENV_PARAMSTYLE;
}

static void
read_online (StrataEnvFacts  *self,
             StrataEnvReader *reader)
{
  guint budget = 2000;

  self->url = find_url (reader);
  self->traits = reader->traits;
  g_ptr_array_set_size (self->sources, 0);
  collect_leaves (self, self->url, &budget);
  if (strata_env_value_find_unknown (self->url) != NULL)
    collect_reads (self, reader);
  self->url = add_guards (reader, self->url);
}

static void
read_way (StrataEnvFacts        *self,
          const StrataEnvSource *source,
          GHashTable            *texts,
          gboolean               offline,
          GPtrArray             *findings)
{
  StrataEnvReader reader;

  reader_init (&reader, source, self->arena, findings);
  reader.texts = texts;
  reader.offline = offline;
  read_script (&reader);

  for (StrataEnvSetting setting = 0; setting < STRATA_ENV_N_SETTINGS; setting++)
    if (is_offline_setting (setting) == reader.offline)
      self->settings[setting] = find_setting (&reader, setting);
  if (!reader.offline)
    read_online (self, &reader);

  reader_clear (&reader);
}

static void
free_text (gpointer data)
{
  StrataEnvText *text = data;

  g_free (text->path);
  g_free (text->text);
  g_free (text);
}

StrataEnvFacts *
strata_env_facts_read (const StrataEnvSource *source,
                       GPtrArray             *findings)
{
  StrataEnvFacts *self = g_new0 (StrataEnvFacts, 1);
  g_autoptr(GHashTable) texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_text);

  g_atomic_ref_count_init (&self->ref_count);
  self->arena = strata_py_arena_new ();
  self->sources = g_ptr_array_new ();

  read_way (self, source, texts, FALSE, findings);
  read_way (self, source, texts, TRUE, NULL);

  report_unknown (findings, self->url, TRUE, _("The database's URL"));
  for (StrataEnvSetting setting = 0; setting < STRATA_ENV_N_SETTINGS; setting++)
    report_unknown (findings, self->settings[setting], FALSE, strata_env_setting_get_name (setting));

  return self;
}

StrataEnvFacts *
strata_env_facts_ref (StrataEnvFacts *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
strata_env_facts_unref (StrataEnvFacts *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_ptr_array_unref (self->sources);
  strata_py_arena_free (self->arena);
  g_free (self);
}

const StrataEnvValue *
strata_env_facts_get_setting (const StrataEnvFacts *self,
                              StrataEnvSetting      setting)
{
  g_return_val_if_fail (setting < STRATA_ENV_N_SETTINGS, NULL);

  return self->settings[setting];
}

StrataEnvTraits
strata_env_facts_get_traits (const StrataEnvFacts *self)
{
  return self->traits;
}

const StrataEnvValue *
strata_env_facts_get_url (const StrataEnvFacts *self)
{
  return self->url;
}

GPtrArray *
strata_env_facts_get_sources (const StrataEnvFacts *self)
{
  return self->sources;
}
