"""A few enquiries of two councils, of which the figures can be counted on fingers."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest
from django.db import connection

from councils.access import access_of
from councils.models import Council, CouncilKind, Hub, User
from councils.roles import Role
from councils.tenancy import as_council
from councils.working_time import LONDON
from dashboards.actions.folding import fold_hub
from enquiries import actions
from enquiries.came_states import Source
from enquiries.models import Enquiry, Touch
from enquiries.states import CloseReason, Kind, Outcome, Step, Way
from tests import factories
from tests.conftest import Cast, everybody
from tests.enquiries.handing import passed_on

MAY, JUNE = datetime(2026, 5, 12, 10, tzinfo=LONDON), datetime(2026, 6, 10, 10, tzinfo=LONDON)
NOVEMBER = datetime(2026, 11, 20, 10, tzinfo=LONDON)


@dataclass(frozen=True)
class SmallHub:
    """`approved`: the case of whoever was."""

    hub: Hub
    kent: Council
    hampshire: Council
    cast: Cast
    ada: User
    approved: Enquiry


@pytest.fixture(scope="module")
def sown(module_db: None) -> SmallHub:
    """In May two to Kent and one to Hampshire, in June one to each. Of Kent's, the first is approved, the second
    withdraws an application, and the third fosters for an agency already. The last of Hampshire's is passed on to Kent.
    Once for all tests of a file."""
    kent, hampshire = (Council.objects.select_related("hub").get(slug=slug) for slug in ("kent", "hampshire"))
    office = Council.objects.get(hub=kent.hub_id, kind=CouncilKind.HUB_OFFICE)
    cast = everybody(kent, hampshire, office)
    move(MAY)
    approved, withdrew = came(kent, Source.PRINT, "=teens"), came(kent, Source.SEARCH)
    came(hampshire, Source.PRINT, "=teens")
    mina = access_of(cast.mina)
    actions.log_attempt(approved, way=Way.CALL, outcome=Outcome.REACHED, by=mina)
    move(JUNE)
    came(kent, Source.SEARCH, kind=Kind.TRANSFER)
    theirs = came(hampshire, Source.DIRECT)
    actions.log_attempt(withdrew, way=Way.CALL, outcome=Outcome.NO_ANSWER, by=mina)
    move(JUNE + timedelta(hours=1))
    passed_on(theirs, kent, cast.hal, cast.kate)
    gone_to_its_end(approved, Step.APPROVE, cast)
    gone_to_its_end(withdrew, Step.WITHDRAW, cast)
    move(NOVEMBER)
    fold_hub(kent.hub)
    ada = factories.user("Ada", cast.rhea.home, Role.DATA_ANALYST)
    return SmallHub(kent.hub, kent, hampshire, cast, ada, approved)


@pytest.fixture
def small_hub(sown: SmallHub, db: None) -> SmallHub:
    """What a test changes is rolled back."""
    return sown


def move(to: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM testing.clock")
        cursor.execute("INSERT INTO testing.clock VALUES (%s)", [to])


def gone_to_its_end(case: Enquiry, end: Step, cast: Cast) -> None:
    mina, reason = access_of(cast.mina), CloseReason.AW3 if end == Step.WITHDRAW else None
    case = actions.take_step(case, Step.VISIT, on=date(2026, 5, 20), by=mina)
    case = actions.take_step(case, Step.APPLY, on=date(2026, 6, 1), by=mina)
    actions.take_step(case, end, on=date(2026, 6, 9), reason=reason, by=mina)


def came(council: Council, source: Source, code: str = "", kind: Kind = Kind.NEW) -> Enquiry:
    case = factories.enquiry(council, kind=kind)
    with as_council(council):
        Touch.objects.filter(council=council, enquiry=case).update(source=source, code=code)
    return case
