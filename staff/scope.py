"""The scope around a staff page: the whole response, template rendering included. Whoever has no second factor yet is
led to where they set one up: a password alone opens nothing.

`ATOMIC_REQUESTS` covers the view function only, and the admin renders outside it. Who the person is and what they may
do is read first, from system tables; a response of 5xx, like an exception, rolls back what was written.

The session narrows it further: to the councils that single sign-on vouched for, and to the one that was chosen.
"""

from collections.abc import Callable
from typing import cast

from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from councils.access import Access, StaffRequest, access_of
from councils.models import User
from councils.tenancy import Scope, enter
from staff.refusals import record_refusal

ACCOUNT = "/staff/account/"
# What the session holds, and who writes it.
VOUCHED_FOR = "vouched_for"  # single sign-on, or a passkey that was added after one: keys of councils
SIGN_ON_FACTOR = "sign_on_factor"  # single sign-on: true where the provider asked for a second factor
COUNCIL = "council"  # the switcher: a council's key
Answer = Callable[[HttpRequest], HttpResponseBase]


def is_staff_page(request: HttpRequest) -> bool:
    """Not what one's own account is looked after with: it shows no council's rows."""
    return request.path.startswith(reverse("admin:index")) and not request.path.startswith(ACCOUNT)


def staff_scope(answer: Answer) -> Answer:
    def middleware(request: HttpRequest) -> HttpResponseBase:
        if not is_staff_page(request) or not isinstance(request.user, User):
            return answer(request)
        if not has_second_factor(request, request.user):
            return redirect("mfa_activate_totp")
        request.access = access_now(request, request.user)  # type: ignore[attr-defined]  # read through councils.access.StaffRequest
        access: Access = request.access  # type: ignore[attr-defined]  # as above
        with enter(Scope(access.reach, hub=access.hub, reason="staff page")):
            response = answer(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
        record_refusal(cast(StaffRequest, request), response.status_code)
        return response

    return middleware


def has_second_factor(request: HttpRequest, user: User) -> bool:
    """Theirs, or one that the identity provider has asked them for."""
    return user.second_factor_at is not None or request.session.get(SIGN_ON_FACTOR) is True


def access_now(request: HttpRequest, user: User) -> Access:
    session = request.session
    return access_of(user, vouched_for=session.get(VOUCHED_FOR), only=session.get(COUNCIL))
