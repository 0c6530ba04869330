/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A picture as it is after things were renamed: whatever differs then is a difference, and nothing else. */

#include "config.h"

#include "core/diff/rename.h"

#include "core/ddl/ddl.h"

#include <string.h>

typedef struct
{
  StrataPicture *out;
  GHashTable    *renamings;    /* old object → GPtrArray of StrataRenaming*, borrowed */
  GHashTable    *copies;       /* old object → new one */
  /* Of the object at hand: */
  const StrataObject *object;
  GPtrArray     *relevant;     /* StrataRenaming* */
} Copier;

static const char *
copy_text (Copier     *self,
           const char *text)
{
  g_autofree char *copy = strata_rename_text (text, self->object, self->relevant);

  return strata_picture_intern (self->out, copy);
}

static const char *
copy_own_name (Copier     *self,
               const char *name)
{
  for (guint i = 0; i < self->relevant->len; i++)
    {
      const StrataRenaming *renaming = g_ptr_array_index (self->relevant, i);

      if (renaming->object == self->object && renaming->column == NULL && !renaming->is_move)
        return strata_picture_intern (self->out, renaming->name);
    }

  return name;
}

static const char *
copy_table_name (Copier     *self,
                 const char *schema,
                 const char *name)
{
  for (guint i = 0; name != NULL && i < self->relevant->len; i++)
    {
      const StrataRenaming *renaming = g_ptr_array_index (self->relevant, i);
      const StrataObject *object = renaming->object;

      if (renaming->column == NULL && !renaming->is_move && object->table == NULL && strcmp (object->name, name) == 0
          && g_strcmp0 (object->schema, schema) == 0)
        return strata_picture_intern (self->out, renaming->name);
    }

  return name;
}

static const char *
copy_column_name (Copier     *self,
                  const char *schema,
                  const char *table,
                  const char *column)
{
  for (guint i = 0; column != NULL && i < self->relevant->len; i++)
    {
      const StrataRenaming *renaming = g_ptr_array_index (self->relevant, i);

      if (renaming->column != NULL && strcmp (renaming->column, column) == 0 && g_strcmp0 (renaming->object->name, table) == 0
          && g_strcmp0 (renaming->object->schema, schema) == 0)
        return strata_picture_intern (self->out, renaming->name);
    }

  return column;
}

static const char * const *
copy_column_names (Copier             *self,
                   const char         *schema,
                   const char         *table,
                   const char * const *columns)
{
  g_autoptr(GPtrArray) list = g_ptr_array_new ();

  for (guint i = 0; columns != NULL && columns[i] != NULL; i++)
    g_ptr_array_add (list, (gpointer) copy_column_name (self, schema, table, columns[i]));

  return strata_picture_list (self->out, list);
}

static const char * const *
copy_texts (Copier             *self,
            const char * const *texts)
{
  g_autoptr(GPtrArray) list = g_ptr_array_new ();

  for (guint i = 0; texts != NULL && texts[i] != NULL; i++)
    g_ptr_array_add (list, (gpointer) copy_text (self, texts[i]));

  return strata_picture_list (self->out, list);
}

#define DUP(self, pointer) memcpy (strata_picture_alloc ((self)->out, sizeof *(pointer)), (pointer), sizeof *(pointer))

/* What the server made up keeps its name, which is no longer the one that it would choose, or is that only now. */
static void
keep_made_up_names (Copier                    *self,
                    const StrataPictureColumn *old,
                    StrataPictureColumn       *new)
{
  if (new->identity != NULL)
    {
      StrataPictureIdentity *identity = DUP (self, new->identity);
      const StrataObject renamed = { .schema = self->object->schema, .name = copy_own_name (self, self->object->name) };
      g_autofree char *before = strata_diff_dup_usual_sequence (self->object, old->name);
      g_autofree char *now = strata_diff_dup_usual_sequence (&renamed, new->name);
      const char *name = identity->sequence != NULL ? identity->sequence : before;

      identity->sequence = strcmp (name, now) != 0 ? strata_picture_intern (self->out, name) : NULL;
      new->identity = identity;
    }
  if (!new->is_nullable && new->not_null_name == NULL && self->out->version >= 180000)
    {
      g_autofree char *name = g_strdup_printf ("%s_%s_not_null", self->object->name, old->name);

      new->not_null_name = strata_picture_intern (self->out, name);
    }
}

static const StrataPictureColumn * const *
copy_columns (Copier                            *self,
              const StrataPictureColumn * const *columns)
{
  g_autoptr(GPtrArray) list = g_ptr_array_new ();
  gboolean is_renamed = g_strcmp0 (copy_own_name (self, self->object->name), self->object->name) != 0;

  for (guint i = 0; columns != NULL && columns[i] != NULL; i++)
    {
      StrataPictureColumn *copy = DUP (self, columns[i]);

      copy->name = copy_column_name (self, self->object->schema, self->object->name, columns[i]->name);
      copy->type_text = copy_text (self, columns[i]->type_text);
      copy->default_text = copy_text (self, columns[i]->default_text);
      copy->computed = copy_text (self, columns[i]->computed);
      copy->collation = copy_text (self, columns[i]->collation);
      if (self->object->kind == STRATA_OBJECT_TABLE && (is_renamed || strcmp (copy->name, columns[i]->name) != 0))
        keep_made_up_names (self, columns[i], copy);
      g_ptr_array_add (list, copy);
    }

  return strata_picture_list (self->out, list);
}

static void
copy_table (Copier       *self,
            StrataObject *copy)
{
  StrataPictureTable *table;
  StrataPictureStorage *storage;

  if (copy->of.table == NULL)
    return;

  table = DUP (self, copy->of.table);
  copy->of.table = table;
  table->name = copy->name;
  table->columns = copy_columns (self, table->columns);
  if (table->storage == NULL)
    return;

  storage = DUP (self, table->storage);
  table->storage = storage;
  storage->parents = copy_texts (self, storage->parents);
  storage->partition_key = copy_text (self, storage->partition_key);
  storage->of_type = copy_text (self, storage->of_type);
}

static void
copy_index (Copier       *self,
            StrataObject *copy)
{
  StrataPictureIndex *index;
  g_autoptr(GPtrArray) elements = g_ptr_array_new ();

  if (copy->of.index == NULL)
    return;

  index = DUP (self, copy->of.index);
  copy->of.index = index;
  index->name = copy->name;
  for (guint i = 0; index->elements != NULL && index->elements[i] != NULL; i++)
    {
      StrataPictureElement *element = DUP (self, index->elements[i]);

      element->column = copy_column_name (self, self->object->schema, self->object->table, element->column);
      element->text = copy_text (self, element->text);
      g_ptr_array_add (elements, element);
    }
  index->elements = strata_picture_list (self->out, elements);
  index->include = copy_column_names (self, self->object->schema, self->object->table, index->include);
  index->where = copy_text (self, index->where);
}

static void
copy_constraint (Copier       *self,
                 StrataObject *copy)
{
  const char *schema = self->object->schema, *table = self->object->table;

  if (copy->of.key == NULL)
    return;

  if (copy->kind == STRATA_OBJECT_FOREIGN_KEY)
    {
      StrataPictureReference *reference = DUP (self, copy->of.reference);

      reference->name = copy->name;
      reference->columns = copy_column_names (self, schema, table, reference->columns);
      reference->referred = copy_column_names (self, reference->schema, reference->table, reference->referred);
      reference->table = copy_table_name (self, reference->schema, reference->table);
      copy->of.reference = reference;
    }
  else if (copy->kind == STRATA_OBJECT_CHECK || copy->kind == STRATA_OBJECT_EXCLUSION)
    {
      StrataPictureCheck *check = DUP (self, copy->of.check);

      check->name = copy->name;
      check->text = copy_text (self, check->text);
      check->columns = copy_column_names (self, schema, table, check->columns);
      copy->of.check = check;
    }
  else
    {
      StrataPictureKey *key = DUP (self, copy->of.key);

      key->name = copy->name;
      key->columns = copy_column_names (self, schema, table, key->columns);
      key->include = copy_column_names (self, schema, table, key->include);
      copy->of.key = key;
    }
}

static void
copy_sequence (Copier       *self,
               StrataObject *copy)
{
  StrataPictureSequence *sequence = DUP (self, copy->of.sequence);

  sequence->owner_column = copy_column_name (self, copy->schema, sequence->owner_table, sequence->owner_column);
  sequence->owner_table = copy_table_name (self, copy->schema, sequence->owner_table);
  copy->of.sequence = sequence;
}

static void
copy_policy (Copier       *self,
             StrataObject *copy)
{
  StrataPicturePolicy *policy = DUP (self, copy->of.policy);

  policy->using = copy_text (self, policy->using);
  policy->check = copy_text (self, policy->check);
  copy->of.policy = policy;
}

static const StrataPictureGrant * const *
copy_grants (Copier                           *self,
             const StrataPictureGrant * const *grants)
{
  g_autoptr(GPtrArray) list = g_ptr_array_new ();

  for (guint i = 0; grants != NULL && grants[i] != NULL; i++)
    {
      StrataPictureGrant *grant = DUP (self, grants[i]);

      grant->column = copy_column_name (self, self->object->schema, self->object->name, grant->column);
      g_ptr_array_add (list, grant);
    }
  g_ptr_array_sort (list, strata_ddl_compare_grants);

  return strata_picture_list (self->out, list);
}

static void
copy_trigger (Copier       *self,
              StrataObject *copy)
{
  StrataPictureTrigger *trigger = DUP (self, copy->of.trigger);

  trigger->routine = copy_text (self, trigger->routine);
  copy->of.trigger = trigger;
}

/* A relation that is renamed stays there by its old name, as an alias; other names are replaced. */
static gboolean
can_copy_query (Copier *self)
{
  for (guint i = 0; i < self->relevant->len; i++)
    {
      const StrataRenaming *renaming = g_ptr_array_index (self->relevant, i);

      if (renaming->object != self->object && !renaming->is_move && (renaming->column != NULL || renaming->object->kind >= STRATA_OBJECT_TABLE))
        return FALSE;
    }

  return TRUE;
}

static const StrataPictureDomainCheck * const *
copy_domain_checks (Copier                                 *self,
                    const StrataPictureDomainCheck * const *checks)
{
  g_autoptr(GPtrArray) list = g_ptr_array_new ();

  for (guint i = 0; checks != NULL && checks[i] != NULL; i++)
    {
      StrataPictureDomainCheck *check = DUP (self, checks[i]);

      check->text = copy_text (self, check->text);
      g_ptr_array_add (list, check);
    }

  return strata_picture_list (self->out, list);
}

static void
copy_parts (Copier       *self,
            StrataObject *copy)
{
  if (copy->kind == STRATA_OBJECT_TABLE || copy->kind == STRATA_OBJECT_VIEW || copy->kind == STRATA_OBJECT_MATERIALIZED_VIEW)
    copy_table (self, copy);
  else if (strata_object_kind_is_constraint (copy->kind))
    copy_constraint (self, copy);
  else if (copy->kind == STRATA_OBJECT_INDEX)
    copy_index (self, copy);
  else if (copy->kind == STRATA_OBJECT_SEQUENCE)
    copy_sequence (self, copy);
  else if (copy->kind == STRATA_OBJECT_POLICY)
    copy_policy (self, copy);
  else if (copy->kind == STRATA_OBJECT_TRIGGER && copy->of.trigger != NULL)
    copy_trigger (self, copy);
  else if (copy->kind == STRATA_OBJECT_COMPOSITE)
    copy->of.attributes = copy_columns (self, copy->of.attributes);
  else if (copy->kind == STRATA_OBJECT_DOMAIN)
    {
      StrataPictureDomain *domain = DUP (self, copy->of.domain);

      domain->type_text = copy_text (self, domain->type_text);
      domain->collation = copy_text (self, domain->collation);
      domain->default_text = copy_text (self, domain->default_text);
      domain->checks = copy_domain_checks (self, domain->checks);
      copy->of.domain = domain;
    }
  else if (copy->kind == STRATA_OBJECT_ROUTINE && copy->of.routine != NULL)
    {
      StrataPictureRoutine *routine = DUP (self, copy->of.routine);

      routine->result = copy_text (self, routine->result);
      routine->arguments = copy_text (self, routine->arguments);
      copy->of.routine = routine;
    }
}

static void
add_relevant (Copier             *self,
              const StrataObject *object)
{
  const GPtrArray *list = object != NULL ? g_hash_table_lookup (self->renamings, object) : NULL;

  for (guint i = 0; list != NULL && i < list->len; i++)
    if (!g_ptr_array_find (self->relevant, g_ptr_array_index (list, i), NULL))
      g_ptr_array_add (self->relevant, g_ptr_array_index (list, i));
}

static void
find_relevant (Copier              *self,
               const StrataPicture *picture,
               const StrataObject  *object)
{
  StrataObject like = { .kind = STRATA_OBJECT_TABLE, .schema = object->schema, .name = object->table };

  g_ptr_array_set_size (self->relevant, 0);
  self->object = object;
  add_relevant (self, object);
  if (object->table != NULL)
    add_relevant (self, strata_picture_find_object (picture, &like));
  for (guint i = 0; object->needs != NULL && object->needs[i] != NULL; i++)
    add_relevant (self, object->needs[i]);
  if (object->kind == STRATA_OBJECT_SEQUENCE)
    add_relevant (self, strata_picture_find_owner (picture, object));
}

static StrataObject *
copy_object (Copier              *self,
             const StrataPicture *picture,
             const StrataObject  *object)
{
  StrataObject *copy = DUP (self, object);

  g_hash_table_insert (self->copies, (gpointer) object, copy);
  find_relevant (self, picture, object);
  if (self->relevant->len == 0)
    return copy;

  copy->name = copy_own_name (self, object->name);
  copy->table = copy_table_name (self, object->schema, object->table);
  copy->arguments = copy_text (self, object->arguments);
  if ((object->kind != STRATA_OBJECT_VIEW && object->kind != STRATA_OBJECT_MATERIALIZED_VIEW) || can_copy_query (self))
    copy->text = copy_text (self, object->text);
  copy_parts (self, copy);
  copy->grants = copy_grants (self, copy->grants);

  return copy;
}

static int
compare_pointers (gconstpointer a,
                  gconstpointer b)
{
  return strata_object_compare (*(const StrataObject * const *) a, *(const StrataObject * const *) b);
}

static void
link_needs (Copier          *self,
            const GPtrArray *objects)
{
  for (guint i = 0; i < objects->len; i++)
    {
      StrataObject *object = g_ptr_array_index (objects, i);
      g_autoptr(GPtrArray) needs = g_ptr_array_new ();

      for (guint n = 0; object->needs != NULL && object->needs[n] != NULL; n++)
        g_ptr_array_add (needs, g_hash_table_lookup (self->copies, object->needs[n]));
      object->needs = strata_picture_list (self->out, needs);
    }
}

StrataPicture *
strata_rename_picture (const StrataPicture *picture,
                       const GPtrArray     *renamings)
{
  g_autoptr(GHashTable) by_object = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);
  g_autoptr(GHashTable) copies = g_hash_table_new (NULL, NULL);
  g_autoptr(GPtrArray) relevant = g_ptr_array_new ();
  g_autoptr(GPtrArray) objects = g_ptr_array_new ();
  Copier copier = { strata_picture_new (picture->dialect), by_object, copies, NULL, relevant };

  *copier.out = *picture;
  for (guint i = 0; i < renamings->len; i++)
    {
      const StrataRenaming *renaming = g_ptr_array_index (renamings, i);
      GPtrArray *list = g_hash_table_lookup (by_object, renaming->object);

      if (list == NULL)
        {
          list = g_ptr_array_new ();
          g_hash_table_insert (by_object, (gpointer) renaming->object, list);
        }
      g_ptr_array_add (list, (gpointer) renaming);
    }

  for (guint i = 0; i < picture->n_objects; i++)
    g_ptr_array_add (objects, copy_object (&copier, picture, picture->objects[i]));
  link_needs (&copier, objects);
  g_ptr_array_sort (objects, compare_pointers);
  copier.out->objects = strata_picture_list (copier.out, objects);

  return copier.out;
}
