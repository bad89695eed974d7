"""By which rule a personal field goes. Models name one; how long each lasts, and why, is in enquiries.retention."""

from enum import StrEnum, auto


class Kept(StrEnum):
    CASE = auto()  # with the enquiry it is about, by how that ended: the council's own number of months
    DRAFT = auto()  # answers in progress
    DOOR = auto()  # a link in a mail, a form's token
    REPORT = auto()  # what a mail provider told us, so that the same is not taken twice
    SESSION = auto()  # who is logged in, and from which browser
    STAFF_MESSAGE = auto()  # what the hub writes to staff, and every other message that is about no enquiry
    STAFF_ACCOUNT = auto()  # address, password and second factors of staff: while they work here, and a time after
    STAFF_NAME = auto()  # the name under which somebody wrote what is kept: as long as that
    INVITATION = auto()  # of staff, once it is taken up, withdrawn or too old
    ABSENCE = auto()  # days on which staff were away
    AMBASSADOR = auto()  # what an ambassador says of themselves: while they are one, and a time after
    GATHERING = auto()  # who booked for an event, and what they need to take part
    SUBSCRIBER = auto()  # to whom a campaign email went, as a keyed hash
    CONCERN = auto()  # what somebody told the safeguarding group
    EXPORT_PURPOSE = auto()  # why a list was taken out, in somebody's words
    SUPPRESSION = auto()  # keyed hashes of addresses that are spared: must outlive what was erased
    COUNCIL_TEXT = auto()  # letters, wordings and settings of a council, which name no enquirer: while they are used
    FOREVER = auto()  # holds nothing personal by its own rules: events, ledgers, codes
