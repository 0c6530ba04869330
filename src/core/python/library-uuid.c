/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/library.h"

#include <string.h>

typedef struct { Value base; guint8 bytes[16]; } Uuid;

static Class *
uuid_class (Machine *py)
{
  return (Class *) strata_py_dict_get_name (strata_py_dict_get_name (py->modules, "uuid")->attributes, "UUID");
}

static Value *
new_uuid (Machine      *py,
          Class        *class,
          const guint8 *bytes)
{
  Uuid *self = strata_py_host_object (py, class, sizeof (Uuid));

  memcpy (self->bytes, bytes, 16);

  return &self->base;
}

static Value *
construct_uuid (Machine *py,
                Value   *class,
                Value  **arguments)
{
  gsize length;
  const char *text = arguments[0] != NULL ? strata_py_value_get_text (arguments[0], &length) : NULL;
  const char *bytes = arguments[1] != NULL ? strata_py_value_get_text (arguments[1], &length) : NULL;
  guint8 result[16];
  guint n = 0;

  if (bytes != NULL && length == 16)
    return new_uuid (py, (Class *) class, (const guint8 *) bytes);
  if (arguments[2] != NULL)
    {
      Wide number = IS_INT (arguments[2]) ? ((Int *) arguments[2])->number : -1;

      if (number < 0)
        return strata_py_refuse (py, "this UUID is not known here");
      for (guint i = 0; i < 16; i++)
        result[i] = number >> (8 * (15 - i));
      return new_uuid (py, (Class *) class, result);
    }
  if (text == NULL || !IS_STR (arguments[0]))
    return strata_py_raise (py, "TypeError", "one of the hex, bytes, bytes_le, fields, or int arguments must be given");
  if (g_str_has_prefix (text, "urn:uuid:"))
    text += 9;
  for (; *text != '\0' && n <= 32; text++)
    {
      if (*text == '-' || *text == '{' || *text == '}')
        continue;
      if (!g_ascii_isxdigit (*text) || n == 32)
        break;
      result[n / 2] = n % 2 == 0 ? g_ascii_xdigit_value (*text) << 4 : result[n / 2] | g_ascii_xdigit_value (*text);
      n++;
    }
  if (n != 32 || *text != '\0')
    return strata_py_raise (py, "ValueError", "badly formed hexadecimal UUID string");

  return new_uuid (py, (Class *) class, result);
}

static void
append_uuid (GString    *out,
             const Uuid *self,
             gboolean    with_dashes)
{
  for (guint i = 0; i < 16; i++)
    {
      if (with_dashes && (i == 4 || i == 6 || i == 8 || i == 10))
        g_string_append_c (out, '-');
      g_string_append_printf (out, "%02x", self->bytes[i]);
    }
}

static Value *
uuid_text (Machine    *py,
           Value      *self,
           const char *before,
           const char *after,
           gboolean    with_dashes)
{
  g_autoptr(GString) out = g_string_new (before);
  Value *result;

  append_uuid (out, (Uuid *) self, with_dashes);
  g_string_append (out, after);
  result = strata_py_string (py, out);

  return self->is_varying ? strata_py_vary (py, result) : result;
}

static Value *
uuid_str (Machine *py,
          Value   *self)
{
  return uuid_text (py, self, "", "", TRUE);
}

static Value *
uuid_repr (Machine *py,
           Value   *self)
{
  return uuid_text (py, self, "UUID('", "')", TRUE);
}

static Value *
uuid_attribute (Machine    *py,
                Value      *value,
                const char *name)
{
  Uuid *self = (Uuid *) value;
  Wide number = 0;

  if (g_str_equal (name, "hex"))
    return uuid_text (py, value, "", "", FALSE);
  if (g_str_equal (name, "urn"))
    return uuid_text (py, value, "urn:uuid:", "", TRUE);
  if (g_str_equal (name, "bytes"))
    return value->is_varying ? strata_py_vary (py, strata_py_bytes (py, self->bytes, 16)) : strata_py_bytes (py, self->bytes, 16);
  if (g_str_equal (name, "version"))
    return (self->bytes[8] & 0xc0) == 0x80 ? strata_py_int (py, self->bytes[6] >> 4) : py->none;
  if (g_str_equal (name, "int"))
    {
      if (self->bytes[0] & 0x80)
        return strata_py_refuse (py, "this number has more than 127 bits");
      for (guint i = 0; i < 16; i++)
        number = number << 8 | self->bytes[i];
      return strata_py_wide (py, number);
    }

  return NULL;
}

static Value *
uuid_compare (Machine        *py,
              StrataPySymbol  op,
              Value          *a,
              Value          *b)
{
  int order;

  if (a->class != b->class)
    return NULL;
  order = memcmp (((Uuid *) a)->bytes, ((Uuid *) b)->bytes, 16);

  return strata_py_compare (py, op, strata_py_int (py, order < 0 ? -1 : order > 0), strata_py_int (py, 0));
}

static gboolean
uuid_hash (Machine *py,
           Value   *self,
           guint64 *hash)
{
  memcpy (hash, ((Uuid *) self)->bytes, sizeof *hash);

  return TRUE;
}

static const StrataPySlots uuid_slots = {
  .name = "UUID",
  .lacking = " bytes_le fields time node clock_seq variant is_safe time_low time_mid ",
  .parameters = "hex=, bytes=, int=, version=",
  .construct = construct_uuid,
  .get_attribute = uuid_attribute,
  .compare = uuid_compare,
  .hash = uuid_hash,
  .repr = uuid_repr,
  .str = uuid_str,
};

static Value *
random_uuid (Machine *py,
             Value   *module,
             Value  **arguments)
{
  guint8 bytes[16];

  if (!strata_py_draw (py, bytes, sizeof bytes))
    return NULL;
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;

  return strata_py_vary (py, new_uuid (py, uuid_class (py), bytes));
}

static Value *
named_uuid (Machine       *py,
            Value        **arguments,
            GChecksumType  type,
            guint8         version)
{
  g_autoptr(GChecksum) checksum = g_checksum_new (type);
  guint8 digest[32];
  gsize length = sizeof digest, name_length;
  const char *name = strata_py_value_get_text (arguments[1], &name_length);

  if (arguments[0]->class != uuid_class (py) || name == NULL)
    return strata_py_raise (py, "TypeError", "a UUID and a name are needed");
  g_checksum_update (checksum, ((Uuid *) arguments[0])->bytes, 16);
  g_checksum_update (checksum, (const guchar *) name, name_length);
  g_checksum_get_digest (checksum, digest, &length);
  digest[6] = (digest[6] & 0x0f) | version << 4;
  digest[8] = (digest[8] & 0x3f) | 0x80;

  return new_uuid (py, uuid_class (py), digest);
}

static Value *
uuid3 (Machine *py,
       Value   *module,
       Value  **arguments)
{
  return named_uuid (py, arguments, G_CHECKSUM_MD5, 3);
}

static Value *
uuid5 (Machine *py,
       Value   *module,
       Value  **arguments)
{
  return named_uuid (py, arguments, G_CHECKSUM_SHA1, 5);
}

const StrataPyNative strata_py_uuid_functions[] = {
  { "uuid1", "node=, clock_seq=", random_uuid },
  { "uuid3", "namespace, name", uuid3 },
  { "uuid4", NULL, random_uuid },
  { "uuid5", "namespace, name", uuid5 },
  { NULL }
};

void
strata_py_fill_uuid (Machine *py,
                     Value   *module)
{
  static const struct { const char *name; guint8 last; } spaces[] = {
    { "NAMESPACE_DNS", 0x10 }, { "NAMESPACE_URL", 0x11 }, { "NAMESPACE_OID", 0x12 }, { "NAMESPACE_X500", 0x14 },
  };
  Class *class = strata_py_class (py, &uuid_slots, NULL);

  class->module = "uuid";
  strata_py_set (py, module, "UUID", &class->base);
  for (guint i = 0; i < G_N_ELEMENTS (spaces); i++)
    {
      guint8 bytes[16] = { 0x6b, 0xa7, 0xb8, spaces[i].last, 0x9d, 0xad, 0x11, 0xd1, 0x80, 0xb4, 0, 0xc0, 0x4f, 0xd4, 0x30, 0xc8 };

      strata_py_set (py, module, spaces[i].name, new_uuid (py, class, bytes));
    }
}
