"""Work for a person, done."""

from councils.access import Access
from councils.clock import hub_now
from councils.events import record
from councils.models import ToDo
from councils.roles import Permission
from councils.tenancy import as_council


def finish_todo(todo: ToDo, *, by: Access) -> None:
    """Safe to do twice: the first keeps the credit."""
    by.require(Permission.WORK_CASES, todo.council_id)
    with as_council(todo.council_id):
        open_one = ToDo.objects.select_for_update().filter(council=todo.council_id, pk=todo.pk, done_at=None).first()
        if open_one is None:
            return
        open_one.done_at, open_one.done_by = hub_now(), by.user
        open_one.save(update_fields=["done_at", "done_by"])
        record("todo.done", subject=open_one, by=by.user, kind=open_one.kind)
