/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/project/file-name.h"

#include "core/base/error.h"
#include "core/project/revision-id.h"

static const struct
{
  const char *file_template;
  const char *name;            /* NULL: not understood */
} templates[] = {
  { "%(rev)s_%(slug)s", "ab12_add_users" },
  { "%(year)d_%(month).2d_%(day).2d_%(hour).2d%(minute).2d-%(rev)s_%(slug)s", "2026_03_09_0705-ab12_add_users" },
  { "%(epoch)s_%(rev)s", "1773039903_ab12" },
  { "%(epoch)d", "1773039903" },
  { "%(year)d/%(month)02d/%(rev)s", "2026/03/ab12" },
  { "%(month)d|%(month)3d|%(month)-3d|%(month)+d|%(second)i", "3|  3|3  |+3|3" },
  { "%(rev)6s|%(rev)-6s|%(rev).2s", "  ab12|ab12  |ab" },
  { "100%%_%(rev)s", "100%_ab12" },
  { "fixed", "fixed" },
  { "%(rev)d", NULL },
  { "%(nothing)s", NULL },
  { "%(rev)", NULL },
  { "%(rev", NULL },
  { "%(rev)x", NULL },
  { "%s", NULL },
  { "%", NULL },
};

static void
test_templates (void)
{
  g_autoptr(GDateTime) created = g_date_time_new_utc (2026, 3, 9, 7, 5, 3);

  for (guint i = 0; i < G_N_ELEMENTS (templates); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *name = strata_file_name_format (templates[i].file_template, "ab12", "add_users", created,
                                                       &error);

      g_test_message ("%s", templates[i].file_template);
      g_assert_cmpstr (name, ==, templates[i].name);
      if (templates[i].name == NULL)
        g_assert_error (error, STRATA_ERROR, STRATA_ERROR_BAD_INPUT);
    }
}

static const struct
{
  const char *message;
  guint       longest;
  const char *slug;
} slugs[] = {
  { "Add user preferences", 40, "add_user_preferences" },
  { "", 40, "" },
  { "!?", 40, "" },
  { "a-b.c  d_e", 40, "a_b_c_d_e" },
  { "  trim  ", 40, "trim" },
  { "Größe ändern", 40, "größe_ändern" },
  { "日本 語", 40, "日本_語" },
  { "one two three", 7, "one_" },
  { "one two three", 8, "one_two_" },
  { "verylongword", 4, "very_" },
  { "one two", 7, "one_two" },
};

static void
test_slugs (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (slugs); i++)
    {
      g_autofree char *slug = strata_file_name_slug (slugs[i].message, slugs[i].longest);

      g_assert_cmpstr (slug, ==, slugs[i].slug);
    }
}

static void
test_ids (void)
{
  g_autofree char *id = strata_revision_id_new ();
  g_autofree char *other = strata_revision_id_new ();
  g_autofree char *fine = strata_revision_id_complain ("ae10_27");
  g_autofree char *one = strata_revision_id_complain ("a-b");
  g_autofree char *all = strata_revision_id_complain ("a@b-c+d:");

  g_assert_cmpuint (strlen (id), ==, 12);
  g_assert_cmpuint (strspn (id, "0123456789abcdef"), ==, 12);
  g_assert_cmpstr (id, !=, other);
  g_assert_null (fine);
  g_assert_cmpstr (one, ==, "Character(s) '-' not allowed in revision identifier 'a-b'");
  g_assert_cmpstr (all, ==, "Character(s) '+, -, :, @' not allowed in revision identifier 'a@b-c+d:'");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/project/file-name/templates", test_templates);
  g_test_add_func ("/project/file-name/slugs", test_slugs);
  g_test_add_func ("/project/file-name/ids", test_ids);

  return g_test_run ();
}
