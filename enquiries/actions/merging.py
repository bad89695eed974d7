"""Two enquiries of the same people, in one council, become one; and two again where that was a mistake.

Nothing that was written moves: the kept case is read together with what went into it (`enquiries.merged`). What leads
to the merged one (links, reply addresses, forms, references, work for a person) leads to the kept one from then on.
Both rows are locked in the order of their keys, so that two merges that cross each other wait instead of failing.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields

from councils.access import Access
from councils.clock import hub_now
from councils.doors import lead_back, lead_on
from councils.events import Fact, record
from councils.models import User
from councils.refusals import Refused
from councils.roles import Permission
from councils.tenancy import as_council
from enquiries.actions import follow_ups
from enquiries.actions.changing import save
from enquiries.actions.comings import join_comings, part_comings
from enquiries.actions.indexing import index_again
from enquiries.actions.merged_follow_ups import spare_repeats, steps_waiting
from enquiries.actions.merged_work import carry_todos, put_todos_back, settle_suggestions, suggest_anew
from enquiries.actions.missed import write_down_if_missed
from enquiries.actions.values import plain, read
from enquiries.actions.wish_carrying import join_wishes, part_wishes
from enquiries.handover_states import HandoverState
from enquiries.handover_states import Side as HandoverSide
from enquiries.merged import side_of
from enquiries.models import Enquiry, Handover, Merge
from enquiries.same_case import Side, together, why_not
from enquiries.states import State

_ENDS = ("state", "state_since", "state_changed_at", "closed_at", "close_reason", "wake_on", "next_due_at")
_FILLED = ("email", "phone", "case_number")  # copied from the merged case where the kept one said nothing


def merge(*, kept: Enquiry, merged: Enquiry, by: Access | None) -> Merge:
    """Raises Refused with the reason why they stay two."""
    with _both(kept, merged, by) as (case, other):
        now, was = hub_now(), side_of(case)
        if objection := why_not(was, side_of(other)):
            raise Refused(objection)
        _refuse_open_handover(case, other)
        before, planned = _values(other, _ENDS), steps_waiting(case)
        changed = _take_in(case, together(was, side_of(other), now))
        row = Merge.objects.create(council_id=case.council_id, kept=case, merged=other, by=_user(by))
        _end(other, case)
        row.moved = {
            "doors": lead_on(other.pk, to=case.pk),
            "suggestions": settle_suggestions(other, by=_user(by)),
            **carry_todos(other, case),
            "wish": join_wishes(other, case),
            "touches": join_comings(other, case),
        }
        row.before = {"merged": before, "kept": _plain_before(was, changed), "set": _plain_set(case, changed)}
        row.save(update_fields=["moved", "before"])
        _tell("enquiry.merged", other, case, by, before=State(str(before["state"])))
        _plan_both(case, other, spare=planned)
    return row


def undo_merge(row: Merge, *, by: Access) -> Enquiry:
    """The one that is an enquiry of its own again. What happened since stays with the kept one."""
    with _both(row.kept, row.merged, by) as (case, other):
        row = Merge.objects.select_for_update(of=("self",)).get(council=case.council_id, pk=row.pk)
        _refuse_undoing(row, case)
        row.undone_at, row.undone_by = hub_now(), by.user
        row.save(update_fields=["undone_at", "undone_by"])
        _give_back(case, other, row)
        for name, value in row.before["merged"].items():
            setattr(other, name, read(name, value))
        other.merged_into = None
        save(other, *_ENDS, "merged_into")
        lead_back(row.moved["doors"], away_from=case.pk, to=other.pk)
        put_todos_back(other, row.moved)
        suggest_anew(other, row.moved["suggestions"])
        part_wishes(other, case, row.moved.get("wish", {}))
        part_comings(other, row.moved.get("touches", []))
        _tell("enquiry.merge_undone", other, case, by, before=State.DUPLICATE)
        _plan_both(case, other)
    return other


@contextmanager
def _both(kept: Enquiry, merged: Enquiry, by: Access | None) -> Iterator[tuple[Enquiry, Enquiry]]:
    if kept.council_id != merged.council_id or kept.pk == merged.pk:
        raise Refused("Choose another enquiry of the same council.")
    if by:
        by.require(Permission.WORK_CASES, kept.council_id)
    with as_council(kept.council_id):
        rows = Enquiry.objects.select_for_update(of=("self",)).filter(council=kept.council_id)
        found = {case.pk: case for case in rows.filter(pk__in=[kept.pk, merged.pk]).order_by("pk")}
        for case in found.values():
            if case.erased_at:
                raise Refused(f"{case.reference} was erased. It stays as it is.")
            write_down_if_missed(case)
        yield found[kept.pk], found[merged.pk]


def _refuse_open_handover(*cases: Enquiry) -> None:
    offered = Handover.objects.filter(council=cases[0].council_id, enquiry__in=cases, side=HandoverSide.SENT)
    if waiting := offered.filter(state=HandoverState.OFFERED).first():
        raise Refused(f"{waiting.reference} has been offered to another council. Take that back first.")


def _refuse_undoing(row: Merge, case: Enquiry) -> None:
    if row.undone_at:
        raise Refused("This was undone already.")
    if case.state == State.PASSED_ON:
        raise Refused(f"{case.reference} was passed on to another council as one enquiry, and stays one there.")
    if not case.is_open:
        raise Refused(f"{case.reference} is closed. Reopen it first.")
    _refuse_open_handover(case)


def _take_in(case: Enquiry, after: Side) -> list[str]:
    """Names of what is different in the kept case now."""
    changed = [each.name for each in fields(Side) if getattr(case, each.name) != getattr(after, each.name)]
    for name in changed:
        setattr(case, name, getattr(after, name))
    case.first_seen_at = case.first_seen_at or hub_now()
    save(case, *changed, "first_seen_at")
    return changed


def _end(other: Enquiry, kept: Enquiry) -> None:
    now = hub_now()
    other.state, other.state_changed_at, other.closed_at, other.merged_into = State.DUPLICATE, now, now, kept
    other.close_reason, other.state_since, other.wake_on, other.next_due_at = "", None, None, None
    save(other, *_ENDS, "merged_into")


def _give_back(case: Enquiry, other: Enquiry, row: Merge) -> None:
    """What the merge changed in the kept case and nobody has changed since."""
    mine = [other.reference, *other.earlier_references]
    case.earlier_references = [each for each in case.earlier_references if each not in mine]
    before, then = row.before["kept"], row.before["set"]
    for name, value in before.items():
        as_set = getattr(other, name) if name in _FILLED else read(name, then[name])
        if getattr(case, name) == as_set:
            setattr(case, name, read(name, value))
    save(case, *before, "earlier_references")


def _plain_before(was: Side, changed: list[str]) -> dict[str, object]:
    return {name: plain(getattr(was, name)) for name in changed if name != "earlier_references"}


def _plain_set(case: Enquiry, changed: list[str]) -> dict[str, object]:
    """Nothing personal: what was filled in from the merged case stands there."""
    return {name: plain(getattr(case, name)) for name in changed if name not in (*_FILLED, "earlier_references")}


def _values(case: Enquiry, names: tuple[str, ...]) -> dict[str, Fact]:
    return {name: plain(getattr(case, name)) for name in names}


def _plan_both(case: Enquiry, other: Enquiry, *, spare: frozenset[str] | None = None) -> None:
    for each in (other, case):
        index_again(each)
    if spare is not None:
        spare_repeats(case, other, known=spare)
    for each in (other, case):
        follow_ups.replan(each)


def _tell(verb: str, other: Enquiry, kept: Enquiry, by: Access | None, *, before: State) -> None:
    """One event, of the one that ends or begins again: it is read in the kept case too. Figures follow its journey."""
    record(
        verb,
        subject=other,
        by=_user(by),
        kept=str(kept.pk),
        reference=other.reference,
        old_state=before.value,
        state=str(other.state),
        from_journey=str(other.journey_id),
        to_journey=str(kept.journey_id),
        from_household=str(other.household_id),
        to_household=str(kept.household_id),
    )


def _user(by: Access | None) -> User | None:
    return by.user if by else None
