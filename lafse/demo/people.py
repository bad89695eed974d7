"""Who can log in to the demonstration. Slough has nobody on purpose: its enquiries go on the hub office's list."""

from dataclasses import dataclass

from councils.roles import Role

NOBODY_IN = "slough"


@dataclass(frozen=True)
class Person:
    first_name: str
    role: Role
    councils: tuple[str, ...]

    @property
    def name(self) -> str:
        return f"{self.first_name} Example"

    @property
    def email(self) -> str:
        return f"{self.first_name.lower()}@example.org"


PEOPLE: tuple[Person, ...] = (
    Person("Kerry", Role.OFFICER, ("kent",)),
    Person("Miriam", Role.MANAGER, ("kent",)),
    Person("Harpreet", Role.OFFICER, ("hampshire",)),
    Person("Martin", Role.MANAGER, ("hampshire",)),
    Person("Sunita", Role.OFFICER, ("surrey",)),
    Person("Moira", Role.MANAGER, ("surrey",)),
    Person("Achieng", Role.OFFICER, ("kingston-upon-thames", "richmond-upon-thames", "windsor-and-maidenhead")),
    Person("Olu", Role.HUB_OFFICER, ("lafse-office",)),
    Person("Hannah", Role.HUB_MANAGER, ("lafse-office",)),
    Person("Rhea", Role.REGIONAL_LEAD, ("lafse-office",)),
    Person("Ravi", Role.OFFICER, ("reading",)),
    Person("Bea", Role.OFFICER, ("bracknell-forest",)),
    Person("Wanda", Role.OFFICER, ("wokingham",)),
    Person("Milo", Role.OFFICER, ("milton-keynes",)),
    Person("Brigid", Role.OFFICER, ("brighton-and-hove",)),
    Person("Esme", Role.OFFICER, ("east-sussex",)),
    Person("Iris", Role.OFFICER, ("isle-of-wight",)),
    Person("Medina", Role.OFFICER, ("medway",)),
    Person("Oscar", Role.OFFICER, ("oxfordshire",)),
    Person("Polly", Role.OFFICER, ("portsmouth",)),
    Person("Sol", Role.OFFICER, ("southampton",)),
    Person("Bertie", Role.OFFICER, ("west-berkshire",)),
    Person("Wes", Role.OFFICER, ("west-sussex",)),
)
