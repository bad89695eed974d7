"""Whom an ambassador must not meet: the people of a case, or whoever bears a surname."""

from collections.abc import Iterable
from itertools import pairwise

from ambassadors.actions.people import locked
from ambassadors.models import Ambassador, KeptApart
from councils.access import Access
from councils.events import record
from councils.keyed_hashes import keyed_hash
from councils.refusals import Refused
from councils.roles import Permission
from councils.tenancy import as_council
from enquiries.models import Enquiry
from enquiries.search import names, plain

_SURNAME, _JOURNEY = "ambassador:apart", "ambassador:apart-journey"
_PARTICLES = frozenset(
    (
        *("al", "bin", "da", "de", "del", "den", "der", "di", "dos", "du", "el", "ibn", "la", "le", "mac", "mc", "o"),
        *("ten", "ter", "van", "von"),
    )
)


def surname_hashes(surname: str) -> frozenset[str]:
    """As KeptApart keeps them: of each part of a double name, and of Mc Donald in one word as well."""
    parts = names(surname)
    telling = parts - _PARTICLES
    return _hashes((telling | {plain(surname)}) if telling and telling != parts else parts)


def names_of(case: Enquiry) -> frozenset[str]:
    """Hashes, to hold against those: of every part of their names, since people write them in any order, of each two
    side by side, and of the journey that all their cases share."""
    parts = {part for name in (case.name, case.second_adult) for part in _parts(name)}
    return _hashes(parts) | {_journey_hash(case)}


def _journey_hash(case: Enquiry) -> str:
    return keyed_hash(_JOURNEY, str(case.journey_id))


def _parts(name: str) -> set[str]:
    return names(name) | {plain(first + second) for first, second in pairwise(name.split())}


def _hashes(parts: Iterable[str]) -> frozenset[str]:
    return frozenset(keyed_hash(_SURNAME, each) for each in parts)


def keep_apart_from_case(ambassador: Ambassador, reference: str, *, reason: str, by: Access) -> KeptApart:
    """By the reference of a case of this council, and wherever it is passed on to. Refused where there is none."""
    by.require(Permission.MATCH, ambassador.council_id)
    with as_council(ambassador.council_id):
        row = locked(ambassador)
        case = Enquiry.objects.filter(council=row.council_id, reference=reference.strip().upper()).first()
        if case is None:
            raise Refused("There is no enquiry of this council with that reference.")
        return _kept(row, reason, by, enquiry_key=case.pk, surname_hmac=_journey_hash(case))


def keep_apart_from_surname(ambassador: Ambassador, surname: str, *, reason: str, by: Access) -> None:
    """The name itself is not kept."""
    by.require(Permission.MATCH, ambassador.council_id)
    hashes = surname_hashes(surname)
    if not hashes:
        raise Refused("Write a surname.")
    with as_council(ambassador.council_id):
        row = locked(ambassador)
        for each in sorted(hashes):
            _kept(row, reason, by, surname_hmac=each)


def _kept(row: Ambassador, reason: str, by: Access, **whom: object) -> KeptApart:
    known = KeptApart.objects.filter(council=row.council_id, ambassador=row, **whom).first()
    if known:
        return known
    made = KeptApart.objects.create(council_id=row.council_id, ambassador=row, reason=reason, by=by.user, **whom)
    record("ambassador.kept_apart", subject=row, by=by.user, apart=str(made.pk))
    return made


def end_keeping_apart(apart: KeptApart, *, by: Access) -> None:
    by.require(Permission.MATCH, apart.council_id)
    with as_council(apart.council_id):
        if KeptApart.objects.filter(council=apart.council_id, pk=apart.pk).delete()[0]:
            record("ambassador.apart_no_more", subject=apart, by=by.user, ambassador=str(apart.ambassador_id))
