"""Codes: how they are read, what they may be, and where they may lead."""

import re
from collections.abc import Iterator

from django.conf import settings
from django.urls import reverse

from campaigns.models import Code
from councils.models import Council, CouncilKind, Hub
from enquiries.came import LONGEST_CODE, cleaned
from enquiries.came import Code as Known
from enquiries.came_states import Source

_WORD = re.compile(rf"[a-z0-9](?:[a-z0-9-]{{0,{LONGEST_CODE - 2}}}[a-z0-9])")


def as_typed(word: str) -> str:
    """From a poster: in capitals, with a space at the end."""
    return word.strip().lower()


def is_word(word: str) -> bool:
    """One that nobody takes for an address or a telephone number: those are dropped wherever a code is read."""
    return bool(_WORD.fullmatch(word)) and cleaned(word, LONGEST_CODE) == word


def open_code(hub: Hub, typed: str) -> Code | None:
    return Code.objects.filter(hub=hub, code=as_typed(typed)[:LONGEST_CODE], ended_at=None).first()


def known_code(hub_id: int, word: str) -> Known | None:
    """Ended ones as well: the poster hangs, and whoever brings the word came by it."""
    found = Code.objects.filter(hub=hub_id, code=word).first()
    return Known(Source(found.source), found.label) if found else None


def paths_for(council: Council) -> Iterator[tuple[str, str]]:
    """Pages of ours, with what they are."""
    yield reverse("pages:home"), "The start page"
    yield reverse("enquire:start"), "The enquiry form"
    if council.kind == CouncilKind.COUNCIL:
        yield reverse("pages:council", args=[council.slug]), f"The page about fostering for {council.name}"
        yield reverse("campaigns:events_of", args=[council.slug]), f"Events of {council.name}"
    yield reverse("campaigns:events"), "All events"
    yield reverse("pages:what_happens_next"), "What happens next"


def short_address(code: Code) -> str:
    """On its hub's own site: another one's does not know it."""
    scheme, _, host = settings.BASE_URL.partition("://")
    return f"{scheme}://{code.hub.domain or host}/go/{code.code}"


def as_printed(code: Code) -> str:
    """What people type from a poster."""
    return short_address(code).split("://", 1)[-1]
