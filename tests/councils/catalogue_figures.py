"""Questions to pg_catalog about the tables of figures: see tests/councils/catalogue.py."""

from tests.councils.catalogue import Rule

_HUB = "(hub_id = ( SELECT hub_in_scope() AS hub_in_scope))"
_COUNCIL = "(council_id = ANY (( SELECT hub_councils() AS hub_councils)::integer[]))"
FIGURES = {
    "figures are under row-level security, enabled and forced": Rule(
        """SELECT name FROM figures JOIN pg_class c ON c.oid = name::regclass
           WHERE NOT (relrowsecurity AND relforcerowsecurity)""",
        (
            "ALTER TABLE dashboards_cell NO FORCE ROW LEVEL SECURITY",
            "ALTER TABLE dashboards_release DISABLE ROW LEVEL SECURITY",
        ),
    ),
    "a hub reads counts, and only for its councils are they written": Rule(
        """SELECT name FROM figures CROSS JOIN LATERAL (
               SELECT array_agg(concat_ws(' ', polname, polcmd, pg_get_expr(polqual, polrelid),
                                          pg_get_expr(polwithcheck, polrelid)) ORDER BY polname) AS stands,
                      bool_and(polpermissive AND polroles = ARRAY[0::oid]) AS plain
               FROM pg_policy WHERE polrelid = name::regclass) AS policies
           WHERE plain IS NOT TRUE OR stands <> CASE
               WHEN counted THEN ARRAY['council_scope * COUNCIL COUNCIL', 'hub_scope r HUB']
               ELSE ARRAY['hub_scope * HUB HUB'] END""".replace("COUNCIL", _COUNCIL).replace("HUB", _HUB),
        (
            "DROP POLICY hub_scope ON dashboards_release",
            "DROP POLICY council_scope ON dashboards_cell",
            "ALTER POLICY hub_scope ON dashboards_cell USING (true)",
            "ALTER POLICY hub_scope ON dashboards_annotation WITH CHECK (true)",
            "CREATE POLICY also ON dashboards_cell USING (hub_id = (SELECT hub_in_scope()))",
        ),
    ),
    "figures have no key that leads to a council's row": Rule(
        """SELECT conname FROM figures JOIN pg_constraint k ON k.conrelid = name::regclass
           WHERE k.contype = 'f' AND k.confrelid IN (SELECT id FROM owned)""",
        (
            """ALTER TABLE dashboards_cell ADD COLUMN stray uuid;
               ALTER TABLE dashboards_cell ADD FOREIGN KEY (council_id, stray)
               REFERENCES councils_event (council_id, id)""",
        ),
    ),
}
