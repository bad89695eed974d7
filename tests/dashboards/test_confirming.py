"""“Confirm your open applications”: each month, one page, who is told, and what the hub sees of it."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.test import Client

from councils.access import Access, access_of
from councils.models import Council, Event, User
from councils.refusals import RoleRefused
from councils.roles import Role
from councils.tenancy import across, as_council, as_hub
from councils.working_time import LONDON
from dashboards.actions.confirm_reminding import remind_to_confirm
from dashboards.actions.confirming import Heard, Said, confirm, confirm_what_steps_told
from dashboards.models import Confirmed
from dashboards.outcomes.applications import standing
from dashboards.outcomes.confirm_lines import choices_of
from dashboards.outcomes.words import Told
from enquiries import actions
from enquiries.models import Enquiry
from enquiries.states import CloseReason, State, Step
from enquiries.timeline import timeline
from outbox.models import Message
from tests import factories
from tests.conftest import Cast

AsUser = Callable[[User], Client]
Clock = Callable[[datetime], None]
PAGE = "/staff/dashboards/cell/council/kent/confirm/"


def at(day: int, hour: int = 10, month: int = 12) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=LONDON)


@pytest.fixture
def mina(cast: Cast) -> Access:
    return access_of(cast.mina)


@pytest.fixture
def cases(kent: Council, mina: Access, move_clock: Clock) -> list[Enquiry]:
    """Two applied on 4 November 2026, a third only enquired. Now it is 2 December."""
    move_clock(at(3, month=11))
    made = [factories.enquiry(kent, name=name) for name in ("Erin Example", "Ewan Example", "Ella Example")]
    move_clock(at(4, month=11))
    for case in made[:2]:
        actions.take_step(case, Step.APPLY, by=mina)
    move_clock(at(2))
    return made


def fresh(case: Enquiry) -> Enquiry:
    with as_council(case.council_id):
        return Enquiry.objects.get(council=case.council_id, pk=case.pk)


def confirmed(council: Council) -> list[tuple[date, int]]:
    with as_council(council):
        return list(Confirmed.objects.filter(council=council).order_by("month").values_list("month", "applications"))


def stands(*cases: Enquiry, seen: State = State.APPLIED) -> list[Said]:
    return [Said(case.pk, seen) for case in cases]


def test_a_month_is_confirmed_when_of_every_application_something_was_said(
    cases: list[Enquiry], kent: Council, mina: Access
) -> None:
    erin, ewan, _ = cases
    assert confirm(kent, stands(erin), by=mina) == Heard(stood=1, left=1)
    assert confirmed(kent) == []
    told = Said(ewan.pk, "applied", Told.WITHDRAWN, date(2026, 11, 20), CloseReason.AW3)
    assert confirm(kent, [told], by=mina) == Heard(changed=1)
    assert confirmed(kent) == [(date(2026, 12, 1), 1)]
    case = fresh(ewan)
    assert (case.state, case.close_reason, case.state_since) == (State.WITHDRAWN, CloseReason.AW3, date(2026, 11, 20))
    with as_council(kent):
        words = [entry.what for entry in timeline(fresh(erin))]
    assert "Confirmed: the application stands as it is written down" in words


def test_what_became_otherwise_meanwhile_is_not_confirmed(cases: list[Enquiry], kent: Council, mina: Access) -> None:
    erin, ewan, _ = cases
    actions.take_step(erin, Step.GO_TO_PANEL, by=mina)
    heard = confirm(kent, stands(erin, ewan), by=mina)
    assert heard.refused == {erin.pk: "It has become “Panel” meanwhile. Look once more."}
    assert (heard.stood, heard.left) == (1, 0)


def test_an_officer_may_confirm_and_not_approve_and_others_neither(
    cases: list[Enquiry], kent: Council, cast: Cast
) -> None:
    erin, ewan, _ = cases
    approved = Said(ewan.pk, "applied", Told.APPROVED, date(2026, 12, 1))
    heard = confirm(kent, [*stands(erin), approved], by=access_of(cast.kate))
    assert (heard.stood, heard.refused) == (1, {ewan.pk: "Only hub manager or manager may do this."})
    for who in (cast.hal, cast.olu, cast.rhea):
        with pytest.raises(RoleRefused):
            confirm(kent, stands(erin), by=access_of(who))
    offered = {choice.value for choice in choices_of(fresh(ewan), access_of(cast.kate))}
    assert "APPROVED:applied" not in offered
    assert {"so:applied", "PANEL:applied", "AW3:applied"} <= offered


def test_another_councils_application_is_none(
    cases: list[Enquiry], kent: Council, hampshire: Council, cast: Cast
) -> None:
    heard = confirm(hampshire, stands(cases[0]), by=access_of(cast.hal))
    assert heard.refused == {cases[0].pk: "There is no such application here."}
    assert confirmed(hampshire) == []


def test_the_page_asks_of_each_and_is_done(cases: list[Enquiry], kent: Council, cast: Cast, as_user: AsUser) -> None:
    client, (erin, ewan, ella) = as_user(cast.mina), cases
    shown = client.get(PAGE).content.decode()
    assert shown.count("<select") == 2
    assert ella.reference not in shown
    assert "Kent County Council: 2 to confirm for December" in client.get("/staff/").content.decode()
    typed = {f"is-{erin.pk}": "so:applied", f"on-{erin.pk}": "", f"is-{ewan.pk}": "APPROVED:applied"}
    typed |= {f"on-{ewan.pk}": "31/12"}
    answer = client.post(PAGE, typed)
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert f'href="#is-{ewan.pk}"' in shown
    assert "The day “31/12” is no day that we can read." in shown
    assert 'value="31/12"' in shown
    assert "1 confirmed, 0 changed. 1 still to confirm." in shown
    typed |= {f"on-{ewan.pk}": "30/11/2026"}
    answer = client.post(PAGE, typed, follow=True)
    assert "That is all for this month." in answer.content.decode()
    assert fresh(ewan).state_since == date(2026, 11, 30)
    assert confirmed(kent) == [(date(2026, 12, 1), 1)]
    assert "to confirm for" not in client.get("/staff/").content.decode()
    answer = client.post(PAGE, typed, follow=True)  # sent twice, it changes nothing
    assert answer.status_code == 200
    assert fresh(ewan).state_since == date(2026, 11, 30)


def test_what_two_say_at_once_is_heard_of_both_or_refused_aloud(
    cases: list[Enquiry], cast: Cast, as_user: AsUser
) -> None:
    """Both have the page open; Kate is the first to send it."""
    erin, ewan, _ = cases
    kate, mina = as_user(cast.kate), as_user(cast.mina)
    first = {f"is-{erin.pk}": "so:applied", f"is-{ewan.pk}": "PANEL:applied", f"on-{ewan.pk}": "20/11/2026"}
    assert kate.post(PAGE, first).status_code == 302
    second = {f"is-{erin.pk}": "APPROVED:applied", f"on-{erin.pk}": "23/11/2026"}
    second |= {f"is-{ewan.pk}": "AW3:applied", f"on-{ewan.pk}": "25/11/2026"}
    answer = mina.post(PAGE, second)
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "0 confirmed, 1 changed." in shown
    assert (fresh(erin).state, fresh(erin).state_since) == (State.APPROVED, date(2026, 11, 23))
    assert f"{ewan.reference}</a>: It has become “Panel” meanwhile." in shown
    assert (fresh(ewan).state, fresh(ewan).state_since) == (State.PANEL, date(2026, 11, 20))
    still = {f"is-{ewan.pk}": "so:applied", f"on-{ewan.pk}": ""}
    assert "It has become “Panel” meanwhile." in mina.post(PAGE, still).content.decode()


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"is": "so:applied", "on": "1/12/2026"}, "You gave a day."),
        ({"is": "PANEL:applied", "on": ""}, "Say on which day it was"),
        ({"is": "PANEL:applied", "on": "3/12/2026"}, "cannot be in the future"),
        ({"is": "PANEL:applied", "on": "3/11/2026"}, "If that day is wrong, correct it first."),
        ({"is": "else", "on": ""}, "Choose how it stands."),
    ],
)
def test_what_is_wrong_is_told_beside_the_application(
    cases: list[Enquiry], cast: Cast, as_user: AsUser, typed: dict[str, str], told: str
) -> None:
    erin = cases[0]
    answer = as_user(cast.mina).post(PAGE, {f"{name}-{erin.pk}": value for name, value in typed.items()})
    assert (answer.status_code, told in answer.content.decode()) == (409, True)
    assert fresh(erin).state == State.APPLIED


def test_managers_are_written_to_once_on_the_first_working_day(
    cases: list[Enquiry], kent: Council, cast: Cast, move_clock: Clock
) -> None:
    sent = []
    # Friday 1 January 2027 is a bank holiday: the first working day is Monday the 4th.
    for now in (at(1, 8), at(1, 9), at(1, 10), at(2, 10), datetime(2027, 1, 1, 10, tzinfo=LONDON)):
        move_clock(now)
        sent.append(remind_to_confirm())
    assert sent == [0, 1, 0, 0, 0]
    move_clock(datetime(2027, 1, 4, 9, tzinfo=LONDON))
    assert remind_to_confirm() == 1
    with as_council(kent):
        first, second = Message.objects.filter(council=kent, kind="confirm_applications").order_by("created_at")
    assert first.to_address == cast.mina.email
    assert first.subject == "Kent County Council: confirm your open applications for December"
    assert "2 open applications of which nobody has said in December how they stand" in first.text
    assert PAGE in first.text
    assert "January" in second.subject
    assert "Example" not in first.text


def test_where_all_was_said_nobody_is_written_to(cases: list[Enquiry], kent: Council, mina: Access) -> None:
    confirm(kent, stands(*cases[:2]), by=mina)
    assert remind_to_confirm() == 0


def test_the_hub_sees_since_when_a_council_has_not_confirmed(
    cases: list[Enquiry], kent: Council, hampshire: Council, office: Council, mina: Access, move_clock: Clock
) -> None:
    maya = access_of(factories.user("Maya", office, Role.HUB_MANAGER))

    def told(now: datetime) -> dict[str, str]:
        with across(maya.councils, reason="test"):
            return {each.council.slug: each.in_words for each in standing(kent.hub, now)}

    assert (told(at(2))["kent"], told(at(2))["hampshire"]) == ("never confirmed", "no open applications")
    confirm(kent, stands(*cases[:2]), by=mina)
    assert told(at(2))["kent"] == "confirmed this month"
    assert told(datetime(2027, 1, 2, 10, tzinfo=LONDON))["kent"] == "not confirmed since December 2026"
    with as_council(hampshire):
        assert [each.council.slug for each in standing(kent.hub, at(2))] == ["hampshire"]
    with as_hub(kent.hub):
        assert standing(kent.hub, at(2)) == []


def test_a_month_whose_steps_told_of_all_is_confirmed_by_itself_and_by_nobody(
    cases: list[Enquiry], kent: Council, mina: Access, cast: Cast, as_user: AsUser
) -> None:
    erin, ewan, _ = cases
    actions.take_step(erin, Step.GO_TO_PANEL, by=mina)
    assert (confirm_what_steps_told(), confirmed(kent)) == (0, [])
    actions.take_step(ewan, Step.GO_TO_PANEL, by=mina)
    assert [confirm_what_steps_told(), confirm_what_steps_told()] == [1, 0]
    assert confirmed(kent) == [(date(2026, 12, 1), 2)]
    with as_council(kent):
        (event,) = Event.objects.filter(council=kent, verb="outcomes.confirmed")
    assert event.by is None
    page = as_user(cast.mina).get(PAGE).content.decode()
    assert "Confirmed last for December 2026 on 2 December 2026: 2 open applications." in page


def test_confirming_is_written_down(cases: list[Enquiry], kent: Council, mina: Access) -> None:
    for _ in range(2):
        confirm(kent, stands(*cases[:2]), by=mina)
    with as_council(kent):
        (event,) = Event.objects.filter(council=kent, verb="outcomes.confirmed")
        assert Event.objects.filter(council=kent, verb="enquiry.application_stands").count() == 2
    assert (event.by, event.facts) == (mina.user, {"month": "2026-12-01", "applications": 2})
