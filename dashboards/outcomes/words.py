"""What a council's case system says of an application, in our words. Pure."""

import re
from collections.abc import Mapping
from enum import StrEnum

from enquiries.states import CloseReason, State, Step


class Told(StrEnum):
    """In the order of the way; each with a day. The last four end it."""

    APPLIED = "Application received"
    STAGE_1_FROM = "Stage 1 began"
    STAGE_1_TO = "Stage 1 ended"
    STAGE_2_FROM = "Stage 2 began"
    STAGE_2_TO = "Stage 2 ended"
    PANEL = "Panel"
    DECISION = "Waiting for the decision"
    APPROVED = "Approved"
    NOT_APPROVED = "Not approved"
    WITHDRAWN = "Withdrawn"
    DECLINED = "Declined by the service"


ENDS = (Told.APPROVED, Told.NOT_APPROVED, Told.WITHDRAWN, Told.DECLINED)
# What moves a case, by the step that does and the state that it leads to; the others are dates of the assessment alone.
MOVES: Mapping[Told, tuple[Step, State]] = {
    Told.APPLIED: (Step.APPLY, State.APPLIED),
    Told.STAGE_1_FROM: (Step.ASSESS, State.IN_ASSESSMENT),
    Told.PANEL: (Step.GO_TO_PANEL, State.PANEL),
    Told.DECISION: (Step.AWAIT_DECISION, State.DECISION),
    Told.APPROVED: (Step.APPROVE, State.APPROVED),
    Told.NOT_APPROVED: (Step.NOT_APPROVE, State.NOT_APPROVED),
    Told.WITHDRAWN: (Step.WITHDRAW, State.WITHDRAWN),
    Told.DECLINED: (Step.DECLINE, State.DECLINED_BY_SERVICE),
}
# The day of each of these is a column of the case, whatever state it is in.
DATES: Mapping[Told, str] = {
    Told.APPLIED: "applied_on",
    Told.STAGE_1_FROM: "stage_1_from",
    Told.STAGE_1_TO: "stage_1_to",
    Told.STAGE_2_FROM: "stage_2_from",
    Told.STAGE_2_TO: "stage_2_to",
}
_SAID: Mapping[Told, str] = {
    Told.APPLIED: "application, applied, application received, application made, registration of interest,"
    " registered interest, roi, roi received, formal application",
    Told.STAGE_1_FROM: "stage 1, stage one, stage 1 started, stage 1 start, in assessment, assessment,"
    " assessment started, form f",
    Told.STAGE_1_TO: "stage 1 ended, stage 1 end, stage 1 complete, stage 1 completed",
    Told.STAGE_2_FROM: "stage 2, stage two, stage 2 started, stage 2 start",
    Told.STAGE_2_TO: "stage 2 ended, stage 2 end, stage 2 complete, stage 2 completed",
    Told.PANEL: "panel, gone to panel, fostering panel, panel held, recommended",
    Told.DECISION: "waiting for the decision, decision, awaiting decision, awaiting adm, with adm, with decision maker",
    Told.APPROVED: "approved, approved as foster carer, approved carer, adm approved",
    Told.NOT_APPROVED: "not approved, refused, adm refused, not suitable, turned down at panel",
    Told.WITHDRAWN: "withdrawn, withdrew, application withdrawn, withdrawn by applicant, applicant withdrew",
    Told.DECLINED: "declined, declined by the service, rejected, counselled out, withdrawn by service,"
    " ended by the service",
}
_CODE = re.compile(r"\baw\s*-?\s*([0-9])\b", re.IGNORECASE)
_NONE = frozenset({"", "n a", "na", "none", "not applicable"})


def plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", text.casefold()).strip()


WORDS = {plain(word): told for told, words in _SAID.items() for word in (told.value, *words.split(","))}
EXAMPLES = "; ".join(told.value for told in Told)
REASONS = {plain(word): reason for reason in CloseReason for word in (reason.value, str(reason.label))}


def told_of(text: str) -> Told | None:
    """“Withdrawn (AW3)” is withdrawn. None: not one of our words."""
    return WORDS.get(plain(_CODE.sub("", text))) or (Told.WITHDRAWN if _CODE.fullmatch(text.strip()) else None)


def says_nothing(text: str) -> bool:
    return plain(text) in _NONE


def reason_of(text: str) -> CloseReason | None:
    """By Ofsted's code, wherever in the cell it stands, or by the words of one of our reasons."""
    found = _CODE.search(text)
    if found:
        return next((reason for reason in CloseReason if reason.value == f"AW{found[1]}"), None)
    return REASONS.get(plain(text))


def names_a_code(text: str) -> bool:
    return _CODE.search(text) is not None
