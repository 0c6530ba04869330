-- Bring over the customers of the old shop
--
-- Revision: 72e9ad5106bc
-- Revises: c03b7e94d1f6
-- Created: 2025-03-17 07:44:21+00:00

-- strata:upgrade
ALTER TABLE customers ADD COLUMN old_number INTEGER;

INSERT INTO customers (id, name, email, created_at, old_number) VALUES
    (1, 'Ada Brandt', 'ada.brandt@example.org', '2023-02-11 10:20:00', 10041),
    (2, 'Jonas Vogel', 'jonas@example.org', '2023-05-30 18:02:11', 10077),
    (3, 'Mina Okafor', 'mina.okafor@example.com', '2023-09-04 09:15:43', 10102),
    (4, 'Pieter de Vries', 'pdv@example.net', '2024-01-19 21:37:08', 10188),
    (5, 'Sofia Rossi', 'sofia.rossi@example.org', '2024-06-02 12:00:00', 10230),
    (6, 'Prince', 'prince@example.com', '2024-11-27 23:59:59', 10311);

INSERT INTO addresses (customer_id, street, city, postcode, country) VALUES
    (1, 'Hafenstr. 12', 'Hamburg', '20457', 'DE'),
    (2, 'Am Markt 3', 'Jena', '07743', 'DE'),
    (3, 'Lange Gasse 40', 'Wien', '1080', 'AT'),
    (4, 'Oudegracht 118', 'Utrecht', '3511', 'NL'),
    (5, 'Via Po 9', 'Torino', '10124', 'IT');

-- strata:downgrade
DELETE FROM addresses WHERE customer_id IN (SELECT id FROM customers WHERE old_number IS NOT NULL);
DELETE FROM customers WHERE old_number IS NOT NULL;
ALTER TABLE customers DROP COLUMN old_number;
