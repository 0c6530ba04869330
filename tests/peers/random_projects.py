# SPDX-License-Identifier: GPL-3.0-or-later
"""Random projects, and targets of every form that alembic.md 1.3 lists, for the tests that ask Alembic and us."""

import string

WORDS = ["orders", "users", "billing", "core", "shop", "net", "audit", "search"]
HEX = "0123456789abcdef"


class Project:
    """Files as both sides read them: in the order of their names within each version location."""

    def __init__(self, random, size=None):
        self.random = random
        self.files = []
        self.labels = []
        self.size = size or random.choice([1, 2, 3, 5, 8, 8, 12, 12, 20, 30])
        self.shape = random.choice(["line", "branches", "branches", "merges", "merges", "roots"])
        self.depends = random.choice([0, 0, 0.1, 0.3, 0.5])
        self.labelled = random.choice([0, 0.1, 0.3])
        self.locations = random.choice([1, 1, 2, 3])
        made = []
        for number in range(self.size):
            made.append(self.make_file(made))
        self.files = sorted(made, key=lambda file: file["path"])
        self.ids = [file["id"] for file in self.files]

    def make_id(self, made):
        """Sometimes short, sometimes beginning like another one, so that beginnings are worth asking for."""
        random = self.random
        taken = {file["id"] for file in made} | set(self.labels)
        while True:
            if made and random.random() < 0.15:
                id = random.choice(made)["id"][:random.choice([4, 5])] + "".join(random.choices(HEX, k=4))
            elif random.random() < 0.1:
                id = "".join(random.choices(string.ascii_lowercase, k=random.choice([1, 2, 3])))
            else:
                id = "".join(random.choices(HEX, k=12))
            if id not in taken and not id.startswith(("head", "base")):
                return id

    def parents(self, made):
        random = self.random
        if not made:
            return []
        ids = [file["id"] for file in made]
        heads = [id for id in ids if not any(id in file["down"] for file in made)]
        chance = random.random()
        if self.shape == "roots" and chance < 0.2:
            return []
        if self.shape == "merges" and chance < 0.25 and len(heads) > 1:
            return random.sample(heads, random.choice([2, 2, 2, min(3, len(heads))]))
        if self.shape == "merges" and chance < 0.3 and len(ids) > 1:
            return random.sample(ids, 2)
        if self.shape != "line" and chance < 0.5:
            return [random.choice(ids)]
        return [random.choice(heads) if self.shape != "line" else ids[-1]]

    def make_file(self, made):
        random = self.random
        id = self.make_id(made)
        down = self.parents(made)
        depends, labels = [], []
        if made and random.random() < self.depends:
            for file in random.sample(made, min(len(made), random.choice([1, 1, 1, 2, 3]))):
                depends.append(random.choice(file["labels"]) if file["labels"] and random.random() < 0.5
                               else file["id"])
        if random.random() < self.labelled:
            labels = [word for word in random.sample(WORDS, random.choice([1, 1, 2])) if word not in self.labels]
            self.labels += labels
        doc = random.choice(["", "", f"make {id}\n\nand more", "two\nlines"]) or f"make {id}"
        location = random.randrange(self.locations)
        path = f"/project/versions{location}/{id}_{random.randrange(99)}.py"
        return {"id": id, "down": down, "depends": depends, "labels": labels, "doc": doc,
                "message": doc.split("\n\n")[0], "path": path}

    # Targets.

    def id(self):
        return self.random.choice(self.ids)

    def branch(self):
        return self.random.choice(self.labels) if self.labels and self.random.random() < 0.8 else self.id()

    def beginning(self):
        id = self.id()
        return id[:self.random.randrange(1, len(id) + 1)]

    def steps(self):
        return self.random.choice([1, 1, 1, 2, 2, 3, 5])

    def symbol(self):
        random = self.random
        return random.choice([self.id(), self.id(), self.beginning(), "head", "heads", "base",
                              self.labels and random.choice(self.labels) or self.id()])

    def unknown(self):
        return self.random.choice(["nosuchrevision", "ffffffffffffffff", "zz", "current", "", "-", "@", "@head", "nosuch@b@c",
                                   f"{self.id()}x", "+", "head:base"])


FORMS = {
    "id": lambda p: p.id(),
    "beginning": lambda p: p.beginning(),
    "head": lambda p: "head",
    "heads": lambda p: "heads",
    "base": lambda p: "base",
    "label": lambda p: p.random.choice(p.labels) if p.labels else p.id(),
    "branch@head": lambda p: f"{p.branch()}@head",
    "branch@heads": lambda p: f"{p.branch()}@heads",
    "branch@base": lambda p: f"{p.branch()}@base",
    "branch@id": lambda p: f"{p.branch()}@{p.random.choice([p.id(), p.beginning()])}",
    "+N": lambda p: f"+{p.steps()}",
    "-N": lambda p: f"-{p.steps()}",
    "id+N": lambda p: f"{p.random.choice([p.id(), p.beginning()])}+{p.steps()}",
    "id-N": lambda p: f"{p.random.choice([p.id(), p.beginning()])}-{p.steps()}",
    "symbol+N": lambda p: f"{p.symbol()}+{p.steps()}",
    "symbol-N": lambda p: f"{p.symbol()}-{p.steps()}",
    "branch@+N": lambda p: f"{p.branch()}@+{p.steps()}",
    "branch@-N": lambda p: f"{p.branch()}@-{p.steps()}",
    "branch@symbol-N": lambda p: f"{p.branch()}@{p.symbol()}-{p.steps()}",
    "branch@symbol+N": lambda p: f"{p.branch()}@{p.symbol()}+{p.steps()}",
    "zero": lambda p: p.random.choice([f"{p.id()}+0", f"{p.id()}-0", "+0", "-0"]),
    "unknown": lambda p: p.unknown(),
    "branch@unknown": lambda p: f"{p.branch()}@{p.random.choice(['nosuch', 'zz', 'current'])}",
    "unknown@symbol": lambda p: f"nosuchbranch@{p.random.choice(['head', 'heads', 'base', '+1', '-1', p.id()])}",
}
