/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/env/value.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/env/value-private.h"

/* Of operations in one another; far above what people write. */
#define DEEPEST 300

static const char * const op_names[] = {
  [STRATA_ENV_OP_NONE] = "None",
  [STRATA_ENV_OP_FALSE] = "False",
  [STRATA_ENV_OP_TRUE] = "True",
  [STRATA_ENV_OP_NUMBER] = "number",
  [STRATA_ENV_OP_TEXT] = "text",
  [STRATA_ENV_OP_VARIABLE] = "env",
  [STRATA_ENV_OP_INI_KEY] = "ini",
  [STRATA_ENV_OP_X_ARGUMENT] = "x",
  [STRATA_ENV_OP_ENTRY] = "entry",
  [STRATA_ENV_OP_EXISTS] = "exists",
  [STRATA_ENV_OP_UNKNOWN] = "unknown",
  [STRATA_ENV_OP_STOP] = "stop",
  [STRATA_ENV_OP_JOIN] = "join",
  [STRATA_ENV_OP_REPLACE] = "replace",
  [STRATA_ENV_OP_OR] = "or",
  [STRATA_ENV_OP_AND] = "and",
  [STRATA_ENV_OP_DEFAULT] = "default",
  [STRATA_ENV_OP_NEED] = "need",
  [STRATA_ENV_OP_CHOICE] = "if",
  [STRATA_ENV_OP_AFTER] = "after",
  [STRATA_ENV_OP_QUOTE] = "quote",
  [STRATA_ENV_OP_UNQUOTE] = "unquote",
  [STRATA_ENV_OP_LOWER] = "lower",
  [STRATA_ENV_OP_UPPER] = "upper",
  [STRATA_ENV_OP_STRIP] = "strip",
  [STRATA_ENV_OP_CUT] = "cut",
  [STRATA_ENV_OP_SPLIT] = "split",
  [STRATA_ENV_OP_INTEGER] = "int",
  [STRATA_ENV_OP_FLAG] = "flag",
  [STRATA_ENV_OP_INTERPOLATE] = "interpolate",
  [STRATA_ENV_OP_DRIVER] = "driver",
  [STRATA_ENV_OP_DATABASE] = "database",
  [STRATA_ENV_OP_FROM] = "from",
  [STRATA_ENV_OP_NOT] = "not",
  [STRATA_ENV_OP_EQUALS] = "equals",
  [STRATA_ENV_OP_IS_NONE] = "is-none",
  [STRATA_ENV_OP_CONTAINS] = "contains",
  [STRATA_ENV_OP_STARTS] = "starts",
  [STRATA_ENV_OP_ENDS] = "ends",
};

StrataEnvKind
strata_env_value_get_kind (const StrataEnvValue *self)
{
  switch ((int) self->op)
    {
    case STRATA_ENV_OP_NONE:
    case STRATA_ENV_OP_FALSE:
    case STRATA_ENV_OP_TRUE:
    case STRATA_ENV_OP_NUMBER:
    case STRATA_ENV_OP_TEXT:
      return STRATA_ENV_LITERAL;
    case STRATA_ENV_OP_VARIABLE:
      return STRATA_ENV_VARIABLE;
    case STRATA_ENV_OP_INI_KEY:
      return STRATA_ENV_INI_KEY;
    case STRATA_ENV_OP_X_ARGUMENT:
      return STRATA_ENV_X_ARGUMENT;
    case STRATA_ENV_OP_ENTRY:
      return STRATA_ENV_ENTRY;
    case STRATA_ENV_OP_UNKNOWN:
      return STRATA_ENV_UNKNOWN;
    default:
      return STRATA_ENV_COMPUTED;
    }
}

StrataPlace
strata_env_value_get_place (const StrataEnvValue *self)
{
  return self->place;
}

const char *
strata_env_value_get_text (const StrataEnvValue *self)
{
  return self->text;
}

const char *
strata_env_value_get_section (const StrataEnvValue *self)
{
  return self->section;
}

const char *
strata_env_value_get_entry (const StrataEnvValue *self)
{
  return self->op == STRATA_ENV_OP_ENTRY ? self->section : NULL;
}

StrataPlace
strata_env_value_get_reader (const StrataEnvValue *self)
{
  return self->reader != NULL ? *self->reader : self->place;
}

const StrataEnvValue *
strata_env_value_get_section_part (const StrataEnvValue *self)
{
  return self->op == STRATA_ENV_OP_INI_KEY && self->n_parts > 0 ? self->parts[0] : NULL;
}

gboolean
strata_env_value_is_raw (const StrataEnvValue *self)
{
  return self->op == STRATA_ENV_OP_INI_KEY && self->number == 1;
}

gboolean
strata_env_value_is_only_in_files (const StrataEnvValue *self)
{
  return self->op == STRATA_ENV_OP_VARIABLE && (self->number & STRATA_ENV_ONLY_FILES) != 0;
}

gboolean
strata_env_value_ignores_empty (const StrataEnvValue *self)
{
  return self->op == STRATA_ENV_OP_VARIABLE && (self->number & STRATA_ENV_IGNORES_EMPTY) != 0;
}

gboolean
strata_env_value_ignores_case (const StrataEnvValue *self)
{
  return self->any_case;
}

const StrataEnvFile *
strata_env_value_get_files (const StrataEnvValue *self,
                            guint                *n_files)
{
  *n_files = self->n_files;

  return self->files;
}

static void
print_leaf (const StrataEnvValue *self,
            GString              *out)
{
  switch ((int) self->op)
    {
    case STRATA_ENV_OP_NUMBER:
      g_string_append (out, self->text);
      break;
    case STRATA_ENV_OP_TEXT:
      g_string_append_printf (out, "'%s'", self->text);
      break;
    case STRATA_ENV_OP_INI_KEY:
      g_string_append_printf (out, "ini%s(%s%s%s)", self->number == 1 ? "-raw" : "",
                              self->section != NULL ? self->section : "",
                              self->section != NULL ? ":" : "", self->text);
      break;
    case STRATA_ENV_OP_VARIABLE:
      g_string_append_printf (out, "%s%s%s(%s", self->number & STRATA_ENV_ONLY_FILES ? "file" : "env",
                              self->any_case ? "*" : "", self->number & STRATA_ENV_IGNORES_EMPTY ? "+" : "", self->text);
      for (guint i = 0; i < self->n_files; i++)
        g_string_append_printf (out, "%s%s%s", self->files[i].overrides ? " ^" : " ",
                                self->files[i].path != NULL ? self->files[i].path : "?",
                                self->files[i].upwards ? "/.." : "");
      g_string_append_c (out, ')');
      break;
    case STRATA_ENV_OP_X_ARGUMENT:
      g_string_append_printf (out, "x(%s)", self->text);
      break;
    case STRATA_ENV_OP_ENTRY:
      g_string_append_printf (out, "entry(%s='%s')", self->section, self->text);
      break;
    case STRATA_ENV_OP_EXISTS:
      g_string_append_printf (out, "exists(%s)", self->text);
      break;
    default:
      g_string_append (out, op_names[self->op]);
      break;
    }
}

/* The same value may be part of many others: what is printed has a limit. */
static void
print (const StrataEnvValue *self,
       GString              *out)
{
  if (out->len > 4000)
    {
      g_string_append (out, "...");
      return;
    }
  if (self->n_parts == 0)
    {
      print_leaf (self, out);
      return;
    }

  g_string_append_printf (out, "%s(", op_names[self->op]);
  for (guint i = 0; i < self->n_parts; i++)
    {
      if (i > 0)
        g_string_append (out, ", ");
      print (self->parts[i], out);
    }
  if (self->op == STRATA_ENV_OP_INI_KEY)
    g_string_append_printf (out, ":%s", self->text);
  if (self->number != 0)
    g_string_append_printf (out, ", %d", self->number);
  g_string_append_c (out, ')');
}

char *
strata_env_value_to_string (const StrataEnvValue *self)
{
  GString *out = g_string_new (NULL);

  print (self, out);

  return g_string_free (out, FALSE);
}

const StrataEnvValue *
strata_env_value_new_leaf (StrataPyArena *arena,
                           StrataEnvOp    op,
                           StrataPlace    place,
                           const char    *text)
{
  StrataEnvValue *self = strata_py_arena_new_struct (arena, StrataEnvValue);

  self->op = op;
  self->place = place;
  self->text = text != NULL ? strata_py_arena_strndup (arena, text, strlen (text)) : NULL;

  return self;
}

const StrataEnvValue *
strata_env_value_new_entry (StrataPyArena     *arena,
                            StrataPlace        place,
                            const char        *name,
                            const StrataPlace *reader,
                            const char        *text)
{
  StrataEnvValue *self = (StrataEnvValue *) strata_env_value_new_leaf (arena, STRATA_ENV_OP_ENTRY, place, text);

  self->section = name;
  self->reader = reader;

  return self;
}

/* What an entry is does not depend on anything; but what is made of its text keeps saying where that stands. */
static gboolean
is_settled (const StrataEnvValue *self,
            StrataEnvOp           op)
{
  return strata_env_value_is_literal (self) || (self->op == STRATA_ENV_OP_ENTRY && op >= STRATA_ENV_OP_NOT);
}

static gboolean
is_url (const StrataEnvValue *self)
{
  return self->op == STRATA_ENV_OP_TEXT && strstr (self->text, "://") != NULL;
}

static const StrataEnvValue *
fold (StrataPyArena        *arena,
      const StrataEnvValue *self)
{
  g_autofree char *text = NULL;
  StrataEnvOp op;

  for (guint i = 0; i < self->n_parts; i++)
    if (!is_settled (self->parts[i], self->op))
      return self;

  op = strata_env_value_evaluate_literal (self, &text);
  if (op > STRATA_ENV_OP_TEXT)
    return self;

  /* A URL that is only put into another shape stands where it is written. */
  return strata_env_value_new_leaf (arena, op, is_url (self->parts[0]) && op == STRATA_ENV_OP_TEXT ? self->parts[0]->place
                                                                                                   : self->place, text);
}

static const StrataEnvValue *
new_with_parts (StrataPyArena        *arena,
                StrataEnvOp           op,
                StrataPlace           place,
                int                   number,
                guint                 n_parts,
                const StrataEnvValue **parts)
{
  StrataEnvValue *self = strata_py_arena_new_struct (arena, StrataEnvValue);
  guint depth = 0;

  self->op = op;
  self->place = place;
  self->number = number;
  self->n_parts = n_parts;
  self->parts = strata_py_arena_alloc (arena, n_parts * sizeof (gpointer));
  memcpy ((gpointer) self->parts, parts, n_parts * sizeof (gpointer));

  for (guint i = 0; i < n_parts; i++)
    depth = MAX (depth, parts[i]->depth + 1u);
  if (depth > DEEPEST)
    return strata_env_value_new_leaf (arena, STRATA_ENV_OP_UNKNOWN, place,
                                      _("this is too long a computation to follow"));
  self->depth = depth;

  return fold (arena, self);
}

/* A condition that is always or never true leaves one of the branches. */
static const StrataEnvValue *
decide (StrataEnvOp           op,
        const StrataEnvValue **parts)
{
  StrataEnvTruth truth = op == STRATA_ENV_OP_CHOICE || op == STRATA_ENV_OP_OR || op == STRATA_ENV_OP_AND
                         ? strata_env_value_get_truth (parts[0]) : STRATA_ENV_SOMETIMES;

  if (op == STRATA_ENV_OP_CHOICE && strata_env_value_equal (parts[1], parts[2]))
    return parts[1];
  if (op == STRATA_ENV_OP_DEFAULT && strata_env_value_is_literal (parts[0]))
    return parts[0]->op == STRATA_ENV_OP_NONE ? parts[1] : parts[0];
  if (op == STRATA_ENV_OP_NEED && strata_env_value_is_literal (parts[0]) && parts[0]->op != STRATA_ENV_OP_NONE)
    return parts[0];
  if ((op == STRATA_ENV_OP_DEFAULT || op == STRATA_ENV_OP_NEED) && parts[0]->op == STRATA_ENV_OP_ENTRY)
    return parts[0];
  if (op == STRATA_ENV_OP_NEED && parts[0]->op == STRATA_ENV_OP_NEED)
    return parts[0];
  if (truth == STRATA_ENV_SOMETIMES)
    return NULL;

  switch ((int) op)
    {
    case STRATA_ENV_OP_CHOICE:
      return truth == STRATA_ENV_ALWAYS ? parts[1] : parts[2];
    case STRATA_ENV_OP_OR:
      return truth == STRATA_ENV_ALWAYS ? parts[0] : parts[1];
    default:
      return truth == STRATA_ENV_ALWAYS ? parts[1] : parts[0];
    }
}

const StrataEnvValue *
strata_env_value_new_op (StrataPyArena *arena,
                         StrataEnvOp    op,
                         StrataPlace    place,
                         int            number,
                         guint          n_parts,
                         ...)
{
  const StrataEnvValue *parts[3];
  const StrataEnvValue *decided;
  va_list args;

  g_assert (n_parts <= G_N_ELEMENTS (parts));

  va_start (args, n_parts);
  for (guint i = 0; i < n_parts; i++)
    parts[i] = va_arg (args, const StrataEnvValue *);
  va_end (args);

  decided = decide (op, parts);

  return decided != NULL ? decided : new_with_parts (arena, op, place, number, n_parts, parts);
}

const StrataEnvValue *
strata_env_value_new_list (StrataPyArena *arena,
                           StrataEnvOp    op,
                           StrataPlace    place,
                           GPtrArray     *parts)
{
  return new_with_parts (arena, op, place, 0, parts->len, (const StrataEnvValue **) parts->pdata);
}

const StrataEnvValue *
strata_env_value_new_join (StrataPyArena *arena,
                           StrataPlace    place,
                           GPtrArray     *parts)
{
  if (parts->len == 0)
    return strata_env_value_new_leaf (arena, STRATA_ENV_OP_TEXT, place, "");

  return strata_env_value_new_list (arena, STRATA_ENV_OP_JOIN, place, parts);
}

gboolean
strata_env_value_is_literal (const StrataEnvValue *self)
{
  return self->op <= STRATA_ENV_OP_TEXT;
}

gboolean
strata_env_value_is_text (const StrataEnvValue *self,
                          const char           *text)
{
  return self->op == STRATA_ENV_OP_TEXT && (text == NULL || strcmp (self->text, text) == 0);
}

StrataEnvTruth
strata_env_value_get_truth (const StrataEnvValue *self)
{
  switch ((int) self->op)
    {
    case STRATA_ENV_OP_NONE:
    case STRATA_ENV_OP_FALSE:
      return STRATA_ENV_NEVER;
    case STRATA_ENV_OP_TRUE:
      return STRATA_ENV_ALWAYS;
    case STRATA_ENV_OP_TEXT:
    case STRATA_ENV_OP_ENTRY:
      return *self->text != '\0' ? STRATA_ENV_ALWAYS : STRATA_ENV_NEVER;
    case STRATA_ENV_OP_NUMBER:
      return g_ascii_strtod (self->text, NULL) != 0.0 ? STRATA_ENV_ALWAYS : STRATA_ENV_NEVER;
    case STRATA_ENV_OP_JOIN:
      for (guint i = 0; i < self->n_parts; i++)
        if (strata_env_value_is_text (self->parts[i], NULL) && *self->parts[i]->text != '\0')
          return STRATA_ENV_ALWAYS;
      return STRATA_ENV_SOMETIMES;
    default:
      return STRATA_ENV_SOMETIMES;
    }
}

static gboolean
files_equal (const StrataEnvValue *a,
             const StrataEnvValue *b)
{
  if (a->n_files != b->n_files)
    return FALSE;

  for (guint i = 0; i < a->n_files; i++)
    if (g_strcmp0 (a->files[i].path, b->files[i].path) != 0 || a->files[i].upwards != b->files[i].upwards ||
        a->files[i].overrides != b->files[i].overrides)
      return FALSE;

  return TRUE;
}

/* Parts that are shared make a value far larger to walk than it is: comparing gives up early, and says "different". */
static gboolean
equal (const StrataEnvValue *a,
       const StrataEnvValue *b,
       guint                *budget)
{
  if (a == b)
    return TRUE;
  if (*budget == 0 || a->op != b->op || a->op == STRATA_ENV_OP_UNKNOWN || a->op == STRATA_ENV_OP_STOP)
    return FALSE;

  (*budget)--;
  if (a->n_parts != b->n_parts || a->number != b->number || a->any_case != b->any_case ||
      g_strcmp0 (a->text, b->text) != 0 || g_strcmp0 (a->section, b->section) != 0 || !files_equal (a, b))
    return FALSE;
  for (guint i = 0; i < a->n_parts; i++)
    if (!equal (a->parts[i], b->parts[i], budget))
      return FALSE;

  return TRUE;
}

gboolean
strata_env_value_equal (const StrataEnvValue *a,
                        const StrataEnvValue *b)
{
  guint budget = 200;

  return equal (a, b, &budget);
}

/* The first leaf of a kind, in the order of the parts. Shared parts make this a long walk, so it has a budget; where that
 * is spent, whatever stands there counts. */
static const StrataEnvValue *
find_leaf (const StrataEnvValue *self,
           StrataEnvOp           op,
           guint                *budget)
{
  const StrataEnvValue *found = NULL;

  if (self->op == op || *budget == 0)
    return self;

  (*budget)--;
  for (guint i = 0; i < self->n_parts && found == NULL; i++)
    found = find_leaf (self->parts[i], op, budget);

  return found;
}

const StrataEnvValue *
strata_env_value_find_unknown (const StrataEnvValue *self)
{
  guint budget = 2000;

  return find_leaf (self, STRATA_ENV_OP_UNKNOWN, &budget);
}

gboolean
strata_env_value_may_stop (const StrataEnvValue *self)
{
  guint budget = 200;

  return find_leaf (self, STRATA_ENV_OP_STOP, &budget) != NULL;
}
