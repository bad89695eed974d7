"""How often the second step of a log-in may be tried.

Whoever stands here knows the password already, so a code of six digits is all that is left to guess. Tries are counted
in the trail, in PostgreSQL: losing Valkey does not make them unlimited. They are counted by network, so that a thief
does not lock the owner out, and over all networks together for those that the account has not logged in from lately:
a thief with many networks has as few tries as one with one.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import AuthenticateWebAuthnForm, LoginWebAuthnForm, ReauthenticateWebAuthnForm
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest

from councils.clock import hub_now
from councils.models import Event, User
from councils.tenancy import as_council
from staff.mails import tell_of_change
from staff.trail import network_mark, record_account
from staff.tries import PASSKEYS, stop_if_too_often, wait_page

LOGGED_IN, REFUSED = "account.logged_in", "account.second_step_refused"
KNOWN_FOR = timedelta(days=60)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Tries:
    times: int
    within: timedelta

    def wait(self, tried: list[datetime], now: datetime) -> timedelta:
        """How long from now until there is room for another; zero or less: none. `tried`: the latest first."""
        counted = [at for at in tried if at > now - self.within]
        return counted[self.times - 1] + self.within - now if len(counted) >= self.times else timedelta()


FROM_A_NETWORK = (Tries(10, timedelta(minutes=15)), Tries(50, DAY))
FROM_STRANGE_NETWORKS = Tries(100, DAY)
NO_PASSKEY = "That passkey did not work. Try again, or log in another way."
TOLD_AFTER = 5  # wrong codes in a day: the owner is told that somebody knows the password


@contextmanager
def one_try(user: User, request: HttpRequest) -> Iterator[None]:
    """One after the other for each person, or a hundred at once would count as one. Raises ImmediateHttpResponse."""
    wrong: ValidationError | None = None
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=user.pk)
        if (wait := wait_of(user, network_mark(request))) > timedelta():
            raise ImmediateHttpResponse(wait_page(request, int(wait.total_seconds()) + 1))
        try:
            yield
        except ValidationError as error:
            wrong = error
            _refused(user, request)
    if wrong:
        raise wrong


def wait_of(user: User, network: str) -> timedelta:
    now = hub_now()
    tried = _tried(user, since=now - DAY)
    here = [at for at, where in tried if where == network]
    waits = [tries.wait(here, now) for tries in FROM_A_NETWORK]
    anywhere = FROM_STRANGE_NETWORKS.wait([at for at, _ in tried], now)
    if anywhere > timedelta() and not _is_known(user, network, now):
        waits.append(anywhere)
    return max(waits)


def _tried(user: User, *, since: datetime) -> list[tuple[datetime, object]]:
    with as_council(user.home_id):
        events = _events(user).filter(verb=REFUSED, at__gt=since).order_by("-at")
        return [(at, facts.get("network")) for at, facts in events.values_list("at", "facts")]


def _is_known(user: User, network: str, now: datetime) -> bool:
    with as_council(user.home_id):
        events = _events(user).filter(verb=LOGGED_IN, at__gt=now - KNOWN_FOR)
        return any(facts.get("network") == network for facts in events.values_list("facts", flat=True).iterator())


def _events(user: User) -> QuerySet[Event]:
    return Event.objects.filter(council=user.home_id, subject_kind="user", subject_id=UUID(int=user.pk))


def _refused(user: User, request: HttpRequest) -> None:
    record_account(REFUSED, user=user, council=user.home_id, network=network_mark(request))
    if len(_tried(user, since=hub_now() - DAY)) == TOLD_AFTER:
        tell_of_change(user, "second_step_tried")


@contextmanager
def whatever_was_sent() -> Iterator[None]:
    """No browser sends a passkey without its parts, or of another shape; allauth would answer 500."""
    try:
        yield
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        raise ValidationError(NO_PASSKEY, code="no_passkey") from error


class _PasskeyCounted:
    user: User

    def clean_credential(self) -> Authenticator:
        with one_try(self.user, context.request), whatever_was_sent():
            passkey: Authenticator = super().clean_credential()  # type: ignore[misc]  # of the form that this is put before
        return passkey


class PasskeyForm(_PasskeyCounted, AuthenticateWebAuthnForm):
    pass


class PasskeyAgainForm(_PasskeyCounted, ReauthenticateWebAuthnForm):
    pass


class PasskeyAloneForm(LoginWebAuthnForm):
    """Who it is stands in what was sent: to count by it would let anybody lock them out."""

    def clean_credential(self) -> Authenticator:
        stop_if_too_often(PASSKEYS, context.request)
        with whatever_was_sent():
            passkey: Authenticator = super().clean_credential()
        return passkey
