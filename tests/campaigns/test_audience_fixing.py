"""An audience that is fixed: the number that was shown, one of an address, and all or nothing."""

import pytest

from campaigns.actions.fixing import fix
from campaigns.audiences import Changed
from campaigns.models import Recipient
from campaigns.states import Excluded, MailingState
from councils.models import Council, Event
from councils.tenancy import as_council
from tests.campaigns.audience import edits, mailing, reader, segment, subscriber


def recipients(of: object) -> list[tuple[int, object]]:
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
