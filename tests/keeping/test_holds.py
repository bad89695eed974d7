"""Legal holds, and the pages about keeping."""

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from councils.access import access_of
from councils.clock import hub_now
from councils.models import Council, ErasureRequest, Event, LegalHold, RetentionRule, User
from councils.models.rights import ErasureCause, ErasureState
from councils.refusals import Refused, RoleRefused
from councils.tenancy import as_council
from enquiries.actions.holding import lift_hold, place_hold
from enquiries.actions.retention_rules import set_months
from enquiries.models import Enquiry
from enquiries.models.enquiry_personal import WHEN_ERASED
from enquiries.retention.endings import Ending
from enquiries.retention.reading import months_of
from tests import factories
from tests.conftest import Cast
from tests.keeping.lives import ended

AsUser = Callable[[User], Client]


@pytest.fixture(autouse=True)
def _today(move_clock: Callable[[datetime], None]) -> None:
    move_clock(datetime(2026, 11, 22, 9, 0, tzinfo=UTC))


def rules_of(council: Council) -> str:
    return reverse("admin:councils_retentionrule_change", args=[council.slug])


def months(**given: int) -> dict[str, int]:
    return {
        "enquiry": 24,
        "not_yet": 24,
        "application": 36,
        "approved": 24,
        "passed_on": 12,
        "not_an_enquiry": 6,
    } | given


def test_whoever_answers_for_rights_holds_an_enquiry_and_lifts_the_hold(
    kent: Council, cast: Cast, as_user: AsUser
) -> None:
    case, mina = factories.enquiry(kent), as_user(cast.mina)
    sent = mina.post(reverse("admin:enquiries_enquiry_hold", args=[case.pk]), {"hold_reason": "A claim"}, follow=True)
    assert "Held: nothing of this enquiry is erased" in sent.content.decode()
    assert "A claim" in sent.content.decode()
    with as_council(kent):
        hold = LegalHold.objects.get(subject_id=case.pk)
        assert (hold.reason, hold.placed_by) == ("A claim", cast.mina)
    assert case.reference in mina.get(reverse("admin:councils_legalhold_changelist")).content.decode()
    mina.post(reverse("admin:councils_legalhold_lift", args=[hold.pk]))
    with as_council(kent):
        hold.refresh_from_db()
        assert hold.lifted_by == cast.mina
        verbs = Event.objects.filter(subject_id=case.pk, verb__contains="h").values_list("verb", flat=True)
        assert {"enquiry.held", "enquiry.hold_lifted"} <= set(verbs)


def test_a_hold_says_what_for(kent: Council, cast: Cast, as_user: AsUser) -> None:
    case = factories.enquiry(kent)
    answer = as_user(cast.mina).post(reverse("admin:enquiries_enquiry_hold", args=[case.pk]), {"hold_reason": " "})
    assert answer.status_code == 409
    assert "Say which claim, inquiry or complaint" in answer.content.decode()


def test_an_officer_neither_holds_nor_sees_the_panel(kent: Council, cast: Cast, as_user: AsUser) -> None:
    case, kate = factories.enquiry(kent), as_user(cast.kate)
    assert 'id="hold"' not in kate.get(reverse("admin:enquiries_enquiry_change", args=[case.pk])).content.decode()
    answer = kate.post(reverse("admin:enquiries_enquiry_hold", args=[case.pk]), {"hold_reason": "A claim"})
    assert answer.status_code == 409
    with pytest.raises(RoleRefused):
        place_hold(case, reason="A claim", by=access_of(cast.kate))
    with as_council(kent):
        assert not LegalHold.objects.exists()
        assert Event.objects.filter(subject_id=case.pk, verb="enquiry.refused").exists()


def test_another_councils_enquiry_and_hold_are_not_there(
    kent: Council, hampshire: Council, cast: Cast, as_user: AsUser
) -> None:
    theirs, mina = factories.enquiry(hampshire), as_user(cast.mina)
    with as_council(hampshire):
        hold = LegalHold.objects.create(council=hampshire, subject_id=theirs.pk, reason="x", placed_by=cast.hal)
    for key in (hold.pk, uuid4()):
        assert mina.post(reverse("admin:councils_legalhold_lift", args=[key])).status_code == 404
    held = mina.post(reverse("admin:enquiries_enquiry_hold", args=[theirs.pk]), {"hold_reason": "A claim"})
    assert held.status_code == 404
    with as_council(hampshire):
        assert LegalHold.objects.get().lifted_at is None


def test_one_hold_at_a_time_and_another_after_it(kent: Council, cast: Cast) -> None:
    case, mina = factories.enquiry(kent), access_of(cast.mina)
    hold = place_hold(case, reason="A claim", by=mina)
    with pytest.raises(Refused, match="already"):
        place_hold(case, reason="Another", by=mina)
    lift_hold(hold, by=mina)
    lift_hold(hold, by=mina)
    place_hold(case, reason="Another", by=mina)
    with as_council(kent):
        assert Event.objects.filter(verb="enquiry.hold_lifted").count() == 1


def test_lifting_says_that_an_erasure_goes_on(kent: Council, cast: Cast) -> None:
    case, mina = ended(kent), access_of(cast.mina)
    hold = place_hold(case, reason="A claim", by=mina)
    with as_council(kent):
        ErasureRequest.objects.create(
            council=kent, subject_id=case.pk, cause=ErasureCause.ASKED, state=ErasureState.HELD
        )
    assert lift_hold(hold, by=mina) is True


def test_a_manager_changes_the_months_of_their_own_council(kent: Council, cast: Cast, as_user: AsUser) -> None:
    mina = as_user(cast.mina)
    assert mina.post(rules_of(kent), months(enquiry=48)).status_code == 302
    with as_council(kent):
        rule = RetentionRule.objects.get()
        assert (rule.outcome, rule.months, rule.changed_by) == ("enquiry", 48, cast.mina)
        event = Event.objects.get(verb="council.retention_changed")
        assert event.facts == {"before": {"enquiry": 24}, "after": {"enquiry": 48}}
    assert "Your own number, set by Mina" in mina.get(rules_of(kent)).content.decode()


def test_the_hubs_own_number_is_not_kept_as_the_councils(kent: Council, cast: Cast) -> None:
    mina = access_of(cast.mina)
    set_months(kent, {Ending.ENQUIRY: 48}, by=mina)
    set_months(kent, {Ending.ENQUIRY: 24}, by=mina)
    assert set_months(kent, {Ending.ENQUIRY: 24}, by=mina) == {}
    with as_council(kent):
        assert not RetentionRule.objects.exists()
        assert months_of(kent.pk)[Ending.ENQUIRY] == 24


def test_less_than_the_law_is_refused_with_the_reason(kent: Council, cast: Cast, as_user: AsUser) -> None:
    answer = as_user(cast.mina).post(rules_of(kent), months(application=35))
    assert answer.status_code == 409
    assert "36 or more. Regulation 32(3)" in answer.content.decode()
    with pytest.raises(Refused, match="32"):
        set_months(kent, {Ending.APPLICATION: 12}, by=access_of(cast.mina))
    with as_council(kent):
        assert not RetentionRule.objects.exists()


def test_an_officer_looks_and_changes_nothing(kent: Council, hampshire: Council, cast: Cast, as_user: AsUser) -> None:
    kate = as_user(cast.kate)
    page = kate.get(rules_of(kent))
    assert (page.status_code, "Only a manager can change it" in page.content.decode()) == (200, True)
    assert kate.post(rules_of(kent), months(enquiry=48)).status_code == 403
    assert kate.get(rules_of(hampshire)).status_code == 404
    with pytest.raises(RoleRefused):
        set_months(kent, {Ending.ENQUIRY: 48}, by=access_of(cast.kate))


def test_who_goes_next_month_is_shown_with_a_link_and_no_name(kent: Council, cast: Cast, as_user: AsUser) -> None:
    soon, later = ended(kent, on="2024-12-20"), ended(kent, on="2025-01-05")
    held = ended(kent, on="2024-01-05")
    place_hold(held, reason="A claim", by=access_of(cast.mina))
    page = as_user(cast.kate).get(reverse("admin:councils_retentionrule_going", args=[kent.slug])).content.decode()
    assert soon.reference in page
    assert reverse("admin:enquiries_enquiry_change", args=[soon.pk]) in page
    assert later.reference not in page
    assert "There is a legal hold" in page
    assert "Erin" not in page


def test_every_council_of_ones_own_is_listed(kent: Council, cast: Cast, as_user: AsUser) -> None:
    page = as_user(cast.kate).get(reverse("admin:councils_retentionrule_changelist")).content.decode()
    assert rules_of(kent) in page
    assert "Answers in progress" in page
    assert as_user(cast.rhea).get(reverse("admin:councils_retentionrule_changelist")).status_code == 403


def test_an_erased_enquiry_cannot_be_held(kent: Council, cast: Cast) -> None:
    case = ended(kent)
    with as_council(kent):
        Enquiry.objects.filter(pk=case.pk).update(**WHEN_ERASED, erased_at=hub_now())
    with pytest.raises(Refused, match="erased"):
        place_hold(case, reason="A claim", by=access_of(cast.mina))
