-- Create vouchers
--
-- Revision: 58d3c1a7e92f
-- Revises: 47ab92c0de15
-- Created: 2026-02-09 11:17:05+00:00

-- strata:upgrade
CREATE TABLE vouchers (
    code          TEXT PRIMARY KEY,
    percent       INTEGER CHECK (percent BETWEEN 1 AND 100),
    amount_cents  INTEGER CHECK (amount_cents > 0),
    valid_until   TEXT,
    CHECK ((percent IS NULL) <> (amount_cents IS NULL))
) WITHOUT ROWID;

INSERT INTO vouchers (code, percent, valid_until) VALUES ('SPRING', 10, '2026-05-31');

-- strata:downgrade
DROP TABLE vouchers;
