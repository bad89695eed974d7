"""A council's own words for a follow-up."""

from dataclasses import dataclass

from councils.access import Access
from councils.clock import hub_now
from councils.events import record
from councils.models import Council
from councils.refusals import Refused
from councils.roles import Permission
from councils.tenancy import as_council
from enquiries.follow_up_states import FollowUp
from enquiries.followups.composing import own_words
from enquiries.followups.defaults import default_words
from enquiries.followups.sequences import BY_NAME
from enquiries.followups.trial import faults
from enquiries.models import Wording


@dataclass(frozen=True, kw_only=True)
class Wished:
    subject: str
    text: str
    text_message: str
    days: int | None = None
    off: bool = False


def save_wording(council: Council, follow_up: FollowUp, wished: Wished, *, by: Access) -> Wording:
    """What is as the hub has it is not kept, so that it goes on changing with the hub's. Raises Refused."""
    by.require(Permission.CHANGE_SETTINGS, council.pk)
    ours = default_words(follow_up)
    sequence = BY_NAME[follow_up]
    with as_council(council):
        wording, _ = Wording.objects.select_for_update().get_or_create(
            council=council, follow_up=follow_up, defaults={"updated_by": by.user}
        )
        wording.subject = "" if wished.subject == ours.subject else wished.subject
        wording.text = "" if wished.text == ours.text else wished.text
        wording.text_message = "" if wished.text_message == ours.text_message else wished.text_message
        wording.days = None if wished.days == sequence.when.days else wished.days
        wording.off = wished.off and not sequence.always
        wording.updated_at, wording.updated_by = hub_now(), by.user
        _require_usable(wording, council, follow_up)
        wording.save()
        record("wording.changed", subject=wording, by=by.user, follow_up=follow_up.value, off=wording.off)
    return wording


def _require_usable(wording: Wording, council: Council, follow_up: FollowUp) -> None:
    found = faults(follow_up, own_words(wording, default_words(follow_up)), council, hub_now())
    if found:
        raise Refused(" ".join(found))
