"""From the daily look to the ledger: what was kept as long as it may be is erased, and nothing else."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.core.management import call_command

from councils.access import access_of
from councils.clock import hub_now
from councils.models import Council, Erasure, ErasureRequest, Event, EventDetail, User
from councils.models.rights import ErasureCause, ErasureState
from councils.tenancy import as_council
from enquiries.actions.holding import lift_hold, place_hold
from enquiries.models import Enquiry
from enquiries.rights import ledger
from enquiries.rights.erasing import erase, erase_pending
from enquiries.states import State
from tests import factories


def closed(council: Council, *, days_ago: int) -> Enquiry:
    case, then = factories.enquiry(council), hub_now() - timedelta(days=days_ago)
    values = {"state": State.WITHDRAWN, "closed_at": then, "state_changed_at": then, "next_due_at": None}
    with as_council(council):
        Enquiry.objects.filter(pk=case.pk).update(**values, next_follow_up_at=None)
        return Enquiry.objects.get(pk=case.pk)


def again(case: Enquiry) -> Enquiry:
    with as_council(case.council_id):
        return Enquiry.objects.get(pk=case.pk)


def test_what_was_kept_long_enough_is_erased_and_what_was_not_stays(kent: Council) -> None:
    old, young = closed(kent, days_ago=750), closed(kent, days_ago=700)
    call_command("retention", "--apply", "--council", "kent")
    assert erase_pending() == 1
    assert again(old).email == ""
    assert again(young).email
    with as_council(kent):
        assert Erasure.objects.get().cause == ErasureCause.RETENTION
        assert ErasureRequest.objects.get().state == ErasureState.DONE
        assert Event.objects.filter(subject_id=old.pk, verb="enquiry.kept_long_enough").exists()
    assert [line.case for line in ledger.read(Path(settings.ERASURE_LEDGER))] == [old.pk]
    call_command("retention", "--apply", "--council", "kent")
    assert erase_pending() == 0


def test_a_hold_placed_after_it_was_asked_keeps_it_until_it_is_lifted(kent: Council, mina: User) -> None:
    old, by = closed(kent, days_ago=750), access_of(mina)
    call_command("retention", "--apply", "--council", "kent")
    hold = place_hold(old, reason="A claim", by=by)
    assert erase_pending() == 0
    call_command("retention", "--apply", "--council", "kent")
    assert erase_pending() == 0
    assert again(old).email
    lift_hold(hold, by=by)
    call_command("retention", "--apply", "--council", "kent")
    assert erase_pending() == 1
    assert again(old).email == ""


def test_why_a_list_was_taken_out_is_known_for_three_years(kent: Council, mina: User) -> None:
    with as_council(kent):
        for words, days in (("old", 3 * 365 + 1), ("young", 3 * 365 - 1)):
            exported = Event.objects.create(
                council=kent,
                verb="cases.exported",
                subject_kind="council",
                subject_id=UUID(int=kent.pk),
                by=mina,
                at=hub_now() - timedelta(days=days),
            )
            EventDetail.objects.create(council=kent, event=exported, field="purpose", old=words)
    call_command("erase", "--pending")
    with as_council(kent):
        assert [each.old for each in EventDetail.objects.all()] == ["young"]
        assert Event.objects.filter(verb="cases.exported").count() == 2


def test_one_that_was_opened_while_the_eraser_waited_is_kept(kent: Council) -> None:
    case = factories.enquiry(kent)
    assert erase(kent.pk, case.pk, cause=ErasureCause.RETENTION, heed_holds=True) is False
    assert again(case).email
