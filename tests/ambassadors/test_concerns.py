"""A concern is read by the safeguarding group of each council it touches; nobody else learns that there is one."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from ambassadors.actions import concerns
from ambassadors.actions.concerns import Said, raise_concern
from ambassadors.concerns.sources import of_introduction
from ambassadors.concerns.telling import KINDS, TOO_FEW, UNREAD, WAITS
from ambassadors.introduction_states import State
from ambassadors.models import Concern, ConcernAbout, ConcernFrom, Introduction
from councils.access import access_of
from councils.clock import hub_now
from councils.models import Council, Event, Membership, ToDo, User
from councils.refusals import RoleRefused
from councils.roles import Role
from councils.tenancy import as_council
from enquiries.models import Enquiry
from outbox.models import Message
from outbox.states import Lane, Window
from tests import factories
from tests.conftest import Cast

AsUser = Callable[[User], Client]
CANARY = "A pangolin lives in the attic"
SAID = Said(ConcernAbout.CARER, CANARY)
LIST = reverse("admin:ambassadors_concern_changelist")


@pytest.fixture
def case(kent: Council) -> Enquiry:
    return factories.enquiry(kent, name="Erin Example")


@pytest.fixture
def here(case: Enquiry, kent: Council) -> Introduction:
    return factories.introduction(case, factories.ambassador(kent, first_name="Anna"), State.AGREED)


@pytest.fixture
def across_a_border(case: Enquiry, hampshire: Council) -> Introduction:
    return factories.introduction(case, factories.ambassador(hampshire, first_name="Anna"), State.AGREED)


@pytest.fixture
def group(kent: Council, cast: Cast) -> list[User]:
    return [factories.user(name, kent, Role.SAFEGUARDING) for name in ("Sade", "Sol")]


def raised(row: Introduction, said: Said = SAID) -> Concern:
    key = raise_concern(of_introduction(row, ConcernFrom.ENQUIRER), said, key=uuid4(), by=None)
    with as_council(row.council_id):
        return Concern.objects.select_related("council").get(council=row.council_id, concern_id=key)


def mails(council: Council) -> list[tuple[str, str]]:
    with as_council(council):
        found = Message.objects.filter(council=council, kind__in=KINDS)
        return sorted(found.values_list("kind", "to_address"))


def page(concern: Concern) -> str:
    return reverse("admin:ambassadors_concern_change", args=[concern.pk])


def test_everybody_of_the_group_is_told_at_once_and_of_nothing(here: Introduction, group: list[User]) -> None:
    concern = raised(here)
    assert mails(concern.council) == [(WAITS, "sade@example.org"), (WAITS, "sol@example.org")]
    with as_council(concern.council_id):
        sent = list(Message.objects.filter(kind=WAITS))
        assert all(each.not_before <= hub_now() for each in sent), "nothing holds it back"
    assert {(each.lane, each.window) for each in sent} == {(Lane.SERVICE, Window.ANY_TIME)}
    for word in ("pangolin", "Erin", "Anna", "carer", "child"):
        assert not [each for each in sent if word in each.subject + each.text]


def test_a_concern_across_a_border_is_read_in_both_councils(
    across_a_border: Introduction, kent: Council, hampshire: Council, group: list[User]
) -> None:
    for name in ("Lena", "Lou"):
        factories.user(name, hampshire, Role.SAFEGUARDING)
    concern = raised(across_a_border)
    with as_council(hampshire):
        other = Concern.objects.get(council=hampshire)
    assert (other.concern_id, other.text, other.pair_id) == (concern.concern_id, CANARY, across_a_border.pair_id)
    assert (concern.enquiry_key, concern.ambassador_key) == (across_a_border.enquiry_id, None)
    assert (other.enquiry_key, other.ambassador_key) == (None, across_a_border.ambassador_key)
    assert [to for _, to in mails(hampshire)] == ["lena@example.org", "lou@example.org"]
    for council in (kent, hampshire):
        with as_council(council):
            (event,) = Event.objects.filter(council=council, verb__startswith="concern.")
        assert (event.verb, event.facts) == ("concern.raised", {"concern": str(concern.concern_id)})


def test_within_one_council_it_is_written_once(here: Introduction, hampshire: Council, group: list[User]) -> None:
    raised(here)
    with as_council(here.council_id):
        assert Concern.objects.count() == 1
    with as_council(hampshire):
        assert not Concern.objects.exists()


def test_a_button_pressed_twice_says_it_once_and_other_words_are_another(here: Introduction, group: list[User]) -> None:
    source, key = of_introduction(here, ConcernFrom.ENQUIRER), uuid4()
    first = raise_concern(source, SAID, key=key, by=None)
    assert raise_concern(source, SAID, key=key, by=None) == first
    raise_concern(source, Said(ConcernAbout.OTHER, "And a heron"), key=key, by=None)
    with as_council(here.council_id):
        assert sorted(Concern.objects.values_list("text", flat=True)) == [CANARY, "And a heron"]


def test_a_group_of_one_is_too_few_and_the_hubs_group_is_told_so(
    here: Introduction, office: Council, kent: Council, cast: Cast
) -> None:
    factories.user("Sade", kent, Role.SAFEGUARDING)
    factories.user("Oona", office, Role.SAFEGUARDING)
    raised(here)
    assert mails(kent) == [(WAITS, "sade@example.org")]
    assert mails(office) == [(TOO_FEW, "oona@example.org")]


def test_where_nobody_holds_the_role_the_managers_are_told_and_can_open_nothing(
    here: Introduction, office: Council, kent: Council, cast: Cast, as_user: AsUser
) -> None:
    factories.user("Hannah", office, Role.HUB_MANAGER)
    concern = raised(here)
    assert mails(kent) == [(TOO_FEW, "mina@example.org")]
    assert mails(office) == [(TOO_FEW, "hannah@example.org")]
    with as_council(kent):
        told = Message.objects.get(kind=TOO_FEW)
    assert "too few" in told.text
    assert str(concern.pk) not in told.text
    assert as_user(cast.mina).get(page(concern)).status_code == 404


def test_the_group_reads_it_each_time_written_down_and_closes_it(
    here: Introduction, group: list[User], as_user: AsUser
) -> None:
    concern, client = raised(here), as_user(group[0])
    assert "Nobody has read it" in client.get(LIST).content.decode()
    for _ in range(2):
        shown = client.get(page(concern)).content.decode()
    assert CANARY in shown
    assert "Anna" in shown
    assert "LADO" in shown
    with as_council(concern.council_id):
        assert Event.objects.filter(verb=concerns.READ, subject_id=concern.pk, by=group[0]).count() == 2
    assert "Nobody has read it" not in client.get(LIST).content.decode()
    for _ in range(2):
        assert client.post(reverse("admin:ambassadors_concern_close", args=[concern.pk])).status_code == 302
    with as_council(concern.council_id):
        concern.refresh_from_db()
        assert Event.objects.filter(verb=concerns.CLOSED).count() == 1
    assert concern.closed_by == group[0]
    assert concern.text == CANARY


def test_a_group_of_one_is_told_that_it_is_too_small(kent: Council, cast: Cast, as_user: AsUser) -> None:
    client, told = as_user(factories.user("Sade", kent, Role.SAFEGUARDING)), "You are the only one"
    assert told in client.get(LIST).content.decode()
    factories.user("Sol", kent, Role.SAFEGUARDING)
    assert told not in client.get(LIST).content.decode()


def test_a_get_closes_nothing(here: Introduction, group: list[User], as_user: AsUser) -> None:
    concern = raised(here)
    assert as_user(group[0]).get(reverse("admin:ambassadors_concern_close", args=[concern.pk])).status_code == 405


@pytest.mark.parametrize("role", [role for role in Role if role != Role.SAFEGUARDING])
def test_for_every_other_role_there_is_no_such_address(
    here: Introduction, group: list[User], kent: Council, as_user: AsUser, role: Role
) -> None:
    concern, client = raised(here), as_user(factories.user("Nosy", kent, role))
    for path in (LIST, page(concern)):
        assert client.get(path).status_code == 404
    assert client.post(reverse("admin:ambassadors_concern_close", args=[concern.pk])).status_code == 404
    with as_council(kent):
        assert not Event.objects.filter(verb=concerns.READ).exists()


def test_another_councils_group_finds_nothing(
    here: Introduction, group: list[User], hampshire: Council, as_user: AsUser
) -> None:
    lena = factories.user("Lena", hampshire, Role.SAFEGUARDING)
    concern, client = raised(here), as_user(lena)
    assert client.get(page(concern)).status_code == 404
    assert "No concern waits for you." in client.get(LIST).content.decode()
    with pytest.raises(RoleRefused):
        concerns.mark_read(concern, by=access_of(lena))
    with pytest.raises(RoleRefused):
        concerns.close_concern(concern, by=access_of(lena))


@pytest.mark.parametrize(
    "name",
    [
        "index",
        "enquiries_enquiry_changelist",
        "enquiries_enquiry_todos",
        "enquiries_enquiry_export",
        "outbox_message_changelist",
    ],
)
def test_a_manager_sees_the_same_pages_before_and_after(
    here: Introduction, group: list[User], cast: Cast, as_user: AsUser, name: str
) -> None:
    client = as_user(cast.mina)
    before = _plain(client.get(reverse(f"admin:{name}")).content.decode())
    raised(here)
    assert _plain(client.get(reverse(f"admin:{name}")).content.decode()) == before


def test_an_officer_sees_the_same_case_before_and_after(
    here: Introduction, group: list[User], cast: Cast, as_user: AsUser
) -> None:
    client, path = as_user(cast.kate), reverse("admin:enquiries_enquiry_change", args=[here.enquiry_id])
    client.get(path)  # the first look stands on the timeline from now on
    before = _plain(client.get(path).content.decode())
    raised(here)
    assert _plain(client.get(path).content.decode()) == before


def _plain(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if "csrfmiddlewaretoken" not in line)


def test_mail_that_cannot_reach_one_of_the_group_is_nobodys_to_do(here: Introduction, group: list[User]) -> None:
    User.objects.filter(pk=group[0].pk).update(email="nothing")
    concern = raised(here)
    with as_council(concern.council_id):
        assert Message.objects.filter(kind=WAITS, last_error="address_malformed").count() == 1
        assert not ToDo.objects.filter(kind="mail_failed").exists()


def test_who_looks_after_messages_finds_none_of_these(
    here: Introduction, group: list[User], cast: Cast, office: Council, as_user: AsUser
) -> None:
    concern = raised(here)
    with as_council(concern.council_id):
        sent = list(Message.objects.filter(kind=WAITS))
    for user in (cast.mina, factories.user("Hannah", office, Role.HUB_MANAGER)):
        client = as_user(user)
        for message in sent:
            assert client.get(reverse("admin:outbox_message_change", args=[message.pk])).status_code == 404
            assert client.post(reverse("admin:outbox_message_cancel", args=[message.pk])).status_code == 404
        assert WAITS not in client.get(f"{reverse('admin:outbox_message_changelist')}?kind={WAITS}").content.decode()


def test_unread_for_an_hour_it_is_mailed_to_the_group_and_the_hubs_manager_again(
    here: Introduction, group: list[User], office: Council, kent: Council, move_clock: Callable[..., None]
) -> None:
    factories.user("Hannah", office, Role.HUB_MANAGER)
    concern = raised(here)
    move_clock(concern.raised_at + timedelta(minutes=59))
    assert concerns.tell_of_unread() == 0
    move_clock(concern.raised_at + concerns.UNREAD_AFTER)
    assert [concerns.tell_of_unread() for _ in range(2)] == [1, 0]
    again = [(UNREAD, "sade@example.org"), (UNREAD, "sol@example.org")]
    assert [mail for mail in mails(kent) if mail[0] == UNREAD] == again
    assert mails(office) == [(UNREAD, "hannah@example.org")]
    with as_council(office):
        assert str(concern.pk) not in Message.objects.get(kind=UNREAD).text
    move_clock(concern.raised_at + timedelta(hours=26))
    assert concerns.tell_of_unread() == 1


def test_a_council_whose_group_has_read_it_is_not_told_again_with_the_other(
    across_a_border: Introduction,
    group: list[User],
    kent: Council,
    hampshire: Council,
    move_clock: Callable[..., None],
) -> None:
    lena = factories.user("Lena", hampshire, Role.SAFEGUARDING)
    factories.user("Lou", hampshire, Role.SAFEGUARDING)
    concern = raised(across_a_border)
    with as_council(hampshire):
        other = Concern.objects.get(council=hampshire)
    concerns.mark_read(other, by=access_of(lena))
    move_clock(concern.raised_at + timedelta(hours=2))
    assert concerns.tell_of_unread() == 1
    assert [to for kind, to in mails(kent) if kind == UNREAD] == ["sade@example.org", "sol@example.org"]
    assert UNREAD not in [kind for kind, _ in mails(hampshire)]


def test_nobody_is_told_again_of_one_that_was_read_or_closed(
    case: Enquiry, here: Introduction, group: list[User], kent: Council, move_clock: Callable[..., None]
) -> None:
    read, closed = raised(here), raised(here, Said(ConcernAbout.OTHER, "Another"))
    concerns.mark_read(read, by=access_of(group[0]))
    concerns.close_concern(closed, by=access_of(group[0]))
    move_clock(read.raised_at + timedelta(hours=2))
    assert concerns.tell_of_unread() == 0


def test_one_whose_role_has_ended_is_told_nothing(here: Introduction, group: list[User], kent: Council) -> None:
    factories.user("Sam", kent, Role.SAFEGUARDING)
    Membership.objects.filter(user=group[0]).update(ended_at=hub_now())
    raised(here)
    assert [to for _, to in mails(kent)] == ["sam@example.org", "sol@example.org"]
