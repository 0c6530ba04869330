CREATE SCHEMA other;
CREATE TYPE mood AS ENUM ('sad', 'it''s', 'ok');
CREATE TYPE other.hidden AS ENUM ('a');
CREATE DOMAIN pos AS integer NOT NULL DEFAULT 3 CONSTRAINT pos_check CHECK (VALUE > 0);
CREATE SEQUENCE free_seq;
CREATE TABLE parent (a int, b int, PRIMARY KEY (a, b));
CREATE TABLE other.away (id bigserial PRIMARY KEY, m other.hidden, ms other.hidden[]);
CREATE TABLE t (id integer GENERATED ALWAYS AS IDENTITY (START 5 INCREMENT 2 CYCLE MAXVALUE 100) PRIMARY KEY, s serial, name varchar(50) NOT NULL DEFAULT 'it''s', c char(3), txt text COLLATE "C", n numeric(10,2), n0 numeric, f real, d double precision, ts timestamp(3) with time zone DEFAULT now(), ts2 timestamp, tm time(2), tmz timetz, iv interval, iv2 interval day to second(3), bits bit(3), vb bit varying(7), arr int[], arr2 varchar(20)[][], m mood DEFAULT 'ok', ms mood[], dm pos, hid other.hidden, j json, jb jsonb, u uuid, ip inet, ci cidr, mac macaddr, by bytea, flag boolean DEFAULT true, twice int GENERATED ALWAYS AS (1 + 1) STORED, r int4range, o oid, mo money, ts3 tsvector, pt point, nm name, "Odd ""col" date, aw bigint REFERENCES other.away ON DELETE CASCADE, pa int, pb int,
 CONSTRAINT uq UNIQUE (name, c) DEFERRABLE INITIALLY DEFERRED, UNIQUE NULLS NOT DISTINCT (n), UNIQUE (f) INCLUDE (d), CONSTRAINT ck CHECK (n > 0 AND n < 10), CHECK ((n > 1) = (f > 2)), CONSTRAINT fk FOREIGN KEY (pa, pb) REFERENCES parent (a, b) MATCH FULL ON UPDATE SET NULL ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED, CONSTRAINT ex EXCLUDE USING gist (r WITH &&));
-- from 14
ALTER TABLE t ADD COLUMN mr int4multirange;
-- end
ALTER TABLE t ADD CONSTRAINT nv CHECK (id > 0) NOT VALID;
COMMENT ON TABLE t IS 'the table'; COMMENT ON COLUMN t.name IS 'the name'; COMMENT ON CONSTRAINT ck ON t IS 'why';
CREATE INDEX ix1 ON t (lower(name), c DESC, d NULLS FIRST) WHERE n > 5;
CREATE INDEX ix2 ON t USING gin (jb jsonb_path_ops);
CREATE UNIQUE INDEX ix3 ON t (name varchar_pattern_ops) INCLUDE (c) WITH (fillfactor = 70);
CREATE INDEX ix4 ON t USING hash (u);
CREATE VIEW v AS SELECT id, name FROM t; CREATE MATERIALIZED VIEW mv AS SELECT id FROM t;
CREATE TABLE part (id int) PARTITION BY RANGE (id); CREATE TABLE part1 PARTITION OF part FOR VALUES FROM (0) TO (5);
