"""The scope around a staff page: the whole response, template rendering included. Whoever has no second factor yet is
led to where they set one up: a password alone opens nothing.

`ATOMIC_REQUESTS` covers the view function only, and the admin renders outside it. Who the person is and what they may
do is read first, from system tables; a response of 5xx, like an exception, rolls back what was written.
"""

from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from councils.access import access_of
from councils.models import User
from councils.tenancy import across

ACCOUNT = "/staff/account/"
Answer = Callable[[HttpRequest], HttpResponseBase]


def is_staff_page(request: HttpRequest) -> bool:
    """Not what one's own account is looked after with: it shows no council's rows."""
    return request.path.startswith(reverse("admin:index")) and not request.path.startswith(ACCOUNT)


def staff_scope(answer: Answer) -> Answer:
    def middleware(request: HttpRequest) -> HttpResponseBase:
        if not is_staff_page(request) or not isinstance(request.user, User):
            return answer(request)
        if request.user.second_factor_at is None:
            return redirect("mfa_activate_totp")
        request.access = access_of(request.user)  # type: ignore[attr-defined]  # read through councils.access.StaffRequest
        with across(request.access.reach, reason="staff page"):  # type: ignore[attr-defined]  # as above
            response = answer(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
            return response

    return middleware
