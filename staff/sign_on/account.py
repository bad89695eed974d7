"""What single sign-on changes about every other log-in. Mixed into the account adapter."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.stages import AuthenticateStage
from allauth.socialaccount.models import SocialLogin
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse

from councils.models import Membership, User
from staff.models import SignOn, SignOnCouncil
from staff.scope import SIGN_ON_FACTOR, VOUCHED_FOR
from staff.sign_on.pages import Problem, problem_page
from staff.sign_on.passkeys import councils_of_passkey

_OURS = "allauth.mfa.stages.AuthenticateStage"


def must_sign_on(user: AbstractBaseUser) -> bool:
    """All their councils want them to come through the provider, and not otherwise."""
    held = Membership.objects.current().filter(user=user.pk)
    compulsory = SignOnCouncil.objects.filter(sign_on__compulsory=True, sign_on__ended_at=None).values("council")
    return held.exists() and not held.exclude(council__in=compulsory).exists()


class SignOnRules(DefaultAccountAdapter):
    def get_login_stages(self) -> list[str]:
        ours = f"{SecondStep.__module__}.{SecondStep.__qualname__}"
        return [ours if stage == _OURS else stage for stage in super().get_login_stages()]

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """A right password of somebody who must come another way is answered like a wrong one."""
        user = super().authenticate(request, **credentials)
        return None if user and must_sign_on(user) else user

    def pre_login(self, request: HttpRequest, user: User, **login: Any) -> HttpResponse | None:  # type: ignore[override]  # accounts of ours are of one kind
        """Passkeys and whatever else logs in."""
        if _social(login["signal_kwargs"]) is None and must_sign_on(user):
            return problem_page(request, Problem.THIS_WAY_ONLY)
        response: HttpResponse | None = super().pre_login(request, user, **login)
        return response

    def post_login(self, request: HttpRequest, user: User, **login: Any) -> HttpResponse:  # type: ignore[override]  # as above
        _settle(request, _social(login["signal_kwargs"]))
        response: HttpResponse = super().post_login(request, user, **login)
        return response


class SecondStep(AuthenticateStage):
    def handle(self) -> tuple[HttpResponse | None, bool]:
        social = _social(self.login.signal_kwargs)
        if social is not None and _asked_there(social):
            return None, True
        response: tuple[HttpResponse | None, bool] = super().handle()
        return response


def _social(signal_kwargs: dict[str, Any] | None) -> SocialLogin | None:
    return (signal_kwargs or {}).get("sociallogin")


def _settle(request: HttpRequest, social: SocialLogin | None) -> None:
    """Only now, with every step done: what an unfinished log-in left in the session must not help another one."""
    request.session.pop(VOUCHED_FOR, None)
    request.session.pop(SIGN_ON_FACTOR, None)
    if social is not None:
        spoken_for = SignOnCouncil.objects.filter(sign_on__slug=social.account.provider, sign_on__ended_at=None)
        request.session[VOUCHED_FOR] = sorted(spoken_for.values_list("council_id", flat=True))
        request.session[SIGN_ON_FACTOR] = _asked_there(social)
    elif (councils := councils_of_passkey(request)) is not None:
        request.session[VOUCHED_FOR] = councils


def _asked_there(social: SocialLogin) -> bool:
    if social.state.get("second_factor"):
        return True
    return SignOn.objects.filter(slug=social.account.provider, ended_at=None, asks_second_factor=True).exists()
