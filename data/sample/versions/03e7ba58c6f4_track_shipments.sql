-- Track shipments
--
-- Revision: 03e7ba58c6f4
-- Revises: 9b40ef6d7c81
-- Created: 2026-04-20 07:55:58+00:00

-- strata:upgrade
CREATE TABLE shipments (
    id          INTEGER PRIMARY KEY,
    order_id    INTEGER NOT NULL REFERENCES orders (id),
    carrier     TEXT NOT NULL,
    tracking_no TEXT,
    shipped_at  TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
    UNIQUE (carrier, tracking_no)
);

-- What was sent before had no number.
INSERT INTO shipments (order_id, carrier, shipped_at)
SELECT id, 'unknown', ordered_at FROM orders WHERE status = 'shipped';

-- strata:downgrade
DROP TABLE shipments;
