"""What a case holds of people, and what is left of it once they are erased: where it stood, when, by which way it came
and why it ended. That is what figures are made of."""

from councils.holdings import emptied

ERASED = "Erased"

PERSONAL = emptied(
    {"name": ERASED}
    | dict.fromkeys(("email", "phone", "language", "message", "fosters_with_name", "second_adult"), "")
    | dict.fromkeys(("postcode", "route_reason", "heard_detail", "case_number"), "")
    | {"times": [], "wake_on": None}
    | dict.fromkeys(("needs_interpreter", "uses_bsl", "uses_text_relay"), False),  # they may tell of a disability
    by=("pk",),
    stays=(
        *("reference", "earlier_references", "notice_version", "care_kinds", "suspicions"),
        *("area_code", "authority_code", "route_outcome", "route_release"),  # a district, and never a house
        *("state_since", "applied_on", "stage_1_from", "stage_1_to", "stage_2_from", "stage_2_to"),
        *("records_consent_on", "records_asked_on", "records_due_on", "records_came_on"),
    ),
)

# The texts of it, for a constraint: nobody writes about somebody on a case that was erased.
WHEN_ERASED = {name: empty for name, empty in PERSONAL.fields.items() if isinstance(empty, str)}
