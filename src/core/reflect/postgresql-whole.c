/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/reflect/postgresql-whole-private.h"
#include "core/reflect/reflect-private.h"

#include "core/base/files.h"

/* Names of objects that are not in pg_catalog are qualified in all texts, whatever the session's path is. A planner that
 * takes a catalog for small, as nobody analyzed it since it grew, must not make it quadratic, nor compile anything. */
#define PREPARE \
  "SELECT pg_catalog.set_config ('search_path', '', true), pg_catalog.set_config ('enable_nestloop', 'off', true), " \
  "pg_catalog.set_config ('jit', 'off', true)"

/* In the order in which the answers are read: what others hang on and are made of comes first. */
static const struct
{
  const char      *resource;
  StrataWholeRead  read;
} questions[] = {
  { "sql/postgresql/whole-schemas.sql", strata_whole_read_schemas },
  { "sql/postgresql/whole-extensions.sql", strata_whole_read_extensions },
  { "sql/postgresql/whole-collations.sql", strata_whole_read_collations },
  { "sql/postgresql/whole-types.sql", strata_whole_read_types },
  { "sql/postgresql/whole-domain-checks.sql", strata_whole_read_domain_checks },
  { "sql/postgresql/whole-composites.sql", strata_whole_read_composites },
  { "sql/postgresql/whole-ranges.sql", strata_whole_read_ranges },
  { "sql/postgresql/whole-relations.sql", strata_whole_read_relations },
  { "sql/postgresql/whole-columns.sql", strata_whole_read_columns },
  { "sql/postgresql/whole-sequences.sql", strata_whole_read_sequences },
  { "sql/postgresql/whole-names.sql", strata_whole_read_names },
  { "sql/postgresql/whole-constraints.sql", strata_whole_read_constraints },
  { "sql/postgresql/whole-indexes.sql", strata_whole_read_indexes },
  { "sql/postgresql/whole-index-targets.sql", strata_whole_read_index_targets },
  { "sql/postgresql/whole-routines.sql", strata_whole_read_routines },
  { "sql/postgresql/whole-aggregates.sql", strata_whole_read_aggregates },
  { "sql/postgresql/whole-triggers.sql", strata_whole_read_triggers },
  { "sql/postgresql/whole-rules.sql", strata_whole_read_rules },
  { "sql/postgresql/whole-policies.sql", strata_whole_read_policies },
  { "sql/postgresql/whole-statistics.sql", strata_whole_read_statistics },
  { "sql/postgresql/whole-privileges.sql", strata_whole_read_privileges },
  { "sql/postgresql/whole-owners.sql", strata_whole_read_owners },
  { "sql/postgresql/whole-default-privileges.sql", strata_whole_read_default_privileges },
  { "sql/postgresql/whole-members.sql", strata_whole_read_members },
  { "sql/postgresql/whole-uncovered.sql", strata_whole_read_uncovered },
  { "sql/postgresql/whole-needs.sql", strata_whole_read_needs },
};

typedef struct
{
  StrataRows *schemas;                              /* with the session's own path */
  StrataRows *answers[G_N_ELEMENTS (questions)];
} Answers;

static void
answers_clear (Answers *self)
{
  g_clear_pointer (&self->schemas, strata_rows_free);
  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    g_clear_pointer (&self->answers[i], strata_rows_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Answers, answers_clear)

/* All questions in one round trip. */
static gboolean
ask (StrataConnection  *connection,
     Answers           *answers,
     GCancellable      *cancellable,
     GError           **error)
{
  StrataBatchItem items[2 + G_N_ELEMENTS (questions)] = {
    { .sql = strata_resource_text ("sql/postgresql/reflect-schemas.sql"), .length = -1, .rows = &answers->schemas },
    { .sql = PREPARE, .length = -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    items[2 + i] = (StrataBatchItem) {
      .sql = strata_resource_text (questions[i].resource), .length = -1, .rows = &answers->answers[i],
    };

  return strata_connection_execute_batch (connection, items, G_N_ELEMENTS (items), cancellable, error)
         == G_N_ELEMENTS (items);
}

/* In a transaction of its own, or below a savepoint of the one that is open, which gets its path back by it, and goes on
 * where a question fails. */
static gboolean
ask_in_transaction (StrataConnection  *connection,
                    Answers           *answers,
                    GCancellable      *cancellable,
                    GError           **error)
{
  gboolean is_inside = strata_connection_in_transaction (connection);
  gboolean well;

  if (is_inside ? !strata_connection_execute (connection, "SAVEPOINT strata_reflect", -1, NULL, 0, NULL, cancellable, error)
                : !strata_connection_begin (connection, FALSE, cancellable, error))
    return FALSE;

  well = ask (connection, answers, cancellable, error);
  if (!is_inside)
    strata_connection_rollback (connection);
  else if (!strata_connection_execute (connection, "ROLLBACK TO SAVEPOINT strata_reflect", -1, NULL, 0, NULL, NULL,
                                       well ? error : NULL)
           || !strata_connection_execute (connection, "RELEASE SAVEPOINT strata_reflect", -1, NULL, 0, NULL, NULL,
                                          well ? error : NULL))
    return FALSE;

  return well;
}

/* The snapshot is that of the catalogs' rows alone: texts are made by what the server knows now, and one of an object that
 * somebody drops meanwhile fails as an internal error. */
static gboolean
is_vanished (const GError *error)
{
  const StrataServerMessage *message = strata_database_error_get_message (error);

  return message != NULL && g_strcmp0 (message->sqlstate, "XX000") == 0;
}

static gboolean
ask_until_still (StrataConnection  *connection,
                 Answers           *answers,
                 GCancellable      *cancellable,
                 GError           **error)
{
  enum { N_TRIES = 10 };

  for (guint i = 1;; i++)
    {
      g_autoptr(GError) failure = NULL;

      if (ask_in_transaction (connection, answers, cancellable, &failure))
        return TRUE;

      answers_clear (answers);
      if (i == N_TRIES || !is_vanished (failure))
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
    }
}

static void
read_answers (StrataWhole *self,
              Answers     *answers)
{
  strata_postgresql_fill_schemas (&self->reader, answers->schemas);
  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    {
      /* Who needs whom is said by the objects' places. */
      if (questions[i].read == strata_whole_read_needs)
        strata_whole_sort (self);
      questions[i].read (self, answers->answers[i]);
      g_clear_pointer (&answers->answers[i], strata_rows_free);
    }
}

static void
whole_clear (StrataWhole *self)
{
  for (guint i = 0; i < self->things->len; i++)
    g_free (((StrataThing *) self->things->pdata[i])->columns);
  for (guint i = 0; i < STRATA_N_CATALOGS; i++)
    g_hash_table_unref (self->known[i]);
  g_clear_pointer (&self->classes, g_hash_table_unref);
  g_clear_pointer (&self->collations, g_hash_table_unref);
  g_hash_table_unref (self->reader.named);
  g_ptr_array_unref (self->reader.tables);
  g_ptr_array_unref (self->things);
}

gboolean
strata_reflect_postgresql_whole (StrataPicture           *picture,
                                 StrataConnection        *connection,
                                 const StrataReflectOwn  *own,
                                 GCancellable            *cancellable,
                                 GError                 **error)
{
  StrataWhole self = {
    .reader = { .picture = picture, .named = g_hash_table_new (g_str_hash, g_str_equal), .tables = g_ptr_array_new () },
    .own = own,
    .things = g_ptr_array_new (),
  };
  g_auto(Answers) answers = { NULL };
  gboolean well = ask_until_still (connection, &answers, cancellable, error);

  for (guint i = 0; i < STRATA_N_CATALOGS; i++)
    self.known[i] = g_hash_table_new (g_direct_hash, g_direct_equal);

  if (well)
    {
      read_answers (&self, &answers);
      strata_whole_settle (&self);
    }
  whole_clear (&self);

  return well;
}
