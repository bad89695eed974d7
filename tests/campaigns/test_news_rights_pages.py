"""Whoever answers for people's rights in a council takes out what is held on somebody who only gets news, and has it
erased: on a page, carried out by another process."""

import io
import zipfile
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from campaigns.actions.answering_rights import request_erasure
from campaigns.models import Subscriber
from councils.access import access_of
from councils.models import Council, ErasureRequest, Event, EventDetail, User
from councils.refusals import RoleRefused
from councils.roles import Role
from councils.tenancy import as_council
from enquiries.rights.erasing import erase_pending
from tests import factories
from tests.campaigns.subscribed import subscriber
from tests.campaigns.test_beside_cases import committed
from tests.conftest import Cast

__all__ = ["committed"]
LogIn = Callable[[User], Client]


def address(name: str, own: Subscriber) -> str:
    return reverse(f"admin:campaigns_subscriber_{name}", args=[own.pk])


def test_a_manager_takes_it_out_and_says_what_for(kent: Council, cast: Cast, as_user: LogIn) -> None:
    own, mina = subscriber(kent, "sam@example.org"), as_user(cast.mina)
    assert "What they may ask of their data" in mina.get(address("change", own)).content.decode()
    assert "Say what it is for." in mina.post(address("take_out", own)).content.decode()
    answer = mina.post(address("take_out", own), {"purpose": "Sam rang"})
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        page = archive.read("everything-held.html").decode()
    assert "sam@example.org" in page and "News and stories" in page
    with as_council(kent):
        event = Event.objects.get(verb="subscriber.data_taken_out")
        assert EventDetail.objects.get(event=event).old == "Sam rang"
        assert "Sam" not in str(event.facts)


def test_who_has_an_enquiry_is_answered_there(kent: Council, cast: Cast, as_user: LogIn) -> None:
    case = factories.enquiry(kent, email="sam@example.org", news_by_email=True)
    own, mina = subscriber(kent, "sam@example.org", enquiry=case), as_user(cast.mina)
    assert "What they may ask of their data" not in mina.get(address("change", own)).content.decode()
    for name, sent in (("take_out", {"purpose": "Sam rang"}), ("erase", {"sure": "on"})):
        answer = mina.post(address(name, own), sent)
        assert (answer.status_code, "They have an enquiry" in answer.content.decode()) == (409, True)
    with as_council(kent):
        assert not ErasureRequest.objects.exists()


def test_an_editor_and_another_council_may_not(kent: Council, hampshire: Council, cast: Cast) -> None:
    own = subscriber(kent, "sam@example.org")
    for user in (cast.kate, cast.hal):
        with pytest.raises(RoleRefused):
            request_erasure(own, by=access_of(user))


def test_asked_for_on_the_page_it_is_erased_by_the_other_process(committed: Council, as_user: LogIn) -> None:
    own, other = subscriber(committed, "sam@example.org"), subscriber(committed, "other@example.org")
    mina = as_user(factories.user("Mina", committed, Role.MANAGER))
    assert "Tick that you understand" in mina.post(address("erase", own)).content.decode()
    for _ in range(2):
        assert mina.post(address("erase", own), {"sure": "on"}).status_code == 302
    with as_council(committed):
        assert Subscriber.objects.get(pk=own.pk).address, "a page writes it down, and no more"
    assert (erase_pending(), erase_pending()) == (1, 0)
    with as_council(committed):
        assert [Subscriber.objects.get(pk=each.pk).address for each in (own, other)] == ["", "other@example.org"]
        assert set(ErasureRequest.objects.values_list("state", flat=True)) == {"done"}
    assert "Emptied" in mina.get(address("change", own)).content.decode()
