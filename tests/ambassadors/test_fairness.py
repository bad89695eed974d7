"""Figures that tell whom to recruit, and nobody's secret."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from ambassadors.fairness import FEWEST, STEP, Fairness, Told, fairness
from ambassadors.introduction_states import State
from ambassadors.matched.rounds import make_rounds
from ambassadors.states import Attribute
from councils.clock import hub_now
from councils.models import Council, User
from councils.tenancy import as_council
from enquiries.models import Enquiry, Wish
from enquiries.states import CareKind
from tests import factories

AREAS = {"E07000110": "Maidstone", "E07000105": "Ashford"}
PAGE = "/staff/ambassadors/introduction/fairness/"


def wished(count: int, *, nobody: int = 0) -> Fairness:
    """So many would like to talk to somebody Sikh; that many of them have nobody."""
    sikh = frozenset({Attribute.SIKH})
    people = [Told(1, wishes=sikh, has_nobody=n < nobody) for n in range(count)]
    return fairness(people, AREAS)


def of_sikhs(figures: Fairness) -> tuple[str, str]:
    (row,) = (row for row in figures.wishes if row.label == Attribute.SIKH.label)
    return row.waiting, row.nobody


def test_waits_and_who_has_nobody_by_kind_and_by_area() -> None:
    siblings, remand = frozenset({CareKind.SIBLINGS}), frozenset({CareKind.REMAND})
    figures = fairness(
        [
            Told(10, siblings, "E07000110", has_nobody=True),
            Told(20, siblings | remand, "E07000105"),
            Told(4, siblings, "E07000110", met=True),
        ],
        AREAS,
    )
    first, second = figures.kinds
    assert (first.label, first.waiting, first.nobody, first.days) == (CareKind.SIBLINGS.label, 2, 1, 15)
    assert (first.met, first.days_met, first.share, first.share_nobody) == (1, 4, 100, 50)
    assert (second.label, second.waiting, second.nobody) == (CareKind.REMAND.label, 1, 0)
    assert [(row.label, row.waiting, row.nobody) for row in figures.areas] == [("Maidstone", 1, 1), ("Ashford", 1, 0)]


def test_whom_to_recruit_in_a_sentence() -> None:
    siblings = frozenset({CareKind.SIBLINGS})
    people = [Told(1, siblings, "E07000110", has_nobody=n < 2) for n in range(3)]
    assert fairness(people, AREAS).recruit == (
        "Carers who know brothers and sisters together: 2 of 3 who wait have nobody to talk to.",
        "Carers in or near Maidstone: 2 of 3 who wait have nobody to talk to.",
    )


def test_nobody_is_to_be_recruited_where_everybody_has_somebody() -> None:
    assert fairness([Told(1, frozenset({CareKind.REMAND}), "E07000110")], AREAS).recruit == ()


@pytest.mark.parametrize("count", range(FEWEST))
def test_of_fewer_than_ten_not_even_whether_there_is_one(count: int) -> None:
    assert of_sikhs(wished(count, nobody=count)) == ("fewer than 10", "not shown")


def test_from_ten_on_in_steps_so_that_one_more_is_not_seen() -> None:
    assert [of_sikhs(wished(count))[0] for count in (10, 11, 14, 15)] == [*["10 or more"] * 3, "15 or more"]


@given(st.integers(0, 60).flatmap(lambda count: st.tuples(st.just(count), st.integers(0, count))))
def test_no_part_and_no_rest_below_ten_can_be_told(figures: tuple[int, int]) -> None:
    count, nobody = figures
    waiting, without = of_sikhs(wished(count, nobody=nobody))
    if without != "not shown":
        assert min(nobody, count - nobody) >= FEWEST
    for told in (waiting, without):
        assert told in ("fewer than 10", "not shown") or int(told.split()[0]) % STEP == 0


def test_each_attribute_is_on_the_list_whether_or_not_somebody_wishes_for_it() -> None:
    assert [row.label for row in fairness([], AREAS).wishes] == [each.label for each in Attribute]


def test_a_language_is_told_from_ten_on() -> None:
    polish = frozenset({"Polish"})
    assert "Polish" not in str(fairness([Told(1, languages=polish)] * 9, AREAS))
    assert "Speaks Polish" in str(fairness([Told(1, languages=polish)] * 10, AREAS))


@pytest.fixture
def cora(kent: Council, as_user: Callable[[User], Client]) -> Client:
    return as_user(factories.coordinator(kent))


def waits(council: Council, *, days: int = 0, **wished_for: object) -> Enquiry:
    case = factories.enquiry(council)
    wish = factories.wish(case, **wished_for)
    with as_council(council):
        Wish.objects.filter(pk=wish.pk).update(since=hub_now() - timedelta(days=days))
        Enquiry.objects.filter(pk=case.pk).update(care_kinds=[CareKind.REMAND], area_code="E07000110")
    return case


def test_the_page_counts_who_waits_and_who_came_to_talk(kent: Council, cora: Client) -> None:
    waits(kent, days=12, languages=("Polish",))
    factories.introduction(waits(kent, days=5), factories.ambassador(kent), State.AGREED)
    make_rounds()
    page = cora.get(PAGE).content.decode()
    assert "Carers who know remand fostering: the one who waits has nobody to talk to." in page
    assert "Carers in or near Maidstone" in page
    assert '<td data-label="Days so far, half waited longer">12</td>' in page
    assert '<td data-label="Days it took, half took longer">5</td>' in page
    assert "Polish" not in page


def test_another_councils_people_are_not_counted(
    kent: Council, hampshire: Council, as_user: Callable[[User], Client]
) -> None:
    waits(kent)
    make_rounds()
    page = as_user(factories.coordinator(hampshire)).get(PAGE).content.decode()
    assert "Maidstone" not in page
    assert "Nobody waits" in page
