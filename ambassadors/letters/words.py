"""The letters of an introduction, each in the order in which it may come. Pure.

`text`: as a text message, where somebody is better told at once; the link follows. In braces: `answer_by` a day, `when`
a moment, `how` a way, `name` the ambassador's first name, in letters to the enquirer alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from ambassadors.states import TalkBy


class Letter(StrEnum):
    OFFERED = "offered"
    READY = "ready"
    STILL_READY = "still_ready"
    AGREED = "agreed"
    NOT_NOW = "not_now"
    PREFERS_OTHER = "prefers_other"
    STOPPED = "stopped"
    PASSED_ON = "passed_on"
    NOT_NEEDED = "not_needed"
    HANDED_ON = "handed_on"
    TIME_SET = "time_set"
    TOMORROW = "tomorrow"
    PREPARED = "prepared"
    SPOKE = "spoke"
    LONGER = "longer"


@dataclass(frozen=True, slots=True)
class Words:
    subject: str
    paragraphs: tuple[str, ...]
    text: str = ""


HOW: Mapping[TalkBy, str] = MappingProxyType(
    {
        TalkBy.PHONE: "by phone. Their number is on your page. Please ring with your own number withheld",
        TalkBy.EMAIL: "by email. Neither of you sees the other’s address",
        TalkBy.VIDEO: "by video. Staff put a link on your page",
        TalkBy.EVENT: "in person, at an event of the council. Staff write the place on your page",
    }
)
_NO_CHILD = "Please name no child, in writing or aloud."
TO_AMBASSADOR: Mapping[Letter, Words] = MappingProxyType(
    {
        Letter.OFFERED: Words(
            "Would you talk to somebody who thinks about fostering?",
            (
                "Somebody who thinks about fostering would like to talk to a foster carer, and we thought of you.",
                "Please say by {answer_by} whether you can. Your page says what they would like to talk about.",
                "If you cannot this time, say so there. We ask somebody else, and they never hear of it.",
            ),
            "Would you talk to somebody who thinks about fostering? Please say yes or no by {answer_by}:",
        ),
        Letter.AGREED: Words(
            "They would like to talk to you",
            ("The person you said yes to would like to talk to you {how}.", _NO_CHILD),
            "The person you said yes to would like to talk to you. How is on your page:",
        ),
        Letter.NOT_NOW: Words(
            "A conversation that does not go ahead",
            (
                "The person you offered to talk to has not answered, so we have closed this.",
                "That happens, and says nothing about you. Thank you for offering your time.",
            ),
        ),
        Letter.PREFERS_OTHER: Words(
            "A conversation that does not go ahead",
            (
                "The person you offered to talk to has asked for somebody else.",
                "That happens, and says nothing about you. Thank you for offering your time.",
            ),
        ),
        Letter.STOPPED: Words(
            "A conversation has ended",
            (
                "A conversation that we had arranged with you has ended. You do not need to do anything.",
                "Nobody has to give a reason, and it says nothing about you. Thank you for the time you gave.",
            ),
        ),
        Letter.NOT_NEEDED: Words(
            "You do not need to answer any more",
            (
                "We had asked you to talk to somebody. That is not needed any more, so you do not have to answer.",
                "Thank you for being there. We will think of you another time.",
            ),
        ),
        Letter.TIME_SET: Words(
            "You talk on {when}",
            ("The two of you talk on {when}. Your page has an entry for your calendar.", _NO_CHILD),
        ),
        Letter.TOMORROW: Words(
            "A reminder: you talk on {when}",
            ("The two of you talk on {when}. How is on your page.", _NO_CHILD),
            "A reminder: you talk on {when}. How is on your page:",
        ),
        Letter.PREPARED: Words(
            "How you talk is on your page", ("Staff have written on your page how the two of you talk.",)
        ),
        Letter.SPOKE: Words(
            "Did you speak?",
            (
                "Did you get to speak to the person whom we introduced to you? Please tell us on your page: yes or no,"
                " and a word on how it went, if you like.",
            ),
        ),
    }
)
TO_ENQUIRER: Mapping[Letter, Words] = MappingProxyType(
    {
        Letter.READY: Words(
            "{name} would like to talk to you",
            (
                "You asked to talk to somebody who fosters. {name} would like to talk to you.",
                "Your page says who {name} is. Choose there how you would like to talk, by {answer_by}.",
                "Would you rather talk to somebody else? Say so there, without a reason.",
            ),
            "{name}, who fosters, would like to talk to you. Choose how by {answer_by}:",
        ),
        Letter.STILL_READY: Words(
            "{name} would still like to talk to you",
            (
                "{name}, who fosters, would still like to talk to you. Choose how on your page by {answer_by}.",
                "After that {name} is free to talk to other people again. You can ask for somebody else at any time.",
            ),
        ),
        Letter.STOPPED: Words(
            "Your conversation with {name} has ended",
            (
                "{name} cannot talk to you after all. Nobody has to give a reason, and it says nothing about you.",
                "If you would still like to talk to somebody who fosters, you do not need to do anything: we are"
                " looking for somebody else.",
            ),
        ),
        Letter.PASSED_ON: Words(
            "Your conversation with {name} does not go ahead",
            (
                "Another council answers your enquiry now, so you and {name} do not talk. We have told {name}.",
                "If you would still like to talk to somebody who fosters, you do not need to do anything: that council"
                " looks for somebody for you.",
            ),
            "Another council answers your enquiry now, so you and {name} do not talk:",
        ),
        Letter.HANDED_ON: Words(
            "Somebody else will talk to you",
            ("{name} cannot go on talking to you. We are asking somebody else, and write to you when they are ready.",),
        ),
        Letter.TIME_SET: Words(
            "You talk to {name} on {when}",
            ("You talk to {name} on {when}. Your page says how, and has an entry for your calendar.",),
        ),
        Letter.TOMORROW: Words(
            "A reminder: you talk to {name} on {when}",
            ("You talk to {name} on {when}. Your page says how.",),
            "A reminder: you talk to {name} on {when}. How is on your page:",
        ),
        Letter.PREPARED: Words(
            "How you talk to {name} is on your page", ("We have written on your page how you and {name} talk.",)
        ),
        Letter.SPOKE: Words(
            "Did you speak to {name}?",
            (
                "Did you get to speak to {name}? Please tell us on your page: yes or no, and a word on how it went, if"
                " you like.",
                "If you did not, tell us too: we look for somebody else for you first.",
            ),
        ),
        Letter.LONGER: Words(
            "We are still looking for somebody for you to talk to",
            (
                "You asked to talk to somebody who fosters. Nobody is ready yet. We are sorry that it takes so long.",
                "{wait}",
                "You do not need to do anything. We write to you as soon as somebody is ready.",
            ),
        ),
    }
)
