-- Keep the total on each order
--
-- Revision: c6921da04e7b
-- Revises: 03e7ba58c6f4
-- Created: 2026-06-08 13:02:14+00:00

-- strata:upgrade
ALTER TABLE orders ADD COLUMN total_cents INTEGER NOT NULL DEFAULT 0;

UPDATE orders
   SET total_cents = (SELECT coalesce(sum(quantity * price_cents), 0)
                        FROM order_items
                       WHERE order_items.order_id = orders.id);

CREATE TRIGGER order_items_added
AFTER INSERT ON order_items
BEGIN
    UPDATE orders
       SET total_cents = total_cents + NEW.quantity * NEW.price_cents
     WHERE id = NEW.order_id;
END;

CREATE TRIGGER order_items_removed
AFTER DELETE ON order_items
BEGIN
    UPDATE orders
       SET total_cents = total_cents - OLD.quantity * OLD.price_cents
     WHERE id = OLD.order_id;
END;

-- strata:downgrade
DROP TRIGGER order_items_removed;
DROP TRIGGER order_items_added;
ALTER TABLE orders DROP COLUMN total_cents;
