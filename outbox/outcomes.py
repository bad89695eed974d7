"""What an answer of the receiver, or its silence, means for the message. Pure.

Errors carry one bit that matters: will trying again help? The rest is whom to tell.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

_ENHANCED = re.compile(r"\s*([245])\.(\d{1,3})\.(\d{1,3})\b")
_OF_RECIPIENT = frozenset({"0", "1", "2", "3", "6", "10"})  # 5.1.7 and 5.1.8 blame the sender's address
_NOT_LET_IN = frozenset({530, 534, 535, 538})  # RFC 4954: who we are, not what we send
_SHUTTING_DOWN = 421


class Verdict(StrEnum):
    SENT = "sent"
    RETRY = "retry"  # backs off; this attempt counts
    HOLD = "hold"  # backs off; the message is not to blame and the attempt does not count
    DEAD = "dead"
    NO_SUCH_ADDRESS = "no_such_address"
    UNKNOWN = "unknown"  # the last byte left and no answer came


@dataclass(frozen=True, slots=True)
class Outcome:
    """`code` is ours and names no person; `provider_id` is the provider's name for the message.

    `ends_run`: the provider is away or shuts us out, so the next fares alike; a few in a row open its circuit.
    `trips`: once is enough, since only a person can put it right (log-in, TLS, policy). `may_be_the_message`: policy,
    but said to a recipient or a text, so that it may be about this one alone.
    """

    verdict: Verdict
    code: str = ""
    reply: str = ""
    ends_run: bool = False
    trips: bool = False
    may_be_the_message: bool = False
    provider_id: str = ""


def sent(reply: str, provider_id: str = "") -> Outcome:
    return Outcome(Verdict.SENT, reply=reply, provider_id=provider_id)


def refused(code: int, text: str, *, about_us: bool = False) -> Outcome:
    """`about_us`: answered before a recipient was named, to the greeting, the log-in or the sender's address."""
    status = _ENHANCED.match(text)
    enhanced = status.groups() if status else ()
    verdict = _verdict(code, enhanced, about_us)
    return Outcome(
        verdict,
        code="_".join([f"smtp_{code}", ".".join(enhanced)]).rstrip("_"),
        reply=f"{code} {text}",
        ends_run=about_us or verdict is Verdict.HOLD or code == _SHUTTING_DOWN,
        trips=verdict is Verdict.HOLD,
        may_be_the_message=verdict is Verdict.HOLD and not about_us and code not in _NOT_LET_IN,
    )


def _verdict(code: int, enhanced: tuple[str, ...], about_us: bool) -> Verdict:
    """A 550 with no enhanced code may mean the mailbox or a policy (RFC 5321, 4.2.3), so it suppresses nobody: a
    person is told. Its words are no help: every server has its own."""
    if code in _NOT_LET_IN:
        return Verdict.HOLD
    if code < 500:
        return Verdict.RETRY
    if about_us or enhanced[:2] == ("5", "7"):
        return Verdict.HOLD
    if enhanced[:2] == ("5", "1"):
        return Verdict.NO_SUCH_ADDRESS if enhanced[2] in _OF_RECIPIENT else Verdict.HOLD
    return Verdict.DEAD


def unreachable(code: str) -> Outcome:
    """No connection, or it broke before the last byte had left: nothing can have arrived."""
    return Outcome(Verdict.RETRY, code, ends_run=True)


def insecure(code: str) -> Outcome:
    """TLS failed. Nothing was sent, nobody's address is at fault."""
    return Outcome(Verdict.HOLD, code, ends_run=True, trips=True)


def ambiguous(code: str) -> Outcome:
    """RFC 1047: the connection broke between our final dot and the receiver's answer."""
    return Outcome(Verdict.UNKNOWN, code, ends_run=True)


def bug(error: Exception) -> Outcome:
    """A fault of ours must not stop the messages behind it."""
    return Outcome(Verdict.UNKNOWN, f"bug_{type(error).__name__}")
