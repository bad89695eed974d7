"""By what somebody came: a code of a campaign that ran just then, or whatever people find us by."""

from collections.abc import Sequence
from datetime import timedelta

from councils.working_time import in_london
from enquiries.came_states import CameBy, Source
from enquiries.models import Touch
from enquiries.states import Channel, State
from lafse.demo.seed.case import Case
from lafse.demo.seed.draw import Draw, deck
from lafse.demo.seed.rows import Values

_SOURCES: Sequence[Source] = deck(
    (
        (Source.SEARCH, 27),
        (Source.DIRECT, 16),
        (Source.SOCIAL, 12),
        (Source.COUNCIL, 11),
        (Source.WORD_OF_MOUTH, 8),
        (Source.SEARCH_PAID, 6),
        (Source.SOCIAL_PAID, 6),
        (Source.FOSTER_CARER, 4),
        (Source.EVENT, 3),
        (Source.PRINT, 2),
        (Source.PARTNER, 2),
        (Source.RADIO_TV, 1),
        (Source.EMAIL, 1),
        (Source.UNKNOWN, 1),
    )
)
# Whoever knows a foster carer goes further: services say so, nobody has counted.
_OF_APPLICANTS: Sequence[Source] = deck(
    (
        (Source.FOSTER_CARER, 20),
        (Source.WORD_OF_MOUTH, 22),
        (Source.SEARCH, 20),
        (Source.EVENT, 10),
        (Source.COUNCIL, 12),
        (Source.DIRECT, 10),
        (Source.SOCIAL, 6),
    )
)
_REFERRERS = {Source.SEARCH: CameBy.SEARCH, Source.SOCIAL: CameBy.SOCIAL, Source.COUNCIL: CameBy.COUNCIL}
_AGAIN, _WITHIN = 0.06, 9  # of those in years, days


def came_by(case: Case, sender: Case | None = None) -> None:
    """What is known of the sender's goes with the journey."""
    if sender:
        _carry(sender, case)
        return
    source, code = _source_of(case)
    referrer = _REFERRERS.get(source)
    _touch(case, source, {"code": code, "referrer": referrer.value if referrer else "", "at": case.created_at})
    again = case.created_at + timedelta(days=1 + case.draw.randrange(_WITHIN)) if case.draw.chance(_AGAIN) else None
    if again and again < case.world.as_of:
        _touch(case, Source.EVENT, {"at": again})


def _carry(sender: Case, case: Case) -> None:
    """Copied, with their times: both councils count the same journey."""
    for told in [values for model, values in sender.rows if model is Touch]:
        carried = {name: value for name, value in told.items() if name not in ("id", "council_id")}
        case.add(Touch, carried | {"enquiry_id": case.id})


def _source_of(case: Case) -> tuple[Source, str]:
    world, day = case.world, in_london(case.created_at).date()
    if found := world.pushes.on(day, case.office.pk, world.hub_office, case.draw):
        return found
    if case.values["channel"] == Channel.GATHERING.value:
        return Source.EVENT, ""
    return _drawn(case.draw, applies=State.APPLIED in case.story.path), ""


def _drawn(draw: Draw, *, applies: bool) -> Source:
    return draw.choice(_OF_APPLICANTS if applies else _SOURCES)


def _touch(case: Case, source: Source, told: Values) -> None:
    told |= {"enquiry_id": case.id, "journey_id": case.values["journey_id"], "channel": case.values["channel"]}
    case.add(Touch, told | {"source": source.value})
