"""Where somebody came from, as an address and the page before tell it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enquiries import came as pure
from enquiries.came import Came, Code, Said, cleaned, unsaid
from enquiries.came_states import CameBy, Source
from enquiries.came_words import in_words
from enquiries.drafts import Progress
from enquiries.models import Touch
from enquiries.states import Channel

OWN = "enquiries.example.org"


def said(query: dict[str, str], referrer: str = "") -> Said:
    return pure.said(query, referrer, own=OWN, is_council=lambda host: host == "www.kentfostering.co.uk")


def source(query: dict[str, str], referrer: str = "") -> Source:
    return pure.came(said(query, referrer), code=None).source


@pytest.mark.parametrize(
    ("referrer", "kind"),
    [
        ("https://www.google.co.uk/", CameBy.SEARCH),
        ("https://www.bing.com/search?q=jo+blogs", CameBy.SEARCH),
        ("android-app://com.google.android.gm/", CameBy.MAIL),
        ("https://mail.google.com/", CameBy.MAIL),
        ("https://m.facebook.com/", CameBy.SOCIAL),
        ("https://t.co/abc", CameBy.SOCIAL),
        ("https://www.kentfostering.co.uk/enquire", CameBy.COUNCIL),
        ("https://www.hants.gov.uk/fostering", CameBy.COUNCIL),
        ("https://church.example/", CameBy.ELSEWHERE),
        ("https://notgoogle.com.example/", CameBy.ELSEWHERE),
        (f"https://{OWN}/councils/", CameBy.OWN),
        ("", None),
        ("http://[broken", None),
    ],
)
def test_the_page_before_ours_is_a_class(referrer: str, kind: CameBy | None) -> None:
    assert said({}, referrer).referrer == kind


@pytest.mark.parametrize(
    ("query", "referrer", "expected"),
    [
        ({}, "", Source.DIRECT),
        ({}, f"https://{OWN}/", Source.DIRECT),
        ({}, "https://www.google.com/", Source.SEARCH),
        ({"gclid": "x"}, "https://www.google.com/", Source.SEARCH_PAID),
        ({"utm_source": "Facebook", "utm_medium": "paid_social"}, "", Source.SOCIAL_PAID),
        ({"utm_source": "ig", "utm_medium": "cpc"}, "", Source.SOCIAL_PAID),
        ({"utm_source": "facebook"}, "", Source.SOCIAL),
        ({"fbclid": "x"}, "", Source.SOCIAL),
        ({"utm_medium": "email", "utm_source": "november"}, "https://mail.google.com/", Source.EMAIL),
        ({"utm_medium": "poster"}, "", Source.PRINT),
        ({"utm_source": "something new"}, "", Source.UNKNOWN),
        ({"by": "search"}, f"https://{OWN}/councils/", Source.SEARCH),
        ({"by": "search"}, "https://www.facebook.com/", Source.SOCIAL),
        ({"by": "anything"}, "", Source.DIRECT),
    ],
)
def test_the_source_is_what_is_surest(query: dict[str, str], referrer: str, expected: Source) -> None:
    assert source(query, referrer) == expected


def test_a_code_of_ours_says_more_than_everything_else() -> None:
    told = pure.came(said({"c": "TEENS", "utm_source": "facebook"}), code=Code(Source.RADIO_TV, "Spot at noon"))
    assert (told.source, told.code, told.detail) == (Source.RADIO_TV, "teens", "facebook")


def test_a_code_tells_by_its_label_which_poster_it_was() -> None:
    told = pure.came(said({"c": "teens"}), code=Code(Source.PRINT, "Posters in surgeries"))
    assert in_words([Touch(**vars(told))]) == "Posters, leaflets, newspapers: Posters in surgeries (teens)"


def test_a_code_that_is_none_of_ours_is_dropped() -> None:
    assert pure.came(said({"c": "teens"}), code=None).code == ""


@pytest.mark.parametrize(
    "personal",
    [
        "erin@example.org",
        "erin%40example.org",
        "07700 900123",
        "call 07700-900-123",
        "485 777 3456",
        "ME14 1XX",
        "me141xx",
    ],
)
def test_what_may_be_personal_is_dropped_whole(personal: str) -> None:
    assert cleaned(personal) == ""


def test_a_day_and_a_name_of_a_campaign_are_kept() -> None:
    assert cleaned("Spring_20261122 <b>Teens</b>") == "spring 20261122 b teens b".replace("spring ", "spring_")


@given(st.text(max_size=200))
def test_whatever_a_stranger_writes_is_short_and_plain(text: str) -> None:
    told = cleaned(text)
    assert len(told) <= 60
    assert set(told) <= set("abcdefghijklmnopqrstuvwxyz0123456789 ._-")
    assert cleaned(told) in (told, "")


def test_what_is_carried_on_says_the_same_on_the_next_page() -> None:
    first = said({"c": "teens", "utm_campaign": "Autumn", "gclid": "secret"}, "https://www.google.com/")
    assert first.query() == "?c=teens&utm_source=google&utm_medium=cpc&utm_campaign=autumn&by=search"
    again = dict(pair.split("=") for pair in first.query()[1:].split("&"))
    assert said(again, f"https://{OWN}/") == first


def test_a_form_keeps_the_first_that_tells_something() -> None:
    progress, poster = Progress(), Came(source=Source.PRINT, code="teens")
    for told in (unsaid(Channel.WEB), poster, Came(source=Source.SEARCH, referrer="search")):
        progress.note(told)
    assert progress.came == poster
