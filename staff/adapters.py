"""Where allauth asks us."""

from ipaddress import ip_address
from typing import Any, cast

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from councils.models import User
from councils.rate_limits import address_of
from staff import account_events, account_forms, second_factor
from staff.mails import tell_of_change
from staff.secrets import decrypted, encrypted
from staff.sign_on.account import SignOnRules
from staff.trail import network_mark, record_account
from staff.tries import PASSWORDS, forget_tries, stop_if_too_often

NO_ADDRESS = "::"
BEGUN_WITH = "log_in_begun_with"  # in the session: a hash of the password as it was at the first step


class AccountAdapter(SignOnRules):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        stop_if_too_often(PASSWORDS, request, credentials.get("email", ""))

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        user = cast("User | None", super().authenticate(request, **credentials))
        if user:
            forget_tries(PASSWORDS, request, credentials.get("email", ""))
        else:
            account_events.password_refused(credentials.get("email", ""), request)
        return user

    def pre_login(self, request: HttpRequest, user: User, **login: Any) -> HttpResponse | None:  # type: ignore[override]  # as above
        request.session[BEGUN_WITH] = user.get_session_auth_hash()
        return super().pre_login(request, user, **login)

    def login(self, request: HttpRequest, user: User) -> None:  # type: ignore[override]  # accounts of ours are of one kind
        now = user.get_session_auth_hash()
        if request.session.pop(BEGUN_WITH, now) != now:  # somebody chose a new password between the two steps
            raise ImmediateHttpResponse(redirect("account_login"))
        how = account_events.how(request, user)
        super().login(request, user)
        account_events.logged_in(user, request, how=how)

    def logout(self, request: HttpRequest) -> None:
        user = request.user
        super().logout(request)
        if isinstance(user, User):
            record_account("account.logged_out", user=user, by=user)

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:  # type: ignore[override]  # accounts of ours are of one kind
        record_account("account.refused", user=user, why="left", network=network_mark(request))
        answer: HttpResponse = super().respond_user_inactive(request, user)
        return answer

    def get_reauthentication_methods(self, user: User | AnonymousUser) -> list[dict[str, Any]]:  # type: ignore[override]  # accounts of ours are of one kind
        return second_factor.ways_to_confirm(super().get_reauthentication_methods(user), user)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("mfa_index")

    def get_client_ip(self, request: HttpRequest) -> str:
        """One that a column for addresses takes, whatever a proxy wrote down."""
        try:
            return str(ip_address(address_of(request).partition("%")[0]))
        except ValueError:
            return NO_ADDRESS

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """What allauth mails to others than the owner of an account, we do not."""

    def send_notification_mail(  # type: ignore[override]  # accounts of ours are of one kind
        self, template_prefix: str, user: User, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        tell_of_change(user, template_prefix.rpartition("/")[2])


class MFAAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | account_forms.MESSAGES

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return not second_factor.is_last(authenticator)

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # type: ignore[override]  # accounts of ours are of one kind
        return f"Passkey {Authenticator.objects.filter(user=user, type=type).count() + 1}"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return super().get_public_key_credential_rp_entity() | {"name": str(settings.MFA_TOTP_ISSUER)}

    def encrypt(self, text: str) -> str:
        return encrypted(text)

    def decrypt(self, encrypted_text: str) -> str:
        return decrypted(encrypted_text)
