"""A campaign with a code, and journeys that came by it."""

from datetime import date, datetime, timedelta

from campaigns.actions import campaigns, spending
from campaigns.models import Campaign, Code
from councils.access import Access, access_of
from councils.clock import hub_now
from councils.models import Council, User
from councils.roles import Role
from councils.tenancy import as_council
from enquiries.came_states import Source
from enquiries.models import Enquiry, Touch
from tests import factories

SEPTEMBER = date(2026, 9, 1)


def editor(council: Council, name: str = "Ed") -> User:
    return factories.user(name, council, Role.CAMPAIGN_EDITOR)


def campaign(council: Council, by: User, name: str = "Autumn", starts_on: date = SEPTEMBER) -> Campaign:
    planned = campaigns.Planned(name=name, starts_on=starts_on)
    return campaigns.begin(council, planned, by=access_of(by))


def code(of: Campaign, word: str) -> Code:
    return Code.objects.create(
        hub_id=of.council.hub_id,
        council=of.council,
        campaign_key=of.pk,
        code=word,
        source=Source.PRINT,
        path="/",
    )


def spent(on: Campaign, pence: int, by: User | Access) -> None:
    access = by if isinstance(by, Access) else access_of(by)
    wanted = spending.Spent(pence=pence, first_day=SEPTEMBER, last_day=SEPTEMBER, source=Source.PRINT)
    spending.write_down(on, wanted, by=access)


def came_by(case: Enquiry, *words: str, at: datetime | None = None) -> None:
    """These codes in turn, an hour between them; the empty one is a search, not a code. Nothing else before."""
    with as_council(case.council_id):
        Touch.objects.filter(enquiry=case).delete()
        for number, word in enumerate(words):
            Touch.objects.create(
                council_id=case.council_id,
                enquiry=case,
                journey_id=case.journey_id,
                at=(at or hub_now()) + timedelta(hours=number),
                channel=case.channel,
                source=Source.PRINT if word else Source.SEARCH,
                code=word,
            )
