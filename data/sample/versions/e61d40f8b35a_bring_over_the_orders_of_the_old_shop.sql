-- Bring over the orders of the old shop
--
-- Revision: e61d40f8b35a
-- Revises: 72e9ad5106bc
-- Created: 2025-03-17 11:20:36+00:00

-- strata:upgrade
INSERT INTO orders (id, customer_id, status, ordered_at) VALUES
    (1, 1, 'shipped', '2024-12-02 08:14:00'),
    (2, 3, 'shipped', '2024-12-19 17:40:25'),
    (3, 2, 'cancelled', '2025-01-08 09:03:10'),
    (4, 4, 'shipped', '2025-01-22 20:11:54'),
    (5, 1, 'paid', '2025-02-27 06:55:31'),
    (6, 5, 'open', '2025-03-11 13:29:47');

INSERT INTO order_items (order_id, product_id, quantity, price_cents) VALUES
    (1, 1, 1, 8500), (1, 6, 2, 550),
    (2, 3, 4, 4990),
    (3, 5, 1, 1250),
    (4, 2, 1, 6450), (4, 4, 1, 2900), (4, 7, 1, 790),
    (5, 8, 6, 450),
    (6, 1, 2, 8900), (6, 7, 2, 790);

-- strata:downgrade
DELETE FROM order_items WHERE order_id BETWEEN 1 AND 6;
DELETE FROM orders WHERE id BETWEEN 1 AND 6;
