"""Where allauth asks us about single sign-on."""

from typing import Any

import structlog
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal.modelkit import serialize_instance
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.base.constants import AuthError
from cryptography.fernet import InvalidToken
from django.db import models
from django.http import HttpRequest

from councils.models import User
from staff.models import SignOn
from staff.secrets import decrypted
from staff.sign_on import actions
from staff.sign_on.asking import ProviderAway
from staff.sign_on.pages import Problem, problem_page
from staff.sign_on.tokens import answers

log = structlog.get_logger("staff.sign_on")
_TRY_AGAIN = ("server_error", "temporarily_unavailable")  # RFC 6749, section 4.1.2.1


class NoSuchSignOn(SocialApp.DoesNotExist, ValueError):
    """A ValueError as well: so allauth drops a log-in that waits for its second step while its provider ends."""


class SignOnAdapter(DefaultSocialAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        """Made in memory, with the secret readable: allauth's own table stays empty."""
        known = SignOn.objects.filter(ended_at=None).order_by("name")
        if provider and provider != "openid_connect":
            known = known.filter(slug=provider)
        if client_id:
            known = known.filter(client_id=client_id)
        return [_app(sign_on) for sign_on in known]

    def get_app(self, request: HttpRequest, provider: str, client_id: str | None = None) -> SocialApp:
        try:
            app: SocialApp = super().get_app(request, provider, client_id)
        except SocialApp.DoesNotExist as error:
            raise NoSuchSignOn(provider) from error
        return app

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """The provider has spoken; here is decided whether that opens anything."""
        slug, identity = sociallogin.account.provider, sociallogin.provider.identity
        if not answers(identity, sociallogin.state.get("nonce")):
            raise ImmediateHttpResponse(problem_page(request, Problem.LATE, slug))
        try:
            account = actions.admit(identity, slug=slug, by=None)
        except actions.NotAdmitted as refusal:
            raise ImmediateHttpResponse(problem_page(request, refusal.problem, slug)) from refusal
        sociallogin.account, sociallogin.user, sociallogin.token = account, account.user, None
        sociallogin.state["second_factor"] = identity.second_factor

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: str | None = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> None:
        problem = _problem(request, error, exception, extra_context or {})
        slug = provider.app.provider_id
        if exception is not None:
            log.warning("single sign-on failed", sign_on=slug, error=str(exception))
        raise ImmediateHttpResponse(problem_page(request, problem, slug))

    def serialize_instance(self, instance: models.Model) -> dict[str, Any]:
        """What waits in the session for the second step: of a user the number, without the password's hash."""
        kept: dict[str, Any] = {"id": instance.pk} if isinstance(instance, User) else serialize_instance(instance)
        return kept


def _app(sign_on: SignOn) -> SocialApp:
    return SocialApp(
        provider="openid_connect",
        provider_id=sign_on.slug,
        name=sign_on.name,
        client_id=sign_on.client_id,
        secret=_secret_of(sign_on),
        settings={"server_url": sign_on.issuer, "oauth_pkce_enabled": True},
    )


def _secret_of(sign_on: SignOn) -> str:
    """Empty where SECRET_KEY has changed since: the provider refuses it, and the person is told."""
    try:
        return decrypted(sign_on.secret)
    except InvalidToken:
        log.error("the secret cannot be read with this SECRET_KEY: manage.py sign_on secret", sign_on=sign_on.slug)
        return ""


def _problem(request: HttpRequest, error: str | None, exception: Exception | None, extra: dict[str, Any]) -> Problem:
    if error == AuthError.CANCELLED:
        return Problem.STOPPED
    if isinstance(exception, ProviderAway):
        return Problem.AWAY
    if exception is None and "state_id" in extra:
        return Problem.LATE
    if request.GET.get("error") in _TRY_AGAIN:
        return Problem.AWAY
    return Problem.WRONG
