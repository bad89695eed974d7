"""Asking for a new password. The answer is the same, and takes as long, whether or not there is such an account: for
an address that nobody has, the same is done for nobody and taken back."""

from allauth.account.forms import ResetPasswordForm
from allauth.account.utils import user_pk_to_url_str
from allauth.core import context
from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse

from councils.clock import hub_now
from councils.models import Membership, User
from outbox.waking import wake_after_commit
from staff.mails import send_link_for_new_password
from staff.sign_on.account import must_sign_on
from staff.trail import home_here, record_account, record_nobody
from staff.tries import RESETS, stop_if_too_often

ASKED = "account.new_password_asked"
EVERY = 120  # seconds: more mails than that help nobody, and the link of the one before still works


class NewPasswordForm(ResetPasswordForm):
    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].strip().lower()
        stop_if_too_often(RESETS, context.request, email)
        return email

    def save(self, request: HttpRequest, **_: object) -> str:
        email: str = self.cleaned_data["email"]
        ask_for_new_password(email, request)
        return email


def ask_for_new_password(email: str, request: HttpRequest) -> None:
    user = who_may_have_one(email)
    with transaction.atomic():
        if user:
            record_account(ASKED, user=user)
        else:
            record_nobody(ASKED, request)
        with transaction.atomic():
            _send(user or _nobody(email, request))
            transaction.set_rollback(user is None)
        if user is None:
            wake_after_commit()


def _nobody(email: str, request: HttpRequest) -> User:
    return User(pk=0, email=email, name="", home_id=home_here(request), password="!")  # noqa: S106  # opens nothing


def who_may_have_one(email: str) -> User | None:
    """Nobody who has left, and nobody whose council logs them in: those have no password with us."""
    found = User.objects.filter(email=email, is_active=True).first()
    works = Membership.objects.current().filter(user=found.pk if found else 0).exists()
    return found if found and works and found.has_usable_password() and not must_sign_on(found) else None


def _send(user: User) -> None:
    token = default_token_generator.make_token(user)
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(user), "key": token})
    turn = int(hub_now().timestamp()) // EVERY
    send_link_for_new_password(user, path=path, dedupe_key=f"account.new_password:{user.pk}:{turn}")
