from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.http import Http404, HttpRequest, HttpResponse

from councils.rate_limits import Limit, exceeded, network_of
from staff.sign_on.pages import Problem, problem_page
from staff.sign_on.provider import Exchange

# Each asks the provider twice and makes a session. A council's whole staff comes from one address in the morning.
DEPARTURES = Limit("sign-on", times=600, seconds=900)


def login(request: HttpRequest, provider_id: str) -> HttpResponse:
    if request.method == "POST" and exceeded(DEPARTURES, network_of(request)):
        return problem_page(request, Problem.TOO_OFTEN)
    return _by_allauth(OAuth2LoginView, request, provider_id)


def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    return _by_allauth(OAuth2CallbackView, request, provider_id)


def _by_allauth(
    view: type[OAuth2LoginView] | type[OAuth2CallbackView], request: HttpRequest, provider_id: str
) -> HttpResponse:
    try:
        answer = view.adapter_view(Exchange(request, provider_id))  # type: ignore[no-untyped-call]  # allauth's
        response: HttpResponse = answer(request)
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    return response
