"""An event in words, for pages and mails. Its year is said: listings are printed, and found again."""

from dataclasses import dataclass
from datetime import datetime

from campaigns.models import Gathering
from councils.models import Council
from councils.working_time import in_london
from enquiries.promise import day_in_words, hour_in_words


@dataclass(frozen=True)
class Said:
    """`where`: in one line. `by`: who invites."""

    title: str
    kind: str
    when: str
    where: str
    access: str
    by: str
    contact: str
    is_online: bool


def said_of(gathering: Gathering, council: Council) -> Said:
    return Said(
        title=gathering.title,
        kind=gathering.get_kind_display(),
        when=when_in_words(gathering.starts_at, gathering.ends_at),
        where=where_in_words(gathering),
        access=gathering.access,
        by=council.service_name,
        contact=gathering.contact,
        is_online=gathering.is_online,
    )


def when_in_words(starts_at: datetime, ends_at: datetime) -> str:
    begins, ends = in_london(starts_at), in_london(ends_at)
    first = f"{day_in_words(begins.date())} {begins:%Y}, {hour_in_words(begins.time())}"
    until = hour_in_words(ends.time())
    if begins.date() == ends.date():
        return f"{first} to {until}"
    return f"{first} to {day_in_words(ends.date())} {ends:%Y}, {until}"


def where_in_words(gathering: Gathering) -> str:
    place = ", ".join(filter(None, [gathering.venue, *gathering.address.splitlines(), gathering.postcode]))
    if gathering.is_online:
        return f"Online, and at {place}" if place else "Online"
    return place


def places_in_words(left: int | None) -> str:
    if left is None:
        return "There is room for everybody"
    if left <= 0:
        return "Full: you can join the waiting list"
    return "1 place left" if left == 1 else f"{left} places left"
