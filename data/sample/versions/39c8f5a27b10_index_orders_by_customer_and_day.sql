-- Index orders by customer and day
--
-- The page "my orders" read the whole table, and so did the list of what is
-- still to be packed.
--
-- Revision: 39c8f5a27b10
-- Revises: e61d40f8b35a
-- Created: 2025-04-28 10:08:09+00:00

-- strata:upgrade
CREATE INDEX orders_customer_day ON orders (customer_id, ordered_at DESC);
CREATE INDEX orders_open ON orders (ordered_at) WHERE status = 'open';

-- strata:downgrade
DROP INDEX orders_open;
DROP INDEX orders_customer_day;
