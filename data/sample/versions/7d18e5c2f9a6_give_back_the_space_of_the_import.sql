-- Give back the space of the import
--
-- VACUUM cannot run inside a transaction, hence the option. There is nothing
-- to undo.
--
-- Revision: 7d18e5c2f9a6
-- Revises: c6921da04e7b
-- Created: 2026-09-14 18:30:41+00:00

-- strata:upgrade transaction=off
VACUUM;

-- strata:downgrade
