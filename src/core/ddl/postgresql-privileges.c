/* SPDX-License-Identifier: GPL-3.0-or-later */

/* GRANT and REVOKE. All lists are of what differs from a new object's privileges (StrataPictureGrant), in order. */

#include "config.h"

#include "core/ddl/postgresql-private.h"

#include <string.h>

typedef enum
{
  ACTION_REVOKE,
  ACTION_REVOKE_OPTION,
  ACTION_GRANT,
  ACTION_GRANT_WITH_OPTION,
  N_ACTIONS,
} Action;

typedef struct
{
  const StrataPicture      *picture;
  const StrataObject       *object;
  const StrataPictureGrant *first;              /* of those of one column and one grantee */
  GPtrArray                *found[N_ACTIONS];   /* const StrataPictureGrant*, of the same */
  GHashTable               *revoked;            /* "grantee\nprivilege", of the whole: columns have lost it too */
  GPtrArray                *statements;
} Writer;

static int
compare_subjects (const StrataPictureGrant *a,
                  const StrataPictureGrant *b)
{
  int order = g_strcmp0 (a->column, b->column);

  if (order == 0)
    order = a->is_of_sequence - b->is_of_sequence;

  return order != 0 ? order : g_strcmp0 (a->grantee, b->grantee);
}

int
strata_ddl_compare_grants (gconstpointer a,
                           gconstpointer b)
{
  const StrataPictureGrant *one = *(const StrataPictureGrant * const *) a, *other = *(const StrataPictureGrant * const *) b;
  int order = compare_subjects (one, other);

  return order != 0 ? order : strcmp (one->privilege, other->privilege);
}

static Action
find_action (const StrataPictureGrant *have,
             const StrataPictureGrant *want)
{
  gboolean has = have != NULL && !have->is_revoked, lacks = have != NULL && have->is_revoked;

  if (want == NULL)
    return has ? ACTION_REVOKE : lacks ? ACTION_GRANT : N_ACTIONS;
  if (want->is_revoked)
    return lacks ? N_ACTIONS : ACTION_REVOKE;
  if (!has)
    return want->is_grantable ? ACTION_GRANT_WITH_OPTION : ACTION_GRANT;
  if (have->is_grantable == want->is_grantable)
    return N_ACTIONS;

  return want->is_grantable ? ACTION_GRANT_WITH_OPTION : ACTION_REVOKE_OPTION;
}

/* "TABLES", as ALTER DEFAULT PRIVILEGES has it; NULL for what knows no privileges. */
static const char *
get_class (const StrataObject *object)
{
  switch ((guint) object->kind)
    {
    case STRATA_OBJECT_TABLE:
    case STRATA_OBJECT_VIEW:
    case STRATA_OBJECT_MATERIALIZED_VIEW:
      return "TABLES";
    case STRATA_OBJECT_SEQUENCE:
      return "SEQUENCES";
    case STRATA_OBJECT_ROUTINE:
    case STRATA_OBJECT_AGGREGATE:
      return "FUNCTIONS";
    case STRATA_OBJECT_ENUM:
    case STRATA_OBJECT_DOMAIN:
    case STRATA_OBJECT_COMPOSITE:
    case STRATA_OBJECT_RANGE:
      return "TYPES";
    case STRATA_OBJECT_SCHEMA:
      return "SCHEMAS";
    case STRATA_OBJECT_DEFAULT_PRIVILEGES:
      return object->name;
    default:
      return NULL;
    }
}

/* How many privileges there are: GRANT ALL gives them. */
static guint
count_all (const StrataPicture *picture,
           const StrataObject  *object,
           gboolean             is_of_sequence)
{
  const char *class = get_class (object);

  if (is_of_sequence)
    return 3;
  if (strcmp (class, "TABLES") == 0)
    return picture->version >= 170000 ? 8 : 7;

  return strcmp (class, "SEQUENCES") == 0 ? 3 : 2;
}

static void
append_privileges (const Writer    *self,
                   const GPtrArray *grants,
                   GString         *out)
{
  const StrataPictureGrant *first = g_ptr_array_index (grants, 0);

  if ((first->column == NULL || first->is_of_sequence)
      && grants->len == count_all (self->picture, self->object, first->is_of_sequence))
    {
      g_string_append (out, "ALL");
      return;
    }

  for (guint i = 0; i < grants->len; i++)
    {
      const StrataPictureGrant *grant = g_ptr_array_index (grants, i);

      g_string_append_printf (out, "%s%s", i > 0 ? ", " : "", grant->privilege);
      if (grant->column != NULL && !grant->is_of_sequence)
        {
          g_string_append (out, " (");
          strata_ddl_append_name (out, grant->column);
          g_string_append_c (out, ')');
        }
    }
}

/* "TABLE public.users", "FUNCTION public.f(integer)". */
static void
append_subject (const StrataObject *object,
                GString            *out)
{
  g_autofree char *name = strata_ddl_dup_name (object);
  const char *class = get_class (object);

  if (object->kind == STRATA_OBJECT_DEFAULT_PRIVILEGES)
    {
      g_string_append (out, object->name);
    }
  else if (object->kind == STRATA_OBJECT_AGGREGATE)
    {
      g_auto(GStrv) parts = g_strsplit (strcmp (object->arguments, "*") == 0 ? "" : object->arguments, " ORDER BY ", -1);
      g_autofree char *arguments = g_strjoinv (", ", parts);

      g_string_append (out, "FUNCTION ");
      strata_ddl_append_qualified (out, object->schema, object->name);
      g_string_append_printf (out, "(%s)", g_str_has_prefix (arguments, "ORDER BY ") ? arguments + strlen ("ORDER BY ") : arguments);
    }
  else
    {
      gboolean is_procedure = object->kind == STRATA_OBJECT_ROUTINE && object->of.routine->is_procedure;
      g_autofree char *word = is_procedure ? g_strdup ("PROCEDURE") : g_strndup (class, strlen (class) - 1);

      g_string_append_printf (out, "%s %s", word, name);
    }
}

/* The owner by name where it is another than the one who looked, and so perhaps another than the one who runs it. */
static void
append_grantee (const StrataObject *object,
                const char         *grantee,
                GString            *out)
{
  const char *owner = object->kind == STRATA_OBJECT_DEFAULT_PRIVILEGES ? object->arguments : object->owner;
  const char *name = grantee != NULL ? grantee : owner;

  if (name == NULL)
    g_string_append (out, "CURRENT_USER");
  else if (*name == '\0')
    g_string_append (out, "PUBLIC");
  else
    strata_ddl_append_name (out, name);
}

static void
append_scope (const StrataObject *object,
              GString            *out)
{
  if (object->kind != STRATA_OBJECT_DEFAULT_PRIVILEGES)
    return;

  g_string_append (out, "ALTER DEFAULT PRIVILEGES ");
  if (object->arguments != NULL)
    {
      g_string_append (out, "FOR ROLE ");
      strata_ddl_append_name (out, object->arguments);
      g_string_append_c (out, ' ');
    }
  if (object->schema != NULL)
    {
      g_string_append (out, "IN SCHEMA ");
      strata_ddl_append_name (out, object->schema);
      g_string_append_c (out, ' ');
    }
}

/* The name of an identity column's sequence is known where it is run. */
static char *
dup_for_sequence (const Writer *self,
                  GString      *first,
                  const char   *last)
{
  g_autofree char *name = strata_ddl_dup_name (self->object);
  GString *out = g_string_new ("DO $strata$BEGIN EXECUTE ");

  g_string_append (first, "SEQUENCE ");
  strata_ddl_append_literal (out, first->str);
  g_string_append (out, " || pg_catalog.pg_get_serial_sequence(");
  strata_ddl_append_literal (out, name);
  g_string_append (out, ", ");
  strata_ddl_append_literal (out, self->first->column);
  g_string_append (out, ") || ");
  strata_ddl_append_literal (out, last);
  g_string_append (out, "; END$strata$");

  return g_string_free (out, FALSE);
}

static void
write_statement (const Writer *self,
                 Action        action)
{
  static const char * const verbs[] = { "REVOKE ", "REVOKE GRANT OPTION FOR ", "GRANT ", "GRANT " };
  g_autoptr(GString) first = g_string_new (NULL);
  g_autoptr(GString) last = g_string_new (action < ACTION_GRANT ? " FROM " : " TO ");

  append_scope (self->object, first);
  g_string_append (first, verbs[action]);
  append_privileges (self, self->found[action], first);
  g_string_append (first, " ON ");
  append_grantee (self->object, self->first->grantee, last);
  if (action == ACTION_GRANT_WITH_OPTION)
    g_string_append (last, " WITH GRANT OPTION");

  if (self->first->is_of_sequence)
    {
      g_ptr_array_add (self->statements, dup_for_sequence (self, first, last->str));
      return;
    }

  append_subject (self->object, first);
  g_string_append (first, last->str);
  g_ptr_array_add (self->statements, g_strdup (first->str));
}

static void
flush (Writer *self)
{
  for (Action action = 0; action < N_ACTIONS; action++)
    if (self->found[action]->len > 0)
      {
        write_statement (self, action);
        g_ptr_array_set_size (self->found[action], 0);
      }
}

static void
take (Writer                   *self,
      const StrataPictureGrant *have,
      const StrataPictureGrant *want)
{
  const StrataPictureGrant *grant = want != NULL ? want : have;
  g_autofree char *key = g_strdup_printf ("%s\n%s", grant->grantee != NULL ? grant->grantee : "\n", grant->privilege);
  Action action;

  if (grant->column != NULL && !grant->is_of_sequence && g_hash_table_contains (self->revoked, key))
    have = NULL;
  action = find_action (have, want);
  if (action == N_ACTIONS)
    return;

  if (grant->column == NULL && action == ACTION_REVOKE)
    g_hash_table_add (self->revoked, g_steal_pointer (&key));
  if (self->first != NULL && compare_subjects (self->first, grant) != 0)
    flush (self);
  self->first = grant;
  g_ptr_array_add (self->found[action], (gpointer) grant);
}

void
strata_ddl_grant (const StrataPicture *picture,
                  const StrataObject  *object,
                  const GPtrArray     *have,
                  const GPtrArray     *want,
                  GPtrArray           *statements)
{
  g_autoptr(GHashTable) revoked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Writer writer = { picture, object, .revoked = revoked, .statements = statements };
  guint n_have = have != NULL ? have->len : 0, n_want = want != NULL ? want->len : 0;

  for (Action action = 0; action < N_ACTIONS; action++)
    writer.found[action] = g_ptr_array_new ();

  for (guint i = 0, j = 0; i < n_have || j < n_want;)
    {
      const StrataPictureGrant *old = i < n_have ? g_ptr_array_index (have, i) : NULL;
      const StrataPictureGrant *new = j < n_want ? g_ptr_array_index (want, j) : NULL;
      int order = old == NULL ? 1 : new == NULL ? -1 : strata_ddl_compare_grants (&old, &new);

      take (&writer, order <= 0 ? old : NULL, order >= 0 ? new : NULL);
      i += order <= 0;
      j += order >= 0;
    }
  flush (&writer);

  for (Action action = 0; action < N_ACTIONS; action++)
    g_ptr_array_unref (writer.found[action]);
}

static gboolean
has_place_for (const StrataObject       *object,
               const StrataPictureGrant *grant)
{
  const StrataPictureColumn *column;

  if (grant->column == NULL || object->of.table == NULL)
    return TRUE;

  column = strata_picture_table_find_column (object->of.table, grant->column);

  return column != NULL && (!grant->is_of_sequence || column->identity != NULL);
}

GPtrArray *
strata_ddl_list_grants (const StrataObject *object,
                        const StrataObject *like)
{
  GPtrArray *list = g_ptr_array_new ();

  for (guint i = 0; object->grants != NULL && object->grants[i] != NULL; i++)
    if (like == NULL || has_place_for (like, object->grants[i]))
      g_ptr_array_add (list, (gpointer) object->grants[i]);

  return list;
}

/* A new object has it anyway. */
static gboolean
is_usual (const StrataPictureGrant *grant,
          const char               *class)
{
  return grant->grantee == NULL || (*grant->grantee == '\0' && (strcmp (class, "FUNCTIONS") == 0 || strcmp (class, "TYPES") == 0));
}

/* What a schema's say comes on top of what all schemas' do: one that is revoked there and granted here is as usual. */
static void
merge_initial (GPtrArray  *list,
               const char *class)
{
  g_ptr_array_sort (list, strata_ddl_compare_grants);
  for (guint i = 0; i + 1 < list->len;)
    {
      const StrataPictureGrant *one = g_ptr_array_index (list, i), *other = g_ptr_array_index (list, i + 1);

      if (strata_ddl_compare_grants (&one, &other) != 0)
        i++;
      else if (one->is_revoked != other->is_revoked)
        g_ptr_array_remove_range (list, i, 2);
      else
        g_ptr_array_remove_index (list, one->is_grantable ? i + 1 : i);
    }
  for (guint i = list->len; i > 0; i--)
    {
      const StrataPictureGrant *grant = g_ptr_array_index (list, i - 1);

      if (!grant->is_revoked && is_usual (grant, class))
        g_ptr_array_remove_index (list, i - 1);
    }
}

GPtrArray *
strata_ddl_list_initial_grants (const StrataPicture *picture,
                                const StrataObject  *object)
{
  GPtrArray *list = g_ptr_array_new ();
  const char *class = get_class (object);

  for (guint i = 0; picture->default_privileges != NULL && picture->default_privileges[i] != NULL; i++)
    {
      const StrataObject *defaults = picture->default_privileges[i];

      if (defaults->arguments != NULL || g_strcmp0 (defaults->name, class) != 0
          || (defaults->schema != NULL && g_strcmp0 (defaults->schema, object->schema) != 0))
        continue;
      for (guint j = 0; defaults->grants != NULL && defaults->grants[j] != NULL; j++)
        g_ptr_array_add (list, (gpointer) defaults->grants[j]);
    }
  merge_initial (list, class);

  return list;
}

char *
strata_ddl_dup_grants (const StrataObject *object,
                       const GPtrArray    *grants)
{
  g_autoptr(GString) out = g_string_new (NULL);
  const StrataPictureGrant *before = NULL;

  for (guint i = 0; i < grants->len; i++)
    {
      const StrataPictureGrant *grant = g_ptr_array_index (grants, i);

      if (before == NULL || g_strcmp0 (before->grantee, grant->grantee) != 0)
        {
          g_string_append (out, before != NULL ? "; " : "");
          if (grant->grantee == NULL)
            g_string_append (out, object->kind == STRATA_OBJECT_DEFAULT_PRIVILEGES ? "the role" : "the owner");
          else
            append_grantee (object, grant->grantee, out);
          g_string_append_c (out, ':');
        }
      else
        g_string_append_c (out, ',');
      g_string_append_printf (out, " %s%s", grant->is_revoked ? "no " : "", grant->privilege);
      if (grant->column != NULL)
        g_string_append_printf (out, " (%s%s)", grant->is_of_sequence ? "sequence of " : "", grant->column);
      if (grant->is_grantable)
        g_string_append (out, " with grant option");
      before = grant;
    }

  return out->len > 0 ? g_string_free (g_steal_pointer (&out), FALSE) : NULL;
}

void
strata_ddl_create_default_privileges (const StrataDdlWriter *self,
                                      const StrataObject    *object)
{
  g_autoptr(GPtrArray) grants = strata_ddl_list_grants (object, NULL);

  strata_ddl_grant (self->picture, object, NULL, grants, self->statements);
}

/* Of objects before those of objects to come: what is made before is not meant. */
void
strata_ddl_create_privileges (const StrataDdlWriter *self)
{
  for (guint i = 0; self->picture->has_privileges && i < self->picture->n_objects; i++)
    {
      g_autoptr(GPtrArray) grants = strata_ddl_list_grants (self->picture->objects[i], NULL);

      strata_ddl_grant (self->picture, self->picture->objects[i], NULL, grants, self->statements);
    }
}
