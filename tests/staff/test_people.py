"""The page of people: who sees whom, and what of them."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import strip_tags

from councils.models import Council, Event, Membership, User
from councils.roles import MAY_GIVE, PERMISSIONS, Permission, Role
from councils.tenancy import as_council
from tests import factories
from tests.conftest import Cast
from tests.in_order import as_written

AsUser = Callable[[User], Client]
LIST = "/staff/councils/membership/"


def text(client: Client, page: str = LIST) -> str:
    return client.get(page).content.decode()


def test_a_manager_sees_who_works_there_and_what_they_have_in_hand(cast: Cast, as_user: AsUser, kent: Council) -> None:
    User.objects.filter(pk=cast.kate.pk).update(second_factor_at=None)
    page = text(as_user(cast.mina))
    assert "kate@example.org" in page
    assert '<td data-label="Second step"><strong>Not yet</strong></td>' in page
    assert '<td data-label="Open enquiries">0</td>' in page
    assert "Mina (you)" in page
    assert "hal@example.org" not in page


def test_a_colleague_sees_who_works_there_and_no_more(cast: Cast, as_user: AsUser) -> None:
    page = text(as_user(cast.kate))
    assert "mina@example.org" in page
    for told in ("Second step", "Last log-in", "Open enquiries", "Invite somebody"):
        assert told not in page


def test_a_hub_manager_sees_the_hub(cast: Cast, as_user: AsUser, office: Council) -> None:
    page = text(as_user(factories.user("Hugh", office, Role.HUB_MANAGER)))
    for user in (cast.kate, cast.hal, cast.olu):
        assert user.email in page


def test_a_manager_who_is_an_officer_elsewhere_manages_the_one_only(
    cast: Cast, as_user: AsUser, hampshire: Council
) -> None:
    Membership.objects.create(user=cast.mina, council=hampshire, role=Role.OFFICER)
    client = as_user(cast.mina)
    page = text(client)
    assert "hal@example.org" in page
    assert reverse("admin:councils_membership_invite", args=["kent"]) in page
    assert reverse("admin:councils_membership_invite", args=["hampshire"]) not in page
    hal = Membership.objects.get(user=cast.hal)
    assert client.get(reverse("admin:councils_membership_change", args=[hal.pk])).status_code == 404


def test_a_council_without_a_manager_is_pointed_out_to_the_hub_manager(
    cast: Cast, as_user: AsUser, office: Council
) -> None:
    page = text(as_user(factories.user("Hugh", office, Role.HUB_MANAGER)))
    assert page.count("Nobody manages this council yet") == 1  # Hampshire has Hal only


def test_a_page_of_people_takes_as_many_queries_for_the_hub_as_for_a_council(
    cast: Cast, as_user: AsUser, office: Council
) -> None:
    def queries(user: User) -> int:
        client = as_user(user)
        client.get(LIST)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert client.get(LIST).status_code == 200
        return len(captured)

    hugh = factories.user("Hugh", office, Role.HUB_MANAGER)
    assert queries(hugh) <= queries(cast.mina) + 1  # which councils the hub has
    assert queries(cast.mina) <= 14


def test_who_may_do_what_is_a_page(cast: Cast, as_user: AsUser) -> None:
    for user in (cast.kate, cast.rhea):
        page = text(as_user(user), reverse("admin:roles"))
        assert all(permission.words[1:] in page for permission in Permission)
    assert "<strong>Officer</strong>" in text(as_user(cast.kate), reverse("admin:roles"))


def test_the_page_and_the_document_say_what_the_table_says(cast: Cast, as_user: AsUser) -> None:
    page = strip_tags(text(as_user(cast.kate), reverse("admin:roles")))
    document = (settings.BASE_DIR / "docs" / "roles.md").read_text()
    for permission in Permission:
        may = ", ".join(role.label for role in Role if permission in PERMISSIONS[role])
        words = permission.words[0].upper() + permission.words[1:]
        assert f"{words}{may}" in page
        assert f"| {words} | {may} |" in document
    assert document.count("\n| ") == len(Permission) + len(MAY_GIVE) + 2  # and nothing that is not there


def test_the_document_says_who_invites_whom() -> None:
    document = (settings.BASE_DIR / "docs" / "roles.md").read_text()
    for role, given in MAY_GIVE.items():
        assert f"| {role.label} | {', '.join(each.label for each in Role if each in given)} |" in document


@pytest.mark.parametrize("page", [LIST, "/staff/roles/"])
def test_a_visitor_is_asked_to_log_in(client: Client, db: None, page: str) -> None:
    assert client.get(page).status_code == 302


def test_who_tried_what_is_not_theirs_is_written_down(cast: Cast, as_user: AsUser, kent: Council) -> None:
    hal = Membership.objects.get(user=cast.hal)
    as_user(cast.mina).post(reverse("admin:councils_membership_remove", args=[hal.pk]))
    with as_council(kent):
        event = Event.objects.get(verb="access.refused")
    assert (event.by_id, event.facts["asked"]) == (cast.mina.pk, [str(hal.pk)])


def test_who_sent_a_role_that_was_not_offered_is_written_down(cast: Cast, as_user: AsUser, kent: Council) -> None:
    mina, kate = as_user(cast.mina), Membership.objects.get(user=cast.kate)
    for asked in ("hub_manager", "", "nonsense"):
        mina.post(reverse("admin:councils_membership_role", args=[kate.pk]), {"to": asked})
        invited = {"name": "Nina", "email": "nina@example.org", "role": asked}
        mina.post(reverse("admin:councils_membership_invite", args=[kent.slug]), invited)
    with as_council(kent):
        refused = as_written(Event.objects.filter(verb="people.refused", by=cast.mina))
        facts = [(event.facts["tried"], event.facts["role"]) for event in refused]
    assert facts == [("change_role", "hub_manager"), ("invite", "hub_manager")]
