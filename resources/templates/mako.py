# SPDX-License-Identifier: GPL-3.0-or-later
"""What a script.py.mako finds around itself, beyond what Python has: evaluated by Strata itself, with the data of one
revision."""

from _strata_mako import data, pop, push, refuse, write


class Undefined:
    def __str__(self):
        raise NameError("Undefined")

    def __bool__(self):
        return False


UNDEFINED = Undefined()
STOP_RENDERING = ""


class Context:
    def get(self, key, default=None):
        return data.get(key, default)

    def __getitem__(self, key):
        return data[key]

    def keys(self):
        return list(data)

    def write(self, text):
        write(text)

    def writer(self):
        return write

    @property
    def kwargs(self):
        return dict(data)


context = Context()


class LoopContext:
    def __init__(self, iterable, parent):
        self._iterable = iterable
        self.index = 0
        self.parent = parent

    def __iter__(self):
        for item in self._iterable:
            yield item
            self.index += 1

    def __len__(self):
        return len(self._iterable)

    @property
    def reverse_index(self):
        return len(self) - self.index - 1

    @property
    def first(self):
        return self.index == 0

    @property
    def last(self):
        return self.index == len(self) - 1

    @property
    def even(self):
        return not self.odd

    @property
    def odd(self):
        return bool(self.index % 2)

    def cycle(self, *values):
        if not values:
            raise ValueError("You must provide values to cycle through")
        return values[self.index % len(values)]


class LoopStack:
    def __init__(self):
        self.stack = []

    def _enter(self, iterable):
        self.stack.append(LoopContext(iterable, self.stack[-1] if self.stack else None))
        return self.stack[-1]

    def _exit(self):
        self.stack.pop()
        return self.stack[-1] if self.stack else self


class Namespace:
    def __init__(self, functions):
        self._functions = functions

    def __getattr__(self, name):
        if name in self._functions:
            return self._functions[name]
        raise AttributeError("Namespace has no member '%s'" % name)


class Decode:
    def __getattr__(self, encoding):
        def decode(value):
            if isinstance(value, bytes):
                return value.decode(encoding)
            return str(value)

        return decode


def escape(text, pairs):
    for plain, escaped in pairs:
        text = text.replace(plain, escaped)
    return text


class filters:
    decode = Decode()

    @staticmethod
    def html(value):
        return escape(str(value), [("&", "&amp;"), (">", "&gt;"), ("<", "&lt;"), ("'", "&#39;"), ('"', "&#34;")])

    @staticmethod
    def xml(value):
        return filters.html(value)

    @staticmethod
    def trim(value):
        return value.strip()

    @staticmethod
    def url(value):
        safe = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~"
        return "".join(
            byte_text if byte_text in safe else "+" if byte_text == " " else "".join("%%%02X" % b for b in byte_text.encode())
            for byte_text in value
        )

    @staticmethod
    def entity(value):
        return refuse("the filter “entity” is not known here")


def comma(value):
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, (list, tuple)):
        return ", ".join(value)
    raise ValueError("Don't know how to comma-format %r" % value)


def capture(function, *args, **kwargs):
    push()
    try:
        function(*args, **kwargs)
    finally:
        text = pop()
    return text


data["comma"] = comma
names = dict(data)
data["pageargs"] = names
data["capture"] = capture
