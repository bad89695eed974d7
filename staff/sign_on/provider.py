"""The two conversations with a provider: sending somebody there, and asking who has come back."""

from functools import cached_property
from typing import Any

from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialLogin, SocialToken
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.crypto import get_random_string

from staff.sign_on.asking import ProviderWrong, ask_for_token, fetch
from staff.sign_on.discovery import Discovery, discover
from staff.sign_on.tokens import Identity, TokenRefused, read

NONCE_LENGTH = 32


class Exchange(OpenIDConnectOAuth2Adapter):
    # Of allauth's own client, which we let build one address and ask nothing.
    access_token_url = ""
    basic_auth = False

    @cached_property
    def discovery(self) -> Discovery:
        return discover(self.issuer)

    @property
    def issuer(self) -> str:
        return str(self.provider.app.settings["server_url"])

    @cached_property
    def provider(self) -> "SignOnProvider":
        found: SignOnProvider = self.get_provider()  # type: ignore[no-untyped-call]  # allauth's, without types
        return found

    @property
    def authorize_url(self) -> str:
        return self.discovery.authorization_endpoint

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:
        """As it was registered, however we were called."""
        return settings.BASE_URL + reverse("openid_connect_callback", args=[self.provider_id])

    def get_access_token_data(
        self, request: HttpRequest, app: Any, client: Any, pkce_code_verifier: str | None = None
    ) -> dict[str, Any]:
        form = {
            "code": request.GET["code"],
            "redirect_uri": client.callback_url,
            "code_verifier": pkce_code_verifier,
        }
        answer = ask_for_token(
            self.discovery.token_endpoint,
            client_id=app.client_id,
            secret=app.secret,
            in_header=self.discovery.secret_in_header,
            form=form,
        )
        if not isinstance(answer.get("id_token"), str):
            raise ProviderWrong("The provider answers without an id token.")
        return {"id_token": answer["id_token"]}

    def parse_token(self, data: dict[str, Any]) -> SocialToken:
        """The access token is let go unread: we want to know who it is, nothing else."""
        return SocialToken(token="")

    def complete_login(self, request: HttpRequest, app: Any, token: SocialToken, **kwargs: Any) -> SocialLogin:
        keys = fetch("GET", self.discovery.jwks_uri)
        try:
            identity = read(kwargs["response"]["id_token"], keys=keys, issuer=self.issuer, client_id=app.client_id)
        except TokenRefused as error:
            raise ProviderWrong(f"The id token is refused: {error}.") from error
        return self.provider.sociallogin_from_response(request, identity)


class SignOnProvider(OpenIDConnectProvider):
    oauth2_adapter_class = Exchange
    identity: Identity  # of whoever has come back

    def get_redirect_from_request_kwargs(self, request: HttpRequest) -> dict[str, Any]:
        """allauth takes scopes, parameters and a purpose from the address: anybody could write them into a link."""
        asked = super(OpenIDConnectProvider, self).get_redirect_from_request_kwargs(request)
        return {"next_url": asked.get("next_url"), "process": AuthProcess.LOGIN, "another": "another" in request.POST}

    def redirect(  # type: ignore[override]  # allauth has no types
        self, request: HttpRequest, process: str, next_url: str | None = None, another: bool = False, **kwargs: Any
    ) -> HttpResponse:
        nonce = get_random_string(NONCE_LENGTH)
        sent = {"nonce": nonce} | ({"prompt": "select_account"} if another else {})
        try:
            response = super().redirect(
                request, process, next_url, scope=["openid", "email"], auth_params=sent, nonce=nonce
            )
        except OAuth2Error as error:
            told: HttpResponse = render_authentication_error(request, self, exception=error)
            return told
        return self._onward(request, response)

    def _onward(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """A page that goes on by itself. Browsers hold a redirect after a form to the policy's form-action, through
        every hop of the council's own log-in, and we do not know their hosts."""
        if not isinstance(response, HttpResponseRedirect):
            return response
        return render(request, "socialaccount/onward.html", {"address": response.url, "name": self.app.name})

    def sociallogin_from_response(self, request: HttpRequest, response: Identity) -> SocialLogin:
        self.identity = response
        login: SocialLogin = super().sociallogin_from_response(request, response)
        return login

    def extract_uid(self, data: Identity) -> str:
        return data.subject

    def extract_extra_data(self, data: Identity) -> dict[str, Any]:
        return {}

    def extract_common_fields(self, data: Identity) -> dict[str, Any]:
        return {}

    def extract_email_addresses(self, data: Identity) -> list[Any]:
        return []
