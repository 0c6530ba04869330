-- Give every product a slug
--
-- Revision: 2ca8e4b95f73
-- Revises: f7216d0ec84b
-- Created: 2025-06-12 12:12:12+00:00

-- strata:upgrade
ALTER TABLE products ADD COLUMN slug TEXT;

UPDATE products SET slug = lower(replace(name, ' ', '-'));

CREATE UNIQUE INDEX products_slug ON products (slug);

-- strata:downgrade
DROP INDEX products_slug;
ALTER TABLE products DROP COLUMN slug;
