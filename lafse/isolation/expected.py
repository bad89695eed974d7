"""The reviewed table: what each address answers, by status. An address that is not here fails the check.

`get` and `post` are for whoever may come in. On a page about one council's object they are for one's own; another
council's and one that does not exist answer `missing`. HEAD answers as GET; other methods are refused at the door.
"""

from collections.abc import Mapping
from types import MappingProxyType
from uuid import UUID

from councils.roles import Permission
from lafse.isolation.expected_account import ACCOUNT
from lafse.isolation.expected_ambassadors import AMBASSADORS
from lafse.isolation.expected_campaigns import CAMPAIGNS
from lafse.isolation.expected_figures import FIGURES
from lafse.isolation.expected_people import PEOPLE
from lafse.isolation.expected_public import FORM, HOOKS, PUBLIC_PAGES, YOUR_ENQUIRY
from lafse.isolation.expected_rights import RIGHTS
from lafse.isolation.rows import Audience, Expected


def case(get: int = 405, post: int = 405, **sends: str) -> Expected:
    """Whoever may only look is told so on the page of the case."""
    return Expected(
        *(Audience.CASEWORKERS, get, post),
        outsiders=404,
        needs=Permission.WORK_CASES,
        denied=409,
        about=("enquiry_id", "enquiry"),
        sends=sends,
    )


def message(get: int = 405, post: int = 405, kind: str = "message") -> Expected:
    return Expected(Audience.MESSAGE_READERS, get, post, outsiders=404, about=("message_id", kind))


def letter(get: int = 405, post: int = 405) -> Expected:
    return Expected(
        *(Audience.CASEWORKERS, get, post),
        outsiders=404,
        needs=Permission.CHANGE_SETTINGS,
        about=("letter_id", "letter"),
        sends=A_LETTER,
    )


def of_a_colleague(sends: Mapping[str, str] = MappingProxyType({})) -> Expected:
    """Found only where one manages: a manager elsewhere is told no more than of none."""
    return Expected(
        *(Audience.CASEWORKERS, 405, 302),
        about=("absence_id", "absence"),
        needs=Permission.CHANGE_SETTINGS,
        denied_here=404,
        sends=sends,
    )


STAFF, CASEWORKERS, EVERYBODY = Audience.STAFF, Audience.CASEWORKERS, Audience.EVERYBODY
WORKERS = Audience.WORKERS
COUNCIL = ("object_id", "council")
IN_A_MONTH = "a day in a month"  # written out when it is sent
AWAY = {"first_day": IN_A_MONTH, "last_day": IN_A_MONTH}
HANDOVER = ("handover_id", "handover")
WORDING = ("which", "wording")
SOME_WORDS = {"subject": "We tried", "text": "We tried to reach you.", "text_message": "We tried."}
A_LETTER = {"name": "A letter", "subject": "About ((reference))", "text": "((greeting))"}
TAKE_OUT = {"purpose": "report", "words": "For the report", "contacts": "on", "file": "csv"}
A_DAY = {
    **{"opens_at": "08:00", "closes_at": "16:00", "promise_working_days": "2"},
    **{"first_contact_by": "council", "assignment": "in_turn"},
}

STAFF_FRAME = {
    "admin:index": Expected(STAFF, 200, 200, shows=Permission.EDIT_CAMPAIGNS),
    "admin:guide": Expected(STAFF, 200),
    "admin:guide_page": Expected(STAFF, 200, values={"slug": "guide"}),
    "admin:jsi18n": Expected(STAFF, 200),
    "admin:app_list": Expected(STAFF, 302, 302, path="/staff/councils/"),
    "staff/(?P<url>.*)$": Expected(STAFF, 404, 404, path="/staff/nothing-here/"),
}

CASEWORK = {
    "admin:enquiries_enquiry_changelist": Expected(CASEWORKERS, 200, 200, sends={"typed": "canary"}),
    "admin:enquiries_enquiry_bulk_give": Expected(WORKERS, 405, 302),  # nothing ticked: back to the list
    "admin:enquiries_enquiry_bulk_close": Expected(WORKERS, 405, 302),
    "admin:enquiries_enquiry_export": Expected(Audience.EXPORTERS, 200, 200, sends=TAKE_OUT),
    "admin:enquiries_enquiry_todos": Expected(CASEWORKERS, 200),
    "admin:enquiries_enquiry_todo_done": Expected(WORKERS, 405, 302, outsiders=404, about=("todo_id", "todo")),
    "admin:enquiries_enquiry_enter": Expected(WORKERS, 200, 422, sends={"name": "canary"}),
    "admin:enquiries_enquiry_look": Expected(WORKERS, 405, 200, sends={"name": "canary"}),
    "admin:enquiries_enquiry_change": case(200),
    "admin:enquiries_enquiry_claim": case(post=302),
    "admin:enquiries_enquiry_assign": case(post=302, to="nobody"),  # as it is already: nothing happens
    "admin:enquiries_enquiry_attempt": case(post=302, way="email", outcome="reached"),
    "admin:enquiries_enquiry_note": case(post=302, text="A note"),
    "admin:enquiries_enquiry_safeguarding": Expected(
        *(CASEWORKERS, 405, 302, 404),
        needs=Permission.SAFEGUARD,
        denied=404,
        outsiders=404,
        about=("enquiry_id", "enquiry"),
        sends={"concern": "A concern"},
    ),
    "admin:enquiries_enquiry_step": case(post=302, step="reach"),
    "admin:enquiries_enquiry_undo": case(post=409),  # no step was taken
    "admin:enquiries_enquiry_day": case(post=409, on="2099-01-01"),
    "admin:enquiries_enquiry_attempt_back": case(post=409, attempt="00000000-0000-4000-8000-000000000001"),
    "admin:enquiries_enquiry_stages": case(post=302),
    "admin:enquiries_enquiry_records": case(post=409),  # nobody transfers
    "admin:enquiries_enquiry_number": case(post=302, case_number="LCS 4711"),
    "admin:enquiries_enquiry_correct": case(200, 422),  # no name
    "admin:enquiries_enquiry_ours": case(post=302),
    "admin:enquiries_enquiry_referral": case(200),
    "admin:enquiries_enquiry_same": case(200),
    "admin:enquiries_enquiry_find_same": case(post=409, reference="nothing"),
    "admin:enquiries_enquiry_join": case(post=409),  # no other one is named
    "admin:enquiries_enquiry_different": case(post=409),
    "admin:enquiries_enquiry_separate": case(post=409),
    "admin:enquiries_enquiry_release": case(post=302),
    "admin:enquiries_enquiry_confirm": case(post=302),
    "admin:enquiries_enquiry_not_enquiry": case(post=409, why="other"),
    "admin:enquiries_enquiry_next": case(302),  # nothing of that name is planned: back to the case
    "admin:enquiries_enquiry_skip": case(post=409, planned="nothing"),
    "admin:enquiries_enquiry_ask": case(post=302),
    "admin:enquiries_enquiry_visit": case(post=409, visit_at="2030-01-01T10:00"),
    "admin:enquiries_enquiry_write": Expected(
        WORKERS, 200, 409, outsiders=404, about=("enquiry_id", "enquiry"), sends={"do": "send", "way": "email"}
    ),
    "admin:enquiries_enquiry_take_back": case(post=409, message=str(UUID(int=0))),
    "admin:enquiries_lettertemplate_changelist": Expected(CASEWORKERS, 200),
    "admin:enquiries_lettertemplate_new": Expected(
        *(CASEWORKERS, 200, 302),
        outsiders=404,
        about=("council_id", "council"),
        needs=Permission.CHANGE_SETTINGS,
        sends=A_LETTER,
    ),
    "admin:enquiries_lettertemplate_change": letter(200, 302),
    "admin:enquiries_lettertemplate_retire": letter(post=302),
    "admin:enquiries_lettertemplate_use_again": letter(post=302),
    "admin:enquiries_enquiry_pass_on": case(post=409),  # no council was chosen
    "admin:enquiries_enquiry_keep": case(post=409),  # nobody is asked
    "admin:enquiries_handover_changelist": Expected(CASEWORKERS, 200),
    "admin:enquiries_handover_answer": Expected(
        CASEWORKERS, 405, 409, outsiders=404, about=HANDOVER, needs=Permission.WORK_CASES
    ),
    "admin:enquiries_handover_decide": Expected(
        CASEWORKERS, 405, 409, outsiders=404, about=HANDOVER, needs=Permission.DECIDE_HANDOVERS
    ),
    "admin:enquiries_householdproposal_changelist": Expected(Audience.JOINERS, 200),
    "admin:enquiries_householdproposal_one": Expected(Audience.JOINERS, 405, 302, about=("proposal_id", "proposal")),
    "admin:enquiries_householdproposal_two": Expected(Audience.JOINERS, 405, 302, about=("proposal_id", "proposal")),
    "admin:enquiries_wording_changelist": Expected(CASEWORKERS, 200),
    "admin:enquiries_wording_change": Expected(
        CASEWORKERS, 200, 302, outsiders=404, about=WORDING, needs=Permission.CHANGE_SETTINGS, sends=SOME_WORDS
    ),
    "admin:enquiries_wording_preview": Expected(CASEWORKERS, 200, 200, outsiders=404, about=WORDING, sends=SOME_WORDS),
}

MESSAGES = {
    "admin:outbox_message_changelist": Expected(Audience.MESSAGE_READERS, 200),
    "admin:outbox_message_change": message(200),
    "admin:outbox_message_html": message(200),
    "admin:outbox_message_cancel": message(post=302),
    "admin:outbox_message_requeue": message(post=302, kind="ended_message"),
}

SETTINGS = {
    "admin:councils_council_changelist": Expected(CASEWORKERS, 200, 200),
    "admin:councils_council_change": Expected(
        CASEWORKERS, 200, 302, missing=302, about=COUNCIL, needs=Permission.CHANGE_SETTINGS, sends=A_DAY
    ),
    "staff/councils/council/<path:object_id>/": Expected(STAFF, 302, 302, missing=302, about=COUNCIL),
    "admin:councils_absence_changelist": Expected(STAFF, 200, 302, sends=AWAY),
    "admin:councils_absence_working_days": Expected(STAFF, 405, 422),  # nobody is named
    "admin:councils_absence_change": of_a_colleague(sends=AWAY),
    "admin:councils_absence_remove": of_a_colleague(),
}

EXPECTED: dict[str, Expected] = (
    PUBLIC_PAGES
    | FORM
    | YOUR_ENQUIRY
    | HOOKS
    | STAFF_FRAME
    | CASEWORK
    | MESSAGES
    | SETTINGS
    | ACCOUNT
    | PEOPLE
    | RIGHTS
    | AMBASSADORS
    | CAMPAIGNS
    | FIGURES
)

# The development mailbox shows everybody's mail to everybody. It is not there where DEV_MAILBOX is off.
ONLY_IN_DEVELOPMENT = "mailbox:"
