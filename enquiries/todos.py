"""To-dos about enquiries, with the case that each is about."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from councils.access import Access
from councils.models import ToDo
from councils.roles import Permission
from enquiries.due import Due, due
from enquiries.models import Enquiry

MOST = 200


@dataclass(frozen=True)
class Work:
    todo: ToDo
    case: Enquiry | None  # None: its council is not in scope
    due: Due


def todos_of(access: Access) -> QuerySet[ToDo]:
    councils = [council for council in access.roles if access.may(Permission.WORK_CASES, council)]
    return ToDo.objects.filter(council__in=councils)


def open_todos(access: Access) -> QuerySet[ToDo]:
    return todos_of(access).filter(done_at=None)


def work_list(access: Access, now: datetime) -> list[Work]:
    todos = list(open_todos(access).select_related("about_council").order_by("due_at", "created_at")[:MOST])
    cases = Enquiry.objects.filter(council__in=access.councils).in_bulk([todo.subject_id for todo in todos])
    return [Work(todo, cases.get(todo.subject_id), due(todo.due_at, now)) for todo in todos]
