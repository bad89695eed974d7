"""Questions to pg_catalog. Each returns one line for every fault it finds; no line, no fault.

They read temporary relations made by `prepare`: `known`, the tables that models stand for; `owned`, those of them that
belong to councils; `figures`, those of a hub, and whether they are counts of its councils; `logins`, the app's.
`pg_temp.names(table, numbers)` names columns.
"""

from dataclasses import dataclass

from django.apps import apps
from django.db import models
from psycopg2.extensions import cursor as Cursor

from councils.tenancy import AggregateOwned, CouncilOwned, Tenancy, council_owned_tables, tenancy_of
from councils.tenancy.lists import models_on

PREPARATION = """
    CREATE TEMP TABLE listed AS SELECT unnest(%(owned)s) AS name;
    CREATE TEMP TABLE known AS SELECT unnest(%(known)s) AS name;
    CREATE TEMP VIEW owned AS SELECT c.* , c.oid AS id FROM pg_class c
        WHERE c.relnamespace = 'public'::regnamespace AND c.relname IN (SELECT name FROM listed);
    CREATE TEMP TABLE theirs AS SELECT * FROM unnest(%(ambassadors)s, %(columns)s) AS t(name, own);
    CREATE TEMP TABLE figures AS SELECT * FROM unnest(%(figures)s, %(counts)s) AS t(name, counted);
    CREATE TEMP VIEW logins AS SELECT unnest(ARRAY['lafse_app', 'lafse_eraser']) AS name;
    CREATE FUNCTION pg_temp.names(of oid, numbers smallint[]) RETURNS text[] LANGUAGE sql AS $$
        SELECT array_agg(a.attname::text ORDER BY part.n) FROM unnest(numbers) WITH ORDINALITY AS part(number, n)
        LEFT JOIN pg_attribute a ON a.attrelid = of AND a.attnum = part.number $$;
"""


@dataclass(frozen=True)
class Rule:
    """`faults` is SQL with one text column; `breakers` are statements of the owner that must make it answer."""

    faults: str
    breakers: tuple[str, ...] = ()


TABLES = {
    "a table stands for a model": Rule(
        """SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT IN (SELECT name FROM known)
           UNION ALL SELECT name || ' is missing' FROM known WHERE to_regclass(name) IS NULL""",
        ("CREATE TABLE public.stray (id integer)",),
    ),
    "row-level security is enabled and forced": Rule(
        "SELECT relname FROM owned WHERE NOT (relrowsecurity AND relforcerowsecurity)",
        (
            "ALTER TABLE councils_todo NO FORCE ROW LEVEL SECURITY",
            "ALTER TABLE councils_todo DISABLE ROW LEVEL SECURITY",
        ),
    ),
    "one policy guards reading and writing": Rule(
        """SELECT relname FROM owned LEFT JOIN pg_policy p ON p.polrelid = owned.id AND NOT (
               p.polname = 'ambassador_scope' AND relname IN (SELECT name FROM theirs)) GROUP BY relname
           HAVING count(p.oid) <> 1 OR NOT bool_and(p.polpermissive AND p.polcmd = '*' AND p.polroles = ARRAY[0::oid]
           AND ARRAY[pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)] IS NOT DISTINCT FROM
           array_fill('(council_id = ANY (( SELECT hub_councils() AS hub_councils)::integer[]))'::text, ARRAY[2]))""",
        (
            "DROP POLICY council_scope ON councils_todo",
            "CREATE POLICY also ON councils_todo USING (true)",
            "ALTER POLICY council_scope ON councils_todo WITH CHECK (true)",
            """DROP POLICY council_scope ON councils_todo; CREATE POLICY council_scope ON councils_todo
               USING (council_id = ANY ((SELECT hub_councils())::integer[]))""",
        ),
    ),
    "an ambassador reads their own rows, and changes none": Rule(
        """SELECT name FROM theirs LEFT JOIN pg_policy p
           ON p.polrelid = name::regclass AND p.polname = 'ambassador_scope'
           WHERE p.oid IS NULL OR NOT p.polpermissive OR p.polcmd <> 'r' OR p.polroles <> ARRAY[0::oid]
           OR pg_get_expr(p.polqual, p.polrelid)
           <> format('(%s = ( SELECT hub_ambassador() AS hub_ambassador))', own)""",
        (
            "DROP POLICY ambassador_scope ON ambassadors_offer",
            "ALTER POLICY ambassador_scope ON ambassadors_offer USING (true)",
            """DROP POLICY ambassador_scope ON ambassadors_offer; CREATE POLICY ambassador_scope ON ambassadors_offer
               USING (ambassador_id = (SELECT hub_ambassador()))""",
        ),
    ),
    "no scope is no council, and not an error": Rule(
        """SELECT proname FROM pg_proc WHERE proname IN ('hub_councils', 'hub_in_scope', 'hub_ambassador')
           AND prosrc !~ 'nullif\\(current_setting\\(''app.(councils|hub|ambassador)'', true\\), ''''\\)'""",
        (
            """CREATE OR REPLACE FUNCTION hub_in_scope() RETURNS integer LANGUAGE sql STABLE AS
               $$ SELECT current_setting('app.hub', true)::integer $$""",
        ),
    ),
    "a row never changes its council": Rule(
        """SELECT relname FROM owned WHERE NOT EXISTS (SELECT FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
           WHERE t.tgrelid = owned.id AND t.tgname = 'council_is_fixed' AND t.tgenabled IN ('O', 'A')
           AND p.proname = 'refuse_new_council')""",
        (
            "DROP TRIGGER council_is_fixed ON councils_todo",
            "ALTER TABLE councils_todo DISABLE TRIGGER council_is_fixed",
        ),
    ),
    "council_id is never empty": Rule(
        """SELECT relname FROM owned WHERE NOT EXISTS (SELECT FROM pg_attribute a
           WHERE a.attrelid = owned.id AND a.attname = 'council_id' AND a.attnotnull)""",
        ("ALTER TABLE councils_todo ALTER council_id DROP NOT NULL",),
    ),
}

KEYS = {
    "foreign keys have (council_id, id) to point at": Rule(
        """SELECT relname FROM owned WHERE NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = owned.id
           AND k.contype = 'u' AND pg_temp.names(owned.id, k.conkey) = ARRAY['council_id', 'id'])""",
        ("ALTER TABLE councils_todo DROP CONSTRAINT councils_todo_council_key",),
    ),
    "a unique index tells nothing about another council": Rule(
        """SELECT i.indexrelid::regclass FROM owned JOIN pg_index i ON i.indrelid = owned.id
           CROSS JOIN LATERAL pg_temp.names(owned.id, i.indkey::smallint[]) AS columns
           WHERE (i.indisunique OR i.indisexclusion) AND NOT (i.indisprimary AND columns = ARRAY['id'])
           AND coalesce(array_position(columns, 'council_id'), 0) = 0""",
        (
            "CREATE UNIQUE INDEX stray ON councils_todo (kind)",
            "CREATE UNIQUE INDEX stray ON councils_todo (md5(kind))",
            "ALTER TABLE councils_todo ADD EXCLUDE USING btree (kind WITH =)",
        ),
    ),
    "a foreign key cannot reach into another council": Rule(
        """SELECT k.conname FROM owned JOIN pg_constraint k ON k.confrelid = owned.id AND k.contype = 'f'
           WHERE pg_temp.names(owned.id, k.confkey) <> ARRAY['council_id', 'id']
           OR (pg_temp.names(k.conrelid, k.conkey))[1] <> 'council_id'
           OR k.confdeltype NOT IN ('r', 'n') OR k.confdeltype = 'n' AND k.confdelsetcols IS DISTINCT FROM k.conkey[2:2]
           OR k.conrelid NOT IN (SELECT id FROM owned)""",
        (
            "ALTER TABLE councils_todo ADD FOREIGN KEY (subject_id) REFERENCES councils_event (id)",
            """ALTER TABLE councils_todo ADD FOREIGN KEY (council_id, subject_id)
               REFERENCES councils_event (council_id, id) ON DELETE CASCADE""",
            """ALTER TABLE councils_todo ADD FOREIGN KEY (council_id, subject_id)
               REFERENCES councils_event (council_id, id) ON DELETE SET NULL""",
            """ALTER TABLE councils_door ADD FOREIGN KEY (council_id, subject_id)
               REFERENCES councils_event (council_id, id) ON DELETE RESTRICT""",
        ),
    ),
}

RIGHTS = {
    "the log-ins are ordinary": Rule(
        """SELECT logins.name FROM logins LEFT JOIN pg_roles r ON r.rolname = logins.name WHERE r.oid IS NULL
           OR r.rolsuper OR r.rolbypassrls OR r.rolcreatedb OR r.rolcreaterole OR r.rolreplication"""
    ),
    "the log-ins are members of nothing": Rule(
        """SELECT m.roleid::regrole FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.member
           JOIN logins ON logins.name = r.rolname"""
    ),
    "the log-ins own nothing": Rule(
        """SELECT d.classid::regclass || ' ' || d.objid FROM pg_shdepend d JOIN pg_roles r ON r.oid = d.refobjid
           JOIN logins ON logins.name = r.rolname WHERE d.deptype = 'o'"""
    ),
    "the log-ins cannot pass by the policies": Rule(
        """SELECT logins.name || ' on ' || c.relname FROM logins, pg_class c
           WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
           AND (has_table_privilege(logins.name, c.oid, 'TRUNCATE, TRIGGER')
                OR has_any_column_privilege(logins.name, c.oid, 'REFERENCES'))
           UNION ALL SELECT name || ' creates' FROM logins WHERE has_schema_privilege(name, 'public', 'CREATE')""",
        (
            "GRANT TRUNCATE ON councils_todo TO lafse_app",
            "GRANT REFERENCES (id) ON councils_todo TO lafse_eraser",
            "GRANT TRIGGER ON councils_todo TO PUBLIC",
            "GRANT CREATE ON SCHEMA public TO lafse_app",
        ),
    ),
    "events are added, and neither changed nor removed": Rule(
        """SELECT logins.name || ' on ' || event.name
           FROM logins, (VALUES ('councils_event'), ('councils_eventdetail')) AS event(name)
           WHERE has_any_column_privilege(logins.name, event.name, 'UPDATE')
           OR has_table_privilege(logins.name, event.name, 'DELETE')
              <> ((logins.name, event.name) = ('lafse_eraser', 'councils_eventdetail'))""",
        (
            "GRANT UPDATE (facts) ON councils_event TO lafse_app",
            "GRANT DELETE ON councils_event TO lafse_eraser",
            "GRANT DELETE ON councils_eventdetail TO lafse_app",
            "REVOKE DELETE ON councils_eventdetail FROM lafse_eraser",
        ),
    ),
    "migrations are only read, the admin's own log is out of reach": Rule(
        """SELECT name FROM logins WHERE has_table_privilege(name, 'django_migrations', 'INSERT, UPDATE, DELETE')
           OR has_table_privilege(name, 'django_admin_log', 'SELECT, INSERT, UPDATE, DELETE')""",
        ("GRANT SELECT ON django_admin_log TO lafse_app", "GRANT DELETE ON django_migrations TO lafse_eraser"),
    ),
}

DETOURS = {
    "a view asks as whoever reads it": Rule(
        """SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND (relkind = 'm'
           OR relkind = 'v' AND NOT coalesce('security_invoker=true' = ANY(reloptions), false))""",
        (
            "CREATE VIEW public.stray AS SELECT * FROM councils_todo",
            "CREATE MATERIALIZED VIEW public.stray AS SELECT * FROM councils_todo",
        ),
    ),
    "no function lends its owner's rights": Rule(
        "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef",
        ("ALTER FUNCTION hub_councils() SECURITY DEFINER",),
    ),
    "the clock is in no constraint, index or generated column": Rule(
        """SELECT conname FROM pg_constraint WHERE contype = 'c' AND pg_get_constraintdef(oid) ~ 'hub_now'
           UNION ALL SELECT relname FROM pg_class WHERE relkind = 'i' AND pg_get_indexdef(oid) ~ 'hub_now\\('
           UNION ALL SELECT a.attname FROM pg_attrdef d
           JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
           WHERE a.attgenerated <> '' AND pg_get_expr(d.adbin, d.adrelid) ~ 'hub_now'""",
        ("ALTER TABLE councils_todo ADD CHECK (created_at <= hub_now())",),
    ),
}

RULES = TABLES | KEYS | RIGHTS | DETOURS


def prepare(cursor: Cursor) -> None:
    owned = sorted(council_owned_tables())
    theirs = {model._meta.db_table: model.ambassador_column for model in CouncilOwned.__subclasses__()}
    theirs = {table: column for table, column in sorted(theirs.items()) if column}
    figures = sorted(models_on(Tenancy.AGGREGATE), key=lambda model: model._meta.db_table)
    counts = {model._meta.db_table: issubclass(model, AggregateOwned) for model in figures}
    cursor.execute(
        PREPARATION,
        {"owned": owned, "known": known_tables(), "ambassadors": [*theirs], "columns": [*theirs.values()]}
        | {"figures": [*counts], "counts": [*counts.values()]},
    )


def faults(cursor: Cursor, rule: Rule) -> set[str]:
    cursor.execute(rule.faults)
    return {str(row[0]) for row in cursor.fetchall()}


def known_tables() -> list[str]:
    all_models = apps.get_models(include_auto_created=True)
    return sorted({model._meta.db_table for model in all_models if tenancy_of(model)} | {"django_migrations"})


def references_without_a_key(cursor: Cursor) -> list[str]:
    """Fields of models that point at a council-owned row, and that no constraint in the database guards."""
    cursor.execute(
        """SELECT k.conrelid::regclass || '.' || (pg_temp.names(k.conrelid, k.conkey))[2]
           FROM pg_constraint k WHERE k.contype = 'f' AND cardinality(k.conkey) = 2"""
    )
    guarded = {row[0] for row in cursor.fetchall()}
    return [column for column in references() if column not in guarded]


def references() -> list[str]:
    return [
        f"{model._meta.db_table}.{field.column}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and tenancy_of(field.related_model) is Tenancy.COUNCIL
    ]
