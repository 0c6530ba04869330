#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Compares our parser with CPython's own on every Python file of a folder (the standard library by default): a file
that CPython parses must parse without a finding, to the same tree.

usage: python-syntax.py PROGRAM [FOLDER...]     PROGRAM is the built tests/tools/python-tree
"""

import ast
import json
import pathlib
import subprocess
import sys
import sysconfig
import warnings

sys.setrecursionlimit(20000)
warnings.simplefilter("ignore")

OPERATORS = {
    "Add": "+", "Sub": "-", "Mult": "*", "Div": "/", "FloorDiv": "//", "Mod": "%", "MatMult": "@", "Pow": "**",
    "LShift": "<<", "RShift": ">>", "BitAnd": "&", "BitOr": "|", "BitXor": "^", "And": "and", "Or": "or",
    "Invert": "~", "Not": "not", "UAdd": "+", "USub": "-", "Eq": "==", "NotEq": "!=", "Lt": "<", "LtE": "<=",
    "Gt": ">", "GtE": ">=", "Is": "is", "IsNot": "is not", "In": "in", "NotIn": "not in",
}


def op(node):
    return OPERATORS[type(node).__name__]


def quoted(data):
    plain = all(32 <= c < 127 and c not in b'"\\' for c in data)
    return data.decode("ascii") if plain else "0x" + data.hex()


def text(value):
    return None if value is None else quoted(value.encode())


def string(value):
    if isinstance(value, bytes):
        return ["String", "b:" + quoted(value)]
    try:
        return ["String", "s:" + quoted(value.encode())]
    except UnicodeEncodeError:
        return ["String", "?"]


def nodes(items):
    return [node(item) for item in items]


def constant(n):
    value = n.value
    if isinstance(value, (str, bytes)):
        return string(value)
    if value is None or isinstance(value, bool) or value is ...:
        return ["Constant", "..." if value is ... else str(value)]
    return ["Number", value]


def is_text(n):
    return isinstance(n, ast.Constant) and isinstance(n.value, str)


def formatted(n):
    """Before Python 3.12 text that meets is left apart, and empty text is kept."""
    parts, run = [], ""
    for value in n.values + [None]:
        if value is not None and is_text(value):
            run += value.value
            continue
        if run:
            parts.append(string(run))
        run = ""
        if value is not None:
            parts.append(node(value))
    return ["Formatted", parts]


def field(n):
    conversion = chr(n.conversion) if n.conversion > 0 else ""
    return ["Field", node(n.value), conversion, node(n.format_spec), 0]


def parameters(a):
    result = []
    positional = a.posonlyargs + a.args
    defaults = [None] * (len(positional) - len(a.defaults)) + a.defaults
    for i, (arg, default) in enumerate(zip(positional, defaults)):
        result.append(["Parameter", "", int(i < len(a.posonlyargs)), 0, text(arg.arg), node(arg.annotation),
                       node(default)])
    if a.vararg:
        result.append(["Parameter", "*", 0, 0, text(a.vararg.arg), node(a.vararg.annotation), None])
    for arg, default in zip(a.kwonlyargs, a.kw_defaults):
        result.append(["Parameter", "", 0, 1, text(arg.arg), node(arg.annotation), node(default)])
    if a.kwarg:
        result.append(["Parameter", "**", 0, 0, text(a.kwarg.arg), node(a.kwarg.annotation), None])
    return result


def comprehension(name):
    return lambda n: [name, None, node(n.elt), nodes(n.generators)]


def comp_for(n):
    return ["CompFor", int(n.is_async), node(n.target), node(n.iter), nodes(n.ifs)]


def function(is_async):
    return lambda n: ["Function", text(n.name), is_async, nodes(n.decorator_list), nodes(getattr(n, "type_params", [])),
                      parameters(n.args), [], node(n.returns), nodes(n.body)]


def class_(n):
    return ["Class", text(n.name), 0, nodes(n.decorator_list), nodes(getattr(n, "type_params", [])), nodes(n.bases),
            nodes(n.keywords), None, nodes(n.body)]


def if_(n):
    branches = [["Branch", node(n.test), nodes(n.body)]]
    otherwise = n.orelse
    # "elif" and "else: if" are one in Python's tree, and two in ours: told apart by their columns.
    while len(otherwise) == 1 and isinstance(otherwise[0], ast.If) and otherwise[0].col_offset == n.col_offset:
        branches.append(["Branch", node(otherwise[0].test), nodes(otherwise[0].body)])
        otherwise = otherwise[0].orelse
    return ["If", branches, nodes(otherwise)]


def loop(is_async):
    return lambda n: ["For", is_async, node(n.target), node(n.iter), nodes(n.body), nodes(n.orelse)]


def with_(is_async):
    return lambda n: ["With", is_async, nodes(n.items), nodes(n.body)]


def try_(is_group):
    def convert(n):
        handlers = [["Handler", is_group, node(h.type), text(h.name), nodes(h.body)] for h in n.handlers]
        return ["Try", nodes(n.body), handlers, nodes(n.orelse), nodes(n.finalbody)]
    return convert


def dict_(n):
    return ["Dict", [node(x) for pair in zip(n.keys, n.values) for x in pair]]


def simple(word):
    return lambda n: ["Simple", word]


def scope(word):
    return lambda n: ["Scope", word, [["Name", text(x)] for x in n.names]]


def mapping(n):
    entries = [node(x) for pair in zip(n.keys, n.patterns) for x in pair]
    return ["PMapping", entries + ([None, ["PCapture", text(n.rest)]] if n.rest else [])]


def class_pattern(n):
    keywords = [["Keyword", text(k), node(p)] for k, p in zip(n.kwd_attrs, n.kwd_patterns)]
    return ["PClass", node(n.cls), nodes(n.patterns), keywords]


def as_pattern(n):
    return ["PAs", node(n.pattern), text(n.name)] if n.pattern else ["PCapture", text(n.name)]


def type_parameter(star):
    return lambda n: ["TypeParameter", star, text(n.name), node(getattr(n, "bound", None)),
                      node(getattr(n, "default_value", None))]


CONVERTERS = {
    "Expr": lambda n: ["Expr", node(n.value)],
    "Assign": lambda n: ["Assign", nodes(n.targets), node(n.value)],
    "AugAssign": lambda n: ["AugAssign", op(n.op), node(n.target), node(n.value)],
    "AnnAssign": lambda n: ["AnnAssign", nodes([n.target, n.annotation, n.value])],
    "Return": lambda n: ["Return", node(n.value)],
    "Delete": lambda n: ["Delete", nodes(n.targets)],
    "Pass": simple("pass"), "Break": simple("break"), "Continue": simple("continue"),
    "Raise": lambda n: ["Raise", node(n.exc), node(n.cause)],
    "Assert": lambda n: ["Assert", node(n.test), node(n.msg)],
    "Import": lambda n: ["Import", nodes(n.names)],
    "ImportFrom": lambda n: ["ImportFrom", n.level, text(n.module or ""), nodes(n.names)],
    "alias": lambda n: ["Alias", text(n.name), text(n.asname)],
    "Global": scope("global"), "Nonlocal": scope("nonlocal"),
    "If": if_,
    "While": lambda n: ["While", node(n.test), nodes(n.body), nodes(n.orelse)],
    "For": loop(0), "AsyncFor": loop(1), "With": with_(0), "AsyncWith": with_(1),
    "withitem": lambda n: ["Item", node(n.context_expr), node(n.optional_vars)],
    "Try": try_(0), "TryStar": try_(1),
    "FunctionDef": function(0), "AsyncFunctionDef": function(1), "ClassDef": class_,
    "TypeVar": type_parameter(""), "TypeVarTuple": type_parameter("*"), "ParamSpec": type_parameter("**"),
    "TypeAlias": lambda n: ["TypeAlias", text(n.name.id), nodes(n.type_params), node(n.value)],
    "Match": lambda n: ["Match", node(n.subject), nodes(n.cases)],
    "match_case": lambda n: ["Case", node(n.pattern), node(n.guard), nodes(n.body)],
    "MatchValue": lambda n: ["PValue", node(n.value)],
    "MatchSingleton": lambda n: ["PValue", ["Constant", str(n.value)]],
    "MatchSequence": lambda n: ["PSequence", nodes(n.patterns)],
    "MatchMapping": mapping, "MatchClass": class_pattern, "MatchAs": as_pattern,
    "MatchStar": lambda n: ["PStar", text(n.name)],
    "MatchOr": lambda n: ["POr", nodes(n.patterns)],
    "Name": lambda n: ["Name", text(n.id)],
    "Constant": constant, "JoinedStr": formatted, "FormattedValue": field,
    "Tuple": lambda n: ["Tuple", nodes(n.elts)],
    "List": lambda n: ["List", nodes(n.elts)],
    "Set": lambda n: ["Set", nodes(n.elts)],
    "Dict": dict_,
    "Attribute": lambda n: ["Attribute", node(n.value), text(n.attr)],
    "Subscript": lambda n: ["Subscript", node(n.value), node(n.slice)],
    "Slice": lambda n: ["Slice", nodes([n.lower, n.upper, n.step])],
    "Call": lambda n: ["Call", node(n.func), nodes(n.args), nodes(n.keywords)],
    "keyword": lambda n: ["Keyword", text(n.arg), node(n.value)],
    "Starred": lambda n: ["Starred", node(n.value)],
    "UnaryOp": lambda n: ["Unary", op(n.op), node(n.operand)],
    "BinOp": lambda n: ["Binary", op(n.op), node(n.left), node(n.right)],
    "BoolOp": lambda n: ["Boolean", op(n.op), nodes(n.values)],
    "Compare": lambda n: ["Compare", [op(o) for o in n.ops], nodes([n.left] + n.comparators)],
    "IfExp": lambda n: ["Conditional", nodes([n.test, n.body, n.orelse])],
    "Lambda": lambda n: ["Lambda", None, 0, [], [], parameters(n.args), [], None, [node(n.body)]],
    "ListComp": comprehension("ListComp"), "SetComp": comprehension("SetComp"),
    "GeneratorExp": comprehension("Generator"),
    "DictComp": lambda n: ["DictComp", node(n.key), node(n.value), nodes(n.generators)],
    "comprehension": comp_for,
    "Await": lambda n: ["Await", node(n.value)],
    "Yield": lambda n: ["Yield", node(n.value)],
    "YieldFrom": lambda n: ["YieldFrom", node(n.value)],
    "NamedExpr": lambda n: ["Named", node(n.target), node(n.value)],
}


def node(n):
    return None if n is None else CONVERTERS[type(n).__name__](n)


def expand_debug(parts):
    """"{x=}" is a field with a mark in our tree, and its text with a field in Python's: not compared."""
    return any(part[0] == "Field" and part[4] for part in parts)


def differ(ours, theirs, path=""):
    """The first difference as a text, or None."""
    if isinstance(ours, list) and isinstance(theirs, list):
        if ours[:1] == ["String"] and theirs[:1] == ["String"] and "?" in (ours[1], theirs[1]):
            return None
        if ours[:1] == ["Number"] and theirs[:1] == ["Number"]:
            return None if repr(ast.literal_eval(ours[1])) == repr(theirs[1]) else f"{path}: {ours} is not {theirs}"
        if ours[:1] == ["Formatted"] and theirs[:1] == ["Formatted"] and \
                (expand_debug(ours[1]) or any(part == ["String", "?"] for part in ours[1])):
            return None
        if len(ours) != len(theirs):
            return f"{path}: {str(ours)[:300]} is not {str(theirs)[:300]}"
        name = ours[0] if ours and isinstance(ours[0], str) else ""
        for i, (a, b) in enumerate(zip(ours, theirs)):
            difference = differ(a, b, f"{path}/{name}{i}")
            if difference:
                return difference
        return None
    return None if ours == theirs else f"{path}: {str(ours)[:300]} is not {str(theirs)[:300]}"


def parse(path):
    """What CPython makes of a file, or None where it can't read it."""
    try:
        return ast.parse(path.read_bytes(), str(path))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def main():
    program, folders = sys.argv[1], sys.argv[2:] or [sysconfig.get_path("stdlib")]
    paths = sorted(path for folder in folders for path in pathlib.Path(folder).rglob("*.py") if path.is_file())
    known = [(path, tree) for path, tree in ((path, parse(path)) for path in paths) if tree is not None]
    result = subprocess.run([program], input="".join(f"{path}\n" for path, _ in known), capture_output=True, text=True)
    lines = result.stdout.split("\n")
    bad = 0
    for (path, tree), line in zip(known, lines):
        difference = differ(json.loads(line), nodes(tree.body))
        if difference:
            bad += 1
            print(f"{path}{difference}")
    findings = result.stderr.splitlines()
    for line in findings[:20]:
        print(line)
    print(f"{len(known)} files compared, {bad} differ, {len(findings)} findings")
    return bad > 0 or findings != [] or result.returncode != 0 or len(lines) != len(known) + 1


if __name__ == "__main__":
    sys.exit(main())
