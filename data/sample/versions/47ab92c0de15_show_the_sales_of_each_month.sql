-- Show the sales of each month
--
-- Revision: 47ab92c0de15
-- Revises: d1637fe5a80c
-- Created: 2025-10-01 09:09:37+00:00

-- strata:upgrade
CREATE VIEW monthly_sales AS
SELECT strftime('%Y-%m', orders.ordered_at)                     AS month,
       count(DISTINCT orders.id)                                AS orders,
       sum(order_items.quantity * order_items.price_cents)      AS sales_cents
  FROM orders
  JOIN order_items ON order_items.order_id = orders.id
 WHERE orders.status <> 'cancelled'
 GROUP BY month;

-- strata:downgrade
DROP VIEW monthly_sales;
