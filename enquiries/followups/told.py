"""How a step of a sequence ended, for the timeline. Pure."""

from collections.abc import Mapping

from enquiries.follow_up_states import FollowUp, FollowUpEnd
from enquiries.followups.reasons import WORDS


def in_words(facts: Mapping[str, object]) -> str:
    """Empty where the message that was sent stands there itself."""
    name = str(facts.get("step", "")).partition(":")[0]
    if name == "no_answer":
        return "No answer to “are you still interested?”" if facts.get("end") == FollowUpEnd.SENT else ""
    if name not in FollowUp.values or facts.get("end") == FollowUpEnd.SENT:
        return ""
    why = WORDS.get(str(facts.get("why")), "") if facts.get("end") == FollowUpEnd.NOT_POSSIBLE else "Skipped."
    return f"“{FollowUp(name).label}” was not sent. {why}".strip()
