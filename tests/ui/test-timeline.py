#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the window shows, and that it stays true: the timeline, and what other processes do to files and database."""

import shutil
import subprocess

import tap
from desktop import Desktop

NEXT = "58d3c1a7e92f"

REVISION = """-- Wish lists
--
-- Revision: f00000000001
-- Revises: 7d18e5c2f9a6

-- strata:upgrade
CREATE TABLE wishes (id INTEGER);

-- strata:downgrade
DROP TABLE wishes;
"""


def looking(desktop):
    folder = desktop.sample()
    app = desktop.start(folder)
    with desktop.step("the timeline says what is applied and what is pending"):
        app.wait("shop.db is here, 5 pending above", "row")
        app.wait("Create vouchers, pending, 58d3c1a7e92f", "row")
        app.wait("Show the sales of each month, applied, 47ab92c0de15", "row")
    with desktop.step("the overview says which database, and why"):
        app.wait("sqlalchemy.url from strata.ini line 5")
        app.wait("5 revisions pending")
    with desktop.step("a filter leaves the pending ones"):
        app.click("Pending 5")
        app.wait_gone("Show the sales of each month", "row")
        assert app.sees("Create vouchers", "row")
        app.click("All 21")
        app.wait("Show the sales of each month", "row")
    with desktop.step("the search finds a revision by a word of its message"):
        app.key("ctrl+f")
        app.type("voucher")
        app.wait_gone("Track shipments", "row")
        assert app.sees("Let an order use a voucher", "row")
        app.key("Escape")
        app.wait("Split the names of customers", "row")
    return folder, app


def staying_true(desktop, folder, app):
    with desktop.step("another process moves the database, and the window says so"):
        desktop.strata(folder, "upgrade", "--quiet", NEXT)
        app.wait("shop.db is here, 4 pending above", "row")
        app.wait("Create vouchers, applied", "row")
    with desktop.step("a file comes, and is there"):
        (folder / "versions" / "f00000000001_wish_lists.sql").write_text(REVISION)
        app.wait("Wish lists, pending", "row")
    with desktop.step("it goes, and is gone"):
        (folder / "versions" / "f00000000001_wish_lists.sql").unlink()
        app.wait_gone("Wish lists", "row")
    with desktop.step("nothing was complained about"):
        app.quit()


def git(folder, *arguments):
    subprocess.run(["git", "-c", "user.name=Ana", "-c", "user.email=ana@example.org", *arguments], cwd=folder, check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def branches(desktop):
    """The database goes forward on a branch; the branch that is switched to has not the file."""
    folder = desktop.sample("branches", "7d18e5c2f9a6")
    (folder / ".gitignore").write_text("shop.db*\n")
    git(folder, "init", "-b", "main")
    git(folder, "add", ".")
    git(folder, "commit", "-m", "the shop")
    git(folder, "switch", "-c", "wishes")
    (folder / "versions" / "f00000000001_wish_lists.sql").write_text(REVISION)
    git(folder, "add", ".")
    git(folder, "commit", "-m", "wish lists")
    desktop.strata(folder, "upgrade", "--quiet")
    app = desktop.start(folder)
    with desktop.step("the branch has what the database has"):
        app.wait("Wish lists, applied", "row")
    with desktop.step("another branch is switched to: the revision stays, as one that the folder lacks"):
        git(folder, "switch", "main")
        app.wait("Wish lists, in the database, not in the folder", "row")
        assert not app.sees("Wish lists, applied", "row")
    with desktop.step("and back"):
        git(folder, "switch", "wishes")
        app.wait("Wish lists, applied", "row")
    app.quit()


def alembic(desktop):
    """An Alembic project is looked at, and none of its Python runs."""
    folder = desktop.make("home/alembic")
    (folder / "versions").mkdir()
    (folder / "alembic.ini").write_text("[alembic]\nscript_location = .\nsqlalchemy.url = sqlite:///app.db\n")
    (folder / "env.py").write_text("open('ran', 'w')\n" + ENVIRONMENT)
    (folder / "versions" / "aa11_first.py").write_text(SCRIPT.format("aa11", "None", "first"))
    (folder / "versions" / "bb22_second.py").write_text(SCRIPT.format("bb22", "'aa11'", "second"))
    app = desktop.start(folder)
    with desktop.step("an Alembic project shows its revisions"):
        app.wait("second, pending, head, needs Python, bb22", "row")
        app.wait("first, pending, needs Python, aa11", "row")
    with desktop.step("nothing of it was run, and no database was made"):
        app.quit()
        assert not list(folder.rglob("ran")) and not list(folder.rglob("__pycache__")) and not (folder / "app.db").exists()


ENVIRONMENT = """
from alembic import context
from sqlalchemy import engine_from_config
config = context.config
with engine_from_config(config.get_section(config.config_ini_section)).connect() as connection:
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()
"""

SCRIPT = '''"""{2}"""
from alembic import op
open("ran", "w")
revision = "{0}"
down_revision = {1}

def upgrade():
    op.execute("CREATE TABLE {0} (id INTEGER)")

def downgrade():
    op.execute("DROP TABLE {0}")
'''


def main():
    with Desktop() as desktop:
        staying_true(desktop, *looking(desktop))
        if shutil.which("git"):
            branches(desktop)
        else:
            tap.skip("branches of git", "git is not installed")
        alembic(desktop)
    tap.done()


main()
