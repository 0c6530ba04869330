# SPDX-License-Identifier: GPL-3.0-or-later
"""Classes of the project that look like models of SQLAlchemy and that nobody has imported: by their text alone."""

import ast
import os
import re
import sys

SKIPPED = {"__pycache__", "node_modules", "site-packages", "venv", "env", "build", "dist", "test", "tests", "versions"}
MAX_FILES = 20000
MAX_SIZE = 1 << 20
LOOKS_LIKE = re.compile(rb"__tablename__|__table__|table\s*=\s*True")


def list_files(root):
    n = 0
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(name for name in folders if name not in SKIPPED and not name.startswith(".")
                            and not os.path.exists(os.path.join(folder, name, "pyvenv.cfg")))
        for name in sorted(files):
            if name.endswith(".py") and not name.startswith(("test_", "conftest")) and (n := n + 1) <= MAX_FILES:
                yield os.path.join(folder, name)


def literal(node):
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def find_table(node):
    """(is it a model, the name of its table where that is written there) of a class."""
    for item in node.body:
        target, value = None, None
        if isinstance(item, ast.Assign) and len(item.targets) == 1:
            target, value = item.targets[0], item.value
        elif isinstance(item, ast.AnnAssign):
            target, value = item.target, item.value
        if isinstance(target, ast.Name) and target.id == "__tablename__" and value is not None:
            return True, literal(value)
        if isinstance(target, ast.Name) and target.id == "__table__" and isinstance(value, ast.Call):
            return True, literal(value.args[0]) if value.args else None
    is_sqlmodel = any(word.arg == "table" and isinstance(word.value, ast.Constant) and word.value.value is True
                      for word in node.keywords)
    return is_sqlmodel, node.name.lower() if is_sqlmodel else None


def read_models(path):
    try:
        if os.path.getsize(path) > MAX_SIZE:
            return
        with open(path, "rb") as stream:
            text = stream.read()
        tree = ast.parse(text) if LOOKS_LIKE.search(text) else None
    except (OSError, SyntaxError, ValueError, RecursionError):
        return
    for node in tree.body if tree else ():
        if isinstance(node, ast.ClassDef):
            is_model, table = find_table(node)
            if is_model:
                yield {"file": path, "line": node.lineno, "class": node.name, "table": table}


def find(root, tables):
    """Tables are those that are known, from wherever: a second class for one of them is nothing that is missing."""
    known = {table["name"] for table in tables}
    loaded = set()
    for module in list(sys.modules.values()):
        try:
            loaded.add(os.path.realpath(module.__file__))
        except (AttributeError, TypeError):
            pass
    return [model for path in list_files(root) if os.path.realpath(path) not in loaded
            for model in read_models(path) if model["table"] not in known]
