"""Who is let in through a provider."""

from allauth.socialaccount.models import SocialAccount
from django.db import transaction

from councils.models import Membership, User
from staff.mails import tell_of_change
from staff.models import SignOn
from staff.sign_on.actions.recording import owner_of, record_sign_on
from staff.sign_on.issuers import is_entra
from staff.sign_on.pages import Problem
from staff.sign_on.tokens import Identity
from staff.trail import record_account


class NotAdmitted(Exception):
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.name)
        self.problem = problem


def admit(identity: Identity, *, slug: str, by: User | None) -> SocialAccount:
    """By the subject of an earlier log-in, else by address, once. Raises NotAdmitted, and writes it down."""
    sign_on = SignOn.objects.get(slug=slug, ended_at=None)
    try:
        with transaction.atomic():
            return _account(identity, sign_on)
    except NotAdmitted as refusal:
        record_sign_on("account.sign_on_refused", sign_on, reason=refusal.problem.name.lower())
        raise


def _account(identity: Identity, sign_on: SignOn) -> SocialAccount:
    known = SocialAccount.objects.select_related("user").filter(provider=sign_on.slug, uid=identity.subject).first()
    if known is not None:
        if not _works_there(known.user, sign_on):
            raise NotAdmitted(Problem.STRANGER)
        return known
    return _link(_by_address(identity, sign_on), identity, sign_on)


def _by_address(identity: Identity, sign_on: SignOn) -> User:
    """The address counts once: afterwards the subject does, so a new address at the provider changes nothing."""
    if not identity.email or not (identity.checked or is_entra(sign_on.issuer)):
        raise NotAdmitted(Problem.NO_ADDRESS)
    if identity.guest or not sign_on.vouches_for(identity.email):
        raise NotAdmitted(Problem.STRANGER)
    user = User.objects.select_for_update().filter(email=identity.email).first()
    if user is None or not _works_there(user, sign_on):
        raise NotAdmitted(Problem.STRANGER)
    return user


def _link(user: User, identity: Identity, sign_on: SignOn) -> SocialAccount:
    """An address that has come with another subject may have been given to somebody new."""
    if SocialAccount.objects.filter(provider=sign_on.slug, user=user).exclude(uid=identity.subject).exists():
        raise NotAdmitted(Problem.ANOTHER_PERSON)
    account, made = SocialAccount.objects.get_or_create(
        provider=sign_on.slug, uid=identity.subject, defaults={"user": user}
    )
    if account.user_id != user.pk:
        raise NotAdmitted(Problem.ANOTHER_PERSON)
    if made:
        record_account("account.sign_on_linked", user=user, council=owner_of(sign_on), sign_on=sign_on.slug)
        tell_of_change(user, "sign_on_linked")
    return account


def _works_there(user: User, sign_on: SignOn) -> bool:
    held = Membership.objects.current().filter(user=user, council__in=sign_on.speaks_for.values("council"))
    return user.is_active and user.is_staff and held.exists()
