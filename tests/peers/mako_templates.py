# SPDX-License-Identifier: GPL-3.0-or-later
"""Templates for test-mako.py, by name: whole ones in the ways that projects write them, and one for each rule of the
language."""

HEAD = '''"""${message}

Revision ID: ${up_revision}
Revises: ${down_revision | comma,n}
Create Date: ${create_date}

"""
'''

GENERIC = HEAD + '''from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa
${imports if imports else ""}

# revision identifiers, used by Alembic.
revision: str = ${repr(up_revision)}
down_revision: Union[str, Sequence[str], None] = ${repr(down_revision)}
branch_labels: Union[str, Sequence[str], None] = ${repr(branch_labels)}
depends_on: Union[str, Sequence[str], None] = ${repr(depends_on)}


def upgrade() -> None:
    """Upgrade schema."""
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    """Downgrade schema."""
    ${downgrades if downgrades else "pass"}
'''

MULTIDB = '''<%!
import re

%>''' + HEAD + '''from alembic import op
import sqlalchemy as sa
${imports if imports else ""}

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}

def upgrade(engine_name: str) -> None:
    globals()["upgrade_%s" % engine_name]()

<%
    db_names = config.get_main_option("databases")
%>

## generate an "upgrade_<xyz>() / downgrade_<xyz>()" function
## for each database name in the ini file.

% for db_name in re.split(r',\\s*', db_names):

def upgrade_${db_name}() -> None:
    """Upgrade ${db_name} schema."""
    ${context.get("%s_upgrades" % db_name, "pass")}


def downgrade_${db_name}() -> None:
    ${context.get("%s_downgrades" % db_name, "pass")}

% endfor
'''

TEMPLATES = {
    # Whole ones.
    "generic": GENERIC,
    "generic, CRLF": GENERIC.replace("\n", "\r\n"),
    "multidb": MULTIDB,
    "multidb, CRLF": MULTIDB.replace("\n", "\r\n"),
    "multidb, a loop in the line": HEAD + '<%! import re %>\n% for n in re.split(r"\\s*,\\s*", config.get_main_option("databases")):\n'
                                   'def upgrade_${n}():\n    ${context.get(f"{n}_upgrades", "pass")}\n\n% endfor\n',
    "flask, bound engines": HEAD + '<%\n    from flask import current_app\n    names = list(current_app.config.get("SQLALCHEMY_BINDS").keys())\n%>\n'
                            '% for name in names:\n${name}\n% endfor\n',
    "licence and encoding": "# -*- coding: utf-8 -*-\n#    Licensed under the Apache License\n\"\"\"${message}\n\"\"\"\nrevision = ${repr(up_revision)}\n",
    "conditions around lines": HEAD + "revision = ${repr(up_revision)}\n% if branch_labels:\nbranch_labels = ${repr(branch_labels)}\n% endif\n"
                               "% if depends_on is not None:\ndepends_on = ${repr(depends_on)}\n% else:\n# no dependencies\n% endif\n",
    "imports by lines": "${imports + '\\n' if imports else ''}import x\n",
    "parents one by one": "% for parent in (down_revision if isinstance(down_revision, (list, tuple)) else [down_revision]):\n- ${parent}\n% endfor\n",
    "date by parts": "${create_date.strftime('%Y-%m-%d %H:%M')} ${create_date.year} ${create_date.isoformat()} ${create_date.date()}",
    "replaced date": "${str(create_date)[:10]} ${create_date.replace(microsecond=0)}",

    # Expressions and filters.
    "filters": "${message | h} ${message | x} ${message | trim,h} ${message | u} ${message | n} ${message|n,trim} ${up_revision | str}",
    "filter with arguments": "<%!\ndef cut(n):\n    return lambda text: text[:n]\n%>${message | cut(3)} ${message | cut(2),h}",
    "own filter": "<%! \ndef quote(text):\n    return '\"' + text + '\"'\n%>${message | quote} ${down_revision | comma,n,quote}",
    "decode": "${b'abc' | n,decode.utf8} ${up_revision | decode.utf8}",
    "no text without str": "${1 | n}",
    "none": "${None} ${down_revision} ${branch_labels}",
    "nested braces": "${ {'a': '}'}['a'] } ${ '}' } ${'${'} ${[x for x in {1: 2}]} ${(1, 2)}",
    "several lines": "${\n  repr(\n    up_revision  # a comment with } and '\n  )\n}",
    "a bar in brackets": "${(1 | 2)} ${'|'} ${'a' if 1|2 else 'b'}",
    "empty": "a${}b",
    "a tuple": "${1, 2}",
    "format strings": "${'%s-%d' % ('a', 3)} ${'{0}{x}'.format(1, x=2)} ${f'{up_revision!r:>20}'}",
    "a string in three quotes": '${"""a "b" c"""} ${\'\'\'}\'\'\'}',
    "escaped quotes": "${'a\\'}b'} ${\"\\\\\"}",
    "undefined": "${nobody}",
    "undefined is false": "${'x' if nobody else 'y'} ${nobody is UNDEFINED}",
    "capture": "<%def name='a()'>${up_revision}</%def>${capture(a).upper()}",
    "page arguments": "${sorted(pageargs)[0]} ${'message' in context.keys()} ${context['message']}",
    "from the context": "${context.get('nobody', 'x')} ${context.get('message')}",
    "membership of the context": "${'message' in context}",
    "write": "a<% context.write('b') %>c",
    "options": "${config.get_main_option('my_key')} ${config.get_main_option('none')} ${config.get_main_option('none', 'x')} ${config.config_ini_section}",

    # Lines.
    "if": "% if message == 'merge':\nA\n% elif up_revision == '1975ea83b712':\nB\n% else:\nC\n% endif\nD",
    "empty blocks": "% if message:\n% else:\n% endif\n% for x in [1]:\n% endfor\nend",
    "only comments": "% if message:\n## nothing\n% endif\nend",
    "for else": "% for x in []:\nA\n% else:\nB\n% endfor\n",
    "while": "<% n = 0 %>\n% while n < 3:\n${n}<% n += 1 %>\n% endwhile\n",
    "try": "% try:\n${1 / 0}\n% except ZeroDivisionError:\nno\n% endtry\n",
    "with": "<%!\nfrom contextlib import contextmanager\n@contextmanager\ndef c():\n    yield 3\n%>% with c() as x:\n${x}\n% endwith\n",
    "nested": "% for a in range(2):\n    % for b in range(a + 1):\n      ${a}.${b}\n        % if b:\n   !\n % endif\n    % endfor\n% endfor\n",
    "a comment behind": "% if message: # why\nA\n% endif # so\n",
    "indented": "   % if True:\n\t% if True:\nA\n% endif\n   % endif\n",
    "a long line": "% if message and \\\n   up_revision:\nA\n% endif\n",
    "a long line, CRLF": "% if message and \\\r\n   up_revision:\r\nA\r\n% endif\r\n",
    "break and continue": "% for x in range(5):\n<% if x == 1: continue %>\n% if x == 3:\n<% break %>\n% endif\n${x}\n% endfor\n",
    "at the end of file": "A\n% if True:\nB\n% endif",
    "percents": "%% x\n  %% y\n%%% z\n50% off\n a %% b\n",
    "hashes": "## gone\n # stays\n  ## gone\na ## stays\n##",
    "several values": "% for a, b in [(1, 2), (3, 4)]:\n${a}${b}\n% endfor",
    "dictionaries": "% for k, v in sorted({'b': 1, 'a': 2}.items()):\n${k}=${v}\n% endfor",
    "loop": "% for x in 'abc':\n${loop.index}${x}${loop.first}${loop.last}${loop.even}${loop.odd}${loop.reverse_index}${loop.cycle('e', 'o')}\n% endfor",
    "loop in loop": "% for x in 'ab':\n% for y in 'cd':\n${loop.parent.index}${loop.index}\n% endfor\n${loop.index}\n% endfor",
    "comma in between": "% for x in ['a', 'b', 'c']:\n${x}${'' if loop.last else ', '}\\\n% endfor\n;",

    # Code.
    "code": "<%\n    a = 1\n    if a:\n        b = 'x'\n    else:\n        b = 'y'\n%>${b}",
    "code in a line": "a<% x = 3 %>b${x}c",
    "code with a margin": "% if True:\n    <%\n        # a comment\n        x = '''\n  kept\n'''\n\n        y = 2\n    %>\n${x}${y}\n% endif",
    "code with tabs": "<%\n\tif True:\n\t\tx = 1\n%>${x}",
    "code, CRLF": "<%\r\n  x = 1\r\n  y = 2\r\n%>${x}${y}",
    "a percent in code": "<% x = 7 % 4 %>${x} ${7 % 4}",
    "an end in a string": "<% x = '%>' %>${x}",
    "return": "a<% return %>b",
    "stop": "a<% return STOP_RENDERING %>b",
    "function in code": "<%\ndef f(x):\n    return x + up_revision\n%>${f('a')}",
    "read before written": "<% message = message + 'x' %>${message}",
    "module code": "<%!\nimport re, textwrap\nNAME = 'x'\ndef f(a):\n    return re.sub('a+', NAME, a)\n%>${f('aab')} ${textwrap.dedent('  a')}",
    "module code twice": "<%! a = 1 %>x<%! b = a + 1 %>${b}",
    "module code does not see": "<%! a = message %>${a}",
    "lines as code": "<%\n  lines = (message or '').splitlines()\n  rest = '\\n'.join(lines[1:])\n%>${lines[0]}|${rest}",

    # Tags.
    "text": "<%text>${no} % if ## \\\n</%text>${up_revision}",
    "text with a filter": "<%text filter='h'><a>${no}</%text>",
    "empty text": "a<%text></%text>b",
    "doc": "a<%doc>\n ${no} % if\n</%doc>b",
    "def": "<%def name=\"line(a, b='x')\">${a}-${b}</%def>${line(1)} ${line(2, 'y')}",
    "def used before": "${f()}<%def name='f()'>A ${up_revision}\n</%def>",
    "def with a filter": "<%def name='f()' filter='trim,h'>  <a>  </%def>[${f()}]",
    "buffered def": "<%def name='f()' buffered='True'>abc</%def>${f()[1]}",
    "def in def": "<%def name='f()'><%def name='g(x)'>(${x})</%def>${g(1)}</%def>${f()}",
    "def with lines": "<%def name='f(xs)'>\n% for x in xs:\n${x}\n% endfor\n</%def>${f([1, 2])}",
    "def sees code": "<% x = 5 %><%def name='f()'>${x}</%def>${f()}",
    "block": "a<%block>b${up_revision}</%block>c",
    "block with a filter": "<%block filter='h'><a></%block>",
    "namespace": "<%namespace name='u'><%def name='f(x)'>[${x}]</%def></%namespace>${u.f(3)}",
    "page": "<%page/>a",
    "include": "<%include file='other.mako'/>",
    "inherit": "<%inherit file='other.mako'/>a",
    "call": "<%def name='f()'>${caller.body()}</%def><%call expr='f()'>x</%call>",

    # Ends of lines.
    "joined lines": "a\\\nb\\\r\nc\\d\\",
    "joined to a line for Mako": "a\\\n% if True:\nb\n% endif\n",
    "no end": "a",
    "nothing": "",
    "BOM": "\ufeffa${up_revision}",
    "not ASCII": "ä${'ö'}\u20ac ${message}",
    "dollars": "$ $$ ${'$'} $a {}",
    "angles": "< <a> </ % <",

    # Mistakes.
    "no brace": "${a",
    "no end of code": "<% a",
    "no endif": "% if True:\na",
    "endif without if": "% endif\n",
    "wrong end": "% if True:\n% endfor\n",
    "else without if": "% else:\n",
    "no colon": "% if True\na\n% endif",
    "no keyword": "% x = 1\n",
    "empty line for Mako": "%\n",
    "finally": "% try:\na\n% finally:\nb\n% endtry",
    "unclosed tag": "<%def name='f()'>a",
    "unopened tag": "a</%def>",
    "crossed tags": "<%def name='f()'><%block></%def></%block>",
    "unknown tag": "<%nothing/>",
    "no parentheses": "<%def name='f'>a</%def>",
    "bad Python": "${1 +}",
    "bad code": "<% if %>",
    "raises": "${[][1]}",
    "comma of a number": "${3 | comma,n}",
    "unknown filter": "${message | nobody}",
    "half a closing tag": "a</%b",
}

# What Mako can do and is not evaluated here: it needs the application, or other files.
REFUSED = {"flask, bound engines", "include", "inherit", "call"}
