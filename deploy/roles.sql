-- The three log-ins and the database, as superuser and in psql. Safe to run again.
-- Used by the embedded PostgreSQL and, unchanged, by the container image's /docker-entrypoint-initdb.d.
\set ON_ERROR_STOP on
\getenv owner_password LAFSE_OWNER_PASSWORD
\getenv app_password LAFSE_APP_PASSWORD
\getenv eraser_password LAFSE_ERASER_PASSWORD

SET client_min_messages = warning;
SET password_encryption = 'scram-sha-256';

SELECT format('CREATE ROLE %I', name)
  FROM unnest(ARRAY['lafse_owner', 'lafse_app', 'lafse_eraser']) AS name
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name)
\gexec

-- The owner migrates, and creates the test database. The two others own nothing, so row-level security binds them.
ALTER ROLE lafse_owner  LOGIN NOSUPERUSER CREATEDB   NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD :'owner_password';
ALTER ROLE lafse_app    LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD :'app_password';
ALTER ROLE lafse_eraser LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD :'eraser_password';

SELECT 'CREATE DATABASE lafse OWNER lafse_owner'
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'lafse')
\gexec
ALTER DATABASE lafse OWNER TO lafse_owner;
