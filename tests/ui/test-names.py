#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a screen reader says: each control of each page and dialog has a name, and each dialog that writes says to which
database, or that it writes to none."""

import tap
from desktop import Desktop
from projects import make_project, write_revision

# What a person uses; what only shows text has it.
CONTROLS = ("button", "check box", "combo box", "entry", "menu item", "password", "radio", "row", "tab", "text", "toggle")
FILES = "and to no database"


def nameless(app, title=None):
    """Controls without a name in the newest window, or the one called so: "" if there are none."""
    parts = app.parts()
    window = [part for part in parts if part.parent is None and title in (None, part.title)][-1]
    # The list in a drop-down is GTK's own, and so is the eye of a password, which only has a tooltip.
    return "\n".join(str(part) + f" in {part.parent}" for part in parts
                     if part.window is window and part.role in CONTROLS and not part.label
                     and not (part.role == "row" and part.parent.title == "GtkListView") and part.description != "Show Text")


def description(app):
    return app.windows()[-1].description


def audit(app, what, *words, title=None):
    said = description(app) if words else ""
    found = nameless(app, title)
    tap.check(not found and all(word in said for word in words), what, found, *(f"{said!r}: no “{word}”" for word in words if word not in said))


def close(app):
    n = len(app.windows())
    app.key("Escape")
    app.until(lambda: len(app.windows()) < n, "the dialog stays", 10)


def open_by(app, action):
    """A dialog that an action of the window opens."""
    app.act(app.windows()[0], action)
    app.until(lambda: len(app.windows()) > 1, f"{action} opens nothing", 10)
    app.settle()


def pages(app):
    app.wait("2 Heads…", "button")
    audit(app, "the window with its overview")
    app.click("Create bulbs, pending", "row")
    app.wait("Pending on lamps.db")
    for page in ("Script", "Changes", "SQL", "Checks"):
        app.click(page)
        audit(app, f"the page {page} of a revision")
    for key, page in ("alt+2", "Compare"), ("alt+3", "Activity"):
        app.key(key)
        audit(app, f"the page {page}")
    app.key("alt+1")


def of_files(app):
    for action, what in (("win.new-project", "a new project"), ("win.merge-all", "a merge")):
        open_by(app, action)
        audit(app, f"{what} writes files only", "database" if "project" in what else FILES)
        close(app)
    app.key("ctrl+n")
    app.wait_dialog("New Revision")
    audit(app, "a new revision writes files only", FILES)
    close(app)
    open_by(app, "win.preferences")
    audit(app, "the preferences")
    close(app)
    open_by(app, "win.manage-profiles")
    audit(app, "the profiles", FILES)
    app.click("New Profile…", "button")
    app.until(lambda: len(app.windows()) > 2, "no dialog", 10)
    app.settle()
    audit(app, "a profile", FILES)
    close(app)
    close(app)


def of_databases(app, folder):
    where = "the database lamps.db, ~/lamps/lamps.db"
    app.click("2 Heads…", "button")
    app.wait_dialog("Several Heads")
    audit(app, "two heads only ask", "Only asks")
    app.click("Upgrade Both…", "button")
    app.wait_dialog("Upgrade lamps.db")
    app.wait("2 revisions, 2 transactions, on lamps.db", "label")
    app.click("Options")
    audit(app, "a run names its database", where)
    close(app)
    write_revision(folder, "e1", "a1", "Create plugs", "CREATE TABLE plugs (id integer);", "DROP TABLE plugs;")
    app.desktop.strata(folder, "upgrade", "--quiet", "e1")
    app.wait("Create plugs, applied", "row")
    next((folder / "versions").glob("e1_*")).unlink()
    with app.desktop.step("what the folder has not is found in the ledger"):
        app.click("Rescue…", "button")
        app.wait_dialog("Rescue lamps.db")
    audit(app, "so does the rescue of it", where)
    close(app)
    write_revision(folder, "e1", "a1", "Create plugs", "CREATE TABLE plugs (id integer);", "DROP TABLE plugs;")
    app.wait("Create plugs, applied", "row")
    for item, title in ("Stamp…", "Stamp lamps.db"), ("Restore Copy…", "Restore lamps.db"):
        app.click("Other Ways to Move the Database", "button")
        app.click(item)
        app.wait_dialog(title)
        audit(app, f"so does “{title}”", where)
        close(app)


def main():
    with Desktop() as desktop:
        folder = make_project(desktop, "lamps", "sqlite:///lamps.db",
                              ("a1", "", "Create lamps", "CREATE TABLE lamps (id integer);", "DROP TABLE lamps;"),
                              ("b1", "a1", "Create bulbs", "CREATE TABLE bulbs (id integer);", "DROP TABLE bulbs;"),
                              ("c1", "a1", "Create shades", "CREATE TABLE shades (id integer);", "DROP TABLE shades;"))
        desktop.strata(folder, "upgrade", "--quiet", "--first-run", "a1")
        app = desktop.start(folder)
        pages(app)
        of_files(app)
        of_databases(app, folder)
        app.quit()
    tap.done()


main()
