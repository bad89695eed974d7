"""What an email lacks before it may go out, and what its links are like. Looks at nothing outside our own pages."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve

from campaigns.content.blocks import Block, Kind, blocks_of
from campaigns.content.drafts import Draft, faults
from campaigns.content.links import is_ours, leads_to, typed_in
from campaigns.content.marking_up import links_in
from campaigns.content.merging import MergeFault, Slots
from campaigns.models import Look, Mailing
from councils.models import Council
from councils.refusals import Refused

_SAYS_NOTHING = frozenset({"here", "click here", "click", "link", "this link", "read more", "more", "this page"})


# Letters. Gmail cuts off what is over 102 kB, layout included.
_WORDS_MOST = 50_000


class Verdict(StrEnum):
    GOOD = "good"
    LOOK = "look"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Checked:
    """`told`: empty where there is nothing to say."""

    leads: str
    verdict: Verdict
    told: str


def unready(mailing: Mailing, look: Look) -> list[str]:
    """Why it cannot go out yet, in sentences."""
    draft = Draft(mailing.subject, mailing.preheader, blocks_of(mailing.blocks))
    found = [] if mailing.subject else ["The email has no subject."]
    if all(block.is_bare or block.kind == Kind.DIVIDER for block in draft.blocks):
        found.append("The email says nothing yet.")
    found += faults(draft).values()
    if sum(len(block.text) for block in draft.blocks) > _WORDS_MOST:
        found.append("The email is too long: some mail programs show only the first part. Leave some of it for a page.")
    if not look.postal_address:
        found.append("The foot needs your postal address. A manager writes it under “How our emails look”.")
    if not faults(draft):
        found += [f"{link.leads}: {link.told}" for link in checked(draft) if link.verdict == Verdict.BAD]
    return found


def require_ready(mailing: Mailing, look: Look) -> None:
    """Raises Refused, with all of it."""
    if found := unready(mailing, look):
        raise Refused(" ".join(found))


def checked(draft: Draft) -> list[Checked]:
    """Each address of the email once, in order. Empty while a field in it is wrong."""
    try:
        often = Counter(leads_to(address) for address in typed_in(draft.blocks))
        called = dict(_called(draft.blocks))
    except MergeFault:
        return []
    return [_checked(leads, times, called.get(leads, "")) for leads, times in often.items()]


def _called(blocks: tuple[Block, ...]) -> Iterator[tuple[str, str]]:
    for block in blocks:
        if block.kind == Kind.TEXT:
            yield from ((leads_to(address), words) for address, words in links_in(Slots().marked(block.text)))


def _checked(leads: str, times: int, words: str) -> Checked:
    if fault := _fault_of_ours(leads):
        return Checked(leads, Verdict.BAD, fault)
    if leads.startswith("http://") and not is_ours(leads):
        return Checked(leads, Verdict.LOOK, "This site is not secure (http). See whether it also answers at https.")
    if words.strip().lower() in _SAYS_NOTHING:
        told = f"“{words.strip()}” does not say where it leads. People who listen to their mail hear the links alone."
        return Checked(leads, Verdict.LOOK, told)
    return Checked(leads, Verdict.GOOD, f"It stands in the email {times} times." if times > 1 else "")


def _fault_of_ours(leads: str) -> str:
    """Empty for what is elsewhere, and for a page of ours that everybody may open."""
    if not is_ours(leads):
        return ""
    path = urlsplit(leads).path or "/"
    if path.startswith("/staff"):
        return "Only staff can open this page."
    try:
        page = resolve(path)
    except Resolver404:
        return "We have no such page." + ("" if path.endswith("/") else " Addresses of ours end with a /.")
    slug = page.kwargs.get("council") or page.kwargs.get("slug")
    if isinstance(slug, str) and not Council.objects.filter(slug=slug).exists():
        return "We have no such page."
    return ""


def bare_addresses(draft: Draft) -> bool:
    """An address in running text is no link in every mail program."""
    site = settings.BASE_URL.partition("://")[2]
    return any(
        "https://" in _without_links(block.text) or f"{site}/" in _without_links(block.text)
        for block in draft.blocks
        if block.kind == Kind.TEXT
    )


def _without_links(text: str) -> str:
    for address in ("](https://", "](http://", "<https://", "<http://"):
        text = text.replace(address, "")
    return text
