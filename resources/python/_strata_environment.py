# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the project's env.py as “alembic revision --autogenerate” would, up to what it hands to context.configure(). Nothing
is connected to: a connection is a thing that takes everything and has nothing to say."""

import contextlib
import sys


class Harmless:
    """Whatever is asked of it, the answer is another one: true, empty, and to be awaited or entered."""

    def __init__(self, **attributes):
        self.__dict__.update(attributes)

    def __getattr__(self, name):
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return Harmless()

    def __call__(self, *_, **__):
        return Harmless()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return False

    async def __aenter__(self):
        return self

    async def __aexit__(self, *_):
        return False

    def __await__(self):
        return self
        yield

    def __iter__(self):
        return iter(())

    def __len__(self):
        return 0

    def __bool__(self):
        return True

    def __getitem__(self, _):
        return Harmless()

    def __int__(self):
        return 0

    def __str__(self):
        return ""

    def _no(self, _):
        return False

    __lt__ = __le__ = __gt__ = __ge__ = _no


class Connection(Harmless):
    """What Engine.connect() gives, of both kinds of engines."""

    def __init__(self, engine):
        engine = getattr(engine, "sync_engine", engine)
        super().__init__(engine=engine, dialect=engine.dialect, sync_connection=self, info={})

    async def run_sync(self, function, *arguments, **options):
        return function(self, *arguments, **options)

    def execution_options(self, **_):
        return self


async def do_nothing(*_, **__):
    pass


def forgive(dialect):
    """A driver that is not installed is not missed where nothing connects."""
    name = "import_dbapi" if hasattr(dialect, "import_dbapi") else "dbapi"
    find = getattr(dialect, name)

    def import_driver(_):
        try:
            return find()
        except ImportError:
            return Harmless(paramstyle="pyformat", __version__="9.9.9", version="9.9.9", sqlite_version_info=(3, 40, 0),
                            Error=Exception)

    if not hasattr(dialect, "_strata_forgiven"):
        setattr(dialect, name, classmethod(import_driver))
        dialect._strata_forgiven = True
    return dialect


def disarm():
    """From here on no engine connects."""
    import sqlalchemy
    from sqlalchemy.engine import URL, Engine

    find_dialect = URL._get_entrypoint
    URL._get_entrypoint = lambda self: forgive(find_dialect(self))

    def connect(self, *_, **__):
        return Connection(self)

    for name in ("connect", "begin", "raw_connection"):
        setattr(Engine, name, connect)
    for name in ("execute", "scalar", "run_callable"):
        if hasattr(Engine, name):
            setattr(Engine, name, lambda *_, **__: Harmless())
    sqlalchemy.inspection._inspects(Connection)(lambda connection: Harmless(bind=connection))
    try:
        from sqlalchemy.ext.asyncio import AsyncEngine
    except ImportError:
        return
    for name in ("connect", "begin", "raw_connection"):
        setattr(AsyncEngine, name, connect)
    AsyncEngine.dispose = do_nothing


def load_config(arguments):
    """As Alembic's own command line reads it, whatever version that is."""
    from alembic.config import CommandLine

    found = []

    class Reader(CommandLine):
        def run_cmd(self, config, options):
            found.append(config)

    arguments = [*arguments, "revision", "--autogenerate", "-m", ""]
    sys.argv = ["alembic", *arguments]
    Reader(prog="alembic").main(argv=arguments)
    return found[0]


class Seen:
    """What one run of env.py gave to context.configure(), each time."""

    def __init__(self, config, script, as_sql):
        self.config = config
        self.script = script
        self.as_sql = as_sql
        self.calls = []

    def configure(self, connection=None, url=None, dialect_name=None, dialect_opts=None, **options):
        self.calls.append((connection, options))

    def run(self):
        """The error that ended it, which does not count once all is known; or None."""
        from alembic.runtime.environment import EnvironmentContext

        context = EnvironmentContext(self.config, self.script, fn=lambda *_: [], as_sql=self.as_sql, template_args={},
                                     destination_rev="head")
        context.configure = self.configure
        context.begin_transaction = contextlib.nullcontext
        context.run_migrations = lambda **_: None
        context.execute = lambda *_, **__: None
        context.get_context = context.get_bind = context.get_impl = Harmless
        context.is_transactional_ddl = lambda: True
        try:
            with context:
                self.script.run_env()
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            return error
        return None

    def get_metadata(self, options):
        found = options.get("target_metadata")
        return list(found) if isinstance(found, (list, tuple, set, frozenset)) else [] if found is None else [found]

    def choose(self, dialect):
        """The call that is about this kind of database and has models; else one with models; else the last one."""
        with_models = [call for call in self.calls if self.get_metadata(call[1])]
        for connection, options in with_models:
            if getattr(getattr(connection, "dialect", None), "name", None) == dialect:
                return options
        return (with_models or self.calls)[-1][1]


def run(request, refusal):
    from alembic.script import ScriptDirectory

    config = load_config(request["arguments"])
    script = ScriptDirectory.from_config(config)
    disarm()

    # What env.py says for autogenerate stands in its online half; the offline one is asked where the other gives up.
    online = Seen(config, script, False)
    error = online.run()
    offline = Seen(config, script, True)
    if not online.calls:
        offline.run()
    seen = online if online.calls or not offline.calls else offline
    if not seen.calls and error is not None:
        raise error
    seen.options = seen.choose(request["dialect"]) if seen.calls else {}
    seen.metadata = seen.get_metadata(seen.options)
    if not seen.metadata:
        raise refusal("no-metadata", "Can't proceed with --autogenerate option; environment script %s does not provide a"
                      " MetaData object or sequence of objects to the context." % script.env_py_location)
    return seen
