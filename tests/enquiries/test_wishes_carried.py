"""A wish goes where its case goes, with how long they have waited, and ends with it."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from councils.access import access_of
from councils.clock import hub_now
from councils.models import Council
from councils.tenancy import as_council
from enquiries.actions import wishing
from enquiries.actions.merging import merge, undo_merge
from enquiries.answers import Wished
from enquiries.models import Enquiry, Merge, Wish
from enquiries.rights.export import holdings_of
from enquiries.states import TalkAbout
from enquiries.wish_states import Attribute
from tests import factories
from tests.conftest import Cast
from tests.enquiries.handing import passed_on

Move = Callable[[datetime], None]
ABOUT = (TalkAbout.MONEY,)
LATER = (TalkAbout.TEENAGERS,)


def wish_of(case: Enquiry) -> Wish | None:
    with as_council(case.council_id):
        return Wish.objects.filter(enquiry=case.pk).first()


def row_of(case: Enquiry) -> Wish:
    found = wish_of(case)
    assert found is not None
    return found


def wants(case: Enquiry) -> bool:
    with as_council(case.council_id):
        return Enquiry.objects.values_list("wants_ambassador", flat=True).get(pk=case.pk)


# To another council


def test_a_handover_carries_the_wish_and_how_long_they_have_waited(
    kent: Council, hampshire: Council, cast: Cast, move_clock: Move
) -> None:
    case = factories.enquiry(kent)
    since = factories.wish(case, whom=(Attribute.LGBTQ,), about=ABOUT, languages=("Polish",)).since
    move_clock(hub_now() + timedelta(days=3))
    new = passed_on(case, hampshire, cast.kate, cast.hal)
    wish = row_of(new)
    assert (wish.council_id, wish.whom, wish.about, wish.languages) == (hampshire.pk, ["lgbtq"], ["money"], ["Polish"])
    assert (wish.since, wish.taken_back_at, wants(new)) == (since, None, True)


def test_the_council_that_passed_it_on_keeps_no_word_of_it(kent: Council, hampshire: Council, cast: Cast) -> None:
    case = factories.enquiry(kent)
    factories.wish(case, whom=(Attribute.LGBTQ,), detail="How does it begin?")
    passed_on(case, hampshire, cast.kate, cast.hal)
    left = row_of(case)
    assert (left.whom, left.detail, left.taken_back_at is None) == ([], "", False)


def test_a_wish_that_was_taken_back_does_not_come_to_life_there(kent: Council, hampshire: Council, cast: Cast) -> None:
    case = factories.enquiry(kent)
    factories.wish(case)
    wishing.take_wish_back(case, by=None)
    new = passed_on(case, hampshire, cast.kate, cast.hal)
    assert row_of(new).taken_back_at is not None and not wants(new)


# Into another case


def two(kent: Council) -> tuple[Enquiry, Enquiry]:
    return factories.enquiry(kent), factories.enquiry(kent)


def joined(kept: Enquiry, other: Enquiry, cast: Cast) -> Merge:
    with as_council(kept.council_id):
        return merge(kept=kept, merged=other, by=access_of(cast.kate))


def parted(row: Merge, cast: Cast) -> None:
    with as_council(row.council_id):
        undo_merge(Merge.objects.get(pk=row.pk), by=access_of(cast.kate))


def test_the_kept_case_takes_a_wish_it_had_not_and_gives_it_back(kent: Council, cast: Cast) -> None:
    kept, other = two(kent)
    since = factories.wish(other, about=ABOUT).since
    row = joined(kept, other, cast)
    assert (row_of(kept).about, row_of(kept).since, wants(kept)) == (["money"], since, True)
    parted(row, cast)
    assert (row_of(kept).about, row_of(kept).taken_back_at is None, wants(kept)) == ([], False, False)
    assert (row_of(other).about, row_of(other).taken_back_at, wants(other)) == (["money"], None, True)


@pytest.mark.parametrize("kept_is_first", [True, False])
def test_of_two_wishes_the_newest_words_and_the_longest_wait(
    kent: Council, cast: Cast, move_clock: Move, kept_is_first: bool
) -> None:
    kept, other = two(kent)
    first, second = (kept, other) if kept_is_first else (other, kept)
    since = factories.wish(first, about=ABOUT).since
    move_clock(hub_now() + timedelta(days=2))
    later = factories.wish(second, about=LATER).since
    row = joined(kept, other, cast)
    assert (row_of(kept).about, row_of(kept).since) == (["teenagers"], since)
    parted(row, cast)
    assert (row_of(first).about, row_of(first).since) == (["money"], since)
    assert (row_of(second).about, row_of(second).since) == (["teenagers"], later)


def test_taken_back_last_means_taken_back(kent: Council, cast: Cast, move_clock: Move) -> None:
    kept, other = two(kent)
    factories.wish(kept, about=ABOUT)
    factories.wish(other)
    move_clock(hub_now() + timedelta(days=1))
    wishing.take_wish_back(other, by=None)
    joined(kept, other, cast)
    assert row_of(kept).taken_back_at is not None and not wants(kept)


def test_what_was_said_after_a_merge_stays_and_strangers_words_go(kent: Council, cast: Cast, move_clock: Move) -> None:
    kept, other = two(kent)
    factories.wish(kept, about=ABOUT)
    move_clock(hub_now() + timedelta(days=1))
    factories.wish(other, about=LATER)
    row = joined(kept, other, cast)
    move_clock(hub_now() + timedelta(days=1))
    factories.wish(kept, about=(TalkAbout.WORKING,))
    parted(row, cast)
    assert row_of(kept).about == ["working"]
    assert (row_of(other).about, wants(other)) == ([], False), "the kept case's older words were kept there meanwhile"


def test_no_word_of_a_wish_stands_in_what_undoing_has_to_know(kent: Council, cast: Cast, move_clock: Move) -> None:
    kept, other = two(kent)
    factories.wish(kept, whom=(Attribute.SIKH,))
    move_clock(hub_now() + timedelta(days=1))
    factories.wish(other, whom=(Attribute.LGBTQ,), detail="How does it begin?")
    row = joined(kept, other, cast)
    told = str(row.moved) + str(row.before)
    assert not [word for word in ("sikh", "lgbtq", "begin") if word in told]


def test_whatever_the_link_opens_it_changes_the_wish_of_the_case_that_goes_on(kent: Council, cast: Cast) -> None:
    kept, other = two(kent)
    joined(kept, other, cast)
    wishing.wish(other, Wished(about=ABOUT), by=None)
    assert row_of(kept).about == ["money"] and wish_of(other) is None


# The person


def test_everything_held_on_them_has_the_wish(kent: Council) -> None:
    case = factories.enquiry(kent)
    factories.wish(case, whom=(Attribute.LGBTQ,), detail="How does it begin?")
    told = str(holdings_of([case], guarded=False, now=hub_now()))
    assert "lgbtq" in told and "How does it begin?" in told
