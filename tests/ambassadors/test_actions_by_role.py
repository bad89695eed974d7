"""Each action of staff asks for the role in the council of its row, whatever page or command it is called from."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import uuid4

import pytest

from ambassadors.actions import (
    addresses,
    answering,
    answering_rights,
    concerns,
    conflicts,
    handing_on,
    introducing,
    leaving,
    looking,
    meeting,
    mentoring,
    people,
    settings,
    standing,
)
from ambassadors.matched.introducing import introduce_ticked
from ambassadors.models import Ambassador, Concern, Introduction, KeptApart, Mentorship, Offer
from ambassadors.pairs import where_of_introduction
from councils.access import Access, access_of
from councils.models import Council
from councils.refusals import RoleRefused
from councils.roles import Role
from enquiries.models import Enquiry
from tests import factories
from tests.mutation.guards import guards


@dataclass(frozen=True)
class Rows:
    """Of Kent. No scope is open: whoever is let past the question for the role fails in another way."""

    kent: Council
    case: Enquiry
    anna: Ambassador
    introduction: Introduction

    @property
    def offer(self) -> Offer:
        return Offer(council=self.kent, pair_id=self.introduction.pair_id, enquirer_council=self.kent)


Do = Callable[[Rows, Access], object]
MATCHING: dict[str, Do] = {
    "actions/addresses.py:change_address": lambda of, by: addresses.change_address(of.anna, email="a@b.org", by=by),
    "actions/answering.py:agree_as_heard": lambda of, by: answering.agree_as_heard(of.introduction, by),
    "actions/answering.py:confirm": lambda of, by: answering.confirm(of.offer, by),
    "actions/answering.py:refuse": lambda of, by: answering.refuse(of.offer, by),
    "actions/conflicts.py:end_keeping_apart": lambda of, by: conflicts.end_keeping_apart(
        KeptApart(council=of.kent), by=by
    ),
    "actions/conflicts.py:keep_apart_from_case": lambda of, by: conflicts.keep_apart_from_case(
        of.anna, of.case.reference, reason="", by=by
    ),
    "actions/conflicts.py:keep_apart_from_surname": lambda of, by: conflicts.keep_apart_from_surname(
        of.anna, "Example", reason="", by=by
    ),
    "actions/handing_on.py:hand_on": lambda of, by: handing_on.hand_on(
        where_of_introduction(of.introduction), to=None, checked=True, by=by
    ),
    "actions/introducing.py:ask_in_turn": lambda of, by: introducing.ask_in_turn(of.case, [], checked=True, by=by),
    "actions/leaving.py:leave": lambda of, by: leaving.leave(of.anna, {}, checked=True, by=by),
    "actions/looking.py:name_to_check": lambda of, by: looking.name_to_check(of.offer, by=by),
    "actions/meeting.py:_prepare": lambda of, by: meeting.set_link(of.introduction, "https://a.org", by),
    "actions/mentoring.py:begin": lambda of, by: mentoring.begin(of.case, of.anna.pk, by=by),
    "actions/mentoring.py:end": lambda of, by: mentoring.end(Mentorship(council=of.kent), by=by),
    "actions/people.py:invite": lambda of, by: people.invite(of.kent, first_name="Ina", email="ina@b.org", by=by),
    "actions/people.py:invite_again": lambda of, by: people.invite_again(of.anna, by=by),
    "actions/people.py:set_mentor": lambda of, by: people.set_mentor(of.anna, is_mentor=True, by=by),
    "actions/people.py:withdraw_invitation": lambda of, by: people.withdraw_invitation(of.anna, by=by),
    "actions/standing.py:confirm_standing": lambda of, by: standing.confirm_standing(of.anna, by=by),
    "actions/standing.py:set_paused": lambda of, by: standing.set_paused(of.anna, paused=True, by=by),
    "matched/introducing.py:introduce_ticked": lambda of, by: introduce_ticked(of.case, [uuid4()], by=by),
}
OTHERS: dict[str, Do] = {
    "actions/concerns.py:close_concern": lambda of, by: concerns.close_concern(Concern(council=of.kent), by=by),
    "actions/concerns.py:mark_read": lambda of, by: concerns.mark_read(Concern(council=of.kent), by=by),
    "actions/answering_rights.py:note_taken_out": lambda of, by: answering_rights.note_taken_out(
        of.anna, words="Anna rang", by=by
    ),
    "actions/settings.py:change_scheme": lambda of, by: settings.change_scheme(of.kent, {}, by=by),
}


@pytest.fixture
def rows(kent: Council) -> Rows:
    case, anna = factories.enquiry(kent), factories.ambassador(kent)
    return Rows(kent, case, anna, factories.introduction(case, anna))


def test_another_councils_coordinator_and_who_matches_nobody_are_refused(rows: Rows, hampshire: Council) -> None:
    theirs = access_of(factories.coordinator(hampshire))
    officer = access_of(factories.user("Olga", rows.kent, Role.OFFICER))
    for name, do in MATCHING.items():
        for by in (theirs, officer):
            with pytest.raises(RoleRefused):
                pytest.fail(f"{name}: {do(rows, by)}")


def test_a_coordinator_reads_no_concern_takes_nobodys_data_out_and_sets_no_scheme(rows: Rows) -> None:
    coordinator = access_of(factories.coordinator(rows.kent))
    for name, do in OTHERS.items():
        with pytest.raises(RoleRefused):
            pytest.fail(f"{name}: {do(rows, coordinator)}")


def test_no_action_that_asks_for_a_role_is_left_out() -> None:
    asking = {guard.place for guard in guards() if guard.sort.startswith("by.require")}
    assert {f"ambassadors/{name}" for name in MATCHING | OTHERS} == {
        place for place in asking if place.startswith("ambassadors/")
    }
