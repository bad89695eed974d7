"""Where allauth's pages of an account would go wrong for ours."""

from typing import Any, cast

from allauth.account import views as account
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn import views as passkeys
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect

from councils.models import User
from staff import account_forms
from staff.second_factor import factors_of

NO_PASSWORD = "Your account has no password: you log in through your council."  # noqa: S105  # a sentence


def change_password(request: HttpRequest) -> HttpResponseBase:
    """Whoever logs in through their council has no password: allauth would send them to a page that ours has not."""
    if not cast(User, request.user).has_usable_password():
        messages.info(request, NO_PASSWORD)
        return redirect("mfa_index")
    return account.password_change(request)


def remove_passkey(request: HttpRequest, pk: int) -> HttpResponseBase:
    """allauth asks `can_delete_authenticator` of an app only, and the last second step may be a passkey."""
    passkey = get_object_or_404(Authenticator, pk=pk, user=request.user.pk, type=Authenticator.Type.WEBAUTHN)
    if not get_adapter().can_delete_authenticator(passkey):
        return _stays(request)
    return passkeys.remove_webauthn(request, pk=pk)


class SecondStep(AuthenticateView):
    """Offers what this person has."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kinds = set(factors_of(self.stage.login.user.pk).values_list("type", flat=True))
        has = {"has_app": Authenticator.Type.TOTP in kinds, "has_passkey": Authenticator.Type.WEBAUTHN in kinds}
        return super().get_context_data(**kwargs) | has


class SetUpApp(ActivateTOTPView):
    def form_valid(self, form: account_forms.SetUpApp) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        form.is_set_up(cast(User, self.request.user))
        return response


def _stays(request: HttpRequest) -> HttpResponse:
    messages.warning(request, account_forms.MESSAGES["cannot_delete_authenticator"])
    return redirect("mfa_list_webauthn")
