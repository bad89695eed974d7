"""Links whose following is counted get a number each. Written down before the first copy is made, and added to where
an event came to the list of events since."""

from collections.abc import Iterable

from campaigns.content.look import look_of
from campaigns.models import Link, Mailing
from councils.models import User
from councils.tenancy import as_council

_LONGEST = 500


def count_links(mailing: Mailing, leads: Iterable[str], *, by: User | None) -> int:
    """`leads`: `Prepared.links`. How many are new; safe to do twice. A council that wants none counted has none."""
    with as_council(mailing.council_id):
        kept = Mailing.objects.select_for_update().select_related("council").get(pk=mailing.pk)
        if not kept.counts_clicks or not look_of(kept.council).clicks:
            return 0
        known = dict(Link.objects.filter(council=kept.council_id, mailing=kept).values_list("url", "position"))
        new = [each for each in dict.fromkeys(leads) if each not in known and len(each) <= _LONGEST]
        after = max(known.values(), default=0)
        Link.objects.bulk_create(
            Link(council=kept.council, mailing=kept, position=after + number, url=url)
            for number, url in enumerate(new, 1)
        )
    return len(new)
