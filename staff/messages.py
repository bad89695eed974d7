"""Messages as staff see them: what the list can be narrowed to, and all there is to know about one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.db.models import TextChoices

from councils.access import Access
from councils.models import Council, Event
from councils.roles import Permission
from outbox.confidential import confidential, is_for_the_receiver_alone
from outbox.mail_pages import has_html, parsed
from outbox.models import Message
from outbox.models.message import MessageQuerySet
from outbox.states import FAILED_STATES, OPEN_STATES, REQUEUEABLE_STATES, ChannelKind, Lane, State, Window
from staff.mails import LINK

PAGE = 50
# Their links open an account: whoever reads them for somebody else could become them.
FOR_THE_RECEIVER_ALONE = frozenset({"invitation", LINK})
_WITH_A_LINK = ("List-Unsubscribe",)
_LAST_SHEET = 1000
_KINDS_AMONG = 1000  # of the newest messages: the kinds that are in use


class Which(TextChoices):
    NEEDS_A_LOOK = "needs_a_look", "Needs a look"


@dataclass(frozen=True)
class Narrowed:
    """What the list is narrowed to, already checked; what is empty asks for no narrowing."""

    show: str = ""
    state: str = ""
    kind: str = ""
    lane: int | None = None
    channel: str = ""
    council: int | None = None

    def query(self) -> str:
        asked = {name: value for name, value in vars(self).items() if value}
        return "&".join(f"{name}={value}" for name, value in asked.items())


class NarrowForm(forms.Form):
    """What no filter offers narrows nothing."""

    use_required_attribute = False
    show = forms.ChoiceField(label="Show", required=False, choices=[("", "All messages"), *Which.choices])
    state = forms.ChoiceField(label="State", required=False, choices=[("", "Any state"), *State.choices])
    kind = forms.ChoiceField(label="What it is", required=False)
    lane = forms.TypedChoiceField(
        label="Lane", required=False, coerce=int, empty_value=None, choices=[("", "Any lane"), *Lane.choices]
    )
    channel = forms.ChoiceField(label="By", required=False, choices=[("", "Email or text"), *ChannelKind.choices])
    council = forms.TypedChoiceField(label="Council", required=False, coerce=int, empty_value=None)

    def __init__(self, data: object, *, kinds: list[str], councils: list[Council]) -> None:
        super().__init__(data, label_suffix="")  # type: ignore[arg-type]  # a QueryDict
        self.fields["kind"].choices = [("", "Anything"), *((kind, in_words(kind)) for kind in kinds)]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["council"].choices = [("", "All of yours"), *((each.pk, each.name) for each in councils)]  # type: ignore[attr-defined]  # as above
        if len(councils) < 2:
            del self.fields["council"]

    def narrowed(self) -> Narrowed:
        self.full_clean()
        return Narrowed(**{name: value for name, value in self.cleaned_data.items() if value})


def in_words(kind: str) -> str:
    return kind.replace("_", " ").capitalize()


def visible_to(access: Access) -> MessageQuerySet:
    found: MessageQuerySet = Message.objects.filter(council__in=access.where(Permission.SEE_MESSAGES))
    return found.exclude(kind__in=sorted(confidential()))


def chosen(wish: Narrowed, *, access: Access) -> MessageQuerySet:
    """Predicates that an index may serve under row-level security: equality, and ranges of times."""
    found = visible_to(access)
    found = found.needing_a_look() if wish.show == Which.NEEDS_A_LOOK else found
    asked = {"state": wish.state, "kind": wish.kind, "lane": wish.lane, "channel": wish.channel}
    found = found.filter(**{name: value for name, value in asked.items() if value})
    return found.filter(council=wish.council) if wish.council else found


@dataclass(frozen=True)
class Sheet:
    """One page of the list. Nobody counts the whole: that would read every message of a council."""

    messages: list[Message]
    number: int
    has_older: bool


def sheet_of(found: MessageQuerySet, asked: str) -> Sheet:
    number = min(int(asked), _LAST_SHEET) if asked.isascii() and asked.isdecimal() and len(asked) < 9 else 1
    before = (max(number, 1) - 1) * PAGE
    newest = found.select_related("council").defer("mime", "text").newest_first()
    messages = list(newest[before : before + PAGE + 1])
    return Sheet(messages[:PAGE], max(number, 1), has_older=len(messages) > PAGE)


def kinds_in_use(access: Access) -> list[str]:
    newest = visible_to(access).newest_first().values("kind")[:_KINDS_AMONG]
    return sorted({row["kind"] for row in newest})


@dataclass(frozen=True)
class Happened:
    at: datetime
    what: str
    who: str


@dataclass(frozen=True)
class Letter:
    """One message, with what happened to it; `headers` and `html` of an email."""

    message: Message
    facts: list[tuple[str, object]]
    headers: list[tuple[str, str]]
    html: bool
    happened: list[Happened]
    may_cancel: bool
    may_requeue: bool
    spared: bool
    hidden: bool


def letter(message: Message, *, spared: bool) -> Letter:
    mail = parsed(message)
    written = message.channel == ChannelKind.EMAIL and bool(message.mime)
    return Letter(
        message=message,
        facts=[fact for fact in _facts(message) if fact[1]],
        headers=[each for each in mail.items() if each[0] not in _WITH_A_LINK] if written else [],
        html=written and has_html(mail) and not is_hidden(message),
        happened=list(_happened(message)),
        may_cancel=message.state in OPEN_STATES and not message.cancel_asked,
        may_requeue=message.state in REQUEUEABLE_STATES,
        spared=spared,
        hidden=is_hidden(message),
    )


def is_hidden(message: Message) -> bool:
    kind, subject_kind = message.kind, message.subject_kind
    return kind in FOR_THE_RECEIVER_ALONE or is_for_the_receiver_alone(kind=kind, subject_kind=subject_kind)


_WORDS: Mapping[str, str] = {
    "message.cancelled": "Cancelled",
    "message.cancel_asked": "Asked to cancel while it was being sent",
    "message.requeued": "Sent once more",
    "message.refused": "Tried something that was not possible",
}


def _happened(message: Message) -> Iterator[Happened]:
    events = Event.objects.filter(council=message.council_id, subject_id=message.pk, verb__in=_WORDS)
    for event in events.select_related("by").order_by("at"):
        yield Happened(event.at, _WORDS[event.verb], event.by.name if event.by else "")


def _facts(message: Message) -> Iterator[tuple[str, object]]:
    yield "To", message.to_address
    yield "What it is", in_words(message.kind)
    yield "By", message.get_channel_display()
    yield "Lane", message.get_lane_display()
    yield "Made", message.created_at
    yield "Next try", message.not_before if message.state == State.QUEUED else None
    yield "May leave", message.get_window_display() if message.window != Window.ANY_TIME else ""
    yield "Given up at", message.expires_at if message.state in OPEN_STATES else None
    yield "Attempts", str(message.attempts)
    yield "Senders that ended while sending it", message.deaths
    yield "In a sender’s hands until", message.lease_until
    yield "Begun", message.started_at
    yield "Cancel asked", "Yes: it will not be tried again" if message.cancel_asked else ""
    yield "Ended", message.settled_at
    yield "Why", message.last_error if message.state in FAILED_STATES | OPEN_STATES | {State.UNKNOWN} else ""
    yield "The receiver’s last answer", message.smtp_reply
    yield "The provider calls it", message.provider_id
    yield "What became of it", message.receipt
    yield "Told us at", message.receipt_at
    yield "Message-ID", message.message_id
