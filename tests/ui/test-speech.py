#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a screen reader reads on the way of a new user, by keyboard: dialogs say what they are about, controls what they are
set to, and what happens elsewhere is said where the focus is."""

import re

import tap
from desktop import Desktop
from driver import CHECKED, EXPANDED
from gi.repository import GLib

DIALOG = 16
CLASS = re.compile(r"GtkImage .|Gtk(ListBox|PopoverMenu|StackPage)\b")
NEXT = "Create vouchers"


def with_class_names(app, title):
    """What is called by its class as one comes by."""
    return [part.title for part in app.parts() if part.window.title == title and CLASS.match(part.title)]


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
    with app.desktop.step("nothing is called by its class"):
        assert not with_class_names(app, "shop"), with_class_names(app, "shop")


def settings(app):
    with app.desktop.step("a filter says whether it is the one"):
        assert app.wait("All 21", "radio").has(CHECKED) and not app.find("Pending 5", "radio").has(CHECKED)
        app.click("Pending 5")
        app.until(lambda: app.find("Pending 5", "radio").has(CHECKED), "it does not say so")
        assert not app.find("All 21", "radio").has(CHECKED)
        app.click("All 21")
    with app.desktop.step("what is done is said where the focus is"):
        app.click("Copy the Id")
        app.until(lambda: app.focus().description == "Copied", "nothing is said")


def results(app):
    with app.desktop.step("how often something is found is said where it is searched"):
        app.click("Script", "text")
        app.key("ctrl+f")
        app.type("vouchers")
        app.until(lambda: re.search(r"\d of \d|\d places", app.focus().description), "nothing is said")
        app.key("ctrl+a", "BackSpace")
        app.type("nowhere")
        app.until(lambda: app.focus().description == "Not found", "nothing is said")
        app.key("Escape")
    with app.desktop.step("so is what a comparison finds"):
        app.key("alt+2")
        app.click("Compare", "button")
        app.until(lambda: any("differences ticked" in part.description for part in app.parts()), "the result is not said")
        app.key("alt+1")


def new_revision(app):
    with app.desktop.step("a dialog is one, and opens where one types"):
        app.key("ctrl+n")
        app.wait_dialog("New Revision")
        assert app.windows()[-1].ask("Accessible", "GetRole") == DIALOG
        app.until(lambda: app.focus() and (app.focus().role, app.focus().name) == ("text", "What it does, in a line"),
                  "the focus is not there")
    with app.desktop.step("a choice says what is chosen"):
        assert "Give back the space" in app.wait("After", "combo box").description
        assert not with_class_names(app, "New Revision"), with_class_names(app, "New Revision")
        app.key("Escape")
        app.wait_gone("What it does, in a line")


def sheet(app):
    with app.desktop.step("the sheet says first what it is about"):
        app.key("ctrl+u")
        app.wait_dialog("Upgrade shop.db")
        app.wait("5 revisions, 4 transactions, on shop.db")
        words = app.windows()[-1].description
        for part in ("Writes to the database shop.db", "5 revisions, 4 transactions", "outside of a transaction"):
            assert part in words, words
    with app.desktop.step("a step says whether it is open"):
        app.key("Tab")
        step = app.until(app.focus, "no focus")
        assert step.name == NEXT and not step.has(EXPANDED), step
        app.key("space")
        app.until(lambda: app.focus().has(EXPANDED), "it does not say so")
    with app.desktop.step("the end of a run is said where the focus is, until it goes elsewhere"):
        app.click("Upgrade shop.db", "button")
        app.wait("Up to Date")
        said = app.until(lambda: next((part for part in app.parts() if "shop.db is at 7d18" in part.description), None),
                         "nothing is said")
        app.key("F6")
        app.until(lambda: not any(part.path == said.path and "is at 7d18" in part.description for part in app.parts()),
                  "it is still said")


def main():
    with Desktop() as desktop:
        app = desktop.start(desktop.sample())
        script(app)
        settings(app)
        results(app)
        new_revision(app)
        sheet(app)
        app.quit()
    tap.done()


main()
