"""What the form refuses: clearly, at once, and leaving nothing behind."""

from urllib.parse import quote

import pytest
from django.test import Client
from pytest_django import Settings

from councils.models import Council, Hub
from councils.rate_limits import valkey
from councils.tenancy import across
from enquiries.models import Draft, Enquiry
from enquiries.suspicion import FILLED_TRAP, LINKS_IN_MESSAGE, TOO_FAST
from tests.enquiries.conftest import Visitor, some_network

URLENCODED = "application/x-www-form-urlencoded"


def post_raw(client: Client, page: str, body: bytes, content_type: str = URLENCODED) -> int:
    return client.post(f"/enquire/{page}/", body, content_type=content_type).status_code


@pytest.mark.parametrize(
    "name",
    [
        "Jo\r\nBcc: everybody@example.org",
        "Jo\nSmith",
        "Jo\r",
        "Jo\x00",
        "\u202egnimoc\u202c",
        "Jo\u2066Smith",
        "J" * 101,
        "\x1b[31mJo",
        "12345",
        "   ",
    ],
)
def test_a_name_that_could_do_harm_is_refused_and_not_kept(visitor: Visitor, name: str) -> None:
    visitor.fill_in(until="details")
    before = bytes(Draft.objects.get().ciphertext)
    answer = visitor.client.post("/enquire/details/", f"name={quote(name)}&email=jo%40example.org", URLENCODED)
    assert answer.status_code in {400, 422}
    assert bytes(Draft.objects.get().ciphertext) == before


@pytest.mark.parametrize("page", ["postcode", "reason", "details", "contact", "more", "council", "check"])
@pytest.mark.parametrize(
    "value", ["%00", "%ff%fe", "%ed%a0%80", "%e2%80%ae", "x" * 5000, "%0d%0aSet-Cookie:%20a=b", "{{7*7}}"]
)
def test_no_input_breaks_a_page(visitor: Visitor, page: str, value: str) -> None:
    visitor.fill_in(until="more")
    for field in (
        "postcode",
        "reason",
        "name",
        "email",
        "phone",
        "way",
        "times",
        "language",
        "message",
        "council",
        "notice",
    ):
        assert 300 <= post_raw(visitor.client, page, f"{field}={value}".encode()) < 500


@pytest.mark.parametrize(
    "body",
    [b"postcode=%00", b"postcode=%FF%FE", b"postcode=\xff", b"postcode=SO23%208UJ&x=%C3%28", b"\x00"],
    ids=["nul", "broken utf-8", "raw byte", "broken utf-8 elsewhere", "raw nul"],
)
def test_broken_text_answers_400_and_keeps_nothing(visitor: Visitor, body: bytes) -> None:
    assert post_raw(visitor.client, "postcode", body) in {400, 422}
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    "content_type", [URLENCODED, "multipart/form-data; boundary=x", "application/json", "text/plain"]
)
def test_ten_megabytes_are_refused(visitor: Visitor, content_type: str) -> None:
    assert 400 <= post_raw(visitor.client, "postcode", b"postcode=" + b"a" * 10_000_000, content_type) < 500
    assert not Draft.objects.exists()


def test_a_thousand_fields_are_refused(visitor: Visitor) -> None:
    body = "&".join(f"field{number}=x" for number in range(1000)) + "&postcode=SO23+8UJ"
    assert post_raw(visitor.client, "postcode", body.encode()) == 400
    assert not Draft.objects.exists()


def test_a_field_sent_many_times_is_one_answer(visitor: Visitor) -> None:
    assert post_raw(visitor.client, "postcode", b"postcode=x&" * 50 + b"postcode=SO23+8UJ") == 302
    assert visitor.open("postcode").context["form"].initial["postcode"] == "SO23 8UJ"


def test_a_file_is_no_answer(visitor: Visitor) -> None:
    part = b'--x\r\nContent-Disposition: form-data; name="postcode"; filename="a"\r\n\r\nSO23 8UJ\r\n--x--\r\n'
    assert 400 <= post_raw(visitor.client, "postcode", part, "multipart/form-data; boundary=x") < 500


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(visitor: Visitor, method: str) -> None:
    assert getattr(visitor.client, method)("/enquire/postcode/").status_code == 405


@pytest.mark.parametrize("page", ["finish"])
def test_no_get_clears_anything(visitor: Visitor, page: str) -> None:
    visitor.fill_in()
    assert visitor.open(page).status_code == 405
    assert Draft.objects.exists()


def test_a_form_from_another_site_is_refused(lafse: Hub) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/enquire/postcode/", {"postcode": "SO23 8UJ"}).status_code == 403
    assert not Draft.objects.exists()


def only_case() -> Enquiry:
    with across(Council.objects.all(), reason="look at what a test made"):
        return Enquiry.objects.get()


def test_who_is_faster_than_a_person_waits_in_quarantine(visitor: Visitor) -> None:
    visitor.fill_in()
    assert visitor.submit().status_code == 302
    assert visitor.open("sent").status_code == 200
    assert (only_case().quarantined, only_case().suspicions) == (True, [TOO_FAST])
    assert only_case().promise_due_at


def test_a_filled_trap_and_links_are_suspicious_but_nothing_is_dropped(visitor: Visitor) -> None:
    visitor.fill_in(
        details={"name": "Jo", "email": "jo@example.org", "homepage": "https://spam.example"},
        contact={"way": "email"},
        more={"message": "http://a.example http://b.example"},
    )
    visitor.submit()
    assert {FILLED_TRAP, LINKS_IN_MESSAGE} <= set(only_case().suspicions)


def test_too_many_forms_get_a_page_to_read_with_a_number_to_call(visitor: Visitor, settings: Settings) -> None:
    settings.POSTS_PER_NETWORK = 3
    statuses = [visitor.send("postcode", postcode="SO23 8UJ").status_code for _ in range(3)]
    refused = visitor.send("postcode", postcode="SO23 8UJ")
    assert statuses == [302] * 3
    assert refused.status_code == 429
    assert "0300 131 2797" in refused.content.decode()
    assert refused["Retry-After"]


def test_reading_is_not_counted(visitor: Visitor, settings: Settings) -> None:
    settings.POSTS_PER_NETWORK = 0
    assert visitor.open("postcode").status_code == 200


def test_two_networks_are_counted_apart(visitor: Visitor, settings: Settings) -> None:
    settings.POSTS_PER_NETWORK = 1
    settings.TRUSTED_PROXIES = 1

    def status(address: str) -> int:
        here = {"x-forwarded-for": address}
        return visitor.client.post("/enquire/postcode/", {"postcode": "SO23 8UJ"}, headers=here).status_code

    one, other = some_network(), some_network()
    assert status(f"{one}.1") == 302
    assert status(f"{one}.250") == 429, "the same network"
    assert status(f"{other}.1") == 302
    assert status(f"203.0.113.9, {one}.7") == 429, "what a visitor claims does not count"


def test_without_valkey_everybody_is_let_in(visitor: Visitor, settings: Settings) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    valkey.cache_clear()
    assert visitor.send("postcode", postcode="SO23 8UJ").status_code == 302
    valkey.cache_clear()
