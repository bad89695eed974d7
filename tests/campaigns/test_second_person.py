"""From how many people on a second person approves: nobody frees themselves from it."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from campaigns.actions import mailings as actions
from campaigns.actions.looks import change_look
from campaigns.content.look import look_of
from campaigns.models import Look, Mailing, Segment
from campaigns.states import MailingState
from councils.access import Access, access_of
from councils.models import Council, User
from councils.refusals import RoleRefused
from councils.roles import Role
from councils.tenancy import as_council
from tests import factories
from tests.campaigns import sending
from tests.campaigns.test_content_pages import a_look
from tests.conftest import Cast


def set_to(council: Council, many: int, by: Access) -> None:
    look = look_of(council)
    look.two_above = many
    change_look(look, ["two_above"], by=by)


def prepared(council: Council, by: Access, many: int) -> Mailing:
    for number in range(many):
        sending.subscriber(council, f"p{number}@example.org")
    with as_council(council):
        segment = Segment.objects.create(council=council, name="Everybody", created_by=by.user)
    return actions.prepare(sending.fresh(sending.draft(council, by, segment=segment)), shown=many, by=by)


@pytest.fixture
def hilda(office: Council) -> User:
    return factories.user("Hilda", office, Role.HUB_MANAGER)


def test_a_councils_manager_lowers_the_number_and_does_not_raise_it(
    kent: Council, cast: Cast, as_user: Callable[[User], Client]
) -> None:
    page, mina = reverse("admin:campaigns_mailing_look", args=[kent.slug]), as_user(cast.mina)
    assert mina.post(page, a_look(two_above="10")).status_code == 302
    answer = mina.post(page, a_look(two_above="5000", sender="Other"))
    assert answer.status_code == 422
    assert "Only a manager of the hub can raise" in answer.content.decode()
    assert Look.objects.values_list("two_above", "sender").get() == (10, "Kent Fostering")
    with pytest.raises(RoleRefused):
        set_to(kent, 11, access_of(cast.mina))


def test_the_hubs_manager_raises_it_for_others_and_not_for_themselves(
    kent: Council, hilda: User, move_clock: Callable[[datetime], None]
) -> None:
    move_clock(sending.BY_DAY)
    ed = sending.editor(kent)
    Look.objects.create(council=kent, two_above=1)
    set_to(kent, 2, access_of(hilda))
    assert prepared(kent, ed, many=2).state == MailingState.APPROVED
    set_to(kent, 60, access_of(hilda))
    with as_council(kent):
        assert (actions.alone_up_to(kent, access_of(hilda)), actions.alone_up_to(kent, ed)) == (50, 60)
