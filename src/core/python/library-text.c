/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/library.h"

#include <string.h>

/* textwrap, string, base64, hashlib */

static gboolean
is_blank (const char *line,
          gsize       length)
{
  for (gsize i = 0; i < length; i++)
    if (line[i] != ' ' && line[i] != '\t' && line[i] != '\r' && line[i] != '\f' && line[i] != '\v')
      return FALSE;

  return TRUE;
}

/* Of blanks and tabs only, as lines that have anything else share it. */
static gsize
common_margin (char **lines)
{
  const char *margin = NULL;
  gsize length = 0;

  for (; *lines != NULL; lines++)
    {
      gsize indent = strspn (*lines, " \t");

      if ((*lines)[indent] == '\0')
        continue;
      if (margin == NULL)
        length = indent;
      for (gsize i = 0; margin != NULL && i < length; i++)
        if (i >= indent || (*lines)[i] != margin[i])
          length = i;
      margin = *lines;
    }

  return length;
}

static Value *
dedent (Machine *py,
        Value   *module,
        Value  **arguments)
{
  g_autoptr(GString) out = g_string_new (NULL);
  g_auto(GStrv) lines = NULL;
  Str *str = (Str *) arguments[0];
  gsize margin;

  if (IS_OPAQUE (arguments[0]))
    return strata_py_refuse_opaque (py, arguments[0], "is taken for text");
  if (!IS_STR (arguments[0]) || strlen (str->text) != str->length)
    return strata_py_raise (py, "TypeError", "expected string or bytes-like object, got '%s'", arguments[0]->class->name);
  lines = g_strsplit (str->text, "\n", -1);
  margin = common_margin (lines);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      gsize length = strlen (lines[i]);

      if (i > 0)
        g_string_append_c (out, '\n');
      if (strspn (lines[i], " \t") < length)
        g_string_append (out, lines[i] + MIN (margin, length));
    }

  return strata_py_string (py, out);
}

static Value *
indent (Machine *py,
        Value   *module,
        Value  **arguments)
{
  g_autoptr(GString) out = g_string_new (NULL);
  const char *text = strata_py_value_get_text (arguments[0], NULL);
  const char *prefix = strata_py_value_get_text (arguments[1], NULL);

  if (text == NULL || prefix == NULL || arguments[2] != NULL)
    return strata_py_refuse (py, "this form of indent() is not known here");
  while (*text != '\0')
    {
      const char *end = strchr (text, '\n');
      gsize length = end != NULL ? (gsize) (end - text) : strlen (text);

      if (!is_blank (text, length))
        g_string_append (out, prefix);
      g_string_append_len (out, text, length + (end != NULL));
      text += length + (end != NULL);
    }

  return strata_py_string (py, out);
}

const StrataPyNative strata_py_textwrap_functions[] = {
  { "dedent", "text", dedent },
  { "indent", "text, prefix, predicate=", indent },
  { NULL }
};

static const char lower[] = "abcdefghijklmnopqrstuvwxyz";
static const char upper[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

void
strata_py_fill_string (Machine *py,
                       Value   *module)
{
  g_autofree char *letters = g_strconcat (lower, upper, NULL);

  strata_py_set (py, module, "ascii_lowercase", strata_py_str (py, lower));
  strata_py_set (py, module, "ascii_uppercase", strata_py_str (py, upper));
  strata_py_set (py, module, "ascii_letters", strata_py_str (py, letters));
  strata_py_set (py, module, "digits", strata_py_str (py, "0123456789"));
  strata_py_set (py, module, "hexdigits", strata_py_str (py, "0123456789abcdefABCDEF"));
  strata_py_set (py, module, "punctuation", strata_py_str (py, "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"));
  strata_py_set (py, module, "whitespace", strata_py_str (py, " \t\n\r\v\f"));
}

static Value *
encode64 (Machine *py,
          Value   *value,
          gboolean is_url)
{
  g_autofree char *text = NULL;

  if (!IS_BYTES (value))
    return strata_py_raise (py, "TypeError", "a bytes-like object is required, not '%s'", value->class->name);
  text = g_base64_encode ((const guchar *) ((Str *) value)->text, ((Str *) value)->length);
  for (char *c = text; is_url && *c != '\0'; c++)
    *c = *c == '+' ? '-' : *c == '/' ? '_' : *c;

  return strata_py_bytes (py, text, strlen (text));
}

static Value *
b64encode (Machine *py,
           Value   *module,
           Value  **arguments)
{
  return encode64 (py, arguments[0], FALSE);
}

static Value *
urlsafe_b64encode (Machine *py,
                   Value   *module,
                   Value  **arguments)
{
  return encode64 (py, arguments[0], TRUE);
}

static Value *
b64decode (Machine *py,
           Value   *module,
           Value  **arguments)
{
  const char *text = strata_py_value_get_text (arguments[0], NULL);
  g_autofree guchar *bytes = NULL;
  gsize length;

  if (text == NULL)
    return strata_py_raise (py, "TypeError", "argument should be a bytes-like object or ASCII string");
  if (strlen (text) % 4 != 0 || strspn (text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/=") != strlen (text))
    return strata_py_refuse (py, "this base64 text is not known here");
  bytes = g_base64_decode (text, &length);

  return strata_py_bytes (py, bytes, length);
}

const StrataPyNative strata_py_base64_functions[] = {
  { "b64decode", "s", b64decode },
  { "b64encode", "s", b64encode },
  { "urlsafe_b64encode", "s", urlsafe_b64encode },
  { NULL }
};

typedef struct { Value base; GChecksum *checksum; GChecksumType type; const char *name; } Hash;

static Value *
hash_update (Machine *py,
             Value   *self,
             Value  **arguments)
{
  gsize length;
  const char *bytes = strata_py_value_get_text (arguments[0], &length);

  if (!IS_BYTES (arguments[0]))
    return strata_py_raise (py, "TypeError", "Strings must be encoded before hashing");
  g_checksum_update (((Hash *) self)->checksum, (const guchar *) bytes, length);

  return py->none;
}

static Value *
hash_hexdigest (Machine *py,
                Value   *self,
                Value  **arguments)
{
  g_autoptr(GChecksum) copy = g_checksum_copy (((Hash *) self)->checksum);

  return strata_py_str (py, g_checksum_get_string (copy));
}

static Value *
hash_digest (Machine *py,
             Value   *self,
             Value  **arguments)
{
  g_autoptr(GChecksum) copy = g_checksum_copy (((Hash *) self)->checksum);
  guint8 digest[64];
  gsize length = sizeof digest;

  g_checksum_get_digest (copy, digest, &length);

  return strata_py_bytes (py, digest, length);
}

static const StrataPyNative hash_methods[] = {
  { "digest", NULL, hash_digest },
  { "hexdigest", NULL, hash_hexdigest },
  { "update", "data, /", hash_update },
  { NULL }
};

static const StrataPySlots hash_slots = { "HASH", .methods = hash_methods, .lacking = " copy digest_size block_size name " };

static Value *
new_hash (Machine       *py,
          Value        **arguments,
          GChecksumType  type)
{
  Hash *self = strata_py_host_object (py, strata_py_class (py, &hash_slots, NULL), sizeof (Hash));

  self->checksum = g_checksum_new (type);
  strata_py_own (py, self->checksum, (GDestroyNotify) g_checksum_free);

  return arguments[0] == NULL || hash_update (py, &self->base, arguments) != NULL ? &self->base : NULL;
}

static Value *
md5 (Machine *py,
     Value   *module,
     Value  **arguments)
{
  return new_hash (py, arguments, G_CHECKSUM_MD5);
}

static Value *
sha1 (Machine *py,
      Value   *module,
      Value  **arguments)
{
  return new_hash (py, arguments, G_CHECKSUM_SHA1);
}

static Value *
sha256 (Machine *py,
        Value   *module,
        Value  **arguments)
{
  return new_hash (py, arguments, G_CHECKSUM_SHA256);
}

static Value *
sha512 (Machine *py,
        Value   *module,
        Value  **arguments)
{
  return new_hash (py, arguments, G_CHECKSUM_SHA512);
}

const StrataPyNative strata_py_hashlib_functions[] = {
  { "md5", "data=, /, *, usedforsecurity=", md5 },
  { "sha1", "data=, /, *, usedforsecurity=", sha1 },
  { "sha256", "data=, /, *, usedforsecurity=", sha256 },
  { "sha512", "data=, /, *, usedforsecurity=", sha512 },
  { NULL }
};
