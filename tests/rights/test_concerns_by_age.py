"""Concerns outlive the case and the ambassador, and go when they are ten years old. The eraser alone may."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from ambassadors.actions.talk_exports import VERB
from ambassadors.concerns.retention import clear_concerns
from ambassadors.models import Concern
from councils.clock import hub_now
from councils.models import Council, Event, EventDetail, User
from councils.retention_names import Kept
from councils.tenancy import as_council
from enquiries.retention.lives import LIVES
from enquiries.rights.by_age import BY_AGE
from enquiries.rights.purposes import clear_purposes

DAY = timedelta(days=1)


def concern(council: Council, age: timedelta) -> Concern:
    with as_council(council):
        return Concern.objects.create(
            council=council,
            concern_id=uuid4(),
            said_by="enquirer",
            about="other",
            text="A pangolin",
            raised_at=hub_now() - age,
        )


def left(council: Council) -> set[Concern]:
    with as_council(council):
        return set(Concern.objects.all())


def test_ten_years_later_a_concern_goes_in_every_council(kent: Council, hampshire: Council) -> None:
    lasts = LIVES[Kept.CONCERN].lasts
    concern(kent, lasts + DAY)
    concern(hampshire, lasts + DAY)
    young = concern(kent, lasts - DAY)
    assert BY_AGE[Kept.CONCERN] is clear_concerns
    assert [clear_concerns() for _ in range(2)] == [2, 0]
    assert left(kent) | left(hampshire) == {young}


def test_why_time_and_mileage_were_taken_out_goes_like_any_other_purpose(kent: Council, kate: User) -> None:
    with as_council(kent):
        at = hub_now() - LIVES[Kept.EXPORT_PURPOSE].lasts - DAY
        event = Event.objects.create(
            council=kent, verb=VERB, subject_kind="council", subject_id=uuid4(), by=kate, facts={}, at=at
        )
        EventDetail.objects.create(council=kent, event=event, field="purpose", old="For Bert")
    assert clear_purposes() == 1
    with as_council(kent):
        assert Event.objects.filter(verb=VERB).exists()
        assert not EventDetail.objects.exists()


@pytest.mark.parametrize("statement", ["UPDATE ambassadors_concern SET text = ''", "DELETE FROM ambassadors_concern"])
def test_no_page_can_change_or_remove_what_was_said(kent: Council, statement: str) -> None:
    said = concern(kent, DAY)
    denied = pytest.raises(ProgrammingError, match="permission denied")
    with denied, transaction.atomic(), as_council(kent), connection.cursor() as cursor:
        cursor.execute(statement)
    assert left(kent) == {said}
