"""People who agreed elsewhere, brought in from a council's list. Nothing is sent to them. Who has said no stays away,
whatever the list says; the same file comes in once."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime, time

from django.db import IntegrityError, transaction

from campaigns.actions.leaving import locked
from campaigns.actions.subscribing import agree
from campaigns.models import Agreement, Refusal, Subscriber, SubscriberImport
from campaigns.news.links import open_news_doors
from campaigns.news.lists import Brought, Wanted
from campaigns.states import By, Origin, Purpose, SubscriberState
from councils.access import Access
from councils.clock import hub_now
from councils.events import record
from councils.models import Council
from councils.refusals import Refused
from councils.roles import Permission
from councils.tenancy import as_council
from councils.working_time import at, in_london
from outbox.models import Suppression
from outbox.suppressions import address_hash

_SAID_NO = "This address is on the list of those who want no news, or mail to it came back."
_HERE = "Is on the list already."
_LEFT = "Left after the day on which they agreed."


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What they were shown, how the council knows, and what for. The same for the whole list."""

    wording: str
    told_by: str
    purposes: tuple[Purpose, ...]


@dataclass
class Sorted:
    """Rows of a list by what becomes of them; `left_out` with why."""

    new: list[Wanted] = field(default_factory=list)
    again: list[tuple[Wanted, Subscriber]] = field(default_factory=list)
    left_out: list[tuple[int, str]] = field(default_factory=list)

    @property
    def taken(self) -> int:
        return len(self.new) + len(self.again)


def sort_out(brought: Brought, council: Council) -> Sorted:
    """Writes nothing. The council is in scope."""
    hashes = {each.row: address_hash(each.email) for each in brought.wanted}
    refused, here = _said_no(council, hashes.values()), _here(council, hashes.values())
    found, above = Sorted(), dict[str, int]()
    for each in brought.wanted:
        hashed = hashes[each.row]
        own = here.get(hashed)
        if hashed in above:
            found.left_out.append((each.row, f"The same address as in row {above[hashed]}."))
        elif hashed in refused:
            found.left_out.append((each.row, _SAID_NO))
        elif own is None:
            found.new.append(each)
        elif why := _why_not_again(own, each):
            found.left_out.append((each.row, why))
        else:
            found.again.append((each, own))
        above.setdefault(hashed, each.row)
    return found


def bring_in(brought: Brought, council: Council, terms: Terms, *, by: Access) -> SubscriberImport:
    """Raises Refused where this very list has come in before."""
    by.require(Permission.EDIT_CAMPAIGNS, council.pk)
    with as_council(council):
        found = sort_out(brought, council)
        listed = _write_down(brought, council, terms, found.taken, by)
        _add(found.new, listed, terms)
        for each, own in found.again:
            agree(locked(own), terms.purposes, origin=Origin.IMPORT, given_at=_begins(each), by=by.user)
            Subscriber.objects.filter(council=council, pk=own.pk).update(brought_by=listed)
        record("subscribers.imported", subject=listed, by=by.user, rows=listed.rows, taken=listed.taken)
    return listed


def _said_no(council: Council, hashes: Collection[str]) -> set[str]:
    here = Refusal.objects.filter(council=council, address_hash__in=hashes).values_list("address_hash", flat=True)
    everywhere = Suppression.objects.filter(hub=council.hub_id, address_hash__in=hashes)
    return {*here, *everywhere.values_list("address_hash", flat=True)}


def _here(council: Council, hashes: Collection[str]) -> dict[str, Subscriber]:
    return {own.address_hash: own for own in Subscriber.objects.filter(council=council).with_addresses(hashes)}


def _why_not_again(own: Subscriber, wanted: Wanted) -> str:
    if own.state == SubscriberState.ACTIVE:
        return _HERE
    return _LEFT if own.ended_at and _begins(wanted) <= own.ended_at else ""


def _begins(wanted: Wanted) -> datetime:
    """The day is all that is known."""
    return at(wanted.agreed_on, time(0))


def _write_down(brought: Brought, council: Council, terms: Terms, taken: int, by: Access) -> SubscriberImport:
    try:
        with transaction.atomic():
            return SubscriberImport.objects.create(
                council=council,
                filename=brought.filename,
                digest=brought.digest,
                wording=terms.wording,
                told_by=terms.told_by,
                rows=len(brought.wanted) + len(brought.bad),
                taken=taken,
                by=by.user,
            )
    except IntegrityError:
        before = SubscriberImport.objects.get(council=council, digest=brought.digest)
        raise Refused(f"This very list was brought in on {in_london(before.at):%-d %B %Y}.") from None


def _add(rows: Iterable[Wanted], listed: SubscriberImport, terms: Terms) -> None:
    now = hub_now()
    made = {
        each.row: Subscriber(
            council_id=listed.council_id,
            state=SubscriberState.ACTIVE,
            address=each.email,
            address_hash=address_hash(each.email),
            first_name=each.first_name,
            origin=Origin.IMPORT,
            brought_by=listed,
            confirmed_at=now,
        )
        for each in rows
    }
    Subscriber.objects.bulk_create(made.values(), batch_size=500)
    Agreement.objects.bulk_create(
        (
            Agreement(
                council_id=listed.council_id,
                subscriber=made[each.row],
                purpose=purpose,
                channel=By.EMAIL,
                origin=Origin.IMPORT,
                given_at=_begins(each),
                by_id=listed.by_id,
            )
            for each in rows
            for purpose in terms.purposes
        ),
        batch_size=500,
    )
    open_news_doors(made.values())
