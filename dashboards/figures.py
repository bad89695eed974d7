"""Every figure, by its code: what it is called, what exactly it counts, and what it can be broken down by.

The sentence is printed beside the figure wherever it is shown. A change of what one counts is a new RULES version, and
the figures are made anew (`manage.py rebuild_figures`). Pure.
"""

from collections.abc import Mapping
from datetime import date

from dashboards.figure import Figure, Split, Unit
from dashboards.figures_of_rows import OF_ROWS
from enquiries.states import Kind

__all__ = ["APART", "FIGURES", "INITIAL", "RULES", "Figure", "Split", "Unit", "year_of"]

RULES = "2026-6"
# Ofsted's annual collection counts households that may become mainstream foster carers; its own wording of “initial
# enquiry” could not be had, so ours is dated and said aloud. Whoever fosters already, or asks for something else, is
# counted apart.
INITIAL = frozenset({Kind.NEW, Kind.SHORT_BREAKS})
APART = frozenset(Kind) - INITIAL


def year_of(day: date) -> int:
    """Of the statistical year, from 1 April to 31 March: the calendar year in which it began."""
    return day.year if (day.month, day.day) >= (4, 1) else day.year - 1


_BROUGHT = (Split.SOURCE, Split.LAST_SOURCE, Split.CODE, Split.LAST_CODE)
_CAME = "Counted on the day on which it came, for the council that answers it now."
FIGURES: Mapping[str, Figure] = {
    each.code: each
    for each in (
        Figure(
            "received",
            "Enquiries received",
            "Everything that somebody sent or told us, for the council that it came to first: also what was joined "
            "with another enquiry later. Not what was held back as spam or never confirmed to be an enquiry.",
            splits=(Split.CHANNEL,),
        ),
        Figure(
            "enquiries",
            "Initial enquiries",
            "Households that asked about becoming foster carers, each journey once however many councils it led "
            "through: new to fostering, or for short breaks. Without those joined with another enquiry. " + _CAME,
            splits=(Split.KIND, Split.CHANNEL, *_BROUGHT),
        ),
        Figure(
            "apart",
            "Enquiries of other kinds",
            "People who foster for somebody else, have fostered before, or ask about supported lodgings. " + _CAME,
            splits=(Split.KIND,),
        ),
        Figure(
            "households",
            "Households",
            "Initial enquiries of households that had sent none before in the same year from April to March, in any "
            "council of the hub.",
        ),
        Figure("again", "Came again", "Enquiries of households that had enquired before, in any year. " + _CAME),
        Figure(
            "promise_kept",
            "Promises kept",
            "A person got in touch, in the way that was asked for, by the time that was promised. Counted on the day "
            "on which it was due, for the council that had the enquiry then. Whoever comes back is promised anew: each "
            "promise counts in its own month.",
        ),
        Figure(
            "promise_running",
            "Promises still to keep",
            "Nobody has got in touch yet, and the time that was promised has not passed. Counted on the day on which "
            "it is due.",
        ),
        Figure("promise_late", "Promises kept late", "Somebody got in touch, after the time that was promised."),
        Figure(
            "promise_missed", "Promises missed", "The time that was promised has passed, and nobody has got in touch."
        ),
        Figure(
            "first_try",
            "Working hours to the first try",
            "From when the enquiry came to the first genuine try by a person, in the working hours that the council "
            "that it came to had then, rounded up to half an hour. Of initial enquiries and those of other kinds, on "
            "the day on which they came.",
            Unit.HALF_HOURS,
            (Split.HOURS,),
        ),
        Figure(
            "reached",
            "Working hours until spoken with",
            "From when the enquiry came until somebody spoke with them or they answered, in the working hours that the "
            "council that it came to had then, rounded up to half an hour.",
            Unit.HALF_HOURS,
            (Split.HOURS,),
        ),
        Figure("visits", "Visits", "First visits made, on the day of the visit.", splits=_BROUGHT),
        Figure(
            "applications",
            "Applications",
            "Applications received, on the day that the council gives for it.",
            splits=_BROUGHT,
        ),
        Figure(
            "applications_open",
            "Applications still open",
            "Applications of every type of enquiry, those counted apart as well, that are open now. What ended and was "
            "opened again is none until it applies anew. On the day on which the household had enquired.",
        ),
        Figure(
            "approvals",
            "Approvals",
            "Households approved as foster carers, on the day that the council gives for it.",
            splits=_BROUGHT,
        ),
        Figure(
            "ended_before",
            "Ended before an application",
            "Initial enquiries that ended, for now or for good, before an application; on the day on which they ended. "
            "One that is opened again is not counted any more.",
            splits=(Split.REASON,),
        ),
        Figure(
            "ended_after",
            "Applications that ended",
            "Applications withdrawn, ended by the service or not approved; on the day on which they ended. By Ofsted's "
            "reasons AW0 to AW5 where they were withdrawn, AW0 where none of them was given. Not those that wait.",
            splits=(Split.REASON,),
        ),
        Figure(
            "not_yet", "Not yet", "Households that wait, and want to be asked again; on the day on which they said so."
        ),
        Figure(
            "opened_again",
            "Opened again",
            "How often an enquiry that waited or had ended was open again, because they wrote or because staff opened "
            "it; on the day on which it was. Each time counts.",
        ),
        Figure(
            "cohort",
            "How far they got",
            "Of the initial enquiries that came in a month, how many have reached each stage by now, whatever became "
            "of them later. Whoever has applied counts as visited: councils skip steps.",
            splits=(Split.STAGE,),
        ),
        Figure(
            "cohort_open",
            "Still open",
            "Of the initial enquiries that came in a month, how many are still on their way, by the stage that they "
            "are at. Until this is nothing, the shares of that month may still grow.",
            splits=(Split.STAGE,),
        ),
        Figure(
            "cohort_source",
            "How far they got, by source",
            "As “How far they got”, by what the household came by first: source and stage, joined by a bar.",
            splits=(Split.SOURCE,),
        ),
        Figure(
            "stage_days",
            "Days in a stage",
            "Days between reaching a stage and leaving it, for the next one or for good; to 60 exactly, to a year "
            "rounded up to weeks. On the day on which the household had enquired.",
            Unit.DAYS,
            (Split.STAGE_DAYS,),
        ),
        Figure("passed_on", "Passed on", "Enquiries that another council took, on the day on which it took them."),
        Figure("taken_over", "Taken over", "Enquiries taken from another council, on the day on which they were."),
        Figure(
            "wishes",
            "Would like to talk to a foster carer",
            "Journeys in which somebody asked to talk to an ambassador, on the day on which they first did.",
            splits=(Split.ABOUT,),
        ),
        Figure("introduced", "Introduced", "Journeys with a first introduction to an ambassador, on its day."),
        Figure(
            "conversations",
            "Conversations",
            "Journeys in which an enquirer and an ambassador spoke, on the day on which the first was told of; by the "
            "days that they had waited since they asked.",
            splits=(Split.WAIT,),
        ),
        *OF_ROWS,
    )
}
