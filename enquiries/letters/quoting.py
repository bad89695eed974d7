"""What the enquirer wrote last, below the answer to it."""

import re
from dataclasses import dataclass
from uuid import UUID

from councils.working_time import in_london
from enquiries.models import Enquiry, Reply
from enquiries.promise import day_in_words, hour_in_words
from outbox.mime import Headers

_LONGEST = 2000
_MESSAGE_ID = re.compile(r"<[!-;=?-~]+@[!-;=?-~]+>")


@dataclass(frozen=True)
class Quoted:
    """`head` is the line above it."""

    head: str
    text: str

    @property
    def as_text(self) -> str:
        return "\n".join([self.head, *(f"> {line}".rstrip() for line in self.text.splitlines())])


def last_reply(case: Enquiry, *, only: UUID | None = None) -> Reply | None:
    """The newest that a person wrote, or the one asked for."""
    replies = Reply.objects.filter(council=case.council_id, enquiry=case, automatic=False)
    wanted = replies.filter(pk=only) if only else replies
    return wanted.order_by("-received_at").first()


def quoted(reply: Reply) -> Quoted:
    here = in_london(reply.received_at)
    text = reply.text if len(reply.text) <= _LONGEST else f"{reply.text[:_LONGEST].rstrip()} […]"
    return Quoted(f"On {day_in_words(here.date())} {here.year} at {hour_in_words(here.time())} you wrote:", text)


def answer_to(reply: Reply) -> Headers:
    """So that their mail program shows both as one conversation. What is no Message-ID is left out."""
    named = reply.message_id if _MESSAGE_ID.fullmatch(reply.message_id) else ""
    return (("In-Reply-To", named), ("References", named)) if named else ()


def subject_of_answer(reply: Reply) -> str:
    subject = reply.subject.strip()
    return subject if subject.casefold().startswith("re:") or not subject else f"Re: {subject}"
