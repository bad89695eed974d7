"""Whoever is erased, and whatever became of them before: every figure is as it was."""

from collections.abc import Callable
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from councils.access import Access, access_of
from councils.models import Council, User
from councils.models.rights import ErasureCause
from councils.refusals import Refused
from councils.tenancy import as_council
from enquiries import actions
from enquiries.actions.merging import merge
from enquiries.actions.rights import request_erasure
from enquiries.actions.status import ask_to_stop, say_still_interested
from enquiries.models import Enquiry
from enquiries.rights.erasing import erase_pending
from enquiries.states import CloseReason, Outcome, Step, Way
from tests import factories
from tests.rights.canaries import found_in_tables
from tests.rights.figures import figures, settle_mail

Work = Callable[[Enquiry, Access], object]
NUMBERS = count(1)


def reaches(case: Enquiry, by: Access) -> object:
    said = f"Spoke to {case.name}"
    return actions.log_attempt(case, way=Way.CALL, outcome=Outcome.REACHED, at=None, comment=said, by=by)


def misses(case: Enquiry, by: Access) -> object:
    return actions.log_attempt(case, way=Way.CALL, outcome=Outcome.NO_ANSWER, at=None, comment=case.email, by=by)


WORK: dict[str, Work] = {
    "claim": lambda case, by: actions.claim(case, by=by),
    "reach": reaches,
    "miss": misses,
    "note": lambda case, by: actions.add_note(case, f"About {case.name}", by=by),
    "number": lambda case, by: actions.write_case_number(case, case.name[:20], by=by),
    "withdraw": lambda case, by: actions.take_step(case, Step.WITHDRAW, reason=CloseReason.OTHER, by=by),
    "stop": lambda case, _: ask_to_stop(case),
    "again": lambda case, _: say_still_interested(case),
}
LIVES = st.lists(st.sampled_from(sorted(WORK)), max_size=5)


def live(council: Council, done: list[str], by: Access) -> Enquiry:
    """A closed case in the end: erasing one that is open ends it, and that is a figure."""
    word = f"zq{next(NUMBERS)}bird"
    case = factories.enquiry(council, name=f"{word} Example", email=f"{word}@example.org", phone="", way=Way.EMAIL)
    for name in [*done, "withdraw"]:
        try:
            WORK[name](case, by)
        except Refused:
            continue
    with as_council(council):
        return Enquiry.objects.get(pk=case.pk)


@given(lives=st.lists(LIVES, min_size=2, max_size=3), joined=st.booleans(), gone=st.integers(1, 2))
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_figure_is_as_it_was(
    kent: Council, mina: User, kate: User, lives: list[list[str]], joined: bool, gone: int
) -> None:
    by = access_of(kate)
    cases = [live(kent, done, by) for done in lives]
    if joined:
        merge(kept=factories.enquiry(kent, email=f"kept{next(NUMBERS)}@example.org"), merged=live(kent, [], by), by=by)
    settle_mail(kent)
    before = figures()
    for case in cases[:gone]:
        request_erasure(case, cause=ErasureCause.ASKED, by=access_of(mina))
    assert erase_pending() == len(cases[:gone])
    assert figures() == before
    assert found_in_tables(*(case.email.partition("@")[0] for case in cases[:gone])) == []
    for case in cases[gone:]:
        assert "enquiries_enquiry" in found_in_tables(case.email)
