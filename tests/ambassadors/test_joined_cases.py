"""Two enquiries of the same people were joined: what came of either is theirs."""

import pytest

from ambassadors.actions import feedback, mentoring
from ambassadors.actions.conflicts import keep_apart_from_case
from ambassadors.conversations.enquirer_page import enquirer_page
from ambassadors.introduction_states import State, StoppedBy
from ambassadors.matched.seekers import waiting_in
from ambassadors.models import Ambassador
from ambassadors.tasks import look_after_introductions
from councils.access import access_of
from councils.clock import hub_now
from councils.models import Council
from councils.refusals import Refused
from councils.tenancy import as_council
from enquiries.actions.merging import merge
from enquiries.models import Enquiry
from tests import factories
from tests.ambassadors.introducing import again, agreed, ask, cora, mails, state_of, talk, waiting
from tests.conftest import Cast

pytestmark = pytest.mark.django_db


def joined(kept: Enquiry, other: Enquiry, cast: Cast) -> Enquiry:
    merge(kept=kept, merged=other, by=access_of(cast.kate))
    with as_council(kept.council_id):
        return Enquiry.objects.get(pk=kept.pk)


def waits(council: Council) -> list[str]:
    with as_council(council):
        return [each.case.reference for each in waiting_in([council.pk])]


def test_an_open_conversation_goes_on_in_the_case_that_was_kept(kent: Council, cast: Cast) -> None:
    kept, other, anna = factories.enquiry(kent), waiting(kent), factories.ambassador(kent)
    made = agreed(other, anna)
    kept = joined(kept, other, cast)
    assert waits(kent) == [], "nobody else is asked before that"
    for _ in range(2):
        look_after_introductions()
    assert (state_of(made), again(made).enquiry_id) == (State.AGREED, kept.pk)
    assert mails(kent, to=anna.email) == ["agreed", "offered"]
    with as_council(kent):
        assert enquirer_page(kept, hub_now()).agreed


def test_one_conversation_is_enough_where_both_had_one(kent: Council, cast: Cast) -> None:
    kept, other = waiting(kent), waiting(kent)
    first, second = ask(kept, factories.ambassador(kent)), ask(other, factories.ambassador(kent, first_name="Bea"))
    joined(kept, other, cast)
    look_after_introductions()
    assert (state_of(first), state_of(second)) == (State.OFFERED, State.STOPPED)


def test_whoever_spoke_waits_no_more(kent: Council, cast: Cast) -> None:
    kept, other = factories.enquiry(kent), waiting(kent)
    made = agreed(other, factories.ambassador(kent))
    feedback.say_spoke(talk(made).where, side=StoppedBy.ENQUIRER, spoke=True)
    kept = joined(kept, other, cast)
    assert waits(kent) == []
    with as_council(kent):
        page = enquirer_page(kept, hub_now())
    assert page.ended and not page.looking


def test_whoever_was_asked_about_them_is_not_asked_again(kent: Council, cast: Cast) -> None:
    kept, other, anna = waiting(kent), waiting(kent), factories.ambassador(kent)
    talk(ask(other, anna)).decline()
    kept = joined(kept, other, cast)
    with pytest.raises(Refused, match="cannot be asked now"):
        ask(kept, anna)


def test_whom_an_ambassador_must_not_meet_is_kept_apart_by_either_reference(kent: Council, cast: Cast) -> None:
    kept, other, anna = waiting(kent), waiting(kent), factories.ambassador(kent)
    keep_apart_from_case(anna, other.reference, reason="", by=cora(kent))
    kept = joined(kept, other, cast)
    with pytest.raises(Refused, match="cannot be asked now"):
        ask(kept, anna)
    with as_council(kent):
        Ambassador.objects.filter(pk=anna.pk).update(is_mentor=True)
        Enquiry.objects.filter(pk=kept.pk).update(state="applied")
        kept.refresh_from_db()
    with pytest.raises(Refused, match="kept apart"):
        mentoring.begin(kept, anna.pk, by=cora(kent))
