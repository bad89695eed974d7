"""Where somebody came from goes along with their form, without a cookie before it, and with their case."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from councils.access import access_of
from councils.holdings import held_by_case, told_by_case
from councils.models import Council
from councils.tenancy import across, as_council
from councils.working_time import LONDON
from enquiries.actions import prepare, submit
from enquiries.actions.merging import merge, undo_merge
from enquiries.answers import Preparation
from enquiries.came import Came
from enquiries.came_states import Source
from enquiries.came_words import came_words, in_words
from enquiries.models import Draft, Enquiry, Touch
from enquiries.states import Channel, HeardFrom
from tests import factories
from tests.conftest import Cast
from tests.enquiries.conftest import Visitor
from tests.enquiries.handing import passed_on


@pytest.fixture
def later(move_clock: Callable[[datetime], None]) -> Callable[[], None]:
    """Another hour has come: a test is one transaction, and so one time."""
    hours = iter(range(10, 20))

    def go_on() -> None:
        move_clock(datetime(2026, 11, 20, next(hours), tzinfo=LONDON))

    go_on()
    return go_on


def touches(case: Enquiry) -> list[Touch]:
    with as_council(case.council_id):
        return list(Touch.objects.filter(enquiry=case).order_by("at"))


def only_touch() -> Touch:
    with across(Council.objects.all(), reason="look at what a test made"):
        return Touch.objects.get()


def test_three_pages_later_the_form_still_knows_and_no_cookie_was_set_before_it(visitor: Visitor) -> None:
    client = visitor.client
    home = client.get("/?utm_source=facebook&utm_medium=cpc", headers={"Referer": "https://l.facebook.com/"})
    councils = "/councils/?utm_source=facebook&amp;utm_medium=cpc&amp;by=social"
    assert f'href="{councils}"' in home.content.decode()
    council = client.get(councils.replace("&amp;", "&"), headers={"Referer": "http://testserver/"})
    kent = "/councils/kent/?utm_source=facebook&amp;utm_medium=cpc&amp;by=social"
    assert f'href="{kent}"' in council.content.decode()
    page = client.get(kent.replace("&amp;", "&"), headers={"Referer": "http://testserver/councils/"})
    action = "/enquire/postcode/?utm_source=facebook&amp;utm_medium=cpc&amp;by=social"
    assert f'action="{action}"' in page.content.decode()
    assert not set(client.cookies) - {"csrftoken", "__Host-csrftoken"}
    client.post(action.replace("&amp;", "&"), {"postcode": "nonsense", "start": "new"})
    client.post(action.replace("&amp;", "&"), {"postcode": "SO23 8UJ"})
    visitor.fill_in()
    visitor.submit()
    touch = only_touch()
    assert (touch.source, touch.detail, touch.medium, touch.referrer) == ("social_paid", "facebook", "cpc", "social")
    assert touch.channel == Channel.WEB


def test_the_start_of_the_form_keeps_what_its_address_says(visitor: Visitor) -> None:
    answer = visitor.client.get("/enquire/?utm_medium=poster")
    assert answer["Location"] == "/enquire/postcode/?utm_medium=poster"


def test_a_page_that_another_website_leads_to_costs_one_statement_more(
    visitor: Visitor, django_assert_max_num_queries: Any
) -> None:
    visitor.open("postcode")
    for referrer, asked in (("https://church.example/", 1), ("https://www.google.com/", 0)):
        with django_assert_max_num_queries(20) as caught:
            page = visitor.client.get("/", headers={"Referer": referrer})
        assert "?by=" in page.content.decode()
        assert len([query for query in caught.captured_queries if '"website"' in query["sql"][:60]]) == asked


def test_the_final_page_costs_one_statement_more_than_without(
    visitor: Visitor, django_assert_max_num_queries: Any
) -> None:
    visitor.fill_in()
    with django_assert_max_num_queries(200) as caught:
        visitor.submit()
    about = [query["sql"] for query in caught.captured_queries if "enquiries_touch" in query["sql"]]
    assert len(about) == 1
    assert about[0].startswith("INSERT")


def test_a_draft_of_an_older_version_opens(db: None) -> None:
    from enquiries import drafts  # noqa: PLC0415

    token = drafts.new_token()
    with drafts.changed(token) as progress:
        progress.note(Came(source=Source.PRINT, code="teens"))
    kept = drafts.read(token)
    assert kept and kept.came == Came(source=Source.PRINT, code="teens")
    assert "teens" not in str(bytes(Draft.objects.get().ciphertext))


def test_what_they_say_counts_where_the_address_told_nothing(kent: Council) -> None:
    case = factories.enquiry(kent, token="first")
    for heard in (HeardFrom.OTHER, HeardFrom.RADIO_TV):
        prepare("first", Preparation(heard_from=heard))
    assert [touch.source for touch in touches(case)] == [Source.RADIO_TV]


def test_what_they_say_does_not_replace_what_the_address_told(kent: Council) -> None:
    submit(factories.answers(kent), token="poster", channel=Channel.WEB, came=Came(source=Source.PRINT, code="teens"))
    prepare("poster", Preparation(heard_from=HeardFrom.FRIEND))
    assert only_touch().source == Source.PRINT


def test_the_same_form_sent_again_is_no_second_coming_and_another_form_is(
    kent: Council, later: Callable[[], None]
) -> None:
    case = factories.enquiry(kent, token="one", email="erin@example.org")
    submit(factories.answers(kent, message="More"), token="one", channel=Channel.WEB)
    assert len(touches(case)) == 1
    later()
    submit(factories.answers(kent), token="two", channel=Channel.WEB, came=Came(source=Source.EMAIL, detail="news"))
    assert [touch.source for touch in touches(case)] == [Source.DIRECT, Source.EMAIL]
    with as_council(kent):
        assert came_words(case) == "Came by themselves, first; email: news, last"


def test_a_form_that_had_joined_takes_its_coming_into_the_case_of_its_own(
    kent: Council, later: Callable[[], None]
) -> None:
    case = factories.enquiry(kent, token="one", email="erin@example.org")
    later()
    submit(factories.answers(kent), token="two", channel=Channel.WEB, came=Came(source=Source.PRINT))
    receipt = submit(factories.answers(kent, email="jo@example.org"), token="two", channel=Channel.WEB)
    with as_council(kent):
        own = Enquiry.objects.get(pk=receipt.enquiry_id)
    assert own != case
    assert [(touch.source, touch.journey_id) for touch in touches(own)] == [(Source.PRINT, own.journey_id)]


def test_a_handover_carries_the_first_and_the_last_touch(kent: Council, hampshire: Council, cast: Cast) -> None:
    case = factories.enquiry(kent)
    new = passed_on(case, hampshire, cast.kate, cast.hal)
    assert [(touch.source, touch.at) for touch in touches(new)] == [(each.source, each.at) for each in touches(case)]
    assert {touch.journey_id for touch in touches(new)} == {case.journey_id}


def test_a_merge_moves_touches_and_separation_puts_them_back(kent: Council, cast: Cast) -> None:
    kept, merged = factories.enquiry(kent), factories.enquiry(kent)
    row = merge(kept=kept, merged=merged, by=access_of(cast.mina))
    assert len(touches(kept)) == 2
    assert {touch.journey_id for touch in touches(kept)} == {kept.journey_id}
    undo_merge(row, by=access_of(cast.mina))
    assert [touch.journey_id for touch in touches(merged)] == [merged.journey_id]
    assert len(touches(kept)) == 1


def test_staff_read_how_somebody_came_on_the_case(
    kent: Council, cast: Cast, as_user: Any, later: Callable[[], None]
) -> None:
    case = factories.enquiry(kent, token="one", email="erin@example.org")
    later()
    submit(
        factories.answers(kent),
        token="two",
        channel=Channel.WEB,
        came=Came(source=Source.SOCIAL_PAID, detail="facebook", code="teens"),
    )
    page = as_user(cast.kate).get(f"/staff/enquiries/enquiry/{case.pk}/change/")
    assert "Came by themselves, first; social media, paid: facebook (teens), last" in page.content.decode()


def test_whoever_came_once_is_told_of_once() -> None:
    touch = Touch(source=Source.SEARCH, campaign="autumn")
    assert in_words([touch]) == in_words([touch, touch]) == "Search, unpaid (autumn)"
    assert in_words([]) == ""


def test_another_council_reads_nothing_of_it(kent: Council, hampshire: Council) -> None:
    factories.enquiry(kent)
    with as_council(hampshire):
        assert not Touch.objects.exists()


def test_how_somebody_came_stays_for_the_figures_when_their_case_is_erased() -> None:
    assert Touch not in {model for model, _ in held_by_case()}
    assert Touch in {model for model, _ in told_by_case()}
