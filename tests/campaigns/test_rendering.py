"""An email to many, as it arrives."""

import re
import time
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from campaigns.actions.counting import count_links
from campaigns.content.blocks import Block, Kind, as_json
from campaigns.content.look import look_of
from campaigns.content.merging import MergeFault
from campaigns.content.rendering import Written, person, prepare
from campaigns.models import Campaign, Look, Mailing
from councils.clock import hub_now
from councils.models import Council
from councils.tenancy import across, as_council
from tests.campaigns.made_up import editor, gathering

CHOICES, STOP = "https://hub.example.org/news/choices/t0ken/", "https://hub.example.org/news/stop/t0ken/"
EXAMPLE = (
    Block(Kind.HEADING, text="Could you foster a teenager, {first_name|there}?"),
    Block(
        Kind.TEXT,
        text="Hello {first_name|there},\n\n## Why now\n\nWe **need** more people, says [our council](https://example.org/why).\n\n"
        "- a spare room\n- time\n\nRing {council} on {council_phone|the number below}.",
    ),
    Block(Kind.QUOTE, text="Best thing I ever did.", who="Anna, who fosters"),
    Block(Kind.BUTTON, text="Tell us about yourself", address="/enquire/"),
    Block(Kind.DIVIDER),
    Block(Kind.EVENTS, text="Come and meet us", many=2),
)


def mailing(council: Council, **given: Any) -> Mailing:
    by, today = editor(council), hub_now().date()
    campaign = Campaign.objects.create(council=council, name="Teens", starts_on=today, created_by=by)
    values: dict[str, Any] = {
        "name": "First",
        "subject": "Could you, {first_name|perhaps}?",
        "preheader": "A spare room is enough",
    }
    values |= {"blocks": as_json(EXAMPLE), "code": "teens", "created_by": by}
    return Mailing.objects.create(council=council, campaign=campaign, **(values | given))


def written(council: Council, first_name: str = "Erin", **given: Any) -> Written:
    with as_council(council):
        prepared = prepare(mailing(council, **given))
    return prepared.for_(person(first_name, council), choices_url=CHOICES, stop_url=STOP)


@pytest.fixture
def example(kent: Council) -> Written:
    gathering(kent, title="An evening in Maidstone")
    return written(kent)


def test_an_email_is_a_whole_page_that_fetches_nothing(example: Written) -> None:
    html = example.html
    assert '<html lang="en-GB"' in html
    assert len(re.findall("<h1", html)) == 1
    assert not re.findall(r"<(link|script|img|iframe|form)\b", html)
    assert "@import" not in html and "url(" not in html
    assert len(html.encode()) < 100_000
    assert html.index("<h1") < html.index("<h2"), "headings in order"


def test_styles_stand_in_the_elements_and_dark_screens_keep_theirs(example: Written) -> None:
    assert re.search(r'<h1 style="[^"]*font-size: ?28px', example.html)
    assert "@media (prefers-color-scheme: dark)" in example.html


def test_the_text_says_all_that_the_page_says(example: Written) -> None:
    for words in ("Hello Erin,", "Why now", "a spare room", "Best thing I ever did.", "Tell us about yourself"):
        assert words in example.text
        assert words in example.html
    assert "our council (https://example.org/why)" in example.text
    assert "An evening in Maidstone" in example.text


def test_both_parts_say_how_to_stop_and_who_writes(kent: Council) -> None:
    look = look_of(kent)
    look.postal_address = "Sessions House, Maidstone ME14 1XQ"
    look.save()
    sent = written(kent)
    for part in (sent.text, sent.html):
        assert STOP in part and CHOICES in part
        assert "Sessions House, Maidstone ME14 1XQ" in part
        assert kent.service_name in part


def test_a_first_name_that_is_not_known_falls_back(kent: Council) -> None:
    sent = written(kent, first_name="")
    assert sent.subject == "Could you, perhaps?"
    assert "Hello there," in sent.text and "Hello there," in sent.html


@pytest.mark.parametrize("name", ["WIN £500 at evil.example", "<b>Erin</b>", "evil.example", "E" * 41])
def test_what_is_no_name_is_not_called_out(kent: Council, name: str) -> None:
    assert person(name, kent).first_name == ""


@pytest.mark.parametrize("name", ["Erin", "Zoë-Anne", "O’Brien", "Mary Ann", "Ng", "J. R.", "आरती", "Siân"])
def test_a_name_is_a_name(kent: Council, name: str) -> None:
    assert person(name, kent).first_name == name


def test_what_is_put_in_is_escaped(kent: Council) -> None:
    kent.fostering_service = "Kent <&> Sons"
    with as_council(kent):
        prepared = prepare(mailing(kent))
    sent = prepared.for_(person("Erin", kent), choices_url=CHOICES + "?a=1&b=2", stop_url=STOP)
    assert "Kent &lt;&amp;&gt; Sons" in sent.html
    assert "a=1&amp;b=2" in sent.html
    assert "Kent <&> Sons" in sent.text


def test_html_and_scripts_of_an_editor_stay_words(kent: Council) -> None:
    text = "<script>alert(1)</script> [x](javascript:alert(1)) ![p](https://x.example/p.png) <img src=x>"
    sent = written(kent, blocks=as_json([Block(Kind.TEXT, text=text)]))
    assert not re.findall(r"<(script|img)\b", sent.html)
    assert 'href="javascript' not in sent.html


def test_our_own_links_say_by_which_email_somebody_came(example: Written, settings: Any) -> None:
    assert f"{settings.BASE_URL}/enquire/?c=teens" in example.text
    assert "https://example.org/why?" not in example.text


def test_without_a_heading_the_subject_is_the_heading(kent: Council) -> None:
    sent = written(kent, blocks=as_json([Block(Kind.TEXT, text="Only words")]))
    assert re.search(r"<h1[^>]*>Could you, Erin\?</h1>", sent.html)


def test_another_councils_events_stay_out(kent: Council, hampshire: Council) -> None:
    gathering(hampshire, title="An evening in Winchester")
    sent = written(kent)
    assert "Winchester" not in sent.html
    assert "No events are planned at the moment." in sent.text


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("Hello {first_name},", "may be empty"),
        ("Hello {surname|there},", "not a field we know"),
        ("Hello {first_name|there", "without its partner"),
        ("{{ council }}", "without its partner"),
        ("{% load x %}", "not a field we know"),
    ],
)
def test_a_field_that_cannot_be_filled_is_told_in_words(kent: Council, typed: str, told: str) -> None:
    with pytest.raises(MergeFault, match=told):
        written(kent, blocks=as_json([Block(Kind.TEXT, text=typed)]))


def test_a_counted_link_is_an_address_of_ours_that_leads_there(kent: Council, client: Client) -> None:
    with as_council(kent):
        made = mailing(kent)
        assert count_links(made, prepare(made).links, by=None) == 2
        assert count_links(made, prepare(made).links, by=None) == 0, "safe to do twice"
        sent = prepare(made).for_(person("Erin", kent), choices_url=CHOICES, stop_url=STOP)
    counted = re.findall(r'href="(https?://[^"]*/c/[^"]+/)"', sent.html)
    assert len(counted) == 2
    assert client.get(urlsplit(counted[0]).path)["Location"] == "https://example.org/why"
    assert "/c/" not in sent.text, "people read the text"


@pytest.mark.parametrize("of", ["council", "mailing"])
def test_a_council_that_counts_no_clicks_has_no_such_links(kent: Council, of: str) -> None:
    Look.objects.update_or_create(council=kent, defaults={"clicks": of != "council"})
    with as_council(kent):
        made = mailing(kent, counts_clicks=of != "mailing")
        assert count_links(made, prepare(made).links, by=None) == 0


def test_a_copy_costs_microseconds(kent: Council) -> None:
    """Measured at 15 to 30; bounded generously for a machine that does other things."""
    with as_council(kent):
        made = prepare(mailing(kent))
    reader, since = person("Erin", kent), time.perf_counter()
    for _ in range(500):
        made.for_(reader, choices_url=CHOICES, stop_url=STOP)
    assert (time.perf_counter() - since) / 500 < 0.001


def test_the_hubs_email_lists_the_events_of_all_its_councils(
    kent: Council, hampshire: Council, office: Council
) -> None:
    gathering(kent, title="An evening in Maidstone")
    gathering(hampshire, title="An evening in Winchester")
    gathering(hampshire, title="For those who applied", is_listed=False)
    with across([kent.pk, hampshire.pk, office.pk], reason="send an email to many"):
        made = prepare(mailing(office))
    sent = made.for_(person("Erin", kent), choices_url=CHOICES, stop_url=STOP)
    assert "Maidstone" in sent.text and "Winchester" in sent.text
    assert "For those who applied" not in sent.text
    assert "Ring Kent Fostering on" in sent.text, "their own council, not the sender"
