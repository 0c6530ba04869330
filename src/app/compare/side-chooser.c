/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/compare/side-chooser.h"

#include <glib/gi18n.h>

#include "app/widgets/accessible.h"

/* What a row of the drop-down means. */
typedef struct
{
  StrataSideKind  kind;
  char           *argument;           /* "db:PROFILE"; NULL: the usual one, or what stands beside it */
} Choice;

struct _StrataSideChooser
{
  GtkBox                parent_instance;

  /* template */
  GtkWidget            *file_button;
  GtkLabel             *file_label;
  GtkDropDown          *kinds;
  GtkEditable          *revision;

  /* owned */
  StrataSnapshot       *snapshot;
  GArray               *choices;      /* Choice: by the rows of the drop-down */
  GtkFileChooserNative *chooser;      /* while it is open */
  char                 *file;         /* or NULL */
  char                 *text;         /* of the entry, as the last "changed" had it */
  char                 *title;
};

enum
{
  PROP_0,
  PROP_TITLE,
  N_PROPS
};

enum
{
  CHANGED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataSideChooser, strata_side_chooser, GTK_TYPE_BOX)

static void
clear_choice (gpointer data)
{
  g_free (((Choice *) data)->argument);
}

static void
show_file (StrataSideChooser *self)
{
  g_autofree char *name = self->file != NULL ? g_filename_display_basename (self->file) : g_strdup (_("Choose…"));

  gtk_label_set_text (self->file_label, name);
  gtk_widget_set_tooltip_text (self->file_button, self->file);
}

static void
on_changed (StrataSideChooser *self)
{
  StrataSideKind kind;

  if (gtk_widget_in_destruction (GTK_WIDGET (self)) || self->kinds == NULL)
    return;

  kind = strata_side_chooser_get_kind (self);
  gtk_widget_set_visible (GTK_WIDGET (self->revision), kind == STRATA_SIDE_REVISION);
  gtk_widget_set_visible (self->file_button, kind == STRATA_SIDE_FILE);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Leaving the entry is not changing it. */
static void
on_revision (StrataSideChooser *self)
{
  const char *text = gtk_editable_get_text (self->revision);

  if (g_strcmp0 (self->text, text) == 0)
    return;

  g_free (self->text);
  self->text = g_strdup (text);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_file (StrataSideChooser *self,
         int                response)
{
  g_autoptr(GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser)) : NULL;

  if (file != NULL)
    {
      g_free (self->file);
      self->file = g_file_get_path (file);
      show_file (self);
      g_signal_emit (self, signals[CHANGED], 0);
    }
  gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
  g_clear_object (&self->chooser);
}

static void
choose_file (StrataSideChooser *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->chooser != NULL)
    return;

  self->chooser = gtk_file_chooser_native_new (_("A File of SQL"), GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                               GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (on_file), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
strata_side_chooser_dispose (GObject *object)
{
  StrataSideChooser *self = STRATA_SIDE_CHOOSER (object);

  if (self->chooser != NULL)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
  g_clear_object (&self->chooser);
  gtk_widget_dispose_template (GTK_WIDGET (self), STRATA_TYPE_SIDE_CHOOSER);
  g_clear_pointer (&self->snapshot, strata_snapshot_unref);

  G_OBJECT_CLASS (strata_side_chooser_parent_class)->dispose (object);
}

static void
strata_side_chooser_finalize (GObject *object)
{
  StrataSideChooser *self = STRATA_SIDE_CHOOSER (object);

  g_array_unref (self->choices);
  g_free (self->file);
  g_free (self->text);
  g_free (self->title);

  G_OBJECT_CLASS (strata_side_chooser_parent_class)->finalize (object);
}

static void
strata_side_chooser_get_property (GObject    *object,
                                  guint       id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_TITLE:
      g_value_set_string (value, STRATA_SIDE_CHOOSER (object)->title);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_side_chooser_set_property (GObject      *object,
                                  guint         id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  StrataSideChooser *self = STRATA_SIDE_CHOOSER (object);

  switch (id)
    {
    case PROP_TITLE:
      g_free (self->title);
      self->title = g_value_dup_string (value);
      strata_accessible_set_name (GTK_WIDGET (self->kinds), self->title);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_side_chooser_class_init (StrataSideChooserClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = strata_side_chooser_dispose;
  object_class->finalize = strata_side_chooser_finalize;
  object_class->get_property = strata_side_chooser_get_property;
  object_class->set_property = strata_side_chooser_set_property;

  properties[PROP_TITLE] =
    g_param_spec_string ("title", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[CHANGED] =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/strata/Strata/ui/compare/side-chooser.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataSideChooser, file_button);
  gtk_widget_class_bind_template_child (widget_class, StrataSideChooser, file_label);
  gtk_widget_class_bind_template_child (widget_class, StrataSideChooser, kinds);
  gtk_widget_class_bind_template_child (widget_class, StrataSideChooser, revision);
  gtk_widget_class_bind_template_callback (widget_class, choose_file);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_revision);
}

static void
strata_side_chooser_init (StrataSideChooser *self)
{
  self->choices = g_array_new (FALSE, FALSE, sizeof (Choice));
  g_array_set_clear_func (self->choices, clear_choice);
  gtk_widget_init_template (GTK_WIDGET (self));
  show_file (self);
}

static void
add_choice (StrataSideChooser *self,
            GtkStringList     *names,
            StrataSideKind     kind,
            char              *argument,
            const char        *name)
{
  const Choice choice = { kind, argument };

  g_array_append_val (self->choices, choice);
  gtk_string_list_append (names, name);
}

/* The databases of the other profiles. */
static void
add_profiles (StrataSideChooser *self,
              GtkStringList     *names)
{
  for (guint i = 0; i < self->snapshot->profiles->len; i++)
    {
      const char *profile = strata_profile_get_fields (g_ptr_array_index (self->snapshot->profiles, i))->name;
      g_autofree char *name = NULL;

      if (self->snapshot->profile != NULL
          && g_str_equal (profile, strata_profile_get_fields (self->snapshot->profile)->name))
        continue;

      /* Translators: the name of a database. */
      name = g_strdup_printf (_("Database %s"), profile);
      add_choice (self, names, STRATA_SIDE_DATABASE, g_strconcat ("db:", profile, NULL), name);
    }
}

static gboolean
is_same (StrataSideChooser *self,
         GtkStringList     *names)
{
  GListModel *old = gtk_drop_down_get_model (self->kinds);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (names));

  if (old == NULL || g_list_model_get_n_items (old) != n)
    return FALSE;

  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (gtk_string_list_get_string (GTK_STRING_LIST (old), i), gtk_string_list_get_string (names, i)) != 0)
      return FALSE;

  return TRUE;
}

void
strata_side_chooser_set_snapshot (StrataSideChooser *self,
                                  StrataSnapshot    *snapshot)
{
  g_autoptr(GtkStringList) names = gtk_string_list_new (NULL);
  StrataSideKind chosen = strata_side_chooser_get_kind (self);
  g_autofree char *argument = g_strdup (strata_side_chooser_get_argument (self));
  g_autofree char *database = NULL;
  const StrataSettings *settings;
  gboolean alembic;

  g_return_if_fail (STRATA_IS_SIDE_CHOOSER (self));

  g_clear_pointer (&self->snapshot, strata_snapshot_unref);
  self->snapshot = strata_snapshot_ref (snapshot);
  settings = strata_project_get_settings (snapshot->project);
  alembic = strata_project_get_kind (snapshot->project) == STRATA_PROJECT_ALEMBIC;
  database = strata_snapshot_dup_database_name (snapshot);

  g_array_set_size (self->choices, 0);
  if (database != NULL)
    {
      /* Translators: the name of a database. */
      g_autofree char *name = g_strdup_printf (_("Database %s"), database);

      add_choice (self, names, STRATA_SIDE_DATABASE, NULL, name);
    }
  add_profiles (self, names);
  if (settings->schema != NULL || settings->schema_command != NULL)
    add_choice (self, names, STRATA_SIDE_DECLARED, NULL, _("Declared schema"));
  else if (alembic)
    add_choice (self, names, STRATA_SIDE_DECLARED, NULL, _("Models"));
  add_choice (self, names, STRATA_SIDE_REVISION, NULL, _("Revision"));
  add_choice (self, names, STRATA_SIDE_FILE, NULL, _("File of SQL"));
  add_choice (self, names, STRATA_SIDE_EMPTY, NULL, _("Nothing"));

  if (is_same (self, names))
    return;

  gtk_drop_down_set_model (self->kinds, G_LIST_MODEL (names));
  strata_side_chooser_set (self, chosen, argument);
}

void
strata_side_chooser_set (StrataSideChooser *self,
                         StrataSideKind     kind,
                         const char        *argument)
{
  g_return_if_fail (STRATA_IS_SIDE_CHOOSER (self));

  if (argument != NULL && kind == STRATA_SIDE_REVISION)
    gtk_editable_set_text (self->revision, argument);
  if (argument != NULL && kind == STRATA_SIDE_FILE)
    {
      g_free (self->file);
      self->file = g_strdup (argument);
      show_file (self);
    }

  for (guint i = 0; i < self->choices->len; i++)
    {
      const Choice *choice = &g_array_index (self->choices, Choice, i);

      if (choice->kind == kind && (kind != STRATA_SIDE_DATABASE || g_strcmp0 (choice->argument, argument) == 0))
        {
          gtk_drop_down_set_selected (self->kinds, i);
          return;
        }
    }
}

static const Choice *
get_choice (StrataSideChooser *self)
{
  guint selected = gtk_drop_down_get_selected (self->kinds);

  return selected < self->choices->len ? &g_array_index (self->choices, Choice, selected) : NULL;
}

StrataSideKind
strata_side_chooser_get_kind (StrataSideChooser *self)
{
  const Choice *choice = get_choice (self);

  return choice != NULL ? choice->kind : STRATA_SIDE_EMPTY;
}

const char *
strata_side_chooser_get_argument (StrataSideChooser *self)
{
  const char *revision = gtk_editable_get_text (self->revision);

  switch (strata_side_chooser_get_kind (self))
    {
    case STRATA_SIDE_REVISION:
      return *revision != '\0' ? revision : "heads";
    case STRATA_SIDE_FILE:
      return self->file;
    case STRATA_SIDE_DATABASE:
      return get_choice (self)->argument;
    case STRATA_SIDE_DECLARED:
    case STRATA_SIDE_EMPTY:
    default:
      return NULL;
    }
}

gboolean
strata_side_chooser_is_own_database (StrataSideChooser *self)
{
  return strata_side_chooser_get_kind (self) == STRATA_SIDE_DATABASE && strata_side_chooser_get_argument (self) == NULL;
}

gboolean
strata_side_chooser_is_complete (StrataSideChooser *self)
{
  return strata_side_chooser_get_kind (self) != STRATA_SIDE_FILE || self->file != NULL;
}
