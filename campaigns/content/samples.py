"""An email as it would arrive at Erin Example's, who does not exist; or at somebody's of whom we know nothing."""

from enum import StrEnum

from django.conf import settings

from campaigns.content.blocks import as_json
from campaigns.content.drafts import Draft
from campaigns.content.look import look_of
from campaigns.content.rendering import Person, Prepared, Written, person, prepared
from campaigns.models import Mailing
from councils.models import Council


class As(StrEnum):
    EXAMPLE = "example"
    NOBODY = "nobody"


def sample(mailing: Mailing, draft: Draft, whom: As) -> Written:
    """Its links lead where they will, uncounted; those at its foot to our own start page. Raises MergeFault."""
    return copy_of(prepared_draft(mailing, draft), mailing, whom)


def prepared_draft(mailing: Mailing, draft: Draft) -> Prepared:
    council = Council.objects.select_related("hub").get(pk=mailing.council_id)
    shown = Mailing(
        council=council, purpose=mailing.purpose, code=mailing.code, subject=draft.subject, preheader=draft.preheader
    )
    shown.blocks = as_json(draft.blocks)
    return prepared(shown, council, look_of(council), {})


def copy_of(made: Prepared, mailing: Mailing, whom: As) -> Written:
    council = Council.objects.select_related("hub").get(pk=mailing.council_id)
    known = person("Erin", council)
    reader = known if whom == As.EXAMPLE else Person(council=known.council, hub=known.hub)
    return made.for_(reader, choices_url=f"{settings.BASE_URL}/", stop_url=f"{settings.BASE_URL}/")
