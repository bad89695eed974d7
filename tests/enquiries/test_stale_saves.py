"""A form filled in against a case that a colleague has changed since: nothing is saved, both versions are shown."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from councils.access import access_of
from councils.models import Council, User
from councils.tenancy import as_council
from enquiries import actions
from enquiries.models import Enquiry
from enquiries.states import CloseReason, Kind, Outcome, State, Step, Way
from tests import factories
from tests.conftest import Cast

AsUser = Callable[[User], Client]


@pytest.fixture
def case(kent: Council, cast: Cast) -> Enquiry:
    return factories.enquiry(kent, kind=Kind.TRANSFER)


@pytest.fixture
def kate(cast: Cast, as_user: AsUser) -> Client:
    return as_user(cast.kate)


def address(name: str, case: Enquiry) -> str:
    return reverse(f"admin:enquiries_enquiry_{name}", args=[case.pk])


def seen(client: Client, case: Enquiry, form: str) -> str:
    """The token that the form carries on the page as it is now."""
    page = client.get(address("correct" if form == "correct" else "change", case)).content.decode()
    action = "" if form == "correct" else address(form, case)
    where = page.index(f'action="{action}"') if action else 0
    found = re.search(r'name="seen" value="([^"]+)"', page[where:])
    assert found
    return found[1]


def fresh(case: Enquiry) -> Enquiry:
    with as_council(case.council_id):
        return Enquiry.objects.get(pk=case.pk)


def post(client: Client, form: str, case: Enquiry, /, **sent: str) -> Any:
    return client.post(address(form, case), sent)


def test_a_step_on_a_case_that_has_moved_on_is_refused_with_both_versions(
    kate: Client, cast: Cast, case: Enquiry, move_clock: Callable[[datetime], None]
) -> None:
    token = seen(kate, case, "step")
    move_clock(case.created_at + timedelta(minutes=5))
    actions.take_step(case, Step.WITHDRAW, reason=CloseReason.NO_ROOM, by=access_of(cast.mina))
    refused = post(kate, "step", case, step="visit", seen=token, comment="Typed already")
    shown = refused.content.decode()
    assert refused.status_code == 409
    assert "this case has changed since you opened the page" in shown
    assert "<td><p>Visited</p></td>" in shown or "<td>Visited</td>" in shown
    assert "<td>Withdrawn</td>" in shown
    assert re.search(r"They withdrew \(Mina\)", shown)
    assert 'name="comment" value="Typed already"' in shown
    assert fresh(case).state == State.WITHDRAWN


def test_a_button_does_it_all_the_same_on_the_new_version(kate: Client, cast: Cast, case: Enquiry) -> None:
    token = seen(kate, case, "step")
    actions.take_step(case, Step.VISIT, by=access_of(cast.mina))
    shown = post(kate, "step", case, step="apply", on="", seen=token).content.decode()
    form = shown[shown.index("Somebody was faster") : shown.index("Do it all the same")]
    again = dict(re.findall(r'<input type="hidden" name="([a-z_]+)" value="([^"]*)"', form))
    assert again.pop("csrfmiddlewaretoken")
    assert again["seen"] != token
    assert post(kate, "step", case, **again).status_code == 302
    assert fresh(case).state == State.APPLIED


def test_and_is_refused_again_where_it_has_changed_once_more(kate: Client, cast: Cast, case: Enquiry) -> None:
    token = seen(kate, case, "number")
    for number in ("1", "2"):
        actions.write_case_number(case, number, by=access_of(cast.mina))
        refused = post(kate, "number", case, case_number="3", seen=token)
        assert refused.status_code == 409
        token = re.findall(r'name="seen" value="([^"]+)"', refused.content.decode())[0]
    assert post(kate, "number", case, case_number="3", seen=token).status_code == 302


def test_what_a_form_does_not_touch_may_change_meanwhile(kate: Client, cast: Cast, case: Enquiry) -> None:
    token = seen(kate, case, "step")
    mina = access_of(cast.mina)
    actions.add_note(case, "Rang", by=mina)
    actions.claim(case, by=mina)
    actions.write_case_number(case, "LCS 4711", by=mina)
    assert post(kate, "step", case, step="visit", seen=token).status_code == 302


def test_a_note_and_an_attempt_are_never_refused(kate: Client, cast: Cast, case: Enquiry) -> None:
    token = seen(kate, case, "step")
    actions.take_step(case, Step.VISIT, by=access_of(cast.mina))
    assert post(kate, "note", case, text="Rang", seen=token).status_code == 302
    assert post(kate, "attempt", case, way="call", outcome="reached", seen=token).status_code == 302


@pytest.mark.parametrize(
    ("form", "sent", "theirs"),
    [
        ("stages", {"stage_1_from": ""}, {"applied_on": "today"}),
        ("records", {"records_consent_on": ""}, {"records_consent_on": "today"}),
        ("number", {"case_number": "A1"}, {"case_number": "B2"}),
        ("day", {"on": ""}, {"state": State.VISITED}),
        ("undo", {}, {"state": State.VISITED}),
    ],
)
def test_each_form_that_changes_a_value_says_what_it_saw(
    kate: Client, cast: Cast, case: Enquiry, form: str, sent: dict[str, str], theirs: dict[str, str]
) -> None:
    mina = access_of(cast.mina)
    actions.take_step(case, Step.APPLY, by=mina)
    token = seen(kate, case, form) if form != "undo" else seen(_as_mina(kate, cast), case, form)
    day = fresh(case).created_at.date()
    values = {name: day if value == "today" else value for name, value in theirs.items()}
    if "applied_on" in values:
        values = {"stage_1_from": day}
    with as_council(case.council_id):
        Enquiry.objects.filter(pk=case.pk).update(**values)
    refused = post(kate, form, case, seen=token, **sent)
    assert refused.status_code == 409
    assert "Do it all the same" in refused.content.decode()


def _as_mina(client: Client, cast: Cast) -> Client:
    client.force_login(cast.mina)
    return client


def test_a_correction_of_a_person_who_was_corrected_meanwhile_shows_both(
    kate: Client, cast: Cast, as_user: AsUser, case: Enquiry
) -> None:
    token = seen(kate, case, "correct")
    with as_council(case.council_id):
        Enquiry.objects.filter(pk=case.pk).update(phone="+447700900555")
    sent = {"name": "Erin Exemplar", "phone": "07700 900123", "email": "erin@example.org", "way": "call"}
    refused = post(kate, "correct", case, **sent, kind="transfer", seen=token)
    shown = refused.content.decode()
    assert refused.status_code == 409
    assert "<td>07700 900555</td>" in shown
    assert "07700 900123" in shown
    assert 'value="Erin Exemplar"' in shown, "what was typed stays in the form"
    assert fresh(case).name == "Erin Example"


def test_what_is_the_same_on_both_sides_is_no_difference_however_it_is_written(
    kate: Client, cast: Cast, case: Enquiry
) -> None:
    day = fresh(case).created_at.date()
    token, other = seen(kate, case, "correct"), seen(kate, case, "records")
    with as_council(case.council_id):
        Enquiry.objects.filter(pk=case.pk).update(name="Mina was here", records_consent_on=day)
    sent = {"name": "Erin Exemplar", "phone": "07700 900123", "email": fresh(case).email, "way": "call"}
    shown = post(kate, "correct", case, **sent, kind="transfer", postcode="ME14 1XX", seen=token).content.decode()
    assert '<th scope="row">Name</th>' in shown
    assert '<th scope="row">Phone</th>' not in shown
    asked = {"records_consent_on": day.isoformat(), "records_asked_on": day.isoformat(), "seen": other}
    shown = post(kate, "records", case, **asked).content.decode()
    assert '<th scope="row">They agreed</th>' not in shown
    assert f'<th scope="row">Asked</th><td>{day:%-d %B %Y}</td>' in shown


def test_a_token_that_is_none_of_ours_refuses_and_breaks_nothing(kate: Client, case: Enquiry) -> None:
    for token in ("x", "x.y", f"x.{10**30}"):
        assert post(kate, "number", case, case_number="3", seen=token).status_code == 409
    assert post(kate, "number", case, case_number="3").status_code == 302


def test_a_log_of_an_attempt_does_not_make_a_step_stale_unless_it_moved_the_case(
    kate: Client, cast: Cast, case: Enquiry
) -> None:
    token = seen(kate, case, "step")
    actions.log_attempt(case, way=Way.CALL, outcome=Outcome.NO_ANSWER, by=access_of(cast.mina))
    assert post(kate, "step", case, step="visit", seen=token).status_code == 302
