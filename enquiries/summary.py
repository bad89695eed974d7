"""The rows of "check your answers", each with a link to the page that changes it."""

from collections.abc import Iterator

from councils.govuk import SummaryRow
from councils.models import Council, CouncilKind
from enquiries.answers import Answers
from enquiries.contact_details import spoken_phone
from enquiries.forms.reason import Reason
from enquiries.journey import Walk, step_called
from enquiries.states import FostersWith

NOTHING = "Not given"


def rows(walk: Walk, answers: Answers) -> Iterator[SummaryRow]:
    yield row("Postcode", "postcode", postcode(answers), about="your postcode")
    yield row("Who will answer you", "council", who_answers(walk.place.council), about="who will answer you")
    yield row("What brings you here", "reason", Reason(walk.reason).label, about="what brings you here")
    if answers.fosters_with != FostersWith.NOBODY:
        yield row("You foster with", "fostering", answers.fosters_with_name or answers.fosters_with.label)
    yield row("Name", "details", answers.name, about="your name")
    yield row("Email", "details", answers.email or NOTHING, about="your email address", large=bool(answers.email))
    phone = spoken_phone(answers.phone) if answers.phone else NOTHING
    yield row("Phone", "details", phone, about="your phone number", large=bool(answers.phone))
    yield row("How to get in touch", "contact", answers.way.label, about="how to get in touch")
    if answers.times:
        yield row("When", "contact", "\n".join(slot.label for slot in answers.times), about="when to get in touch")
    if answers.phone:
        yield row("May mention fostering", "contact", mentions(answers), about="whether messages may mention fostering")
    if support := "\n".join(supports(answers)):
        yield row("Help when we talk", "contact", support, about="help when we talk")
    yield row("Anything else", "more", answers.message or "Nothing", about="anything else you told us")
    yield row("News about fostering", "more", news(answers), about="whether you want news")


def row(key: str, page: str, value: str, *, about: str = "", large: bool = False) -> SummaryRow:
    return SummaryRow(key, value, href=step_called(page).url, about=about or key.lower(), large=large)


def who_answers(council: Council) -> str:
    service = council.service_name
    says_it_all = service == council.name or council.kind == CouncilKind.HUB_OFFICE
    return service if says_it_all else f"{service}, for {council.name}"


def postcode(answers: Answers) -> str:
    return answers.route.postcode or answers.route.typed or NOTHING


def mentions(answers: Answers) -> str:
    places = (("In a voicemail", answers.voicemail_ok), ("In a text message", answers.text_ok))
    return "\n".join(place for place, allowed in places if allowed) or "No"


def supports(answers: Answers) -> Iterator[str]:
    if answers.language:
        yield f"Language: {answers.language}"
    if answers.needs_interpreter:
        yield "An interpreter"
    if answers.uses_bsl:
        yield "British Sign Language (BSL)"
    if answers.uses_text_relay:
        yield "Text relay (Relay UK)"


def news(answers: Answers) -> str:
    ways = (("By email", answers.news_by_email), ("By text message", answers.news_by_text))
    return "\n".join(way for way, wanted in ways if wanted) or "No"
