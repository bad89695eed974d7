"""Short addresses and links of emails: counted without a name, and never an open redirect."""

from uuid import uuid4

import pytest
from django.test import Client, RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from campaigns.actions import codes
from campaigns.actions.campaigns import Planned, begin
from campaigns.actions.codes import Wanted
from campaigns.came.signing import LinkNamed, address_of, sign, unsign
from campaigns.models import Campaign, Click, Code, Link, Mailing
from councils.access import access_of
from councils.clock import hub_now
from councils.models import Council
from councils.tenancy import across, as_council
from enquiries.came_states import Source
from enquiries.coming import came_in
from enquiries.models import Touch
from enquiries.privacy import CURRENT
from tests.campaigns import spending
from tests.conftest import Cast
from tests.enquiries.conftest import PAGES, Visitor, some_network

ELSEWHERE = "https://www.example.org/stories?of=fostering"


@pytest.fixture
def campaign(kent: Council, cast: Cast) -> Campaign:
    return begin(kent, Planned(name="Teenagers", starts_on=hub_now().date()), by=access_of(cast.mina))


@pytest.fixture
def code(campaign: Campaign, cast: Cast) -> Code:
    wanted = Wanted(word="teens", source=Source.RADIO_TV, path="/councils/kent/")
    return codes.make(campaign, wanted, by=access_of(cast.mina))


@pytest.fixture
def link(campaign: Campaign, kent: Council, cast: Cast) -> Link:
    with as_council(kent):
        mailing = Mailing.objects.create(
            council=kent, campaign=campaign, name="News", subject="News", created_by=cast.mina, code="teens"
        )
        return Link.objects.create(council=kent, mailing=mailing, position=1, url=ELSEWHERE)


@pytest.fixture
def browser() -> Client:
    return Client(REMOTE_ADDR=f"{some_network()}.1")


@pytest.fixture
def visitor(browser: Client) -> Visitor:
    return Visitor(browser)


def clicks() -> int:
    with across(Council.objects.all(), reason="look at what a test made"):
        return Click.objects.count()


def signed(link: Link) -> str:
    return sign(link.council_id, link.mailing_id, link.position)


@pytest.mark.parametrize("typed", ["/go/teens/", "/go/teens", "/GO/TEENS", "/Go/Teens/"])
def test_a_short_address_leads_to_its_page_with_its_word(code: Code, browser: Client, typed: str) -> None:
    answer = browser.get(typed)
    assert (answer.status_code, answer["Location"]) == (302, "/councils/kent/?c=teens")
    assert clicks() == 1
    assert not browser.cookies


@pytest.mark.parametrize("typed", ["/go/nothing/", "/go/https:", "/go/teensandmore"])
def test_an_unknown_word_leads_to_the_start_page_uncounted(code: Code, browser: Client, typed: str) -> None:
    answer = browser.get(typed)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert clicks() == 0


def test_more_than_one_word_is_no_short_address(code: Code, browser: Client) -> None:
    assert browser.get("/go/%2F%2Felsewhere.example/").status_code == 404


def test_an_ended_code_leads_to_the_start_page_uncounted(code: Code, cast: Cast, browser: Client) -> None:
    codes.end(code, by=access_of(cast.mina))
    assert browser.get("/go/teens")["Location"] == "/"
    assert clicks() == 0


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Purpose": "prefetch;prerender"},
        {"Purpose": "prefetch"},
        {"User-Agent": "Mozilla/5.0 (compatible; bingbot/2.0)"},
    ],
)
def test_what_is_fetched_before_anybody_looked_is_led_on_uncounted(
    code: Code, browser: Client, headers: dict[str, str]
) -> None:
    assert browser.get("/go/teens", headers=headers).status_code == 302
    assert browser.head("/go/teens").status_code == 302
    assert clicks() == 0


def test_a_code_that_was_led_elsewhere_behind_our_back_leads_home(code: Code, browser: Client) -> None:
    for path in ("//elsewhere.example/", "https://elsewhere.example/"):
        Code.objects.update(path=path)
        assert browser.get("/go/teens")["Location"] == "/"


def test_whoever_came_by_a_poster_is_known_to_have_when_they_enquire(code: Code, visitor: Visitor) -> None:
    there = visitor.client.get("/go/TEENS", follow=True).content.decode()
    assert 'action="/enquire/postcode/?c=teens"' in there
    visitor.client.post("/enquire/postcode/?c=teens", PAGES["postcode"])
    visitor.fill_in()
    visitor.send("check", notice=CURRENT)
    with across(Council.objects.all(), reason="look at what a test made"):
        touch = Touch.objects.get()
    assert (touch.source, touch.code) == (Source.RADIO_TV, "teens")


def test_a_word_that_is_no_code_reaches_no_figure(visitor: Visitor, kent: Council) -> None:
    visitor.client.post("/enquire/postcode/?c=somethingrude", PAGES["postcode"])
    visitor.fill_in()
    visitor.submit()
    with across(Council.objects.all(), reason="look at what a test made"):
        assert Touch.objects.get().code == ""


def test_a_link_of_an_email_leads_where_the_email_says_and_is_counted(link: Link, browser: Client) -> None:
    answer = browser.get(f"/c/{signed(link)}/?next=https://evil.example/")
    assert (answer.status_code, answer["Location"]) == (302, ELSEWHERE)
    with as_council(link.council_id):
        click = Click.objects.get()
    assert (click.mailing_key, click.position, click.code) == (link.mailing_id, 1, "teens")
    assert address_of(link.council_id, link.mailing_id, 1).endswith(f"/c/{signed(link)}/")


def test_where_clicks_are_not_counted_the_link_leads_on_all_the_same(link: Link, browser: Client) -> None:
    with as_council(link.council_id):
        Mailing.objects.update(counts_clicks=False)
    assert browser.get(f"/c/{signed(link)}/")["Location"] == ELSEWHERE
    assert clicks() == 0


def test_a_wrong_signature_and_a_link_that_is_none_answer_alike(
    link: Link, hampshire: Council, browser: Client
) -> None:
    good = signed(link)
    wrong = [
        good[:-1] + ("0" if good[-1] != "0" else "1"),
        ("A" if good[0] != "A" else "B") + good[1:],
        sign(hampshire.pk, link.mailing_id, 1),
        sign(link.council_id, link.mailing_id, 2),
        sign(link.council_id, uuid4(), 1),
        "https:evil.example",
        good.upper(),
    ]
    assert {browser.get(f"/c/{each}/").status_code for each in wrong} == {404}
    assert clicks() == 0


def test_only_pages_of_the_web_are_led_to(link: Link, browser: Client) -> None:
    with as_council(link.council_id):
        Link.objects.update(url="javascript:alert(1)")
    assert browser.get(f"/c/{signed(link)}/").status_code == 404


def test_a_click_writes_into_the_council_of_the_code_alone(code: Code, hampshire: Council, browser: Client) -> None:
    browser.get("/go/teens")
    with as_council(hampshire):
        assert not Click.objects.exists()


@given(st.text(max_size=80))
def test_no_text_that_we_did_not_sign_names_a_link(text: str) -> None:
    assert unsign(text) is None


def test_what_was_signed_is_read_again() -> None:
    key = uuid4()
    assert unsign(sign(7, key, 300)) == LinkNamed(7, key, 300)


@pytest.mark.parametrize(
    ("address", "code", "source"),
    [
        ("?utm_campaign=Teens&utm_medium=cpc&utm_source=google", "teens", Source.SEARCH_PAID),
        ("?utm_campaign=teens", "teens", Source.PRINT),
        ("?utm_campaign=spring_2027", "spring-2027", Source.PRINT),
        ("?utm_campaign=other", "", Source.UNKNOWN),
        ("?c=spring-2027&utm_campaign=teens", "spring-2027", Source.PRINT),
    ],
)
def test_an_advert_that_names_a_code_as_its_campaign_counts_for_it(
    kent: Council, address: str, code: str, source: Source
) -> None:
    row = spending.campaign(kent, spending.editor(kent))
    for word in ("teens", "spring-2027"):
        spending.code(row, word)
    request = RequestFactory().get(f"/enquire/{address}")
    found = came_in(request)
    assert (found.code, found.source) == (code, source)
