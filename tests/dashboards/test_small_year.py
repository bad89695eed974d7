"""A small year, told line by line, and its figures worked out by hand.

Two councils. The year of the statistics is 1 April 2026 to 31 March 2027. Whoever reads this needs no code: the table
says what happened to each household and on which day; below it each figure is named with the households in it.
"""

from collections import Counter
from datetime import date

import pytest

from councils.access import access_of
from councils.models import Council, Hub
from councils.roles import Role
from councils.tenancy import as_hub
from dashboards.actions.folding import fold_hub
from dashboards.actions.rebuilding import differences
from dashboards.figures import Split, year_of
from dashboards.span import Span
from dashboards.states import Grain
from dashboards.tables import sums
from tests import factories
from tests.conftest import Cast
from tests.dashboards.naive import COUNTED
from tests.dashboards.years import Move, Year, at, lines

# Days are day.month, of 2027 from January on. Each enquiry came at 10am, and whoever was rung was rung at 3pm: “spoke”,
# or a voicemail. Steps were taken at 4pm. New to fostering where nothing else is said.
#
# no | council   | came  | by     | rung        | then
YEAR = """
 1   | kent      | 01.04 | search | 01.04 spoke | visit 10.04, apply 20.04, assess 04.05, approve 14.12
 2   | kent      | 01.04 | search | 02.04 spoke | withdraw 09.04 no_room
 3   | kent      | 02.04 | print  |             |
 4   | kent      | 07.04 | search | 07.04 voice |
 5   | kent      | 11.05 | social | 11.05 spoke | visit 18.05, withdraw 01.06 health
 6   | kent      | 11.05 | social | 13.05 spoke |
 7   | kent      | 12.05 | event  | 12.05 spoke | visit 19.05, apply 01.06, withdraw 01.07 AW3
 8   | kent      | 13.05 | event  | 13.05 spoke | postpone 20.05 work_or_money
 9   | kent      | 15.06 | search | 15.06 spoke | kind 15.06 transfer
 10  | kent      | 15.06 | search | 15.06 spoke | kind 15.06 short_breaks
 11  | kent      | 07.07 | direct | 07.07 spoke | join 08.07 10
 12  | kent      | 08.09 | print  | 08.09 spoke | hand 09.09 hampshire
 13  | hampshire | 08.09 | search | 08.09 spoke | visit 15.09
 14  | hampshire | 09.09 | search | 09.09 voice |
 15  | hampshire | 10.09 | direct | 10.09 spoke | again 10.09 2
 16  | hampshire | 05.10 | search | 05.10 spoke | decline 12.10 health
 17  | hampshire | 06.10 | social | 06.10 spoke | apply 20.10, assess 02.11
 18  | hampshire | 07.10 | social | 07.10 spoke | kind 07.10 supported_lodgings
 19  | hampshire | 04.01 | search | 04.01 spoke | visit 18.01, apply 25.01
 20  | kent      | 05.01 | search | 05.01 spoke | withdraw 06.01 chose_agency
 21  | kent      | 30.03 | search | 30.03 spoke |
 22  | hampshire | 01.12 | search | 01.12 spoke | withdraw 08.12 no_room, back 15.01, rung 18.01 spoke
"""
# “back”: they wrote, and it was opened again; “kind”: what they asked about; “again”: of the household of
# that number; “join”: with that number, which was kept.
# No 3 was never rung, and the promise ran out on 7 April: Good Friday and Easter Monday lay between.

KENT = {
    # All that came to Kent between 1 April 2026 and 31 March 2027: no 1–12, 20 and 21. Joined with another (11) or
    # passed on (12): they came all the same.
    "received": 14,
    # Of these not 9 (fosters for somebody else), 11 (joined with 10) and 12 (Hampshire answers it now).
    "enquiries": 11,
    "apart": 1,  # no 9
    "households": 11,  # each of the eleven is a household of its own
    # Rung by the end of the next working day: no 1, 2, 4, 5, 7, 8, 9, 10, 20 and 21; and 12, while Kent had it.
    "promise_kept": 11,
    "promise_late": 1,  # no 6: due on 12 May, rung on the 13th
    "promise_missed": 1,  # no 3
    "first_try": 11,  # whoever was rung, of no 1–10, 20 and 21: all but no 3
    "reached": 10,  # as before, without the voicemail of no 4
    "visits": 3,  # no 1, 5 and 7
    "applications": 2,  # no 1 and 7
    "approvals": 1,  # no 1
    "ended_before": 4,  # no 2, 5, 8 (for now) and 20
    "ended_after": 1,  # no 7
    "not_yet": 1,  # no 8
    "passed_on": 1,  # no 12
    "cohort_open": 5,  # no 3, 4, 6, 10 and 21
}
HAMPSHIRE = {
    "received": 8,  # no 13–19 and 22
    "enquiries": 8,  # the same without 18 (supported lodgings), and 12, which Hampshire answers now
    "apart": 1,  # no 18
    "households": 7,  # without 15: that household had sent no 2 in the same year, to Kent
    "again": 1,  # no 15
    # No 13–19: each was rung on the day. No 22 twice: in December, and when they came back in January.
    "promise_kept": 9,
    "first_try": 9,  # no 13–19 and 22, and no 12, whose first try was Kent's
    "reached": 8,  # without the voicemail of no 14
    "visits": 2,  # no 13 and 19
    "applications": 2,  # no 17 and 19
    "ended_before": 1,  # no 16; not 22, which was opened again
    "opened_again": 1,  # no 22
    "taken_over": 1,  # no 12
    "applications_open": 2,  # no 17 and 19
    "cohort_open": 7,  # no 12, 13, 14, 15, 17, 19 and 22
}
# Of the initial enquiries of the whole year in both councils, how far they got; who applied counts as visited.
COHORT = {
    "enquired": 19,  # all of them: 11 in Kent and 8 in Hampshire
    "reached": 16,  # not no 3, 4 and 14
    "visited": 6,  # no 1, 5, 7, 13, 19; and 17, who applied
    "applied": 4,  # no 1, 7, 17, 19
    "assessed": 2,  # no 1 and 17
    "panel": 1,  # no 1, who is approved
    "approved": 1,  # no 1
}
SOURCES = {
    "search": 11,  # no 1, 2, 4, 10, 13, 14, 16, 19, 20, 21, 22; joined with 10, no 11 came later
    "print": 2,  # no 3 and 12
    "social": 3,  # no 5, 6 and 17
    "event": 2,  # no 7 and 8
    "direct": 1,  # no 15
}
REASONS = {"no_room": 1, "health": 2, "work_or_money": 1, "chose_agency": 1}  # no 2; 5 and 16; 8; 20
AFTER = {"AW3": 1}  # no 7
# Working hours (9am to 5pm) from 10am of the day on which it came to 3pm of the day on which somebody rang, in half
# hours: five hours on the same day; on the next working day 7 + 6 = 13 hours (no 2); two on, 7 + 8 + 6 = 21 (no 6).
FIRST_TRY = {"10": 18, "26": 1, "42": 1}
# Days from enquiring to the visit (or the next stage that is dated), of those who were never spoken with: none. From
# being spoken with: no 1 9 days, 5, 7, 13 seven each, 19 fourteen; to the application for 17: 14; to the end for no 2
# 7, 8 7, 16 7 and 20 one.
REACHED_DAYS = {"reached|9": 1, "reached|7": 6, "reached|14": 2, "reached|1": 1}


@pytest.fixture
def year(kent: Council, hampshire: Council, cast: Cast, move_clock: Move) -> Council:
    mona = factories.user("Mona", hampshire, Role.MANAGER)
    by = {"kent": access_of(cast.mina), "hampshire": access_of(mona)}
    Year(lines(YEAR), {"kent": kent, "hampshire": hampshire}, by, move_clock).happens()
    move_clock(at(date(2027, 4, 1), 9))
    fold_hub(kent.hub)
    return kent


SPAN = Span(date(2026, 4, 1), date(2027, 3, 1), Grain.MONTH)


def of(council: Council) -> dict[str, int]:
    with as_hub(council.hub):
        return {figure: n for (_, figure, _), n in sums(COUNTED, SPAN, councils=[council.pk]).items()}


def split(hub: Hub, figure: str, by: Split) -> dict[str, int]:
    counts = Counter[str]()
    with as_hub(hub):
        for (_, _, value), n in sums([figure], SPAN, split=by).items():
            counts[value] += n
    return dict(counts)


def test_a_small_year_is_as_it_was_worked_out_by_hand(year: Council, hampshire: Council) -> None:
    hub = year.hub
    assert of(year) == KENT
    assert of(hampshire) == HAMPSHIRE
    assert split(hub, "cohort", Split.STAGE) == COHORT
    assert split(hub, "enquiries", Split.SOURCE) == SOURCES
    assert split(hub, "ended_before", Split.REASON) == REASONS
    assert split(hub, "ended_after", Split.REASON) == AFTER
    assert split(hub, "first_try", Split.HOURS) == FIRST_TRY
    stages = split(hub, "stage_days", Split.STAGE_DAYS)
    assert {value: n for value, n in stages.items() if value.startswith("reached|")} == REACHED_DAYS
    assert differences(hub) == []
    assert {year_of(line.came) for line in lines(YEAR)} == {2026}
