/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/alembic/py-header.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/alembic/header-value.h"
#include "core/python/parser.h"

enum
{
  SLOT_REVISION,
  SLOT_DOWN_REVISION,
  SLOT_BRANCH_LABELS,
  SLOT_DEPENDS_ON,
  N_SLOTS,
};

static const char * const slot_names[N_SLOTS] = {
  "revision", "down_revision", "branch_labels", "depends_on",
};

/* A module attribute that Alembic reads: not set, set to a value, or set to something unknown (NULL). */
typedef struct
{
  gboolean                 is_set;
  const StrataHeaderValue *value;
  guint32                  offset;
} Slot;

typedef struct
{
  const char            *path;
  StrataPySource        *source;
  StrataHeaderConstants  constants;
  GPtrArray             *findings;
  const char            *doc;
  Slot                   slots[N_SLOTS];
} Reader;

static void
set_name (Reader                  *self,
          const char              *name,
          const StrataHeaderValue *value,
          guint32                  offset)
{
  for (guint i = 0; i < N_SLOTS; i++)
    if (g_str_equal (name, slot_names[i]))
      self->slots[i] = (Slot) { TRUE, value, offset };

  strata_header_set (&self->constants, name, value);
}

/* All names of a list that something may have been appended to. */
static void
forget_list (Reader                  *self,
             const StrataHeaderValue *value)
{
  GHashTableIter iter;
  gpointer known;

  for (guint i = 0; i < N_SLOTS; i++)
    if (self->slots[i].value == value)
      self->slots[i].value = NULL;

  g_hash_table_iter_init (&iter, self->constants.names);
  while (g_hash_table_iter_next (&iter, NULL, &known))
    if (known == value)
      g_hash_table_iter_replace (&iter, NULL);
}

/* What is not understood may change the lists that it mentions. */
static void
touch (const StrataPyNode *node,
       gpointer            data)
{
  Reader *self = data;

  if (node->kind == STRATA_PY_NODE_NAME)
    {
      const StrataHeaderValue *value = strata_header_get (&self->constants, node->name);

      if (value != NULL && value->can_change)
        forget_list (self, value);
    }

  strata_py_node_foreach (node, touch, self);
}

static const StrataHeaderValue *
evaluate (Reader             *self,
          const StrataPyNode *node)
{
  const StrataHeaderValue *value = strata_header_evaluate (&self->constants, node);

  if (value == NULL)
    touch (node, self);

  return value;
}

static void
set_target (Reader                  *self,
            const StrataPyNode      *target,
            const StrataPyNode      *value,
            const StrataHeaderValue *evaluated)
{
  gboolean matches;

  switch ((int) target->kind)
    {
    case STRATA_PY_NODE_NAME:
      set_name (self, target->name, evaluated, value->offset);
      break;
    case STRATA_PY_NODE_STARRED:
      set_target (self, target->child, value, NULL);
      break;
    case STRATA_PY_NODE_TUPLE:
    case STRATA_PY_NODE_LIST:
      /* "revision, down_revision = 'a', 'b'" */
      matches = (value->kind == STRATA_PY_NODE_TUPLE || value->kind == STRATA_PY_NODE_LIST) &&
                value->list.length == target->list.length;
      for (guint i = 0; i < target->list.length; i++)
        {
          const StrataPyNode *part = matches ? value->list.items[i] : value;

          set_target (self, target->list.items[i], part,
                      matches ? evaluate (self, part) : NULL);
        }
      break;
    default:
      touch (target, self);
      break;
    }
}

/* Whatever a statement that was not followed may assign to is not known afterwards. */
static void
forget (const StrataPyNode *node,
        gpointer            data)
{
  Reader *self = data;

  switch ((int) node->kind)
    {
    case STRATA_PY_NODE_ASSIGN:
      for (guint i = 0; i < node->assign.targets.length; i++)
        set_target (self, node->assign.targets.items[i], node->assign.value, NULL);
      break;
    case STRATA_PY_NODE_ANNOTATED:
      if (node->list.items[2] != NULL)
        set_target (self, node->list.items[0], node->list.items[2], NULL);
      break;
    case STRATA_PY_NODE_AUGMENTED:
    case STRATA_PY_NODE_NAMED:
      set_target (self, node->pair.first, node->pair.second, NULL);
      break;
    case STRATA_PY_NODE_FOR:
      set_target (self, node->loop.target, node->loop.iterable, NULL);
      break;
    case STRATA_PY_NODE_WITH_ITEM:
      if (node->pair.second != NULL)
        set_target (self, node->pair.second, node->pair.first, NULL);
      break;
    case STRATA_PY_NODE_ALIAS:
      set_name (self, node->alias.as_name != NULL ? node->alias.as_name : node->alias.name, NULL, node->offset);
      break;
    case STRATA_PY_NODE_FUNCTION:
    case STRATA_PY_NODE_CLASS:
    case STRATA_PY_NODE_LAMBDA:
      return;
    default:
      break;
    }

  strata_py_node_foreach (node, forget, self);
}

static void
read_augmented (Reader             *self,
                const StrataPyNode *node)
{
  const StrataPyNode *target = node->pair.first;
  const StrataHeaderValue *value;

  if (target->kind != STRATA_PY_NODE_NAME || node->op != STRATA_PY_PLUS)
    {
      forget (node, self);
      touch (node, self);
      return;
    }

  value = strata_header_join (&self->constants, strata_header_get (&self->constants, target->name),
                              evaluate (self, node->pair.second));
  /* A list grows in place, under all of its names. */
  touch (target, self);
  set_name (self, target->name, value, node->offset);
}

static void
read_statement (Reader             *self,
                const StrataPyNode *node,
                gboolean            is_first)
{
  const StrataHeaderValue *value;

  switch ((int) node->kind)
    {
    case STRATA_PY_NODE_EXPRESSION:
      if (is_first && node->child->kind == STRATA_PY_NODE_STRING && !node->child->string.is_bytes)
        self->doc = node->child->string.text;
      touch (node, self);
      break;
    case STRATA_PY_NODE_ASSIGN:
      value = evaluate (self, node->assign.value);
      for (guint i = 0; i < node->assign.targets.length; i++)
        set_target (self, node->assign.targets.items[i], node->assign.value, value);
      break;
    case STRATA_PY_NODE_ANNOTATED:
      if (node->list.items[2] != NULL)
        set_target (self, node->list.items[0], node->list.items[2],
                    evaluate (self, node->list.items[2]));
      break;
    case STRATA_PY_NODE_AUGMENTED:
      read_augmented (self, node);
      break;
    case STRATA_PY_NODE_DELETE:
      for (guint i = 0; i < node->list.length; i++)
        for (guint slot = 0; slot < N_SLOTS; slot++)
          if (node->list.items[i]->kind == STRATA_PY_NODE_NAME &&
              g_str_equal (node->list.items[i]->name, slot_names[slot]))
            self->slots[slot].is_set = FALSE;
      break;
    default:
      forget (node, self);
      touch (node, self);
      break;
    }
}

/* Functions and classes make up most of a script, and nothing in them counts here. */
static gboolean
begins_definition (StrataPyToken token)
{
  return token.symbol == STRATA_PY_DEF || token.symbol == STRATA_PY_CLASS || token.symbol == STRATA_PY_AT ||
         token.symbol == STRATA_PY_ASYNC;
}

static void
read_statements (Reader *self)
{
  g_autoptr(StrataPyParser) parser = strata_py_parser_new (self->source, self->constants.arena, self->findings);
  gboolean is_first = TRUE;

  for (; strata_py_parser_peek (parser).kind != STRATA_PY_TOKEN_END; is_first = FALSE)
    if (begins_definition (strata_py_parser_peek (parser)))
      strata_py_parser_skip (parser);
    else
      {
        StrataPyList statements = strata_py_parser_read (parser);

        for (guint i = 0; i < statements.length; i++)
          read_statement (self, statements.items[i], is_first && i == 0);
      }
}

#define report(self, code, place, hint, ...) \
  g_ptr_array_add ((self)->findings, \
                   strata_finding_new (STRATA_SEVERITY_ERROR, code, place, hint, __VA_ARGS__))

static void
report_computed (Reader *self,
                 guint   slot)
{
  report (self, "python-computed", strata_py_source_get_place (self->source, self->slots[slot].offset),
          _("Write it as plain text, so that it can be known without running the script"),
          _("The value of %s is computed"), slot_names[slot]);
}

/* "ae1027a6acf0.py": from before scripts said their id themselves. */
static char *
read_legacy_id (const char *name)
{
  gsize length = strspn (name, "0123456789abcdef");

  return length > 0 && strcmp (name + length, ".py") == 0 ? g_strndup (name, length) : NULL;
}

static char *
find_id (Reader *self)
{
  g_autofree char *name = g_path_get_basename (self->path);
  Slot *slot = &self->slots[SLOT_REVISION];
  char *id;

  if (slot->is_set && slot->value != NULL && slot->value->kind == STRATA_HEADER_TEXT)
    return g_strdup (slot->value->text);
  if (slot->is_set && slot->value == NULL)
    {
      report_computed (self, SLOT_REVISION);
      return NULL;
    }
  if (slot->is_set)
    {
      report (self, "python-no-revision", strata_py_source_get_place (self->source, slot->offset), NULL,
              _("The value of revision is not a text"));
      return NULL;
    }

  id = read_legacy_id (name);
  if (id == NULL)
    report (self, "python-no-revision", ((StrataPlace) { self->path, 0, 0 }),
            _("If this file is no revision, keep it outside of the versions folder"),
            "Could not determine revision id from filename %s. Be sure the 'revision' variable is declared inside the "
            "script (please see 'Upgrading from Alembic 0.1 to 0.2' in the documentation).", name);

  return id;
}

/* None, a text or several. */
static const char * const *
get_list (Reader *self,
          guint   slot)
{
  const StrataHeaderValue *value = self->slots[slot].value;
  const char **list;

  if (!self->slots[slot].is_set)
    return NULL;
  if (value == NULL)
    {
      report_computed (self, slot);
      return NULL;
    }
  if (value->kind != STRATA_HEADER_TEXT)
    return value->list;

  list = strata_py_arena_alloc (self->constants.arena, 2 * sizeof (char *));
  list[0] = value->text;

  return list;
}

static guint
get_line (Reader *self,
          guint   slot)
{
  return self->slots[slot].is_set ? strata_py_source_get_place (self->source, self->slots[slot].offset).line : 0;
}

/* What str.strip() takes away. */
static gboolean
is_space (gunichar c)
{
  return g_unichar_isspace (c) || c == '\v' || (c >= 0x1c && c <= 0x1f) || c == 0x85;
}

static char *
strip (const char *text)
{
  const char *end = text + strlen (text);

  while (*text != '\0' && is_space (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);
  while (end > text && is_space (g_utf8_get_char (g_utf8_prev_char (end))))
    end = g_utf8_prev_char (end);

  return g_strndup (text, end - text);
}

/* Alembic writes "Create Date: 2026-11-20 10:00:00" into the docstring, and never reads it. */
static char *
find_created (const char *doc)
{
  static const char key[] = "Create Date:";
  const char *found = g_str_has_prefix (doc, key) ? doc : strstr (doc, "\nCreate Date:");
  g_autofree char *line = NULL;

  if (found == NULL)
    return NULL;

  found += strlen (key) + (*found == '\n');
  line = g_strndup (found, strcspn (found, "\n"));

  return strip (line);
}

static StrataRevision *
make_revision (Reader *self)
{
  g_autofree char *doc = strip (self->doc);
  g_autofree char *message = g_strdup (doc);
  g_autofree char *created = find_created (doc);
  g_autofree char *id = find_id (self);
  char *blank_line = strstr (message, "\n\n");
  StrataRevisionFields fields = { STRATA_REVISION_PYTHON };

  if (id == NULL)
    return NULL;
  if (!self->slots[SLOT_DOWN_REVISION].is_set)
    report (self, "python-no-down-revision", ((StrataPlace) { self->path, 0, 0 }),
            _("A first revision says “down_revision = None”"), _("The script does not say down_revision"));

  if (blank_line != NULL)
    *blank_line = '\0';
  fields.id = id;
  fields.down_revisions = get_list (self, SLOT_DOWN_REVISION);
  fields.branch_labels = get_list (self, SLOT_BRANCH_LABELS);
  fields.depends_on = get_list (self, SLOT_DEPENDS_ON);
  fields.message = message;
  fields.doc = doc;
  fields.created = created;
  fields.path = self->path;
  fields.id_line = get_line (self, SLOT_REVISION);
  fields.down_line = get_line (self, SLOT_DOWN_REVISION);
  fields.labels_line = get_line (self, SLOT_BRANCH_LABELS);
  fields.depends_line = get_line (self, SLOT_DEPENDS_ON);

  return strata_revision_new (&fields);
}

StrataRevision *
strata_py_header_read (const char *path,
                       const char *text,
                       gsize       length,
                       GPtrArray  *findings)
{
  g_autoptr(StrataPySource) source = strata_py_source_new (path, text, length, findings);
  g_autoptr(StrataPyArena) arena = strata_py_arena_new ();
  Reader self = { path, source, { arena, NULL }, findings, "" };
  StrataRevision *revision;

  read_statements (&self);
  revision = make_revision (&self);
  g_clear_pointer (&self.constants.names, g_hash_table_unref);

  return revision;
}
