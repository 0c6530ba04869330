# SPDX-License-Identifier: GPL-3.0-or-later
"""When two texts of SQL are the same for those who compare what Alembic prints."""

import re


def fold(text):
    """Statements with their white space folded, literals as they are."""
    parts = re.split(r"('(?:[^']|'')*')", text)
    return "".join(part if i % 2 else re.sub(r"\s+", " ", part) for i, part in enumerate(parts)).strip()


def as_sets(text):
    """Alembic walks the implied indexes and constraints of a table in no order: those statements are compared sorted."""
    statements = [s.strip() for s in re.split(r";\s*\n", text) if s.strip()]
    loose = re.compile(r"CREATE (UNIQUE )?INDEX|ALTER TABLE \S+ ADD (CONSTRAINT|UNIQUE|FOREIGN|CHECK)")
    return [s for s in statements if not loose.match(s)], sorted(s for s in statements if loose.match(s))


def same(theirs, ours):
    if fold(theirs) == fold(ours):
        return True
    a, b = as_sets(theirs), as_sets(ours)
    return [list(map(fold, x)) for x in a] == [list(map(fold, x)) for x in b]
