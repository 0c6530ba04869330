-- Keep the history of prices
--
-- Revision: b85f31d7069e
-- Revises: 2ca8e4b95f73
-- Created: 2025-06-30 17:03:44+00:00

-- strata:upgrade
CREATE TABLE price_changes (
    product_id INTEGER NOT NULL REFERENCES products (id) ON DELETE CASCADE,
    old_cents  INTEGER NOT NULL,
    new_cents  INTEGER NOT NULL,
    changed_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE TRIGGER products_price_changed
AFTER UPDATE OF price_cents ON products
WHEN OLD.price_cents <> NEW.price_cents
BEGIN
    INSERT INTO price_changes (product_id, old_cents, new_cents)
    VALUES (NEW.id, OLD.price_cents, NEW.price_cents);
END;

-- strata:downgrade
DROP TRIGGER products_price_changed;
DROP TABLE price_changes;
