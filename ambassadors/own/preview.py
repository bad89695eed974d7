"""An ambassador as an enquirer sees them, whom staff have introduced and who was accepted."""

from collections.abc import Collection
from dataclasses import dataclass

from ambassadors.me import Me
from ambassadors.models import Ambassador, Offering
from ambassadors.states import Attribute
from councils.govuk import SummaryRow
from councils.tenancy import as_ambassador
from enquiries.states import CareKind


@dataclass(frozen=True)
class Seen:
    first_name: str
    about: str
    rows: list[SummaryRow]


def shared_by(me: Me) -> Collection[str]:
    """In the scope of the ambassador."""
    return list(Offering.objects.filter(ambassador=me.id).values_list("attribute", flat=True))


def as_others_see(me: Me) -> Seen:
    with as_ambassador(me.id):
        row, shared = Ambassador.objects.get(pk=me.id), shared_by(me)
    return seen(row, shared)


def seen(row: Ambassador, shared: Collection[str]) -> Seen:
    """`shared`: attributes that are consented to now."""
    told = (
        ("Fosters since", str(row.carer_since or "")),
        ("Kinds of fostering", "\n".join(kind.label for kind in CareKind if kind in row.kinds)),
        ("Lives with", row.household),
        ("Speaks", ", ".join(["English", *row.languages]) if row.languages else ""),
        ("Also says", "\n".join(each.label for each in Attribute if each in shared)),
    )
    return Seen(row.first_name, row.about, [SummaryRow(key, value) for key, value in told if value])
