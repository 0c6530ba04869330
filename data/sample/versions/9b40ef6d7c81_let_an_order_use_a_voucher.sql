-- Let an order use a voucher
--
-- Revision: 9b40ef6d7c81
-- Revises: 58d3c1a7e92f
-- Created: 2026-02-11 16:48:20+00:00

-- strata:upgrade
ALTER TABLE orders ADD COLUMN voucher_code TEXT REFERENCES vouchers (code);

CREATE INDEX orders_voucher ON orders (voucher_code) WHERE voucher_code IS NOT NULL;

-- strata:downgrade
DROP INDEX orders_voucher;
ALTER TABLE orders DROP COLUMN voucher_code;
