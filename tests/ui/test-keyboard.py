#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The walk with no pointer at all: whoever only has a keyboard comes everywhere, and sees where they are."""

import tap
from desktop import Desktop


class Keyboard:
    """Only keys; where the focus is is asked of the screen reader."""

    def __init__(self, app):
        self.app = app

    def go_to(self, text, key="Tab", most=40):
        """Presses it until what has the focus is called so."""
        for _ in range(most):
            focus = self.app.focus()
            if focus is not None and text in f"{focus.label} {focus.name} {focus.description}":
                return focus
            self.app.key(key)
        raise AssertionError(f"“{text}” is not reached by {key}: {self.app.focus()}")

    def run(self, title):
        """What a sheet proposes, by Enter."""
        self.app.wait_dialog(title)
        self.app.wait("Steps", "label")
        self.go_to(title)
        self.app.key("Return")


def walk(desktop):
    folder = desktop.sample()
    app = desktop.start(folder)
    keys = Keyboard(app)
    with desktop.step("up, with Ctrl+U and Enter"):
        app.wait("shop.db is here, 5 pending above", "row")
        app.key("ctrl+u")
        keys.run("Upgrade shop.db")
        app.wait("shop.db is here, up to date", "row")
    with desktop.step("one step down, by the menu beside the button"):
        keys.go_to("Other Ways to Move the Database")
        app.key("Return")
        keys.go_to("Downgrade One Step…", "Down")
        app.key("Return")
        keys.run("Downgrade shop.db")
        app.wait("shop.db is here, 1 pending above", "row")
    with desktop.step("the revisions, one by one, and what they do"):
        app.key("ctrl+f", "Escape")
        keys.go_to("shop.db is here", "Down")
        keys.go_to("Keep the total on each order", "Down")
        app.wait("Keep the total on each order", "heading")
        app.key("Return")
    with desktop.step("a new revision, written and saved"):
        app.key("ctrl+n")
        app.wait_dialog("New Revision")
        app.type("wish lists")
        app.key("Return")
        app.wait("wish lists", "heading")
        keys.go_to("-- strata:upgrade")
        for marker, statement in (("upgrade", "CREATE TABLE wishes (id integer);"), ("downgrade", "DROP TABLE wishes;")):
            lines = keys.go_to("-- strata:upgrade").text.splitlines()
            app.key("ctrl+i")
            app.type(str(lines.index(f"-- strata:{marker}") + 2))
            app.key("Return", "Home", "shift+End")
            app.type(statement)
            # What is proposed in the middle of a word is not meant.
            app.key("Escape")
        app.key("ctrl+s")
        app.wait_gone("(not saved)", "heading")
    with desktop.step("and run"):
        app.wait("shop.db is here, 2 pending above", "row")
        app.key("ctrl+u")
        keys.run("Upgrade shop.db")
        app.wait("shop.db is here, up to date", "row")
        app.wait("wish lists, applied, head", "row")
    with desktop.step("nothing was complained about"):
        app.quit()


def views(desktop):
    app = desktop.start(desktop.sample())
    keys = Keyboard(app)
    with desktop.step("another view takes the focus, and gives it back where it was"):
        app.wait("shop.db is here, 5 pending above", "row")
        app.key("F6")
        keys.go_to("Search", "Tab")
        left = app.focus().label
        app.key("alt+2")
        app.wait("Compare", "button")
        assert app.focus() is not None and app.focus().label != left, app.focus()
        app.key("alt+1")
        app.wait("shop.db is here, 5 pending above", "row")
        assert app.focus() is not None and app.focus().label == left, app.focus()
        app.quit()


def main():
    for part in walk, views:
        with Desktop() as desktop:
            part(desktop)
    tap.done()


main()
