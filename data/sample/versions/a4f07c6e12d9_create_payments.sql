-- Create payments
--
-- Revision: a4f07c6e12d9
-- Revises: 39c8f5a27b10
-- Branch labels: payments
-- Created: 2025-06-02 13:25:48+00:00

-- strata:upgrade
CREATE TABLE payments (
    id           INTEGER PRIMARY KEY,
    order_id     INTEGER NOT NULL REFERENCES orders (id),
    method       TEXT NOT NULL CHECK (method IN ('card', 'transfer', 'invoice')),
    amount_cents INTEGER NOT NULL CHECK (amount_cents > 0),
    paid_at      TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE INDEX payments_order ON payments (order_id);

-- strata:downgrade
DROP TABLE payments;
