/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/shared/difference-view.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/shared/difference-row.h"
#include "app/widgets/sql-view.h"

/* Longer ones are no words beside each other, but texts. */
#define LONGEST_VALUE 120

/* At first: the grip between list and detail is for who wants it otherwise. */
#define LIST_WIDTH 400
#define LIST_HEIGHT 220

struct _StrataDifferenceView
{
  GtkWidget           parent_instance;

  /* template */
  GtkLabel           *caption;
  GtkListView        *list;
  GtkLabel           *loss;
  GtkWidget          *loss_box;
  GtkLabel           *note;
  GtkPaned           *paned;
  GtkLabel           *review;
  GtkWidget          *review_box;
  StrataSqlView      *text;
  GtkWidget          *values;
  GtkLabel           *was;
  GtkLabel           *is;

  /* owned */
  StrataDifferences   *differences;
  GtkSingleSelection *selection;
  char               *all_caption;
  char               *all_note;
  char               *all_sql;

  /* values */
  gboolean            ticks;
};

enum
{
  PROP_0,
  PROP_TICKS,
  PROP_ORIENTATION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (StrataDifferenceView, strata_difference_view, GTK_TYPE_WIDGET)

static gboolean
is_short (const char *value)
{
  return value == NULL || (strlen (value) <= LONGEST_VALUE && strchr (value, '\n') == NULL);
}

static void
append_part (GString    *text,
             const char *title,
             const char *part)
{
  if (part == NULL || *part == '\0')
    return;

  if (text->len > 0)
    g_string_append (text, "\n");
  g_string_append_printf (text, "-- %s\n%s", title, part);
  if (!g_str_has_suffix (part, "\n"))
    g_string_append_c (text, '\n');
}

/* Its own steps, below how it was and is where that is long; of a thing, all steps of what differs of it. */
static char *
dup_text (StrataDifferenceView        *self,
          const StrataDifferenceFacts *facts,
          guint                        position)
{
  gboolean apart = !is_short (facts->was) || !is_short (facts->is);
  GString *text = g_string_new (NULL);

  if (apart)
    {
      append_part (text, _("Was"), facts->was);
      append_part (text, _("Is"), facts->is);
    }
  if (!facts->is_group)
    {
      append_part (text, _("To get there"), facts->sql);
      return g_string_free (text, FALSE);
    }

  for (guint i = position + 1; i < g_list_model_get_n_items (G_LIST_MODEL (self->differences)); i++)
    {
      g_autoptr(StrataDifferenceItem) item = g_list_model_get_item (G_LIST_MODEL (self->differences), i);
      const StrataDifferenceFacts *member = strata_difference_item_get_facts (item);

      if (!member->is_member)
        break;
      append_part (text, member->title, member->sql);
    }

  return g_string_free (text, FALSE);
}

static void
show_values (StrataDifferenceView        *self,
             const StrataDifferenceFacts *facts)
{
  gboolean shown = (facts->was != NULL || facts->is != NULL) && is_short (facts->was) && is_short (facts->is);

  gtk_widget_set_visible (self->values, shown);
  gtk_label_set_text (self->was, facts->was != NULL ? facts->was : _("nothing"));
  gtk_label_set_text (self->is, facts->is != NULL ? facts->is : _("nothing"));
}

static void
show_marks (StrataDifferenceView        *self,
            const StrataDifferenceFacts *facts)
{
  /* Translators: what is lost with a change, “the column's data”. */
  g_autofree char *loss = facts->loss != NULL ? g_strdup_printf (_("Loses %s"), facts->loss) : NULL;

  gtk_widget_set_visible (self->loss_box, loss != NULL);
  gtk_widget_set_visible (self->review_box, facts->review != NULL);
  gtk_label_set_text (self->loss, loss != NULL ? loss : "");
  gtk_label_set_text (self->review, facts->review != NULL ? facts->review : "");
}

static void
show_note (StrataDifferenceView *self,
           const char           *note)
{
  gtk_label_set_text (self->note, note != NULL ? note : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note), note != NULL);
}

static void
show_all_sql (StrataDifferenceView *self)
{
  const StrataDifferenceFacts nothing = { 0, };

  show_values (self, &nothing);
  show_marks (self, &nothing);
  gtk_label_set_text (self->caption, self->all_caption != NULL ? self->all_caption : "");
  show_note (self, self->all_note);
  strata_sql_view_set_text (self->text, self->all_sql != NULL ? self->all_sql : "");
}

static void
on_selected (StrataDifferenceView *self)
{
  StrataDifferenceItem *item = gtk_single_selection_get_selected_item (self->selection);
  const StrataDifferenceFacts *facts = item != NULL ? strata_difference_item_get_facts (item) : NULL;
  g_autofree char *text = NULL;

  if (facts == NULL)
    {
      show_all_sql (self);
      return;
    }

  gtk_label_set_text (self->caption, facts->title);
  show_note (self, NULL);
  show_values (self, facts);
  show_marks (self, facts);
  text = dup_text (self, facts, gtk_single_selection_get_selected (self->selection));
  if (*text == '\0' && strata_differences_get_compared (self->differences)->no_way == NULL)
    strata_sql_view_set_text (self->text, _("-- No step of its own: it comes with those of others"));
  else
    strata_sql_view_set_text (self->text, text);
}

static void
tick (StrataDifferenceView *self,
      guint                 position)
{
  g_autoptr(StrataDifferenceItem) item = g_list_model_get_item (G_LIST_MODEL (self->differences), position);

  if (item != NULL)
    strata_differences_tick (self->differences, position, !strata_difference_item_get_ticked (item));
}

/* The row does not know where it stands. */
static void
on_toggled (StrataDifferenceView *self,
            StrataDifferenceRow  *row)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->differences)); i++)
    {
      g_autoptr(StrataDifferenceItem) item = g_list_model_get_item (G_LIST_MODEL (self->differences), i);

      if (item == strata_difference_row_get_item (row))
        {
          tick (self, i);
          return;
        }
    }
}

static void
toggle (GtkWidget  *widget,
        const char *action,
        GVariant   *parameter)
{
  StrataDifferenceView *self = STRATA_DIFFERENCE_VIEW (widget);
  guint position = gtk_single_selection_get_selected (self->selection);

  if (self->ticks && self->differences != NULL && position != GTK_INVALID_LIST_POSITION)
    tick (self, position);
}

static void
unselect (GtkWidget  *widget,
          const char *action,
          GVariant   *parameter)
{
  gtk_single_selection_set_selected (STRATA_DIFFERENCE_VIEW (widget)->selection, GTK_INVALID_LIST_POSITION);
}

static void
setup_row (StrataDifferenceView *self,
           GtkListItem          *list_item)
{
  GtkWidget *row = strata_difference_row_new (self->ticks);

  g_signal_connect_object (row, "toggled", G_CALLBACK (on_toggled), self, G_CONNECT_SWAPPED);
  gtk_list_item_set_child (list_item, row);
}

static void
bind_row (StrataDifferenceView *self,
          GtkListItem          *list_item)
{
  strata_difference_row_set_item (STRATA_DIFFERENCE_ROW (gtk_list_item_get_child (list_item)), gtk_list_item_get_item (list_item));
}

static void
unbind_row (StrataDifferenceView *self,
            GtkListItem          *list_item)
{
  strata_difference_row_set_item (STRATA_DIFFERENCE_ROW (gtk_list_item_get_child (list_item)), NULL);
}

/* GTK’s list takes Space for selecting, which it has done already. */
static void
take_space (StrataDifferenceView *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_space, 0),
                                                          gtk_named_action_new ("difference.toggle")));
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                                                          gtk_named_action_new ("difference.unselect")));
  gtk_widget_add_controller (GTK_WIDGET (self->list), keys);
}

static void
make_list (StrataDifferenceView *self)
{
  g_autoptr(GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_row), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_row), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_row), self, G_CONNECT_SWAPPED);
  self->selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (on_selected), self, G_CONNECT_SWAPPED);
  gtk_list_view_set_factory (self->list, factory);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  take_space (self);
}

static void
strata_difference_view_dispose (GObject *object)
{
  StrataDifferenceView *self = STRATA_DIFFERENCE_VIEW (object);
  GtkWidget *child;

  if (self->list != NULL)
    gtk_list_view_set_model (self->list, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), STRATA_TYPE_DIFFERENCE_VIEW);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->selection);
  g_clear_object (&self->differences);
  g_clear_pointer (&self->all_caption, g_free);
  g_clear_pointer (&self->all_note, g_free);
  g_clear_pointer (&self->all_sql, g_free);

  G_OBJECT_CLASS (strata_difference_view_parent_class)->dispose (object);
}

static void
strata_difference_view_get_property (GObject    *object,
                                     guint       id,
                                     GValue     *value,
                                     GParamSpec *pspec)
{
  StrataDifferenceView *self = STRATA_DIFFERENCE_VIEW (object);

  switch (id)
    {
    case PROP_TICKS:
      g_value_set_boolean (value, self->ticks);
      break;
    case PROP_ORIENTATION:
      g_value_set_enum (value, gtk_orientable_get_orientation (GTK_ORIENTABLE (self->paned)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_difference_view_set_property (GObject      *object,
                                     guint         id,
                                     const GValue *value,
                                     GParamSpec   *pspec)
{
  StrataDifferenceView *self = STRATA_DIFFERENCE_VIEW (object);

  switch (id)
    {
    case PROP_TICKS:
      self->ticks = g_value_get_boolean (value);
      break;
    case PROP_ORIENTATION:
      gtk_orientable_set_orientation (GTK_ORIENTABLE (self->paned), g_value_get_enum (value));
      gtk_paned_set_position (self->paned, g_value_get_enum (value) == GTK_ORIENTATION_VERTICAL ? LIST_HEIGHT : LIST_WIDTH);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_difference_view_class_init (StrataDifferenceViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = strata_difference_view_dispose;
  object_class->get_property = strata_difference_view_get_property;
  object_class->set_property = strata_difference_view_set_property;

  properties[PROP_TICKS] =
    g_param_spec_boolean ("ticks", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_ORIENTATION] =
    g_param_spec_enum ("orientation", NULL, NULL, GTK_TYPE_ORIENTATION, GTK_ORIENTATION_HORIZONTAL,
                       G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (STRATA_TYPE_SQL_VIEW);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/strata/Strata/ui/shared/difference-view.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataDifferenceView, caption);
  gtk_widget_class_bind_template_child (widget_class, StrataDifferenceView, is);
  gtk_widget_class_bind_template_child (widget_class, StrataDifferenceView, list);
  gtk_widget_class_bind_template_child (widget_class, StrataDifferenceView, loss);
  gtk_widget_class_bind_template_child (widget_class, StrataDifferenceView, loss_box);
  gtk_widget_class_bind_template_child (widget_class, StrataDifferenceView, note);
  gtk_widget_class_bind_template_child (widget_class, StrataDifferenceView, paned);
  gtk_widget_class_bind_template_child (widget_class, StrataDifferenceView, review);
  gtk_widget_class_bind_template_child (widget_class, StrataDifferenceView, review_box);
  gtk_widget_class_bind_template_child (widget_class, StrataDifferenceView, text);
  gtk_widget_class_bind_template_child (widget_class, StrataDifferenceView, values);
  gtk_widget_class_bind_template_child (widget_class, StrataDifferenceView, was);
  gtk_widget_class_install_action (widget_class, "difference.toggle", NULL, toggle);
  gtk_widget_class_install_action (widget_class, "difference.unselect", NULL, unselect);
}

static void
strata_difference_view_init (StrataDifferenceView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  make_list (self);
}

void
strata_difference_view_show (StrataDifferenceView *self,
                             StrataDifferences     *differences)
{
  g_return_if_fail (STRATA_IS_DIFFERENCE_VIEW (self));

  if (!g_set_object (&self->differences, differences))
    return;

  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (differences));
  on_selected (self);
}

void
strata_difference_view_set_sql (StrataDifferenceView *self,
                                const char           *caption,
                                const char           *note,
                                const char           *sql)
{
  g_return_if_fail (STRATA_IS_DIFFERENCE_VIEW (self));

  g_free (self->all_caption);
  g_free (self->all_note);
  g_free (self->all_sql);
  self->all_caption = g_strdup (caption);
  self->all_note = g_strdup (note);
  self->all_sql = g_strdup (sql);
  if (gtk_single_selection_get_selected_item (self->selection) == NULL)
    show_all_sql (self);
}
