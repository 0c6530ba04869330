/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/project/password.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "core/base/error.h"
#include "core/base/files.h"

/* Nobody's password is longer; a file given by mistake is. */
#define LONGEST_PASSWORD 4096

enum
{
  CONTROL_C = 3,
  CONTROL_D = 4,
  BACKSPACE = 8,
  CONTROL_U = 21,
  DELETE = 127,
};

/* -1 at the end, or after an error. */
static int
read_byte (int fd)
{
  guchar byte;
  ssize_t n;

  do
    n = read (fd, &byte, 1);
  while (n < 0 && errno == EINTR);

  return n == 1 ? byte : -1;
}

static void
remove_last (GString *line)
{
  const char *last = g_utf8_find_prev_char (line->str, line->str + line->len);

  g_string_truncate (line, last != NULL ? last - line->str : 0);
}

/* The terminal gives each key as it is, so that no key ends this program while the echo is off. FALSE: cancelled. */
static gboolean
read_keys (int      fd,
           GString *line)
{
  for (;;)
    {
      int key = read_byte (fd);

      if (key == '\n' || key == '\r')
        return TRUE;
      if (key == -1 || key == CONTROL_C || (key == CONTROL_D && line->len == 0))
        return FALSE;

      if (key == BACKSPACE || key == DELETE)
        remove_last (line);
      else if (key == CONTROL_U)
        g_string_truncate (line, 0);
      else if (key >= ' ' && line->len < LONGEST_PASSWORD)
        g_string_append_c (line, key);
    }
}

static char *
finish_line (GString  *line,
             GError  **error)
{
  char *text = g_strndup (line->str, line->len);

  explicit_bzero (line->str, line->allocated_len);
  if (g_utf8_validate (text, -1, NULL))
    return text;

  explicit_bzero (text, strlen (text));
  g_free (text);
  g_set_error (error, STRATA_ERROR, STRATA_ERROR_USAGE, _("A password must be valid UTF-8"));

  return NULL;
}

char *
strata_password_ask (const char  *prompt,
                     GError     **error)
{
  g_autoptr(GString) line = g_string_sized_new (LONGEST_PASSWORD);
  struct termios before, quiet;
  gboolean read_well;
  int fd = open ("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);

  if (fd < 0 || tcgetattr (fd, &before) < 0)
    {
      if (fd >= 0)
        close (fd);
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_USAGE,
                   _("There is no terminal to ask for the password: give it by STRATA_PASSWORD or --password-stdin"));
      return NULL;
    }

  quiet = before;
  quiet.c_lflag &= ~(ECHO | ECHONL | ICANON | ISIG);
  quiet.c_cc[VMIN] = 1;
  quiet.c_cc[VTIME] = 0;
  tcsetattr (fd, TCSAFLUSH, &quiet);

  read_well = strata_write_all (fd, prompt, strlen (prompt)) && read_keys (fd, line);

  tcsetattr (fd, TCSAFLUSH, &before);
  strata_write_all (fd, "\n", 1);
  close (fd);

  if (!read_well)
    {
      explicit_bzero (line->str, line->allocated_len);
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_CANCELLED, _("No password was given"));
      return NULL;
    }

  return finish_line (line, error);
}

static char *
read_stdin_line (GError **error)
{
  g_autoptr(GString) line = g_string_sized_new (LONGEST_PASSWORD);
  int byte;

  while ((byte = read_byte (STDIN_FILENO)) != -1 && byte != '\n' && line->len < LONGEST_PASSWORD)
    g_string_append_c (line, byte);
  if (line->len > 0 && line->str[line->len - 1] == '\r')
    g_string_truncate (line, line->len - 1);

  if (line->len == 0 || memchr (line->str, '\0', line->len) != NULL)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_USAGE,
                   _("--password-stdin: there is no password in the first line of standard input"));
      return NULL;
    }

  return finish_line (line, error);
}

/* Byte by byte, so that the lines after it are left to whoever wants them; and once, for all connections of a run. */
char *
strata_password_read_stdin (GError **error)
{
  static GMutex mutex;
  static char *password;
  char *copy;

  g_mutex_lock (&mutex);
  if (password == NULL)
    password = read_stdin_line (error);
  copy = g_strdup (password);
  g_mutex_unlock (&mutex);

  return copy;
}
