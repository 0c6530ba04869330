/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sql/splitter.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/error.h"
#include "core/base/finding.h"
#include "core/sql/lexer.h"
#include "core/sql/pattern.h"

/* What may hold semicolons that end nothing, or needs a second look, by the first words of a statement. */
typedef enum
{
  FORM_UNKNOWN,     /* no word yet */
  FORM_CREATE,      /* "CREATE" and perhaps what may stand before the kind of object */
  FORM_DEFINER,     /* the same for MySQL, somewhere in a DEFINER clause */
  FORM_PLAIN,
  FORM_ROUTINE,     /* PostgreSQL: BEGIN ATOMIC ...; ...; END */
  FORM_TRIGGER,     /* SQLite: BEGIN ...; ...; END */
  FORM_COMPOUND,    /* MySQL: nested BEGIN, CASE, IF, LOOP ... END */
  FORM_RULE,        /* PostgreSQL: DO (...; ...) */
  FORM_COPY,
} Form;

/* A kind of object that has a form of its own when it is created. */
static const struct
{
  StrataDialect  family;
  const char    *object;
  Form           form;
} create_forms[] = {
  { STRATA_DIALECT_POSTGRESQL, "FUNCTION", FORM_ROUTINE },
  { STRATA_DIALECT_POSTGRESQL, "PROCEDURE", FORM_ROUTINE },
  { STRATA_DIALECT_POSTGRESQL, "RULE", FORM_RULE },
  { STRATA_DIALECT_SQLITE, "TRIGGER", FORM_TRIGGER },
  { STRATA_DIALECT_MYSQL, "EVENT", FORM_COMPOUND },
  { STRATA_DIALECT_MYSQL, "FUNCTION", FORM_COMPOUND },
  { STRATA_DIALECT_MYSQL, "PROCEDURE", FORM_COMPOUND },
  { STRATA_DIALECT_MYSQL, "TRIGGER", FORM_COMPOUND },
};

typedef struct
{
  StrataDialect  family;          /* MariaDB is MySQL here, an unknown server PostgreSQL */
  const char    *file;
  const char    *text;
  const char    *text_end;
  GArray        *statements;

  /* A place that is known; the next one is counted from there, so that all of them take one pass. */
  const char    *counted;
  guint          line;
  guint          column;

  /* The statement at hand. */
  const char    *start;           /* NULL between statements */
  const char    *end;
  StrataPlace    start_place;
  Form           form;
  StrataToken    previous;
  int            depth;           /* parentheses of a rule or COPY, blocks of a compound statement */
  gboolean       in_body;         /* of a routine or trigger */
  StrataPlace    body_place;      /* of that, of the parentheses or of the blocks */
} Splitter;

/* Places are asked for in the order of the text. */
static StrataPlace
place_of (Splitter   *self,
          const char *at)
{
  for (; self->counted < at; self->counted++)
    {
      if (*self->counted == '\n')
        {
          self->line++;
          self->column = 1;
        }
      else
        self->column += ((guchar) *self->counted & 0xc0) != 0x80;
    }

  return (StrataPlace) { self->file, self->line, self->column };
}

static gboolean G_GNUC_PRINTF (3, 4)
fail (GError      **error,
      StrataPlace   place,
      const char   *format,
      ...)
{
  g_autofree char *where = strata_place_to_string (place);
  g_autofree char *message = NULL;
  g_autofree char *text = NULL;
  g_autofree char *valid = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);

  text = g_strconcat (where, ": ", message, NULL);
  valid = g_utf8_make_valid (text, -1);
  g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_BAD_INPUT, valid);

  return FALSE;
}

static const char *
describe_open_token (const StrataToken *token)
{
  if (token->kind == STRATA_TOKEN_NAME)
    return _("The quoted name that begins here never ends");
  if (token->kind == STRATA_TOKEN_STRING)
    return *token->text == '$' ? _("The dollar-quoted string that begins here never ends")
                               : _("The string that begins here never ends");

  return _("The comment that begins here never ends");
}

/* Up to the next space. */
static int
measure_command (Splitter   *self,
                 const char *at)
{
  int length = 0;

  while (at + length < self->text_end && length < 40 && !g_ascii_isspace (at[length]))
    length++;

  return length;
}

/* Programs that send SQL to a server have commands of their own, which the server does not know. */
static gboolean
check_client_command (Splitter           *self,
                      const StrataToken  *token,
                      GError            **error)
{
  const char *program = NULL;
  const char *advice = _("remove it");

  if (self->family == STRATA_DIALECT_POSTGRESQL && strata_token_is_symbol (token, "\\"))
    program = "psql";
  else if (self->family == STRATA_DIALECT_MYSQL && strata_token_is_symbol (token, "\\"))
    program = _("the mysql client");
  else if (self->family == STRATA_DIALECT_SQLITE && self->start == NULL && strata_token_is_symbol (token, "."))
    program = _("the sqlite3 shell");
  else if (self->family == STRATA_DIALECT_MYSQL && self->start == NULL && strata_token_is_word (token, "DELIMITER"))
    {
      program = _("the mysql client");
      advice = _("remove it, and end bodies with “;”");
    }

  if (program == NULL)
    return TRUE;

  return fail (error, place_of (self, token->text), _("“%.*s” is a command of %s, not SQL; %s"),
               measure_command (self, token->text), token->text, program, advice);
}

/* A batch of SQL Server ends with a line that holds GO. */
static gboolean
is_go (Splitter          *self,
       const StrataToken *token,
       gboolean          *has_count)
{
  const char *at = token->text;

  if (self->family != STRATA_DIALECT_MSSQL || !strata_token_is_word (token, "GO"))
    return FALSE;

  while (at > self->text && (at[-1] == ' ' || at[-1] == '\t'))
    at--;
  if (at > self->text && at[-1] != '\n')
    return FALSE;

  *has_count = FALSE;
  for (at = token->text + token->length; at < self->text_end && *at != '\n'; at++)
    if (g_ascii_isdigit (*at))
      *has_count = TRUE;
    else if (!g_ascii_isspace (*at))
      return FALSE;

  return TRUE;
}

static Form
find_create_form (Splitter          *self,
                  const StrataToken *token)
{
  static const char * const modifiers[] = { "AGGREGATE", "OR", "REPLACE", "TEMP", "TEMPORARY" };

  for (guint i = 0; i < G_N_ELEMENTS (create_forms); i++)
    if (create_forms[i].family == self->family && strata_token_is_word (token, create_forms[i].object))
      return create_forms[i].form;

  for (guint i = 0; i < G_N_ELEMENTS (modifiers); i++)
    if (strata_token_is_word (token, modifiers[i]))
      return self->form;

  if (self->family == STRATA_DIALECT_MYSQL && strata_token_is_word (token, "DEFINER"))
    return FORM_DEFINER;

  return self->form == FORM_DEFINER && !strata_token_is_word (token, "VIEW") ? FORM_DEFINER : FORM_PLAIN;
}

static void
find_form (Splitter          *self,
           const StrataToken *token)
{
  if (self->form == FORM_CREATE || self->form == FORM_DEFINER)
    self->form = find_create_form (self, token);
  else if (self->form == FORM_UNKNOWN && strata_token_is_word (token, "CREATE"))
    self->form = FORM_CREATE;
  else if (self->form == FORM_UNKNOWN && self->family == STRATA_DIALECT_POSTGRESQL && strata_token_is_word (token, "COPY"))
    self->form = FORM_COPY;
  else if (self->form == FORM_UNKNOWN)
    self->form = FORM_PLAIN;
}

/* The statements of such a body end in semicolons, so the END that closes it stands behind one: the END of a CASE never
 * does. */
static void
follow_body (Splitter          *self,
             const StrataToken *token)
{
  gboolean routine = self->form == FORM_ROUTINE;
  const char *opening = routine ? "ATOMIC" : "BEGIN";

  if (!self->in_body && strata_token_is_word (token, opening)
      && (!routine || strata_token_is_word (&self->previous, "BEGIN")))
    {
      self->in_body = TRUE;
      self->body_place = place_of (self, token->text);
    }
  else if (self->in_body && strata_token_is_word (token, "END")
           && (strata_token_is_symbol (&self->previous, ";") || strata_token_is_word (&self->previous, opening)))
    self->in_body = FALSE;
}

/* "END IF" closes an IF, which was not counted: there is a function of that name. */
static void
follow_compound (Splitter          *self,
                 const StrataToken *token)
{
  static const char * const uncounted[] = { "IF", "LOOP", "REPEAT", "WHILE" };
  gboolean behind_end = strata_token_is_word (&self->previous, "END");

  for (guint i = 0; behind_end && i < G_N_ELEMENTS (uncounted); i++)
    if (strata_token_is_word (token, uncounted[i]))
      self->depth++;

  if (strata_token_is_word (token, "END"))
    self->depth--;
  else if (strata_token_is_word (token, "BEGIN") || (!behind_end && strata_token_is_word (token, "CASE")))
    {
      if (self->depth++ == 0)
        self->body_place = place_of (self, token->text);
    }
}

static void
follow_parentheses (Splitter          *self,
                    const StrataToken *token)
{
  if (strata_token_is_symbol (token, "("))
    {
      if (self->depth++ == 0)
        self->body_place = place_of (self, token->text);
    }
  else if (strata_token_is_symbol (token, ")"))
    self->depth--;
}

/* The data of a COPY are no SQL, and stand behind the statement: this has to be seen before the lexer gets there. */
static gboolean
check_copy (Splitter           *self,
            const StrataToken  *token,
            GError            **error)
{
  gboolean from = strata_token_is_word (&self->previous, "FROM");
  gboolean to = strata_token_is_word (&self->previous, "TO");
  gboolean stream = strata_token_is_word (token, "STDIN") || strata_token_is_word (token, "STDOUT");

  if (self->depth != 0 || !(from || to) || !stream)
    return TRUE;

  return fail (error, self->start_place, from ? _("COPY … FROM STDIN has its data outside of SQL; write INSERT instead")
                                              : _("COPY … TO STDOUT has nowhere to go; remove it"));
}

static gboolean
follow_form (Splitter           *self,
             const StrataToken  *token,
             GError            **error)
{
  if (self->form == FORM_ROUTINE || self->form == FORM_TRIGGER)
    follow_body (self, token);
  else if (self->form == FORM_COMPOUND)
    follow_compound (self, token);
  else if (self->form == FORM_RULE || self->form == FORM_COPY)
    follow_parentheses (self, token);

  return self->form != FORM_COPY || check_copy (self, token, error);
}

static gboolean
is_terminator (Splitter          *self,
               const StrataToken *token)
{
  if (!strata_token_is_symbol (token, ";"))
    return FALSE;

  if (self->start == NULL)
    return TRUE;

  if (self->family == STRATA_DIALECT_MSSQL || self->in_body)
    return FALSE;

  return !(self->form == FORM_RULE || self->form == FORM_COMPOUND) || self->depth <= 0;
}

static void
end_statement (Splitter *self)
{
  StrataStatement statement = {
    .text = self->start,
    .length = self->end - self->start,
    .line = self->start_place.line,
    .column = self->start_place.column,
  };

  if (self->start != NULL)
    g_array_append_val (self->statements, statement);
  self->start = NULL;
}

static void
begin_statement (Splitter          *self,
                 const StrataToken *token)
{
  self->start = token->text;
  self->start_place = place_of (self, token->text);
  self->form = FORM_UNKNOWN;
  self->previous = (StrataToken) { 0 };
  self->depth = 0;
  self->in_body = FALSE;
}

static gboolean
take_token (Splitter           *self,
            const StrataToken  *token,
            GError            **error)
{
  gboolean has_count;

  if (token->is_open)
    return fail (error, place_of (self, token->text), "%s", describe_open_token (token));

  if (!check_client_command (self, token, error))
    return FALSE;

  if (is_go (self, token, &has_count))
    {
      if (has_count)
        return fail (error, place_of (self, token->text), _("GO with a count is a command of sqlcmd; repeat the batch instead"));
      end_statement (self);
      return TRUE;
    }

  if (is_terminator (self, token))
    {
      end_statement (self);
      return TRUE;
    }

  if (self->start == NULL)
    begin_statement (self, token);

  find_form (self, token);
  if (!follow_form (self, token, error))
    return FALSE;

  self->previous = *token;
  self->end = token->text + token->length;

  return TRUE;
}

static gboolean
check_end (Splitter  *self,
           GError   **error)
{
  gboolean in_blocks = (self->form == FORM_COMPOUND || self->form == FORM_RULE) && self->depth > 0;

  if (self->start == NULL || !(self->in_body || in_blocks))
    return TRUE;

  return fail (error, self->body_place, "The body that begins here never ends: its %s is missing",
               self->form == FORM_RULE ? "“)”" : "END");
}

GArray *
strata_sql_split (StrataDialect   dialect,
                  const char     *text,
                  gsize           length,
                  const char     *file,
                  guint           first_line,
                  GError        **error)
{
  g_autoptr(GArray) statements = g_array_new (FALSE, FALSE, sizeof (StrataStatement));
  Splitter self = {
    .family = dialect,
    .file = file,
    .text = text,
    .text_end = text + length,
    .statements = statements,
    .counted = text,
    .line = first_line,
    .column = 1,
  };
  StrataLexer lexer;
  StrataToken token;

  if (dialect == STRATA_DIALECT_MARIADB)
    self.family = STRATA_DIALECT_MYSQL;
  else if (dialect == STRATA_DIALECT_UNKNOWN)
    self.family = STRATA_DIALECT_POSTGRESQL;

  strata_lexer_init (&lexer, dialect, text, length);
  while (strata_lexer_next (&lexer, &token))
    if ((self.start != NULL || !strata_lexer_skip_restriction (&lexer, &token, text)) && !take_token (&self, &token, error))
      return NULL;

  if (!check_end (&self, error))
    return NULL;

  end_statement (&self);

  return g_steal_pointer (&statements);
}

void
strata_statement_find_place (const StrataStatement *self,
                             guint                  position,
                             guint                 *line,
                             guint                 *column)
{
  const char *end = self->text + self->length;

  *line = self->line;
  *column = self->column;

  for (const char *at = self->text; position > 1 && at < end; at = g_utf8_next_char (at), position--)
    if (*at == '\n')
      {
        (*line)++;
        *column = 1;
      }
    else
      {
        (*column)++;
      }
}
