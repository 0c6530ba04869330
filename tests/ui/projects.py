# SPDX-License-Identifier: GPL-3.0-or-later
"""Small projects of SQL revisions, for what the sample has not."""

HEADER = """-- {message}
--
-- Revision: {revision}
-- Revises: {parents}

-- strata:upgrade
{upgrade}

-- strata:downgrade
{downgrade}
"""


def write_revision(folder, revision, parents, message, upgrade, downgrade):
    """One revision's file, with the SQL of both ways."""
    path = folder / "versions" / f"{revision}_{message.lower().replace(' ', '_')}.sql"
    path.write_text(HEADER.format(revision=revision, parents=parents, message=message, upgrade=upgrade, downgrade=downgrade))
    return path


def make_project(desktop, name, url, *revisions):
    """A project on this database; of each revision: its id, what comes before it, its message, and the SQL up and down."""
    folder = desktop.make(f"home/{name}")
    (folder / "versions").mkdir(exist_ok=True)
    (folder / "strata.ini").write_text(f"[strata]\nurl = {url.replace('%', '%%')}\n")
    for revision in revisions:
        write_revision(folder, *revision)
    return folder
