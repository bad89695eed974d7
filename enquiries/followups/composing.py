"""A follow-up as it arrives: the same code writes what leaves and what a preview shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from councils.models import Council
from enquiries.follow_up_states import FollowUp
from enquiries.followups.defaults import default_words
from enquiries.followups.layout import as_text, blocks
from enquiries.followups.placeholders import UnknownPlaceholder, Words, filled, offered
from enquiries.links import Links
from enquiries.models import Wording
from outbox.rendering import Rendered, render

TEMPLATE = "follow_up"
MOST_IN_A_TEXT = 160  # of the words; the links come to them
MOST_IN_TWO = 306
EXAMPLE_LINKS = Links("https://example.org/your-enquiry/", "https://example.org/stop/", "reply@example.org")


@dataclass(frozen=True, slots=True)
class Letter:
    """Filled in. `failed`: the council's own words could not be used, so these are the hub's."""

    words: Words
    failed: bool = False


def letter(follow_up: FollowUp, wording: Wording | None, values: Mapping[str, str]) -> Letter:
    ours, known = default_words(follow_up), allowed(follow_up, values)
    if wording is None:
        return Letter(filled(ours, known))
    try:
        return Letter(filled(own_words(wording, ours), known))
    except UnknownPlaceholder:
        return Letter(filled(ours, known), failed=True)


def own_words(wording: Wording, ours: Words) -> Words:
    """What the council left empty is the hub's."""
    return Words(
        subject=wording.subject or ours.subject,
        text=wording.text or ours.text,
        text_message=wording.text_message or ours.text_message,
        link=ours.link,
    )


def allowed(follow_up: FollowUp, values: Mapping[str, str]) -> Mapping[str, str]:
    return {name: values[name] for name in offered(follow_up)}


def context(words: Words, council: Council, links: Links, *, promotional: bool) -> dict[str, Any]:
    """For the frame in `templates/mail/follow_up`."""
    return {
        "hub": council.hub,
        "council": council,
        "subject": words.subject,
        "text": as_text(words.text),
        "blocks": list(blocks(words.text)),
        "link": words.link,
        "links": links,
        "promotional": promotional,
    }


def rendered(words: Words, council: Council, *, promotional: bool = False) -> Rendered:
    """For a preview: its links lead nowhere."""
    return render(TEMPLATE, context(words, council, EXAMPLE_LINKS, promotional=promotional))


def text_message(words: Words, links: Links) -> str:
    """With the link that stops us, always, and the one to "Your enquiry" where both fit into two parts."""
    stop = f"To stop: {links.stop}"
    with_both = f"{words.text_message} {links.status} {stop}"
    return with_both if len(with_both) <= MOST_IN_TWO else f"{words.text_message} {stop}"
