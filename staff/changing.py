"""A page with buttons: each does one thing and comes back to the page, which also shows why it was refused."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from uuid import UUID

from django.contrib import messages
from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from councils.access import StaffRequest
from councils.refusals import Refused

Row = TypeVar("Row", bound=Model)
Do = Callable[[StaffRequest, Row], str]


def changing(
    find: Callable[[StaffRequest, UUID], Row],
    refused: Callable[[StaffRequest, Row, Refused], HttpResponse],
    page: str,
) -> Callable[[Do[Row]], Callable[..., HttpResponse]]:
    """`find` raises Http404 for what is not theirs. `page`: the address to come back to, by the row's key. What is
    decorated calls one action and says in a sentence what was done."""

    def decorated(do: Do[Row]) -> Callable[..., HttpResponse]:
        @require_POST
        @wraps(do)
        def view(request: StaffRequest, **named: UUID) -> HttpResponse:
            (key,) = named.values()
            row = find(request, key)
            try:
                told = do(request, row)
            except Refused as refusal:
                return refused(request, row, refusal)
            messages.success(request, told)
            return redirect(page, row.pk)

        return view

    return decorated
