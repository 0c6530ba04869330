#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The readers of configuration files and URLs beside Python's own: configparser, json, tomllib, PyYAML, python-dotenv,
SQLAlchemy.

usage: test-config.py [SEED]

Texts are made at random from pieces that matter to each grammar, so that about half of them are well-formed.
"""

import configparser
import io
import json
import logging
import os
import random
import re
import subprocess
import sys
from pathlib import Path
from unittest import mock

import tap

if alembic := os.environ.get("STRATA_TEST_ALEMBIC"):
    sys.path.insert(0, alembic)

DUMP = Path(os.environ["G_TEST_BUILDDIR"]) / "peers" / "config-dump"
COUNT = 4000


def ask(reader, texts):
    done = subprocess.run([DUMP, reader], input=b"\0".join(text.encode() for text in texts) + b"\0",
                          stdout=subprocess.PIPE, check=True)
    return [json.loads(line)[0] for line in done.stdout.splitlines()]


def compare(name, texts, reference, same=lambda ours, theirs, text: ours == theirs):
    answers = ask(name, texts)
    tap.check(len(answers) == len(texts), f"{name}: an answer to each text")
    good = 0
    for text, ours in zip(texts, answers):
        theirs = reference(text)
        good += ours is not None and theirs is not None
        if not same(ours, theirs, text):
            tap.check(False, f"{name}: as Python", f"text   {text!r}", f"ours   {ours}", f"theirs {theirs}")
            return
    tap.check(good > len(texts) / 20, f"{name}: as Python ({good} of {len(texts)} texts are well-formed)")


# -- ini

INI_LINES = ["[alembic]", "[DEFAULT]", "[b]", "[a]]", "[]", " [c]", "[alembic", "[d] # x", "key = value", "KEY: other",
             "a=%(key)s", "b = %(a)s-%%", "c=%(c)s", "d = 100%", "e =", "  more", "\tmore = yes", "    # no", "; no", "#",
             "", "   ", "= x", "no delimiter", "  indented = 1", "ä Ö = \u00a0x\u00a0", "f = %(here)s", "g = %(nowhere)s",
             "h = %(a", "i = [x]", " [y] z", "j = a = b : c", "k\u2003= x\x0by", "\x1c", "l = %(B)s%(e)s%()s"]


def make_ini(rng):
    lines = rng.choices(INI_LINES, k=rng.randrange(1, 9))
    # A file of different lines under one header is often a good one.
    if rng.random() < 0.8:
        lines = ["[alembic]"] + list(dict.fromkeys(line for line in lines if line != "[alembic]"))
    return "".join(line + rng.choice(["\n", "\n", "\n", "\r\n", "\r"]) for line in lines)


def read_ini(text):
    parser = configparser.ConfigParser({"here": "/p%q"})
    try:
        parser.read_file(io.StringIO(text, newline=None), "f")
    except configparser.Error:
        return None
    sections = {"DEFAULT": parser.defaults(), **parser._sections}
    return {name: {key: read_ini_value(parser, name, key) for key in section} for name, section in sections.items()}


def read_ini_value(parser, section, key):
    values = [parser.get(section, key, raw=True)]
    try:
        values.append(parser.get(section, key))
    except configparser.Error:
        pass
    return values


# -- TOML

TOML_KEYS = ["a", "b", "c", "a.b", "a.c", "b.a.c", "a . b", '"a"', "'b c'", '"\\u00e9"', "1", "1.2", "", "ä", '""', "a.", "-"]
TOML_SCALARS = ["1", "+7", "-0", "01", "1_000", "1__0", "0x1F", "0o17", "0b11", "0xg", "9223372036854775807", "1.5", "1e5",
                "1.e5", "-.5", "6.02e-2_3", "inf", "-nan", "true", "false", "True", "1979-05-27", "1979-05-27T07:32:00Z",
                "1979-05-27 07:32:00", "1979-05-27T07:32:00.5-07:00", "07:32:00", "07:32", "2023-02-29", "2024-02-29",
                "1979-05-27T24:00:00", '"x"', "'x'", '""', "''", '"\\n\\t\\u00e9\\U0001F600"', '"\\q"', '"\\ud800"',
                '"""a\n  b"""', '"""\na\\\n\n  b"""', "'''\n'a'\n'''", '""""a"""""', "'''a''''''", '"a\nb"', '"a', "bare",
                "", "1 2", "#x", '"\\x41"', "'\x7f'", "1979-05-27 x", "+0x1"]


def make_toml_value(rng, depth=0):
    kind = rng.random()
    if depth > 3 or kind < 0.6:
        return rng.choice(TOML_SCALARS)
    if kind < 0.8:
        items = [make_toml_value(rng, depth + 1) for _ in range(rng.randrange(4))]
        return "[" + rng.choice([", ", ",", ",\n# c\n", " ,\r\n"]).join(items) + rng.choice(["]", ",]", "\n]", ""])
    items = [f"{rng.choice(TOML_KEYS)} = {make_toml_value(rng, depth + 1)}" for _ in range(rng.randrange(3))]
    return "{" + rng.choice([", ", ","]).join(items) + rng.choice(["}", " }", ", }"])


def make_toml_line(rng):
    key = rng.choice(TOML_KEYS)
    kind = rng.random()
    if kind < 0.25:
        return rng.choice([f"[{key}]", f"[ {key} ] # c", f"[[{key}]]", f"[[{key}]]", f"[{key}", f"[{key}] x"])
    if kind < 0.3:
        return rng.choice(["", "# c", "  \t", "#\x01"])
    return f"{key} = {make_toml_value(rng)}"


def make_toml(rng):
    return "".join(make_toml_line(rng) + rng.choice(["\n", "\n", "\n", "\r\n", " # c\n"])
                   for _ in range(rng.randrange(1, 5)))


def spell_toml(value):
    match value:
        case dict():
            return {key: spell_toml(element) for key, element in value.items()}
        case list():
            return [spell_toml(element) for element in value]
        case bool():
            return ["a boolean", str(value).lower()]
        case int():
            return ["an integer", str(value)]
        case float():
            return ["a number", "%.17g" % value]
        case str():
            return ["a string", value]
    return ["a date or time"]


def read_toml(text):
    try:
        return spell_toml(tomllib.loads(text))
    except tomllib.TOMLDecodeError:
        return None


def same_toml(ours, theirs, _text=None):
    if isinstance(theirs, dict):
        return isinstance(ours, dict) and ours.keys() == theirs.keys() and all(same_toml(ours[key], theirs[key])
                                                                             for key in theirs)
    if isinstance(theirs, list) and theirs and isinstance(theirs[0], str):
        return isinstance(ours, list) and ours[:1] == theirs[:1] and (
            "date" in theirs[0] or ours[1].replace("-nan", "nan") == theirs[1])
    if isinstance(theirs, list):
        return isinstance(ours, list) and len(ours) == len(theirs) and all(map(same_toml, ours, theirs))
    return ours == theirs


# -- JSON

JSON_SCALARS = ["1", "-1", "0", "-0", "01", "1.0", "1.5", "1e3", "1E3", "1e+3", "1e-3", ".5", "5.", "+1", "0x1F", "1_000", "-",
                "1.e3", "-0.0", "9223372036854775807", "1e400", "null", "true", "false", "True", "nul", "nulla", "NaN",
                "-Infinity", '"x"', '"\\u00e9"', '"\\ud83d\\ude00"', '"\\ud800"', '"\\udc00"', '"\\ud800\\u0041"',
                '"\\ud800\\ud800\\udc00"', '"\\u0000"', '"\\/"', '"\\x41"', '"\\"', '"a\nb"', '"a\tb"', '"\x7f"', '"😀"',
                '"\u2028"', "'x'", "x", '""', '"\\u00g0"', '"\\u00e"', '"a" "b"', '"a"#c', "/*c*/1", '"\\b\\f"', ""]
JSON_BLANKS = ["", "", "", "", " ", "\n", "\t", "\r\n", "\v", "\u00a0"]


def make_json_value(rng, depth=0):
    kind = rng.random()
    if depth > 3 or kind < 0.6:
        return rng.choice(JSON_SCALARS[:20] if rng.random() < 0.5 else JSON_SCALARS)
    if kind < 0.8:
        items = [make_json_value(rng, depth + 1) for _ in range(rng.randrange(4))]
        return "[" + ("," + rng.choice(JSON_BLANKS)).join(items) + rng.choice(["]"] * 12 + [",]", ""])
    return make_json_object(rng, depth)


def make_json_object(rng, depth=0):
    keys = ['"a"', '"b"', '"c"', '"\\u0061"', '""']
    items = [rng.choice(keys) + rng.choice([":", ": ", " : "]) + make_json_value(rng, depth + 1) for _ in range(rng.randrange(4))]
    return "{" + rng.choice(JSON_BLANKS) + ", ".join(items) + rng.choice(JSON_BLANKS) + rng.choice(["}"] * 12 + [",}", ""])


def make_json(rng):
    begin = rng.choice([""] * 20 + ["\ufeff", " ", "//c\n"])
    return begin + (make_json_object(rng) if rng.random() < 0.95 else make_json_value(rng)) + rng.choice(JSON_BLANKS + ["x", "{}"])


def refuse(constant):
    raise ValueError(constant)


def read_json(text):
    try:
        value = json.loads(text, parse_constant=refuse)
        # What is given twice is read twice.
        pairs = json.dumps(json.loads(text, object_pairs_hook=list), ensure_ascii=False)
        pairs.encode()
    except ValueError:
        return None
    return spell_json(value) if isinstance(value, dict) and "\\u0000" not in pairs else None


def spell_json(value):
    match value:
        case dict():
            return {key: spell_json(element) for key, element in value.items()}
        case list():
            return [spell_json(element) for element in value]
        case None:
            return ["nothing", "null"]
    return spell_toml(value)


# -- YAML

YAML_SCALARS = ["x", "1", "a b", "'x'", '"x"', "'it''s'", '"\\u00e9\\x41\\n"', '"\\q"', "http://x/y?z#w", "a #c", "a: b", "a :b",
                "#c", "'x'y", "[a, 'b']", "[a: b]", "{a: b}", "{a:b}", '{"a":b}', "{a}", "[a,,b]", "[a,]", "[a,\n b]", "[?]",
                "[a #c\n , b]", "{a: , b: [c]}", "{a: x:y}", "{a\n: b}", "&x a", "&x", "*x", "*y", "!!str a", "!t", "|", ">-", "|2",
                "?", "? a", "-", "- a", "-a", ":a", "a:", "@a", "`a", "%a", "é", "a\tb", "\u2028", "x\u0085y", "~", "''", "", " ",
                "|\n    a\n     b", ">\n\n    a\n", "|\n      \n    a", "a\n    b", "'a\n    b'", "x'y\"z", "a ]", "a, b", "..."]
YAML_KEYS = ["a", "b", "c", "d", "e", '"a"', "'b'", "<<", "'<<'", "a b", "? a", "&x a", "*x", "[a]", "1", "#a", "a#", "-", "a:b",
             "é", "~", ""]


def make_yaml_block(rng, indent=0):
    lines = []
    for _ in range(rng.randrange(1, 4)):
        key = rng.choice(YAML_KEYS[:5] if rng.random() < 0.9 else YAML_KEYS) + rng.choice([":"] * 9 + [" :"])
        start = " " * indent + (key if indent == 0 or rng.random() < 0.7 else "-")
        kind = rng.random()
        if kind < 0.7 or indent > 6:
            scalar = rng.choice(YAML_SCALARS[:9] if rng.random() < 0.6 else YAML_SCALARS)
            lines.append(start + rng.choice([" "] * 9 + ["", "\t"]) + scalar + rng.choice([""] * 9 + [" # c", "#c", " "]))
        else:
            lines.append(start + rng.choice(["", "", " &x", " # c", " !!map"]))
            lines.append(make_yaml_block(rng, indent + rng.choice([2, 2, 2, 2, 1, 0])))
        if rng.random() < 0.03:
            lines.append(rng.choice(["", "# c", "   # c", "\t", "---", "...", " x", "x"]))
    return "\n".join(lines)


def make_yaml(rng):
    begin = rng.choice([""] * 12 + ["---\n", "# c\n", "--- # c\n", "%YAML 1.1\n---\n", "\ufeff", "--- a\n", "---a\n"])
    text = begin + make_yaml_block(rng) + rng.choice(["\n"] * 12 + ["", "\n...\n", "\n---\n"])
    return text.replace("\n", "\r\n") if rng.random() < 0.1 else text


def read_yaml(text):
    try:
        return spell_yaml(yaml.compose(text, yaml.SafeLoader))
    except (yaml.YAMLError, RecursionError):
        return None


def spell_yaml(node):
    if node is None:
        return ["plain", ""]
    if isinstance(node, yaml.ScalarNode):
        style = "plain" if node.style is None else "lines" if node.style in "|>" else "quoted"
        return [style] if style == "lines" else [style, node.value]
    if isinstance(node, yaml.SequenceNode):
        return ["list"] + [spell_yaml(item) for item in node.value]
    return ["map"] + [part for key, value in node.value for part in (spell_yaml(key)[-1], spell_yaml(value))]


# -- .env

DOTENV_PIECES = ["A", "B", "export ", "export", "=", "=", "=", " ", "\n", "\n", "\r\n", "\r", "'", '"', "\\'", '\\"', "\\n", "\\",
                 "#", " # c", "x y", "${A}", "${B:-d}", "${OUTSIDE}", "${", "}", ":", "$A", "\u00a0", "ä", "\t", "C=1\n", "D='x'\n",
                 'E="y"\n']


def make_dotenv(rng):
    return "".join(rng.choices(DOTENV_PIECES, k=rng.randrange(1, 14)))


def read_dotenv(text):
    answers = []
    with mock.patch.dict(os.environ, {"OUTSIDE": "out", "A": "outer"}, clear=True):
        for override in (False, True):
            reader = dotenv.main.DotEnv(None, stream=io.StringIO(text, newline=None), override=override)
            answers.append({key: ["a string", value] for key, value in reader.dict().items() if value is not None})
    return answers


# -- URLs

URL_PIECES = ["u", "p", ":", ":", "@", "@", "/", "/", "?", "=", "&", "h", "db", "%40", "%", "%2F", "[::1]", "[", "]", "5432", "99",
              ",", ".", "+", " ", "#", "host=", "port=", "a=b", "&c=d", "é", "-"]
# Where SQLAlchemy accepts what would show a part of a password to people, or what no server can mean.
STRICTER = ("there is a second @", "there is an @ behind", "no number from 1", "bracket", "percent-encoded", "no text",
            "of ports than of hosts", "three slashes")


def make_url(rng):
    scheme = rng.choice(["firebird", "mysql+pymysql", "oracle+x+y", "postgresql", "postgresql+psycopg2", "x-y", ""])
    if rng.random() < 0.5:
        parts = [rng.choice(["", "u@", "u:p@", "u:p%40:/@", ":p@", "a@b:c@"]), rng.choice(["", "h", "[::1]", "1.2.3.4", "H.x"]),
                 rng.choice(["", ":5432", ":", ":x"]), rng.choice(["", "/", "/db", "/d b/c"]),
                 rng.choice(["", "?", "?a=b", "?a=b&a=c&d=", "?x=%20+y&=z", "?host=q", "?host=q:99", "?host=q:1&host=r:2",
                             "?host=/s&port=7", "?host=q,r&port=7,8", "?host=::1"])]
        return scheme + "://" + "".join(parts)
    # White space around it we take away.
    return (scheme + "://" + "".join(rng.choices(URL_PIECES, k=rng.randrange(8)))).strip()


def read_url(text):
    try:
        url = sqlalchemy.engine.make_url(text)
        if url.drivername.startswith("postgresql"):
            return psycopg2_arguments(url)
    except (sqlalchemy.exc.ArgumentError, ValueError):
        return None
    query = [(key, value) for key, values in url.query.items()
             for value in ([values] if isinstance(values, str) else values)]
    return {"scheme": url.drivername, "user": url.username, "password": url.password, "host": url.host,
            "port": url.port, "database": url.database, "query": sorted(query)}


def psycopg2_arguments(url):
    _, options = sqlalchemy.dialects.postgresql.psycopg2.dialect().create_connect_args(url)
    return {key: str(value) if not isinstance(value, tuple) else value[-1] for key, value in options.items() if value}


def spell_url(ours):
    if "keywords" in ours:
        return dict(zip(ours["keywords"], ours["values"]))
    pairs = sorted(zip(ours["query"][::2], ours["query"][1::2]))
    return {"scheme": ours["scheme"] + (f"+{ours['driver']}" if ours["driver"] else ""), "user": ours["user"],
            "password": ours["password"], "host": ours["host"], "port": ours["port"], "database": ours["database"],
            "query": pairs}


def same_url(ours, theirs, text):
    if "error" in ours:
        return theirs is None or any(reason in ours["error"] for reason in STRICTER)
    # Several hosts in front, and a port that is left empty, are libpq's.
    if text.startswith("postgresql") and re.search("://[^/?]*,", text):
        return True
    if theirs is None:
        return re.search(":([/?]|$)", text)
    if "keywords" in ours:
        return equal_lists(spell_url(ours), theirs)
    # We have no difference between nothing and an empty text.
    theirs = {key: value or None for key, value in theirs.items()}
    return {key: value or None for key, value in spell_url(ours).items()} == theirs or "%" in (theirs["host"] or "")


def equal_lists(ours, theirs):
    """One port for all hosts may be written once; the names of hosts may be percent-encoded with libpq."""
    for options in (ours, theirs):
        if len(ports := set(options.get("port", "").split(","))) == 1:
            options["port"] = ports.pop()
        options.setdefault("port", "")
        options.setdefault("host", "")
    return ours == theirs or "%" in theirs["host"]


def main():
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else random.SystemRandom().randrange(2 ** 32)
    tap.note(f"seed {seed}")
    logging.disable()
    rng = random.Random(seed)

    compare("ini", [make_ini(rng) for _ in range(COUNT)], read_ini)
    compare("json", [make_json(rng) for _ in range(COUNT)], read_json)
    if yaml:
        # What is in doubt is nobody's loss.
        compare("yaml", [make_yaml(rng) for _ in range(COUNT)], read_yaml, lambda ours, theirs, _: ours in (None, theirs))
    else:
        tap.skip("yaml: as PyYAML", "PyYAML is not installed")
    if tomllib:
        compare("toml", [make_toml(rng) for _ in range(COUNT)], read_toml, same_toml)
    else:
        tap.skip("toml: as Python", "this Python has no tomllib")
    if dotenv:
        compare("dotenv", [make_dotenv(rng) for _ in range(COUNT)], read_dotenv)
    else:
        tap.skip("dotenv: as Python", "python-dotenv is not installed")
    if sqlalchemy and sqlalchemy.__version__ >= "2":
        compare("url", [make_url(rng) for _ in range(COUNT)], read_url, same_url)
    else:
        tap.skip("url: as SQLAlchemy", "SQLAlchemy 2 is not installed")
    tap.done()


def load(name):
    try:
        return __import__(name)
    except ImportError:
        return None


tomllib = load("tomllib")
yaml = load("yaml")
dotenv = load("dotenv.main")
sqlalchemy = load("sqlalchemy.dialects.postgresql.psycopg2")
main()
