"""What stands on the page when somebody begins to write."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from councils.models import User
from councils.refusals import Refused
from enquiries.letters.panel import letters_of
from enquiries.letters.placeholders import fill_in
from enquiries.letters.quoting import last_reply, subject_of_answer
from enquiries.letters.starting import GREETING, SIGNED
from enquiries.letters.ways import ways_to
from enquiries.letters.writing import CalledBack, values_for
from enquiries.models import ContactAttempt, Enquiry, LetterTemplate, Reply
from enquiries.states import Way

Words = dict[str, object]


@dataclass(frozen=True)
class Beginning:
    """`words` are answers of the form. `refusal`: what was asked for cannot be begun with."""

    words: Words
    refusal: Refused | None = None


def beginning(case: Enquiry, writer: User, *, letter: str, way: str, now: datetime) -> Beginning:
    """From the council's letter that was asked for, else from greeting and name."""
    started_from, reply = _named(case, letter), last_reply(case)
    subject, text = _filled(started_from, reply, values_for(case, case.council, writer, now))
    words = _about_reply(case, reply) | {"way": _way(case, way), "subject": subject, "text": text}
    if letter and started_from is None:
        return Beginning(words, Refused("That letter is not in use any more. Write your own, or start from another."))
    return Beginning(words | {"letter": started_from.pk if started_from else None})


def begun_again(case: Enquiry, written: CalledBack) -> Beginning:
    return Beginning(_about_reply(case, last_reply(case)) | vars(written))


def _named(case: Enquiry, letter: str) -> LetterTemplate | None:
    try:
        return letters_of(case.council_id).filter(pk=UUID(letter)).first()
    except ValueError:
        return None


def _filled(letter: LetterTemplate | None, reply: Reply | None, values: Mapping[str, str]) -> tuple[str, str]:
    if letter:
        return fill_in(letter.subject, values), fill_in(letter.text, values)
    subject = subject_of_answer(reply) if reply else ""
    return subject, f"{fill_in(GREETING, values)}\n\n\n\n{fill_in(SIGNED, values)}"


def _about_reply(case: Enquiry, reply: Reply | None) -> Words:
    if reply is None:
        return {}
    tried_since = ContactAttempt.objects.filter(council=case.council_id, enquiry=case, at__gt=reply.received_at)
    return {"quote": reply.pk, "with_quote": not tried_since.exists()}


def _way(case: Enquiry, asked: str) -> Way | None:
    """The one asked for, else the one that they asked for, else the first that there is."""
    possible = [each.way for each in ways_to(case, case.council) if not each.why_not]
    wished = [way for way in (asked, case.way) if way in possible]
    return Way(wished[0]) if wished else next(iter(possible), None)
