-- The roles of a ledger on PostgreSQL (docs/ledger.md). Run once by an administrator of the server:
--     psql -f ledger_roles.sql
-- Three roles without a login: who belongs to one gets its rights.
--     kenpo_owner   makes the tables and brings them up to date:  kenpo-xl ledger init, ledger move
--     kenpo_writer  the nights; adds and changes rows, no tables
--     kenpo_reader  trace, compare, report, check; reads alone
CREATE ROLE kenpo_owner NOLOGIN;
CREATE ROLE kenpo_writer NOLOGIN;
CREATE ROLE kenpo_reader NOLOGIN;
CREATE DATABASE kenpo OWNER kenpo_owner ENCODING 'UTF8' TEMPLATE template0;
REVOKE ALL ON DATABASE kenpo FROM PUBLIC;
GRANT CONNECT ON DATABASE kenpo TO kenpo_writer, kenpo_reader;
\connect kenpo
SET ROLE kenpo_owner;
CREATE SCHEMA kenpo;
GRANT USAGE ON SCHEMA kenpo TO kenpo_writer, kenpo_reader;
ALTER DEFAULT PRIVILEGES IN SCHEMA kenpo GRANT SELECT, INSERT, UPDATE ON TABLES TO kenpo_writer;
ALTER DEFAULT PRIVILEGES IN SCHEMA kenpo GRANT SELECT ON TABLES TO kenpo_reader;
RESET ROLE;
ALTER DATABASE kenpo SET search_path = kenpo;
-- The people and programs, with passwords of their own; an owner's tables belong to the role.
--     CREATE ROLE night LOGIN IN ROLE kenpo_writer PASSWORD '…';
--     CREATE ROLE keeper LOGIN IN ROLE kenpo_owner PASSWORD '…';
--     ALTER ROLE keeper IN DATABASE kenpo SET role = kenpo_owner;
