"""An ambassador as an enquirer sees them, whom staff have introduced and to whom they said yes: the same, in the same
words."""

from collections.abc import Collection, Iterator

from ambassadors.me import Me
from ambassadors.models import Ambassador, Offering
from ambassadors.shared import Profile, profile_of
from ambassadors.states import TalkBy
from councils.govuk import SummaryRow
from councils.tenancy import as_ambassador
from enquiries.states import Slot


def shared_by(me: Me) -> Collection[str]:
    """In the scope of the ambassador."""
    return list(Offering.objects.filter(ambassador=me.id).values_list("attribute", flat=True))


def as_others_see(me: Me) -> tuple[Ambassador, list[SummaryRow]]:
    with as_ambassador(me.id):
        row = Ambassador.objects.get(pk=me.id)
        profile = profile_of(row)
    return row, list(rows_of(row, profile))


def rows_of(row: Ambassador, profile: Profile) -> Iterator[SummaryRow]:
    told = (
        ("Fosters with", profile.council),
        ("Foster carer since", str(profile.carer_since or "")),
        ("Kinds of fostering", "\n".join(profile.kinds)),
        ("At home", profile.household),
        ("Speaks", ", ".join(row.languages)),
        ("Also told us", "\n".join(profile.attributes)),
        ("Can talk", "\n".join(way.label for way in TalkBy if way in row.ways)),
        ("Usually free", "\n".join(slot.label for slot in Slot if slot in row.times)),
    )
    yield from (SummaryRow(key, value) for key, value in told if value)
