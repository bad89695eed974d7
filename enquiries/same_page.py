"""Two enquiries next to each other, for a person to say whether they are of the same people."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from enquiries.board_rows import SHORT_TIMES
from enquiries.contact_details import spoken_phone
from enquiries.due import promise_due
from enquiries.handover_states import SuggestionState
from enquiries.merged import side_of
from enquiries.models import ContactAttempt, Enquiry, Suggestion
from enquiries.same_case import is_kept, why_not
from enquiries.states import Slot, Way

NOTHING = "–"


@dataclass(frozen=True)
class Row:
    label: str
    one: str
    other: str

    @property
    def same(self) -> bool:
        return self.one == self.other != NOTHING


@dataclass(frozen=True)
class Choice:
    """Keeping `case`: `why_not` says why that cannot be."""

    case: Enquiry
    why_not: str
    chosen: bool


@dataclass(frozen=True)
class SamePage:
    case: Enquiry
    other: Enquiry
    rows: list[Row]
    choices: list[Choice]
    suggestion: Suggestion | None

    @property
    def may_join(self) -> bool:
        return any(not choice.why_not for choice in self.choices)


def same_page(case: Enquiry, other: Enquiry, now: datetime) -> SamePage:
    pair = Q(enquiry=case, other=other) | Q(enquiry=other, other=case)
    suggested = Suggestion.objects.filter(pair, council=case.council_id, state=SuggestionState.OPEN)
    return SamePage(
        case=case,
        other=other,
        rows=[Row(label, one, two) for (label, one), (_, two) in zip(_told(case, now), _told(other, now), strict=True)],
        choices=_choices(case, other),
        suggestion=suggested.first(),
    )


def _choices(case: Enquiry, other: Enquiry) -> list[Choice]:
    one, two = side_of(case), side_of(other)
    ways = [Choice(case, why_not(one, two), chosen=False), Choice(other, why_not(two, one), chosen=False)]
    possible = [way.case.pk for way in ways if not way.why_not]
    default = case.pk if is_kept(one, two) else other.pk
    chosen = default if default in possible else next(iter(possible), None)
    return [Choice(way.case, way.why_not, chosen=way.case.pk == chosen) for way in ways]


def _told(case: Enquiry, now: datetime) -> Iterator[tuple[str, str]]:
    yield "Name", case.name
    yield "Second adult", case.second_adult or NOTHING
    yield "Email", case.email or NOTHING
    yield "Phone", spoken_phone(case.phone) if case.phone else NOTHING
    yield "Postcode", case.postcode or NOTHING
    yield "How to get in touch", case.get_way_display()
    yield "When", ", ".join(SHORT_TIMES[Slot(slot)] for slot in case.times if slot in Slot.values) or NOTHING
    yield "Type", case.get_kind_display()
    yield "Message", case.message or NOTHING
    yield "Came", f"{case.get_channel_display()}, {case.created_at:%-d %B %Y}"
    yield "State", case.get_state_display()
    yield "Owner", case.owner.name if case.owner else "Nobody"
    yield "Promise", promise_due(case.promise_due_at, case.promise_kept_at, now, closed_at=case.closed_at).words
    yield "Contact attempts", _attempts(case)
    yield "A voicemail may mention fostering", _yes(case.voicemail_ok)
    yield "A text message may mention fostering", _yes(case.text_ok)
    yield "News", _news(case)
    yield "Asked us to stop", _yes(case.stopped_at is not None)


def _attempts(case: Enquiry) -> str:
    tried = ContactAttempt.objects.filter(council=case.council_id, enquiry=case).order_by("-at")
    ways = list(tried.values_list("way", "at"))
    if not ways:
        return "None"
    way, at = ways[0]
    return f"{len(ways)}, the last {Way(way).label.lower()} on {at:%-d %B %Y}"


def _news(case: Enquiry) -> str:
    wanted = [label for label, asked in (("email", case.news_by_email), ("text", case.news_by_text)) if asked]
    return f"By {' and '.join(wanted)}" if wanted else "No"


def _yes(said: bool) -> str:
    return "Yes" if said else "No"
