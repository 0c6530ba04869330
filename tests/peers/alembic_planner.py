# SPDX-License-Identifier: GPL-3.0-or-later
"""The real Alembic's planner, asked in this process: no files, no database, thousands of questions a second.

Alembic iterates over sets of strings, so some of its orders differ from run to run with Python's hashing. pin() makes
those sets come in the order that Strata documents (dependencies and children in file order, labels by alphabet), and
files by name, which an Alembic of 2022 did not do: one of the orders that Alembic may choose, and the only one that can
be compared exactly.
"""

import os
import sys
import warnings
from types import SimpleNamespace

if os.environ.get("STRATA_TEST_ALEMBIC"):
    sys.path.insert(0, os.environ["STRATA_TEST_ALEMBIC"])

import alembic
from alembic import util
from alembic.runtime.migration import HeadMaintainer
from alembic.script import ScriptDirectory
from alembic.script import revision as revisions
from alembic.script.base import Script

VERSION = alembic.__version__


class FileOrder(frozenset):
    """A frozenset of ids that is iterated in file order."""

    order = {}

    def __iter__(self):
        return iter(sorted(frozenset.__iter__(self), key=lambda id: (self.order.get(id, -1), id)))

    def union(self, *others):
        return FileOrder(frozenset.union(self, *others))


class Alphabet(set):
    def __iter__(self):
        return iter(sorted(set.__iter__(self)))


def pin():
    """From here on, sets that Alembic shows or follows have Strata's order."""
    original_normalize = revisions.RevisionMap._normalize_depends_on
    original_init = revisions.Revision.__init__
    original_list = Script._list_py_dir

    def normalize(self, all_revisions, map_):
        original_normalize(self, all_revisions, map_)
        for revision in all_revisions:
            kept = set(revision._normalized_resolved_dependencies)
            revision._normalized_resolved_dependencies = tuple(
                id for id in revision._resolved_dependencies if id in kept)

    def list_files(scriptdir, path):
        return sorted(original_list(scriptdir, path))

    def init(self, *args, **kw):
        original_init(self, *args, **kw)
        self.branch_labels = Alphabet(self.branch_labels)

    revisions.RevisionMap._normalize_depends_on = normalize
    revisions.Revision.__init__ = init
    Script._list_py_dir = staticmethod(list_files)
    revisions.Revision.nextrev = FileOrder()
    revisions.Revision._all_nextrev = FileOrder()


class Directory(ScriptDirectory):
    """A script directory whose files are values."""

    def __init__(self, files):
        self.files = files
        super().__init__("/")

    def _load_revisions(self):
        for file in self.files:
            module = SimpleNamespace(revision=file["id"],
                                     down_revision=tuple(file["down"]) or None,
                                     branch_labels=tuple(file["labels"]) or None,
                                     depends_on=tuple(file["depends"]) or None,
                                     upgrade=upgrade, downgrade=downgrade,
                                     __doc__=file["doc"])
            yield Script(module, file["id"], file["path"])


def upgrade():
    """Its name is in Alembic's log."""


def downgrade():
    """The same."""


class Rows(HeadMaintainer):
    """Alembic's own rules for the version table, with every edit written down instead of run."""

    def __init__(self, heads):
        super().__init__(None, heads)
        self.edits = []

    def _insert_version(self, version):
        assert version not in self.heads
        self.heads.add(version)
        self.edits.append(["insert", "", version])

    def _delete_version(self, version):
        self.heads.remove(version)
        self.edits.append(["delete", version, ""])

    def _update_version(self, from_, to_):
        assert to_ not in self.heads
        self.heads.remove(from_)
        self.heads.add(to_)
        self.edits.append(["update", from_, to_])


def code_of(error):
    """Our code for what Alembic's error says; "crash" for what no user is meant to see."""
    if isinstance(error, util.CommandError):
        error = error.__cause__ or error
    text = str(error)
    if isinstance(error, revisions.MultipleHeads):
        return "several-heads"
    if isinstance(error, revisions.ResolutionError):
        if "Multiple revisions start" in text:
            return "ambiguous-target"
        return "invalid-target" if "is not a member of branch" in text else "unknown-revision"
    if isinstance(error, (revisions.RevisionError, util.CommandError)):
        if "History range requires" in text or "downgrade with --sql" in text or "single starting revision" in text:
            return "usage"
        return "ambiguous-target" if "Ambiguous" in text else "invalid-target"
    return "crash"


class Planner:
    def __init__(self, files):
        FileOrder.order = {}
        for number, file in enumerate(files):
            FileOrder.order.setdefault(file["id"], number)
        self.directory = Directory(files)
        self.map = self.directory.revision_map
        self.warned = False

    def ask(self, kind, rows, targets):
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            self.stage = "target"
            try:
                answer = getattr(self, kind.replace("-", "_"))(tuple(rows), targets)
            except Exception as error:
                answer = {"error": {"code": code_of(error), "message": f"{type(error).__name__}: {error}",
                                    "stage": self.stage}}
                if self.stage == "rows":
                    answer["planned"] = self.planned
        if caught:
            answer["warning"] = str(caught[0].message)
        return answer

    def follow(self, steps, rows):
        """What Alembic would do with the version table; "rows" in an error's stage says that it fails in there."""
        self.stage = "rows"
        table = Rows(rows)
        self.planned = [self.show_step(step) for step in steps]
        for step, shown in zip(steps, self.planned):
            table.edits = shown["edits"]
            table.update_to_step(step)
        return {"steps": self.planned, "heads_after": sorted(table.heads)}

    def show_step(self, step):
        kind = {"upgrade": "upgrade", "downgrade": "downgrade"}.get(step.name, "stamp")
        revision = step.revision.revision if kind != "stamp" else step.to_[0] if step.to_ else None
        return {"direction": kind, "revision": revision, "log": f"Running {step}", "edits": []}

    def upgrade(self, rows, targets):
        if ":" in targets[0]:
            raise util.CommandError("Range revision not allowed")
        return self.follow(self.directory._upgrade_revs(targets[0], rows), rows)

    def downgrade(self, rows, targets):
        if ":" in targets[0]:
            raise util.CommandError("Range revision not allowed")
        return self.follow(self.directory._downgrade_revs(targets[0], rows), rows)

    def stamp(self, rows, targets):
        return self.follow(self.directory._stamp_revs(util.to_tuple(targets), rows), rows)

    def purge(self, rows, targets):
        return self.stamp((), targets)

    def start(self, start):
        """MigrationContext.get_current_heads() where no database is asked."""
        return () if start in (None, "base") else (self.directory.get_revision(start).revision,)

    def offline_upgrade(self, rows, targets):
        start, target = targets[0].split(":", 2) if ":" in targets[0] else (None, targets[0])
        return self.upgrade(self.start(start), [target])

    def offline_downgrade(self, rows, targets):
        if ":" not in targets[0]:
            raise util.CommandError("downgrade with --sql requires <fromrev>:<torev>")
        start, target = targets[0].split(":", 2)
        return self.downgrade(self.start(start), [target])

    def offline_stamp(self, rows, targets):
        start = None
        destinations = []
        for target in targets:
            if ":" in target:
                one_start, target = target.split(":", 2)
                if start not in (None, one_start):
                    raise util.CommandError("Stamp operation with --sql only supports a single starting revision")
                start = one_start
            destinations.append(target)
        return self.stamp(self.start(start), destinations)

    def history(self, rows, targets):
        if ":" not in targets[0]:
            raise util.CommandError("History range requires [start]:[end], [start]:, or :[end]")
        base, head = targets[0].strip().split(":")
        if head == "current":
            head = rows
        elif base == "current":
            base = rows
        return self.show_list(self.directory.walk_revisions(base=base or "base", head=head or "heads"))

    def show(self, rows, targets):
        return self.show_list(self.directory.get_revisions(rows if targets[0] == "current" else targets[0]))

    def show_list(self, scripts):
        return {"revisions": [script.revision for script in scripts]}

    def current(self, rows, targets):
        return self.show_list(self.directory.get_all_current(rows))
