"""Every closed list of words that an enquiry uses. No logic and no ORM: the workflow and the models read these."""

from collections.abc import Mapping

from django.db.models import TextChoices


class State(TextChoices):
    NEW = "new", "New"
    IN_CONTACT = "in_contact", "In contact"
    VISIT_BOOKED = "visit_booked", "Visit booked"
    VISITED = "visited", "Visited"
    APPLIED = "applied", "Applied"
    IN_ASSESSMENT = "in_assessment", "In assessment"
    PANEL = "panel", "Panel"
    DECISION = "decision", "Decision"
    APPROVED = "approved", "Approved"
    WITHDRAWN = "withdrawn", "Withdrawn"
    NOT_YET = "not_yet", "Not yet"
    DECLINED_BY_SERVICE = "declined_by_service", "Declined by the service"
    NOT_APPROVED = "not_approved", "Not approved"
    PASSED_ON = "passed_on", "Passed on"
    NO_REPLY = "no_reply", "No reply"
    DUPLICATE = "duplicate", "Duplicate"


# The way to approval, in order. Councils skip steps, so any later step may follow any earlier one.
PATH: tuple[State, ...] = (
    State.NEW,
    State.IN_CONTACT,
    State.VISIT_BOOKED,
    State.VISITED,
    State.APPLIED,
    State.IN_ASSESSMENT,
    State.PANEL,
    State.DECISION,
    State.APPROVED,
)
OPEN_STATES: frozenset[State] = frozenset(PATH) - {State.APPROVED}
ENQUIRY_STATES: frozenset[State] = frozenset(PATH[: PATH.index(State.APPLIED)])
APPLICATION_STATES: frozenset[State] = OPEN_STATES - ENQUIRY_STATES
CLOSED_STATES: frozenset[State] = frozenset(State) - OPEN_STATES
# Closed, but a person may come back and the same case goes on.
REOPENABLE_STATES: frozenset[State] = frozenset(
    {State.WITHDRAWN, State.NOT_YET, State.DECLINED_BY_SERVICE, State.NO_REPLY}
)
# Open, or can be again.
GOING_ON_STATES: frozenset[State] = OPEN_STATES | REOPENABLE_STATES


class Kind(TextChoices):
    NEW = "new", "New to fostering"
    TRANSFER = "transfer", "Transfer from another agency or council"
    RETURNING = "returning", "Fostered before"
    SUPPORTED_LODGINGS = "supported_lodgings", "Supported lodgings"
    SHORT_BREAKS = "short_breaks", "Short breaks only"


class Channel(TextChoices):
    WEB = "web", "Online form"
    PHONE = "phone", "Phone"
    EMAIL = "email", "Email"
    GATHERING = "gathering", "Event"
    OTHER = "other", "Another way"


class Way(TextChoices):
    """How a person wants us to get in touch, and how an officer did."""

    CALL = "call", "Phone call"
    TEXT = "text", "Text message"
    EMAIL = "email", "Email"
    VIDEO = "video", "Video call"
    VISIT = "visit", "Visit"


# What the public form offers; a visit comes out of a conversation.
OFFERED_WAYS: tuple[Way, ...] = (Way.CALL, Way.TEXT, Way.EMAIL, Way.VIDEO)
# Ways for which the time of day matters to the enquirer.
TIMED_WAYS: frozenset[Way] = frozenset({Way.CALL, Way.VIDEO})
WAYS_BY_PHONE: frozenset[Way] = frozenset({Way.CALL, Way.TEXT})


class Slot(TextChoices):
    """Times that suit a person. A weekday is a working day: nobody is promised a call on a bank holiday."""

    WEEKDAY_MORNING = "weekday_morning", "Weekday mornings, 9am to midday"
    WEEKDAY_AFTERNOON = "weekday_afternoon", "Weekday afternoons, midday to 5pm"
    WEEKDAY_EVENING = "weekday_evening", "Weekday evenings, 5pm to 8pm"
    SATURDAY = "saturday", "Saturdays, 10am to 4pm"


class Outcome(TextChoices):
    """What came of one genuine contact attempt."""

    REACHED = "reached", "Reached: we spoke or they answered"
    VOICEMAIL = "voicemail", "Left a voicemail"
    NO_ANSWER = "no_answer", "No answer"
    SENT = "sent", "Sent, waiting for an answer"
    WRONG_DETAILS = "wrong_details", "Wrong number or address"


REACHING_OUTCOMES: frozenset[Outcome] = frozenset({Outcome.REACHED})
# A wrong number tells nobody anything, so it does not keep the promise.
KEEPING_OUTCOMES: frozenset[Outcome] = frozenset(Outcome) - {Outcome.WRONG_DETAILS}
_WRITTEN = (Outcome.REACHED, Outcome.SENT, Outcome.WRONG_DETAILS)
# What can come of each way; nobody leaves a voicemail by email.
OUTCOMES_BY_WAY: Mapping[Way, tuple[Outcome, ...]] = {
    Way.CALL: (Outcome.REACHED, Outcome.VOICEMAIL, Outcome.NO_ANSWER, Outcome.WRONG_DETAILS),
    Way.TEXT: _WRITTEN,
    Way.EMAIL: _WRITTEN,
    Way.VIDEO: (Outcome.REACHED, Outcome.NO_ANSWER, Outcome.SENT, Outcome.WRONG_DETAILS),
    Way.VISIT: (Outcome.REACHED, Outcome.NO_ANSWER),
}


class CloseReason(TextChoices):
    """The hub's list before an application; Ofsted's codes, word for word, from the application on."""

    CHOSE_AGENCY = "chose_agency", "Chose an independent agency"
    CHOSE_COUNCIL = "chose_council", "Chose another council"
    NO_ROOM = "no_room", "No spare room"
    WORK_OR_MONEY = "work_or_money", "Work or money"
    HEALTH = "health", "Health"
    FAMILY_CHANGE = "family_change", "Change in the family"
    COULD_NOT_REACH_US = "could_not_reach_us", "Could not reach us"
    NOT_FOR_US = "not_for_us", "Learned that it is not for them"
    OTHER = "other", "Another reason"
    AW0 = "AW0", "AW0: other or unknown"
    AW1 = "AW1", "AW1: fostering not as expected"
    AW2 = "AW2", "AW2: assessment process not as expected"
    AW3 = "AW3", "AW3: household circumstances changed (not financial)"
    AW4 = "AW4", "AW4: financial reasons"
    AW5 = "AW5", "AW5: concerned about risk of allegations"


APPLICATION_REASONS: tuple[CloseReason, ...] = (
    CloseReason.AW0,
    CloseReason.AW1,
    CloseReason.AW2,
    CloseReason.AW3,
    CloseReason.AW4,
    CloseReason.AW5,
)
ENQUIRY_REASONS: tuple[CloseReason, ...] = tuple(r for r in CloseReason if r not in APPLICATION_REASONS)


class Step(TextChoices):
    """What happens to a case: the events of the workflow table."""

    REACH = "reach", "Spoke with them"
    BOOK_VISIT = "book_visit", "Visit booked"
    VISIT = "visit", "Visited"
    APPLY = "apply", "Application received"
    ASSESS = "assess", "Assessment started"
    GO_TO_PANEL = "go_to_panel", "Gone to panel"
    AWAIT_DECISION = "await_decision", "Waiting for the decision"
    APPROVE = "approve", "Approved"
    NOT_APPROVE = "not_approve", "Not approved"
    WITHDRAW = "withdraw", "They withdrew"
    POSTPONE = "postpone", "Not yet"
    DECLINE = "decline", "Decline"
    GIVE_UP = "give_up", "No reply after several tries"
    MERGE = "merge", "Duplicate of another enquiry"
    PASS_ON = "pass_on", "Pass on to another council"
    REOPEN = "reopen", "Open again"


class RouteChoice(TextChoices):
    """How the council that answers came to be the one."""

    ROUTED = "routed", "The postcode decided"
    NAMED_AREA = "named_area", "The person named who sends the council tax bill"
    NOT_SURE = "not_sure", "The person was not sure: nearest council taken"
    CHOSE_COUNCIL = "chose_council", "The person chose another council"
    OUTSIDE = "outside", "Lives outside the hub's area and went on"
    NO_POSTCODE = "no_postcode", "Went on without a postcode"
    STAFF_CHOICE = "staff_choice", "A member of staff chose"
    WROTE_TO_COUNCIL = "wrote_to_council", "The person wrote to this council"


class FostersWith(TextChoices):
    NOBODY = "", "Does not foster now"
    AGENCY = "agency", "An independent fostering agency"
    COUNCIL = "council", "Another council"


class Bedroom(TextChoices):
    YES = "yes", "Yes"
    NO = "no", "No"
    NOT_YET = "not_yet", "Not yet"


class OfAge(TextChoices):
    YES = "yes", "Yes"
    NO = "no", "No"


class CareKind(TextChoices):
    SHORT_TERM = "short_term", "Short-term fostering"
    LONG_TERM = "long_term", "Long-term fostering"
    EMERGENCY = "emergency", "Emergency fostering"
    SHORT_BREAKS = "short_breaks", "Respite and short breaks"
    PARENT_AND_CHILD = "parent_and_child", "Parent and child"
    UNACCOMPANIED = "unaccompanied", "Unaccompanied children seeking asylum"
    SIBLINGS = "siblings", "Brothers and sisters together"
    DISABLED_CHILDREN = "disabled_children", "Disabled children"
    EARLY_PERMANENCE = "early_permanence", "Early permanence (fostering that may lead to adoption)"
    REMAND = "remand", "Remand fostering"
    NOT_SURE = "not_sure", "I am not sure yet"


class HeardFrom(TextChoices):
    SEARCH = "search", "Searching online"
    SOCIAL_MEDIA = "social_media", "Social media"
    FOSTER_CARER = "foster_carer", "A foster carer"
    FRIEND = "friend", "A friend, relative or colleague"
    COUNCIL = "council", "The council’s website or newsletter"
    EVENT = "event", "An event or information evening"
    PRINT = "print", "A poster, leaflet or newspaper"
    RADIO_TV = "radio_tv", "Radio or television"
    EMPLOYER = "employer", "My employer"
    FAITH_OR_COMMUNITY = "community", "A faith or community group"
    OTHER = "other", "Another way"


class TalkAbout(TextChoices):
    """What a person would like to ask an ambassador. A wish, never derived from who they are."""

    DAY_TO_DAY = "day_to_day", "What day-to-day life is like"
    OWN_CHILDREN = "own_children", "Fostering with children of your own"
    SINGLE = "single", "Fostering on your own"
    WORKING = "working", "Working and fostering"
    ASSESSMENT = "assessment", "What the assessment is like"
    MONEY = "money", "Money and support"
    TEENAGERS = "teenagers", "Fostering teenagers"
    DISABLED_CHILDREN = "disabled_children", "Fostering disabled children"
    OTHER = "other", "Something else"
