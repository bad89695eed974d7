"""The first operations of all: the clock, the scope's functions, and what the app's log-ins may do by default.

Roles exist before the first migration (lafse/services and docker-compose make them from the same SQL): lafse_owner
migrates, lafse_app serves, lafse_eraser erases. Neither of the latter owns a table or may TRUNCATE.
"""

from django.db import migrations

CLOCK = """
    CREATE FUNCTION hub_now() RETURNS timestamptz LANGUAGE sql STABLE AS 'SELECT now()';
    COMMENT ON FUNCTION hub_now() IS 'The one clock. Only a test database replaces it.';
"""
# After a SET LOCAL reverts, the setting is '' and not NULL.
SCOPE = """
    CREATE FUNCTION hub_councils() RETURNS integer[] LANGUAGE sql STABLE PARALLEL SAFE AS
        $$ SELECT string_to_array(nullif(current_setting('app.councils', true), ''), ',')::integer[] $$;
    CREATE FUNCTION hub_in_scope() RETURNS integer LANGUAGE sql STABLE PARALLEL SAFE AS
        $$ SELECT nullif(current_setting('app.hub', true), '')::integer $$;
    CREATE FUNCTION refuse_new_council() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN
            RAISE EXCEPTION 'a row never changes its council' USING ERRCODE = 'integrity_constraint_violation';
        END $$;
"""
GRANTS = """
    GRANT USAGE ON SCHEMA public TO lafse_app, lafse_eraser;
    REVOKE CREATE ON SCHEMA public FROM PUBLIC;
    ALTER DEFAULT PRIVILEGES IN SCHEMA public
        GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO lafse_app, lafse_eraser;
    ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO lafse_app, lafse_eraser;
    GRANT SELECT ON ALL TABLES IN SCHEMA public TO lafse_app, lafse_eraser;  -- django_migrations stands already
"""
NO_GRANTS = """
    REVOKE SELECT ON ALL TABLES IN SCHEMA public FROM lafse_app, lafse_eraser;
    ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE USAGE, SELECT ON SEQUENCES FROM lafse_app, lafse_eraser;
    ALTER DEFAULT PRIVILEGES IN SCHEMA public
        REVOKE SELECT, INSERT, UPDATE, DELETE ON TABLES FROM lafse_app, lafse_eraser;
"""

FOUNDATION = [
    migrations.RunSQL("CREATE EXTENSION IF NOT EXISTS btree_gist", migrations.RunSQL.noop),
    migrations.RunSQL(CLOCK, "DROP FUNCTION hub_now()"),
    migrations.RunSQL(SCOPE, "DROP FUNCTION refuse_new_council(), hub_in_scope(), hub_councils()"),
    migrations.RunSQL(GRANTS, NO_GRANTS),
]
