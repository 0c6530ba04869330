# SPDX-License-Identifier: GPL-3.0-or-later
"""A schema of PostgreSQL, and one change of it at a time."""

BASE = ["CREATE TYPE mood AS ENUM ('sad', 'ok')", "CREATE DOMAIN amount AS integer CHECK (VALUE > 0)",
        "CREATE FUNCTION one() RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1'",
        "CREATE FUNCTION act() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
        "CREATE TABLE p (id integer PRIMARY KEY, k integer)",
        "CREATE TABLE t (id integer CONSTRAINT t_pkey PRIMARY KEY, a varchar(10), b integer DEFAULT 1, c text, m mood, "
        "r int4range, CONSTRAINT ck CHECK (b > 0), CONSTRAINT uq UNIQUE (a), CONSTRAINT fk FOREIGN KEY (b) REFERENCES p, "
        "g integer GENERATED ALWAYS AS (id * 2) STORED, i integer GENERATED ALWAYS AS IDENTITY)",
        "CREATE INDEX ix ON t (a) WHERE id > 0", "CREATE VIEW v AS SELECT id FROM t", "CREATE MATERIALIZED VIEW mv AS SELECT id FROM t",
        "CREATE SEQUENCE s", "CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION act()",
        "CREATE POLICY po ON t USING (id > 0)", "CREATE TABLE q (id integer, k text) PARTITION BY LIST (id)",
        "CREATE TABLE q1 PARTITION OF q FOR VALUES IN (1)"]
# The rows of alembic.md 1.10 where it finds nothing, or something wrong: what changes, and what the steps have to hold.
UNSEEN = [
    ("varchar without length", "ALTER TABLE t ALTER a TYPE varchar", "TYPE character varying"),
    ("collation", 'ALTER TABLE t ALTER c TYPE text COLLATE "C"', 'COLLATE "C"'),
    ("an index's WHERE", "DROP INDEX ix; CREATE INDEX ix ON t (a) WHERE id > 1", "id > 1"),
    ("an index's method", "DROP INDEX ix; CREATE INDEX ix ON t USING hash (a)", "hash"),
    ("INCLUDE", "DROP INDEX ix; CREATE INDEX ix ON t (a) INCLUDE (b)", "INCLUDE (b)"),
    ("an index's WITH", "ALTER INDEX ix SET (fillfactor=50)", "fillfactor"),
    ("an operator class", "DROP INDEX ix; CREATE INDEX ix ON t (a text_pattern_ops)", "text_pattern_ops"),
    ("a check of that name", "ALTER TABLE t DROP CONSTRAINT ck; ALTER TABLE t ADD CONSTRAINT ck CHECK (b > 5)", "b > 5"),
    ("an unnamed check", "ALTER TABLE t ADD CHECK (b < 9)", "b < 9"),
    ("an exclusion", "ALTER TABLE t ADD CONSTRAINT ex EXCLUDE USING gist (r WITH &&)", "EXCLUDE"),
    ("a primary key", "ALTER TABLE t DROP CONSTRAINT t_pkey; ALTER TABLE t ADD CONSTRAINT t_pkey PRIMARY KEY (id, i)", "(id, i)"),
    ("a deferrable unique", "ALTER TABLE t DROP CONSTRAINT uq; ALTER TABLE t ADD CONSTRAINT uq UNIQUE (a) DEFERRABLE", "DEFERRABLE"),
    ("NOT VALID", "ALTER TABLE t DROP CONSTRAINT fk; ALTER TABLE t ADD CONSTRAINT fk FOREIGN KEY (b) REFERENCES p NOT VALID", "NOT VALID"),
    ("an enum's value", "ALTER TYPE mood ADD VALUE 'new' BEFORE 'ok'", "ADD VALUE 'new'"),
    ("a default", "ALTER TABLE t ALTER b SET DEFAULT 2", "SET DEFAULT 2"),
    ("identity options", "ALTER TABLE t ALTER i SET INCREMENT BY 5", "INCREMENT BY 5"),
    ("a generated expression", "ALTER TABLE t DROP g; ALTER TABLE t ADD g integer GENERATED ALWAYS AS (id * 3) STORED", "id * 3"),
    ("unlogged", "ALTER TABLE p SET LOGGED; ALTER TABLE t DROP CONSTRAINT fk; ALTER TABLE p SET UNLOGGED", "SET UNLOGGED"),
    ("storage parameters", "ALTER TABLE t SET (fillfactor=70)", "fillfactor"),
    ("a view", "CREATE OR REPLACE VIEW v AS SELECT id FROM t WHERE id > 3", "id > 3"),
    ("a materialised view", "DROP MATERIALIZED VIEW mv; CREATE MATERIALIZED VIEW mv AS SELECT b FROM t", "DROP MATERIALIZED VIEW public.mv"),
    ("a function", "CREATE OR REPLACE FUNCTION one() RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 2'", "SELECT 2"),
    ("a trigger", "DROP TRIGGER tr ON t; CREATE TRIGGER tr AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION act()", "AFTER INSERT"),
    ("a sequence", "ALTER SEQUENCE s INCREMENT 7", "INCREMENT BY 7"),
    ("a policy", "ALTER POLICY po ON t USING (id > 8)", "id > 8"),
    ("a domain", "ALTER DOMAIN amount SET DEFAULT 4", "SET DEFAULT 4"),
    ("a partition's bound", "DROP TABLE q1; CREATE TABLE q1 PARTITION OF q FOR VALUES IN (2)", "FOR VALUES IN (2)"),
    ("a new partition", "CREATE TABLE q2 PARTITION OF q FOR VALUES IN (2)", "q2"),
]
