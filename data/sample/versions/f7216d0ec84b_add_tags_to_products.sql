-- Add tags to products
--
-- Revision: f7216d0ec84b
-- Revises: 39c8f5a27b10
-- Branch labels: catalogue
-- Created: 2025-06-05 10:33:02+00:00

-- strata:upgrade
CREATE TABLE tags (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE COLLATE NOCASE
);

CREATE TABLE product_tags (
    product_id INTEGER NOT NULL REFERENCES products (id) ON DELETE CASCADE,
    tag_id     INTEGER NOT NULL REFERENCES tags (id) ON DELETE CASCADE,
    PRIMARY KEY (product_id, tag_id)
) WITHOUT ROWID;

INSERT INTO tags (name) VALUES ('outdoor'), ('handmade'), ('dimmable');

-- strata:downgrade
DROP TABLE product_tags;
DROP TABLE tags;
