"""Every follow-up of each council, for the page that lists them."""

from collections.abc import Iterable
from dataclasses import dataclass

from councils.models import Council
from enquiries.follow_up_states import FollowUp
from enquiries.followups.sequences import SEQUENCES, By, Sequence
from enquiries.models import Wording

_BY = {
    By.EMAIL: "email",
    By.EMAIL_FIRST: "email, or a text where there is no email",
    By.AS_ASKED: "email or text, as they asked",
    By.BOTH: "email and text",
}
_WHEN = {
    "confirmation": "At once, when somebody enquires",
    "tried": "Half an hour after an attempt that reached nobody, three times at most",
    "visit_booked": "At once, when a visit is booked or its time changes",
    "application": "When the application has come",
    "not_yet": "When they ask to wait",
    "wake_up": "On the day that they named",
    "handed_over": "At once, when another council has accepted the enquiry",
    "nurture_3": "Three days after they enquired, if they asked for news and nobody has reached them",
    "nurture_10": "Ten days after they enquired, if they asked for news and nobody has reached them",
    "nurture_30": "Thirty days after they enquired, if they asked for news and nobody has reached them",
    "closed": "When an enquiry is closed because they withdrew or did not reply",
}
_DAYS = {
    "information": "{} after they were reached for the first time",
    "visit_reminder": "{} before the visit",
    "still_interested": "{} after the third try in a row that reached nobody",
    "nurture": "{} after they asked to wait, if they asked for news",
}


@dataclass(frozen=True)
class Line:
    which: str
    name: str
    when: str
    by: str
    state: str


@dataclass(frozen=True)
class CouncilsList:
    council: Council
    lines: list[Line]


def wording_lists(councils: Iterable[Council]) -> list[CouncilsList]:
    own = {(wording.council_id, wording.follow_up): wording for wording in Wording.objects.filter(council__in=councils)}
    return [
        CouncilsList(
            council,
            [
                _line(council, each, own.get((council.pk, each.name)))
                for each in SEQUENCES
                if each.message and not each.ours
            ],
        )
        for council in councils
    ]


def _line(council: Council, sequence: Sequence, own: Wording | None) -> Line:
    return Line(
        which=f"{council.pk}-{sequence.name}",
        name=FollowUp(sequence.name).label,
        when=_when(sequence, own),
        by=_BY[sequence.by],
        state=_state(own),
    )


def _when(sequence: Sequence, own: Wording | None) -> str:
    if sequence.when.days is None:
        return _WHEN[sequence.name]
    days = sequence.when.days if own is None or own.days is None else own.days
    return _DAYS[sequence.name].format(f"{days} working day{'' if days == 1 else 's'}")


def _state(own: Wording | None) -> str:
    if own is None:
        return "The hub’s words"
    if own.off:
        return "Switched off"
    return "Your own words" if own.subject or own.text or own.text_message else "The hub’s words"
