"""Small worlds, counted by the query and once more by hand. The hand knows no SQL: it reads the rules as they are
written down in `rules` and `reasons`."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from campaigns.audiences.choosing import tallies
from campaigns.audiences.rules import BadRules, Case, Rules, sound
from campaigns.models import Agreement, Look, Refusal, Subscriber
from campaigns.states import By, Excluded, Origin, Purpose, SubscriberState
from councils.clock import hub_now
from councils.models import Council, ErasureRequest
from councils.models.rights import ErasureCause
from councils.tenancy import across
from enquiries.models import Enquiry
from enquiries.states import CLOSED_STATES, CloseReason, State
from outbox.models import Suppression
from outbox.states import Cover
from outbox.suppressions import address_hash
from tests import factories

STATES = (*[State.NEW, State.VISITED, State.NOT_YET] * 2, State.APPROVED, State.PASSED_ON, State.DUPLICATE)
REASONS = (CloseReason.HEALTH, CloseReason.NO_ROOM)
REST = 7
Holds = Callable[["Asked"], bool]
DAYS = st.sampled_from([None, 1, 8, 20])


@dataclass(frozen=True)
class Asked:
    """A case, by days since it happened."""

    home: int
    age: int
    state: State
    reason: CloseReason
    says_yes: bool
    fails: bool
    kept: bool
    reached: int | None
    heard: int | None
    going: bool


@dataclass(frozen=True)
class Person:
    """`reads`: they subscribed, with that state and to these purposes."""

    council: str
    address: int
    case: Asked | None
    reads: SubscriberState | None
    purposes: frozenset[Purpose]
    mailed: int | None
    refused: bool
    said_no: bool
    bounced: bool

    @property
    def email(self) -> str:
        return f"person{self.address}@example.org"


asked = st.builds(
    Asked,
    home=st.integers(0, 5),
    age=st.sampled_from([5, 15, 40]),
    state=st.sampled_from(STATES),
    reason=st.sampled_from(REASONS),
    says_yes=st.sampled_from([True, True, False]),
    fails=st.sampled_from([False] * 5 + [True]),
    kept=st.sampled_from([True, True, False]),
    reached=DAYS,
    heard=DAYS,
    going=st.sampled_from([False] * 6 + [True]),
)
persons = st.builds(
    Person,
    council=st.sampled_from(["kent", "hampshire"]),
    address=st.integers(0, 7),
    case=st.none() | asked,
    reads=st.sampled_from([*SubscriberState, SubscriberState.ACTIVE, None]),
    purposes=st.sampled_from([frozenset(), frozenset({Purpose.NEWS}), frozenset(Purpose)]),
    mailed=DAYS,
    refused=st.sampled_from([False] * 7 + [True]),
    said_no=st.sampled_from([False] * 7 + [True]),
    bounced=st.sampled_from([False] * 7 + [True]),
).filter(lambda person: person.case is not None or person.reads is not None)
some = st.lists(persons, min_size=6, max_size=14, unique_by=lambda person: (person.council, person.address))
wanted = st.builds(
    Rules,
    councils=st.sampled_from([(), (), (), ("kent",)]),
    states=st.sampled_from([(), (), (), (), ("new", "visited"), ("not_yet",), ("approved", "not_yet")]),
    reasons=st.sampled_from([(), (), (), ("health",)]),
    case=st.sampled_from([Case.EITHER, Case.EITHER, Case.WITH, Case.WITHOUT]),
    asked_before=st.sampled_from([None] * 4 + [10]),
    unmailed=st.sampled_from([None] * 4 + [10]),
    unheard=st.sampled_from([None] * 4 + [10]),
)


def is_sound(rules: Rules) -> bool:
    try:
        return bool(sound(rules))
    except BadRules:
        return False


def by_hand(people: Sequence[Person], rules: Rules, purpose: Purpose) -> tuple[int, dict[Excluded, int]]:
    spared = {person.address for person in people if person.said_no}
    bounced = {person.address for person in people if person.bounced}
    homes = {(person.council, person.case.home) for person in people if person.case and person.reads is not None}
    reasons: Counter[Excluded] = Counter()
    written: set[int] = set()
    for number, person in enumerate(people):
        if not fits(person, rules) or (person.reads is None and not alone(number, people, homes)):
            continue
        reason = why_not(person, purpose, spared, bounced)
        if reason is None and person.address in written:
            reason = Excluded.TWICE
        if reason is None:
            written.add(person.address)
        else:
            reasons[reason] += 1
    return len(written), dict(reasons)


def alone(number: int, people: Sequence[Person], homes: set[tuple[str, int]]) -> bool:
    """The newest case of a household behind which nobody subscribed. Of two of one age the later is newer."""
    me = people[number]
    assert me.case
    if (me.council, me.case.home) in homes:
        return False
    others = [
        (-other.case.age, at)
        for at, other in enumerate(people)
        if other.case
        and not goes_on_elsewhere(other.case)
        and (other.council, other.case.home) == (me.council, me.case.home)
    ]
    return max(others) == (-me.case.age, number)


def goes_on_elsewhere(case: Asked) -> bool:
    return case.state in (State.PASSED_ON, State.DUPLICATE)


def fits(person: Person, rules: Rules) -> bool:
    case = person.case
    if rules.councils and person.council not in rules.councils:
        return False
    if case and goes_on_elsewhere(case):
        return False
    if (rules.case == Case.WITH and not case) or (rules.case == Case.WITHOUT and case):
        return False
    if rules.unmailed is not None and person.reads is not None and person.mailed and person.mailed < rules.unmailed:
        return False
    return all(case is not None and holds(case) for holds in of_cases(rules))


def of_cases(rules: Rules) -> Iterator[Holds]:
    if rules.states or rules.reasons:
        yield lambda case: case.state in (rules.states or ("not_yet",))
    if rules.reasons:
        yield lambda case: case.state != State.NOT_YET or case.reason in rules.reasons
    if rules.asked_before is not None:
        yield lambda case: case.age >= (rules.asked_before or 0)
    if rules.unheard is not None:
        yield lambda case: min(case.age, case.reached or 99, case.heard or 99) >= (rules.unheard or 0)


def why_not(person: Person, purpose: Purpose, spared: set[int], bounced: set[int]) -> Excluded | None:
    case = person.case
    if case and case.going:
        return Excluded.ERASURE
    if person.reads is None:
        return Excluded.BOUNCED if case and case.fails else Excluded.NO_CONSENT
    if person.refused or person.address in spared:
        return Excluded.SUPPRESSED
    if person.address in bounced or (case and case.fails):
        return Excluded.BOUNCED
    if person.reads != SubscriberState.ACTIVE or purpose not in person.purposes or (case and not case.says_yes):
        return Excluded.NO_CONSENT
    if case and is_talking(case):
        return Excluded.IN_CONVERSATION
    return Excluded.RECENT if person.mailed and person.mailed < REST else None


def is_talking(case: Asked) -> bool:
    lately = any(days is not None and days < 14 for days in (case.reached, case.heard))
    return case.state not in CLOSED_STATES and (not case.kept or lately)


def settle(people: Sequence[Person], councils: dict[str, Council], like: Enquiry) -> None:
    now = hub_now()
    homes: dict[tuple[str, int], UUID] = {}
    for number, person in enumerate(people):
        council = councils[person.council]
        later = now + timedelta(seconds=number)
        case = _case(person, person.case, council, like, homes, later) if person.case else None
        if person.reads is not None:
            _subscriber(person, council, case, now)
    hashes = {person.address: address_hash(person.email) for person in people}
    for cover, spared in ((Cover.PROMOTIONAL, "said_no"), (Cover.EVERYTHING, "bounced")):
        addresses = {person.address for person in people if getattr(person, spared)}
        Suppression.objects.bulk_create(
            Suppression(hub_id=like.council.hub_id, address_hash=hashes[each], cover=cover, reason="x")
            for each in addresses
        )
    Refusal.objects.bulk_create(
        Refusal(council=councils[person.council], address_hash=hashes[person.address])
        for person in people
        if person.refused
    )


def _case(
    person: Person, told: Asked, council: Council, like: Enquiry, homes: dict[tuple[str, int], UUID], now: datetime
) -> Enquiry:
    case, ends = copy(like), told.state in CLOSED_STATES
    case.pk, case.journey_id, case.reference, case.council = uuid4(), uuid4(), uuid4().hex[:12], council
    case.household_id = homes.setdefault((person.council, told.home), uuid4())
    case.email, case.news_by_email, case.email_fails = person.email, told.says_yes, told.fails
    case.state, case.created_at = told.state, now - timedelta(days=told.age)
    case.closed_at, case.next_due_at = (now, None) if ends else (None, now)
    case.close_reason = told.reason if told.state == State.NOT_YET else ""
    case.promise_kept_at = now if told.kept else None
    case.reached_at, case.heard_at = (_ago(now, days) for days in (told.reached, told.heard))
    case._state.adding = True
    Enquiry.objects.bulk_create([case])
    if told.going:
        ErasureRequest.objects.create(council=council, subject_id=case.pk, cause=ErasureCause.ASKED)
    return case


def _subscriber(person: Person, council: Council, case: Enquiry | None, now: datetime) -> None:
    subscriber = Subscriber.objects.create(
        council=council,
        state=person.reads or "",
        address=person.email,
        address_hash=address_hash(person.email),
        origin=Origin.SITE,
        enquiry=case,
        last_mailed_at=_ago(now, person.mailed),
    )
    Agreement.objects.bulk_create(
        Agreement(
            council=council, subscriber=subscriber, purpose=purpose, channel=By.EMAIL, origin=Origin.SITE, given_at=now
        )
        for purpose in person.purposes
    )


def _ago(now: datetime, days: int | None) -> datetime | None:
    return None if days is None else now - timedelta(days=days)


@pytest.fixture
def like(kent: Council) -> Enquiry:
    return factories.enquiry(kent)


# Without making a world that fails smaller: that took minutes, and whoever stands where is told all the same.
@settings(
    max_examples=40,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(people=some, rules=wanted.filter(is_sound))
def test_an_audience_is_what_a_naive_count_finds(
    kent: Council, hampshire: Council, like: Enquiry, people: list[Person], rules: Rules
) -> None:
    councils = {"kent": kent, "hampshire": hampshire}
    look = Look(council=kent, rest_days=REST)
    with transaction.atomic(), across([kent, hampshire], reason="a small world"):
        Enquiry.objects.filter(pk=like.pk).update(state=State.DUPLICATE, closed_at=hub_now(), next_due_at=None)
        settle(people, councils, like)
        found = tallies(rules, [kent.pk, hampshire.pk], look)
        transaction.set_rollback(True)
    for purpose in Purpose:
        assert (found[purpose].included, dict(found[purpose].excluded)) == by_hand(people, rules, purpose)
