"""What an invitation's link leads to: the page that says who invites to what, and the button that accepts.

The token leaves the address at once: its place in the session is all that goes on. A mail scanner that opens the link
changes nothing.
"""

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.account.models import Login
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from councils.models import User
from councils.refusals import Refused
from staff.models import Invitation, SignOn
from staff.people import actions
from staff.people.actions.joining import NOT_OPEN
from staff.people.forms import PasswordForm
from staff.people.providers import sign_on_of
from staff.people.tokens import invitation_of

KEPT = "invitation"  # in the session: its key


@require_safe
@never_cache
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """Whatever it was, the next page says what there is to say."""
    found = invitation_of(token)
    request.session.pop(KEPT, None)
    if found:  # made-up ones leave nothing behind
        request.session[KEPT] = found.pk
    answer = redirect("staff_invitation")
    answer["Referrer-Policy"] = "no-referrer"
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def invitation(request: HttpRequest) -> HttpResponse:
    found = _kept(request)
    if found is None:
        return render(request, "staff/people/not_open.html", {"title": "This link does not work", "why": NOT_OPEN})
    if isinstance(request.user, User):
        return _accept_logged_in(request, found, request.user)
    if User.objects.filter(email=found.email, is_active=True).exists():
        return _page(request, found, status=409 if request.method == "POST" else 200)
    return _begin(request, found)


def _kept(request: HttpRequest) -> Invitation | None:
    kept = request.session.get(KEPT)
    waiting = Invitation.objects.open().select_related("council__hub", "invited_by")
    return waiting.filter(pk=kept).first() if kept else None


def _accept_logged_in(request: HttpRequest, found: Invitation, user: User) -> HttpResponse:
    if request.method != "POST" or user.email != found.email:
        return _page(request, found, mine=user.email == found.email, status=409 if request.method == "POST" else 200)
    try:
        actions.join(found, by=user)
    except Refused as refusal:
        return _page(request, found, refusal=refusal, mine=True, status=409)
    request.session.pop(KEPT, None)
    messages.success(request, f"You work for {found.council.name} as {found.get_role_display().lower()} now.")
    return redirect("admin:index")


def _begin(request: HttpRequest, found: Invitation) -> HttpResponse:
    """A new account: with a password, or through the council's own log-in."""
    provider = _provider(found)
    form = PasswordForm(request.POST if _sent_password(request) else None, name=found.name, email=found.email)
    if request.method != "POST" or (provider and provider.compulsory and _sent_password(request)):
        return _page(request, found, form=form, provider=provider)
    if _sent_password(request) and not form.is_valid():
        return _page(request, found, form=form, provider=provider, status=422)
    password = form.cleaned_data["password"] if _sent_password(request) else None
    if password is None and provider is None:
        return _page(request, found, form=form, status=409)
    try:
        user = actions.join_anew(found, password=password)
    except Refused as refusal:
        return _page(request, found, form=form, provider=provider, refusal=refusal, status=409)
    request.session.pop(KEPT, None)
    return redirect("openid_connect_login", provider.slug) if provider and not password else _log_in(request, user)


def _sent_password(request: HttpRequest) -> bool:
    return request.method == "POST" and "password" in request.POST


def _provider(found: Invitation) -> SignOn | None:
    provider = sign_on_of(found.council_id)
    return provider if provider and provider.vouches_for(found.email) else None


def _log_in(request: HttpRequest, user: User) -> HttpResponse:
    """The second step is next. It asks for a password that was typed lately: this one was, a moment ago."""
    login = Login(user=user, email=user.email, redirect_url=reverse("mfa_activate_totp"))
    answer: HttpResponse = perform_password_login(request, {"email": user.email}, login)
    reauthenticate_by_password(request)
    return answer


def _page(
    request: HttpRequest,
    found: Invitation,
    *,
    form: PasswordForm | None = None,
    provider: SignOn | None = None,
    mine: bool = False,
    refusal: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    shown = {"title": f"Join {found.council.name}", "invitation": found, "form": form, "provider": provider}
    shown |= {"mine": mine, "refusal": refusal}
    return render(request, "staff/people/invitation.html", shown, status=status)
