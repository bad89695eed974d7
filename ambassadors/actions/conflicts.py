"""Whom an ambassador must not meet: the people of a case, or whoever bears a surname."""

from ambassadors.actions.people import locked
from ambassadors.models import Ambassador, KeptApart
from councils.access import Access
from councils.events import record
from councils.keyed_hashes import keyed_hash
from councils.refusals import Refused
from councils.roles import Permission
from councils.tenancy import as_council
from enquiries.models import Enquiry
from enquiries.same import surnames

_SURNAME = "ambassador:apart"


def surname_hashes(name: str) -> frozenset[str]:
    """Of each surname in a full name, as KeptApart keeps them."""
    return frozenset(keyed_hash(_SURNAME, each) for each in surnames(name))


def keep_apart_from_case(ambassador: Ambassador, reference: str, *, reason: str, by: Access) -> KeptApart:
    """By the reference of a case of this council. Refused where there is none."""
    by.require(Permission.MATCH, ambassador.council_id)
    with as_council(ambassador.council_id):
        row = locked(ambassador)
        case = Enquiry.objects.filter(council=row.council_id, reference=reference.strip().upper()).first()
        if case is None:
            raise Refused("There is no enquiry of this council with that reference.")
        return _kept(row, reason, by, enquiry_key=case.pk)


def keep_apart_from_surname(ambassador: Ambassador, surname: str, *, reason: str, by: Access) -> KeptApart:
    """The name itself is not kept."""
    by.require(Permission.MATCH, ambassador.council_id)
    hashes = surname_hashes(f"x {surname}")
    if len(hashes) != 1:
        raise Refused("Write one surname.")
    with as_council(ambassador.council_id):
        return _kept(locked(ambassador), reason, by, surname_hmac=next(iter(hashes)))


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
