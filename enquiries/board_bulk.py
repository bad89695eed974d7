"""What is done with many ticked cases: first shown, then done.

What is shown is the truth and no forecast: it is done, and taken back at once. So the page names what each case would
answer by the same rules, and nothing about them is written here a second time.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from councils.access import StaffRequest
from councils.models import User
from councils.refusals import Refused
from enquiries.actions.bulk import Done, assign_many, close_many
from enquiries.board import Narrowed, query
from enquiries.board_views import colleagues_of, works
from enquiries.casework_views import councils_of, frame
from enquiries.forms.board import NOBODY, CloseForm, GiveForm, NarrowForm
from enquiries.models import Enquiry
from enquiries.states import CloseReason, Step

Owners = Mapping[UUID, int | None]


@dataclass(frozen=True)
class Wish:
    """What is to be done with which cases. `sent`: how the page in between says it again."""

    owners: Owners
    do: Callable[[], Done]
    will: str
    button: str
    done: str
    sent: Mapping[str, str]


@require_POST
def give(request: StaffRequest) -> HttpResponse:
    people = {str(user.pk): user for user in colleagues_of(request.access)}
    form = GiveForm(request.POST, colleagues=people.values())
    return ask_or_do(request, "Give these enquiries away", lambda: wish_to_give(request, form, people))


@require_POST
def close(request: StaffRequest) -> HttpResponse:
    return ask_or_do(request, "Close these enquiries", lambda: wish_to_close(request, CloseForm(request.POST)))


def wish_to_give(request: StaffRequest, form: GiveForm, people: Mapping[str, User]) -> Wish:
    owners, chosen = form.seen(), form.told()["to"]
    to = None if chosen == NOBODY else people[chosen]
    name = to.name if to else "nobody"
    return Wish(
        owners,
        lambda: assign_many(owners, to=to, seen=owners, by=request.access),
        will=f"These enquiries will be {name}’s" if to else "These enquiries will be nobody’s",
        button=f"Yes, give them to {name}",
        done=f"given to {name}",
        sent={"to": chosen},
    )


def wish_to_close(request: StaffRequest, form: CloseForm) -> Wish:
    owners, (step, reason) = form.seen(), form.ending()
    return Wish(
        owners,
        lambda: close_many(owners, step=step, reason=reason, by=request.access),
        will=f"These enquiries will be closed: {ending(step, reason)}",
        button="Yes, close them",
        done=f"closed: {ending(step, reason)}",
        sent={"step": step.value, "reason": reason.value if reason else ""},
    )


def ending(step: Step, reason: CloseReason | None) -> str:
    words = f"{step.label}, {reason.label}" if reason else str(step.label)
    return words[:1].lower() + words[1:]


def ask_or_do(request: StaffRequest, title: str, read: Callable[[], Wish]) -> HttpResponse:
    if not works(request.access):
        raise PermissionDenied
    came_from = list_of(request)
    back = f"{reverse('admin:enquiries_enquiry_changelist')}?{query(came_from)}"
    try:
        wish = read()
        if "sure" in request.POST:
            return result(request, wish, wish.do(), title, back)
        done = tried(wish.do)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(back)
    return render(
        request, "staff/board/bulk.html", frame(request, title) | shown(request, wish, done, came_from) | {"back": back}
    )


def tried(do: Callable[[], Done]) -> Done:
    """What would come of it."""
    with transaction.atomic():
        done = do()
        transaction.set_rollback(True)
    return done


def result(request: StaffRequest, wish: Wish, done: Done, title: str, back: str) -> HttpResponse:
    """Refusals are read, not clicked away."""
    if done.changed:
        messages.success(request, f"{done.changed} enquir{'y' if done.changed == 1 else 'ies'} {wish.done}.")
    if done.unchanged:
        messages.info(request, f"{done.unchanged} {'was' if done.unchanged == 1 else 'were'} so already.")
    if not done.refused:
        return redirect(back)
    return render(request, "staff/board/bulk_done.html", frame(request, title) | {"done": done, "back": back})


def shown(request: StaffRequest, wish: Wish, done: Done, came_from: Narrowed) -> dict[str, object]:
    refused = {each.reference for each in done.refused}
    cases = Enquiry.objects.filter(council__in=request.access.councils, pk__in=wish.owners)
    ready = [case for case in cases.select_related("council", "owner") if case.reference not in refused]
    ticked = [f"{case.pk}~{wish.owners[case.pk] or 0}" for case in ready]
    several = len({case.council_id for case in ready}) > 1
    asked = {"wish": wish, "list": came_from, "action": request.path, "several_councils": several}
    return asked | {"ready": ready, "ticked": ticked, "done": done}


def list_of(request: StaffRequest) -> Narrowed:
    """The list that it was chosen on; only what its filters offer comes through."""
    form = NarrowForm(request.POST, councils=councils_of(request), colleagues=colleagues_of(request.access))
    return form.narrowed("")
