"""What stands behind an ambassador's door: their own rows, in no scope of a council, and never in a cache."""

from hashlib import sha256
from uuid import UUID, uuid4

import pytest
from django.conf import LazySettings
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from ambassadors import joining, offerings
from ambassadors.introduction_states import State
from ambassadors.me import Me
from ambassadors.models import Ambassador, Offer
from ambassadors.own import own_pass
from ambassadors.own.access import View, behind_own_door, own_row
from ambassadors.own.own_pass import Pass
from councils.models import Council
from councils.tenancy import NoScope, as_ambassador, as_council, current_scope
from enquiries.models import Enquiry
from tests import factories
from tests.ambassadors.own_pages import as_ambassador_client, me, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna(kent: Council) -> Ambassador:
    return factories.ambassador(kent)


def offer_of(ambassador: Ambassador) -> UUID:
    factories.introduction(factories.enquiry(ambassador.council), ambassador, State.OFFERED)
    with as_council(ambassador.council_id):
        return Offer.objects.get(ambassador=ambassador).pk


def opened(view: View, ambassador: Ambassador) -> HttpResponse:
    client: Client = as_ambassador_client(ambassador)
    request = RequestFactory().get("/ambassadors/")
    request.COOKIES[own_pass.cookie_name()] = client.cookies[own_pass.cookie_name()].value
    return behind_own_door(view)(request)


def test_no_scope_is_open_inside_a_page(anna: Ambassador) -> None:
    seen: list[object] = []

    def view(request: HttpRequest, mine: Me) -> HttpResponse:
        seen.extend([mine.id, current_scope()])
        with pytest.raises(NoScope):
            list(Enquiry.objects.all())
        return HttpResponse("here")

    answer = opened(view, anna)
    assert (answer.status_code, seen) == (200, [anna.pk, None])
    assert "no-store" in answer["Cache-Control"]


def test_a_page_hands_the_pass_on_for_another_hour(anna: Ambassador) -> None:
    answer = opened(lambda *_: HttpResponse("here"), anna)
    cookie = answer.cookies[own_pass.cookie_name()]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert not cookie["max-age"]


def test_over_tls_the_pass_is_bound_to_the_host(settings: LazySettings) -> None:
    settings.SECURE = True
    answer = HttpResponse()
    own_pass.hand_out(answer, Pass(token="x"))  # opens nothing
    cookie = answer.cookies["__Host-ambassador"]
    assert cookie["secure"]
    assert cookie["path"] == "/"
    assert not cookie["domain"]


def test_a_refusal_is_a_sentence_on_the_first_page(anna: Ambassador) -> None:
    client = as_ambassador_client(anna)
    client.post("/ambassadors/join/", {"version": "1999-01", "agreed": "on"})
    assert "Hello Anna" in text_of(client)
    with as_council(anna.council_id):
        Ambassador.objects.filter(pk=anna.pk).update(state="invited", joined_at=None)
    answer = client.post("/ambassadors/join/", {"version": "1999-01", "agreed": "on"}, follow=True)
    assert "The text has changed. Please read it again." in answer.content.decode()


def test_own_rows_are_there_and_others_answer_as_if_there_were_none(anna: Ambassador, kent: Council) -> None:
    bea = factories.ambassador(kent, first_name="Bea")
    own, hers = offer_of(anna), offer_of(bea)
    assert own_row(Offer, own, me=me(anna)).pk == own
    for key in (hers, uuid4()):
        with pytest.raises(Http404):
            own_row(Offer, key, me=me(anna))


def test_a_conversation_of_somebody_else_answers_like_none(anna: Ambassador, hampshire: Council) -> None:
    dee = factories.ambassador(hampshire, first_name="Dee")
    client = as_ambassador_client(anna)
    answers = [client.get(f"/ambassadors/conversation/{key}/") for key in (offer_of(dee), uuid4())]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content


def test_a_forged_or_worn_out_pass_opens_nothing(anna: Ambassador) -> None:
    client = as_ambassador_client(anna)
    value = client.cookies[own_pass.cookie_name()].value
    for forged in ("", "x", value[:-2] + ("aa" if value[-2:] != "aa" else "bb"), value.replace(":", "", 1)):
        client.cookies[own_pass.cookie_name()] = forged
        assert "Hello Anna" not in text_of(client)


def test_an_ambassador_reads_their_own_row_alone(anna: Ambassador, kent: Council) -> None:
    factories.ambassador(kent, first_name="Bea")
    with as_ambassador(anna.pk):
        assert list(Ambassador.objects.values_list("pk", flat=True)) == [anna.pk]


def test_what_was_agreed_to_stays_as_it_was() -> None:
    """A wording that has landed is never changed: add one under a later version, and its line here."""
    statements = {version: [*sum(told.points, ()), told.agreed] for version, told in joining.STATEMENTS.items()}
    asked = {
        version: [*told.explanation, *(f"{key.value}: {box}" for key, box in sorted(told.boxes.items()))]
        for version, told in offerings.WORDINGS.items()
    }
    assert {version: _print(texts) for version, texts in statements.items()} == {"2026-11": 108332610}
    assert {version: _print(texts) for version, texts in asked.items()} == {"2026-11": 658790256}


def _print(texts: list[str]) -> int:
    """A number: the scan for committed secrets takes letters and digits for a key."""
    return int(sha256("\n".join(texts).encode()).hexdigest()[:16], 16) % 10**9
