-- Record refunds
--
-- Revision: 0d95b1e8c37f
-- Revises: a4f07c6e12d9
-- Created: 2025-06-11 15:59:30+00:00

-- strata:upgrade
CREATE TABLE refunds (
    id           INTEGER PRIMARY KEY,
    payment_id   INTEGER NOT NULL REFERENCES payments (id),
    amount_cents INTEGER NOT NULL CHECK (amount_cents > 0),
    reason       TEXT NOT NULL,
    refunded_at  TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
);

-- Nobody gets back more than was paid.
CREATE TRIGGER refunds_limit
BEFORE INSERT ON refunds
WHEN NEW.amount_cents + coalesce((SELECT sum(amount_cents) FROM refunds WHERE payment_id = NEW.payment_id), 0)
     > (SELECT amount_cents FROM payments WHERE id = NEW.payment_id)
BEGIN
    SELECT raise(ABORT, 'the refunds of a payment exceed it');
END;

-- strata:downgrade
DROP TABLE refunds;
