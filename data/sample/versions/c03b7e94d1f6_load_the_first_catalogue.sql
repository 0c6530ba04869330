-- Load the first catalogue
--
-- Revision: c03b7e94d1f6
-- Revises: 5fa2608be913
-- Created: 2025-03-10 16:05:55+00:00

-- strata:upgrade
INSERT INTO categories (id, name) VALUES
    (1, 'Lamps'),
    (2, 'Shades'),
    (3, 'Bulbs');

INSERT INTO products (id, category_id, name, price_cents) VALUES
    (1, 1, 'Reading Lamp', 8900),
    (2, 1, 'Desk Lamp', 6450),
    (3, 1, 'Storm Lantern', 4990),
    (4, 2, 'Linen Shade', 2900),
    (5, 2, 'Paper Shade', 1250),
    (6, 3, 'Warm Bulb 4 W', 590),
    (7, 3, 'Warm Bulb 8 W', 790),
    (8, 3, 'Candle Bulb', 450);

-- strata:downgrade
DELETE FROM products WHERE id BETWEEN 1 AND 8;
DELETE FROM categories WHERE id BETWEEN 1 AND 3;
