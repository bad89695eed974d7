"""From a draft to its end: who may, what must hold, and what a pause, a cancellation and the end leave behind."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from campaigns.actions import mailings as actions
from campaigns.actions.stopping import cancel, pause, resume
from campaigns.audiences import Changed
from campaigns.content.look import look_of
from campaigns.mailings.jobs import finish_what_is_through, hold_what_is_paused, start_scheduled
from campaigns.mailings.missed import missed
from campaigns.mailings.numbers import numbers_of
from campaigns.models import Look, Mailing, Recipient, Segment
from campaigns.states import Excluded, MailingState, Purpose, RecipientState
from councils.access import Access
from councils.clock import hub_now
from councils.models import Council, Event
from councils.refusals import Refused, RoleRefused
from councils.tenancy import as_council
from outbox.models import Message
from outbox.sending import deliver_due
from outbox.states import State
from tests.campaigns import sending
from tests.outbox.conftest import Receiver, receiver

__all__ = ["receiver"]
Move = Callable[[datetime], None]


@pytest.fixture(autouse=True)
def by_day(move_clock: Move) -> None:
    move_clock(sending.BY_DAY)


@pytest.fixture
def ed(kent: Council) -> Access:
    return sending.editor(kent)


def prepared(council: Council, by: Access, many: int = 2) -> Mailing:
    for number in range(many):
        sending.subscriber(council, f"p{number}@example.org")
    with as_council(council):
        segment = Segment.objects.create(council=council, name="Everybody", created_by=by.user)
    mailing = sending.draft(council, by, segment=segment)
    return actions.prepare(sending.fresh(mailing), shown=many, by=by)


def state(mailing: Mailing) -> str:
    return sending.fresh(mailing).state


def verbs(council: Council) -> list[str]:
    with as_council(council):
        return list(
            Event.objects.filter(verb__startswith="mailing.").order_by("at", "id").values_list("verb", flat=True)
        )


def test_few_need_no_second_person(kent: Council, ed: Access) -> None:
    mailing = prepared(kent, ed)
    assert (mailing.state, mailing.fixed) == (MailingState.APPROVED, 2)
    assert sending.recipients(mailing) == [(RecipientState.WAITING, "")] * 2


def test_many_wait_for_a_colleague_and_not_for_whoever_made_it(kent: Council, ed: Access) -> None:
    Look.objects.update_or_create(council=kent, defaults={"two_above": 1})
    mailing = prepared(kent, ed)
    assert mailing.state == MailingState.TO_APPROVE
    with pytest.raises(RoleRefused):
        actions.approve(mailing, by=ed)
    with pytest.raises(Refused):
        actions.start(mailing, by=ed)
    approved = actions.approve(mailing, by=sending.editor(kent, "Ann"))
    assert (approved.state, approved.approved_by is not None) == (MailingState.APPROVED, True)


def test_whoever_chose_whom_it_goes_to_approves_nothing_either(kent: Council, ed: Access) -> None:
    Look.objects.update_or_create(council=kent, defaults={"two_above": 1})
    ann, mailing = sending.editor(kent, "Ann"), prepared(kent, ed)
    drafted = actions.back(mailing, by=ed)
    with as_council(kent):
        segment = Segment.objects.get(council=kent)
    actions.choose(drafted, segment=segment, purpose=Purpose.NEWS, per_minute=None, by=ann)
    again = actions.prepare(sending.fresh(mailing), shown=2, by=ed)
    with pytest.raises(RoleRefused):
        actions.approve(again, by=ann)


def test_another_councils_editor_may_nothing(kent: Council, hampshire: Council, ed: Access) -> None:
    mailing, other = prepared(kent, ed), sending.editor(hampshire, "Hetty")
    for act in (actions.approve, actions.start, actions.back, pause, cancel):
        with pytest.raises(RoleRefused):
            act(mailing, by=other)
    assert state(mailing) == MailingState.APPROVED


def test_another_number_than_the_one_shown_fixes_nobody(kent: Council, ed: Access) -> None:
    with as_council(kent):
        segment = Segment.objects.create(council=kent, name="Everybody", created_by=ed.user)
    mailing = sending.draft(kent, ed, segment=segment)
    sending.subscriber(kent, "p@example.org")
    with pytest.raises(Changed) as refused:
        actions.prepare(sending.fresh(mailing), shown=7, by=ed)
    assert refused.value.now == 1
    assert (state(mailing), sending.recipients(mailing)) == (MailingState.DRAFT, [])


def test_an_email_that_says_nothing_is_not_fixed(kent: Council, ed: Access) -> None:
    mailing = sending.draft(kent, ed, blocks=[])
    with pytest.raises(Refused, match="Write the email first"):
        actions.prepare(mailing, shown=0, by=ed)


def test_back_to_a_draft_it_is_for_nobody(kent: Council, ed: Access) -> None:
    mailing = actions.back(prepared(kent, ed), by=ed)
    assert (mailing.state, mailing.fixed, mailing.approved_at) == (MailingState.DRAFT, None, None)
    assert sending.recipients(mailing) == []


@pytest.mark.parametrize(
    "at",
    [
        sending.BY_DAY - timedelta(hours=1),
        datetime(2027, 3, 7, 11, tzinfo=UTC),  # a Sunday
        datetime(2027, 3, 4, 22, tzinfo=UTC),
        datetime(2028, 3, 6, 11, tzinfo=UTC),
    ],
)
def test_it_is_scheduled_for_an_hour_in_which_emails_leave(kent: Council, ed: Access, at: datetime) -> None:
    with pytest.raises(Refused):
        actions.schedule(prepared(kent, ed), at=at, by=ed)


def test_a_scheduled_one_starts_by_itself_and_once(kent: Council, ed: Access, move_clock: Move) -> None:
    mailing = actions.schedule(prepared(kent, ed), at=sending.BY_DAY + timedelta(hours=2), by=ed)
    assert start_scheduled() == 0
    move_clock(sending.BY_DAY + timedelta(hours=2))
    assert [start_scheduled(), start_scheduled()] == [1, 0]
    assert (state(mailing), sending.fresh(mailing).started_at) == (MailingState.RUNNING, hub_now())


def test_a_pause_takes_back_what_waits_and_nobody_gets_two(kent: Council, receiver: Receiver) -> None:
    mailing, ed = sending.running(kent, 4), sending.editor(kent)
    sending.expanded(mailing)
    pause(mailing, by=ed)
    assert (sending.messages(mailing), deliver_due()) == ([], 0)
    assert sending.recipients(mailing) == [(RecipientState.WAITING, "")] * 4
    assert sending.expanded(mailing) == 0
    resume(mailing, by=ed)
    assert sending.all_sent(mailing) == 4
    assert len({mime.split(b"To: ")[1].split(b"\r\n")[0] for mime in receiver.stored}) == len(receiver.stored) == 4


def test_what_a_sender_gives_back_while_it_is_paused_stays(kent: Council, receiver: Receiver, move_clock: Move) -> None:
    receiver.rcpt = "450 4.2.1 Mailbox busy"
    mailing, ed = sending.running(kent, 1), sending.editor(kent)
    sending.expanded(mailing)
    with as_council(kent):  # as if it lay in a sender's hands while somebody paused
        Message.objects.update(not_before=hub_now() + timedelta(hours=1))
        Mailing.objects.update(state=MailingState.PAUSED)
    move_clock(sending.BY_DAY + timedelta(hours=1))
    assert deliver_due() == 0
    assert hold_what_is_paused() == 1
    assert sending.recipients(mailing) == [(RecipientState.WAITING, "")]
    resume(mailing, by=ed)
    assert state(mailing) == MailingState.RUNNING


def test_a_cancelled_one_says_who_did_not_get_it(kent: Council, receiver: Receiver) -> None:
    sam = sending.subscriber(kent, "sam@example.org", "Sam")
    mailing, ed = sending.running(kent, 0, sam), sending.editor(kent)
    sending.expanded(mailing)
    ended = cancel(mailing, by=ed)
    assert (deliver_due(), receiver.stored, ended.state) == (0, [], MailingState.CANCELLED)
    with as_council(kent):
        (line,) = missed(ended)
        assert numbers_of(ended).adds_up
    assert (line.name, line.address) == ("Sam", "s…@example.org")
    with pytest.raises(Refused):
        resume(mailing, by=ed)


def test_what_went_to_each_adds_up_to_those_it_was_fixed_for(
    kent: Council, receiver: Receiver, move_clock: Move
) -> None:
    gone, left = sending.subscriber(kent, "gone@example.org"), sending.subscriber(kent, "late@example.org")
    mailing = sending.running(kent, 3, gone, left)
    with as_council(kent):
        type(gone).objects.filter(pk=gone.pk).update(state="ended")
    sending.expanded(mailing)
    with as_council(kent):
        one, two, three = (message.pk for message in sending.messages(mailing) if message.to_address[0] == "p")
        # Three ends of a message that the receiver's answers bring about (tests/outbox).
        Message.objects.filter(pk=one).update(state=State.UNKNOWN, settled_at=hub_now())
        Message.objects.filter(pk=two).update(state=State.DEAD, settled_at=hub_now())
        type(left).objects.filter(pk=left.pk).update(state="ended")
    assert finish_what_is_through() == 0
    deliver_due()
    with as_council(kent):
        numbers = numbers_of(sending.fresh(mailing))
    assert (numbers.sent, numbers.unknown, numbers.failed, numbers.to_come) == (1, 1, 1, 0)
    assert dict(numbers.left_out) == {str(Excluded.NO_CONSENT.label): 2}
    assert numbers.adds_up and three
    assert [finish_what_is_through(), finish_what_is_through()] == [1, 0]
    assert (state(mailing), verbs(kent)) == (MailingState.DONE, ["mailing.finish"])


def test_every_step_is_an_event_of_the_owner(kent: Council, ed: Access) -> None:
    mailing = prepared(kent, ed)
    actions.start(mailing, by=ed)
    pause(mailing, by=ed)
    resume(mailing, by=ed)
    cancel(mailing, by=ed)
    steps = ["fixed", "prepare_small", "start", "pause", "resume", "cancel"]
    assert sorted(verbs(kent)) == sorted(f"mailing.{step}" for step in steps)


def test_only_a_drafts_audience_is_chosen(kent: Council, ed: Access) -> None:
    mailing = prepared(kent, ed)
    with pytest.raises(Refused, match="Only a draft"):
        actions.choose(mailing, segment=None, purpose=Purpose.EVENTS, per_minute=None, by=ed)


def test_a_second_person_is_asked_above_the_councils_own_number(kent: Council) -> None:
    assert look_of(kent).two_above == 50


def test_nobody_of_another_mailing_is_touched(kent: Council) -> None:
    mailing, ed = sending.running(kent, 1), sending.editor(kent)
    sam = sending.subscriber(kent, "sam@example.org")
    other = sending.running(kent, 0, sam, name="Other")
    for each in (mailing, other):
        sending.expanded(each)
    pause(mailing, by=ed)
    assert [len(sending.messages(each)) for each in (mailing, other)] == [0, 1]
    with as_council(kent):
        assert Recipient.objects.filter(state=RecipientState.HANDED).count() == 1
