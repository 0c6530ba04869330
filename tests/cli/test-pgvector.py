#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""pgvector's types and indexes: dumped, compared both ways, and written into revisions, in a real server."""

import os
import subprocess
from pathlib import Path

import alembic_project as alembic
import tap
from sandbox import Sandbox
from servers import postgresql

START = """CREATE EXTENSION vector;
CREATE TABLE items (id bigint PRIMARY KEY, e vector(3) NOT NULL, h halfvec(4), s sparsevec(5), free vector, many vector(2)[]);
CREATE INDEX items_hnsw ON items USING hnsw (e vector_cosine_ops) WITH (m = 8, ef_construction = 32);
CREATE INDEX items_ivf ON items USING ivfflat (e) WITH (lists = 10);
CREATE INDEX items_half ON items USING hnsw (h halfvec_l2_ops);
CREATE INDEX items_bits ON items USING hnsw ((binary_quantize(e)::bit(3)) bit_hamming_ops);
CREATE INDEX items_part ON items USING hnsw (e vector_ip_ops) WHERE id > 5;
CREATE VIEW near AS SELECT id, e <-> '[1,2,3]' AS distance FROM items;
CREATE FUNCTION nearest(q vector) RETURNS bigint LANGUAGE sql AS 'SELECT id FROM items ORDER BY e <=> q LIMIT 1';
"""
# What changes, and what the steps have to hold.
CHANGES = (
    ("a dimension", ("e vector(3)", "e vector(4)"), ("bit(3)", "bit(4)"), ("[1,2,3]", "[1,2,3,4]"), "TYPE public.vector(4)"),
    ("no dimension any more", ("h halfvec(4)", "h halfvec"), ("CREATE INDEX items_half ON items USING hnsw (h halfvec_l2_ops);\n", ""),
     "TYPE public.halfvec"),
    ("another type", ("h halfvec(4)", "h vector(4)"), ("halfvec_l2_ops", "vector_l2_ops"), "TYPE public.vector(4)"),
    ("sparsevec's dimension", ("sparsevec(5)", "sparsevec(6)"), "TYPE public.sparsevec(6)"),
    ("an operator class", ("vector_cosine_ops", "vector_l2_ops"), "vector_l2_ops"),
    ("a parameter of hnsw", ("m = 8", "m = 12"), "m='12'"),
    ("a parameter that goes", (" WITH (m = 8, ef_construction = 32)", ""), "items_hnsw"),
    ("a parameter of ivfflat", ("lists = 10", "lists = 20"), "lists='20'"),
    ("a method", ("USING ivfflat (e) WITH (lists = 10)", "USING hnsw (e vector_l2_ops)"), "USING hnsw"),
    ("a predicate", ("id > 5", "id > 6"), "id > 6"),
    ("an operator of a view", ("<->", "<#>"), "<#>"),
    ("a new column and index", ("free vector,", "free vector, new vector(7),"),
     ("CREATE VIEW", "CREATE INDEX items_new ON items USING hnsw (new vector_l1_ops);\nCREATE VIEW"), "vector_l1_ops"),
)


def pg_dump(url):
    own = Path(os.environ.get("STRATA_TEST_PGBIN", ""), "pg_dump")
    done = subprocess.run([own if own.is_file() else "pg_dump", "-s", url], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    return [line for line in done.stdout.splitlines() if "restrict" not in line] if done.returncode == 0 else None


def dumping(box, server):
    done = box.strata("dump")
    box.check("dump", done, 0, "CREATE EXTENSION IF NOT EXISTS vector", "")
    for text in ("e public.vector(3) NOT NULL", "h public.halfvec(4)", "s public.sparsevec(5)", "many public.vector(2)[]", "free public.vector,",
                 "USING hnsw (e public.vector_cosine_ops) WITH (m='8', ef_construction='32')", "USING ivfflat (e) WITH (lists='10')"):
        tap.check(text in done.out, text, done.out)
    copy = server.create("copy")
    server.sql(done.out, "copy")
    box.check("of the copy", box.strata("dump", copy), 0, done.out, "")
    before, after = pg_dump(server.url("shop")), pg_dump(copy)
    if before is not None:
        tap.check(before == after, "pg_dump finds the copy equal")


def comparing(box):
    for name, *changes, step in CHANGES:
        text = START
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new)
        (box.folder / "a.sql").write_text(START)
        (box.folder / "schema.sql").write_text(text)
        done = box.strata("diff", "a.sql", "schema.sql", "--sql")
        box.check(name, done, 9, step, "")
        tap.check("DROP TABLE" not in done.out and "DROP EXTENSION" not in done.out, f"{name}: nothing goes that stays", done.out)
        done = box.strata("revision", "--autogenerate", "-m", "x")
        box.check(f"{name}: a revision", done, 0, "Tried in a scratch database",
                  "not as its own revisions say")
        for path in (box.folder / "versions").glob("*_x.sql"):
            path.unlink()


# What pgvector.sqlalchemy is made like, which the project may not have.
MODELS = """import sqlalchemy as sa
from sqlalchemy.orm import declarative_base
from sqlalchemy.types import UserDefinedType
Base = declarative_base()
class Vector(UserDefinedType):
    cache_ok = True
    def __init__(self, dim=None):
        super(UserDefinedType, self).__init__()
        self.dim = dim
    def get_col_spec(self, **kw):
        return 'VECTOR' if self.dim is None else 'VECTOR(%d)' % self.dim
class Item(Base):
    __tablename__ = 'docs'
    id = sa.Column(sa.Integer, primary_key=True)
    e = sa.Column(Vector(3), nullable=False)
sa.Index('docs_e', Item.e, postgresql_using='hnsw', postgresql_with={'m': 8}, postgresql_ops={'e': 'vector_l2_ops'})
"""
ENV = alembic.ENV.replace("import os\n", "import os\nfrom app.models import Base\n").replace(
    "target_metadata=None", "target_metadata=Base.metadata")


def models(box, server):
    url = server.create("models")
    server.sql("CREATE EXTENSION vector", "models")
    folder = alembic.make(box, url.replace("postgresql://", "postgresql+psycopg2://"), ENV)
    (folder / "app").mkdir()
    (folder / "migrations" / "script.py.mako").write_text(alembic.TEMPLATE)
    model = folder / "app" / "models.py"
    for text, step in ((MODELS, "docs"), (MODELS.replace("Vector(3)", "Vector(4)").replace("'m': 8", "'m': 12"), "docs.e"),
                       (MODELS.replace("hnsw", "ivfflat").replace("'m': 8", "'lists': 5"), "docs_e")):
        model.write_text(text)
        box.check(f"models: {step}", box.strata("revision", "--autogenerate", "-m", "x", "--trust", folder=folder), 0,
                  "Tried in a scratch database")
        newest = max((folder / "migrations" / "versions").glob("*.py"), key=lambda path: path.stat().st_mtime_ns).read_text()
        tap.check("op.execute" not in newest.partition("def downgrade")[0], f"models: {step} by directives", newest)
        well, words = alembic.run(folder, "upgrade", "head")
        tap.check(well, "Alembic runs it", words, *(path.read_text() for path in sorted((folder / "migrations" / "versions").glob("*.py"))))
        box.check("nothing is left to do", box.strata("check", "--trust", folder=folder), 0)
    well, words = alembic.run(folder, "downgrade", "base")
    tap.check(well, "and back", words)


def main():
    with postgresql.server() as server, Sandbox() as box:
        if server.sql("SELECT count(*) FROM pg_available_extensions WHERE name = 'vector'") == ["0"]:
            tap.skip_all("this PostgreSQL has no pgvector")
        url = server.create("shop")
        server.sql(START, "shop")
        (box.folder / ".env").write_text(f"DATABASE_URL={url}\n")
        box.ini("schema = schema.sql")
        dumping(box, server)
        comparing(box)
        if alembic.has("psycopg2"):
            models(box, server)
        else:
            tap.skip("models with vectors", "needs Alembic and psycopg2")
    tap.done()


main()
