"""Actions ask who does it themselves: a page that forgot to ask would do no harm."""

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest

from councils.access import Access, access_of
from councils.models import Absence, Council, LegalHold, Membership, ToDo, User
from councils.refusals import RoleRefused
from councils.roles import Role
from enquiries.actions.handovers import decide
from enquiries.actions.holding import lift_hold
from enquiries.actions.homes import not_one_household
from enquiries.actions.importing import bring_in, undo_import
from enquiries.actions.letter_sending import call_back, send_letter
from enquiries.actions.safeguarding import mark_read
from enquiries.actions.todos import finish_todo
from enquiries.letters.writing import Letter
from enquiries.models import Enquiry, Handover, HouseholdProposal, Import, SafeguardingNote
from enquiries.states import Way
from staff.actions import change_settings, change_working_days, remove_absence, write_absence
from tests import factories
from tests.conftest import Cast

A_DAY = date(2031, 5, 1)
LETTER = Letter(way=Way.EMAIL, text="Hello", key="page", version=1)
# The rows are of no database: whoever is refused is refused before anything is looked for.
ACTIONS: dict[str, Callable[[Council, Access], object]] = {
    "a hold is lifted": lambda council, by: lift_hold(LegalHold(council=council), by=by),
    "two households stay two": lambda council, by: not_one_household(HouseholdProposal(council=council), by=by),
    "a to-do is finished": lambda council, by: finish_todo(ToDo(council=council), by=by),
    "a list is brought in": lambda council, by: bring_in([], council, digest="0", by=by),
    "an import is undone": lambda council, by: undo_import(Import(council=council), by=by),
    "a letter is sent": lambda council, by: send_letter(Enquiry(council=council), LETTER, by=by),
    "a letter is called back": lambda council, by: call_back(Enquiry(council=council), uuid4(), by=by),
    "notes are read": lambda council, by: mark_read([SafeguardingNote(council=council, enquiry_id=uuid4())], by=by),
    "settings are changed": lambda council, by: change_settings(council, ["opens_at"], by=by),
}
OF_A_PERSON: dict[str, Callable[[User, Access], object]] = {
    "days away are written": lambda user, by: write_absence(user, first_day=A_DAY, last_day=A_DAY, by=by),
    "days away are removed": lambda user, by: remove_absence(Absence(user=user), by=by),
    "days of work are changed": lambda user, by: change_working_days(user, [0], by=by),
}


@pytest.fixture
def strangers(kent: Council, hampshire: Council, cast: Cast) -> list[Access]:
    """Who works elsewhere, who manages elsewhere and may only look here, and who sees no enquiry at all."""
    max_ = factories.user("Max", hampshire, Role.MANAGER)
    Membership.objects.create(user=max_, council=kent, role=Role.COORDINATOR)
    return [access_of(user) for user in (cast.hal, max_, cast.rhea)]


@pytest.mark.parametrize("name", ACTIONS)
def test_an_action_asks_itself(kent: Council, strangers: list[Access], name: str) -> None:
    for by in strangers:
        with pytest.raises(RoleRefused):
            ACTIONS[name](kent, by)


@pytest.mark.parametrize("name", OF_A_PERSON)
def test_an_action_about_a_colleague_asks_itself(cast: Cast, strangers: list[Access], name: str) -> None:
    for by in strangers:
        with pytest.raises(RoleRefused):
            OF_A_PERSON[name](cast.kate, by)


@pytest.mark.parametrize("only", ["kent", "hampshire"])
def test_whoever_works_for_one_of_two_councils_now_decides_nothing_between_them(
    kent: Council, hampshire: Council, office: Council, only: str
) -> None:
    hana = factories.user("Hana", office, Role.HUB_MANAGER)
    by = access_of(hana, only=Council.objects.get(slug=only).pk)
    with pytest.raises(RoleRefused, match="at the top of the page first"):
        decide(Handover(council=kent, other=hampshire), to_receiver=True, words="Nearer to them.", by=by)
