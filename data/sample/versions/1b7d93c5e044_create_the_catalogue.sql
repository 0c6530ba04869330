-- Create the catalogue
--
-- Revision: 1b7d93c5e044
-- Revises: 8c4e1f60a2d7
-- Created: 2025-03-03 14:50:02+00:00

-- strata:upgrade
CREATE TABLE categories (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
);

CREATE TABLE products (
    id          INTEGER PRIMARY KEY,
    category_id INTEGER NOT NULL REFERENCES categories (id),
    name        TEXT NOT NULL,
    price_cents INTEGER NOT NULL CHECK (price_cents >= 0),
    active      INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1))
);

CREATE INDEX products_category ON products (category_id);

-- strata:downgrade
DROP TABLE products;
DROP TABLE categories;
