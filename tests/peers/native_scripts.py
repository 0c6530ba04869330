# SPDX-License-Identifier: GPL-3.0-or-later
"""Alembic scripts of many manners, one after the other: (id, text of the module behind its header). They leave rows behind, so that
what they read and write shows."""

HEAD = '''"""{id}"""
from alembic import op
import sqlalchemy as sa

revision = "{id}"
down_revision = {down!r}
branch_labels = None
depends_on = None
'''

SCRIPTS = [
    ("n001", '''
def upgrade():
    accounts = op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=50), nullable=False),
        sa.Column("email", sa.String(length=120), nullable=True, unique=True),
        sa.Column("active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("kind", sa.String(10), server_default="user"),
        sa.Column("created", sa.DateTime(), nullable=True),
        sa.CheckConstraint("length(name) > 1", name="ck_account_name"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_account_name"), "account", ["name"], unique=False)
    op.bulk_insert(accounts, [
        {"id": 1, "name": "Ada o'Neil", "email": "ada@example.org", "active": True},
        {"id": 2, "name": "Jonas", "email": None, "active": False},
        {"id": 3, "name": "100% sure: yes", "email": "mina@example.org", "active": True},
    ])


def downgrade():
    op.drop_index(op.f("ix_account_name"), table_name="account")
    op.drop_table("account")
'''),
    ("n002", '''
def upgrade():
    op.create_table(
        "post",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("account_id", sa.Integer, sa.ForeignKey("account.id", name="fk_post_account", ondelete="CASCADE"), index=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("price", sa.Numeric(10, 2), server_default=sa.text("0")),
    )
    bind = op.get_bind()
    post = sa.table("post", sa.column("account_id", sa.Integer), sa.column("title", sa.Text))
    for row in bind.execute(sa.text("SELECT id, name FROM account ORDER BY id")).fetchall():
        if row.name.startswith("J"):
            continue
        bind.execute(post.insert().values(account_id=row.id, title=f"Hello from {row[1]!r}"))
    count = bind.execute(sa.select(sa.func.count()).select_from(post)).scalar()
    op.execute(sa.text("INSERT INTO post (account_id, title) VALUES (:a, :t)").bindparams(a=2, t=f"number {count + 1}"))


def downgrade():
    op.drop_table("post")
'''),
    ("n003", '''
def upgrade():
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.add_column(sa.Column("age", sa.Integer(), nullable=True))
        batch_op.alter_column("name", existing_type=sa.String(50), type_=sa.String(80), nullable=False)
        batch_op.create_unique_constraint("uq_account_name", ["name"])
    op.execute("UPDATE account SET age = id * 10")


def downgrade():
    with op.batch_alter_table("account") as batch_op:
        batch_op.drop_constraint("uq_account_name", type_="unique")
        batch_op.alter_column("name", existing_type=sa.String(80), type_=sa.String(50), nullable=False)
        batch_op.drop_column("age")
'''),
    ("n004", '''
TAGS = ("red", "green", "blue")


def upgrade():
    tag = op.create_table("tag", sa.Column("name", sa.String(20), primary_key=True), sa.Column("rank", sa.SmallInteger))
    op.bulk_insert(tag, [dict(name=name, rank=i) for i, name in enumerate(TAGS, 1)])
    op.execute(tag.update().where(tag.c.name == op.inline_literal("red")).values({"rank": op.inline_literal(7)}))
    op.execute(tag.delete().where(sa.and_(tag.c.rank > 2, tag.c.rank < 7)))


def downgrade():
    op.drop_table("tag")
'''),
    ("n005", '''
def _columns(table):
    return {column["name"] for column in sa.inspect(op.get_bind()).get_columns(table)}


def upgrade():
    if "nick" not in _columns("account"):
        op.add_column("account", sa.Column("nick", sa.String(30), nullable=True))
    if "age" not in _columns("account"):
        op.add_column("account", sa.Column("never", sa.Integer))
    if sa.inspect(op.get_bind()).has_table("tag"):
        op.create_index("ix_tag_rank", "tag", ["rank"])


def downgrade():
    op.drop_index("ix_tag_rank", table_name="tag")
    with op.batch_alter_table("account") as batch_op:
        batch_op.drop_column("nick")
'''),
    ("n006", '''
import enum
import json


class State(enum.Enum):
    draft = "d"
    done = "x"


def upgrade():
    dialect = op.get_bind().dialect.name
    kind = sa.JSON()
    if dialect == "postgresql":
        from sqlalchemy.dialects import postgresql
        kind = postgresql.JSONB(astext_type=sa.Text())
    job = op.create_table(
        "job",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("state", sa.Enum(State, name="job_state"), nullable=False, server_default="draft"),
        sa.Column("data", kind, nullable=True),
        sa.Column("due", sa.Date),
    )
    bind = op.get_bind()
    bind.execute(job.insert(), [{"id": 1, "state": State.done, "data": {"a": [1, 2]}}, {"id": 2, "state": "draft", "data": None}])
    for row in bind.execute(sa.select(job.c.id, job.c.data).order_by(job.c.id)):
        if row.data is not None:
            data = dict(row.data, seen=row.id)
            bind.execute(job.update().where(job.c.id == row.id).values(data=data))


def downgrade():
    op.drop_table("job")
    if op.get_bind().dialect.name == "postgresql":
        sa.Enum(name="job_state").drop(op.get_bind(), checkfirst=True)
'''),
    ("n007", '''
def upgrade():
    op.rename_table("tag", "label")
    op.alter_column("label", "rank", new_column_name="position")
    op.add_column("post", sa.Column("label", sa.String(20), nullable=True))
    op.execute("UPDATE post SET label = (SELECT max(name) FROM label)")


def downgrade():
    with op.batch_alter_table("post") as batch_op:
        batch_op.drop_column("label")
    op.alter_column("label", "position", new_column_name="rank")
    op.rename_table("label", "tag")
'''),
    ("n008", '''
def upgrade():
    if op.get_context().dialect.name == "postgresql":
        with op.get_context().autocommit_block():
            op.create_index("ix_post_title", "post", ["title"], postgresql_concurrently=True, if_not_exists=True)
    else:
        op.create_index("ix_post_title", "post", ["title"])


def downgrade():
    op.drop_index("ix_post_title", table_name="post")
'''),
    ("n009", '''
def upgrade():
    bind = op.get_bind()
    names = [name for (name,) in bind.execute(sa.text("SELECT name FROM account WHERE age >= :age ORDER BY name"), {"age": 20})]
    assert len(names) == 2, names
    mapping = {row["name"]: row["age"] for row in bind.execute(sa.text("SELECT name, age FROM account")).mappings()}
    with op.batch_alter_table("account") as batch_op:
        batch_op.add_column(sa.Column("note", sa.Text(), nullable=False, server_default=sa.text("'" + "-".join(map(str, sorted(mapping.values()))) + "'")))
    try:
        with bind.begin_nested():
            bind.execute(sa.text("SELECT * FROM nowhere"))
    except (sa.exc.ProgrammingError, sa.exc.OperationalError):
        bind.execute(sa.text("UPDATE account SET nick = 'caught'"))


def downgrade():
    with op.batch_alter_table("account") as batch_op:
        batch_op.drop_column("note")
'''),
    # COMMIT by hand, as is done for what can't run inside a transaction; and keys that no column has
    ("n010", '''
def upgrade():
    kinds = op.create_table("kind", sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.String(20)))
    op.bulk_insert(kinds, [{"id": 1, "name": "a", "unknown": "x"}, {"id": 2, "name": "b", "other": None}])
    if op.get_context().dialect.name == "postgresql":
        op.execute("COMMIT")
        op.execute("CREATE INDEX CONCURRENTLY ix_kind_name ON kind (name)")
        op.execute("UPDATE kind SET name = 'c' WHERE id = 2")


def downgrade():
    if op.get_context().dialect.name == "postgresql":
        op.execute("commit;")
        op.execute("DROP INDEX CONCURRENTLY ix_kind_name")
    op.drop_table("kind")
'''),
    ("n011", '''
def upgrade():
    bind = op.get_bind()
    is_postgresql = bind.dialect.name == "postgresql"
    for name, in bind.execute(sa.text("SELECT name FROM kind ORDER BY id")).fetchall():
        op.execute(sa.text("INSERT INTO kind (id, name) VALUES ((SELECT max(id) + 1 FROM kind), :name)").bindparams(name=name * 2))
    if is_postgresql:
        bind.execute(sa.text("COMMIT"))
        op.execute("CREATE INDEX CONCURRENTLY ix_kind_both ON kind (name, id)")
        bind.execute(sa.text("BEGIN"))
    n = bind.execute(sa.text("SELECT count(*) FROM kind")).scalar()
    op.execute(f"UPDATE kind SET name = '{n}' WHERE id = 1")


def downgrade():
    if op.get_context().dialect.name == "postgresql":
        op.drop_index("ix_kind_both", table_name="kind")
    op.execute("DELETE FROM kind WHERE id > 2")
'''),
    # Sessions that are used like a connection
    ("n012", '''
from sqlalchemy.orm import Session, sessionmaker


def upgrade():
    bind = op.get_bind()
    kind = sa.table("kind", sa.column("id", sa.Integer), sa.column("name", sa.String))
    session = Session(bind=bind)
    n = session.execute(sa.select(sa.func.max(kind.c.id))).scalar()
    session.execute(kind.insert().values(id=n + 1, name="of a session"))
    session.execute(sa.text("INSERT INTO kind (id, name) VALUES (:id, :name)"), [{"id": n + 2, "name": "p"}, {"id": n + 3, "name": "q"}])
    session.commit()
    session.rollback()
    with Session(bind, autoflush=False) as other:
        for row in other.execute(sa.select(kind.c.id, kind.c.name).where(kind.c.id > n).order_by(kind.c.id)):
            other.execute(sa.update(kind).where(kind.c.id == row.id).values(name=row.name.upper()))
        assert other.scalar(sa.text("SELECT count(*) FROM kind WHERE id > :n"), {"n": n}) == 3
        names = other.scalars(sa.select(kind.c.name).where(kind.c.id > n).order_by(kind.c.id)).all()
    maker = sessionmaker(bind=bind)
    third = maker()
    third.execute(sa.text("UPDATE kind SET name = :names WHERE id = :id"), {"names": "".join(names)[:20], "id": n + 3})
    third.commit()
    third.close()
    op.execute(sa.text("INSERT INTO kind (id, name) VALUES (99, 'last')"))


def downgrade():
    session = sessionmaker()(bind=op.get_bind())
    try:
        session.execute(sa.text("DELETE FROM kind WHERE id = 99 OR name IN ('OF A SESSION', 'P') OR name LIKE 'OF A%'"))
        session.commit()
    except Exception:
        session.rollback()
        raise
    finally:
        session.close()
'''),
]


def texts():
    down = None
    for revision, body in SCRIPTS:
        yield revision, HEAD.format(id=revision, down=down) + body
        down = revision
