#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A person's walk: up, one step down, a new revision, broken and mended. Each sheet and dialog that writes names its
database."""

import tap
from desktop import Desktop
from servers import postgresql


def write(folder, message, upgrade):
    """The SQL of the revision with this message, as an editor would save it."""
    path = next(folder.rglob(f"*{message.replace(' ', '_')}*.sql"))
    head, _, _ = path.read_text().partition("-- strata:upgrade")
    path.write_text(f"{head}-- strata:upgrade\n{upgrade}\n\n-- strata:downgrade\nDROP TABLE wishes;\n")
    return path


def walk(desktop, app, folder, database):
    with desktop.step(f"{database}: one step down"):
        app.click("Other Ways to Move the Database", "button")
        app.click("Downgrade One Step…")
        app.wait_dialog(f"Downgrade {database}")
        app.click(f"Downgrade {database}", "button")
        app.wait("1 pending above", "row")
    with desktop.step(f"{database}: a new revision is written, and selected"):
        app.key("ctrl+n")
        app.wait_dialog("New Revision")
        app.type("wish lists")
        app.key("Return")
        app.wait("wish lists, pending, head", "row")
    with desktop.step(f"{database}: broken, it fails, and what came before it stays"):
        write(folder, "wish lists", "CREATE TABLE wishes (id integer);\nINSERT INTO nowhere VALUES (1);")
        app.key("F5")
        app.key("ctrl+u")
        app.wait("2 revisions", "label")
        app.click(f"Upgrade {database}", "button")
        app.wait("Not in it")
        app.click("Revisions", "tab")
        app.wait("1 pending above", "row")
        app.wait("wish lists, pending, head", "row")
    with desktop.step(f"{database}: mended, it runs"):
        write(folder, "wish lists", "CREATE TABLE wishes (id integer);")
        app.key("F5")
        app.click("Revisions", "tab")
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
    folder = desktop.make("home/orders")
    (folder / "versions").mkdir()
    (folder / "strata.ini").write_text(f"[strata]\nurl = {server.create('orders').replace('%', '%%')}\n")
    for name, after, sql in (("a1", "", "CREATE TABLE orders (id integer);"), ("a2", "a1", "ALTER TABLE orders ADD total integer;")):
        (folder / "versions" / f"{name}_step.sql").write_text(
            f"-- step {name}\n--\n-- Revision: {name}\n-- Revises: {after}\n\n-- strata:upgrade\n{sql}\n\n"
            f"-- strata:downgrade\n{'DROP TABLE orders;' if not after else 'ALTER TABLE orders DROP total;'}\n")
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
