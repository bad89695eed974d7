"""The same letter sent twice at the same moment; a letter while a colleague rings."""

from collections.abc import Iterator

import pytest

from councils.access import Access, access_of
from councils.models import Council
from councils.roles import Role
from councils.tenancy import as_council
from enquiries import actions
from enquiries.actions.letter_sending import send_letter
from enquiries.letters.writing import Letter
from enquiries.models import ContactAttempt, Enquiry
from enquiries.states import Outcome, Way
from outbox.models import Message
from tests import factories
from tests.enquiries.test_assigning_races import race


@pytest.fixture
def kent(committed_db: None) -> Iterator[Council]:
    yield Council.objects.get(slug="kent")


@pytest.fixture
def kate(kent: Council) -> Access:
    return access_of(factories.user("Kate", kent, Role.OFFICER))


@pytest.fixture
def case(kent: Council) -> Enquiry:
    return factories.enquiry(kent, way=Way.EMAIL)


def letter(case: Enquiry) -> Letter:
    return Letter(way=Way.EMAIL, subject="About fostering", text="Shall we talk?", key="0" * 32, version=case.version)


def left(case: Enquiry) -> tuple[int, int]:
    """Letters and attempts."""
    with as_council(case.council_id):
        letters = Message.objects.filter(subject_id=case.pk, kind="letter").count()
        return letters, ContactAttempt.objects.filter(enquiry=case).count()


@pytest.mark.parametrize(("locks", "second"), [(True, ""), (False, "Nothing can be sent to this address.")])
def test_a_double_click_is_one_letter_and_neither_click_fails(
    kent: Council, kate: Access, case: Enquiry, locks: bool, second: str
) -> None:
    """Without the lock the key in the outbox still keeps it to one letter, but the second click is told an untruth."""
    told = race(
        kent,
        lambda: send_letter(case, letter(case), by=kate),
        lambda: send_letter(case, letter(case), by=kate),
        locks=locks,
    )
    assert (told[0], told[1].startswith(second)) == ("", True)
    assert bool(told[1]) == bool(second)
    assert left(case) == (1, 1)


@pytest.mark.parametrize(("locks", "letters"), [(True, 0), (False, 1)])
def test_a_letter_to_somebody_to_whom_a_colleague_speaks_meanwhile_is_asked_about(
    kent: Council, kate: Access, case: Enquiry, locks: bool, letters: int
) -> None:
    told = race(
        kent,
        lambda: actions.log_attempt(case, way=Way.CALL, outcome=Outcome.REACHED, by=kate),
        lambda: send_letter(case, letter(case), by=kate),
        locks=locks,
    )
    assert ("This case has changed" in told[1]) == locks
    assert left(case)[0] == letters, "without the lock it leaves"
