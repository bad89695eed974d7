"""What is not kept of staff for ever: where they logged in, who was invited, and the account of who has left.

An account is emptied, not deleted: what somebody wrote keeps their name as long as it is kept itself.
"""

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.db.models.functions import Coalesce

from councils.clock import hub_now
from councils.models import Absence, Membership, User
from councils.working_time import in_london
from staff.models import Invitation
from staff.trail import record_account

LEFT = "left.invalid"  # RFC 2606: never anybody's


def clear_sessions(*, before: datetime) -> int:
    """Those that have expired, and where anybody was logged in that was not used since."""
    expired = Session.objects.filter(expire_date__lt=hub_now()).delete()[0]
    live = Session.objects.filter(expire_date__gte=hub_now()).values("session_key")
    return expired + UserSession.objects.filter(last_seen_at__lt=before).exclude(session_key__in=live).delete()[0]


def clear_invitations(*, before: datetime) -> int:
    ended = Q(accepted_at__lt=before) | Q(withdrawn_at__lt=before) | Q(expires_at__lt=before)
    return Invitation.objects.filter(ended).delete()[0]


def clear_absences(*, before: datetime) -> int:
    return Absence.objects.filter(last_day__lt=in_london(before).date()).delete()[0]


def clear_accounts(*, before: datetime) -> int:
    """Of who has held no role anywhere since. One transaction each."""
    gone = list(_left(before))
    for user in gone:
        with transaction.atomic():
            _empty(user)
    return len(gone)


def _left(before: datetime) -> QuerySet[User]:
    working = Membership.objects.current().values("user")
    since = Coalesce(Max("memberships__ended_at"), "created_at")
    known = User.objects.exclude(pk__in=working).exclude(email__endswith=f"@{LEFT}")
    return known.annotate(since=since).filter(since__lt=before).order_by("pk")


def _empty(user: User) -> None:
    for rows in (EmailAddress, Authenticator, SocialAccount, UserSession):
        rows.objects.filter(user=user).delete()
    user.email, user.is_active, user.second_factor_at = f"left-{user.pk}@{LEFT}", False, None
    user.set_unusable_password()
    user.save(update_fields=["email", "is_active", "second_factor_at", "password"])
    record_account("account.cleared", user=user)
