-- Merge payments and catalogue
--
-- Revision: 94e0c7a3fb26
-- Revises: 6e3ba97f4052, b85f31d7069e
-- Created: 2025-07-02 08:00:19+00:00

-- strata:upgrade

-- strata:downgrade
