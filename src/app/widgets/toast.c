/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/widgets/toast.h"

#include "app/widgets/accessible.h"

static AdwToast *
new_toast (const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  return adw_toast_new (escaped);
}

void
strata_toast_show (AdwToastOverlay *overlay,
                   const char      *text)
{
  adw_toast_overlay_add_toast (overlay, new_toast (text));
  strata_accessible_announce (GTK_WIDGET (overlay), text);
}

void
strata_toast_show_offer (AdwToastOverlay *overlay,
                         const char      *text,
                         const char      *label,
                         const char      *action,
                         GVariant        *target)
{
  AdwToast *toast = new_toast (text);

  adw_toast_set_button_label (toast, label);
  adw_toast_set_action_name (toast, action);
  adw_toast_set_action_target_value (toast, target);
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  adw_toast_overlay_add_toast (overlay, toast);
  strata_accessible_announce (GTK_WIDGET (overlay), text);
}
