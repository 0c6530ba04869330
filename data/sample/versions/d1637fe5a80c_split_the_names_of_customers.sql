-- Split the names of customers
--
-- Letters and invoices need them apart. The first blank divides; who has one
-- name only has it as family name.
--
-- Revision: d1637fe5a80c
-- Revises: 94e0c7a3fb26
-- Created: 2025-09-15 14:26:53+00:00

-- strata:upgrade
ALTER TABLE customers ADD COLUMN given_name TEXT NOT NULL DEFAULT '';
ALTER TABLE customers ADD COLUMN family_name TEXT NOT NULL DEFAULT '';

UPDATE customers
   SET given_name  = substr(name, 1, instr(name, ' ') - 1),
       family_name = substr(name, instr(name, ' ') + 1)
 WHERE instr(name, ' ') > 0;

UPDATE customers
   SET family_name = name
 WHERE instr(name, ' ') = 0;

ALTER TABLE customers DROP COLUMN name;

-- strata:downgrade
ALTER TABLE customers ADD COLUMN name TEXT NOT NULL DEFAULT '';

UPDATE customers
   SET name = trim(given_name || ' ' || family_name);

ALTER TABLE customers DROP COLUMN family_name;
ALTER TABLE customers DROP COLUMN given_name;
