"""Who is told that a concern waits, and never what it is: a group of people, never one person.

Where a council has fewer than two in its safeguarding group, somebody outside it is told that it has too few. They are
told nothing else, and can open nothing.
"""

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.urls import reverse

from ambassadors.models import Concern
from councils.clock import hub_now
from councils.models import Council, Membership
from councils.roles import Permission, Role, roles_that
from councils.tenancy import crossing
from enquiries.recipients import MANAGING_ROLES, duty_of, office_of
from outbox.actions import enqueue_template

WAITS, TOO_FEW, UNREAD = "concern_waits", "concern_too_few", "concern_unread"
KINDS = (WAITS, TOO_FEW, UNREAD)
FEWEST = 2
TELL_WITHIN = timedelta(hours=72)
_SUBJECTS = {
    WAITS: "A concern waits for your safeguarding group",
    TOO_FEW: "{council} has too few safeguarding people",
    UNREAD: "Nobody has read a concern yet",
}


def tell_group(concern: Concern) -> None:
    """Everybody who holds the role, whether they are in today or not."""
    council = _council(concern)
    group = holders(council, roles_that(Permission.SAFEGUARD))
    _mail(WAITS, concern, about=council, to=group)
    if len(group) < FEWEST:
        _tell_of_too_few(concern, council)


def tell_again(concern: Concern, number: int) -> None:
    """Nobody has opened it: the group once more, and the hub's managers, who can open nothing."""
    council = _council(concern)
    group = holders(council, roles_that(Permission.SAFEGUARD))
    _mail(UNREAD, concern, about=council, to=group, number=number)
    _mail_of_office(UNREAD, concern, council, to=holders(office_of(council), [Role.HUB_MANAGER]), number=number)
    if len(group) < FEWEST:
        _tell_of_too_few(concern, council, number=number)


def _tell_of_too_few(concern: Concern, council: Council, *, number: int = 0) -> None:
    office = office_of(council)
    others = holders(office, roles_that(Permission.SAFEGUARD)) if office.pk != council.pk else []
    if others:
        _mail_of_office(TOO_FEW, concern, council, to=others, number=number)
        return
    managers = holders(council, MANAGING_ROLES) or duty_of(council, hub_now())
    _mail(TOO_FEW, concern, about=council, to=managers, number=number)
    if office.pk != council.pk:
        _mail_of_office(TOO_FEW, concern, council, to=holders(office, MANAGING_ROLES), number=number)


def holders(council: Council, roles: Iterable[Role]) -> list[str]:
    held = Membership.objects.current().filter(council=council, role__in=list(roles), user__is_active=True)
    return sorted(set(held.values_list("user__email", flat=True)))


def _council(concern: Concern) -> Council:
    return Council.objects.select_related("hub").get(pk=concern.council_id)


def _mail_of_office(kind: str, concern: Concern, about: Council, *, to: list[str], number: int = 0) -> None:
    office = office_of(about)
    with crossing("tell_hub_office", to=[office]):
        _mail(kind, concern, about=about, sender=office, to=to, number=number)


def _mail(
    kind: str, concern: Concern, *, about: Council, to: list[str], sender: Council | None = None, number: int = 0
) -> None:
    """`sender`: whose outbox; the hub office's where somebody of it is told."""
    sender, opens = sender or about, sender is None and kind != TOO_FEW
    for position, address in enumerate(to):
        enqueue_template(
            template=kind,
            context={"council": about, "hub": about.hub, "link": _link(concern) if opens else ""},
            council=sender,
            kind=kind,
            to=address,
            subject=_SUBJECTS[kind].format(council=about.name),
            dedupe_key=f"{kind}:{concern.pk}:{number}:{position}",
            to_staff=True,
            expires_at=hub_now() + TELL_WITHIN,
        )


def _link(concern: Concern) -> str:
    return settings.BASE_URL + reverse("admin:ambassadors_concern_change", args=[concern.pk])
