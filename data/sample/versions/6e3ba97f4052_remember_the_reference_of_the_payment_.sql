-- Remember the reference of the payment provider
--
-- Revision: 6e3ba97f4052
-- Revises: 0d95b1e8c37f
-- Created: 2025-06-24 09:41:12+00:00

-- strata:upgrade
ALTER TABLE payments ADD COLUMN provider_reference TEXT;

CREATE UNIQUE INDEX payments_provider_reference ON payments (provider_reference)
    WHERE provider_reference IS NOT NULL;

-- strata:downgrade
DROP INDEX payments_provider_reference;
ALTER TABLE payments DROP COLUMN provider_reference;
