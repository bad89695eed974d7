"""Codes are made for a campaign and ended; none is deleted, since people came by it."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.crypto import get_random_string

from campaigns.came.codes import as_typed, is_word, paths_for
from campaigns.models import Campaign, Code
from councils.access import Access
from councils.clock import hub_now
from councils.events import record
from councils.models import Council
from councils.refusals import Refused
from councils.roles import Permission
from councils.tenancy import as_council
from enquiries.came_states import Source

NO_WORD = "Write the word with 2 to 40 small letters, digits and hyphens, like teens or winter-2. No telephone numbers."
_LETTERS, _TRIES = "bcdfghjkmnpqrstvwxz", 5  # 47 million words without vowels, so that none says anything
TAKEN = "This word is taken. Choose another one."
ELSEWHERE = "Choose one of our own pages."


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """`path`: one of campaigns.came.codes.paths_for."""

    word: str
    source: Source
    path: str
    label: str = ""


def make(campaign: Campaign, wanted: Wanted, *, by: Access) -> Code:
    """Raises Refused."""
    by.require(Permission.EDIT_CAMPAIGNS, campaign.council_id)
    council, word = Council.objects.get(pk=campaign.council_id), as_typed(wanted.word)
    if not is_word(word):
        raise Refused(NO_WORD)
    if wanted.path not in dict(paths_for(council)):
        raise Refused(ELSEWHERE)
    with as_council(council):
        code = _insert(council, campaign, wanted, word)
        record("campaign.code_made", subject=campaign, by=by.user, code=word, source=wanted.source.value)
    return code


def code_of_email(campaign: Campaign, name: str) -> Code:
    """Whoever comes by a link of it brings a word that nobody has to type. The campaign's council is in scope."""
    council = Council.objects.get(pk=campaign.council_id)
    wanted = Wanted(word="", source=Source.EMAIL, path=reverse("pages:home"), label=name)
    for _ in range(_TRIES):
        try:
            return _insert(council, campaign, wanted, f"email-{get_random_string(6, _LETTERS)}")
        except Refused:
            continue
    raise Refused(TAKEN)


def _insert(council: Council, campaign: Campaign, wanted: Wanted, word: str) -> Code:
    try:
        with transaction.atomic():
            return Code.objects.create(
                hub_id=council.hub_id,
                council=council,
                campaign_key=campaign.pk,
                code=word,
                label=wanted.label,
                source=wanted.source,
                path=wanted.path,
            )
    except IntegrityError:
        raise Refused(TAKEN) from None


def end(code: Code, *, by: Access) -> Code:
    """Its address leads to the start page from now on. Safe to do twice. Raises Refused."""
    by.require(Permission.EDIT_CAMPAIGNS, code.council_id)
    with as_council(code.council_id):
        locked = Code.objects.select_for_update().get(pk=code.pk)
        if locked.ended_at is None:
            locked.ended_at = hub_now()
            locked.save(update_fields=["ended_at"])
            campaign = Campaign.objects.get(council=code.council_id, pk=str(code.campaign_key))
            record("campaign.code_ended", subject=campaign, by=by.user, code=locked.code)
    return locked
