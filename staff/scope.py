"""The scope around a staff page: the whole response, template rendering included.

`ATOMIC_REQUESTS` covers the view function only, and the admin renders outside it. Who the person is and what they may
do is read first, from system tables; a response of 5xx, like an exception, rolls back what was written.
"""

from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from councils.access import access_of
from councils.models import User
from councils.tenancy import across

Answer = Callable[[HttpRequest], HttpResponseBase]


def staff_scope(answer: Answer) -> Answer:
    def middleware(request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith(reverse("admin:index")) or not isinstance(request.user, User):
            return answer(request)
        request.access = access_of(request.user)  # type: ignore[attr-defined]  # read through councils.access.StaffRequest
        with across(request.access.reach, reason="staff page"):  # type: ignore[attr-defined]  # as above
            response = answer(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
            return response

    return middleware
