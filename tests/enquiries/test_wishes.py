"""Whom somebody would like to talk to: said, changed and taken back; read by who looks for carers, and nobody else."""

from collections.abc import Callable

import pytest
from django.test import Client

from councils.access import access_of
from councils.models import Council, Event, User
from councils.refusals import RoleRefused
from councils.roles import Role
from councils.tenancy import as_council
from enquiries import actions
from enquiries.actions import wishing
from enquiries.answers import Wished
from enquiries.forms.words_shown import CHANGED
from enquiries.models import Draft, Enquiry, Submission, Wish
from enquiries.states import CloseReason, Outcome, Step, TalkAbout, Way
from enquiries.wish_states import Attribute, TalkBy
from enquiries.wish_words import languages_in
from tests import factories
from tests.conftest import Cast
from tests.enquiries.conftest import Visitor
from tests.enquiries.status_visitor import Reader

NOW = "2026-11-22"
WHOM = {
    "talk_whom": ["lgbtq", "teenagers"],
    "talk_about": ["money"],
    "talk_detail": "How does it begin?",
    "talk_ways": ["phone"],
    "talk_languages": "polish, Punjabi",
    "shown": NOW,
}
SENSITIVE = ("lgbtq", "LGBTQ", "How does it begin?", "Punjabi")
AsUser = Callable[[User], Client]


def wish_of(case: Enquiry) -> Wish | None:
    with as_council(case.council_id):
        return Wish.objects.filter(enquiry=case.pk).first()


def now(case: Enquiry) -> Enquiry:
    with as_council(case.council_id):
        return Enquiry.objects.get(pk=case.pk)


def talked_with(case: Enquiry, cast: Cast) -> None:
    with as_council(case.council_id):
        actions.log_attempt(case, way=Way.CALL, outcome=Outcome.REACHED, comment="", by=access_of(cast.kate))


def case_address(case: Enquiry, page: str = "change") -> str:
    return f"/staff/enquiries/enquiry/{case.pk}/{page}/"


# On "help us prepare"


def prepared(visitor: Visitor, **answers: object) -> int:
    visitor.fill_in()
    visitor.submit()
    return int(visitor.send("prepare", **answers).status_code)


def test_help_us_prepare_asks_whom_they_would_like_to_talk_to_and_ticks_nothing(visitor: Visitor) -> None:
    visitor.fill_in()
    visitor.submit()
    page = visitor.open("prepare").content.decode()
    assert "Somebody who is LGBTQ+" in page and "Only the staff who arrange these conversations see it" in page
    assert "checked" not in page


def test_what_was_said_there_is_the_wish(visitor: Visitor, hampshire: Council) -> None:
    assert prepared(visitor, wants_ambassador="yes", **WHOM) == 302
    with as_council(hampshire):
        wish = Wish.objects.get()
    assert (wish.whom, wish.about, wish.ways) == (["lgbtq", "teenagers"], ["money"], ["phone"])
    assert (wish.detail, wish.languages) == ("How does it begin?", ["Polish", "Punjabi"])


def test_the_words_that_they_agreed_to_are_kept(visitor: Visitor, hampshire: Council) -> None:
    prepared(visitor, wants_ambassador="yes", **WHOM)
    with as_council(hampshire):
        assert Submission.objects.get().consents["wants_ambassador"] == NOW
        assert Event.objects.get(verb="enquiry.wished").facts["words"] == f"wants_ambassador {NOW}"


def test_words_that_have_changed_are_asked_again(visitor: Visitor) -> None:
    visitor.fill_in()
    visitor.submit()
    answer = visitor.send("prepare", wants_ambassador="yes", **WHOM | {"shown": "2026-11"})
    assert answer.status_code == 422 and CHANGED in answer.content.decode()


def test_who_says_no_has_no_wish_whatever_else_was_sent(visitor: Visitor, hampshire: Council) -> None:
    assert prepared(visitor, wants_ambassador="no", **WHOM) == 302
    with as_council(hampshire):
        assert not Wish.objects.exists()


def test_who_says_no_on_the_same_page_later_takes_it_back(visitor: Visitor, hampshire: Council) -> None:
    prepared(visitor, wants_ambassador="yes", **WHOM)
    visitor.send("prepare", wants_ambassador="no")
    with as_council(hampshire):
        assert Wish.objects.get().taken_back_at is not None and not Enquiry.objects.get().wants_ambassador


def test_who_says_nothing_of_it_there_keeps_the_wish_that_stands(visitor: Visitor, hampshire: Council) -> None:
    prepared(visitor, bedroom="yes")
    with as_council(hampshire):
        case = Enquiry.objects.get()
    factories.wish(case, about=(TalkAbout.MONEY,))
    visitor.send("prepare", bedroom="no")
    with as_council(hampshire):
        assert Wish.objects.get().about == ["money"] and Enquiry.objects.get().wants_ambassador


def test_what_was_ticked_is_still_there_for_this_visitor_and_sealed_for_all_others(visitor: Visitor) -> None:
    prepared(visitor, wants_ambassador="yes", **WHOM)
    assert visitor.open("prepare").content.decode().count(" checked") == 5
    kept = [value for draft in Draft.objects.all() for value in vars(draft).values()]
    sealed = [bytes(value) for value in kept if isinstance(value, bytes | memoryview)]
    assert sealed and not [each for each in sealed if b"lgbtq" in each]


def test_the_same_form_sent_again_is_the_same_whatever_was_wished_for(visitor: Visitor, hampshire: Council) -> None:
    prepared(visitor, wants_ambassador="yes", **WHOM)
    visitor.submit()
    with as_council(hampshire):
        assert Submission.objects.count() == 1 and Wish.objects.count() == 1


def test_a_wish_is_in_no_submission_and_in_no_event(visitor: Visitor, hampshire: Council) -> None:
    prepared(visitor, wants_ambassador="yes", **WHOM)
    with as_council(hampshire):
        told = [str(each.answers) for each in Submission.objects.all()]
        told += [str(each.facts) for each in Event.objects.all()]
    assert not [word for word in SENSITIVE for each in told if word in each]


def test_somebody_who_was_not_offered_cannot_be_wished_for(visitor: Visitor) -> None:
    assert prepared(visitor, wants_ambassador="yes", talk_whom=["rich"], shown=NOW) == 422


@pytest.mark.parametrize(
    ("typed", "needed"),
    [
        ("", ()),
        ("polish", ("Polish",)),
        ("Polish, punjabi and Urdu", ("Polish", "Punjabi", "Urdu")),
        ("Polish or English", ()),
        ("English", ()),
        (" , ", ()),
    ],
)
def test_languages_are_told_apart_and_english_needs_nobody(typed: str, needed: tuple[str, ...]) -> None:
    assert languages_in(typed) == needed


# On "Your enquiry"


def test_the_wish_is_said_changed_and_taken_back_on_your_enquiry(kent: Council, cast: Cast) -> None:
    case, reader = factories.enquiry(kent), Reader()
    talked_with(case, cast)
    assert "Ask to talk to one of them" in reader.opens(case)
    assert reader.sends("talk/", **WHOM).url == "/your-enquiry/"
    assert "Change or take back" in reader.sees()
    page = reader.sees("talk/")
    assert page.count(" checked") == 4 and "How does it begin?" in page and "Polish, Punjabi" in page
    reader.sends("talk/", talk_about=["assessment"], shown=NOW)
    assert (first := wish_of(case)) is not None and (first.whom, first.detail) == ([], "")
    reader.sends("talk/", back="yes")
    assert (last := wish_of(case)) is not None
    assert (last.taken_back_at is None, last.about, now(case).wants_ambassador) == (False, [], False)
    assert "Ask to talk to one of them" in reader.sees()


def test_how_long_they_wait_stays_when_they_say_it_anew(kent: Council) -> None:
    case, reader = factories.enquiry(kent), Reader()
    reader.opens(case)
    reader.sends("talk/", **WHOM)
    before = wish_of(case)
    reader.sends("talk/", talk_about=["assessment"], shown=NOW)
    after = wish_of(case)
    assert before and after and after.since == before.since


def test_taken_back_twice_is_harmless(kent: Council) -> None:
    case, reader = factories.enquiry(kent), Reader()
    reader.opens(case)
    reader.sends("talk/", **WHOM)
    for _ in range(2):
        assert reader.sends("talk/", back="yes").status_code == 302
    with as_council(kent):
        assert Event.objects.filter(verb="enquiry.wish_taken_back").count() == 1


def test_a_mistyped_address_learns_nothing_of_the_wish(kent: Council) -> None:
    """Until somebody has talked with them, the link may have gone to a stranger."""
    case, reader = factories.enquiry(kent), Reader()
    factories.wish(case, whom=(Attribute.LGBTQ,), detail="How does it begin?", languages=("Punjabi",))
    page = reader.opens(case) + reader.sees("talk/")
    assert "does not show it until we have talked" in page and "checked" not in page
    assert not [word for word in ("How does it begin?", "Punjabi") if word in page]


def test_the_page_itself_never_says_whom_they_wish_for(kent: Council, cast: Cast) -> None:
    case, reader = factories.enquiry(kent), Reader()
    talked_with(case, cast)
    factories.wish(case, whom=(Attribute.LGBTQ,), detail="How does it begin?")
    page = reader.opens(case)
    assert "LGBTQ" not in page and "How does it begin?" not in page


def test_a_closed_enquiry_wishes_for_nobody_but_may_take_back(kent: Council, cast: Cast) -> None:
    case, reader = factories.enquiry(kent), Reader()
    factories.wish(case, about=(TalkAbout.MONEY,))
    with as_council(kent):
        actions.take_step(case, Step.WITHDRAW, reason=CloseReason.OTHER, by=access_of(cast.kate))
    reader.opens(case)
    reader.sends("talk/", talk_about=["assessment"], shown=NOW)
    assert (stands := wish_of(case)) is not None and stands.about == ["money"]
    reader.sends("talk/", back="yes")
    assert (gone := wish_of(case)) is not None and gone.about == []
    assert reader.client.get("/your-enquiry/talk/").status_code == 302


def test_one_link_changes_one_wish(kent: Council, hampshire: Council) -> None:
    ours, theirs, reader = factories.enquiry(kent), factories.enquiry(hampshire), Reader()
    reader.opens(ours)
    reader.sends("talk/", **WHOM)
    assert wish_of(ours) is not None and wish_of(theirs) is None


# Staff


def test_who_looks_for_carers_reads_the_wish_with_since_when(kent: Council, as_user: AsUser) -> None:
    case = factories.enquiry(kent)
    factories.wish(case, whom=(Attribute.LGBTQ,), languages=("Punjabi",), ways=(TalkBy.PHONE,))
    page = as_user(factories.coordinator(kent)).get(case_address(case)).content.decode()
    assert "is LGBTQ+" in page and "Punjabi" in page and "Would like to, since" in page


def test_everybody_else_reads_only_that_there_is_one(kent: Council, cast: Cast, as_user: AsUser) -> None:
    case = factories.enquiry(kent)
    factories.wish(case, whom=(Attribute.LGBTQ,), detail="How does it begin?", languages=("Punjabi",))
    others = [cast.kate, cast.olu, factories.user("Sol", kent, Role.SAFEGUARDING)]
    for user in others:
        page = as_user(user).get(case_address(case)).content.decode()
        assert "Would like to talk to a foster carer" in page, user.name
        assert not [word for word in SENSITIVE if word in page], user.name
        assert as_user(user).get(case_address(case, "wish")).status_code == 404


def test_another_councils_coordinator_finds_nothing(kent: Council, hampshire: Council, as_user: AsUser) -> None:
    case = factories.enquiry(kent)
    client = as_user(factories.coordinator(hampshire))
    assert client.get(case_address(case, "wish")).status_code == 404
    assert client.post(case_address(case, "wish"), WHOM).status_code == 404
    assert wish_of(case) is None


def test_staff_write_down_what_they_heard_and_what_is_sensitive_only_with_a_yes(kent: Council, as_user: AsUser) -> None:
    case, client = factories.enquiry(kent), as_user(factories.coordinator(kent))
    assert client.post(case_address(case, "wish"), WHOM).status_code == 422
    assert wish_of(case) is None
    assert client.post(case_address(case, "wish"), WHOM | {"agreed": "on"}).status_code == 302
    assert (row := wish_of(case)) is not None and set(row.whom) == {"teenagers", "lgbtq"}
    with as_council(kent):
        event = Event.objects.get(verb="enquiry.wished")
    assert event.by == factories.coordinator(kent) and event.facts["words"] == f"spoken_wish {NOW}"
    client.post(case_address(case, "wish"), {"back": "yes"})
    assert (gone := wish_of(case)) is not None and gone.whom == []


def test_whom_nobody_in_particular_is_wished_for_needs_no_yes(kent: Council, as_user: AsUser) -> None:
    case, client = factories.enquiry(kent), as_user(factories.coordinator(kent))
    assert client.post(case_address(case, "wish"), {"talk_about": ["money"]}).status_code == 302


def test_an_officer_may_not_write_a_wish_down(kent: Council, cast: Cast) -> None:
    case = factories.enquiry(kent)
    with as_council(kent), pytest.raises(RoleRefused):
        wishing.write_wish_down(case, Wished(), by=access_of(cast.kate))
