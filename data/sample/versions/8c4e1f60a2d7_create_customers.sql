-- Create customers
--
-- Revision: 8c4e1f60a2d7
-- Revises:
-- Created: 2025-03-03 09:12:40+00:00

-- strata:upgrade
CREATE TABLE customers (
    id         INTEGER PRIMARY KEY,
    name       TEXT NOT NULL,
    email      TEXT NOT NULL UNIQUE,
    created_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE addresses (
    id          INTEGER PRIMARY KEY,
    customer_id INTEGER NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    street      TEXT NOT NULL,
    city        TEXT NOT NULL,
    postcode    TEXT NOT NULL,
    country     TEXT NOT NULL DEFAULT 'DE' CHECK (length(country) = 2)
);

CREATE INDEX addresses_customer ON addresses (customer_id);

-- strata:downgrade
DROP TABLE addresses;
DROP TABLE customers;
