"""Ambassadors write down time and mileage of their own conversations, until a manager has approved them."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ambassadors.actions import mentoring
from ambassadors.introduction_states import State
from ambassadors.models import Ambassador, Introduction, Offer, Talk
from councils.access import access_of
from councils.clock import hub_now
from councils.models import Council, Event
from councils.tenancy import as_council
from enquiries.models import Enquiry
from tests import factories
from tests.ambassadors.own_pages import as_ambassador_client, post, text_of


@pytest.fixture
def case(kent: Council) -> Enquiry:
    return factories.enquiry(kent, name="Erin Example")


@pytest.fixture
def anna(kent: Council) -> Ambassador:
    return factories.ambassador(kent, first_name="Anna", is_mentor=True)


@pytest.fixture
def spoke(case: Enquiry, anna: Ambassador) -> Introduction:
    return factories.introduction(case, anna, State.SPOKE)


@pytest.fixture
def client(anna: Ambassador) -> Client:
    return as_ambassador_client(anna)


def offer_of(row: Introduction, council: Council) -> Offer:
    with as_council(council):
        return Offer.objects.get(council=council, pair_id=row.pair_id)


def talks(council: Council) -> list[Talk]:
    with as_council(council):
        return list(Talk.objects.filter(council=council))


def entry(offer: Offer, **given: Any) -> dict[str, Any]:
    told = {"of": str(offer.pk), "on": hub_now().date().isoformat(), "way": "event", "minutes": "45", "miles": "12.5"}
    return {**told, "note": "", **given}


def decided(talk: Talk, state: str, answer: str = "") -> None:
    with as_council(talk.council_id):
        Talk.objects.filter(pk=talk.pk).update(
            state=state, decided_by=factories.coordinator(talk.council), decided_at=hub_now(), answer=answer
        )


def test_an_ambassador_writes_down_a_conversation(spoke: Introduction, kent: Council, client: Client) -> None:
    page = text_of(client, "log/add/")
    assert f"Erin, {hub_now():%B %Y}" in page
    assert "Example" not in page
    assert post(client, "log/add/", **entry(offer_of(spoke, kent)))["Location"] == reverse("ambassadors:log")
    (talk,) = talks(kent)
    assert (talk.pair_id, talk.minutes, talk.miles, talk.state) == (spoke.pair_id, 45, Decimal("12.5"), "logged")
    shown = text_of(client, "log/")
    assert "45 minutes" in shown
    assert "Waiting for approval" in shown


def test_the_same_sent_twice_is_written_once(spoke: Introduction, kent: Council, client: Client) -> None:
    for _ in range(2):
        post(client, "log/add/", **entry(offer_of(spoke, kent)))
    assert len(talks(kent)) == 1
    post(client, "log/add/", **entry(offer_of(spoke, kent), minutes="30"))
    assert len(talks(kent)) == 2


def test_a_conversation_with_another_councils_enquirer_is_logged_in_ones_own(
    hampshire: Council, kent: Council, anna: Ambassador, client: Client
) -> None:
    row = factories.introduction(factories.enquiry(hampshire, name="Hana Example"), anna, State.AGREED)
    post(client, "log/add/", **entry(offer_of(row, kent)))
    assert [talk.pair_id for talk in talks(kent)] == [row.pair_id]
    assert talks(hampshire) == []
    assert "Hana" in text_of(client, "log/")


def test_a_meeting_of_a_mentor_counts_for_the_mentorship(
    case: Enquiry, kent: Council, anna: Ambassador, client: Client
) -> None:
    with as_council(kent):
        Enquiry.objects.filter(pk=case.pk).update(state="applied")
    mentorship = mentoring.begin(case, anna.pk, by=access_of(factories.coordinator(kent)))
    page = text_of(client, "mentoring/")
    assert "Erin" in page
    assert "Example" not in page
    assert "0 meetings written down." in page
    post(client, f"log/add/{mentorship.pk}/", **entry(Offer(pk=mentorship.pk)))
    assert [talk.mentorship_id for talk in talks(kent)] == [mentorship.pk]
    assert "1 meeting written down." in text_of(client, "mentoring/")
    assert "Erin" in text_of(client, "log/")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"of": ""}, "Choose whom you talked to"),
        ({"on": ""}, "Enter the date, like 24/11/2026"),
        ({"on": "2999-01-01"}, "The date must be today or in the past"),
        ({"on": "2020-01-01"}, "The date must be in the last twelve months"),
        ({"way": "pigeon"}, "Choose how you talked"),
        ({"minutes": ""}, "Enter the minutes as a whole number, like 45"),
        ({"minutes": "0"}, "It takes one minute or more"),
        ({"minutes": "1441"}, "A day has 1,440 minutes"),
        ({"miles": "-1"}, "Enter the miles as a number, like 12 or 12.5"),
        ({"miles": "far"}, "Enter the miles as a number, like 12 or 12.5"),
        ({"miles": "1000"}, "The miles must be fewer than 1,000"),
        ({"miles": "NaN"}, "Enter the miles as a number, like 12 or 12.5"),
        ({"note": "x" * 301}, "The note must be 300 characters or fewer"),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    spoke: Introduction, kent: Council, client: Client, given: dict[str, str], told: str
) -> None:
    answer = post(client, "log/add/", **entry(offer_of(spoke, kent), **given))
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert talks(kent) == []


def test_a_mile_is_kept_to_a_tenth(spoke: Introduction, kent: Council, client: Client) -> None:
    post(client, "log/add/", **entry(offer_of(spoke, kent), miles="12.34"))
    post(client, "log/add/", **entry(offer_of(spoke, kent), miles=""))
    assert sorted(talk.miles for talk in talks(kent)) == [Decimal("0.0"), Decimal("12.3")]


@pytest.mark.parametrize("state", [State.OFFERED, State.ACCEPTED, State.DECLINED, State.EXPIRED, State.LAPSED])
def test_what_was_never_agreed_is_in_no_list(
    case: Enquiry, kent: Council, anna: Ambassador, client: Client, state: State
) -> None:
    row = factories.introduction(case, anna, state)
    assert post(client, "log/add/", **entry(offer_of(row, kent)))["Location"] == reverse("ambassadors:log")
    assert talks(kent) == []
    assert "Once you are in touch with somebody" in text_of(client, "log/")


def test_somebody_elses_conversation_and_log_are_not_there(spoke: Introduction, kent: Council, client: Client) -> None:
    bea = factories.ambassador(kent, first_name="Bea")
    theirs = factories.introduction(factories.enquiry(kent), bea, State.SPOKE)
    assert post(client, "log/add/", **entry(offer_of(theirs, kent))).status_code == 422
    assert client.get(f"/ambassadors/log/add/{offer_of(theirs, kent).pk}/").status_code == 404
    beas = as_ambassador_client(bea)
    post(beas, "log/add/", **entry(offer_of(theirs, kent)))
    (talk,) = talks(kent)
    for page in (f"log/{talk.pk}/change/", f"log/{talk.pk}/take-out/"):
        assert post(client, page, **entry(offer_of(theirs, kent))).status_code == 404
    assert len(talks(kent)) == 1


def test_it_may_be_changed_until_it_is_approved(spoke: Introduction, kent: Council, client: Client) -> None:
    post(client, "log/add/", **entry(offer_of(spoke, kent)))
    (talk,) = talks(kent)
    assert 'value="45"' in text_of(client, f"log/{talk.pk}/change/")
    post(client, f"log/{talk.pk}/change/", **entry(offer_of(spoke, kent), minutes="50"))
    assert [each.minutes for each in talks(kent)] == [50]
    decided(talk, "approved")
    assert f"log/{talk.pk}/change/" not in text_of(client, "log/")
    post(client, f"log/{talk.pk}/change/", **entry(offer_of(spoke, kent), minutes="500"))
    assert "has been approved meanwhile" in text_of(client, "log/")
    post(client, f"log/{talk.pk}/take-out/")
    assert [(each.minutes, each.state) for each in talks(kent)] == [(50, "approved")]


def test_what_was_sent_back_says_why_and_waits_again_once_changed(
    spoke: Introduction, kent: Council, client: Client
) -> None:
    post(client, "log/add/", **entry(offer_of(spoke, kent)))
    (talk,) = talks(kent)
    decided(talk, "sent_back", "Two conversations on one day?")
    assert "Sent back: Two conversations on one day?" in text_of(client, "log/")
    post(client, f"log/{talk.pk}/change/", **entry(offer_of(spoke, kent), minutes="40"))
    (after,) = talks(kent)
    assert (after.state, after.decided_by, after.answer) == ("logged", None, "")


def test_what_was_written_by_mistake_is_taken_out(spoke: Introduction, kent: Council, client: Client) -> None:
    post(client, "log/add/", **entry(offer_of(spoke, kent)))
    (talk,) = talks(kent)
    assert client.get(f"/ambassadors/log/{talk.pk}/take-out/").status_code == 405
    post(client, f"log/{talk.pk}/take-out/")
    assert talks(kent) == []
    with as_council(kent):
        verbs = Event.objects.filter(verb__startswith="talk.").values_list("verb", flat=True)
        assert sorted(verbs) == ["talk.logged", "talk.taken_back"]


def test_what_is_older_than_a_year_is_offered_no_more(spoke: Introduction, kent: Council, client: Client) -> None:
    with as_council(kent):
        Offer.objects.filter(pair_id=spoke.pair_id).update(accepted_at=hub_now() - timedelta(days=400))
    assert client.get("/ambassadors/log/add/").status_code == 302
