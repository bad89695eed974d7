"""A phone is lost: the second step begins anew. The password stays, so whoever found the phone has gained nothing."""

from uuid import uuid4

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.urls import reverse

from councils.access import Access
from councils.clock import hub_now
from councils.models import Council, Membership, User
from councils.refusals import Refused, RoleRefused
from councils.roles import Permission
from councils.tenancy import as_council
from councils.working_time import in_london
from outbox.actions import enqueue_template
from staff.mails import CHANGED, CHANGES, KEPT_TRYING
from staff.people.actions.recording import record_person
from staff.people.rules import current, locked, managing, require_changing
from staff.sessions import end_sessions

NOT_YOURS_ALONE = "Only the hub manager can do this for this person."
NOTHING_TO_RESET = "They have not set up a second step yet."


def reset_second_factor(membership: Membership, *, by: Access) -> None:
    """They log in with their password and set it up again. Only by who manages every council that they work for: the
    account is as strong for all of them. Raises Refused."""
    with managing(membership.council_id, by) as council:
        held = current(membership)
        require_changing(held, council, by)
        _require_managing_all(held, by)
        _reset(locked(held.user_id), council, by.user)


def reset_for_nobody_else_can(user: User, *, by: None = None) -> None:
    """By the operator, on the command line: a hub's only manager, or somebody of two hubs. Raises Refused."""
    home = Council.objects.select_related("hub").get(pk=user.home_id)
    with as_council(home):
        _reset(locked(user.pk), home, by)


def _reset(user: User, council: Council, by: User | None) -> None:
    if user.second_factor_at is None:
        raise Refused(NOTHING_TO_RESET)
    Authenticator.objects.filter(user=user.pk).delete()
    user.second_factor_at = None
    user.save(update_fields=["second_factor_at"])
    record_person("people.second_step_reset", user, council=council.pk, by=by)
    _tell(user, council)
    end_sessions(user)


def _tell(user: User, council: Council) -> None:
    """From the council's outbox: its scope is open, and the mail leaves only if the change stands."""
    enqueue_template(
        template="account_changed",
        context={
            "what": CHANGES["second_step_reset"],
            "at": in_london(hub_now()),
            "link": settings.BASE_URL + reverse("account_reset_password"),
            "hub": council.hub,
            "name": user.name,
        },
        council=council,
        kind=CHANGED,
        to=user.email,
        subject="Your log-in was changed",
        dedupe_key=f"{CHANGED}:{uuid4()}",
        to_staff=True,
        expires_at=hub_now() + KEPT_TRYING,
    )


def _require_managing_all(held: Membership, by: Access) -> None:
    councils = set(Membership.objects.current().filter(user=held.user_id).values_list("council_id", flat=True))
    if not councils <= by.where(Permission.MANAGE_PEOPLE):
        raise RoleRefused(NOT_YOURS_ALONE)
