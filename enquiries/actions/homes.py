"""Households of two councils that share a surname and a postcode: one person may be both, and so may two neighbours.

Only the hub office learns of it, and somebody there who may see both says whether they are one. No council is told who
else has the same surname at the same postcode.
"""

from uuid import UUID

from councils.access import Access
from councils.clock import hub_now
from councils.events import record
from councils.households import become_one, councils_that_know, remember_home
from councils.models import Council, ToDo
from councils.models.todos import ToDoKind
from councils.refusals import Refused
from councils.roles import Permission
from councils.tenancy import crossing
from enquiries.handover_states import SuggestionState
from enquiries.models import Enquiry, HouseholdProposal
from enquiries.recipients import office_of
from enquiries.same import surnames
from enquiries.search import compact

JOINED = "enquiry.household_joined"


def propose_homes(case: Enquiry) -> None:
    """At the hub office, once for two households. Of what may be no enquiry nothing is kept."""
    if case.quarantined or case.to_confirm:
        return
    postcode, names = compact(case.postcode), surnames(case.name)
    for other in remember_home(case.household_id, case.council, surnames=names, postcode=postcode):
        _propose(case.council, case.household_id, other)


def join_households(proposal: HouseholdProposal, *, by: Access) -> None:
    """One household, in the whole hub. Each of their cases says so; figures follow that event."""
    by.require(Permission.JOIN_HOUSEHOLDS, proposal.council_id)
    kept, gone = proposal.household_a, proposal.household_b
    with crossing("join_households", to={proposal.council_id, *councils_that_know([kept, gone])}) as scope:
        row = _settle(proposal, SuggestionState.MERGED, by)
        for council in sorted(scope.councils):
            for case in Enquiry.objects.filter(council=council, household_id__in=[kept, gone]).order_by("pk"):
                record(JOINED, subject=case, by=by.user, from_household=str(gone), to_household=str(kept))
            Enquiry.objects.filter(council=council, household_id=gone).update(household_id=kept)
        become_one(gone, of=kept)
        _follow(row, gone, kept)


def not_one_household(proposal: HouseholdProposal, *, by: Access) -> None:
    """For good: these two are not proposed again."""
    by.require(Permission.JOIN_HOUSEHOLDS, proposal.council_id)
    with crossing("join_households", to=[proposal.council_id]):
        row = _settle(proposal, SuggestionState.DIFFERENT, by)
        record("household.kept_apart", subject=row, by=by.user)


def _propose(council: Council, one: UUID, other: UUID) -> None:
    office = office_of(council)
    first, second = sorted((one, other), key=str)
    with crossing("propose_household", to=[office]):
        row, new = HouseholdProposal.objects.get_or_create(council=office, household_a=first, household_b=second)
        if new:
            record("household.proposed", subject=row, by=None)
            ToDo.objects.create(
                council=office,
                kind=ToDoKind.SAME_HOUSEHOLD,
                subject_kind="householdproposal",
                subject_id=row.pk,
                about_council=office,
            )


def _settle(proposal: HouseholdProposal, state: SuggestionState, by: Access) -> HouseholdProposal:
    rows = HouseholdProposal.objects.select_for_update(of=("self",))
    row = rows.get(council=proposal.council_id, pk=proposal.pk)
    if row.state != SuggestionState.OPEN:
        raise Refused(f"Somebody was faster: {row.get_state_display().lower()}.")
    row.state, row.settled_at, row.settled_by = state, hub_now(), by.user
    row.save(update_fields=["state", "settled_at", "settled_by"])
    todo = ToDo.objects.filter(council=row.council_id, kind=ToDoKind.SAME_HOUSEHOLD, subject_id=row.pk, done_at=None)
    todo.update(done_at=hub_now(), done_by=by.user)
    return row


def _follow(settled: HouseholdProposal, gone: UUID, kept: UUID) -> None:
    """What was proposed of the household that is no more is proposed of the one that it went into."""
    rows = HouseholdProposal.objects.filter(council=settled.council_id, state=SuggestionState.OPEN)
    for row in rows.select_for_update(of=("self",)).order_by("pk"):
        pair = {row.household_a, row.household_b}
        if gone in pair:
            _repoint(row, (pair - {gone}) | {kept})


def _repoint(row: HouseholdProposal, pair: set[UUID]) -> None:
    """Settled where the two are one by now, or somebody was asked about them before."""
    first, second = min(pair, key=str), max(pair, key=str)
    known = HouseholdProposal.objects.filter(council=row.council_id, household_a=first, household_b=second)
    if first == second or known.exists():
        row.state, row.settled_at = SuggestionState.MERGED, hub_now()
        ToDo.objects.filter(council=row.council_id, subject_id=row.pk, done_at=None).update(done_at=hub_now())
    else:
        row.household_a, row.household_b = first, second
    row.save(update_fields=["household_a", "household_b", "state", "settled_at"])
