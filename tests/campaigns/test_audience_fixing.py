"""An audience that is fixed: the number that was shown, one of an address, and all or nothing."""

from datetime import timedelta
from uuid import RFC_4122

import pytest

from campaigns.actions.fixing import fix, loosen
from campaigns.audiences import Changed
from campaigns.audiences.choosing import tally_of
from campaigns.audiences.finding import people
from campaigns.audiences.rules import Rules
from campaigns.models import Mailing, Recipient, Refusal
from campaigns.states import Excluded, MailingState, RecipientState
from councils.access import access_of
from councils.clock import hub_now
from councils.models import Council, Event
from councils.refusals import Refused, RoleRefused
from councils.tenancy import across, as_council
from tests.campaigns.audience import edits, mailing, reader, segment, subscriber
from tests.conftest import Cast


def recipients(of: Mailing) -> list[tuple[int, object]]:
    found = Recipient.objects.filter(mailing=of)
    return sorted(found.values_list("source_id", "subscriber_key"))


def test_an_audience_is_fixed_as_it_was_shown(kent: Council) -> None:
    people = {reader(kent).pk, subscriber(kent).pk}
    subscriber(kent, purposes=())
    ready = mailing(kent, segment(kent))
    tally = fix(ready, 2, by=edits(kent))
    assert (tally.included, tally.excluded) == (2, {Excluded.NO_CONSENT: 1})
    with as_council(kent):
        ready.refresh_from_db()
        assert {key for _, key in recipients(ready)} == people
        assert (ready.fixed, ready.excluded, ready.state) == (2, {"no_consent": 1}, MailingState.DRAFT)
        assert Event.objects.get(verb="mailing.fixed", subject_id=ready.pk).facts["included"] == 2


def test_who_is_written_to_next_lies_beside_the_one_before_and_no_key_tells_how_many(kent: Council) -> None:
    for _ in range(5):
        subscriber(kent)
    ready = mailing(kent, segment(kent))
    fix(ready, 5, by=edits(kent))
    with as_council(kent):
        found = list(Recipient.objects.filter(mailing=ready).order_by("pk").values_list("pk", "address_hash"))
    assert [hashed for _, hashed in found] == sorted(hashed for _, hashed in found)
    assert {(key.version, key.variant) for key, _ in found} == {(7, RFC_4122)}
    places = [int(key.hex[13:16] + key.hex[17:22], 16) for key, _ in found]
    assert places == [number * (2**32 - 1) // 5 for number in range(1, 6)]


def test_another_number_than_was_shown_fixes_nobody(kent: Council) -> None:
    subscriber(kent)
    ready = mailing(kent, segment(kent))
    subscriber(kent)
    with pytest.raises(Changed, match="2 people") as refused:
        fix(ready, 1, by=edits(kent))
    assert refused.value.now == 2
    with as_council(kent):
        ready.refresh_from_db()
        assert (ready.fixed, recipients(ready)) == (None, [])


def test_one_address_in_two_councils_gets_one_copy(office: Council, kent: Council, hampshire: Council) -> None:
    """Of the council where it stands longest."""
    first = subscriber(hampshire, "both@example.org", created_at=hub_now() - timedelta(days=9))
    subscriber(kent, "both@example.org")
    ready = mailing(office, segment(office))
    assert fix(ready, 1, by=edits(office)).excluded == {Excluded.TWICE: 1}
    with as_council(office):
        assert recipients(ready) == [(hampshire.pk, first.pk)]


def test_an_address_that_one_council_may_not_write_to_comes_from_the_other(
    office: Council, kent: Council, hampshire: Council
) -> None:
    refused = subscriber(kent, "both@example.org", created_at=hub_now() - timedelta(days=9))
    Refusal.objects.create(council=kent, address_hash=refused.address_hash)
    subscriber(hampshire, "both@example.org")
    ready = mailing(office, segment(office))
    assert fix(ready, 1, by=edits(office)).excluded == {Excluded.SUPPRESSED: 1}
    with as_council(office):
        assert [source for source, _ in recipients(ready)] == [hampshire.pk]


def test_a_segment_that_names_another_council_finds_nobody_there(kent: Council, hampshire: Council) -> None:
    """Forged: the page of a council's editor offers no other."""
    subscriber(hampshire)
    mine = subscriber(kent)
    forged = mailing(kent, segment(kent, councils=["hampshire", "kent"]))
    fix(forged, 1, by=edits(kent))
    elsewhere = mailing(kent, segment(kent, councils=["hampshire"]))
    with pytest.raises(Refused, match="nobody to write to"):
        fix(elsewhere, 0, by=edits(kent))
    with as_council(kent):
        assert recipients(forged) == [(kent.pk, mine.pk)]


@pytest.mark.parametrize("slug", ["kent", "hampshire"])
def test_row_level_security_alone_keeps_another_councils_people_out(
    kent: Council, hampshire: Council, slug: str
) -> None:
    """Asked for both, in the scope of one."""
    for council in (kent, hampshire):
        subscriber(council)
    with as_council(Council.objects.get(slug=slug)):
        found = people(Rules(), [kent.pk, hampshire.pk])
        assert {each.council.slug for each in found} == {slug}


def test_a_councils_own_email_goes_to_its_own_people_whoever_fixes_it(
    office: Council, kent: Council, hampshire: Council
) -> None:
    subscriber(kent)
    subscriber(hampshire)
    assert fix(mailing(kent, segment(kent)), 1, by=edits(office)).included == 1


def test_whoever_runs_no_campaigns_there_fixes_nothing(kent: Council, hampshire: Council, cast: Cast) -> None:
    ready = mailing(kent, segment(kent))
    for stranger in (access_of(cast.kate), edits(hampshire)):
        with pytest.raises(RoleRefused):
            fix(ready, 0, by=stranger)
        with pytest.raises(RoleRefused):
            loosen(ready, by=stranger)


def test_an_email_without_a_segment_has_no_audience(kent: Council) -> None:
    bare = mailing(kent, segment(kent), segment_id=None)
    with pytest.raises(Refused, match="Choose an audience"):
        fix(bare, 0, by=edits(kent))


def test_fixed_again_the_former_audience_goes(kent: Council) -> None:
    subscriber(kent)
    ready = mailing(kent, segment(kent))
    fix(ready, 1, by=edits(kent))
    subscriber(kent)
    fix(ready, 2, by=edits(kent))
    with as_council(kent):
        assert Recipient.objects.filter(mailing=ready).count() == 2


def test_a_loosened_audience_is_nobodys(kent: Council) -> None:
    subscriber(kent)
    ready = mailing(kent, segment(kent, unmailed=3))
    fix(ready, 1, by=edits(kent))
    with as_council(kent):
        Mailing.objects.filter(pk=ready.pk).update(state=MailingState.APPROVED)
    loosen(ready, by=edits(kent))
    with as_council(kent):
        ready.refresh_from_db()
        assert (ready.state, ready.fixed, ready.rules, ready.excluded) == (MailingState.DRAFT, None, {}, {})
        assert recipients(ready) == []


@pytest.mark.parametrize("state", [MailingState.RUNNING, MailingState.DRAFT])
def test_what_is_on_its_way_is_not_loosened(kent: Council, state: MailingState) -> None:
    subscriber(kent)
    ready = mailing(kent, segment(kent))
    fix(ready, 1, by=edits(kent))
    with as_council(kent):
        Mailing.objects.filter(pk=ready.pk).update(state=state)
        Recipient.objects.filter(mailing=ready).update(state=RecipientState.HANDED)
    with pytest.raises(Refused, match="on its way"):
        loosen(ready, by=edits(kent))


def test_what_is_approved_is_not_fixed_again(kent: Council) -> None:
    subscriber(kent)
    ready = mailing(kent, segment(kent))
    fix(ready, 1, by=edits(kent))
    with as_council(kent):
        Mailing.objects.filter(pk=ready.pk).update(state=MailingState.APPROVED)
    with pytest.raises(Refused, match="fixed already"):
        fix(ready, 1, by=edits(kent))


def test_what_would_be_fixed_is_what_is_counted(office: Council, kent: Council, hampshire: Council) -> None:
    reader(kent)
    reader(kent, closed_at=None, promise_kept_at=None)
    subscriber(hampshire, last_mailed_at=hub_now())
    ready = mailing(office, segment(office))
    with across(edits(office).reach, reason="a page"):
        shown = tally_of(ready, edits(office))
    assert (shown.included, shown.left_out, shown.found) == (1, 2, 3)
    assert fix(ready, shown.included, by=edits(office)) == shown


def test_a_councils_email_goes_to_no_other_council_even_if_the_hub_names_one(
    office: Council, kent: Council, hampshire: Council
) -> None:
    """They agreed to news from Hampshire, and never to Kent's."""
    subscriber(hampshire)
    mine = subscriber(kent)
    both = mailing(kent, segment(kent, councils=["hampshire", "kent"]))
    assert fix(both, 1, by=edits(office)).included == 1
    with as_council(kent):
        assert recipients(both) == [(kent.pk, mine.pk)]
