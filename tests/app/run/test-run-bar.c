/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The button, the bar, and how a run ends: in a window that has their actions, but is not the real one. */

#include "config.h"

#include "app/run/run-bar.h"
#include "app/run/run-button.h"
#include "app/run/run-watch.h"
#include "app/run/widgets.h"
#include "app/support.h"

#define HERE "47ab92c0de15"
#define ENDLESS "WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 2000000000) SELECT max(i) FROM n;"

typedef struct
{
  StrataSession    *session;
  GtkWidget        *window;
  AdwToastOverlay  *toasts;
  GtkWidget        *button;
  GtkWidget        *bar;
  StrataRunWatch   *watch;
  GString          *asked;      /* actions, with their targets */
} Desk;

static void
on_action (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       data)
{
  Desk *desk = data;
  const char *target = parameter != NULL ? g_variant_get_string (parameter, NULL) : "";

  g_string_append_printf (desk->asked, "%s(%s) ", g_action_get_name (G_ACTION (action)), target);
}

static void
add_actions (Desk *desk)
{
  static const struct { const char *name; const char *type; } all[] = {
    { "connect", NULL }, { "downgrade", "s" }, { "restore", NULL }, { "show-heads", NULL }, { "show-run", "s" },
    { "stamp", "s" }, { "stop-run", NULL }, { "upgrade", "s" },
  };
  g_autoptr(GSimpleActionGroup) group = g_simple_action_group_new ();

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_autoptr(GSimpleAction) action = g_simple_action_new (all[i].name, all[i].type != NULL ? G_VARIANT_TYPE (all[i].type)
                                                                                             : NULL);

      g_signal_connect (action, "activate", G_CALLBACK (on_action), desk);
      g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
    }
  gtk_widget_insert_action_group (desk->window, "win", G_ACTION_GROUP (group));
}

static Desk *
desk_new (SupportSample *sample)
{
  Desk *desk = g_new0 (Desk, 1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  desk->asked = g_string_new (NULL);
  desk->session = support_sample_open (sample);
  desk->window = gtk_window_new ();
  desk->toasts = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());
  desk->button = g_object_new (STRATA_TYPE_RUN_BUTTON, "session", desk->session, NULL);
  desk->bar = g_object_new (STRATA_TYPE_RUN_BAR, "session", desk->session, NULL);
  add_actions (desk);
  gtk_box_append (GTK_BOX (box), desk->button);
  gtk_box_append (GTK_BOX (box), desk->bar);
  adw_toast_overlay_set_child (desk->toasts, box);
  gtk_window_set_child (GTK_WINDOW (desk->window), GTK_WIDGET (desk->toasts));
  desk->watch = strata_run_watch_new (GTK_WINDOW (desk->window), desk->toasts, desk->session);
  g_object_ref (desk->window);
  gtk_window_present (GTK_WINDOW (desk->window));
  pump_until (gtk_widget_get_mapped (desk->button));

  return desk;
}

static void
desk_free (Desk *desk)
{
  gtk_window_destroy (GTK_WINDOW (desk->window));
  pump_until_finalized (desk->window);
  g_assert_finalize_object (desk->watch);
  pump_until_finalized (desk->session);
  g_string_free (desk->asked, TRUE);
  g_free (desk);
}

static StrataRunJob *
start (Desk       *desk,
       const char *target)
{
  const char *targets[] = { target, NULL };
  StrataRunOptions options = STRATA_RUN_OPTIONS_INIT;

  options.targets = targets;

  return g_object_ref (strata_session_start_run (desk->session, &options));
}

static gboolean
is_revealed (Desk *desk)
{
  return gtk_revealer_get_reveal_child (GTK_REVEALER (child_of (desk->bar, "revealer")));
}

static void
write_next (SupportSample *sample,
            const char    *sql)
{
  g_autofree char *text = g_strdup_printf ("-- Broken\n--\n-- Revision: f00000000001\n-- Revises: %s\n\n"
                                           "-- strata:upgrade\n%s\n", HERE, sql);

  support_sample_write (sample, "versions/f00000000001_broken.sql", text);
}

static void
test_button (SupportSample *sample,
             gconstpointer  data)
{
  const char *ids[] = { "58d3c1a7e92f", NULL };
  const char *applied[] = { "8c4e1f60a2d7", NULL };
  Desk *desk = desk_new (sample);
  AdwSplitButton *button = ADW_SPLIT_BUTTON (child_of (desk->button, "button"));

  g_assert_cmpstr (adw_split_button_get_label (button), ==, "Upgrade 5…");
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (button), "suggested-action"));
  gtk_widget_activate_action (desk->button, "run.to-selected", NULL);
  g_assert_cmpstr (desk->asked->str, ==, "");

  strata_session_set_selected (desk->session, ids);
  gtk_widget_activate_action (desk->button, "run.to-selected", NULL);
  strata_session_set_selected (desk->session, applied);
  gtk_widget_activate_action (desk->button, "run.to-selected", NULL);
  gtk_widget_activate_action (desk->button, "run.one-step", NULL);
  gtk_widget_activate_action (desk->button, "run.step-back", NULL);
  gtk_widget_activate_action (desk->button, "run.stamp", NULL);
  gtk_widget_activate_action (desk->button, "run.restore", NULL);
  g_assert_cmpstr (desk->asked->str, ==, "upgrade(58d3c1a7e92f) downgrade(8c4e1f60a2d7) upgrade(+1) downgrade(-1) "
                   "stamp(8c4e1f60a2d7) restore() ");

  /* A session that tells of news while a person aims at the button. */
  gtk_widget_grab_focus (find (button, GTK_TYPE_BUTTON, 0));
  g_assert_true (gtk_widget_has_focus (find (button, GTK_TYPE_BUTTON, 0)));
  strata_session_set_selected (desk->session, ids);
  g_object_notify (G_OBJECT (desk->session), "snapshot");
  g_assert_true (gtk_widget_has_focus (find (button, GTK_TYPE_BUTTON, 0)));

  strata_session_close (desk->session);
  g_assert_false (gtk_widget_get_visible (desk->button));
  desk_free (desk);
}

static void
test_success (SupportSample *sample,
              gconstpointer  data)
{
  Desk *desk = desk_new (sample);
  StrataRunJob *job;

  g_assert_false (is_revealed (desk));
  job = start (desk, "heads");
  g_assert_true (is_revealed (desk));
  g_assert_true (g_str_has_prefix (text_of (desk->bar, "title"), "Connecting to shop.db"));
  pump_until (strata_run_job_has_ended (job));
  g_assert_false (is_revealed (desk));
  pump_until (says (desk->window, "shop.db is at 7d18e5c2f9a6 (5 steps, "));
  g_assert_cmpstr (desk->asked->str, ==, "");
  g_object_unref (job);
  desk_free (desk);
}

static void
test_failure (SupportSample *sample,
              gconstpointer  data)
{
  Desk *desk;
  StrataRunJob *job;
  g_autofree char *expected = NULL;

  write_next (sample, "INSERT INTO nowhere VALUES (1);");
  desk = desk_new (sample);
  job = start (desk, "f00000000001");
  pump_until (strata_run_job_has_ended (job));
  expected = g_strdup_printf ("show-run(%s) ", strata_run_job_get_name (job));
  g_assert_cmpstr (desk->asked->str, ==, expected);
  g_object_unref (job);
  desk_free (desk);
}

static void
test_stop (SupportSample *sample,
           gconstpointer  data)
{
  Desk *desk;
  StrataRunJob *job;

  write_next (sample, ENDLESS);
  desk = desk_new (sample);
  job = start (desk, "f00000000001");
  pump_until (g_str_has_prefix (text_of (desk->bar, "statement"), "WITH RECURSIVE"));
  g_assert_cmpstr (text_of (desk->bar, "title"), ==, "Step 1 of 1 · Broken");
  g_assert_false (is_shown (desk->bar, "waiting_box"));
  g_assert_true (is_sensitive (desk->bar, "stop"));
  pump_until (g_str_equal (text_of (desk->bar, "elapsed"), "0:01"));

  strata_run_job_cancel (job);
  g_assert_cmpstr (text_of (desk->bar, "title"), ==, "Stopping…");
  g_assert_false (is_sensitive (desk->bar, "stop"));
  pump_until (strata_run_job_has_ended (job));
  pump_until (says (desk->window, "Stopped: nothing was changed on shop.db"));
  g_object_unref (job);
  desk_free (desk);
}

/* A second connection holds the database: the bar says so, on a line of its own. */
static void
test_waiting (SupportSample *sample,
              gconstpointer  data)
{
  const StrataUrlParts parts = { .dialect = STRATA_DIALECT_SQLITE, .database = sample->database };
  const StrataConnectOptions options = { .writable = TRUE };
  g_autoptr(StrataUrl) url = strata_url_new (&parts);
  g_autoptr(GError) error = NULL;
  Desk *desk = desk_new (sample);
  StrataConnection *other = strata_connection_open (url, &options, NULL, &error);
  StrataRunJob *job;

  g_assert_no_error (error);
  g_assert_true (strata_connection_take_run_lock (other, NULL, "alembic_version", 0, NULL, NULL, NULL, &error));
  job = start (desk, "heads");
  pump_until (is_shown (desk->bar, "waiting_box"));
  g_assert_cmpstr (text_of (desk->bar, "title"), ==, "Waiting to begin on shop.db…");
  g_assert_true (g_str_has_prefix (text_of (desk->bar, "waiting"), "Waiting for a lock: "));

  strata_connection_drop_run_lock (other);
  g_object_unref (other);
  pump_until (strata_run_job_has_ended (job));
  g_assert_no_error (strata_run_job_get_error (job));
  g_object_unref (job);
  desk_free (desk);
}

static void
test_close_keeps (SupportSample *sample,
                  gconstpointer  data)
{
  Desk *desk;
  StrataRunJob *job;
  GtkWidget *question;

  write_next (sample, ENDLESS);
  desk = desk_new (sample);
  job = start (desk, "f00000000001");
  pump_until (g_str_has_prefix (text_of (desk->bar, "statement"), "WITH RECURSIVE"));

  gtk_window_close (GTK_WINDOW (desk->window));
  pump_until ((question = find_window (ADW_TYPE_MESSAGE_DIALOG)) != NULL);
  g_assert_cmpstr (adw_message_dialog_get_heading (ADW_MESSAGE_DIALOG (question)), ==, "Stop the Run on shop.db?");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (question), "keep");
  gtk_window_destroy (GTK_WINDOW (question));
  g_assert_false (strata_run_job_is_stopping (job));
  g_assert_true (gtk_widget_get_visible (desk->window));

  gtk_window_close (GTK_WINDOW (desk->window));
  pump_until ((question = find_window (ADW_TYPE_MESSAGE_DIALOG)) != NULL);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (question), "stop");
  pump_until (strata_run_job_has_ended (job));
  pump_until (!gtk_widget_get_visible (desk->window));
  g_object_unref (job);
  desk_free (desk);
}

/* What the engine can't know by itself becomes a question, and the same run goes on with the answer. */
static void
test_question (SupportSample *sample,
               gconstpointer  data)
{
  const StrataUrlParts parts = { .dialect = STRATA_DIALECT_SQLITE, .database = sample->database };
  const StrataConnectOptions options = { .writable = TRUE, .create = TRUE };
  g_autoptr(StrataUrl) url = strata_url_new (&parts);
  g_autoptr(GError) error = NULL;
  StrataConnection *other = strata_connection_open (url, &options, NULL, &error);
  GtkWidget *question;
  StrataRunJob *job;
  Desk *desk;

  strata_connection_execute (other, "CREATE TABLE stranger (id INTEGER)", -1, NULL, 0, NULL, NULL, &error);
  g_assert_no_error (error);
  g_object_unref (other);

  desk = desk_new (sample);
  job = start (desk, "8c4e1f60a2d7");
  pump_until ((question = find_window (ADW_TYPE_MESSAGE_DIALOG)) != NULL);
  g_assert_true (strata_run_job_has_ended (job));
  g_assert_cmpstr (adw_message_dialog_get_heading (ADW_MESSAGE_DIALOG (question)), ==, "Is shop.db the Right Database?");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (question), "run");
  g_assert_nonnull (strata_session_get_run (desk->session));
  gtk_window_destroy (GTK_WINDOW (question));
  pump_until (says (desk->window, "shop.db is at 8c4e1f60a2d7 (1 step, "));
  g_object_unref (job);
  desk_free (desk);
}

static void
on_notify (GDBusConnection       *bus,
           const char            *sender,
           const char            *path,
           const char            *interface,
           const char            *method,
           GVariant              *parameters,
           GDBusMethodInvocation *invocation,
           gpointer               data)
{
  char **summary = data;

  if (g_str_equal (method, "Notify"))
    g_variant_get_child (parameters, 3, "s", summary);
  g_dbus_method_invocation_return_value (invocation, g_str_equal (method, "Notify") ? g_variant_new ("(u)", 1) : NULL);
}

/* In place of the desktop's. */
static guint
serve_notifications (GDBusConnection *bus,
                     char           **summary)
{
  static const char * const xml =
    "<node><interface name='org.freedesktop.Notifications'>"
    "<method name='Notify'><arg type='s' direction='in'/><arg type='u' direction='in'/><arg type='s' direction='in'/>"
    "<arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='as' direction='in'/>"
    "<arg type='a{sv}' direction='in'/><arg type='i' direction='in'/><arg type='u' direction='out'/></method>"
    "</interface></node>";
  static const GDBusInterfaceVTable vtable = { .method_call = on_notify };
  g_autoptr(GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (xml, NULL);
  g_autoptr(GVariant) answer = NULL;

  answer = g_dbus_connection_call_sync (bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                                        "RequestName", g_variant_new ("(su)", "org.freedesktop.Notifications", 0), NULL,
                                        G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL);
  g_assert_nonnull (answer);

  return g_dbus_connection_register_object (bus, "/org/freedesktop/Notifications", node->interfaces[0], &vtable, summary,
                                            NULL, NULL);
}

/* Nobody looks at the window: the desktop tells how it ended. */
static void
test_notification (SupportSample *sample,
                   gconstpointer  data)
{
  g_autoptr(GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr(GtkApplication) application = gtk_application_new ("org.example.Test", G_APPLICATION_NON_UNIQUE);
  g_autofree char *summary = NULL;
  guint id = serve_notifications (bus, &summary);
  Desk *desk = desk_new (sample);
  GtkWidget *other = gtk_window_new ();
  StrataRunJob *job;

  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  gtk_window_set_application (GTK_WINDOW (desk->window), application);
  gtk_window_present (GTK_WINDOW (other));
  pump_until (gtk_widget_get_mapped (other) && !gtk_window_is_active (GTK_WINDOW (desk->window)));

  job = start (desk, "heads");
  pump_until (summary != NULL);
  g_assert_true (g_str_has_prefix (summary, "shop.db is at 7d18e5c2f9a6 (5 steps, "));

  gtk_window_destroy (GTK_WINDOW (other));
  g_dbus_connection_unregister_object (bus, id);
  pump_until (strata_session_get_run (desk->session) == NULL);
  g_object_unref (job);
  desk_free (desk);
}

int
main (int    argc,
      char **argv)
{
  support_init_display (&argc, &argv);

  support_sample_add ("/run/bar/button", HERE, test_button);
  support_sample_add ("/run/bar/success", HERE, test_success);
  support_sample_add ("/run/bar/failure", HERE, test_failure);
  support_sample_add ("/run/bar/stop", HERE, test_stop);
  support_sample_add ("/run/bar/waiting", HERE, test_waiting);
  support_sample_add ("/run/bar/close", HERE, test_close_keeps);
  support_sample_add ("/run/bar/question", NULL, test_question);
  support_sample_add ("/run/bar/notification", HERE, test_notification);

  return g_test_run ();
}
