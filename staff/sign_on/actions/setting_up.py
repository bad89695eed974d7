"""Providers come, change and go: the operator's work, on the command line."""

from collections.abc import Collection

from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.db import transaction

from councils.clock import hub_now
from councils.models import Council, Membership, User
from councils.refusals import Refused
from staff.models import SignOn, SignOnCouncil
from staff.secrets import encrypted
from staff.sessions import end_sessions
from staff.sign_on.account import must_sign_on
from staff.sign_on.actions.recording import record_sign_on
from staff.sign_on.issuers import objection


@transaction.atomic
def add(
    sign_on: SignOn, *, secret: str, councils: Collection[Council], email_domains: Collection[str], by: User | None
) -> SignOn:
    """`sign_on`: not saved yet. Voluntary at first: nobody is locked out by what has not been tried. Raises Refused."""
    _require_plausible(sign_on, secret, councils, email_domains)
    sign_on.secret, sign_on.compulsory = encrypted(secret), False
    sign_on.email_domains = sorted({domain.strip().lower() for domain in email_domains})
    sign_on.save()
    SignOnCouncil.objects.bulk_create(SignOnCouncil(sign_on=sign_on, council=council) for council in councils)
    record_sign_on("sign_on.added", sign_on, by=by, issuer=sign_on.issuer)
    return sign_on


@transaction.atomic
def change(sign_on: SignOn, *, compulsory: bool | None, asks_second_factor: bool | None, by: User | None) -> None:
    """None: as it was. Raises Refused."""
    if compulsory is not None:
        if compulsory and not SocialAccount.objects.filter(provider=sign_on.slug).exists():
            raise Refused("Nobody has logged in through it yet. Let somebody try it before it becomes compulsory.")
        sign_on.compulsory = compulsory
    if asks_second_factor is not None:
        sign_on.asks_second_factor = asks_second_factor
    sign_on.save()
    facts = {"compulsory": sign_on.compulsory, "asks_second_factor": sign_on.asks_second_factor}
    record_sign_on("sign_on.changed", sign_on, by=by, **facts)
    _end_sessions_of_another_way(sign_on)


@transaction.atomic
def replace_secret(sign_on: SignOn, *, secret: str, by: User | None) -> None:
    if not secret:
        raise Refused("The secret is empty.")
    sign_on.secret = encrypted(secret)
    sign_on.save()
    record_sign_on("sign_on.secret_replaced", sign_on, by=by)


@transaction.atomic
def unlink(sign_on: SignOn, *, user: User, by: User | None) -> None:
    """The next log-in finds them by address once more: after a new account at the provider. Raises Refused."""
    removed, _ = SocialAccount.objects.filter(provider=sign_on.slug, user=user).delete()
    if not removed:
        raise Refused("This account has not been used with it.")
    end_sessions(user)
    record_sign_on("sign_on.unlinked", sign_on, by=by, user=str(user.pk))


@transaction.atomic
def end(sign_on: SignOn, *, by: User | None) -> None:
    """Whoever came through it is logged out. The slug is not used again: addresses at the provider name it."""
    record_sign_on("sign_on.ended", sign_on, by=by)
    linked = SocialAccount.objects.filter(provider=sign_on.slug)
    for user in User.objects.filter(pk__in=linked.values("user")):
        end_sessions(user)
    linked.delete()
    sign_on.speaks_for.all().delete()
    sign_on.ended_at, sign_on.secret = hub_now(), ""
    sign_on.save()


def _require_plausible(
    sign_on: SignOn, secret: str, councils: Collection[Council], email_domains: Collection[str]
) -> None:
    objected = objection(sign_on.issuer, plain_loopback=not settings.SECURE)
    taken = SignOnCouncil.objects.filter(council__in=councils).values_list("council__name", flat=True)
    if objected:
        raise Refused(objected)
    if SignOn.objects.filter(slug=sign_on.slug).exists():
        raise Refused(f"{sign_on.slug} is in use, or was: choose another short name.")
    if not secret or not councils or not email_domains:
        raise Refused("It needs a secret, a council and an email domain.")
    if taken:
        raise Refused(f"These have one already: {', '.join(sorted(taken))}.")
    if any(not _is_domain(domain) for domain in email_domains):
        raise Refused("An email domain is what stands after the @, kent.gov.uk for example.")


def _is_domain(text: str) -> bool:
    return "." in text and not set(text) & set("@/ *:")


def _end_sessions_of_another_way(sign_on: SignOn) -> None:
    """Whoever must come through it now does so from the next page on."""
    if sign_on.compulsory:
        held = Membership.objects.current().filter(council__in=sign_on.speaks_for.values("council"))
        for user in User.objects.filter(pk__in=held.values("user")):
            if must_sign_on(user):
                end_sessions(user)
