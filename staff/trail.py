"""What happens to accounts: log-ins, refusals, invitations, factors. An account belongs to no council, its events do:
to the council in scope if exactly one, else to the hub office that the account calls home."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest

from councils.context import hub_of
from councils.keyed_hashes import keyed_hash
from councils.models import Council, CouncilKind, Event, User
from councils.rate_limits import network_of
from councils.tenancy import as_council, current_scope

Fact = str | int | bool | None | list[str] | list[int]


def record_account(
    verb: str, *, user: User, by: User | None = None, council: Council | int | None = None, **facts: Fact
) -> None:
    """About `user`; `by` is None for machines and for whoever is not known. `facts` hold nothing personal.

    In the transaction around it where the owner's scope is open or none is, else after that has committed.
    """
    owner = _owner(user, council)
    when_in_scope(owner, partial(_write, owner, verb, user, by, facts))


def when_in_scope(council: int, do: Callable[[], None]) -> None:
    """Now, or after the transaction around it has committed: a scope is not widened for it."""
    scope = current_scope()
    if scope is None or council in scope.councils:
        do()
    else:
        transaction.on_commit(do, robust=True)


def _owner(user: User, council: Council | int | None) -> int:
    if council is not None:
        return council if isinstance(council, int) else council.pk
    scope = current_scope()
    return next(iter(scope.councils)) if scope and len(scope.councils) == 1 else user.home_id


def _write(owner: int, verb: str, user: User, by: User | None, facts: dict[str, Fact]) -> None:
    with as_council(owner):
        Event.objects.create(
            council_id=owner, verb=verb, subject_kind="user", subject_id=UUID(int=user.pk), by=by, facts=facts
        )


def record_nobody(verb: str, request: HttpRequest) -> None:
    """What was tried at an account that there is not: it takes as long as writing down what was tried at one."""
    home = home_here(request)
    with as_council(home):
        Event.objects.create(
            council_id=home,
            verb=verb,
            subject_kind="council",
            subject_id=UUID(int=home),
            facts={"network": network_mark(request)},
        )


def home_here(request: HttpRequest) -> int:
    """The hub office of the hub whose site was asked."""
    return Council.objects.values_list("pk", flat=True).get(hub=hub_of(request), kind=CouncilKind.HUB_OFFICE)


def network_mark(request: HttpRequest) -> str:
    """Tells whether it is the same network as before, and nothing about where that is."""
    return keyed_hash("network of a log-in", network_of(request))[:16]
