"""What became of everybody for whom an email was fixed: sent, perhaps sent, failed, left out since, still to come."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count

from campaigns.audiences.reasons import ORDER
from campaigns.models import Mailing, Recipient
from campaigns.states import Excluded, RecipientState
from councils.models import Event
from outbox.models import Message
from outbox.settling import LEFT_OUT
from outbox.states import OPEN_STATES, State

FORGOTTEN = "reasons are not kept any more"
SPARED = "address_suppressed"  # found when it was about to leave
CALLED_BACK = "Called back while it waited: they said no, or a colleague took it back"


@dataclass(frozen=True)
class Numbers:
    """`left_out`: by reason, in words. The five parts add up to `fixed`."""

    fixed: int
    waiting: int
    on_its_way: int
    sent: int
    unknown: int
    failed: int
    left_out: Mapping[str, int]

    @property
    def dropped(self) -> int:
        return sum(self.left_out.values())

    @property
    def to_come(self) -> int:
        return self.waiting + self.on_its_way

    @property
    def dealt_with(self) -> int:
        return self.sent + self.unknown + self.failed + self.dropped

    @property
    def adds_up(self) -> bool:
        return self.to_come + self.dealt_with == self.fixed

    @property
    def sums(self) -> dict[str, int]:
        """For the event of its end."""
        return {
            "sent": self.sent,
            "unknown": self.unknown,
            "failed": self.failed,
            "dropped": self.dropped,
            "waiting": self.waiting,
        }

    @property
    def percent(self) -> int:
        return 100 * self.dealt_with // self.fixed if self.fixed else 0


def numbers_of(mailing: Mailing) -> Numbers:
    """Two queries. The owner is in scope."""
    recipients, messages = _recipients(mailing), _messages(mailing)
    if mailing.ended_at and not Recipient.objects.filter(council=mailing.council_id, mailing=mailing.pk).exists():
        recipients = _remembered(mailing, messages["spared"] + messages["called_back"])
    left_out = Counter({_words(reason): many for reason, many in recipients.items() if reason})
    left_out[str(Excluded.SUPPRESSED.label)] += messages["spared"]
    left_out[CALLED_BACK] += messages["called_back"]
    return Numbers(
        fixed=mailing.fixed or 0,
        waiting=recipients[""],
        on_its_way=messages["open"],
        sent=messages[State.SENT],
        unknown=messages[State.UNKNOWN],
        failed=messages["failed"],
        left_out=in_order(left_out),
    )


def in_order(left_out: Counter[str]) -> dict[str, int]:
    """As when it was fixed; what has no place there comes last."""
    known = [str(reason.label) for reason in ORDER]
    return {words: left_out[words] for words in (*known, *sorted(left_out.keys() - known)) if left_out[words]}


def _recipients(mailing: Mailing) -> Counter[str]:
    """By the reason they were left out for; those still to be written to have none."""
    found = Recipient.objects.filter(council=mailing.council_id, mailing=mailing.pk)
    found = found.exclude(state=RecipientState.HANDED).order_by()
    return Counter(dict(found.values_list("reason").annotate(Count("pk"))))


def _remembered(mailing: Mailing, in_messages: int) -> Counter[str]:
    """Recipients are forgotten after a year; the event of its end keeps their sums. `in_messages`: how many of those
    left out the messages tell of, which stay."""
    ends = Event.objects.filter(
        council=mailing.council_id, subject_id=mailing.pk, verb__in=["mailing.finish", "mailing.cancel"]
    )
    sums = ends.values_list("facts__sums", flat=True).first() or {}
    return Counter({FORGOTTEN: sums.get("dropped", in_messages) - in_messages, "": sums.get("waiting", 0)})


def _words(reason: str) -> str:
    return str(Excluded(reason).label) if reason in Excluded.values else reason


def _messages(mailing: Mailing) -> Counter[str]:
    found = Message.objects.filter(council=mailing.council_id, subject_id=mailing.pk, kind="mailing").order_by()
    sums: Counter[str] = Counter()
    for state, error, many in found.values_list("state", "last_error").annotate(Count("pk")):
        sums[_what(state, error)] += many
    return sums


def _what(state: str, error: str) -> str:
    if state in OPEN_STATES:
        return "open"
    if state == State.CANCELLED:
        return "counted already" if error == LEFT_OUT else "called_back"
    if state == State.SUPPRESSED and error == SPARED:
        return "spared"
    return state if state in (State.SENT, State.UNKNOWN) else "failed"
