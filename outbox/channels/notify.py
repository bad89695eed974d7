"""GOV.UK Notify, for email and for text messages, by its official client.

Our text goes into a template of one's own there: ((subject)) and ((body)) for email, ((body)) for text messages. The
message's key is the `reference`: what was leased before is looked for by it first, so that an answer that got lost
does not become a second copy.

What an error means rests on its status and type; Notify asks its users not to rely on the sentences.
"""

import re
from typing import Any

import requests
from django.conf import settings
from notifications_python_client.errors import APIError, HTTPError, InvalidResponse
from notifications_python_client.notifications import NotificationsAPIClient
from urllib3.exceptions import MaxRetryError

from outbox.models import Message
from outbox.outcomes import Outcome, Verdict, ambiguous, insecure, sent, unreachable
from outbox.states import ChannelKind

TIMEOUT = (5.0, 20.0)  # seconds to connect, and between two pieces of an answer: two requests stay inside a lease
_SEND_AGAIN = frozenset({"technical-failure", "cancelled"})  # Notify has it and says that it did not leave
_UNSUBSCRIBE = re.compile(rb"^List-Unsubscribe:.*<(https://[^>\s]+)>", re.IGNORECASE | re.MULTILINE)


class Notify:
    def __init__(self, timeout: tuple[float, float] = TIMEOUT) -> None:
        self._client = NotificationsAPIClient(settings.NOTIFY_API_KEY, settings.NOTIFY_URL, timeout)

    def send(self, message: Message) -> Outcome:
        if message.lease_token > 1:
            try:
                known = self._known(message)
            except (HTTPError, InvalidResponse) as error:
                return could_not_ask(error)
            if known:
                return known
        try:
            return _taken(self._post(message))
        except (HTTPError, InvalidResponse) as error:
            return outcome_of(error)

    def close(self) -> None:
        """A session that is used again opens a connection again."""
        self._client.request_session.close()

    def _known(self, message: Message) -> Outcome | None:
        """Whether an earlier request arrived although its answer did not. Notify remembers for seven days."""
        found = self._client.get_all_notifications(reference=str(message.pk))["notifications"]
        there = [each for each in found if each["status"] not in _SEND_AGAIN]
        return sent(f"known to Notify: {there[0]['status']}", str(there[0]["id"])) if there else None

    def _post(self, message: Message) -> Any:
        reference, text = str(message.pk), message.text
        if message.channel == ChannelKind.SMS:
            template = settings.NOTIFY_SMS_TEMPLATE
            return self._client.send_sms_notification(message.to_address, template, {"body": text}, reference)
        return self._client.send_email_notification(
            message.to_address,
            settings.NOTIFY_EMAIL_TEMPLATE,
            {"subject": message.subject, "body": text},
            reference,
            one_click_unsubscribe_url=_unsubscribe_link(message),
        )


def outcome_of(error: APIError) -> Outcome:
    """Of a message that was offered."""
    if error.response is None:
        return _without_an_answer(error.__cause__)
    status, code = error.status_code, _code(error)
    if status < 400:
        return ambiguous(code)  # taken, and then an answer that nobody can read
    if status in (401, 403):
        return Outcome(Verdict.HOLD, code, ends_run=True, trips=True)
    if status >= 500:
        return unreachable(code)  # looked for by its reference before it is offered again
    if code.endswith("_ValidationError"):
        return Outcome(Verdict.DEAD, code)
    if status == 429:
        return Outcome(Verdict.HOLD, code, ends_run=True)
    # A service in trial mode, a team's key, a missing template: all alike. Or a text that is too long: this one.
    return Outcome(Verdict.HOLD, code, ends_run=True, trips=True, may_be_the_message=True)


def could_not_ask(error: APIError) -> Outcome:
    """Nothing was offered, so nothing can have left."""
    outcome = outcome_of(error)
    return outcome if outcome.verdict is Verdict.HOLD else unreachable(outcome.code)


def _without_an_answer(cause: BaseException | None) -> Outcome:
    code = f"notify_{type(cause).__name__}"
    if isinstance(cause, requests.exceptions.SSLError):
        return insecure(code)
    if isinstance(cause, ValueError):  # the address of Notify is none
        return Outcome(Verdict.HOLD, code, ends_run=True, trips=True)
    never_connected = isinstance(cause, requests.ConnectTimeout) or (
        isinstance(cause, requests.ConnectionError) and isinstance(cause.args[0] if cause.args else None, MaxRetryError)
    )
    return unreachable(code) if never_connected else ambiguous(code)


def _taken(answer: Any) -> Outcome:
    return sent(f"201 {answer['id']}", str(answer["id"]))


def _code(error: APIError) -> str:
    """Status and error type: `notify_429_RateLimitError`."""
    told = error.message
    kind = told[0].get("error", "") if isinstance(told, list) and told and isinstance(told[0], dict) else ""
    return f"notify_{error.status_code}_{kind}"[:60].rstrip("_")


def _unsubscribe_link(message: Message) -> str | None:
    head = bytes(message.mime).partition(b"\r\n\r\n")[0]
    found = _UNSUBSCRIBE.search(head)
    return found[1].decode("ascii") if found else None
