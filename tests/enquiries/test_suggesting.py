"""Who may be the same people is put side by side for a person: few, with the reason, and never again once settled."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from councils.access import access_of
from councils.models import Council
from councils.refusals import RoleRefused
from councils.roles import Role
from councils.tenancy import across, as_council
from councils.working_time import LONDON
from enquiries.actions import submit
from enquiries.actions.indexing import index_again
from enquiries.actions.suggesting import not_the_same
from enquiries.handover_states import SameWhy
from enquiries.models import Enquiry, Suggestion
from enquiries.same import MOST, Found, surnames, why_same, worth_a_look
from enquiries.search import SearchKind
from enquiries.states import Channel, State
from tests import factories
from tests.conftest import Cast

FRIDAY = datetime(2026, 11, 20, 10, tzinfo=LONDON)
Move = Callable[[datetime], None]


def suggested(council: Council) -> list[tuple[str, str, str]]:
    with as_council(council):
        rows = Suggestion.objects.select_related("enquiry", "other")
        return sorted((row.enquiry.email, row.other.email, row.why) for row in rows)


def someone(council: Council, number: int, **given: Any) -> Enquiry:
    told: dict[str, Any] = {
        "name": f"Nia Name{number}",
        "email": f"{number}@example.org",
        "phone": f"+4477009001{number:02}",
    }
    return factories.enquiry(council, **told | given)


def test_the_same_phone_is_suggested_the_newer_first(kent: Council, cast: Cast, move_clock: Move) -> None:
    move_clock(FRIDAY)
    someone(kent, 1)
    move_clock(FRIDAY + timedelta(hours=1))
    someone(kent, 2, phone="+447700900101")
    assert suggested(kent) == [("2@example.org", "1@example.org", SameWhy.PHONE)]


def test_the_same_surname_and_postcode_is_suggested_and_neither_alone(kent: Council, cast: Cast) -> None:
    someone(kent, 1, name="Erin O’Neill")
    someone(kent, 2, name="Sam Smith")
    assert suggested(kent) == [], "the same postcode"
    third = someone(kent, 3, name="Kim O'NEILL")
    assert [why for _, _, why in suggested(kent)] == [SameWhy.NAME_AND_POSTCODE]
    assert third.email in suggested(kent)[0]


def test_in_another_council_nothing_is_suggested(kent: Council, hampshire: Council, cast: Cast) -> None:
    someone(kent, 1)
    someone(hampshire, 2, phone="+447700900101")
    with across([kent, hampshire], reason="test"):
        assert not Suggestion.objects.exists()


def test_an_address_typed_beside_a_case_is_a_reason_to_look(kent: Council, cast: Cast) -> None:
    someone(kent, 1)
    submit(factories.answers(kent, email="1@example.org", phone="+447700900199"), token="joined", channel=Channel.WEB)
    someone(kent, 2, phone="+447700900199")
    assert [why for _, _, why in suggested(kent)] == [SameWhy.PHONE]


def test_what_may_be_spam_is_suggested_and_not_joined(kent: Council, cast: Cast) -> None:
    someone(kent, 1)
    someone(kent, 2, email="1@example.org", suspicions=("honeypot",))
    assert [why for _, _, why in suggested(kent)] == [SameWhy.EMAIL]


def test_a_number_that_many_share_says_nothing(kent: Council, cast: Cast) -> None:
    for number in range(MOST + 4):
        someone(kent, number, phone="+447700900150")
    with as_council(kent):
        last = Enquiry.objects.get(email=f"{MOST + 3}@example.org")
        assert not Suggestion.objects.filter(enquiry=last).exists()
        assert Suggestion.objects.count() <= MOST * (MOST + 1) / 2


def test_a_correction_is_looked_at_anew(kent: Council, cast: Cast) -> None:
    one, _ = someone(kent, 1), someone(kent, 2)
    with as_council(kent):
        Enquiry.objects.filter(pk=one.pk).update(phone="+447700900102")
        index_again(Enquiry.objects.get(pk=one.pk))
    assert [why for _, _, why in suggested(kent)] == [SameWhy.PHONE]


def test_what_was_settled_is_not_suggested_again(kent: Council, cast: Cast) -> None:
    one, _ = someone(kent, 1), someone(kent, 2, phone="+447700900101")
    with as_council(kent):
        not_the_same(Suggestion.objects.get(), by=access_of(cast.kate))
        index_again(Enquiry.objects.get(pk=one.pk))
        settled = Suggestion.objects.get()
    assert (settled.state, settled.settled_by) == ("different", cast.kate)


def test_what_has_ended_is_suggested_to_nobody(kent: Council, cast: Cast) -> None:
    one = someone(kent, 1)
    with as_council(kent):
        Enquiry.objects.filter(pk=one.pk).update(state=State.NOT_APPROVED, closed_at=one.created_at)
    someone(kent, 2, phone="+447700900101")
    assert suggested(kent) == []


def test_only_who_works_cases_of_this_council_settles(kent: Council, cast: Cast) -> None:
    someone(kent, 1), someone(kent, 2, phone="+447700900101")
    with as_council(kent):
        suggestion = Suggestion.objects.get()
        for user in (cast.hal, factories.user("Wanda", kent, Role.COORDINATOR)):
            with pytest.raises(RoleRefused):
                not_the_same(suggestion, by=access_of(user))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Erin Example", "Sam Example", True),
        ("Erin Smith-Jones", "Sam Jones", True),
        ("Zoë Müller", "ZOE MULLER", True),
        ("Example", "Sam Example", False),
        ("Erin Example", "Example Erin", False),
    ],
)
def test_surnames(one: str, other: str, same: bool) -> None:
    assert bool(surnames(one) & surnames(other)) is same


def test_the_strongest_reason_is_told() -> None:
    keys = {(SearchKind.EMAIL, "a@b"), (SearchKind.PHONE, "7"), (SearchKind.POSTCODE, "X1")}
    assert why_same(keys, "A B", Found(frozenset(keys), "C B", FRIDAY)) == SameWhy.EMAIL
    assert why_same(keys, "A B", Found(frozenset({(SearchKind.POSTCODE, "X1")}), "C D", FRIDAY)) is None


def test_a_reason_that_too_many_share_does_not_crowd_out_another() -> None:
    many = [(SameWhy.PHONE, FRIDAY, number) for number in range(MOST + 1)]
    assert worth_a_look([*many, (SameWhy.NAME_AND_POSTCODE, FRIDAY, 99)]) == [(SameWhy.NAME_AND_POSTCODE, 99)]
