"""Migration operations: a council-owned table reads as a sentence in its app's migration."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import migrations

_OF_COUNCIL = "council_id = ANY ((SELECT hub_councils())::integer[])"
_OF_HUB = "hub_id = (SELECT hub_in_scope())"


class _Protect(migrations.RunSQL):
    """Row-level security, for the owner of the table as well. `also`, `undo`: what goes with it. Names of tables come
    from migrations, never from a person."""

    policies: ClassVar[Mapping[str, str]]
    also: ClassVar[str] = ""
    undo: ClassVar[str] = ""

    def __init__(self, table: str) -> None:
        self.table = table
        created = "".join(f"CREATE POLICY {name} ON {table} {rule};" for name, rule in self.policies.items())
        dropped = "".join(f"DROP POLICY {name} ON {table};" for name in self.policies)
        super().__init__(
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY; ALTER TABLE {table} FORCE ROW LEVEL SECURITY;"
            + created
            + self.also.format(table=table),
            self.undo.format(table=table)
            + dropped
            + f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;",
        )

    def deconstruct(self) -> tuple[str, list[str], dict[str, str]]:
        return self.__class__.__qualname__, [self.table], {}


class ProtectCouncilTable(_Protect):
    """Row-level security for reading and writing, the key that foreign keys point at, and a council that stays."""

    policies = {"council_scope": f"USING ({_OF_COUNCIL}) WITH CHECK ({_OF_COUNCIL})"}
    also = """
        ALTER TABLE {table} ADD CONSTRAINT {table}_council_key UNIQUE (council_id, id);
        CREATE TRIGGER council_is_fixed BEFORE UPDATE OF council_id ON {table}
            FOR EACH ROW WHEN (OLD.council_id IS DISTINCT FROM NEW.council_id) EXECUTE FUNCTION refuse_new_council();
    """
    undo = """
        DROP TRIGGER council_is_fixed ON {table};
        ALTER TABLE {table} DROP CONSTRAINT {table}_council_key;
    """


class ProtectAggregateTable(_Protect):
    """Figures are read by whoever has their hub or their council in scope, and written for councils in scope alone.
    Two policies: one that lets the hub read would by itself let it delete as well."""

    policies = {
        "hub_scope": f"FOR SELECT USING ({_OF_HUB})",
        "council_scope": f"USING ({_OF_COUNCIL}) WITH CHECK ({_OF_COUNCIL})",
    }


class ProtectHubTable(_Protect):
    """What a hub's figures are shown with: read and written with the hub in scope."""

    policies = {"hub_scope": f"USING ({_OF_HUB}) WITH CHECK ({_OF_HUB})"}


class AmbassadorReads(migrations.RunSQL):
    """An ambassador's own rows, by the column that holds their key: for reading alone. What they change, an action
    changes for them in the scope of the row's council."""

    def __init__(self, table: str, column: str) -> None:
        self.arguments = [table, column]
        super().__init__(
            f"CREATE POLICY ambassador_scope ON {table} FOR SELECT USING ({column} = (SELECT hub_ambassador()))",
            f"DROP POLICY ambassador_scope ON {table}",
        )

    def deconstruct(self) -> tuple[str, list[str], dict[str, str]]:
        return self.__class__.__qualname__, self.arguments, {}


class AddCouncilForeignKey(migrations.RunSQL):
    """A foreign key on (council_id, column): a plain one accepts another council's row, since its check is exempt
    from row-level security. Deleting a row that is pointed at is refused."""

    def __init__(self, table: str, column: str, to: str) -> None:
        self.arguments = [table, column, to]
        name = f"{table}_{column}_council_fk"
        super().__init__(
            f"""ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY (council_id, {column})
                REFERENCES {to} (council_id, id) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED""",
            f"ALTER TABLE {table} DROP CONSTRAINT {name}",
        )

    def deconstruct(self) -> tuple[str, list[str], dict[str, str]]:
        return self.__class__.__qualname__, self.arguments, {}


class AppendOnly(migrations.RunSQL):
    """The app's log-in may add rows and read them; `eraser` may delete where `erasable`."""

    def __init__(self, table: str, *, erasable: bool = False) -> None:
        self.table, self.erasable = table, erasable
        grant = f"REVOKE UPDATE, DELETE ON {table} FROM lafse_app, lafse_eraser"
        erase = f"; GRANT DELETE ON {table} TO lafse_eraser" if erasable else ""
        super().__init__(grant + erase, f"GRANT UPDATE, DELETE ON {table} TO lafse_app, lafse_eraser")

    def deconstruct(self) -> tuple[str, list[str], dict[str, bool]]:
        return self.__class__.__qualname__, [self.table], {"erasable": self.erasable}


class EraserMay(migrations.RunSQL):
    """What the eraser's log-in may do with a table besides reading it: nothing, or this."""

    def __init__(self, table: str, *may: str) -> None:
        self.arguments = [table, *may]
        super().__init__(
            f"GRANT {', '.join(['SELECT', *may])} ON {table} TO lafse_eraser",
            f"REVOKE ALL ON {table} FROM lafse_eraser",
        )

    def deconstruct(self) -> tuple[str, list[str], dict[str, str]]:
        return self.__class__.__qualname__, self.arguments, {}
