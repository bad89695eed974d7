"""The statistical file of a year, column by column: what each counts, and what Ofsted calls it where that is known.

The names are those of Ofsted's published statistics (“Fostering in England”, 1 April to 31 March, and the reasons AW0
to AW5 of its data collection since 2023-24). No template of the Department for Education's was found: this file
follows none, and its columns are our own.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from dashboards.exports.columns import MIDDLE, MOST, SHARE_OF, Counted, count_of, days, hours, share_of, spread_of
from dashboards.figures import APART, INITIAL, Split
from dashboards.states import STAGES, Stage
from enquiries.exports import Cell
from enquiries.states import APPLICATION_REASONS, Kind, State


@dataclass(frozen=True)
class Published:
    """`figure`: of dashboards.figures, with what it is broken down by and the value, where it is. `ofsted`: its name
    there, empty where none is known. `words`: what it holds beyond the definition of the figure."""

    column: str
    figure: str
    of: Callable[[Counted], Cell]
    words: str
    ofsted: str = ""


def _counts(column: str, figure: str, words: str = "", ofsted: str = "") -> Published:
    return Published(column, figure, count_of(figure), words or "How many.", ofsted)


# What a row is of, before its numbers.
ABOUT: dict[str, str] = {
    "reporting_year": "From 1 April to 31 March, like 2026-27.",
    "hub": "The hub's name.",
    "council": "The council's name; “All” in the last row, which is the whole hub.",
    "council_code": "The council's code at the Office for National Statistics. Empty for the hub office and for “All”.",
    "kind_of_council": "council, hub_office (what belongs to no council yet) or all.",
    "rule_version": "The version of the rules by which the figures were counted.",
    "as_of": "Until when what happened is in them, in London's time. Empty where they were never made.",
}


def _ofsteds_reasons() -> Iterator[Published]:
    for reason in APPLICATION_REASONS:
        yield Published(
            f"applications_withdrawn_{reason.value}",
            "ended_after",
            count_of("ended_after", reason),
            f"Those that the applicants withdrew, {reason.label}.",
            reason.label,
        )


def _declined(counted: Counted) -> Cell:
    others = (*APPLICATION_REASONS, State.NOT_APPROVED)
    return counted["ended_after", ""] - sum(counted["ended_after", str(each)] for each in others)


def _kinds(figure: str, kinds: frozenset[Kind], before: str) -> Iterator[Published]:
    for kind in (kind for kind in Kind if kind in kinds):
        yield Published(
            f"{before}_{kind.value}", figure, count_of(f"{figure}", kind), f"Those of the type: {kind.label}."
        )


def _cohort() -> Iterator[Published]:
    for stage in STAGES:
        if stage != Stage.ENQUIRED:
            words = f"Of the initial enquiries of this year, those that have come to “{stage.label}” until now."
            yield Published(f"of_these_{stage.value}", "cohort", count_of("cohort", stage), words)


def _spread(before: str, figure: str, unit: Callable[[int], Cell], named: str) -> Iterator[Published]:
    yield Published(f"{before}_median", figure, spread_of(figure, MIDDLE, unit), f"The median, in {named}.")
    words = f"As many {named}, or fewer, for nine in ten."
    yield Published(f"{before}_nine_in_ten", figure, spread_of(figure, MOST, unit), words)


PUBLISHED: tuple[Published, ...] = (
    _counts("enquiries_received", "received"),
    _counts("initial_enquiries", "enquiries", ofsted="Initial enquiries"),
    *_kinds("enquiries", INITIAL, "initial_enquiries"),
    _counts("households_enquiring", "households", "How many; once in a year, however often they came."),
    _counts("came_again", "again"),
    _counts("other_enquiries", "apart"),
    *_kinds("apart", APART, "other_enquiries"),
    _counts("promises_kept", "promise_kept"),
    _counts("promises_kept_late", "promise_late"),
    _counts("promises_missed", "promise_missed"),
    _counts("promises_still_to_keep", "promise_running"),
    Published(
        "promises_kept_percent",
        "promise_kept",
        share_of("promise_kept", SHARE_OF["promise_missed"]),
        "Of those kept, kept late and missed, in per cent.",
    ),
    *_spread("hours_to_first_try", "first_try", hours, "working hours"),
    *_spread("hours_until_spoken_with", "reached", hours, "working hours"),
    _counts("initial_visits", "visits"),
    _counts("applications", "applications", ofsted="Applications"),
    _counts("approvals", "approvals", ofsted="Approvals"),
    *_cohort(),
    _counts("of_these_still_open", "cohort_open", "How many, of the initial enquiries of this year."),
    _counts("ended_before_application", "ended_before"),
    _counts("applications_ended", "ended_after"),
    *_ofsteds_reasons(),
    Published(
        "applications_not_approved",
        "ended_after",
        count_of("ended_after", State.NOT_APPROVED),
        "Those that were decided, and not approved.",
    ),
    Published(
        "applications_ended_by_service",
        "ended_after",
        _declined,
        "The others: ended by the fostering service before a decision.",
    ),
    _counts("not_yet", "not_yet"),
    _counts("opened_again", "opened_again"),
    _counts("handed_over_to_others", "passed_on"),
    _counts("taken_over_from_others", "taken_over"),
    _counts("wished_to_talk_to_a_carer", "wishes"),
    _counts("introduced_to_a_carer", "introduced"),
    _counts("conversations_with_a_carer", "conversations"),
    *_spread("days_waited_for_a_conversation", "conversations", days, "days"),
)
# Read besides the wholes.
SPLITS: dict[Split, tuple[str, ...]] = {
    Split.KIND: ("enquiries", "apart"),
    Split.HOURS: ("first_try", "reached"),
    Split.STAGE: ("cohort",),
    Split.REASON: ("ended_after",),
    Split.WAIT: ("conversations",),
}
