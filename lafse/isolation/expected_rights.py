"""What people may ask of their data, how long it is kept, and who has looked at it."""

from councils.roles import Permission
from lafse.isolation.rows import Audience, Expected

CASEWORKERS, ANSWERERS = Audience.CASEWORKERS, Audience.ANSWERERS
COUNCIL = ("slug", "slug")
MONTHS = dict.fromkeys(("enquiry", "not_yet", "approved", "passed_on", "not_an_enquiry"), "48") | {"application": "60"}

RIGHTS: dict[str, Expected] = {
    "admin:councils_retentionrule_changelist": Expected(CASEWORKERS, 200),
    "admin:councils_retentionrule_change": Expected(
        *(CASEWORKERS, 200, 302), outsiders=404, about=COUNCIL, needs=Permission.CHANGE_SETTINGS, sends=MONTHS
    ),
    "admin:councils_retentionrule_going": Expected(CASEWORKERS, 200, outsiders=404, about=COUNCIL),
    "admin:councils_retentionrule_processing": Expected(ANSWERERS, 200),
    "pages:responsible": Expected(Audience.EVERYBODY, 200),
    "admin:councils_legalhold_changelist": Expected(ANSWERERS, 200),
    "admin:councils_legalhold_lift": Expected(
        ANSWERERS, post=302, about=("hold_id", "hold"), needs=Permission.ANSWER_RIGHTS
    ),
    "admin:enquiries_enquiry_hold": Expected(
        *(CASEWORKERS, 405, 302),
        outsiders=404,
        about=("enquiry_id", "enquiry"),
        needs=Permission.ANSWER_RIGHTS,
        denied=409,
        sends={"hold_reason": "A claim"},
    ),
    "admin:enquiries_enquiry_take_out": Expected(
        ANSWERERS, 200, 200, about=("enquiry_id", "enquiry"), sends={"purpose": "They asked"}
    ),
    "admin:enquiries_enquiry_erase": Expected(
        ANSWERERS, 200, 302, about=("enquiry_id", "enquiry"), sends={"cause": "asked", "sure": "on"}
    ),
    "admin:enquiries_enquiry_trail": Expected(Audience.TRAIL_READERS, 200, about=("enquiry_id", "enquiry")),
}
