"""Rows become seekers and carers, with everything that keeps two apart."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ambassadors.actions.conflicts import surname_hashes
from ambassadors.introduction_states import State
from ambassadors.matched.loading import Loaded, load, pair_between
from ambassadors.matched.seekers import near_hashes
from ambassadors.matching import left_out
from ambassadors.models import Ambassador, KeptApart, Offering, Scheme
from ambassadors.states import Attribute, LeftOut, TalkBy
from councils.clock import hub_now
from councils.models import Council
from councils.tenancy import as_council, council_owned_tables
from enquiries.models import Enquiry, Wish
from enquiries.states import CareKind, TalkAbout
from tests import factories


def loaded(council: Council) -> Loaded:
    with as_council(council):
        return load([council.pk], council.hub_id)


def why(council: Council) -> LeftOut | None:
    """Of the one who waits and the one ambassador."""
    found = loaded(council)
    (waiting,), (carer,) = found.waiting, found.carers
    return left_out(waiting.seeker, carer, found.region.between(waiting.seeker, carer))


@pytest.fixture
def case(kent: Council) -> Enquiry:
    made = factories.enquiry(kent)
    factories.wish(made)
    return made


@pytest.fixture
def anna(kent: Council, case: Enquiry) -> Ambassador:
    return factories.ambassador(kent)


def change(row: Ambassador, **fields: object) -> None:
    with as_council(row.council_id):
        Ambassador.objects.filter(pk=row.pk).update(**fields)


def test_whoever_wishes_waits_with_what_they_said(kent: Council) -> None:
    made = factories.enquiry(kent)
    with as_council(kent):
        Enquiry.objects.filter(pk=made.pk).update(care_kinds=[CareKind.SIBLINGS])
    factories.wish(made, whom=(Attribute.SIKH,), about=(TalkAbout.MONEY,), languages=("Punjabi",), ways=(TalkBy.PHONE,))
    (waiting,) = loaded(kent).waiting
    assert waiting.seeker.wishes == {Attribute.SIKH}
    assert waiting.seeker.kinds == {CareKind.SIBLINGS}
    assert waiting.seeker.about == {TalkAbout.MONEY}
    assert waiting.seeker.languages == {"Punjabi"}
    assert waiting.seeker.ways == {TalkBy.PHONE}
    assert waiting.seeker.place is not None, "ME14 1XX is in the directory"
    assert waiting.first_name == "Erin"


def test_a_carer_is_what_they_agreed_to_show(kent: Council, anna: Ambassador) -> None:
    change(anna, kinds=["siblings"], languages=["Polish"], times=["saturday"], easting=575_000, northing=155_000)
    with as_council(kent):
        Offering.objects.create(council=kent, ambassador=anna, attribute=Attribute.SINGLE, version="1")
    (carer,) = loaded(kent).carers
    assert carer.first_name == "Anna"
    assert carer.offers == {Attribute.SINGLE}
    assert carer.kinds == {CareKind.SIBLINGS}
    assert carer.languages == {"Polish"}
    assert carer.place == (575_000, 155_000)
    assert (carer.open, carer.room) == (0, 1)


def test_those_two_may_be_introduced(kent: Council, anna: Ambassador) -> None:
    assert why(kent) is None


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"standing_until": None}, LeftOut.STANDING),
        ({"paused_by_staff": True}, LeftOut.PAUSED),
        ({"ways": []}, LeftOut.NO_CHANNEL),
        ({"leaving_asked_at": datetime.fromisoformat("2026-01-01T00:00Z")}, LeftOut.NOT_ACTIVE),
    ],
)
def test_who_may_not_be_asked_is_left_out(
    kent: Council, anna: Ambassador, fields: dict[str, object], told: LeftOut
) -> None:
    change(anna, **fields)
    assert why(kent) is told


def test_standing_goes_stale_by_date_alone(
    kent: Council, anna: Ambassador, move_clock: Callable[[datetime], None]
) -> None:
    move_clock(hub_now() + timedelta(days=89))
    assert why(kent) is None
    move_clock(hub_now() + timedelta(days=2))
    assert why(kent) is LeftOut.STANDING


def test_a_pause_ends_by_itself(kent: Council, anna: Ambassador, move_clock: Callable[[datetime], None]) -> None:
    change(anna, paused_until=hub_now().date() + timedelta(days=3))
    assert why(kent) is LeftOut.PAUSED
    move_clock(hub_now() + timedelta(days=5))
    assert why(kent) is None


def test_an_offer_that_waits_takes_room(kent: Council, anna: Ambassador) -> None:
    factories.introduction(factories.enquiry(kent), anna)
    assert why(kent) is LeftOut.NO_ROOM


def test_a_month_is_full_of_what_took_their_time(kent: Council, anna: Ambassador) -> None:
    change(anna, most_a_month=1)
    factories.introduction(factories.enquiry(kent), anna, State.DECLINED)
    assert why(kent) is None
    factories.introduction(factories.enquiry(kent), anna, State.SPOKE)
    assert why(kent) is LeftOut.MONTH_FULL


def test_they_rest_after_a_conversation(
    kent: Council, anna: Ambassador, move_clock: Callable[[datetime], None]
) -> None:
    change(anna, rest_weeks=2)
    factories.introduction(factories.enquiry(kent), anna, State.SPOKE)
    assert why(kent) is LeftOut.RESTING
    move_clock(hub_now() + timedelta(days=16))
    assert why(kent) is None


def test_the_conflict_list_holds_by_case_and_by_surname(kent: Council, case: Enquiry, anna: Ambassador) -> None:
    with as_council(kent):
        kept = KeptApart.objects.create(
            council=kent, ambassador=anna, enquiry_key=case.pk, by=factories.coordinator(kent)
        )
    assert why(kent) is LeftOut.CONFLICT
    with as_council(kent):
        (hashed,) = surname_hashes("Example")
        KeptApart.objects.filter(pk=kept.pk).update(enquiry_key=None, surname_hmac=hashed)
    assert why(kent) is LeftOut.CONFLICT
    with as_council(kent):
        (hashed,) = surname_hashes("Other")
        KeptApart.objects.filter(pk=kept.pk).update(surname_hmac=hashed)
    assert why(kent) is None


def test_neighbours_are_kept_apart_without_their_postcode(kent: Council, anna: Ambassador) -> None:
    change(anna, near=sorted(near_hashes({"ME141XX"})))
    assert why(kent) is LeftOut.TOO_NEAR
    change(anna, near=sorted(near_hashes({"ME141XY"})))
    assert why(kent) is None


@pytest.mark.parametrize("state", [State.DECLINED, State.EXPIRED, State.UNWANTED, State.LAPSED, State.NOT_SPOKEN])
def test_nobody_is_asked_twice_about_the_same_person(
    kent: Council, case: Enquiry, anna: Ambassador, state: State
) -> None:
    factories.introduction(case, anna, state)
    assert why(kent) is LeftOut.BEFORE


@pytest.mark.parametrize("state", [State.TO_CONFIRM, State.OFFERED, State.ACCEPTED, State.AGREED, State.SPOKE])
def test_who_is_in_a_conversation_or_has_had_it_does_not_wait(
    kent: Council, case: Enquiry, anna: Ambassador, state: State
) -> None:
    factories.introduction(case, anna, state)
    assert loaded(kent).waiting == ()


def test_who_wishes_anew_after_a_conversation_waits_again(
    kent: Council, case: Enquiry, anna: Ambassador, move_clock: Callable[[datetime], None]
) -> None:
    factories.introduction(case, anna, State.SPOKE)
    move_clock(hub_now() + timedelta(days=1))
    factories.wish(case, about=(TalkAbout.MONEY,))
    assert len(loaded(kent).waiting) == 1


@pytest.mark.parametrize(
    "fields", [{"quarantined": True}, {"closed_at": datetime.fromisoformat("2026-01-01T00:00Z"), "state": "withdrawn"}]
)
def test_a_case_that_rests_waits_for_nobody(kent: Council, case: Enquiry, fields: dict[str, object]) -> None:
    with as_council(kent):
        Enquiry.objects.filter(pk=case.pk).update(**fields)
    assert loaded(kent).waiting == ()


def test_who_asked_us_to_stop_is_left_alone_until_they_wish_again(
    kent: Council, case: Enquiry, move_clock: Callable[[datetime], None]
) -> None:
    with as_council(kent):
        Enquiry.objects.filter(pk=case.pk).update(stopped_at=hub_now() + timedelta(minutes=1))
    assert loaded(kent).waiting == ()
    move_clock(hub_now() + timedelta(days=1))
    factories.wish(case)
    assert len(loaded(kent).waiting) == 1


def test_two_noes_come_first_whoever_waited_longer(kent: Council, case: Enquiry, anna: Ambassador) -> None:
    other = factories.enquiry(kent)
    factories.wish(other)
    with as_council(kent):
        Wish.objects.filter(enquiry=case).update(since=hub_now() - timedelta(days=5))
    factories.introduction(other, anna, State.NOT_SPOKEN, spoke=False, noes=1)
    assert [each.seeker.key for each in loaded(kent).waiting] == [case.pk, other.pk], "one no is not two"
    factories.introduction(other, factories.ambassador(kent), State.NOT_SPOKEN, spoke=False, noes=1)
    assert [each.seeker.key for each in loaded(kent).waiting] == [other.pk, case.pk]


def test_the_scheme_can_be_off(kent: Council, case: Enquiry) -> None:
    Scheme.objects.create(council=kent, runs=False)
    assert loaded(kent).waiting == ()


def test_one_pair_is_looked_at_again(kent: Council, case: Enquiry, anna: Ambassador) -> None:
    factories.ambassador(kent, first_name="Bea")
    with as_council(kent):
        found = pair_between(Enquiry.objects.get(pk=case.pk), anna.pk, kent.pk)
    assert [each.seeker.key for each in found.waiting] == [case.pk]
    assert [each.key for each in found.carers] == [anna.pk]


READ_ACROSS = {"ambassadors_ambassador", "ambassadors_offering", "ambassadors_offer", "ambassadors_keptapart"}


def test_across_a_border_four_tables_are_read_and_of_ambassadors_what_they_agreed_to_show(
    kent: Council, hampshire: Council, case: Enquiry
) -> None:
    for council in (kent, hampshire):
        Scheme.objects.create(council=council, across_borders=True)
    factories.ambassador(hampshire)
    with as_council(kent), CaptureQueriesContext(connection) as queries:
        load([kent.pk], kent.hub_id)
    asked = [each["sql"] for each in queries]
    opened, closed = (number for number, sql in enumerate(asked) if "app.councils" in sql)
    across = asked[opened + 1 : closed]
    owned = {table for sql in across for table in council_owned_tables() if f'"{table}"' in sql}
    assert owned == READ_ACROSS
    (of_ambassadors,) = (sql for sql in across if 'FROM "ambassadors_ambassador"' in sql)
    private = ("email", "phone", "about", "household", "district", "texts", "standing_by_id", "invited_by_id")
    assert not [name for name in private if f'"ambassadors_ambassador"."{name}"' in of_ambassadors]


def test_loading_asks_the_same_few_questions_of_any_number(kent: Council, case: Enquiry, anna: Ambassador) -> None:
    def asked() -> int:
        with as_council(kent), CaptureQueriesContext(connection) as queries:
            load([kent.pk], kent.hub_id)
        return sum("councils_routingversion" not in each["sql"] for each in queries)  # asked every few seconds

    asked()
    few = asked()
    for _ in range(3):
        factories.wish(factories.enquiry(kent))
        factories.ambassador(kent)
    assert asked() == few <= 10
