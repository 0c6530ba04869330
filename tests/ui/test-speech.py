#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a screen reader reads on the way of a new user, by keyboard: dialogs say what they are about, controls what they are
set to, and what happens elsewhere is said where the focus is."""

import tap
from desktop import Desktop
from gi.repository import GLib

NEXT = "Create vouchers"


def script(app):
    with app.desktop.step("a script is read with its colours, and the window is still there"):
        app.click(NEXT, "row")
        app.click("Script", "tab")
        view = app.wait("Script", "text")
        text = view.text
        # Highlighted when nothing else is to be done, and lines out of sight not at all.
        app.until(lambda: all(view.ask("Text", "GetAttributes", GLib.Variant("(i)", (offset,))) is not None
                              for offset in range(0, min(len(text), 400), 3)), "no attributes")
        assert app.process.poll() is None


def main():
    with Desktop() as desktop:
        app = desktop.start(desktop.sample())
        script(app)
        app.quit()
    tap.done()


main()
