/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each template of resources/ui as a widget: what GtkBuilder says of it at run time is critical, and so fails. */

#include "config.h"

#include <gtk/gtk.h>
#include <string.h>

#include "app/support.h"

#define UI "/io/github/strata/Strata/ui"

/* Type names are in the files; their get_type functions are found by name, as GtkBuilder does it. */
static GType
find_type (const char *template)
{
  g_autoptr(GBytes) bytes = g_resources_lookup_data (template, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  const char *start = strstr (text, "<template class=\"");
  g_autofree char *name = NULL;
  GtkBuilderScope *scope;
  g_autoptr(GtkBuilder) builder = gtk_builder_new ();
  GType type;

  if (start == NULL)
    return G_TYPE_INVALID;

  start += strlen ("<template class=\"");
  name = g_strndup (start, strcspn (start, "\""));
  scope = gtk_builder_get_scope (builder);
  type = GTK_BUILDER_SCOPE_GET_IFACE (scope)->get_type_from_name (scope, builder, name);
  if (type == G_TYPE_INVALID)
    g_error ("%s: there is no type %s", template, name);

  return type;
}

/* A letter goes to one control of what is seen together, or to the same one of two scripts; what pops up has its own. */
static void
check_mnemonics (GtkWidget  *widget,
                 GHashTable *letters)
{
  guint letter = GTK_IS_LABEL (widget) ? gtk_label_get_mnemonic_keyval (GTK_LABEL (widget)) : GDK_KEY_VoidSymbol;
  const char *text = letter != GDK_KEY_VoidSymbol ? gtk_label_get_text (GTK_LABEL (widget)) : NULL;
  const char *other = g_hash_table_lookup (letters, GUINT_TO_POINTER (letter));

  if (other != NULL && !g_str_equal (other, text))
    g_error ("“%s” and “%s” have the same mnemonic", text, other);
  if (text != NULL)
    g_hash_table_insert (letters, GUINT_TO_POINTER (letter), (gpointer) text);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (!GTK_IS_POPOVER (child) && gtk_widget_get_child_visible (child))
      check_mnemonics (child, letters);
}

static void
test_template (gconstpointer data)
{
  g_autoptr(GHashTable) letters = g_hash_table_new (NULL, NULL);
  GType type = find_type (data);
  GtkWidget *widget;

  if (type == G_TYPE_INVALID)
    {
      g_autoptr(GtkBuilder) builder = gtk_builder_new_from_resource (data);

      g_assert_nonnull (builder);
      return;
    }

  widget = g_object_ref_sink (g_object_new (type, NULL));
  check_mnemonics (widget, letters);
  if (GTK_IS_WINDOW (widget))
    gtk_window_destroy (GTK_WINDOW (widget));
  pump_until_finalized (widget);
}

static void
add_templates (const char *folder)
{
  g_auto(GStrv) names = g_resources_enumerate_children (folder, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      g_autofree char *path = g_build_path ("/", folder, names[i], NULL);
      g_autofree char *test = NULL;

      if (g_str_has_suffix (path, "/") || !strchr (names[i], '.'))
        {
          add_templates (path);
          continue;
        }

      test = g_strconcat ("/window/templates", path + strlen (UI), NULL);
      g_test_add_data_func_full (test, g_steal_pointer (&path), test_template, g_free);
    }
}

int
main (int    argc,
      char **argv)
{
  support_init_display (&argc, &argv);

  add_templates (UI);

  return g_test_run ();
}
