#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A person's walk: up, one step down, a new revision, broken and mended. Each sheet and dialog that writes names its
database."""

import tap
from desktop import Desktop
from projects import make_project
from servers import postgresql


def line_of(path, text):
    """The number of the first line that begins with this, from 1."""
    return next(number for number, line in enumerate(path.read_text().splitlines(), 1) if line.startswith(text))


def write_line(app, number, text):
    """In the script: instead of what is in a line, by keys."""
    app.click("Script", "text")
    app.key("ctrl+i")
    app.type(str(number))
    app.key("Return", "Home", "shift+End")
    app.type(text)
    # What is proposed in the middle of a word is not meant.
    app.key("Escape")


def walk(desktop, app, folder, database):
    with desktop.step(f"{database}: one step down"):
        app.click("Other Ways to Move the Database", "button")
        app.click("Downgrade One Step…")
        app.wait_dialog(f"Downgrade {database}")
        app.click(f"Downgrade {database}", "button")
        app.wait("1 pending above", "row")
    with desktop.step(f"{database}: all the way back is shown before it would be gone"):
        app.click("Other Ways to Move the Database", "button")
        app.click("Downgrade All…")
        app.wait_dialog(f"Downgrade {database}")
        app.wait(f"{len(list(folder.rglob('versions/*.sql'))) - 1} revision")
        app.key("Escape")
        app.wait("1 pending above", "row")
    with desktop.step(f"{database}: a new revision is made, and opened"):
        app.key("ctrl+n")
        app.wait_dialog("New Revision")
        app.type("wish lists")
        app.key("Return")
        app.wait("wish lists, pending, head", "row")
        path = next(folder.rglob("*_wish_lists.sql"))
    with desktop.step(f"{database}: what is wrong in it is said while it is written, and where"):
        number = line_of(path, "-- strata:upgrade") + 1
        write_line(app, number, "CREATE TABEL wishes (id integer);")
        app.wait("wish lists (not saved)", "heading")
        app.click("Checks", "tab")
        app.wait("TABEL", "row")
        app.click(f"Error, line {number}", "label")
    with desktop.step(f"{database}: and once more before it would run, with the way to it"):
        app.key("ctrl+s")
        app.wait_gone("not saved", "heading")
        app.key("ctrl+u")
        app.wait_dialog(f"Upgrade {database}")
        app.wait("“wish lists” below", "alert")
        app.wait("TABEL", "row")
        assert app.find(f"Upgrade {database}", "button").sensitive and "Cancel" in app.focus().label
        app.click(f"Open {path.name}:{number}", "button")
        app.wait_gone("“wish lists” below")
        app.until(lambda: app.focus() is not None and app.focus().name == "Script", "the script has not the keyboard")
    with desktop.step(f"{database}: a table that is not there fails in the run, and what came before it stays"):
        app.wait("Script", "text")
        write_line(app, number, "CREATE TABLE wishes (id integer); INSERT INTO nowhere VALUES (1);")
        app.key("ctrl+s")
        app.wait_gone("not saved", "heading")
        assert "INSERT INTO nowhere" in path.read_text()
        app.key("ctrl+u")
        app.wait("2 revisions", "label")
        app.click(f"Upgrade {database}", "button")
        app.wait("Not in it")
        app.wait(f"{path.name}:{number}:", "alert")
        app.click("Show Revision", "button")
        app.wait("1 pending above", "row")
        app.wait("wish lists, pending, head", "row")
    with desktop.step(f"{database}: mended, it runs"):
        write_line(app, number, "CREATE TABLE wishes (id integer);")
        write_line(app, line_of(path, "-- strata:downgrade") + 1, "DROP TABLE wishes;")
        app.key("ctrl+s")
        app.wait_gone("not saved", "heading")
        app.key("ctrl+u")
        app.wait_dialog(f"Upgrade {database}")
        app.click(f"Upgrade {database}", "button")
        app.wait("is here, up to date", "row")
        app.wait("wish lists, applied, head", "row")


def sqlite(desktop):
    app = desktop.start()
    with desktop.step("from nothing to upgraded in three clicks"):
        app.click("Sample", "button")
        app.click("Upgrade 5…", "button")
        app.wait("5 revisions, 4 transactions, on shop.db")
        app.click("Upgrade shop.db", "button")
        app.wait("shop.db is here, up to date", "row")
    walk(desktop, app, desktop.folder / "home/data/strata/sample", "shop.db")
    with desktop.step("nothing was complained about"):
        app.quit()


def on_postgresql(desktop, server):
    folder = make_project(desktop, "orders", server.create("orders"),
                          ("a1", "", "Create orders", "CREATE TABLE orders (id integer);", "DROP TABLE orders;"),
                          ("a2", "a1", "Add totals", "ALTER TABLE orders ADD total integer;",
                           "ALTER TABLE orders DROP total;"))
    app = desktop.start(folder)
    with desktop.step("orders: upgraded"):
        app.click("Upgrade 2…", "button")
        app.wait_dialog("Upgrade orders")
        app.click("Upgrade orders", "button")
        app.wait("orders is here, up to date", "row")
        assert server.sql("SELECT version_num FROM alembic_version", "orders") == ["a2"]
    walk(desktop, app, folder, "orders")
    with desktop.step("nothing was complained about either"):
        app.quit()


def main():
    with Desktop() as desktop:
        sqlite(desktop)
        with postgresql.server() as server:
            on_postgresql(desktop, server)
    tap.done()


main()
