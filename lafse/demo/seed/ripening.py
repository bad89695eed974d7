"""What becomes of enquiries over years: about one in twenty ends in an approval, some eight months after it came.

Nobody decides here who is still open: each begins on some day and goes on, and whatever would happen after today has
not happened yet. So those of last month have few visits, and those of last year their approvals.
"""

from collections.abc import Mapping, Sequence

from enquiries.states import APPLICATION_REASONS, ENQUIRY_REASONS, CloseReason, State, Step
from lafse.demo.seed.draw import deck
from lafse.demo.seed.stories import OPEN, STEPS, First, Story

# How a state is entered, and how many working days after the one before: for whoever comes back, and slower than in
# stories, where most has to have happened within three years.
STEPS_IN_YEARS: Mapping[State, tuple[Step, int, int]] = STEPS | {
    State.IN_CONTACT: (Step.REOPEN, 60, 200),
    State.APPLIED: (Step.APPLY, 8, 70),
    State.PANEL: (Step.GO_TO_PANEL, 70, 150),
}
_MET = (State.IN_CONTACT, State.VISITED)
_APPLIED = (*_MET, State.APPLIED)
_ASSESSED = (*_APPLIED, State.IN_ASSESSMENT)
_APPROVED = (State.PANEL, State.APPROVED)
_BACK = (State.IN_CONTACT, State.NOT_YET, State.IN_CONTACT)


def _story(*path: State, why: tuple[CloseReason, ...] = ()) -> Story:
    return Story(First.TRIED if path[0] is State.NO_REPLY else First.REACHED, path, why)


STORIES: Sequence[Story] = deck(
    (
        (_story(State.NO_REPLY), 24),
        (_story(State.IN_CONTACT, State.WITHDRAWN, why=ENQUIRY_REASONS), 32),
        (_story(State.IN_CONTACT, State.DECLINED_BY_SERVICE, why=ENQUIRY_REASONS), 13),
        (_story(*_MET, State.WITHDRAWN, why=ENQUIRY_REASONS), 11),
        (_story(*_BACK, State.WITHDRAWN, why=ENQUIRY_REASONS), 3),
        (_story(*_BACK, State.VISITED, State.APPLIED, *_APPROVED, why=ENQUIRY_REASONS), 1),
        (_story(*_ASSESSED, *_APPROVED), 5),
        (_story(*_ASSESSED, State.WITHDRAWN, why=APPLICATION_REASONS), 5),
        (_story(*_APPLIED, State.WITHDRAWN, why=APPLICATION_REASONS), 3),
        (_story(*_APPLIED, State.DECLINED_BY_SERVICE, why=ENQUIRY_REASONS), 1),
        (_story(*_ASSESSED, State.PANEL, State.DECISION, State.NOT_APPROVED), 2),
    )
)
RIPENING = frozenset(STORIES)
_STANDS_OPEN = 3  # of the first three of each so many hundred somebody decides, for one year: as in stories


def story_in_years(number: int, *, years: int, settled: bool) -> Story:
    """`settled`: without those that wait for something of somebody today."""
    if stands_open(number, years=years, settled=settled):
        block, place = divmod(number, 100)
        return OPEN[(block // (_STANDS_OPEN * years) * 3 + place) % len(OPEN)]
    return STORIES[(number + number // 100 * 37) * 7 % len(STORIES)]  # neighbours differ, and so do hundreds


def stands_open(number: int, *, years: int, settled: bool) -> bool:
    block, place = divmod(number, 100)
    return not settled and place < 3 and block % (_STANDS_OPEN * years) == 0
