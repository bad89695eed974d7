"""Who can log in to the demonstration. Slough has nobody on purpose: its enquiries go on the hub office's list."""

import secrets
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from councils.models import Council, CouncilKind, Membership, User
from councils.roles import Role
from lafse.demo.codes import give_apps
from lafse.demo.logins import Row

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
    Person("Sade", Role.SAFEGUARDING, ("kent",)),
    Person("Silas", Role.SAFEGUARDING, ("kent",)),
    Person("Cora", Role.COORDINATOR, ("kent",)),
    Person("Callum", Role.CAMPAIGN_EDITOR, ("kent",)),
    Person("Harpreet", Role.OFFICER, ("hampshire",)),
    Person("Martin", Role.MANAGER, ("hampshire",)),
    Person("Colin", Role.COORDINATOR, ("hampshire",)),
    Person("Sunita", Role.OFFICER, ("surrey",)),
    Person("Moira", Role.MANAGER, ("surrey",)),
    Person("Achieng", Role.OFFICER, ("kingston-upon-thames", "richmond-upon-thames", "windsor-and-maidenhead")),
    Person("Olu", Role.HUB_OFFICER, ("lafse-office",)),
    Person("Hannah", Role.HUB_MANAGER, ("lafse-office",)),
    Person("Hester", Role.CAMPAIGN_EDITOR, ("lafse-office",)),
    Person("Rhea", Role.REGIONAL_LEAD, ("lafse-office",)),
    Person("Dafydd", Role.DATA_ANALYST, ("lafse-office",)),
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


def arrive(councils: dict[str, Council], *, known: str) -> list[Row]:
    """Everybody, with one generated password for all: a slow hash for each would take longer than everything else.

    `known` is the password on file. Where it is not theirs (no file, or another database's) all get a new one, so
    that what is written down is always true.
    """
    users = {user.email: user for user in User.objects.filter(email__in=[person.email for person in PEOPLE])}
    valid = bool(known) and all(user.check_password(known) for user in list(users.values())[:1])
    password = known if valid else secrets.token_urlsafe(12)
    if not valid or len(users) < len(PEOPLE):
        _let_in(users, councils, make_password(password))
    give_apps(list(User.objects.filter(email__in=[person.email for person in PEOPLE])))
    return [
        {"role": _role_in_words(each, councils), "name": each.name, "email": each.email, "password": password}
        for each in PEOPLE
    ]


def _let_in(users: dict[str, User], councils: dict[str, Council], hashed: str) -> None:
    office = next(council for council in councils.values() if council.kind == CouncilKind.HUB_OFFICE)
    for person in PEOPLE:
        user = users.get(person.email) or User(email=person.email, name=person.name, home=office)
        user.password = hashed
        user.save()
        for slug in person.councils:
            Membership.objects.get_or_create(user=user, council=councils[slug], role=person.role, ended_at=None)


def _role_in_words(person: Person, councils: dict[str, Council]) -> str:
    places = [councils[slug] for slug in person.councils]
    if places[0].kind == CouncilKind.HUB_OFFICE:
        return str(person.role.label)
    return f"{person.role.label}, {places[0].name if len(places) == 1 else places[0].fostering_service}"
