"""The main path of the public form, and the turns that it may take."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from councils.models import Council
from councils.tenancy import across, as_council
from enquiries.models import Draft, Enquiry, Submission, Wish
from enquiries.privacy import CURRENT
from enquiries.states import FostersWith, Kind, RouteChoice, Slot, Way
from tests.enquiries.conftest import KENT, Visitor
from tests.enquiries.filling import FRIDAY, at_leisure, only_case, page_of

__all__ = ["at_leisure"]


def test_seven_pages_and_five_answers_lead_to_a_reference(
    visitor: Visitor, hampshire: Council, at_leisure: Callable[[], None]
) -> None:
    pages = ["postcode"]
    shortest: dict[str, dict[str, Any]] = {
        "postcode": {"postcode": "so238uj"},
        "reason": {"reason": "new"},
        "details": {"name": "Jo", "email": "jo@example.org"},
        "contact": {"way": "email"},
        "more": {},
    }
    while pages[-1] in shortest:
        assert visitor.open(pages[-1]).status_code == 200
        pages.append(page_of(visitor.send(pages[-1], **shortest[pages[-1]])))
    at_leisure()
    pages.append(page_of(visitor.submit()))
    thanks = visitor.open("sent")
    assert pages == ["postcode", "reason", "details", "contact", "more", "check", "sent"]
    assert sum(len(answers) for answers in shortest.values()) == 5
    assert only_case().reference in thanks.content.decode()
    assert "will send you an email by 5pm on Monday 23 November" in thanks.content.decode()
    assert (only_case().council, only_case().quarantined) == (hampshire, False)


def test_everything_that_was_answered_reaches_the_case(visitor: Visitor, at_leisure: Callable[[], None]) -> None:
    visitor.fill_in(
        contact={
            "way": "call",
            "times": ["weekday_evening", "saturday"],
            "mentions": ["voicemail", "text"],
            "support": ["interpreter", "bsl"],
            "language": "Polish",
            "needs_interpreter": "on",
        },
        more={"message": "Two\r\nlines", "news": ["email"]},
    )
    at_leisure()
    visitor.submit()
    case = only_case()
    assert (case.name, case.email, case.phone) == ("Erin Example", "erin@example.org", "+447700900123")
    assert (case.way, case.times) == (Way.CALL, [Slot.WEEKDAY_EVENING, Slot.SATURDAY])
    assert (case.voicemail_ok, case.text_ok, case.uses_bsl, case.uses_text_relay) == (True, True, True, False)
    assert (case.language, case.needs_interpreter) == ("Polish", True)
    assert (case.message, case.news_by_email, case.news_by_text) == ("Two\nlines", True, False)
    assert (case.postcode, case.route_choice, case.notice_version) == ("SO23 8UJ", RouteChoice.ROUTED, CURRENT)
    assert case.route_reason and case.route_release


def test_a_page_cannot_be_jumped_over(visitor: Visitor) -> None:
    visitor.send("postcode", postcode=KENT)
    assert page_of(visitor.open("more")) == "reason"
    assert page_of(visitor.open("check")) == "reason"
    assert page_of(visitor.send("more", message="x")) == "reason"
    assert page_of(visitor.client.get("/enquire/")) == "reason"


def test_back_never_loses_an_answer(visitor: Visitor) -> None:
    visitor.fill_in()
    assert 'value="Erin Example"' in visitor.open("details").content.decode()
    assert visitor.open("contact").context["form"].initial["times"] == ["weekday_evening"]
    assert visitor.open("more").context["form"].initial["message"] == "Hello"
    assert page_of(visitor.send("reason", reason="supported_lodgings")) == "check", "and what stands is not asked again"


@pytest.mark.parametrize(
    ("answers", "kind", "fosters_with", "name"),
    [
        ({"fosters_with": "agency", "agency_name": "An Agency"}, Kind.TRANSFER, FostersWith.AGENCY, "An Agency"),
        (
            {"fosters_with": "council", "council": "another", "council_name": "Leeds"},
            Kind.TRANSFER,
            FostersWith.COUNCIL,
            "Leeds",
        ),
        ({"fosters_with": "stopped", "agency_name": "left over"}, Kind.RETURNING, FostersWith.NOBODY, ""),
    ],
)
def test_who_fosters_already_is_a_transfer_or_returns(
    visitor: Visitor,
    at_leisure: Callable[[], None],
    answers: dict[str, str],
    kind: Kind,
    fosters_with: FostersWith,
    name: str,
) -> None:
    visitor.send("postcode", postcode=KENT)
    visitor.send("reason", reason="fosters")
    assert page_of(visitor.send("fostering", **answers)) == "details"
    visitor.fill_in(reason={"reason": "fosters"})
    at_leisure()
    visitor.submit()
    case = only_case()
    assert (case.kind, case.fosters_with, case.fosters_with_name) == (kind, fosters_with, name)


def test_who_fosters_for_one_of_our_councils_gets_its_contact_and_nothing_is_kept(visitor: Visitor) -> None:
    visitor.send("postcode", postcode=KENT)
    visitor.send("reason", reason="fosters")
    answer = visitor.send("fostering", fosters_with="council", council="kent")
    assert page_of(answer) == "your-council/kent"
    assert "03000 42 00 02" in visitor.client.get(answer.url).content.decode()
    assert not Draft.objects.exists()
    assert visitor.client.cookies["answers"].value == ""


def test_who_is_worried_about_a_child_is_shown_whom_to_call_and_nothing_is_kept(visitor: Visitor) -> None:
    visitor.send("postcode", postcode=KENT)
    answer = visitor.send("reason", reason="worried")
    page = visitor.client.get(answer.url).content.decode()
    assert "999" in page
    assert "Kent" in page
    assert not Draft.objects.exists()


@pytest.mark.parametrize("door", ["family", "private", "adoption"])
def test_other_doors_are_shown_and_the_answer_is_not_kept(visitor: Visitor, door: str) -> None:
    visitor.send("postcode", postcode=KENT)
    answer = visitor.send("reason", reason=door)
    assert page_of(answer) == f"right-door/{door}"
    assert visitor.client.get(answer.url).status_code == 200
    assert page_of(visitor.client.get("/enquire/")) == "reason"


def test_a_way_without_its_address_is_not_offered(visitor: Visitor) -> None:
    visitor.fill_in(until="contact", details={"name": "Jo", "email": "jo@example.org", "phone": ""})
    form = visitor.open("contact").context["form"]
    assert [value for value, _ in form.fields["way"].choices] == ["email", "video"]
    assert "mentions" not in form.fields
    assert visitor.send("contact", way="call").status_code == 422


def test_a_landline_is_not_sent_texts(visitor: Visitor) -> None:
    visitor.fill_in(until="contact", details={"name": "Jo", "phone": "0300 131 2797"})
    form = visitor.open("contact").context["form"]
    assert [value for value, _ in form.fields["way"].choices] == ["call", "video"]
    visitor.send("contact", way="call")
    assert "news" not in visitor.open("more").context["form"].fields


def test_one_of_email_and_phone_is_enough_and_none_is_refused(visitor: Visitor) -> None:
    visitor.fill_in(until="details")
    refused = visitor.send("details", name="Jo")
    assert refused.status_code == 422
    assert refused.context["form"].error_links()[0].target == "id_email"
    assert page_of(visitor.send("details", name="Jo", phone="07700 900123")) == "contact"


def test_news_is_unticked_and_apart(visitor: Visitor) -> None:
    visitor.fill_in(until="more")
    form = visitor.open("more").context["form"]
    assert [value for value, _ in form.fields["news"].choices] == ["email", "text"]
    assert "checked" not in visitor.open("more").content.decode()


def test_a_likely_slip_in_the_address_is_offered_and_taken(visitor: Visitor) -> None:
    visitor.fill_in(details={"name": "Jo", "email": "jo@gmial.com"}, contact={"way": "email"})
    assert "jo@gmail.com" in visitor.open("check").content.decode()
    visitor.send("check", use_email="yes")
    page = visitor.open("check").content.decode()
    assert "gmial" not in page
    assert "jo@gmail.com" in page


def test_the_same_form_sent_again_is_the_same_reference(
    visitor: Visitor, hampshire: Council, at_leisure: Callable[[], None]
) -> None:
    visitor.fill_in()
    at_leisure()
    visitor.submit()
    first = visitor.open("sent").context["sent"].reference
    visitor.submit()
    assert visitor.open("sent").context["sent"].reference == first
    with as_council(hampshire):
        assert (Enquiry.objects.count(), Submission.objects.count()) == (1, 1)


def test_changed_answers_are_added_to_the_same_enquiry(
    visitor: Visitor, hampshire: Council, at_leisure: Callable[[], None]
) -> None:
    visitor.fill_in()
    at_leisure()
    visitor.submit()
    visitor.send("more", message="Something else")
    visitor.submit()
    assert "changed answers" in visitor.open("sent").content.decode()
    with as_council(hampshire):
        assert (Enquiry.objects.count(), Submission.objects.count()) == (1, 2)


def test_the_home_page_starts_another_form_after_one_was_sent(visitor: Visitor, at_leisure: Callable[[], None]) -> None:
    visitor.fill_in()
    before = visitor.client.cookies["answers"].value
    at_leisure()
    visitor.submit()
    assert page_of(visitor.send("postcode", postcode=KENT, start="new")) == "reason"
    assert visitor.client.cookies["answers"].value != before
    assert page_of(visitor.open("sent")) == "reason"


def test_the_home_page_keeps_a_form_that_was_not_sent(visitor: Visitor) -> None:
    visitor.fill_in()
    assert page_of(visitor.send("postcode", postcode=KENT, start="new")) == "check"


def test_an_old_privacy_notice_is_shown_again(visitor: Visitor) -> None:
    visitor.fill_in()
    answer = visitor.send("check", notice="1999-01")
    assert answer.status_code == 422
    assert "privacy notice has changed" in answer.content.decode()


def test_help_us_prepare_is_added_to_the_same_enquiry(visitor: Visitor, at_leisure: Callable[[], None]) -> None:
    visitor.fill_in()
    at_leisure()
    visitor.submit()
    assert "Are you 21 or over?" in visitor.open("prepare").content.decode()
    answer = visitor.send(
        "prepare",
        of_age="yes",
        bedroom="not_yet",
        second_adult="Sam Example",
        care_kinds=["siblings", "emergency"],
        heard_from="friend",
        wants_ambassador="yes",
        talk_about=["money"],
    )
    assert page_of(answer) == "sent"
    assert "added what you told us" in visitor.open("sent").content.decode()
    case = only_case()
    assert (case.of_age, case.bedroom, case.second_adult, case.minimum_age) == ("yes", "not_yet", "Sam Example", 21)
    assert (case.care_kinds, case.wants_ambassador) == (["siblings", "emergency"], True)
    with across(Council.objects.all(), reason="test"):
        assert Wish.objects.get(enquiry=case.pk).about == ["money"]


def test_help_us_prepare_rejects_nobody(visitor: Visitor, at_leisure: Callable[[], None]) -> None:
    visitor.fill_in()
    at_leisure()
    visitor.submit()
    assert page_of(visitor.send("prepare", of_age="no", bedroom="no")) == "sent"
    assert only_case().is_open


def test_before_an_enquiry_there_is_nothing_to_prepare_or_to_thank_for(visitor: Visitor) -> None:
    assert visitor.open("sent").url == "/"
    assert page_of(visitor.open("prepare")) == "sent"
    visitor.send("postcode", postcode=KENT)
    assert page_of(visitor.open("sent")) == "reason"


def test_a_shared_computer_can_be_cleared(visitor: Visitor, at_leisure: Callable[[], None]) -> None:
    visitor.fill_in()
    at_leisure()
    visitor.submit()
    assert visitor.send("finish").url == "/"
    assert not Draft.objects.exists()
    assert visitor.open("sent").url == "/"


@pytest.mark.parametrize("page", ["postcode", "reason", "details", "contact", "more", "check", "council"])
def test_no_page_is_kept_by_a_cache(visitor: Visitor, page: str) -> None:
    visitor.fill_in()
    assert "no-store" in visitor.open(page)["Cache-Control"]


def test_the_next_person_at_the_same_computer_has_an_enquiry_of_their_own(
    visitor: Visitor, at_leisure: Callable[[], None], move_clock: Callable[[datetime], None]
) -> None:
    visitor.fill_in()
    visitor.submit()
    move_clock(FRIDAY + timedelta(hours=2))
    visitor.fill_in(details={"name": "Other Person", "email": "other@example.org"}, contact={"way": "email"})
    visitor.submit()
    with across(Council.objects.all(), reason="look at what a test made"):
        assert sorted(Enquiry.objects.values_list("name", flat=True)) == ["Erin Example", "Other Person"]
